"""Plain text: paragraphs between blank lines; lines of like length that end nowhere are one paragraph, wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from entrepot.claims.formats.parts import Parts

_ENDS = re.compile(r"[.!?。！？:：;”\"»)]\s*$")
_WRAPPED = range(40, 101)  # characters of a line that a program or a typist has broken
_OPEN = re.compile(r"(?:[,;–-]|\b(?:the|of|and|in|to|at|by|for|with|a|an|from|и|в|на|с|по|за|из))\s*$", re.IGNORECASE)
_GOING = 0.5  # of a paragraph's line ends; headlines, one a line, each begin with a capital
_SHARE = 0.6  # of a paragraph's lines but the last


def extract(data: bytes, origin: str, encoding: str | None = None) -> Parts:
    """The paragraphs of a text file, each with its first line.

    Raises:
        UnreadableFileError: not text in its encoding.
    """
    found = Parts()
    chunk: list[str] = []
    first = 1
    for number, line in enumerate(found.decoded(data, origin, encoding).splitlines(), 1):
        if line.strip():
            first = first if chunk else number
            chunk.append(line)
        elif chunk:
            _add(found, chunk, first)
            chunk = []
    _add(found, chunk, first)
    return found


def _add(found: Parts, lines: list[str], first: int) -> None:
    if not lines:
        return
    inner = lines[:-1]
    broken = sum(len(line.rstrip()) in _WRAPPED and not _ENDS.search(line) for line in inner)
    going = sum(_goes_on(a, b) for a, b in pairwise(lines))
    if inner and broken >= _SHARE * len(inner) and going >= _GOING * len(inner):
        found.add(join(lines), origin=f"line {first}")
        return
    for number, line in enumerate(lines, first):
        found.add(line, origin=f"line {number}")


def _goes_on(line: str, after: str) -> bool:
    """Whether a sentence goes on over the end of a line; where a script has no capitals it may."""
    first = after.lstrip()[:1]
    return not first.isupper() or _OPEN.search(line) is not None


def join(lines: list[str]) -> str:
    """Wrapped lines as one: a hyphenated word is whole again, Chinese is joined without a space."""
    text = ""
    for line in (raw.strip() for raw in lines):
        if re.search(r"[a-zа-яё][-\u2010\u00ad]$", text) and re.match(r"[a-zа-яё]", line):
            text = text[:-1] + line
        elif re.search(r"[\u3000-\u9fff\uff00-\uffef]$", text) and re.match(r"[\u3000-\u9fff\uff00-\uffef\d]", line):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text
