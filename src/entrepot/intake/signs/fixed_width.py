"""Lists that a system prints in columns of fixed width, with nothing between the cells but spaces.

The heading is the first line of three words or more, each two spaces from the next, that names a party. The columns
are those of its words, where no line below has a letter before one of them: else it is no such list, and is read as any
other text. Ruled lines hold nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.intake.heading_row import LOOKED_AT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.intake.decode import TextFile
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import Numbered

_LEAST = 3  # columns: two words stand apart in a title too
_LINES = 200  # in which the columns must stand
_DIVIDES = re.compile(r"[\t;|]")
_APART = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[\s\-=_+*.]{3,}")


@dataclass(frozen=True, slots=True)
class FixedWidth:
    """A list in columns of fixed width.

    Attributes:
        file: the file.
        headings: as they stand.
        starts: where each column begins.
        line: that the headings stand in, from 1.
    """

    file: TextFile
    headings: list[str]
    starts: tuple[int, ...]
    line: int

    def rows(self) -> Iterator[Numbered]:
        """The rows under the headings, each with its line; ruled and blank ones hold nothing."""
        ends = (*self.starts[1:], None)
        with self.file.open(None) as text:
            for number, said in islice(enumerate(text, 1), self.line, None):
                line = "" if _RULE.fullmatch(said) else said.rstrip("\r\n")
                yield number, [line[a:b].strip() or None for a, b in zip(self.starts, ends, strict=True)]


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
    for at, line in enumerate(lines[:LOOKED_AT]):
        cells = [(m.start(), m[0]) for m in _APART.finditer(line)]
        if (
            len(cells) < _LEAST
            or _DIVIDES.search(line)
            or "," in line
            or not options.words.is_telling([c for _, c in cells])
        ):
            continue
        below = [x for x in lines[at + 1 :] if x.strip() and not _RULE.fullmatch(x)]
        starts = tuple(start for start, _ in cells)
        if below and all(x[s - 1 : s] in {" ", ""} for x in below for s in starts[1:]):
            return FixedWidth(file, [c for _, c in cells], (0, *starts[1:]), at + 1)
    return None
