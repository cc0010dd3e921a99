"""What a law sees once has one day: another is red where law, act and year are said, and nothing else may be meant."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check

SAID = [
    ("The Uyghur Forced Labor Prevention Act was signed into law by President Biden on December {}, 2021.", 23, 21),
    ("The UFLPA was signed into law on December {}, 2021.", 23, 28),
    ("The presumption of the UFLPA took effect on June {}, 2022.", 21, 12),
    ("The EU Forced Labour Regulation entered into force on {} December 2024.", 13, 18),
]


@pytest.fixture
def verdict(tmp_path):
    def held(text):
        file = tmp_path / "report.txt"
        file.write_text(text, encoding="utf-8")
        return check(file, published="2025-06-20").found[0].verdict

    return held


@pytest.mark.parametrize(("said", "right", "wrong"), SAID)
def test_another_day_of_such_an_act_is_red(said, right, wrong, verdict):
    assert verdict(said.format(right)) == "agrees"
    assert verdict(said.format(wrong)) == "contradicts"


@pytest.mark.parametrize(
    "said",
    [
        "The amended Forced Labour Regulation entered into force on 18 December 2024.",
        "The EU Forced Labour Regulation may have entered into force on 18 December 2024, after 27 November 2024.",
        "The EU Forced Labour Regulation is expected to enter into force on 18 December 2024.",
        "Parliament and Council adopted the EU Forced Labour Regulation on 18 November 2024.",
        "The copper rules of the UFLPA took effect on June 12, 2022.",
    ],
)
def test_nothing_else_is_red(said, verdict):
    assert verdict(said) != "contradicts"
