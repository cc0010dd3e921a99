"""The verb simulate: presets, a file, parts, what is refused, the page."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.scenarios.asked.presets import preset, preset_names
from entrepot.scenarios.asked.scenario import EXPORT_BAN
from entrepot.scenarios.asked.unsure_world import default_unsure_world

WITH_WAYS = {"khorgos-capped", "uflpa-with-ways-round"}
HYPOTHESES = {
    "us-tariff-60-on-china",
    "eu-2024-3015-as-if-regional",
    "uflpa-with-kaz-vnm",
    "full-embargo",
    *WITH_WAYS,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def simulated(desk, tmp_path_factory):
    """All presets at once, with a few draws and a page."""
    page = tmp_path_factory.mktemp("page") / "page.html"
    names = [*preset_names()]
    found = desk.simulate(presets=names, parts=("answers", "economies", "routes"), draws=2, workers=1, html=page)
    return found, page.read_text(encoding="utf-8")


def test_presets_say_when_they_are_a_hypothesis(simulated):
    codes = default_unsure_world().codes
    assert {name for name in preset_names() if preset(name, codes).hypothesis} == HYPOTHESES
    found, page = simulated
    for row in found.to_pylist():
        assert row["status"] == "simulated"
        assert (row["scenario"] in HYPOTHESES) == any("hypothesis" in text for text in row["assumed"])
    assert page.count("A hypothesis:") >= len(HYPOTHESES)
    assert "Nothing here was observed" in page


def test_what_more_do_costs_the_target_more(simulated):
    found, _ = simulated
    loss = {r["scenario"]: r["value"] for r in found.to_pylist() if r["quantity"] == "loss of the target"}
    assert 0 < loss["uflpa"] < loss["uflpa-with-kaz-vnm"]
    of_full = [r for r in found.to_pylist() if r["quantity"] == "loss under a full embargo by the coalition"]
    same = {r["scenario"]: r["value"] for r in of_full}
    assert same["full-embargo"] == pytest.approx(loss["full-embargo"])
    assert same["uflpa-with-kaz-vnm"] == pytest.approx(loss["full-embargo"])


def test_a_page_shows_each_answer_and_opens_its_rows(simulated):
    found, page = simulated
    answers = [r for r in found.to_pylist() if r["part"] == "answers"]
    assert all(f'id="{r["figure_id"]}"' in page for r in answers)
    # what the target sells and the coalition buys is drawn, and under bans of exports what the target buys of whom
    codes = default_unsure_world().codes
    asked = [{act.instrument == EXPORT_BAN for act in preset(name, codes).acts} for name in preset_names()]
    assert page.count("<svg") == 2 * sum(map(len, asked))
    assert "Side by side" in page
    for row in answers[:3]:
        assert row["low"] <= row["high"]


def test_a_figure_is_explained_with_all_that_it_assumes(desk, simulated):
    found, _ = simulated
    row = found.to_pylist()[0]
    (told,) = desk.explain(row["figure_id"])
    assert all(text in told.rule for text in row["assumed"])


def test_a_file_beside_a_preset(desk, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        'title = "x"\nfrom = 2026-01-01\n[[act]]\nby = ["USA"]\non = ["CHN"]\ninstrument = "tariff"\npercent = 10\n',
        encoding="utf-8",
    )
    found = desk.simulate(path, presets=["uflpa"], parts=("economies",), draws=0)
    assert {r["scenario"] for r in found.to_pylist()} == {"own", "uflpa"}
    welfare = {
        r["economy"]: r["value"] for r in found.to_pylist() if r["scenario"] == "own" and r["quantity"] == "welfare"
    }
    assert welfare["CHN"] < 0 < welfare["MEX"]
    with pytest.raises(BadInputError, match="two scenarios with one id"):
        desk.simulate(path, beside=[path])


def test_what_is_refused(desk):
    with pytest.raises(BadInputError, match="nothing is asked"):
        desk.simulate()
    with pytest.raises(UnknownNameError, match="did you mean uflpa"):
        desk.simulate(presets=["ufpla"])
    with pytest.raises(UnknownNameError, match="sectors"):
        desk.simulate(presets=["uflpa"], parts=("sector",))
    for wrong in ({"draws": -1}, {"draws": 1}, {"sensitivity": 3}, {"draws": 10**6}, {"seed": -1}):
        with pytest.raises(BadInputError, match=next(iter(wrong))):
            desk.simulate(presets=["uflpa"], **wrong)


def test_codes_are_those_that_a_file_may_name(desk):
    rows = desk.scenario_codes().to_pylist()
    codes = default_unsure_world().codes
    assert tuple(r["code"] for r in rows if r["kind"] == "economy") == codes.economies
    assert all(r["low"] < r["elasticity"] < r["high"] for r in rows if r["kind"] == "sector")
    with pytest.raises(UnknownNameError, match="economy"):
        desk.scenario_codes("econmy")
