"""What a model says of the measure, in its brief: simulated, apart from all that was observed, with what it assumes."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from entrepot.brief.chapters import what_if
from entrepot.brief.chapters.what_if import chapter
from entrepot.brief.report import plain_text
from entrepot.scenarios.preset_answers import PresetAnswer, preset_answers


def of(measure, day):
    return chapter(SimpleNamespace(measure=SimpleNamespace(id=measure), day=day))


def sentences(told):
    return [row[0] for row in told.grids[0].rows]


def test_the_brief_says_the_kept_figures_with_their_ends_and_that_they_are_a_model(uflpa):
    told = next(c for c in uflpa.report.chapters if c.key == "what-if")
    said = " ".join(map(plain_text, sentences(told)))
    kept = {r["quantity"]: r for a in preset_answers("uflpa") for r in a.figures}
    loss = kept["loss of the target"]
    assert f"lose {loss['value']:.3g} % ({loss['low']:.3g} to {loss['high']:.3g} %)" in said
    assert "nothing of it was observed" in said
    assert "European Union" in said
    figures = [f for s in sentences(told) for f in s.figures.values()]
    assert len(figures) == len(preset_answers("uflpa")[0].figures)
    assert {f.status for f in figures} == {"simulated"}
    assert all(f.low <= f.number <= f.high for f in figures)
    assert [row[1] for row in told.grids[1].rows] == list(preset_answers("uflpa")[0].assumed)
    elsewhere = {f.id for f in uflpa.report.answer.figures}
    assert not elsewhere & {f.id for f in figures}  # a model moves no test


def test_a_hypothesis_is_said_first_and_other_measures_have_no_such_chapter():
    told = of("eu-flr", date(2026, 11, 24))
    assert plain_text(sentences(told)[0]).startswith("A hypothesis: Regulation (EU) 2024/3015 is no ban")
    assert of("ofac-xinjiang", date(2026, 11, 24)) is None


def test_on_a_day_before_the_tables_nothing_is_simulated():
    told = of("uflpa", date(2024, 11, 25))
    assert not told.grids
    assert "edition" in told.missing[0]


@pytest.mark.parametrize(("sign", "word"), [(1, "lose"), (-1, "gain")])
def test_a_loss_below_nothing_is_a_gain(sign, word, monkeypatch):
    low, high = sorted((sign * 1.0, sign * 3.0))
    common = {"preset": "p", "economy": "A", "value": sign * 2.0, "low": low, "high": high, "draws": 9}
    rows = tuple(
        {**common, "quantity": f"{name}{more}", "unit": unit}
        for name in ("loss of the target", "cost of the coalition")
        for more, unit in (("", "percent"), (", value", "million USD"))
    )
    answer = PresetAnswer("p", "A test", "A", "B", "", rows, ("one",))
    monkeypatch.setattr(what_if, "preset_answers", lambda _: (answer,))
    said = plain_text(sentences(of("uflpa", date(2026, 11, 24)))[0])
    assert said.count(f"would {word} 2 % (1 to 3 %)") == 2
    assert "USD 2 million a year (1 million to USD 3 million)" in said
