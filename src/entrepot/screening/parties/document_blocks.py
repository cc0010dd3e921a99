"""Parties of a document that is no table: a bill of lading or an invoice as text, each party under a label of its own.

A label is a heading of a party on a line of its own, or before a colon ("SHIPPER:", "2. Consignee: Foo Ltd"); what
stands under it up to an empty line or the next label is the party's name and address. A form may have two columns, each
with labels of its own. The labels are the headings that tables have, in the same languages; a firm under none is a
party of unknown role. A letter that names parties in its sentences has no labels, and is refused with
what to write instead. See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.document.hinted import hinted
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import encoding_note, examine
from entrepot.intake.open_table import TEXT, WORKBOOK, kind_of
from entrepot.intake.signs.page_table import is_page
from entrepot.intake.signs.sad_xml import is_declaration
from entrepot.intake.signs.text_grid import grid_of
from entrepot.intake.text_table import TextTable
from entrepot.intake.unpack import sha256_of
from entrepot.intake.workbook import sheet_cells
from entrepot.screening.parties.headings.column_cells import is_firm
from entrepot.screening.parties.headings.form_cells import form_lines
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.headings.labels_in_rows import is_table
from entrepot.screening.parties.headings.other_layouts import labels_remedy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

_LONGEST = 1 << 16  # bytes: a document of a few pages; what is longer is a table
# Bytes of a workbook that may be a form, with its pictures; rows at its head that tell one; rows of its goods.
_LARGEST_BOOK, _HEAD, _MOST_ROWS = 8 << 20, 300, 20_000
_PDF = b"%PDF"
_LABEL = re.compile(r"(?:\(?\d{1,2}[.)]\s*)?(?P<label>[^:：]{2,60}?)\s*(?P<mark>[:：])\s*(?P<rest>.*)")
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s*")
_BESIDE = re.compile(r"\S+(?:\s{1,2}\S+)*")  # what stands side by side on a form, three spaces apart
_TAB = "   \t"
_SLACK = 4  # characters by which what stands in one column is out of line
_FAR = 20  # characters from the leftmost label from which another stands in a column of its own
_NO_EDGE = -1  # where the right column begins of a text that has none
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_SAME = re.compile(r"(?:the\s+)?same\s+as\b|^(?:同上|同收货人)$", re.IGNORECASE)
_FEWEST = 2  # labels of different parties that make a document: one alone may head a list
_DESCRIBES = frozenset({"address", "country", "identifier"})  # roles of a label that goes on with the party above
_MOST_WORDS, _DIVIDES = 4, ',;|".'  # of a label; what divides cells or ends a short form stands in none
_SOON = 200  # lines of a document in which its first party stands
_NO_LABEL = "unlabelled"  # a heading, which is data, of who stands under no label
_NO_PARTY = "remainder"  # likewise, of what else the document says
_ADDRESS = " address"  # makes a heading of a label, which is data and read as one: SHIPPER address
_MOST_SHOWN, _LONGEST_SHOWN = 3, 40  # lines in a note, characters of each


class _Cell(NamedTuple):
    """A piece of a line, and the character where it begins."""

    at: int
    text: str


@dataclass(slots=True)
class _Party:
    """A block of a document.

    Attributes:
        label: as it stands, without its number and its colon.
        stem: whose it is.
        lines: the name, then the address.
    """

    label: str
    stem: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    """One column of a document: the party whose block is read in it, None where none is.

    `is_open`: whether its last line had nothing here, and something in the other column. Lines of two columns of a page
    of print stand half a line apart, so that one such line is no end of a block.
    """

    party: _Party | None = None
    is_open: bool = False


@dataclass(slots=True)
class _Read:
    """What is read of a document so far.

    Attributes:
        parties: in order.
        left: lines that are no party's.
        across: numbers of lines that run into the right column without a gap.
    """

    parties: list[_Party] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    across: list[int] = field(default_factory=list)

    def take(self, column: _Column, text: str, beside: str = "") -> None:
        """Take what one line has in one column; empty text ends the block that has a name, unless it is `is_open`."""
        was_open, column.is_open = column.is_open, not text and bool(beside)
        if column.is_open and not was_open:
            return
        if begun := _party_of(text) if text else None:
            label, stem, rest = begun
            column.party = _Party(label, stem, [rest] if rest else [])
            self.parties.append(column.party)
        elif not text:
            column.party = column.party if column.party and not column.party.lines else None
        elif column.party and (said := _said_of_party(text)):
            column.party.lines.append(said)
        else:
            column.party = None
            self.left.append(text)


def _party_of(text: str) -> tuple[str, str, str] | None:
    """Label, whose it is and what stands behind it, of a line that begins a party; None for any other."""
    told = _LABEL.fullmatch(text)
    label, rest = (told["label"], told["rest"]) if told else (_NUMBERED.sub("", text), "")
    bare = _BRACKETS.sub("", label).strip()
    if not bare or len(bare.split()) > _MOST_WORDS or any(mark in bare for mark in _DIVIDES):
        return None  # the cells of a table, and most names: their words are not looked up
    role = heading_role(bare)
    if role.role != "party" or not role.is_whole or not role.stem:
        return None
    return bare, role.stem, rest.strip()


def _is_label(text: str) -> bool:
    return _party_of(text) is not None


def _said_of_party(text: str) -> str:
    """What a line in a block says of the party; empty for one under a label that is none of a party's."""
    told = _LABEL.fullmatch(text)
    if told is None:
        return text
    return told["rest"] if heading_role(told["label"]).role in _DESCRIBES else ""


