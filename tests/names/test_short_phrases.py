"""Phrases of trade and place whose words are shortened as the words alone are."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity

DEFAULT = 0.7


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Kashgar Construction Engg (Group) Co Ltd", "Kashgar Construction Engineering (Group) Co., Ltd."),
        ("KASHGAR CONSTR ENGG GROUP CO LTD", "Kashgar Construction Engineering (Group) Co., Ltd."),
        ("Hongyuan New Matl (Baotou) Co Ltd", "Hongyuan New Materials (Baotou) Co., Ltd."),
        ("Xinjiang Prod. & Constr. Corps", "Xinjiang Production and Construction Corps"),
        ("XINJIANG PROD AND CONST CORPS", "Xinjiang Production and Construction Corps"),
        ("Tianshan Alum. Group Co., Ltd.", "Tianshan Aluminum Group Co., Ltd."),
        ("Zelmira Constr HQ", "Zelmira Construction Headquarters"),
    ],
)
def test_a_phrase_with_shortened_words_is_the_phrase(short, full):
    assert [w.text for w in prepare(short, "company").words] == [w.text for w in prepare(full, "company").words]
    assert similarity(short, full, "company").score >= DEFAULT


def test_another_trade_stays_another():
    assert similarity("Kashgar Constr Engg Group", "Kashgar New Matl Group", "company").score < DEFAULT
    assert similarity("Xinjiang Prod. & Constr. Corps", "Xinjiang Industrial Park", "company").score < DEFAULT


def test_science_and_technology_is_technology_and_ptc_a_form():
    meike = "Jiangsu Meike Solar Technology Co., Ltd."
    for written in ("Jiangsu Meike Solar Energy Science & Technology Co., Ltd.", "Jiangsu Meike Solar Sci-Tech Co Ltd"):
        assert similarity(written, meike, "company").score >= DEFAULT
    assert similarity("江苏美科太阳能科技股份有限公司", meike, "company").score >= DEFAULT
    assert similarity("KAMAZ PTC", "Kamaz", "company").score >= DEFAULT
    assert prepare("PTC India", "company").forms == frozenset()  # where a name ends alone
