"""The gazetteer of Xinjiang, and whether a text names a place in it.

Region, prefectures, cities, counties and the divisions and cities of the Production and Construction Corps, each with
its division code (GB/T 2260), Chinese name, pinyin, Uyghur and customary spellings: data/xinjiang_places.csv.
Spellings that
name something else too stand apart there: `latin_ambiguous_abroad` (Aksu in Turkey) count where the text or its
country
says China; `latin_ambiguous` and `han_ambiguous` (Yutian in Hebei) only beside a second sign of Xinjiang. Otherwise
they are reported as possible.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from entrepot.vocabulary.countries import codes_in
from entrepot.vocabulary.regiments import Numbered, numbered, source_id

Strength = Literal["certain", "possible"]
Doubt = Literal["", "abroad", "home", "house", "army"]

_WORD = re.compile(r"[a-z0-9]+")
_ADDRESS = re.compile(r"[^;；|\n]+")  # several addresses in one field are judged one by one
_LONGEST = 2_000  # characters of a text that are searched; the longest postal addresses have a few hundred
_CHINA = re.compile(r"\b(?:p\.? ?r\.? ?c(?:hina)?\b|china|chine|kitay|zhongguo|cn\b|chn\b)|中国|中國|中华人民共和国")
# Codes of the six-digit Chinese postcode: 83 and 84 are Xinjiang (China Post).
_POSTCODE = re.compile(r"(?<!\d)8[34]\d{4}(?!\d)")
_PROVINCES = re.compile(
    r"\b(?:beijing|tianjin|shanghai|chongqing|hebei|shanxi|liaoning|jilin|heilongjiang|jiangsu|zhejiang|anhui|fujian|jiangxi"
    r"|shandong|henan|hubei|hunan|guangdong|guangxi|hainan|sichuan|guizhou|yunnan|tibet|xizang|shaanxi|gansu|qinghai"
    r"|ningxia|inner mongolia|nei mongol|hong ?kong|macau|macao|taiwan)\b"
    r"|北京|天津|上海|重庆|河北|山西|辽宁|吉林省|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州"
    r"|云南|西藏|陕西|甘肃|青海省|宁夏|内蒙古|香港|澳门|台湾"
)
_ELSEWHERE = re.compile(
    r"\b(?:turkey|turkiye|kazakhstan|kazakstan|kyrgyzstan|uzbekistan|tajikistan|turkmenistan|india|russia"
    r"|russian federation|pakistan|(?<!inner )mongolia|japan|korea|usa|u\.s\.a|united states"
    r"|united kingdom|germany|italy|france|spain|vietnam|thailand|malaysia|singapore|indonesia|bangladesh|nigeria"
    r"|ethiopia|papua new guinea|iran|australia|canada)\b"
)
_STREET = re.compile(
    r"(?:[ ,.\-]*(?:(?:north|south|east|west|middle|central|bei|nan|dong|xi|zhong|no|n|s|e|w)\b[ .,\-]*)?"
    r"(?:road|rd|street|st|avenue|ave|lane|lu|jie|dajie|dadao|blvd|boulevard)\b)"
    r"|^(?:[东西南北中]|[一二三四]|[东南西北]?)(?:路|街|大街|大道|巷|弄|胡同)"
)
_GOODS = re.compile(
    r"^(?:[ \-]*(?:melons?|gua|jade|nephrite|dates?|jujubes?|raisins?|noodles?|cuisine|restaurant)\b)"
    r"|^(?:瓜|玉|大?枣|红枣|葡萄|香梨|大盘鸡|拌面|菜|餐厅)"
)
_HOUSE = re.compile(
    r"^(?:[ \-]*(?:hotel|mansion|building|tower|plaza|village|hall)\b)|^(?:大厦|酒店|饭店|宾馆|村|大酒店|驻)"
)
_PARK = re.compile(r"[ \-]*industr(?:y|ial) (?:park|zone|city)\b|^(?:省|市)?工业(?:园|城)")
_TEACHERS = re.compile(r"^[范大生]")  # 第一师范学校 is a school
_CHINA_NUMBER = "156"  # ISO 3166-1, as tables of trade print it
_NO_ANSWER = "NA"  # Namibia's code, and what many write for "not available": a doubt suppresses no flag


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    Attributes:
        place_id: division code (GB/T 2260), UN/LOCODE of a port, `xpcc`, `xpcc-8` and `xpcc-8-121` for the Corps, a
            division and a regiment, `zone-...` for a park or development zone.
        kind: region, prefecture, prefecture_city, county_city, county, district, port, zone, xpcc, xpcc_division,
            xpcc_regiment or xpcc_city.
        name, name_zh: English and Chinese name.
        parent: place_id of what it belongs to; empty for the region.
        source_id: where the row comes from.
    """

    place_id: str
    kind: str
    name: str
    name_zh: str
    parent: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place of Xinjiang named in a text.

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


