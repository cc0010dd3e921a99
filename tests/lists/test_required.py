"""A desk says which lists a screening must use: one that is missing, empty or too old gives no result."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.desk.screen import screen
from entrepot.lists import versions
from entrepot.lists.required import SETTINGS, max_age, refuse_missing, refuse_old, required

DAY = date(2026, 6, 1)


def covered(list_id, day="2026-05-01", entities=3):
    return {"list_id": list_id, "version": day, "list_as_of": None, "entities_held": entities}


def test_words_of_a_run_and_of_a_desk_are_both_required(tmp_path):
    (tmp_path / SETTINGS).write_text('require = ["un:30"]', encoding="utf-8")
    found = required(["uflpa, ofac-sdn:7", "eu"], tmp_path)
    assert [(r.list_id, r.days) for r in found] == [("uflpa", None), ("ofac-sdn", 7), ("eu", None), ("un", 30)]


@pytest.mark.parametrize("word", ["un:", "un:x", "un:-1", "a b", ":3"])
def test_a_word_of_another_form_is_refused(tmp_path, word):
    with pytest.raises(BadInputError, match="LIST:DAYS"):
        required([word], tmp_path)


@pytest.mark.parametrize("text", ["require = 3", "require = [3]", "requires = []", "require = [", "\xff"])
def test_settings_of_another_form_are_refused(tmp_path, text):
    (tmp_path / SETTINGS).write_bytes(text.encode("latin-1"))
    with pytest.raises(UnreadableFileError, match=SETTINGS):
        required([], tmp_path)


def test_the_most_days_of_a_run_stand_before_those_of_its_desk(tmp_path):
    assert max_age(None, tmp_path) == (None, "max_age of settings.toml")
    (tmp_path / SETTINGS).write_text("max_age = 45", encoding="utf-8")
    assert max_age(7, tmp_path) == (7, "--max-age")
    most, said_in = max_age(None, tmp_path)
    with pytest.raises(
        BadInputError, match=r"a is of 2026-04-16, 46 days old, 45 allowed \(max_age of settings.toml\)"
    ):
        refuse_old([covered("a", "2026-04-16"), covered("b", "2026-04-17")], DAY, most, said_in)


@pytest.mark.parametrize("text", ["max_age = -1", 'max_age = "30"', "max_age = true", "max_age = 1.5"])
def test_most_days_that_are_no_days_are_refused(tmp_path, text):
    (tmp_path / SETTINGS).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="0 or more"):
        max_age(None, tmp_path)


def test_every_list_that_is_missing_old_or_empty_is_named(tmp_path):
    wanted = required(["a", "b:30", "c:31", "d", "e:5"], tmp_path)
    rows = [covered("b"), covered("c"), covered("d", entities=0), covered("e", day=None)]
    with pytest.raises(BadInputError) as caught:
        refuse_missing(wanted, rows, DAY)
    said = str(caught.value)
    assert "a is not used" in said
    assert "b is of 2026-05-01, 31 days old, 30 allowed" in said
    assert "d holds no entry" in said
    assert "e is of an unknown day" in said
    assert "c is of" not in said


@given(age=st.integers(0, 400), days=st.integers(0, 400))
def test_a_list_may_be_as_old_as_it_is_said(tmp_path_factory, age, days):
    row = covered("a", day=date.fromordinal(DAY.toordinal() - age).isoformat())
    wanted = required([f"a:{days}"], tmp_path_factory.getbasetemp())
    try:
        assert refuse_missing(wanted, [row], DAY)
    except BadInputError:
        assert age > days
    else:
        assert age <= days


def test_the_command(tmp_path, run_cli):
    suppliers = tmp_path / "s.csv"
    suppliers.write_text("name\nKashgar Looms\n", encoding="utf-8")
    listed = tmp_path / "own-2026-05-01.csv"
    listed.write_text("name\nKashgar Looms\n", encoding="utf-8")
    store = tmp_path / "store"
    versions.load(listed, "own-x", store)
    asked = ("screen", suppliers, "--store", store, "--as-of", "2026-06-01")
    used = run_cli(*asked, "--require", "uflpa,own-x:60", "--out", tmp_path / "a.csv")
    assert used.code == 0
    assert "Required, and used: uflpa of " in used.stderr
    old = run_cli(*asked, "--require", "own-x:30", "--out", tmp_path / "b.csv")
    assert (old.code, (tmp_path / "b.csv").exists()) == (2, False)
    assert "own-x is of 2026-05-01, 31 days old, 30 allowed" in old.stderr
    (store / SETTINGS).write_text('require = ["ofac-sdn"]', encoding="utf-8")
    missing = run_cli(*asked)
    assert missing.code == 2
    assert "ofac-sdn is not used (settings.toml)" in missing.stderr


def test_a_screening_done_again_obeys_too(tmp_path, run_cli):
    (tmp_path / "s.csv").write_text("name\nKashgar Looms\n", encoding="utf-8")
    listed = tmp_path / "own-2026-05-01.csv"
    listed.write_text("name\nKashgar Looms\n", encoding="utf-8")
    store, hits = tmp_path / "store", tmp_path / "hits.csv"
    versions.load(listed, "own-x", store)
    options = ("--store", store, "--as-of", "2026-06-01")
    assert run_cli("screen", tmp_path / "s.csv", *options, "--list", "own-x", "--out", hits).code == 0
    used = run_cli("rescreen", hits, *options, "--require", "own-x:60")
    assert (used.code, "Required, and used: own-x of 2026-05-01." in used.stderr) == (0, True), used.stderr
    for word, said in (("own-x:30", "31 days old, 30 allowed (--require)"), ("uflpa", "uflpa is not used (--require)")):
        refused = run_cli("rescreen", hits, *options, "--require", word, "--out", tmp_path / "changed.csv")
        assert (refused.code, said in refused.stderr, (tmp_path / "changed.csv").exists()) == (2, True, False)
    (store / SETTINGS).write_text('require = ["own-x:30"]', encoding="utf-8")
    desk = run_cli("rescreen", hits, *options)
    assert (desk.code, "31 days old, 30 allowed (settings.toml)" in desk.stderr) == (2, True)
    assert "Nothing was screened" in desk.stderr


def test_a_table_of_ones_own_meets_no_requirement():
    with pytest.raises(BadInputError, match="a table of one's own"):
        screen(pa.table({"name": ["Acme"]}), pa.table({"name": ["Acme"]}), require=["uflpa"])


def held(list_id, version, entities=5):
    return {"list_id": list_id, "version": version, "list_as_of": "", "entities_held": entities}


def test_an_old_list_says_its_age_and_a_newer_one_nothing():
    # 2026-11-27 is 30 days after 2026-10-28 and 29 after 2026-10-29.
    day = date(2026, 11, 27)
    assert refuse_old([held("un", "2026-10-29")], day, None) == []
    assert refuse_old([held("un", "")], day, None) == []
    assert refuse_old([held("un", "2026-12-24")], day, None) == []
    (said,) = refuse_old([held("un", "2026-10-28"), held("own-x", "2026-11-01")], day, None)
    assert "un is of 2026-10-28, 30 days old" in said
    assert "own-x" not in said


def test_old_lists_are_one_line_with_the_oldest():
    lists = [held("un", "2026-10-28"), held("ofac-sdn", "2022-05-05"), held("uk", "2026-11-20"), held("own-x", "")]
    (said,) = refuse_old(lists, date(2026, 11, 27), None)
    assert said.startswith(
        "Old lists: 2 of 4 are 30 days old or older, the oldest ofac-sdn is of 2022-05-05, 1667 days old."
    )
    assert len(said) < 160, "a line of a terminal or two"
    assert "un is" not in said


def test_a_list_older_than_asked_is_refused_with_every_other():
    day = date(2026, 11, 27)
    assert refuse_old([held("un", "2026-11-17")], day, 10) == []
    with pytest.raises(BadInputError, match="11 days old, 10 allowed") as raised:
        refuse_old([held("un", "2026-11-16"), held("own-x", "")], day, 10)
    assert "own-x is of an unknown day" in str(raised.value)


def test_a_screening_says_and_refuses_old_lists(tmp_path, run_cli):
    file = tmp_path / "vendors.csv"
    file.write_text("supplier,country\nPlain Trading,FR\n", encoding="utf-8")
    said = run_cli("screen", file, "--list", "uflpa", "--as-of", "2026-11-27")
    assert said.code == 0
    assert "Old lists: uflpa is of 2026-08-03, 116 days old." in said.stderr
    fresh = run_cli("screen", file, "--list", "uflpa", "--as-of", "2026-08-10")
    assert "Old lists" not in fresh.stderr
    refused = run_cli("screen", file, "--list", "uflpa", "--as-of", "2026-11-27", "--max-age", "30")
    assert refused.code == 2
    assert "116 days old, 30 allowed" in refused.stderr


def test_what_is_said_to_bring_newer_lists_can_be_done():
    day = date(2026, 11, 27)
    old = ["uflpa", "ofac-xinjiang", "cbp-wro", "own-x", "un", "uk"]
    (said,) = refuse_old([held(n, "2026-01-01") for n in old], day, None)
    for way in (
        *("uflpa: entrepot record refresh dhs-uflpa", "ofac-xinjiang: entrepot record refresh ofac-sdn"),
        *("cbp-wro: a later release of Entrepot", "own-x: entrepot lists load FILE --as own-x"),
        "uk, un: entrepot fetch LIST",
    ):
        assert way in said
    (alone,) = refuse_old([held("un", "2026-01-01")], day, None)
    assert alone.endswith("Newer: entrepot fetch un.")


@pytest.mark.parametrize("name", ["uflpa", "ofac-xinjiang", "cbp-wro"])
def test_lists_of_the_record_are_never_said_to_be_fetched(name):
    with pytest.raises(BadInputError) as raised:
        refuse_old([held(name, "2026-01-01")], date(2026, 11, 27), 30)
    assert "fetch" not in str(raised.value)
