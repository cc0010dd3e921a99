"""The verbs on the record: its tables, rows by a condition, and rows of one's own added and taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import folder, record_held
from entrepot.intake.reading_options import ReadingOptions
from entrepot.record import embedded, own_file, own_places, own_rows
from entrepot.record.layers import own_ids
from entrepot.record.own_cells import Known as Words
from entrepot.record.where import where as rows_where
from entrepot.sources import record_versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.record.embedded import Known, Record

OWN = "own_observations"
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}|[0-9a-f]{8,64}", re.ASCII)
_NAMED = 5  # ids of one's own in a note; a longer list hides what it says


def record(
    table: str | None = None,
    *,
    where: str | None = None,
    as_of: str | date | None = None,
    record_version: str | None = None,
    store: Store = None,
) -> Answer:
    """A table of the record, each row with its source; without a name the list of tables.

    Args:
        table: its name; own_observations for one's own rows, those that nobody reviewed too.
        where: keep the rows that meet this: `place_id=khunjerab`, or an SQL condition.
        as_of: leave out what was known later; None leaves out nothing.
        record_version: of the record, by its day or its hash; `packaged` for the one that ships; None for the newest.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under the contract of that name; under `tables` without one.

    Raises:
        UnknownNameError: no such table, column or version.
        BadInputError: a condition that cannot run, or one without a table.
    """
    if table == OWN:
        if where is not None or as_of is not None:
            raise BadInputError(tr("{own} takes neither --where nor --as-of", own=OWN), remedy=tr("Leave them out."))
        return Answer(own_rows.rows(folder(store)))
    if table is None and where is not None:
        raise BadInputError(tr("--where without a table"), found=where, remedy=tr("Name the TABLE that it filters."))
    held, notes = record_held(store, record_version)
    if as_of is not None:
        known = embedded.known(held, day_of(as_of))
        held, notes = known.record, (*notes, *_left_out(known, held, table))
    found = embedded.overview(held) if table is None else rows_where(held, table, where)
    return Answer(found, (*notes, *_own_said(held, table, found)))


def _own_said(held: Record, table: str | None, found: pa.Table) -> tuple[str, ...]:
    """How many rows of an answer are one's own; nothing where none is."""
    if table not in {None, "observations"}:
        return ()
    rows = held.tables["observations"] if table is None else found
    if not (ids := own_ids(rows.column("id").to_pylist())):
        return ()
    named = ", ".join(ids[:_NAMED]) + (tr(" and {count} more", count=len(ids) - _NAMED) if len(ids) > _NAMED else "")
    return (
        tr(
            "{count} of the observations {which} your own: {named}.",
            count=len(ids),
            which=tr("is") if len(ids) == 1 else tr("are"),
            named=named,
        ),
    )


def _left_out(known: Known, whole: Record, table: str | None) -> tuple[str, ...]:
    """What a reader must know of a table as of a day."""
    if table is not None and table in known.inferred:
        later, inferred = known.later[table], known.inferred[table]
        said = tr(
            "{later} later rows left out; {inferred} of those kept carry an inferred date.",
            later=later,
            inferred=inferred,
        )
        return (tr("As of {as_of}: {said}", as_of=known.as_of, said=said),)
    if table in whole.tables:
        return (
            tr("{table} does not say when a row became known: all its rows are shown, later ones too.", table=table),
        )
    return ()


def add_rows(
    given: str | Path | Mapping[str, str] | Sequence[str],
    *,
    encoding: str = "",
    sheet: str = "",
    store: Store = None,
    progress: Progress | None = None,
) -> Answer:
    """Add observations of one's own, each with its source; all of them or none.

    Args:
        given: a file with a row an observation; or one row, as columns with values or as words `column=value`.
        encoding: of a text file that is not UTF-8.
        sheet: sheet of a workbook; empty for the first that has the columns.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (rows read, rows in all).

    Returns:
        The rows as they are kept, under `own_observations`.

    Raises:
        BadRowsError: rows cannot be taken; each fault with its row, column, value and what was allowed.
        UnknownNameError: a column that such a row does not have.
        UnreadableFileError: the file is no table.
        StoreError: the store cannot be used.
    """
    place = folder(store)
    refuse_read_only(place)
    origin, rows, report = _given(given, ReadingOptions(encoding, sheet))
    with stores.opened(place) as con:
        asked = "SELECT id, own_id, place_id, place, place_type FROM own_observations ORDER BY id"
        held = con.sql(asked).to_arrow_table().to_pylist()
        words = Words(embedded.load(), day_of(None), own_places.by_name(own_places.held_in(held)))
        taken = own_file.taken(origin, rows, words, held, report=report, progress=progress)
        data, sources = taken.tables()
        new = own_rows.add(con, data, sources)
    same = tr("; {count} were there already", count=len(taken.rows) - new) if new < len(taken.rows) else ""
    told = tr(
        "New in your own record: {new} of {rows}{same}. What you add is in every answer, as your own.",
        new=new,
        rows=counted(len(taken.rows), "row"),
        same=same,
    )
    return Answer(data, (told, *_own_places(taken.rows)))


def _own_places(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Which places of the rows are one's own, with the ids by which a measure's plan names them."""
    held = own_places.held_in(rows)
    said = ", ".join(f"{p['name']} ({p['place_id']})" for p in held)
    return (ntr(len(held), "A place of your own: {said}.", "Places of your own: {said}.", said=said),) if held else ()


def _given(
    given: str | Path | Mapping[str, str] | Sequence[str], options: ReadingOptions
) -> tuple[str, list[own_file.Given], str | None]:
    """What the rows are called, the rows, and the file that they came in."""
    words = [given] if isinstance(given, str) and "=" in given else given
    if isinstance(words, Mapping):
        return tr("your row"), own_file.given_as(words), None
    if isinstance(words, str | Path):
        path = Path(words)
    elif len(words) == 1 and "=" not in words[0]:
        path = Path(words[0])
    else:
        return tr("your row"), own_file.given_as(_pairs(words)), None
    rows, report = own_file.given_in(path, options)
    if not rows:
        raise BadInputError(
            tr("the file holds no row"), found=str(path), remedy=tr("Give one with a row an observation.")
        )
    return str(path), rows, report


def _pairs(words: Sequence[str]) -> dict[str, str]:
    """Words `column=value` as columns with values."""
    found: dict[str, str] = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not mark or name in found:
            problem = tr("a column is given twice") if mark else tr("neither a file nor column=value")
            example = tr("one FILE, or words such as place=khunjerab metric=cargo value=41200 unit=tonnes")
            raise BadInputError(problem, found=word, allowed=example)
        found[name] = value
    if not found:
        raise BadInputError(tr("no row is given"), remedy=tr("Give a FILE, or the row as column=value words."))
    return found


def forget(ids: Sequence[str], *, store: Store = None) -> tuple[str, ...]:
    """Take rows of one's own, or versions of the record that were refreshed, back out of the store.

    Args:
        ids: of rows, u-…; of versions their days or hashes.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        A sentence for each.

    Raises:
        BadInputError: no such row or version; those before it are gone.
    """
    said = []
    for row_id in ids:
        if _VERSION.fullmatch(row_id):
            gone = record_versions.remove(folder(store), row_id)
            said.append(tr("The version of the record of {version} is removed.", version=gone["version"]))
            continue
        own_rows.remove(folder(store), row_id)
        said.append(tr("{row_id} removed from your own record.", row_id=row_id))
    return tuple(said)
