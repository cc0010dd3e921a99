"""Parties to screen: the columns of a file or a frame that matter, and the parties that its rows hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, NobodyReadError, UnreadableFileError
from entrepot.core.ids import file_digest
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.intake.heading_row import folded
from entrepot.intake.open_table import table_of
from entrepot.intake.parquet_rows import of_frame
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import content
from entrepot.screening.parties.cells.address_country import place_of
from entrepot.screening.parties.cells.birth_cells import born
from entrepot.screening.parties.cells.mangled_cells import is_shortened
from entrepot.screening.parties.cells.nobodys_rows import SetAside
from entrepot.screening.parties.cells.unread_cells import together
from entrepot.screening.parties.column_mapping import mapped_columns
from entrepot.screening.parties.document_blocks import document
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.headings.column_cells import column_cells
from entrepot.screening.parties.headings.firms_beside import CellsBeside, cells_beside
from entrepot.screening.parties.headings.named_once import named_once
from entrepot.screening.parties.headings.other_layouts import labels_remedy, refuse_sentences, refuse_sideways
from entrepot.screening.parties.identifiers_in_cell import holds_personal, loaded_in, numbers_of
from entrepot.screening.parties.name_fields import name_of, other_names
from entrepot.screening.parties.numbered_names import numbers_apart
from entrepot.screening.parties.party_columns import (
    PartyColumn,
    find_heading,
    heading_words,
    kind_under,
    party_columns,
    unread,
)
from entrepot.screening.parties.survey import Survey, holds_party, survey
from entrepot.screening.parties.upright_records import upright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.intake.text_table import Row, TextTable

_MOST_NOTES = 20  # repeated headings named one by one
_BORN = marked(
    "A party with a year of birth is a person: its name is not compared with listed firms, vessels and aircraft."
)


@dataclass(frozen=True, slots=True)
class Party:
    """One party of one row, as given; `shared` names what may describe another party of the row.

    Attributes:
        row, column, name, country, address, identifier: as given; of the identifier what is no document of a person.
        shared: of address, country, identifier, birth, document: what may describe another party of the row.
        birth_year: the year of its date of birth.
        numbers: identifiers, each kind:normal form.
        documents: numbers of a person's documents, each kind:normal form as read, kind:keyed hash in the matching
            step; never printed.
        kind: person, company, vessel, or any where that is not known.
        readings: other ways to put together a name that stands in several columns.
        other_names, other_columns: other names of it, and the columns that they stand in.
        key: the number by which the user's system knows it.
        beside: cells of the columns that the user wants to see, each heading: cell.
    """

    row: int
    column: str
    name: str | None
    country: str | None
    address: str | None
    identifier: str | None
    shared: frozenset[str] = frozenset()
    birth_year: str | None = None
    numbers: tuple[str, ...] = ()
    documents: tuple[str, ...] = field(default=(), repr=False)
    kind: str = "any"
    readings: tuple[str, ...] = ()
    key: str | None = None
    beside: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    other_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """A table of parties.

    Attributes:
        source: the table that they stand in.
        headings: all headings, each its own.
        columns: the party columns.
        row_count, party_count: how many rows hold anything, and how many parties `each` gives.
        nameless, blank: how many of them name no party, and how many rows hold nothing.
        unnamed: how many that name no party have one by its address or number.
        beside, cared: the columns in which firms are named beside the party, parties of their own; how many there are.
        aside, lines: how many rows are none of a party: totals, headings said again; numbers of lines of the page.
        kept: positions of the columns that the user wants to see with the results.
        notes: what a reader of the result must know about how it was read.
        kind: what all parties are said to be; any where nothing is said.
        given: what the user said of the file.
        path: where the file lies; None for a table in memory, and for what came by standard input or a pipe.
    """

    source: TextTable
    headings: tuple[str, ...]
    columns: tuple[PartyColumn, ...]
    row_count: int
    party_count: int
    notes: tuple[str, ...] = ()
    kind: str = "any"
    given: Given = field(default_factory=Given)
    path: Path | None = None
    nameless: int = 0
    blank: int = 0
    kept: tuple[int, ...] = ()
    aside: int = 0
    beside: CellsBeside = field(default_factory=CellsBeside)
    cared: int = 0
    unnamed: int = 0
    lines: frozenset[int] = frozenset()

    @property
    def several(self) -> bool:
        """Whether a row may hold several parties, so that a party is told by its row and its column."""
        return len(self.columns) > 1 or self.cared > 0

    def refuse_changed(self) -> None:
        """After the work: refuse a result of a file that is no longer the one whose hash is told.

        Raises:
            UnreadableFileError: the file was changed, replaced or removed in the meantime.
        """
        if self.path is None:
            return
        try:
            now = file_digest(self.path)
        except OSError:
            now = ""
        if now != self.sha256:
            remedy = tr("Nothing is written. Screen it again when nobody writes to it.")
            raise UnreadableFileError(self.origin, tr("was changed while it was screened"), remedy=remedy)

    @property
    def rows_said(self) -> str:
        """What became of the rows, in words."""
        rows = self.row_count + self.blank + self.aside
        aside = tr(", {aside:,} set aside", aside=self.aside) if self.aside else ""
        held = tr("{row_count:,} with a party", row_count=self.row_count - self.nameless + self.unnamed)
        held += (
            tr(" ({unnamed:,} by an address or number, without a name)", unnamed=self.unnamed) if self.unnamed else ""
        )
        counts = [held, tr("{nameless:,} without one", nameless=self.nameless - self.unnamed)]
        return f"{rows:,} row{'s' * (rows > 1)} in the file: {', '.join(counts)}, {self.blank:,} blank{aside}."

    @property
    def origin(self) -> str:
        """File name, or "a table in memory"."""
        return self.source.origin

    @property
    def sha256(self) -> str:
        """Hash of the file; empty for a table in memory."""
        return self.source.sha256

    @property
    def encoding(self) -> str:
        """Of a text file; empty for others."""
        return self.source.encoding

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings of the columns that no party is read from."""
        kept = {self.headings[i] for i in self.kept}
        kept |= {self.headings[i] for i in self.beside.contacts} if self.cared else set()
        return tuple(h for h in unread(self.headings, self.columns) if h not in kept)

    @property
    def rows(self) -> Iterator[Row]:
        """The cells as text, None where empty, read anew."""
        return self.source.rows()

    def each(self) -> Iterator[Party]:
        """Every party with a name, or with an address or an identifier of its own, row by row."""
        apart = SetAside(self.headings, self.columns)
        for number, row in enumerate(self.rows, self.source.first_row):
            if apart.why(row) or number in self.lines:
                continue
            beside = tuple(f"{self.headings[i]}: {cell}" for i in self.kept if (cell := row[i]))
            told = apart.party_cells(row)
            for party in _parties(number, told, self.columns, self.kind, self.headings):
                yield replace(party, beside=beside) if beside else party
            yield from self._firms_beside(number, told, beside)

    def _firms_beside(self, number: int, row: Row, beside: tuple[str, ...]) -> Iterator[Party]:
        """The firms behind c/o and of contacts; what describes the party of the row is none of theirs."""
        key = next((k for c in self.columns if c.key and (k := _own_number(row, c.key))), None)
        kind = "company" if self.kind == "any" else self.kind  # persons were left out, so none is meant
        for at, firm in self.beside.firms(row) if self.cared else ():
            if firm:
                heading = self.headings[at]
                yield Party(number, heading, firm, None, None, None, kind=kind, key=key, beside=beside)


