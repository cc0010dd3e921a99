"""Effects of events: what can be told, what cannot, and that nothing is found where nothing happened."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.corridors.effects.dated_event import DatedEvent, dated_event
from entrepot.corridors.effects.effect_rows import effect_rows
from entrepot.corridors.series.quantities import quantities
from entrepot.record.embedded import load

ROW = dict.fromkeys(("sector", "origin", "per", "yoy_pct", "superseded_by")) | {
    "place_id": "nowhere", "place": "Nowhere", "place_type": "crossing", "partner": "Elsewhere", "mode": "road",
    "direction": "both", "metric": "cargo", "unit": "t", "unit_norm": "tonnes", "bound": "exact", "status": "reported",
    "reported_by": "Khorgos Customs", "quality": "good", "known_on": "2025-01-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def record():
    tables = load().tables
    return {name: tables[name].to_pylist() for name in ("experiments", "events", "observations", "places")}


def months(year, values, first=1):
    """A print a month."""
    out = []
    for number, value in enumerate(values, first):
        month = f"{year}-{number:02d}"
        told = {"value": value, "value_norm": value, "period_start": month, "period_end": month}
        out.append(ROW | told | {"id": f"O{year % 100}{number:02d}", "source_id": f"s-{month}"})
    return out


def ask(record, event_id):
    held = quantities(record["observations"])
    return list(effect_rows(dated_event(event_id, record["experiments"], record["events"]), held, {}))


def test_the_winter_opening_of_khunjerab_is_told(record):
    (row,) = ask(record, "N003")
    assert (row["state"], row["expected"]) == ("estimated", 0.0)
    assert (row["period_start"], row["period_end"]) == ("2024-12", "2025-03")
    assert row["low"] > 12_432  # O0006 prints as much for 1 January to 27 March alone
    assert row["high"] < 3 * 12_432
    assert row["placebos"] >= 5
    assert row["placebos_as_far"] == 0
    assert "April 2025" in row["settles"]


@pytest.mark.parametrize("event_id", ["N006", "N011"])
def test_what_the_record_does_not_allow_is_said_with_what_would_settle_it(record, event_id):
    rows = ask(record, event_id)
    assert {r["state"] for r in rows} == {"not_identifiable"}
    assert {r["difference"] for r in rows} == {None}
    assert all(r["settles"] and r["basis"].startswith("not identifiable from the record: ") for r in rows)


def test_a_planted_fall_is_found_and_none_where_nothing_happened():
    calm = [100.0, 104.0, 98.0, 101.0, 99.0, 103.0, 97.0, 102.0, 100.0, 98.0, 101.0, 99.0]
    cut = [*calm[:6], 20.0, 21.0, *calm[8:]]
    event = DatedEvent("N000", "a blockade", ("nowhere",), date(2024, 7, 1), date(2024, 8, 31))
    (fallen,) = effect_rows(event, quantities([*months(2023, calm), *months(2024, cut)]), {})
    assert fallen["low"] < 41 - 202 < fallen["high"]  # what was planted, of what passes in two calm months
    assert fallen["high"] < -100
    assert fallen["placebos_as_far"] == 0
    (still,) = effect_rows(event, quantities([*months(2023, calm), *months(2024, calm)]), {})
    assert still["low"] < 0 < still["high"]


def test_an_event_without_a_report_says_so():
    event = DatedEvent("N000", "a blockade", ("nowhere",), date(2030, 7, 1), date(2030, 8, 31))
    (row,) = effect_rows(event, quantities(months(2023, [100.0])), {})
    assert "no report covers it" in row["basis"]
    (row,) = effect_rows(event, [], {})
    assert "no amount of it is reported" in row["basis"]


def test_events_are_found_by_either_table(record):
    assert dated_event("E020", record["experiments"], record["events"]).id == "N001"  # a month apart, one closure
    assert dated_event("E091", record["experiments"], record["events"]).id == "N013"
    with pytest.raises(UnknownNameError, match="record experiments"):
        dated_event("N999", record["experiments"], record["events"])
    homeless = next(e["id"] for e in record["events"] if not e["place_id"])
    with pytest.raises(BadInputError, match="names no place"):
        dated_event(homeless, record["experiments"], record["events"])
