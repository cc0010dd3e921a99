"""A file of the desk screened, and its record with what was decided since: the screening stays as it is."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, MissingExtraError
from entrepot.core.files import write_text
from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.translate import tr
from entrepot.desk.keeping import folder
from entrepot.server.page_parts.desk_files import RECORDS, keep_noted
from entrepot.server.refusal import CONFLICT, RefusedError, writing

if TYPE_CHECKING:
    from entrepot.desk.desk import Desk
    from entrepot.desk.review import Review
    from entrepot.desk.screen import Screening
    from entrepot.server.page_parts.desk_files import DeskFile
    from entrepot.server.page_parts.worked_out import Work
    from entrepot.server.pages.page import Asked

AS_FILED = "as_filed"  # in the address of a record: as it lies there, whatever was decided since
_RUN = "screened.json"  # beside the results: who screened the file, when, against which lists
_SCRATCH = "again-"
# What a match says of a party. Its id and the hash of its list change where a list is read anew and says the same.
_SAID = ("case_id", "kind", "row", "list_id", "entity_id", "place_id", "score")


def begin(asked: Asked, file: DeskFile) -> None:
    """Note who has a file screened: a screening that a kill breaks off is taken up by whoever looks next, not theirs.

    Args:
        asked: by whom.
        file: one whose columns are confirmed.
    """
    with writing(file.begun):
        write_text(file.begun, json.dumps({"by": asked.person.name}, ensure_ascii=False))


def screen_file(asked: Asked, file: DeskFile, work: Work) -> None:
    """Screen a file in the name of who had it screened, write its record, and keep what the screening told.

    It counts as screened once all of that is there.

    Args:
        asked: what is asked for.
        file: one of which there is no screening.
        work: told how far it has come.
    """
    if not file.begun.is_file():  # its columns were confirmed under a release that did not note by whom
        begin(asked, file)
    by = str(json.loads(file.begun.read_text(encoding="utf-8"))["by"])
    found = _screen(asked, file, work, file.folder, operator=by)
    # What it says of the ledger holds until the next decision: the page asks the ledger itself.
    of_ledger = found.decided.notes if found.decided else ()
    keep_noted(file, (n for n in found.notes if n not in of_ledger))
    run = found.run
    lists = [] if run is None else [_pinned(c) for c in run.coverage.to_pylist()]
    said = {"by": by, "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}", "lists": lists}
    write_text(file.folder.joinpath(_RUN), json.dumps(said, ensure_ascii=False))
    file.begun.unlink()


def give_up(file: DeskFile) -> None:
    """Take away what a screening that was stopped has left; the file, its names and its encoding stay.

    Args:
        file: one that is not being screened any more, and is not screened.
    """
    names = [file.begun, file.mapping, *(p for p in file.folder.iterdir() if ".parts" in p.suffixes), file.results]
    for path in (*names, *file.folder.glob("record.*")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def record_anew(asked: Asked, file: DeskFile, work: Work, last: int, day: str) -> None:
    """Write the record of a screening with what was decided since.

    It is worked out aside, against the lists of then, and taken only where it finds what was found: a list that was
    loaded or refreshed since would add cases to a screening that nobody ran, and not be told of by what changed since.

    Args:
        asked: by whom.
        file: one that was screened.
        work: told how far it has come.
        last: the number of the last entry of the ledger on its cases.
        day: the day as of which it was screened.

    Raises:
        RefusedError: 409: today the lists of then find something else; the record stays as it was filed.
    """
    run = _run_of(file)
    again = {"operator": _by(run, asked.person.name), "as_of": day, "lists": run.get("lists", ())}
    scratch = Path(mkdtemp(prefix=_SCRATCH, dir=file.folder))
    try:
        try:
            _screen(asked, file, work, scratch, **again)
        except BadInputError as exc:  # a list of then is not held any more
            raise _changed(file) from exc
        results = scratch.joinpath(file.results.name)
        if not _says_the_same(file.results, results):
            raise _changed(file)
        if results.read_bytes() != file.results.read_bytes():  # the same, written by another release
            _screen(asked, file, work, file.folder, **again)
        else:
            for made in scratch.glob("record.*"):
                made.replace(file.folder.joinpath(made.name))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    write_text(file.told, str(last))


def last_decision(desk: Desk, file: DeskFile) -> tuple[int, str]:
    """The number of the ledger's last entry on a case of a file, 0 where there is none; the day of its screening."""
    found: Review = desk.review(str(file.results))
    entries = desk.ledger_decisions().to_pylist()
    day = max((str(m["as_of"]) for of in found.matches.values() for m in of), default="")
    return max((e["seq"] for e in entries if e["case_id"] in found.matches), default=0), day


def called(file: DeskFile, name: str) -> str:
    """What a file is called where it is saved: by the file that was screened, and which reading of it."""
    stem = file.name.rpartition(".")[0] or file.name
    return f"{stem}-{file.number}-{name}" if file.number > 1 else f"{stem}-{name}"


def told(file: DeskFile) -> int:
    """The number of the last entry of the ledger that the record of a file tells; 0 where it tells none."""
    return int(file.told.read_text(encoding="utf-8")) if file.told.is_file() else 0


def _screen(asked: Asked, file: DeskFile, work: Work, into: Path, **said: Any) -> Screening:
    refuse_read_only(folder(asked.desk.store))  # results and record lie beside the file, in the store
    mapping = file.mapping if file.mapping.is_file() else None
    found: Screening | None = None
    for name in RECORDS:
        try:
            found = asked.desk.screen(
                str(file.given), mapping=mapping, out=into.joinpath(file.results.name), fmt="json",
                record=into.joinpath(name), progress=work.told, encoding=file.encoding, **said,
            )  # fmt: skip
            break
        except MissingExtraError:
            if name == RECORDS[-1]:
                raise
            continue  # without the extra `print` the record is a page
    assert found is not None
    return found


def _pinned(covered: dict[str, Any]) -> str:
    """A list as `screen` takes it: one that was loaded by the hash of its file, for a day can be loaded twice."""
    name = str(covered["list_id"])
    return f"{name}@{covered['sha256']}" if covered.get("version") else name


def _run_of(file: DeskFile) -> dict[str, Any]:
    held = file.folder.joinpath(_RUN)
    said: dict[str, Any] = json.loads(held.read_text(encoding="utf-8")) if held.is_file() else {}
    return said


def _by(run: dict[str, Any], asker: str) -> str:
    if not run:
        return asker  # screened before it was kept who did
    return tr(
        "{by} on {at} (UTC); written anew for {asker} with what was decided since",
        asker=asker,
        by=run["by"],
        at=run["at"],
    )


def _says_the_same(one: Path, other: Path) -> bool:
    return _matches(one) == _matches(other)


def _matches(results: Path) -> Counter[tuple[Any, ...]]:
    rows = json.loads(results.read_text(encoding="utf-8"))
    return Counter(tuple(row.get(name) for name in _SAID) for row in rows)


def _changed(file: DeskFile) -> RefusedError:
    return RefusedError(
        CONFLICT,
        tr("the record cannot be written anew: what this screening found is not found any more on the lists of then"),
        found=file.name,
        remedy=tr(
            "A list of then was removed or says something else, or another release scores otherwise. The record as it "
            "was filed lies at {filed}, what was decided since stands in the ledger. To screen on the lists of today, "
            "read the columns anew.",
            filed=f"/desk/{file.id}/record?{AS_FILED}=1",
        ),
    )
