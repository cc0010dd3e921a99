"""Flows as they are read: a table in memory or a Parquet file that never is, some products at a time.

A few counts over all rows say which places, products and periods there are; after that products are read in batches,
and each batch is a panel (see `panel`). DuckDB holds no more than its limit and spills the rest to a folder.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core import engine
from entrepot.core.document.hinted import hinted
from entrepot.core.engine import NO_EXTENSIONS
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.runtime.scratch import scratch
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.diversion.flows import calendar
from entrepot.diversion.flows.changed_codes import linked, renamed, successors
from entrepot.diversion.flows.panel import Names, Valuation, dense
from entrepot.diversion.flows.united import United, united
from entrepot.diversion.flows.unweighed import unweighed
from entrepot.trade.concord import HELD
from entrepot.trade.loading.printed.printed_products import REST
from entrepot.trade.measured import measuring
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb
    import pyarrow as pa

    from entrepot.diversion.flows.panel import Bools, Panel
    from entrepot.diversion.flows.united import Partial
    from entrepot.diversion.question import Question

_ROOM = "entrepot.diversion"
_MEMORY = "500MB"  # what DuckDB may hold of a file; it spills the rest
# Cells (series x periods) of a panel; one takes some 400 bytes while it is read. What is learned once is learned of
# products drawn by a hash of their codes, as many as fill the first number; the rest follow in batches of the second.
SAMPLE, BATCH = 2_000_000, 1_000_000
_NAMED = 5  # places that a sentence names
WHOLE = 8_000_000  # cells that are read in one piece at most, where batches cannot be: some 3 GB


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Opened flows.

    Attributes:
        con: where the view `scanned_flows` is: `measured_flows`, groups as one place.
        names: of places and periods.
        cells: product to the cells that its panel takes, in order of products; an estimate from above.
        told: what a reader must know of the flows.
        partial: groups read as one place, of which some members are missing.
    """

    con: duckdb.DuckDBPyConnection
    names: Names
    cells: dict[str, int]
    told: tuple[str, ...] = ()
    partial: tuple[Partial, ...] = ()

    def panel(self, products: tuple[str, ...]) -> Panel:
        """Some products as a matrix."""
        return dense(self._read("legs", products), self._read("reporting", products), products, self.names)

    def _read(self, name: str, products: Sequence[str]) -> pa.Table:
        import polars as pl

        self.con.register("chosen", pl.DataFrame({"product": list(products)}, {"product": pl.String}).to_arrow())
        bounds = {"first": min(products), "last": max(products), "frequency": self.names.frequency}
        return engine.run(self.con, engine.step(_ROOM, name), bounds)

    def sample(self, most: int = SAMPLE, controls: Sequence[str] = ()) -> tuple[str, ...]:
        """Products to learn from, in order: all if they fit, else controls and a draw by a hash; linked together."""
        if sum(self.cells.values()) <= most:
            return tuple(self.cells)
        taken: list[str] = []
        filled = 0
        first = tuple(controls)
        for group in sorted(self._groups(), key=lambda g: (not g[0].startswith(first), zlib.crc32(g[0].encode()))):
            if taken and filled >= most:
                break
            taken += group
            filled += sum(self.cells[c] for c in group)
        return tuple(sorted(taken))

    def batches(self, most: int = BATCH) -> list[tuple[str, ...]]:
        """All products, in order, in batches of about so many cells; codes that are compared as one stay together."""
        out: list[tuple[str, ...]] = []
        batch: list[str] = []
        filled = 0
        for group in self._groups():
            batch += group
            filled += sum(self.cells[c] for c in group)
            if filled >= most:
                out.append(tuple(sorted(batch)))
                batch, filled = [], 0
        return [*out, tuple(sorted(batch))] if batch else out

    def in_one_piece(self, question: Question, most: int = WHOLE) -> tuple[str, ...]:
        """All products where they fit, else those asked for.

        Raises:
            BadInputError: not even these fit.
        """
        from entrepot.diversion.flows.legs import asked_for
        from entrepot.diversion.flows.measure_goods import names_its_goods

        if sum(self.cells.values()) <= most:
            return tuple(self.cells)
        named = bool(question.products) or names_its_goods(question)
        asked = tuple(c for c in self.cells if named and asked_for(question, c))
        if not asked or sum(self.cells[c] for c in asked) > most:
            raise BadInputError(
                tr("flows of which only one exporter is looked at are read in one piece, and these are too many"),
                found=tr(
                    "{count}, some {total:,} cells",
                    count=counted(len(asked or self.cells), "product"),
                    total=sum(self.cells.values()),
                ),
                allowed=tr("{most:,} cells", most=most),
                remedy=tr("Name with --product what the measure touches."),
            )
        return asked

    def _groups(self) -> list[list[str]]:
        """Products in order of their first code; codes that one change links are one group."""
        groups: dict[str, list[str]] = {}
        for code in self.cells:
            groups.setdefault(min((c for c in linked(code) if c in self.cells), default=code), []).append(code)
        return list(groups.values())


