"""A figure of several quarters is held against the sum of the record's flows of those quarters."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check
from entrepot.record.embedded import load


def claim(text, tmp_path, printed):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return next(c for c in check(path, published="2026-08-01").found if c.text == printed)


@pytest.fixture(scope="module")
def panels():
    """China's exports of panels to Pakistan from January to September 2023, in USD, with the ids of their rows."""
    rows = [
        r
        for r in load().tables["flows"].to_pylist()
        if (r["partner"], r["product"], r["flow"]) == ("Pakistan", "Panels", "export")
        and "2023-01-01" <= r["period_start"] <= r["period_end"] <= "2023-09-30"
    ]
    return sum(r["value_usd"] for r in rows), [r["id"] for r in rows]


def test_a_sum_of_quarters_is_consistent_with_its_working(panels, tmp_path):
    total, rows = panels
    printed = f"${total / 1e9:.3f} billion"
    text = f"China's exports of solar panels to Pakistan were worth {printed} from January to September 2023."
    found = claim(text, tmp_path, printed)
    assert (found.verdict, sorted(found.against)) == ("consistent", sorted(rows))
    assert all(row in found.working for row in rows)


def test_another_sum_asks_for_a_look(panels, tmp_path):
    printed = f"${1.1 * panels[0] / 1e9:.3f} billion"
    text = f"China's exports of solar panels to Pakistan were worth {printed} from January to September 2023."
    found = claim(text, tmp_path, printed)
    assert (found.verdict, sorted(found.against)) == ("differs", sorted(panels[1]))


@pytest.mark.parametrize(
    "text",
    [
        "China's exports of solar cells to Pakistan were worth {} from January to September 2023.",
        "China's exports of solar panels to Vietnam were worth {} from January to September 2023.",
        "China's exports of solar panels to Pakistan were worth {} from February to September 2023.",
        "China's exports of solar panels to Pakistan rose by {} from January to September 2023.",
    ],
)
def test_a_sum_of_another_good_side_or_time_bears_nothing_out(text, panels, tmp_path):
    printed = f"${panels[0] / 1e9:.3f} billion"
    assert claim(text.format(printed), tmp_path, printed).verdict != "consistent"
