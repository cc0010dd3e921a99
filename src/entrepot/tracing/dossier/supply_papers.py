"""Papers out of rows: what one issuer calls by one number in one kind of file, and what sort of paper that is."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import is_han, unaccented
from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.dossier.contract import PAPER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from entrepot.tracing.balance.books import Books, Row

    # A number -> who is said to have issued it, and in which language or what it is.
    Told = dict[str, list[tuple[str, str]]]

# Who issued a paper, by the kind of file that tells of it: the name, and the id.
_NAMES = ("supplier", "payer", "party", "maker", "issuer")
_IDS = ("supplier_id", "payer_id", "party_id", "maker_id")
_ISSUERS = (*_NAMES, *_IDS)
_ASCII = 127  # the last of the letters that every file of English has
_WORD = re.compile(r"[^\W\d_]+")
NOT_TOLD = "not_told"
TRANSLATION = "translation"
# Of rows at one place, what they are told as: the first of these that one of them is.
_CLASSES = ("event", "supply", "declaration", "production", "recipe", "payment", "attached", "facilities")


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
        language: its language, as a file says it; empty where none does.
        translates: the numbers of papers that it translates, folded.
    """

    key: PaperKey
    name: str
    sort: str
    rows: tuple[Row, ...]
    language: str = ""
    translates: frozenset[str] = frozenset()

    @property
    def date(self) -> str:
        """Its first day; empty where no row has one."""
        return min((str(r["date"]) for r in self.rows if r.get("date")), default="")

    @property
    def issuer(self) -> str:
        """Who issued it, by name; empty where rows do not say."""
        row = self.rows[0]
        return str(next((row[c] for c in _NAMES if row.get(c)), ""))

    @property
    def is_foreign(self) -> bool:
        """Whether its number, or what its rows say, has letters that are not Latin."""
        return any(not_latin(str(v)) for r in self.rows for c, v in r.items() if v and c not in _OURS)

    @property
    def is_translation(self) -> bool:
        """Whether its number says that it is a translation."""
        return bool(self.translates) or self.sort == TRANSLATION or TRANSLATION in sorts(self.name)

    @property
    def is_english(self) -> bool:
        """Whether a file says that it is in English."""
        return folded(self.language) in _ENGLISH


_ENGLISH = ("en", "eng", "english", "en-us", "en-gb")  # ISO 639, and the word
# Columns that no paper says: they are of the store.
_OURS = frozenset({"file_id", "row", "entry", "act"})


def not_latin(text: str) -> bool:
    """Whether a text has letters of another script than Latin; Greek letters stand for units and are let be."""
    return any(
        c.isalpha() and not unicodedata.name(c, "").startswith(("LATIN", "GREEK", "MICRO", "FULLWIDTH LATIN"))
        for c in text
        if ord(c) > _ASCII
    )


def sorts(name: str) -> list[str]:
    """What the words of a number say that a paper is, the longest first; in Chinese no space divides them."""
    said = " ".join(_WORD.findall(unaccented(name)))
    return [sort for word, sort in _words() if (word in said if is_han(word) else f" {word} " in f" {said} ")]


@cache
def _words() -> list[tuple[str, str]]:
    told = {(" ".join(_WORD.findall(unaccented(r["word"]))), r["sort"]) for r in packaged_rows(PAPER_WORDS)}
    return sorted(told, key=lambda p: (-len(p[0]), p))


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
    languages: Told = defaultdict(list)
    of_itself: Told = defaultdict(list)
    for row in books.papers:
        if row["language"]:
            languages[folded(row["document"])].append((folded(row["issuer"]), row["language"]))
        if row["sort"] and is_of_itself(row):
            of_itself[folded(row["document"])].append((folded(row["issuer"]), row["sort"]))
    return {key: _paper(key, rows, books.files, (languages, of_itself)) for key, rows in sorted(found.items())}


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
    for row in books.papers:
        if not is_of_itself(row):
            yield "attached", row
    for row in books.facilities:
        yield "facilities", row


def is_of_itself(row: Row) -> bool:
    """Whether a row of papers tells of a paper that stands in another file: its language, or what it is."""
    return folded(row["document"]) == folded(row["belongs_to"])


def _issuer(row: Row) -> str:
    if "belongs_to" in row:  # two orders of one number are told apart by what they go with
        return f"{folded(row['belongs_to'])} {folded(row['issuer'])}".strip()
    return str(next((row[c] for c in _IDS if row.get(c)), ""))


def _said_of(told: Iterable[tuple[str, str]], row: Row) -> str:
    """What files say of a paper, its language: a word on the number of another issuer is none, nor are two words."""
    own = {folded(str(row[c])) for c in _ISSUERS if row.get(c)}
    named = {word for issuer, word in told if issuer in own}
    of_any = {word for issuer, word in told if not issuer}
    said = named or of_any
    return said.pop() if len(said) == 1 else ""


def _paper(key: PaperKey, rows: list[Row], files: Mapping[str, str], told: tuple[Told, Told]) -> Paper:
    ordered = tuple(sorted(rows, key=lambda r: (*place(r), r.get("entry", 0))))
    name = str(ordered[0].get("document") or "")
    if key.told_as == "facilities":
        return Paper(key, files.get(ordered[0]["file_id"], ordered[0]["file_id"]), "facilities", ordered)
    translates = frozenset(folded(r["translation_of"]) for r in ordered if r.get("translation_of"))
    language, sort = (_said_of(some.get(folded(name), ()), ordered[0]) for some in told)
    return Paper(key, name, _told(key, name, ordered[0], sort), ordered, language, translates)


def _told(key: PaperKey, name: str, row: Row, of_itself: str) -> str:
    """What sort a paper is: as a file says it, else by the kind of file, else by the words of its number."""
    if key.told_as == "attached" and row["sort"]:
        return str(row["sort"])
    if of_itself and key.told_as in {"supply", "attached", "declaration"}:
        return of_itself
    if key.told_as not in {"supply", "attached"}:
        return key.told_as
    return next((s for s in sorts(name) if s != TRANSLATION), NOT_TOLD)
