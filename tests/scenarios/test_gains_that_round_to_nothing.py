"""A large economy's gain from a small measure: nothing as a share, and still a gain and no loss."""

from __future__ import annotations

from tests.scenarios.test_both_sides import asked, tariff

from entrepot.scenarios.answered_scenario import Doubt, answered, answers_of
from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.simulated_words import headline

# A small tariff of a giant on a dwarf turns the terms of trade its way: it gains, by some 1e-9 of its income.
FLOWS = "exporter,importer,flow\nUSA,USA,200000000\nUSA,LAO,5\nLAO,USA,5\nLAO,LAO,50\n"


def test_a_gain_that_is_nothing_as_a_share_is_told_as_a_gain(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(FLOWS, encoding="utf-8")
    unsure = own_unsure_world(OwnTable(path, elasticities=("5",)))
    one = answered(unsure, read_scenario(asked(tariff("USA", "LAO", 5)), "f", "f", unsure.codes), Doubt())
    assert answers_of(one.rows, "cost of the coalition, value")[0]["value"] < 0
    assert answers_of(one.rows, "cost of the coalition")[0]["value"] == 0  # as its rows have it, to six decimals
    said = headline(one)
    assert "LAO would lose" in said
    assert "USA gain 0 %" in said
