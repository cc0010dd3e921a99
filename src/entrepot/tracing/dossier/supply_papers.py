"""Papers out of rows: what one issuer calls by one number in one kind of file, and what sort of paper that is."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.tables.packaged import packaged_rows
from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.dossier.contract import PAPER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.tracing.balance.books import Books, Row

_WORD = re.compile(r"[^\W\d_]+")
NOT_TOLD = "not_told"
TRANSLATION = "translation"
# Of rows at one place, what they are told as: the first of these that one of them is.
_CLASSES = ("event", "supply", "declaration", "production", "recipe", "payment", "facilities")


class PaperKey(NamedTuple):
    """What makes papers one: the kind of file, the number or else the place, and the issuer."""

    told_as: str
    number: str
    issuer: str


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A paper.

    Attributes:
        key: what makes it one.
        name: its number as it is written; empty where it has none.
        sort: what it is, of SORTS.
        rows: the rows that tell of it, by their place.
    """

    key: PaperKey
    name: str
    sort: str
    rows: tuple[Row, ...]

    @property
    def date(self) -> str:
        """Its first day; empty where no row has one."""
        return min((str(r["date"]) for r in self.rows if r.get("date")), default="")

    @property
    def issuer(self) -> str:
        """Who issued it, by name; empty where rows do not say."""
        row = self.rows[0]
        return str(next((row[c] for c in ("supplier", "payer", "party", "maker") if row.get(c)), ""))

    @property
    def is_foreign(self) -> bool:
        """Whether its number, or what its rows say, has letters that are not Latin."""
        return any(not_latin(str(v)) for r in self.rows for c, v in r.items() if v and c not in _OURS)

    @property
    def is_translation(self) -> bool:
        """Whether its number says that it is a translation."""
        return TRANSLATION in sorts(self.name)


_OURS = frozenset({"file_id", "row", "entry", "act"})


def not_latin(text: str) -> bool:
    """Whether a text has letters of another script than Latin; Greek letters stand for units and are let be."""
    return any(
        c.isalpha() and not unicodedata.name(c, "").startswith(("LATIN", "GREEK", "MICRO", "FULLWIDTH LATIN"))
        for c in text
        if ord(c) > _ASCII
    )


_ASCII = 127


def sorts(name: str) -> list[str]:
    """What the words of a number say that a paper is, the longest first."""
    said = " " + " ".join(_WORD.findall(name.casefold())) + " "
    return [sort for word, sort in _words() if f" {word} " in said]


@cache
def _words() -> list[tuple[str, str]]:
    return sorted(((r["word"], r["sort"]) for r in packaged_rows(PAPER_WORDS)), key=lambda p: (-len(p[0]), p))


def papers(books: Books) -> dict[PaperKey, Paper]:
    """Every paper that was loaded.

    Args:
        books: what was loaded.
    """
    at: dict[tuple[str, int], list[tuple[str, Row]]] = defaultdict(list)
    for told_as, row in _rows(books):
        at[place(row)].append((told_as, row))
    found: dict[PaperKey, list[Row]] = defaultdict(list)
    for where, some in at.items():
        told_as = min((c for c, _ in some), key=_CLASSES.index)
        first = next(r for c, r in some if c == told_as)
        number = folded(first.get("document")) or f"{where[0]}:{where[1]}"
        key = PaperKey(told_as, where[0] if told_as == "facilities" else number, _issuer(first))
        found[key] += [r for _, r in some]
    return {key: _paper(key, rows, books.files) for key, rows in sorted(found.items())}


def _rows(books: Books) -> Iterator[tuple[str, Row]]:
    for row in books.links:
        yield "supply", row
    for row in books.declarations:
        yield "declaration", row
    for row in books.lots:
        yield "event" if row["event_id"] else "supply" if row["act"] == "supplied" else "production", row
    for row in books.recipes:
        yield "recipe", row
    for row in books.payments:
        yield "payment", row
    for row in books.facilities:
        yield "facilities", row


def _issuer(row: Row) -> str:
    return str(next((row[c] for c in ("supplier_id", "payer_id", "party_id", "maker_id") if row.get(c)), ""))


def _paper(key: PaperKey, rows: list[Row], files: Mapping[str, str]) -> Paper:
    ordered = tuple(sorted(rows, key=lambda r: (*place(r), r.get("entry", 0))))
    name = str(ordered[0].get("document") or "")
    if key.told_as == "facilities":
        return Paper(key, files.get(ordered[0]["file_id"], ordered[0]["file_id"]), "facilities", ordered)
    told = next((s for s in sorts(name) if s != TRANSLATION), NOT_TOLD) if key.told_as == "supply" else key.told_as
    return Paper(key, name, told, ordered)
