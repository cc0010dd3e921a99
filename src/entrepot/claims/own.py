"""What a checked report offers one's own record: claims that the record does not have, as unreviewed observations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.claims.mentions.seen import units_of
from entrepot.core.contract import table
from entrepot.core.findings import plain
from entrepot.core.ids import id_of
from entrepot.record.contract import OWN_OBSERVATIONS, OWN_SOURCES
from entrepot.record.embedded import replace as replaced
from entrepot.record.own_cells import place_type
from entrepot.record.own_rows import SOURCE_BEGINS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from entrepot.claims.model import Claim, Report
    from entrepot.record.embedded import Record

_BOUNDS = {
    "exact": "exact",
    "about": "about",
    "over": "at_least",
    "at_least": "at_least",
    "nearly": "at_most",
    "up_to": "at_most",
}
_DAY_RATE = "_per_day"
_READ = frozenset({"stated", "relative"})  # bases of a period that the sentence itself gives: none was lent
_STATUS = {"reported": "reported", "forecast": "forecast", "capacity": "capacity", "planned": "target"}


def offered(report: Report, claims: Sequence[Claim], name: str, record: Record) -> pa.Table:
    """The claims without a row on record that can be observations, under `OWN_OBSERVATIONS`.

    Left out are ranges, growth without a figure, events, rules, effects, claims of one good among others, and those
    whose place, quantity, unit and period are not all read in their own sentence or its table.

    Args:
        report: the report of the claims.
        claims: judged.
        name: the report's file name.
        record: for the names and kinds of places.
    """
    metrics = set(record.tables["observations"].column("metric").to_pylist())
    places = {p["place_id"]: p for p in record.tables["places"].to_pylist()}
    rows = {}
    grown: dict[tuple[str, ...], float | None] = {}  # by what it is of, the first that the text gives
    for claim in claims:
        if claim.comparison == "yoy":
            grown.setdefault(_of(claim), claim.value)
    for claim in claims:
        if _can_be_kept(claim, metrics) and claim.subject in places:
            row = _row(report, claim, grown, name, places[claim.subject])
            rows[row["id"]] = row
    return table(OWN_OBSERVATIONS, list(rows.values()))


def source_id(report: Report) -> str:
    """The id of a report as the source of rows of one's own."""
    return f"{SOURCE_BEGINS}{report.sha256[:8]}"


def source(report: Report, name: str) -> pa.Table:
    """The report as a source of one's own, under `OWN_SOURCES`.

    Args:
        report: as opened.
        name: of its file, where it says nothing of itself.
    """
    said = report.metadata.get("title") or name
    blank = dict.fromkeys(OWN_SOURCES.names)
    published = report.published.isoformat() if report.published else None
    row = {"source_id": source_id(report), "publisher": report.metadata.get("author") or said, "title": said}
    return table(OWN_SOURCES, [blank | row | {"published": published}])


def without(record: Record, report: Report) -> Record:
    """The record without the rows that were read in this report: a report bears out none of its own figures.

    Nor does an earlier draft of it, or whoever printed the same sentence: those rows are known by it.
    """
    observations = record.tables["observations"]
    text, mine = _run_together(report.text), source_id(report)
    kept = [
        source != mine and not (said and source.startswith(SOURCE_BEGINS) and _run_together(said) in text)
        for source, said in zip(*(observations.column(c).to_pylist() for c in ("source_id", "note")), strict=True)
    ]
    return record if all(kept) else replaced(record, "observations", observations.filter(kept))


def _run_together(text: str) -> str:
    """A text without its breaks of lines: between drafts they move."""
    return " ".join(text.split())


def _can_be_kept(claim: Claim, metrics: set[str]) -> bool:
    return (
        claim.verdict == "no_record"
        and claim.subject_kind == "place"
        and claim.quantity in metrics
        and claim.value is not None
        and claim.bound in _BOUNDS
        and claim.status in _STATUS
        and claim.comparison not in {"yoy", "mom", "change", "conversion"}
        and claim.unit in units_of(claim.quantity)
        and claim.product is None  # a row of observations cannot say that it is of one good
        and claim.period_basis in _READ
        and claim.period_start is not None
        and claim.period_end is not None
    )


def _row(
    report: Report, claim: Claim, grown: Mapping[tuple[str, ...], float | None], name: str, place: dict[str, Any]
) -> dict[str, Any]:
    value = float(claim.value or 0)
    printed = report.published.isoformat() if report.published else None
    # The growth on the year before that the text gives for the same cell.
    growth = grown.get(_of(claim))
    return {
        "id": _identity(report, claim),
        "place_id": claim.subject,
        "place": place["name"],
        "place_type": place_type(place["kind"]),
        "partner": claim.partner,
        "mode": claim.mode or "unknown",
        "direction": claim.direction or "both",
        "metric": claim.quantity,
        "value": value,
        "unit": claim.unit,
        "value_norm": value,
        "unit_norm": claim.unit,
        "per": claim.per,
        "bound": _BOUNDS[claim.bound],
        "status": _STATUS[claim.status],
        "period_start": claim.period_start,
        "period_end": claim.period_end,
        "yoy_pct": growth,
        "reported_by": claim.attributed_to,
        "published": printed,
        "source_id": source_id(report),
        "quality": "unclear",  # nobody has compared it with its source
        "known_on": printed or claim.period_end,
        "known_on_basis": "published" if printed else "inferred",
        "note": claim.sentence,
        "reviewed": False,
        "claim_id": claim.claim_id,
        "report": f"{name} ({report.sha256[:12]})",
    }


def _of(claim: Claim) -> tuple[str, ...]:
    """What a claim is of, its unit aside."""
    return tuple(v for k, v in sorted(_cell(claim).items()) if k != "unit")


def _cell(claim: Claim) -> dict[str, str]:
    """What a claim is of, as it enters the id of its row."""
    quantity, per = claim.quantity or "", claim.per
    if quantity.endswith(_DAY_RATE):
        quantity, per = quantity.removesuffix(_DAY_RATE), "day"
    found = {
        "subject": claim.subject, "quantity": quantity, "unit": claim.unit, "partner": claim.partner,
        "product": claim.product, "mode": claim.mode, "direction": claim.direction, "per": per,
        "status": claim.status, "comparison": "none", "start": claim.period_start, "end": claim.period_end,
    }  # fmt: skip
    return {k: str(v) for k, v in found.items() if v is not None}


def _identity(report: Report, claim: Claim) -> str:
    text = json.dumps([report.sha256, _cell(claim), plain(claim.value or 0)], sort_keys=True, ensure_ascii=True)
    return id_of("u", text)
