"""Searches against lists that are made ready once answer as `search` does, together or apart, and see what changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk import ready_lists
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


BAD = [{"name": "Half \ud800 Firm"}, {"name": "Quiet Harbour Bakery", "country": "\udfff"}, {"name": "Null\0 Firm"}]


def test_a_text_that_no_table_holds_is_its_own_callers_fault_alone(tmp_path):
    """Many wait for the same lists and are searched together: what one of them asks is not the others' answer."""
    ready = ReadyLists(tmp_path)
    alone = scores(ready.search_all(NAMES[:1], Against()))

    def asked(names):
        try:
            return scores(ready.search_all(names, Against()))
        except BadInputError as exc:
            return exc.thing.partition(" ")[0]

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(asked, [NAMES[:1], BAD[:1], NAMES[:1], BAD[1:2], NAMES[:1], BAD[2:]] * 6))
    assert told == [alone, "name", alone, "country", alone, "name"] * 6


def test_what_goes_wrong_with_one_is_not_told_to_those_who_wait_with_them(tmp_path, monkeypatch):
    """The screening refuses one caller's rows, or breaks over them: never "nobody", and never another's error."""
    ready = ReadyLists(tmp_path)
    alone = scores(ready.search_all(NAMES[:1], Against()))
    screened = ready_lists.run_screening

    def strict(rows, *given, **named):
        names = rows["name"].to_pylist()
        if "Refused" in names:
            raise BadInputError("refused")
        if "Broken" in names:
            raise OSError("broken")
        return screened(rows, *given, **named)

    monkeypatch.setattr(ready_lists, "run_screening", strict)
    waiting = [
        ready_lists._Waiting(names, Against()) for names in ([{"name": "Refused"}], NAMES[:1], [{"name": "Broken"}])
    ]
    ready._waiting = list(waiting)
    ready._search_waiting(waiting[0])
    assert all(w.done for w in waiting)
    assert [type(w.error) for w in waiting] == [BadInputError, type(None), OSError]
    assert scores([looked.results for looked in waiting[1].found]) == alone
    assert [w.found for w in waiting if w.error] == [[], []]


def test_rows_that_name_nobody_are_nobody_and_no_one_else_is(tmp_path):
    ready = ReadyLists(tmp_path)
    assert [looked.is_party for looked in ready.look_all([{"name": "N/A"}, {"name": ""}], Against())] == [False, False]
    together = ready.look_all([{"name": "N/A"}, *NAMES[:1]], Against())
    assert [(looked.is_party, bool(looked.results)) for looked in together] == [(False, False), (True, True)]
