"""Flows read from a publisher's file or one's own: a table under one contract, and what is wrong with the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade import formats
from entrepot.trade.contract import FLOW_FAULTS, TRADE_FLOWS
from entrepot.trade.formats import mapped
from entrepot.trade.loading import flaws, opening
from entrepot.trade.loading.cleaning import ORDER, cleaned
from entrepot.trade.loading.draft import FIGURES, refuse_details
from entrepot.trade.loading.faults import NOTICE, Faults, Tally
from entrepot.trade.loading.losses import Losses
from entrepot.trade.loading.suspect_values import FirstValues
from entrepot.trade.loading.whole import fiscal_reporters
from entrepot.trade.loading.whole.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

    from entrepot.trade.formats.mapped import Mapping
    from entrepot.trade.loading.draft import Draft

_MOST_NAMED, _MOST_NOTES = 3, 24  # tables named in a note, and notes in all: a workbook may have hundreds of sheets
_MOST_TOLD = 300  # characters on columns that are not read, in a refusal

__all__ = ["FLOW_FAULTS", "TRADE_FLOWS", "Loaded", "load", "read_flows"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file of flows, read.

    Attributes:
        table: under the contract `trade_flows`, sorted by product, exporter, importer, period.
        faults: under the contract `flow_faults`.
        form: the format that the file had (comtrade, baci, comext, hmrc, …, mapped, own); several joined by a comma.
        tally: what became of the rows of the files.
        notes: how the files were read, where that is not as usual.
        losses: what of the value is set aside.
    """

    table: pa.Table
    faults: pa.Table
    form: str
    tally: Tally
    notes: tuple[str, ...] = ()
    losses: Losses = field(default_factory=Losses)


def read_flows(
    path: Path, form: str | None = None, mapping: Path | None = None, options: ReadingOptions | None = None
) -> Loaded:
    """Read a file of flows.

    Args:
        path: the file: CSV, TSV, JSON, XLSX, Parquet, each also packed with gzip or in a zip.
        form: its format (comtrade, baci, comext, hmrc, census, ember, own); found from its heading when None.
        mapping: a TOML file that says which column is what, for the format `mapped`.
        options: what the user says of the file: encoding, sheet.

    Raises:
        BadInputError: a file that cannot be read as flows; names what was found and what to do.
        UnknownNameError: no such format.
    """
    return load((path,), form, mapping, options=options)


def load(
    paths: Sequence[Path],
    form: str | None = None,
    mapping: Path | None = None,
    told: Callable[[str], None] = lambda _: None,
    options: ReadingOptions | None = None,
) -> Loaded:
    """Read several files of flows as one table; a flow that is in two of them is a duplicate like any other.

    Args:
        paths: the files.
        form: their format; found from the heading of each when None.
        mapping: as in `read`, for all of them.
        told: called with the name of the file or the step at work.
        options: as in `read_flows`, for all of them.

    Raises:
        BadInputError: as in `read`.
    """
    import polars as pl

    from entrepot.core import contract

    how = mapped.asked(form, mapping)
    options = replace(options or ReadingOptions(), skip=how.skip if how else 0, given=how.given if how else ())
    faults, rows, sums = Faults(), 0, False
    parts: list[pl.DataFrame] = []
    forms: list[str] = []
    notes: list[tuple[str, str]] = []
    paths, copies = without_copies(paths)
    notes += [("", note) for note in copies]
    for path in paths:
        told(path.name)
        faults.fiscal = fiscal_reporters.together(faults.fiscal, fiscal_reporters.of_file(path))
        for source, one in _tables(path, options, how, several=len(paths) > 1):
            faults.source = source
            faults.begin(rows, file_of(path, one.name))
            faults.laid.append((rows, source))
            notes += [(source, note) for note in one.notes]
            forms.append("mapped" if how and how.columns else formats.form_of(one.heading, one.name, form, one.printed))
            draft = mapped.drafted(forms[-1], one, how, faults)
            _refuse(draft)
            sums = sums or draft.sums
            parts.append(cleaned(draft, path.name, faults).with_columns(pl.col("row") + rows))
            rows += one.rows
    faults.source = ""
    faults.settle()
    told("checks")
    table = flaws.of_whole(pl.concat(parts), faults, sums=sums).sort(ORDER)
    refuse_empty(paths[0], (table.height, *(table[c].count() for c in FIGURES)), faults)
    checked = contract.check(TRADE_FLOWS, table.select(TRADE_FLOWS.names).to_arrow())
    checked = fiscal_reporters.marked(checked, faults.fiscal)
    tally = Tally(rows, faults.aside())
    return Loaded(checked, faults.table(), ", ".join(dict.fromkeys(forms)), tally, told_alike(notes), faults.losses)


