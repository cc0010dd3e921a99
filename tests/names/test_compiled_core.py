"""The compiled core says what Python says: the same words alike, the same names near, and no ceiling too low."""

from __future__ import annotations

import csv
import os
import random
import re
import subprocess
import sys
from math import isinf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.lists.in_force import embedded
from entrepot.names.brands import brand_pair
from entrepot.names.comparing import score, spelling
from entrepot.names.comparing.features import FEATURES
from entrepot.names.comparing.spacing import evenly_spaced
from entrepot.names.native import brands as brands_met
from entrepot.names.native import library as native
from entrepot.names.native import ratios as letters_shared
from entrepot.names.native.ceilings import ceilings, log_odds_of
from entrepot.names.native.packed import packed
from entrepot.names.native.rules import ARABIC, rules, scratch
from entrepot.names.reading import arabic, chinese
from entrepot.names.reading.name import KINDS
from entrepot.names.reading.prepare import prepare
from entrepot.names.search import index as searching
from entrepot.names.search import prefilter
from entrepot.names.search.index import Index
from entrepot.names.search.keyed import postings

SOURCE = Path(__file__).parents[2] / "native"
ROUNDING = 1e-9  # log-odds: sums in another order
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0158", min_size=1, max_size=14)
# Letters that the rules of sound and of print speak of, so that they meet.
SOUNDS = st.text(alphabet="shctkgzdjoviefyauwrnml1", min_size=1, max_size=10)
MADE_OF = [
    "Al",
    "Ahmad",
    "Mohamed",
    "Muhammad",
    "bin",
    "Hasan",
    "Ibrahim",
    "J.",
    "K.",
    "William",
    "Bill",
    "Zhongtai",
    "Zhong",
    "Tai",
    "Zhongtian",
    "Xinjiang",
    "Steel",
    "Iron",
    "Trading",
    "Co",
    "Ltd",
    "LLC",
    "GmbH",
    "Limited",
    "Company",
    "Import",
    "Export",
    "Shipping",
    "Bank",
    "of",
    "the",
    "and",
    "Global",
    "Globa",
    "Ltrans",
    "Trans",
    "Group",
    "Electronics",
    "Kashgar",
    "Hoshine",
    "Silicon",
    "Daqo",
    "New",
    "Energy",
    "54th",
    "101",
    "Research",
    "Institute",
    "Otvetstvennostyu",
    "Yusuf",
    "Jusuf",
    "Alexandr",
    "Aleksandr",
    "Mhmd",
    "Gr0up",
    "FINANCE",
    "新疆",
    "中泰",
    "化学",
    "محمد",
    "أحمد",
    "حسن",
    "Иван",
    "Петров",
]
NAMES = st.lists(st.sampled_from(MADE_OF), min_size=1, max_size=6).map(" ".join)

pytestmark = pytest.mark.skipif(native.library() is None, reason="needs a platform that the core is built for")


def core():
    found = native.library()
    assert found is not None
    return found


def likeness(a: str, b: str) -> float:
    room, one, other = scratch(4_096), a.encode(), b.encode()
    return core().word_likeness(one, len(one), other, len(other), rules().place, native.address(room), len(room))


def highest(pairs: list[tuple]) -> list[float]:
    """The ceilings of pairs of prepared names."""
    sides = [(2 * i, 2 * i + 1)[:: -1 if a.original > b.original else 1] for i, (a, b) in enumerate(pairs)]
    left, right = (np.array([s[k] for s in sides], dtype=np.int32) for k in (0, 1))
    found = ceilings([packed(n) for pair in pairs for n in pair], left, right)
    assert found is not None
    return found.tolist()


def log_odds(a, b) -> float:
    """What two names score before it is made a probability."""
    x, y = evenly_spaced(a, b)
    known = score.model(score._kind(x, y), score.relation(x, y))
    return known.start + sum(known.points([m.value for m in score.measure(a, b)]))


def listed() -> list[str]:
    return sorted({n for n in embedded().listings.column("name").to_pylist() if n})


