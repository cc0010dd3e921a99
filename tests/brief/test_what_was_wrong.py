"""What once stood wrong in print: amounts beside their text, hubs, absence, gaps, codes, prints, pipelines, places."""

import csv
import gzip
import re
from importlib.resources import files

import pytest

from entrepot.brief.chapters import crossings
from entrepot.brief.context import Context
from entrepot.brief.report import Figure, figures_of, plain_text
from entrepot.core import periods
from entrepot.core.engine import engine
from entrepot.measures.measure import measure
from entrepot.record.embedded import known, load

BRIEFS = (("uflpa", "2026-11-24"), ("uflpa", "2024-11-24"), ("uflpa", "2022-06-20"), ("ofac-xinjiang", "2024-11-24"))
FRESH = 18 * 31  # days: no figure that says how something moves ends longer before the day


def packaged(room, name):
    """A packaged table, read by the csv module alone."""
    folder = files(f"entrepot.{room}").joinpath("data")
    packed = folder.joinpath(f"{name}.csv.gz")
    data = gzip.decompress(packed.read_bytes()) if packed.is_file() else folder.joinpath(f"{name}.csv").read_bytes()
    return list(csv.DictReader(data.decode("utf-8").splitlines()))


@pytest.fixture(scope="module")
def observations():
    return {r["id"]: r for r in packaged("corridors", "observations")}


@pytest.fixture(scope="module")
def flows():
    return {r["id"]: r for r in packaged("trade", "flows")}


@pytest.fixture(scope="module")
def every(plain_brief):
    """The findings of the briefs, each once."""
    return {f.id: f for m, day in BRIEFS for f in figures_of(plain_brief(m, as_of=day))}.values()


def chapter(report, key):
    return next((c for c in report.chapters if c.key == key), None)


def cells(grid):
    """The words of a grid; of a figure those that its finding says."""
    return [
        f"{c.finding.subject} {c.finding.quantity}" if isinstance(c, Figure) else c for row in grid.rows for c in row
    ]


# megawatts


def test_megawatts_of_wafers_come_from_weight_and_those_of_cells_and_panels_from_value(every):
    seen = {"wafers": 0, "cells": 0, "panels": 0}
    for f in every:
        if f.unit == "MW" and f.kind == "number":
            product = f.subject.split("exports of ")[1].split(" to ")[0]
            seen[product] += 1
            assert ("from weight" in f.basis) == (product == "wafers"), f
            assert ("from value" in f.basis) == (product != "wafers"), f
    assert min(seen.values()) > 3


# observed less expected


def test_the_text_of_every_amount_beyond_the_expected_gives_the_amount(every, flows):
    column = {"USD": "value_usd", "kg": "net_kg"}
    seen = 0
    for f in every:
        if "beyond what was to be expected" not in f.quantity:
            continue
        observed, expected = map(float, re.match(r"observed ([\d.]+) less expected (-?[\d.]+)", f.basis).groups())
        assert observed - expected == pytest.approx(f.number, abs=0.01), f
        after = [flows[g.row_id] for g in f.grounds if flows[g.row_id]["period_start"] >= f.period_start]
        assert sum(float(r[column[f.unit]] or 0) for r in after) == pytest.approx(observed), f
        seen += 1
    assert seen > 20


def test_no_upper_end_stands_above_what_was_observed(every):
    observed = {}
    for f in every:
        if "beyond what was to be expected" in f.quantity:
            observed[f.subject, f.unit, f.period_start, f.period_end] = float(
                re.search(r"observed ([\d.]+)", f.basis)[1]
            )
            assert f.high <= observed[f.subject, f.unit, f.period_start, f.period_end] * (1 + 1e-12), f
    shifted = [f for f in every if f.quantity == "can have been shifted from other partners"]
    assert shifted
    for f in shifted:
        with_error = float(re.search(r"upper end; ([\d.]+) with sampling error", f.basis)[1])
        assert f.number <= with_error <= observed[f.subject, f.unit, f.period_start, f.period_end] * (1 + 1e-12), f


# hubs


@pytest.mark.parametrize("day", ["2026-11-24", "2024-11-24"])
def test_weight_rises_with_value_at_every_partner_named_and_at_a_price_like_that_of_others(plain_brief, flows, day):
    named = chapter(plain_brief(as_of=day), "hubs")
    table = next(g for g in named.grids if g.title == "Took more than expected, by product and date")
    for row in (dict(zip(table.headings, r, strict=True)) for r in table.rows):
        assert row["ends, kg"].finding.low > 0, row
        here, there = (row[k].finding.number for k in ("USD per kg", "other partners, USD per kg"))
        assert there / 3 <= here <= there * 3, row
        after = [flows[g.row_id] for g in row["USD per kg"].finding.grounds]
        paid, weighed = (sum(float(r[k]) for r in after) for k in ("value_usd", "net_kg"))
        assert here == pytest.approx(paid / weighed, rel=1e-3)