def _parties(
    number: int, row: Row, columns: Sequence[PartyColumn], kind: str, headings: Sequence[str]
) -> Iterator[Party]:
    for column in columns:
        if holds_party(row, column):
            (address, country), key = place_of(row, column), _own_number(row, column.key)
            name, readings = name_of(row, column.fields) if column.further else (row[column.position], ())
            other = other_names(row, column, headings, name) if column.others else ()
            if name is None and other:  # the firm's name is empty: the person's, or the search name, is the party's
                name, other = other[0][1], other[1:]
            shared = column.shared
            if column.places and (loaded := loaded_in((row[i] for i in column.places), address, country)):
                address = "; ".join(filter(None, (address, loaded)))  # each is judged by itself
                shared = shared | {"address"} if len(columns) > 1 else shared
            told_kind = kind_under(column.name) if kind == "any" else kind  # what is said of all parties goes before
            given = Party(number, column.name, name, country, address, None, shared, kind=told_kind)
            base = replace(given, readings=readings, key=key) if readings or key else given
            if other:
                base = replace(base, other_names=tuple(t for _, t in other), other_columns=tuple(c for c, _ in other))
            told = _told(row, column, country) if column.identifier or column.more else {}
            is_person = told_kind == "any" and told.get("birth_year")
            yield replace(base, **told, kind="person" if is_person else told_kind) if told else base


