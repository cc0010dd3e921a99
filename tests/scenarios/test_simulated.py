"""What a scenario does: closed forms, no shock, larger embargoes, joiners by another solver, transfers solved again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize
from tests.scenarios.unsure_worlds import BAN, ECONOMIES, SECTORS, scenario, small_unsure_world, small_world
from tests.scenarios.worlds import a_world

from entrepot.core.errors import NotEstimableError
from entrepot.scenarios.answered_scenario import Doubt, answered, answers_of
from entrepot.scenarios.asked.meant_change import meant_change
from entrepot.scenarios.asked.named_codes import Codes
from entrepot.scenarios.asked.scenario import embargo, joined
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.equilibrium.solve import solve
from entrepot.scenarios.figures.difference import difference
from entrepot.scenarios.figures.figure import ANSWERS, Key
from entrepot.scenarios.figures.potential import ADDS, OF_FULL, OF_GLOBAL
from entrepot.scenarios.figures.simulated import simulated
from entrepot.scenarios.simulated_words import further
from entrepot.scenarios.uncertainty.drawn_intervals import most_by_joining
from entrepot.scenarios.uncertainty.draws import Asked, answers, chances
from entrepot.scenarios.uncertainty.unsure_inputs import drawn, unsure_inputs

CLOSED = "deficits = 'closed'\n"
TWO = BAN.replace('["USA"]', '["USA", "EU", "VNM"]')
ASIDE = ("CHN", "EU", "KAZ", "VNM")


@pytest.fixture(scope="module")
def world():
    return small_world()


def value(found, quantity, economy=""):
    (figure,) = [f for f in found.figures if f.key == Key(ANSWERS, quantity, economy)]
    return figure.value


def test_a_target_cut_off_loses_what_theory_says():
    # Arkolakis, Costinot and Rodríguez-Clare (2012): one sector, no inputs, no tariffs
    one = a_world(7, len(ECONOMIES), 1, inputs=False, tariffs=False)
    one = replace(one, economies=ECONOMIES, sectors=("all-goods",))
    both = "".join(f'[[act]]\nby = ["all"]\non = ["XIN"]\ninstrument = "{kind} ban"\n' for kind in ("import", "export"))
    text = f"{CLOSED}title = 'x'\nfrom = 2024-01-01\n{both}"
    asked = read_scenario(text, "f", "f", Codes(ECONOMIES, one.sectors))
    found = simulated(one, asked, ())
    before = difference(one, asked).before
    kept = before.shares[0, 2, 2] ** (1 / before.elasticities[0])
    assert value(found, "loss of the target") == pytest.approx(100 * (1 - kept), abs=1e-6)
    assert value(found, OF_FULL) == pytest.approx(100, abs=1e-6)
    assert value(found, OF_GLOBAL) == pytest.approx(100, abs=1e-6)


def test_what_lets_everything_pass_changes_nothing(world):
    found = simulated(world, scenario(BAN + "leakage = 1\n"), ASIDE)
    for figure in found.figures:
        if figure.unit != "percent" or "embargo" in figure.key.quantity:
            continue
        assert figure.value == pytest.approx(0, abs=1e-5), figure
    assert found.residual < 1e-9


def test_less_leakage_more_partners_and_more_goods_cost_the_target_more(world):
    losses = [
        value(simulated(world, scenario(text), ()), "loss of the target")
        for text in (
            BAN + "leakage = 0.5\n", BAN, TWO, TWO.replace("import ban", "import ban") + "\n[[act]]\n"
            'by = ["USA", "EU", "VNM"]\non = ["XIN"]\ninstrument = "export ban"\n',
        )
    ]  # fmt: skip
    assert losses == sorted(losses)
    full = difference(world, embargo(scenario(TWO), scenario(TWO).coalition))
    assert losses[-1] == pytest.approx(-100 * full.gain(["XIN"]) / full.income(["XIN"]), rel=1e-9)


def by_root(world, change):
    """Real income after a change, by scipy's root over wages, prices and spending by repetition."""
    n, theta = len(world.economies), world.elasticities
    kept = world.shares * (change.costs * (1 + change.tariffs) / (1 + world.tariffs)) ** -theta[:, None, None]

    def settled(wages):
        prices = np.ones_like(world.spending)
        for _ in range(600):
            costs = wages**world.value_added_shares * np.exp(
                np.einsum("nkj,kn->jn", world.bought_inputs, np.log(prices))
            )
            sums = np.einsum("jni,ji->jn", kept, costs ** -theta[:, None])
            prices = sums ** (-1 / theta[:, None])
        shares = kept * (costs ** -theta[:, None])[:, None, :] / sums[:, :, None]
        spending = world.spending
        for _ in range(600):
            imports = spending[:, :, None] * shares / (1 + change.tariffs)
            revenue = (imports * change.tariffs).sum(axis=(0, 2))
            income = wages * world.value_added + revenue + change.deficits * world.value_added.sum()
            spending = world.final * income + np.einsum("nkj,jn->kn", world.bought_inputs, imports.sum(axis=1))
        earned = (world.value_added_shares * imports.sum(axis=1)).sum(axis=0)
        return earned, income, np.exp((world.final * np.log(prices)).sum(axis=0))

    def miss(logs):
        wages = np.exp(np.append(logs, 0.0))
        wages /= wages @ world.value_added / world.value_added.sum()
        return (np.log(settled(wages)[0] / world.value_added) - np.log(wages))[:-1]

    logs = optimize.root(miss, np.zeros(n - 1), tol=1e-11).x
    wages = np.exp(np.append(logs, 0.0))
    wages /= wages @ world.value_added / world.value_added.sum()
    _, income, index = settled(wages)
    return income / index / world.income


