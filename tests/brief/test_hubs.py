"""The chapter on who took more: its figures against the printed rows, its dates against the record, its words."""

import csv
import gzip
import re
from collections import defaultdict
from importlib.resources import files

import pyarrow as pa
import pytest

from entrepot.brief.report import Figure, figures_of, plain_text
from entrepot.core.periods import first_day
from entrepot.record.embedded import load, replace

# Printed in the record's acts: finding of circumvention, end of the waiver, orders on four countries.
DAYS = ("2022-06-21", "2023-08-23", "2024-06-07", "2025-06-24")
ROUNDED = 1e-5  # estimates carry six digits, ends are rounded outward
CODES = {"wafers": ("38180019",), "cells": ("85414200",), "panels": ("85414300",)}


@pytest.fixture(scope="module")
def chapter(uflpa):
    return next(c for c in uflpa.report.chapters if c.key == "hubs")


@pytest.fixture(scope="module")
def printed():
    """Amounts by code, partner and quarter, read from flows.csv.gz without Entrepot."""
    text = gzip.decompress(files("entrepot.trade").joinpath("data", "flows.csv.gz").read_bytes()).decode()
    out = defaultdict(dict)
    for r in csv.DictReader(text.splitlines()):
        amounts = {k: float(r[k]) if r[k] else None for k in ("value_usd", "net_kg", "capacity_mw")}
        out[r["hs"], r["partner_iso3"]][r["period"]] = amounts
    return out


def table(chapter):
    """The rows of the table of who took more by heading."""
    grid = chapter.grids[0]
    return [dict(zip(grid.headings, row, strict=True)) for row in grid.rows]


def quarters_from(start, printed):
    return sorted({p for periods in printed.values() for p in periods if p >= start})


def key(words):
    quarter, year = words.split()
    return f"{year}-{quarter}"


ISO3 = {"Laos": "LAO", "Indonesia": "IDN", "Hong Kong": "HKG"}


def test_the_dates_are_those_of_the_record(chapter):
    text = " ".join(plain_text(s) for s in chapter.body)
    assert all(day in text for day in DAYS)
    assert "UFLPA" in text


def test_laos_took_wafers_from_the_quarter_of_the_finding_on(chapter):
    wanted = ("wafers", "Laos", "Q3 2023")
    (row,) = [r for r in table(chapter) if (r["product"], r["partner"], r["from"]) == wanted]
    assert row["break"].finding.value == "2023-Q3"
    assert 0 < row["q"].finding.number <= 10  # percent: the accepted rate


def test_what_was_taken_since_is_the_sum_of_the_printed_rows(chapter, printed):
    rows = table(chapter)
    assert rows
    for row in rows:
        mine = printed[CODES[row["product"]][0], ISO3[row["partner"]]]
        since = [mine[p] for p in quarters_from(key(row["from"]), printed) if p in mine]
        assert row["since then, USD"].finding.number == pytest.approx(sum(r["value_usd"] for r in since))
        megawatts = row["since then, MW (Ember’s estimate)"].finding
        known = [r["capacity_mw"] for r in since if r["capacity_mw"] is not None]
        assert megawatts.number == pytest.approx(sum(known))
        # a quarter of which none is known is no zero: the sum is a least, and names it
        assert (megawatts.low is None) == (len(known) == len(since)) == ("without" not in megawatts.basis)
        assert megawatts.status == "estimated"


def test_nobody_rose_by_more_than_was_taken_and_ends_enclose_the_rise(chapter):
    for row in table(chapter):
        rise = row["beyond expected, USD"].finding
        assert 0 < rise.number <= row["since then, USD"].finding.number
        assert rise.low <= rise.number <= rise.high <= row["since then, USD"].finding.number
        assert row["at most shifted, USD"].finding.number <= rise.number * (1 + ROUNDED)
        assert rise.status == "estimated"
        assert rise.period_start == first_day(key(row["from"])).isoformat()


def test_no_unit_value_and_no_ratio_is_made_of_megawatts(chapter):
    units = {f.unit for c in (chapter,) for g in c.grids for row in g.rows for f in map(found, row) if f}
    assert units <= {"USD", "kg", "USD a kg", "MW", "percent", None}


