"""The index finds what an exhaustive comparison finds, whatever else is searched."""

from __future__ import annotations

import csv
import gzip
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.names.index import Index
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
