"""Files of flows too large for memory: read block by block, checked and sorted out of core, written to Parquet.

A block is cleaned like a small file. What only the whole shows is looked for afterwards, out of core: duplicates,
totals beside their details, older editions of one report, periods of zeros only, weights a thousand times off. The
flows, the faults and the errors are those of the same file when it is held (`flow_file`).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from entrepot.core import engine
from entrepot.core.engine import NO_EXTENSIONS
from entrepot.core.errors import UnreadableFileError
from entrepot.core.files import replacing
from entrepot.core.runtime.scratch import scratch
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import size_up_to
from entrepot.trade import formats, totals
from entrepot.trade.formats import mapped
from entrepot.trade.loading import flaws, losses, opening, summary, suspect_values
from entrepot.trade.loading.cleaning import cleaned
from entrepot.trade.loading.draft import FIGURES, refuse_details
from entrepot.trade.loading.faults import Faults, Tally
from entrepot.trade.loading.flow_file import file_of, refuse_empty, told_alike, without_copies
from entrepot.trade.loading.losses import Losses
from entrepot.trade.loading.printed.printed_headings import SIDES, role_of
from entrepot.trade.loading.printed.printed_numbers import Proofs
from entrepot.trade.loading.whole import fiscal_reporters, not_told_apart, two_valuations
from entrepot.trade.loading.whole.added import areas_by_name, domestic_exports
from entrepot.trade.loading.whole.off_a_thousand import weights_off
from entrepot.trade.loading.whole.off_in_price import tell as tell_prices
from entrepot.trade.loading.whole.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb
    import polars as pl
    import pyarrow as pa

    from entrepot.trade.loading.draft import Left
    from entrepot.trade.loading.faults import Done

# Bytes unpacked, above which a file is streamed: a table needs some twenty-five times the bytes of its CSV while it is
# checked, so that what is held takes a hundred megabytes at most beside what is loaded of the program.
LARGE = 4 * 2**20
_PARQUET = 5  # a Parquet file holds about as many times its size
_HELD = (".json", ".xls", ".xlsx")
# What sorting may take: a million rows (34 MB of text) are sorted in 256 MB as fast as in 1 GB. A file of ten times
# that, in more pieces than a few, has more.
_MEMORY, _MORE_MEMORY, _MANY = "256MB", "1GB", 10 * 2**25


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
        losses: what of the value is set aside.
    """

    rows: int
    faults: pa.Table
    summary: pa.Table
    form: str
    tally: Tally
    notes: tuple[str, ...] = ()
    told: str = ""
    losses: Losses = field(default_factory=Losses)


def is_large(paths: Sequence[Path]) -> bool:
    """Whether files are better streamed than held; a missing one is for the reader to tell.

    JSON and workbooks have no blocks.

    Raises:
        UnreadableFileError: one is packed to burst, or cannot be unpacked.
    """
    there = [p for p in paths if p.is_file()]
    if any(p.suffix.casefold() in _HELD for p in there):
        return False
    return sum(_size(p, LARGE) for p in there) > LARGE


def _size(path: Path, most: int) -> int:
    """Bytes of a file unpacked, counted no further than is asked."""
    return path.stat().st_size * _PARQUET if path.suffix == ".parquet" else size_up_to(path, most)


def _are_many(paths: Sequence[Path]) -> bool:
    """Whether sorting is given more memory; a file of which a part that nobody reads cannot be unpacked is not."""
    try:
        return sum(_size(p, _MANY) for p in paths if p.is_file()) > _MANY
    except UnreadableFileError:
        return False


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are to be read.

    Attributes:
        form, mapping: as in `flow_file.load`.
        accepted: the share of the value that may be set aside; None for any.
        options: what the user says of the files: encoding, sheet.
    """

    form: str | None = None
    mapping: Path | None = None
    options: ReadingOptions = field(default_factory=ReadingOptions)
    accepted: float | None = None


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
    manner = manner or Manner()
    how = mapped.asked(manner.form, manner.mapping)
    options = replace(manner.options, skip=how.skip if how else 0, given=how.given if how else ())
    with scratch() as folder, replacing(out) as part:
        read = _parts(_Asked(paths, manner.form, how, options), folder, told)
        told("checks of the whole")
        with _engine(folder, _MORE_MEMORY if _are_many(paths) else _MEMORY) as con:
            areas_by_name.of_blocks(con, read.faults, sums=read.sums)
            domestic_exports.of_blocks(con, read.faults, read.flows)
            _of_whole(con, read.faults, sums=read.sums)
            told("sorting")
            made = folder / "made.sorted"  # DuckDB writes a second file beside the one that it replaces
            con.sql(_sql("sorted")).write_parquet(str(made), compression="zstd")
            con.read_parquet(str(made)).create_view("trade_flows")
            (held,) = con.view("trade_flows").aggregate(", ".join(f"count({c})" for c in ("*", *FIGURES))).fetchall()
            rows = int(held[0])
            refuse_empty(paths[0], held, read.faults)
            if manner.accepted is not None:
                losses.refuse(read.faults.losses, manner.accepted, paths[0].name)
            told("summary")
            said, gaps = summary.of(con), totals.sentence(totals.of(con, only_held=True))
        fiscal_reporters.mark_file(made, read.faults.fiscal)
        shutil.copyfile(made, part)
    tally = Tally(read.rows, read.faults.aside())
    return Streamed(
        rows, read.faults.table(), said, ", ".join(read.forms), tally, told_alike(read.notes), gaps, read.faults.losses
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which files are read, and how."""

    paths: Sequence[Path]
    form: str | None
    how: mapped.Mapping | None
    options: ReadingOptions


