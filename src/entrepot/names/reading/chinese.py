"""A Chinese name cut into its words: places, the distinctive part, lines of business, legal form.

The cheapest cut is taken, by costs that follow how Chinese firms are named (Provisions on the Administration of
Enterprise Name Registration, article 6: division, distinctive name of two or more characters, trade, form of
organisation). Longest match from the left would cut a known word out of a brand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from entrepot.names.native.cuts import END, ROLES, SUFFIX, Costs, cheapest_cut, lengths_by_first
from entrepot.names.native.library import library
from entrepot.names.reading.han import is_surname, simplified, surname_length
from entrepot.names.reading.lexicon import Entry, han, longest_han
from entrepot.vocabulary.numerals import arabic
from entrepot.vocabulary.regions.in_names import regions_in_names

if TYPE_CHECKING:
    from entrepot.vocabulary.regions.in_names import InNames

# Costs, chosen on the rules of naming: a distinctive part of two or three characters is the rule, one character the
# exception; a place stands in front, a trade behind; a form ends the name.
_DISTINCTIVE = {1: 1.6, 2: 1.0, 3: 1.3, 4: 1.5}
_EACH_MORE = 0.35  # for each character beyond four
_SECOND_PART = 0.8  # a second distinctive part
_KNOWN_AS_PART = 1.7  # a distinctive part that is a known word
_PLACE_IN_PART, _WORD_IN_PART = 0.9, 0.6  # one that begins or ends in one
_BRAND_IN_PART = 0.25  # 文华 and 世纪 are two words: firms are called by both
_CUT_ACROSS = 0.5  # a distinctive part that ends inside a known word: 钢材进 and 出口
_NO_PART = 0.8  # a name without a distinctive part
_NOT_LAST = 1.5  # a legal form before something else
_SINGLE = 1.6  # a word of one character
_LAST_SINGLE = 0.3  # 厂 or 局 at the end
_ENDS = frozenset({"有限", "股份", "集团", "公司"})  # with which a legal form begins, or a group ends
_SUFFIXES = frozenset("市省县区")  # they belong to the place before them
_OFF_SUFFIX = 1.0  # a distinctive part that begins with one of these: as dear as a part of two characters
_TIE = 1e-9  # below any cost: of two cuts that cost the same up to rounding the first found stays
# Of a known word by its role, before the distinctive part (0) and behind it (1).
_COSTS = {("place", 0): 0.3, ("place", 1): 0.9, ("word", 0): 0.55, ("word", 1): 0.4, ("form", 0): 0.5, ("form", 1): 0.1}
_CORE = 0.7  # of a known brand, in either state: below an unknown part of two characters, so that it is preferred
_LONGEST_PART = 8  # characters
_ACROSS = 6  # characters of a known word that is cut across
_LONGEST_GIVEN = 2  # characters of a given name
_SOUTHERN = ("香港", "澳门", "台湾", "中华民国")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a Chinese name.

    Attributes:
        text: its characters as given.
        entry: what it stands for; None for a distinctive part.
    """

    text: str
    entry: Entry | None


@lru_cache(maxsize=20_000)
def segments(text: str) -> tuple[Segment, ...]:
    """Cut a name.

    Args:
        text: Chinese characters only, traditional or simplified.
    """
    plain = simplified(text)
    found = _cut_by_core(plain)
    if found is not None:
        return tuple(Segment(text[start:end], entry) for start, end, entry in found)
    best = _cheapest(plain)
    # State at the end: 1 where a distinctive part was met.
    state = 1 if best[-1][1].cost <= best[-1][0].cost + _NO_PART else 0
    out: list[Segment] = []
    at = len(plain)
    while at:
        cut = best[at][state]
        out.append(Segment(text[cut.start : at], cut.entry))
        at, state = cut.start, cut.before
    return tuple(reversed(out))


