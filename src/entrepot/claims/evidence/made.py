"""Claims made of weighed figures and dates: what was read, the verdict of the relation, the rows offered."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from entrepot.claims.evidence.case import certainty
from entrepot.claims.evidence.days.of_figures import with_its_figure
from entrepot.claims.evidence.statements import WORDS_OF_ONE
from entrepot.claims.evidence.weigh import weigh
from entrepot.claims.indexed.record_entry import is_plain
from entrepot.claims.mentions.headed import heads
from entrepot.claims.mentions.mentions import read_report, stretches
from entrepot.claims.mentions.seen import alone, units_of
from entrepot.claims.model import Claim, identified
from entrepot.claims.text import attribution
from entrepot.claims.text.unread_words import says
from entrepot.claims.within import held_within
from entrepot.claims.wordlists import rows
from entrepot.core.runtime.garbage import seldom_collected
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.record.own_rows import BEGINS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from entrepot.claims.evidence.case import Related
    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.statements import Stated
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.evidence.weigh import Weighed
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.mentions import Line
    from entrepot.claims.model import Report

    Held = tuple[list[Claim], list[Stated]]
    Reread = Callable[[Report, RecordIndex, Sequence[Weighed]], Sequence[Weighed]]

SHOWN = 3  # rows offered: the right one stands among the first three or it is not found
_KINDS = {"law": "measure", "who": "party", "at": "place"}
_OF_ITS_OWN = 0.6  # chance: below, in a month much begins
_WORDS, _HEAD = re.compile(r"\w+"), 4  # words beside the day of a report at its head
_OUTSIDE = ("land:", "side:", "away:")
_HOUR, _NO_HOURS = "hour_of_day", marked("The record has no hours of the day.")
_NO_CASE = marked("The record has nothing near it of this place.")
_MOST_LIKELY = marked("Most likely of the same thing: see what its row counts before you rest on it.")
_READ = {"stated", "relative"}  # bases of a period that the words of the sentence give
_OF_ITS_SENTENCE = {*_READ, "inferred"}  # and of one whose words stand in it: Spring Festival, a year later
_LENGTHS = frozenset({"months", "days", "weeks", "hours", "years"})  # units of how long something lasts
_PERCENT, _DATE, _DIFFERS = "percent", "date", "differs"
_FOREIGN = marked("A language that is not read: English, Chinese and Russian are.")


@in_english
def claims_of(
    report: Report,
    index: RecordIndex,
    *,
    held: Iterable[Held] | None = None,
    reread: Reread | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Claim]:
    """The claims of a report, held against the record, in the order of their spans.

    A number that only numbers is none, nor is a month or year that only says of when a figure beside it is.

    Args:
        report: as opened.
        index: the record's.
        held: what `held_stretch` gives of each stretch, where that is done elsewhere; None: it is done here.
        reread: makes of the weighed figures what an optional reader finds in the text; None: none is asked.
        progress: told (paragraphs done, in all).
    """
    done = count(1)
    told = None if progress is None else lambda: progress(next(done), len(report.blocks))
    if reread is not None:
        said: list[Stated] = []
        weighed = [w for part in stretches(report) for w in weigh(report, index, part, said, told)]
        held = [(list(_figures(report, reread(report, index, weighed), index, said)), said)]
    made = list(held or (held_stretch(report, index, part, told) for part in stretches(report)))
    if progress is not None:
        progress(len(report.blocks), len(report.blocks))  # some blocks hold no sentence
    stated = _statements(report, [s for _, of in made for s in of])
    unread = (c for line in read_report(report) if line.foreign for c in _foreign(report, line))
    ids = {c.claim_id: c for c in chain(*(found for found, _ in made), stated, unread)}
    ordered = sorted(ids.values(), key=lambda c: (c.span_start, c.span_end))
    return held_within(ordered, report.published, report.text)


@in_english
@seldom_collected()
def held_stretch(
    report: Report, index: RecordIndex, stretch: tuple[int, int], progress: Callable[[], None] | None = None
) -> Held:
    """The claims of a stretch that are of figures and dates, and its statements; arguments as of `weigh`."""
    said: list[Stated] = []
    weighed = list(weigh(report, index, stretch, said, progress))
    return list(_figures(report, weighed, index, said)), said


def _figures(report: Report, found: Sequence[Weighed], index: RecordIndex, said: Sequence[Stated]) -> Iterator[Claim]:
    dated = [w for w in found if w.seen.kind == "figure" and w.told.basis in _OF_ITS_SENTENCE]
    # A bare number may number things; one that a row bears out is of something: (2023: 4,016).
    measured = [w for w in dated if not is_plain(w.seen.unit) or w.related is not None or _has_own(w)]
    measured = [w for w in measured if w.seen.unit not in _LENGTHS]  # a hiatus of three years is of no month
    periods: dict[tuple[str, object], set[tuple[int, int]]] = {}
    for w in measured:
        begun = (d.period for d in w.told.line.dates if w.told.period and d.first == w.told.period[0])
        for period in {w.told.period, *begun}:  # of a year up to a day the year says when too
            periods.setdefault((w.sentence, period), set()).add(w.told.clause)
    beside: dict[str, list[tuple[Told, Related | None]]] = {}
    for w in dated:
        beside.setdefault(w.sentence, []).append((w.told, w.related))
    headings = heads(report)
    for one in found:
        weighed, seen = one, one.seen
        if (seen.kind == "ordinal" and not (seen.nth or seen.unread)) or (seen.kind == _DATE and seen.dateline):
            continue
        if seen.kind == _DATE and not seen.unread and _attached(weighed, periods, report, said):
            continue
        if seen.kind == _DATE and not seen.unread and weighed.related is None and weighed.read.block.start in headings:
            continue  # a head of a table says of when its figures are
        if weighed.related is None and seen.kind == _DATE:
            weighed = replace(weighed, related=with_its_figure(seen, beside.get(weighed.sentence, ())))
        yield identified(_claim(weighed, index), report.sha256)
        if weighed.related is not None and weighed.related.passed is not None:
            yield identified(_superlative(report, weighed, index), report.sha256)


def _superlative(report: Report, weighed: Weighed, index: RecordIndex) -> Claim:
    """The words that call a figure the largest, where a larger one is on record."""
    assert weighed.related is not None
    assert weighed.related.passed is not None
    (first, last), how = weighed.related.passed
    start, end = weighed.place(first), weighed.place(last - 1) + 1
    claim = _claim(replace(weighed, related=how), index)
    return replace(claim, span_start=start, span_end=end, text=report.text[start:end], comparison="largest")


def _attached(
    weighed: Weighed,
    periods: Mapping[tuple[str, object], Collection[tuple[int, int]]],
    report: Report,
    said: Sequence[Stated],
) -> bool:
    """Whether a date only says of when a figure or a statement beside it is; in a single day a report can be wrong."""
    seen = weighed.seen
    if seen.base:
        return True  # what a figure is compared with
    clauses = periods.get((weighed.sentence, seen.period), ())
    of_figure = bool(clauses) and (weighed.told.clause in clauses or _is_bare(weighed)) and not _begins(weighed)
    how = weighed.related
    listed = (
        how is not None and how.verdict == "agrees" and all("kind:listing" in o.entry.quantities for o in how.offers)
    )
    is_day = seen.first is not None and seen.first == seen.last
    of_law = how is None and any(_of_law(o) or _of_event(o) for o in weighed.offers)
    if of_figure and not is_day and (how is None or listed) and not of_law:
        return True  # the month of a notice only says when its count is of
    is_own = is_day and seen.first == report.published and _is_own(weighed)
    if is_own and not weighed.told.named("kind") | weighed.told.named("law") and _is_bare(weighed):
        return True  # a line under the title that only has the day
    if how is not None or _has_own(weighed):
        return False
    of_statement = any(s.start <= weighed.start and weighed.end <= s.end for s in said)
    return (not is_day and (of_figure or of_statement)) or is_own or not (seen.first or seen.last)


def _has_own(weighed: Weighed) -> bool:
    """Whether a row is likely enough the one meant, though nothing is said of how it stands to it."""
    return any(o.chance >= _OF_ITS_OWN for o in weighed.offers)


def _is_bare(weighed: Weighed) -> bool:
    """Whether the clause of a date has hardly a word but it: In 2024, what follows is its own."""
    first, last = weighed.told.clause
    text = weighed.told.line.sentence.text
    return len(_WORDS.findall(text[first : weighed.seen.start] + " " + text[weighed.seen.end : last])) < _HEAD


def _begins(weighed: Weighed) -> bool:
    """Whether the sentence says that something begins to hold then: the threshold beside it is of no month."""
    return says(weighed.told.line.sentence.text, "in_force")


def _of_law(offer: Offer) -> bool:
    """Whether a row is surely a law's day within the month or year that is told; trade beside it is of the whole."""
    laws = any(name.startswith("law:") for need in offer.entry.met for name in need)
    return laws and offer.equal and not offer.exact and offer.chance >= _OF_ITS_OWN


