"""What is said of the elasticities is how they are drawn: the draws are looked at, and the sentences."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from entrepot.scenarios.asked.assumptions import assumed
from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.asked.unsure_world import default_unsure_world
from entrepot.scenarios.uncertainty.unsure_inputs import ELASTICITY, unsure_inputs

OF_STUDY = "Caliendo and Parro (2015), table 1"
ERRORS = "standard error"


@cache
def own(folder):
    path = folder / "flows.csv"
    path.write_text("exporter,importer,flow\nCHN,CHN,9\nCHN,USA,2\nUSA,CHN,1\nUSA,USA,9\n", encoding="utf-8")
    return own_unsure_world(OwnTable(path, elasticities=("5",)))


@pytest.fixture
def world(request, tmp_path):
    return own(tmp_path) if request.param == "own" else default_unsure_world()


SECTORS = 12  # of the packaged world
CASES = [
    # world, elasticities of the file, their widths: how many are drawn, all of which spread; said; not said
    ("own", "", 0, None, ["as given, taken as known: goods 5"], [OF_STUDY, "lognormal"]),
    ("own", "spread = 0.25", 1, 0.25, ["as given: goods 5", "with 0.25 as the standard deviation"], ["taken as known"]),
    ("own", "all = 4", 0, None, ["scenario's own: goods 4, taken as known"], ["as given", "lognormal"]),
    ("packaged", "", SECTORS, None, [OF_STUDY, ERRORS, "that of services is assumed"],
     ["scenario's own", "taken as known"]),
    ("packaged", "electronics = 6\nspread = 0.5", SECTORS, 0.5,
     ["scenario's own: electronics 6.", OF_STUDY, "with 0.5 as the standard deviation"], [ERRORS, "electronics,"]),
    ("packaged", "electronics = 6", SECTORS, None,
     ["electronics 6, of which electronics as widely drawn as what they replace", ERRORS],
     ["the scenario's own spread"]),
    ("packaged", "all = 5\nspread = 0.2", SECTORS, 0.2, ["with 0.2 as the standard deviation"],
     [OF_STUDY, "services is assumed"]),
    ("packaged", "spread = 0", 0, None, [OF_STUDY, "Every trade elasticity is taken as known"], [ERRORS, "lognormal"]),
]  # fmt: skip


@pytest.mark.parametrize(("world", "given", "count", "spread", "said", "unsaid"), CASES, indirect=["world"])
def test_what_is_drawn_is_said(world, given, count, spread, said, unsaid):  # noqa: PLR0913, PLR0917 - a case each
    text = (
        "title = 'x'\nfrom = 2027-01-01\n[[act]]\nby = ['USA']\non = ['CHN']\ninstrument = 'tariff'\npercent = 10\n"
        f"[elasticities]\n{given}\n"
    )
    asked = read_scenario(text, "f", "f", world.codes)
    drawn = [one.width for one in unsure_inputs(world, asked) if one.kind == ELASTICITY]
    assert len(drawn) == count
    if spread is not None:
        assert np.allclose(drawn, spread)
    told = [t for t in assumed(world, asked) if "elasticit" in t and "Spending shares" not in t]
    for part in said:
        assert sum(part in t for t in told) == 1, told
    for part in unsaid:
        assert not any(part in t for t in told), told
