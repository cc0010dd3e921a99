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


def _said(finding: Finding) -> str:
    """About whom, what, how much, when."""
    head = f"{finding.subject}: {finding.quantity.replace('.', ' ')}"
    if finding.kind == "date":
        return f"{head}, {show(finding)}."
    period = "" if not finding.period_start and not finding.period_end else f", {period_words(finding)}"
    return f"{head} {show(finding)}{period}."


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
