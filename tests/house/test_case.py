"""The report that Entrepot began with, statement by statement: verdicts follow the record, and none of its text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from case import __main__ as case
from case import page, rules
from entrepot.core.periods import last_day
from entrepot.record import embedded
from entrepot.sources.register import by_id

# What is known from elsewhere: Reuters of 2024-11-27 (a sale); 89 FR of 2024-11-25 (29) and FR Doc 2025-00901 (37);
# Directive (EU) 2024/1760 asks for diligence, Regulation (EU) 2024/3015 bans; Urumqi Customs for 2023.
KNOWN = {
    "sale": "confirmed",
    "closing": "corrected",
    "29": "confirmed",
    "largest": "superseded",
    "uflpa-ban": "confirmed",
    "csddd-ban": "corrected",
    "vehicles": "confirmed",
    "tonnes": "confirmed",
    "allowance": "confirmed",
    "trade": "confirmed",
    "karachi": "confirmed",
    "zhetysu": "confirmed",
    "tourism": "confirmed",
    "beaten": "not on record",
}
RUN = 8  # words: fewer are names and figures, which are facts


@pytest.fixture(scope="module")
def given():
    return case.statements()


@pytest.fixture(scope="module")
def stand(record, given):
    return rules.Case(record, given[0], lambda measure: f"{measure}: not known.")


@pytest.fixture(scope="module")
def lines(given, stand):
    return rules.hold(given[1], stand)


def held(lines, name):
    return next(h for said, h in lines if said["id"] == name)


def test_every_statement_has_a_verdict_and_its_working(lines):
    assert len({said["id"] for said, _ in lines}) == len(lines) > 15
    for said, found in lines:
        assert found.verdict in rules.VERDICTS
        assert found.working, said["id"]


@pytest.mark.parametrize(("name", "verdict"), KNOWN.items())
def test_what_is_known_from_elsewhere_comes_out_so(lines, name, verdict):
    assert held(lines, name).verdict == verdict


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("vehicles", {"value": 12000}),
        ("tonnes", {"yoy": 27.7}),
        ("trade", {"value": 238.67e9}),
        ("29", {"value": 31}),
        ("largest", {"value": 26}),
        ("allowance", {"value": 5000}),
        ("dollars", {"value": 1401}),
        ("karachi", {"month": "2024-09"}),
        ("zhetysu", {"month": "2024-10"}),
        ("tourism", {"kind": "drill"}),
        ("uflpa-ban", {"kind": "tariff"}),
        ("all-year", {"day": "2023-12-01"}),
    ],
)
def test_another_figure_is_corrected(given, stand, name, changed):
    said = next(s for s in given[1] if s["id"] == name)
    ((_, found),) = rules.hold([{**said, **changed}], stand)
    assert found.verdict == "corrected"


def test_on_its_own_day_the_largest_action_is_the_largest(given, stand, record):
    batches = record.tables["batches"]
    kept = [b for b in batches.to_pylist() if last_day(b["date"]) <= date(2024, 12, 2)]
    then = embedded.replace(record, "batches", pa.Table.from_pylist(kept, schema=batches.schema))
    said = next(s for s in given[1] if s["id"] == "largest")
    ((_, found),) = rules.hold([said], replace(stand, record=then))
    assert found.verdict == "confirmed"


def test_the_page_is_whole_and_asks_the_network_for_nothing(lines, record):
    shown = page.page(lines, by_id(record.tables["sources"]), ["A note."], {})
    for said, found in lines:
        assert f'id="{said["id"]}"' in shown
        for _, row in found.rows:
            assert page.key(row) in shown
    assert not re.search(r"<script|<img|<link|@import|url\(", shown)
    assert "default-src 'none'" in shown
    assert page.table(lines).count("\n") == len(lines) + 1


def test_every_row_that_is_named_is_found_by_its_key(lines, record):
    for name, key in {(name, page.key(row)) for _, found in lines for name, row in found.rows}:
        assert name in [t for t, _ in embedded.find(record, key)]


def words(text):
    return re.findall(r"\w+", text.casefold())


@pytest.mark.shared
def test_no_sentence_of_the_text_stands_in_the_repository(shared, lines):
    text = words((shared / "seed" / "article.txt").read_text(encoding="utf-8"))
    runs = {tuple(text[i : i + RUN]) for i in range(len(text) - RUN + 1)}
    for said, found in lines:
        for ours in (words(said["says"]), words(found.working)):
            assert not runs & {tuple(ours[i : i + RUN]) for i in range(len(ours) - RUN + 1)}, said["id"]


@pytest.mark.shared
def test_what_check_says_of_a_figure_stands_beside_it(shared, given):
    claims, summary = case.read(shared / "seed" / "article.txt", *given)
    assert "figures and dates" in summary
    # the tool that reads the text, and the rule, are two: where one agrees the other does not say otherwise
    assert {c["verdict"] for c in claims["trade"]} == {"agrees"}
    assert {c["verdict"] for c in claims["allowance"]} == {"agrees"}


def test_rooms_of_the_corridors_stand_beside_a_verdict_and_move_none(lines):
    karachi = held(lines, "karachi")
    assert re.search(r"At Karachi \d+ attacks count in [\d.]+ years, at least", karachi.working)
    assert {"E075", "E041"} <= {row["id"] for _, row in karachi.rows}
    winter = held(lines, "all-year")
    assert re.search(r"What it changed .*2024-12 to 2025-03", winter.working)
    express = held(lines, "express")
    assert re.search(r"[\d,]+ trains in 2023 \([\d,]+ to [\d,]+\)", express.working)
    for one in (karachi, winter, express):
        assert len({(t, row["id"]) for t, row in one.rows}) == len(one.rows)  # each row once
    assert "R081" in express.working  # what wants to pass over what may
    for told in (held(lines, "zhetysu"), held(lines, "tourism")):
        assert {"G017", "G018"} == {row["id"] for _, row in told.rows}
        assert "the year from" in told.working or "the day is that of G017's source" in told.working
