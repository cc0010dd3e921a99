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
import unicodedata
from functools import cache

from entrepot.core.tables.packaged import Row, packaged_rows
from entrepot.vocabulary import countries
from entrepot.vocabulary.code_tables import PARTNERS

_KINDS = ("country", "former", "residual", "aggregate")
_KOSOVO = {"XK": "XKX"}  # ISO 3166-1 has no code for it


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(packaged_rows(PARTNERS))


@cache
def _by_number() -> dict[str, str]:
    return {number: row["code"] for row in _rows() for number in row["numbers"]}


@cache
def _by_name() -> dict[str, str]:
    names = {_folded(row["code"]): row["code"] for row in _rows()}
    return names | {_folded(name): row["code"] for row in _rows() for name in row["names"]}


@cache
def _kinds() -> dict[str, str]:
    return {row["code"]: row["kind"] for row in _rows()}


def _folded(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", bare.replace("&", " and "))
    return " ".join(w for w in words if w != "the")


def code_of(printed: str) -> str:
    """The code of a partner as printed: alpha-2 or alpha-3, number, name in English, Chinese or Russian, aggregate.

    Args:
        printed: "PAK", "586", "Lao People's Dem. Rep.", "World", "+EU27".

    Returns:
        The code; empty where the text is no partner that is known.
    """
    text = printed.strip()
    if text.isascii() and text.isdigit():
        return _by_number().get(text.lstrip("0") or "0", "")
    if text in _kinds():
        return text
    found = _by_name().get(_folded(text), "")
    if found or not text:
        return found
    iso2 = countries.code_of(re.sub(r"\(the\)", "", text, flags=re.IGNORECASE))
    return _KOSOVO.get(iso2) or (countries.alpha3(iso2) if iso2 else "")


def kind_of(code: str) -> str:
    """What a code stands for: country, former, residual or aggregate; an unknown code behind a plus is an aggregate."""
    return _kinds().get(code, "aggregate" if code.startswith("+") else "country")


def aggregates() -> tuple[str, ...]:
    """The codes that hold other partners, and are never added to them."""
    return tuple(code for code, kind in _kinds().items() if kind == "aggregate")
