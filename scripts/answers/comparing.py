"""Hold two answers against each other: exit code, stdout, stderr and every file written, byte for byte.

What differs by its bytes is compared as text in which what is of the run itself is substituted, and then once more
without the differences that a file of allowances names. Both are counted and said.
"""

from __future__ import annotations

import csv
import fnmatch
import io
import json
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answers.running import SECRETS

if TYPE_CHECKING:
    from answers.running import Answer, Side

SAME, SUBSTITUTED, ALLOWED, DIFFERS = "same", "same*", "allowed", "DIFFERS"
UNFOLDED = (".duckdb", ".parquet", ".arrow", ".xlsx")
WIDTH = 150  # characters shown of a line that differs
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00| UTC)?")
_WORKBOOK = re.compile(r"--out \S+\.xlsx\b")
_RUN = re.compile(r"\brun-[0-9a-f]{16}\b")
_NONE = "<nothing>"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A difference that may be, with its reason."""

    reason: str
    commands: tuple[str, ...] = ("*",)
    parts: tuple[str, ...] = ("*",)
    pattern: str = ""  # what it matches is replaced on both sides, but for what its first group matches
    numbered: bool = False  # by a number in the order of appearance, so that one name stays one name
    lines: str = ""  # lines in which it is found are left out on both sides
    columns: tuple[str, ...] = ()  # columns of tables that are left out
    anything: bool = False  # the whole part may differ, or be written by one side only

    def holds(self, command: str, part: str) -> bool:
        """Whether it is for this part of this command's answer."""
        return any(fnmatch.fnmatchcase(command.removeprefix("entrepot "), c) for c in self.commands) and any(
            fnmatch.fnmatchcase(part, p) for p in self.parts
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """The first line in which a part differs; `reasons` where it is allowed."""

    part: str
    line: int
    before: str
    after: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Verdict:
    """What came of one command."""

    differences: list[Difference] = field(default_factory=list)
    substituted: Counter[str] = field(default_factory=Counter)

    @property
    def word(self) -> str:
        """SAME, SUBSTITUTED, ALLOWED or DIFFERS."""
        if self.differences:
            return ALLOWED if all(d.reasons for d in self.differences) else DIFFERS
        return SUBSTITUTED if self.substituted else SAME


def allowances(path: Path) -> list[Allowance]:
    """Read a file of allowances.

    Raises:
        ValueError: an entry without a reason or with an unknown key, or a pattern that is none.
    """
    found = []
    for number, entry in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("allowed", []), 1):
        if not str(entry.get("reason", "")).strip():
            raise ValueError(f"{path.name}: entry {number} gives no reason")
        if unknown := entry.keys() - Allowance.__dataclass_fields__.keys():
            raise ValueError(f"{path.name}: entry {number} has unknown keys: {', '.join(sorted(unknown))}")
        for pattern in (entry.get("pattern", ""), entry.get("lines", "")):
            try:
                re.compile(pattern)
            except re.error as exc:
                raise ValueError(f"{path.name}: entry {number}: {pattern!r} is no pattern ({exc})") from exc
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
        found.append(Allowance(**given))
    return found


