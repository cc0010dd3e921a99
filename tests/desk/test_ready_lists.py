"""Searches against lists that are made ready once answer as `search` does, together or apart, and see what changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk
from entrepot.desk.ready_lists import Against, ReadyLists
from entrepot.desk.search import LOWEST

NAMES = [
    {"name": "Hetian Taida Apparel"},
    {"name": "和田泰达服饰有限公司", "country": "CN"},
    {"name": "Quiet Harbour Bakery", "country": "Portugal", "birth date": "1970-01-02"},
    {"name": "Hoshine Silicon Industry", "registration number": "A-12345", "tax id": "B 99"},
    {"name": "Xinjiang Zhongtai Chemical", "country": "China"},
]


def scores(found):
    return [{r["id"]: r["score"] for r in results} for results in found]


def test_together_and_apart_and_by_the_verb_are_the_same(tmp_path):
    ready, desk = ReadyLists(tmp_path), Desk(tmp_path)
    together = scores(ready.search_all(NAMES, Against()))
    assert [bool(s) for s in together] == [True, True, False, True, True]
    assert together == [s for n in NAMES for s in scores(ready.search_all([n], Against()))]
    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(lambda n: scores(ready.search_all([n], Against()))[0], NAMES * 4))
    assert at_once == together * 4
    for cells, found in zip(NAMES[:2], together, strict=False):
        answer = desk.search(cells["name"], country=cells.get("country", ""), limit=1000)
        # beside these the verb gives names that hold one or two words asked for, below its lowest score
        assert found == {r["entity_id"]: r["score"] for r in answer.to_pylist() if r["score"] >= LOWEST}


def test_a_list_that_is_loaded_is_searched_from_then_on(tmp_path):
    ready, desk = ReadyLists(tmp_path / "store"), Desk(tmp_path / "store")
    asked = [{"name": "Zyxwvut Holdings"}]
    assert ready.search_all(asked, Against()) == [[]]
    own = tmp_path / "blocked.csv"
    own.write_text("name\nZyxwvut Holdings\n", encoding="utf-8")
    desk.load_list(own, "own-blocked", version="2026-01-05")
    assert [r["datasets"] for r in ready.search_all(asked, Against())[0]] == [["own-blocked"]]
    desk.remove_list("own-blocked", "2026-01-05")
    assert ready.search_all(asked, Against()) == [[]]


def test_what_cannot_be_searched_is_said_to_each_and_the_next_is_answered(tmp_path):
    ready = ReadyLists(tmp_path)
    for against in (Against(lists=("nobodys",)), Against(as_of="soon"), Against(min_score=2.0)):
        with pytest.raises(BadInputError):
            ready.search_all(NAMES[:1], against)
    assert ready.search_all(NAMES[:1], Against())[0]
    assert ready.search_all([], Against()) == []