def found(cell):
    return cell.finding if isinstance(cell, Figure) else None


def test_wafers_around_june_2022_are_not_judged_and_codes_compare_as_a_whole(chapter):
    said = next(m for m in chapter.missing if "Q2 2022" in m)
    assert "wafers (38180019): too short" in said
    assert "cells (85414200)" in said
    assert "panels (85414300)" in said
    # a single code of 2022 is never held against the code of before
    for f in figures_of_chapter(chapter):
        if "85414020" in f.basis and "beyond" in f.quantity:
            assert "85414200 + 85414300" in f.basis


def figures_of_chapter(chapter):
    yield from chapter.figures
    for g in chapter.grids:
        yield from (f for row in g.rows for f in map(found, row) if f)


def test_points_of_the_small_charts_are_the_printed_quarters(chapter, printed):
    seen = 0
    for chart in chapter.charts:
        for f in chart.figures:
            if f.quantity == "value":
                (ground,) = f.grounds
                _, iso3, code, year, quarter = ground.row_id.split("-")
                assert f.number == printed[code, iso3][f"{year}-{quarter}"]["value_usd"]
                assert f.status == "reported"
                seen += 1
    assert seen >= 9 * sum(not c.wide for c in chapter.charts) > 0  # nine quarters since the date


def test_every_partner_named_has_a_chart_and_every_product_a_map(chapter):
    rows = table(chapter)
    titles = [c.title for c in chapter.charts]
    for row in rows:
        assert any(t.lower().startswith(f"{row['product']} to {row['partner']}".lower()) for t in titles)
    assert sum(c.wide for c in chapter.charts) == len({r["product"] for r in rows})


def test_rivals_stand_beside_each_by_the_names_of_their_table_or_as_events_of_the_record(uflpa, chapter):
    shifts = next(c for c in uflpa.report.chapters if c.key == "shifts")
    (rivals,) = [g for g in shifts.grids if g.anchor == "rivals"]
    titles = [row[1] for row in rivals.rows]
    events = set(load().tables["events"].column("id").to_pylist())
    for row in table(chapter):
        beside = set(row["other measures"].split("; "))
        named = {n for n in beside if any(t.startswith(f"{n.rpartition(' (')[0]}: ") for t in titles)}
        assert named
        assert beside - named <= events


def test_it_calls_nobody_a_hub_and_says_nominal_dollars_and_ember(uflpa, chapter):
    text = re.sub("<[^>]*>", "", uflpa.html.split('<section id="hubs">')[1].split("</section>")[0])
    assert "none is called a possible hub" in text
    assert text.lower().count("possible hub") == 1  # only China reports: a hub needs its second leg
    assert "nominal" in text
    assert "Ember" in text
    assert "CC BY 4.0" in text
    assert not re.search(r"\bevad|circumvents\b|smuggl", text)
    assert all("median of all partners" in f.basis for f in chapter.figures if "beyond" in f.quantity)


def test_changed_rows_change_the_rise(plain_brief, record):
    def rise(report):
        wanted = ("China's exports of wafers to Laos", "USD", "2023-07-01")
        mine = (f for f in figures_of(report) if (f.subject, f.unit, f.period_start) == wanted)
        return next(f for f in mine if "beyond" in f.quantity)

    rows = record.tables["flows"].to_pylist()
    added = 7_000_000.0
    edited = [r | {"value_usd": r["value_usd"] + added} if r["id"] == "F-LAO-38180019-2025-Q1" else r for r in rows]
    table = pa.Table.from_pylist(edited, schema=record.tables["flows"].schema)
    then = plain_brief(changed=replace(record, "flows", table))
    before, after = rise(plain_brief()), rise(then)
    assert before.id != after.id
    # The others' median hardly moves: the rise grows by what was added, to a tenth of it.
    assert after.number - before.number == pytest.approx(added, rel=0.1)


def test_nothing_is_judged_on_a_day_too_early(plain_brief):
    report = plain_brief(as_of="2023-03-01")
    chapter = next(c for c in report.chapters if c.key == "hubs")
    assert chapter.headline is None
    assert not chapter.charts
    assert chapter.missing