def _cut_by_core(plain: str) -> list[tuple[int, int, Entry | None]] | None:
    """The cheapest cut by the compiled core: start, end and entry of each part; None where it does not cut."""
    if library() is None:
        return None
    known, lengths, size = han(), _lengths(), len(plain)
    words, entries = list[int](), list[Entry]()
    for start, character in enumerate(plain):
        for length in lengths.get(character, ()):
            end = start + length
            if end <= size and (entry := known.get(plain[start:end])) is not None:
                words += (start, end, ROLES[entry.role], entry.sort == "body")
                entries.append(entry)
    marks = bytes(SUFFIX * (c in _SUFFIXES) | END * (plain[i : i + 2] in _ENDS) for i, c in enumerate(plain))
    parts = cheapest_cut(marks, words, _costs())
    if parts is None:
        return None
    ends, which = parts[::2], parts[1::2]
    starts = [0, *ends]
    return [(s, e, entries[w] if w >= 0 else None) for s, e, w in zip(starts, ends, which, strict=False)]


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    return lengths_by_first(han())


@cache
def _costs() -> Costs:
    roles = sorted((r for r in ROLES if r != "core"), key=ROLES.__getitem__)
    against = {"core": _BRAND_IN_PART, "place": _PLACE_IN_PART}
    return Costs(
        known=tuple(_COSTS[role, state] for role in roles for state in (0, 1)),
        brand=_CORE,
        distinctive=tuple(_DISTINCTIVE[length] for length in sorted(_DISTINCTIVE)),
        each_more=_EACH_MORE,
        second_part=_SECOND_PART,
        known_as_part=_KNOWN_AS_PART,
        in_part=tuple(against.get(role, _WORD_IN_PART) for role in sorted(ROLES, key=ROLES.__getitem__)),
        cut_across=_CUT_ACROSS,
        no_part=_NO_PART,
        not_last=_NOT_LAST,
        single=_SINGLE,
        last_single=_LAST_SINGLE,
        off_suffix=_OFF_SUFFIX,
        tie=_TIE,
        longest=longest_han(),
        longest_part=_LONGEST_PART,
        across=_ACROSS,
    )


@dataclass(slots=True)
class _Cut:
    """The cheapest cut that ends here: its cost, where its last part begins, and the state before that."""

    cost: float = float("inf")
    start: int = 0
    before: int = 0
    entry: Entry | None = None


def _cheapest(plain: str) -> list[tuple[_Cut, _Cut]]:
    """For each end, the cheapest cut without (0) and with (1) a distinctive part."""
    best = [(_Cut(), _Cut()) for _ in range(len(plain) + 1)]
    best[0][0].cost = 0.0
    known = _known_in(plain)
    for start in range(len(plain)):
        steps = _steps(plain, start, known)
        for state, cut in enumerate(best[start]):
            for end, entry, costs, after in steps:
                cost = cut.cost + costs[state]
                if cut.entry is None and cut.start < start and entry is None:
                    continue  # two distinctive parts side by side are one
                if cut.entry is not None and cut.entry.role == "form" and (entry is None or entry.role != "form"):
                    cost += _NOT_LAST
                there = best[end][after or state]
                if cost < there.cost - _TIE:
                    there.cost, there.start, there.before, there.entry = cost, start, state, entry
    return best


_Step = tuple[int, "Entry | None", tuple[float, float], int]


@dataclass(frozen=True, slots=True)
class _Known:
    """The known words in a name, each looked up once.

    Attributes:
        by_start: for each character the known words that begin there: end -> entry.
        endings: for each end the first of the longest known words of two characters or more: (start, entry), the
            longest first.
        forms, words: for each end the last start of a form, or of a generic word, that goes on behind it; -1 for none.
    """

    by_start: list[dict[int, Entry]]
    endings: list[list[tuple[int, Entry]]]
    forms: list[int]
    words: list[int]


def _known_in(plain: str) -> _Known:
    known, size, longest = han(), len(plain), longest_han()
    by_start: list[dict[int, Entry]] = []
    endings: list[list[tuple[int, Entry]]] = [[] for _ in range(size + 1)]
    forms, words = [-1] * (size + 1), [-1] * (size + 1)
    for start in range(size):
        found = {
            end: entry
            for end in range(start + 1, min(size, start + longest) + 1)
            if (entry := known.get(plain[start:end])) is not None
        }
        by_start.append(found)
        for end, entry in found.items():
            if end - start > 1:
                endings[end].append((start, entry))
            if end - start <= _ACROSS and entry.role in {"form", "word"}:
                last = forms if entry.role == "form" else words
                for cut in range(start + 1, end):
                    last[cut] = start
    return _Known(by_start, endings, forms, words)


