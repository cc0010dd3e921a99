"""The five questions of docs/corridors.md: what the page says is what the commands answer today."""

from pathlib import Path

import pytest

from entrepot.desk.desk import Desk

DAY = "2026-11-27"
PAGE = Path(__file__).parents[2] / "docs" / "corridors.md"
DEMAND = PAGE.parent / "examples" / "demand.csv"
ROAD = {"modes": ["road"]}
# How the row of the page begins -> what is asked
ASKED = {
    "Urumqi to Karachi by road in January": ("Urumqi", "Karachi", ROAD | {"month": 1}),
    "the same with Khunjerab closed": ("Urumqi", "Karachi", ROAD | {"close": ["khunjerab"]}),
    "Kashgar to Tashkent, with and without Torugart": ("Kashgar", "Tashkent", ROAD | {"close": ["torugart"]}),
    "Xi'an to Duisburg by rail": ("Xi'an", "Duisburg", {"modes": ["rail"]}),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


@pytest.mark.parametrize("question", ASKED)
def test_the_page_says_what_the_command_answers(desk, question):
    (line,) = [x for x in PAGE.read_text(encoding="utf-8").splitlines() if x.startswith(f"| {question} |")]
    km, hours, assumed_km, assumed_hours = (c.strip() for c in line.strip("|").split("|")[2:])
    start, end, options = ASKED[question]
    best = desk.corridor_route(start, end, as_of=DAY, **options).to_pylist()[0]
    assert km == f"{best['km']:,.0f}"
    assert hours == f"{best['hours']:,.0f}"
    assert assumed_km == f"{best['assumed_km_percent']:.0f} %"
    assert assumed_hours == f"{best['assumed_hours_percent']:.0f} %"


def test_a_day_of_which_no_report_tells_is_said(desk):
    told = {year: desk.corridor_route("Kashgar", "Islamabad", as_of=f"{year}-01-01").notes for year in (1950, 2026)}
    assert any("by reports later than 1950 only" in note for note in told[1950])
    assert not any("later than" in note for note in told[2026])


def test_khorgos_capped_and_alashankou_full_are_as_the_page_says(desk):
    pytest.importorskip("highspy", reason="the extra routes is not installed")
    rows = desk.corridor_flow(DEMAND, cap=["khorgos:road=650/day"], as_of=DAY).to_pylist()
    told = {(r["via"][2], round(r["carried"]), round(r["hours"])) for r in rows if r["line"] == 1}
    assert told == {("khorgos", 650, 108), ("bakhty", 250, 114)}
    rows = desk.corridor_flow(DEMAND, cap=["alashankou:rail=5 trains/day"], as_of=DAY).to_pylist()
    by = {
        place: sum(r["carried"] for r in rows if r["line"] == 4 and place in r["via"])
        for place in ("alashankou", "khorgos")
    }
    assert by == {"alashankou": pytest.approx(5 * 55), "khorgos": pytest.approx(55)}


def test_every_answer_says_what_of_it_is_assumed_and_what_hangs_on_what(desk):
    told = desk.corridor_route("Urumqi", "Karachi", modes=["road"], close=["khunjerab"], as_of=DAY)
    notes = " ".join(told.notes)
    for row in told.to_pylist()[1:]:
        assert f"route {row['rank']} {row['assumed_km_percent']:.0f} % of the km" in notes
    assert "hairatan: the only way; torkham: the only way" in notes


def test_a_flow_says_what_of_it_is_assumed_and_that_a_cap_is_on_record(desk):
    pytest.importorskip("highspy", reason="the extra routes is not installed")
    told = desk.corridor_flow(DEMAND, cap=["khorgos:road=650/day"], as_of=DAY)
    ways = [r for r in told.to_pylist() if r["via"]]
    assert all(0 <= r["assumed_km_percent"] <= 100 and 0 <= r["assumed_hours_percent"] <= 100 for r in ways)
    # the same way as a route has the same shares: Xi'an to Duisburg by rail
    (rail,) = [r for r in ways if r["line"] == 4]
    best = desk.corridor_route("Xi'an", "Duisburg", modes=["rail"], as_of=DAY).to_pylist()[0]
    assert rail["assumed_hours_percent"] == best["assumed_hours_percent"]
    assert any("khorgos, road at 650 a day already (R081)" in n for n in told.notes)
    hours = sum(r["carried"] * r["hours"] for r in ways)
    ours = sum(r["carried"] * r["hours"] * r["assumed_hours_percent"] / 100 for r in ways)
    (share,) = [n for n in told.notes if n.startswith("Of the km of all loads that go")]
    assert float(share.rstrip(" %.").split()[-1]) == pytest.approx(100 * ours / hours, abs=0.6)


def test_the_page_shows_every_report_that_is_apart_from_the_sum_of_its_links(desk):
    rows = desk.corridor_network(check_sums=True, as_of=DAY).to_pylist()
    apart = {r["id"]: r for r in rows if r["verdict"] in {"printed wrong", "link wrong", "other way", "either"}}
    page = [x for x in PAGE.read_text(encoding="utf-8").splitlines() if x.startswith("| A")]
    shown = {cells[0]: cells for cells in ([c.strip() for c in x.strip("|").split("|")] for x in page)}
    assert shown.keys() == apart.keys()
    for key, (_, _, printed, _, difference, verdict, why) in shown.items():
        row = apart[key]
        assert (printed, verdict, why) == (f"{row['printed_km']:,.0f}", row["verdict"], row["reason"])
        assert difference == ("–" if row["sum_km"] is None else f"{row['difference_percent']:+.1f} %")
