"""The SQL steps of the corridors on a few rows made by hand."""

from datetime import date

import pytest

from entrepot.core import contract, engine
from entrepot.corridors.contract import EXPERIMENTS, OBSERVATIONS, REPORTERS
from entrepot.sources.contract import SOURCES
from entrepot.vocabulary.contract import PLACES

PLACE = {"place_id": "p", "name": "P", "kind": "crossing", "source_id": "s-1"}
ROW = {
    "place_id": "p", "place": "P", "place_type": "crossing", "mode": "all", "direction": "both",
    "metric": "trade_value", "unit": "billion USD", "unit_norm": "USD", "bound": "exact", "status": "reported",
    "period_start": "2023-01-01", "period_end": "2023-12-31", "source_id": "s-1", "quality": "good",
    "known_on": "2024-01-15", "known_on_basis": "published",
}  # fmt: skip
BILLION = 1e9
PRINTERS = [
    {"source_id": i, "publisher": who, "title": "", "source_kind": "original", "url_basis": "none"}
    for i, who in (("s-1", "A Daily"), ("s-2", "B Agency"), ("s-3", "A Daily"))
]


def printed(number, value, **more):
    """An observation of so many billions of dollars."""
    return ROW | {"id": f"O{number:04}", "value": value, "value_norm": value * BILLION} | more


def rows_of(step, *observations, **parameters):
    tables = {
        "observations": contract.table(OBSERVATIONS, list(observations)),
        "places": contract.table(PLACES, [PLACE]),
        "reporters": contract.table(REPORTERS, []),
        "sources": contract.table(SOURCES, PRINTERS),
    }
    with engine.engine(tables) as con:
        return engine.rows(con, engine.step("entrepot.corridors", step), parameters)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ((14.0, "exact"), (13.7, "exact"), False),  # "14 billion" holds 13.7
        ((14.0, "exact"), (13.4, "exact"), True),
        ((24.2, "exact"), (24.0, "exact"), False),
        ((24.25, "exact"), (24.2, "exact"), False),
        ((24.26, "exact"), (24.2, "exact"), True),
        ((44.0, "about"), (43.6, "exact"), False),
        ((44.0, "about"), (30.1, "exact"), True),
        ((31.0, "at_least"), (35.0, "exact"), False),
        ((31.0, "at_least"), (30.6, "exact"), False),
        ((31.0, "at_least"), (24.1, "exact"), True),
        ((31.0, "at_most"), (24.1, "exact"), False),
        ((31.0, "at_most"), (35.0, "exact"), True),
        ((31.0, "at_most"), (20.0, "at_least"), False),
    ],
)
def test_two_reports_contradict_each_other_where_their_ranges_do_not_meet(one, other, contradict):
    pair = printed(1, one[0], bound=one[1]), printed(2, other[0], bound=other[1])
    assert bool(rows_of("disagreements", *pair)) == contradict
    turned = printed(1, other[0], bound=other[1]), printed(2, one[0], bound=one[1])
    assert bool(rows_of("disagreements", *turned)) == contradict


@pytest.mark.parametrize(
    "change",
    [
        {"period_end": "2023-11-30"}, {"mode": "rail"}, {"direction": "in"}, {"unit_norm": "CNY"},
        {"partner": "Kazakhstan"}, {"metric": "cargo"}, {"per": "year"}, {"status": "forecast"},
        {"sector": "Cotton"}, {"origin": "Vietnam"},
    ],
)  # fmt: skip
def test_reports_of_two_things_do_not_contradict_each_other(change):
    assert rows_of("disagreements", printed(1, 30.0), printed(2, 20.0))
    assert not rows_of("disagreements", printed(1, 30.0), printed(2, 20.0, **change))


@pytest.mark.parametrize("step", ["disagreements", "observations"])
def test_a_row_stands_until_the_one_that_replaces_it_is_known(step):
    """On an earlier day the record is given without the later row, and the first print must not be lost with it."""
    given = {"places": ["p"], "metrics": []} if step == "observations" else {}
    first, other, later = printed(1, 30.0, superseded_by="O0003"), printed(2, 20.0), printed(3, 20.0)
    then = {r["id"] for r in rows_of(step, first, other, **given)}
    now = {r["id"] for r in rows_of(step, first, other, later, **given)}
    assert "O0001" in then
    assert "O0001" not in now


def test_observations_are_those_of_the_places_and_metrics_in_order_of_period():
    found = rows_of(
        "observations",
        printed(1, 3.0, period_start="2024-01-01", period_end="2024-12-31"),
        printed(2, 2.0),
        printed(3, 1.0, metric="cargo"),
        places=["p"],
        metrics=["trade_value"],
    )
    assert [r["id"] for r in found] == ["O0002", "O0001"]


@pytest.mark.parametrize(
    ("day", "known"),
    [("2019-12-31", []), ("2020-01-01", ["N001"]), ("2024-11-30", ["N001"]), ("2024-12-01", ["N001", "N002", "N003"])],
)
def test_interruptions_are_those_that_had_begun(day, known):
    rows = [
        {"id": f"N00{n}", "date_start": begun, "place_id": ["p"], "kind": "closure", "event": "E", "source_id": "s-1"}
        for n, begun in enumerate(("2020", "2024-12", "2024-12-01"), 1)
    ]
    with engine.engine({"experiments": contract.table(EXPERIMENTS, rows)}) as con:
        found = engine.rows(con, engine.step("entrepot.corridors", "interruptions"), {"as_of": date.fromisoformat(day)})
    assert [r["id"] for r in found] == known


def test_whose_count_nobody_names_is_taken_for_that_of_who_printed_it_and_of_no_other():
    one, other, again, named = (
        printed(1, 30.0),
        printed(2, 20.0, source_id="s-2"),
        printed(3, 25.0, source_id="s-3"),
        printed(4, 25.0, source_id="s-2", reported_by="Customs"),
    )
    found = rows_of("observations", one, other, again, named, places=["p"], metrics=[])
    family = {r["id"]: r["family"] for r in found}
    assert family["O0001"] == family["O0003"] == "A Daily"
    assert family["O0002"] == "B Agency"
    assert family["O0004"] == "Customs"