@contextmanager
def opened(flows: pa.Table | Path, question: Question | None = None) -> Iterator[Source]:
    """Open a table, or a Parquet file under the same contract.

    Args:
        flows: under `trade_flows`; the table, or the path of the file.
        question: says what is counted, and which groups are read as one place each; None: value, and no groups.

    Raises:
        BadInputError: no flows, or none between two places.
        UnreadableFileError: the file is no Parquet file, or lacks a column.
    """
    if not isinstance(flows, Path):
        with engine.engine({"trade_flows": flows}) as con:
            yield _measured(con, question)
        return
    _check(flows)
    with scratch() as folder, _scanned(flows, folder) as con:
        yield _measured(con, question)


def whole(flows: pa.Table) -> tuple[Panel, tuple[str, ...]]:
    """All flows as one matrix, and what a reader must know of them.

    Args:
        flows: under `measured_flows`.

    Raises:
        BadInputError: no flows between two places.
    """
    with engine.engine({"measured_flows": flows}) as con:
        source = _source(con, None)
        return source.panel(tuple(source.cells)), source.told


def _check(path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    from entrepot.trade.contract import TRADE_FLOWS

    try:
        found = parquet.read_schema(path).names
    except (OSError, pa.ArrowInvalid) as exc:
        raise UnreadableFileError(path, str(exc).partition("\n")[0], allowed=tr("a Parquet file of flows")) from exc
    missing = [n for n in TRADE_FLOWS.names if n not in found]
    if missing:
        raise UnreadableFileError(
            path, tr("column {missing} is missing", missing=missing[0]), allowed=tr("what `entrepot load` writes")
        )


@contextmanager
def _scanned(path: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB with the file as a view; what does not fit its limit goes to the folder."""
    import duckdb

    config: dict[str, Any] = {**NO_EXTENSIONS, "threads": 2, "memory_limit": _MEMORY, "temp_directory": str(folder)}
    con = duckdb.connect(":memory:", config=config | {"preserve_insertion_order": False})
    try:
        con.read_parquet(str(path)).create_view("trade_flows")
        yield con
    finally:
        con.close()


def _measured(con: duckdb.DuckDBPyConnection, question: Question | None) -> Source:
    con.execute(f"CREATE VIEW measured_flows AS {measuring(question.counted if question else 'USD').sql}")
    return _source(con, question)


def _source(con: duckdb.DuckDBPyConnection, question: Question | None) -> Source:
    con.execute("CREATE VIEW scanned_flows AS SELECT * FROM measured_flows")
    lengths = engine.rows(con, engine.step(_ROOM, "frequencies"))
    if not lengths:
        raise BadInputError(tr("no flows"), remedy=tr("`entrepot load` says what was read and what was set aside."))
    if question and not any(r["valued"] for r in lengths):
        raise _nothing_counted(question)
    # A table may hold a few rows of another length.
    most = max(lengths, key=lambda r: (r["counted"], r["frequency"]))
    frequency = str(most["frequency"])
    asked = {"frequency": frequency}
    said, groups = (*_left_out(lengths, frequency), *_editions(con, frequency)), United()
    if question and question.united:
        groups = united(con, question, frequency)
        said = (*said, *groups.said)
    pairs, spoke, valued, products = (
        engine.rows(con, engine.step(_ROOM, n), asked) for n in ("pairs", "spoke", "valuations", "products")
    )
    rests = {r["product"]: int(r["counted"]) for r in products if r["product"].endswith(REST)}
    unit = str(most["unit"])
    said = (*said, *unweighed(con, frequency, unit), *_rests(sum(rests.values())), *_re_exports(con, frequency, unit))
    if question:
        said = (*said, *_areas(con, question, frequency, unit))
    if not pairs:
        raise BadInputError(tr("no flows between two places"), allowed=tr("rows whose partners are countries"))
    places = tuple(sorted({r[side] for r in pairs for side in ("exporter", "importer")}))
    numbers = {r["period"]: calendar.number(r["period"], frequency) for r in spoke}
    first, last = min(numbers.values()), max(numbers.values())
    names = Names(
        places,
        calendar.labels(first, last, frequency),
        frequency,
        unit,
        {(r["side"], r["place"]): _valuation(r) for r in valued},
        _spoke(spoke, places, {p: n - first for p, n in numbers.items()}, last - first + 1),
        {side: _met(pairs, places, side) for side in ("export", "import")},
        _renamed(con, {r["product"] for r in products}, asked),
    )
    full = len(pairs) * len(names.periods)
    # Rarely is less than half of a series there.
    return Source(
        con,
        names,
        {r["product"]: min(2 * int(r["counted"]), full) for r in products if r["product"] not in rests},
        said,
        groups.partial,
    )


def _nothing_counted(question: Question) -> BadInputError:
    """That no flow has what is asked to be counted: of absent weights a scan would say that nobody reports."""
    if question.counted == "USD":
        return BadInputError(tr("no flow has a value"), remedy=tr("--by weight counts net weights."))
    return BadInputError(
        tr("no flow has a net weight"), remedy=tr("Leave out --by weight, or name the column of weights in a map.")
    )


def _rests(count: int) -> tuple[str, ...]:
    """That what totals hold beside their codes is no product: it moves with what an office keeps back."""
    if not count:
        return ()
    return (
        tr(
            "What totals hold beside their codes ({rest} behind a code) is of no product and not looked at: {count}.",
            rest=REST,
            count=counted(count, "flow"),
        ),
    )


def _re_exports(con: duckdb.DuckDBPyConnection, frequency: str, unit: str) -> tuple[str, ...]:
    """Whose re-exports are in no leg, for no export is counted beside them; nothing where there are none."""
    found = engine.rows(con, engine.step(_ROOM, "re_exports_alone"), {"frequency": frequency})
    if not found:
        return ()
    more = len(found) - _NAMED
    return (
        tr(
            "Re-exports are a part of exports and no leg by themselves. Of {whose} no export is beside them: {count} "
            "of {amount:,.0f} {unit} not looked at. Load these places’ exports, which are domestic exports and "
            "re-exports together.",
            whose=", ".join(r["exporter"] for r in found[:_NAMED])
            + (tr(" and {more} more", more=more) if more > 0 else ""),
            count=counted(sum(int(r["counted"]) for r in found), "flow"),
            amount=sum(float(r["amount"] or 0) for r in found),
            unit=unit,
        ),
    )


def _areas(con: duckdb.DuckDBPyConnection, question: Question, frequency: str, unit: str) -> tuple[str, ...]:
    """Which areas without a code of a country stand on the route, where none is a hub; nothing where none does."""
    from entrepot.diversion.flows.legs import asked_for

    given = {"origin": question.origin, "destination": question.destination or "", "frequency": frequency}
    found: dict[str, float] = {}
    for row in engine.rows(con, engine.step(_ROOM, "areas"), given):
        if partners.kind_of(row["area"]) == "residual" and asked_for(question, row["product"]):
            found[row["area"]] = found.get(row["area"], 0.0) + float(row["amount"] or 0)
    largest = sorted(((worth, area) for area, worth in found.items() if worth), reverse=True)
    if not largest:
        return ()
    more = len(largest) - _NAMED
    return (
        tr(
            "Areas that have no code of a country are looked at as no hub. On the route stand {areas}.",
            areas=", ".join(f"{area} ({worth:,.0f} {unit})" for worth, area in largest[:_NAMED])
            + (tr(" and {more} more", more=more) if more > 0 else ""),
        ),
    )


def _left_out(lengths: list[dict[str, Any]], frequency: str) -> tuple[str, ...]:
    """That rows of another length of period are not read, in a sentence."""
    others = {str(r["frequency"]): int(r["counted"]) for r in lengths if r["frequency"] != frequency}
    if not others:
        return ()
    told = ", ".join(f"{n} of {name}s" for name, n in others.items())
    return (f"Read by {frequency}s; rows of other lengths are left out: {told}.",)


def _editions(con: duckdb.DuckDBPyConnection, frequency: str) -> tuple[str, ...]:
    """That codes of two editions do not compare, and what brings them to one; nothing where they do."""
    found = [r["edition"] for r in engine.rows(con, engine.step(_ROOM, "editions"), {"frequency": frequency})]
    if len(found) == 1 or not set(HELD) <= set(found):
        return ()
    said = tr("Codes are of {editions}; goods that changed their code are hardly followed.", editions=", ".join(found))
    together = tr(
        "`entrepot load FLOWS --hs {edition} --out one.parquet` brings those of {held} together.",
        edition=HELD[0],
        held=", ".join(HELD),
    )
    return (hinted(said, together),)


def _valuation(row: dict[str, Any]) -> Valuation:
    if row["counted_as"] == "balanced":
        return Valuation("balanced figures", "figures", tuple(row["sources"] or ()))
    valued = row["least"] if row["least"] == row["most"] else f"{row['least']} and {row['most']}"
    return Valuation(f"{row['side']}s {valued}", row["most"], tuple(row["sources"] or ()))


def _spoke(rows: list[dict[str, Any]], places: tuple[str, ...], when: dict[str, int], count: int) -> dict[str, Bools]:
    where = {p: i for i, p in enumerate(places)}
    out = {side: np.zeros((len(places), count), dtype=bool) for side in ("export", "import")}
    for r in rows:
        out[r["side"]][where[r["place"]], when[r["period"]]] = r["valued"] > 0
    return out


def _met(pairs: list[dict[str, Any]], places: tuple[str, ...], side: str) -> Bools:
    """Exporters x importers: whether the side that counts has the other among its partners, in whatever product."""
    where = {p: i for i, p in enumerate(places)}
    out = np.zeros((len(places), len(places)), dtype=bool)
    for r in pairs:
        out[where[r["exporter"]], where[r["importer"]]] = r[f"by_{side}er"]
    return out


def _renamed(
    con: duckdb.DuckDBPyConnection, products: set[str], asked: dict[str, str]
) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """As `changed_codes.renamed`; nothing where the flows hold no dropped code beside one that took its place."""
    import polars as pl

    both = [(b, after) for b, after in successors().items() if b in products and products & set(after)]
    if not both:
        return {}
    codes = sorted({c for b, after in both for c in (b, *after)})
    con.register("changed", pl.DataFrame({"product": codes}, {"product": pl.String}).to_arrow())
    return renamed(engine.rows(con, engine.step(_ROOM, "code_spans"), asked))
