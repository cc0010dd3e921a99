"""The steps that the compiled core makes are those of Python: sifting, cutting Chinese names, letters of brands."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.lists.in_force import embedded
from entrepot.names.native import library as native
from entrepot.names.native.cuts import cheapest_cut
from entrepot.names.native.sifted import Placed, asked_side, evidence
from entrepot.names.reading import chinese
from entrepot.names.reading.lexicon import han
from entrepot.names.reading.prepare import prepare
from entrepot.names.search import brand_evidence, prefilter
from entrepot.names.search.arrays import Compiled, compiled
from entrepot.names.search.word_arrays import Texts, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ASKED = [
    "",
    "A",
    "J. Smith & Co",
    "محمد حسن",
    "Иван Петров",
    "新疆中泰化学股份有限公司",
    "x" * 70,
    "of the and",
    "11 22 33",
]
WORDS = [*han(), "华", "凌", "钏", "鹏"]


@pytest.fixture(scope="module", autouse=True)
def _there_is_a_core():
    if native.library() is None:
        pytest.skip("no core for this platform")


@pytest.fixture(scope="module")
def held() -> Compiled:
    names = [*listed(), *ASKED[1:], "محمد حسن علي", "Mhmd Hsn"]
    return compiled(names, ["any"] * len(names))


def listed() -> list[str]:
    return sorted({n for n in embedded().listings.column("name").to_pylist() if n})


def damaged(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name))
    return name[:at] + rng.choice(["", "x", " ", name[at] * 2]) + name[at + 1 :]


def sifted(held: Compiled, asked: Sequence[str], rng: random.Random) -> tuple[list[list[int]], list[list[int]]]:
    """What is kept of random meetings, as the core says it and as numpy does."""
    readings = [prepare(a) for a in asked]
    many = len(held.kinds)
    query = np.sort(np.array([rng.randrange(len(asked)) for _ in range(900)], dtype=np.intp))
    name = np.array([rng.randrange(many) for _ in query], dtype=np.int32)
    # Meetings that are near too: each query beside the name that it was made of stands among them in the callers.
    cosine = np.array([rng.random() for _ in query], dtype=np.float32)
    by_core = prefilter.likely(held, readings, query, name, cosine)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prefilter, "library", lambda: None)
        by_numpy = prefilter.likely(held, readings, query, name, cosine)
    return [a.tolist() for a in by_core], [a.tolist() for a in by_numpy]


def test_the_same_meetings_are_kept(held):
    rng = random.Random(31)
    names = listed()
    kept = 0
    for turn in range(20):
        asked = [damaged(rng.choice(names), rng) for _ in range(4)] + rng.sample(ASKED, 2)
        by_core, by_numpy = sifted(held, asked, random.Random(turn))
        assert by_core == by_numpy
        kept += len(by_core[0])
    assert kept > 100  # enough to tell


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.integers(0, 10_000))
def test_the_same_meetings_of_any_text_are_kept(held, asked, seed):
    by_core, by_numpy = sifted(held, asked, random.Random(seed))
    assert by_core == by_numpy


@pytest.mark.parametrize(("query", "name"), [(-1, 0), (1, 0), (0, -1), (0, 2**30)])
def test_meetings_of_no_name_are_refused(held, query, name):
    readings = [prepare("Hoshine Silicon")]
    words = words_of(readings)
    texts = ([""], [""], [""], words.forms, words.forms)
    placed = Placed(words.starts, words.ids, words.slots, words.weights, np.array([True]))
    asked = asked_side(texts, placed)
    assert asked is not None
    assert held.side is not None
    meeting = np.array([query]), np.array([name]), np.array([1.0])
    assert evidence(asked, held.side, meeting, prefilter._LIMITS) is None


def cut_both_ways(text: str) -> tuple[tuple[chinese.Segment, ...], tuple[chinese.Segment, ...]]:
    by_core = chinese.segments.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(chinese, "library", lambda: None)
        return by_core, chinese.segments.__wrapped__(text)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_a_chinese_name_is_cut_the_same(words):
    by_core, by_python = cut_both_ways("".join(words))
    assert by_core == by_python
    assert "".join(s.text for s in by_core) == "".join(words)


def test_a_chinese_name_of_unknown_characters_or_of_a_hundred_is_cut_the_same():
    for text in ("钏" * 9, "钏" * 30, "新疆" * 50, "新疆钏鹏" * 12):
        by_core, by_python = cut_both_ways(text)
        assert by_core == by_python


@given(st.binary(min_size=1, max_size=60), st.lists(st.integers(-3, 70), max_size=40))
def test_words_that_do_not_stand_in_a_name_are_refused(marks, numbers):
    words = numbers[: len(numbers) // 4 * 4]
    parts = cheapest_cut(marks, words, chinese._costs())
    assert parts is None or parts[-2] == len(marks)


def test_letters_of_brands_are_as_alike(held):
    rng = random.Random(12)
    names = listed()
    chinese_names = [n for n in names if any("一" <= c <= "鿿" for c in n)]
    chinese_names += ["".join(rng.choices(WORDS, k=3)) for _ in range(200)]
    asked = brand_evidence.brands_of([prepare(n, "company") for n in chinese_names])
    query = np.repeat(np.arange(len(chinese_names)), 40)
    name = np.array([rng.randrange(len(held.kinds)) for _ in query])
    forms = Texts(held.words.forms, held.words.starts, held.words.ids)
    for texts, laid in ((held.spelt, held.laid_written), (forms, held.laid_forms)):
        assert laid is not None
        by_core = brand_evidence._by_letters(texts, laid, asked, query, name)
        by_python = brand_evidence._by_letters(texts, None, asked, query, name)
        assert by_core.tolist() == by_python.tolist()
        assert (by_core > 0).sum() > 10  # enough to tell
