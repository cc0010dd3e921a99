"""Which column of a table of owners is which of ours: by our own name, by what a person says, by headings on record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import folded
from entrepot.intake.reading_options import SAID, Words
from entrepot.ownership.contract import LINKS_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENDS = ("share_minimum", "share_maximum")  # of a share that a register gives as a range in two columns
_PARTIES = ("owner", "owned")
_NEEDED = (*_PARTIES, "share")
COLUMNS = (*_NEEDED, *ENDS, "interest", "from", "to", "owner_id", "owned_id", "owner_kind", "owned_kind", "former")
_NAMED = 4  # headings of a column that a message gives
_SEEN = 20  # headings of a file that it repeats: an export has some hundred
_HEADING = 60  # characters of a heading that a message repeats


@dataclass(frozen=True, slots=True)
class Placed:
    """Where our columns stand.

    Attributes:
        at: our column -> its position.
        said: our column -> what a person says of all rows, where the file has no column for it.
    """

    at: dict[str, int]
    said: dict[str, str]

    @property
    def missing(self) -> list[str]:
        """The columns that are needed and are not there; either end of a share stands for it."""
        known = self.at.keys() | self.said.keys()
        return [c for c in _NEEDED if c not in known and not (c == "share" and known & {*ENDS})]

    def notes(self, headings: Sequence[str]) -> list[str]:
        """What there is to say of them: which were known by another name than ours, and what was said of all rows."""
        by_name = [f"{headings[i][:_HEADING]} = {c}" for c, i in self.at.items() if _ours(headings[i]) != c]
        found = [tr("columns known by their headings: {told}", told=", ".join(by_name))] if by_name else []
        nothing = tr("not known")
        of_all = ", ".join(f"{c} = {value[:_HEADING] or nothing}" for c, value in self.said.items())
        return [*found, tr("said of all rows: {told}", told=of_all)] if of_all else found


def placed(headings: Sequence[str], named: Mapping[str, str]) -> Placed:
    """Our columns by where they stand: as a person says, else under our own names, else under headings on record.

    Args:
        headings: as they stand.
        named: our column -> the heading that a person names, or = and what they say of all rows.
    """
    plain, words = [_ours(h) for h in headings], [folded(h) for h in headings]
    said = {c: h[len(SAID) :].strip() for c, h in named.items() if h.startswith(SAID)}
    at = {c: plain.index(_ours(h)) for c, h in named.items() if c not in said and _ours(h) in plain}
    at |= {c: plain.index(c) for c in COLUMNS if c not in named and c in plain}
    for column, known in _of_layout(words).items():
        place = next((words.index(h) for h in known if h in words and words.index(h) not in at.values()), None)
        if column not in at and column not in named and place is not None:
            at[column] = place
    return Placed(at, said)


def has_all(headings: Sequence[str], named: Mapping[str, str]) -> bool:
    """Whether headings have every column that is needed or named, and one of a party: a title has none."""
    found = placed(headings, named)
    return (
        not found.missing
        and {*named} <= found.at.keys() | found.said.keys()
        and not found.at.keys().isdisjoint({*_PARTIES, "owner_id", "owned_id"})
    )


def words(named: Mapping[str, str]) -> Words:
    """The words by which the row of headings is found, below the lines of a title."""
    known = {h for some in on_record().values() for h in some} | {folded(h) for h in (*COLUMNS, *named.values())}
    return Words(frozenset(known), lambda headings: has_all(headings, named))


def refuse_unplaced(headings: Sequence[str], named: Mapping[str, str]) -> None:
    """Refuse a table without a column that is needed or named.

    Raises:
        UnknownNameError: a column is missing, or is none of ours.
    """
    thing, seen = tr("column of ownership"), list(filter(None, headings))
    if other := next((c for c in named if c not in COLUMNS), ""):
        raise UnknownNameError(thing, other, COLUMNS)
    found = placed(headings, named)
    for column, heading in named.items():
        if column not in found.at and column not in found.said:
            raise UnknownNameError(thing, heading, seen)
    if found.missing:
        raise UnknownNameError(thing, found.missing[0], seen, remedy=_remedy(found, headings))


def _called(column: str) -> list[str]:
    """Headings of a column as they are on record."""
    return [h for row in packaged_rows(LINKS_HEADINGS) if row["column"] == column for h in row["headings"]]


def _remedy(found: Placed, headings: Sequence[str]) -> str:
    """What to do about columns that are not there: which are known, which headings each would have, which were seen."""
    missing = found.missing
    known = ", ".join(f"{headings[i][:_HEADING]} = {c}" for c, i in found.at.items())
    asked = "; ".join(
        tr("{column}, also called {names}", column=c, names=", ".join(_called(c)[:_NAMED])) for c in missing
    )
    parts = [tr("Needed: {asked}.", asked=asked)]
    parts += [tr("Known: {known}.", known=known)] if known else []
    parts.append(tr("Seen: {seen}.", seen=", ".join(h[:_HEADING] for h in headings[:_SEEN] if h.strip())))
    parts.append(
        tr(
            "Name it: --column {column}=HEADING; or say it of all rows: --column {column}==VALUE, such as the company "
            "of which the file is.",
            column=missing[0],
        )
    )
    if missing == ["share"]:
        parts.append(
            tr(
                'A list of parents without shares says nothing of 50 %: --column "share==>50" where the database says '
                "that each parent holds more than half, --column share== where it is not known."
            )
        )
    return " ".join([*parts, tr("Call the columns {needed}, and load the file again.", needed=", ".join(_NEEDED))])


def _ours(heading: str) -> str:
    return " ".join(heading.casefold().split()).replace(" ", "_")


def _of_layout(words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Our column -> headings on record; where a table lists subsidiaries, the company beside them is their owner."""
    found = {column: list(known) for column, known in on_record().items()}
    below = {column: found.pop(f"subsidiary{of}", []) for column, of in (("owned", ""), ("owned_id", "_id"))}
    if not any(h in words for h in below["owned"]):
        return found
    for column, above in (("owned", "owner"), ("owned_id", "owner_id")):
        found[above] = [*found.get(above, ()), *found.get(column, ())]
        found[column] = below[column]
    return found


@cache
def on_record() -> dict[str, tuple[str, ...]]:
    """Our column -> headings on record, the one to prefer first."""
    found: dict[str, list[str]] = {}
    for row in packaged_rows(LINKS_HEADINGS):
        found.setdefault(row["column"], []).extend(map(folded, row["headings"]))
    return {c: tuple(dict.fromkeys(some)) for c, some in found.items()}
