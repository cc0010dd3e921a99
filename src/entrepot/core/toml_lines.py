"""In which line of a TOML file a key stands: the parser of the standard library tells values and no lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
_IDENT = re.compile(r"""^\s*id\s*=\s*["']([^"']*)["']""")


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
