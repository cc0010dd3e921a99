"""Attacks and closures as rates: against published rates, other implementations, and the record itself."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.risk.contract import HAZARD_CORRIDORS, HAZARD_EVENTS, KINDS
from entrepot.corridors.risk.hazard_counts import Shut, wait
from entrepot.corridors.risk.hazards import hazards
from entrepot.corridors.risk.hours_lost import hours_lost, of_way
from entrepot.corridors.risk.pooled_rates import alone, change, pooled
from entrepot.desk.corridor_risk import known_by
from entrepot.desk.desk import Desk
from entrepot.record.embedded import load

# Failures and thousands of hours of ten pumps of a power station: Gaver and O'Muircheartaigh (1987), table 2.
PUMPS = ((5, 1, 5, 14, 3, 19, 1, 1, 4, 22), (94.3, 15.7, 62.9, 126, 5.24, 31.4, 1.05, 1.05, 2.1, 10.5))
# Means under the hierarchy of George, Makov and Smith (1993), as printed in the BUGS examples.
PUBLISHED = (0.0598, 0.1015, 0.0892, 0.1161, 0.6016, 0.6095, 0.8910, 0.8940, 1.588, 1.994)


@pytest.fixture(scope="module")
def record():
    return load()


@pytest.fixture(scope="module")
def found(record):
    return hazards(known_by(record, date(2026, 11, 27)))


def of(found, corridor, kind, by="record"):
    return next(h for h in found if (h.count.corridor["corridor_id"], h.count.kind, h.count.by) == (corridor, kind, by))


def test_rates_of_the_pumps_are_the_published():
    prior, rates = pooled(*PUMPS)
    # A tenth: the published means stand under other priors of the hierarchy, exponential and gamma(0.1, 1).
    assert [r.mean for r in rates] == pytest.approx(PUBLISHED, rel=0.1)
    assert all(r.low < p < r.high for r, p in zip(rates, PUBLISHED, strict=True))
    # The best gamma is between the steps of the grid: shape and scale by maximum likelihood, by scipy.
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    def misfit(at):
        shape, scale = np.exp(at)
        return -sum(nbinom.logpmf(n, shape, scale / (scale + t)) for n, t in zip(*PUMPS, strict=True))

    shape, scale = np.exp(minimize(misfit, (0.0, 0.0), method="Nelder-Mead").x)
    assert prior.years == pytest.approx(scale, rel=0.3)
    assert prior.mean == pytest.approx(shape / scale, rel=0.3)


@pytest.mark.parametrize(("events", "years"), [(0, 9.9), (1, 5.2), (14, 3.9), (200, 1.0)])
def test_a_count_alone_has_the_interval_of_its_gamma(events, years):
    from scipy.stats import gamma

    ends = gamma.ppf((0.025, 0.975), events + 0.5, scale=1 / years)
    found = alone(events, years)
    if not events:
        ends[0] = 0.0  # that nothing can happen is not excluded
    # A step of the grid is 1.3 percent, and it begins at a millionth of the rate.
    assert (found.low, found.high) == pytest.approx(ends, rel=0.03, abs=1e-4 / years)
    assert found.mean == pytest.approx((events + 0.5) / years)


def test_a_change_has_the_interval_of_its_beta():
    from scipy.stats import beta

    shares = beta.ppf((0.5, 0.025, 0.975), 11.5, 5.5)
    found = change((5, 4.0), (11, 8.0))
    assert (found.mean, found.low, found.high) == pytest.approx(tuple(s / (1 - s) / 2 for s in shares), rel=1e-3)


def test_stated_intervals_hold_what_they_state():
    """Rates drawn from gammas of several shapes: 95 of 100 hold.

    Thirteen rates share a prior, so 45 draws of it leave nearly two points of chance: five points are allowed.
    """
    drawn = np.random.default_rng(5)
    held = told = 0
    for shape, mean in [(0.4, 0.15), (1.0, 0.3), (4.0, 0.5)] * 15:
        rates = drawn.gamma(shape, mean / shape, 13)
        counts = drawn.poisson(rates * 9.9)
        if counts.sum():
            intervals = pooled(counts.tolist(), [9.9] * 13)[1]
            held += sum(i.low <= r <= i.high for i, r in zip(intervals, rates, strict=True))
            told += len(rates)
    assert 0.90 <= held / told <= 0.99


def test_every_attack_and_closure_of_the_record_is_judged(record):
    rows = packaged_rows(HAZARD_EVENTS)
    judged = {r["event_id"] for r in rows}
    events = {r["id"]: r for r in record.tables["events"].to_pylist()}
    told = {i for i, r in events.items() if r["kind"] in {"attack", "closure"} and r["status"] == "occurred"}
    kinds = {"closure", "blockade", "dispute", "cap"}
    shutting = {r["id"] for r in record.tables["experiments"].to_pylist() if r["kind"] in kinds}
    assert not (told | shutting) - judged
    known = events.keys() | {r["id"] for r in record.tables["experiments"].to_pylist()}
    assert judged <= known
    corridors = {r["corridor_id"]: r for r in packaged_rows(HAZARD_CORRIDORS)}
    for row in rows:
        again = events.get(row["event_id"], {}).get("same_as")
        assert not again or row["counts"] == "no"  # what the record calls another report is no second event
        if row["counts"] == "yes":
            assert row["kind"] in corridors[row["corridor_id"]]["kinds"]
    assert min(r["date"] for i, r in events.items() if i in told) >= "2017"  # why counting begins there


def test_the_whole_is_the_sum_of_its_stretches_and_less_than_the_office_counts(found):
    whole = of(found, "pakistan", "attack").count
    parts = [h.count for h in found if h.count.corridor["part_of"] == "pakistan" and h.count.kind == "attack"]
    assert whole.number == sum(p.number for p in parts)
    office = next(h for h in found if h.count.by == "NACTA").count
    own = [e for e in whole.events if office.first <= e.day <= office.last]
    assert (office.number, office.complete) == (14, True)  # O1115, as printed
    assert len(own) <= office.number
    assert not whole.complete


def test_the_airport_of_karachi_is_counted_once(found):
    karachi = of(found, "karachi", "attack").count
    assert "E075" in karachi.rests_on
    assert {"E241", "E242"} <= karachi.aside.keys()
    dasu = of(found, "karakoram-highway", "attack").count
    assert {e.id for e in dasu.events} == {"E036", "E064"}


def test_a_closure_is_no_exposure(found):
    politics, attack = of(found, "khunjerab", "politics").count, of(found, "khunjerab", "attack").count
    assert attack.years == pytest.approx((date(2026, 11, 24) - date(2017, 1, 1)).days / 365.25, abs=0.01)
    # Shut from 2020 to 2023-04-02 (1,188 days), by the sit-in at Sost (69), and in the winters of 2017 to 2019 and of
    # 2023/24 but for the opening of 2 to 16 January 2024.
    days = 1188 + 69 + 90 + 121 + 121 + 31 + 122 - 15
    assert attack.years - politics.years == pytest.approx(days / 365.25, abs=0.01)


def test_what_is_on_record_nowhere_has_no_rate(found):
    weather = [h for h in found if h.count.kind == "weather"]
    assert weather
    assert all(h.rate is None and h.hours_lost is None and h.high > 0 for h in weather)


def test_a_day_in_the_past_knows_no_later_event(record):
    before = hazards(known_by(record, date(2024, 10, 5)))
    assert "E075" not in of(before, "karachi", "attack").count.rests_on
    assert of(before, "khunjerab", "protest").count.number == 0
    assert not any(h.count.by == "NACTA" for h in before)
    shut = hazards(known_by(record, date(2021, 12, 31)))
    (pandemic,) = of(shut, "khunjerab", "politics").count.events
    assert pandemic.days == (date(2021, 12, 31) - date(2020, 1, 1)).days + 1  # it goes on


def test_hours_lost_are_those_of_loads_that_come_on_any_day():
    """Brute force: a load each day over many rounds of open and shut days, waiting until it opens or two weeks."""
    days, between, longest = 70, 5 * 365.25, 14
    held = wait("protest", [Shut("N006", date(2025, 7, 21), days)])
    rate = 365.25 / between
    told = rate * held.hours_an_event / (1 + rate * held.days / 365.25)
    cycle = int(between) + days
    tenths = np.arange(cycle * 10) / 10 + 0.05
    waits = np.where(tenths > between, np.minimum(cycle - tenths, longest), 0.0)
    assert told == pytest.approx(float(waits.mean() * 24), rel=0.01)
    assert (held.known, held.assumed) == (1, 0.0)


def test_lengths_that_nobody_reports_are_called_assumed(found):
    for one in found:
        if one.count.kind == "attack":
            assert one.wait.assumed == 1.0
    both = wait("protest", [Shut("a", date(2020, 1, 1), 3), Shut("b", date(2021, 1, 1), None)])
    assert 0 < both.assumed < 1
    assert both.known == 1


def test_a_way_pays_each_corridor_once(found):
    lost = hours_lost(found)
    way = [("kashgar", "khunjerab"), ("khunjerab", "sost"), ("sost", "gilgit"), ("gilgit", "hasan-abdal")]
    links = sum(lost.on_entering(a, b) for a, b in way)
    cells = of_way(lost, way)
    assert cells["risk_hours"] == pytest.approx(links, abs=0.06)
    own = sum(h.hours_lost or 0 for h in found if h.count.corridor["corridor_id"] in {"khunjerab", "karakoram-highway"})
    assert links == pytest.approx(own)
    assert of_way(None, way) == {"risk_hours": None, "assumed_risk_percent": None, "risks": None}


def test_routes_by_risk_add_hours_and_name_what_nobody_counts(tmp_path):
    desk = Desk(store=tmp_path)
    by_time = desk.corridor_route("Urumqi", "Karachi", as_of="2026-11-27").to_pylist()[0]
    answer = desk.corridor_route("Urumqi", "Karachi", by="risk", as_of="2026-11-27")
    by_risk = answer.to_pylist()
    assert by_time["risk_hours"] is None
    assert all(r["risk_hours"] > 0 and r["risks"] for r in by_risk)
    assert [r["hours"] + r["risk_hours"] for r in by_risk] == sorted(r["hours"] + r["risk_hours"] for r in by_risk)
    assert by_risk[0]["hours"] >= by_time["hours"]
    assert any("termez to hairatan" in n for n in answer.notes)


def test_a_place_a_corridor_and_a_whole_are_understood(tmp_path):
    desk = Desk(store=tmp_path)
    assert {r["corridor_id"] for r in desk.corridor_risk("Sost Dry Port").to_pylist()} == {"khunjerab"}
    assert {r["kind"] for r in desk.corridor_risk("khunjerab").to_pylist()} == set(KINDS)
    assert len({r["corridor_id"] for r in desk.corridor_risk("Pakistan").to_pylist()}) == 5
    assert all(r["events"] for r in desk.corridor_risk().to_pylist())
    with pytest.raises(UnknownNameError, match="did you mean karachi"):
        desk.corridor_risk("karachy")


def test_an_office_is_named_where_its_country_is_asked_for_and_one_event_is_one(tmp_path):
    desk = Desk(store=tmp_path)
    said = {place: " ".join(desk.corridor_risk(place, as_of="2026-11-27").notes) for place in ("karachi", "kulma", "")}
    assert [("NACTA counts" in said[p]) for p in ("karachi", "kulma", "")] == [True, False, True]
    assert said["kulma"].count("1 event counted") == 1


def test_days_without_an_end_stop_with_the_day_asked(record):
    day = date(2025, 8, 1)
    (sit_in,) = of(hazards(known_by(record, day)), "khunjerab", "protest").count.events
    assert sit_in.day + timedelta(sit_in.days - 1) == day


@pytest.mark.parametrize("day", ["2010-01-01", "2017-01-01"])
def test_a_day_before_any_on_which_events_were_looked_for_is_refused(day):
    with pytest.raises(BadInputError, match="a day after 2017-01-01"):
        Desk().corridor_risk("karachi", as_of=day)
    with pytest.raises(BadInputError, match="a day after 2017-01-01"):
        Desk().corridor_route("Urumqi", "Karachi", by="risk", as_of=day)


def test_a_day_beyond_the_last_on_which_events_were_looked_for_says_so():
    notes = Desk().corridor_risk("karachi", as_of="2027-01-01").notes
    assert any("last looked for on 2026-11-24" in note for note in notes)
