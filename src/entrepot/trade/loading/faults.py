"""What is wrong with a file of flows: each fault with its rows, and what was done about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.trade.contract import FLOW_FAULTS
from entrepot.trade.loading.losses import Losses
from entrepot.trade.loading.whole.parts_alone import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl
    import pyarrow as pa

    from entrepot.trade.loading.whole.parts_alone import Sort

_BRIEF = 5  # rows that a terminal shows of a fault
NOTICE = "unread_column"  # said for completeness: nothing is wrong with a column that is not needed
_SAID_TWICE = ("total_among_details", "mixed_vintage")  # of what is set aside under these another row tells
Done = Literal["kept", "set_aside", "converted"]
EXAMPLE = "\0"  # stands in a fault for a cell shown as an example: the first that is met
SHOWN = 20  # rows named a fault; its count tells how many there are


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of files.

    Attributes:
        rows: under the headings, down to the last that holds anything.
        aside: of which something was set aside; the others were read.
    """

    rows: int
    aside: int

    def sentence(self) -> str:
        """The three numbers in words."""
        rows = "1 row" if self.rows == 1 else tr("{rows:,} rows", rows=self.rows)
        return tr(
            "{rows} in the file: {rows_2:,} read, {aside:,} set aside.",
            rows=rows,
            rows_2=self.rows - self.aside,
            aside=self.aside,
        )


@dataclass(slots=True)
class Faults:
    """The faults of one file, gathered as it is read.

    Attributes:
        source: the file's name; it heads the rows where a zip holds several.
        laid: first row and name of each of several tables, where rows are counted on over all of them.
        files: first row and name of each file, likewise; the sheets of a workbook are one.
        losses: what of the value is not read.
        fiscal: reporters whose years are fiscal, with the months that these begin in, where the file says them.
        kept_back: reporter, flow, frequency and period of values that the publisher keeps back: reported, not printed.
        parts: rows that are parts of flows, until all are read: then those whose flow is no row are lost.
    """

    source: str = ""
    laid: list[tuple[int, str]] = field(default_factory=list)
    files: list[tuple[int, str]] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)
    fiscal: dict[str, frozenset[str]] = field(default_factory=dict)
    kept_back: set[tuple[str, str, str, str]] = field(default_factory=set)
    parts: Parts = field(default_factory=Parts)
    _found: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    _left: dict[str, list[pl.Series]] = field(default_factory=dict)

    def begin(self, first: int, file: str) -> None:
        """Note that a file begins behind so many rows; the next table of the same one does not."""
        if not self.files or self.files[-1][1] != file:
            self.files.append((first, file))

    def leave(self, bad: pl.DataFrame, kind: str = "", what: str = "") -> None:
        """Count rows that are not read: a row of several figures may leave more than once.

        Args:
            bad: the rows, with their value where that is lost.
            kind: the sort of fault; empty where nothing is lost, for another row says the same.
            what: the fault in words.
        """
        self._left.setdefault(self.source, []).append(bad["row"])
        if kind:
            self.losses.lose(kind, what, bad)

    def aside(self) -> int:
        """How many rows are not read, or not with all of their figures."""
        import polars as pl

        return sum(int(pl.concat(rows).n_unique()) for rows in self._left.values())

    def add(
        self, kind: str, rows: Iterable[int] | pl.Series, what: str, done: Done, example: str | list[str] = ""
    ) -> None:
        """Name a fault with its rows; the same fault twice is one with the rows of both, and the first's example.

        Args:
            kind: of the fault.
            rows: by number.
            what: the fault in words, with EXAMPLE where a cell stands.
            done: what was done with the rows.
            example: a cell to show; or all of them in their order, of which the first are shown and the others counted.
        """
        key = (kind, what, self.source if example else "")
        said = what.replace(EXAMPLE, example) if isinstance(example, str) else what
        known = self._found.setdefault(key, {"kind": kind, "count": 0, "rows": [], "what": said, "done": done})
        if not isinstance(example, str):
            known.setdefault("each", {}).update(dict.fromkeys(example))
        count, first = _counted(rows)
        known["count"] += count
        known["rows"] += [self._named(n) for n in first[: max(0, SHOWN - len(known["rows"]))]]

    def _named(self, number: int) -> str:
        """A row by its number, behind the name of its table where there are several."""
        if self.source:
            return f"{self.source}:{number}"
        base, source = max(((b, s) for b, s in self.laid if b < number), default=(0, ""))
        return f"{source}:{number - base}" if source else str(number)

    def column(self, kind: str, what: str, done: Done = "kept") -> None:
        """Name a fault of a whole column."""
        self.add(kind, (), what, done)

    def take(self, frame: pl.DataFrame, where: pl.Expr, kind: str, what: str) -> pl.DataFrame:
        """Set aside the rows that meet a condition: they are named, and the others returned.

        Parts of a total that is a row too, and older editions of a newer report, are set aside and not lost.
        """
        bad = frame.filter(where)
        if not bad.height:
            return frame
        self.add(kind, bad["row"], what, "set_aside")
        self.leave(bad, "" if kind in _SAID_TWICE else kind, what)
        return frame.filter(~where.fill_null(value=False))

    def part(
        self, frame: pl.DataFrame, where: pl.Expr, keys: Sequence[pl.Expr], sort: Sort, **how: pl.Expr
    ) -> pl.DataFrame:
        """Set aside the rows that are parts of flows; the others are returned. What they are is told by `settle`.

        Args:
            frame: rows, with `row` and `value`.
            where: what makes one a part.
            keys: what says of which flow.
            sort: of these parts, with the words for them.
            **how: `depth` and `is_world`, as `Parts.take` has them.
        """
        import polars as pl

        bad = frame.filter(where)
        if not bad.height:
            return frame
        self.leave(bad)
        base = self.laid[-1][0] if self.laid else 0
        self.parts.take(bad.with_columns(pl.col("row").cast(pl.Int64()) + base), keys, sort, **how)
        return frame.filter(~where.fill_null(value=False))

    def settle(self) -> None:
        """Name the parts of flows, once all rows are read: those of flows that are no rows are lost."""
        for sort, held, alone in self.parts.told():
            if held.len():
                self.add("total_among_details", held, sort.held, "set_aside")
            if alone.height:
                self.add("total_among_details", alone["row"], sort.alone, "set_aside")
                self.losses.lose("total_among_details", sort.alone, alone)

    def flag(self, frame: pl.DataFrame, where: pl.Expr, kind: str, what: str) -> None:
        """Name the rows that meet a condition; they stay."""
        bad = frame.filter(where)
        if bad.height:
            self.add(kind, bad["row"], what, "kept")

    def sentences(self) -> list[str]:
        """The faults in words, in the order of their table."""
        return [f"{f['what']} ({counted(f['count'], 'row')})" for f in self._sorted()]

    def table(self) -> pa.Table:
        """The faults under their contract, by kind, those with most rows first."""
        from entrepot.core import contract

        return contract.table(FLOW_FAULTS, self._sorted())

    def _sorted(self) -> list[dict[str, Any]]:
        alike: dict[tuple[str, str], dict[str, Any]] = {}
        for one in self._found.values():  # two tables may have one cell as their example
            known = alike.setdefault((one["kind"], one["what"]), one | {"count": 0, "rows": []})
            known["count"] += one["count"]
            known["rows"] += one["rows"][: max(0, SHOWN - len(known["rows"]))]
            known["each"] = {**known.get("each", {}), **one.get("each", {})}
        for one in alike.values():
            one["what"] = one["what"].replace(EXAMPLE, _some(list(one.pop("each"))))
        return sorted(alike.values(), key=lambda f: (f["kind"], -f["count"], f["what"]))