@dataclass(slots=True)
class _Read:
    """What one reading of all blocks found: faults of rows, formats, notes, rows under the headings.

    Attributes:
        sums: whether rows of one flow are its parts.
        flows: as each is numbered, `nth`: a row of several periods holds several.
    """

    faults: Faults = field(default_factory=Faults)
    forms: dict[str, None] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    sums: bool = False
    rows: int = 0
    flows: int = 0


def _parts(asked: _Asked, folder: Path, told: Callable[[str], None]) -> _Read:
    """Each block cleaned and written, its rows counted on.

    What a comma or a point is, any cell of a column may prove, and whether rows are parts to be added any row. Where a
    block proves what one before needed, all are read once more, under what is then known.
    """
    proofs: dict[int, Proofs] = {}
    read = _once(asked, folder, told, proofs)
    if all(one.is_settled for one in proofs.values()):
        return read
    for file in folder.glob("*.parquet"):
        file.unlink()
    return _once(asked, folder, told, {number: one.again() for number, one in proofs.items()})


def _once(asked: _Asked, folder: Path, told: Callable[[str], None], proofs: dict[int, Proofs]) -> _Read:
    read = _Read()
    paths, copies = without_copies(asked.paths)
    read.notes += [("", note) for note in copies]
    for path in paths:
        read.faults.fiscal = fiscal_reporters.together(read.faults.fiscal, fiscal_reporters.of_file(path))
        for name, blocks in groupby(_blocks(path, asked), lambda pair: pair[1].name):
            faults = read.faults
            faults.source = name.rpartition("/")[2] if "/" in name else path.name if len(paths) > 1 else ""
            faults.begin(read.rows, file_of(path, name))
            faults.laid.append((read.rows, faults.source))
            proof = proofs.setdefault(len(faults.laid), Proofs())
            _table(read, blocks, (asked.how, path.name, proof), folder, told)
    read.faults.source = ""
    read.faults.settle()
    return read


def _table(
    read: _Read,
    blocks: Iterator[tuple[str, opening.Opened]],
    how: tuple[mapped.Mapping | None, str, Proofs],
    folder: Path,
    told: Callable[[str], None],
) -> None:
    """The blocks of one table, each written to a file of its own."""
    import polars as pl

    (mapping, source, proofs), faults, base = how, read.faults, read.rows
    left: list[tuple[Left, ...]] = []
    first = suspect_values.FirstValues()
    notes: tuple[str, ...] = ()
    number = 0
    for kind, one in blocks:
        told(f"{one.name}, {read.rows - base:,} rows")
        read.forms[kind] = None
        draft = mapped.drafted(kind, replace(one, facts=proofs.facts), mapping, faults)
        proofs.under.append(len(proofs.facts))
        read.sums |= draft.sums
        left.append(draft.left)
        first.take(draft.frame)
        for part in draft.parts(one.each):
            frame = cleaned(part, source, faults, proofs).with_columns(pl.col("row") + base)
            frame = frame.with_row_index("nth", read.flows)
            frame.write_parquet(folder / f"{len(faults.laid)}-{number}.parquet")
            read.flows, number = read.flows + frame.height, number + 1
        read.rows, notes = read.rows + one.rows, one.notes
    if proofs.is_drafted:  # else all is read once more
        refuse_details(left)
    first.refuse_places()
    read.notes += [(faults.source, note) for note in notes]


def _blocks(path: Path, asked: _Asked) -> Iterator[tuple[str, opening.Opened]]:
    """Each block with its format; a table whose rows belong together is one block."""
    import polars as pl

    named, fixed = (asked.how.named, asked.how.fixed) if asked.how else ((), None)
    tables = side_by_side(opening.blocks(path, asked.options, named, fixed))
    found = (mapped.with_fixed(one, asked.how) for one in tables)
    for _, blocks in groupby(found, lambda one: one.name):
        first = next(blocks)
        every = chain([first], blocks)  # noqa: B031 - what is left of the same group
        mapping = asked.how is not None and bool(asked.how.columns)
        kind = "mapped" if mapping else formats.form_of(first.heading, first.name, asked.form, first.printed)
        if formats.is_joined(kind, first.heading) or _is_one(kind, first, asked.how):
            whole = list(every)
            frame, rows = pl.concat([one.frame for one in whole]), sum(one.rows for one in whole)
            yield kind, replace(whole[-1], frame=frame, rows=rows, each=0)
        else:
            yield from ((kind, one) for one in every)