def _of_event(offer: Offer) -> bool:
    """Whether a row is surely an event of the month or year that is told: 13 died in an attack in 2021."""
    told = offer.entry.table == "events" and offer.equal and offer.met.counter == "met"
    return told and offer.chance >= _OF_ITS_OWN


def _is_own(weighed: Weighed) -> bool:
    """Whether the day of a report is only told: Published 2 May 2024, by a name; today its towers can be seen."""
    rest = weighed.sentence.replace(weighed.text, " ", 1)
    weekday = any(says(weighed.text, f"weekday_{i}") for i in range(7))  # of any other day it would be a claim too
    in_words = not weekday and not any(c.isdecimal() for c in weighed.text)
    return len(_WORDS.findall(rest)) <= _HEAD or (in_words and not weighed.offers and not weighed.told.named("kind"))


def _foreign(report: Report, line: Line) -> Iterator[Claim]:
    """The figures of a sentence in a language that is not read."""
    sentence = report.text[line.start : line.end].strip()
    for one in line.located(report.text):
        if one.kind == "figure":
            claim = Claim("", one.start, one.end, one.printed, sentence, verdict="unread", note=_FOREIGN)
            yield identified(replace(claim, unread_reason="unknown_language"), report.sha256)


def _statements(report: Report, said: Sequence[Stated]) -> Iterator[Claim]:
    """Statements as claims; two words for one act of a firm that cannot both be right stand against one another."""
    made = [(identified(_stated(s), report.sha256), s.word) for s in said]
    for claim, word in made:
        theirs = WORDS_OF_ONE.get(word)
        other = next((o for o, its in made if theirs == its and o.subject == claim.subject), None)
        if other is None:
            yield claim
            continue
        two = tr("The text has two words for one event: a {word} here, a {theirs} elsewhere.", word=word, theirs=theirs)
        found = replace(claim, note=f"{claim.note} {two}")
        on_record = says(claim.note or "", word)
        against = (*(claim.against or ()), other.claim_id)
        yield found if on_record else replace(found, verdict="contradicts", against=against)


