"""The verbs on versions of the record: refreshing it from its publishers' pages, and listing what is held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import folder
from entrepot.lists.fetching import Wanted
from entrepot.record.renewal import renew_record as renewal
from entrepot.sources import record_versions as held
from entrepot.sources.contract import RECORD_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.desk.keeping import Store
    from entrepot.sources.download import Progress


@dataclass(frozen=True, eq=False)
class Refresh(Answer):
    """What a refresh changes; its table is under `record_changes`.

    Attributes:
        row: the version that was written, of `record_versions`; None where none was.
    """

    beside: ClassVar[tuple[str, ...]] = ("row",)
    row: dict[str, Any] | None = None


def refresh(
    publishers: Sequence[str] = (),
    *,
    source: str | None = None,
    on: str | date | None = None,
    accept_loss: bool = False,
    yes: bool = False,
    ask: Callable[[Refresh], bool] | None = None,
    store: Store = None,
    progress: Callable[[str], Progress | None] = lambda _: None,
) -> Refresh:
    """Refresh the record from its publishers' pages: a dated version beside the one that ships, whole or not at all.

    Args:
        publishers: whose pages, as `fetch` calls them; all that the record rests on where none is named.
        source: of one publisher, another address, or a FILE that was saved by hand.
        on: the day on which a FILE was saved; None for that of its last change.
        accept_loss: go on where a page lost more than a few of the rows that the record holds.
        yes: write it without a question.
        ask: asked with what would change; without it and without `yes` nothing is written.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: given a file's name; gives the function that is told (bytes so far, bytes in all or None).

    Returns:
        Under `record_changes`.

    Raises:
        UnknownNameError: the record is not refreshed from such a publisher.
        FailedFetchError: a page cannot be fetched, or has another form.
        UnreadableFileError: a FILE is cut, or has another form.
        BadInputError: a page lost more than a few rows; a source for several publishers; a day of an address.
        StoreError: the store cannot be used.
    """
    place = folder(store)
    refuse_read_only(place)
    chosen = renewal.chosen(publishers)
    if source and len(chosen) != 1:
        raise BadInputError(
            tr("one source is given for several publishers"), found=source, remedy=tr("Name one publisher.")
        )
    address = source if source and "://" in source else None
    wanted = Wanted(source=address, progress=progress)
    day = _day(source, on).isoformat()
    made = renewal.proposal(place, chosen, renewal.Asked(day, source or "", accept_loss=accept_loss, wanted=wanted))
    shown = Refresh(made.changes, (*made.row["notes"], _counted(made)))
    if not made.is_new:
        return shown
    if not (yes or (ask is not None and ask(shown))):
        return replace(shown, notes=(*shown.notes, "Nothing is written. --yes writes it."))
    row = renewal.write(place, made)
    said = tr(
        "Version {version} of the record is written; every answer of this store rests on it.", version=row["version"]
    )
    back = tr(
        "The one before stays: --record-version; entrepot record remove {version} takes it back.",
        version=row["version"],
    )
    return replace(shown, notes=(*shown.notes, said, back), row=row)


def _day(source: str | None, on: str | date | None) -> date:
    """The day on which what is read was on the publisher's page."""
    today = day_of(None)
    is_file = bool(source) and "://" not in str(source)
    if on is not None and not is_file:
        raise BadInputError(tr("a page that is fetched is of today"), found=str(on), remedy=tr("Leave --on out."))
    if on is not None:
        day = day_of(on)
    else:
        path = Path(str(source))
        day = date.fromtimestamp(path.stat().st_mtime) if is_file and path.is_file() else today  # noqa: DTZ012 - the user's calendar day
    if day > today:
        raise BadInputError(
            tr("the day has not come"), found=day.isoformat(), allowed=tr("a day up to {today}", today=today)
        )
    return day


def _counted(made: renewal.Proposal) -> str:
    """What would change, table by table."""
    read = ", ".join(made.row["publishers"])
    if not made.changes.num_rows:
        return tr("{read}: no row of the record changes", read=read) + (
            "." if made.is_new else tr("; it was read that day already.")
        )
    rows = made.changes.to_pylist()
    parts = []
    for name in dict.fromkeys(r["table"] for r in rows):
        words = [r["change"] for r in rows if r["table"] == name]
        parts.append(f"{name} " + ", ".join(f"{words.count(w)} {w}" for w in dict.fromkeys(words)))
    return f"{read}: {'; '.join(parts)}."


def record_versions(*, store: Store = None) -> Answer:
    """The versions of the record that were refreshed, oldest first.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `record_versions`.

    Raises:
        StoreError: the store cannot be used.
    """
    found = held.versions(folder(store))
    none = tr(
        "This store holds no refreshed version: only the record that ships is there, as --record-version packaged."
    )
    return Answer(table(RECORD_VERSIONS, found), () if found else (none,))
