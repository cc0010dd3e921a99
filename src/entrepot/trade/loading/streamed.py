"""Files of flows too large for memory: read block by block, checked and sorted out of core, written to Parquet.

A block is cleaned like a small file. What a comma or a point is in its numbers the other blocks may prove: then all are
read again. What else only the whole shows is looked for afterwards, out of core: duplicates, totals beside their
details, older editions of one report, periods of zeros only, weights a thousand times off. One thing is told of each
block alone: codes that HS 2022 dropped beside new ones.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.engine import NO_EXTENSIONS
from entrepot.core.files import replacing
from entrepot.core.runtime.scratch import scratch
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import size_up_to
from entrepot.trade import formats, totals
from entrepot.trade.formats import mapped
from entrepot.trade.loading import flaws, opening, summary
from entrepot.trade.loading.cleaning import cleaned
from entrepot.trade.loading.faults import Faults, Tally
from entrepot.trade.loading.printed_numbers import Proofs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import duckdb
    import pyarrow as pa

# Bytes unpacked, above which a file is streamed: a table needs some twenty-five times the bytes of its CSV while it is
# checked.
LARGE = 64 * 2**20
_PARQUET = 5  # a Parquet file holds about as many times its size
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
        tally: what became of the rows of the files.
        notes: how the files were read, where that is not as usual.
        told: how well the World rows fit, in words; empty where there are none.
    """

    rows: int
    faults: pa.Table
    summary: pa.Table
    form: str
    tally: Tally
    notes: tuple[str, ...] = ()
    told: str = ""


def is_large(paths: Sequence[Path]) -> bool:
    """Whether files are better streamed than held; a missing one is for the reader to tell.

    JSON and workbooks have no blocks.

    Raises:
        UnreadableFileError: one is packed to burst, or cannot be unpacked.
    """
    there = [p for p in paths if p.is_file()]
    if any(p.suffix.casefold() in _HELD for p in there):
        return False
    return sum(p.stat().st_size * _PARQUET if p.suffix == ".parquet" else size_up_to(p, LARGE) for p in there) > LARGE


def is_loaded(path: Path) -> bool:
    """Whether a file is Parquet with the columns of `trade_flows`, as `entrepot load` writes it."""
    import pyarrow as pa
    from pyarrow import parquet

    from entrepot.trade.contract import TRADE_FLOWS

    try:
        return tuple(parquet.read_schema(path).names) == tuple(TRADE_FLOWS.names)
    except (OSError, pa.ArrowInvalid):
        return False


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are to be read.

    Attributes:
        form, mapping: as in `flow_file.load`.
        options: what the user says of the files: encoding, sheet.
    """

    form: str | None = None
    mapping: Path | None = None
    options: ReadingOptions = field(default_factory=ReadingOptions)


def load_to(
    paths: Sequence[Path], out: Path, manner: Manner | None = None, told: Callable[[str], None] = lambda _: None
) -> Streamed:
    """Read files block by block and write their flows to one Parquet file, whole or not at all.

    Args:
        paths: CSV and its kin (also packed), Parquet.
        out: the Parquet file.
        manner: how they are to be read.
        told: called with the step at work.

    Raises:
        BadInputError: as in `flow_file.load`.
    """
    manner, faults = manner or Manner(), Faults()
    how = mapped.asked(manner.form, manner.mapping)
    options = replace(manner.options, skip=how.skip if how else 0)
    with scratch() as folder, replacing(out) as part:
        asked, proofs = _Asked(paths, manner.form, how, options), Proofs()
        read = _parts(asked, folder, faults, proofs, told)
        if known := proofs.again():
            for block in folder.glob("*.parquet"):
                block.unlink()
            faults = Faults()
            read = _parts(asked, folder, faults, known, told)
        told("checks of the whole")
        with _engine(folder) as con:
            _met(con, faults, sums=read.sums)
            _duplicates(con, faults)
            _amended(con, faults)
            _stops(con, faults)
            told("sorting")
            made = folder / "made.sorted"  # DuckDB writes a second file beside the one that it replaces
            con.sql(engine.step("entrepot.trade", "sorted").sql).write_parquet(str(made), compression="zstd")
            con.read_parquet(str(made)).create_view("trade_flows")
            told("summary")
            rows = int(con.sql("SELECT count(*) FROM trade_flows").fetchall()[0][0])
            said, gaps = summary.of(con), totals.sentence(totals.of(con))
        shutil.copyfile(made, part)
    tally = Tally(read.rows, faults.aside())
    return Streamed(rows, faults.table(), said, ", ".join(read.forms), tally, tuple(read.notes), gaps)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which files are read, and how."""

    paths: Sequence[Path]
    form: str | None
    how: mapped.Mapping | None
    options: ReadingOptions


@dataclass(slots=True)
class _Read:
    """What the blocks were: the formats, whether rows of a flow are its parts, notes, rows under the headings."""

    forms: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    sums: bool = False
    rows: int = 0


def _parts(asked: _Asked, folder: Path, faults: Faults, proofs: Proofs, told: Callable[[str], None]) -> _Read:
    """Each block cleaned and written, its rows counted on."""
    import polars as pl

    read, several = _Read(), len(asked.paths) > 1
    last, base = "", 0
    for path in asked.paths:
        for number, one in enumerate(opening.blocks(path, asked.options)):
            if one.name != last:
                base, last = read.rows, one.name
                proofs.table = f"{path}/{one.name}"
            told(f"{one.name}, {one.frame['row'][0]:,} rows")
            kind = "mapped" if asked.how else formats.form_of(one.heading, one.name, asked.form)
            read.forms[kind] = None
            read.notes |= dict.fromkeys(f"{one.name}: {n}" if several or "/" in one.name else n for n in one.notes)
            faults.source = one.name.rpartition("/")[2] if "/" in one.name or several else ""
            draft = mapped.draft(one, asked.how, faults) if asked.how else formats.reader(kind).draft(one, faults)
            read.sums |= draft.sums
            frame = cleaned(draft, path.name, faults, proofs)
            read.rows += one.frame.height
            frame.with_columns(pl.col("row") + base).write_parquet(folder / f"{read.rows}-{number}.parquet")
    faults.source = ""
    return read


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
        faults.leave(pl.Series(older, dtype=pl.Int64()))
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