def document(content: Content, options: ReadingOptions) -> TextTable | None:
    """The parties of a document as a table, a row a document; None for a table, and where none are labelled.

    Args:
        content: the file.
        options: what the user says of it.

    Raises:
        UnreadableFileError: a PDF; mis-encoded; two parties side by side.
        BadInputError: no such encoding.
    """
    begins = content.begins()
    if begins.startswith(_PDF):
        raise UnreadableFileError(
            content.origin,
            tr("is a PDF"),
            allowed=tr("its text, or a table"),
            remedy=tr(
                "Of a bill of lading or an invoice save the text (pdftotext -layout FILE.pdf FILE.txt): parties under "
                "labels such as Shipper: are read from it. Of a list have the table as CSV or XLSX."
            ),
        )
    if is_declaration(begins) or is_page(begins):
        return None
    if (kind := kind_of(content)) not in TEXT:
        return _form(content, options) if kind in WORKBOOK else None
    return _of_text(content, options) if len(content.begins(_LONGEST + 1)) <= _LONGEST else None


def _of_text(content: Content, options: ReadingOptions) -> TextTable | None:
    """The parties of a text, as of `document`."""
    file = examine(content, options.encoding, is_hashed=options.is_hashed and not content.is_packed)
    with file.open() as text:
        written = text.read().splitlines()
    told = (file.sha256 or sha256_of(content, options), file.encoding, encoding_note(file.encoding, options.encoding))
    if (grid := grid_of(written)) and (form := form_lines(grid, _party_of)) is not None:
        return _as_rows(content, _read_form(form), *told)
    lines = [_cells_of(line) for line in written]
    labelled = [n for n, cells in enumerate(lines) if any(_party_of(cell.text) for cell in cells)]
    if not labelled or labelled[0] >= _SOON or is_table(file, written, options, _is_label):
        return None
    edge = _edge(content, lines, labelled)
    if edge is None:
        return None
    return _as_rows(content, _read(lines, edge), *told)


def _form(content: Content, options: ReadingOptions) -> TextTable | None:
    """The parties of a sheet that is a form, as those of a text; None for a list."""
    if len(content.begins(_LARGEST_BOOK + 1)) > _LARGEST_BOOK:
        return None
    rows, others = sheet_cells(content, options, _HEAD)
    written = form_lines(rows[:_HEAD], _party_of)
    if written is not None and len(rows) > _HEAD:
        rows, others = sheet_cells(content, options, _MOST_ROWS)
        written = form_lines(rows, _party_of) if len(rows) <= _MOST_ROWS else None
    if written is None:
        return None
    return _as_rows(content, _read_form(written), sha256_of(content, options), "", others)


