"""What a reader of ownership data fills: parties, links between them, and counts of what it set aside."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from entrepot.core.errors import BadDateError, UnreadableFileError
from entrepot.core.ids import digest
from entrepot.core.periods import parse
from entrepot.core.words.translate import tr
from entrepot.names.reading.clean import clean
from entrepot.ownership.stake import Stake  # noqa: TC001 - of fields of a named tuple

BY_NAME = "name:"  # begins the id of a party that has none but its name
_LONGEST_NAME = 2_000  # characters, as of a listed name
_LONGEST_ID = 300  # characters; the longest scheme and number seen has some 40
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=T)")  # of a moment


class Link(NamedTuple):
    """Who holds what part of whom; `row` is where the file says it, days are texts at the precision known."""

    row: int
    owner: str
    owned: str
    interest: str
    stake: Stake
    said: str
    valid_from: str
    valid_to: str


class Party(NamedTuple):
    """A party as a file names it."""

    name: str
    kind: str
    numbers: tuple[str, ...] = ()


@dataclass(slots=True)
class LinkDraft:
    """Rows gathered while a file is read.

    Attributes:
        origin: what a message calls the file.
        row_word: what a row is called in it: row, line, record.
        is_own: a table that the person can mend: rows of two shares for one link, or of more than all of a party, are
            refused, all of them.
            In a publisher's file they are read as intervals and counted.
        counts: what was set aside or read with a width, and how often.
        first: where in the file it stands first, of what names a row.
        read: rows of one's own table that hold anything.
        refused: of these, the ones that cannot be: what is wrong and what to do, by row.
        told: how the file was read, one sentence each.
    """

    origin: str
    row_word: str = "row"
    is_own: bool = False
    parties: dict[str, Party] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    read: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def party(self, party_id: str, name: str = "", kind: str = "unknown", numbers: tuple[str, ...] = ()) -> str:
        """Name a party; the first name and kind that a file gives stay. Gives the id."""
        held = self.parties.get(party_id)
        if held is None or (held.name == party_id and name) or (held.kind == "unknown" != kind):
            said = name or (held.name if held else party_id)
            known = kind if kind != "unknown" or held is None else held.kind
            self.parties[party_id] = Party(said, known, numbers or (held.numbers if held else ()))
        return party_id

    def count(self, what: str, row: int, many: int = 1) -> None:
        """Count what was set aside or read with a width, and remember the row at which it stands first."""
        self.counts[what] += many
        self.first[what] = min(row, self.first.get(what, row))

    def notes(self) -> list[str]:
        """What was counted, one sentence each."""
        said = ((what, count, self.first.get(what)) for what, count in self.counts.items() if count)
        return self.told + [
            f"{w}: {n}" + (tr(", the first in {row_word} {row}", row_word=self.row_word, row=row) if row else "")
            for w, n, row in said
        ]

    def refuse(self, row: int, problem: str, *, allowed: str = "", remedy: str = "") -> UnreadableFileError:
        """The error for a row; unless it is set aside, nothing of the file is kept then."""
        said = f"{self.row_word} {row}: {problem}"
        kept_not = "" if self.is_own else tr("Nothing is kept of the file.")
        return UnreadableFileError(self.origin, said, allowed=allowed, remedy=remedy or kept_not)

    def set_aside(self, row: int, wrong: UnreadableFileError) -> None:
        """Refuse one row of one's own table, and take the rest: what is wrong in it says nothing of another."""
        said = wrong.problem + (tr("; expected {allowed}", allowed=wrong.allowed) if wrong.allowed else "")
        self.refused[row] = tr(
            "{said}. {remedy}", said=said, remedy=wrong.remedy or tr("Correct it, and load the file again.")
        )

    def without_refused(self) -> None:
        """Leave out what only rows say that are refused."""
        if not self.refused:
            return
        self.links = [x for x in self.links if x.row not in self.refused]
        named = {p for x in self.links for p in (x.owner, x.owned)}
        self.parties = {p: known for p, known in self.parties.items() if p in named}
        self.refused = dict(sorted(self.refused.items()))

    def day(self, row: int, text: str | None, what: str) -> str:
        """A day, month or year of a cell; of a moment its day; empty where the cell is.

        Raises:
            UnreadableFileError: it is none.
        """
        said = (text or "").strip()
        if not said:
            return ""
        if moment := _DAY.match(said):
            said = moment[0]
        try:
            found = parse(said)
        except BadDateError as exc:
            raise self.refuse(
                row, tr("{what} is {said!r}", what=what, said=said[:40]), allowed=tr("a day such as 2024-11-25")
            ) from exc
        if found.start is None or found.precision not in {"day", "month", "year"}:
            raise self.refuse(
                row,
                tr("{what} is {said!r}", what=what, said=said[:40]),
                allowed=tr("a day such as 2024-11-25, a month or a year"),
            )
        return said

    def named(self, row: int, text: object) -> str:
        """A name, runs of spaces made one.

        Raises:
            UnreadableFileError: none, or longer than names are.
        """
        name = " ".join(str(text or "").split())
        if not name or len(name) > _LONGEST_NAME:
            problem = (
                tr("a name of {count:,} characters", count=len(name)) if name else tr("a party without a name or an id")
            )
            raise self.refuse(row, problem, allowed=tr("1 to {longest_name:,} characters", longest_name=_LONGEST_NAME))
        return name


def folded(name: str) -> str:
    """A name as it is compared to the letter: capitals, accents of form, points and commas say nothing."""
    text = clean(name).text.casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def by_name(name: str) -> str:
    """The id of a party that has none but its name."""
    said = folded(name) or name.casefold()
    return BY_NAME + (said if len(said) <= _LONGEST_ID else digest(said, 32))


def by_number(scheme: str, number: str) -> str:
    """The id of a party by a number of a register: `GB-COH:01234567`, `LEI:…`; empty where there is no number."""
    kept = re.sub(r"[\s.\-/]", "", str(number)).upper()[:_LONGEST_ID]
    word = re.sub(r"[^A-Z0-9-]", "", str(scheme).upper())[:40]
    return f"{'LEI' if word.endswith('LEI') else word or 'ID'}:{kept}" if kept else ""


def of_person(name: str, born: str) -> str:
    """The id of a natural person: one hash of name and month of birth, of which the second is not kept."""
    return f"person:{digest(f'{folded(name)} {born}', 20)}"
