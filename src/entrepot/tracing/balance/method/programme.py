"""What documents say, as rows of a linear programme: each bounds a sum of quantities that are not less than nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
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

    def holds_as_said(self) -> bool:
        """Whether all rows hold where each quantity is the middle of what a paper says of it alone.

        Most papers that go together do so at their own figures, so that nothing needs to be solved.
        """
        values: dict[int, float] = {}
        for terms, low, high, paper in self.rows:
            if paper is not None and len(terms) == 1:
                ((column, times),) = terms.items()
                values[column] = (low + high) / 2 / times
        if any(not 0 <= v < inf for v in values.values()):
            return False
        sums = (sum(v * values.get(c, 0.0) for c, v in row.terms.items()) for row in self.rows)
        return all(row.low <= s <= row.high for row, s in zip(self.rows, sums, strict=True))
