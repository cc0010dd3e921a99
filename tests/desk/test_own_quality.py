"""A row of one's own calls another number into question where it is said to be good, and not else."""

from __future__ import annotations

import pytest

import entrepot
from entrepot.desk.record import add_rows


@pytest.mark.parametrize(("quality", "verdict"), [({}, "no_record"), ({"quality": "good"}, "differs")])
def test_only_a_good_row_calls_another_number_into_question(quality, verdict, tmp_path):
    store = tmp_path / "store"
    row = {
        "place": "Kulma", "metric": "cargo", "value": "18000", "unit": "tonnes", "period": "2024-05",
        "publisher": "Customs", "published": "2024-06-10",
    }  # fmt: skip
    add_rows(row | quality, store=store)
    report = tmp_path / "report.txt"
    report.write_text("Kulma handled 81,000 tonnes of cargo in May 2024.", encoding="utf-8")
    answer = entrepot.check(report, published="2024-07-01", store=store)
    assert [c.verdict for c in answer.found] == [verdict]
    report.write_text("Kulma handled 18,000 tonnes of cargo in May 2024.", encoding="utf-8")
    answer = entrepot.check(report, published="2024-07-01", store=store)
    assert [c.verdict for c in answer.found] == ["agrees"]