def _told(row: Row, column: PartyColumn, country: str | None) -> dict[str, Any]:
    """Identifier, birth year and numbers of a party: what is a person's document leaves the identifier."""
    cells = [(column.kinds[i], cell) for i in column.identifier if (cell := row[i])]
    personal = [("national_id", cell) for _, cell in cells if holds_personal(cell)]
    cells = [(kind, cell) for kind, cell in cells if not holds_personal(cell)]
    papers = [*personal, *((column.kinds[i], cell) for i in column.document if (cell := row[i]))]
    # A day of birth that may be another party's says nothing.
    on = born(together(row, column.birth), is_serial=bool(column.serial)) if "birth" not in column.shared else None
    return {
        "identifier": ", ".join(cell for _, cell in cells) or None,
        "birth_year": on.year if on else None,
        "numbers": tuple(map(":".join, numbers_of(cells, country))),
        "documents": tuple(map(":".join, numbers_of(papers, country))),
    }


@in_english
def read_parties(source: Any, name_columns: Sequence[str] = (), given: Given | None = None) -> Parties:
    """Read parties from a path or a frame.

    The rows are read once here, for what is wrong with them to be said before the work, and again by `each`.

    Args:
        source: a path (.csv, .tsv, .txt, .xlsx, .jsonl, .ndjson, .json, .parquet), or any table with
            `__arrow_c_stream__` (Arrow, polars, pandas).
        name_columns: the columns that hold parties; empty to guess them from their headings.
        given: what else is said of the file: columns, sheet, encoding, kind of the parties.

    Raises:
        UnreadableFileError: the file is missing, empty, mis-encoded, wrongly quoted or of an unknown kind.
        BadInputError: no column holds parties.
        UnknownNameError: a named column is not there.
    """
    given = replace(given or Given(), name_columns=tuple(name_columns))
    path = Path(source) if isinstance(source, (str, Path)) else None
    table = of_frame(source) if path is None else opened_parties(path, given)
    if next(table.rows(), None) is None:
        raise UnreadableFileError(
            table.origin, tr("there is no row under the heading"), allowed=tr("at least one party")
        )
    headings, renamed = unique_headings(table.headings)
    columns, seen, beside = _columns(table, headings, given)
    if filled := named_once(table, columns, seen.unnamed):
        table, (columns, seen, beside) = filled, _surveyed(filled, headings, columns, given)
    _refuse_unread(seen, table, headings, columns)
    persons = (_BORN,) if not given.kind and seen.unread.has_born else ()
    notes = (*table.notes, *table.late_notes, *renamed, *seen.notes(headings, columns), *persons)
    lies = path if path is not None and path.is_file() else None  # standard input and pipes are read once
    read = (tuple(headings), columns, seen.rows, seen.parties, notes, given.kind or "any", given, lies)
    wanted = (*given.keep_columns, *(one.heading for one in given.mapping if one.holds == "keep"))
    kept = tuple(dict.fromkeys(find_heading(c, headings) for c in wanted))
    counts = (sum(seen.aside.values()), beside, seen.beside.count, seen.unnamed, frozenset(seen.lines.lines))
    return Parties(table, *read, len(seen.nameless) + seen.more_nameless, seen.blank, kept, *counts)


