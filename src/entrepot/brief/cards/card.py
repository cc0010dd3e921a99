"""What the card of a figure says: one sentence, what was printed and when, between which ends."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entrepot.brief.cards.card_sentence import sentence
from entrepot.brief.cards.print_row import Print
from entrepot.brief.report import ESTIMATE_DIGITS, show
from entrepot.core import periods, units
from entrepot.core.words import amounts
from entrepot.core.words.translate import tr

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


def card(finding: Finding, printed: Mapping[str, Print], publishers: Mapping[str, str] = MappingProxyType({})) -> Card:
    """The words on a finding.

    Args:
        finding: the finding.
        printed: rows of the record as they were printed, by id: `as_printed`.
        publishers: of sources, by id.
    """
    found = [printed[g.row_id] for g in finding.grounds if g.row_id in printed]
    # Of one row the sentence has office, day and quality.
    rows = [found[0].figure or found[0].text] if len(found) == 1 else [row.text for row in found]
    more = len(rows) - _SHOWN
    told = (*rows[:_SHOWN], tr("and {more} more", more=more)) if more > 0 else tuple(rows)
    return Card(sentence(finding, printed, publishers), told, _ends(finding))


def _ends(finding: Finding) -> str:
    low, high = finding.low, finding.high
    if finding.kind != "number" or low is None or high is None or low >= high:
        return ""
    if units.rounded(low, ESTIMATE_DIGITS) == units.rounded(high, ESTIMATE_DIGITS):
        return ""  # ends that round to one figure say nothing that the figure does not
    return tr("between {replace}", replace=show(finding, "ends").replace(" to ", " and ", 1))


def as_printed(observations: pa.Table, wanted: Iterable[str]) -> dict[str, Print]:
    """Observations as they were printed, by id: figure, office, day, quality.

    Args:
        observations: the record's table.
        wanted: ids.
    """
    ids = frozenset(wanted)
    return {row["id"]: _printed(row) for row in observations.to_pylist() if row["id"] in ids}


def _printed(row: Mapping[str, Any]) -> Print:
    figure = amounts.with_unit(row["value"], row["unit"] or "", bound=row["bound"] or "exact")
    office = tr(" by {reported_by}", reported_by=row["reported_by"]) if row["reported_by"] else ""
    published = amounts.period(periods.parse(row["published"])) if row["published"] else ""
    day = f", {published or tr('day of print not recorded')}"
    quality = tr("; quality: {quality}", quality=row["quality"]) if row["quality"] else ""
    text = f"{figure}{office}{day}{quality}"
    return Print(text, figure, str(row["reported_by"] or ""), published, str(row["quality"] or ""))


def notices(batches: pa.Table, wanted: Iterable[str]) -> dict[str, Print]:
    """Notices that changed a list as they were printed, by id: size, number of the notice, how the names are known.

    Args:
        batches: the record's table.
        wanted: ids.
    """
    ids = frozenset(wanted)
    return {row["id"]: _notice(row) for row in batches.to_pylist() if row["id"] in ids}


def _notice(row: Mapping[str, Any]) -> Print:
    own = (
        tr(", {total_dhs:,} as its publisher counts", total_dhs=row["total_dhs"])
        if row["total_dhs"] is not None
        else ""
    )
    names = tr("; names from {names_from}", names_from=row["names_from"]) if row["names_from"] else ""
    return Print(
        tr(
            "{total_entities:,} entities one by one{own}: {notice}{names}",
            total_entities=row["total_entities"],
            own=own,
            notice=row["notice"],
            names=names,
        )
    )
