"""What the matcher knows of words: tables that hold together, Chinese names cut as the rules of naming say."""

from __future__ import annotations

import csv
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.names.reading import han as readings
from entrepot.names.reading.chinese import looks_personal, segments
from entrepot.names.reading.lexicon import han, latin
from entrepot.names.reading.prepare import prepare

# Unicode: CJK unified ideographs of the common block.
CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=30)


def meaning(text: str) -> str | None:
    from entrepot.names.reading.lexicon import ascii_words

    entry = latin().get(" ".join(ascii_words(text)))
    return entry.meaning if entry else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("химический", "химическая", "химического", "khimicheskaya", "khimicheskaia", "himicheskiy"), "chemical"),
        (("завод", "завода", "zavod", "factory", "works", "fabrika", "зауыты"), "factory"),
        (("pamuk", "хлопок", "пахта", "paxta", "پاختا", "cotton"), "cotton"),
        (("тоқыма", "tekstil", "textile", "textiles", "текстильная"), "textile"),
        (("научно-производственное объединение", "НПО", "scientific production"), "scientific production"),
        (("uluslararası", "международный", "mezhdunarodnaya", "international", "intl", "xalqaro"), "international"),
    ],
)
def test_one_concept_in_many_languages(words, expected):
    met = {w: meaning(w) for w in words}
    assert set(met.values()) == {expected}, met


@pytest.mark.parametrize(
    ("form", "family"),
    [
        ("ООО", "llc"),
        ("Общество с ограниченной ответственностью", "llc"),
        ("OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU", "llc"),
        ("ТОО", "llc"),
        ("Жауапкершілігі шектеулі серіктестігі", "llc"),
        ("MChJ", "llc"),
        ("AKTSIONERNOE OBSHCHESTVO", "jsc"),
        ("ПАО", "jsc"),
        ("ФГУП", "fgup"),
        ("S.A.R.L.", "sarl"),
        ("Sp. z o.o.", "llc"),
        ("Kabushiki Kaisha", "kk"),
        ("Công ty TNHH", "ltd"),
        ("Sdn. Bhd.", "ltd"),
        ("Ltd. Şti.", "ltd"),
        ("شرکت با مسئولیت محدود", "llc"),
    ],
)
def test_legal_forms_in_their_scripts_and_in_latin(form, family):
    assert meaning(form) == family


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("新疆中泰化学股份有限公司", "新疆 中泰 化学 股份有限公司"),
        ("上海东方明珠", "上海 东方 明珠"),
        ("中国科学院上海光学精密机械研究所", "中国 科学院 上海 光学 精密机械 研究所"),
        ("三一重工", "三一 重工"),
        ("香港廣鴻國際貿易有限公司", "香港 廣鴻 國際 貿易 有限公司"),
        ("农业银行", "农业 银行"),
    ],
)
def test_a_name_is_cut_into_place_brand_trade_and_form(name, cut):
    assert " ".join(s.text for s in segments(name)) == cut


@given(CHINESE)
def test_a_cut_loses_no_character(text):
    assert "".join(s.text for s in segments(text)) == text


@given(CHINESE)
def test_traditional_characters_are_cut_as_simplified_ones(text):
    plain = readings.simplified(text)
    assert len(plain) == len(text)
    assert [len(s.text) for s in segments(plain)] == [len(s.text) for s in segments(text)]


@pytest.mark.parametrize(
    ("surname", "pinyin"), [("单", "shan"), ("解", "xie"), ("仇", "qiu"), ("曾", "zeng"), ("区", "ou"), ("查", "zha")]
)
def test_surnames_of_another_reading(surname, pinyin):
    assert readings.pinyin(surname + "伟", surname=True)[0] == pinyin


@pytest.mark.parametrize(("text", "person"), [("陈全国", True), ("欧阳修", True), ("中泰化学", False), ("华为", False)])
def test_a_personal_name_is_told_from_a_firm(text, person):
    assert looks_personal(text) is person


def test_southern_names_carry_the_spelling_of_the_south():
    other = {o for w in prepare("香港廣鴻國際貿易有限公司").words for o in w.other}
    assert {"kwonghung", "kuanghung"} <= other


def test_readings_agree_with_pypinyin_on_company_names():
    from pypinyin import lazy_pinyin

    for name in ("重庆长安汽车", "厦门银行", "长沙中联重科", "西藏矿业", "浙江大华", "绿城中国", "成都银河"):
        expected = [p.replace("lv", "lu").replace("nv", "nu") for p in lazy_pinyin(name)]
        assert readings.pinyin(name) == expected


def test_every_generic_word_has_a_weight_below_a_distinctive_one():
    entries = [*latin().values(), *han().values()]
    assert all(0 <= e.weight <= 1 for e in entries)
    assert all(e.weight < 0.6 for e in entries if e.role == "word")


@pytest.mark.shared
def test_short_names_of_listed_companies_share_a_word_with_their_full_name(shared):
    # 3 in 4 short names keep the distinctive word as it is; abbreviations (深振业) and marks (*ST) do not.
    with (shared / "data/names/chinese_listed_company_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    sample = random.Random(3).sample(rows, 500)
    shared_words = 0
    for short, full in sample:
        a, b = ({w.text for w in prepare(n, "company").words if w.kind == "core"} for n in (short, full))
        shared_words += bool(a & b) or not a
    assert shared_words / len(sample) >= 0.6


@pytest.mark.parametrize(
    "name",
    [
        "Kovodil spol. s r.o.",
        "Kovodil, spol.s r. o.",
        "Kovodil SPRL",
        "Kovodil Sh.p.k.",
        "ОсОО «Ководил»",
        "Kovodil PLLC",
    ],
)
def test_legal_forms_of_more_countries_are_no_names(name):
    read = prepare(name, "company")
    assert len(read.words) == 1
    assert read.forms