def _read_form(written: Sequence[str]) -> _Read:
    return _read([[_Cell(0, line)] if line else [] for line in written], _NO_EDGE)


def _as_rows(content: Content, read: _Read, sha256: str, encoding: str, notes: Sequence[str]) -> TextTable | None:
    """What is read of a document as a table; None where it has not two labels, or none says who."""
    named = [p for p in read.parties if p.lines and not _SAME.search(p.lines[0])]
    if len({p.stem for p in read.parties}) < _FEWEST or not named:
        return None
    apart = _without_label(read)
    headings, rows = _laid_out(named, apart, read.left)
    said = (*_notes(read, named, apart), *notes)
    return TextTable(content.origin, "delimited", headings, lambda: iter(enumerate(rows, 1)), sha256, encoding, said)


def _cells_of(line: str) -> list[_Cell]:
    """What stands side by side in a line, each with the character where it begins; a tab is as wide as it is seen."""
    seen = line.replace("\t", _TAB).expandtabs().rstrip()
    return [_Cell(found.start(), found[0]) for found in _BESIDE.finditer(seen)]


def _edge(content: Content, lines: Sequence[Sequence[_Cell]], labelled: Sequence[int]) -> int | None:
    """Where the right column begins by its labels; _NO_EDGE where there is none, None where the text is no form.

    Labels side by side on one line alone, without a colon, are the headings of a list in columns of fixed width.
    """
    found = [(n, cell) for n in labelled for cell in lines[n] if _party_of(cell.text)]
    first = min(cell.at for _, cell in found)
    right = [(n, c) for n, c in found if c is not lines[n][0] or c.at >= first + _FAR]
    if not right:
        return _NO_EDGE
    is_list = len({tuple(c.text for c in lines[n]) for n in labelled}) < _FEWEST
    if is_list and not any(mark in cell.text for n in labelled for cell in lines[n] for mark in ":："):
        return None
    ends = [cell.at for _, cell in right]
    if max(ends) - min(ends) <= _SLACK:
        return min(ends)
    unsure = next(((n, c) for n, c in right if not _party_of(c.text)[2]), None)  # type: ignore[index] # labels all
    if unsure is None:
        return _NO_EDGE  # each name stands behind its own label
    if any(mark in cell.text for cell in lines[unsure[0]] for mark in ":："):
        problem = tr("parties stand side by side, and their lines cannot be told apart")
        allowed, remedy = tr("one label a line, or two columns"), labels_remedy()
        raise UnreadableFileError(content.origin, problem, line=unsure[0] + 1, allowed=allowed, remedy=remedy)
    return None


def _read(lines: Sequence[Sequence[_Cell]], edge: int) -> _Read:
    """The parties of a document, column by column."""
    read, left, right = _Read(), _Column(), _Column()
    for number, cells in enumerate(lines, 1):
        told = list(cells)
        if edge != _NO_EDGE and not any(_is_right(c, edge) for c in told):
            told = _cut(told, edge, read.across, number)
        mine = [c for c in told if edge == _NO_EDGE or c.at < edge - _SLACK]
        theirs = next((c for c in told if c not in mine and _is_right(c, edge)), None)
        one, other = mine[0].text if mine else "", theirs.text if theirs else ""
        read.take(left, one, other)
        if edge != _NO_EDGE:
            read.take(right, other, one)
        for cell in told:
            if cell is not theirs and cell not in mine[:1]:
                read.take(_Column(), cell.text)
    return read


def _is_right(cell: _Cell, edge: int) -> bool:
    return edge != _NO_EDGE and abs(cell.at - edge) <= _SLACK


