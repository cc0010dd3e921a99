"""A report that is checked twice is told of in the same words, so that two runs can be compared."""

from __future__ import annotations

SAID = """Khunjerab, the pass that joins Gilgit-Baltistan in Pakistan to Xinjiang at 15,500 feet, is high.

In the first half of 2024 the railway posts of Alashankou and Khorgos in Xinjiang saw 7,160 China-Europe trains.
"""


def test_two_runs_write_the_same_bytes(run_cli, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(SAID, encoding="utf-8")
    asked = ("check", report, "--published", "2024-08-01", "--format", "csv")
    told = {run_cli(*asked, env={"PYTHONHASHSEED": seed}).stdout for seed in "1234"}  # sets are walked in other orders
    assert len(told) == 1
    assert "is named beside it" in told.pop()
