"""A figure is of whom its own clause names, and not of whom another clause or sentence does."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check

SAID = frozenset({"agrees", "agrees_within_rounding"})


def verdict(text, tmp_path, printed, **options):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    claims = check(path, published="2026-08-01", **options).found
    return next(c.verdict for c in claims if c.text == printed)


@pytest.mark.parametrize(
    "text",
    [
        "Unlike Xinjiang, Gansu traded 520.4 billion yuan of goods in 2025.",
        "Gansu's foreign trade came to 520.4 billion yuan in 2025, while Xinjiang's was not published.",
        "Xinjiang is growing. Gansu's foreign trade reached 520.4 billion yuan in 2025.",
        "In contrast to Xinjiang, Gansu had a foreign trade of 520.4 billion yuan in 2025.",
    ],
)
def test_a_place_of_no_row_is_not_taken_for_the_one_beside_it(text, tmp_path):
    assert verdict(text, tmp_path, "520.4 billion yuan") not in SAID


@pytest.mark.parametrize(
    "text",
    [
        "Unlike Gansu, Xinjiang traded 520.4 billion yuan of goods in 2025.",
        "Xinjiang's foreign trade came to 520.4 billion yuan in 2025, while Gansu's was not published.",
        "Gansu is poor. Xinjiang's foreign trade reached 520.4 billion yuan in 2025.",
    ],
)
def test_the_place_of_the_row_is_met_beside_another(text, tmp_path):
    assert verdict(text, tmp_path, "520.4 billion yuan") in SAID
