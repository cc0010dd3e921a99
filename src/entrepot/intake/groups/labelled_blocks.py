"""Lists that a system prints as text with a block of labels over each part: SAP's line items, vendor by vendor.

Above each part stand lines of a label and its value, two spaces apart (Vendor, Company Code, Name, City), then a table
ruled by bars with its headings again. What the labels say stands before each row of their part; lines that are neither
are left blank, so that a row keeps the number of its line, and are counted.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr
from entrepot.intake.decode import examine

if TYPE_CHECKING:
    from entrepot.intake.reading_options import ReadingOptions, Words
    from entrepot.intake.unpack import Content

_BAR = "|"
_LABEL = re.compile(r"([^\W\d_][\w .'/-]{1,30}?)\s{2,}(\S.*)")
_RULED = re.compile(r"[-=_|+ ]{3,}")
_LEAST = 3  # cells of a row ruled by bars
_LONGEST = 50_000_000  # characters of a list: what is printed for people has some hundred thousand lines
_LABELS = 2  # labels of a part at least: a title beside the number of the page looks like one
_SUM = re.compile(r"\*{1,5}")  # in the first cell of a sum, more the more parts it sums
_FIRST = re.compile(
    rb"^[^\W\d_|][^|\r\n]{1,30}?[ ]{2,}[^|\r\n]+\r?\n(?:[^\r\n]*\r?\n){0,12}?\|[^\r\n]*\|", re.MULTILINE
)


def may_be_blocked(begins: bytes) -> bool:
    """Whether a line of a label and a value stands a few lines above one that is ruled by bars."""
    return _FIRST.search(begins) is not None


def flattened(content: Content, options: ReadingOptions, words: Words) -> tuple[Content, str] | None:
    """The list as one table and a note; None where no label names a party, or no part has a table.

    Args:
        content: the file.
        options: its encoding.
        words: by which a label of a party is known.

    Raises:
        UnreadableFileError: the text is mis-encoded or empty.
    """
    with examine(content, options.encoding).open() as text:
        begins = text.read(_LONGEST + 1)
    if len(begins) > _LONGEST:
        return None
    lines = [line.rstrip() for line in begins.splitlines()]
    read = _Read()
    rows = [read.take(line) for line in lines]
    names = any(words.is_telling([label]) for label in read.labels) and len(read.labels) >= _LABELS
    # A table that names its parties itself has a title above it, and no labels.
    if not read.count or not names or words.is_telling(read.headings):
        return None
    labels = [label for label in read.labels if label not in read.headings]
    made = io.StringIO()
    write = csv.writer(made, delimiter="\t", lineterminator="\n")
    first = next(i for i, line in enumerate(lines) if line.startswith(_BAR))
    for i, row in enumerate(rows):
        # Above the first row of the table stand its headings, in the line of those that are printed first.
        write.writerow([*labels, *read.headings] if i == first else _laid(row, labels))
    note = tr("Read as a list in parts, of which each has labels of its own ({labels}).", labels=", ".join(labels))
    if read.left:
        note += " " + ntr(read.left, "{count} line of it is no row.", "{count} lines of it are no rows.")
    return replace(content, source=made.getvalue().encode(), is_gzip=False, member="", name="table.tsv"), note


def _laid(row: tuple[dict[str, str], list[str]] | None, labels: list[str]) -> list[str]:
    return [*(row[0].get(label, "") for label in labels), *row[1]] if row else []


class _Read:
    """What is read of such a list so far.

    Attributes:
        headings: of its tables.
        labels: of its parts, in the order of first mention.
        count: rows.
        left: lines that are neither rows nor labels, headings, ruled or blank.
    """

    def __init__(self) -> None:
        self.headings: list[str] = []
        self.labels: list[str] = []
        self.count = self.left = 0
        self._block: dict[str, str] = {}
        self._is_open = False

    def take(self, line: str) -> tuple[dict[str, str], list[str]] | None:
        """The labels and the cells of a row; None for any other line."""
        if not line.strip() or _RULED.fullmatch(line):
            return None
        if not line.startswith(_BAR):
            self._label(line)
            return None
        cells = [cell.strip() for cell in line.strip(_BAR).split(_BAR)]
        if not self.headings and len(cells) >= _LEAST:
            self.headings = cells
        self._is_open = False
        if cells == self.headings:
            return None
        if len(cells) != len(self.headings) or _SUM.fullmatch(cells[0]):
            self.left += 1  # a sum, whose cells run over several columns
            return None
        self.count += 1
        return self._block, cells

    def _label(self, line: str) -> None:
        found = _LABEL.fullmatch(line.strip())
        if found is None:
            self.left += 1
            return
        if not self._is_open:  # the first label behind a table begins the next part
            self._block, self._is_open = {}, True
        self._block[found[1]] = found[2]
        if found[1] not in self.labels:
            self.labels.append(found[1])
