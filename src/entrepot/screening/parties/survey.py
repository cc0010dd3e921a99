"""One reading of all rows before the work: what they hold, and what a reader of the result must know of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import tr
from entrepot.screening.parties.cells.mangled_cells import MangledCells
from entrepot.screening.parties.cells.names_in_cell import LONGEST
from entrepot.screening.parties.cells.nobodys_rows import SetAside
from entrepot.screening.parties.cells.page_lines import LinesSeen
from entrepot.screening.parties.cells.unread_cells import UnreadCells
from entrepot.screening.parties.column_width import ColumnWidth, cut_notes, widths_of
from entrepot.screening.parties.headings.firms_beside import NO_CELLS_BESIDE, CellsBeside, FirmsSeen
from entrepot.screening.parties.headings.firms_unread import FirmsUnread
from entrepot.screening.parties.headings.other_layouts import second_table
from entrepot.screening.parties.name_fields import OtherNamesSeen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.text_table import Row, TextTable
    from entrepot.screening.parties.party_columns import PartyColumn

_MOST_NAMED, _MOST_SHOWN = 5, 40  # values in a note, characters of each


@dataclass(slots=True)
class Survey:
    """What the rows of a table hold.

    Attributes:
        rows, parties: how many there are; of rows those that hold anything.
        blank: rows that hold nothing.
        nameless: numbers of the first rows that name no party.
        more_nameless: how many more there are.
        is_read: whether any row has a name, an address or an identifier.
        named, lettered: positions of party columns with a name, and with a name that has a letter.
        split: rows in which a name goes on in a further column.
        long: rows with a party cell of which only the beginning is searched for names within it.
        unread: countries and dates of birth that are not understood.
        aside: rows that are none of a party, by what they are.
        groups: what headings of groups say.
        others: other names of the parties.
        widths: how long the names are, by the position of their column, of several fields of the last.
        nobody: what stands where no name is known, with its cells.
        beside: firms named beside the party.
        mangled: what a spreadsheet made of numbers and names.
        unheard: what stands in columns that nothing is read from.
        lines: lines of the page, and names that stand alone.
    """

    rows: int = 0
    parties: int = 0
    blank: int = 0
    nameless: list[int] = field(default_factory=list)
    more_nameless: int = 0
    is_read: bool = False
    named: set[int] = field(default_factory=set)
    lettered: set[int] = field(default_factory=set)
    split: int = 0
    long: int = 0
    unread: UnreadCells = field(default_factory=UnreadCells)
    aside: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    others: OtherNamesSeen = field(default_factory=OtherNamesSeen)
    widths: dict[int, ColumnWidth] = field(default_factory=dict)
    nobody: Counter[str] = field(default_factory=Counter)
    partly: Counter[str] = field(default_factory=Counter)
    unnamed: int = 0
    beside: FirmsSeen = field(default_factory=FirmsSeen)
    mangled: MangledCells = field(default_factory=MangledCells)
    unheard: FirmsUnread = field(default_factory=FirmsUnread)
    lines: LinesSeen = field(default_factory=LinesSeen)

    def count_nameless(self, number: int) -> None:
        """Count a row that names nobody."""
        if len(self.nameless) < _MOST_NAMED:
            self.nameless.append(number)
        else:
            self.more_nameless += 1

    def count_lines(self) -> None:
        """Count the lines of the page: some are known as such only when all rows are seen."""
        if self.lines.lines:
            self.aside["line"] = len(self.lines.lines)

    def set_aside(self, why: str, names: Sequence[str | None]) -> None:
        """Count a row that is none of a party, and what stands in it where it heads a group."""
        self.aside[why] += 1
        self.groups.update(filter(None, names))

    def count_emptied(self, rows: int) -> None:
        """Rows that head or sum others stand empty, for what they say stands in these: they are not blank."""
        if rows:
            self.blank -= rows
            self.aside["above"] += rows

    def notes(self, headings: Sequence[str], columns: Sequence[PartyColumn]) -> list[str]:
        """What a reader of the result must know."""
        odd = dict.fromkeys(c.position for c in columns if c.position in self.named - self.lettered)
        unlettered = [
            tr("No name in column {headings!r} has a letter: is it the right column?", headings=headings[i])
            for i in odd
        ]
        nameless = _nameless(self.nameless, self.more_nameless)
        split = _split(self.split, headings, columns)
        again = self.others.notes(headings, columns)
        rows = [
            *nameless,
            *_nobody(self.nobody),
            *_partly(self.partly),
            *_blank(self.blank),
            *_aside(self.aside, self.groups),
            *self.lines.notes(),
        ]
        cut = [*cut_notes(self.widths, headings), *self.mangled.notes(headings)]
        rows += self.beside.notes(headings)
        rest = [*_long(self.long), *self.unread.notes()]
        return [*self.unheard.notes(headings), *split, *again, *rows, *unlettered, *cut, *rest]


def survey(
    table: TextTable, headings: Sequence[str], columns: Sequence[PartyColumn], cells: CellsBeside = NO_CELLS_BESIDE
) -> Survey:
    """Read all rows of a table once.

    Args:
        table: what is screened.
        headings: its headings, each its own.
        columns: its party columns.
        cells: the columns in which firms may be named beside the party.

    Raises:
        UnreadableFileError: a second table with other headings stands below.
    """
    seen, apart = Survey(widths=widths_of(columns), mangled=MangledCells.of(columns)), SetAside(headings, columns)
    seen.unheard = FirmsUnread.of((i for c in columns for i in c.names), cells.unread)
    births = dict.fromkeys(c.birth for c in columns if c.birth and "birth" not in c.shared)
    seen.unread = UnreadCells(tuple(sorted({i for c in columns for i in c.country})), tuple(births))

    def take(number: int, given: Row) -> None:
        row = apart.party_cells(given)
        _take(seen, number, row, columns)
        seen.others.take(row, columns, headings)
        seen.parties += seen.beside.take(cells.firms(row))

    for number, given in enumerate(table.rows(), table.first_row):
        if not any(given):
            seen.blank += 1
            continue
        why = apart.why(given)
        if why == "columns":
            raise second_table(table, number)
        if why:
            seen.set_aside(why, [given[c.position] for c in columns] if why == "group" else ())
            if why == "line":
                seen.lines.lines[number] = next(filter(None, given))
        elif apart.is_alone(given) and seen.lines.hold(number, given):
            continue
        else:
            seen.lines.last = number if sum(map(bool, given)) > 1 else seen.lines.last
            take(number, given)
    for number, given in seen.lines.settled():
        take(number, given)
    seen.count_lines()
    seen.nobody, seen.partly = apart.nobody, apart.partly
    seen.count_emptied(table.emptied)
    return seen


def _take(seen: Survey, number: int, row: Row, columns: Sequence[PartyColumn]) -> None:
    """Look at one row of a party."""
    seen.rows += 1
    seen.mangled.take(number, row)
    seen.unheard.take(row)
    named = [c.position for c in columns if any(row[i] for i in c.names)]
    seen.split += any(row[i] for c in columns for i in c.further)
    seen.named.update(named)
    for at, width in seen.widths.items():
        if name := row[at]:
            width.take(name)
    seen.lettered.update(i for i in named if i not in seen.lettered and _has_letter(row, i, columns))
    seen.long += any(len(row[i] or "") > LONGEST for i in named)
    held = sum(holds_party(row, c) for c in columns)
    seen.parties += held
    seen.unnamed += not named and held > 0
    if not named:
        seen.count_nameless(number)
    seen.is_read = (
        seen.is_read or bool(named) or any(row[i] for c in columns for i in (*c.address, *c.identifier, *c.document))
    )
    seen.unread.take(row)


def holds_party(row: Row, column: PartyColumn) -> bool:
    """Whether the row has this party: what may describe another party of the row does not make one."""
    if any(row[i] for i in column.names):
        return True
    own = {"address": column.address, "identifier": column.identifier, "document": column.document}
    return any(row[i] for role, at in own.items() if role not in column.shared for i in at)


def _has_letter(row: Row, at: int, columns: Sequence[PartyColumn]) -> bool:
    fields = next(c.names for c in columns if c.position == at)
    return any(map(str.isalpha, "".join(row[i] or "" for i in fields)))


def _split(count: int, headings: Sequence[str], columns: Sequence[PartyColumn]) -> list[str]:
    """A note on names that stand in several columns: what is joined was guessed, and can be corrected."""
    joined = "; ".join(" + ".join(headings[i] for i in c.fields) for c in columns if c.further)
    if not count:
        return []
    rows = tr("1 row is") if count == 1 else tr("{count} rows are", count=count)
    said = tr("One name stands in {joined}: {rows} joined, and no piece is a party.", joined=joined, rows=rows)
    return [hinted(said, tr("Other columns are said with --map."))]


def _aside(found: Counter[str], groups: Counter[str]) -> list[str]:
    """A note on rows that are none of a party; what heads a group is named, for somebody may be called so."""
    called = {
        "total": ("a total", "totals"),
        "headings": (tr("the headings again"), tr("the headings again")),
        "rule": (tr("a ruled line"), tr("ruled lines")),
        "count": (tr("a count of the rows"), tr("counts of the rows")),
        "above": (tr("a head or sum of others"), tr("heads or sums of others")),
        "group": (tr("a heading of a group"), tr("headings of groups")),
        "end": (tr("the end of the report"), tr("ends of reports")),
        "line": (tr("a line of the page"), tr("lines of the page")),
        "stamp": (tr("the time of the export"), tr("times of the export")),
    }
    said = ", ".join(f"{n} {'is' if n == 1 else 'are'} {called[w][n > 1]}" for w, n in sorted(found.items()))
    told = [tr("Rows that name no party are set aside: {said}.", said=said)] if found else []
    if groups:
        named = ", ".join(repr(g[:_MOST_SHOWN]) for g in list(groups)[:_MOST_NAMED])
        more = len(groups) - _MOST_NAMED
        named += tr(" and {count} more", count=more) if more > 0 else ""
        told.append(tr("Taken for headings of groups, and screened as nobody: {named}.", named=named))
    return told


def _nameless(rows: Sequence[int], more: int) -> list[str]:
    """A note on the rows that name nobody: no list can be asked about them."""
    if not rows:
        return []
    named = ", ".join(map(str, rows)) + (tr(" and {more} more", more=more) if more else "")
    if len(rows) == 1 and not more:
        return [
            tr(
                "1 row names no party (row {named}): its address and identifier were read, no list was asked.",
                named=named,
            )
        ]
    count = len(rows) + more
    return [
        tr(
            "{count} rows name no party (rows {named}): their addresses and identifiers were read, no list was asked.",
            count=count,
            named=named,
        )
    ]


def _nobody(found: Counter[str]) -> list[str]:
    """A note on cells that stand where a name is not known: somebody may be called so."""
    if not found:
        return []
    said, more = _counted(found)
    told = tr("Read as no name, and screened as nobody: {said}{more}.", said=said, more=more)
    return [hinted(told, tr("Write a party that is called so with its legal form."))]


def _partly(found: Counter[str]) -> list[str]:
    """A note on cells left out of a name that stands in other columns of the row."""
    if not found:
        return []
    said, more = _counted(found)
    return [
        tr("Left out of a name, which is screened as its other columns have it: {said}{more}.", said=said, more=more)
    ]


def _counted(found: Counter[str]) -> tuple[str, str]:
    said = ", ".join(f"{c[:_MOST_SHOWN]!r} ({n:,})" for c, n in found.most_common(_MOST_NAMED))
    return said, tr(" and {count} more", count=len(found) - _MOST_NAMED) if len(found) > _MOST_NAMED else ""


def _blank(count: int) -> list[str]:
    """A note on blank rows: they count, so that a row has the number under which it stands in the file."""
    one = tr("1 blank row holds nothing; it counts in the numbers of the rows.")
    more = tr("{count} blank rows hold nothing; they count in the numbers of the rows.", count=count)
    return [one if count == 1 else more] if count else []


def _long(count: int) -> list[str]:
    """A note on cells that hold more than a name: a listed name far behind in them is not looked for."""
    if not count:
        return []
    rows = tr("1 row has") if count == 1 else tr("{count} rows have", count=count)
    return [
        tr(
            "{rows} a party cell of more than {longest:,} characters: names within are looked for in the first.",
            rows=rows,
            longest=LONGEST,
        )
    ]