def _steps(plain: str, start: int, known: _Known) -> list[_Step]:
    """What can begin at a character: its end, entry, cost in either state, and whether it is distinctive."""
    entries = known.by_start[start]
    out: list[_Step] = []
    inside = 0.0
    off_suffix = _OFF_SUFFIX if plain[start] in _SUFFIXES and start else 0.0
    for end in range(start + 1, min(len(plain), start + max(longest_han(), _LONGEST_PART)) + 1):
        entry = entries.get(end)
        if entry is not None:
            out.append((end, entry, _known_costs(plain, end, end - start, entry), int(entry.role == "core")))
        length = end - start
        if length <= _LONGEST_PART:
            cost = off_suffix
            cost += _DISTINCTIVE.get(length) or _DISTINCTIVE[4] + _EACH_MORE * (length - 4)
            inside += next((_against(e) for at, e in known.endings[end] if at > start), 0.0)
            whole = entry if entry is not None and length > 1 else None
            cost += _KNOWN_AS_PART if whole else inside
            # Whether it ends inside a known word that begins in it; a form, wherever it begins.
            cost += _CUT_ACROSS if known.forms[end] >= start or known.words[end] > start else 0.0
            inside += _against(whole) if whole else 0.0
            out.append((end, None, (cost, cost + _SECOND_PART), 1))
    return out


def _against(entry: Entry) -> float:
    if entry.role == "core":
        return _BRAND_IN_PART
    return _PLACE_IN_PART if entry.role == "place" else _WORD_IN_PART


def _known_costs(plain: str, end: int, length: int, entry: Entry) -> tuple[float, float]:
    if entry.role == "core":
        return _CORE, _CORE
    extra = 0.0
    if length == 1:
        last = end == len(plain) or plain[end : end + 2] in _ENDS
        extra = _LAST_SINGLE if last and entry.sort == "body" else _SINGLE
    return _COSTS[entry.role, 0] + extra, _COSTS[entry.role, 1] + extra


def units_in_digits(text: str) -> str:
    """The text with the numbers of a region's units in digits, set apart: 一二一团 is 121 团."""
    for region in regions_in_names():
        if region.number is not None and any(sign in text for sign in region.number_signs):
            text = region.number.sub(partial(_unit_in_digits, region), text)
    return text


def _unit_in_digits(region: InNames, match: re.Match[str]) -> str:
    number = arabic(match["number"])
    return f" {number} {region.number_word}" if number in region.units else match.group()


_ORDINAL = re.compile(
    r"第(?P<number>[零〇一二三四五六七八九十百]{1,7})(?P<unit>研究[所院]|设计[所院]|基地|建[设設]|公司|工[厂廠]|[厂廠局所院])"
)
_LEAST_ORDINAL = 11  # from it on numbers are digits; the lower ones are words: 第一 is first


def ordinals_in_digits(text: str) -> str:
    """The text with the numbers of institutes, plants and bureaus in digits, set apart: 第五十四研究所 is 54 研究所."""
    return _ORDINAL.sub(_in_digits, text) if "第" in text else text


def _in_digits(match: re.Match[str]) -> str:
    number = arabic(match["number"])
    return f" {number} {match['unit']}" if number >= _LEAST_ORDINAL else match.group()


def looks_personal(text: str) -> bool:
    """Whether the characters can be a personal name: a common surname and one or two more, no trade, place or form."""
    plain = simplified(text)
    surname = surname_length(plain)
    if not is_surname(plain[:surname]) or not 1 <= len(plain) - surname <= _LONGEST_GIVEN:
        return False
    words = (plain[i:j] for i in range(len(plain)) for j in range(i + 2, len(plain) + 1))
    # 全国 is a given name, 纺织 is not.
    return all(w not in han() or han()[w].role == "core" or han()[w].sort == "rank" for w in words)


def is_southern(text: str) -> bool:
    """Whether a name is likely to be spelt as Hong Kong or Taiwan do: it says so, or has traditional characters."""
    plain = simplified(text)
    return plain != text or any(place in plain for place in _SOUTHERN)
