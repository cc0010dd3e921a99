"""Which columns of a file of parties are read as what, for a person to read, correct and give back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import output
from entrepot.core.contract import table
from entrepot.core.document.hinted import Hinted, on_page
from entrepot.core.errors import BadInputError, NobodyNamedError, printable
from entrepot.core.words.translate import tr
from entrepot.intake.parquet_rows import of_frame
from entrepot.screening.parties.column_mapping import column_rows, read_mapping
from entrepot.screening.parties.contract import COLUMNS
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import opened_parties, read_parties, unique_headings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

_NAMED = ("name_columns", "address_columns", "country_columns", "key_columns")


def given_columns(named: dict[str, Sequence[str]], mapping: Path | None, sheet: str, encoding: str, kind: str) -> Given:
    """What the user says of a file.

    Args:
        named: name, address, country, key and keep columns, as in `screen`.
        mapping: a mapping's file.
        sheet: as in `screen`.
        encoding: as in `screen`.
        kind: as in `screen`.

    Raises:
        BadInputError: columns are named and a mapping is given, or the mapping names one twice.
    """
    columns: dict[str, Any] = {n: tuple(v) for n, v in named.items()}
    if mapping is None:
        return Given(**columns, sheet=sheet, encoding=encoding, kind=kind)
    twice = [c for n in _NAMED for c in columns[n]]
    if twice:
        remedy = tr("Write them into the mapping, or leave it out.")
        raise BadInputError(
            tr("columns are named beside a mapping, which names all"), found=", ".join(twice), remedy=remedy
        )
    mapped, name = read_mapping(mapping), str(mapping)
    return Given(**columns, sheet=sheet, encoding=encoding, kind=kind, mapping=mapped, map_file=name)


def columns_read(parties: Any, given: Given, out: Path | None) -> tuple[pa.Table, tuple[str, ...], int | None]:
    """The columns of a file, what each is read as, the notes of its reading, and how many parties; written if wanted.

    Where no heading names a party, none is counted, and a note says that a person has to say which column does.

    Args:
        parties: a path or a table.
        given: what the user says of it.
        out: takes the mapping; None to write none.

    Raises:
        BadInputError: as `read_parties`; or `out` is there already.
    """
    made, notes, many = _read(parties, given)
    if out is None:
        return made, notes, many
    if out.exists():
        remedy = tr("Name another file with --out, or remove it: it may hold corrections.")
        raise BadInputError(
            tr("a mapping is there already, and is not written over"), found=printable(str(out)), remedy=remedy
        )
    output.write(made, out, output.format_of(out, None))
    saved = tr("Saved to {out}: correct it, and screen with --map {out}.", out=printable(str(out)))
    return made, (*notes, saved), many


def _read(parties: Any, given: Given) -> tuple[pa.Table, tuple[str, ...], int | None]:
    """What `read_parties` reads; where no heading names a party, every column as not used, for a person to correct."""
    try:
        read = read_parties(parties, given.name_columns, given)
    except NobodyNamedError as exc:
        if given.mapping:
            raise
        opened = opened_parties(parties, given) if isinstance(parties, Path) else of_frame(parties)
        rows = column_rows(unique_headings(opened.headings)[0], (), (), opened.rows())
        nobody = Hinted(tr("No column is read as the name of a party: say which holds it."))  # a page asks it above
        return table(COLUMNS, rows), (nobody, on_page(exc.remedy)), None
    return table(COLUMNS, column_rows(read.headings, read.columns, read.kept, read.rows)), read.notes, read.party_count
