"""What rests on a version of a list, and stops where the version is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.keeping import folder
from entrepot.lists.vouching.version_rows import held as held_versions

if TYPE_CHECKING:
    from entrepot.desk.keeping import Store


def resting_screenings(list_id: str, version: str, *, store: Store = None) -> tuple[str, ...]:
    """How many screenings and matches of the store rest on a version, and what cannot be done once it is removed.

    Args:
        list_id: the list.
        version: the version, by its day.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Sentences; none where nothing rests on it, no such version is held, or the same file is held as of another day.
    """
    place = folder(store)
    held = held_versions(place)
    hashes = [r["sha256"] for r in held if r["list_id"] == list_id and r["version"] == version]
    alike = [r for r in held if r["list_id"] == list_id and r["sha256"] in hashes]
    if not hashes or len(alike) > 1 or not stores.is_there(place):
        return ()
    with reading(place) as con:
        runs, matches = (
            con.execute('SELECT count(*) FROM shown WHERE kind = ? AND contains("row", ?)', [kind, text]).fetchall()[0][
                0
            ]
            for kind, text in (("runs", f'"{list_id}:{hashes[0]}"'), ("matches", f'"{hashes[0]}"'))
        )
    said = []
    if runs:
        said.append(
            ntr(
                runs,
                "{count} screening with a file of results rests on it: entrepot rescreen of that file is refused then.",
                "{count} screenings with a file of results rest on it: entrepot rescreen of these is refused then.",
            )
        )
    if matches:
        said.append(
            ntr(
                matches,
                "{count} match that is kept rests on it: entrepot explain shows it with its evidence still, and no "
                "more what this version says of the listed party; it cannot be redone.",
                "{count} matches that are kept rest on it: entrepot explain shows them with their evidence still, and "
                "no more what this version says of the listed parties; they cannot be redone.",
            )
        )
    if said:
        said.append(
            tr(
                "Decisions on them stay in the ledger, and signed records as they are. The same file loaded again "
                "brings back what is gone."
            )
        )
    return tuple(said)
