"""The index finds what an exhaustive comparison finds, whatever else is searched."""

from __future__ import annotations

import csv
import gzip
import pickle
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entrepot.names.native.packed import packed
from entrepot.names.reading.keys import keys_asked
from entrepot.names.reading.prepare import prepare
from entrepot.names.search import arrays
from entrepot.names.search.arrays import BrokenIndexError, compiled, load, save
from entrepot.names.search.cache import opened
from entrepot.names.search.index import Index
from entrepot.names.search.streamed_reading import as_read, read
from entrepot.names.similarity import similarity

LISTED = [
    "Xinjiang Zhongtai Chemical Co., Ltd.",
    "新疆中泰集团有限公司",
    "Hetian Haolin Hair Accessories Co. Ltd.",
    "Huafu Fashion Co., Ltd.",
    "Camel Group Co., Ltd.",
    "Xinjiang Production and Construction Corps",
    "Esquel Group",
    "COFCO Sugar Holding Co., Ltd.",
]


def test_each_name_finds_itself_first():
    index = Index(LISTED)
    for position, name in enumerate(LISTED):
        assert index.search(name, least=0.8)[0].position == position


def test_search_agrees_with_comparing_every_name():
    index = Index(LISTED)
    for query in ("Hotan Haolin", "ZHONGTAI CHEMICAL", "Huafu Fasion", "XPCC", "骆驼集团", "Nobody Ltd"):
        exhaustive = {i for i, n in enumerate(LISTED) if similarity(query, n).score >= 0.8}
        assert {h.position for h in index.search(query, least=0.8)} == exhaustive, query


@settings(deadline=None)
@given(st.text(max_size=50))
def test_any_query_is_accepted(query):
    assert all(h.similarity.score >= 0.5 for h in Index(LISTED).search(query, least=0.5))


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text(max_size=30) | st.sampled_from(LISTED), max_size=8), st.sampled_from(["any", "person", "company"])
)
def test_the_bytes_of_listed_names_are_those_of_the_names_read_anew(names, kind):
    held = compiled(names, [kind] * len(names))
    for at, text in enumerate(dict.fromkeys(names)):
        assert held.name(at) == (text, kind)
        assert held.packed_at(at) == packed(read(text, kind))
        assert held.plain_sums[at] == arrays.sum_of(read(text, kind))


def test_an_empty_index_finds_nothing():
    assert Index([]).search("anything", least=0.0) == []


@pytest.mark.shared
def test_recall_of_retrieval_among_many_names(shared):
    with gzip.open(shared / "data/names/negatives_us.csv.gz", "rt", encoding="utf-8") as file:
        names = [r["full_name"] for _, r in zip(range(5_000), csv.DictReader(file), strict=False)]
    index = Index(names, ["person"] * len(names))
    rng = random.Random(7)
    missed = 0
    for name in rng.sample(names, 300):
        at = rng.randrange(1, len(name) - 1)
        typo = name[:at] + name[at + 1 :]  # one letter lost
        exhaustive = similarity(typo, name, "person").score
        found = index.search(typo, least=min(0.7, exhaustive), kind="person")
        missed += exhaustive >= 0.7 and name not in [names[h.position] for h in found]
    assert missed <= 6  # 2 in 100


SCRIPTS = [
    ("Mohammad Haqqani", "محمد حقاني"),
    ("Muhamed Hakkani", "محمد حقاني"),
    ("Ahmad Yusuf al-Tikriti", "أحمد يوسف التكريتي"),
    ("Sergei Chemezov", "Сергей Чемезов"),
    ("Xinjiang Zhongtai Chemical", "新疆中泰化学股份有限公司"),
    ("rifcorporation", "RIF Corporation"),
]


@pytest.mark.parametrize(("one", "other"), SCRIPTS)
def test_spellings_of_one_name_share_keys_from_either_side(one, other):
    crowd = [f"{a}{b} {c} Trading" for a in ("Nor", "Sul", "Bex") for b in ("dik", "mon") for c in ("Oy", "Pram")]
    for held, asked in ((one, other), (other, one)):
        postings = compiled([*crowd, held], ["any"] * (len(crowd) + 1)).postings
        _, names, _ = postings.nearest([keys_asked(prepare(asked))], most=3, least=0.2)
        assert len(crowd) in names.tolist(), (held, asked)


@settings(deadline=None)
@example("TIME")  # a word that a table gives another form, and that is no trade
@example("Times Müller")
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["al", "bin", "co", "as", "J.", "Ali", "Wu", "ms", "three", "17", "trade", "time"])).map(
        " ".join
    )
)
def test_reading_again_as_a_person_is_reading_as_a_person(text):
    assert as_read(read(text, "any"), "person") == read(text, "person")


@example("Sal A S")
@example("王伟")
@example("爱·德华 SAL")
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "al",
                "a",
                "s",
                "sal",
                "as",
                "co",
                "J.",
                "Ali",
                "trade",
                "王伟",
                "新疆中泰",
                "Чжунго",
                "·",
                "STOC KCOMPANY",
            ]
        )
    ).map(" ".join)
)
def test_reading_again_as_a_firm_is_reading_as_a_firm(text):
    assert as_read(read(text, "any"), "company") == read(text, "company")


NAMES = st.lists(st.text("abcdeghilmnorstuyz 新疆中泰محمد", max_size=24), max_size=12)


