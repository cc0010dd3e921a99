"""What a day is of: the place where it was, what was done on it, and its year; beside each, what is nearly that."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

AGREES = {"agrees", "agrees_within_rounding"}
KARACHI = "Gunmen shot dead one Chinese national of a shipping line in Karachi, the port city of Pakistan, on {}."

# The day of publication, the figure or date, a sentence that a row bears out, and one that it does not.
TWINS = {
    "another town of the country": (
        "2018-02-08",
        "February 5",
        KARACHI.format("February 5"),
        (
            f"{KARACHI.format('Monday')} Also on February 5, a roadside bomb killed one person in the town of Panjgur "
            "in Balochistan Province of Pakistan."
        ),
    ),
    "a province of another town": (
        "2024-03-28",
        "26 March",
        "On 26 March, a suicide bomber killed five Chinese engineers near Besham in Khyber Pakhtunkhwa in Pakistan.",
        "On 26 March, a bomb killed five Chinese nationals in Sindh in Pakistan.",
    ),
    "since a war": (
        "2025-05-05",
        "February 2022",
        "The European Union adopted its export ban on advanced technology for Russia in February 2022.",
        (
            "Exports of advanced technology to Russia's neighbours rose since the invasion of Ukraine in February "
            "2022, said the European Union."
        ),
    ),
    "a visit": (
        "2026-03-02",
        "26 February",
        "The Omnibus directive of the European Union that narrows the CSDDD was published on 26 February.",
        "In a visit on 26 February the envoy of the European Union spoke of the Omnibus directive on the CSDDD.",
    ),
    "a testimony": (
        "2022-07-05",
        "21 June",
        "The UFLPA took effect on 21 June.",
        "The Trade Representative testified on 21 June about the UFLPA.",
    ),
}


def _said(tmp_path, published, text):
    """Each figure or date of a text as printed, with what is said of it and the day that it begins on."""
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    found = check(path, published=published).found
    return [(c.text, c.verdict, c.period_start) for c in found]


def _agrees(tmp_path, published, text, printed):
    return any(v in AGREES for t, v, _ in _said(tmp_path, published, text) if printed in t)


@pytest.mark.parametrize(("published", "printed", "right", "wrong"), TWINS.values(), ids=TWINS)
def test_a_day_is_that_of_the_row_and_of_nothing_beside_it(tmp_path, published, printed, right, wrong):
    assert _agrees(tmp_path, published, right, printed)
    assert not _agrees(tmp_path, published, wrong, printed)


@pytest.mark.parametrize(
    ("published", "printed", "text"),
    [
        # Whence it was written, and the name of who did it, are no places where it was.
        ("2021-07-15", "Nine", "Peshawar/Beijing: Nine Chinese engineers were killed on Wednesday in Dasu, Pakistan."),
        (
            "2021-08-22",
            "2018年11月23日",
            "2018年11月23日，“俾路支解放军”袭击位于巴基斯坦卡拉奇的中国领事馆。",
        ),
        # A town is in its province.
        (
            "2024-10-08",
            "6 October",
            "On 6 October a bomb killed two Chinese nationals of the Port Qasim power plant in Sindh, Pakistan.",
        ),
        # What was done stands behind the comma.
        ("2024-11-27", "2024年11月19日", "2024年11月19日，欧盟理事会最终通过了《欧盟市场禁止强迫劳动产品条例》。"),
    ],
)
def test_what_is_said_in_another_way_agrees(tmp_path, published, printed, text):
    assert _agrees(tmp_path, published, text, printed)


@pytest.mark.parametrize(
    ("text", "printed", "begins"),
    [
        ("Under the Tariff Act of 1930, US customs issued five orders on September 14.", "September 14", "2020-09-14"),
        ("By 2019 the orders were five; on September 14 a sixth was issued.", "September 14", "2019-09-14"),
    ],
)
def test_the_year_in_the_name_of_a_law_is_of_no_day(tmp_path, text, printed, begins):
    assert [first for t, _, first in _said(tmp_path, "2020-09-30", text) if printed in t] == [begins]


@pytest.mark.parametrize(
    ("text", "printed", "is_claim"),
    [
        ("These tariff increases on polysilicon will take effect on January 1, 2025.", "January 1, 2025", True),
        ("The increase in tariffs was announced on December 11, 2024.", "December 11, 2024", True),
        ("Exports of polysilicon rose to 50 tonnes, an increase of 3 percent on 2023.", "2023", False),
    ],
)
def test_a_day_on_which_an_increase_takes_effect_is_no_base_of_it(tmp_path, text, printed, is_claim):
    said = _said(tmp_path, "2024-12-12", text)
    assert any(printed in t for t, _, _ in said) == is_claim


@pytest.mark.parametrize(
    ("season", "verdict"),
    [
        ("open from April 1 to November 30", "agrees"),
        ("open from April to November", "agrees"),
        ("closed from December 1 to March 31", "agrees"),
        ("closed from November 30 to April 1", "agrees"),  # the days on which it is shut and opened
        ("open from April 10 to November 30", "differs"),
        ("open from April 1 to November 20", "differs"),
        ("closed from December 10 to March 31", "differs"),
    ],
)
def test_a_season_is_said_by_its_days_where_days_are_said(tmp_path, season, verdict):
    # Of the protocol of 1985, from 1 April to 30 November; published before it was opened in any winter.
    said = _said(tmp_path, "2019-06-05", f"The Khunjerab Pass is {season} every year.")
    assert [v for t, v, _ in said if "from" in t] == [verdict]
