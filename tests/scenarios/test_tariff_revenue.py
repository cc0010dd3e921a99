"""What a tariff yields is told, as the closed form of two like economies and another solver have it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize

from entrepot.desk.desk import Desk

HEAD = "title = 'Tariffs'\nfrom = 2027-01-01\n"
ACT = "[[act]]\nid = '{by}'\nby = ['{by}']\non = ['{on}']\ninstrument = 'tariff'\npercent = {percent}\n"
FLOWS = np.array([[700.0, 80, 120], [50, 400, 70], [60, 90, 800]])  # seller, buyer
NAMES = ("CHN", "DEU", "USA")
ELASTICITY = 5
LIKE = {("A", "A"): 80, ("A", "B"): 20, ("B", "A"): 20, ("B", "B"): 80}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


def yielded(desk, folder, flows, acts, elasticity=ELASTICITY):
    rows = [f"{a},{b},{flow}" for (a, b), flow in flows.items()]
    (folder / "flows.csv").write_text("\n".join(["exporter,importer,flow", *rows]), encoding="utf-8")
    blocks = "".join(ACT.format(by=by, on=on, percent=percent) for by, on, percent in acts)
    (folder / "asked.toml").write_text(HEAD + blocks, encoding="utf-8")
    found = desk.simulate(
        folder / "asked.toml", draws=0, world=folder / "flows.csv", elasticities=(str(elasticity),), year="2020"
    )
    rows = [r for r in found.to_pylist() if r["quantity"] == "tariff revenue, value"]
    assert {r["unit"] for r in rows} <= {"million USD"}
    return {r["economy"]: r["value"] for r in rows}, " ".join(found.notes)


def test_two_like_economies_that_tax_each_other(desk, tmp_path):
    # Wages stay. A fifth is bought abroad: .2 * 1.25 ** -4 = .08192 of .8 + .08192, so .0928882 of spending, and a
    # fifth of that is tariff: .01857765 of income I = 100 + R. R = 100 * .01857765 / (1 - .01857765) = 1.892931.
    acts = (("A", "B", 25), ("B", "A", 25))
    found, said = yielded(desk, tmp_path, LIKE, acts, elasticity=4)
    assert found == {"A": pytest.approx(1.892931, abs=2e-6), "B": pytest.approx(1.892931, abs=2e-6)}
    assert "Tariffs yield A 1.89 million dollars a year more; B 1.89 million dollars a year more" in said


def by_wages(tariffs):
    """Revenue of each buyer by scipy's root over wages: one sector, no inputs, deficits held."""
    made, spent = FLOWS.sum(axis=1), FLOWS.sum(axis=0)

    def after(logs):
        wages = np.exp(logs) * made.sum() / (np.exp(logs) * made).sum()
        shares = FLOWS / spent * (wages[:, None] * (1 + tariffs)) ** -float(ELASTICITY)
        shares /= shares.sum(axis=0)
        income = (wages * made + spent - made) / (1 - (shares * tariffs / (1 + tariffs)).sum(axis=0))
        return wages, shares * income / (1 + tariffs)

    def missed(logs):
        wages, paid = after(logs)
        return paid.sum(axis=1) / (wages * made) - 1

    found = optimize.root(missed, np.zeros(3), tol=1e-13)
    return (after(found.x)[1] * tariffs).sum(axis=0)


@pytest.mark.parametrize(
    "acts", [(("USA", "CHN", 20),), (("USA", "CHN", 20), ("CHN", "USA", 10)), (("DEU", "USA", 60),)]
)
def test_what_tariffs_yield_is_what_another_solver_finds(desk, tmp_path, acts):
    tariffs = np.zeros((3, 3))
    for by, on, percent in acts:
        tariffs[NAMES.index(on), NAMES.index(by)] = percent / 100
    wanted = dict(zip(NAMES, by_wages(tariffs), strict=True))
    flows = {(a, b): FLOWS[i, n] for i, a in enumerate(NAMES) for n, b in enumerate(NAMES)}
    found, _ = yielded(desk, tmp_path, flows, acts)
    assert found == {by: pytest.approx(wanted[by], rel=1e-6) for by, _, _ in acts}


def test_a_ban_yields_nothing_and_says_nothing_of_it(desk):
    found = desk.simulate(presets=("uflpa",), draws=0)
    assert not [r for r in found.to_pylist() if r["quantity"] == "tariff revenue, value"]
    assert "Tariffs yield" not in " ".join(found.notes)


def test_a_tariff_on_all_goods_is_on_no_services(desk):
    """China's services are 54 billion USD of what the United States buy of it in the packaged world."""
    found = desk.simulate(presets=("us-tariff-60-on-china",), draws=0, parts=("answers", "routes")).to_pylist()
    (sold,) = [r for r in found if (r["quantity"], r["partner"]) == ("sold by the target", "USA")]
    assert sold["before"] == pytest.approx(516_000, rel=1e-3)  # million USD of goods, as design page 53 has them
    (revenue,) = [r for r in found if r["quantity"] == "tariff revenue, value"]
    assert revenue["value"] == pytest.approx(0.6 * sold["after"], rel=1e-6)


def test_an_act_that_names_no_sectors_says_that_services_are_in_it(desk, tmp_path):
    (tmp_path / "asked.toml").write_text(HEAD + ACT.format(by="USA", on="CHN", percent=10), encoding="utf-8")
    said = desk.simulate(tmp_path / "asked.toml", draws=0).notes
    assert any("Tariff by USA on CHN, all sectors, services too: 10 per cent" in text for text in said)