@settings(deadline=None, max_examples=60)
@given(NAMES, NAMES)
def test_many_are_searched_as_one_by_one(listed, asked):
    index = Index(listed)
    assert index.search_many(asked, least=0.6) == [index.search(n, least=0.6) for n in asked]


@settings(deadline=None, max_examples=40)
@given(NAMES)
def test_an_index_is_written_read_and_sent_without_a_change(tmp_path_factory, listed):
    path = tmp_path_factory.mktemp("index") / "index.arrow"
    made = compiled(listed, ["any"] * len(listed))
    save(made, path)
    read = Index.over(load(path))
    for other in (read, pickle.loads(pickle.dumps(read)), pickle.loads(pickle.dumps(Index.over(made)))):
        assert len(other) == len(listed)
        assert other.search_many(listed, least=0.5) == Index(listed).search_many(listed, least=0.5)


def test_a_name_that_two_lists_hold_is_met_twice(tmp_path):
    hits = Index([*LISTED, "Esquel Group"]).search("Esquel Group", least=0.9)
    assert [h.position for h in hits] == [LISTED.index("Esquel Group"), len(LISTED)]


@pytest.mark.parametrize("damage", [lambda d: d[:-50], lambda d: d.replace(b"Esquel", b"Esquek", 1), lambda d: d[:0]])
def test_a_broken_index_is_built_anew(tmp_path, damage):
    kinds = ["any"] * len(LISTED)
    opened(LISTED, kinds, tmp_path)
    (path,) = tmp_path.glob("index-*.arrow")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    with pytest.raises(BrokenIndexError):
        load(path)
    assert opened(LISTED, kinds, tmp_path).search("XPCC", least=0.8)
    assert path.read_bytes() == whole


def test_an_index_of_an_earlier_form_is_refused_and_built_anew(tmp_path, monkeypatch):
    kinds = ["any"] * len(LISTED)
    monkeypatch.setattr(arrays, "_FORMAT", "4")
    opened(LISTED, kinds, tmp_path)
    (path,) = tmp_path.glob("index-*.arrow")
    monkeypatch.undo()
    with pytest.raises(BrokenIndexError):
        load(path)
    assert opened(LISTED, kinds, tmp_path).search("XPCC", least=0.8)
    load(path)


def test_other_names_are_another_index_and_a_folder_that_cannot_be_written_is_passed_over(tmp_path):
    opened(LISTED, ["any"] * len(LISTED), tmp_path)
    opened(LISTED[:3], ["any"] * 3, tmp_path)
    opened(LISTED[:3], ["company"] * 3, tmp_path)
    assert len(list(tmp_path.glob("index-*.arrow"))) == 3
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert opened(LISTED, ["any"] * len(LISTED), tmp_path / "file").search("XPCC", least=0.8)


# What retrieval and sifting may lose against comparing every listed name, of all that reach the score: two in a
# hundred, for a name of one or two short words with a typo shares few keys with anything.
@pytest.mark.shared
@pytest.mark.slow
def test_little_is_lost_against_comparing_all(shared):
    with (shared / "data/names/cross_script_pairs.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["schema"] == "Person"]
    rng = random.Random(11)
    asked = rng.sample(rows, 60)
    listed = [r["latin"] for r in rng.sample(rows, 700)] + [r["latin"] for r in asked]
    index = Index(listed, ["person"] * len(listed))
    met = lost = 0
    for row in asked:
        for query in (row["original"], _typo(row["latin"], rng)):
            all_of_them = {p for p in range(len(listed)) if similarity(query, listed[p], "person").score >= 0.8}
            met += len(all_of_them)
            lost += len(all_of_them - {h.position for h in index.search(query, least=0.8, kind="person")})
    assert met > 100
    assert lost <= 0.02 * met


def _typo(name, rng):
    at = rng.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


def test_a_narrowed_index_meets_only_the_names_it_was_narrowed_to():
    from entrepot.names.search.subset import narrowed

    names = ["Xinjiang Zhongtai Chemical", "Xinjiang Zhongtai Group", "Hotan Taida Apparel", "Acme Trading"]
    whole = Index(names)
    few = narrowed(whole.compiled, [1])
    asked = [*names, "新疆中泰集团"]
    assert {h.position for hits in few.search_many(asked, least=0.0) for h in hits} == {1}
    for name in asked:
        assert {h.position for h in whole.search(name, least=0.7)} & {1} <= {
            h.position for h in few.search(name, least=0.7)
        }


@pytest.mark.parametrize(
    ("asked", "listed", "near"),
    [
        ("مراد زين الله", "ZAYNALLAH, Murad", "Murad Zayn"),
        ("حسن نصر الله", "NASRALLAH, Hasan", "Hasan Nasr"),
    ],
)
def test_a_name_without_vowels_is_not_crowded_out_by_names_that_a_further_list_holds(asked, listed, near):
    """Each name of the further list shares the two words that the query writes, and has one of its own."""
    ends = [f"{a}{b}{c}" for a in ("Ba", "Da", "Ha", "Ka", "Ma", "Ta") for b in "bdkrt" for c in ("an", "ir", "ul")]
    alone = Index([listed]).search(asked, least=0.7)
    assert [h.position for h in alone] == [0]
    among = Index([listed, *(f"{near} {e}" for e in ends)]).search(asked, least=0.7)
    assert 0 in [h.position for h in among]
