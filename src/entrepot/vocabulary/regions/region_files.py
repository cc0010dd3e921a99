"""Region files: TOML and tables in, `Region` out, or an error that names the file, the key and what was expected.

`data/<id>.toml` holds the rules, `data/<id>-places.csv` the places; where there are any, `data/<id>-look-alikes.csv`
what else bears their names and `data/<id>-units.csv` the blocks of numbered units. Every region of the folder is read:
none is named in code. How a file is written: docs/regions.md.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.toml_block import Block, near, toml_of
from entrepot.core.words.translate import tr
from entrepot.sources.cited import cited_source
from entrepot.vocabulary.regions.folding import folded_letters, is_han
from entrepot.vocabulary.regions.region import (
    CountryCodes,
    HomeCountry,
    IdentifierDigits,
    LatePattern,
    NumberedUnit,
    Postcodes,
    Region,
    Whole,
    Words,
)
from entrepot.vocabulary.regions.region_tables import (
    blocks_of,
    derived_spellings,
    look_alikes_of,
    places_of,
    region_ids,
    region_texts,
    spellings_of,
)
from entrepot.vocabulary.regions.spelling_search import SpellingSearch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.tables.packaged import Row
    from entrepot.vocabulary.regions.region import Doubt, Place

REMEDY = "docs/regions.md explains each key."
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_ISO = re.compile(r"^[A-Z]{2}$")
_CODE = re.compile(r"^[A-Z0-9]{1,3}$")  # what ISO 3166-2 writes behind the letters of the country
_NEVER = re.compile(r"(?!)")


@cache
def regions() -> tuple[Region, ...]:
    """Every region, in order of id.

    Raises:
        UnreadableFileError: a region file breaks its rules; names the file and the key.
    """
    texts = region_texts()
    return tuple(read_region(f"{region_id}.toml", texts) for region_id in region_ids(texts))


def region(region_id: str) -> Region:
    """The region of that id.

    Raises:
        UnknownNameError: with the nearest ids.
    """
    known = _by_id()
    if region_id not in known:
        raise UnknownNameError(tr("region"), region_id, known)
    return known[region_id]


@cache
def _by_id() -> dict[str, Region]:
    return {r.id: r for r in regions()}


def region_of(place_id: str) -> str:
    """The id of the region in which a place lies: one of a table, or a numbered unit within one; empty for neither."""
    at = place_id
    while at:
        found = _region_of().get(at)
        if found:
            return found
        at = at.rpartition("-")[0]
    return ""


@cache
def _region_of() -> dict[str, str]:
    return {place: r.id for r in regions() for place in r.places}


def read_region(name: str, texts: Mapping[str, str]) -> Region:
    """One region.

    Args:
        name: of its file, `<id>.toml`.
        texts: the content of it and of its tables, by name.

    Raises:
        UnreadableFileError: names the file and the key; `column` is the key.
    """
    raw = toml_of(texts[name], name, remedy=tr("See docs/regions.md."))
    block = Block(name, "", raw, REMEDY)
    region_id = block.matching("id", _ID, tr("words in small letters joined by hyphens"))
    if f"{region_id}.toml" != name:
        raise block.broken(
            "id", region_id, tr("the file's name, {removesuffix}", removesuffix=name.removesuffix(".toml"))
        )
    found = _region(region_id, block, texts)
    block.done()
    return found


def _region(region_id: str, block: Block, texts: Mapping[str, str]) -> Region:
    places, spelt = places_of(region_id, texts)
    spellings = _derived(block, spelt, places) | spellings_of(spelt, places)
    elsewhere = _needed(block, "elsewhere")
    home = _needed(block, "home")
    lands = tuple(_home(b) for b in home.tables("country"))
    block.take("stands_as_country", bool, default=True)  # of files from when country cells named only some regions
    blocks, unit_source = blocks_of(region_id, texts)
    postcodes = tuple(_postcodes(b, places) for b in block.tables("postcode"))
    numbered = tuple(_numbered(b) for b in block.tables("numbered"))
    made = Region(
        id=region_id,
        name=block.text("name"),
        checked=block.needed_day("checked"),
        home_name=home.text("name"),
        home=lands,
        top=_place(block, "top", places),
        places=places,
        coarse=block.texts("coarse"),
        spellings=spellings,
        look_alikes=look_alikes_of(region_id, texts, spellings),
        names=SpellingSearch(spellings),
        other_parts=_words(elsewhere.texts("home")),
        towns=_words(elsewhere.texts("towns")),
        abroad=_words(elsewhere.texts("abroad"), elsewhere.texts("but_not")),
        codes=tuple(_codes(b, lands, places) for b in block.tables("country_code")),
        words=_all_words(_needed(block, "words")),
        postcodes=postcodes,
        lone_postcode=_any_of([p.pattern for p in postcodes if p.stands_alone]),
        identifiers=tuple(_identifier(b, places) for b in block.tables("identifier")),
        numbered=numbered,
        wholes=tuple(_whole(b, places) for b in block.tables("whole")),
        unit_signs=re.compile("|".join(re.escape(s) for u in numbered for s in u.signs) or _NEVER.pattern),
        unit_blocks=blocks,
        unit_source=unit_source,
        sources=tuple(cited_source(b) for b in block.tables("source")),
    )
    home.done()
    elsewhere.done()
    return made


def _derived(block: Block, spelt: list[Row], places: Mapping[str, Place]) -> dict[str, tuple[Place, Doubt]]:
    rules = block.table("derived")
    if rules is None:
        return {}
    letters = {local: latin for local, _, latin in (pair.partition(" ") for pair in rules.texts("letters"))}
    behind: dict[str, list[str]] = {}
    for kind, _, word in (pair.partition(" ") for pair in rules.texts("behind")):
        behind.setdefault(kind, []).append(word)
    rules.done()
    return derived_spellings(spelt, places, letters, behind)


def _needed(block: Block, key: str) -> Block:
    found = block.table(key)
    if found is None:
        raise block.broken(key, None, tr("a table [{key}]", key=key))
    return found


def _place(block: Block, key: str, places: Mapping[str, Place]) -> Place:
    found = _place_if_any(block, key, places)
    if found is None:
        raise block.broken(key, None, tr("a place_id of the places"))
    return found


def _place_if_any(block: Block, key: str, places: Mapping[str, Place]) -> Place | None:
    name = block.text(key, "")
    if name and name not in places:
        raise block.broken(key, name, tr("a place_id of the places: {near}", near=near(name, places)))
    return places[name] if name else None


def _words(names: tuple[str, ...], but_not: tuple[str, ...] = ()) -> LatePattern:
    """Any of these names in a folded text, as whole words where they are not Chinese.

    Args:
        names: as written, in any script.
        but_not: longer names that end in one of them and mean something else: inner mongolia.
    """
    others = [folded_letters(n) for n in but_not]
    keys = list(dict.fromkeys(folded_letters(n) for n in names))

    def one(key: str) -> str:
        behind = (o[: -len(key)] for o in others if o.endswith(f" {key}"))
        return "".join(f"(?<!{re.escape(b)})" for b in behind) + re.escape(key)

    latin = "|".join(one(k) for k in keys if not is_han(k[0]))
    han = "|".join(re.escape(k) for k in keys if is_han(k[0]))
    parts = [rf"\b(?:{latin})(?!\w)"] if latin else []
    return LatePattern("|".join([*parts, *([han] if han else [])]) or _NEVER.pattern)


def _any_of(patterns: list[re.Pattern[str]]) -> re.Pattern[str]:
    return re.compile("|".join(p.pattern for p in patterns)) if patterns else _NEVER


def _codes(block: Block, lands: tuple[HomeCountry, ...], places: Mapping[str, Place]) -> CountryCodes:
    """Letters stand behind any name of the country, digits behind its own two letters: a number may be anything."""
    iso2 = block.text("country")
    land = next((h for h in lands if h.iso2 == iso2), None)
    if land is None:
        raise block.broken("country", iso2, near(iso2, [h.iso2 for h in lands]))
    codes = [c.lower() for c in block.texts("codes", _CODE)]
    letters = "|".join(c for c in codes if c.isalpha())
    behind = rf"(?<![a-z0-9]){iso2.lower()}[\W_]*(?:{'|'.join(codes)})(?![a-z0-9])"
    named = rf"|(?:{land.pattern.pattern})[\W_]*(?:{letters})(?![a-z0-9])" if letters else ""
    found = CountryCodes(iso2, _place(block, "place", places), block.text("source"), re.compile(behind + named))
    block.done()
    return found


def _home(block: Block) -> HomeCountry:
    found = HomeCountry(
        block.matching("iso2", _ISO, tr("two capital letters")),
        block.text("numeric", ""),
        block.pattern("pattern"),
        block.pattern("postcode", _NEVER.pattern),
    )
    block.done()
    return found


def _all_words(block: Block) -> Words:
    other = []
    for b in block.tables("not_before"):
        other.append((b.text("last"), b.pattern("pattern")))
        b.done()
    found = Words(
        street=block.pattern("street"),
        goods=block.pattern("goods", ""),
        house=block.pattern("house"),
        park=block.pattern("park"),
        closes=block.pattern("closes"),
        other=tuple(other),
    )
    block.done()
    return found


def _postcodes(block: Block, places: Mapping[str, Place]) -> Postcodes:
    prefixes = block.texts("prefixes", re.compile(r"^\d+$"))
    digits = block.positive("digits")
    if not prefixes or max(map(len, prefixes)) >= digits:
        raise block.broken(
            "prefixes", list(prefixes), tr("first digits of postcodes of {digits} digits", digits=digits)
        )
    codes = "|".join(rf"{p}\d{{{digits - len(p)}}}" for p in prefixes)
    found = Postcodes(
        country=block.matching("country", _ISO, tr("two capital letters")),
        prefixes=prefixes,
        place=_place(block, "place", places),
        stands_alone=block.take("stands_alone", bool, default=False),
        source_id=block.text("source"),
        # No digit before it is asked for behind it: an expression that begins with digits is searched for quicker.
        pattern=re.compile(rf"(?:{codes})(?!\d)(?<!\d\d{{{digits}}})"),
    )
    block.done()
    return found


def _identifier(block: Block, places: Mapping[str, Place]) -> IdentifierDigits:
    found = IdentifierDigits(
        kind=block.text("kind"),
        first=block.positive("first"),
        last=block.positive("last"),
        prefix=block.matching("prefix", re.compile(r"^\d+$"), "digits"),
        place=_place_if_any(block, "place", places),
        basis=block.one_of("basis", ("credit_code", "identifier")),
        labels=tuple(folded_letters(w) for w in block.texts("labels")),
        said=block.text("said"),
        elsewhere=block.pattern("elsewhere", _NEVER.pattern),
        source_id=block.text("source"),
    )
    block.done()
    return found


def _whole(block: Block, places: Mapping[str, Place]) -> Whole:
    said = (block.text("part"), block.text("named"), block.text("itself", ""))
    found = Whole(_place(block, "place", places), *said)
    block.done()
    return found


def _numbered(block: Block) -> NumberedUnit:
    within = block.text("within", "")
    found = NumberedUnit(
        unit=block.text("unit"),
        signs=block.texts("signs"),
        pattern=block.pattern("pattern"),
        place_id=block.text("place_id"),
        within=within,
        kind=block.text("kind") if within else "",
        name=block.text("name") if within else "",
        name_local=block.text("name_local") if within else "",
    )
    block.done()
    return found
