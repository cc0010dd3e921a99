"""What columns that describe goods say of a region and of listed parties: notes, for goods are no party.

A description or a shipping mark may name the maker, or where the goods were made, and no column of parties does. No
score is made of it and nobody is flagged: a listed name is met only as it stands, all but its legal form, and who is
meant is for a person to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import ntr, tr
from entrepot.screening.parties.contract import CELL_LABELS
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.folding import folded, is_han
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.lists.search_set import Searched
    from entrepot.measures.by_region import UnderMeasure
    from entrepot.screening.parties.parties import Parties

_GOODS = "goods"  # the kind of such a heading
_MOST_NAMED = 5  # cells in a note
_LEAST_WORDS, _LEAST_LETTERS = 2, 8  # of a name that is looked for: shorter ones are words of goods, too
_ENDS = ("ends", "loose")  # kinds of words behind a name
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]")
_LONGEST = 2_000  # characters of a cell
_REMEMBERED = 50_000  # cells of a run: some 10 MB

_Names = dict[str, list[tuple[tuple[str, ...], str]]]


def goods_notes(parties: Parties, against: Searched, under: Sequence[UnderMeasure]) -> list[str]:
    """Notes on cells that describe goods and name a place of a region, or a listed party; none where no column does.

    Args:
        parties: what is screened.
        against: the listed names.
        under: the regions that are looked for.
    """
    used = {i for c in parties.columns for i in c.used}
    columns = [i for i, h in enumerate(parties.headings) if i not in used and heading_role(h).kind == _GOODS]
    if not columns:
        return []
    names = _listed(against)

    @lru_cache(_REMEMBERED)  # a file of shipments says the same of most of them
    def told(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(said.removesuffix(".") for said in _places(cell, under)), tuple(_names(cell, names))

    places: list[tuple[int, str, str]] = []
    firms: list[tuple[int, str, str]] = []
    for row, heading, cell in _cells(parties, columns):
        of_places, of_firms = told(cell)
        places += [(row, heading, said) for said in of_places]
        firms += [(row, heading, name) for name in of_firms]
    return [*_placed(places), *_named(firms)]


def _cells(parties: Parties, columns: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    for number, row in enumerate(parties.rows, parties.source.first_row):
        for at in columns:
            if cell := row[at]:
                yield number, parties.headings[at], cell[:_LONGEST]


def _places(cell: str, under: Sequence[UnderMeasure]) -> Iterator[str]:
    """What surely names a place of a region; a word that may mean something else says nothing of goods."""
    for name in dict.fromkeys(u.region for u in under):
        found = find_place(region(name), cell)
        if found is not None and found.strength == "certain":
            yield found.reason


def _words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; each Chinese character is one."""
    return tuple(_WORD.findall(folded(text).text))


def _listed(against: Searched) -> _Names:
    """First word -> the words and the text of each listed name that begins with it, without its legal form."""
    out: _Names = defaultdict(list)
    for text in against.names.column("text").to_pylist():
        words = _words(text)
        words = _without_form(words)
        if len(words) >= _LEAST_WORDS and sum(map(_letters, words)) >= _LEAST_LETTERS:
            out[words[0]].append((words, text))
    return out


def _letters(word: str) -> int:
    """The letters of a word; a Chinese character says as much as two."""
    return 2 if is_han(word) else len(word)


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without those that end it and say nothing of who it is."""
    while words:
        end = next((e for e in _forms().get(words[-1], ()) if words[-len(e) :] == e), None)
        if end is None:
            break
        words = words[: -len(end)]
    return words


@cache
def _forms() -> dict[str, list[tuple[str, ...]]]:
    """Last word -> the words of each such end, the longest first."""
    out: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    ends = (e for row in packaged_rows(CELL_LABELS) if row["kind"] in _ENDS for e in row["words"])
    for end in sorted({w for e in ends if (w := _words(e))}, key=lambda w: (-len(w), w)):
        out[end[-1]].append(end)
    return dict(out)


def _names(cell: str, names: _Names) -> Iterator[str]:
    words = _words(cell)
    found = (
        text for i, first in enumerate(words) for name, text in names.get(first, ()) if words[i : i + len(name)] == name
    )
    yield from dict.fromkeys(found)


def _placed(found: Sequence[tuple[int, str, str]]) -> list[str]:
    if not found:
        return []
    told = ntr(
        len(found),
        "{count} description of goods names a place of a region: {shown}{more}.",
        "{count} descriptions of goods name a place of a region: {shown}{more}.",
        **_shown(found),
    )
    return [hinted(told, tr("It is said of goods, and no party is flagged for it: ask who made them, and where."))]


def _named(found: Sequence[tuple[int, str, str]]) -> list[str]:
    if not found:
        return []
    told = ntr(
        len(found),
        "{count} description of goods holds the name of a listed party: {shown}{more}.",
        "{count} descriptions of goods hold the name of a listed party: {shown}{more}.",
        **_shown(found),
    )
    return [hinted(told, tr("It was looked for as it stands, and has no score: ask whose goods they are."))]


def _shown(found: Sequence[tuple[int, str, str]]) -> dict[str, str]:
    """The first cells with their rows, and how many more there are."""
    said = [
        tr("row {row}, {heading}: {said}", row=row, heading=heading, said=said)
        for row, heading, said in found[:_MOST_NAMED]
    ]
    more = len(found) - len(said)
    return {"shown": "; ".join(said).removesuffix("."), "more": tr(" and {count} more", count=more) if more else ""}
