"""The evidence: what stands behind an id, as a page of its own and as what the drawer of every page holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot.brief.cards.card import as_printed, card, notices
from entrepot.core.findings import FINDINGS, Finding, Ground
from entrepot.core.units import number
from entrepot.server.page_parts.drawn import drawn, with_refusals
from entrepot.server.page_parts.worked_out import PATIENCE, Work, rested, worked_out
from entrepot.server.pages.page import Page
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.desk.desk import Desk
    from entrepot.server.pages.page import Asked
    from entrepot.sources.explanation import Explanation

WAIT = 20.0  # seconds: a quarter of one on a machine at rest; who waits for a source longer thinks that there is none
ROWS = 12  # rows shown; the data hold all
_COLUMNS = FINDINGS.names


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the drawer shows of an id."""

    id: str
    kind: str
    said: str
    printed: tuple[str, ...]
    ends: str
    rule: str
    told: tuple[str, ...]
    checks: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]
    against: tuple[Mapping[str, Any], ...]
    rows: tuple[tuple[str, Mapping[str, Any]], ...]
    more: int
    says: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...] = ()

    @property
    def copied(self) -> str:
        """The sentence with its sources, for a text of somebody's own."""
        cited = "; ".join(f"{s['citation']} {s['link'] or ''}".strip() for s in self.sources)
        return f"{self.said} [{cited}] ({self.id})"


@with_refusals("evidence")
def _render(asked: Asked) -> str:
    conflicts = conflicts_so_far(asked.desk, WAIT)
    is_sought = isinstance(conflicts, Work)  # behind the answers of others: what is known is not held back for it
    against = () if is_sought else conflicts
    found = [replace(_shown(e, against), files=_files(asked.desk, e)) for e in asked.desk.explain(asked.path["id"])]
    template = "evidence_part.html" if asked.one("part") else "evidence.html"
    return drawn(asked, "evidence", template, found=found, is_sought=is_sought)


def conflicts_so_far(desk: Desk, patience: float = PATIENCE) -> Any:
    """The contradictions among reports, or how far the search for them has come: once as long as nobody adds a row.

    Args:
        desk: the verbs, with the store of this server.
        patience: seconds to wait.
    """
    key = ("conflicts", *rested(desk))
    return worked_out(key, lambda _: desk.corridor_conflicts().to_pylist(), patience=patience)


def _shown(e: Explanation, conflicts: Sequence[Mapping[str, Any]]) -> Evidence:
    said, printed, ends = _in_words(e) if e.kind == "finding" else (_sentence(e), (), "")
    ids = {str(row["id"]) for _, row in e.rows if row.get("id")} | {e.id}
    quality = {str(row["source_id"]): row.get("quality") for _, row in e.rows if row.get("source_id")}
    sources = tuple(
        {"citation": citation(s), "link": link(s), "quality": quality.get(str(s["source_id"])) or ""} for s in e.sources
    )
    against = tuple(c for c in conflicts if ids & set(c["reports"]) and c["conflict_id"] != e.id)
    return Evidence(
        e.id, e.kind, said, printed, ends, e.rule, e.told, e.checks, sources, against, e.rows[:ROWS],
        len(e.rows[ROWS:]), e.says,
    )  # fmt: skip


def _files(desk: Desk, e: Explanation) -> tuple[Mapping[str, Any], ...]:
    """The files of supply in which its rows stand, each with its hash, and the rows of it."""
    found: dict[str, dict[int, str]] = {}
    for _, row in e.rows:
        if row.get("file_id") and row.get("row"):
            found.setdefault(row["file_id"], {}).setdefault(row["row"], row.get("document") or "")
    held = {f["file_id"]: f for f in desk.supply_files().to_pylist()} if found else {}
    return tuple({**held[f], "rows": sorted(rows.items())[:ROWS]} for f, rows in found.items() if f in held)


def _in_words(e: Explanation) -> tuple[str, tuple[str, ...], str]:
    """The sentence of a finding, what was printed, its ends."""
    import pyarrow as pa

    grounds = tuple(Ground(table, str(row.get("id") or ""), row.get("source_id")) for table, row in e.rows)
    finding = Finding(**{c: e.says[c] for c in _COLUMNS}, grounds=grounds)
    rows = [dict(row) for table, row in e.rows if table == "observations"]
    printed = as_printed(pa.Table.from_pylist(rows), [r["id"] for r in rows]) if rows else {}
    batches = [dict(row) for table, row in e.rows if table == "batches"]
    printed |= notices(pa.Table.from_pylist(batches), [r["id"] for r in batches]) if batches else {}
    publishers = {str(s["source_id"]): str(s["publisher"]) for s in e.sources if s["publisher"]}
    told = card(finding, printed, publishers)
    return told.said, told.printed, told.ends


_NAMES = ("sentence", "event", "says", "title", "name", "listed_name", "place", "hub", "note", "said", "reason")


def _sentence(e: Explanation) -> str:
    """What a row says first: its own sentence or name, else its id."""
    if {"place", "quantity", "state"} <= set(e.says):
        return f"{e.says['place']}, {e.says['quantity']}, {_period(e)}"
    if {"place", "metric", "value", "unit"} <= set(e.says):
        bound = "" if e.says.get("bound") == "exact" else f"{str(e.says.get('bound')).replace('_', ' ')} "
        printed = f"{bound}{number(float(e.says['value']))} {e.says['unit']}"
        return f"{e.says['place']}, {str(e.says['metric']).replace('_', ' ')}: {printed}, {_period(e)}"
    return next((str(e.says[c]) for c in _NAMES if e.says.get(c)), e.id)


def _period(e: Explanation) -> str:
    return " to ".join(dict.fromkeys(str(e.says[c]) for c in ("period_start", "period_end") if e.says.get(c)))


page = Page("/evidence/{id}", "evidence.title", _render, heard=("part",))
