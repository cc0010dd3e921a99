"""Tables of a TOML data file, read key by key; a key that nobody asked for is an error."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import ASKS, BadDateError, UnreadableFileError, nearest
from entrepot.core.periods import first_day
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

# The parser of the standard library tells values and no lines: headers of tables and ids are looked for in the text.
_HEAD = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
_IDENT = re.compile(r"""^\s*id\s*=\s*["']([^"']*)["']""")

# Where the parser says that it stopped, and a value without quotes there that is meant as a day.
_STOPPED = re.compile(r"at line (\d+), column \d+")
_MEANT_AS_DAY = re.compile(r"^\s*([\w.\-]+)\s*=\s*(\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?)\s*(?:#.*)?$")

_LARGEST = 2**63 - 1  # the largest whole number of TOML 1.0; Python reads on, and then no column and no sum can hold it


def toml_of(text: str, file: object, *, allowed: str = "", remedy: str = "") -> dict[str, Any]:
    """What a TOML text says.

    Args:
        text: of the whole file.
        file: its path or name, for errors.
        allowed: an example of what may stand there.
        remedy: what to do.

    Raises:
        UnreadableFileError: it is no TOML, is nested deeper than can be read, or a whole number in it has more than
            64 bits.
    """
    try:
        found = tomllib.loads(text)
        _refuse_large(found)
    except (ValueError, RecursionError) as exc:
        no_day = _no_day(text, file, str(exc), remedy)
        raise no_day or UnreadableFileError(
            file, tr("is no TOML ({exc})", exc=exc), allowed=allowed, remedy=remedy
        ) from exc
    return found


def _no_day(text: str, file: object, stopped: str, remedy: str) -> UnreadableFileError | None:
    """The error of a value that is meant as a day and is none, as 2025-02-30 or 06.08.2025; else None."""
    at = _STOPPED.search(stopped)
    lines = text.splitlines()
    line = int(at[1]) if at else 0
    meant = _MEANT_AS_DAY.match(lines[line - 1]) if 0 < line <= len(lines) else None
    if meant is None:
        return None
    found = UnreadableFileError(
        file,
        tr("{key} is {value}, which is no day", key=meant[1], value=meant[2]),
        line=line,
        allowed=tr('a day of the calendar, as 2024-11-05; a month or a year stands in quotes, "2024-11"'),
        remedy=remedy,
    )
    found.key = meant[1]
    return found


def _refuse_large(found: object) -> None:
    if isinstance(found, dict | list):
        for value in found.values() if isinstance(found, dict) else found:
            _refuse_large(value)
    elif isinstance(found, int) and abs(found) > _LARGEST:
        raise ValueError("a whole number has more than 64 bits")


class Block:
    """A table of the file; each key is taken once, and what is left over is an error.

    Attributes:
        file: the file's name, for errors.
        where: the table's name in it; empty for the whole file.
        remedy: which page explains the keys.
    """

    def __init__(self, file: str, where: str, raw: dict[str, Any], remedy: str = "") -> None:
        self.file, self.where, self.remedy = file, where, remedy
        self._raw, self._asked = dict(raw), set[str]()

    def key(self, key: str) -> str:
        """The full name of a key, as the error shows it."""
        return f"{self.where}.{key}" if self.where else key

    def broken(self, key: str, found: object, expected: str) -> UnreadableFileError:
        """The error of one key: the value found, what was expected."""
        return broken(self.file, self.key(key), found, expected, self.remedy)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The value of a key, of the type asked for; a missing key is an error unless it has a default."""
        self._asked.add(key)
        if key not in self._raw:
            if default is ...:
                raise self.broken(key, None, "a value")
            return default
        value = self._raw.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.broken(key, value, _words(kind))
        return value

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._raw

    def text(self, key: str, default: Any = ...) -> str:
        """A text; empty only where it has a default."""
        value = str(self.take(key, str, default)).strip()
        if not value and default is ...:
            raise self.broken(key, value, tr("a text that is not empty"))
        return value

    def one_of(self, key: str, allowed: Collection[str], default: Any = ...) -> str:
        """A text out of a closed list."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.broken(key, value, near(value, allowed))
        return value

    def matching(self, key: str, form: re.Pattern[str], expected: str) -> str:
        """A text of a given form."""
        value = self.text(key)
        if not form.match(value):
            raise self.broken(key, value, expected)
        return value

    def pattern(self, key: str, default: Any = ...) -> re.Pattern[str]:
        """A regular expression; one that matches nothing where it is left out and may be."""
        text = self.text(key, default)
        try:
            return re.compile(text or "(?!)")
        except re.error as exc:
            raise self.broken(key, text, tr("a regular expression ({exc})", exc=exc)) from exc

    def texts(self, key: str, form: re.Pattern[str] | None = None, default: Any = ()) -> tuple[str, ...]:
        """A list of texts, each once."""
        values = self.take(key, (list, tuple), default)
        for value in values:
            if not isinstance(value, str) or not value.strip() or (form and not form.match(value)):
                raise self.broken(
                    key, value, tr("a list of texts like {pattern}", pattern=form.pattern if form else tr("a word"))
                )
        if len(set(values)) != len(values):
            raise self.broken(key, values, tr("each value once"))
        return tuple(values)

    def day(self, key: str, default: Any = None) -> str | None:
        """A partial date: a TOML date, or "2024" or "2024-11" in quotes; None where absent."""
        value = self.take(key, (date, str), default)
        if value is None:
            return None
        try:
            first_day(str(value))
        except BadDateError as exc:
            raise self.broken(key, value, tr("2024, 2024-11 in quotes, or 2024-11-05")) from exc
        if not re.match(r"^\d{4}(-\d{2}(-\d{2})?)?$", str(value)):
            raise self.broken(key, value, tr("2024, 2024-11 in quotes, or 2024-11-05"))
        return str(value)

    def tables(self, key: str) -> list[Block]:
        """The blocks under `[[key]]`."""
        blocks = self.take(key, list, [])
        return [
            Block(
                self.file,
                f"{self.key(key)} {b.get('id', i + 1) if isinstance(b, dict) else i + 1}",
                _table(b, self, key),
                self.remedy,
            )
            for i, b in enumerate(blocks)
        ]

    def table(self, key: str) -> Block | None:
        """The block under `[key]`, or None."""
        raw = self.take(key, dict, None)
        return None if raw is None else Block(self.file, self.key(key), raw, self.remedy)

    def done(self) -> None:
        """Complain about the first key that nobody asked for."""
        for key in self._raw:
            raise self.broken(key, key, tr("a known key: {near}", near=near(key, self._asked)))

    def needed_day(self, key: str) -> str:
        """A partial date that may not be absent."""
        value = self.day(key)
        if value is None:
            raise self.broken(key, None, "a date")
        return value

    def positive(self, key: str) -> int:
        """A whole number from 1 on."""
        value = self.take(key, int)
        if value < 1:
            raise self.broken(key, value, tr("1 or more"))
        return int(value)


def _table(value: object, parent: Block, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise parent.broken(key, value, "a table")
    return value


def _words(kind: type | tuple[type, ...]) -> str:
    names = {
        str: tr("a text in quotes"),
        int: tr("a whole number"),
        float: tr("a number"),
        bool: tr("true or false"),
        list: "a list",
        dict: "a table",
    }
    names |= {date: "a date"}
    kinds = kind if isinstance(kind, tuple) else (kind,)
    # Where any number may stand, a whole one needs no word of its own.
    return " or ".join(names[k] for k in kinds if k in names and not (k is int and float in kinds))


def near(value: str, allowed: Collection[str]) -> str:
    """The nearest allowed values in words, or all of them."""
    close = nearest(value, allowed)
    names = ", ".join(close or sorted(allowed))
    return f"{ASKS}{names}" if close else tr("one of {names}", names=names)


def broken(file: str, key: str, found: object, expected: str, remedy: str) -> UnreadableFileError:
    """The error of a data file: file, key, value found, what was expected, what to do."""
    problem = tr("{key} is missing", key=key) if found is None else tr("{key} is {found!r}", key=key, found=found)
    error = UnreadableFileError(file, problem, allowed=expected, remedy=remedy)
    error.key = key
    return error


def with_line(error: UnreadableFileError, text: str) -> UnreadableFileError:
    """The same error with the line of its key in the text of the file; as it is where the line is not found."""
    line = line_of(text, error.key) if error.key and error.line is None else None
    if line is None:
        return error
    told = UnreadableFileError(error.path, error.problem, line=line, allowed=error.allowed, remedy=error.remedy)
    told.key = error.key
    return told


def line_of(text: str, key: str) -> int | None:
    """The line, from 1 on, of a key as an error names it.

    Args:
        text: the file.
        key: as `Block.key` writes it: "kind", "provision presumption.from", "provision 2.hs 1.prefix",
            "brief.look 3.kind".

    Returns:
        The line of the key, else of the nearest table around it that is found; None where none is.
    """
    steps = key.split(".")
    lines = text.splitlines()
    best: int | None = None
    for depth in range(len(steps) - 1, -1, -1):
        block = _block(lines, steps[:depth])
        if block is None:
            continue
        start, end = block
        best = best or (start if depth else None)
        found = _within(lines, start, end, steps[depth:])
        if found is not None:
            return found + 1
    return None if best is None else best + 1


def _block(lines: Sequence[str], steps: Sequence[str]) -> tuple[int, int] | None:
    """The first and last line (excluded) of a table by its header; the head of the file for no step."""
    heads = list(_heads(lines))
    if not steps:
        return 0, heads[0][0] if heads else len(lines)
    path = ".".join(_name(s) for s in steps)
    which = _which(steps[-1])
    count = 0
    for i, (at, name) in enumerate(heads):
        if name != path:
            continue
        count += 1
        end = heads[i + 1][0] if i + 1 < len(heads) else len(lines)
        idents = {m[1] for line in lines[at:end] if (m := _IDENT.match(line))}
        if not which or which in idents or which == str(count):
            return at, end
    return None


def _heads(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(lines):
        if m := _HEAD.match(line):
            yield at, m[1]


def _within(lines: Sequence[str], start: int, end: int, steps: Sequence[str]) -> int | None:
    """The line of a key in a table; of the n-th table in braces where it holds tables written on lines of their own."""
    wanted = re.compile(rf"^\s*[\"']?{re.escape(_name(steps[0]))}[\"']?\s*=")
    at = next((i for i in range(start, end) if wanted.match(lines[i])), None)
    which = _which(steps[0])
    if at is None or not which.isdigit():
        return at
    braces = 0
    for i in range(at, end):
        braces += lines[i].count("{")
        if braces >= int(which):
            return i
    return at


def _name(step: str) -> str:
    return step.partition(" ")[0]


def _which(step: str) -> str:
    return step.partition(" ")[2]
