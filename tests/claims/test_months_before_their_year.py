"""Months that lead what is counted are of the year behind it: first-quarter trade in 2024 is of that quarter."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check


def claim(text, tmp_path, printed):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return next(c for c in check(path, published="2026-08-01").found if c.text == printed)


@pytest.mark.parametrize(
    ("text", "printed", "row"),
    [
        (
            "First-quarter trade in Xinjiang jumped 42.7% to about $13.2 billion in 2024.",
            "about $13.2 billion",
            "O0197",
        ),
        ("Xinjiang's first-quarter trade in 2024 came to about $13.2 billion.", "about $13.2 billion", "O0197"),
        ("January-February trade of Xinjiang came to 44.4 billion yuan in 2023.", "44.4 billion yuan", "O0467"),
    ],
)
def test_they_are_of_the_year_behind(text, printed, row, tmp_path):
    found = claim(text, tmp_path, printed)
    assert (found.verdict, found.against) == ("agrees", (row,))


@pytest.mark.parametrize(
    "text",
    [
        "In January Beijing said that the foreign trade of Xinjiang came to 520.4 billion yuan in 2025.",
        "A January report put Xinjiang's foreign trade at 520.4 billion yuan in 2025.",
        "During the first quarter officials put Xinjiang's foreign trade at 520.4 billion yuan in 2025.",
        "First-quarter trade slowed, when Xinjiang's foreign trade had reached 520.4 billion yuan in 2025.",
    ],
)
def test_months_of_something_else_leave_the_year_whole(text, tmp_path):
    found = claim(text, tmp_path, "520.4 billion yuan")
    assert (found.period_start, found.period_end) == ("2025-01-01", "2025-12-31")
