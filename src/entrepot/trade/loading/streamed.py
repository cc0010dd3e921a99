"""Files of flows too large for memory: read block by block, checked and sorted out of core, written to Parquet.

A block is cleaned like a small file. What only the whole shows is looked for afterwards, out of core: duplicates,
totals beside their details, older editions of one report, periods of zeros only, weights a thousand times off. Two
things are told of each block alone: what a comma in its numbers is, and codes that HS 2022 dropped beside new ones.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.engine import NO_EXTENSIONS
from entrepot.core.files import replacing
from entrepot.trade import formats
from entrepot.trade.loading import flaws, opening, summary
from entrepot.trade.loading.cleaning import cleaned
from entrepot.trade.loading.faults import Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb
    import pyarrow as pa

    from entrepot.intake.reading_options import ReadingOptions

# Above this a file is streamed: a table needs some twenty-five times the bytes of its CSV while it is checked.
LARGE = 64 * 2**20
_PACKED = 5  # a packed file holds about as many times its size
_HELD = (".json", ".xlsx")
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Streamed:
    """What was written.

    Attributes:
        rows: how many flows.
        faults: under the contract `flow_faults`.
        summary: under the contract `flow_summary`.
        form: the formats read.
        notes: how the files were read, where that is not as usual.
    """

    rows: int
    faults: pa.Table
    summary: pa.Table
    form: str
    notes: tuple[str, ...] = ()


def is_large(paths: Sequence[Path]) -> bool:
    """Whether files are better streamed than held; a missing one is for the reader to tell.

    JSON and workbooks have no blocks.
    """
    if any(p.suffix.casefold() in _HELD for p in paths):
        return False
    sizes = [
        p.stat().st_size * (_PACKED if p.suffix in {".gz", ".zip", ".parquet"} else 1) for p in paths if p.exists()
    ]
    return sum(sizes) > LARGE


def is_loaded(path: Path) -> bool:
    """Whether a file is Parquet with the columns of `trade_flows`, as `entrepot load` writes it."""
    import pyarrow as pa
    from pyarrow import parquet

    from entrepot.trade.contract import TRADE_FLOWS

    try:
        return tuple(parquet.read_schema(path).names) == tuple(TRADE_FLOWS.names)
    except (OSError, pa.ArrowInvalid):
        return False


def load_to(
    paths: Sequence[Path],
    out: Path,
    form: str | None = None,
    told: Callable[[str], None] = lambda _: None,
    options: ReadingOptions | None = None,
) -> Streamed:
    """Read files block by block and write their flows to one Parquet file, whole or not at all.

    Args:
        paths: CSV and its kin (also packed), Parquet.
        out: the Parquet file.
        form: as in `flows.load`.
        told: called with the step at work.
        options: what the user says of the files: encoding, sheet.

    Raises:
        BadInputError: as in `flows.load`.
    """
    faults = Faults()
    with tempfile.TemporaryDirectory(prefix="entrepot-") as folder, replacing(out) as part:
        forms, sums, notes = _parts((paths, options), Path(folder), form, faults, told)
        told("checks of the whole")
        with _engine(Path(folder)) as con:
            _met(con, faults, sums=sums)
            _duplicates(con, faults)
            _amended(con, faults)
            _stops(con, faults)
            told("sorting")
            con.sql(engine.step("entrepot.trade", "sorted").sql).write_parquet(str(part), compression="zstd")
            con.read_parquet(str(part)).create_view("trade_flows")
            told("summary")
            rows = int(con.sql("SELECT count(*) FROM trade_flows").fetchall()[0][0])
            said = summary.of(con)
    return Streamed(rows, faults.table(), said, forms, notes)


def _parts(
    asked: tuple[Sequence[Path], ReadingOptions | None],
    folder: Path,
    form: str | None,
    faults: Faults,
    told: Callable[[str], None],
) -> tuple[str, bool, tuple[str, ...]]:
    """Each block cleaned and written, its rows counted on; the formats, whether rows of a flow are its parts, notes."""
    import polars as pl

    paths, options = asked
    forms: dict[str, None] = {}
    notes: dict[str, None] = {}
    sums = False
    base, last, top = 0, "", 0
    for path in paths:
        for number, one in enumerate(opening.blocks(path, options)):
            if one.name != last:
                base, last = base + top, one.name
            told(f"{one.name}, {one.frame['row'][0]:,} rows")
            kind = formats.form_of(one.heading, one.name, form)
            forms[kind] = None
            notes |= dict.fromkeys(f"{one.name}: {n}" if len(paths) > 1 or "/" in one.name else n for n in one.notes)
            faults.source = one.name.rpartition("/")[2] if "/" in one.name or len(paths) > 1 else ""
            draft = formats.reader(kind).draft(one, faults)
            sums |= draft.sums
            frame = cleaned(draft, path.name, faults, whole=False)
            top = int(one.frame["row"][-1])
            frame.with_columns(pl.col("row") + base).write_parquet(folder / f"{len(forms)}-{base}-{number}.parquet")
    faults.source = ""
    return ", ".join(forms), sums, tuple(notes)


def _engine(folder: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    config = {**NO_EXTENSIONS, "threads": 2, "memory_limit": _MEMORY, "temp_directory": str(folder)}
    con = duckdb.connect(":memory:", config=config)
    con.read_parquet(str(folder / "*.parquet")).create_view("blocks")
    return con


def _met(con: duckdb.DuckDBPyConnection, faults: Faults, *, sums: bool) -> None:
    """The rows of all blocks as `parts`, those of one flow added up where they are its parts."""
    if not sums:
        con.execute("CREATE VIEW parts AS SELECT * FROM blocks")
        return
    con.execute(f"CREATE TABLE parts AS {engine.step('entrepot.trade', 'summed').sql}")
    again = con.sql("SELECT row FROM parts WHERE rows > 1 ORDER BY row").fetchall()
    if again:
        faults.add("duplicate", [r[0] for r in again], flaws.PARTS_ADDED, "converted")


def _rows(con: duckdb.DuckDBPyConnection, name: str, bounds: dict[str, float] | None = None) -> list[int]:
    rows: list[int] = engine.run(con, engine.step("entrepot.trade", name), bounds or {}).column("row").to_pylist()
    return rows


def _amended(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """What only the whole shows, as the table `amended`; rows of an older edition join `aside`."""
    import polars as pl

    older = _rows(con, "older")
    if older:
        faults.add("mixed_vintage", older, flaws.OLDER_EDITION, "set_aside")
        con.register("older_rows", pl.DataFrame({"row": older}).to_arrow())
        con.execute("INSERT INTO aside SELECT row FROM older_rows")
    found = [r["hs_vintage"] for r in engine.rows(con, engine.step("entrepot.trade", "editions"))]
    for edition in flaws.older_than_newest(found):
        faults.column("mixed_vintage", flaws.beside(edition, max(found)))
    begun = engine.rows(con, engine.step("entrepot.trade", "begun"))
    for size in sorted({r["size"] for r in begun}):
        faults.add("total_among_details", [r["row"] for r in begun if r["size"] == size], flaws.totals_of(size), "kept")
    silent, off = _rows(con, "silent"), _rows(con, "weighed", flaws.JUMPED)
    kept = sorted(set(_rows(con, "zeros")) - set(silent))
    if silent:
        faults.add("zero_unclear", silent, flaws.SILENT, "set_aside")
    if kept:
        faults.add("zero_unclear", kept, flaws.ZERO_KEPT, "kept")
    if off:
        faults.add("unit_suspect", off, flaws.MISWEIGHED, "set_aside")
    marks = {"total": [r["row"] for r in begun], "silent": silent, "misweighed": off}
    every = pl.DataFrame({"row": sorted(set().union(*marks.values()))}, schema={"row": pl.Int64()})
    told = every.with_columns(pl.col("row").is_in(rows).alias(name) for name, rows in marks.items())
    con.register("amended", told.to_arrow())


def _duplicates(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """Rows to set aside, as the table `aside`."""
    import polars as pl

    twice = pl.DataFrame(pl.from_arrow(engine.run(con, engine.step("entrepot.trade", "twice"))))
    kept = flaws.duplicates(twice, faults)
    aside = twice.join(kept.select("row"), on="row", how="anti").select("row")
    con.register("aside_rows", aside.to_arrow())
    con.execute("CREATE TABLE aside AS SELECT row FROM aside_rows")


def _stops(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    import polars as pl

    seen = pl.DataFrame(pl.from_arrow(engine.run(con, engine.step("entrepot.trade", "seen"))))
    for _, _, _, what in flaws.stopped(seen):
        faults.column("reporter_stops", what)
