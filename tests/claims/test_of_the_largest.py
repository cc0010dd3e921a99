"""What is called a record or the largest is the figure beside those words, and no other of the sentence.

Urumqi Customs has the trade of Xinjiang in the first half of 2025 at 280.8 billion yuan, 28 percent more than a year
before (O0178), and in that of 2023 at 65.2 percent more (O0204): the level is the largest on record, the growth is not.
"""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

LEVEL = (
    "Xinjiang's foreign trade expanded 28 percent to a record 280.8 billion yuan in the first half of 2025.",
    "In the first half of 2025 Xinjiang's foreign trade, up 28 percent, reached 280.8 billion yuan, a record high.",
    "В первом полугодии 2025 года внешняя торговля Синьцзяна выросла на 28 процентов до рекордных 280,8 млрд юаней.",
)
GROWTH = "In the first half of 2025 Xinjiang's foreign trade grew by 28 percent, a record, to 280.8 billion yuan."


def verdicts(text, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    return [(c["text"], c["verdict"]) for c in check(file, published="2025-07-26").claims.to_pylist()]


@pytest.mark.parametrize("text", LEVEL)
def test_a_record_is_the_figure_beside_it(text, tmp_path):
    found = verdicts(text, tmp_path)
    assert "agrees" in {v for t, v in found if "280" in t}
    assert not [t for t, v in found if v == "differs"]


def test_growth_that_is_called_a_record_was_larger_before(tmp_path):
    assert ("record", "differs") in verdicts(GROWTH, tmp_path)
