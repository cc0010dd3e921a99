"""One page of a PDF: its lines as laid out, cut into columns of text, tables and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from statistics import mean, median
from typing import TYPE_CHECKING

from entrepot.claims.formats.tables import Grid
from entrepot.claims.formats.text import join

if TYPE_CHECKING:
    from entrepot.claims.formats.parts import Parts

Segment = tuple[int, str]  # where it begins on the line, and its text

_SEGMENT = re.compile(r"\S+(?:\s{1,2}\S+)*")  # three blanks part two cells; justified lines have two
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FULL = 0.8  # of the longest line: a shorter one that ends a sentence ends its paragraph
_HEADING = 0.7  # of the longest line: a shorter one that ends no sentence, before one with a capital, is a heading
_ENDS = re.compile(r"[.!?。！？:：;；][\"”’»)]?\s*$")
_BEGINS = re.compile(r"\s*[\"“«(]?(?:[A-ZА-ЯЁ]|[一-鿿])")
_PROSE = 20  # characters of a mean segment: a column of text, and no cell
_LINES = 3  # side by side that make columns of text; of two a heading may be one
_CELL = 28  # characters of the longest cell of a figure
_FIGURES = 0.4  # of the segments but the first of a line that hold a digit: a table
_NEAR = 8  # characters by which a line of a column may begin left of the others


def add(found: Parts, plain: str, layout: str, number: int) -> None:
    """Add the paragraphs and cells of a page.

    Args:
        found: where they go.
        plain: the page's text in the order of the file.
        layout: the same with blanks where the page has them; empty: it could not be laid out.
        number: of the page.
    """
    origin = f"page {number}"
    if not _same_digits(plain, layout) or _HAN.search(plain):  # characters are as wide as two letters
        paragraphs(plain.splitlines(), origin, found)
        return
    lines = [_segments(line) for line in layout.splitlines()]
    regions = _regions(lines)
    if not regions:
        paragraphs(plain.splitlines(), origin, found)
        return
    at = 0
    for start, end, kind in [*regions, (len(lines), len(lines), "")]:
        paragraphs([_joined(s) for s in lines[at:start]], origin, found)
        rows = [s for s in lines[start:end] if s]
        if kind == "table":
            _table(rows, _caption(lines, start), origin, found)
        elif kind == "columns":
            _columns(rows, origin, found)
        at = end


def _same_digits(plain: str, layout: str) -> bool:
    """Whether the page as laid out has lost and gained nothing that counts."""
    return Counter(re.findall(r"\d", plain)) == Counter(re.findall(r"\d", layout))


def _segments(line: str) -> list[Segment]:
    return [(m.start(), m[0]) for m in _SEGMENT.finditer(line)]


def _joined(segments: list[Segment]) -> str:
    return " ".join(text for _, text in segments)


def _regions(lines: list[list[Segment]]) -> list[tuple[int, int, str]]:
    """Runs of lines with several segments: first line, line after the last, table or columns."""
    found: list[tuple[int, int, str]] = []
    start = 0
    while start < len(lines):
        if len(lines[start]) < 2:  # noqa: PLR2004 - one segment is a line of text
            start += 1
            continue
        end = start + 1
        while end < len(lines) and (len(lines[end]) > 1 or _goes_on(lines, end)):
            end += 1
        kind = _kind([s for s in lines[start:end] if len(s) > 1])
        if kind == "columns":
            start, end = _widened(lines, start, end)
        if kind:
            found.append((start, end, kind))
        start = end
    return found


def _goes_on(lines: list[list[Segment]], at: int) -> bool:
    """Whether a blank line, or one short one, lies between two rows."""
    return at + 1 < len(lines) and len(lines[at + 1]) > 1 and len(_joined(lines[at])) <= _CELL


def _kind(rows: list[list[Segment]]) -> str:
    if len(rows) < 2:  # noqa: PLR2004 - one line is an accident of spacing
        return ""
    later = [text for row in rows for _, text in row[1:]]
    figures = sum(bool(re.search(r"\d", t)) and len(t) <= _CELL for t in later)
    if figures >= _FIGURES * len(later) and mean(map(len, later)) < _CELL:
        return "table"
    prose = mean(len(t) for row in rows for _, t in row) >= _PROSE
    return "columns" if prose and len(rows) >= _LINES else ""


def _widened(lines: list[list[Segment]], start: int, end: int) -> tuple[int, int]:
    """The region with the lines of one column that go on above or below the other."""
    right = median(s[-1][0] for s in lines[start:end] if len(s) > 1)

    def one_column(segments: list[Segment]) -> bool:
        return len(segments) == 1 and (segments[0][0] >= right - _NEAR or len(segments[0][1]) < right)

    while end < len(lines) and one_column(lines[end]):
        end += 1
    while start and one_column(lines[start - 1]) and lines[start - 1][0][0] >= right - _NEAR:
        start -= 1
    return start, end


def _in_columns(rows: list[list[Segment]]) -> list[list[list[str]]]:
    """Each row's texts by the column that they stand in: as many as most rows with several segments have."""
    count = Counter(len(r) for r in rows if len(r) > 1).most_common(1)[0][0]
    begins = [median(r[i][0] for r in rows if len(r) == count) for i in range(count)]
    found = []
    for row in rows:
        columns: list[list[str]] = [[] for _ in begins]
        for i, (start, text) in enumerate(row):
            nearest = min(range(count), key=lambda c: abs(begins[c] - start))
            columns[i if len(row) == count else nearest].append(text)
        found.append(columns)
    return found


def _columns(rows: list[list[Segment]], origin: str, found: Parts) -> None:
    """The left column, then those to its right."""
    for column in zip(*_in_columns(rows), strict=True):
        paragraphs([text for texts in column for text in texts], origin, found)


def _caption(lines: list[list[Segment]], start: int) -> str:
    """The line over a table that ends no sentence."""
    for at in range(start - 1, max(-1, start - 3), -1):
        if lines[at]:
            text = _joined(lines[at])
            return "" if text.endswith((".", ",", ";")) else text
    return ""


def _table(rows: list[list[Segment]], caption: str, origin: str, found: Parts) -> None:
    grid = Grid(found, caption)
    for row in _in_columns(rows):
        grid.row()
        for texts in row:
            grid.cell()
            found.add(" ".join(texts), "cell", origin)
            grid.end()
    grid.done()


def paragraphs(lines: list[str], origin: str, found: Parts) -> None:
    """Add lines of text: a blank one parts, one that ends a sentence early ends, a short one may be a heading."""
    longest = max((len(line) for line in lines), default=0)
    chunk: list[str] = []
    for number, line in enumerate(lines):
        if line.strip():
            chunk.append(line)
        after = lines[number + 1] if number + 1 < len(lines) else ""
        length = len(line.rstrip())
        short = length < _FULL * longest and _ENDS.search(line)
        head = len(chunk) == 1 and 0 < length < _HEADING * longest and not _ENDS.search(line) and _BEGINS.match(after)
        if chunk and (not line.strip() or short or head):
            found.add(join(chunk), "heading" if head and line.strip() else "paragraph", origin)
            chunk = []
    found.add(join(chunk), origin=origin)
