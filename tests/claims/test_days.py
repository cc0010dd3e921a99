"""The Spring Festivals on file against the `holidays` package, which they are taken from; days and their weekdays."""

import holidays
import pytest

from entrepot.claims.check import check
from entrepot.claims.dates.days import holiday


@pytest.mark.parametrize("year", range(2000, 2041, 5))
def test_a_spring_festival_is_as_the_package_has_it(year):
    theirs = holidays.country_holidays("CN", years=year, language="en_US")
    days = sorted(
        d for d, n in theirs.items() if d.year == year and ("Spring Festival" in n or "Chinese New Year" in n)
    )
    assert holiday("spring", year) == (days[0], days[-1])


@pytest.mark.parametrize("year", [1999, 2041])
def test_a_year_without_one_on_file_has_none(year):
    assert holiday("spring", year) is None


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The UFLPA took effect on Tuesday, June 21, 2022.", "agrees"),
        ("The UFLPA took effect on Wednesday (June 21, 2022).", "differs"),
        ("Закон UFLPA вступил в силу в среду, 21 июня 2022 года.", "differs"),
        ("《维吾尔强迫劳动预防法》（UFLPA）于2022年6月21日（星期三）生效。", "differs"),
        ("UFLPA took effect on June 21, 2022, a lawyer told a paper on Wednesday.", "agrees"),
    ],
)
def test_a_day_that_has_another_weekday_asks_for_a_look(sentence, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    (claim,) = [c for c in check(path, published="2024-03-05").found if "2022" in c.text]
    assert claim.verdict == verdict
    assert ("2022-06-21 was a Tuesday, not a Wednesday." in claim.note) == (verdict == "differs")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The post shuts on June 31 each year.", True),
        ("The post shuts on 31 June 2024 for the year.", True),
        ("Пост закрылся 31 июня.", True),
        ("The post shuts at midnight, Aug. 38?", True),
        ("On Sept. 64 the post shuts.", True),
        ("The finding was sent back in December 20204.", True),
        ("In December 20,204 trains passed, in May 20310 wagons.", False),
        ("In August 38 trains passed, in September 45 percent more.", False),
        ("Depending on March 45 companies were added.", False),
        ("The post shuts on May 31 each year.", False),
        ("In June 310 trains passed the post.", False),
        ("In June 31% more trains passed the post.", False),
        ("In February 29.5 tonnes passed the post.", False),
    ],
)
def test_a_day_that_no_month_has_asks_for_a_look(sentence, said, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    found = [c for c in check(path, published="2024-07-05").found if "No calendar has" in c.note]
    assert [c.verdict for c in found] == ["differs"] * said


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The fair opened late on Wednesday, 28 November, in Talas.", "differs"),
        ("Ярмарка открылась поздно вечером в среду, 28 ноября, в Таласе.", "differs"),
        ("The fair opened late on Friday, 28 November, in Talas.", "no_record"),
        ("The fair opened late on Wednesday, 28 May, in Talas.", "no_record"),
        ("The fair opened late on Thursday, 28 May, in Talas.", "no_record"),  # of which year is not said
    ],
)
def test_so_does_a_day_without_its_year_in_a_report_of_those_weeks(sentence, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    assert [c.verdict for c in check(path, published="2025-12-01").found] == [verdict]


def test_an_hour_of_the_day_is_listed_and_on_no_record(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "De minimis: the order took effect on 2 May 2025 at 12:01 a.m. EDT, by section 321.", encoding="utf-8"
    )
    checked = check(path, published="2025-06-03")
    (hour,) = [c for c in checked.found if c.verdict == "no_record"]
    assert (hour.text, hour.verdict, hour.period_start) == ("12:01 a.m.", "no_record", None)
    assert hour.note == "The record has no hours of the day."
    assert "not read" not in checked.summary
    assert "1 number of items" in checked.summary


def test_a_weekday_and_its_day_are_one_date(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Khunjerab reopened to all on Monday, April 3, 2023.", encoding="utf-8")
    assert [c.text for c in check(path, published="2024-03-05").found] == ["on Monday, April 3, 2023"]


@pytest.mark.parametrize(("day", "is_borne_out"), [("27 November 2026", True), ("27 May 2026", False)])
def test_the_end_of_a_suspension_is_on_record(day, is_borne_out, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(f"China suspended its ban on exports of gallium and antimony to the United States until {day}.")
    (found,) = check(path, published="2025-12-10").found
    assert (found.verdict == "agrees") == is_borne_out
    assert (f"suspended to {day}" in found.note) == is_borne_out


@pytest.mark.parametrize(
    ("sentence", "figure", "verdict"),
    [
        ("The UFLPA Entity List grew from 144 to 187 entities on 3 August 2026.", "144", "agrees"),
        ("3 августа 2026 года список UFLPA вырос до 187 компаний, ранее 144.", "144", "agrees"),
        ("The UFLPA Entity List grew from 150 to 187 entities on 3 August 2026.", "150", "differs"),
    ],
)
def test_what_a_list_grew_from_is_of_the_day_before(sentence, figure, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    assert {c.text: c.verdict for c in check(path, published="2026-09-01").found}[figure] == verdict


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("In a statement released on Monday, the group said it had hit Chinese engineers at Karachi.", "on Monday"),
        ("Confirming the death of two Chinese nationals on Monday, the embassy condemned the attack.", "on Monday"),
        ("中国驻巴基斯坦大使馆7日发布了紧急提醒，卡拉奇机场附近发生袭击，2名中国公民遇难。", "7日"),
    ],
)  # fmt: skip
def test_a_day_on_which_somebody_only_spoke_agrees_with_no_event(sentence, text, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    assert {c.text: c.verdict for c in check(path, published="2024-10-07").found}.get(text, "dropped") != "agrees"


def test_a_day_that_one_paper_gives_to_an_event_of_another_is_not_borne_out(tmp_path):
    """The bombing was on Sunday, the 6th; a paper has the 7th, which the record keeps beside it."""
    path = tmp_path / "report.txt"
    path.write_text("Two Chinese nationals were killed near Karachi airport on Sunday night, October 7.")
    assert {c.text: c.verdict for c in check(path, published="2024-10-07").found}["October 7"] == "differs"
