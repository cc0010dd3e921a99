"""A sheet that is a form, as a packing list or an invoice is: the blocks of its parties, as lines of a document.

    Shipper    Foo Co., Ltd.      Invoice No.    F-1
               1 Foo Street
    Item       Goods              Quantity       Manufacturer
    1          resin              100            Bar LLC

What a party is called stands beside its label or under it. Whatever is no party's comes behind, a line each, so that
nothing of the sheet is lost. A list, whose labels are the headings of its rows, is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from entrepot.screening.parties.headings.column_cells import is_firm
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    # Label, whose it is and what stands behind it, of a text that begins a party; None for any other.
    PartyOf = Callable[[str], tuple[str, str, str] | None]
    Grid = Sequence[Sequence[str]]

_FEWEST = 2  # labels of different parties, in different rows, that make a form: as of a document in text
_HEADINGS = 4  # filled cells of the headings over goods: labels with what they say, twice in a row, are as many
_PAIR = 2  # filled cells from which a row may hold headings
_SEEN = 300  # rows at the head of a sheet that tell a form from a list
_TOP = 40  # rows among which the headings of a list stand
_DESCRIBES = frozenset({"address", "country", "identifier"})  # roles of a label that goes on with the party above
_OF_LISTS = frozenset({"key", "number", *_DESCRIBES})  # roles of headings beside that of a party in a list
_COLONS = (":", "：")


class _At(NamedTuple):
    """Where a cell stands."""

    row: int
    column: int


@dataclass(slots=True)
class _Sheet:
    """The cells of a form and what was taken of them.

    Attributes:
        grid: rows of one width, empty text where a cell is.
        party_of: what tells a label.
        taken: cells that are a party's, or its label.
        blocks: the lines of each party, its label with its colon before the first.
    """

    grid: Grid
    party_of: PartyOf
    taken: set[_At] = field(default_factory=set)
    blocks: list[list[str]] = field(default_factory=list)

    def at(self, row: int, column: int) -> str:
        """A cell; empty beyond the sheet."""
        inside = 0 <= row < len(self.grid) and 0 <= column < len(self.grid[row])
        return self.grid[row][column] if inside else ""

    def label(self, row: int, column: int) -> tuple[str, str, str] | None:
        """What the first line of a cell begins, where it is a label of a party."""
        return self.party_of(text.splitlines()[0].strip()) if (text := self.at(row, column)) else None

    def heads(self, row: int, column: int) -> bool:
        """Whether a cell is a label: of a party, or of anything else, alone or before a colon."""
        text = self.at(row, column)
        if not text:
            return False
        first = text.splitlines()[0].strip()
        before = next((first.partition(mark)[0] for mark in _COLONS if mark in first), first)
        role = heading_role(before)
        return self.party_of(first) is not None or (role.is_whole and not role.is_unknown)


def form_lines(rows: Grid, party_of: PartyOf) -> list[str] | None:
    """The lines of a document that say what a form says, one block a party; None where the rows are no form.

    Args:
        rows: the cells of a sheet, all of one width, empty text where a cell is.
        party_of: what tells a label of a party.
    """
    sheet = _Sheet(rows, party_of)
    found = [_At(r, c) for r, row in enumerate(rows) for c, _ in enumerate(row) if sheet.label(r, c)]
    stems = {at.row: {told[1] for a in found if a.row == at.row and (told := sheet.label(*a))} for at in found}
    if len(set().union(*stems.values())) < _FEWEST or len(set(map(frozenset, stems.values()))) < _FEWEST:
        return None
    if _is_list(sheet):
        return None
    over_goods = {at for at in found if _is_over_goods(sheet, at)}
    is_beside = _is_beside(sheet, found)
    for at in found:
        if at not in over_goods:
            _take(sheet, at, is_beside=is_beside)
    for at in sorted(over_goods):
        _take_column(sheet, at)
    rest = [[line] for r, row in enumerate(rows) for c, cell in enumerate(row) if (r, c) not in sheet.taken
            for line in cell.splitlines()]  # fmt: skip
    return [line for block in (*sheet.blocks, *rest) for line in (*(" ".join(one.split()) for one in block), "")]


def _is_list(sheet: _Sheet) -> bool:
    """Whether a row is the headings of a list of parties, and the labels below are its cells or none.

    Most of its cells are known headings and none is a firm. Its labels stand in columns of no party ("Type"), or one
    of a party has none below and is described by another: its number, its address, its country.
    """
    for r, row in enumerate(sheet.grid[:_TOP]):
        filled = [c for c, cell in enumerate(row) if cell]
        roles = {c: heading_role(row[c]) for c in filled}
        if len(filled) < _PAIR or 2 * sum(not one.is_unknown for one in roles.values()) <= len(filled):
            continue
        parties = [c for c in filled if roles[c].role == "party" and not _is_value(row[c], is_whole=roles[c].is_whole)]
        last = min(len(sheet.grid), _SEEN)
        below = [(n, c) for n in range(r + 1, last) for c in filled if sheet.label(n, c)]
        if not parties or len(parties) == len(filled) or any(is_firm(row[c]) for c in filled):
            continue
        inside = sum(c not in parties for _, c in below)
        free = [c for c in parties if sheet.at(r + 1, c) and all(at != c for _, at in below)]
        is_described = any(one.role in _OF_LISTS for one in roles.values())
        if inside > len(below) - inside or (free and is_described):
            return True
    return False


def _is_value(cell: str, *, is_whole: bool) -> bool:
    """Whether a cell with a word of headings is none: an address, as "12 Mill Rd" with its number and other words."""
    return not is_whole and any(map(str.isdigit, cell))


def _is_over_goods(sheet: _Sheet, at: _At) -> bool:
    """Whether a label heads a column of goods: other headings stand beside it, and what they say below them."""
    filled = [c for c, cell in enumerate(sheet.grid[at.row]) if cell]
    below = [c for c in filled if sheet.at(at.row + 1, c)]
    is_wide = len(filled) >= _HEADINGS and 2 * len(below) > len(filled)
    known = sum(sheet.heads(at.row, c) for c in filled)
    under = sheet.at(at.row + 1, at.column)
    return is_wide and 2 * known >= len(filled) and bool(under) and not sheet.heads(at.row + 1, at.column)


def _is_beside(sheet: _Sheet, found: Sequence[_At]) -> bool:
    """Whether more labels have their names beside them than under them, of those where one of the two is empty."""
    told = [(_beside(sheet, at) is not None, _under(sheet, at) is not None) for at in found]
    return sum(a and not b for a, b in told) > sum(b and not a for a, b in told)


def _beside(sheet: _Sheet, at: _At) -> _At | None:
    """The next filled cell of the row, where it is no label."""
    right = next((c for c in range(at.column + 1, len(sheet.grid[at.row])) if sheet.at(at.row, c)), None)
    return None if right is None or sheet.heads(at.row, right) else _At(at.row, right)


def _under(sheet: _Sheet, at: _At) -> _At | None:
    below = _At(at.row + 1, at.column)
    return below if sheet.at(*below) and not sheet.heads(*below) else None


def _take(sheet: _Sheet, at: _At, *, is_beside: bool) -> None:
    """Take the block of a label: what its own cell says behind it, else what stands beside it or under it."""
    label, _, rest = sheet.label(*at) or ("", "", "")
    own = [line for line in (rest, *map(str.strip, sheet.at(*at).splitlines()[1:])) if line]
    sheet.taken.add(at)
    if own:
        lines = [*own, *_below(sheet, at, at.column)]
    else:
        value = _value(sheet, at, is_beside=is_beside)
        lines = [*_said(sheet, value), *_below(sheet, value, at.column)] if value else [""]
    sheet.blocks.append([f"{label}: {lines[0]}", *lines[1:]])


def _value(sheet: _Sheet, at: _At, *, is_beside: bool) -> _At | None:
    """Where the name of a label stands; where either cell may hold it, the one with a legal form does."""
    beside, under = _beside(sheet, at), _under(sheet, at)
    if beside is None or under is None:
        return beside or under
    firms = [one for one in (beside, under) if is_firm(sheet.at(*one).splitlines()[0])]
    if len(firms) == 1:
        return firms[0]
    return beside if is_beside or sheet.at(*at).rstrip().endswith(_COLONS) else under


def _below(sheet: _Sheet, value: _At, labels: int) -> Iterator[str]:
    """The lines below a name, down to an empty cell or the next label; beside a label, where that says an address."""
    for row in range(value.row + 1, len(sheet.grid)):
        here = _At(row, value.column)
        if not sheet.at(*here) or here in sheet.taken or sheet.heads(*here):
            return
        if labels != value.column and sheet.at(row, labels):
            if heading_role(sheet.at(row, labels).rstrip("".join(_COLONS))).role not in _DESCRIBES:
                return
            sheet.taken.add(_At(row, labels))
        yield from _said(sheet, here)


def _said(sheet: _Sheet, at: _At) -> list[str]:
    sheet.taken.add(at)
    return [line.strip() for line in sheet.at(*at).splitlines() if line.strip()]


def _take_column(sheet: _Sheet, at: _At) -> None:
    """Take each name under a label over goods, down to an empty row, once."""
    label, _, _ = sheet.label(*at) or ("", "", "")
    sheet.taken.add(at)
    names: dict[str, None] = {}
    for row in range(at.row + 1, len(sheet.grid)):
        if not any(sheet.grid[row]):
            break
        if sheet.at(row, at.column) and not sheet.heads(row, at.column):
            names[" ".join(_said(sheet, _At(row, at.column)))] = None
    sheet.blocks.extend([f"{label}: {name}"] for name in names)
