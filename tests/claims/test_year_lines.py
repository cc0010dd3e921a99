"""Chronologies: a line or heading that is a year alone dates what stands below it."""

import pytest

from entrepot.claims.check import check

LAW = "China adopts its Anti-Foreign Sanctions Law, which takes effect at once."


def _verdicts(text, tmp_path, name="report.txt", published="2026-08-28"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return {c.text: (c.verdict, c.period_start) for c in check(path, published=published).found}


@pytest.mark.parametrize(
    ("text", "day", "read"),
    [
        (f"2021\nJune 10: {LAW}", "June 10", "2021-06-10"),
        (f"In 2021:\n\n- On June 10 {LAW}", "June 10", "2021-06-10"),
        ("2024\nA note.\n\n2018\nJuly 6: List 1 of the Section 301 tariffs takes effect.", "July 6", "2018-07-06"),
        ("2021年\n6月10日：中国通过《反外国制裁法》，当日施行。", "6月10日", "2021-06-10"),
        ("2021 год\n10 июня: Китай принял закон о противодействии иностранным санкциям.", "10 июня", "2021-06-10"),
        (f"2019\n2020\n2021\n\nThe law. It came on June 10: {LAW}", "June 10", "2026-06-10"),  # years of a chart
    ],
)
def test_what_stands_below_a_year_is_of_that_year(text, day, read, tmp_path):
    verdict, begins = _verdicts(text, tmp_path)[day]
    assert begins == read
    assert verdict != "contradicts"


def test_a_heading_that_is_no_date_ends_the_year(tmp_path):
    text = f"# Timeline\n\n## 2021\n\nThe law came on June 10: {LAW}\n\n## Outlook\n\nIt was told on July 9.\n"
    found = _verdicts(text, tmp_path, "report.md")
    assert found["June 10"] == ("agrees", "2021-06-10")
    assert found["July 9"][1] == "2026-07-09"


def test_figures_below_a_year_are_of_that_year(tmp_path):
    text = "2023\nMarch 14: CBP launches its statistics.\nAug 2: The UFLPA Entity List grows to 24 entities."
    assert _verdicts(text, tmp_path)["24 entities"] == ("agrees", "2023-08-02")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2021\nJune 12: China's Anti-Foreign Sanctions Law took effect on that day.", "differs"),
        ("China's Anti-Foreign Sanctions Law took effect on June 10.", "differs"),
        ("China's Anti-Foreign Sanctions Law took effect on 12 June 2021.", "contradicts"),
    ],
)
def test_a_date_without_a_year_of_its_own_is_never_red(text, verdict, tmp_path):
    found = _verdicts(text, tmp_path)
    assert verdict in {v for v, _ in found.values()}
    assert verdict == "contradicts" or "contradicts" not in {v for v, _ in found.values()}
