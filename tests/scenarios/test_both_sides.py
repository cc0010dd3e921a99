"""Acts that answer one another and measures that stand apart, against a solver of its own on worlds of a few countries.

The other solver (`armington`) is one sector, no inputs: scipy's root over wages, all else in closed form.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize
from tests.scenarios.unsure_worlds import ECONOMIES, scenario, small_world

from entrepot.brief.scenario_page.drawn_routes import drawn_routes
from entrepot.scenarios.answered_scenario import Doubt, answered
from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.figures.difference import difference
from entrepot.scenarios.figures.figure import ANSWERS, ROUTES, Key
from entrepot.scenarios.figures.simulated import simulated
from entrepot.scenarios.short_rows import short_rows
from entrepot.scenarios.simulated_words import further, headline

THETA = 5.0
CODES = ("CHN", "DEU", "USA", "VNM")
#              to CHN  DEU   USA   VNM
FLOWS = {
    "CHN": (1200, 70, 130, 30),
    "DEU": (60, 800, 40, 10),
    "USA": (80, 50, 1500, 20),
    "VNM": (20, 15, 25, 300),
}
CUT = 1e9  # a cost under which the other solver lets a part in 1e45 pass
TOLERANCE = 1e-6  # relative: both solvers stop at 1e-9 of value added, figures are shares of some per cent


def tariff(by, on, percent):
    return f'[[act]]\nby = ["{by}"]\non = ["{on}"]\ninstrument = "tariff"\npercent = {percent}\n'


def asked(*acts):
    return f"title = 'x'\nfrom = 2027-01-01\n{''.join(acts)}"


WAR = asked(tariff("USA", "CHN", 20), tariff("CHN", "USA", 10))
APART = asked(tariff("USA", "CHN", 20), tariff("DEU", "VNM", 30))


@pytest.fixture(scope="module")
def unsure(tmp_path_factory):
    path = tmp_path_factory.mktemp("panel") / "flows.csv"
    rows = [f"{seller},{buyer},{v}" for seller, row in FLOWS.items() for buyer, v in zip(CODES, row, strict=True)]
    path.write_text("exporter,importer,flow\n" + "\n".join(rows), encoding="utf-8")
    return own_unsure_world(OwnTable(path, elasticities=(f"{THETA:g}",)))


def armington(tariffs=(), cut=(), *, closed=False):
    """Losses by code and flows (seller, buyer) -> value: tariffs (seller, buyer, share), flows cut (seller, buyer)."""
    flows = np.array([FLOWS[c] for c in CODES], dtype=float)
    at = {c: n for n, c in enumerate(CODES)}
    rate, cost = np.zeros_like(flows), np.ones_like(flows)
    for seller, buyer, share in tariffs:
        rate[at[seller], at[buyer]] = share
    for seller, buyer in cut:
        cost[at[seller], at[buyer]] = CUT
    spent, earned, kept = flows.sum(axis=0), flows.sum(axis=1), flows / flows.sum(axis=0)
    lent = spent - earned

    def settled(wages, rate, cost, lent):
        sold = kept * (wages[:, None] * cost * (1 + rate)) ** -THETA
        prices, shares = sold.sum(axis=0) ** (-1 / THETA), sold / sold.sum(axis=0)
        income = (wages * earned + lent) / (1 - (rate / (1 + rate) * shares).sum(axis=0))
        return prices, income, shares * income / (1 + rate)

    def solved(rate, cost, lent):
        def wages(logs):
            return np.exp(logs) * earned.sum() / (np.exp(logs) * earned).sum()

        def miss(logs):
            return (settled(wages(logs), rate, cost, lent)[2].sum(axis=1) - wages(logs) * earned) / earned

        return settled(wages(optimize.root(miss, np.zeros(len(CODES)), tol=1e-13).x), rate, cost, lent)

    prices, income, after = solved(rate, cost, lent * (not closed))
    before = spent
    if closed:
        prices_before, income_before, _ = solved(np.zeros_like(rate), np.ones_like(cost), lent * 0)
        prices, before = prices / prices_before, income_before
    loss = before - income / prices
    of = {c: (loss[n], before[n]) for c, n in at.items()}
    return of, {(s, b): (flows[i, j], after[i, j]) for s, i in at.items() for b, j in at.items()}


def lost_share(of, *who):
    return 100 * sum(of[c][0] for c in who) / sum(of[c][1] for c in who)


def both_ways(*pairs):
    return [flow for a, b in pairs for flow in ((a, b), (b, a))]


def values(found):
    return {f.key: f.value for f in found.figures}


def test_where_one_answers_the_other_nobody_is_cut_off_from_itself(unsure):
    got = values(simulated(unsure.world, read_scenario(WAR, "f", "f", unsure.codes), ("DEU", "VNM")))
    of, flows = armington([("CHN", "USA", 0.2), ("USA", "CHN", 0.1)])
    full, _ = armington(cut=both_ways(("CHN", "USA")))
    loss, most = lost_share(of, "CHN", "USA"), lost_share(full, "CHN", "USA")
    assert got[Key(ANSWERS, "loss of the target")] == pytest.approx(loss, rel=TOLERANCE)
    assert got[Key(ANSWERS, "loss under a full embargo by the coalition")] == pytest.approx(most, rel=TOLERANCE)
    assert got[Key(ANSWERS, "share of the loss under a full embargo by the coalition")] == pytest.approx(
        100 * loss / most, rel=TOLERANCE
    )
    for one in ("CHN", "USA"):
        assert got[Key(ANSWERS, "cost of a member", one)] == pytest.approx(lost_share(of, one), rel=TOLERANCE)
    # what is lost is what the two sell one another less, and elsewhere is everybody else abroad
    lost = sum(flows[f][0] - flows[f][1] for f in both_ways(("CHN", "USA")))
    assert got[Key(ANSWERS, "lost sales to the coalition, value")] == pytest.approx(lost, rel=TOLERANCE)
    for third in ("DEU", "VNM"):
        more = sum(flows[s, third][1] - flows[s, third][0] for s in ("CHN", "USA"))
        key = Key(ANSWERS, "lost sales offset through", "", "", third)
        assert got[key] == pytest.approx(100 * more / lost, rel=TOLERANCE)
    # figures that would set a side against itself
    assert not [k for k in got if k.quantity.startswith(("cost of the coalition for each", "transfer", "added to"))]


def test_under_a_global_embargo_those_who_answer_one_another_trade_with_nobody(unsure):
    got = values(simulated(unsure.world, read_scenario(WAR, "f", "f", unsure.codes), ()))
    pairs = [(a, b) for a in ("CHN", "USA") for b in CODES if a != b]
    cut, _ = armington(cut=both_ways(*pairs), closed=True)
    most = lost_share(cut, "CHN", "USA")
    of, _ = armington([("CHN", "USA", 0.2), ("USA", "CHN", 0.1)], closed=True)
    closed = lost_share(of, "CHN", "USA")
    assert got[Key(ANSWERS, "loss under a global embargo")] == pytest.approx(most, rel=TOLERANCE)
    assert got[Key(ANSWERS, "loss of the target with deficits closed, as under a global embargo")] == pytest.approx(
        closed, rel=TOLERANCE
    )
    assert got[Key(ANSWERS, "share of the loss under a global embargo")] == pytest.approx(
        100 * closed / most, rel=TOLERANCE
    )


def test_one_act_alone_has_one_side_each(unsure):
    got = values(simulated(unsure.world, read_scenario(asked(tariff("USA", "CHN", 20)), "f", "f", unsure.codes), ()))
    of, flows = armington([("CHN", "USA", 0.2)])
    full, _ = armington(cut=both_ways(("CHN", "USA")))
    share = 100 * lost_share(of, "CHN") / lost_share(full, "CHN")
    assert got[Key(ANSWERS, "share of the loss under a full embargo by the coalition")] == pytest.approx(
        share, rel=TOLERANCE
    )
    lost = flows["CHN", "USA"][0] - flows["CHN", "USA"][1]
    assert got[Key(ANSWERS, "lost sales to the coalition, value")] == pytest.approx(lost, rel=TOLERANCE)
    ratio = of["USA"][0] / of["CHN"][0]
    assert got[Key(ANSWERS, "cost of the coalition for each dollar of the target's loss")] == pytest.approx(
        ratio, rel=TOLERANCE
    )


def test_of_two_measures_each_is_held_against_its_own_embargo(unsure):
    got = values(simulated(unsure.world, read_scenario(APART, "f", "f", unsure.codes), ()))
    of, flows = armington([("CHN", "USA", 0.2), ("VNM", "DEU", 0.3)])
    full, _ = armington(cut=both_ways(("CHN", "USA"), ("VNM", "DEU")))
    share = 100 * lost_share(of, "CHN", "VNM") / lost_share(full, "CHN", "VNM")
    assert got[Key(ANSWERS, "share of the loss under a full embargo by the coalition")] == pytest.approx(
        share, rel=TOLERANCE
    )
    hit = [("CHN", "USA"), ("VNM", "DEU")]
    lost = sum(flows[f][0] - flows[f][1] for f in hit)
    assert got[Key(ANSWERS, "lost sales to the coalition, value")] == pytest.approx(lost, rel=TOLERANCE)
    # Germany acts on Viet Nam alone: what it buys more of China is sold elsewhere
    more = {c: sum(flows[s, c][1] - flows[s, c][0] for s in ("CHN", "VNM") if (s, c) not in hit and s != c)
            for c in CODES}  # fmt: skip
    through = {k.partner: v for k, v in got.items() if k.quantity == "lost sales offset through"}
    assert through == pytest.approx({c: 100 * v / lost for c, v in more.items()}, rel=TOLERANCE)


def test_what_is_lost_goes_by_the_goods_of_each_act():
    world = small_world()
    text = asked(
        '[[act]]\nby = ["USA"]\non = ["CHN"]\nsectors = ["textiles"]\ninstrument = "import ban"\nleakage = 0.1\n',
        '[[act]]\nby = ["EU"]\non = ["KAZ"]\nsectors = ["metals"]\ninstrument = "import ban"\n',
        '[[act]]\nby = ["CHN"]\non = ["USA"]\nsectors = ["services"]\ninstrument = "export ban"\nleakage = 0.5\n',
    )
    one = scenario(text)
    got = values(simulated(world, one, ()))
    less = world.imports - difference(world, one).outcome.world.imports
    usa, chn, eu, kaz = (ECONOMIES.index(c) for c in ("USA", "CHN", "EU", "KAZ"))
    sold = less[0, usa, chn] + less[1, eu, kaz]
    assert got[Key(ANSWERS, "lost sales to the coalition, value")] == pytest.approx(sold)
    assert got[Key(ANSWERS, "lost purchases from the coalition, value")] == pytest.approx(less[2, usa, chn])


def test_the_answer_tells_who_stands_on_which_side(unsure):
    text = asked(tariff("USA", "CHN", 20), tariff("DEU", "CHN", 20), tariff("CHN", "USA", 10))
    one = answered(unsure, read_scenario(text, "f", "f", unsure.codes), Doubt())
    said = headline(one)
    of, _ = armington([("CHN", "USA", 0.2), ("CHN", "DEU", 0.2), ("USA", "CHN", 0.1)])
    assert said.count("acting and acted on") == 1
    assert "DEU, only acting, would" in said
    for code in ("CHN", "USA"):
        assert f"{code} would {'lose' if of[code][0] > 0 else 'gain'} {abs(lost_share(of, code)):.3g} %" in said
    assert any("On both sides stand" in text for text in further(one))
    plain = answered(unsure, read_scenario(asked(tariff("USA", "CHN", 20)), "f", "f", unsure.codes), Doubt())
    assert "acting" not in headline(plain)
    assert short_rows([one], [ANSWERS])
    # the flows that are hit are drawn, and no sales at home stand in their rows
    routes = {r["partner"]: r for r in one.rows if r["part"] == ROUTES and r["quantity"] == "sold by the target"}
    assert routes["USA"]["before"] == pytest.approx(FLOWS["CHN"][CODES.index("USA")])
    drawn = next(drawn_routes(one))
    assert "USA" in drawn.wide
    assert "at home" not in drawn.caption
