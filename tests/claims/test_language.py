"""The language of short texts, which have no article or preposition to tell it."""

import pytest

from entrepot.claims.text.language import of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Customs issues five withhold release orders.", "en"),
        ("Commerce Department adds 28 more Chinese entities, seven firms", "en"),
        ("Six trains de fret ont quitté Khorgos mardi", "unknown"),
        ("Le commerce du Xinjiang atteint 520 milliards", "unknown"),
        ("Kasachstan exportiert mehr Weizen nach China", "unknown"),
        ("Uzbekiston temir yollari million tonna yuk tashidi", "unknown"),
    ],
)
def test_a_headline_is_english_by_its_words(text, language):
    assert of(text) == language
