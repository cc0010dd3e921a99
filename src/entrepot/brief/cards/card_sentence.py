"""A figure as one sentence: what, where, when, by whom it was printed, of which quality.

The words of a kind of quantity are data (`card_phrases`); a kind without any is said with its own name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from entrepot.brief.contract import CARD_PHRASES
from entrepot.brief.report import period_words, show
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import WordsBy, apart, marked, retold, tr
from entrepot.vocabulary.countries import with_article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.brief.cards.print_row import Print
    from entrepot.core.findings import Finding

CHANGE = marked(": change on the same period a year before")
_OF_EARLIER = marked(": of the same months of the earlier year")
_HOLDS = WordsBy(
    {": holds from": "{subject}: “{name}” holds from {day}", ": holds to": "{subject}: “{name}” holds to {day}"}
)
_UNDER = "enforcement"  # whose figures are all of one customs, inward
_MODE = ("by ", "both ", "inward", "outward", "mean ", "a ")
_PRINTED = frozenset({"observations", "flows", "batches"})  # whose rows are figures; of others they are counted
_PUBLISHERS = 2  # named in a sentence; all stand in the card
_HOW = WordsBy({"both directions": "in both directions", "mean per day": "a day on average"})
_HOW_OF_A_RATE = WordsBy({"both directions": "in both directions", "mean per day": "on average"})
_STANDING = WordsBy({"occurred": "it took place", "announced": "it was announced", "alleged": "it is alleged"})
_MOVED = WordsBy(
    {
        ("left", "occurred"): "left",
        ("left", "announced"): "said that it leaves",
        ("left", "alleged"): "is alleged to have left",
        ("entered", "occurred"): "came",
        ("entered", "announced"): "said that it comes",
        ("entered", "alleged"): "is alleged to have come",
    }
)


def sentence(finding: Finding, printed: Mapping[str, Print], publishers: Mapping[str, str]) -> str:
    """The sentence on a finding.

    Args:
        finding: the finding.
        printed: rows of the record as they were printed, by id.
        publishers: of sources, by id.
    """
    if finding.kind == "date":
        core = _dated(finding)
    elif finding.kind == "conflict":
        core = tr(
            "Two reports disagree on {place}, {quantity}: {value}",
            place=_place(finding),
            quantity=finding.quantity,
            value=finding.value,
        )
        core += f",{_when(finding)}" if _when(finding) else ""
    elif finding.kind == "number":
        core = _number(finding)
    else:
        core = f"{_place(finding)}: {finding.quantity}, {show(finding)}{_when(finding)}"
    said = core + _whom(finding, [printed[g.row_id] for g in finding.grounds if g.row_id in printed], publishers)
    return f"{said[:1].upper()}{said[1:]}."


def _number(finding: Finding) -> str:
    quantity, change, of = finding.quantity.partition(CHANGE)
    bare, bounded, _ = quantity.partition(_OF_EARLIER)
    first, _, rest = bare.partition(", ")
    where, how, when = _place(finding), _how(rest.split(", "), finding), _when(finding)
    if change:
        way = "fell" if finding.number < 0 else "rose"
        figure = show(finding, "plain").lstrip("−-")
        return tr(
            "{where}: {first}{how}{of} {way} by {figure}{when} against the same period a year before",
            where=where,
            first=first,
            how=how,
            of=of,
            way=way,
            figure=figure,
            when=when,
        )
    if bounded:
        return tr(
            "{where}: {first}{how}{when} was {finding} of that of the same months of the earlier year",
            where=where,
            first=first,
            how=how,
            when=when,
            finding=show(finding),
        )
    phrase = tr(_phrase(quantity) or marked("{where}: {quantity}{how} came to {figure}"))
    return phrase.format(where=where, how=how, figure=_figure(finding), quantity=first) + when


def _how(words: Sequence[str], finding: Finding) -> str:
    """Mode and direction as words, all else in brackets: a sector, an origin, a kind.

    Of a figure whose unit is a rate a day only that it is a mean is left to say.
    """
    known = [w for w in words if w.startswith(_MODE) and not (_UNDER in finding.subject and w == "inward")]
    how = _HOW_OF_A_RATE if (finding.unit or "").endswith(" a day") else _HOW
    told = "".join(f" {how.get(w, w)}" for w in known)
    others = [w for w in words if w and not w.startswith(_MODE)]
    return told + (f" ({', '.join(others)})" if others else "")


def _figure(finding: Finding) -> str:
    """The figure with its unit; of one, the unit in the singular."""
    said = show(finding)
    number, _, unit = said.rpartition(" ")
    if finding.number != 1 or not number or not unit.endswith("s"):
        return said
    return f"{number} {unit[:-3]}y" if unit.endswith("ies") else f"{number} {unit[:-1]}"


@cache
def _phrase(quantity: str) -> str:
    """The words of a kind of quantity: those of the longest beginning that fits."""
    return max(((b, p) for b, p in _phrases() if quantity.startswith(b)), key=lambda x: len(x[0]), default=("", ""))[1]


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((str(r["begins"]), str(r["says"])) for r in packaged_rows(CARD_PHRASES))


def _place(finding: Finding) -> str:
    """Whom or what it is about; an id of a place has its capital, a partner its article."""
    if finding.subject.islower() and " " not in finding.subject:
        return finding.subject.capitalize()
    place, joint, partner = finding.subject.partition(" with ")
    return f"{place}{joint}{with_article(partner)}"


def _dated(finding: Finding) -> str:
    """What took place on a day: a listing, a part of a measure, an act of a firm, an event."""
    subject, quantity, day = finding.subject, finding.quantity, show(finding)
    on = _on(day).strip()
    if quantity.startswith("listed under"):
        return tr("{subject} was {quantity}, {on}", subject=subject, quantity=quantity, on=on)
    if quantity.startswith("in ") and quantity.endswith(" from"):
        return tr("{subject} is {quantity} {day} on", subject=subject, quantity=quantity, day=day)
    if ends := next((e for e in _HOLDS if quantity.endswith(e)), ""):
        return str(_HOLDS[ends].format(subject=subject, name=quantity.removesuffix(ends), day=day))
    act, bracket, standing = quantity.partition(" (")
    parts = standing.removesuffix(")").split("; ")
    if bracket and (moved := _MOVED.get((act, parts[-1]))):
        return f"{subject} {moved}, {on} ({', '.join(parts[:-1])})"
    if bracket and parts[-1] in _STANDING:
        more = f" ({', '.join(parts[:-1])})" if parts[:-1] else ""
        return f"{subject}: {act}{more}, {on}; {_STANDING[parts[-1]]}"
    return _happened(finding, quantity, on)


def _happened(finding: Finding, quantity: str, on: str) -> str:
    """An event by its title, kind and place; its title is data."""
    kind, colon, title = quantity.partition(": ")
    if not colon:
        return f"{finding.subject}: {quantity}, {on}"
    return f"{apart(title)}, {on} ({retold(kind.replace('_', ' '))}; {apart(finding.subject)})"


def _when(finding: Finding) -> str:
    """The period as it stands in a sentence; empty where it is not known."""
    if not finding.period_start and not finding.period_end:
        return ""
    words = period_words(finding)
    if words.startswith(("since ", "to ")):
        return f" {words}"
    if words.startswith(("first half", "second half")):
        return tr(" in the {words}", words=words)
    if " to " in words:
        return tr(" from {words}", words=words)
    return _on(words)


def _on(words: str) -> str:
    """A day or a month behind what took place then."""
    return f" {'on' if words[0].isdigit() and ' ' in words else 'in'} {words}"


def _whom(finding: Finding, rows: Sequence[Print], publishers: Mapping[str, str]) -> str:
    """By whom it was printed, when, and of which quality; of what rests on many rows the offices."""
    counted = [r for r in rows if r.quality]
    offices = list(dict.fromkeys(r.office for r in counted if r.office))
    names = offices or list(dict.fromkeys(publishers[s] for s in finding.sources if s in publishers))
    more = tr(" and {count} more", count=len(names) - _PUBLISHERS) if len(names) > _PUBLISHERS else ""
    named = [apart(n) for n in names[:_PUBLISHERS]]
    who = ", ".join(named) + more if more else tr(" and ").join(named)
    if not who:
        return ""
    figures = {(g.table, g.row_id) for g in finding.grounds if g.table in _PRINTED}
    verb = (
        tr("as told by")
        if finding.kind != "number"
        else tr("computed from")
        if finding.status == "estimated"
        or len(figures) > 1  # a sum, a share or a change of several is printed by nobody
        else tr("printed by")
    )
    if finding.kind == "number" and not figures:
        verb = tr("simulated on tables of") if finding.status == "simulated" else tr("counted from")
    day = _on(counted[0].day) if len(counted) == 1 and counted[0].day else ""
    quality = tr("; source quality: ") + ", ".join(dict.fromkeys(r.quality for r in counted)) if counted else ""
    return f", {verb} {who}{day}{quality}"
