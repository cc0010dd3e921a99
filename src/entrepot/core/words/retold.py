"""Sentences that are kept in English, told again in the language that is spoken.

Rows, findings and notes are made in English, for their ids are hashes of what they say. A catalogue knows the pattern
that a kept sentence was made from, so that it can be said again with the same values. What was made from no pattern
of the catalogue is data, and stays. See docs/design/57-words.md.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_MAGIC = 0x950412DE  # of a .mo file, in the byte order that Babel writes
_KEPT = 4096  # sentences that are remembered: the cells of a long table say few different things
_DEPTH = 6  # of sentences in places of sentences: a basis within a note within a refusal is three
_LEAST_WORDS = 2  # of a pattern whose places may hold anything; a shorter one would take titles and names for its own
_NAME = (
    6  # words of a part that may be a name: a longer one that no pattern made is prose of a source, with all around it
)
_PLACE = re.compile(r"\{\{|\}\}|\{(\w*)(?:![rsa])?(?::(?:[^{}]|\{\w+\})*)?\}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"[A-Z][a-z]+: ")  # such as "Assumed: "
_AMOUNT = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?")
_DATED = re.compile(r"[-\d.,:/ ]*\d[-\d.,:/ ]*")  # a number, a day, a range of either
# Where sentences and clauses were joined, the widest first.
_ENDS = tuple(map(re.compile, (r"(?<=[.!?]) (?=\S)", r"(?<=;) ", r"(?<=:) ", r"(?<=,) ")))


class _Pattern(NamedTuple):
    """A sentence with places: what it matches, and how it is said."""

    longest: str  # of its pieces: looked for before the expression is tried
    expression: re.Pattern[str]
    places: tuple[str, ...]
    forms: tuple[str, str]  # of one and of more; the second is empty where the sentence counts nothing
    is_short: bool


class KeptSentences:
    """The patterns of a catalogue, the longest first.

    Args:
        keys: sentences in English, each with its plural or nothing.
        said: a sentence without values, in the language.
        plural: the form of a sentence for a number, in the language.
        number: a number as the language writes it.
    """

    def __init__(
        self,
        keys: Iterable[tuple[str, str]],
        said: Callable[[str], str],
        plural: Callable[[str, str, int], str],
        number: Callable[[str], str],
    ) -> None:
        self._said, self._plural, self._number = said, plural, number
        self._whole: set[str] = set()
        patterns: list[_Pattern] = []
        for one, more in keys:
            for form in filter(None, (one, more)):
                if _has_places(form):
                    patterns.append(_pattern(form, (one, more)))
                else:
                    self._whole.add(form)
        self._patterns = sorted(patterns, key=lambda p: -sum(map(len, _pieces(p.expression.pattern))))
        self.retold = lru_cache(_KEPT)(self._retold)

    def _retold(self, text: str, depth: int = 0) -> str:
        """A sentence as the language says it; as it is where no pattern of the catalogue made it."""
        bare = text.strip()
        if not _WORD.search(bare) or depth > _DEPTH:
            return text
        for given in (text, bare):
            if given in self._whole:
                return text.replace(given, self._said(given), 1)
        for pattern in self._patterns:
            if pattern.longest in text and (found := pattern.expression.fullmatch(text)):
                values = found.groups()
                if pattern.is_short and not all(self._is_ours(v, depth) for v in values):
                    continue
                return self._filled(pattern, values, depth)
        return self._in_parts(text, depth)

    def _is_ours(self, value: str, depth: int) -> bool:
        """Whether a value is a number or a word of the catalogue, so that a short pattern surely made the text."""
        deep = max(_DEPTH - 1, depth + 1)  # deeper each time: a pattern of two places alone leaves all but one letter
        return bool(_DATED.fullmatch(value)) or value in self._whole or self.retold(value, deep) != value

    def _filled(self, pattern: _Pattern, values: tuple[str, ...], depth: int) -> str:
        """The sentence of a pattern with its values, each told again too."""
        told = {name: self._value(v, depth) for name, v in zip(pattern.places, values, strict=True)}
        one, more = pattern.forms
        if more:
            count = dict(zip(pattern.places, values, strict=True)).get("count", "2").replace(",", "")
            said = self._plural(one, more, int(count) if count.isdigit() else 2)
        else:
            said = self._said(one)
        return _PLACE.sub(lambda m: m[0][:1] if m[1] is None else told.get(m[1], m[0]), said)

    def _value(self, value: str, depth: int) -> str:
        return self._number(value) if _AMOUNT.fullmatch(value) else str(self.retold(value, depth + 1))

    def _in_parts(self, text: str, depth: int) -> str:
        """A text of several sentences or clauses: each is told again that a pattern made."""
        for end in _ENDS:
            parts = end.split(text)
            if len(parts) > 1:
                told = [self._part(p, depth) for p in parts]
                is_of_ours = all(t != p or len(_WORD.findall(p)) <= _NAME for p, t in zip(parts, told, strict=True))
                return " ".join(told) if is_of_ours else text
        bare = text.rstrip(".;:,")  # a clause that was made into a sentence
        return text if bare == text else str(self.retold(bare, depth + 1)) + text[len(bare) :]

    def _part(self, part: str, depth: int) -> str:
        if f"{part} " in self._whole:  # such as "The address: ", which a sentence is put behind
            return self._said(f"{part} ").rstrip()
        if f"{part}." in self._whole:  # a sentence that lost its full stop where several were joined
            return self._said(f"{part}.")
        told = str(self.retold(part, depth + 1))
        bare = part.rstrip(".;:,")
        return told if told != part or bare == part else str(self.retold(bare, depth + 1)) + part[len(bare) :]


def _has_places(text: str) -> bool:
    return any(m[1] is not None for m in _PLACE.finditer(text))


def _pieces(expression: str) -> list[str]:
    return re.sub(r"\\(.)", r"\1", expression).split("(.+?)")


def _pattern(form: str, forms: tuple[str, str]) -> _Pattern:
    pieces, places, at = [""], [], 0
    for found in _PLACE.finditer(form):
        pieces[-1] += form[at : found.start()]
        at = found.end()
        if found[1] is None:
            pieces[-1] += found[0][:1]
        else:
            places.append(found[1])
            pieces.append("")
    pieces[-1] += form[at:]
    words = sum(len(_WORD.findall(p)) + p.count("“") for p in pieces)  # a quote stands in no title
    expression = re.compile("(.+?)".join(map(re.escape, pieces)), re.DOTALL)
    is_short = words < _LEAST_WORDS and not _LABEL.fullmatch(pieces[0])
    return _Pattern(max(pieces, key=len), expression, tuple(places), forms, is_short)


def keys_of(path: Path) -> Iterator[tuple[str, str]]:
    """The sentences of a compiled catalogue with their plurals, those that are known by a key left out."""
    data = path.read_bytes()
    order = "<" if struct.unpack_from("<I", data)[0] == _MAGIC else ">"
    count, at = struct.unpack_from(f"{order}II", data, 8)
    for number in range(count):
        length, offset = struct.unpack_from(f"{order}II", data, at + 8 * number)
        text = data[offset : offset + length].decode("utf-8")
        if text and "\x04" not in text:
            one, _, more = text.partition("\x00")
            yield one, more
