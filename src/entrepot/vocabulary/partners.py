"""Trading partners as publishers of trade statistics name and number them, and the aggregates among them.

A country has its ISO 3166-1 alpha-3 code (XKX for Kosovo; ISO 3166-3 for states that are no more). What is no country
begins with a plus sign: an aggregate (`+WLD`, `+EU27`) holds countries that the file names too, a residual (`+NES`)
holds what the reporter did not name and adds up with the countries to the world.

The numbers are those of the UN's M49 and of UN Comtrade, which writes 842 for the United States, 251 for France, 699
for India, 757 for Switzerland and 579 for Norway. "Other Asia, nes" (490) is Taiwan: the UN says that the code holds in
practice only its trade (https://unstats.un.org/unsd/tradekb/Knowledgebase/50104).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import Row, packaged_rows
from entrepot.vocabulary import countries
from entrepot.vocabulary.code_tables import COUNTRY_NAMES, MORE_COUNTRY_NAMES, PARTNER_NAMES, PARTNERS
from entrepot.vocabulary.printed_names import folded, strokes, taken_apart, without_form, words

if TYPE_CHECKING:
    from collections.abc import Iterable

_CODE = 2  # letters of the codes of ISO 3166-1 alpha-2
_KOSOVO = {"XK": "XKX"}  # ISO 3166-1 has no code for it
_NEAR = 75  # of 100: Krygyzstan is Kyrgyzstan at 90, and two names of one length have some forty in common
_MOST_LOOKED_UP = 4_096  # words kept: a file has some hundreds of partners
_LETTERS = re.compile(r"[A-Za-z]{2,3}")  # of a code of ISO 3166-1
_ZONES = "+FREE-ZONES"
_ZONE_WORDS = 3  # of what a free zone is called behind its own name, at most: Free Trade Zone
_PART = re.compile(r"\s+[-–—]\s+|\s*:\s+")  # between a country and its part: UAE - Dubai
_FEWEST_PARTS = 2  # of one country: a single one may be another way to write its name


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(packaged_rows(PARTNERS))


@cache
def _by_number() -> dict[str, str]:
    return {number: row["code"] for row in _rows() for number in row["numbers"]}


@cache
def _by_name() -> dict[str, str]:
    names = {folded(row["code"]): row["code"] for row in _rows()}
    for rows in (packaged_rows(PARTNER_NAMES), _rows()):
        names |= {folded(name): row["code"] for row in rows for name in row["names"]}
    return names


@cache
def _kinds() -> dict[str, str]:
    return {row["code"]: row["kind"] for row in _rows()}


@cache
def _layers() -> tuple[dict[str, str], ...]:
    """Names, as printed, to their codes: those of countries in some forty languages, then those of partners."""
    spoken: dict[str, str] = {}
    for table in (MORE_COUNTRY_NAMES, COUNTRY_NAMES):
        for row in packaged_rows(table):
            code = _KOSOVO.get(row["iso2"]) or countries.alpha3(row["iso2"])
            spoken |= dict.fromkeys(row["names"], code)
    rows = (*packaged_rows(PARTNER_NAMES), *_rows())
    return spoken, {name: row["code"] for row in rows for name in row["names"]}


@cache
def _by_words() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    """Words of a name to the one code that has them, with and without those that say the form of a state.

    Of whole names those of partners stand before those of any language: République du Congo is one to a statistician.
    """
    whole: dict[tuple[str, ...], str] = {}
    bare: list[tuple[tuple[str, ...], str]] = []
    for layer in _layers():
        pairs = [(words(name), code) for name, code in layer.items()]
        whole |= _only(pairs)
        bare += [(without_form(found), code) for found, code in pairs]
    return whole, _only(bare)


def _only(pairs: list[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], str]:
    """Words to their code, where they have but one."""
    found: dict[tuple[str, ...], set[str]] = {}
    for said, code in pairs:
        found.setdefault(said, set()).add(code)
    return {said: min(codes) for said, codes in found.items() if said and len(codes) == 1}


def code_of(printed: str) -> str:
    """The code of a partner as printed: alpha-2 or alpha-3, number, name in some forty languages, aggregate.

    Args:
        printed: "PAK", "586", "Lao People's Dem. Rep.", "World", "+EU27", "Belgium (incl. Luxembourg 'LU' -> 1998)".

    Returns:
        The code; empty where the text is no partner that is known, or names two.
    """
    text = printed.strip()
    return _exactly(text) or ((_freely(text) or _zone(text)) if text else "")


def _zone(text: str) -> str:
    """The code of free zones where a name ends, or begins, with what they are called: Mersin Serbest Bölgesi."""
    said = text.split()
    for many in range(1, min(_ZONE_WORDS, len(said) - 1) + 1):
        ends = (" ".join(said[-many:]), " ".join(said[:many]))
        if any(_by_name().get(folded(end)) == _ZONES for end in ends):
            return _ZONES
    return ""


def parts_of_countries(printed: Iterable[str]) -> dict[str, str]:
    """Names of parts of a country beside the country's, as some offices list them: the name to the country's code.

    Only of countries of which several parts are named; a part that is a partner by itself is that.

    Args:
        printed: the different words of a column.

    >>> parts_of_countries(["UAE - Dubai", "UAE - Sharjah", "China - Hong Kong", "China - Mainland", "Peru"])
    {'UAE - Dubai': 'ARE', 'UAE - Sharjah': 'ARE'}
    """
    found: dict[str, dict[str, str]] = {}
    for name in printed:
        head, *tail = _PART.split(name.strip(), maxsplit=1)
        code = code_of(head) if tail and not code_of(name) and not code_of(tail[0]) else ""
        if code and kind_of(code) == "country":
            found.setdefault(code, {})[name] = code
    return {name: code for held in found.values() if len(held) >= _FEWEST_PARTS for name, code in held.items()}


def _exactly(text: str) -> str:
    number = re.fullmatch(r"(\d+)(?:\.0)?", text, re.ASCII)
    if number:
        return _by_number().get(number[1].lstrip("0") or "0", "")
    if text in _kinds():
        return text
    if both := two_meanings(text):
        return both[0] if text.isupper() or text.islower() else both[1]
    found = _by_name().get(folded(text), "")
    if found or not text:
        return found
    iso2 = countries.code_of(re.sub(r"\(the\)", "", text, flags=re.IGNORECASE))
    return _KOSOVO.get(iso2) or (countries.alpha3(iso2) if iso2 else "")


@lru_cache(maxsize=_MOST_LOOKED_UP)
def two_meanings(printed: str) -> tuple[str, str] | None:
    """The country of which a word is the code, and another that a language calls so; None for any other word.

    >>> two_meanings("Nga"), two_meanings("NGA"), two_meanings("KAZ")
    (('NGA', 'RUS'), ('NGA', 'RUS'), None)
    """
    text = printed.strip()
    iso2 = countries.code_of(text) if _LETTERS.fullmatch(text) else ""
    if not iso2:
        return None
    coded, named = _KOSOVO.get(iso2) or countries.alpha3(iso2), _by_name().get(folded(text), "")
    return (coded, named) if named and named != coded else None


def told_apart(printed: Iterable[str]) -> dict[str, str]:
    """What the words of a column that are a code and a name stand for, by the other words; empty where nothing tells.

    Among codes such a word is one. Among names a word in small letters behind a capital is a name; one in capitals or
    in small letters alone may be either.

    Args:
        printed: the different words of a column.

    Returns:
        Those words alone, each with its code.

    >>> told_apart(["KAZ", "CHN", "Nga"]), told_apart(["Kazakhstan", "Nga"]), told_apart(["Kazakhstan", "NGA"])
    ({'Nga': 'NGA'}, {'Nga': 'RUS'}, {'NGA': ''})
    """
    words_of = [*printed]
    both = {word: found for word in words_of if (found := two_meanings(word))}
    if not both:
        return {}
    others = [word.strip() for word in words_of if word not in both]
    codes = sum(bool(_LETTERS.fullmatch(word) and code_of(word)) for word in others)
    named = [word for word in others if not _LETTERS.fullmatch(word) and word[:1].isalpha()]
    names = sum(kind_of(code) in {"country", "former"} for word in named if (code := code_of(word)))
    if names <= codes:
        return {word: code if codes else code_of(word) for word, (code, _) in both.items()}
    return {word: "" if word.strip().isupper() or word.strip().islower() else name for word, (_, name) in both.items()}


@lru_cache(maxsize=_MOST_LOOKED_UP)
def _freely(text: str) -> str:
    """The code of a name with notes, with another name beside it, or with its words in another order.

    What may be another name has to be one of the same place: `Ireland (Northern)` is not Ireland.
    """
    coded = re.fullmatch(r"([A-Z]{2,3})\s*[-–]?\s+(.+)|([A-Z]{2,3})-(.+)", text)  # CN China: both have to be one place
    if coded:
        first, name = (g for g in coded.groups() if g)
        if (code := _exactly(first)) and code == (_exactly(name) or _freely(name)):
            return code
    one = taken_apart(text)
    for name in dict.fromkeys((one.coded, one.name)):
        if together := _named(" ".join((name, *one.others))):
            return together
    beside = one.others or strokes(one.name)
    codes = {_named(name) for name in ((one.name, *beside) if one.others else beside)}
    return codes.pop() if len(codes) == 1 else ""


def _named(name: str) -> str:
    found = _exactly(name)
    if found or not name:
        return found
    whole, bare = _by_words()
    spoken = words(name)
    if spoken in whole:
        return whole[spoken]
    short = without_form(spoken)
    return bare.get(short, "") if short != spoken else ""


def nearest(printed: str, count: int = 3) -> tuple[str, ...]:
    """Names that are close to one that is not known, each with its code, one a partner.

    >>> nearest("Krygyzstan", 1)
    ('Kyrgyzstan (KGZ)',)
    """
    from rapidfuzz import fuzz, process

    names = _folded_names()
    said = folded(taken_apart(printed).name) or folded(printed)
    if len(said) <= _CODE and said.isascii():
        return ()  # a code of two letters is near every other: AB is no misspelt ABD
    close = process.extract(said, names.keys(), scorer=fuzz.ratio, limit=12, score_cutoff=_NEAR) if said else []
    found: dict[str, str] = {}
    for name, _, _ in close:
        printed_name, code = names[name]
        found.setdefault(code, f"{printed_name} ({code})")
    return tuple(found.values())[:count]


@cache
def _folded_names() -> dict[str, tuple[str, str]]:
    return {folded(name): (name, code) for layer in _layers() for name, code in layer.items()}


def kind_of(code: str) -> str:
    """What a code stands for: country, former, residual or aggregate; an unknown code behind a plus is an aggregate."""
    return _kinds().get(code, "aggregate" if code.startswith("+") else "country")


@cache
def residuals() -> tuple[str, ...]:
    """The codes of what no country is named of; with the countries they add up to the world."""
    return tuple(code for code, kind in _kinds().items() if kind == "residual")


def aggregates() -> tuple[str, ...]:
    """The codes that hold other partners, and are never added to them."""
    return tuple(code for code, kind in _kinds().items() if kind == "aggregate")