def without_copies(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Files, each once, and of each that is the same as one before, byte for byte, that it is read once.

    Args:
        paths: the files; one that is not there is for its reader to tell.
    """
    sizes = Counter(path.stat().st_size for path in paths if path.is_file())
    kept: list[Path] = []
    notes: list[str] = []
    known: dict[str, Path] = {}
    for path in paths:
        is_alike = path.is_file() and sizes[path.stat().st_size] > 1
        of = _sha256(path) if is_alike else str(path)
        if of in known:
            notes.append(tr("{path} is {known} again, byte for byte: read once.", path=path, known=known[of]))
        else:
            known[of] = path
            kept.append(path)
    return kept, notes


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def file_of(path: Path, name: str) -> str:
    """What the file of a table is called: a member of a zip is a file, a sheet of a workbook is none."""
    _, is_member, member = name.partition("/")
    return f"{path}/{member}" if is_member and path.suffix.casefold() == ".zip" else str(path)


def _refuse(draft: Draft) -> None:
    """Stop where a table cannot be what it is read as."""
    refuse_details([draft.left])
    first = FirstValues()
    first.take(draft.frame)
    first.refuse_places()


def _tables(
    path: Path, options: ReadingOptions, how: Mapping | None, *, several: bool
) -> Iterator[tuple[str, opening.Opened]]:
    """The tables of a file, each with what its rows are named by beside their number."""
    tables = opening.opened(path, options, how.named if how else (), how.fixed if how else None)
    for table in side_by_side(tables):
        one = mapped.with_fixed(table, how)
        member = one.name.rpartition("/")[2] if "/" in one.name else ""
        yield member or (path.name if several else ""), one


def told_alike(notes: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Notes on tables, each once behind the names of those of which it holds.

    >>> told_alike([("a", "Read."), ("b", "Read."), ("b", "Late."), ("c", "Read."), ("d", "Read.")])
    ('a, b, c and 1 more: Read.', 'b: Late.')
    """
    found: dict[str, list[str]] = {}
    for source, note in notes:
        found.setdefault(note, []).append(source)
    said = []
    for note, sources in found.items():
        more = len(sources) - _MOST_NAMED
        of = ", ".join(sources[:_MOST_NAMED]) + (tr(" and {more} more", more=more) if more > 0 else "")
        said.append(f"{of}: {note}" if of else note)
    kept = said[:_MOST_NOTES]
    return (
        (*kept, tr("And {count} more notes of this kind.", count=len(said) - len(kept)))
        if len(said) > len(kept)
        else tuple(kept)
    )


def refuse_empty(path: Path, held: Sequence[int], faults: Faults) -> None:
    """Stop where no row is left, or where not one has a figure; tell where none has a value.

    Args:
        path: the file.
        held: how many rows are left, and how many of them have each of `FIGURES`, the value first.
        faults: of the file; where values were printed, why each is lost is told already.

    Raises:
        BadInputError: nothing can be read.
    """
    rows, valued, *others = held
    if not rows:
        raise unread(path, faults)
    if valued or faults.kept_back or faults.losses.unread[1]:
        return
    what = tr("no row has a value: no column and no indicator of the file was read as one")
    faults.column("unreadable", what)
    if not any(others):
        raise unread(path, faults)


def unread(path: Path, faults: Faults) -> BadInputError:
    """That no row of a file is left, with what was wrong with most of them."""
    every = faults.table().to_pylist()
    found = sorted((f for f in every if f["kind"] != NOTICE), key=lambda f: -f["count"])
    said = "; ".join(f"{f['what']} ({counted(f['count'], 'row')})" for f in found[:_MOST_NAMED])
    # A column that is not read may be what tells the rows apart.
    beside = "; ".join(f["what"] for f in every if f["kind"] == NOTICE)
    told = "; ".join(filter(None, (said, beside[:_MOST_TOLD])))
    return BadInputError(
        tr("{name}: no row can be read as a flow: {said}", name=path.name, said=told or tr("nothing is in it"))
    )
