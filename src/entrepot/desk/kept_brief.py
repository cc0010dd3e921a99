"""The answer of a brief kept in the store as it was worked out: seconds of work that a page shows at once.

What it rests on is in the name of its file: the program and the packaged record by what their files say of themselves,
the day, and what the store lays over the record. Anything else makes another file. See docs/design/49-server.md.
"""

from __future__ import annotations

import json
import os
import pickle
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.errors import BadInputError, StoreError
from entrepot.core.files import replacing
from entrepot.core.ids import digest
from entrepot.core.store.access import why_read_only
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import tr
from entrepot.desk.answer import unheard
from entrepot.desk.keeping import folder
from entrepot.measures.own.own_measure import is_own

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from entrepot.brief.report import Report
    from entrepot.desk.answer import Step
    from entrepot.desk.brief import Brief
    from entrepot.desk.keeping import Store

    class ByShort(Protocol):
        """What works a short answer out, called as `short_brief` is."""

        def __call__(  # noqa: D102
            self,
            measure: str,
            *,
            as_of: str | date | None,
            store: Store,
            progress: Step,
            first: Callable[[Brief], None],
        ) -> Brief: ...


FOLDER = "answers"
_KEPT = 24  # files of a few megabytes; the oldest go
_DIGITS = 24  # of a name: two answers never meet
# Where the classes lie of which a report is made. A file that names anything else is not read: a store may have come
# from somebody else, and a pickle that may name what it likes runs what it likes.
_ROOMS = ("entrepot.brief.", "entrepot.core.", "entrepot.measures.", "entrepot.corridors.", "entrepot.trade.")


def _not_awaited(_early: Brief) -> None:
    """Nobody looks before all is there."""


def kept_brief(
    measure: str,
    *,
    as_of: str | None = None,
    store: Store = None,
    progress: Step = unheard,
    first: Callable[[Brief], None] = _not_awaited,
    by: ByShort | None = None,
) -> Brief:
    """The short answer of a brief, as `brief(..., answer_only=True)` gives it; kept, and taken from what was kept.

    Args:
        measure: id of the measure.
        as_of: answer with what could be known on this day; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the name of each chapter.
        first: given what is known before the map is drawn, where the answer was not kept.
        by: works it out, where it was not kept; `short_brief` of this process when None.

    Raises:
        BadInputError: a file of a measure, which would be one of the server's, and would change behind what is kept.
        UnknownNameError: no such measure.
        BadDateError: `as_of` is no date.
        StoreError: the store that was named cannot be used.
    """
    if is_own(measure):
        raise BadInputError(
            tr("a page briefs on a measure of the record, and reads no file of the server"),
            found=measure,
            allowed=tr("the id of a measure"),
            remedy=tr("`entrepot brief {file}` briefs on a file of your own.", file="FILE.toml"),
        )
    place = folder(store)
    try:
        said = (measure, as_of or datetime.now(UTC).date().isoformat(), *rests_on(store), _program())
    except StoreError:  # the verb says what is wrong with it
        said = ()
    file = place / FOLDER / f"{digest(chr(0).join(said), _DIGITS)}.pickle"
    report = _read(file) if said else None
    if report is not None:
        return _as_brief(report, store)
    if by is None:  # what another process works out is not loaded here
        from entrepot.desk.brief import short_brief

        by = short_brief

    answer = by(measure, as_of=as_of, store=store, progress=progress, first=first)
    if said and answer.report is not None and not answer.notes and not why_read_only(place):
        _write(file, answer.report)
    return answer