@dataclass(frozen=True, slots=True)
class _Signs:
    """What else the text and its country column say about where it is."""

    china: bool
    elsewhere: bool
    province: bool
    postcode: bool
    closes: bool


def places() -> tuple[Place, ...]:
    """Every place of the gazetteer."""
    return tuple(dict.fromkeys(place for place, _ in _spellings().values()))


def spellings() -> dict[str, str]:
    """Every spelling with its place_id, doubtful ones included; Latin is folded to lower case."""
    return {spelling: place.place_id for spelling, (place, _) in _spellings().items()}


def find_xinjiang(text: str | None, *, country: str = "") -> Evidence | None:
    """The best evidence that a text names a place in Xinjiang, None where it names none.

    Args:
        text: an address or a name, in any script; the first 2,000 characters are read.
        country: the country column beside it, a code or a name; empty where there is none. What is no country that is
            known counts as empty.
    """
    if not text:
        return None
    folded, at = _fold(text[:_LONGEST])
    kept = [k for part in _ADDRESS.finditer(folded) for k in _kept(part.group(), part.start(), country)]
    if not kept:
        return None
    strength, why, (start, end, place, _) = min(kept, key=lambda k: (k[0] != "certain", -_fineness(k[2][2]), k[2][0]))
    first, last = at[start], at[end - 1] + 1
    found = text[first:last]
    return Evidence(place, found, first, last, strength, f"“{found}” names {place.name} ({place.name_zh}){why}.")


_Hit = tuple[int, int, Place, Doubt]


def _kept(folded: str, offset: int, country: str) -> list[tuple[Strength, str, _Hit]]:
    """The hits of one address that are evidence, with what speaks for or against them."""
    hits = [h for h in _hits(folded) if not _passed_over(folded, h)]
    if not hits:
        return []
    signs = _signs(folded, country)
    anchored = any(not doubt for _, _, _, doubt in hits)
    judged = [(_judge(h, signs, anchored=anchored), h) for h in hits]
    return [(j[0], j[1], (h[0] + offset, h[1] + offset, *h[2:])) for j, h in judged if j is not None]


def _hits(folded: str) -> list[_Hit]:
    # Most texts hold no word of the gazetteer: a look at their words is ten times cheaper than the expression.
    units = _units(folded)
    if _first_words().isdisjoint(_WORD.findall(folded)) and not any(map(_is_han, folded)):
        return units
    table = _spellings()
    out: list[_Hit] = units
    for match in _pattern().finditer(folded):
        key = re.sub(r"[\s\-']+", " ", match.group())
        place, doubt = table[key]
        if _HOUSE.match(folded[match.end() : match.end() + 40]):
            doubt = "house"  # a Xinjiang Hotel stands anywhere
        out.append((match.start(), match.end(), place, doubt))
    return out


def _units(folded: str) -> list[_Hit]:
    """Divisions and regiments by number; a regiment beside its own division vouches for both."""
    found = numbered(folded)
    stand = {u.division for u in found if u.unit == "division"} & {u.division for u in found if u.unit == "regiment"}
    out: list[_Hit] = []
    for unit in found:
        sure = unit.named or unit.division in stand
        chinese = _is_han(folded[unit.end - 1])
        out.append((unit.start, unit.end, _unit_place(unit), "" if sure else "home" if chinese else "army"))
    return out


def _unit_place(unit: Numbered) -> Place:
    division = _by_id()[unit.division]
    if unit.unit == "division":
        return division
    name = f"Regiment {unit.number} of the {division.name}"
    code = f"{unit.division}-{unit.number}"
    return Place(code, "xpcc_regiment", name, f"{division.name_zh}{unit.number}团", division.place_id, source_id())


@cache
def _by_id() -> dict[str, Place]:
    return {p.place_id: p for p in places()}


def _passed_over(folded: str, hit: _Hit) -> bool:
    """Streets and goods are called after places: Urumqi Road is in Shanghai, a Hami melon anywhere."""
    rest = folded[hit[1] : hit[1] + 40]
    teachers = folded[hit[1] - 1] == "师" and bool(_TEACHERS.match(rest))
    return teachers or bool(_STREET.match(rest) or _GOODS.match(rest))


def _judge(hit: _Hit, signs: _Signs, *, anchored: bool) -> tuple[Strength, str] | None:
    """Strength and what speaks for or against it; None where the words name another place."""
    doubt = hit[3]
    abroad = signs.elsewhere and not signs.china
    if not doubt:
        return _contradicted(signs, abroad=abroad)
    if anchored:
        return "certain", ", beside another place of the region"
    if doubt == "house":
        return "possible", "; it stands in the name of a building"
    if doubt == "army" and not signs.china:
        return None  # armies have regiments too
    return None if abroad or signs.province else _alone(doubt, signs)


