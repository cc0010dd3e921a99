"""A job as a folder: what was asked, by whom, how far it is, what came out; each file whole or not at all."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from entrepot.core.files import is_older, replacing
from entrepot.core.runtime.asked_from import ASKED_FROM
from entrepot.server.people import Person
from entrepot.server.refusal import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = "served-jobs"
WAITING, RUNNING, DONE, FAILED, CANCELLED, INTERRUPTED = (
    "waiting", "running", "done", "failed", "cancelled", "interrupted",
)  # fmt: skip
ENDED = {DONE, FAILED, CANCELLED, INTERRUPTED}  # nothing follows
_ID = re.compile(r"[0-9a-f]{16}")
_LONGEST_SENDING = 3600  # seconds: who sends for longer was cut off; two servers may share a store
_INPUT = "input:"  # before a path below the folder: the store may be moved while a job waits


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The folder of one job.

    Attributes:
        path: where it lies.
    """

    path: Path

    @property
    def id(self) -> str:
        """Its name, which nobody guesses."""
        return self.path.name

    @property
    def inputs(self) -> Path:
        """What was sent."""
        return self.path.joinpath("inputs")

    @property
    def files(self) -> Path:
        """What the verb wrote."""
        return self.path.joinpath("files")

    def begin(self, verb: str, said: Mapping[str, Any], person: Person) -> None:
        """Write down what was asked; from here on the job is one."""
        asked = {
            "verb": verb,
            "said": _away(said, self.path),
            "who": person.name,
            "role": person.role,
            "from": ASKED_FROM.get(),
            "asked_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with writing(self.files):
            self.files.mkdir(parents=True, exist_ok=True)
        self._write("state.json", {"state": WAITING})
        self._write("asked.json", asked)

    def asked(self) -> dict[str, Any]:
        """What was asked, with the paths of the files that were sent."""
        held = self._read("asked.json")
        return {**held, "said": _back(held["said"], self.path)}

    @property
    def person(self) -> Person:
        """Who asked."""
        held = self._read("asked.json")
        return Person(held["who"], held["role"])

    def state(self) -> dict[str, Any]:
        """How far it is: `state`, and as far as it is known `done`, `all`, `step`, `error`."""
        return self._read("state.json")

    def put_state(self, state: str, **told: Any) -> None:
        """Write how far it is."""
        self._write("state.json", {"state": state, **told})

    def put_result(self, told: dict[str, Any]) -> None:
        """Write what came out, but for a table, which lies beside it."""
        self._write("result.json", told)

    def result(self) -> dict[str, Any]:
        """What came out."""
        return self._read("result.json")

    @property
    def table(self) -> Path:
        """The rows that came out; not there where there are none."""
        return self.path.joinpath("rows.parquet")

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the job for this process; gives whether no other one does. A process that is killed holds nothing."""
        lock = FileLock(self.path.joinpath("running.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def remove(self) -> None:
        """Remove the job and all that it holds."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _write(self, name: str, told: dict[str, Any]) -> None:
        path = self.path.joinpath(name)
        with writing(path), replacing(path) as part:
            part.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")

    def _read(self, name: str) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(self.path.joinpath(name).read_text(encoding="utf-8"))
        return held


def new(store: Path) -> JobFolder:
    """The folder of a new job, for its owner alone."""
    path = store.joinpath(FOLDER, secrets.token_hex(8))
    with writing(path):
        path.mkdir(mode=0o700, parents=True)
    return JobFolder(path)


def named(store: Path, given: str) -> JobFolder | None:
    """The job of an id; None where there is none."""
    path = store.joinpath(FOLDER, given)
    return JobFolder(path) if _ID.fullmatch(given) and path.joinpath("asked.json").is_file() else None


def known(store: Path) -> list[JobFolder]:
    """Every job, the oldest first; what was still being sent when a server was killed is none."""
    place = store.joinpath(FOLDER)
    found = [j for p in place.iterdir() if (j := named(store, p.name))] if place.is_dir() else []
    return sorted(found, key=lambda j: j.path.joinpath("asked.json").stat().st_mtime_ns)


def clear(store: Path) -> None:
    """Remove what was still being sent when a server was killed: it is no job, and may be somebody's file."""
    place = store.joinpath(FOLDER)
    for path in place.iterdir() if place.is_dir() else ():
        with suppress(OSError):  # another server removes it too
            if (
                is_older(path, _LONGEST_SENDING)
                and _ID.fullmatch(path.name)
                and not path.joinpath("asked.json").is_file()
            ):
                shutil.rmtree(path, ignore_errors=True)


def _away(value: Any, folder: Path) -> Any:
    """Values with the paths below the folder marked."""
    if isinstance(value, Path):
        return f"{_INPUT}{value.relative_to(folder).as_posix()}"
    if isinstance(value, dict):
        return {k: _away(v, folder) for k, v in value.items()}
    return [_away(v, folder) for v in value] if isinstance(value, (list, tuple)) else {"value": value}


def _back(value: Any, folder: Path) -> Any:
    if isinstance(value, str):
        return folder.joinpath(value.removeprefix(_INPUT))
    if isinstance(value, list):
        return [_back(v, folder) for v in value]
    return value["value"] if set(value) == {"value"} else {k: _back(v, folder) for k, v in value.items()}
