"""What tells two parties of nearly one name apart, and what does not: by how names are made, on names of no list."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.names.comparing.score import measure
from entrepot.names.reading import latin, lexicon
from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity
from entrepot.screening.runs.run import MIN_SCORE

SEEN = 0.9  # a desk reads such a match first
BRANDS = [("宏达", "Hongda"), ("润丰", "Runfeng"), ("嘉裕", "Jiayu"), ("鑫泰", "Xintai"), ("瑞祥", "Ruixiang")]
HOUSES = [("医院", "Hospital"), ("中学", "School"), ("酒店", "Hotel"), ("银行", "Bank"), ("大学", "University")]


def features(a: str, b: str, kind: str) -> dict[str, float]:
    from entrepot.names.comparing.features import FEATURES

    values = measure(prepare(a, kind), prepare(b, kind))
    return {f.__name__: m.value for f, m in zip(FEATURES, values, strict=True)}


@pytest.mark.parametrize(("brand", "spelt"), BRANDS)
@pytest.mark.parametrize(("house", "english"), HOUSES)
def test_a_house_of_its_own_kind_is_not_the_group_of_that_name(brand, spelt, house, english):
    group, latin_house = f"河南{brand}集团", f"Henan {spelt} {english}"
    assert similarity(group, latin_house, "company").score < MIN_SCORE
    assert similarity(f"Henan {spelt} Group", latin_house, "company").score < MIN_SCORE
    assert similarity(f"河南{brand}{house}", latin_house, "company").score >= MIN_SCORE


@pytest.mark.parametrize(("brand", "spelt"), BRANDS)
def test_another_line_of_business_is_another_firm(brand, spelt):
    name = f"河南{brand}化学股份有限公司"
    assert similarity(name, f"Henan {spelt} Textile Co., Ltd.", "company").score < MIN_SCORE
    assert similarity(name, f"Henan {spelt} Chemical Co., Ltd.", "company").score >= MIN_SCORE


def test_every_institution_is_a_word_of_the_table():
    text = files("entrepot.names").joinpath("data/words.csv").read_text(encoding="utf-8")
    assert lexicon.institutions() <= {row["word"] for row in csv.DictReader(text.splitlines())}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tariq bin Khalid al-Harithi", "Khalid bin Tariq al-Harithi"),
        ("TARIQ IBN KHALID HARITHI", "KHALID IBN TARIQ HARITHI"),
        ("Yunus ben al-Walid Trabelsi", "Walid ben Yunus Trabelsi"),
    ],
)
def test_father_and_son_exchanged_are_two_persons(one, other):
    assert features(one, other, "person")["descent_differs"] == 1
    assert similarity(one, other, "person").score < similarity(one, one.title().replace("-", " "), "person").score


@pytest.mark.parametrize(
    "same",
    [
        "al-Harithi, Tariq bin Khalid",  # the family name first
        "Tariq Khalid al-Harithi",  # without the word between
        "Harithi al Khalid bin Tariq",  # sorted by the last word
    ],
)
def test_one_order_or_another_makes_no_son_a_father(same):
    assert features("Tariq bin Khalid al-Harithi", same, "person")["descent_differs"] == 0


def test_called_by_a_short_name():
    for short, full in (("Bill Hartwell", "William Hartwell"), ("Dima Korolkov", "Dmitry Korolkov")):
        assert similarity(short, full, "person").score >= MIN_SCORE
    assert similarity("Bill Hartwell", "Robert Hartwell", "person").score < MIN_SCORE


def test_a_short_name_is_called_back():
    known = lexicon.called()
    assert all(name in known[short] for name, shorts in known.items() for short in shorts)


def test_a_surname_that_is_a_roman_number():
    assert similarity("习近平", "Xi Jinping", "person").score >= MIN_SCORE
    assert [w.kind for w in prepare("Xi Jinping", "any").words] == ["core", "core"]
    assert [w.text for w in prepare("Apollo Fund XI", "company").words if w.kind == "number"] == ["11"]


@given(st.sampled_from(["Olvera", "Silva", "Inversiones", "Lvov", "Mkhlvch", "Tverdokhlebov"]))
def test_v_is_a_vowel_in_pinyin_only(word):
    assert latin.ascii_words(word) == [word.lower()]


def test_v_in_pinyin_is_a_vowel():
    assert latin.ascii_words("Lvzhou Nvwa") == ["luzhou", "nuwa"]


def test_one_legal_form_in_full_or_in_short_says_nothing():
    assert features("Brannel Incorporated", "Brannel Inc.", "company")["text_alike"] == 1
    assert features("Brannel Aktiengesellschaft", "Brannel AG", "company")["text_alike"] == 1
    assert features("Brannel GmbH", "Brannel AG", "company")["text_alike"] < 1


@pytest.mark.parametrize(("form", "word"), [("CORP", "GENERAL"), ("LIMITED", "AERO")])
def test_a_word_in_the_place_of_a_legal_form_is_seen(form, word):
    assert features(f"VOLNAR TRADING COMPANY {form}", f"VOLNAR TRADING COMPANY {word}", "company")["form_or_word"] == 1


@pytest.mark.parametrize("other", ["Tianjin Volnar Trading", "VOLNAR TRADING S"])
def test_a_place_in_front_and_a_field_cut_short_are_no_such_word(other):
    assert features("Volnar Trading S.A. de C.V.", other, "company")["form_or_word"] == 0


def test_a_title_before_a_firm_says_nothing():
    assert features("Sheikh Volnar Trading", "Volnar Trading", "company")["text_alike"] == 1


@pytest.mark.parametrize(
    ("scanned", "printed"),
    [("VOLNAR INDUSTRIES GR0UP", "VOLNAR INDUSTRIES GROUP"), ("V0LNAR 0F TARIM", "VOLNAR OF TARIM"),
     ("VOLNAR FlNANCE", "VOLNAR FINANCE"), ("KHlDROV, Oleg", "KHIDROV, Oleg")],
)  # fmt: skip
def test_what_a_scanner_misread_is_read(scanned, printed):
    assert similarity(scanned, printed, "any").score >= SEEN


def test_a_small_letter_l_among_others_is_itself():
    assert latin.ascii_words("ElBaradei AlQasim Khalil") == ["elbaradei", "alqasim", "khalil"]


def test_a_model_number_is_no_word():
    assert {w.text for w in prepare("Volnar 4S", "company").words} == {"volnar", "4s"}
