"""What divides the cells of a text: the mark that does so in the lines of the table, whatever a title holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

# Those that stand in prose the least come first.
SEPARATORS = {"\t": "a tab", ";": "a semicolon", "|": "a bar", ",": "a comma"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_LOOKED_FOR_SEPARATOR = 20  # lines that show what divides the cells
_FIGURE = re.compile(r"\s*(?!(?:19|20)\d\d\s*$)[\d.,]+\s*")  # in a line of headings only years are numbers
_FEWEST = 2  # marks of a line of a table below a title: a place, a period and a figure


def separator_note(separator: str) -> list[str]:
    """A note on a separator that is not the usual one."""
    if separator in ",\t":
        return []
    return [tr("Cells are separated by {get}.", get=SEPARATORS.get(separator, repr(separator)))]


def separator_of(text: str, *, tab: bool = False) -> str:
    """The mark that divides the first lines of a text alike, outside quotes; else the most frequent of the heading.

    A heading may hold commas that divide nothing, so the marks that stand in prose the least are tried first, and one
    that a space always follows is taken last. Where none divides all lines alike, the first line may be a title with
    commas: a mark that divides the lines from some line on into three cells and more is that of the table. A comma
    where the first line has none of them.

    Args:
        text: the beginning of the text.
        tab: whether the name of the file promises tabs.
    """
    lines = [_outside(x) for x in _LINE_END.split(text, _LOOKED_FOR_SEPARATOR)[:_LOOKED_FOR_SEPARATOR] if x.strip()]
    heading = lines[0] if lines else ""
    there = [s for s in SEPARATORS if s in heading]
    if not there or (tab and "\t" in heading):
        return "\t" if there else ","
    alike = [s for s in there if len({line.count(s) for line in lines}) == 1]
    tight = [s for s in alike if heading.count(s) > heading.count(f"{s} ")]
    return next(iter(tight or alike), "") or _of_table(lines) or max(there, key=heading.count)


def _of_table(lines: Sequence[str]) -> str:
    """The mark that divides the lines below a title alike, from one of headings on; empty where there is none."""
    best, most = "", 1
    for mark in SEPARATORS:
        counts = [line.count(mark) for line in lines]
        run = next((n for n, count in enumerate(reversed(counts)) if count != counts[-1]), len(counts))
        heads = lines[-run].split(mark)
        is_heading = any(map(str.strip, heads)) and not any(map(_FIGURE.fullmatch, heads))
        if counts[-1] >= _FEWEST and most < run < len(lines) and is_heading:
            best, most = mark, run
    return best


def _outside(line: str) -> str:
    """What of a line stands outside quotes."""
    return "".join(line.split('"')[::2])