def test_who_adds_most_is_found_by_another_solver(world):
    asked = scenario()
    found = simulated(world, asked, ASIDE)
    place = ECONOMIES.index("XIN")
    alone = by_root(world, meant_change(world, asked))[place]
    adds = {one: 100 * (alone - by_root(world, meant_change(world, joined(asked, one)))[place]) for one in ASIDE}
    ours = {f.key.economy: f.value for f in found.figures if f.key.quantity == ADDS}
    assert ours == pytest.approx(adds, abs=1e-6)
    assert list(ours) == sorted(adds, key=lambda one: -adds[one])


def test_transfers_solved_again_share_the_burden(world):
    asked = scenario(TWO)
    found = simulated(world, asked, ())
    given = {f.key.economy: f.value for f in found.figures if f.key.quantity == "transfer that shares the burden"}
    assert sum(given.values()) == pytest.approx(0, abs=1e-6)
    change = meant_change(world, asked)
    deficits = change.deficits.copy()
    for one, moved in given.items():
        deficits[ECONOMIES.index(one)] += moved / world.value_added.sum()
    welfare = solve(world, replace(change, deficits=deficits)).welfare[[ECONOMIES.index(one) for one in given]]
    assert welfare == pytest.approx(welfare[0], abs=3e-7)
    assert 100 * (1 - welfare[0]) == pytest.approx(value(found, "cost of each member after transfers"), abs=1e-4)


def test_books_close_and_routes_add_up(world):
    found = simulated(world, scenario(), ())
    of = {f.key: f for f in found.figures}
    for economy in ECONOMIES:
        for quantity in ("exports", "imports", "output"):
            whole = of[Key("economies", quantity, economy)]
            parts = [of[Key("sectors", quantity, economy, sector)] for sector in SECTORS]
            assert sum(p.after for p in parts) == pytest.approx(whole.after)
    lost = value(found, "lost sales to the coalition, value")
    sold = of[Key("routes", "sold by the target", "", "", "USA")]
    assert sold.after == 0
    assert lost == pytest.approx(sold.before)
    through = sum(max(f.value, 0) for f in found.figures if f.key.quantity == "lost sales offset through")
    assert value(found, "lost sales offset elsewhere") == pytest.approx(through)


def test_no_equilibrium_is_refused_with_what_stands_in_its_way(world):
    # An economy that lives on credit is cut off from all who lend to it.
    deficits = world.deficits
    debtor = ECONOMIES[int(np.argmax(deficits))]
    text = "title = 'x'\nfrom = 2024-01-01\n" + "".join(
        f'[[act]]\nby = ["all"]\non = ["{debtor}"]\ninstrument = "{kind} ban"\n' for kind in ("import", "export")
    )
    with pytest.raises(NotEstimableError, match="could neither buy nor sell abroad, and its deficit is held"):
        simulated(world, scenario(text), ())


DOUBT = Doubt(draws=12, seed=3, workers=1)
SPREAD = BAN + "leakage = 0.1\nleakage_between = [0.0, 0.4]\n"


