"""Brands of a batch judged side by side, against each judged alone."""

from __future__ import annotations

import csv
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.names.brands import brand_batch, brand_pair
from entrepot.names.comparing import align
from entrepot.names.comparing.score import compare
from entrepot.names.reading.prepare import prepare
from entrepot.names.search import brand_evidence
from entrepot.names.search.arrays import compiled
from entrepot.names.search.index import Index

PAIRS = Path(__file__).parent / "chinese_pairs.csv"
EXACT = 1e-12  # costs are whole hundredths: only the last division can round
MEETS = 0.6  # as in `rewritten`: from here on a brand is held to be met, whatever the letters of the names say

# Characters with one reading and with several, translated and not, and words that sound like some of them.
CHARACTERS = "华星康佳万科金龙小鹏阿里巴银河大为中兴"
SYLLABLES = ["hua", "xing", "star", "kang", "kon", "ka", "jia", "van", "ke", "gold", "king", "x", "peng", "ali", "ba"]


@pytest.fixture(scope="module")
def rows():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [(r["chinese"], r["english"]) for r in csv.DictReader(file)]


def _one_by_one(asked, spelt, brand, word):
    return [brand_pair.stands_for(asked[b], spelt[w]) for b, w in zip(brand, word, strict=True)]


def _all_beside_all(asked, spelt):
    brand, word = np.divmod(np.arange(len(asked) * len(spelt)), len(spelt))
    return brand, word


@pytest.mark.parametrize("is_core", [True, False])
def test_all_at_once_is_each_alone(rows, monkeypatch, is_core):
    if not is_core:
        monkeypatch.setattr(brand_batch, "stand_by_core", lambda *_: None)
    asked = list(dict.fromkeys(w.shown for zh, _ in rows for w in prepare(zh, "company").words if w.initials))
    spelt = list(dict.fromkeys(s for _, en in rows for s in brand_pair.written(prepare(en, "company").words)))
    brand, word = _all_beside_all(asked, spelt)
    alone = np.array(_one_by_one(asked, spelt, brand.tolist(), word.tolist()))
    assert (alone > 0).sum() > len(rows)  # enough to tell
    assert np.abs(brand_batch.stand(asked, spelt, brand, word) - alone).max() < EXACT


@given(
    st.lists(st.text(alphabet=CHARACTERS, min_size=1, max_size=6), min_size=1, max_size=4),
    st.lists(
        st.one_of(
            st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map("".join),
            st.text(alphabet=ascii_lowercase, max_size=22),
            st.text(max_size=5),
            st.sampled_from(["BA", "Ba", "bA", "b1", "1b", "`"]),
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_any_words_at_once_are_each_alone(asked, spelt):
    brand, word = _all_beside_all(asked, spelt)
    by_core = brand_batch.stand(asked, spelt, brand, word)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brand_batch, "_FEW", 0)
        patch.setattr(brand_batch, "stand_by_core", lambda *_: None)
        by_numpy = brand_batch.stand(asked, spelt, brand, word)
    alone = _one_by_one(asked, spelt, brand.tolist(), word.tolist())
    assert np.abs(by_core - alone).max() < EXACT
    assert np.abs(by_numpy - alone).max() < EXACT


def test_a_brand_that_is_met_word_by_word_is_met_at_once(rows):
    chinese, english = ([prepare(r[i], "company") for r in rows] for i in (0, 1))
    held = compiled([en for _, en in rows], ["company"] * len(rows))
    query, name = _all_beside_all(chinese, english)
    name = np.array([held.texts.to_pylist().index(rows[n][1]) for n in name.tolist()])
    asked = brand_evidence.brands_of(chinese)
    agree = brand_evidence.agreement(held, asked, query, name, brand_evidence.stood(held, asked, query, name))
    met = np.array([_met(chinese[q], held, n) for q, n in zip(query.tolist(), name.tolist(), strict=True)])
    assert (met >= MEETS).sum() > len(rows) / 2
    assert not ((met >= MEETS) & (agree < MEETS)).any()
    assert ((met < MEETS) & (agree < MEETS)).mean() > 0.9  # it tells most of the others apart


def _met(chinese, held, name):
    """The brand of a name beside each word of a listed one of more than a letter, and each two, by comparing them."""
    words = prepare(held.name(name)[0], "company").words
    beside = [*words, *(align._merged(words[i : i + 2]) for i in range(len(words) - 1))]
    brand = [w for w in chinese.words if w.initials]
    return max((align._meet(w, x) for w in brand for x in beside if len(x.text) > 1), default=0.0)


def test_chinese_names_meet_the_same_alone_and_together(rows):
    index = Index([en for _, en in rows], ["company"] * len(rows))
    asked = [zh for zh, _ in rows]
    for least in (0.5, 0.7):
        together = index.search_many(asked, least=least)
        anew = Index.over(index.compiled)
        assert together == [anew.search(name, least=least) for name in asked]


def test_a_comparison_that_ends_early_keeps_every_score_that_reaches_the_floor(rows):
    names = [prepare(r[i], "company") for r in rows[:40] for i in (0, 1)]
    ended = 0
    for left in names[::3]:
        for right in names:
            whole = compare(left, right)
            for floor in (0.3, 0.7):
                found = compare(left, right, floor=floor)
                assert found == whole if whole.score >= floor else found.score < floor
                ended += found.score < whole.score
    assert ended > len(names)