def _stated(said: Stated) -> Claim:
    return Claim(
        "", said.start, said.end, said.text, said.sentence, said.kind, said.subject, quantity=said.quantity,
        status="rule" if said.kind != "party" else "reported", verdict=said.verdict, against=said.against,
        note=said.note,
    )  # fmt: skip


def _claim(weighed: Weighed, index: RecordIndex) -> Claim:
    seen, told, how = weighed.seen, weighed.told, weighed.related
    read = _row_fields(how) if how is not None and how.verdict != _DIFFERS else _said_fields(weighed, index)
    own = seen.kind == _DATE or (seen.kind == "ordinal" and bool(seen.unread))  # an hour of the day is of no period
    first, last = (seen.first, seen.last) if own else told.period or (None, None)
    basis = seen.basis if own else told.basis
    number = seen.number
    claim = Claim(
        "c-" + 12 * "0",
        weighed.start,
        weighed.end,
        weighed.text,
        weighed.sentence,
        value=None if number is None else number.value,
        unit=seen.unit or None,
        per=seen.per if seen.per in {"day", "month", "year"} else None,
        bound=seen.bound,
        value_high=number.open.high if seen.bound == "between" and number is not None else None,
        status=min(told.statuses, default="reported"),
        period_start=_day(first),
        period_end=_day(last),
        period_basis=basis if basis in _READ else "inferred" if first or last else "none",
        comparison="yoy" if seen.grown and seen.unit == _PERCENT else "change" if seen.grown else "none",
        attributed_to=attribution.speaker(told.line.sentence.text, told.line.sentence.language),
        **read,  # type: ignore[arg-type]
    )
    return replace(claim, **_judged(weighed, read))  # type: ignore[arg-type]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _judged(weighed: Weighed, read: dict[str, str | None]) -> dict[str, object]:
    """The verdict with its rows and its note."""
    offers, how = weighed.offers, weighed.related
    shown: dict[str, object] = {
        "offered": tuple(o.entry.row_id for o in offers[:SHOWN]) or None,
        "offered_why": "; ".join(_scored(o) for o in offers[:SHOWN]) or None,
    }
    if how is not None and how.rows:  # implied: the arithmetic is the answer
        return shown | {
            "verdict": how.verdict, "against": how.rows, "working": how.note, "note": _listed(how.offers, nearby=True),
        }  # fmt: skip
    if how is not None:
        held = tuple(dict.fromkeys(o.entry.row_id for o in how.offers))
        how_sure = certainty(weighed.seen, how)
        note = f"{_listed(how.offers)} {how.note}"
        note = f"{note} {_MOST_LIKELY}" if how_sure == "likely" else note
        return shown | {"verdict": how.verdict, "certainty": how_sure, "against": held, "note": note}
    if weighed.seen.unread == _HOUR:
        return shown | {"verdict": "no_record", "against": (), "note": _NO_HOURS}
    if reason := weighed.seen.unread:
        words = next((r["words"] for r in rows("shown_words") if r["term"] == reason), reason.replace("_", " "))
        note = tr("Not read: {reason}.", reason=words)
        return shown | {"verdict": "unread", "unread_reason": reason, "note": note}
    outside = read.get("subject_kind") == "outside"
    note = (
        _listed(offers[:SHOWN], nearby=True)
        if offers
        else _NO_CASE
        if outside
        else tr("No row was found by its number, place and words.")
    )
    return shown | {"verdict": "no_record", "against": (), "note": note}


