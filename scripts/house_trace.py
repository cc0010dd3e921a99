"""Run one command of Entrepot in this process and print, as JSON, in which files its functions are first called.

    python scripts/house_trace.py PACKAGE FILE COMMAND…    started by scripts/house_measures.py

PACKAGE is the folder of the package, FILE the user's file that the command reads. Every function counts once, where it
is first called, as a reader goes through it: so a loop is one passage. A function is on the data path if it is given,
or gives back, a piece of FILE: its path, its content, a text or a number of it, alone or in what holds it.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import io
import json
import runpy
import sys
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

DEPTH = 5  # how deep a piece of the file is looked for in what holds it
MOST = 200  # items of a container, rows of a table, cells of an array that are looked at
CALLS = 40  # calls of one function that are looked into
LEAST_TEXT, LEAST_NUMBER = 4, 1000  # shorter texts and smaller numbers are not of the file alone


class Pieces:
    """Texts and numbers of a file, and whether a value holds one."""

    def __init__(self, path: Path) -> None:
        """Read the file, a CSV with a heading."""
        self.name = path.name
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        cells = {cell for row in rows[1:] for cell in row}
        numbers = {float(c) for c in cells if c.replace(".", "", 1).isdigit()}
        self.numbers = {n for n in numbers if n >= LEAST_NUMBER}
        self.texts = {c for c in cells if " " in c or (len(c) >= LEAST_TEXT and not c.isascii())}
        self.line = ",".join(rows[1]).encode() if rows[1:] and not self.texts else b""

    def held_in(self, value: Any, depth: int = DEPTH) -> bool:
        """Whether the value is or holds a piece of the file."""
        found = self._is(value)
        if found is None:
            found = depth > 0 and any(self.held_in(v, depth - 1) for v in _inside(value))
        return found

    def _is(self, value: Any) -> bool | None:
        """Whether the value is a piece of the file; None of what may hold one."""
        match value:
            case str():
                return value in self.texts
            case int() | float():
                return float(value) in self.numbers
            case bytes():
                return (self.line in value) if self.line else any(t.encode() in value for t in self.texts)
            case Path():
                return value.name == self.name
            case _:
                return False if value is None else None


def _inside(value: Any) -> Iterable[Any]:
    """What a value holds; of a large one the beginning. Iterators are left alone: looking would use them up."""
    found: Iterable[Any] = ()
    if isinstance(value, dict):
        found = [*list(value.keys())[:MOST], *list(value.values())[:MOST]]
    elif isinstance(value, list | tuple | set | frozenset):
        found = list(value)[:MOST]
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = [getattr(value, f.name, None) for f in dataclasses.fields(value)]
    else:
        with contextlib.suppress(Exception):  # what cannot be looked into holds nothing that can be seen
            found = _of_table(value, type(value).__module__.partition(".")[0])
    return found


def _of_table(value: Any, made_by: str) -> Iterable[Any]:
    """The first rows of a table, or cells of an array."""
    if made_by == "pyarrow" and hasattr(value, "slice") and hasattr(value, "to_pylist"):
        return list(value.slice(0, MOST).to_pylist())
    if made_by == "polars" and hasattr(value, "head") and hasattr(value, "to_arrow"):
        return list(value.head(MOST).to_arrow().to_pylist())
    if made_by == "numpy" and hasattr(value, "ravel"):
        return list(value.ravel()[:MOST].tolist())
    return ()


class Trace:
    """The order in which functions of the package are called."""

    def __init__(self, package: Path, pieces: Pieces) -> None:
        """Watch calls of functions that lie below `package`."""
        self.package, self.pieces = f"{package.resolve()}/", pieces
        self.files: dict[CodeType, str] = {}
        self.first: dict[CodeType, int] = {}  # function -> its first call
        self.carries: dict[CodeType, int] = {}  # function -> its first call with a piece of the file
        self.looked: dict[CodeType, int] = {}
        self.open: dict[int, tuple[CodeType, int]] = {}  # frame -> function and number of the call
        self.calls = 0

    def __call__(self, frame: FrameType, event: str, given: Any) -> None:
        """What `sys.setprofile` tells."""
        code = frame.f_code
        if event == "call" and self._file(code):
            self.calls += 1
            self.first.setdefault(code, self.calls)
            self._look(frame, code)
        elif event == "return" and (call := self.open.pop(id(frame), None)) and self._holds(given):
            self.carries.setdefault(call[0], call[1])

    def _look(self, frame: FrameType, code: CodeType) -> None:
        if code in self.carries or self.looked.get(code, 0) >= CALLS:
            return
        self.looked[code] = self.looked.get(code, 0) + 1
        if any(self._holds(v) for v in list(frame.f_locals.values())):
            self.carries[code] = self.calls
        else:
            self.open[id(frame)] = code, self.calls

    def _holds(self, value: Any) -> bool:
        sys.setprofile(None)  # looking calls functions too
        try:
            return self.pieces.held_in(value)
        finally:
            sys.setprofile(self)

    def _file(self, code: CodeType) -> str:
        """The file of a function below the package; empty for what lies elsewhere, and for the body of a module."""
        if code not in self.files:
            path = code.co_filename
            inside = path.startswith(self.package) and code.co_name not in {"<module>", "<lambda>"}
            self.files[code] = path.removeprefix(self.package) if inside else ""
        return self.files[code]

    def passages(self) -> dict[str, list[str]]:
        """The files of the functions in the order of their first calls: of all, and of those on the data path."""
        return {
            name: [self.files[code] for code, _ in sorted(order.items(), key=lambda item: item[1])]
            for name, order in (("all", self.first), ("data path", self.carries))
        }


def main() -> None:
    """Run the command and print the passages as the last line of stdout."""
    package, file, *command = sys.argv[1:]
    trace = Trace(Path(package), Pieces(Path(file)))
    sys.argv = ["entrepot", *command]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        sys.setprofile(trace)
        try:
            runpy.run_module("entrepot", run_name="__main__")
        finally:
            sys.setprofile(None)
    print(json.dumps(trace.passages()))


if __name__ == "__main__":
    main()