def _cut(cells: Sequence[_Cell], edge: int, across: list[int], number: int) -> list[_Cell]:
    """The cells of a line, one that runs over the edge cut in two where two spaces stand there.

    Where one space does, it may be the middle of a name: it stays whole, and its number is noted.
    """
    out: list[_Cell] = []
    for cell in cells:
        if not cell.at < edge - _SLACK <= edge < cell.at + len(cell.text):
            out.append(cell)
            continue
        starts = [m.end() + cell.at for m in re.finditer(r"\s{2,}", cell.text)]
        if (at := next((s for s in starts if abs(s - edge) <= _SLACK), None)) is not None:
            out += [_Cell(cell.at, cell.text[: at - cell.at].rstrip()), _Cell(at, cell.text[at - cell.at :])]
        else:
            across += [number] if cell is cells[0] else []
            out.append(cell)
    return out


def _without_label(read: _Read) -> list[str]:
    """The firms on lines that are no labelled party's: parties whose role is not known; taken from what is left."""
    out: list[str] = []
    for line in list(read.left):
        told = _LABEL.fullmatch(line)
        said = told["rest"] if told else line
        if said and is_firm(said):
            out.append(said)
            read.left.remove(line)
    return list(dict.fromkeys(out))


def _laid_out(
    parties: Sequence[_Party], apart: Sequence[str], left: Sequence[str]
) -> tuple[list[str], list[list[str | None]]]:
    """Headings and rows: a name and an address a party; a label that comes again begins the next document.

    Parties without a label stand in a column of their own, each in a row below; remainder in the first row, for
    places of a region are looked for in them.
    """
    labels: dict[str, str] = {}
    for one in parties:
        labels.setdefault(one.stem, one.label)
    rows: list[dict[str, _Party]] = []
    for one in parties:
        if not rows or one.stem in rows[-1]:
            rows.append({})
        rows[-1][one.stem] = one
    headings = [h for label in labels.values() for h in (label, label + _ADDRESS)]
    out = [list(_cells(row, labels)) for row in rows]
    if apart:
        out = [[*row, None] for row in out] + [[*[None] * len(headings), name] for name in apart]
        headings.append(_NO_LABEL)
    if left:
        out = [[*row, None if n else "; ".join(left)] for n, row in enumerate(out)]
        headings.append(_NO_PARTY)
    return headings, out


def _cells(row: dict[str, _Party], labels: dict[str, str]) -> Iterator[str | None]:
    for stem in labels:
        lines = row[stem].lines if stem in row else []
        yield lines[0] if lines else None
        yield ", ".join(lines[1:]) or None


def _notes(read: _Read, named: Sequence[_Party], apart: Sequence[str]) -> list[str]:
    """How the document was read, and what was not."""
    labels = ", ".join(dict.fromkeys(p.label for p in named))
    said = tr("The file is no table: it is read as a document whose parties stand under {labels}.", labels=labels)
    notes: list[str] = [hinted(said, tr("Check that each is there, or put them into a table with a column a party."))]
    for one in read.parties:
        if not one.lines:
            notes.append(tr("Under {label} stands nothing.", label=one.label))
        elif one not in named:
            notes.append(tr("{label} says {text!r}: it is no party of its own.", label=one.label, text=one.lines[0]))
    if apart:
        shown, more = _shown(apart)
        said = tr("Firms under no label that is known: {shown}{more}.", shown=shown, more=more)
        notes.append(hinted(said, tr("Each is screened as a party of unknown role.")))
    if read.across:
        said = ", ".join(map(str, read.across[:_MOST_SHOWN]))
        more = _more(read.across)
        notes.append(
            tr("Lines {said}{more} run into the right column, and are read as the left one's.", said=said, more=more)
        )
    if read.left:
        shown, more = _shown(read.left)
        notes.append(tr("Lines that are no party's are not read: {shown}{more}.", shown=shown, more=more))
    return notes


def _shown(lines: Sequence[str]) -> tuple[str, str]:
    return ", ".join(repr(line[:_LONGEST_SHOWN]) for line in lines[:_MOST_SHOWN]), _more(lines)


def _more(found: Sequence[object]) -> str:
    return tr(" and {count} more", count=len(found) - _MOST_SHOWN) if len(found) > _MOST_SHOWN else ""
