"""Measures as a person asks for them: the list, and one measure as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, table
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import in_english
from entrepot.measures.act import KINDS, STATES, STATUSES, VERIFIED
from entrepot.measures.measure import as_of, known, measure, measures, state

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import pyarrow as pa

    from entrepot.measures.act import Measure, Part

ACTS = Contract(
    name="acts",
    meaning="The measures, one row each, with their state on a day.",
    grain=("measure_id",),
    columns=(
        Column("measure_id", "text", "id of the measure; the name of its file"),
        Column("title", "text", "full name"),
        Column("jurisdiction", "text", "ISO alpha-2, or EU"),
        Column("kind", "text", "kind of measure", allowed=KINDS),
        Column("status", "text", "state on the day", allowed=STATUSES),
        Column("since", "partial_date", "first dated provision that touches somebody", absent=("unknown",)),
        Column("in_force", "integer", "parts in force on the day", unit="parts", low=0),
        Column("checked", "partial_date", "when the file was last compared with its sources"),
    ),
)

PARTS = Contract(
    name="parts",
    meaning="One measure on a day: each provision and priority sector with its state then. Not legal advice.",
    grain=("part_id",),
    columns=(
        Column("part_id", "text", "the provision or sector"),
        Column("part_kind", "text", "what it is", allowed=("provision", "sector")),
        Column("state", "text", "on the day", allowed=STATES),
        Column("valid_from", "partial_date", "first day", absent=("unknown",)),
        Column("valid_to", "partial_date", "last day", absent=("not_applicable",)),
        Column("name", "text", "its name"),
        Column("text", "text", "what it says, in Entrepot's words"),
        Column("threshold", "text", "from which amount", absent=("not_applicable",)),
        Column("hs", "texts", "HS prefixes, each with its basis", absent=("not_applicable",)),
        Column("citation", "text", "article, section, notice"),
        Column("verified", "text", "how well it is verified", allowed=tuple(VERIFIED)),
        Column("source_id", "text", "first source"),
    ),
)


@in_english
def overview(on: str | date | None = None, jurisdictions: Collection[str] = ()) -> pa.Table:
    """All measures under `ACTS` as of a day; one that was not known then is left out.

    Args:
        on: the day; None is today.
        jurisdictions: whose only, ISO alpha-2 or EU; empty for all.
    """
    day = day_of(on)
    acts = [as_of(m, day) for m in measures() if not jurisdictions or m.jurisdiction in jurisdictions]
    return table(
        ACTS,
        [
            {
                "measure_id": a.id,
                "title": a.title,
                "jurisdiction": a.jurisdiction,
                "kind": a.kind,
                "status": a.status,
                "since": _since(a),
                "in_force": len(a.parts),
                "checked": a.checked,
            }
            for a in acts
            if a.parts or a.ended or a.scheduled
        ],
    )


def _since(act: Measure) -> str | None:
    """The first start of what touches somebody; of what the measure rests on where nothing else was known."""
    dated = [p for p in (*act.parts, *act.ended, *act.scheduled) if p.start]
    return min((str(p.start) for p in [p for p in dated if not p.is_basis] or dated), default=None)


@in_english
def parts(named: str | Measure, on: str | date | None = None) -> pa.Table:
    """One measure's parts under `PARTS` as of a day, in force first.

    Args:
        named: the measure, its id, or a file of one's own.
        on: the day; None is today.

    Raises:
        UnknownNameError: no such measure.
    """
    day = day_of(on)
    parts_then = [(state(p, day), p) for p in known(measure(named), day).parts]
    shown = sorted((s for s in parts_then), key=lambda s: (STATES.index(s[0]), s[1].start or "", s[1].id))
    return table(PARTS, [_row(word, part) for word, part in shown])


def _row(word: str, part: Part) -> dict[str, Any]:
    return {
        "part_id": part.id,
        "part_kind": part.kind,
        "state": word,
        "valid_from": part.start,
        "valid_to": part.end,
        "name": part.name,
        "text": part.text,
        "threshold": part.threshold or None,
        "hs": [f"{g.prefix} ({g.basis})" for g in part.hs] or None,
        "citation": part.citation,
        "verified": part.verified,
        "source_id": part.sources[0],
    }