def _some(cells: list[str]) -> str:
    """The first cells, and how many more there are."""
    shown = ", ".join(map(repr, cells[:_BRIEF]))
    more = len(cells) - _BRIEF
    return shown + tr(" and {more} more", more=more) if more > 0 else shown


def _counted(rows: Iterable[int] | pl.Series) -> tuple[int, list[int]]:
    """How many rows there are, and the first of them in order; a column of millions is never made a list."""
    import polars as pl

    if isinstance(rows, tuple) and not rows:
        return 0, []  # of a whole column, of which a file may have ten thousand
    column = rows if isinstance(rows, pl.Series) else pl.Series(list(rows), dtype=pl.Int64())
    return column.len(), column.bottom_k(SHOWN).sort().to_list()


def wrong(faults: pa.Table) -> pa.Table:
    """The faults without the notices."""
    import pyarrow.compute as pc

    return faults.filter(pc.not_equal(faults["kind"], NOTICE))


def notices(faults: pa.Table) -> list[str]:
    """What is worth saying of a file that is no fault of it, in words."""
    found = [f["what"] for f in faults.to_pylist() if f["kind"] == NOTICE]
    more = len(found) - SHOWN
    if more <= 0:
        return found
    return [*found[:SHOWN], tr("{more} not read", more=counted(more, "more column is", "more columns are"))]


def briefly(faults: pa.Table) -> pa.Table:
    """The faults with no more than their first five rows, for a terminal."""
    import pyarrow as pa

    shown = [r[:_BRIEF] + (["…"] if len(r) > _BRIEF else []) for r in faults["rows"].to_pylist()]
    place = faults.column_names.index("rows")
    return faults.set_column(place, "rows", pa.array(shown, pa.list_(pa.string())))
