"""Whether words for parties in a text are the cells of a table: the kind of a supplier, the site of one, its role.

    Supplier Name    Site    Address
    Foo Ltd          MAIN    1 Foo Street
                     MILL    2 Foo Street

In a table they stand under a heading that is none of a party, beside what the row holds; in a document they stand over
or before the party that they are of.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.intake.heading_row import LOOKED_AT
from entrepot.intake.signs.fixed_width import fixed_width
from entrepot.intake.signs.separators import SEPARATORS
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.intake.decode import TextFile
    from entrepot.intake.reading_options import ReadingOptions, Words

    IsLabel = Callable[[str], bool]
    Lines = Sequence[Sequence[str]]

_COLONS = (":", "：")  # behind a label of a document
_PAIR = 2  # cells of a line of a label and what it says
_NARROW = 3  # filled cells from which a row shows a table without headings
_PARTS = 4  # three of four lines have the cells of the heading: a total and a foot have fewer
_DESCRIBES = frozenset({"address", "country", "identifier", "key", "number"})  # roles of labels of an upright record


def is_table(file: TextFile, lines: Sequence[str], options: ReadingOptions, is_label: IsLabel) -> bool:
    """Whether a text with labels of parties is a table, or records with their labels in its first column.

    Args:
        file: the text.
        lines: of it.
        options: by which words headings are known.
        is_label: whether a cell is a label of a party.
    """
    filled = [line for line in lines if line.strip()]
    for mark in SEPARATORS:
        cut = [[cell.strip().strip('"') for cell in line.split(mark)] for line in filled]
        if max(map(len, cut), default=0) >= _PAIR and _is_divided(cut, options.words, is_label):
            return True
    printed = fixed_width(file, options)
    if printed is None or options.words is None:
        return False
    try:
        rows = [[cell or "" for cell in row] for _, row in islice(printed.rows(), len(lines))]
    except UnreadableFileError:
        return False
    below = [row for row in rows if any(row)]
    return _are_cells(printed.headings, below, is_label) and 2 * sum(map(_is_wide, below)) >= len(below)


def _is_divided(lines: Lines, words: Words | None, is_label: IsLabel) -> bool:
    """Whether lines that are cut by one mark are rows, under headings or with none, or upright records."""
    for at, headings in enumerate(lines[:LOOKED_AT]):
        below = lines[at + 1 :]
        if any(_is_before_colon(cell, is_label) for cell in headings):
            return False
        if below and words and _heads(headings, words) and _are_alike(len(headings), below):
            return _are_cells(headings, below, is_label)
        if any(cell and is_label(cell) for cell in headings):
            break
    if any(_is_before_colon(cell, is_label) for line in lines for cell in line):
        return False
    return _is_headless(lines, is_label) or _is_upright(lines)


def _is_before_colon(cell: str, is_label: IsLabel) -> bool:
    return any(mark in cell and is_label(cell.partition(mark)[0].strip()) for mark in _COLONS)


def _heads(cells: Sequence[str], words: Words) -> bool:
    """Whether cells are headings: they tell of a party, most of them are known, and no two are the same."""
    filled = [cell for cell in cells if cell]
    known = sum(not heading_role(cell).is_unknown for cell in filled)
    told = len(filled) >= _PAIR and len(set(filled)) == len(filled) and 2 * known >= len(filled)
    return told and words.is_telling(filled) and any(not _names_party(cell) for cell in filled)


def _are_alike(width: int, below: Lines) -> bool:
    """Whether nearly all lines have as many cells as the heading; a system may leave out the empty last ones."""
    fitting = sum(width >= len(line) > width // 2 for line in below)
    return _PARTS * fitting >= (_PARTS - 1) * len(below)


def _are_cells(headings: Sequence[str], below: Lines, is_label: IsLabel) -> bool:
    """Whether labels below the headings stand in columns of no party, each beside another cell."""
    under = [_names_party(heading) for heading in headings]
    inside = outside = 0
    for line in below:
        for i, cell in enumerate(line[: len(under)]):
            if cell and is_label(cell):
                beside = any(other and not is_label(other) for n, other in enumerate(line) if n != i)
                inside += not under[i] and beside
                outside += under[i] or not beside
    return inside > outside


def _names_party(heading: str) -> bool:
    return heading_role(heading).role == "party"


def _is_headless(lines: Lines, is_label: IsLabel) -> bool:
    """Whether the lines are rows without headings: all of one width, their labels in one column beside other cells."""
    at = {i for line in lines for i, cell in enumerate(line) if cell and is_label(cell)}
    return len({*map(len, lines)}) == 1 and len(at) == 1 and all(map(_is_wide, lines))


def _is_wide(line: Sequence[str]) -> bool:
    return sum(map(bool, line)) >= _NARROW


def _is_upright(lines: Lines) -> bool:
    """Whether the first of two columns holds labels of what describes a party, and that of its name."""
    if any(len(line) != _PAIR for line in lines):
        return False
    known = [role.role for first, _ in lines if first and (role := heading_role(first)).is_whole]
    described = sum(role in _DESCRIBES for role in known)
    return "party" in known and described >= _PAIR and 2 * len(known) >= len(lines)
