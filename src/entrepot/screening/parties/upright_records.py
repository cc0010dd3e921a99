"""Records that stand upright: a file of two columns, the labels down the first and what they say in the second.

    Field,Value
    Supplier Number,1001
    Supplier Name,Foo Ltd
    Country,CN

Read as a table, the row with the best headings would head the rest, and every party above it would be lost.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr
from entrepot.intake.open_table import table_of
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content

_LOOKED_AT = 24  # rows at the top by which such a file is known: some records of a few labels
_FEWEST = 3  # labels of a record: of fewer a list of two columns may have by chance
_MOST_COLUMNS = 3  # filled columns of such a file: a system may print a number of the line too
_NEVER_TWICE = frozenset({"party", "key"})  # roles of which a record has each label once; two telephones it may have
# Roles of headings that describe a party, that of its name apart.
_PARTY, _KNOWN = "party", frozenset({"party", "address", "country", "identifier", "key", "number", "alias", "birth"})


def upright(file: Content, options: ReadingOptions, table: TextTable) -> TextTable:
    """The records of such a file as a table, a row each; the table as it was read where the file is none.

    Args:
        file: the file.
        options: how its table was read.
        table: what was read of it.
    """
    if len(list(filter(None, table.headings))) > _MOST_COLUMNS or table.kind not in {"delimited", "workbook"}:
        return table
    plain = table_of(file, replace(options, words=None, headings=(), too_wide=lambda *_: None, headed=None))
    top = list(islice(_pairs(plain), _LOOKED_AT))
    labels = [label for _, label, _ in top if label]
    known = [label for label in labels if _role(label) in _KNOWN]
    parties = [label for label in known if _role(label) == _PARTY]
    if not parties or len(set(known)) < _FEWEST or 2 * len(known) < len(labels):
        return table
    # Of two columns of names the second would hold labels as often as the first holds none.
    if any(_role(said) in _KNOWN for _, label, said in top if label in known):
        return table
    records = list(_records(list(_pairs(plain))))
    headings = list(dict.fromkeys(label for _, record in records for label in record))
    rows = [(n, [record.get(h) or None for h in headings]) for n, record in records]
    note = ntr(
        len(rows),
        "The file is one record, its labels in the first column.",
        "The file is {count:,} records under one another, their labels in the first column.",
    )
    read = replace(plain, headings=headings, numbered=lambda: iter(rows), notes=(*plain.notes, note), late_notes=[])
    return replace(read, place="", fast=None, first_row=1, levels={}, emptied=0)


def _role(label: str) -> str:
    """The role of a label that says all of it; empty of any other cell."""
    found = heading_role(label)
    return found.role if found.is_whole else ""


def _pairs(plain: TextTable) -> Iterator[tuple[int, str, str]]:
    """Line, label and what it says, of every row from the top; both empty of a blank one."""
    yield _pair(max(1, plain.first_row - 1), list(plain.headings))
    for number, row in plain.numbered():
        yield _pair(number, [c or "" for c in row])


def _pair(number: int, cells: list[str]) -> tuple[int, str, str]:
    label, said = ([c.strip().rstrip(":：").strip() for c in cells if c.strip()] + ["", ""])[:2]
    return number, label, said


def _records(pairs: Sequence[tuple[int, str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each record with its first line: one begins behind a blank row, and with a label that the last has already."""
    head = pairs[0][1]
    if _role(head) not in _KNOWN and all(label != head for _, label, _ in pairs[1:]):
        pairs = pairs[1:]  # Field, Value: what the two columns are
    record: dict[str, str] = {}
    begun = 0
    for number, label, said in pairs:
        is_next = label in record and (label == next(iter(record)) or _role(label) in _NEVER_TWICE)
        if record and (is_next or not label):
            yield begun, record
            record = {}
        if label:
            begun = begun if record else number
            record[label] = "; ".join(filter(None, (record.get(label), said)))
    if record:
        yield begun, record
