"""Names are found by their letters where the spaces stand elsewhere, words are broken, or one letter is wrong."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from entrepot.names.reading import keys, lexicon
from entrepot.names.reading.misspelt.mended import mended
from entrepot.names.reading.prepare import prepare
from entrepot.names.search import run_together
from entrepot.names.search.arrays import compiled
from entrepot.names.search.index import Index
from entrepot.names.search.subset import narrowed
from entrepot.names.similarity import is_translation, says_more, similarity

FORM = "OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU"
# Each was lost by a search, or not met, before names were looked for by their letters.
BROKEN = [
    ("STAR DRAGONCORPORATION", "STAR DRAGON CORPORATION"),
    ("GLOBA LTRANS", "GLOBAL TRANS"),
    ("Hik Vision", "Hikvision"),
    ("Mean Well", "Meanwell"),
    ("Mean Well Enterprises", "Meanwell Enterprises Co."),
    ("Orvan Exprot Import", "Orvan Export Import"),
    ("CHINASHIPBUILDING INDUSTRY COMPANY LIMITED", "CHINA SHIPBUILDING INDUSTRY COMPANY LIMITED"),
    ("OBSHCHESTVO S OGRANICHENNOIOTVETSTVENNOSTYU ORVAN", f"{FORM} ORVAN"),
    ("LIMITED LIAB ILITY COMPANY ORVAN", "LIMITED LIABILITY COMPANY ORVAN"),
    ("OBSHHCESTVO S OGRANICHENNOI OTVETSTVENNOSTYU ORVAN", f"{FORM} ORVAN"),
    ("JOINT STOCK COMPAN YORVAN", "JOINT STOCK COMPANY ORVAN"),
    ("PJSCORVANTELECOM", "PJSC ORVANTELECOM"),
    ("ORVANMETALTRADINGDMCC", "ORVAN METAL TRADING DMCC"),
    ("ORVANGAZMONQAZH", "ORVANGAZMONTAZH"),
    ("白银有色集团股份有限公司", "Baiyin Nonferrous Group Co., Ltd."),
    ("XJ Zhongtai", "Xinjiang Zhongtai Group Co. Ltd"),
]


def crowd() -> list[str]:
    """Firms of the same forms and trades, so that what is broken is not found for want of others."""
    rng = random.Random(3)
    own = ["".join(rng.choice("bdfgklmnrstvz") + rng.choice("aeiou") for _ in range(3)).upper() for _ in range(60)]
    ways = (f"{FORM} {{}}", "LIMITED LIABILITY COMPANY {}", "JOINT STOCK COMPANY {}", "{} METAL TRADING DMCC")
    more = ("CHINA {} INDUSTRY COMPANY LIMITED", "{} ENTERPRISES CO.", "GLOBAL {}", "PJSC {}TELECOM", "{}GAZMONTAZH")
    return [way.format(word) for word in own for way in (*ways, *more)]


@pytest.fixture(scope="module")
def among():
    names = [*crowd(), *(name for _, name in BROKEN)]
    return names, Index(names, ["company"] * len(names))


@pytest.mark.parametrize(("broken", "name"), BROKEN)
def test_a_broken_name_finds_its_own_among_many(among, broken, name):
    names, index = among
    assert names[index.search(broken, least=0.7)[0].position] == name


@pytest.mark.parametrize(("broken", "name"), BROKEN)
def test_it_scores_the_same_from_either_side_and_less_than_the_same_text(broken, name):
    score = similarity(broken, name, "company").score
    assert score == similarity(name, broken, "company").score
    assert 0.7 <= score < 1


LETTERS = st.text("abeln", min_size=5, max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.lists(LETTERS, min_size=1, max_size=12), LETTERS, st.integers(0, 12), st.integers(0, 3))
def test_nothing_within_one_change_is_missed(listed, asked, at, change):
    name = listed[0]
    at = min(at, len(name) - 2)
    asked = (
        name[:at] + name[at + 1 :],
        name[:at] + "n" + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        asked,
    )[change]
    held = compiled(listed, ["person"] * len(listed))
    query = prepare(asked, "person")
    texts = [keys.letters(prepare(name, "person")) for name, _ in map(held.name, range(len(held.texts)))]
    near = {
        i
        for i, found in enumerate(texts)
        if any(
            min(len(a), len(b)) >= run_together.SHORTEST and OSA.distance(a, b) <= 1
            for a in keys.letters(query)
            for b in found
        )
    }
    assert near <= set(held.letters.found([query])[1].tolist())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["orvan", "belmak", "sutorin", "trade", "nord"]), min_size=2, max_size=4), st.randoms())
def test_spaces_and_order_hide_no_name(words, rng):
    held = compiled([" ".join(words), "Somebody Else Entirely"], ["company"] * 2)
    moved = rng.sample(words, len(words))
    for text in ("".join(words), " ".join(moved)):
        found = held.letters.found([prepare(text, "company")])[1].tolist()
        assert 0 in found or len(text) < run_together.SHORTEST


def test_a_name_cut_in_a_field_is_found_among_those_that_begin_alike():
    names = [f"LIMITED LIABILITY COMPANY VOSTOK{c}{d} PROMYSHLENNAYA" for c in "ABCDEFGH" for d in "KLMNOP"]
    held = compiled(names, ["company"] * len(names))
    cut = names[20][:35]
    begun = {i for i, name in enumerate(names) if name.startswith(cut)}
    assert begun <= set(held.letters.found([prepare(cut, "company")])[1].tolist())


def test_an_index_of_some_names_meets_no_other_by_its_letters():
    names = ["GLOBAL TRANS", "GLOBALTRANS", "Orvan Metal"]
    whole = Index(names, ["company"] * 3)
    assert {h.position for h in whole.search("GLOBA LTRANS", least=0.7)} == {0, 1}
    assert {h.position for h in narrowed(whole.compiled, [1]).search("GLOBA LTRANS", least=0.7)} == {1}


@pytest.mark.parametrize(
    "name",
    [
        *("Frank Carter", "Kuban Agroholding", "Barakat Transnational", "Petrochina", "Sberbank", "Xinjiang Zhongtai"),
        *("Compagnie Aerienne des Grands Lacs", "Circuito Electronico", "Fronte Rivoluzionario", "Planet 2"),
    ],
)
def test_words_that_are_what_they_are_are_left_alone(name):
    assert mended(name.lower().split()) is None


@pytest.mark.parametrize("ending", ["s", "e", "o"])
def test_a_word_of_trade_with_an_ending_gives_no_letter_to_a_word_that_nobody_knows(ending):
    known = lexicon.typed()  # "diese lvanor" may well be "diesel vanor"
    given = [w for w in known[::5] if w + ending + "l" not in known and mended([w + ending, "lvanor"])]
    assert {mended([w + ending, "lvanor"])[-1][0] for w in given} <= {"lvanor"}


def test_a_name_without_its_vowels_meets_words_with_endings():
    listed = "COMPAGNIE AERIENNE DES GRANDS LACS"  # of the list of the UN
    assert similarity("CMPGNE ARNNE DS GRNDS LCS", listed, "company").score > 0.8


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("limited liab ility company", "limited liability company"),
        ("obshchestvo s ogranichsnnoi otvetstvennostyu", "obshchestvo s ogranichennoi otvetstvennostyu"),
        ("joint stock compan yorvan", "joint stock company orvan"),
        ("organ ization", "organization"),
        ("joint stoc kcompany", "joint stock company"),
        ("orvan tradingd belmak", "orvan trading dbelmak"),
    ],
)
def test_broken_words_of_trade_and_form_are_put_right(broken, whole):
    found = mended(broken.split())
    assert found is not None
    assert " ".join(word for word, _ in found) == whole


@settings(deadline=None)
@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=14), max_size=6))
def test_putting_right_loses_no_word(words):
    found = mended(words) or [(w, w) for w in words]
    assert "".join(w for _, was in found for w in was.split()) == "".join(words)


def test_two_names_in_pinyin_are_two_wherever_a_letter_goes():
    assert (
        similarity("Fang An Trading", "Fan Gan Trading", "company").score
        < similarity("Fangan Trading", "Fang An Trading", "company").score
    )


def test_a_first_letter_alone_stands_for_no_word():
    assert similarity("Steel B", "Bayi Iron and Steel", "company").score < 0.5
    assert similarity("J Orvan", "Jakob Orvan", "person").score > 0.5


def test_a_first_letter_stands_for_a_word_where_all_else_is_the_same():
    whole = "Safety Equipment Procurement Company"
    short = similarity("S. Equipment Procurement Company", whole, "company").score
    assert short > 0.7
    assert similarity("Equipment Procurement S. Company", whole, "company").score < 0.5
    assert similarity("S. Equipment Trading Company", whole, "company").score < 0.5


@pytest.mark.parametrize("kind", ["any", "person"])
def test_a_middle_initial_is_no_surname(kind):
    assert similarity("Jonas Lind", "Jonas L. Broman", kind).score < 0.5
    assert similarity("Jonas Broman", "Jonas L. Broman", kind).score > 0.7
    assert similarity("Jonas L.", "Jonas Lind", kind).score > similarity("Jonas Lind", "Jonas L. Broman", kind).score


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("Pioneer Freight", "AVANGARD", True),
        ("长城", "GREAT WALL", True),
        ("Авангард", "AVANGARD", False),
        ("天津", "TIANJIN", False),
        ("Avangard", "AVANGARD", False),
    ],
)
def test_a_translation_is_told_from_another_script(one, other, is_so):
    assert is_translation(one, other) is is_so
    assert is_translation(other, one) is is_so


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("Martina Orvan", "MARTINA", True),
        ("Dr. Martina", "MARTINA", False),
        ("Martina", "Martina Orvan", False),
        ("Maria Enrica Orvan", "MARIA E", True),
        ("Martina Shipping Ltd", "MARTINA", False),
        ("Мартина", "MARTINA", False),
    ],
)
def test_a_name_that_says_more_is_told(one, other, is_so):
    assert says_more(one, other) is is_so