def opened_parties(path: Path, given: Given) -> TextTable:
    """A file as a table: a document by its labels, unless the user names columns that it does not have."""
    file, reading = content(path), _reading(given)
    read = document(file, reading)
    if read and {*given.chosen} <= {*read.headings}:
        return read
    headings: list[str] = []

    def too_wide(line: int, said: str, remedy: str) -> None:
        """A line of one cell above others of several heads a list whose commas divide, or is no table's at all."""
        width = len(headings)
        remedy = remedy if width > 1 else f"{remedy} {tr('Where the file is no table:')} {labels_remedy()}"
        many = tr("{width} cells", width=width)
        raise UnreadableFileError(file.origin, said, line=line, column=width + 1, allowed=many, remedy=remedy)

    def headed(found: Sequence[str]) -> None:
        headings[:] = found

    reading = replace(reading, too_wide=too_wide, headed=headed)
    table = upright(file, reading, numbers_apart(table_of(file, reading)))
    wanted = {folded(h) for h in given.chosen}
    if wanted - {folded(h) for h in unique_headings(table.headings)[0]}:
        # A heading that the reading gave stands in no row of the file.
        found = numbers_apart(table_of(file, replace(reading, headings=())))
        table = found if wanted <= {folded(h) for h in unique_headings(found.headings)[0]} else table
    if not given.chosen:
        refuse_sideways(table)
        refuse_sentences(table)
    return table


def _columns(
    table: TextTable, headings: list[str], given: Given
) -> tuple[tuple[PartyColumn, ...], Survey, CellsBeside]:
    """The party columns, what the rows hold, and where firms are named beside the party.

    "Vendor" beside "Name 1" holds numbers, so it names nobody.
    """
    if given.mapping:
        columns = mapped_columns(headings, given.mapping, Path(given.map_file).name)
        return _surveyed(table, headings, columns, given)
    cells = column_cells(table)
    columns = party_columns(headings, given, table.place, cells=cells)
    found = _surveyed(table, headings, columns, given)
    seen = found[1]
    numbers = frozenset[int]() if given.name_columns else frozenset(seen.named - seen.lettered)
    if not numbers or not seen.lettered:
        return found
    columns = party_columns(headings, given, table.place, numbers, cells)
    return _surveyed(table, headings, columns, given)


def _surveyed(
    table: TextTable, headings: list[str], columns: tuple[PartyColumn, ...], given: Given
) -> tuple[tuple[PartyColumn, ...], Survey, CellsBeside]:
    beside = cells_beside(headings, columns, guessed=not (given.mapping or given.name_columns))
    seen = survey(table, headings, columns, beside)
    serial = seen.unread.serial
    return tuple(replace(c, serial=c.birth if c.birth in serial else ()) for c in columns), seen, beside


def _reading(given: Given) -> ReadingOptions:
    """How the file is to be opened: the named headings must be there, else those of a party are looked for."""
    return ReadingOptions(
        given.encoding, given.sheet, headings=given.chosen, words=heading_words(), is_hashed=True, is_filled=True
    )


def _refuse_unread(seen: Survey, table: TextTable, headings: list[str], columns: Sequence[PartyColumn]) -> None:
    if not seen.is_read:
        raise NobodyReadError(
            tr("no row has a name, an address or an identifier"),
            found=", ".join(c.name for c in columns),
            allowed=tr("at least one party"),
            remedy=tr("Give another --name-column."),
        )
    nested = next((headings[c.position] for c in columns if c.position in table.nested), None)
    if nested is not None:
        thing, remedy = tr("a party column holds nested values"), tr("Give the name a column.")
        raise BadInputError(thing, found=nested, allowed=tr("text"), remedy=remedy)


def _own_number(row: Row, at: tuple[int, ...]) -> str | None:
    """The number of a party; none of what a spreadsheet shortened, which is the number of several."""
    return None if any((cell := row[i]) and is_shortened(cell) for i in at) else together(row, at) or None


def unique_headings(headings: list[str]) -> tuple[list[str], list[str]]:
    """Every heading its own name: blanks are numbered, repeats counted."""
    out: dict[str, None] = {}
    notes: list[str] = []
    last: dict[str, int] = {}
    for number, heading in enumerate(headings, 1):
        base = heading.strip().lstrip("\ufeff").strip() or f"column {number}"
        name, count = base, last.get(base, 1)
        while name in out:
            count += 1
            name = f"{base} ({count})"
        last[base] = count
        if name != base:
            notes.append(
                tr(
                    "The heading {base!r} stands more than once; column {number} is called {name!r}.",
                    base=base,
                    number=number,
                    name=name,
                )
            )
        out[name] = None
    more = len(notes) - _MOST_NOTES
    told = tr("{more} more headings stand more than once.", more=more)
    return list(out), notes if more <= 0 else [*notes[:_MOST_NOTES], told]
