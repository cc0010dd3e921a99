"""What a store holds, part by part, and its removal.

What can be loaded or computed again is removed when nothing is named. What cannot (rows of the person's own, what
earlier screenings were of, the key that signs, any file that Entrepot did not put there, such as a clearance record)
stays unless named.
See docs/design/25-installing-and-upkeep.md.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, StoreError, UnknownNameError
from entrepot.core.runtime import rights
from entrepot.core.shown import kinds
from entrepot.core.store import emptying, signing_key
from entrepot.core.store.access import refuse_read_only
from entrepot.core.store.stocktaking import Stock, stock
from entrepot.core.words.translate import tr
from entrepot.decisions.ledger import ledger_key, sqlite_ledger
from entrepot.desk import kept_brief
from entrepot.desk.contract import FATES, HOLDINGS, WRITTEN
from entrepot.lists import search_set
from entrepot.lists.vouching import version_files, version_rows
from entrepot.vocabulary import identifiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

REMOVED, STAYS = FATES
_SHOWN = "shown:"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a store.

    Attributes:
        name: by which it is asked for.
        what: what it is, one clause.
        stays: whether it stays unless named.
        tables: tables of the database, as `Stock.rows` names them.
        files: files and folders beside the database.
    """

    name: str
    what: str
    stays: bool
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


_LISTS = Part(
    "lists",
    "loaded versions of lists, and the key under which numbers of documents are compared",
    stays=False,
    tables=("list_versions",),
    files=(version_files.FOLDER, identifiers.KEY_FILE),
)
_INDEXES = Part("indexes", "names made ready to be searched", stays=False, files=(search_set.FOLDER,))
_FINDINGS = Part(
    "findings",
    "findings and matches shown earlier, for `entrepot explain`",
    stays=False,
    tables=("findings", "grounds"),
)
_RUNS = Part(
    "runs",
    "what your screenings were of, for `entrepot rescreen`, and which files they wrote",
    stays=True,
    tables=(f"{_SHOWN}runs", f"{_SHOWN}{WRITTEN.name}"),
)
_OWN = Part(
    "own_observations",
    "observations of your own record",
    stays=True,
    tables=("own_observations", "own_sources"),
)
_REFRESHED = Part(
    "record_versions",
    "versions of the record that were refreshed",
    stays=True,
    tables=("record_versions", "record_tables"),
)
_OWNERSHIP = Part(
    "ownership",
    "files of ownership data, for `entrepot own`",
    stays=True,
    tables=("ownership_files", "ownership_parties", "ownership_links"),
)
_SUPPLY = Part(
    "supply",
    "files of supply, for `entrepot trace` and `supply balance`",
    stays=True,
    tables=(
        "supply_files",
        "supply_links",
        "supply_refused",
        "supply_lots",
        "supply_withdrawn",
        "supply_declarations",
        "supply_facilities",
        "supply_recipes",
        "supply_payments",
        "supply_joins",
        "supply_papers",
    ),
)
_KEY = Part("signing_key", "the key that signs your clearance records", stays=True, files=(signing_key.KEY_FILE,))
_LEDGER = Part(
    "decisions",
    "what was decided on cases, and the key under which it is sealed",
    stays=True,
    files=(sqlite_ledger.FILE, ledger_key.KEY_FILE),
)
_ANSWERS = Part(
    "answers",
    "short answers of briefs, for the first page of `entrepot serve`",
    stays=False,
    files=(kept_brief.FOLDER,),
)
# As server/jobs/job_folder.py names it, which stands below this room.
_JOBS = Part("served_jobs", "jobs of `entrepot serve`: what was sent and came out", stays=True, files=("served-jobs",))
# As server/pages/goods/flow_files.py names it.
_FLOWS = Part("served_flows", "files of flows on the page of `entrepot serve`", stays=True, files=("served-flows",))
_KNOWN = (
    _LISTS,
    _INDEXES,
    _ANSWERS,
    _FINDINGS,
    _RUNS,
    _OWN,
    _REFRESHED,
    _OWNERSHIP,
    _SUPPLY,
    _KEY,
    _LEDGER,
    _JOBS,
    _FLOWS,
)


def holdings(folder: Path) -> pa.Table:
    """What a store holds, under HOLDINGS; no rows where there is no store. Nothing is made or migrated.

    Args:
        folder: the store's folder.

    Raises:
        StoreError: the store cannot be read.
    """
    found = stock(folder)
    return table(HOLDINGS, [_row(part, found) for part in parts(found)])


