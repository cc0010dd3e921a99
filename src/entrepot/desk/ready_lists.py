"""Many searches against the same lists, made ready once: what a server answers `POST /match` with.

`search` makes its lists ready for each name, which takes longer than the search; where names come one after the
other they are held, until the store or the day changes. What is found is not kept for `explain`: an answer names
entries of lists, which `show_listed` opens, and no matches.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.periods import as_of as day_of
from entrepot.core.store import FILE
from entrepot.desk.keeping import check_store, folder
from entrepot.lists.shelf import document_key, searched
from entrepot.screening.parties.file_options import Given
from entrepot.screening.reports.yente import result_of
from entrepot.screening.runs.run import ScreenOptions, run_screening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from entrepot.desk.keeping import Store
    from entrepot.desk.screen import Kind
    from entrepot.lists.search_set import Searched

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
    """

    lists: tuple[str, ...] = ()
    as_of: str | None = None
    min_score: float = 0.5  # as in `search`
    kind: Kind | None = None


@dataclass(eq=False, slots=True)
class _Waiting:
    """Who waits for an answer."""

    names: Sequence[Mapping[str, str]]
    against: Against
    found: list[list[dict[str, Any]]] = field(default_factory=list)
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

    def search_all(self, names: Sequence[Mapping[str, str]], against: Against) -> list[list[dict[str, Any]]]:
        """Search names: for each the results, the highest score first, one an entry.

        Who comes while others are searched waits, and is searched together with all that wait against the same lists:
        sixty names together take a quarter of what they take one by one.

        Args:
            names: for each the cells of a row, `name` and what is known beside it, by headings that `screen` reads.
            against: what they are searched against.

        Raises:
            BadInputError: an unknown list, a bad date, a score out of range.
            StoreError: the store that was named cannot be used.
        """
        if not names:
            return []
        ours = _Waiting(names, against)
        with self._door:
            self._waiting.append(ours)
        with self._lock:
            if not ours.done:
                self._search_waiting(ours)
        if ours.error is not None:
            raise ours.error
        return ours.found

    def _search_waiting(self, ours: _Waiting) -> None:
        """Search those who wait for the same lists, ours first."""
        with self._door:
            self._waiting.remove(ours)
            others = [w for w in self._waiting if w.against == ours.against][:_TOGETHER]
            self._waiting = [w for w in self._waiting if w not in others]
        together = [ours, *others]
        try:
            found = iter(self._searched([n for w in together for n in w.names], ours.against))
            for waiting in together:
                waiting.found = [next(found) for _ in waiting.names]
        except Exception as exc:  # noqa: BLE001 - each of those who wait is told
            for waiting in together:
                waiting.error = exc
        for waiting in together:
            waiting.done = True

    def _searched(self, names: Sequence[Mapping[str, str]], against: Against) -> list[list[dict[str, Any]]]:
        import pyarrow as pa

        headings = dict.fromkeys(h for cells in names for h in cells)
        rows = pa.table({h: pa.array([cells.get(h) for cells in names], pa.string()) for h in headings})
        day = day_of(against.as_of)
        key = document_key(self._place)
        given = Given(kind=against.kind or "")
        options = ScreenOptions(against.lists, against.min_score, workers=1, given=given, document_key=key)
        run = run_screening(rows, self._ready(against.lists, day), as_of=day, options=options)
        return _by_row(run.matches.to_pylist(), len(names))

    def _ready(self, lists: tuple[str, ...], day: date) -> Searched:
        stamp = _stamp(self._place)
        if stamp != self._stamp:
            self._held.clear()
            self._stamp = stamp
        if (lists, day) not in self._held:
            check_store(self._store)
            while len(self._held) >= _MOST:
                self._held.pop(next(iter(self._held)))
            self._held[lists, day] = searched(self._place, lists, day)
            self._stamp = _stamp(self._place)  # making them ready may have written to the store
        return self._held[lists, day]


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


def _by_row(matches: list[dict[str, Any]], rows: int) -> list[list[dict[str, Any]]]:
    """Results by row, the best of each entry."""
    found: list[dict[str, dict[str, Any]]] = [{} for _ in range(rows)]
    for m in sorted(matches, key=lambda m: (-(m["score"] or 0), m["list_id"] or "", m["entity_id"] or "")):
        if m["kind"] in {"listing", "owned"}:
            found[m["row"] - 1].setdefault(m["entity_id"], m)
    return [[result_of(m) for m in best.values()] for best in found]