def _is_one(kind: str, first: opening.Opened, how: mapped.Mapping | None) -> bool:
    """Whether the cells of all rows tell what a block of them is: months beside one another, or numbers of partners.

    Such numbers are in the list of the United Nations or of the office, and only all of them together say in which.
    """
    import polars as pl

    said = {how.columns[k] for k in SIDES if k in how.columns} if how else set()
    sides = [c for c in first.heading if c in said or role_of(c) in SIDES]
    numbers = any(first.frame[c].cast(pl.String()).str.contains(r"^\s*\d+\s*$").any() for c in sides)
    return first.rows != first.frame.height or (kind in {"own", "mapped"} and numbers)


def _engine(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    config = {**NO_EXTENSIONS, "threads": 2, "memory_limit": memory, "temp_directory": str(folder)}
    con = duckdb.connect(":memory:", config=config)
    con.read_parquet(str(folder / "*.parquet")).create_view("printed")
    return con


def _of_whole(con: duckdb.DuckDBPyConnection, faults: Faults, *, sums: bool) -> None:
    """What only the whole shows, as `flaws.of_whole` does it; leaves `kept`, `off` and `rests`."""
    _amended(con, faults)
    con.execute(f"CREATE VIEW settled AS {_sql('settled')}")
    for (edition,), rows in _frame(con, "editions").group_by("hs_vintage", maintain_order=True):
        newest = con.sql("SELECT max(hs_vintage) FROM settled WHERE hs_vintage <> 'unknown'").fetchall()[0][0]
        faults.add("mixed_vintage", rows["row"], flaws.beside(str(edition), newest), "kept")
    flaws.undeclared(_frame(con, "recoded", {"codes": flaws.changed_codes()}), faults)
    if sums:
        _refuse_shared(con, faults)
        _tell(faults, "duplicate", _rows(con, "parted"), flaws.PARTS_ADDED, "converted")
        con.execute(f"CREATE TABLE parts AS {_sql('summed')}")
        con.execute("CREATE TABLE aside (nth BIGINT)")
    else:
        con.execute("CREATE VIEW parts AS SELECT * FROM settled")
        _duplicates(con, faults)
    con.execute(f"CREATE VIEW kept AS {_sql('kept')}")
    weights_off(con, faults)
    priced = {"judged": suspect_values.JUDGED, "farthest": suspect_values.FARTHEST}
    of_periods, unpriced = _frame(con, "period_sums"), _rows(con, "unpriced", priced)
    suspect_values.tell(of_periods, lambda: _frame(con, "pairs"), unpriced, faults)
    tell_prices(_frame(con, "prices"), faults)
    _stops(con, faults)
    not_told_apart.rests_of(con, faults)


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
    """Rows of an older edition or another valuation, totals of products, zeros of silent periods: table `amended`."""
    import polars as pl

    other = two_valuations.unusual(_frame(con, "valued_twice"), faults)
    older, silent, zeros = _frame(con, "older"), _frame(con, "silent"), _frame(con, "zeros")
    begun = _frame(con, "begun")
    for (size,), rows in begun.group_by("size", maintain_order=True):
        faults.add("total_among_details", rows["row"], flaws.totals_of(int(str(size))), "kept")
    _tell(faults, "zero_unclear", silent["row"], flaws.SILENT, "set_aside")
    _tell(faults, "zero_unclear", zeros.join(silent, on="nth", how="anti")["row"], flaws.ZERO_KEPT, "kept")
    _tell(faults, "mixed_vintage", older["row"], flaws.OLDER_EDITION, "set_aside")
    faults.leave(older)
    marks = {
        "total": begun.filter(~pl.col("marked"))["nth"],
        "silent": silent["nth"],
        "older": older["nth"],
        "other": other["nth"],
    }
    every = pl.DataFrame({"nth": pl.concat(list(marks.values())).unique().sort()})
    told = every.with_columns(pl.col("nth").is_in(flows.implode()).alias(name) for name, flows in marks.items())
    con.register("amended", told.to_arrow())


def _refuse_shared(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """As `flaws.refuse_shared` does."""
    import polars as pl

    if len(faults.files) > 1:
        ends = [*(base for base, _ in faults.files[1:]), None]
        files = [(base, end, name) for (base, name), end in zip(faults.files, ends, strict=True)]
        con.register("files", pl.DataFrame(files, ["base", "last", "name"], orient="row").to_arrow())
        flaws.refuse_shared(_frame(con, "shared"))


def _duplicates(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """Rows to set aside, as the table `aside`."""
    twice = _frame(con, "twice")
    kept = flaws.duplicates(twice, faults)
    aside = twice.join(kept.select("nth"), on="nth", how="anti").select("nth")
    con.register("aside_flows", aside.to_arrow())
    con.execute("CREATE TABLE aside AS SELECT nth FROM aside_flows")


def _stops(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    for reporter, flow, last, what in flaws.stopped(_frame(con, "seen"), faults.kept_back):
        given = {"reporter": reporter, "flow": flow, "period": last}
        faults.add("reporter_stops", _rows(con, "last_given", given) if last else (), what, "kept")