def parts(found: Stock) -> list[Part]:
    """The parts that hold something: those of Entrepot, then what else lies there, each by its name."""
    known = [_with_kinds(part, found) for part in _KNOWN]
    told = {t for part in known for t in part.tables}
    # A table that no part knows is of a later room, and nobody said that it can be made again.
    more = [Part(t, tr("a table of the store"), stays=True, tables=(t,)) for t in _asked(found) if t not in told]
    files = {f for part in known for f in part.files}
    others = [name for name in found.sizes if name not in files and name not in emptying.OWN_FILES]
    taken = {part.name for part in (*known, *more)}
    more += [Part(f"./{n}" if n in taken else n, tr("not of the store"), stays=True, files=(n,)) for n in others]
    return [p for p in (*known, *more) if _rows_of(p, found) or any(f in found.sizes for f in p.files)]


def _with_kinds(part: Part, found: Stock) -> Part:
    """The findings with each kind of shown rows, and each table of one, that is of no other part."""
    if part is not _FINDINGS:
        return part
    others = {t for p in _KNOWN for t in p.tables}
    shown = [t for t in found.rows if t.startswith(_SHOWN) and t not in others]
    shown += [t for kind in kinds().values() for t in kind.tables if t not in others]
    return Part(part.name, part.what, stays=part.stays, tables=(*part.tables, *shown), files=part.files)


def _asked(found: Stock) -> list[str]:
    return [t for t, count in found.rows.items() if count and t != "shown"]


def _rows_of(part: Part, found: Stock) -> int:
    return sum(found.rows.get(t, 0) for t in part.tables)


def _row(part: Part, found: Stock) -> dict[str, Any]:
    there = [f for f in part.files if f in found.sizes]
    return {
        "part": part.name,
        "what": part.what,
        "fate": STAYS if part.stays else REMOVED,
        "rows": _rows_of(part, found) if part.tables else None,
        "bytes": sum(found.sizes[f] for f in there),
        "files": there or None,
    }


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal would do, or has done.

    Attributes:
        folder: the store.
        going: the parts that go, rows of HOLDINGS.
        staying: the parts that stay.
    """

    folder: Path
    going: tuple[dict[str, Any], ...]
    staying: tuple[dict[str, Any], ...]


def planned(folder: Path, named: Sequence[str] = ()) -> Removal:
    """What `remove` would do. Nothing is changed.

    Args:
        folder: the store's folder.
        named: parts, as HOLDINGS names them; none for all that can be made again.

    Raises:
        BadInputError: there is no store, or it has no such part.
        StoreError: the store cannot be read.
    """
    found = stock(folder)
    if not found.there:
        raise BadInputError(tr("there is no store"), found=str(folder), remedy=tr("Nothing is removed."))
    held = parts(found)
    for name in named:
        if name not in {p.name for p in held}:
            raise UnknownNameError(
                tr("part of the store"), name, [p.name for p in held], remedy=tr("See entrepot store where.")
            )
    goes = {p.name for p in held if (p.name in named if named else not p.stays)}
    rows = [_row(p, found) for p in held]
    going = tuple(r for r in rows if r["part"] in goes)
    return Removal(folder, going, tuple(r for r in rows if r["part"] not in goes))


def remove(plan: Removal) -> None:
    """Remove from a store what a plan says; where nothing stays, the database and an empty folder go too.

    Raises:
        StoreLockedError: another run holds it.
        StoreError: a file cannot be removed.
    """
    refuse_read_only(plan.folder)
    found = stock(plan.folder)
    going = {r["part"] for r in plan.going}
    staying = [p for p in parts(found) if p.name not in going]
    if _LISTS.name in going:  # hidden first: published folders that no row names would stop a screening
        version_rows.hide_all(plan.folder)
    emptying.empty(plan.folder, [t for p in staying for t in p.tables if found.rows.get(t)])
    if _LISTS.name in going:
        version_rows.delete_hidden(plan.folder)
    if _INDEXES.name in going:
        search_set.delete(plan.folder / search_set.FOLDER)
    files = [f for r in plan.going for f in r["files"] or () if f not in (version_files.FOLDER, search_set.FOLDER)]
    try:
        for path in [plan.folder / f for f in files]:
            _delete(path)
        if not staying:
            (plan.folder / store.LOCK).unlink(missing_ok=True)
            with suppress(OSError):  # something that is not ours stays in it
                plan.folder.rmdir()
    except OSError as exc:
        place = exc.filename or plan.folder
        remedy = rights.remedy(exc, Path(place), tr("Or remove it by hand."))
        raise StoreError(
            tr("cannot remove ({strerror})", strerror=exc.strerror), found=str(place), remedy=remedy
        ) from exc


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
