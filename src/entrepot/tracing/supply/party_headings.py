"""What a heading says of a party word by word, where none on record is met: Shipper Full Address, SUPPLIER_NAME_EN.

A party is called by many words and told by many columns, and every seller of customs data joins them otherwise. So the
words for the party and those for what is told of it are data (party_words.csv), and a heading is read where they
explain all of it. Of several columns the cells decide: one that stands empty names nobody, and a number is no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import folded
from entrepot.tracing.supply.contract import SUPPLY_PARTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Our columns of parties, and by which words each is called, the likeliest first: in a file of supplies the shipper is
# the supplier where nobody is called so, in a declaration the supplier is the exporter.
_CALLED = {
    "supplier": ("supplier", "exporter", "maker"),
    "exporter": ("exporter", "supplier", "maker"),
    "buyer": ("buyer", "importer"),
    "importer": ("importer", "buyer"),
}
_TOLD = ("id", "address", "country")  # behind a stroke below: exporter_address
_WHO = frozenset(w for words in _CALLED.values() for w in words)  # all words for a party, whichever column is its
_LONGEST = 3  # words of a phrase: "account number", "zip code", "ultimate consignee"
_MOST_SHOWN = 40  # characters of a cell in a note
_MOST_WORDS = 6  # of a heading that is read so: a sentence is none
_WORD = re.compile(r"[^\W\d_]+")
_BOX = re.compile(r"^\s*\d{1,2}\s*[.)]\s*(?:[A-Z]\.\s*)?(?=[^\W\d])")  # 13. Manufacturer ID, 29. A. HTSUS No.
_CODE = re.compile(r"[A-Z]{0,4}[\d.\-]{5,}[A-Z\d]{0,6}")  # of one word, five digits in a row: a number with letters


@dataclass(frozen=True, slots=True)
class PartyHeading:
    """What a heading says of a party.

    Attributes:
        who: which party it is, as the words of the heading group it.
        word: the word itself: what is told of a shipper is not told of the seller.
        part: name, id, address, whole_address, country or owner, who owns it.
        is_english: whether it says a name in Latin letters beside one in others.
    """

    who: str
    word: str
    part: str
    is_english: bool


@cache
def _cut(heading: str) -> tuple[tuple[str, str], ...]:
    """The words of a heading, each with its meaning; none where one is not known."""
    tokens, at, found = _WORD.findall(folded(heading)), 0, []
    while at < len(tokens) <= _MOST_WORDS:
        many = next((n for n in range(_LONGEST, 0, -1) if " ".join(tokens[at : at + n]) in _meanings()), 0)
        if not many:
            return ()
        text = " ".join(tokens[at : at + many])
        found.append((_meanings()[text], text))
        at += many
    return tuple(found)


@cache
def party_heading(heading: str) -> PartyHeading | None:
    """What a heading says of a party; None where its words do not say it, or say more.

    Args:
        heading: as it stands.
    """
    found = _cut(without_box(heading))
    who = [(m, w) for m, w in found if m in _WHO]
    parts = {m for m, _ in found} - _WHO - {"neutral", "english"}
    if len({m for m, _ in who}) != 1 or len(parts - {"name"}) > 1:
        return None
    part = next(iter(parts - {"name"}), "name")
    return PartyHeading(*who[0], part, any(m == "english" for m, _ in found))


def without_box(heading: str) -> str:
    """A heading without the number of a form's box before it: 13. Manufacturer ID, 29. A. HTSUS No."""
    return _BOX.sub("", heading)


def is_party(column: str) -> bool:
    """Whether a column of ours names a party."""
    return column in _CALLED


def candidates(column: str, headings: Sequence[str], name_at: int | None) -> list[int]:
    """Where one of our columns of a party may stand, the likeliest first.

    Args:
        column: ours: a party, or what is told of one.
        headings: as they stand.
        name_at: of what is told of a party, where its name stands.
    """
    base, _, told = column.rpartition("_")
    who, part = (base, told) if base in _CALLED and told in _TOLD else (column, "name")
    if who not in _CALLED:
        return []
    said = {i: s for i, h in enumerate(headings) if (s := party_heading(h)) is not None}
    if part != "name" and name_at in said:  # what is told of the party that was found, and of no other
        said = {i: s for i, s in said.items() if s.word == said[name_at].word}
    wanted = ("whole_address", "address") if part == "address" else (part,)
    order = _CALLED[who]
    fit = [i for i, s in said.items() if s.who in order and s.part in wanted]
    return sorted(fit, key=lambda i: (order.index(said[i].who), wanted.index(said[i].part), said[i].is_english, i))


def numbers_of(column: str, headings: Sequence[str]) -> list[int]:
    """Where a party stands by number alone, the likeliest first: Manufacturer ID, Importer No."""
    said = {i: s for i, h in enumerate(headings) if (s := party_heading(h)) is not None and s.part == "id"}
    order = _CALLED.get(column, ())
    return sorted((i for i, s in said.items() if s.who in order), key=lambda i: (order.index(said[i].who), i))


