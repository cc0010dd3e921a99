"""Names that a field cut at its width: what is left of a word of trade or legal form is no word of its own."""

import pytest

from entrepot.names.comparing.completing import completed
from entrepot.names.comparing.score import compare
from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity

# Invented; each as a field of 35 letters, or of 40, leaves it.
CUT_IN_TRADE = [
    ("Tarbagan Orlova Information Technol", "Tarbagan Orlova Information Technology Co., Ltd."),
    ("Orlovka Zelmira Coal and Electrici", "Orlovka Zelmira Coal and Electricity Co., Ltd."),
    ("Zelmira Brodanka Import and Export Trad", "Zelmira Brodanka Import and Export Trading LLC"),
]
CUT_IN_FORM = [
    ("Zelmira Orlovka Cotton Textile Co., L", "Zelmira Orlovka Cotton Textile Co., Ltd."),
    ("Zelmira Orlovka Cotton Textile Co., Lt", "Zelmira Orlovka Cotton Textile Co., Ltd."),
    ("ZELMIRA ORLOVKA TARBAGAN TEXTILES C", "ZELMIRA ORLOVKA TARBAGAN TEXTILES CO., LTD."),
    ("Brodanka Tarbagan Maschinen Gesellsch", "Brodanka Tarbagan Maschinen Gesellschaft mbH"),
]
CERTAIN = 0.95  # what a name scores that lacks nothing but its legal form: .99 of such pairs are above


def said(left: str, right: str) -> str:
    return " ".join(similarity(left, right, "company").reasons)


@pytest.mark.parametrize(("cut", "whole"), CUT_IN_TRADE + CUT_IN_FORM)
def test_a_name_cut_within_such_a_word_is_met_as_the_whole_one(cut, whole):
    assert similarity(cut, whole, "company").score >= CERTAIN
    assert similarity(whole, cut, "company").score == similarity(cut, whole, "company").score


@pytest.mark.parametrize(("cut", "whole"), CUT_IN_TRADE)
def test_that_it_is_cut_is_said(cut, whole):
    assert "The last word is the beginning of the other" in said(cut, whole)


def test_one_letter_of_a_legal_form_is_said_where_a_field_was_full():
    cut, whole = "ZELMIRA ORLOVKA TARBAGAN TEXTILES C", "ZELMIRA ORLOVKA TARBAGAN TEXTILES CO., LTD."
    assert len(cut) == 35
    assert "“c” and “co”" in said(cut, whole)
    assert "“c” and “co”" not in said(cut[8:], whole[8:])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tarbagan Orlova Ferrous Metal", "Tarbagan Orlova Ferrous Metals Co., Ltd."),  # two words of one meaning
        ("Tarbagan Orlova Power Plant No 1", "Tarbagan Orlova Power Plant No 12"),  # a number is not completed
        ("Tarbagan Orlova Trading Zelm", "Tarbagan Orlova Trading Zelmira Ltd"),  # met as it stands
        ("Orlova Trad", "Orlova Trading Ltd"),  # no field is so narrow
        ("Tarbagan Orlova Trading Company", "Tarbagan Orlova Trading Company Ltd"),  # cut between words
    ],
)
def test_other_names_are_read_as_they_stand(one, other):
    left, right = prepare(one, "company"), prepare(other, "company")
    assert completed(left, right) == (left, right)
    assert completed(right, left) == (right, left)


def test_a_word_that_is_missing_more_counts_less():
    whole = prepare("Tarbagan Orlova Information Technology Co., Ltd.", "company")
    scores = [
        compare(prepare(f"Tarbagan Orlova Information Techn{n}", "company"), whole).score for n in ("", "ol", "olog")
    ]
    assert scores == sorted(scores)


@pytest.mark.parametrize(("name", "short"), [("Лютик ООО", "LTK"), ("Lyutik", "LTK LLC"), ("Novak GmbH", "NVK")])
def test_three_consonants_are_short_for_three_words_and_no_firm(name, short):
    assert similarity(name, short, "company").score < 0.5
    assert similarity(name, short, "any").score < 0.5


def test_a_longer_word_without_its_vowels_is_the_word():
    assert similarity("Brodanka LLC", "BRDNKA LLC", "company").score >= 0.7


def test_a_firm_is_not_read_as_blue():
    assert similarity("Sina Shipping", "Sina Shipping Company Limited", "company").score >= CERTAIN
    assert similarity("Sina Shpg", "Sina Shipping Company Limited", "company").score >= CERTAIN
    assert "blue" in {w.text for w in prepare("Синяя Звезда", "company").words}
