"""Names: places, country pairs, countries, measures and parties, from the record and from `data/names.csv`.

Each is a row with `word`, `kind` and `id`. Kinds: place, pair, trains, list, stops (ids of `places`); measure (ids of
`measures`); party (entity ids of `listings`); country, capital (ISO alpha-2); region (as in `partner` of
`observations`); away (a place of which the record has no row: its name); within (a finer place: the id of the place
that it lies in, a colon, and the path to it); word (a word of the record in English).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.wordlists import rows
from entrepot.core.tables.packaged import packaged_rows
from entrepot.names.contract import NAME_PLACES
from entrepot.vocabulary.code_tables import COUNTRY_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

# Endings of Russian nouns; adjectives of a place (хоргосский) are not the place.
_RUSSIAN_FINAL = re.compile(r"[аеийоыьюя]$")
_SCRIPTS = {"zh": re.compile(r"[\u4e00-\u9fff]"), "ru": re.compile(r"[А-яЁё]"), "en": re.compile(r"[A-Za-z]")}
# Programmes and pairs of `places` have names that a text uses otherwise (China, Pakistan): names.csv says how.
_OWN = {"country", "country_pair", "programme", "region", "group"}
# How an act is called by its number: 2024/1760, 833/2014, Executive Order 13818.
_ACT = re.compile(r"\b(?:20\d\d/\d{3,4}|\d{3,4}/20\d\d|Executive Order \d{5}|Proclamation \d{4,5})\b")
_SHORT = 3  # letters: two are a word of any text, and three of Russian take no endings; of six, China would be gone
_LONG = 6  # letters of a firm's name of one word


@cache
def names(language: str) -> tuple[dict[str, str], ...]:
    """The names that a text in this language may print; a name in Latin script may stand in any of them."""
    found: dict[str, dict[str, str]] = {}
    for word, kind, name_id in (*_all(), *_away()):
        if len(word) < 2 or (len(word) < _SHORT and word.isascii() and not word.isupper()):  # noqa: PLR2004
            continue
        if _SCRIPTS[language].search(word) or (word.isascii() and kind != "country"):
            found.setdefault(word, {"word": word, "kind": kind, "id": name_id})
    own = {r["word"]: {"word": r["word"], "kind": r["kind"], "id": r["id"]} for r in _written(language)}
    return tuple((found | own).values())


def _written(language: str) -> Iterator[dict[str, str]]:
    """The rows of names.csv; names in English stand in Chinese and Russian texts too."""
    for row in rows("names"):
        if row["language"] in (language, "*") or (row["language"] == "en" and row["kind"] in ("measure", "list")):
            yield row


def _all() -> Iterator[tuple[str, str, str]]:
    from entrepot.record import embedded

    tables = embedded.load().tables
    for row in tables["places"].to_pylist():
        if row["kind"] not in _OWN:
            yield row["name"].removesuffix(" Dry Port"), "place", row["place_id"]
    for row in tables["crossings"].to_pylist():
        for key in ("alias_latin", "alias_chinese", "alias_cyrillic"):
            for alias in row[key] or ():
                yield from ((word, "place", row["place_id"]) for word in _forms(alias))
    for row in tables["measures"].to_pylist():
        cited = _ACT.findall(f"{row['title']} {row['citation']}")
        yield from ((word, "measure", row["measure_id"]) for word in (row["short"], *cited))
    for row in tables["listings"].to_pylist():
        for name in {row["name"], row["name_zh"]} - {None, ""}:
            yield from ((word, "party", row["entity_id"]) for word in _party_forms(name))
    for code, words in _countries():
        yield from ((word, "country", code) for name in words for word in _forms(name))


def _away() -> Iterator[tuple[str, str, str]]:
    """Places that the record has no row of, by the spellings that names of firms hold."""
    known = {word.lower() for word, _, _ in _all()} | {r["word"].lower() for r in rows("names")}
    for row in packaged_rows(NAME_PLACES):
        spellings = (*row["latin"], *row["han"])
        if known.isdisjoint(word.lower() for word in spellings):
            yield from ((word, "away", row["latin"][0]) for word in spellings)


def _countries() -> Iterator[tuple[str, list[str]]]:
    for row in packaged_rows(COUNTRY_NAMES):
        yield row["iso2"], row["names"]


def _forms(name: str) -> list[str]:
    """The name; a Russian one with any ending of a noun."""
    name = name.strip()
    if not re.search("[А-яЁё]", name) or " " in name or len(name) <= _SHORT:
        return [name]
    stem = _RUSSIAN_FINAL.sub("", name)
    return [name, *(stem + end for end in ("", "а", "у", "ом", "е", "ы", "и", "ой", "ем", "ю", "я", "ью", "ей"))]


_LEGAL = re.compile(r",?\s*(?:Co\.?,?\s*Ltd\.?|Company Limited|Ltd\.?|Corp\.?|Corporation|Group)\s*$")
_PERSON = re.compile(r"([A-Z]{2,}), ([A-Z][a-z]+)")


def _party_forms(name: str) -> list[str]:
    """The name, and without its legal form where two words or one long one are left; a person's as texts write it."""
    if person := _PERSON.fullmatch(name):
        return [name, f"{person[1].title()} {person[2]}"]
    bare = _LEGAL.sub("", name).rstrip(" ,.")
    return [name, bare] if len(bare.split()) > 1 or (bare.isascii() and len(bare) >= _LONG) else [name]