def test_wafers_that_cost_what_those_of_chips_cost_make_no_hub_of_hong_kong(plain_brief):
    named = chapter(plain_brief(), "hubs")
    assert "Hong Kong" not in plain_text(named.headline)
    tables = {g.title.partition(",")[0]: g for g in named.grids}
    assert "Hong Kong" not in {str(r[1]) for r in tables["Took more than expected"].rows}
    for row in tables["Rose in value"].rows if "Rose in value" in tables else ():
        said = dict(zip(tables["Rose in value"].headings, row, strict=True))
        assert "other goods" in said["what does not agree"]
        assert said["USD per kg"].finding.number > 1000  # 1,338 against 22 for Laos, as counted by hand


# the first screen


def test_every_estimated_amount_of_the_first_screen_has_its_ends_beside_it(plain_brief):
    said = chapter(plain_brief(), "hubs").headline
    amounts = [k for k, f in said.figures.items() if f.unit == "USD"]
    assert len(amounts) > 2
    for name in amounts:
        assert re.search(rf"{{{name}:plain}} \({{{name}:ends}}\)", said.template), name


# absence


@pytest.mark.shared
def test_a_partner_without_a_row_bought_nothing_that_was_declared(shared):
    """Ember's own file: in every month and code its countries add up to its world, in dollars and in kilograms."""
    import duckdb

    path = shared / "data/trade/ember_china_solar_exports_monthly.csv.gz"
    column = '"Amount ({})"'
    of = ", ".join(
        f"sum({column.format(u)}) FILTER (WHERE \"Area\" = 'World') AS w_{u}, "
        f"sum({column.format(u)}) FILTER (WHERE \"Area type\" = 'Country or economy') AS c_{u}"
        for u in ("USD", "kg")
    )
    text = f'SELECT {of} FROM read_csv($path) GROUP BY "Date", "Commodity code"'
    rows = duckdb.execute(text, {"path": str(path)}).fetchall()
    assert len(rows) > 100
    for world_usd, usd, world_kg, kg in rows:
        assert (world_usd, world_kg) == (pytest.approx(usd), pytest.approx(kg))


def test_a_partner_that_took_nothing_before_is_a_riser_as_it_is_in_the_scans(plain_brief, flows):
    """Cells, first three quarters of 2023 and 2025, counted from the rows: whoever has one window only is compared."""
    sums = {}
    for r in flows.values():
        if r["product"] == "Cells" and r["period"][:4] in {"2023", "2025"} and r["period"][-1] in "123":
            sums.setdefault(r["partner_iso3"], {}).setdefault(r["period"][:4], []).append(float(r["capacity_mw"]))
    changes = {p: sum(y.get("2025", [])) - sum(y.get("2023", [])) for p, y in sums.items()}
    named = chapter(plain_brief(), "shifts")
    (table,) = [g for g in named.grids if g.title.startswith("Cells: who rose")]
    best = max(changes, key=changes.get)
    assert table.rows[0][2].finding.grounds[0].row_id.split("-")[1] == best
    assert not [g for g in named.grids if g.title == "Cells: not compared"]
    assert all("not reported" not in c for g in named.grids for c in cells(g) if isinstance(c, str))


# gaps, codes, age


@pytest.mark.parametrize(("measure_id", "day"), BRIEFS)
def test_trade_is_compared_with_the_year_before_and_only_while_it_is_fresh(plain_brief, measure_id, day):
    said = chapter(plain_brief(measure_id, as_of=day), "trade").headline
    if {"a", "b"} <= said.figures.keys():
        a, b = (int(said.figures[k].period_start[:4]) for k in "ab")
        assert b - a == 1
        end = periods.last_day(said.figures["b"].period_end)
        assert (periods.first_day(day) - end).days < FRESH
    else:
        assert not re.search(r"\b(rose|fell)\b", said.template)
    if {"sa", "sb"} <= said.figures.keys():
        assert int(said.figures["sb"].period_start[:4]) - int(said.figures["sa"].period_start[:4]) == 1
    else:
        assert "went from" not in said.template