def firms_in_both() -> list[tuple[str, str]]:
    """Names of firms in Chinese characters, each with one in Latin letters."""
    with (Path(__file__).parent / "chinese_pairs.csv").open(encoding="utf-8", newline="") as file:
        return [(r["chinese"], r["english"]) for r in csv.DictReader(file)]


def damaged(name: str, rng: random.Random) -> str:
    """A name with a letter lost, doubled or exchanged with the next, a space lost, or its words in another order."""
    at, what = rng.randrange(max(1, len(name) - 1)), rng.randrange(5)
    if what == 4:
        return " ".join(rng.sample(name.split(), len(name.split())))
    middle = ("", name[at] * 2, name[at : at + 2][::-1], name[at].replace(" ", ""))[what]
    return name[:at] + middle + name[at + (2 if what == 2 else 1) :]


@given(WORDS, WORDS)
def test_two_words_are_as_alike(a, b):
    assert likeness(a, b) == spelling.alike(a, b)


@given(SOUNDS, SOUNDS)
def test_two_words_sound_as_alike(a, b):
    assert likeness(a, b) == spelling.alike(a, b)


@given(WORDS, st.integers(0, 12), st.sampled_from("aehilmnorsty"))
def test_a_word_and_one_letter_more_are_as_alike(a, at, letter):
    b = a[:at] + letter + a[at:]
    assert likeness(a, b) == spelling.alike(a, b)


def test_the_words_of_the_tables_are_as_alike():
    words = sorted({w for n in listed() for w in re.findall("[a-z]{2,}", n.lower())})
    rng = random.Random(5)
    pairs = [(rng.choice(words), rng.choice(words)) for _ in range(4_000)]
    pairs += [(w, damaged(w, rng)) for w in words]
    assert [likeness(a, b) for a, b in pairs if b] == [spelling.alike(a, b) for a, b in pairs if b]


def test_a_word_stands_for_a_brand_as_well():
    rng = random.Random(9)
    firms = [(prepare(zh, "company"), prepare(en, "company")) for zh, en in firms_in_both()]
    brands = sorted({w.shown for zh, _ in firms for w in zh.words if w.initials})
    known = [[t for t, _ in brand_pair.matches(c)] or ["x"] for b in brands for c in b]
    words = {s for _, en in firms for s in brand_pair.written(en.words)}
    words |= {"".join(map(rng.choice, rng.sample(known, rng.randint(2, 4)))) for _ in range(1_000)}
    spelt = sorted(w for w in words if w and w.isascii())
    pairs = [(b, w) for b in range(len(brands)) for w in range(len(spelt))]
    pairs = sorted(rng.sample(pairs, min(30_000, len(pairs))))
    found = brands_met.stand(brands, spelt, np.array([b for b, _ in pairs]), np.array([w for _, w in pairs]))
    assert found is not None
    expected = [brand_pair.stands_for(brands[b], spelt[w]) for b, w in pairs]
    assert found.tolist() == expected
    assert sum(e > 0 for e in expected) > 100  # enough to tell


@given(st.lists(st.binary(max_size=90), min_size=1, max_size=3))
def test_bytes_that_are_no_brand_are_refused(given_bytes):
    asked, starts = native.laid_out(given_bytes)
    words, ends = native.laid_out([b"hoshine"])
    zero, out = np.zeros(len(given_bytes), dtype=np.int32), np.zeros(len(given_bytes))
    every = np.arange(len(given_bytes), dtype=np.int32)
    places = (native.address(every), native.address(zero), len(given_bytes), rules().place, native.address(out))
    done = core().brands_stand(asked, native.address(starts), len(starts) - 1, words, native.address(ends), 1, *places)
    assert done in {0, -1}


@given(
    st.text(alphabet="".join(ARABIC), min_size=1, max_size=9), st.text(alphabet="abdefhijklmnorstuwxyz", max_size=12)
)
def test_a_spelling_fits_arabic_letters_as_well(word, spelt):
    letters = bytes(ARABIC[c] for c in word)
    found = core().letters_fit(letters, len(letters), spelt.encode(), len(spelt), rules().place)
    assert found == pytest.approx(arabic.fit(word, spelt), abs=ROUNDING)


