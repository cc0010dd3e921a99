"""The kept figures of presets are what the model gives, and say what it assumes."""

from __future__ import annotations

import pytest

import preset_answers as script
from entrepot.measures.measure import measure
from entrepot.scenarios.answered_scenario import Doubt, answered
from entrepot.scenarios.asked.assumptions import assumed
from entrepot.scenarios.asked.presets import preset, preset_names
from entrepot.scenarios.asked.unsure_world import default_unsure_world
from entrepot.scenarios.preset_answers import kept_rows, preset_answers

UNSURE = default_unsure_world()
ASKED = [one for one in (preset(name, UNSURE.codes) for name in preset_names()) if one.measure]
NEAR = 1e-4  # five digits are kept, and the last of them is rounded
# What is worked out to the sixth decimal of a per cent has fewer digits where it is small.
DECIMALS = 2e-6


def kept(measure_id):
    return {(r["preset"], r["quantity"], r["economy"]): r for a in preset_answers(measure_id) for r in a.figures}


def near(value):
    return pytest.approx(value, rel=NEAR, abs=DECIMALS)


def test_each_preset_of_a_measure_is_kept_and_the_measure_is_on_record():
    assert {one.id for one in ASKED} == {"uflpa", "eu-2024-3015-as-if-regional"}
    for one in ASKED:
        assert measure(one.measure).id == one.measure
        assert [a.preset for a in preset_answers(one.measure)] == [one.id]
    assert preset_answers("ofac-xinjiang") == ()


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one.id)
def test_the_kept_values_are_those_of_the_model(one):
    figures, _ = kept_rows(UNSURE, answered(UNSURE, one, Doubt()), 0)
    held = kept(one.measure)
    assert {(r["preset"], r["quantity"], r["economy"]) for r in figures} == set(held)
    assert {key: row["value"] for key, row in held.items()} == {
        (r["preset"], r["quantity"], r["economy"]): near(r["value"]) for r in figures
    }
    (answer,) = preset_answers(one.measure)
    assert answer.assumed == assumed(UNSURE, one)
    assert answer.hypothesis == one.hypothesis
    assert all(row["low"] <= row["value"] <= row["high"] for row in answer.figures)


@pytest.mark.slow
def test_the_kept_intervals_are_those_of_the_model():
    for row in script.made()[0]:
        held = kept(row["measure"])[row["preset"], row["quantity"], row["economy"]]
        assert {n: held[n] for n in ("value", "low", "high", "draws")} == {
            "draws": row["draws"], **{n: near(row[n]) for n in ("value", "low", "high")},
        }  # fmt: skip