def test_a_brief_of_2022_says_that_nothing_was_fresh_and_compares_no_panels_with_panels_and_cells(plain_brief):
    report = plain_brief(as_of="2022-06-20")
    said = plain_text(chapter(report, "trade").headline)
    assert "Xinjiang’s trade: no full year on record ends in the year and a half before the day" in said
    assert "too old to say how it moves" in said
    assert not re.search(r"\b(rose|fell)\b", said)
    moved = chapter(report, "shifts")
    assert moved.headline is None
    assert any(m.startswith("Panels: the codes of the tariff changed") for m in moved.missing)
    assert "Panels, " not in " ".join(plain_text(s) for s in moved.body)


def test_no_window_is_set_beside_one_of_another_code(plain_brief, flows):
    for day in ("2026-11-24", "2024-11-24", "2022-06-20"):
        moved = chapter(plain_brief(as_of=day), "shifts")
        for sentence in moved.body:
            codes = {}
            for f in sentence.figures.values():
                product = f.subject.split("exports of ")[1].split(" to ")[0]
                codes.setdefault(product, set()).update(flows[g.row_id]["hs"] for g in f.grounds)
            assert all(len(found) == 1 for found in codes.values()), sentence


def test_the_age_of_the_list_is_said_in_days_from_thirty_on(plain_brief):
    said = plain_text(chapter(plain_brief(), "measure").body[-1])
    assert "187 listed on 3 August 2026" in said
    # The copy of the page of 11 August, to 24 November.
    assert "It was last read on 11 August 2026, 105 days before the day of this brief." in said
    early = [plain_text(s) for s in chapter(plain_brief(as_of="2024-11-24"), "measure").body]  # changed on 1 November
    assert any("listed on 1 November 2024" in s for s in early)
    assert not any("before the day of this brief" in s for s in early)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-08-19", "Its last change on record is 985 days before the day of this brief."),
        (
            "2026-09-18",
            "It was last read on 20 August 2026. ",
        ),  # 29 days after the SDN list that the record was read from
        ("2026-09-19", "It was last read on 20 August 2026, 30 days before the day of this brief."),
        ("2023-12-20", ""),  # twelve days after the last designation; no copy of the list is of before that day
    ],
)
def test_the_age_of_ofacs_list_is_said_by_the_same_rule(plain_brief, day, said):
    held = plain_text(chapter(plain_brief("ofac-xinjiang", as_of=day), "measure").body[-1])
    assert said in held
    assert ("before the day of this brief" in held) == said.endswith("brief.")


# prints


def test_as_printed_is_what_the_row_prints(every, observations):
    seen = 0
    for f in every:
        found = re.match(r"as printed: (\S+) ", f.basis)
        if found:
            (ground,) = f.grounds
            assert found[1] == observations[ground.row_id]["value"], f
            seen += 1
    assert seen > 100


def test_a_share_that_an_office_printed_is_given_as_printed(plain_brief, observations):
    printed = observations["O0200"]
    said = chapter(plain_brief(), "trade").headline
    mine = [f for f in said.figures.values() if f.unit == "percent" and f.period_start == printed["period_start"]]
    assert [(f.number, f.status, f.grounds[0].row_id) for f in mine] == [(float(printed["value"]), "reported", "O0200")]
    assert "79.4 %" in plain_text(said)
    assert "about 79.4 %" not in plain_text(said)


# places


@pytest.mark.parametrize("day", ["2026-11-24", "2024-11-24", "2022-06-20"])
def test_no_figure_that_may_hold_a_pipeline_stands_beside_rail_or_road(plain_brief, observations, day):
    piped = {r["place_id"] for r in packaged("corridors", "crossings") if "pipeline" in r["modes"]}
    assert {"khorgos", "alashankou"} <= piped
    brief = plain_brief(as_of=day)
    # Where no map can be drawn the first screen has events in its place, which count nothing at a crossing.
    drawn = [f for f in (brief.map.figures if brief.map else ()) if f.grounds[0].table == "observations"]
    for f in (*chapter(brief, "crossings").headline.figures.values(), *drawn):
        row = observations[f.grounds[0].row_id]
        assert row["place_id"] not in piped or row["mode"] in {"rail", "road"}, f


def test_no_dental_clinic_lies_on_a_corridor(plain_brief):
    events = {r["id"]: r for r in packaged("measures", "events")}
    risks = chapter(plain_brief(), "risks")
    along = next(g for g in risks.grids if g.title.endswith("on the corridors"))
    elsewhere = next(g for g in risks.grids if g.title.startswith("Attacks elsewhere"))

    def rows(grid):
        return {c.finding.grounds[0].row_id for row in grid.rows for c in row if isinstance(c, Figure)}

    assert "clinic" in events["E228"]["title"]
    assert "E228" in rows(elsewhere)
    assert {"E036", "E052", "E062", "E064"} <= rows(along)  # Dasu, the convoy and the port at Gwadar, Besham
    places = {events[i]["place"] for i in rows(along) if events[i]["kind"] == "attack"}
    assert places == {"Gwadar", "Dasu", "Besham"}
    attacks = {i for i, r in events.items() if r["kind"] == "attack"}
    assert attacks <= rows(along) | rows(elsewhere)  # listed apart, never dropped


