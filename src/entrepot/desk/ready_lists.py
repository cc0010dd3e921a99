"""Many searches against the same lists, made ready once: what a server answers `POST /match` with.

`search` makes its lists ready for each name, which takes longer than the search; where names come one after the
other they are held, until the store or the day changes. What is found is not kept for `explain`: an answer names
entries of lists, which `show_listed` opens, and no matches.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from entrepot.core.errors import BadInputError, NobodyReadError, StoreError
from entrepot.core.periods import as_of as day_of
from entrepot.core.store import FILE
from entrepot.core.tables.buffers import is_storable
from entrepot.core.words.translate import tr
from entrepot.desk.keeping import check_store, folder
from entrepot.lists.listed_name import is_owned
from entrepot.lists.profiles.profile import Profile, ProfilesHeld, profile
from entrepot.lists.required import max_age, refuse_missing, refuse_old, required
from entrepot.lists.shelf import document_key, searched
from entrepot.screening.parties.file_options import Given
from entrepot.screening.reports.yente import placed_of, result_of
from entrepot.screening.runs.run import ScreenOptions, run_screening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from entrepot.desk.keeping import Store
    from entrepot.desk.screen import Kind
    from entrepot.lists.search_set import Searched
    from entrepot.screening.runs.run import Run

ListedEntry: TypeAlias = Profile  # what a list says of an entry, for the server, which reads no lists itself

_TOGETHER = 100  # who wait, searched with one: a tenth of a second where each has one name
_MOST = 4  # sets of lists held at once: all, and three that somebody names; each is of the size of its lists


@dataclass(frozen=True, slots=True)
class Against:
    """What names are searched against.

    Attributes:
        lists: lists, each LIST or LIST@VERSION; empty for all that are held.
        as_of: the day; today when None.
        min_score: the lowest score of a result, in [0, 1].
        kind: what all names are of; None for either.
        screens: whether the settings of the store hold, which say what a screening requires; who looks a name up to see
            what is held is told whatever there is.
    """

    lists: tuple[str, ...] = ()
    as_of: str | None = None
    min_score: float = 0.5  # as in `search`
    kind: Kind | None = None
    screens: bool = False


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a row met.

    Attributes:
        results: entries of lists, the highest score first, one an entry.
        regions: the grounds on which it is placed in a region under a measure.
        is_party: whether it holds a party: a name, an address or a number.
        is_named: whether its name was read as one; "Null" and "N/A" are nobody's.
    """

    results: list[dict[str, Any]] = field(default_factory=list)
    regions: list[dict[str, Any]] = field(default_factory=list)
    is_party: bool = True
    is_named: bool = True


if TYPE_CHECKING:
    _Search: TypeAlias = Callable[[Sequence[Mapping[str, str]]], list[LookedAt]]


@dataclass(eq=False, slots=True)
class _Waiting:
    """Who waits for an answer."""

    names: Sequence[Mapping[str, str]]
    against: Against
    found: list[LookedAt] = field(default_factory=list)
    error: Exception | None = None
    done: bool = False


