"""Files of flows too large for memory: read block by block, checked and sorted out of core, written to Parquet.

What needs a series or a report as a whole and no sum rests on is left open and said: weights a thousand times off, and
periods of zeros only. The rest is as in `flows.load`, duplicates across the whole file included.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing
from entrepot.trade import flaws, opening, readers, summary
from entrepot.trade.cleaning import cleaned
from entrepot.trade.faults import Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb
    import pyarrow as pa

# Above this a file is streamed: a table needs some twenty-five times the bytes of its CSV while it is checked.
LARGE = 64 * 2**20
_PACKED = 5  # a packed file holds about as many times its size
_HELD = (".json", ".xlsx", ".dat")
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Streamed:
    """What was written.

    Attributes:
        rows: how many flows.
        faults: under the contract `flow_faults`.
        summary: under the contract `flow_summary`.
        form: the formats read.
    """

    rows: int
    faults: pa.Table
    summary: pa.Table
    form: str


def is_large(paths: Sequence[Path]) -> bool:
    """Whether files are better streamed than held; a missing one is for the reader to tell.

    JSON and workbooks have no blocks, and the rows of Comext's `.dat` are parts that must meet in one table.
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
    paths: Sequence[Path], out: Path, form: str | None = None, told: Callable[[str], None] = lambda _: None
) -> Streamed:
    """Read files block by block and write their flows to one Parquet file, whole or not at all.

    Args:
        paths: CSV and its kin (also packed), Parquet.
        out: the Parquet file.
        form: as in `flows.load`.
        told: called with the step at work.

    Raises:
        BadInputError: as in `flows.load`; formats whose rows are parts of a flow (Comext's bulk files) are refused.
    """
    faults = Faults()
    with tempfile.TemporaryDirectory(prefix="entrepot-") as folder, replacing(out) as part:
        forms = _parts(paths, Path(folder), form, faults, told)
        told("sorting")
        with _engine(Path(folder)) as con:
            _duplicates(con, faults)
            _stops(con, faults)
            con.sql(engine.step("entrepot.trade", "sorted").sql).write_parquet(str(part), compression="zstd")
            con.read_parquet(str(part)).create_view("trade_flows")
            told("summary")
            rows = int(con.sql("SELECT count(*) FROM trade_flows").fetchall()[0][0])
            said = summary.of(con)
    faults.column("unit_suspect", "a large file is read in blocks: weights a thousand times off are not looked for")
    return Streamed(rows, faults.table(), said, forms)


def _parts(paths: Sequence[Path], folder: Path, form: str | None, faults: Faults, told: Callable[[str], None]) -> str:
    """Each block cleaned and written; rows are counted on over all of them."""
    import polars as pl

    forms: dict[str, None] = {}
    base, last, top = 0, "", 0
    for path in paths:
        for number, one in enumerate(opening.blocks(path)):
            if one.name != last:
                base, last = base + top, one.name
            told(f"{one.name}, {one.frame['row'][0]:,} rows")
            kind = readers.form_of(one.heading, one.name, form)
            forms[kind] = None
            faults.source = one.name.rpartition("/")[2] if "/" in one.name or len(paths) > 1 else ""
            draft = readers.reader(kind).draft(one, faults)
            if draft.sums:
                raise BadInputError(
                    "parts of flows cannot be streamed", found=kind, remedy="Load fewer periods at a time."
                )
            frame = cleaned(draft, path.name, faults, whole=False)
            top = int(one.frame["row"][-1])
            frame.with_columns(pl.col("row") + base).write_parquet(folder / f"{len(forms)}-{base}-{number}.parquet")
    faults.source = ""
    return ", ".join(forms)


def _engine(folder: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    con = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": _MEMORY, "temp_directory": str(folder)})
    con.read_parquet(str(folder / "*.parquet")).create_view("parts")
    return con


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
