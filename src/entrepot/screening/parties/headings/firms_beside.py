"""Firms named beside the party of a row: behind "c/o" or "attn" in its address, or as its contact.

Each is a name of its own, screened as a firm: it is neither the party nor another name of it. Persons are left alone,
for contacts are persons nearly always; what has such a word and names no firm is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr
from entrepot.names.reading.latin import ascii_words, pinyin_syllables, syllables
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.cells.names_in_cell import begins_department, handed_over
from entrepot.screening.parties.headings.heading_role import CONTACT, heading_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.intake.text_table import Row
    from entrepot.screening.parties.party_columns import PartyColumn

_LEAST_WORDS = 2  # without a legal form: one word is too many firms' and persons'
_LONGEST = 500  # characters of a cell that are looked at; an address in ten lines has some 300
_MOST_NAMED, _MOST_SHOWN = 5, 40  # firms in a note, characters of each
_STOPS = re.compile(r"[\r\n;；|]")
# What a firm is called by, and what says that it is one: a person has words of names alone.
_NAMED, _SAYS_MORE = frozenset({"core", "place"}), frozenset({"word", "place"})


@dataclass(frozen=True, slots=True)
class CellsBeside:
    """The columns in which a firm may be named beside the party.

    Attributes:
        addresses: positions of those of addresses.
        contacts: positions of those of contacts.
        unread: positions of columns that nothing is read from, for no word explains the heading.
    """

    addresses: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()

    def firms(self, row: Row) -> Iterator[tuple[int, str | None]]:
        """Position and name of each firm that a cell of a row names; None for an address with a word and no firm.

        An address that repeats the name of its row names no other firm.
        """
        for i in self.addresses:
            if (cell := row[i]) and (behind := handed_over(cell[:_LONGEST])):
                own = {_bare(c) for c in row if c}
                named = _firms(behind)
                yield from ((i, firm) for firm in named or (None,) if firm is None or _bare(firm) not in own)
        for i in self.contacts:
            if cell := (row[i] or "")[:_LONGEST]:
                behind = handed_over(cell)
                yield from ((i, f) for f in (_firms(behind) if behind else (_firm_of_contact(cell),)) if f)


NO_CELLS_BESIDE = CellsBeside()


@dataclass(slots=True)
class FirmsSeen:
    """The firms that are named beside the parties of a table.

    Attributes:
        cells: by the position of their column.
        firms: the first of them.
        uncared: addresses with a word for whom they are handed to and no firm behind it.
    """

    cells: Counter[int] = field(default_factory=Counter)
    firms: list[str] = field(default_factory=list)
    uncared: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return self.cells.total()

    def take(self, found: Iterable[tuple[int, str | None]]) -> int:
        """Count those of a row, each a party of its own; gives how many they are."""
        before = self.count
        for at, firm in found:
            if firm is None:
                self.uncared += 1
                continue
            self.cells[at] += 1
            if len(self.firms) < _MOST_NAMED and firm not in self.firms:
                self.firms.append(firm)
        return self.count - before

    def notes(self, headings: Sequence[str]) -> list[str]:
        """What a reader must know of them, and of addresses that are handed to nobody who is a firm."""
        out = []
        if self.count:
            told = ", ".join(repr(f[:_MOST_SHOWN]) for f in self.firms)
            more = self.count - len(self.firms)
            out.append(
                ntr(
                    self.count,
                    "{count} cell of {columns} names a firm beside the party; it is screened as a party of its own: "
                    "{told}.",
                    "{count} cells of {columns} name a firm beside the party; each is screened as a party of its own: "
                    "{told}.",
                    columns=", ".join(headings[i] for i in sorted(self.cells)),
                    told=told + (tr(" and {count} more", count=more) if more > 0 else ""),
                )
            )
        if self.uncared:
            out.append(
                ntr(
                    self.uncared,
                    "{count} address is handed to somebody (c/o, attn) whose words say no firm: no list was asked.",
                    "{count} addresses are handed to somebody (c/o, attn) whose words say no firm: no list was asked.",
                )
            )
        return out


def cells_beside(headings: Sequence[str], columns: Sequence[PartyColumn], *, guessed: bool) -> CellsBeside:
    """The columns in which a firm may be named beside the party.

    Args:
        headings: of the table.
        columns: its party columns.
        guessed: whether columns that the user did not name may be read.
    """
    addresses = sorted({i for c in columns for i in c.address})
    used = frozenset[int]().union(*(c.used for c in columns))
    left = [(i, h) for i, h in enumerate(headings) if guessed and i not in used]
    contacts = tuple(i for i, h in left if _is_contact(h))
    return CellsBeside(tuple(addresses), contacts, tuple(i for i, h in left if _is_unexplained(h)))


def _is_contact(heading: str) -> bool:
    read = heading_role(heading)
    return read.role == "other" and read.stem == CONTACT and read.kind == "contact"


def _is_unexplained(heading: str) -> bool:
    """Whether words of a heading are left that say nothing here: "Legal form" is known, and left unread with reason."""
    read = heading_role(heading)
    return read.role == "other" and not read.is_whole


def _bare(name: str) -> str:
    return name.strip(" .,").casefold()


def _firms(behind: Iterable[str]) -> tuple[str, ...]:
    """The firms that an address is handed to, each once.

    Of each handing over it is what stands behind the word, or else a line below that says its legal form: a person, and
    the firm that the person is found at.
    """
    return tuple(dict.fromkeys(firm for said in behind if (firm := _firm(said) or _firm_below(said))))


def _firm_below(said: str) -> str | None:
    below = (firm for line in _STOPS.split(said)[1:] if (firm := _firm(line)))
    return next((firm for firm in below if prepare(firm, "company").forms), None)


@lru_cache(maxsize=20_000)
def _firm(said: str) -> str | None:
    """The firm that a text names, without the address behind it; None for a person, a department, a word alone.

    A firm has a name of its own or a place, and says its legal form, its trade or a place beside it.
    """
    name = _STOPS.split(said.strip())[0].strip(" .,，:：")
    head, comma, rest = name.partition(",")
    if comma and len(prepare(f"x {rest}", "company").words) > 1:  # more than the legal form of "Co., Ltd."
        name = (
            head.strip() if not prepare(rest.split(",")[0], "company").forms else ",".join(name.split(",")[:2]).strip()
        )
    if begins_department(name) or _is_pinyin_person(name):
        return None
    read = prepare(name, "company")
    kinds = {w.kind for w in read.words}
    is_long = len(read.words) >= _LEAST_WORDS or bool(read.forms)
    says_firm = bool(read.forms) or (bool(kinds & _SAYS_MORE) and kinds != {"place"})
    return name if is_long and says_firm and bool(kinds & _NAMED) else None


def _is_pinyin_person(name: str) -> bool:
    """Whether a name is of pinyin alone and says a legal form by one syllable at most: Zhu is a surname before 株."""
    words = ascii_words(name) if name.isascii() else []
    if not words or not all(map(syllables().fullmatch, words)):
        return False
    return not prepare(" ".join(("x", *(w for w in words if w not in pinyin_syllables()))), "company").forms


def _firm_of_contact(said: str) -> str | None:
    """The firm that a contact's cell names: with its legal form, or of three words and more; Ann Mill is a person."""
    name = _firm(said)
    if name is None:
        return None
    read = prepare(name, "company")
    return name if read.forms or len(read.words) > _LEAST_WORDS else None