def test_the_features_of_the_core_are_those_of_the_model():
    source = (SOURCE / "ceiling.c").read_text(encoding="utf-8")
    listed_there = re.search(r"enum \{\s*(same_words.*?),\s*FEATURE_COUNT", source, re.DOTALL)
    assert listed_there is not None
    assert re.split(r",\s*", listed_there[1]) == [f.__name__ for f in FEATURES]
    assert core().feature_count() == len(FEATURES)


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(KINDS), st.sampled_from(KINDS)), min_size=1, max_size=5))
def test_no_ceiling_of_made_up_names_is_too_low(given_names):
    pairs = [(prepare(a, k), prepare(b, m)) for a, b, k, m in given_names]
    pairs = [p for p in pairs if p[0].words and p[1].words]
    for (a, b), most in zip(pairs, highest(pairs), strict=True):
        assert most >= log_odds(a, b) - ROUNDING, (a.original, b.original)


def test_no_ceiling_of_listed_names_is_too_low_and_most_are_what_the_pair_scores():
    rng, names = random.Random(22), listed()
    texts = [(damaged(n, rng), n) for n in names] + [(rng.choice(names), n) for n in names]
    pairs = [(prepare(a), prepare(b)) for a, b in texts]
    pairs = [p for p in pairs if p[0].words and p[1].words]
    found = highest(pairs)
    over = [most - log_odds(a, b) for (a, b), most in zip(pairs, found, strict=True) if not isinf(most)]
    assert min(over) >= -ROUNDING
    # Of names in Latin letters a tenth is left to Python, and half of the rest is exact: else the core does nothing.
    latin = sum(not (a.han or b.han) for a, b in pairs)
    assert len(over) > 0.8 * latin
    assert sum(o < ROUNDING for o in over) > 0.5 * len(over)


def test_no_ceiling_of_chinese_names_is_too_low_and_most_are_what_the_pair_scores():
    rng, firms = random.Random(23), firms_in_both()
    chinese, latin = [zh for zh, _ in firms], [en for _, en in firms] + listed()
    texts = firms + [(rng.choice(chinese), rng.choice(latin)) for _ in range(1_500)]
    pairs = [(prepare(a, k), prepare(b, m)) for a, b in texts for k, m in [rng.choices(KINDS, k=2)]]
    pairs = [p for p in pairs if p[0].words and p[1].words]
    found = highest(pairs)
    over = [most - log_odds(a, b) for (a, b), most in zip(pairs, found, strict=True) if not isinf(most)]
    assert min(over) >= -ROUNDING
    assert len(over) > 0.9 * len(pairs)
    assert sum(o < ROUNDING for o in over) > 0.8 * len(over)


@pytest.mark.slow
def test_no_ceiling_of_a_million_pairs_is_too_low():
    """Of each pair that the core passes over, Python says that it scores below the floor."""
    rng, names, floor = random.Random(2211), listed(), 0.5
    read = [prepare(n) for n in names] + [prepare(damaged(n, rng)) for n in names]
    read = [n for n in read if n.words]
    for _ in range(100):
        pairs = [(rng.choice(read), rng.choice(read)) for _ in range(10_000)]
        for (a, b), most in zip(pairs, highest(pairs), strict=True):
            if most < log_odds_of(floor):
                assert score.compare(a, b, floor=floor).score < floor, (a.original, b.original)


