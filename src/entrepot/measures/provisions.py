"""The measures as tables: one row a provision or sector, and their sources for the register of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, table
from entrepot.core.tables.packaged import proven_table
from entrepot.measures.act import DIRECTIONS, KINDS, STATUSES, VERIFIED, Measure, Part
from entrepot.measures.measure import measures
from entrepot.sources.cited import register_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

MEASURES = Contract(
    name="measures",
    meaning="Legal acts on trade, one row a provision or priority sector: dates, goods, citation, source.",
    grain=("measure_id", "part_id"),
    columns=(
        Column("measure_id", "text", "the measure; the name of its file"),
        Column("part_id", "text", "the provision or sector"),
        Column("part_kind", "text", "what the row is", allowed=("provision", "sector")),
        Column("short", "text", "short name of the measure"),
        Column("title", "text", "full name of the measure"),
        Column("jurisdiction", "text", "ISO alpha-2, or EU", pattern=r"^[A-Z]{2}$"),
        Column("kind", "text", "kind of measure", allowed=KINDS),
        Column("status", "text", "state of the measure on `checked`", allowed=STATUSES),
        Column("checked", "partial_date", "when the file was last compared with its sources"),
        Column("name", "text", "name of the part"),
        Column("text", "text", "what the rule says, in Entrepot's words"),
        Column("valid_from", "partial_date", "first day", absent=("unknown",)),
        Column("valid_to", "partial_date", "last day", absent=("not_applicable",)),
        Column("known_from", "partial_date", "published, where before the first day", absent=("not_applicable",)),
        Column(
            "end_known",
            "partial_date",
            "from when valid_to was known; empty: once it had come",
            absent=("not_applicable",),
        ),
        Column(
            "suspended_to",
            "partial_date",
            "last day of a suspension that began behind valid_to; whether the part came back is not known",
            absent=("not_applicable",),
        ),
        Column("subject", "text", "who or what it touches", absent=("not_applicable",)),
        Column("threshold", "text", "from which amount", absent=("not_applicable",)),
        Column("presumption", "boolean", "whether a sector carries a presumption", absent=("not_applicable",)),
        Column("direction", "text", "seen from the jurisdiction", allowed=DIRECTIONS),
        Column("territory", "texts", "place ids", absent=("not_applicable",)),
        Column("countries", "texts", "ISO alpha-2; empty: all", absent=("not_applicable",)),
        Column(
            "goods",
            "text",
            "all goods, listed prefixes, unread (goods of which no HS code is on record), or none",
            allowed=("all", "listed", "unread", "none"),
        ),
        Column("hs", "texts", "HS prefixes, each with its basis: `52 (read)`", absent=("not_applicable",)),
        Column("citation", "text", "article, section, notice"),
        Column("verified", "text", "how well the part is verified", allowed=tuple(VERIFIED)),
        Column("source_id", "text", "first source"),
        Column("more_sources", "texts", "further sources", absent=("not_applicable",)),
        Column(
            "record_rows",
            "texts",
            "ids of rows of the record that carry the same fact",
            absent=("not_applicable",),
        ),
    ),
)


def measures_table(acts: Iterable[Measure] | None = None) -> pa.Table:
    """Every part of every measure under `MEASURES`; of `acts` only, if given (such as those of `as_of`)."""
    if acts is None:
        return proven_table(MEASURES, [_row(act, part) for act in measures() for part in act.parts])
    return table(MEASURES, [_row(act, part) for act in acts for part in act.parts])


def part_rows(act: Measure) -> dict[str, dict[str, Any]]:
    """The parts of one measure by their ids, each with the cells of `MEASURES`."""
    return {part.id: _row(act, part) for part in act.parts}


def measure_sources() -> list[dict[str, str | None]]:
    """The sources of all measures as rows of the register of sources, each once, in order of id."""
    return register_rows(s for act in measures() for s in act.sources)


def _row(act: Measure, part: Part) -> dict[str, Any]:
    return {
        "measure_id": act.id,
        "part_id": part.id,
        "part_kind": part.kind,
        "short": act.short,
        "title": act.title,
        "jurisdiction": act.jurisdiction,
        "kind": act.kind,
        "status": act.status,
        "checked": act.checked,
        "name": part.name,
        "text": part.text,
        "valid_from": part.start,
        "valid_to": part.end,
        "known_from": part.known_from,
        "end_known": part.end_known,
        "suspended_to": part.suspended_to,
        "subject": part.subject or None,
        "threshold": part.threshold or None,
        "presumption": part.presumption,
        "direction": act.direction,
        "territory": list(part.territory) or None,
        "countries": list(part.countries) or None,
        "goods": part.goods,
        "hs": [f"{g.prefix} ({g.basis})" for g in part.hs] or None,
        "citation": part.citation,
        "verified": part.verified,
        "source_id": part.sources[0],
        "more_sources": list(part.sources[1:]) or None,
        "record_rows": list(part.rows) or None,
    }
