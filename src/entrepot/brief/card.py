"""What the card of a figure says: one sentence, what was printed and when, between which ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.brief.report import period_words, show
from entrepot.core import periods, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from entrepot.core.findings import Finding

_SHOWN = 4  # printed figures that a card names; the others are rows that it rests on, by their ids


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card.

    Attributes:
        said: the statement, one sentence.
        printed: the figures that it rests on as they were printed, with office, day and quality; two or more where
            reports contradict each other.
        ends: its low and high; empty where it has none.
    """

    said: str
    printed: tuple[str, ...]
    ends: str


def card(finding: Finding, printed: Mapping[str, str]) -> Card:
    """The words on a finding.

    Args:
        finding: the finding.
        printed: rows of the record as they were printed, by id: `as_printed`.
    """
    rows = [printed[g.row_id] for g in finding.grounds if g.row_id in printed]
    more = len(rows) - _SHOWN
    told = (*rows[:_SHOWN], f"and {more} more") if more > 0 else tuple(rows)
    return Card(_said(finding), told, _ends(finding))


# What a list did on a day, by the quantity of the finding; all else "came to" its figure.
_VERBS = {"entities listed": "held", "entities added": "took in", "held parties in force": "held"}


def _said(finding: Finding) -> str:
    """One sentence: about whom, what, how much, when."""
    subject, quantity = finding.subject, finding.quantity.replace(".", " ")
    if finding.kind == "date":
        return _dated(subject, quantity, show(finding))
    when = _when(finding)
    if finding.kind != "number":
        return f"{subject}: {quantity}, {show(finding)}{f' ({when})' if when else ''}."
    first, _, rest = quantity.partition(", ")
    if verb := _VERBS.get(first):
        said = f"The {subject} {verb} {show(finding)}{f' of {rest}' if rest else ''}"
    else:
        said = f"{subject}: {quantity} came to {show(finding)}"
    return f"{said}{f' {when}' if when else ''}."


def _dated(subject: str, quantity: str, day: str) -> str:
    """What took place on a day; a firm's act and a listing are told with their verb."""
    on = f"{'on' if day[0].isdigit() and ' ' in day else 'in'} {day}"
    if quantity.startswith("listed under"):
        return f"{subject} was {quantity}, {on}."
    if quantity.startswith("in ") and quantity.endswith(" from"):
        return f"{subject} is {quantity} {day} on."
    if quantity.split(" ", maxsplit=1)[0] in {"left", "entered"}:
        return f"{subject} {quantity} {on}."
    if quantity.endswith(" from"):
        return f"{subject}: {quantity} {day}."
    return f"{subject}: {quantity}, {on}."


def _when(finding: Finding) -> str:
    """The period as it stands in a sentence; empty where it is not known."""
    if not finding.period_start and not finding.period_end:
        return ""
    words = period_words(finding)
    if words.startswith(("since ", "to ")):
        return words
    if words.startswith(("first half", "second half")):
        return f"in the {words}"
    if " to " in words:
        return f"from {words}"
    return f"{'on' if words[0].isdigit() and ' ' in words else 'in'} {words}"


def _ends(finding: Finding) -> str:
    low, high = finding.low, finding.high
    if low is None or high is None or low >= high:
        return ""
    return f"between {show(finding, 'ends').replace(' to ', ' and ', 1)}"


def as_printed(observations: pa.Table, wanted: Iterable[str]) -> dict[str, str]:
    """Observations as they were printed, by id: figure, office, day, quality.

    Args:
        observations: the record's table.
        wanted: ids.
    """
    ids = frozenset(wanted)
    return {row["id"]: _printed(row) for row in observations.to_pylist() if row["id"] in ids}


def _printed(row: Mapping[str, Any]) -> str:
    figure = units.with_unit(row["value"], row["unit"] or "", bound=row["bound"] or "exact")
    office = f" by {row['reported_by']}" if row["reported_by"] else ""
    day = f", {periods.words(periods.parse(row['published']))}" if row["published"] else ", day of print not recorded"
    quality = f"; quality: {row['quality']}" if row["quality"] else ""
    return f"{figure}{office}{day}{quality}"


def notices(batches: pa.Table, wanted: Iterable[str]) -> dict[str, str]:
    """Notices that changed a list as they were printed, by id: size, number of the notice, how the names are known.

    Args:
        batches: the record's table.
        wanted: ids.
    """
    ids = frozenset(wanted)
    return {row["id"]: _notice(row) for row in batches.to_pylist() if row["id"] in ids}


def _notice(row: Mapping[str, Any]) -> str:
    own = f", {row['total_dhs']:,} as its publisher counts" if row["total_dhs"] is not None else ""
    names = f"; names from {row['names_from']}" if row["names_from"] else ""
    return f"{row['total_entities']:,} entities one by one{own}: {row['notice']}{names}"
