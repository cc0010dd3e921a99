"""Files of flows too large for memory: read block by block, checked and sorted out of core, written to Parquet.

A block is cleaned like a small file. What only the whole shows is looked for afterwards, out of core: duplicates,
totals beside their details, older editions of one report, periods of zeros only, weights a thousand times off. The
flows, the faults and the errors are those of the same file when it is held (`flow_file`).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import engine
from entrepot.core.engine import NO_EXTENSIONS
from entrepot.core.files import replacing
from entrepot.trade import formats
from entrepot.trade.loading import flaws, opening, summary
from entrepot.trade.loading.cleaning import cleaned
from entrepot.trade.loading.draft import refuse_details
from entrepot.trade.loading.faults import Faults
from entrepot.trade.loading.flow_file import unread
from entrepot.trade.loading.printed_numbers import Proofs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import duckdb
    import polars as pl
    import pyarrow as pa

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.trade.loading.faults import Done

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
    with tempfile.TemporaryDirectory(prefix="entrepot-") as folder, replacing(out) as part:
        read = _parts((paths, options), Path(folder), form, told)
        faults = read.faults
        told("checks of the whole")
        with _engine(Path(folder)) as con:
            _of_whole(con, faults, sums=read.sums)
            told("sorting")
            con.sql(_sql("sorted")).write_parquet(str(part), compression="zstd")
            con.read_parquet(str(part)).create_view("trade_flows")
            rows = int(con.sql("SELECT count(*) FROM trade_flows").fetchall()[0][0])
            if not rows:
                raise unread(paths[0], faults)
            told("summary")
            said = summary.of(con)
    return Streamed(rows, faults.table(), said, ", ".join(dict.fromkeys(read.forms)), tuple(read.notes))


@dataclass(slots=True)
class _Parts:
    """What one reading of all blocks found.

    Attributes:
        faults: of rows.
        forms: the format of each table.
        notes: how it was read.
        sums: whether rows of one flow are its parts.
    """

    faults: Faults = field(default_factory=Faults)
    forms: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sums: bool = False


def _parts(
    asked: tuple[Sequence[Path], ReadingOptions | None], folder: Path, form: str | None, told: Callable[[str], None]
) -> _Parts:
    """Each block cleaned and written, its rows counted on.

    What a comma or a point is, any cell of a column may prove. Where a block proves what one before needed, all are
    read once more, under what is then known.
    """
    proofs: dict[int, Proofs] = {}
    found = _read(asked, folder, form, told, proofs)
    if all(one.is_settled for one in proofs.values()):
        return found
    for file in folder.glob("*.parquet"):
        file.unlink()
    return _read(asked, folder, form, told, {number: one.again() for number, one in proofs.items()})


def _read(
    asked: tuple[Sequence[Path], ReadingOptions | None],
    folder: Path,
    form: str | None,
    told: Callable[[str], None],
    proofs: dict[int, Proofs],
) -> _Parts:
    import polars as pl

    made, base, faults = _Parts(), 0, Faults()
    made.faults = faults
    for path in asked[0]:
        for name, blocks in groupby(_blocks(path, asked[1], form), lambda pair: pair[1].name):
            faults.source = name.rpartition("/")[2] if "/" in name else path.name if len(asked[0]) > 1 else ""
            faults.laid.append((base, faults.source))
            proof = proofs.setdefault(len(faults.laid), Proofs())
            left, top = [], 0
            for number, (kind, one) in enumerate(blocks):
                told(f"{one.name}, {one.frame['row'][0]:,} rows")
                if not number:
                    made.forms.append(kind)
                    made.notes += [f"{faults.source}: {note}" if faults.source else note for note in one.notes]
                draft = formats.reader(kind).draft(one, faults)
                made.sums |= draft.sums
                left.append(draft.left)
                frame = cleaned(draft, path.name, faults, proof).with_columns(pl.col("row") + base)
                frame.write_parquet(folder / f"{len(faults.laid)}-{number}.parquet")
                top = int(one.frame["row"][-1])
            refuse_details(left)
            base += top
    faults.source = ""
    return made


def _blocks(path: Path, options: ReadingOptions | None, form: str | None) -> Iterator[tuple[str, opening.Opened]]:
    """Each block with its format; a table whose rows belong together is one block."""
    import polars as pl

    for _, blocks in groupby(opening.blocks(path, options), lambda one: one.name):
        first = next(blocks)
        kind = formats.form_of(first.heading, first.name, form)
        if formats.is_joined(kind, first.heading):
            frames = [first.frame, *(one.frame for one in blocks)]
            yield kind, replace(first, frame=pl.concat(frames))
        else:
            yield kind, first
            yield from ((kind, one) for one in blocks)


def _engine(folder: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    config = {**NO_EXTENSIONS, "threads": 2, "memory_limit": _MEMORY, "temp_directory": str(folder)}
    con = duckdb.connect(":memory:", config=config)
    con.read_parquet(str(folder / "*.parquet")).create_view("blocks")
    return con


def _of_whole(con: duckdb.DuckDBPyConnection, faults: Faults, *, sums: bool) -> None:
    """What only the whole shows, as `flaws.of_whole` does it; leaves the views `kept` and `off`."""
    import polars as pl

    _amended(con, faults)
    con.execute(f"CREATE VIEW settled AS {_sql('settled')}")
    for (edition,), rows in _frame(con, "editions").group_by("hs_vintage", maintain_order=True):
        newest = con.sql("SELECT max(hs_vintage) FROM settled WHERE hs_vintage <> 'unknown'").fetchall()[0][0]
        faults.add("mixed_vintage", rows["row"], flaws.beside(str(edition), newest), "kept")
    flaws.undeclared(_frame(con, "recoded", {"codes": flaws.changed_codes()}), faults)
    if sums:
        _tell(faults, "duplicate", _rows(con, "parted"), flaws.PARTS_ADDED, "converted")
        con.execute(f"CREATE TABLE parts AS {_sql('summed')}")
        con.execute("CREATE TABLE aside (row BIGINT)")
    else:
        con.execute("CREATE VIEW parts AS SELECT * FROM settled")
        _duplicates(con, faults)
    con.execute(f"CREATE VIEW kept AS {_sql('kept')}")
    off = _rows(con, "weighed", flaws.JUMPED)
    _tell(faults, "unit_suspect", off, flaws.MISWEIGHED, "set_aside")
    con.register("off", pl.DataFrame({"row": off}).with_columns(misweighed=pl.lit(value=True)).to_arrow())
    _stops(con, faults)


def _sql(name: str) -> str:
    return engine.step("entrepot.trade", name).sql


def _frame(con: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, Any] | None = None) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(pl.from_arrow(engine.run(con, engine.step("entrepot.trade", name), given or {})))


def _rows(con: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, Any] | None = None) -> pl.Series:
    return _frame(con, name, given)["row"]


def _tell(faults: Faults, kind: str, rows: pl.Series, what: str, done: Done) -> None:
    if rows.len():
        faults.add(kind, rows, what, done)


def _amended(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """Rows of an older edition, totals of products, zeros of silent periods: as the table `amended`."""
    import polars as pl

    older, silent, zeros = _rows(con, "older"), _rows(con, "silent"), _rows(con, "zeros")
    begun = _frame(con, "begun")
    for (size,), rows in begun.group_by("size", maintain_order=True):
        faults.add("total_among_details", rows["row"], flaws.totals_of(int(str(size))), "kept")
    _tell(faults, "zero_unclear", silent, flaws.SILENT, "set_aside")
    _tell(faults, "zero_unclear", zeros.filter(~zeros.is_in(silent.implode())), flaws.ZERO_KEPT, "kept")
    _tell(faults, "mixed_vintage", older, flaws.OLDER_EDITION, "set_aside")
    marks = {"total": begun["row"], "silent": silent, "older": older}
    every = pl.DataFrame({"row": pl.concat(list(marks.values())).unique().sort()})
    told = every.with_columns(pl.col("row").is_in(rows.implode()).alias(name) for name, rows in marks.items())
    con.register("amended", told.to_arrow())


def _duplicates(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """Rows to set aside, as the table `aside`."""
    twice = _frame(con, "twice")
    kept = flaws.duplicates(twice, faults)
    aside = twice.join(kept.select("row"), on="row", how="anti").select("row")
    con.register("aside_rows", aside.to_arrow())
    con.execute("CREATE TABLE aside AS SELECT row FROM aside_rows")


def _stops(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    for reporter, flow, last, what in flaws.stopped(_frame(con, "seen")):
        given = {"reporter": reporter, "flow": flow, "period": last}
        faults.add("reporter_stops", _rows(con, "last_given", given) if last else (), what, "kept")
