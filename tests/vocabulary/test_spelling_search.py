"""Spellings found by what they begin with, held against one expression of all of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.folding import folded, folded_letters, is_han
from entrepot.vocabulary.regions.region_files import regions
from entrepot.vocabulary.regions.spelling_search import SpellingSearch, beginning


def plainly(spellings):
    """One expression, longest first, Latin spellings between word boundaries: what the search must find."""
    keys = sorted(spellings, key=len, reverse=True)
    latin = "|".join(re.escape(k).replace(r"\ ", r"[\s\-']+") for k in keys if not is_han(k[0]))
    han = "|".join(re.escape(k) for k in keys if is_han(k[0]))
    return re.compile("|".join(filter(None, [latin and rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])", han])))


def spans(found):
    return [m.span() for m in found]


WORDS = st.text("ab1", min_size=1, max_size=3)
SPELLINGS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    WORDS.map(" {}".format),
    st.text("新疆市", min_size=1, max_size=3),
)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from([*" -',.新疆市é"])), max_size=20).map("".join)


@settings(max_examples=500, deadline=None)
@given(st.lists(SPELLINGS, min_size=1, max_size=8, unique=True), TEXTS)
def test_what_one_expression_finds_is_found(spellings, text):
    search = SpellingSearch(spellings)
    expected = spans(plainly(spellings).finditer(text))
    assert spans(search.finditer(text)) == expected
    assert search.is_in(text) == bool(expected)
    as_searched = folded(text)  # folded texts are searched, which have no letters but a to z and Chinese ones
    assert search.may_be_in(as_searched) or not spans(plainly(spellings).finditer(as_searched.text))


@pytest.mark.parametrize("region", regions(), ids=lambda r: r.id)
def test_every_spelling_of_a_region_begins_with_a_word_or_a_chinese_character(region):
    assert all(s.startswith(beginning(s)) for s in region.spellings)


@pytest.mark.parametrize("region", regions(), ids=lambda r: r.id)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_the_places_of_a_region_are_found_alike(region, data):
    names = st.sampled_from(sorted(region.spellings))
    pieces = st.lists(st.one_of(names, st.sampled_from([" ", ", ", "-", "'", "road", "no 5", "市", "的"])), max_size=6)
    text = "".join(data.draw(pieces))
    assert spans(region.names.finditer(text)) == spans(plainly(region.spellings).finditer(text))


@given(st.text(max_size=60))
def test_the_letters_alone_are_those_of_the_folded_text(text):
    assert folded_letters(text) == folded(text).text


PLACES = st.sampled_from([s for region in regions() for s in list(region.spellings)[::7]])
BESIDE = st.sampled_from(
    ["Road", "Hotel", "Beijing", "Moscow", "Turkey", "China", "Russia", "830000", "295000", "；", ","]
)


@settings(deadline=None, max_examples=400)
@given(st.lists(PLACES | BESIDE, max_size=7).map(" ".join), st.sampled_from(["", "CN", "RU", "UA", "DE"]))
def test_what_speaks_elsewhere_takes_evidence_away_and_gives_none(text, country):
    for region in regions():
        found, less = (find_place(region, text, country=country, elsewhere=e) for e in (False, True))
        assert less is None or (found is not None and (less.strength == "possible" or found.strength == "certain"))