def _alone(doubt: Doubt, signs: _Signs) -> tuple[Strength, str]:
    """A doubtful spelling, with nothing against it and no other place of the region beside it."""
    if signs.postcode:
        return "certain", ", beside a postcode of the region (83 or 84)"
    if doubt == "abroad" and signs.china:
        return "certain", ", in China"
    return "possible", "; the words can name another place, and no second sign of Xinjiang stands beside them"


# An address in Latin script ends in its province, one in Chinese begins with it: a park, a street or a firm may be
# named after another part of China before that. A country and a postcode may follow.
_CLOSES = re.compile(
    r"(xinjiang|xuar)( (uy?gh?ur )?autonomous region| uy?gh?ur)?[\s,.]*(\d{6})?[\s,.]*((p\.? ?r\.? ?(of )?)?china|cn)?"
    r"[\s,.\d]*$|^\s*(中国)?新疆"
)


def _contradicted(signs: _Signs, *, abroad: bool) -> tuple[Strength, str]:
    if signs.province and not signs.closes:
        return "possible", "; the text names another part of China too"
    return ("possible", "; the country given is not China") if abroad else ("certain", "")


def _signs(folded: str, country: str) -> _Signs:
    given = where(country)
    china = given == "china" if given else bool(_CHINA.search(folded))
    elsewhere = given == "abroad" if given else bool(_ELSEWHERE.search(folded))
    closes = bool(_CLOSES.search(folded))
    # Beijing Road is in Urumqi, and parks bear the name of the province that pays for them.
    after = (folded[m.end() : m.end() + 40] for m in _PROVINCES.finditer(folded))
    province = any(not _STREET.match(a) and not _PARK.match(a) for a in after)
    return _Signs(china, elsewhere, province, bool(_POSTCODE.search(folded)), closes)


@lru_cache(maxsize=2_048)
def where(country: str) -> Literal["", "china", "abroad"]:
    """What a country cell says: China, another country, or nothing that is understood.

    Args:
        country: a code, a name in one of some forty languages, or several of them; of several one that is China counts.
    """
    given = country.strip()
    codes = codes_in(given) if given.upper() != _NO_ANSWER else frozenset()
    if "CN" in codes or given == _CHINA_NUMBER or _CHINA.search(given.casefold()):
        return "china"
    return "abroad" if codes or _ELSEWHERE.search(_fold(given)[0]) else ""


def _fineness(place: Place) -> int:
    """The finer place says more: county before prefecture before region."""
    order = ("region", "xpcc", "prefecture", "prefecture_city", "xpcc_division")
    return order.index(place.kind) if place.kind in order else len(order)


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in lower case without diacritics or invisible characters, and where each character came from."""
    if text.isascii() and text.isprintable():
        return text.lower(), list(range(len(text)))
    out: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        folded = _fold_one(char)
        out.append(folded)
        at.extend([i] * len(folded))
    return "".join(out), at


@lru_cache(maxsize=8_192)
def _fold_one(char: str) -> str:
    from anyascii import anyascii

    if _is_han(char):
        return char
    return anyascii(char).lower() if char.isprintable() or char.isspace() else ""


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@cache
def _spellings() -> dict[str, tuple[Place, Doubt]]:
    """Folded spelling -> place and doubt; the first row with a spelling keeps it, certain before doubtful."""
    source = files("entrepot.vocabulary").joinpath("data/xinjiang_places.csv").read_text(encoding="utf-8")
    columns: tuple[tuple[str, Doubt], ...] = (
        ("latin", ""),
        ("han", ""),
        ("latin_ambiguous_abroad", "abroad"),
        ("latin_ambiguous", "home"),
        ("han_ambiguous", "home"),
    )
    out: dict[str, tuple[Place, Doubt]] = {}
    rows = list(csv.DictReader(source.splitlines()))
    for column, doubt in columns:
        for row in rows:
            place = Place(*(row[k] for k in ("place_id", "kind", "name", "name_zh", "parent", "source_id")))
            for spelling in filter(None, row[column].split("; ")):
                folded = re.sub(r"[\s\-']+", " ", _fold(spelling)[0])
                out.setdefault(folded, (place, doubt))
    return out


@cache
def _first_words() -> frozenset[str]:
    """The words with which a Latin spelling begins."""
    return frozenset(_WORD.findall(k)[0] for k in _spellings() if not _is_han(k[0]))


@cache
def _pattern() -> re.Pattern[str]:
    """One expression for all spellings, longest first; Latin ones between word boundaries."""
    keys = sorted(_spellings(), key=len, reverse=True)
    latin = "|".join(re.escape(k).replace(r"\ ", r"[\s\-']+") for k in keys if not _is_han(k[0]))
    han = "|".join(re.escape(k) for k in keys if _is_han(k[0]))
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{han}")
