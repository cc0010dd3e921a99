"""What a heading says of its column: the role that its words name, and whose it is (data/headings.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import folded, is_han
from entrepot.screening.contract import PARTY_HEADINGS

_LONGEST = 500  # characters of a heading that are read: a title has fewer, and each word is looked for in all of them
_ORDER = ("document", "birth", "identifier", "address", "country", "key", "other", "thing", "party")
_COUNTED = re.compile(r"\(\d+\)\s*$")  # a heading that stands twice is given its number in brackets
_NUMBER = re.compile(r"^(.*?\D)\s?0?([1-9])$")
# Words that say a number and not of what; those of headings.csv under other, where they stand among more.
_NUMBERS = frozenset({"id", "code", "no", "nr", "number", "num", "编号", "编码", "代码", "代号", "код", "номер"})


@dataclass(frozen=True, slots=True)
class HeadingRole:
    """What a heading says.

    Attributes:
        role: address, country, identifier, birth, document, key, party, thing or other.
        stem: whose column it is; empty where it does not say.
        kind: which number a column of numbers holds.
        series: of a party, what it shares with the further columns that hold pieces of the same name: the heading
            without its number, or person for first and last names; empty where it is not one of several.
        number: which of these it is; 0 for one that only goes on (Namenszusatz).
    """

    role: str
    stem: str = ""
    kind: str = ""
    series: str = ""
    number: int = 1


@lru_cache(maxsize=20_000)
def heading_role(heading: str) -> HeadingRole:
    """What a heading says.

    Args:
        heading: as it stands.
    """
    text = folded(heading[:_LONGEST])
    if not any_word().search(text):
        return HeadingRole("other")
    found: dict[str, tuple[str, str]] = {}  # role -> kind and word
    stem = ""
    for role, whose, kind, word in _standing(text):
        if role not in found or len(word) > len(found[role][1]):
            found[role] = kind, word
        stem = stem or whose
    role = _chosen(text, found, stem)
    if role != "party":
        return HeadingRole(role, stem, found.get(role, ("", ""))[0])
    return HeadingRole(role, stem, "", *_series(heading, text, found))


def _standing(text: str) -> list[tuple[str, str, str, str]]:
    """The known words that stand in a heading, with role, stem and kind."""
    return [w for w, pattern in _patterns() if (pattern.search(text) if pattern else w[3] in text)]


@cache
def _patterns() -> tuple[tuple[tuple[str, str, str, str], re.Pattern[str] | None], ...]:
    """Each word with what finds it; a Chinese one stands anywhere. Python keeps 512 patterns, and these are more."""
    return tuple((w, None if is_han(w[3]) else re.compile(rf"\b{w[3]}\d*\b")) for w in words())


def _chosen(text: str, found: dict[str, tuple[str, str]], stem: str) -> str:
    """The role of a heading that has words of several.

    "Product name" is no party, "product supplier" is one; "Country/Region" is a country, for its words are the longer;
    "Vendor number" is the number by which its system knows the vendor.
    """
    if "country" in found and "address" in found and len(found["country"][1]) > len(found["address"][1]):
        return "country"
    for role in _ORDER:
        if role == "other" and role in found and stem and "party" in found and _is_number_of(text, found["party"][1]):
            return "key"
        if role in found and not (role == "thing" and stem):
            return role
    return "party" if found.keys() & {"name_more", "person_field"} else "other"


def _is_number_of(text: str, party: str) -> bool:
    """Whether a heading says a party and a word for a number, and no more: "Vendor no.", not "Vendor order no."."""
    left = [t for t in text.replace(party, " ", 1).split() if t not in _NUMBERS]
    return not left


def _series(heading: str, text: str, found: dict[str, tuple[str, str]]) -> tuple[str, int]:
    """As `series` and `number` of HeadingRole: names have numbered fields, while "Supplier 2" is another supplier."""
    if "person_field" in found:
        return "person", 0
    if "name_more" in found:
        return "", 0
    numbered = _NUMBER.match(text)
    if "name_field" not in found or _COUNTED.search(heading):
        return "", 1
    if numbered:
        return numbered[1].strip(), int(numbered[2])
    return text, 1


@cache
def any_word() -> re.Pattern[str]:
    """Any of the words: most headings of a wide table have none."""
    han = [re.escape(w) for *_, w in words() if is_han(w)]
    return re.compile("|".join([*han, rf"\b(?:{'|'.join(w for *_, w in words() if not is_han(w))})\d*\b"]))


@cache
def words() -> tuple[tuple[str, str, str, str], ...]:
    """Role, stem, kind and word of each word of headings that is known."""
    return tuple((r["role"], r["stem"], r["kind"], w) for r in packaged_rows(PARTY_HEADINGS) for w in r["words"])
