"""Lists that a system prints in columns of fixed width, with nothing between the cells but spaces.

The heading is the first line of three words or more, each two spaces from the next, that names a party and is no title
with a day or a page in it. The columns are those of its words, where no line below has a letter before one of them:
else it is no such list, and is read as any other text. A line of rules under a heading says by itself where its columns
stand. Ruled lines hold nothing, nor does what a printer puts between pages: the lines above the headings again,
the headings, the number of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.groups.row_words import is_end, is_page
from entrepot.intake.heading_row import LOOKED_AT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from entrepot.intake.decode import TextFile
    from entrepot.intake.reading_options import ReadingOptions, Words
    from entrepot.intake.text_table import Numbered

_LEAST = 3  # columns: two words stand apart in a title too
_LINES = 200  # in which the columns must stand
_MOST_STACKED = 2  # lines of headings above the last: a printer breaks a long one into three at most
_WIDEST = 2_000  # characters of a line: no printer has a line as wide
_DIVIDES = re.compile(r"[\t;|]")
_APART = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"[-(]?\d[\d.,'’]*[-)%]?(?!\S)")
_RULE = re.compile(r"[\s\-=_+*.]{3,}")
_RULES, _RULED = re.compile(r"[-=_]+"), re.compile(r"[-=_\s]*[-=_]\s+[-=_][-=_\s]*")
_SAID = re.compile(r":\s*\S|\d[./:]\d")  # a label with its value, a day, the number of a report


@dataclass(frozen=True, slots=True)
class FixedWidth:
    """A list in columns of fixed width.

    Attributes:
        file: the file.
        headings: as they stand.
        starts: where each column begins.
        line: that the headings stand in, from 1.
        again: lines that stand on every page, as `_masked`.
    """

    file: TextFile
    headings: list[str]
    starts: tuple[int, ...]
    line: int
    again: frozenset[str]

    def rows(self) -> Iterator[Numbered]:
        """The rows under the headings, each with its line; ruled and blank ones hold nothing.

        Raises:
            UnreadableFileError: a word stands across two columns, behind the lines by which these are known.
        """
        with self.file.open(None) as text:
            for number, said in islice(enumerate(text, 1), self.line, None):
                line = "" if _holds_nothing(said, self.again) else said.rstrip("\r\n")
                begins = self._begins(line, number)
                yield number, [line[a:b].strip() or None for a, b in zip(begins, (*begins[1:], None), strict=True)]

    def _begins(self, line: str, number: int) -> tuple[int, ...]:
        """Where the cells of a line begin: a figure that is wider than those above it begins before its column."""
        crossed = [s for s in self.starts[1:] if line[s - 1 : s].strip() and line[s : s + 1].strip()]
        if not crossed:
            return self.starts
        moved = {s: line.rfind(" ", 0, s) + 1 for s in crossed}
        begins = tuple(moved.get(s, s) for s in self.starts)
        are_figures = all(_FIGURE.match(line, at) and not line[at - 2 : at].strip() for at in moved.values())
        if not are_figures or any(b <= a for a, b in pairwise(begins)):
            raise UnreadableFileError(
                self.file.origin,
                tr("a word stands across two columns of fixed width"),
                line=number,
                remedy=tr("Take the line out where it is no row of the list, or save the list as CSV or XLSX."),
            )
        return begins


def fixed_width(file: TextFile, options: ReadingOptions) -> FixedWidth | None:
    """A text as a list in columns of fixed width; None where it is none.

    Args:
        file: the text.
        options: by which words headings are known; without them nothing is looked for.
    """
    if options.words is None or options.headings:
        return None
    with file.open(None) as text:
        lines = [line.rstrip("\r\n") for line in islice(text, _LINES)]
    if (by_rules := _by_rules(file, lines, options.words)) is not None:
        return by_rules
    tried: set[str] = set()
    titles = _titles(lines, options.words)
    for at, line in enumerate(lines[:LOOKED_AT]):
        if at in titles:
            continue
        if line in tried:
            return None  # the heading of a next page: what stands above it would be lost
        cells = [(m.start(), m[0]) for m in _APART.finditer(line)]
        if (
            len(cells) < _LEAST
            or _DIVIDES.search(line)
            or "," in line
            or not options.words.is_telling([c for _, c in cells])
        ):
            continue
        tried.add(line)
        again = frozenset(_masked(x) for x in lines[: at + 1]) - {""}
        below = [x for x in lines[at + 1 :] if not _holds_nothing(x, again)]
        starts = tuple(start for start, _ in cells)
        if not below:
            continue
        if not all(_fits(x, starts) for x in below):
            starts = _by_gutters(cells, [line, *below])
        if starts:
            return FixedWidth(file, [c for _, c in cells], (0, *starts[1:]), at + 1, again)
    return None


def _by_rules(file: TextFile, lines: list[str], words: Words) -> FixedWidth | None:
    """The list whose columns the first rules say that stand under a heading; None where there are none, or none fit."""
    for at, line in enumerate(lines[1 : LOOKED_AT + 1]):
        starts = tuple(m.start() for m in _RULES.finditer(line)) if _RULED.fullmatch(line) else ()
        if len(starts) < _LEAST or _DIVIDES.search(lines[at]):
            continue
        first = _first_of(lines, at, starts)
        stacked = [_cut(line, starts) for line in lines[first : at + 1]]
        headings = [" ".join(filter(None, column)) for column in zip(*stacked, strict=True)]
        again = frozenset(_masked(x) for x in lines[: at + 1]) - {""}
        below = [x for x in lines[at + 1 :] if not _holds_nothing(x, again)]
        fits = all(_fits(x, starts) for x in (lines[at], *below))
        if not (below and fits and all(headings) and words.is_telling(headings)):
            return None
        return FixedWidth(file, headings, (0, *starts[1:]), at + 1, again)
    return None


def _first_of(lines: list[str], last: int, starts: tuple[int, ...]) -> int:
    """The first line of headings that stand in several above their rules: some columns have one in the last only."""
    first, bare = last, {n for n, heading in enumerate(_cut(lines[last], starts)) if not heading}
    while bare and 0 < first > last - _MOST_STACKED and lines[first - 1].strip() and _fits(lines[first - 1], starts):
        first -= 1
        bare -= {n for n, heading in enumerate(_cut(lines[first], starts)) if heading}
    return first


def _cut(line: str, starts: tuple[int, ...]) -> list[str]:
    return [line[a:b].strip() for a, b in zip((0, *starts[1:]), (*starts[1:], None), strict=True)]


def _fits(line: str, starts: tuple[int, ...]) -> bool:
    """Whether nothing of a line stands across the beginning of a column."""
    return all(line[s - 1 : s] in {" ", ""} for s in starts[1:])


def _titles(lines: list[str], words: Words) -> frozenset[int]:
    """Lines that hold a day, a page or the number of the report, where a line of headings without such stands below."""
    likely = {
        at: any(_SAID.search(c) for c in cells)
        for at, line in enumerate(lines[:LOOKED_AT])
        if len(cells := _APART.findall(line)) >= _LEAST and words.is_telling(cells)
    }
    last = max((at for at, is_said in likely.items() if not is_said), default=0)
    return frozenset(at for at, is_said in likely.items() if is_said and at < last)


def _by_gutters(cells: list[tuple[int, str]], lines: list[str]) -> tuple[int, ...]:
    """Where columns begin whose figures stand at the right, before their headings; empty where no blanks divide them.

    A column is what stands between blanks of all lines and under its heading; what stands under none is part of the
    nearer one.
    """
    width = max(map(len, lines))
    if width > _WIDEST:
        return ()
    used = "".join("x" if any(x[i : i + 1].strip() for x in lines) else " " for i in range(width))
    runs = [m.span() for m in re.finditer("x+", used)]
    heads = [next(n for n, (a, b) in enumerate(runs) if a <= start < b) for start, _ in cells]
    if len(set(heads)) < len(heads):
        return ()  # no blanks between two headings in all lines
    starts = [0]
    for before, head in pairwise(heads):
        first = head
        while first - 1 > before and runs[first][0] - runs[first - 1][1] < runs[first - 1][0] - runs[first - 2][1]:
            first -= 1
        starts.append(runs[first][0])
    return tuple(starts)


def _masked(line: str) -> str:
    """A line without its breaks of page, its numbers and wider spaces: what it is on each page."""
    return " ".join(re.sub(r"\d+", "0", line.replace("\f", " ")).split())


def _holds_nothing(line: str, again: Collection[str]) -> bool:
    bare = line.strip()
    return not bare or bool(_RULE.fullmatch(line)) or _masked(line) in again or is_page(bare) or is_end(bare)
