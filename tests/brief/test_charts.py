"""Charts: the same drawing on every machine and every run, marks at their days, names, sources inside."""

import itertools
import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.brief.chapters import crossings
from entrepot.brief.charts import canvas, in_rows, over_time, partners_map
from entrepot.brief.charts.canvas import PHONE, WIDE, Head

AMOUNTS = st.floats(min_value=1e-3, max_value=1e12)


def row(day, value, **more):
    return {
        "date": day,
        "value": value,
        "said": f"{day}: {value}",
        "href": f"#f-{day}",
        "label": "",
        "kind": "one",
    } | more


def quarterly(code=lambda _: "a"):
    days = [f"{y}-{m:02}-15" for y in (2021, 2022, 2023) for m in (2, 5, 8, 11)]
    return [row(d, i + 1.0, code=code(d)) for i, d in enumerate(days)]


MARKED = [
    {"date": "2022-06-21", "name": "An act takes effect", "href": "#rivals"},
    {"date": "2022-07-01", "name": "Another act", "href": ""},
]
DRAWN = {
    "quarters": lambda w: over_time.quarters(quarterly(), Head("T", "MW", w), MARKED, []),
    "band": lambda w: over_time.band(
        quarterly(), [r | {"low": 1, "high": 4} for r in quarterly()[-3:]], Head("T", "USD", w), MARKED, "2020-01-01"
    ),
    "years": lambda w: over_time.years(
        [row("", v, year=y, kind=k) for y, v, k in ((2021, 3, "implied"), (2023, 5, "reported"))],
        Head("T", "billion USD", w), MARKED,
    ),
    "cumulative": lambda w: over_time.cumulative(quarterly(), Head("T", "shipments", w)),
    "steps": lambda w: over_time.steps(quarterly(), Head("T", "entities", w), MARKED),
    "timeline": lambda w: over_time.timeline([r | {"name": "law"} for r in quarterly()], Head("T", "", w), ("one",)),
    "bars": lambda w: in_rows.bars([row("", 3, name="A & <B>", label="3 t")], Head("T", "t", w)),
    "pairs": lambda w: in_rows.pairs(
        [{"name": "A", "before": 10, "after": 2000, "before_href": "#f-a", "after_href": "#f-b", "before_said": "",
          "after_said": ""}], Head("T", "t", w), ("2021", "2022"), log=True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_chart_is_the_same_text_each_time_and_as_wide_as_asked(name, width):
    drawn = DRAWN[name](width)
    assert drawn == DRAWN[name](width)
    assert f'width="{width}"' in drawn[:300]
    assert "<style" not in drawn, "a style inside a page is one for all of it"
    assert " id=" not in drawn
    places = [float(x) for x in re.findall(r'<(?:circle|rect)[^>]* c?x="([-\d.]+)"', drawn)]
    assert all(0 <= x <= width for x in places)


def points(drawn):
    return {m[1]: float(m[2]) for m in re.finditer(r'href="#f-([\d-]+)"[^>]*><circle cx="([\d.]+)"', drawn)}


@pytest.mark.parametrize("name", ["quarters", "cumulative", "steps"])
def test_days_lie_in_proportion(name):
    found = points(DRAWN[name](WIDE))
    days = {d: date.fromisoformat(d).toordinal() for d in found}
    (a, b), (c, d) = sorted(found)[:2], sorted(found)[-2:]
    per_day = (found[d] - found[a]) / (days[d] - days[a])
    assert per_day > 0
    for day in (b, c):
        assert abs(found[a] + per_day * (days[day] - days[a]) - found[day]) < 0.2


def test_a_quarter_stands_at_its_middle():
    assert over_time.middle("2023-01-01", "2023-03-31") == "2023-02-14"
    assert over_time.middle("2024-07-01", "2024-09-30") == "2024-08-15"


def test_measures_stand_by_name_and_month_and_by_no_letter():
    drawn = DRAWN["quarters"](PHONE)
    words = re.findall(r">([^<>]+)</text>", drawn)
    assert {"Jun 2022", "Jul 2022", "Jun 2022: An act takes effect", "Jul 2022: Another act"} <= set(words)
    assert not [w for w in words if re.fullmatch(r"[A-Z]", w) and w != "T"]


def test_months_that_are_near_stand_one_above_the_other():
    above = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(Jun|Jul) 2022</text>', DRAWN["quarters"](PHONE))
    assert len({y for _, y, _ in above}) == 2


def test_a_line_never_joins_two_codes_and_the_break_is_marked():
    rows = quarterly(lambda day: "old" if day < "2022" else "new")
    drawn = over_time.quarters(rows, Head("T", "MW", PHONE), [], ["2022-01-01"])
    joined = over_time.quarters(quarterly(), Head("T", "MW", PHONE), [], [])
    lines = [len(re.findall("L", d)) for d in re.findall(r'<path d="(M[^"Z]*)" fill="none"', drawn)]
    assert sum(lines) == len(rows) - 2
    assert "another code of the tariff" in drawn
    assert "another code" not in joined


def test_a_column_stands_in_the_middle_of_its_year():
    drawn = DRAWN["years"](WIDE)
    named = {m[2]: float(m[1]) for m in re.finditer(r'<text x="([\d.]+)"[^>]*>(20\d\d)</text>', drawn)}
    columns = [(float(x) + float(w) / 2) for x, w in re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', drawn)]
    assert [round(c) for c in columns] == [round(named["2021"]), round(named["2023"])]


@given(AMOUNTS)
def test_an_axis_begins_at_zero_holds_the_highest_and_is_marked_evenly(high):
    marked = canvas.ticks(high)
    assert marked[0] == 0
    assert high <= marked[-1] * (1 + 1e-9)
    assert 2 <= len(marked) <= 6
    steps = [b - a for a, b in itertools.pairwise(marked)]
    assert max(steps) - min(steps) <= 1e-6 * marked[-1]


@pytest.mark.parametrize(("value", "said"), [(0, "0"), (1500, "1.5k"), (60e6, "60m"), (2e9, "2bn"), (0.25, "0.25")])
def test_values_of_an_axis_are_short(value, said):
    assert canvas.short(value) == said


@pytest.mark.parametrize("name", DRAWN)
def test_the_source_is_inside_the_picture_and_covers_nothing(name):
    bare = DRAWN[name](PHONE)
    drawn = canvas.with_source(
        bare, "Ember; China Customs & others, of a name that goes on over more than one line of it"
    )
    assert "Source: Ember; China Customs &amp; others" in drawn
    height = float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', bare)[1])
    grown = float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', drawn)[1])
    lines = [float(y) for y in re.findall(r'<text x="0" y="([\d.]+)"', drawn[len(bare) - 6 :])]
    assert len(lines) > 1
    assert all(height < y < grown for y in lines)


def test_text_in_a_chart_is_escaped_and_only_findings_are_linked():
    drawn = DRAWN["bars"](PHONE)
    assert "A &amp; &lt;B&gt;" in drawn
    assert set(re.findall(r'href="([^"]*)"', drawn)) == {"#f-"}


def test_two_reports_of_one_period_share_a_line_inside_the_frame():
    rows = [
        {"name": n, "before": b, "after": 2 * b, "before_href": "#a", "after_href": "#b", "before_said": "",
         "after_said": ""}
        for n, b in (("2025", 10), ("2025", 11), ("2024", 5))
    ]  # fmt: skip
    drawn = in_rows.pairs(rows, Head("Irkeshtam", "vehicles", PHONE), ("before", "now"))
    heights = [float(y) for y in re.findall(r'href="#[ab]"[^>]*><circle [^>]*cy="([\d.]+)"', drawn)]
    assert len(heights) == 6
    assert len(set(heights)) == 2


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-01-01", "2026-03-05", "1 Jan–5 Mar 2026"),
        ("2025-01-01", "2025-06-04", "1 Jan–4 Jun 2025"),
        ("2023-01-01", "2023-12-02", "1 Jan–2 Dec 2023"),
        ("2024-04-01", "2024-10-31", "Apr–Oct 2024"),
        ("2024-02", "2024-02", "Feb 2024"),
        ("2023-11-01", "2024-02-29", "Nov 2023–Feb 2024"),
        ("2023-11-10", "2024-02-29", "10 Nov 2023–29 Feb 2024"),
        ("2023", "2023", "2023"),
        ("2023-05-01", "2023-05-01", "1 May 2023"),
    ],
)
def test_a_period_that_ends_within_a_month_says_its_day(start, end, said):
    assert crossings._short({"period_start": start, "period_end": end}) == said


def test_a_logarithmic_axis_has_no_zero_and_each_mark_is_ten_times_the_last():
    some = [{"name": n, "before": a, "after": b, "before_href": "#f-a", "after_href": "#f-b", "before_said": "",
             "after_said": ""} for n, a, b in (("A", 4.0, 2000.0), ("B", 0, 30_000.0))]  # fmt: skip
    drawn = in_rows.pairs(some, Head("T", "MW", PHONE), ("2021", "2022"), log=True)
    axis = re.search(r'<path d="[^"]*" stroke="#e7ebee"/><g [^>]*>(.*?)</g>', drawn)[1]
    marked = [float(m.replace(",", "")) for m in re.findall(r">([\d,]+)<", axis)]
    assert marked[0] == 1
    assert all(b == 10 * a for a, b in itertools.pairwise(marked))
    assert drawn.count("#f-a") == 1, "nothing has no place on it"


def test_a_long_name_stands_in_lines_and_is_not_cut():
    name = "automotive and aerospace, apparel, footwear, textiles"
    one = [row("", 3, name=name, label="3 t")]
    two = [{"name": name, "before": 10, "after": 20, "before_href": "", "after_href": "", "before_said": "",
            "after_said": ""}]  # fmt: skip
    held = [{"name": name * 2, "start": "2020-01-01", "end": "", "state": "in_force", "said": "", "href": "#f-a"}]
    for drawn in (
        in_rows.bars(one, Head("T", "t", PHONE)),
        in_rows.pairs(two, Head("T", "t", PHONE), ("2021", "2022")),
        over_time.spans(held, Head("T", "", PHONE), "2022-01-01"),
    ):
        assert "…" not in drawn
        assert name in " ".join(re.findall(r">([^<>]+)</text>", drawn))


def test_parts_of_one_measure_are_told_apart_and_a_month_at_the_edge_ends_there():
    act = "A finding and a waiver"
    marked = [{"date": d, "act": act, "name": n, "href": "#rivals"}
              for d, n in (("2022-06-06", "Waiver"), ("2023-08-18", "Finding"), ("2023-11-14", "Ruling"))]  # fmt: skip
    drawn = over_time.quarters(quarterly(), Head("T", "MW", PHONE), marked, [])
    said = " ".join(re.findall(r">([^<>]+)</text>", drawn))
    assert f"{act}: Jun 2022, Waiver; Aug 2023, Finding; Nov 2023, Ruling" in said
    at, looks = re.search(r'<text x="([\d.]+)"([^>]*)>Nov 2023<', drawn).groups()
    assert "end" in looks or float(at) + 8 * 7.5 / 2 <= PHONE


_SPOTS = st.tuples(
    st.floats(-170, 175), st.floats(-55, 70), st.sampled_from(["Chad", "Viet Nam", "Netherlands"]), st.booleans()
)


@given(st.lists(_SPOTS, min_size=1, max_size=10), st.sampled_from([PHONE, WIDE]))
def test_no_label_of_a_map_is_cut_at_its_top_or_bottom(spots, width):
    points = [
        {"lon": lon, "lat": lat, "label": label, "size": 1 + n, "hub": hub, "moved": "more than expected"}
        | {"said": label, "href": "#x"}
        for n, (lon, lat, label, hub) in enumerate(spots)
    ]
    picture = partners_map.drawn(points, [], Head("", "", width), titled=False)
    top, tall = map(
        float, re.search(r'<clipPath[^>]*><rect[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"', picture).groups()
    )
    lines = [float(y) for y in re.findall(r'<text x="[-\d.]+" y="([-\d.]+)"[^>]*stroke="#fff"', picture)]
    # The base of a line of 11 px has the letters' nine above it and three below.
    assert all(top + 9 <= y <= top + tall - 3 for y in lines)


def _apart(box, circle):
    """Px between a box of letters and the edge of a circle, by sampling the box's border and inside."""
    left, top, right, bottom = box
    cells = [(left + (right - left) * i / 40, top + (bottom - top) * j / 8) for i in range(41) for j in range(9)]
    return min(math.dist(p, circle[:2]) for p in cells) - circle[2]


@given(st.lists(_SPOTS, min_size=1, max_size=10, unique_by=lambda s: s[:2]), st.sampled_from([PHONE, WIDE]))
def test_a_name_on_a_map_stands_at_its_own_circle_and_is_whole(spots, width):
    points = [
        {"lon": lon, "lat": lat, "label": f"{label} {n}", "size": 1 + n, "hub": False, "moved": "more than expected"}
        | {"said": label, "href": f"#x{n}"}
        for n, (lon, lat, label, _) in enumerate(spots)
    ]
    picture = partners_map.drawn(points, [], Head("", "", width), titled=False)
    circles = {
        int(n): (float(x), float(y), float(r))
        for n, x, y, r in re.findall(
            r'<a href="#x(\d+)"[^>]*><circle cx="([-\d.]+)" cy="([-\d.]+)" r="([\d.]+)"', picture
        )
    }
    named = re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)"([^>]*)stroke="#fff"[^>]*>[^<]* (\d+)<', picture)
    for x, y, looks, n in named:
        label = points[int(n)]["label"]
        wide = 5.5 * len(label)  # px: Liberation Sans of 11 px, the narrowest font of the page
        left = float(x) - (wide if "end" in looks else wide / 2 if "middle" in looks else 0)
        box = (left, float(y) - 9, left + wide, float(y) + 2)
        away = {k: _apart(box, c) for k, c in circles.items()}
        largest = int(n) == len(spots) - 1  # named even where no place is nearer to it than to another
        assert largest or min(away, key=away.get) == int(n), (label, away)
        assert away[int(n)] < 8
        assert left >= 0
        assert left + wide <= width


