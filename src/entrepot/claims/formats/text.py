"""Plain text: paragraphs between blank lines; lines of like length that end nowhere are one paragraph, wrapped.

Lines of cells between tabs or upright strokes, as a table comes out of a document that it is copied from, are a table.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from entrepot.claims.formats.parts import Parts
from entrepot.claims.formats.tables import Grid

_ENDS = re.compile(r"[.!?。！？:：;”\"»)]\s*$")
_WRAPPED = range(40, 101)  # characters of a line that a program or a typist has broken
_OPEN = re.compile(r"(?:[,;–-]|\b(?:the|of|and|in|to|at|by|for|with|a|an|from|и|в|на|с|по|за|из))\s*$", re.IGNORECASE)
_COMPOUND = re.compile(r"[^\W\d_]+[-\u2010][^\W\d_]+")
_SOFT = "\u00ad"
# A word or a year that a line breaks off, and what it goes on with: no dash, before which there is a blank.
_BROKEN = re.compile(r"([^\W\d_一-鿿]*[a-zа-яё]|\d)[-\u2010\u00ad]$")
_GOES = re.compile(r"[^\W\d_一-鿿]+|\d+")
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")  # the line between the heads and the rows of a table
# What leads an item of a list, which a tab parts from its text.
_ITEM = re.compile(r"\W?|\(?(?:\d{1,3}|[a-zа-я]|[ivx]{1,5})[.)、]?", re.IGNORECASE)
_CELL = 120  # characters: a longer one is a paragraph beside its number
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
    """Add lines between blank ones: their tables, and what stands before, between and behind them."""
    begun = 0
    for is_row, held in groupby(range(len(lines)), key=lambda i: len(_cells(lines[i])) > 1):
        rows = list(held)
        if is_row and _is_table([_cells(lines[i]) for i in rows]):
            _paragraphs(found, lines[begun : rows[0]], first + begun)
            _table(found, lines, rows, first)
            begun = rows[-1] + 1
    _paragraphs(found, lines[begun:], first + begun)


def _cells(line: str) -> list[str]:
    """The cells of a line; one where it is no row."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
        return [c.strip() for c in stripped[1:-1].split("|")]
    cells = line.rstrip().split("\t")
    return [c.strip() for c in cells] if sum(bool(c.strip()) for c in cells) > 1 else [line]


def _is_table(rows: list[list[str]]) -> bool:
    """Whether rows of cells are a table: two of them or more, with a figure below the first, and no list of items."""
    figures = any(sign.isdecimal() for row in rows[1:] for c in row[1:] for sign in c)
    items = all(_ITEM.fullmatch(row[0]) for row in rows)
    return figures and not items and all(len(c) <= _CELL for row in rows for c in row)


def _table(found: Parts, lines: list[str], rows: list[int], first: int) -> None:
    grid = Grid(found)
    rules = {i for i in rows if _RULE.fullmatch(lines[i])}
    for i in (r for r in rows if r not in rules):
        grid.row()
        for cell in _cells(lines[i]):
            grid.cell(header=i + 1 in rules)
            found.add(cell, "cell", origin=_at(first + i))
            grid.end()
    grid.done()


def _paragraphs(found: Parts, lines: list[str], first: int) -> None:
    if not lines:
        return
    inner = lines[:-1]
    broken = sum(len(line.rstrip()) in _WRAPPED and not _ENDS.search(line) for line in inner)
    going = sum(_goes_on(a, b) for a, b in pairwise(lines))
    if inner and broken >= _SHARE * len(inner) and going >= _GOING * len(inner):
        found.add(join(lines), origin=_at(first))
        return
    for number, line in enumerate(lines, first):
        found.add(line, origin=_at(number))


def _at(number: int) -> str:
    """Where a part stood in the file."""
    return f"line {number}"


def is_open(line: str) -> bool:
    """Whether a line surely ends within a sentence: with a comma, a hyphen or a word that another one follows."""
    return _OPEN.search(line) is not None


def _goes_on(line: str, after: str) -> bool:
    """Whether a sentence goes on over the end of a line; where a script has no capitals it may."""
    first = after.lstrip()[:1]
    return not first.isupper() or is_open(line)


def compounds(text: str) -> frozenset[str]:
    """The words with a hyphen that stand on one line of a text, in small letters."""
    return frozenset(m[0].replace("\u2010", "-").lower() for m in _COMPOUND.finditer(text))


def join(lines: list[str], known: frozenset[str] = frozenset()) -> str:
    """Wrapped lines as one: a broken word is whole again, Chinese is joined without a space.

    A compound keeps its hyphen: Gilgit-Baltistan, 2024-25, and one that the text has elsewhere.

    Args:
        lines: of one paragraph.
        known: compounds of the text, as `compounds` gives them.
    """
    text = ""
    for line in (raw.strip() for raw in lines):
        ends, begins = _BROKEN.search(text), _GOES.match(line)
        if ends and begins:
            own = begins[0][0].isupper() or begins[0][0].isdigit() or f"{ends[1]}-{begins[0]}".lower() in known
            text = (text if own and text[-1] != _SOFT else text[:-1]) + line
        elif re.search(r"[\u3000-\u9fff\uff00-\uffef]$", text) and re.match(r"[\u3000-\u9fff\uff00-\uffef\d]", line):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text
