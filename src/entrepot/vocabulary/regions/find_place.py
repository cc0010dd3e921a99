"""Whether a text names a place in a region, and how surely.

Spellings that name something else too stand apart in the region's table: `ambiguous_abroad` (Aksu in Turkey) count
where the text or its country says home; `ambiguous` (Yutian in Hebei) only beside a second sign of the region.
Otherwise they are reported as possible. What else bears a name, and is known by a word beside it, stands in the table
of look-alikes (Sevastopol in Wisconsin). See docs/design/27-regions.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.words.translate import in_english, tr
from entrepot.vocabulary.countries import code_of
from entrepot.vocabulary.regions.country_cell import codes_of, home_codes, where
from entrepot.vocabulary.regions.folding import folded, is_han
from entrepot.vocabulary.regions.numbered_units import numbered
from entrepot.vocabulary.regions.region_tables import closed_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.vocabulary.regions.folding import Folded
    from entrepot.vocabulary.regions.region import Doubt, LatePattern, Place, Region, Strength, Words

_FRAME = " \t.,:\"'()[]<>-"  # around an address, of which it is no part: quotes, brackets, a full stop
_ADDRESS = re.compile(r"[^;；|\n]+")  # several addresses in one field are judged one by one
_LONGEST = 2_000  # characters of a text that are searched; the longest postal addresses have a few hundred
_SOFT_SIGNS = frozenset("ьЬъЪ")  # letters that the folding drops: behind a name they belong to it
_BEHIND = 40  # characters behind a name that may say what is called after it


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place of a region named in a text.

    Attributes:
        place: the place.
        found: the words as the text has them.
        start, end: where they stand in the text, `text[start:end] == found`.
        strength: certain, or possible where the words can mean something else.
        reason: one sentence on what was found and what speaks for or against it.
    """

    place: Place
    found: str
    start: int
    end: int
    strength: Strength
    reason: str


class _Hit(NamedTuple):
    start: int
    end: int
    place: Place
    doubt: Doubt
    is_postcode: bool = False
    in_house: bool = False  # a hotel of that name stands anywhere

    @property
    def is_sure(self) -> bool:
        """Whether it names no other place, and no building."""
        return not self.doubt and not self.in_house


class _Beside(NamedTuple):
    """What stands beside the text: its country column, and whether a number says another part of home."""

    country: str
    elsewhere: bool


class _Judged(NamedTuple):
    strength: Strength
    why: str
    hit: _Hit


@dataclass(frozen=True, slots=True)
class _Signs:
    """What else the text and its country column say about where it is."""

    home: frozenset[str]
    elsewhere: bool
    other_part: bool
    other_town: bool
    other_postcode: bool
    postcode: bool
    closes: bool

    @property
    def abroad(self) -> bool:
        """Another country is named, and none of home."""
        return self.elsewhere and not self.home

    @property
    def against(self) -> bool:
        """The text names another part of home: by its name, by a town of it, or by its postcode."""
        return self.other_part or self.other_town or self.other_postcode


@in_english
def find_place(
    region: Region, text: str | None, *, country: str = "", elsewhere: bool = False, within: str = ""
) -> Evidence | None:
    """The best evidence that a text names a place in a region, None where it names none.

    Args:
        region: the region.
        text: an address or a name, in any script; the first 2,000 characters are read.
        country: the country column beside it, a code or a name; empty where there is none. What is no country that is
            known counts as empty.
        elsewhere: whether something beside the text says another part of the home countries, as a number that was given
            there does: then a doubtful spelling names a place there.
        within: place_id of a place; only it and what lies in it is looked for. Empty for all.
    """
    if not text:
        return None
    letters = folded(text[:_LONGEST])
    if not _may_hold(region, letters):
        return None
    parts = _ADDRESS.finditer(letters.text)
    beside = _Beside(country, elsewhere)
    kept = [k for part in parts for k in _kept(region, part.group(), part.start(), beside)]
    kept = [k for k in kept if not within or _lies_in(region, k.hit.place, within)]
    if not kept:
        return None
    best = min(kept, key=lambda k: (k.strength != "certain", -_fineness(region, k.hit.place), k.hit.start))
    start, last = letters.at[best.hit.start], letters.at[best.hit.end - 1] + 1
    last = _word_end(letters.text, letters.at, text, best.hit.end, last)
    found, place = text[start:last], best.hit.place
    local = f" ({place.name_local})" if place.name_local else ""
    told = {"found": found, "place": f"{place.name}{local}", "why": best.why}
    if best.hit.is_postcode:
        said = tr("“{found}” is a postcode of {place}{why}.", **told)
    else:
        said = tr("“{found}” names {place}{why}.", **told)
    return Evidence(place, found, start, last, best.strength, said)