def test_the_largest_stands_where_it_is_nearest_to_its_own_circle_of_the_places_that_are_left():
    # Another circle lies right of the largest: a name straight to its right would begin within it
    spots = {"One": (39, 2), "Two": (1, 2), "Three": (4, 1), "Four": (3, -20), "Five": (4, 1), "Six": (40, 30)}
    spots["The largest"] = (3, 1)
    points = [
        {"lon": lon, "lat": lat, "label": name, "size": 1 + n, "hub": False}
        for n, (name, (lon, lat)) in enumerate(spots.items())
    ]
    (found,) = (p for p in partners_map.placed(points, PHONE) if p["label"] == "The largest")
    assert found["dy"], "straight beside it"


def test_who_rose_beyond_chance_is_named_before_others_and_whole_at_the_edge():
    # Five places of Europe within a few pixels of one another, and one found at the eastern edge of the map
    places = {"Spain": (-4, 40), "France": (2, 46), "UK": (-2, 54), "Belgium": (4, 51), "Atlantis": (175, 47)}
    points = [
        {"lon": lon, "lat": lat, "label": name, "size": 9 if name == "UK" else 1, "hub": name == "Atlantis"}
        | {"moved": "more than expected", "said": name, "href": "#x"}
        for name, (lon, lat) in places.items()
    ]
    found = {p["label"]: p for p in partners_map.placed(points, PHONE) if p["label"]}
    assert next(iter(found)) == "Atlantis"
    lost = set(places) - set(found)
    assert lost <= {"Spain", "France", "UK", "Belgium"}
    assert len(found) < len(places), "where there is no room a name is left out"


def test_of_two_found_in_one_spot_both_are_named():
    twins = [
        {"lon": 10.0 + i / 10, "lat": 50.0, "label": f"Twin {i}", "size": 1, "hub": True, "said": "", "href": "#x"}
        for i in range(2)
    ]
    assert {p["label"] for p in partners_map.placed(twins, PHONE)} == {"Twin 0", "Twin 1"}