@dataclass(frozen=True, slots=True)
class Substitutions:
    """What is of a run and not of its answer, and is replaced before texts are compared."""

    tree: Path
    place: Path
    began: datetime
    workbook: bool  # what the store keeps of a command that wrote one

    def apply(self, text: str, ended: datetime) -> tuple[str, Counter[str]]:
        """The text with its substitutions, and how often each was made."""
        counts: Counter[str] = Counter()
        for name, pattern, stands in self._fixed():
            text, made = pattern.subn(stands, text)
            counts[name] += made
        first, last = self.began - timedelta(minutes=1), ended + timedelta(minutes=1)

        def of_the_run(match: re.Match[str]) -> str:
            at = _moment(match[0])
            if at is None or not first <= at <= last:
                return match[0]
            counts["time of the run"] += 1
            return "<time>"

        return _TIME.sub(of_the_run, text), +counts

    def _fixed(self) -> Iterable[tuple[str, re.Pattern[str], str]]:
        yield "path of the checkout", re.compile(re.escape(str(self.tree))), "<checkout>"
        temporary = rf"{re.escape(str(self.place))}/[\w-]+/tmp/[\w.-]+"
        yield "name of a temporary file", re.compile(temporary), "<temporary>"
        if self.workbook:
            yield "id of a run whose results, a workbook, hold their time", _RUN, "run-<id>"


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@dataclass(slots=True)
class Comparison:
    """Compares the answers of two sides; keeps which allowances were used."""

    before: Side
    after: Side
    place: Path
    began: datetime
    allowed: list[Allowance] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)

    def verdict(self, command: str, one: Answer, two: Answer) -> Verdict:
        """Compare what one command left behind on both sides."""
        found = Verdict()
        parts = {"exit code": (str(one.code).encode(), str(two.code).encode())}
        parts |= {"stdout": (one.stdout, two.stdout), "stderr": (one.stderr, two.stderr)}
        for part, (a, b) in parts.items():
            if a != b:
                self._part(found, command, part, (_text(a), _text(b)))
        mine, theirs = self._named(command, one.files), self._named(command, two.files)
        for name in dict.fromkeys((*mine, *theirs)):
            self._file(found, command, name, (mine.get(name), theirs.get(name)))
        if one.gone != two.gone:
            self._part(found, command, "files removed", ("\n".join(sorted(one.gone)), "\n".join(sorted(two.gone))))
        return found

    def _named(self, command: str, files: Mapping[str, Path]) -> dict[str, Path]:
        """The files by their names, in which patterns that are allowed are replaced."""
        named: dict[str, Path] = {}
        for name, path in sorted(files.items()):
            shown = name
            for allowance in self._holding(command, name):
                if allowance.pattern:
                    shown = re.sub(allowance.pattern, _stands, shown)
            named[shown if shown not in named else name] = path
        return named

    def _holding(self, command: str, part: str) -> list[Allowance]:
        return [a for a in self.allowed if a.holds(command, part)]

    def _file(self, found: Verdict, command: str, name: str, paths: tuple[Path | None, Path | None]) -> None:
        one, two = paths
        if one is None or two is None:
            self._part(found, command, name, (_presence(one), _presence(two)))
        elif name.endswith(SECRETS):
            found.substituted["secret key of a store"] += one.read_bytes() != two.read_bytes()
        elif one.read_bytes() != two.read_bytes():
            texts = self._texts(one, two)
            self._part(found, command, name, texts)

    def _texts(self, one: Path, two: Path) -> tuple[str, str]:
        """Both files as text; one that is no text and cannot be unfolded as its bytes in hexadecimal."""
        if one.suffix in UNFOLDED:
            tool = Path(__file__).with_name("unfolded.py")
            command = [str(self.after.python), str(tool), str(one), str(two)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                unfolded = [p.with_name(f"{p.name}.txt").read_text(encoding="utf-8") for p in (one, two)]
                return unfolded[0], unfolded[1]
        return _text(one.read_bytes()), _text(two.read_bytes())

    def _part(self, found: Verdict, command: str, part: str, texts: tuple[str, str]) -> None:
        now = datetime.now(UTC)
        store = part.endswith(".duckdb")
        workbook = store and _WORKBOOK.search(command) is not None
        sides = [
            Substitutions(s.tree, self.place, self.began, workbook).apply(t, now)
            for s, t in zip((self.before, self.after), texts, strict=True)
        ]
        (a, counted), (b, more) = sides
        if store:
            a, b = _sorted(a), _sorted(b)
        if a == b:
            found.substituted.update(counted | more or {"order or packing of a file's bytes": 1})
            return
        first = _first(part, a, b)
        reasons = []
        for allowance in self._holding(command, part):
            was = a, b
            a, b = (_allowed(allowance, t, store=store) for t in (a, b))
            if (a, b) != was:
                reasons.append(allowance.reason)
                self.used[allowance.reason] += 1
            if a == b:
                found.differences.append(Difference(part, first.line, first.before, first.after, tuple(reasons)))
                return
        found.differences.append(_first(part, a, b))


def _allowed(allowance: Allowance, text: str, *, store: bool) -> str:
    """The text without what the allowance names."""
    if allowance.anything:
        return ""
    if allowance.columns:
        text = _without(text, frozenset(allowance.columns))
    if allowance.lines:
        kept = re.compile(allowance.lines)
        text = "".join(line for line in text.splitlines(keepends=True) if not kept.search(line))
    if allowance.pattern:
        text = re.sub(allowance.pattern, _numbering() if allowance.numbered and not store else _stands, text)
    return _sorted(text) if store else text


def _stands(match: re.Match[str]) -> str:
    return f"{match[1] if match.re.groups else ''}<…>"


def _numbering() -> Callable[[re.Match[str]], str]:
    known: dict[str, str] = {}
    return lambda match: known.setdefault(match[0], f"<{len(known) + 1}>")


def _without(text: str, columns: frozenset[str]) -> str:
    """A table without some columns: CSV, a JSON array of objects, or a JSON object a line."""
    try:
        return _dumped(json.loads(text), columns)
    except ValueError:
        pass
    lines = text.splitlines()
    if any(line.startswith("{") for line in lines):
        shown = (line for line in lines if not any(line.startswith(f"column {c}: ") for c in columns))
        return "\n".join(_dumped(json.loads(line), columns) if line.startswith("{") else line for line in shown)
    rows = list(csv.reader(io.StringIO(text)))
    kept = [i for i, head in enumerate(rows[0] if rows else ()) if head not in columns]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([row[i] for i in kept if i < len(row)] for row in rows)
    return out.getvalue()


def _dumped(value: object, columns: frozenset[str]) -> str:
    if isinstance(value, list):
        return "\n".join(_dumped(v, columns) for v in value)
    shown = {k: v for k, v in value.items() if k not in columns} if isinstance(value, dict) else value
    return json.dumps(shown, ensure_ascii=False)


def _sorted(text: str) -> str:
    return "\n".join(sorted(text.splitlines()))


def _presence(path: Path | None) -> str:
    return "not written" if path is None else "written"


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.hex("\n", 32)


def _first(part: str, one: str, two: str) -> Difference:
    """The first line in which two texts differ; of long lines the piece round the first character that does."""
    for number, (a, b) in enumerate(zip_longest(one.splitlines(), two.splitlines(), fillvalue=_NONE), 1):
        if a != b:
            start = next((i for i, (x, y) in enumerate(zip_longest(a, b)) if x != y), 0)
            return Difference(part, number, _piece(a, start), _piece(b, start))
    return Difference(part, 0, "other line ends", "other line ends")


def _piece(line: str, start: int) -> str:
    begin = max(0, start - WIDTH // 3) if len(line) > WIDTH else 0
    shown = line[begin : begin + WIDTH]
    return f"{'…' if begin else ''}{shown}{'…' if begin + WIDTH < len(line) else ''}"