@in_english
def find_in_country(region: Region, cell: str | None) -> Evidence | None:
    """The best evidence that a country cell names a place in a region: by its name, else by a code of it.

    Args:
        region: the region.
        cell: as given: a country with a region in brackets, a code of ISO 3166-2.

    Returns:
        None where it names none.
    """
    if not cell or code_of(cell):  # a country as a whole: 特克斯和凯科斯群岛 begins as a county does
        return None
    if (by_name := find_place(region, cell)) is not None:
        return by_name
    letters = folded(cell[:_LONGEST])
    found = next(((c, m) for c in region.codes for m in c.pattern.finditer(letters.text)), None)
    if found is None:
        return None
    code, match = found
    start, last = letters.at[match.start()], letters.at[match.end() - 1] + 1
    local = f" ({code.place.name_local})" if code.place.name_local else ""
    said = tr("“{found}” is a code of {place}.", found=cell[start:last], place=f"{code.place.name}{local}")
    return Evidence(code.place, cell[start:last], start, last, "certain", said)


def speaks_elsewhere(region: Region, text: str | None, *, country: str = "") -> bool:
    """Whether a text names another part of the home countries, or another country, and none of them.

    Args:
        region: the region that it is asked of.
        text: an address.
        country: the country column beside it.
    """
    if not text:
        return False
    signs = _signs(region, folded(text[:_LONGEST]).text, country)
    return signs.against or signs.abroad


def _lies_in(region: Region, place: Place, whole: str) -> bool:
    """Whether a place is another, or lies in it; a numbered unit is no place of the table, its parent is."""
    at: Place | None = place
    while at is not None and at.place_id != whole:
        at = region.places.get(at.parent)
    return at is not None


def _may_hold(region: Region, letters: Folded) -> bool:
    """Whether a text holds the beginning of anything that is looked for; most do not, which is seen at once."""
    return (
        region.names.may_be_in(letters)
        or region.unit_signs.search(letters.text) is not None
        or region.lone_postcode.search(letters.text) is not None
    )


def _word_end(letters: str, at: Sequence[int], text: str, end: int, last: int) -> int:
    """The end of a word in the original: a soft sign, and a mark on a letter, belong to the word before them.

    A soft sign folds to an apostrophe, a mark (an accent by itself, the sign that kills a vowel) to nothing.
    """
    while end < len(letters) and text[at[end]] in _SOFT_SIGNS:
        end, last = end + 1, at[end] + 1
    while last < len(text) and unicodedata.category(text[last]).startswith("M"):
        last += 1
    return last


def _kept(region: Region, text: str, offset: int, beside: _Beside) -> list[_Judged]:
    """The hits of one address that are evidence, with what speaks for or against them."""
    hits = [h for h in _hits(region, text) if not _passed_over(region, text, h)]
    if region.look_alikes:
        hits = [h for h in hits if not _is_look_alike(region, text, h, hits, beside.country)]
    if not hits and not region.lone_postcode.search(text):
        return []
    signs = _signs(region, text, beside.country)
    anchored = any(h.is_sure for h in hits)
    doubtful = [] if signs.abroad or signs.against or beside.elsewhere else hits
    vouched = {h for h in doubtful for other in doubtful if _vouch(region, h, other)}
    sure = {h: anchored or h in vouched for h in hits}
    judged = [j for h in hits if (j := _judge(region, h, signs, beside, anchored=sure[h])) is not None]
    judged = judged or _by_postcode(region, text, signs)
    return [_Judged(s, why, h._replace(start=h.start + offset, end=h.end + offset)) for s, why, h in judged]


def _hits(region: Region, text: str) -> list[_Hit]:
    out = _units(region, text)
    for match in region.names.finditer(text):
        place, doubt = region.spellings[closed_up(match.group())]
        in_house = region.words.house.match(text[match.end() : match.end() + _BEHIND]) is not None
        out.append(_Hit(match.start(), match.end(), place, doubt, in_house=in_house))
    return out


def _vouch(region: Region, one: _Hit, other: _Hit) -> bool:
    """Whether two names stand apart and one lies in the other: then each says what the other means."""
    apart = one.end <= other.start or other.end <= one.start
    return (
        apart
        and not (one.in_house or other.in_house)
        and one.place.place_id != other.place.place_id
        and (_lies_in(region, one.place, other.place.place_id) or _lies_in(region, other.place, one.place.place_id))
    )


def _units(region: Region, text: str) -> list[_Hit]:
    """Units by number; one beside the unit that it lies in vouches for both."""
    found = numbered(region, text)
    stand = {u.whole for u in found if not u.unit.within} & {u.whole for u in found if u.unit.within}
    out: list[_Hit] = []
    for unit in found:
        doubt: Doubt = "home" if is_han(text[unit.end - 1]) else "army"
        out.append(_Hit(unit.start, unit.end, unit.place, "" if unit.is_sure or unit.whole in stand else doubt))
    return out


