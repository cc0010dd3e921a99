"""The linear programme between two rounds: ways to which is moved, capacities that bind; HiGHS keeps its basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Entries = tuple[Indices, Indices, Numbers]

_DUAL, _PRIMAL = 1, 4  # simplex strategies of HiGHS
_MOST_PIVOTS = 2**31 - 1  # HiGHS counts them in 32 bits


class SmallProgramme:
    """A programme that grows by rows and columns.

    Args:
        dearth: what one unit beyond a capacity costs.

    Attributes:
        rows: how many it has.
        work: of all solutions so far, in pivots times rows, to which their time is about proportional.
    """

    def __init__(self, dearth: float) -> None:
        import highspy

        made: Any = highspy.Highs  # its stubs say nothing of its arguments
        self._solver = made()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(option, value)
        self._infinity: float = highspy.kHighsInf
        self._dearth = dearth
        self.rows = 0
        self.work = 0.0
        self._columns = 0
        self._way: list[Indices] = []
        self._beyond: list[Indices] = []
        self._only_columns = False

    def add_capacities(self, room: Numbers, entries: Entries) -> None:
        """A row for each capacity, each with a column for what goes beyond it.

        Args:
            room: what may be added to what was there first, or, below nothing, must be moved away.
            entries: row, way and value.
        """
        row, way, value = entries
        columns = self._ways()[way] if len(way) else way
        self._rows(np.full(len(room), -self._infinity), room, (row, columns, value))
        places = np.arange(self._columns, self._columns + len(room))
        self._add_columns(
            np.full(len(room), self._dearth),
            np.full(len(room), self._infinity),
            (np.arange(self.rows - len(room), self.rows), np.arange(len(room)), -np.ones(len(room))),
        )
        self._beyond.append(places)
        self._only_columns = False

    def add_amount(self, amount: float, ways: Indices) -> None:
        """A row that keeps what is moved of a commodity to what there is.

        Args:
            amount: of the commodity.
            ways: its ways.
        """
        columns = self._ways()[ways]
        entries = (np.zeros(len(ways), dtype=np.int64), columns, np.ones(len(ways)))
        self._rows(np.array([-self._infinity]), np.array([amount]), entries)
        self._only_columns = False

    def add_ways(self, step: Numbers, most: Numbers, entries: Entries) -> None:
        """A column for each way: what one unit moved to it costs more, and what may be moved.

        Args:
            step: cost of the way less that of the first.
            most: how much there is of the commodity.
            entries: row, way and value.
        """
        self._way.append(np.arange(self._columns, self._columns + len(step)))
        self._add_columns(step, most, entries)
        self._only_columns = True

    def dearer(self, dearth: float) -> None:
        """Make what goes beyond a capacity dearer."""
        self._dearth = dearth
        beyond = np.concatenate(self._beyond).astype(np.int32)
        self._solver.changeColsCost(len(beyond), beyond, np.full(len(beyond), dearth))
        self._only_columns = True

    def solve(self, work: float) -> bool:
        """Solve from the last basis: after new columns it is feasible, after new rows it is optimal but for them.

        Args:
            work: after which it is stopped.

        Returns:
            Whether it came to its end.
        """
        if self._columns == 0:
            return True
        pivots = int(min((work - self.work) / max(self.rows, 1), _MOST_PIVOTS))
        if pivots < 1:
            return False
        self._solver.setOptionValue("simplex_iteration_limit", pivots)
        self._solver.setOptionValue("simplex_strategy", _PRIMAL if self._only_columns else _DUAL)
        self._solver.run()
        self._solution: Any = self._solver.getSolution()
        used = self._solver.getInfo().simplex_iteration_count
        self.work += used * max(self.rows, 1)
        return bool(used < pivots)

    def moved(self) -> Numbers:
        """How much is moved to each way."""
        if not self._way:
            return np.zeros(0)
        return np.asarray(self._solution.col_value)[self._ways()]

    def exceeded(self) -> float:
        """What goes beyond capacities in all."""
        if not self._beyond:
            return 0.0
        return float(np.asarray(self._solution.col_value)[np.concatenate(self._beyond)].sum())

    def prices(self) -> Numbers:
        """What one unit more of each row is worth, never negative."""
        if self.rows == 0:
            return np.zeros(0)
        found: Numbers = np.maximum(0.0, -np.asarray(self._solution.row_dual, dtype=np.float64))
        return found

    def _ways(self) -> Indices:
        return np.concatenate(self._way) if self._way else np.zeros(0, dtype=np.int64)

    def _rows(self, low: Numbers, high: Numbers, entries: Entries) -> None:
        row, column, value = entries
        order = np.lexsort((column, row))
        starts = np.searchsorted(row[order], np.arange(len(high)))
        r, c, v = _joined(row[order], column[order], value[order])
        starts = np.searchsorted(r, np.arange(len(high)))
        self._solver.addRows(len(high), low, high, len(v), starts.astype(np.int32), c.astype(np.int32), v)
        self.rows += len(high)

    def _add_columns(self, cost: Numbers, most: Numbers, entries: Entries) -> None:
        row, column, value = entries
        order = np.lexsort((row, column))
        c, r, v = _joined(column[order], row[order], value[order])
        starts = np.searchsorted(c, np.arange(len(cost)))
        self._solver.addCols(
            len(cost), cost, np.zeros(len(cost)), most, len(v), starts.astype(np.int32), r.astype(np.int32), v
        )
        self._columns += len(cost)


def _joined(first: Indices, second: Indices, value: Numbers) -> tuple[Indices, Indices, Numbers]:
    """Entries of one place added up, and those that come to nothing left out; sorted by first, then second."""
    if len(value) == 0:
        return first, second, value
    fresh = np.concatenate([[True], (first[1:] != first[:-1]) | (second[1:] != second[:-1])])
    start = np.flatnonzero(fresh)
    total = np.add.reduceat(value, start)
    kept = total != 0
    return first[start][kept], second[start][kept], total[kept]
