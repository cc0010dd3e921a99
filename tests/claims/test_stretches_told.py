"""Stretches told by where they end or begin: the fiscal year to June 2022, between April and the end of October."""

from datetime import date

import pytest

from entrepot.claims.check import check
from entrepot.claims.dates.found_dates import find

PUBLISHED = date(2025, 2, 1)


def _days(text, language="en"):
    return [(str(d.first), str(d.last)) for d in find(text, language, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("in the fiscal year to June 2022", "en", ("2021-07-01", "2022-06-30")),
        ("in the year ended 30 June 2022", "en", ("2021-07-01", "2022-06-30")),
        ("in the twelve months to June 2024", "en", ("2023-07-01", "2024-06-30")),
        ("in the fiscal year that ended in September 2024", "en", ("2023-10-01", "2024-09-30")),
        ("in the 12 months ended 15 June 2024", "en", ("2023-06-16", "2024-06-15")),
        ("the quarter ended March 31, 2025", "en", ("2025-01-01", "2025-03-31")),
        ("截至2022年6月30日的财政年度", "zh", ("2021-07-01", "2022-06-30")),
        ("за финансовый год, завершившийся в июне 2022 года", "ru", ("2021-07-01", "2022-06-30")),
        ("from January to June 2022", "en", ("2022-01-01", "2022-06-30")),
        ("extended by three months to June 2024", "en", ("2024-06-01", "2024-06-30")),
    ],
)
def test_a_stretch_is_told_by_its_end(text, language, days):
    assert _days(text, language) == [days]


@pytest.mark.parametrize(
    ("when", "verdict"),
    [("the fiscal year to June 2022", "agrees"), ("the year ended June 30, 2022", "agrees"), ("June 2022", "differs")],
)
def test_figures_of_such_a_year_are_held_against_it(when, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(f"Pakistan's exports to China came to $2.78 billion in {when}.")
    (found,) = check(path, published="2022-09-10").found
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("between April and the end of October", "en", ("2024-04-01", "2024-10-31")),
        ("from the start of April to the end of October 2023", "en", ("2023-04-01", "2023-10-31")),
        ("from April until mid-October", "en", ("2024-04-01", "2024-10-31")),
        ("с апреля до конца октября 2023 года", "ru", ("2023-04-01", "2023-10-31")),
        ("2023年4月至10月底", "zh", ("2023-04-01", "2023-10-31")),
        ("by the end of October", "en", ("2024-10-31", "2024-10-31")),
    ],
)
def test_months_run_to_the_end_of_the_last(text, language, days):
    assert _days(text, language) == [days]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (
            "In 2018 gunmen came on 23 November. Earlier that year, on 5 February, a manager was shot.",
            "2018-02-05",
        ),
        ("Gunmen came on 23 November 2018. In the same year, on 5 February, a manager was shot.", "2018-02-05"),
        ("Gunmen came on 23 November 2018. On 5 January, a manager was shot.", "2025-01-05"),
    ],
)
def test_a_day_of_that_year_is_of_the_year_told_of(text, begins, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text)
    found = {c.text: c.period_start for c in check(path, published=PUBLISHED.isoformat()).found}
    assert next(day for printed, day in found.items() if printed.startswith("5 ")) == begins


TRAINS = "Container trains on the Middle Corridor from China "


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        (f"{TRAINS}went from 11 in 2023 to 358.", "358", "agrees"),
        (f"{TRAINS}rose to 358 from 11 in 2023.", "358", "agrees"),
        (f"{TRAINS}went to 358 in 2023.", "358", "differs"),
        ("ASEAN makes up 12.9 percent of Xinjiang's trade, against 8 percent in 2024.", "12.9 percent", "agrees"),
        ("ASEAN makes up 12.9 percent of Xinjiang's trade in 2024, as before.", "12.9 percent", "differs"),
    ],
)
def test_the_period_of_what_a_figure_rose_from_is_not_its_own(text, figure, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text)
    (found,) = [c for c in check(path, published="2026-02-02").found if c.text == figure]
    assert found.verdict == verdict