def _passed_over(region: Region, text: str, hit: _Hit) -> bool:
    """Streets and goods are called after places: Urumqi Road is in Shanghai, a Hami melon anywhere."""
    rest, words = text[hit.end : hit.end + _BEHIND], region.words
    if any(text[hit.end - 1] == last and pattern.match(rest) for last, pattern in words.other):
        return True
    return bool(words.street.match(rest) or words.goods.match(rest))


def _is_look_alike(region: Region, text: str, hit: _Hit, hits: Sequence[_Hit], country: str) -> bool:
    """Whether a word beside a name, or its country, says that another place of that name is meant.

    Another sure name of the region beside it outweighs that.
    """
    spelt = closed_up(text[hit.start : hit.end])
    alike = region.look_alikes.get(spelt, ())
    if not alike or any(h.is_sure and closed_up(text[h.start : h.end]) != spelt for h in hits):
        return False
    codes = codes_of(country)
    return any((a.signs and a.signs.search(text)) or (codes and codes <= a.countries) for a in alike)


def _judge(region: Region, hit: _Hit, signs: _Signs, beside: _Beside, *, anchored: bool) -> _Judged | None:
    """Strength and what speaks for or against it; None where the words name another place."""
    if hit.is_sure:
        return _Judged(*_contradicted(region, signs), hit)
    if anchored:
        return _Judged("certain", tr(", beside another place of the region"), hit)
    if hit.doubt and (signs.abroad or signs.against or beside.elsewhere):
        return None
    if hit.in_house:
        return _Judged("possible", tr("; it stands in the name of a building"), hit)
    if hit.doubt == "army" and not signs.home:
        return None  # armies have regiments too
    return _Judged(*_alone(region, hit.doubt, signs), hit)


def _alone(region: Region, doubt: Doubt, signs: _Signs) -> tuple[Strength, str]:
    """A doubtful spelling, with nothing against it and no other place of the region beside it."""
    if signs.postcode:
        prefixes = [p for codes in region.postcodes for p in codes.prefixes]
        listed = " or ".join(filter(None, [", ".join(prefixes[:-1]), prefixes[-1]]))
        return "certain", tr(", beside a postcode of the region ({listed})", listed=listed)
    if doubt == "abroad" and signs.home:
        return "certain", tr(", in {home_name}", home_name=region.home_name)
    return (
        "possible",
        tr("; the words can name another place, and no second sign of {name} stands beside them", name=region.name),
    )


def _contradicted(region: Region, signs: _Signs) -> tuple[Strength, str]:
    if signs.other_part and not signs.closes:
        return "possible", tr("; the text names another part of {home_name} too", home_name=region.home_name)
    return (
        ("possible", tr("; the country given is not {home_name}", home_name=region.home_name))
        if signs.abroad
        else ("certain", "")
    )


def _by_postcode(region: Region, text: str, signs: _Signs) -> list[_Judged]:
    """Postcodes of an address of their country that names no place: a sign, but digits may be something else."""
    if signs.against or not signs.home:
        return []
    codes = [p for p in region.postcodes if p.stands_alone and p.country in signs.home]
    why = tr("; no name of a place stands beside it")
    found = ((m, p.place) for p in codes for m in p.pattern.finditer(text))
    return [_Judged("possible", why, _Hit(*m.span(), place, "", is_postcode=True)) for m, place in found]


def _signs(region: Region, text: str, country: str) -> _Signs:
    given, words = where(country, region), region.words
    named = home_codes(country, region) if given else frozenset(h.iso2 for h in region.home if h.pattern.search(text))
    elsewhere = given == "abroad" if given else bool(region.abroad.search(text))
    other_part, other_town = (_is_named(p, text, words) for p in (region.other_parts, region.towns))
    spans = {m.span() for p in region.postcodes for m in p.pattern.finditer(text)}
    looked_for = (h.postcode for h in region.home if not named or h.iso2 in named)
    other_postcode = any(m.span() not in spans for p in looked_for for m in p.finditer(text))
    closes = bool(words.closes.search(text.strip(_FRAME)))
    return _Signs(named, elsewhere, other_part, other_town, other_postcode, bool(spans), closes)


def _is_named(pattern: LatePattern, text: str, words: Words) -> bool:
    """Whether a place elsewhere is named, and no street or park that is called after it.

    Beijing Road is in Urumqi, and parks bear the name of the province that pays for them.
    """
    after = (text[m.end() : m.end() + _BEHIND] for m in pattern.finditer(text))
    return any(not words.street.match(a) and not words.park.match(a) for a in after)


def _fineness(region: Region, place: Place) -> int:
    """The finer place says more: county before prefecture before region."""
    return region.coarse.index(place.kind) if place.kind in region.coarse else len(region.coarse)
