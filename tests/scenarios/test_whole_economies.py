"""A region is cut out of its country where a scenario names it, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.desk.simulate import scenario_codes, simulate
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.asked.unsure_world import default_unsure_world
from entrepot.scenarios.worlds.embedded_world import default_world

UNSURE = default_unsure_world()
TARIFF = 'title = "x"\nfrom = 2027-01-01\n[[act]]\nby = ["EU"]\non = [{on}]\ninstrument = "tariff"\npercent = 25\n'


def read(on: str, by: str = '"EU"'):
    return read_scenario(TARIFF.format(on=on).replace('"EU"', by), "f.toml", "f", UNSURE.codes)


def asked(tmp_path, on: str):
    """The answer to a tariff of the Union, without draws, with each economy."""
    file = tmp_path / "tariff.toml"
    file.write_text(TARIFF.format(on=on), encoding="utf-8")
    return simulate(file, parts=("answers", "economies"), draws=0, workers=1, store=tmp_path / "store")


def test_a_measure_on_another_country_leaves_every_economy_whole(tmp_path):
    found = asked(tmp_path, '"RUS"')
    economies = {r["economy"] for r in found.to_pylist() if r["economy"]}
    assert "CN-XJ" not in economies
    assert "CHN" in economies
    (one,) = found.found
    assert one.unsure.named("CHN") == "China"
    assert not [t for t in one.assumed if "is cut out of" in t]
    assert [t for t in one.assumed if t.startswith("Every economy stands whole") and "Xinjiang (CN-XJ)" in t]
    assert not [n for n in found.notes if "China without Xinjiang" in n]


def test_a_tariff_on_china_is_on_all_of_it(tmp_path):
    """Xinjiang stood beside it untouched: goods of the country that a file names were let in by its region."""
    (one,) = asked(tmp_path, '"CHN"').found
    flows = {r["partner"]: r["before"] for r in one.rows if r["part"] == "routes" and r["quantity"].endswith("target")}
    world = default_world().world
    china, union = world.economies.index("CHN"), world.economies.index("EU")
    sold = float((world.spending * world.shares[:, :, china])[:, union].sum())
    assert flows["EU"] == pytest.approx(sold, rel=1e-6)


def test_a_region_that_is_named_is_cut_out_and_its_country_is_the_rest(tmp_path):
    (one,) = asked(tmp_path, '"CN-XJ"').found
    assert one.unsure.named("CHN") == "China without Xinjiang"
    assert [t for t in one.assumed if "is cut out of China" in t]
    assert not [t for t in one.assumed if "stands whole" in t]


def test_all_others_are_those_of_the_world_that_is_asked():
    assert "CN-XJ" not in read('"RUS"', '"all"').acts[0].by
    assert "CHN" in read('"RUS"', '"all"').acts[0].by
    assert "CN-XJ" in read('"all"', '"CN-XJ"').region
    assert "CHN" in read('"all"', '"CN-XJ"').acts[0].on


def test_two_scenarios_side_by_side_have_each_its_own_world(tmp_path):
    found = simulate(presets=["uflpa", "us-tariff-60-on-china"], draws=0, workers=1, store=tmp_path / "store").found
    assert [one.unsure.region for one in found] == ["CN-XJ", ""]
    assert found[1].scenario.target == ("CHN",)


def test_whole_and_cut_the_world_makes_and_buys_the_same():
    whole = UNSURE.whole
    assert whole.world.economies == UNSURE.world.economies[:-1]
    np.testing.assert_allclose(whole.world.output.sum(axis=1), UNSURE.world.output.sum(axis=1), rtol=1e-9)


def test_a_region_without_shares_is_refused_with_the_one_that_has_them():
    with pytest.raises(UnreadableFileError, match="or CN-XJ: of no other region are shares on record"):
        read('"UA-43"')


def test_the_list_of_codes_says_when_the_region_is_cut_out():
    found = scenario_codes("economy")
    named = {r["code"]: r["name"] for r in found.to_pylist()}
    assert named["CHN"] == "China"
    assert named["CN-XJ"] == "Xinjiang"
    assert any("only in a scenario that names it" in n for n in found.notes)
    assert not any("stands whole: the scenario" in n for n in found.notes)


@pytest.mark.parametrize(("code", "whole"), [("DEU", "EU"), ("ISR", "REST")])
def test_an_economy_that_the_world_has_only_with_others_is_told_as_their_part(code, whole):
    """`did you mean EU?` of Germany reads as a slip of the keys: a ban on the whole Union is another question."""
    with pytest.raises(UnreadableFileError, match=f"it is a part of {whole} here"):
        read(f'"{code}"')
