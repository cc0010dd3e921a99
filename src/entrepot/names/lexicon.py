"""What is known of words in names: legal forms, generic words with their translations, places with their spellings.

All of it is data: data/legal_forms.csv, words.csv, places.csv, pinyin_syllables.txt, and the gazetteer of Xinjiang in
the vocabulary. `weight` in words.csv is the share of a distinctive word's evidence that a generic word carries.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Literal

from entrepot.names.clean import is_han
from entrepot.names.latin import ascii_words
from entrepot.vocabulary.xinjiang import spellings

Role = Literal["form", "word", "place"]

PLACE_WEIGHT = 0.45  # a place is shared by many firms, yet says more than a trade
_COMMONEST = 0.5  # evidence that the commonest word of names keeps
PARTICLES = frozenset({"the", "and", "of", "for", "de", "la", "le", "al", "bin"})
HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "sir", "haji", "hajji", "mullah", "mawlawi", "sheikh", "shaykh"}
)
VESSEL_PREFIXES = frozenset({"mv", "mt", "ms", "ss", "mts", "fv"})
NUMBERS = {
    **dict(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
            map(str, range(1, 11)),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"],
            ["2", "3", "4", "6", "7", "8", "9", "11", "12"],
            strict=True,
        )
    ),
}
_CORPS = "xpcc"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a spelling stands for.

    Attributes:
        role: form, word or place.
        meaning: the family of a legal form, the English word, or the place.
        weight: evidence it carries, in words of 1.
    """

    role: Role
    meaning: str
    weight: float


@cache
def latin() -> dict[tuple[str, ...], Entry]:
    """Sequences of Latin words -> entry; places before words before forms."""
    from pypinyin import lazy_pinyin

    out: dict[tuple[str, ...], Entry] = {}
    for spelling, place in spellings().items():
        if not is_han(spelling[0]):
            out.setdefault(tuple(ascii_words(spelling)), _place(place))
    for row in _rows("places.csv"):
        entry = Entry("place", row["latin"].split(";")[0], PLACE_WEIGHT)
        out |= {k: entry for s in row["latin"].split(";") if (k := tuple(ascii_words(s))) not in out}
    for row in _rows("words.csv"):
        entry = Entry("word", row["word"], float(row["weight"]))
        written = [row["word"], *row["variants"].split(";")]
        written += ["".join(lazy_pinyin(h)) for h in row["han"].split(";") if len(h) > 1]
        out |= {k: entry for s in written if s and (k := tuple(ascii_words(s))) not in out}
    for row in _rows("legal_forms.csv"):
        if not is_han(row["form"][-1]):
            out.setdefault(tuple(ascii_words(row["form"])), Entry("form", row["family"], 0.0))
    return out


@cache
def han() -> dict[str, Entry]:
    """Chinese words -> entry."""
    out: dict[str, Entry] = {}
    for row in _rows("legal_forms.csv"):
        if is_han(row["form"][-1]):
            out[row["form"].removeprefix("(集团)")] = Entry("form", row["family"], 0.0)
    for row in _rows("words.csv"):
        for word in filter(None, row["han"].split(";")):
            out.setdefault(word, Entry("word", row["word"], float(row["weight"])))
    for row in _rows("places.csv"):
        for word in row["han"].split(";"):
            for suffix in ("省", "市", ""):
                out.setdefault(word + suffix, Entry("place", row["latin"].split(";")[0], PLACE_WEIGHT))
    for spelling, place in spellings().items():
        if is_han(spelling[0]):
            out.setdefault(spelling, _place(place))
    return out


@cache
def longest() -> tuple[int, int]:
    """The longest Latin sequence in words and the longest Chinese entry in characters."""
    return max(map(len, latin())), max(map(len, han()))


@cache
def first_words() -> frozenset[str]:
    """The words with which a Latin entry begins."""
    return frozenset(k[0] for k in latin() if k)


@cache
def rarity() -> dict[str, float]:
    """Common words of names -> the share of a distinctive word's evidence that they keep.

    Counted over the names of the OFAC, UN, UK and US consolidated lists by scripts/train_names.
    """
    counts = {r["word"]: int(r["parties"]) for r in _rows("common.csv")}
    least, most = min(counts.values()), max(counts.values())
    return {w: 1 - (1 - _COMMONEST) * log(c / least) / log(most / least) for w, c in counts.items()}


def _place(place_id: str) -> Entry:
    """A place of Xinjiang; places of one name are one, and the Corps is a party and weighs as one."""
    if place_id == _CORPS:
        return Entry("place", _CORPS, 1.0)
    return Entry("place", _heads().get(place_id, place_id), PLACE_WEIGHT)


@cache
def _heads() -> dict[str, str]:
    """place_id -> the first place_id of the same Chinese short name, and a readable word for it."""
    from entrepot.vocabulary.xinjiang import places

    out: dict[str, str] = {}
    first: dict[str, str] = {}
    ends = r"(?:维吾尔自治区|(?:哈萨克|蒙古|回族|柯尔克孜)自治州|(?:哈萨克|回族|塔吉克|锡伯|蒙古)自治县|地区|市|县|区)$"
    people = r" (?:Uyghur|Hui|Mongol|Kazakh|Kyrgyz|Xibe|Tajik)? ?"
    for place in places():
        word = re.sub(people + r"(?:Autonomous )?(?:Prefecture|Region|County|City)\b.*", "", place.name)
        out[place.place_id] = first.setdefault(re.sub(ends, "", place.name_zh), word)
    return out


def _rows(name: str) -> list[dict[str, str]]:
    text = files("entrepot.names").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