def test_headlines_of_the_crossings_are_fresh_or_say_that_nothing_is(record):
    for day in ("2022-06-20", "2026-11-24"):
        with engine(known(record, periods.first_day(day)).record.tables) as con:
            act = measure("uflpa")
            ctx = Context(con, act, periods.first_day(day), act.brief)
            rows = ctx.rows("corridors", "observations", places=list(ctx.focus.crossings), metrics=["cargo"])
            compared = crossings._compared([r for r in rows if r["value_norm"] is not None and not r["per"]])
            said = crossings._headline(ctx, compared)
        for name, f in said.figures.items():
            if name.startswith("v"):
                assert (periods.first_day(day) - periods.last_day(f.period_end)).days < FRESH
        assert ("z" in said.figures) == ("too old" in said.template)


def test_where_nothing_new_came_the_headlines_say_how_old_they_are(plain_brief):
    report = plain_brief(as_of="2027-06-30")  # the record ends in 2026, its flows and stops in 2025
    for key in ("enforcement", "crossings", "hubs"):
        assert "year and a half before the day" in chapter(report, key).headline.template, key
    assert chapter(report, "shifts").headline is None


def test_like_stands_beside_like_in_the_small_charts_of_crossings(uflpa, record):
    # Khorgos has a pipeline: its cargo of all modes stood beside cargo by rail.
    rows = {r["id"]: r for r in record.tables["observations"].to_pylist()}
    (chapter,) = [c for c in uflpa.report.chapters if c.key == "crossings"]
    charts = [c for c in chapter.charts if ": " in c.title]
    assert len(charts) > 5
    for chart in charts:
        used = [rows[g.row_id] for f in chart.figures for g in f.grounds]
        assert len({(r["place_id"], r["metric"], r["mode"], r["direction"], r["unit_norm"]) for r in used}) == 1
        assert not [r for r in used if r["metric"] == "cargo" and r["place_id"] == "khorgos" and r["mode"] != "rail"]


def test_no_label_tells_a_whole_month_where_the_count_ends_within_it(uflpa):
    charts = [c for c in chapter(uflpa.report, "crossings").charts if c.figures]
    told = {text for c in charts for text in re.findall(r">([^<>]+)</text>", c.svg)}
    assert "1 Jan–5 Mar 2026" in told
    assert not told & {"Jan–Mar 2026", "Jan–Jun 2025", "Jan–Dec 2023"}


def test_stops_by_sector_are_those_of_the_latest_months_on_record(uflpa, observations):
    drawn = next(c for c in chapter(uflpa.report, "enforcement").charts if "by sector" in c.title)
    ends = {f.period_end for f in drawn.figures}
    rows = [r for r in observations.values() if r["metric"] == "shipments_denied" and r["sector"] and not r["origin"]]
    spans = {(r["period_start"], r["period_end"]) for r in rows if r["period_end"]}
    several = {s for s in spans if sum((r["period_start"], r["period_end"]) == s for r in rows) > 1}
    assert max(ends) == max(end for _, end in several)


def test_table_and_chart_of_a_partner_name_the_same_measures(uflpa):
    shifts = chapter(uflpa.report, "shifts")
    grid = next(g for g in shifts.grids if g.title.startswith("Wafers: who rose"))
    drawn = {c.title.removeprefix("Wafers to "): c.svg for c in shifts.charts if c.title.startswith("Wafers to ")}
    column = grid.headings.index("other measures that name it")
    for row in grid.rows:
        if row[0] in drawn:
            assert ("none by" in row[column]) == ('href="#rivals"' not in drawn[row[0]]), row[0]


def test_countries_stand_by_one_name_and_by_no_letters(uflpa):
    grid = next(g for g in chapter(uflpa.report, "shifts").grids if g.anchor == "rivals")
    assert not any(re.search(r"\b[A-Z]{3}\b", row[grid.headings.index("names")]) for row in grid.rows)
    printed = [e["title"] for e in load().tables["events"].to_pylist() if e["title"] and "Viet Nam" in e["title"]]
    html = uflpa.html
    for title in printed:  # a title stands as its publisher prints it
        html = html.replace(title, "")
    assert "Viet Nam" not in html
