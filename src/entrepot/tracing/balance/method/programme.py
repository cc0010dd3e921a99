"""What documents say, as rows of a linear programme: each bounds a sum of quantities that are not less than nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping


class Bounded(NamedTuple):
    """A row: `low` <= the sum of `terms` <= `high`. `paper` says it; None: it holds whatever papers say."""

    terms: Mapping[int, float]
    low: float
    high: float
    paper: int | None


@dataclass(slots=True)
class Programme:
    """Rows over quantities.

    Attributes:
        rows: the rows.
        columns: number of each quantity.
    """

    rows: list[Bounded] = field(default_factory=list)
    columns: dict[Hashable, int] = field(default_factory=dict)

    def column(self, name: Hashable) -> int:
        """The number of a quantity; a new one where there is none."""
        return self.columns.setdefault(name, len(self.columns))

    def papers(self) -> list[int]:
        """The papers, in order."""
        return sorted({r.paper for r in self.rows if r.paper is not None})

    def of(self, papers: Iterable[int]) -> list[Bounded]:
        """The rows of some papers, with those that hold whatever papers say."""
        chosen = set(papers)
        return [r for r in self.rows if r.paper is None or r.paper in chosen]