class ReadyLists:
    """The lists of a store, held ready; one search at a time, which may be of many names.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
    """

    def __init__(self, store: Store = None) -> None:
        self._store, self._place = store, folder(store)
        self._lock, self._door = threading.Lock(), threading.Lock()
        self._waiting: list[_Waiting] = []
        self._held: dict[tuple[tuple[str, ...], date], Searched] = {}
        self._stamp: tuple[tuple[int, int], ...] = ()
        self._profiles: ProfilesHeld | None = None

    def search_all(self, names: Sequence[Mapping[str, str]], against: Against) -> list[list[dict[str, Any]]]:
        """Search names: for each the results, the highest score first, one an entry.

        Who comes while others are searched waits, and is searched together with all that wait against the same lists:
        sixty names together take a quarter of what they take one by one.

        Args:
            names: for each the cells of a row, `name` and what is known beside it, by headings that `screen` reads.
            against: what they are searched against.

        Raises:
            BadInputError: as `look_all`.
            StoreError: the store that was named cannot be used.
        """
        return [looked.results for looked in self.look_all(names, against)]

    def look_all(self, names: Sequence[Mapping[str, str]], against: Against) -> list[LookedAt]:
        """As `search_all`, with the regions in which each is placed, and whether its cells name anybody.

        Args:
            names: as in `search_all`; the cell `name` may be empty where an address or a number stands beside it.
            against: as in `search_all`.

        Raises:
            BadInputError: an unknown list, a bad date, a score out of range; a cell that no table holds; of what
                screens, a list that the settings require and that is missing, or too old.
            StoreError: the store that was named cannot be used.
        """
        if not names:
            return []
        _refuse_unstorable(names)
        ours = _Waiting(names, against)
        with self._door:
            self._waiting.append(ours)
        with self._lock:
            if not ours.done:
                self._search_waiting(ours)
        if ours.error is not None:
            raise ours.error
        return ours.found

    def profiles(self, entities: Iterable[tuple[str, str]]) -> dict[str, ListedEntry]:
        """What lists say of entries that were found; none where the files of a list cannot be read.

        Args:
            entities: list and entry of each.
        """
        with self._lock:
            self._forget_changed()
            try:
                if self._profiles is None:
                    self._profiles = ProfilesHeld(self._place)
                return self._profiles.of(entities)
            except StoreError:  # an entry that was found is shown without what its list says, and not left out
                return {}

    def profile(self, entity_id: str) -> ListedEntry:
        """What a list says of one entry, in the newest version that has it.

        Args:
            entity_id: the entry.

        Raises:
            UnknownNameError: no list that is held has it.
            StoreError: the files of a version cannot be used.
        """
        return profile(self._place, entity_id.strip())

    def refuse_short(self, lists: tuple[str, ...]) -> None:
        """Refuse a screening as the settings of the store have it, before its first name.

        Args:
            lists: as in `Against`.

        Raises:
            BadInputError: a list that they require is missing or too old; an unknown list.
            StoreError: the store that was named cannot be used.
        """
        with self._lock:
            day = day_of(None)
            self._refuse_short(self._ready(lists, day), day)

    def _refuse_short(self, searched_in: Searched, day: date) -> None:
        refuse_missing(required((), self._place), searched_in.coverage, day)
        refuse_old((c for c in searched_in.coverage if not is_owned(c)), day, *max_age(None, self._place))

    def _search_waiting(self, ours: _Waiting) -> None:
        """Search those who wait for the same lists, ours first."""
        with self._door:
            self._waiting.remove(ours)
            others = [w for w in self._waiting if w.against == ours.against][:_TOGETHER]
            self._waiting = [w for w in self._waiting if w not in others]
        together = [ours, *others]
        try:
            search = self._search(ours.against)
        except Exception as exc:  # noqa: BLE001 - day, lists and score are the same for all who wait, and so is the error
            for waiting in together:
                waiting.error = exc
        else:
            error = _answered(search, together)
            for waiting in together if error else ():  # one may be at fault: each has its own answer, or its own error
                waiting.error = _answered(search, [waiting]) if others else error
        for waiting in together:
            waiting.done = True

    def _search(self, against: Against) -> _Search:
        """The search against lists that are ready, held to what it needs before the first name."""
        import pyarrow as pa

        day = day_of(against.as_of)
        given, key = Given(kind=against.kind or ""), document_key(self._place)
        options = ScreenOptions(against.lists, against.min_score, workers=1, given=given, document_key=key)
        searched_in = self._ready(against.lists, day)
        if against.screens:
            self._refuse_short(searched_in, day)

        def search(names: Sequence[Mapping[str, str]]) -> list[LookedAt]:
            headings = dict.fromkeys(("name", *(h for cells in names for h in cells)))
            rows = pa.table({h: pa.array([cells.get(h) for cells in names], pa.string()) for h in headings})
            try:
                run = run_screening(rows, searched_in, as_of=day, options=options)
            except NobodyReadError:
                return [LookedAt(is_party=False, is_named=False) for _ in names]
            return _by_row(run, names)

        return search

    def _ready(self, lists: tuple[str, ...], day: date) -> Searched:
        self._forget_changed()
        if (lists, day) not in self._held:
            check_store(self._store)
            while len(self._held) >= _MOST:
                self._held.pop(next(iter(self._held)))
            self._held[lists, day] = searched(self._place, lists, day)
            self._stamp = _stamp(self._place)  # making them ready may have written to the store
        return self._held[lists, day]

    def _forget_changed(self) -> None:
        """Forget what rests on the store as it was."""
        stamp = _stamp(self._place)
        if stamp != self._stamp:
            self._held.clear()
            self._profiles = None
            self._stamp = stamp


def _answered(search: _Search, together: Sequence[_Waiting]) -> Exception | None:
    """Search the names of several as one; what went wrong, and then none of them has an answer."""
    try:
        found = iter(search([n for w in together for n in w.names]))
        for waiting in together:
            waiting.found = [next(found) for _ in waiting.names]
    except Exception as exc:  # noqa: BLE001 - who waits is told
        return exc
    return None


def _refuse_unstorable(names: Sequence[Mapping[str, str]]) -> None:
    """Refuse what no table holds, before it is searched beside the names of others."""
    for cells in names:
        for heading, cell in cells.items():
            if not is_storable(cell):
                allowed = tr("text without NUL and without half a surrogate pair")
                thing = tr("{heading} holds a character that cannot be written", heading=heading)
                raise BadInputError(thing, found=cell, allowed=allowed)


def _stamp(place: Path) -> tuple[tuple[int, int], ...]:
    """What changes whenever the store does: time and size of its database and of what is not yet in it."""
    found = []
    for name in (FILE, f"{FILE}.wal"):
        try:
            told = place.joinpath(name).stat()
            found.append((told.st_mtime_ns, told.st_size))
        except OSError:
            found.append((0, 0))
    return tuple(found)


def _by_row(run: Run, names: Sequence[Mapping[str, str]]) -> list[LookedAt]:
    """What each row met: of each entry the best result, and every ground on which the row is placed in a region."""
    matches = run.matches.to_pylist()
    found: list[dict[str, dict[str, Any]]] = [{} for _ in names]
    regions: list[list[dict[str, Any]]] = [[] for _ in names]
    for m in sorted(matches, key=lambda m: (-(m["score"] or 0), m["list_id"] or "", m["entity_id"] or "")):
        if m["kind"] in {"listing", "owned"}:
            found[m["row"] - 1].setdefault(m["entity_id"], m)
        elif m["kind"] == "region":
            regions[m["row"] - 1].append(placed_of(m))
    parties, named = _held(run, names)
    return [
        LookedAt([result_of(m) for m in best.values()], regions[at], at in parties, at in named)
        for at, best in enumerate(found)
    ]


def _held(run: Run, names: Sequence[Mapping[str, str]]) -> tuple[set[int], set[int]]:
    """Positions of the rows that hold a party, and of those whose name was read as one; read anew where any was not."""
    every = set(range(len(names)))
    if not (run.parties.nameless or run.parties.aside or run.parties.blank):
        return every, every
    held = [(party.row - 1, party.name) for party in run.parties.each()]
    return {at for at, _ in held}, {at for at, name in held if name}
