"""Unequal periods are never compared."""

import re

import pytest

from entrepot.brief.chapters import crossings, enforcement, shifts, trade_series, trade_totals
from entrepot.brief.context import Context
from entrepot.core import periods
from entrepot.core.engine import engine
from entrepot.measures.measure import measure
from entrepot.record.embedded import known


@pytest.fixture(scope="module")
def ctx(record, day):
    act = measure("uflpa")
    with engine(known(record, day).record.tables) as con:
        yield Context(con, act, day, act.brief)


def period(finding):
    return periods.span(finding.period_start, finding.period_end)


def test_an_implied_figure_is_of_the_same_stretch_a_year_before(ctx):
    rows = ctx.rows("corridors", "observations", places=list(ctx.focus.crossings), metrics=list(crossings.METRICS))
    compared = crossings._compared([r for r in rows if r["value_norm"] is not None and not r["per"]])
    assert len(compared) > 50
    for _, now, before in compared:
        assert periods.same_length(period(now), period(before)), now
        assert period(now).start.year - period(before).start.year == 1
        assert (now.subject, now.quantity, now.unit) == (before.subject, before.quantity, before.unit)


def test_both_windows_of_a_shift_are_the_same_quarters(ctx):
    for row in ctx.rows("trade", "span"):
        if row["product"] not in ctx.focus.flow_products:
            continue
        moved = shifts._moved(ctx, row)
        assert len(moved.shifts) > 30
        for shift in moved.shifts:
            for unit in ("capacity_mw", "value_usd", "net_kg"):
                pair = [f for f in shifts._pair(moved, shift, unit) if f]
                assert all((period(f).end.month, period(f).start.month) == (moved.months, 1) for f in pair), pair
                if len(pair) == 2:
                    assert periods.same_length(*map(period, pair))
                    assert period(pair[1]).start.year - period(pair[0]).start.year == ctx.focus.years_back


def test_a_shift_sums_the_quarters_of_its_window_and_says_how_much_was_reported(ctx, record):
    # by hand, from the table: a partner to which China reports cells in some of the nine months of 2023 only
    whole = {"2023-Q1", "2023-Q2", "2023-Q3"}
    rows = [r for r in record.tables["flows"].to_pylist() if r["product"] == "Cells" and r["period"] in whole]
    some = {r["partner_iso3"] for r in rows if r["months_reported"] < 3}
    partner = min(some)
    flows = [r for r in rows if r["partner_iso3"] == partner]
    (span,) = [r for r in ctx.rows("trade", "span") if r["product"] == "Cells"]
    moved = shifts._moved(ctx, span)
    before, _ = shifts._pair(moved, next(s for s in moved.shifts if s.iso3 == partner))
    assert before.number == pytest.approx(sum(r["capacity_mw"] for r in flows))
    assert (before.period_start, before.period_end) == ("2023-01-01", "2023-09-30")
    assert f"{sum(r['months_reported'] for r in flows)} of 9 months" in before.basis


def test_trade_totals_are_whole_years_of_one_statistics(ctx):
    drawn = 0
    for series in trade_series.series_of(ctx):
        rows, family, _ = trade_series.one_family(trade_series.rows_of(ctx, series))
        assert {r["family"] for r in rows} <= {family}
        for (currency, year), entry in trade_totals._years(rows).items():
            assert entry.row["family"] == family
            assert (entry.finding.unit, entry.finding.period_start[:4]) == (currency, str(year))
            assert period(entry.finding).precision == "year"
            drawn += 1
    assert drawn > 20


def test_a_share_is_of_one_year_one_currency_and_one_statistics(uflpa, record):
    rows = {r["id"]: r for r in record.tables["observations"].to_pylist()}
    family = {r["reported_by"]: r["family"] for r in record.tables["reporters"].to_pylist()}
    shares = uflpa.found(quantity="share of the total trade of the place")
    assert shares
    for share in shares:
        part, whole = sorted((rows[key] for _, key in uflpa.grounds[share["id"]]), key=lambda r: r["value_norm"])
        assert {r["unit_norm"] for r in (part, whole)} == {part["unit_norm"]}
        assert {r["period_start"] for r in (part, whole)} == {share["period_start"]}
        assert {r["period_end"] for r in (part, whole)} == {share["period_end"]}
        assert len({family.get(r["reported_by"], r["reported_by"]) for r in (part, whole)}) == 1
        assert share["value"] == pytest.approx(100 * part["value_norm"] / whole["value_norm"], abs=0.05)


@pytest.mark.parametrize("as_of", ["2023-07", "2024-02", "2024-12", "2025-05", "2026-11"])
def test_stops_worth_and_refusals_of_one_sentence_are_of_one_window(plain_brief, as_of):
    chapter = next(c for c in plain_brief(as_of=as_of).chapters if c.key == "enforcement")
    for sentence in (chapter.headline, *chapter.body):
        windows = {(f.period_start, periods.last_day(f.period_end)) for f in sentence.figures.values()}
        assert len(windows) <= 1, sentence
    assert "not that trade was rerouted" in enforcement.DECLARED


def test_figures_of_one_clause_are_of_one_period(uflpa):
    """A growth stands beside the figure of its own period."""
    for chapter in uflpa.report.chapters:
        for sentence in (chapter.headline, *chapter.body):
            for name in re.findall(r"\{g(\d+):signed\}", sentence.template if sentence else ""):
                now = sentence.figures.get(f"v{name}") or sentence.figures[f"n{name}"]
                grew = sentence.figures[f"g{name}"]
                assert (grew.period_start, grew.period_end) == (now.period_start, now.period_end)
                assert grew.grounds == now.grounds


@pytest.mark.parametrize("as_of", ["2012-06", "2016", "2019-06", "2020", "2021-06", "2022-06", "2026-11"])
def test_the_headline_of_the_crossings_agrees_with_its_figures(plain_brief, as_of):
    chapter = next(c for c in plain_brief(as_of=as_of).chapters if c.key == "crossings")
    if chapter.headline is None:
        return
    signs = {f.number > 0 for name, f in chapter.headline.figures.items() if name.startswith("g")}
    assert ("more cargo than a year before" in chapter.headline.template) == (signs == {True})


def test_a_quarter_without_a_capacity_ends_the_window_before_it(ctx, record):
    # Ember has no capacity of wafers for 2025-09: the windows are the first halves, and the chapter says so
    flows = [r for r in record.tables["flows"].to_pylist() if r["product"] == "Wafers"]
    unknown = {r["period"] for r in flows if r["capacity_mw"] is None}
    assert unknown == {"2025-Q3"}
    (span,) = [r for r in ctx.rows("trade", "span") if r["product"] == "Wafers"]
    assert (span["last_capacity"], span["last_period"]) == ("2025-Q2", "2025-Q3")
    assert shifts._moved(ctx, span).last_day == "2025-06-30"
    assert any("missing after Q2 2025" in m for m in shifts.chapter(ctx).missing)
    whole = ctx.rows("trade", "windows", quarters=[1, 2, 3], partners=[])
    third = {r["id"] for r in flows if r["period"] == "2025-Q3"}
    assert third
    for row in whole:  # a sum over the quarter has none
        assert (row["capacity_mw"] is None) == bool(third & set(row["ids"]))