@given(
    st.lists(st.lists(st.integers(0, 30), max_size=8, unique=True), min_size=1, max_size=40),
    st.lists(st.lists(st.integers(0, 34), max_size=8, unique=True), min_size=1, max_size=4),
    st.integers(1, 6),
)
def test_the_nearest_names_are_those_of_numpy(held, asked, most):
    made = postings.build(([str(k) for k in name],) for name in held)
    wanted = [([str(k) for k in name], []) for name in asked]
    by_core = made.nearest(wanted, most=most, least=0.1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(postings, "library", lambda: None)
        by_numpy = made.nearest(wanted, most=most, least=0.1)
    for one, other in zip(by_core, by_numpy, strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


@given(
    st.text(alphabet="abcdeo 1", max_size=180),
    st.text(alphabet="abcdeo 1", max_size=180),
)
def test_letters_agree_as_rapidfuzz_has_it(a, b):
    from rapidfuzz import fuzz

    one, other = (native.laid_out([t.encode()]) for t in (a, b))
    zero, out = np.zeros(1, dtype=np.int32), np.zeros(1, dtype=np.float32)
    places = (native.address(zero), native.address(zero), 1, native.address(out))
    done = core().ratios(one[0], native.address(one[1]), 1, other[0], native.address(other[1]), 1, *places)
    assert done == 0
    assert out[0] == np.float32(fuzz.ratio(a, b)) / np.float32(100)


def test_a_search_finds_the_same_without_the_core(monkeypatch):
    rng, names = random.Random(7), listed()
    asked = [damaged(rng.choice(names), rng) for _ in range(300)] + ["新疆中泰化学", "محمد حسن", "Иван Петров", "A", ""]
    firms = random.Random(8).sample(firms_in_both(), 60)
    asked += [zh for zh, _ in firms]
    names += [en for _, en in firms]
    kinds = [rng.choice(KINDS) for _ in asked]
    by_core = [Index(names).search_many(asked, least=least, kinds=kinds) for least in (0.0, 0.5, 0.7)]
    for module in (searching, postings, prefilter, letters_shared, brands_met, chinese):
        monkeypatch.setattr(module, "library", lambda: None)
    chinese.segments.cache_clear()
    assert [Index(names).search_many(asked, least=least, kinds=kinds) for least in (0.0, 0.5, 0.7)] == by_core


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4))
def test_bytes_that_are_no_name_are_refused(given_bytes):
    names = [*given_bytes, packed(prepare("Hoshine Silicon"))]
    left = np.arange(len(names), dtype=np.int32)
    found = ceilings(names, left, left[::-1].copy())
    assert found is None or len(found) == len(names)


@given(st.data())
def test_a_name_with_bytes_exchanged_is_read_or_refused(data):
    whole = bytearray(packed(prepare(data.draw(NAMES))) or b"\0")
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    names = [cut, packed(prepare("Hoshine Silicon"))]
    ceilings(names, np.array([0, 1, 0], dtype=np.int32), np.array([1, 0, 0], dtype=np.int32))


def test_positions_that_no_name_has_are_refused():
    names = [packed(prepare("Hoshine Silicon"))]
    for place in (-1, 1, 2**30):
        assert ceilings(names, np.array([0], dtype=np.int32), np.array([place], dtype=np.int32)) is None


def test_long_names_are_left_to_python_or_read():
    long = ["a" * 64, "a" * 65, "a b " * 70, "Al " * 24, "x" * 300, "م" * 80, "Sociedad " * 20 + "S.A. de C.V."]
    pairs = [(prepare(a), prepare(b)) for a in long for b in long]
    for (a, b), most in zip(pairs, highest(pairs), strict=True):
        assert most >= log_odds(a, b) - ROUNDING


def told(code: str, **settings: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-c", code]
    return subprocess.run(run, env={**os.environ, **settings}, capture_output=True, text=True, check=True, timeout=120)


ONE_SEARCH = (
    "from entrepot.names.search.index import Index\n"
    "held = Index(['Hoshine Silicon', 'Xinjiang Daqo New Energy'])\n"
    "{first}print([(h.position, h.similarity.score) for h in held.search('Hoshine Silicone', least=0.5)])"
)


def test_a_setting_turns_the_core_off_without_a_word_and_without_a_change():
    by_core, by_python = told(ONE_SEARCH.format(first="")), told(ONE_SEARCH.format(first=""), ENTREPOT_CORE="python")
    assert by_core.stdout == by_python.stdout
    assert "0.9" in by_core.stdout
    assert by_python.stderr == ""


def test_a_platform_without_the_core_is_told_of_it_once():
    first = "import platform\nplatform.machine = lambda: 'sparc64'\nheld.search('Daqo', least=0.5)\n"
    found = told(ONE_SEARCH.format(first=first))
    assert found.stdout == told(ONE_SEARCH.format(first="")).stdout
    assert found.stderr.count("The compiled core is not there") == 1
    assert "sparc64" in found.stderr