def _row_fields(how: Related) -> dict[str, str | None]:
    """What a row says that its figure is of."""
    entry = how.offers[0].entry
    kind = next((k for k in ("law", "who") if any(n.startswith(f"{k}:") for need in entry.met for n in need)), "at")
    quantity = entry.quantity or min((q.partition(":")[2] for q in entry.quantities), default=None)
    if entry.kind == _DATE:
        quantity = f"event.{quantity}" if quantity else None
    return {
        "subject_kind": _KINDS[kind] if entry.place else None,
        "subject": entry.place or None,
        "quantity": quantity,
        "partner": _side(entry.partner) if not entry.any_partner else None,
        "product": entry.good.partition(":")[2] or None,
        "mode": entry.mode or None,
        "direction": entry.direction or None,
    }


def _side(key: str) -> str | None:
    return key.partition(":")[2] or None


def _said_fields(weighed: Weighed, index: RecordIndex) -> dict[str, str | None]:
    """What the sentence says that the figure is of."""
    told = weighed.told
    kind, _, name = told.owner.partition(":")
    found: dict[str, str | None] = {"subject_kind": _KINDS.get(kind), "subject": name or None}
    if kind not in _KINDS:
        found = _outside(told)
    quantity = _quantity(weighed)
    directions = told.named("dir", own=True) or told.named("dir")
    modes = told.named("mode", own=True)
    sides = {_side(s) for s in told.sides_own} - {None}
    sides = {next((n for n, key in index.names.lands.items() if key == f"land:{s}"), s) for s in sides}
    goods = told.named("good", own=True)
    return found | {
        "quantity": quantity,
        "direction": (next(iter(directions))[4:] if len(directions) == 1 else "both")
        if quantity in index.names.directed
        else None,
        "mode": next(iter(modes))[5:] if len(modes) == 1 else None,
        "partner": next(iter(sides)) if len(sides) == 1 and found["subject_kind"] == "place" else None,
        "product": next(iter(goods))[5:] if len(goods) == 1 else None,
    }


def _quantity(weighed: Weighed) -> str | None:
    """The word for what is counted that stands nearest to the figure and can have its unit."""
    told, seen = weighed.told, weighed.seen
    if seen.kind == _DATE:
        kinds = [k for k in told.line.found if k.name.startswith("kind:")]
        best = min(kinds, key=lambda k: max(k.start - seen.end, seen.start - k.end), default=None)
        return f"event.{best.name[5:]}" if best else None
    fits = [
        k
        for k in told.line.found
        if k.name.startswith("what:") and (seen.unit in units_of(k.name[5:]) or seen.unit in {"", _PERCENT})
    ]
    own = [k for k in fits if told.clause[0] <= k.start < told.clause[1]] or fits
    best = min(own, key=lambda k: max(k.start - seen.end, seen.start - k.end), default=None)
    if best is None and not (told.named("what") or told.named("good")):
        return alone(seen.unit)  # no word says that it may be of another thing
    return best.name[5:] if best else None


def _outside(told: Told) -> dict[str, str | None]:
    """The country or group that stands nearest before the figure, as printed: the record has no id of it."""
    places = [k for k in told.line.found if k.name.startswith(_OUTSIDE)]
    before = [k for k in places if k.end <= told.start] or places
    if not before:
        return {"subject_kind": None, "subject": None}
    return {"subject_kind": "outside", "subject": told.line.sentence.text[before[-1].start : before[-1].end]}


def _scored(offer: Offer) -> str:
    """A row offered with its score: which facets met, which say something else, how far the number is."""
    number = tr("same") if offer.equal else tr("{apart:.0%} apart", apart=offer.apart)
    met = [n for n in offer.met._fields if getattr(offer.met, n) == "met" and n in {"place", "counter", "period"}]
    others = [tr("other {n}", n=n) for n in offer.met.others()]
    return f"{offer.entry.row_id} {offer.points:g} ({', '.join([number, *met, *others])})"


def _listed(offers: Sequence[Offer], *, nearby: bool = False) -> str:
    """What stands on record; which of it the person's own rows say is said."""
    head = tr("On record nearby") if nearby else tr("On record")
    own = dict.fromkeys(o.entry.row_id for o in offers if o.entry.row_id.startswith(BEGINS))
    said = f"{head}: {'; '.join(dict.fromkeys(o.entry.said for o in offers))}."
    return " ".join((said, *(tr("{row}: your own row.", row=row) for row in own)))
