"""Chinese company names against Latin ones: properties of pinyin, translations, brands, and what a search asks for."""

from __future__ import annotations

import csv

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entrepot.names.brands import brand_pair
from entrepot.names.reading.han import pinyin
from entrepot.names.reading.lexicon import latin
from entrepot.names.reading.prepare import prepare
from entrepot.names.search.latin_variants import variants
from entrepot.names.similarity import similarity

MATCH = 0.8  # above the default lowest score
BRAND = st.text(alphabet="鑫泰恒盛瑞宏达润丰诚博远翔腾嘉裕", min_size=2, max_size=3)


def words(name: str) -> set[tuple[str, str]]:
    return {(w.text, w.kind) for w in prepare(name, "company").words if w.text != "and"}


@given(BRAND)
@settings(max_examples=60)
def test_pinyin_run_together_or_apart_meets_the_characters(brand):
    syllables = pinyin(brand)
    together, apart = "".join(syllables), " ".join(syllables)
    assume(together not in latin() and len(together) > 5)
    chinese = f"河南{brand}纺织有限公司"
    for spelt in (together.title(), apart.title(), "".join(s.title() for s in syllables)):
        assert similarity(chinese, f"Henan {spelt} Textile Co., Ltd.", "company").score >= MATCH, spelt


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("中国电子科技集团公司第五十四研究所", "China Electronics Technology Group 54th Research Institute"),
        ("沈阳钢材进出口有限公司", "Shenyang Steel Import and Export Co., Ltd."),
        ("乌海建工责任有限公司", "Wuhai Construction Engineering Co., Ltd."),
        ("中粮控股股份有限公司", "COFCO Holdings Co., Ltd."),
        ("北京光电研究所", "Beijing Optoelectronics Research Institute"),
        ("四川石油化工有限公司", "Sichuan Petroleum and Chemical Co., Ltd."),
    ],
)
def test_generic_words_are_translated_one_for_one(chinese, english):
    a, b = (prepare(n, "company").words for n in (chinese, english))
    said = [{w.text, *w.other} for w in a]
    assert len(a) == len(b)
    assert all(any({w.text, *w.other} & s for s in said) for w in b)


@pytest.mark.parametrize(
    ("brand", "spelt"),
    [
        ("华星", "chinastar"),  # both characters translated
        ("阿里巴巴", "alibaba"),  # as it sounds
        ("万科", "vanke"),  # Cantonese and Mandarin
        ("小鹏", "xpeng"),  # a first letter
        ("金龙", "kinglong"),
        ("康佳", "konka"),
    ],
)
def test_a_brand_meets_its_latin_form(brand, spelt):
    assert brand_pair.stands_for(brand, spelt) > 0.8


@given(st.text(max_size=6), st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_any_brand_is_accepted(brand, spelt):
    assert 0 <= brand_pair.stands_for(brand, spelt) <= 1


@pytest.mark.shared
def test_two_random_words_seldom_stand_for_each_other(shared):
    with (shared / "data/names/chinese_listed_company_names.csv").open(encoding="utf-8-sig") as file:
        names = [row[1] for row in csv.reader(file)][1:400]
    chosen = [w.shown for n in names for w in prepare(n, "company").words if w.initials and len(w.shown) > 1][:300]
    others = ["hassan", "carlon", "sergei", "ortega", "kumar", "baltic", "novatek", "simorgh", "dolphin", "marhaba"]
    met = sum(brand_pair.stands_for(brand, spelt) >= 0.85 for brand in chosen for spelt in others)
    assert met / (len(chosen) * len(others)) < 0.01


def test_a_name_of_generic_words_only_has_no_room_for_a_brand():
    query = prepare("北京宏达科技有限公司", "company")
    assert not brand_pair.has_room(query, prepare("Beijing Technology Co., Ltd.", "company"))
    assert brand_pair.has_room(query, prepare("Beijing Hongda Technology", "company"))
    assert not brand_pair.has_room(query, prepare("Li Hongda", "person"))


def test_a_chinese_name_is_looked_for_in_each_way_it_may_be_written():
    asked = [{w.text for w in v.words} for v in variants(prepare("廊坊市红松科技有限公司", "company"))]
    assert any("hs" in a for a in asked)
    assert any({"red", "pine"} <= a for a in asked)
    assert all("langfang" in a for a in asked)
