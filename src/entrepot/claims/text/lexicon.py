"""The words of the reader: every word is a row of a CSV in `data`, found where it stands in a sentence.

A row's `word` is literal; `*` stands for any ending and a blank for white space or a hyphen. English and Russian words
begin and end at word boundaries. One pass over the text meets an index by the first letters, so its time is linear
in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TABLES = ("bounds", "numbers", "units", "changes", "signals", "words", "events", "products", "numbering")
_KEYS = (3, 2, 1)  # letters by which words are looked up, the most telling first
_SCANS = 1_000  # sentences whose words are kept: each is asked for when it is read and again when it is judged
_START = re.compile(r"(?<!\w)\w|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found.

    Attributes:
        start, end: where, end excluded.
        kind: the table it is of, and the row's `kind` where it has one: `changes.yoy`.
        row: the row of the CSV.
    """

    start: int
    end: int
    kind: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Entry:
    begins: str  # the letters before its first blank or *: where they do not stand, the rest is not looked at
    rest: str  # pattern of what follows them: empty for most words
    border: str  # pattern of what stands behind the word
    kind: str
    row: Mapping[str, Any]
    printed: str
    cased: bool


# A text has few of the thousands of words, and compiling them all takes longer than reading a page.
_compiled = cache(re.compile)
# What a word may not run on with: a letter of any script, or beside Chinese and behind a currency a Latin one.
_ANY, _LATIN = r"(?!\w)", r"(?![A-Za-z])"


def _begins(word: str) -> str:
    """The letters that a word surely begins with: a blank may be a hyphen, and * any ending."""
    return re.split(r"[*\s]", word, maxsplit=1)[0]


def lower(text: str) -> str:
    """The text in small letters, character by character, so that offsets hold."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Lexicon:
    """The words of one language with those of all, indexed by their first letters."""

    def __init__(self, language: str, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        self._spaced = language != "zh"
        self._index: dict[str, list[_Entry]] = defaultdict(list)
        for table, row in entries:
            entry = self._entry(table, row)
            self._index[entry.begins[: _KEYS[0]]].append(entry)
        for found in self._index.values():
            found.sort(key=lambda e: -len(e.printed))
        self._scanned = lru_cache(maxsize=_SCANS)(self._scan)

    def _entry(self, table: str, row: Mapping[str, Any]) -> _Entry:
        word, begins, border = row["word"], _begins(lower(row["word"])), ""
        rest = re.escape(lower(word)[len(begins) :]).replace(r"\*", r"\w{0,14}").replace(r"\ ", r"[\s\-–—]{1,3}")
        if re.match(r"\w|\*", word[-1]) and (self._spaced or word[-1].isascii()):
            before = row.get("place") in ("before", "both") and table == "units"  # Rs9.1 billion
            border = _ANY if self._spaced and not before else _LATIN
        kind = f"{table}.{row['kind']}" if "kind" in row and table != "names" else table
        # A name is written with a capital; a short one in capitals throughout (US, EU) is no pronoun.
        return _Entry(begins, rest, border, kind, row, word, table == "names" and word[0].isupper())

    def at(self, text: str, small: str, position: int) -> Iterator[Hit]:
        """The words that begin at `position`, longest first; `small` is `lower(text)`."""
        for length in _KEYS:
            key = small[position : position + length]
            for entry in self._index.get(key, ()):
                if not small.startswith(entry.begins, position):
                    continue
                end = _end(entry, small, position + len(entry.begins))
                if end > position and _case_fits(entry, text[position:end]):
                    yield Hit(position, end, entry.kind, entry.row)

    def scan(self, text: str) -> list[Hit]:
        """All words of the text, in order; of those of one kind that overlap, the first and longest."""
        return self._scanned(text)

    def _scan(self, text: str) -> list[Hit]:
        small = lower(text)
        ends: dict[str, int] = {}
        found: list[Hit] = []
        starts = (m.start() for m in _START.finditer(small)) if self._spaced else range(len(small))
        for position in starts:
            best: dict[str, Hit] = {}
            for hit in self.at(text, small, position):
                if position >= ends.get(hit.kind, 0) and hit.end > best.get(hit.kind, hit).start:
                    longest = best.get(hit.kind)
                    if longest is None or hit.end > longest.end:
                        best[hit.kind] = hit
            for hit in best.values():
                ends[hit.kind] = hit.end
                found.append(hit)
        return found


def _end(entry: _Entry, small: str, begun: int) -> int:
    """Where a word ends of which the first letters end at `begun`; -1 where it is another."""
    if entry.rest:
        match = _compiled(entry.rest + entry.border).match(small, begun)
        return match.end() if match else -1
    behind = small[begun : begun + 1] if entry.border else ""
    runs_on = behind.isalnum() or behind == "_" if entry.border == _ANY else behind.isascii() and behind.isalpha()
    return -1 if runs_on else begun


def _case_fits(entry: _Entry, printed: str) -> bool:
    if not entry.cased:
        return True
    if entry.printed.isupper() and len(entry.printed) <= 5:  # noqa: PLR2004 - UFLPA is the longest abbreviation
        return printed.isupper()
    return printed[0].isupper()


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of `en`, `zh` or `ru`, names included; built once a process."""
    from entrepot.claims.text.gazetteer import names

    entries: list[tuple[str, Mapping[str, Any]]] = [
        (table, row) for table in TABLES for row in rows(table) if row["language"] in (language, "*")
    ]
    return Lexicon(language, [*entries, *(("names", row) for row in names(language))])


class Hits:
    """The hits of one sentence, by kind and by where they begin and end."""

    def __init__(self, found: list[Hit]) -> None:
        self._kinds: dict[str, list[Hit]] = defaultdict(list)
        for hit in found:
            self._kinds[hit.kind].append(hit)

    def of(self, *kinds: str) -> list[Hit]:
        """Hits of these kinds, in order."""
        if len(kinds) == 1:
            return self._kinds.get(kinds[0], [])
        return sorted((h for k in kinds for h in self._kinds.get(k, ())), key=lambda h: (h.start, -h.end))

    def before(self, kind: str, position: int, *, within: int) -> Hit | None:
        """The last hit of the kind that ends at or before `position`, at most `within` characters away."""
        hits = self._kinds.get(kind, [])
        index = bisect_left(hits, position + 1, key=lambda h: h.end) - 1
        return hits[index] if index >= 0 and position - hits[index].end <= within else None


def found(text: str, language: str) -> Hits:
    """The words of a text."""
    return Hits(lexicon(language).scan(text))
