"""A form over its goods, as a packing list or an invoice in a sheet is: who sends and who takes stand behind labels.

    Shipper:      Foo Yarn Co., Ltd.      Invoice No.:   F-1
    Consignee:    Bar Mills Inc           Date:          2026-11-02
    Description                           Qty (kg)

What the labels above the goods say is said of all rows, as a person says it with --column OURS==VALUE.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import FURTHEST, folded
from entrepot.intake.open_table import table_of
from entrepot.intake.reading_options import SAID
from entrepot.tracing.supply.contract import SUPPLY_HEADINGS
from entrepot.tracing.supply.party_headings import candidates, without_box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content
    from entrepot.tracing.supply.supply_row import SupplyKind

_COLONS = (":", "：")
_OF_FORM = ("document", "invoice", "date", "container", "transport_paper")  # what its head says beside the parties
_MOST_LINES = 5  # below a name that are its address
_MOST_SHOWN = 60  # characters of a cell in a note


def heads_of_form(kind: SupplyKind, file: Content, options: ReadingOptions, named: Mapping[str, str]) -> dict[str, str]:
    """Our column -> what the labels above the goods say of all rows; empty where they name no party that is needed.

    Args:
        kind: of the table.
        file: the file.
        options: how it is read.
        named: what a person says of its columns, which goes before.
    """
    parties = [c for c in kind.needed if c not in named]
    if not parties:
        return {}
    table = table_of(file, replace(options, headings=(), words=None, headed=None))
    rows = [list(table.headings), *([c or "" for c in row] for row in islice(table.rows(), FURTHEST))]
    wanted = [c for c in (*parties, *_OF_FORM) if c in kind.columns and c not in named]
    found: dict[str, str] = {}
    for at, row in enumerate(rows):
        for column in (i for i, cell in enumerate(row) if cell):
            label, behind = _label(row, column)
            ours = _called(label, wanted) if label else ""
            if ours and ours not in found:
                found |= _said(rows, at, column, ours, behind)
    told = {c: f"{SAID}{text}" for c, text in found.items() if c in kind.columns and c not in named}
    return told if any(c in told for c in parties) else {}


def is_of_labels(headings: Sequence[str]) -> bool:
    """Whether a row that was taken for headings holds a label with its colon, and beside it what that is set to."""
    ends = [h.rstrip().endswith(_COLONS) for h in headings if h]
    return any(ends) and not all(ends)


def heads_said(heads: Mapping[str, str]) -> str:
    """What is said of all rows, in a sentence."""
    told = ", ".join(f"{ours} = {value[len(SAID) :][:_MOST_SHOWN]!r}" for ours, value in heads.items())
    return tr("the file is a form: of all its goods is said {told}; say otherwise with --column", told=told)


def _label(row: Sequence[str], column: int) -> tuple[str, str]:
    """The label that a cell is, and what stands behind its colon; one without is of a number or a day."""
    first, *more = row[column].splitlines()
    mark = next((m for m in _COLONS if m in first), "")
    if mark:
        label, _, behind = first.partition(mark)
        return label, behind.strip() or next((line.strip() for line in more if line.strip()), "")
    beside = _beside(row, column)
    is_form = any(c.rstrip().endswith(_COLONS) for c in row)
    return (first, "") if is_form and any(map(str.isdigit, beside[1])) else ("", "")


def _beside(row: Sequence[str], column: int) -> tuple[int, str]:
    """The next filled cell of a row, with its place; an empty one where it is a label."""
    at = next((i for i in range(column + 1, len(row)) if row[i]), column)
    return (column, "") if at == column or row[at].rstrip().endswith(_COLONS) else (at, row[at])


def _said(rows: Sequence[Sequence[str]], at: int, column: int, ours: str, behind: str) -> dict[str, str]:
    """What a label says of its column of ours, and the lines below the name of a party, which are its address."""
    place, text = (column, behind) if behind else _beside(rows[at], column)
    if not text:
        return {}
    name, *below = [line.strip() for line in text.splitlines() if line.strip()]
    if ours in _OF_FORM:
        return {ours: name}
    for row in rows[at + 1 : at + 1 + _MOST_LINES]:
        cell, before = row[place], row[column] if place != column else ""
        if not cell or before or _label(row, place)[0]:
            break
        below.extend(cell.splitlines())
    return {ours: name} | ({f"{ours}_address": ", ".join(below)} if below else {})


def _called(label: str, wanted: Sequence[str]) -> str:
    """Which of some columns of ours a label names; empty where none."""
    said = folded(without_box(label))
    return next((c for c in wanted if said in _headings().get(c, ()) or candidates(c, [label], None)), "")


@cache
def _headings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in packaged_rows(SUPPLY_HEADINGS):
        found.setdefault(row["column"], set()).update(map(folded, row["headings"]))
    return {column: frozenset(some) for column, some in found.items()}
