"""Figures of one passage against one another: what is worked out, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.claims.check import against_record
from entrepot.claims.model import Block, Report


def judged(text):
    report = Report(text, (Block(0, len(text), "paragraph", "en"),), "text", {}, ("en",), date(2024, 8, 1), "given", {})
    return {c.text: c for c in against_record(report, "one.txt").found}


@pytest.mark.parametrize(
    ("text", "rate", "given"),
    [
        ("Sales rose by 14.2 percent from $310.5 million to $382.6 million.", "14.2 percent", "23.2"),
        ("Exports saw an increase of 0.16 percent in eight months, from $19.486 billion to $19.454 billion.",
         "0.16 percent", "-0.164"),
    ],
)  # fmt: skip
def test_a_rate_that_does_not_follow_is_shown(text, rate, given):
    found = judged(text)[rate]
    assert found.verdict == "differs"
    assert given in found.note
    assert len(found.against) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose by 23.2 percent from $310.5 million to $382.6 million.",
        "Imports rose 5.16 percent to $350.297 million against $333.077 million last year.",
        "Exports fell by 9.46 percent from $7.326706 billion to $6.633191 billion.",
        "Sales surged by 25.09 percent from $198.932 million in June 2024, against $159.021 million in June 2023.",
    ],
)
def test_what_follows_or_is_cut_off_or_changed_about_is_left_alone(text):
    assert all(c.verdict != "differs" for c in judged(text).values())
