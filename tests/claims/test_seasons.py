"""Seasons of a year and of a crop, halves of a month, what is next, and the end of the year that runs."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.claims.check import check
from entrepot.claims.dates.found_dates import find

PUBLISHED = date(2025, 8, 20)


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "to be transposed by the summer of 2026", "2026-06-01", "2026-08-31"),
        ("en", "in spring 2024 trade grew", "2024-03-01", "2024-05-31"),
        ("en", "output in the 2020-2021 harvest year", "2020-09-01", "2021-08-31"),
        ("en", "the 2020/21 season", "2020-09-01", "2021-08-31"),
        ("en", "in marketing year 2020/21", "2020-09-01", "2021-08-31"),
        ("en", "in the second half of July 2025", "2025-07-01", "2025-07-31"),
        ("en", "the law is to be read next year, 1 of 2", "2026-01-01", "2026-12-31"),
        ("en", "a train leaves next month, the 2nd", "2025-09-01", "2025-09-30"),
        ("en", "10 trains by the end of the year", "2025-12-31", "2025-12-31"),
        ("ru", "летом 2026 года", "2026-06-01", "2026-08-31"),
        ("ru", "в сезоне 2020/21 собрали", "2020-09-01", "2021-08-31"),
        ("ru", "до конца года 10 поездов", "2025-12-31", "2025-12-31"),
        ("ru", "в следующем году 10 поездов", "2026-01-01", "2026-12-31"),
        ("zh", "2026年夏季开行", "2026-06-01", "2026-08-31"),
        ("zh", "2020/2021年度棉花产量", "2020-09-01", "2021-08-31"),
        ("zh", "明年将开行10列", "2026-01-01", "2026-12-31"),
        ("zh", "到年底将开行10列", "2025-12-31", "2025-12-31"),
        ("en", "10 trains by year-end", "2025-12-31", "2025-12-31"),
    ],
)
def test_a_season_has_its_months(language, text, first, last):
    (found,) = find(text, language, PUBLISHED)
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize(
    "text", ["sold 2020-2025 units in the season", "the 2020-2025 campaign year", "a fall of 2023"]
)
def test_what_is_no_season_is_none(text):
    assert not [d for d in find(text, "en", PUBLISHED) if d.form == "season"]


def test_cotton_of_a_season_is_on_record_by_its_season(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(
        "China's output of cotton reached 5.95 million tons in the 2020-2021 harvest year.", encoding="utf-8"
    )
    (claim,) = (c for c in check(file, published="2022-01-15").found if "5.95" in c.text)
    assert claim.verdict == "agrees"
    assert "O1185" in claim.against
