"""Comparisons that the measure itself moved: no answer rests on them; controls of one's own may stand in."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.diversion.contract import ALL_HUBS
from entrepot.diversion.expected.null import null, reached, tail
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.route import question
from planted.worlds import PLACES, Size, flows, world

YEARS = 10
AFTER = np.arange(YEARS) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
BIG = 3e8
# Six of the seven to whom the origin sells are hubs; the seventh is where it may no longer sell.
SUSPECTS = ("KAZ", "KGZ", "TUR", "POL", "ITA", "FRA")
UNTOUCHED = 8  # products of sixteen that the measure does not touch


def all_hubs(a, b, k, values):
    """In products of the measure what the direct leg lost goes through all six alike."""
    if k >= UNTOUCHED or a != "CHN":
        return values
    noise = values / np.mean(values)
    if b == "USA":
        return BIG * noise * np.where(AFTER, 0.1, 1.0)
    return BIG / 6 * noise * np.where(AFTER, 2.0, 1.0) if b in SUSPECTS else values


@pytest.fixture(scope="module")
def exports():
    """What the origin sells the destination and the six, as it reports it."""
    rows = world(5, all_hubs, Size(14, 2 * UNTOUCHED))
    return [r for r in rows if r["exporter"] == "CHN" and r["importer"] in {*SUSPECTS, "USA"}]


def answered(rows, asked=ASKED):
    scan = diverted(flows(rows), asked)
    return [r for r in scan.signals.to_pylist() if r["hub"] != ALL_HUBS], scan.told


@pytest.mark.parametrize("hubs", [None, SUSPECTS])
def test_where_all_partners_are_suspects_nothing_can_be_judged(exports, hubs):
    rows, told = answered(exports, replace(ASKED, hubs=hubs))
    assert {r["word"] for r in rows} == {"cannot be judged"}
    assert {r["loss"] for r in rows} == {r["high"] for r in rows} == {None}
    assert all("other places or control codes, 6 are needed" in r["why_not"] for r in rows)
    assert any(t.startswith("Compared with ") for t in told)


def test_codes_that_the_measure_does_not_touch_stand_in(exports):
    controls = tuple(f"{10 + k}" for k in range(UNTOUCHED, 2 * UNTOUCHED))
    rows, _ = answered(exports, replace(ASKED, hubs=SUSPECTS, control_goods=controls))
    assert {r["product"] for r in rows}.isdisjoint(controls)
    assert {r["compared"] for r in rows} == {UNTOUCHED}
    more = [r for r in rows if r["word"] == "took more than expected"]
    # All 48 did. What moved the world's trade in one product alone is in them: its untouched codes do not show it.
    assert len(more) >= 0.9 * len(rows)
    assert np.median([r["excess_in"] for r in rows]) == pytest.approx(BIG / 6 * AFTER.sum(), rel=0.3)


def test_what_is_compared_with_is_called_untouched_only_where_neither_end_of_the_route_is_in_it(exports):
    """Partners of one seller are suspects, controls the word of the question, and the rest of a world is apart."""
    controls = tuple(f"{10 + k}" for k in range(UNTOUCHED, 2 * UNTOUCHED))
    named = [t for t in answered(exports, replace(ASKED, hubs=SUSPECTS, control_goods=controls))[1] if "Compared" in t]
    (said,) = named
    assert said.startswith("Compared with 6 pairs of places in 8 control products: that the measure moved none of them")
    open_to_all = [t for t in answered(exports, replace(ASKED, destination=None))[1] if "Compared" in t]
    assert open_to_all[0].startswith("Compared with one another: 7 partners of CHN in 16 products, any of which")
    every = [t for t in answered(world(6, size=Size(14, 2)), ASKED)[1] if "Compared" in t]
    # 14 places: 13 sellers beside the origin by 13 buyers beside the destination, less 12 that would be their own.
    assert every == ["Compared with 157 untouched pairs of places in 2 products."]


def test_controls_take_off_what_moved_a_pair_of_places(exports):
    """A boom of all trade with the six is no rise where their untouched codes boom as well."""
    boom = [r | {"value_usd": r["value_usd"] * 3} if r["importer"] == "KAZ" and r["period"] >= "2014" else r
            for r in exports]  # fmt: skip
    controls = tuple(f"{10 + k}" for k in range(UNTOUCHED, 2 * UNTOUCHED))
    asked = replace(ASKED, hubs=SUSPECTS, control_goods=controls)
    before = {r["product"]: r["p_in"] for r in answered(exports, asked)[0] if r["hub"] == "KAZ"}
    after = {r["product"]: r for r in answered(boom, asked)[0] if r["hub"] == "KAZ"}
    for product, r in after.items():
        # Three times as much of twice as much, of which thrice is of everything.
        assert r["excess_in"] == pytest.approx(3 * BIG / 6 * AFTER.sum(), rel=0.6)
        assert r["p_in"] <= max(10 * before[product], 0.05)


def test_suspects_do_not_enter_what_they_are_compared_with():
    """With eight of eighteen partners hubs at once, naming them lifts what is found of each."""
    many = PLACES[2:10]

    def change(a, b, k, values):
        if k or a != "CHN":
            return values
        noise = values / np.mean(values)
        if b == "USA":
            return BIG * noise * np.where(AFTER, 0.1, 1.0)
        return BIG / 4 * noise * np.where(AFTER, 1.5, 1.0) if b in many else values

    only = [r for r in world(8, change, Size(20, 2)) if r["exporter"] == "CHN"]
    auto, named = (
        {r["hub"]: r for r in answered(only, replace(ASKED, hubs=h))[0] if r["product"] == "10" and r["hub"] in many}
        for h in (None, many)
    )
    assert sum(r["excess_in"] for r in named.values()) > sum(r["excess_in"] for r in auto.values())
    truth = BIG / 4 * 0.5 * AFTER.sum()
    off = [abs(np.mean([r["excess_in"] for r in of.values()]) / truth - 1) for of in (named, auto)]
    assert off[0] < off[1]


def test_how_suspects_are_listed_does_not_change_how_many_are_tested():
    def change(a, b, k, values):
        if k == 0 and (a, b) == ("CHN", "USA"):
            return BIG * values / values.mean() * np.where(AFTER, 0.4, 1)
        return values + np.where(AFTER, 1e8, 0) if k == 0 and (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")} else values

    rows = flows(world(9, change, Size(14, 2)))
    listed = [question("none", origin="CHN", destination="USA", since="2014", hubs=h)
              for h in ("KAZ,POL", "POL,KAZ,KAZ")]  # fmt: skip
    first, second = (diverted(rows, q).signals.to_pylist() for q in listed)
    rates = [{(r["product"], r["hub"]): r["q"] for r in of} for of in (first, second)]
    assert rates[0] == rates[1]
    auto = {(r["product"], r["hub"]): r for r in diverted(rows, ASKED).signals.to_pylist()}
    # One suspect more or less hardly moves what was expected; the rate is over all places either way.
    pair = "10", "KAZ"
    assert rates[0][pair] == pytest.approx(auto[pair]["q"], rel=0.9)


def test_a_row_of_which_not_all_that_was_lost_would_be_seen_cannot_be_judged():
    """A hub that carries fifty times the direct leg, and wanders: half of that leg through it drowns."""

    def change(a, b, k, values):
        if k:
            return values
        if (a, b) == ("CHN", "USA"):
            return 1e6 * values / values.mean() * np.where(AFTER, 0.5, 1)
        return 5e7 * values / values.mean() if "KAZ" in {a, b} else values

    found = {r["hub"]: r for r in answered(world(4, change, Size(14, 2)))[0] if r["product"] == "10"}
    row = found["KAZ"]
    assert (row["word"], row["judged"]) == ("cannot be judged", False)
    assert "would have been seen in four of five cases; the direct leg lost" in row["why_not"]
    assert row["seen_from"] > row["loss"]


def test_the_scan_says_how_large_an_effect_it_could_have_seen():
    _, told = answered(world(4, size=Size(14, 2)))
    assert any("had to go through one place to be seen in four of five cases" in t for t in told)


def test_what_has_to_be_reached_is_what_is_as_rare():
    rng = np.random.default_rng(3)
    draws, sizes = rng.standard_t(3, 3000), rng.uniform(0, 1, 3000)
    of = null(draws, sizes)
    at = np.array([0.2, 0.5, 0.9])
    for p in (0.2, 0.05, 1e-3, 1e-5):
        found = tail(of, reached(of, at, p), at, up=True)
        assert found == pytest.approx(np.full(3, p), rel=0.1)


@pytest.mark.parametrize(
    ("given", "kind"),
    [({"controls": "USA"}, BadInputError), ({"controls": "KAZ", "hubs": "KAZ,POL"}, BadInputError)],
)
def test_a_control_that_the_measure_touches_is_refused(given, kind):
    with pytest.raises(kind):
        question("none", origin="CHN", destination="USA", since="2014", **given)


@pytest.mark.parametrize("asked", [replace(ASKED, control_places=("ZZZ",)), replace(ASKED, control_goods=("99",))])
def test_a_control_that_the_flows_do_not_hold_is_refused(asked):
    with pytest.raises(UnknownNameError):
        diverted(flows(world(1, size=Size(8, 1))), asked)


def test_places_given_as_controls_alone_are_compared_with():
    rows = world(6, size=Size(14, 2))
    few, _ = answered(rows, replace(ASKED, control_places=("DEU", "JPN")))
    assert {r["word"] for r in few} == {"cannot be judged"}
    assert all("other place" in r["why_not"] for r in few)