def chosen(column: str, likely: Sequence[int], headings: Sequence[str], rows: Sequence[Sequence[str | None]]) -> int:
    """Which of several columns holds what ours does, as the first rows show: not an empty one, and a name has letters.

    Args:
        column: ours.
        likely: where it may stand, the likeliest first; at least one.
        headings: as they stand.
        rows: the first of them; none leaves the likeliest.
    """
    filled = [i for i in likely if any(row[i] for row in rows)]
    if not is_party(column):
        whole = [i for i in filled if (s := party_heading(headings[i])) and s.part == "whole_address"]
        return (whole or filled or likely)[0]
    named = [i for i in filled if has_names(i, rows)] or [i for i in filled if has_letters(i, rows)]
    first = (named or filled or likely)[0]
    word = party_heading(headings[first])
    for i in named[1:]:
        other = party_heading(headings[i])
        is_same = word is not None and other is not None and word.word == other.word
        if is_same and other is not None and other.is_english and all(row[i] for row in rows if row[first]):
            return i  # lists are of names in Latin letters and in Chinese: what is written so is met best
    return first


def has_letters(at: int, rows: Iterable[Sequence[str | None]]) -> bool:
    """Whether any cell of a column has a letter."""
    return any(any(map(str.isalpha, row[at] or "")) for row in rows)


def has_names(at: int, rows: Iterable[Sequence[str | None]]) -> bool:
    """Whether any cell of a column with a letter is no code: EORI and tax numbers have letters, GB123456789000."""
    return any(any(map(str.isalpha, cell)) and not _CODE.fullmatch(cell) for row in rows if (cell := row[at]))


def further(column: str, at: int, headings: Sequence[str], rows: Sequence[Sequence[str | None]]) -> tuple[int, ...]:
    """The columns of an address that stands in pieces, in their order; empty where one column has it whole.

    Args:
        column: ours.
        at: the column that was chosen.
        headings: as they stand.
        rows: the first of them.
    """
    said = party_heading(headings[at])
    if not column.endswith("_address") or said is None or said.part != "address":
        return ()
    same = [i for i, h in enumerate(headings) if (s := party_heading(h)) and (s.word, s.part) == (said.word, "address")]
    pieces = [i for i in same if any(row[i] for row in rows)]
    return tuple(pieces) if len(pieces) > 1 else ()


def of_nobody(part: str, headings: Sequence[str], rows: Sequence[Sequence[str | None]]) -> tuple[int, ...]:
    """The filled columns of an address or a country that do not say whose: of the one party that a file names.

    Args:
        part: address or country.
        headings: as they stand.
        rows: the first of them.
    """
    wanted = {"address": {"whole_address", "address"}, "country": {"country"}}[part]
    told = ((i, {m for m, _ in _cut(h)} - {"neutral"}) for i, h in enumerate(headings))
    return tuple(i for i, meanings in told if len(meanings) == 1 and meanings <= wanted and any(r[i] for r in rows))


def makers(headings: Sequence[str], read: Iterable[int], rows: Sequence[Sequence[str | None]]) -> list[str]:
    """The headings under which somebody is named who made the goods, and that no column of ours is.

    Args:
        headings: as they stand.
        read: positions of those that are read.
        rows: the first of them.
    """
    left = [i for i in range(len(headings)) if i not in set(read)]
    told = ((i, party_heading(headings[i])) for i in left)
    named = [i for i, s in told if s is not None and (s.who, s.part) == ("maker", "name") and has_letters(i, rows)]
    return [headings[i] for i in named]


def told_of(heading: str, headings: Sequence[str]) -> set[int]:
    """Positions of the columns that tell of a party: the heading of its name, and its address, country and number.

    Args:
        heading: of its name.
        headings: as they stand.
    """
    said = party_heading(heading)
    same = (
        i
        for i, h in enumerate(headings)
        if said and (s := party_heading(h)) and s.word == said.word and s.part != "name"
    )
    return {headings.index(heading), *same}


def owners_told(headings: Sequence[str], rows: Sequence[Sequence[str | None]], at: Mapping[str, int]) -> list[str]:
    """A sentence on each column that names who owns a party of the rows: no supply, so nothing is read of it here.

    Args:
        headings: as they stand.
        rows: the first of them, of which one is shown.
        at: where our columns stand.
    """
    named = {s.word: headings[i] for c, i in at.items() if is_party(c) and (s := party_heading(headings[i]))}
    notes: list[str] = []
    for i, heading in enumerate(headings):
        said = party_heading(heading)
        if said is None or said.part != "owner" or said.word not in named:
            continue
        example = next((cell for row in rows if (cell := row[i])), "")
        shown = tr(" ({example!r})", example=example[:_MOST_SHOWN]) if example else ""
        notes.append(
            tr(
                "{heading}{shown} names who owns the {word}, which is no supply: no list is asked about it here. Load "
                'the file too as ownership, entrepot own load FILE --column owner="{heading}" --column owned="{owned}" '
                "--column share==, and trace --with-ownership; entrepot screen asks the lists about each.",
                heading=heading,
                shown=shown,
                word=said.word,
                owned=named[said.word],
            )
        )
    return notes


def names_a_party(heading: str) -> bool:
    """Whether a heading has a word for a party, so that whoever stands under it is worth a look."""
    return any(_meanings().get(word) in _WHO for word in _WORD.findall(folded(heading)))


@cache
def _meanings() -> dict[str, str]:
    rows = packaged_rows(SUPPLY_PARTY_WORDS)
    told = ((" ".join(_WORD.findall(folded(w))), r["meaning"]) for r in rows for w in r["words"])
    return {text: meaning for text, meaning in told if text}