def test_nobody_adds_most_in_a_draw_in_which_nobody_adds_anything():
    draws = [
        {Key(ANSWERS, ADDS, "USA"): 0.0, Key(ANSWERS, ADDS, "KAZ"): -1e-12},
        {Key(ANSWERS, ADDS, "USA"): 0.5, Key(ANSWERS, ADDS, "KAZ"): 0.25},
    ]
    assert most_by_joining(draws[:1]) == []
    assert [(f.key.economy, f.value) for f in most_by_joining(draws)] == [("USA", 50)]


def test_of_many_who_could_join_it_is_said_that_most_draws_ask_the_first_alone(monkeypatch):
    one = answered(small_unsure_world(), scenario(SPREAD), DOUBT)
    assert not any("of which ask the first" in said for said in further(one))  # each draw asks all of so few
    monkeypatch.setattr("entrepot.scenarios.simulated_words.JOINERS_DRAWN", 1)
    (said,) = [said for said in further(one) if "adds most" in said]
    assert "% of the draws, most of which ask the first 1 alone." in said


def test_draws_are_the_same_by_seed_and_hold_the_middle(monkeypatch):
    unsure, asked = small_unsure_world(), scenario(SPREAD)
    first, again = (answered(unsure, asked, DOUBT).rows for _ in range(2))
    assert first == again
    assert answered(unsure, asked, replace(DOUBT, seed=4)).rows != first
    (loss,) = answers_of(first, "loss of the target")
    assert loss["low"] < loss["value"] < loss["high"]
    assert {r["status"] for r in first} == {"simulated"}
    assert all(r["assumed"] and r["residual"] < 1e-9 for r in first)
    most = answers_of(first, "adds most by joining")
    assert sum(r["value"] for r in most) == pytest.approx(100)
    # who adds less has an interval too, out of fewer draws
    monkeypatch.setattr("entrepot.scenarios.answered_scenario.JOINERS_DRAWN", 1)
    fewer = answered(unsure, asked, DOUBT)
    adds = answers_of(fewer.rows, ADDS)
    assert len(adds) == len(ASIDE)
    assert all(r["low"] <= r["high"] for r in adds)
    assert any("rest on 3 draws" in text for text in fewer.missing)
    plain = answered(unsure, asked, Doubt()).rows
    assert [r["value"] for r in plain] == [r["value"] for r in first if r["quantity"] != "adds most by joining"]
    assert {r["low"] for r in plain} == {None}


def test_draws_spread_evenly_and_as_wide_as_said():
    points = chances(2, 50, 9)
    for column in points.T:  # one draw in each fiftieth
        assert sorted((column * 50).astype(int)) == list(range(50))
    unsure = small_unsure_world()
    inputs = unsure_inputs(unsure, scenario(SPREAD))
    values = [drawn(unsure, scenario(SPREAD), inputs, p) for p in chances(len(inputs), 400, 5)]
    passes = [one.acts[0].passes for _, one in values]
    assert np.mean(passes) == pytest.approx(0.2, abs=1e-3)
    logs = np.log([one.elasticities["metals"] for _, one in values])
    assert logs.std() == pytest.approx(0.2, rel=0.02)
    assert np.exp(np.median(logs)) == pytest.approx(unsure.world.elasticities[1], rel=5e-3)


def test_more_processes_give_the_same(monkeypatch):
    monkeypatch.setattr("entrepot.scenarios.uncertainty.draws._WORTH_A_PROCESS", 4)
    unsure, asked = small_unsure_world(), scenario(SPREAD)
    question = Asked(unsure, asked, unsure_inputs(unsure, asked), burdens=True)
    points = chances(len(question.inputs), 20, 1)
    told = []
    several = answers(question, points, workers=2, progress=lambda done, total: told.append((done, total)))
    for ours, alone in zip(several, answers(question, points, workers=1), strict=True):
        assert ours == pytest.approx(alone, rel=1e-8)
    assert told[-1] == (20, 20)


def test_the_input_that_alone_is_open_moves_everything():
    pytest.importorskip("scipy.stats")
    unsure = replace(small_unsure_world(), spreads=np.zeros(len(SECTORS)))
    found = answered(unsure, scenario(SPREAD), Doubt(draws=2, sensitivity=8, workers=1))
    moved = [r for r in found.rows if r["part"] == "inputs"]
    assert {r["partner"] for r in moved} == {"what passes under act 1"}
    assert all(r["value"] == pytest.approx(100, abs=25) for r in moved if "in all" in r["quantity"])
