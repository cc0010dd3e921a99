"""Figures that say nothing against a row of another number: a mark, a forecast, a team; and words that count nobody."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# Day of publication, text, the figure.
SILENT = [
    (
        "2026-02-01",
        "China's trade with the five Central Asian countries in 2025, 106.3 billion, surpassed the $100 billion mark.",
        "$100 billion",
    ),
    ("2021-07-17", "After the attack at Dasu a 15-member Chinese team landed in Pakistan to investigate it.", "15"),
    (
        "2022-11-15",
        "今年1月至10月,巴克图口岸累计进出口货物26.5万吨,预计全年进出口货物量将突破30万吨。",
        "30万吨",
    ),
    (
        "2021-09-06",
        "Over 6 million tonnes of cargo were carried through the Horgos Port, up by 50.9 percent.",
        "6 million",
    ),
    ("2025-03-12", "据霍尔果斯出入境边防检查站数据统计,截至3月10日,今年共验放出入境人员21万人次。", "21万人次"),
]


def verdicts(text, published, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    return {c["text"]: c["verdict"] for c in check(file, published=published).claims.to_pylist()}


@pytest.mark.parametrize(("published", "text", "figure"), SILENT)
def test_it_says_nothing_against_a_row(published, text, figure, tmp_path):
    (verdict,) = (v for t, v in verdicts(text, published, tmp_path).items() if figure in t)
    assert verdict not in {"differs", "contradicts"}


def test_the_members_of_a_group_are_the_group(tmp_path):
    text = (
        "In 2025 China's trade with the five Central Asian countries, Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan "
        "and Uzbekistan, reached 106.3 billion dollars."
    )
    assert verdicts(text, "2026-02-01", tmp_path)["106.3 billion dollars"] == "agrees"


def test_one_of_many_counts_nobody(tmp_path):
    text = "After the attack near Karachi's airport the group said that one of their bombers drove the car."
    assert not [t for t in verdicts(text, "2024-10-08", tmp_path) if t.startswith("one of")]


@pytest.mark.parametrize("opened", ["temporarily opened from January 30 to February 10", "was to be opened in April"])
def test_an_opening_for_a_time_is_no_season(opened, tmp_path):
    found = verdicts(f"The Khunjerab Pass {opened}.", "2023-01-31", tmp_path)
    assert not [t for t, v in found.items() if "opened" in t and v == "differs"]


def test_a_rate_is_not_borne_out_by_itself(tmp_path):
    text = "China-Europe freight trains carried more than 1.08 million TEU this year, up 11 percent year on year."
    assert verdicts(text, "2024-07-11", tmp_path)["11 percent"] != "agrees"


def test_of_several_neighbours_together_a_row_of_one_is_shown_nearby(tmp_path):
    """O1180, with China alone, is USD 4.861 billion in these months: it is offered, and nothing is called different."""
    text = (
        "Pakistan traded more with its neighbours. Imports from them surged to $4.94 billion in the first three months "
        "of FY26, from China above all."
    )
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    (claim,) = (c for c in check(file, published="2025-11-01").claims.to_pylist() if "4.94" in c["text"])
    assert claim["verdict"] == "no_record"
    assert "O1180" in claim["offered"]


def test_a_number_of_no_said_time_differs_from_no_row_of_other_months(tmp_path):
    # The record has the seven months to January 2026; the text tells of the half year before, and says so elsewhere.
    said = (
        "China remains the dominant source of Pakistan's imports, which grew 25.61 per cent to $9.472 billion, while "
        "exports to China dropped 5.59 per cent to $1.216 billion."
    )
    found = verdicts(said, "2026-02-09", tmp_path)
    assert found["$9.472 billion"] == found["$1.216 billion"] == "no_record"
