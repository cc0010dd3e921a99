"""Vendors that nobody lists: invented firms and persons, Chinese companies, and firms near to listed ones."""

from __future__ import annotations

import csv
import gzip
import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.vocabulary.credit_code import ALPHABET, check_character
from screening.data import is_latin, shelf
from vendors.listed_names import chinese_companies, listed_firms
from vendors.vendor import Vendor
from vendors.words import BESIDE, BRANDS, CHINA, STREETS_CN, STREETS_ZH, TRADES, WEST, ZHEJIANG

if TYPE_CHECKING:
    import random
    from pathlib import Path

_LEAST_LETTERS = 4  # of a word that a near-miss borrows
_FORMS = frozenset(["limited", "company", "corporation", "incorporated", "trading"])


@cache
def _persons() -> tuple[tuple[str, str, str], ...]:
    """Invented persons of the shelf with a last name in Latin letters: first name, last name, name."""
    with gzip.open(shelf() / "data" / "names" / "negatives_us.csv.gz", "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple((r["first_name"], r["last_name"], r["full_name"]) for r in rows if is_latin(r["last_name"]))


def western(rng: random.Random) -> Vendor:
    """An invented firm: a surname or two, a line of business, a legal form."""
    country = rng.choice(list(WEST))
    cities, streets, forms, trades = WEST[country]
    last = rng.choice(_persons())[1].title()
    also = rng.choice(_persons())[1].title()
    stem = rng.choice(
        (last, f"{last} & {also}", f"{last} {also}", f"{last} {rng.choice(trades)}", last[:4] + also[-4:].lower())
    )
    name = f"{stem} {rng.choice(trades)} {rng.choice(forms)}"
    city, _, postcode = rng.choice(cities).partition(" ")
    street = f"{rng.choice(streets)} {rng.randint(1, 180)}"
    tax = f"{rng.randint(10**8, 10**9)}"
    beside = rng.choice(BESIDE) if rng.random() < 0.05 else ""
    return Vendor(name, "innocent", "western firm", country, street, city, postcode, tax=tax, beside=beside)


def person(rng: random.Random) -> Vendor:
    """An invented person that is paid like a vendor."""
    return Vendor(rng.choice(_persons())[2], "innocent", "person", rng.choice(list(WEST)))


def _of_china(name: str, kind: str, at: list[str], rng: random.Random, *, han: bool) -> Vendor:
    city, sound, province, sound_of_province, digits, division = at
    postcode = digits + f"{rng.randint(0, 99):02d}"
    number = rng.randint(1, 999)
    code = f"91{division}MA{''.join(rng.choice(ALPHABET) for _ in range(7))}"
    tax = code + check_character(code)
    if han:
        street = f"{city}市{rng.choice(STREETS_ZH)}{number}号"
        return Vendor(name, "innocent", kind, "CN", street, city, postcode, province, tax)
    street = f"No. {number} {rng.choice(STREETS_CN)}"
    return Vendor(name, "innocent", kind, "CN", street, sound, postcode, sound_of_province, tax)


def _brand(rng: random.Random) -> tuple[str, str]:
    parts = rng.sample(BRANDS, rng.choice((2, 2, 3)))
    return "".join(p[0] for p in parts), "".join(p[1] for p in parts).title()


def chinese(rng: random.Random, *, han: bool, zhejiang: bool = False) -> Vendor:
    """An invented Chinese firm, in its own script or in Latin letters."""
    at = rng.choice(ZHEJIANG if zhejiang else CHINA)
    brand, sound = _brand(rng)
    trade, english = rng.choice(TRADES)
    county = "义乌市" if at[1] == "Yiwu" else at[0]
    name = f"{county}{brand}{trade}" if han else f"{at[1]} {sound} {english}"
    return _of_china(name, "Zhejiang firm" if zhejiang else "Chinese firm", at, rng, han=han)


def exchange(rng: random.Random) -> Vendor:
    """A company of China's exchanges, at an invented address elsewhere."""
    return _of_china(rng.choice(chinese_companies()), "Chinese listed company", rng.choice(CHINA), rng, han=True)


def innocent(rng: random.Random, *, han: bool) -> Vendor:
    """One vendor of the background; where the file holds Chinese names most are Chinese."""
    weights = (15, 4, 15, 26, 40) if han else (50, 10, 20, 20, 0)
    kind = rng.choices(("western", "person", "chinese", "zhejiang", "exchange"), weights)[0]
    if kind == "western":
        return western(rng)
    if kind == "person":
        return person(rng)
    return exchange(rng) if kind == "exchange" else chinese(rng, han=han, zhejiang=kind == "zhejiang")


def near_miss(store: Path, rng: random.Random, *, han: bool) -> Vendor:
    """Another firm that shares words with a listed one.

    Of the kinds: one word of a listed firm in an invented firm's name; words of two listed firms; a listed firm's
    whole name but for its most telling word; and of Chinese firms one with another brand in the same line of business.
    """
    kinds = (
        ("one word", "two firms", "another brand", "same trade") if han else ("one word", "two firms", "another brand")
    )
    kind = rng.choice(kinds)
    base = western(rng)
    if kind == "same trade":
        base = chinese(rng, han=True)
        name = base.name
    elif kind == "one word":
        name = f"{rng.choice(_telling(store, rng)).title()} {base.name}"
    elif kind == "two firms":
        name = " ".join((*_telling(store, rng)[:1], *_telling(store, rng)[-1:], base.name.split()[-1])).title()
    else:
        words = rng.choice(_listed(store)).split()
        at = max(range(len(words)), key=lambda i: len(words[i]))
        words[at] = rng.choice(_persons())[1].title()
        name = " ".join(words)
    return Vendor(name, "near_miss", kind, base.country, base.street, base.city, base.postcode, base.province, base.tax)


@cache
def _listed(store: Path) -> tuple[str, ...]:
    """Names of listed firms of which something is left when a word is taken: three words or more, none of Xinjiang."""
    names = (x.name for x in listed_firms(store) if x.list_id != "uflpa")
    return tuple(n for n in names if len(n.split()) >= 3)


def _telling(store: Path, rng: random.Random) -> list[str]:
    words = [w for w in re.findall(r"[^\W\d_]+", rng.choice(_listed(store))) if len(w) >= _LEAST_LETTERS]
    return [w for w in words if w.casefold() not in _FORMS] or ["Orion"]
