"""Whose count a report is: offices that the packaged record does not name are no part of a count that it has."""

from __future__ import annotations

import pytest

from entrepot.corridors.series.quantities import KEY, counter_of, quantities
from entrepot.record.embedded import load


def counted(reporters):
    """Whose counts the cargo by road at Torugart is, with rows of 2024 by these reporters: counter -> their ids."""
    rows = load().tables["observations"].to_pylist()
    one = next(
        r
        for r in rows
        if (r["place_id"], r["metric"], r["mode"]) == ("torugart", "cargo", "road") and r["direction"] == "both"
    )
    mine = [
        one | {"id": f"u-{n}", "value_norm": 210_000.0 + n, "period_start": "2024-01-01", "period_end": "2024-12-31"}
        | {"reported_by": name, "yoy_pct": None, "superseded_by": None, "per": None}
        for n, name in enumerate(reporters)
    ]  # fmt: skip
    found = (q for q in quantities([*rows, *mine]) if q.key == tuple(one[k] for k in KEY))
    return {q.counter: [r["id"] for r in q.rows if r["id"].startswith("u-")] for q in found}


@pytest.mark.parametrize("name", ["Кыргызская таможня", "საბაჟო", "Example Customs", "የጉምሩክ ኮሚሽን"])
def test_an_office_that_no_packaged_row_names_is_a_count_of_its_own(name):
    found = counted([name])
    assert found[name] == ["u-0"]
    assert found["China's side"] == []


def test_one_office_in_capitals_and_in_small_letters_is_one():
    assert ["u-0", "u-1"] in counted(["EXAMPLE CUSTOMS", "Example Customs"]).values()


@pytest.mark.parametrize("name", ["Urumqi Customs", "urumqi customs", " URUMQI CUSTOMS"])
def test_an_office_of_a_known_count_is_of_it_however_written(name):
    assert counted([name])["China's side"] == ["u-0"]


@pytest.mark.parametrize("name", [None, "", "Xinhua", "China.org.cn"])
def test_nobody_and_the_press_join_the_count_with_most_reports(name):
    assert counted([name])["China's side"] == ["u-0"]
    assert counter_of({"reported_by": name}) == "counter not named"
