"""Parties of a document that is no table: a bill of lading or an invoice as text, each party under a label of its own.

A label is a heading of a party on a line of its own, or before a colon ("SHIPPER:", "2. Consignee: Foo Ltd"); what
stands under it up to an empty line or the next label is the party's name and address. The labels are the headings that
tables have, in the same languages. A letter that names parties in its sentences has no labels, and is refused with
what to write instead. See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import encoding_note, examine
from entrepot.intake.open_table import TEXT, kind_of
from entrepot.intake.signs.page_table import is_page
from entrepot.intake.signs.sad_xml import is_declaration
from entrepot.intake.text_table import TextTable
from entrepot.intake.unpack import sha256_of
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

_LONGEST = 1 << 16  # bytes: a document of a few pages; what is longer is a table
_LABEL = re.compile(r"(?:\(?\d{1,2}[.)]\s*)?(?P<label>[^:：]{2,60}?)\s*(?P<mark>[:：])\s*(?P<rest>.*)")
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s*")
_APART = re.compile(r"\t+|\s{3,}")  # between what stands side by side on a form
_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
_SAME = re.compile(r"(?:the\s+)?same\s+as\b|^(?:同上|同收货人)$", re.IGNORECASE)
_FEWEST = 2  # labels of different parties that make a document: one alone may head a list
_DESCRIBES = frozenset({"address", "country", "identifier"})  # roles of a label that goes on with the party above
_MOST_WORDS, _DIVIDES = 4, ',;|".'  # of a label; what divides cells or ends a short form stands in none
_SOON = 200  # lines of a document in which its first party stands
_ADDRESS = " address"  # makes a heading of a label, which is data and read as one: SHIPPER address
_MOST_SHOWN, _LONGEST_SHOWN = 3, 40  # lines in a note, characters of each
_SENTENCE = 8  # words of a heading from which it is read as a sentence
_MOST_CAPITALS = 0.5  # of the words of a sentence begin so; of the words of a name or a title nearly all
_WORD = re.compile(r"[^\W\d_]+")


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
class _Read:
    """What is read of a document so far: its parties in order, and what is left."""

    parties: list[_Party] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    is_open: bool = False

    def take(self, line: str) -> bool:
        """Take a line; False where two parties stand side by side, which is not read."""
        first, *beside = _APART.split(line.strip())
        self.left += beside
        if any(_party_of(text) for text in beside):
            return False
        if begun := _party_of(first):
            label, stem, rest = begun
            self.parties.append(_Party(label, stem, [rest] if rest else []))
            self.is_open = True
        elif not first:
            self.is_open = self.is_open and not self.parties[-1].lines
        elif self.is_open and (said := _said_of_party(first)):
            self.parties[-1].lines.append(said)
        else:
            self.is_open = False
            self.left.append(first)
        return True


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
        UnreadableFileError: mis-encoded; two parties side by side.
        BadInputError: no such encoding.
    """
    begins = content.begins()
    if is_declaration(begins) or is_page(begins) or kind_of(content) not in TEXT:
        return None
    if len(content.begins(_LONGEST + 1)) > _LONGEST:
        return None
    file = examine(content, options.encoding, is_hashed=options.is_hashed and not content.is_packed)
    read = _Read()
    with file.open() as text:
        for number, line in enumerate(text.read().splitlines(), 1):
            if not read.take(line):
                _refuse_form(content, number, line)
                return None
            if number > _SOON and not read.parties:
                return None
    named = [p for p in read.parties if p.lines and not _SAME.search(p.lines[0])]
    if len({p.stem for p in read.parties}) < _FEWEST or not named:
        return None
    headings, rows = _laid_out(named)
    notes = (*_notes(read, named), *encoding_note(file.encoding, options.encoding))
    told = (file.sha256 or sha256_of(content, options), file.encoding, notes)
    return TextTable(content.origin, "delimited", headings, lambda: iter(enumerate(rows, 1)), *told)


def _refuse_form(content: Content, number: int, line: str) -> None:
    """Refuse labels of a form, by their colons; headings of a list in columns of fixed width are none."""
    if any(mark in line for mark in ":："):
        problem = tr("two parties stand side by side, and their lines cannot be told apart")
        raise UnreadableFileError(
            content.origin, problem, line=number, allowed=tr("one label a line"), remedy=labels_remedy()
        )


def _laid_out(parties: Sequence[_Party]) -> tuple[list[str], list[list[str | None]]]:
    """Headings and rows: a name and an address a party; a label that comes again begins the next document."""
    labels: dict[str, str] = {}
    for one in parties:
        labels.setdefault(one.stem, one.label)
    rows: list[dict[str, _Party]] = []
    for one in parties:
        if not rows or one.stem in rows[-1]:
            rows.append({})
        rows[-1][one.stem] = one
    headings = [h for label in labels.values() for h in (label, label + _ADDRESS)]
    return headings, [list(_cells(row, labels)) for row in rows]


def _cells(row: dict[str, _Party], labels: dict[str, str]) -> Iterator[str | None]:
    for stem in labels:
        lines = row[stem].lines if stem in row else []
        yield lines[0] if lines else None
        yield ", ".join(lines[1:]) or None


def _notes(read: _Read, named: Sequence[_Party]) -> list[str]:
    """How the document was read, and what was not."""
    labels = ", ".join(dict.fromkeys(p.label for p in named))
    said = tr("The file is no table: it is read as a document whose parties stand under {labels}.", labels=labels)
    notes: list[str] = [hinted(said, tr("Check that each is there, or put them into a table with a column a party."))]
    for one in read.parties:
        if not one.lines:
            notes.append(tr("Under {label} stands nothing.", label=one.label))
        elif one not in named:
            notes.append(tr("{label} says {text!r}: it is no party of its own.", label=one.label, text=one.lines[0]))
    if read.left:
        shown = ", ".join(repr(line[:_LONGEST_SHOWN]) for line in read.left[:_MOST_SHOWN])
        more = tr(" and {count} more", count=len(read.left) - _MOST_SHOWN) if len(read.left) > _MOST_SHOWN else ""
        notes.append(tr("Lines that are no party's are not read: {shown}{more}.", shown=shown, more=more))
    return notes


def refuse_sentences(table: TextTable) -> None:
    """Refuse a text whose headings are a sentence: a letter, in which a party would be lost.

    Raises:
        UnreadableFileError: it is one.
    """
    for heading in table.headings if table.kind == "delimited" else ():
        words = _WORD.findall(heading)
        capitals = sum(w[0].isupper() for w in words)
        if len(words) >= _SENTENCE and capitals <= _MOST_CAPITALS * len(words):
            raise UnreadableFileError(
                table.origin,
                tr("is a text in sentences and no table; it begins {heading!r}", heading=heading[:_LONGEST_SHOWN]),
                allowed=tr("a table with a column of names, or a document with each party under a label"),
                remedy=labels_remedy(),
            )


def labels_remedy() -> str:
    """What to do with a text that is no table."""
    return tr(
        "Write each party on a line behind its label, as in Shipper: Foo Co., Ltd. and Consignee: Bar LLC, with the "
        "address in the lines below; or save a table with a column a party."
    )
