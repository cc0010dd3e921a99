"""One page of a PDF: its lines as laid out, cut into columns of text, tables and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from entrepot.claims.formats.tables import Grid
from entrepot.claims.formats.text import is_open, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.formats.parts import Part, Parts

Segment = tuple[int, str]  # where it begins on the line, and its text

_SEGMENT = re.compile(r"\S+(?:\s{1,2}\S+)*")  # three blanks part two cells; justified lines have two
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FULL = 0.8  # of the longest line: a shorter one that ends a sentence ends its paragraph
_HEADING = 0.7  # of the longest line: a shorter one that ends no sentence, before one with a capital, is a heading
_ENDS = re.compile(r"[.!?。！？:：;；][\"”’»)]?\s*$")
_BEGINS = re.compile(r"\s*[\"“«(]?(?:[A-ZА-ЯЁ]|[一-鿿])")
_WITHIN = re.compile(r"[a-zа-яё\d)][.!?] +[A-ZА-ЯЁ]")  # a sentence ends within the line: it is no heading
_GOES_ON = re.compile(r"[a-zа-яё(]")
_PROSE = 20  # characters of a mean segment: a column of text, and no cell
_TITLE_LINES = 3  # of a table's title, at most
_LINES = 3  # side by side that make columns of text; of two a heading may be one
_CELL = 28  # characters of the longest cell of a figure
_FIGURES = 0.4  # of the segments but the first of a line that hold a digit: a table
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)|^ {20,}(?=\S)")  # before a word that may begin a column
_BULLET = re.compile(r"[•◦▪‣·●○■□–—*-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]")
_GUTTER = 2  # blanks that nothing crosses
_DRIFT = 3  # characters by which a column may begin elsewhere on a line
_SIDE_BY_SIDE = 5  # lines of both columns: fewer are chance, where lines are justified
_BOTH, _ALIGNED = (
    0.3,
    0.7,
)  # of the lines, those with text on both sides; of these, whose right side begins at its place
_MOST_GUTTERS = 8  # places at which most words begin
_DIGIT = re.compile(r"\d")
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
    raw = layout.splitlines()
    if gutters := _gutters(raw, _alone(plain)):
        at = 0
        for one in gutters:
            _stretch(raw[at : one.start], origin, found)
            for column in _halves(raw[one.start : one.end], one.at):
                _prose(column, origin, found)
            at = one.end
        _stretch(raw[at:], origin, found)
    elif not _stretch(raw, origin, found, only_regions=True):
        paragraphs(plain.splitlines(), origin, found)


def _stretch(raw: list[str], origin: str, found: Parts, *, only_regions: bool = False) -> bool:
    """Add lines without columns of text that are known; whether tables or columns stand among them.

    Args:
        raw: the lines as laid out.
        origin: of the page.
        found: where they go.
        only_regions: add nothing where there is neither.
    """
    lines = [_segments(line) for line in raw]
    regions = _regions(lines)
    if only_regions and not regions:
        return False
    at = 0
    for start, end, kind in [*regions, (len(lines), len(lines), "")]:
        paragraphs([_joined(s) for s in lines[at:start]], origin, found)
        rows = [s for s in lines[start:end] if s]
        if kind == "table":
            _table(rows, _caption(lines, start), origin, found)
        elif kind == "columns":
            _columns(rows, origin, found)
        at = end
    return bool(regions)


class _Gutter(NamedTuple):
    """Where two columns of text stand side by side: first line, line after the last, where the right one begins."""

    start: int
    end: int
    at: int


def _alone(plain: str) -> frozenset[str]:
    """The lines with a blank one before and behind: one with nothing beside it is a heading over columns."""
    lines = ["", *(" ".join(line.split()) for line in plain.splitlines()), ""]
    return frozenset(b for a, b, c in zip(lines, lines[1:], lines[2:], strict=False) if b and not a and not c)


def _gutters(raw: list[str], alone: frozenset[str] = frozenset()) -> list[_Gutter]:
    """The gutters of a page from top to bottom: blank from line to line, where the lines right of it begin alike.

    Justified lines have wide blanks anywhere; but not one under the other, with words that begin under one another.
    """
    begins = Counter(at for line in raw for at in _begins(line))
    near = {at: sum(begins[i] for i in range(at - _DRIFT, at + _DRIFT + 1)) for at in begins}
    found: list[_Gutter] = []
    for at in sorted(begins, key=lambda i: (-near[i], -begins[i]))[:_MOST_GUTTERS]:
        for start, end in _runs(raw, at, alone):
            if all(end <= g.start or start >= g.end for g in found) and _is_prose(raw[start:end], at):
                found.append(_Gutter(start, end, at))
    return sorted(found)


def _begins(line: str) -> list[int]:
    """Where a column may begin on a line: behind wide blanks, or behind the only ones that are wider than a space."""
    wide = [m.end() for m in _BLANKS.finditer(line)]
    return wide if len(wide) == 1 else [m.end() for m in _BLANKS.finditer(line) if len(m[0]) > _GUTTER]


def _cut(line: str, at: int) -> tuple[str, str] | None:
    """A line cut at a gutter; None: something crosses it.

    A program that lays out text in letters of one width moves the right column a little where the left one is long.
    """
    only = _begins(line)
    if len(only) == 1 and abs(only[0] - at) <= _DRIFT:
        return line[: only[0]], line[only[0] :]
    return None if line[max(0, at - _GUTTER) : at].strip() else (line[:at], line[at:])


def _runs(raw: list[str], at: int, alone: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The stretches of lines that nothing crosses just left of a place, and no line that stands alone parts."""
    start = 0
    for number in range(len(raw) + 1):
        if number == len(raw) or _cut(raw[number], at) is None or " ".join(raw[number].split()) in alone:
            if number > start:
                yield start, number
            start = number + 1


