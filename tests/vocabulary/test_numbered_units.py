"""Divisions, regiments and parks of Xinjiang, against published addresses and what other provinces have."""

from __future__ import annotations

import csv
import gzip
import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.vocabulary.numerals import arabic
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import region

XINJIANG = region("xinjiang")
find_xinjiang = partial(find_place, XINJIANG)

HAN = "零一二三四五六七八九"


def counted(number: int) -> str:
    """A number below a thousand as Chinese counts it: 121 is 一百二十一."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    out = f"{HAN[hundreds]}百" if hundreds else ""
    out += f"{HAN[tens]}十" if tens else "零" if hundreds and ones else ""
    return (out + (HAN[ones] if ones else "")).removeprefix("一十" if number < 20 else "\0") or "十"


@given(st.integers(20, 999))
def test_chinese_numbers_are_read_counted_and_spelt_out(number):
    assert arabic(counted(number)) == number
    assert arabic("".join(HAN[int(d)] for d in str(number))) == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("农八师一二一团", "xpcc-8-121"),
        ("第八师121团", "xpcc-8-121"),
        ("兵团第八师一百二十一团", "xpcc-8-121"),
        ("121 Regiment, Shihezi", "xpcc-8-121"),
        ("121st Regiment, Eighth Division", "xpcc-8-121"),
        ("Nong Ba Shi 121 Tuan", "xpcc-8-121"),
        ("8-دىۋىزىيە 121-تۇەن", "xpcc-8-121"),
        ("121-й полк, 8-я дивизия СПСК Синьцзян", "xpcc-8-121"),
        ("Agricultural Eighth Division", "xpcc-8"),
        ("Eighth Agricultural Division", "xpcc-8"),
        ("第十四师224团", "xpcc-14-224"),
        ("Textile Industry City, Aksu, Xinjiang", "652900"),
        ("准东经济技术开发区", "zone-zhundong-etdz"),
        ("Ganquanpu, Urumqi", "zone-ganquanpu-etdz"),
        ("洛浦县北京工业园区", "zone-lop-county-beijing-industrial-park"),
    ],
)
def test_units_and_parks_are_found(text, place):
    found = find_xinjiang(text)
    assert found is not None
    assert (found.place.place_id, found.strength) == (place, "certain")
    assert text[found.start : found.end] == found.found


@pytest.mark.parametrize(
    "text",
    [
        "第一师范学校",
        "北京师范大学",
        "共青团委",
        "101 Regiment Royal Artillery, London, UK",
        "3rd Division, Cardiology, Boston",
        "Yiwu City, Zhejiang",
    ],
)
def test_armies_schools_and_other_cities_are_not_taken_for_the_corps(text):
    assert find_xinjiang(text) is None


def test_a_regiment_under_another_division_is_only_possible():
    found = find_xinjiang("第八师14团")
    assert found is not None
    assert found.strength == "possible"


def test_every_regiment_belongs_to_a_division_of_the_gazetteer():
    divisions = {p.place_id for p in XINJIANG.places.values() if p.kind == "xpcc_division"}
    assert set(XINJIANG.unit_blocks.values()) <= divisions


def test_several_addresses_in_one_field_are_judged_one_by_one():
    found = find_xinjiang("538 Fengting Avenue, Suzhou, Jiangsu, CN; 358 Beijing South Road, Urumqi, CN", country="CN")
    assert found is not None
    assert (found.place.place_id, found.strength) == ("650100", "certain")


REGION = re.compile(r"xin[ -]?jiang( uyh?i?gh?u?h?ur)?( autonomous)?( region)?|\bu[yi]?gh?ur\b|\bxuar\b", re.IGNORECASE)


@pytest.mark.shared
def test_addresses_of_us_lists_are_found_without_the_word_xinjiang(shared):
    # Of the Chinese addresses that print the region, all are found; with the region's name struck out, at least 85 in
    # 100 by a city, county or park (some print nothing else). None that does not print it is taken for the region
    # unless it names a city of the region.
    with gzip.open(shared / "data/lists/us_csl/us_lists_2022-05-05.csv.gz", "rt", encoding="utf-8") as file:
        addresses = sorted(
            {r["address"] for r in csv.DictReader(file) if re.search(r"\b(CN|China|PRC)\b", r["address"])}
        )
    inside = [a for a in addresses if REGION.search(a) and not re.search(r"xinjiang (road|rd|lu|st)", a, re.IGNORECASE)]
    outside = [a for a in addresses if not REGION.search(a)]
    assert len(inside) > 40
    assert len(outside) > 700

    def certain(address: str) -> bool:
        found = find_xinjiang(address, country="CN")
        return found is not None and found.strength == "certain"

    assert all(certain(a) for a in inside)
    struck = [certain(REGION.sub(" ", a)) for a in inside]
    assert sum(struck) / len(struck) >= 0.85
    taken = [a for a in outside if certain(a)]
    cities = re.compile(r"urumqi|akesu|aksu|kashi|kashgar|korla|hotan|hetian|shihezi|yining|changji", re.IGNORECASE)
    assert all(cities.search(a) for a in taken)
    assert len(taken) <= len(outside) / 100
