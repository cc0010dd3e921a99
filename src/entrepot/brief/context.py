"""What every chapter is given: the engine with the record's tables, the measure, the day, the focus."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core import engine

if TYPE_CHECKING:
    from datetime import date

    import duckdb

    from entrepot.core.findings import Finding
    from entrepot.measures.act import BriefPlan, Measure


@dataclass(frozen=True, slots=True)
class Context:
    """The inputs of a brief.

    Attributes:
        con: DuckDB with the record's tables as they could be known on the day.
        measure: the measure as it was known on the day, parts ended by then included.
        day: the day as of which the brief answers.
        focus: what to look at.
        kept: what one chapter computed or asked and another reads, by name.
    """

    con: duckdb.DuckDBPyConnection
    measure: Measure
    day: date
    focus: BriefPlan
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def list_id(self) -> str:
        """Id of the measure's list in the listings; empty where it has none."""
        return self.measure.listing.id if self.measure.listing else ""

    @property
    def start(self) -> str:
        """First day of the provision that the plan marks, else of the first that touches somebody; empty without."""
        dated = [p for p in self.measure.touching if p.start]
        chosen = [p for p in dated if p.id == self.focus.marked] or dated
        return min((p.start or "" for p in chosen), default="")

    def rows(self, room: str, step: str, **parameters: Any) -> list[dict[str, Any]]:
        """Rows of a step of a room, the caller's own; `as_of` is always given."""
        # Chapters ask the same: the record under a brief stays as it is while it is composed.
        asked = f"{room}/{step} {sorted(parameters.items())}"
        if asked not in self.kept:
            what = engine.step(f"entrepot.{room}", step)
            self.kept[asked] = engine.rows(self.con, what, {"as_of": self.day, **parameters})
        return [dict(row) for row in self.kept[asked]]


def link(finding: Finding) -> str:
    """The address of a finding inside the page."""
    return f"#{finding.id}"