def _is_prose(lines: list[str], at: int) -> bool:
    """Whether lines are two columns of text and no table: enough of both sides, long, and few figures alone."""
    both = [(left, right) for left, right in zip(*_halves(lines, at), strict=True) if left.strip() and right.strip()]
    filled = sum(bool(line.strip()) for line in lines)
    aligned = sum(bool(right[:1].strip()) for _, right in both)
    if len(both) < max(_SIDE_BY_SIDE, _BOTH * filled) or aligned < _ALIGNED * len(both):
        return False
    sides = [" ".join(side.split()) for pair in both for side in pair]
    figures = sum(len(side) <= _CELL and _DIGIT.search(side) is not None for side in sides)
    return mean(map(len, sides)) >= _PROSE and figures < _FIGURES * len(sides)


def _halves(lines: list[str], at: int) -> tuple[list[str], list[str]]:
    cuts = [_cut(line, at) or (line, "") for line in lines]
    return [left for left, _ in cuts], [right for _, right in cuts]


def _prose(lines: list[str], origin: str, found: Parts) -> None:
    """A column of text, which may be of two columns itself."""
    at = 0
    for one in _gutters(lines):
        paragraphs(_closed(lines[at : one.start]), origin, found)
        for column in _halves(lines[one.start : one.end], one.at):
            _prose(column, origin, found)
        at = one.end
    paragraphs(_closed(lines[at:]), origin, found)


def _closed(lines: list[str]) -> list[str]:
    """The lines of a column without the blank ones that lie within a sentence, where only the other column has text."""
    found: list[str] = []
    for line in (" ".join(raw.split()) for raw in lines):
        if line and len(found) > 1 and not found[-1] and not _ENDS.search(found[-2]) and not _BEGINS.match(line):
            found.pop()
        if line or (found and found[-1]):
            found.append(line)
    return found


def _same_digits(plain: str, layout: str) -> bool:
    """Whether the page as laid out has lost and gained nothing that counts."""
    return Counter(re.findall(r"\d", plain)) == Counter(re.findall(r"\d", layout))


def _segments(line: str) -> list[Segment]:
    found = [(m.start(), m[0]) for m in _SEGMENT.finditer(line)]
    if len(found) > 1 and _BULLET.fullmatch(found[0][1]):  # an item, whose text stands apart from its sign
        found[:2] = [(found[0][0], f"{found[0][1]} {found[1][1]}")]
    return found


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
    """The line over a table that ends no sentence, with those right above it that do not either."""
    near = next((at for at in range(start - 1, max(-1, start - 3), -1) if lines[at]), None)
    if near is None or _joined(lines[near]).endswith((".", ",", ";")):
        return ""
    first = near
    while first and near - first < _TITLE_LINES and lines[first - 1] and not _ENDS.search(_joined(lines[first - 1])):
        first -= 1
    whole = near - first < _TITLE_LINES  # of more lines it is a paragraph, whose last one may be the title
    return " ".join(_joined(line) for line in lines[first if whole else near : near + 1])


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
        open_line = 0 < length < _HEADING * longest and not (
            _ENDS.search(line) or _WITHIN.search(line) or is_open(line)
        )
        head = len(chunk) == 1 and open_line and _BEGINS.match(after) is not None
        if open_line and len(chunk) > 1 and _is_apart(chunk, after):  # a heading that no blank line parts
            found.add(join(chunk[:-1], found.compounds), origin=origin)
            chunk, head = chunk[-1:], True
        if chunk and (not line.strip() or short or head):
            found.add(join(chunk, found.compounds), "heading" if head and line.strip() else "paragraph", origin)
            chunk = []
    found.add(join(chunk, found.compounds), origin=origin)


def _is_apart(chunk: list[str], after: str) -> bool:
    """Whether the last of some lines is a heading: a sentence ends before it, and another or nothing begins behind."""
    begun = not after.strip() or _BEGINS.match(after)
    return bool(_ENDS.search(chunk[-2]) and _BEGINS.match(chunk[-1]) and begun)


def join_over_breaks(found: Parts) -> None:
    """Make sentences whole that a column or a page breaks: one that does not end, before one that begins small.

    Args:
        found: the parts of a whole file; changed.
    """
    whole: list[Part] = []
    for part in found.parts:
        before = whole[-1] if whole else None
        if (
            before is not None
            and before.kind == part.kind == "paragraph"
            and not _ENDS.search(before.text)
            and _GOES_ON.match(part.text)
        ):
            whole[-1] = replace(before, text=join([before.text, part.text], found.compounds))
        else:
            whole.append(part)
    found.parts[:] = whole
