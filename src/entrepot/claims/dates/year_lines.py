"""The year under which a paragraph stands: in a chronology a line or a heading that is a year alone dates the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims.dates.date_words import kinds_in
from entrepot.claims.dates.found_dates import find
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.language import READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entrepot.claims.model import Block

_LONGEST = 24  # characters of a year with the words around it: In the year 2021:
_OPENS = 12  # characters before the date with which an entry begins: a bullet, "In early"
_HEADING, _PASSED = "heading", frozenset({"cell", "note"})  # kinds of blocks; a table's years head its columns


def years_of(blocks: Iterable[Block], text: str) -> Iterator[int]:
    """For each block of a text the year of the line above it that is a year alone; 0 where there is none.

    A heading dates all below it up to the next one that is no date; a line does so where an entry follows that begins
    with a date without its year, for the years beside a chart or of an archive are lines too.
    """
    told = list(blocks)
    year = 0
    for at, block in enumerate(told):
        said = text[block.start : block.end]
        alone = 0 if block.kind in _PASSED else year_alone(said)
        if alone:
            begins = block.kind == _HEADING or (at + 1 < len(told) and _is_entry(told[at + 1], text))
            year = alone if begins else 0
        elif block.kind == _HEADING and not _lacks_its_year(said, block.language):
            year = 0
        yield 0 if alone else year


def year_alone(said: str) -> int:
    """The year where a line is nothing else, else 0.

    >>> year_alone("In 2021:"), year_alone("2021年"), year_alone("2021 trains")
    (2021, 2021, 0)
    """
    if len(said) > _LONGEST:
        return 0
    ways = (p.fullmatch(said.strip()) for p in patterns("year_line"))
    return next((int(m[1]) for m in ways if m is not None), 0)


def _is_entry(block: Block, text: str) -> bool:
    """Whether a block begins with a date that lacks its year."""
    said = text[block.start : block.end][: 2 * _LONGEST]
    if block.kind in _PASSED or year_alone(said):
        return False
    found = find(said, block.language, None) if block.language in READ else []
    return bool(found) and found[0].start <= _OPENS and _lacks_its_year(said[: found[0].end], block.language)


def _lacks_its_year(said: str, language: str) -> bool:
    """Whether a text has a month and no year."""
    kinds = kinds_in(said, language) if language in READ else frozenset()
    return "month" in kinds and "year" not in kinds
