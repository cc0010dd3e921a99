"""The verbs on lists: which are held, loading a version, comparing two, removing one, fetching from the publisher."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from entrepot.core.contract import table
from entrepot.core.periods import as_of as day_of
from entrepot.core.runtime.renamed import Renamed, renamed_keywords
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import folder
from entrepot.desk.resting_screenings import resting_screenings
from entrepot.intake.reading_options import ReadingOptions
from entrepot.lists import versions
from entrepot.lists.contract import LIST_VERSIONS
from entrepot.lists.fetching import Wanted, fetch_list
from entrepot.lists.profiles.profile import profile
from entrepot.lists.shelf import UNPROVEN, held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from entrepot.desk.keeping import Store
    from entrepot.sources.download import Fetched, Progress

Row = dict[str, Any]
_ACCEPT = Renamed("accept_shrink", "accept_loss", since="0.1")


@dataclass(frozen=True, eq=False)
class Version(Answer):
    """A version of a list; its table is one row under `list_versions`.

    Attributes:
        files: by name, what was fetched; empty where nothing was.
        changed: whether the store holds it only since now.
    """

    beside: ClassVar[tuple[str, ...]] = ("changed",)
    files: Mapping[str, Fetched] | None = None
    changed: bool = True

    @property
    def row(self) -> Row:
        """The version."""
        return self.to_pylist()[0]


def lists(*, store: Store = None) -> Answer:
    """What parties are screened against: the record's lists as of today, and the loaded versions.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `held`.
    """
    found = held(folder(store), day_of(None))
    of_the_record = (r for r in found.to_pylist() if r["loaded_at"] is None)
    return Answer(found, tuple(f"{r['list_id']} {'; '.join(r['notes'] or ())}." for r in of_the_record))


@renamed_keywords(_ACCEPT)
def load_list(
    file: str | Path,
    list_id: str,
    *,
    version: str | None = None,
    accept_loss: bool = False,
    sheet: str = "",
    encoding: str = "",
    store: Store = None,
) -> Version:
    """Load a publisher's file, or one's own, as a dated version of a list; it is refused whole or taken whole.

    Args:
        file: the file; a folder for lists of several files.
        list_id: which list it is: ofac-sdn, un, uk, …; own-NAME.
        version: the day of which the list is, where the file does not say.
        accept_loss: load it even where it lost more than a few of its entries.
        sheet: sheet of a workbook; empty for the first with a heading `name`.
        encoding: of a text file that is not UTF-8.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row under `list_versions`.

    Raises:
        UnknownNameError: no such list.
        BadInputError: the file is not of that list, has no date, or lost more than a few of its entries.
    """
    row = versions.load(
        Path(file),
        list_id,
        folder(store),
        version=version,
        accept_loss=accept_loss,
        options=ReadingOptions(encoding, sheet),
    )
    later = tr("{version} has not come: no screening before that day uses this version.", version=row["version"])
    not_come = (later,) if row["version"] > day_of(None).isoformat() else ()
    return Version(table(LIST_VERSIONS, [row]), (*row["notes"], *not_come, *_doubt(row)))


def show_listed(entity_id: str, *, version: str = "", store: Store = None) -> Answer:
    """The whole profile of an entry of a list: all that its publisher prints of it.

    Args:
        entity_id: the entry, as a match or a candidate names it: ofac-sdn-29220, uflpa-…
        version: the version of a loaded list, by its day or its file's hash; empty for the newest that has it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `profile`, a row a statement.

    Raises:
        UnknownNameError: no list that is held has the entry, or no such version is held.
        StoreError: the files of the version cannot be used.
    """
    found = profile(folder(store), entity_id.strip(), version)
    return Answer(found.table(), (f"{found.entity_id}: {found.line()}.", *([found.link] if found.link else [])))


def diff_lists(list_id: str, first: str, second: str, *, store: Store = None) -> Answer:
    """What differs between two versions of a loaded list: added, removed, changed entries.

    Args:
        list_id: the list.
        first: a version, by its day or by its file's hash.
        second: the version that it is compared with.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `list_changes`.

    Raises:
        BadInputError: no such version.
    """
    changes, said = versions.differences(list_id, first, second, folder(store))
    counts = changes.column("change").to_pylist()
    told = ", ".join(f"{counts.count(c)} {c}" for c in ("added", "removed", "changed"))
    return Answer(
        changes,
        (
            tr(
                "{list_id} from {first} to {second}: {told}; {said}.",
                list_id=list_id,
                first=first,
                second=second,
                told=told,
                said=said,
            ),
        ),
    )


def remove_list(list_id: str, version: str, *, store: Store = None) -> Version:
    """Remove a version of a loaded list from the store.

    Args:
        list_id: the list.
        version: the version.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        The version that was removed, one row under `list_versions`; its notes say what rested on it and stops.

    Raises:
        BadInputError: no such version.
    """
    rested = resting_screenings(list_id, version, store=store)
    row = versions.remove(list_id, version, folder(store))
    said = tr("{list_id} {version} is removed.", list_id=list_id, version=row["version"])
    return Version(table(LIST_VERSIONS, [row]), (said, *rested))


@renamed_keywords(_ACCEPT)
def fetch(
    list_id: str,
    *,
    version: str | None = None,
    source: str | None = None,
    accept_loss: bool = False,
    store: Store = None,
    progress: Callable[[str], Progress | None] = lambda _: None,
) -> Version:
    """Fetch a list from its publisher, over https only, and load it as a dated version.

    Args:
        list_id: the list.
        version: the day of which the list is, where neither the file nor its server says.
        source: another address than the official one; of several files the folder, ending in a slash.
        accept_loss: load it even where it lost more than a few of its entries.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: given a file's name; gives the function that is told (bytes so far, bytes in all or None).

    Returns:
        One row under `list_versions`.

    Raises:
        FailedFetchError: it cannot be fetched, or what came is not the list.
        BadInputError: as in `load_list`.
    """
    wanted = Wanted(version=version, source=source, accept_loss=accept_loss, progress=progress)
    done = fetch_list(list_id, folder(store), wanted)
    row, is_new = done.row, done.state == "loaded"
    notes = (*(row["notes"] if is_new else ()), *_doubt(row))
    return Version(table(LIST_VERSIONS, [dict(row)]), notes, done.files, is_new)


def _doubt(row: Mapping[str, Any]) -> tuple[str, ...]:
    return () if row["proven"] else (tr("Check a few entries: {unproven}.", unproven=UNPROVEN),)
