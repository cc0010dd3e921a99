"""The answer by test: its figures against the record, its rule as data, what is used and what is not."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, timedelta

import pyarrow as pa
import pytest

from entrepot.brief import freshness
from entrepot.brief.answer.answer_rule import rule
from entrepot.brief.answer.answered import KINDS
from entrepot.brief.answer.lines import aged
from entrepot.brief.report import plain_text
from entrepot.measures.act import LOOKS, TESTS
from entrepot.record.embedded import known, replace


def by_id_of(report):
    return {t.id: t for t in report.answer.tests}


def without(record, *ids):
    """The record less some observations."""
    table = record.tables["observations"]
    kept = [r for r in table.to_pylist() if r["id"] not in ids]
    return replace(record, "observations", pa.Table.from_pylist(kept, schema=table.schema))


def test_the_rule_knows_every_test_and_every_look():
    assert tuple(rule().tests) == TESTS
    assert set(KINDS) == set(LOOKS)
    assert rule().verdicts[-1]["needs"] in ([], None)
    assert rule().word(()) == "sure"


@pytest.mark.parametrize(
    ("low", "high", "way"),
    [
        (10, 12, "up"),
        (-30, -20, "down"),
        (-1, 4, "level"),
        (-20, 40, "not_known"),
        (8, None, "up"),
        (None, -8, "down"),
        (-10, None, "not_known"),
        (None, None, "not_known"),
    ],
)
def test_a_change_points_where_all_of_it_points(low, high, way):
    assert rule().pointed(low, high) == way


def test_the_most_telling_row_is_in_the_answer(uflpa):
    said = plain_text(uflpa.report.answer.verdict)
    assert "USD 2.5 billion in January to August 2025, +273.4 % on the year" in said
    assert by_id_of(uflpa.report)["direct"].direction == "up"
    rests = {g for f in uflpa.report.answer.verdict.figures.values() for g in uflpa.grounds[f.id]}
    assert ("observations", "O0485") in rests


def test_pressure_holds_the_value_refused_in_three_years(uflpa, record):
    said = plain_text(by_id_of(uflpa.report)["pressure"].says)
    rows = {r["id"]: r["value_norm"] for r in record.tables["observations"].to_pylist()}
    assert [rows[i] for i in ("O0383", "O0377", "O0373")] == [360e6, 240e6, 55.6e6]
    for words in ("USD 360 million", "USD 240 million", "USD 55.6 million"):
        assert words in said
    assert by_id_of(uflpa.report)["pressure"].direction == "mixed"  # the list grew, the value refused fell


def test_an_answer_that_is_not_known_names_what_would_settle_it(uflpa, plain_brief):
    for report in (uflpa.report, plain_brief("ofac-xinjiang")):
        said = plain_text(report.answer.verdict)
        assert "is not known" in said
        assert "what would settle it is the value" in said
        assert said.count(". ") == 0  # one sentence


def test_without_its_row_direct_trade_is_not_known(plain_brief, record):
    less = plain_brief(changed=without(record, "O0485"))
    direct = by_id_of(less)["direct"]
    assert direct.direction == "not_known"
    assert direct.sure == ""
    assert direct.why == rule().says("too_old")  # what is left is years old: it points nowhere and is not shown
    assert not direct.shown


def test_who_is_hit_is_named_where_the_list_is_short(plain_brief, record):
    said = plain_text(by_id_of(plain_brief("ofac-xinjiang"))["pressure"].says)
    listed = [r["name"] for r in record.tables["listings"].to_pylist() if r["list_id"] == "ofac-xinjiang"]
    assert len(listed) == 14
    words = set(re.findall(r"\w+", said.casefold()))
    assert all(set(re.findall(r"\w+", name.casefold())) <= words for name in listed)


def test_names_stand_in_a_sentence_as_treasury_writes_them_there(plain_brief):
    # Press releases of 9 and 31 July 2020 and of 10 December 2021; the list itself has CHEN, Quanguo and ZAKIR, Shohrat
    said = plain_text(by_id_of(plain_brief("ofac-xinjiang"))["pressure"].says)
    for name in ("Chen Quanguo", "Sun Jinlong", "Shohrat Zakir", "Erken Tuniyaz", "Xinjiang Public Security Bureau"):
        assert name in said
    assert "Xinjiang Production and Construction Corps" in said
    assert not re.search(r"\b[A-Z]{3,}\b", said.replace("OFAC", ""))


def test_every_observation_is_used_or_listed_with_its_reason(uflpa, record, day):
    every = {r["id"] for r in known(record, day).record.tables["observations"].to_pylist()}
    made = next(c for c in uflpa.report.chapters if c.key == "answer-made")
    table = next(g for g in made.grids if g.anchor == "unused")
    unused = [i for row in table.rows for i in row[-1].split(", ")]
    assert len(unused) == len(set(unused))
    assert all(int(row[3]) == len(row[-1].split(", ")) for row in table.rows)
    assert {row[0] for row in table.rows} <= {r["says"] for r in rule().of_kind("unused")}
    # What is used is seen: the table of all findings, which is closed and lists each, does not count.
    linked = set(re.findall(r'href="#([^"]+)"', uflpa.html.partition('<section id="findings">')[0]))
    rested = {key for i in linked for table_of, key in uflpa.grounds.get(i, ()) if table_of == "observations"}
    assert every - set(unused) == rested
    assert set(unused) <= every


def test_the_rule_is_printed_as_it_is(uflpa):
    made = next(c for c in uflpa.report.chapters if c.key == "answer-made")
    printed = {cell for g in made.grids for row in g.rows for cell in row if isinstance(cell, str)}
    assert {r["says"] for r in rule().lines.values()} <= printed
    assert {r["asks"] for r in rule().tests.values()} <= printed


@pytest.mark.parametrize("as_of", ["2022-06-21", "2024-11-25", "2026-11-24"])
def test_no_figure_of_the_answer_is_older_than_the_rule_allows(plain_brief, as_of):
    report = plain_brief(as_of=as_of)
    for test in report.answer.tests:
        for line in test.shown:
            ended = date.fromisoformat(line.until)
            assert (date.fromisoformat(as_of) - ended).days <= rule().threshold("stale"), line.label
        assert test.direction != "not_known" or not test.sure


def test_answers_of_several_days_stand_side_by_side(record, sources, tmp_path):
    from entrepot.brief import render
    from entrepot.brief.compose import brief

    report = brief("ofac-xinjiang", as_of="2026-11-24", beside=["2020-07-10", "2022-01-01"], record=record)
    assert [d for d, _ in report.beside] == ["2020-07-10", "2022-01-01", "2026-11-24"]
    render.write(report, sources, tmp_path)
    rows = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    said = {r["as_of"]: r["says"] for r in rows if r["test"] == "pressure"}
    # OFAC listed five on 2020-07-09, three on 2020-07-31, two on 2021-03-22 and two on 2021-12-10
    assert "began with 5 parties" in said["2020-07-10"]
    assert "from 10 to 12 parties" in said["2022-01-01"]
    assert "from 12 to 14 parties" in said["2026-11-24"]
    told = " ".join(render.summary(report).partition("THE ANSWER ON SEVERAL DAYS")[2].split())
    for day, found in report.beside:
        assert f"{day} {' '.join(plain_text(found.verdict).split())}" in told
    ids = {f["id"] for f in json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))}
    assert all(i in ids for r in rows for i in r["findings"])


def test_markdown_and_json_say_what_the_page_says(uflpa):
    rows = json.loads((uflpa.folder / "answer.json").read_text(encoding="utf-8"))
    text = (uflpa.folder / "answer.md").read_text(encoding="utf-8")
    assert [r["test"] for r in rows] == ["verdict", *(t.id for t in uflpa.report.answer.tests)]
    assert rows[0]["says"] in uflpa.report.answer.verdict.template or "+273.4 %" in rows[0]["says"]
    for test in uflpa.report.answer.tests:
        assert f"## {test.name}: " in text
    assert text.count("[^1]: ") == 1


def test_what_is_fresh_is_one_rule_in_chapters_and_answer(uflpa):
    limit = rule().threshold("fresh")
    assert limit == pytest.approx(1.5 * 365.25, abs=1)
    assert freshness.WORDS == "year and a half"
    end = date(2025, 3, 31)
    found = next(f for f in uflpa.report.answer.figures if f.period_end)
    there = dataclasses.replace(found, period_end=end.isoformat())
    assert freshness.fresh(end + timedelta(days=limit), there)
    assert not freshness.fresh(end + timedelta(days=limit + 1), there)
    line = next(x for t in uflpa.report.answer.tests for x in t.lines if x.points and x.until)
    for days in (limit, limit + 1):
        told = aged(
            dataclasses.replace(line, until=end.isoformat(), doubts=frozenset()), rule(), end + timedelta(days=days)
        )
        assert ("old" in told.doubts) == (not freshness.fresh(end + timedelta(days=days), there))


def test_what_ended_before_the_measure_points_nowhere(uflpa):
    line = next(x for t in uflpa.report.answer.tests for x in t.lines if x.points and x.until)
    began, end = date(2021, 12, 23), date(2021, 3, 31)
    early = dataclasses.replace(line, until=end.isoformat())
    seen = {day: aged(early, rule(), day, began).unknown for day in (date(2021, 6, 1), began, date(2022, 3, 1))}
    assert list(seen.values()) == ["", "before", "before"]
    assert not aged(early, rule(), began, began).points
    assert aged(dataclasses.replace(line, until="2022-01-31"), rule(), date(2022, 3, 1), began).unknown == ""


def test_no_headline_of_a_day_after_the_measure_rests_on_a_figure_from_before_it(plain_brief):
    report = plain_brief("uflpa", as_of="2023-05-07")
    (direct,) = (t for t in report.answer.tests if t.id == "direct")
    assert (direct.direction, direct.why) == ("not_known", rule().says("before"))
    assert "Q1 2021" not in plain_text(report.answer.verdict)


def test_a_day_that_rests_on_rows_of_ones_own_says_so(record, sources):
    from entrepot.brief import render
    from entrepot.brief.compose import brief

    table = record.tables["observations"]
    rows = [r | {"id": "u-0123456789ab"} if r["id"] == "O0485" else r for r in table.to_pylist()]
    mine = replace(record, "observations", pa.Table.from_pylist(rows, schema=table.schema))
    report = brief("uflpa", as_of="2026-11-24", beside=["2022-01-01"], record=mine)
    (days,) = (g for c in report.chapters if c.key == "days" for g in c.grids)
    marked = {row[0]: [i for i, cell in enumerate(row[1:]) if "your own row" in plain_text(cell)] for row in days.rows}
    # The row was printed in September 2025: only the later day rests on it
    assert {name: at for name, at in marked.items() if at} == {"The answer": [1], "Direct trade": [1]}
    assert "(your own row: u-0123456789ab)" in render.html(report, sources)
    beside = " ".join(render.summary(report).partition("ON SEVERAL DAYS")[2].split())
    assert beside.count("(your own row: u-0123456789ab)") == 2  # of the answer over all, and of direct trade