def rests_on(store: Store = None, *, scans: bool = True) -> tuple[str, ...]:
    """What the store lays over the packaged record: a version, rows of one's own, one's own scans and their signals.

    Of scans their order tells which stand, and not the moment: the same scan once more changes no answer.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        scans: whether scans are among it; a brief tells of them, and nothing else does.

    Raises:
        StoreError: the store cannot be used.
    """
    place = folder(store)
    if not stores.is_there(place):
        return ()
    asked = (
        "SELECT 'version ' || sha256 FROM record_versions UNION ALL SELECT 'own ' || CAST(o AS VARCHAR) FROM "
        "own_observations o"
    )
    if scans:
        asked += " UNION ALL SELECT 'signal ' || id FROM shown WHERE kind = 'signals'"
    with reading(place) as con:
        laid = sorted(said for (said,) in con.execute(asked).fetchall())
        kept = con.execute("SELECT \"row\" FROM shown WHERE kind = 'scans'").fetchall() if scans else ()
    rows = sorted(map(json.loads, (row for (row,) in kept)), key=lambda r: str(r["kept_at"]))
    return (*laid, *(str(r["scan_id"]) for r in rows))


@cache
def _program() -> str:
    """The program and its data, by name, size and time of each file."""
    found = []
    for place, folders, names in os.walk(Path(__file__).parents[1]):
        folders[:] = [f for f in folders if f != "__pycache__"]
        for name in names:
            told = Path(place, name).stat()
            found.append(f"{place}/{name} {told.st_size} {told.st_mtime_ns}")
    return digest("\n".join(sorted(found)))


def _as_brief(report: Report, store: Store) -> Brief:
    """A report that was kept, with its findings in the store: they are what its figures open."""
    from entrepot.brief.render import finding_table, ground_table
    from entrepot.core.findings import FINDINGS, GROUNDS
    from entrepot.desk.brief import Brief
    from entrepot.desk.keeping import keep, record_held
    from entrepot.sources.register import by_id

    found, grounds = finding_table(report), ground_table(report)
    sources = by_id(record_held(store)[0].tables["sources"])
    ids = found.column("id").to_pylist()
    with suppress(StoreError), reading(folder(store)) as con:
        asked = "SELECT count(*) FROM findings WHERE id IN (SELECT unnest($ids))"
        if con.execute(asked, {"ids": ids}).fetchall()[0][0] == len(ids):
            return Brief(found, (), report, sources)

    def put(con: stores.Connection) -> None:
        stores.keep(con, FINDINGS, found)
        stores.keep(con, GROUNDS, grounds)

    return Brief(found, keep(store, put), report, sources)


class _Reader(pickle.Unpickler):
    """Reads data classes and named rows of ours, and days."""

    def find_class(self, module: str, name: str) -> Any:
        """A class by its name.

        Raises:
            UnpicklingError: it is none of which a report is made.
        """
        if (module, name) == ("datetime", "date"):
            return date
        found = getattr(import_module(module), name, None) if module.startswith(_ROOMS) else None
        if not (isinstance(found, type) and (is_dataclass(found) or _is_row(found))):
            raise pickle.UnpicklingError(tr("{module}.{name} is no part of a report", module=module, name=name))
        return found


def _is_row(found: type) -> bool:
    """Whether a class is a tuple with names."""
    return issubclass(found, tuple) and hasattr(found, "_fields")


def _read(file: Path) -> Report | None:
    """The report of a file; None where there is none, or it cannot be read."""
    from entrepot.brief.report import Report

    try:
        with file.open("rb") as data:
            found = _Reader(data).load()
    # A file that was cut or written over raises whatever its bytes mean; the answer is then worked out anew.
    except Exception:  # noqa: BLE001
        return None
    return found if isinstance(found, Report) else None


def _write(file: Path, report: Report) -> None:
    """Keep a report; one that cannot be written is worked out the next time."""
    with suppress(OSError, BadInputError):
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(file, private=True) as part:
            part.write_bytes(pickle.dumps(report, pickle.HIGHEST_PROTOCOL))
        held = sorted(file.parent.glob("*.pickle"), key=lambda p: p.stat().st_mtime_ns)
        for old in held[:-_KEPT]:
            old.unlink(missing_ok=True)
