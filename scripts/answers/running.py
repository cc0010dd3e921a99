"""Run scenes: each command in the home, store and folder of its scene, with the code of one checkout.

A scene is run with the one checkout and then with the other in the same place, so that the paths which a command prints
or keeps are the same.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMANDS = Path(__file__).with_name("commands.toml")
LONGEST = 900  # seconds that a command may take
KEY = "identifiers.key"
SECRETS = (KEY, "signing.key")
STOPPED = -1  # the exit code of one that takes longer
_EXIT = re.compile(r"\s+# exit (\d+)$")
_TAKEN = re.compile(r"\{([^{}:]+):(\w+)\}")


@dataclass(frozen=True, slots=True)
class Command:
    """A line of commands.toml."""

    text: str
    ends: int = 0  # the exit code that it has to end with


@dataclass(frozen=True, slots=True)
class Scene:
    """Commands that build on one another."""

    name: str
    commands: tuple[Command, ...]
    needs: tuple[str, ...] = ()
    long: bool = False
    key: bool = False  # whether its store is given a key for the numbers of documents, which else is chance

    def missing(self, shared: Path | None) -> list[str]:
        """What it needs of the data shelf and does not find."""
        return [n for n in self.needs if shared is None or not (shared / n).exists()]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left behind."""

    code: int
    stdout: bytes
    stderr: bytes
    files: dict[str, Path]  # name below the scene's folder -> the copy kept
    gone: frozenset[str]  # names that were there before the command
    seconds: float


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two checkouts."""

    name: str
    tree: Path
    python: Path
    kept: Path  # where copies of what its commands wrote go


def scenes(path: Path = COMMANDS) -> list[Scene]:
    """The scenes of commands.toml, in order."""
    return [
        Scene(
            s["name"],
            tuple(_commands(s["commands"])),
            tuple(s.get("needs", ())),
            s.get("long", False),
            s.get("key", False),
        )
        for s in tomllib.loads(path.read_text(encoding="utf-8"))["scene"]
    ]


def _commands(text: str) -> Iterator[Command]:
    for line in filter(None, map(str.strip, text.splitlines())):
        ends = _EXIT.search(line)
        yield Command(_EXIT.sub("", line), int(ends[1]) if ends else 0)


def environment(side: Side, place: Path) -> dict[str, str]:
    """No settings but those of a person new to Entrepot; times in UTC, no colours, bytecode outside the checkouts."""
    kept = {k: os.environ[k] for k in ("PATH", "LD_LIBRARY_PATH") if k in os.environ}
    return kept | {
        "HOME": str(place / "home"),
        "ENTREPOT_STORE": str(place / "home" / "store"),
        "TMPDIR": str(place / "tmp"),
        "PYTHONPATH": str(side.tree / "src"),
        "PYTHONPYCACHEPREFIX": str(side.kept / "bytecode"),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "USER": "somebody",
        "LOGNAME": "somebody",
        "NO_COLOR": "1",
        "COLUMNS": "120",
    }


def check(side: Side, place: Path) -> str:
    """Why the checkout cannot be run; empty where it can."""
    if not (side.tree / "src" / "entrepot").is_dir():
        return f"{side.tree} holds no src/entrepot"
    place.mkdir(parents=True, exist_ok=True)
    command = [str(side.python), "-c", "import entrepot; print(entrepot.__file__)"]
    done = subprocess.run(command, cwd=place, env=environment(side, place), capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{side.python} does not import entrepot from {side.tree}: {done.stderr.strip()[-300:]}"
    found = Path(done.stdout.strip()).resolve()
    return "" if found.is_relative_to(side.tree.resolve()) else f"entrepot comes from {found}, not from {side.tree}"


def run(scene: Scene, side: Side, place: Path, inputs: Path, shared: Path | None) -> list[Answer]:
    """Run the commands of a scene; what they wrote is copied, for the place is emptied for the other side."""
    shutil.rmtree(place, ignore_errors=True)
    for folder in ("home", "tmp"):
        (place / folder).mkdir(parents=True)
    shutil.copytree(inputs, place / "work")
    if scene.key:
        _give_key(place / "home" / "store")
    seen, answers = _seen(place), []
    for number, command in enumerate(scene.commands, 1):
        began = time.monotonic()
        code, stdout, stderr = _started(command, side, place, shared)
        seconds = time.monotonic() - began
        now = _seen(place)
        changed = [n for n, state in now.items() if seen.get(n) != state]
        copies = side.kept / scene.name / str(number)
        files = {name: _copied(place / name, copies / name) for name in changed}
        answers.append(Answer(code, stdout, stderr, files, frozenset(seen.keys() - now.keys()), seconds))
        seen = now
    shutil.rmtree(place, ignore_errors=True)
    return answers


def _give_key(store: Path) -> None:
    """The key under which numbers of documents are hashed: the same on both sides, so that hashes can be compared."""
    store.mkdir()
    (store / KEY).touch(mode=0o600)
    (store / KEY).write_bytes(bytes(range(32)))


def _started(command: Command, side: Side, place: Path, shared: Path | None) -> tuple[int, bytes, bytes]:
    work = place / "work"
    try:
        words, source = words_of(command.text, work, shared)
    except LookupError as exc:
        return STOPPED, b"", f"not started: {exc}".encode()
    starts = [str(side.python), "-m", "entrepot"] if words[0] == "entrepot" else [str(side.python)]
    try:
        done = subprocess.run(
            [*starts, *words[1:]],
            cwd=work,
            env=environment(side, place),
            input=source,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return STOPPED, b"", f"stopped after {LONGEST} seconds".encode()
    return done.returncode, done.stdout, done.stderr


def words_of(text: str, work: Path, shared: Path | None) -> tuple[list[str], bytes]:
    """The words of a command with what stands for others filled in, and its standard input.

    Raises:
        LookupError: an earlier command did not write what this one needs.
    """
    words = [
        _TAKEN.sub(lambda m: first_value(work / m[1], m[2]), word.replace("{shared}", str(shared)))
        for word in shlex.split(text)
    ]
    if words[-2:-1] == ["<"]:
        return words[:-2], (work / words[-1]).read_bytes()
    return words, b""


def first_value(path: Path, column: str) -> str:
    """The first value of a column of a CSV or JSON file that is not empty.

    Raises:
        LookupError: no such file, column or value.
    """
    if not path.is_file():
        raise LookupError(f"{path.name} was not written")
    text = path.read_text(encoding="utf-8")
    rows: list[Mapping[str, Any]] = (
        json.loads(text) if path.suffix == ".json" else list(csv.DictReader(text.splitlines()))
    )
    for row in rows:
        if row.get(column):
            return str(row[column])
    raise LookupError(f"{path.name} has no value under {column}")


def _seen(place: Path) -> dict[str, tuple[int, int, int]]:
    """Each file below the place, with what changes when it is written."""
    found = {}
    for path in place.rglob("*"):
        if path.is_file():
            state = path.stat()
            found[path.relative_to(place).as_posix()] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return found


def _copied(path: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(path, target))
