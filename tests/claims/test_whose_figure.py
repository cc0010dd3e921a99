"""A number on record is that of its own persons, part of a law, measure of a share, direction and time of a month."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# The day of publication, a figure or date of the text, the right sentence and the wrong one.
TWINS = {
    "tonnes of a post": (
        "2026-01-10",
        "700,000 tonnes",
        "Torugart handled 700,000 tonnes between January and May 2025.",
        "Torugart handled 700,000 tonnes between January and May 2024.",
    ),
    "tonnes of one good": (
        "2026-01-10",
        "700,000 tonnes",
        "Torugart handled 700,000 tonnes between January and May 2025.",
        "Torugart handled 700,000 tonnes of cotton between January and May 2025.",
    ),
    "whose dead": (
        "2024-12-28",
        "nine",
        "The bus attack at Dasu on 14 July 2021 killed nine Chinese and four others.",
        "The bus attack at Dasu on 14 July 2021 killed four Chinese and nine others.",
    ),
    "no Chinese": (
        "2024-12-28",
        "four",
        "In 2018 gunmen stormed the Chinese consulate in Karachi; four people were killed.",
        "In 2018 gunmen stormed the Chinese consulate in Karachi; four Chinese were killed.",
    ),
    "a country of a rate": (
        "2026-06-10",
        "125.87",
        "The preliminary subsidy rate on solar cells from India is 125.87 percent.",
        "The preliminary subsidy rate on solar cells from Laos is 125.87 percent.",
    ),
    "a scope that ended": (
        "2025-06-10",
        "3,000",
        "In 2023 the LkSG covered companies with 3,000 or more employees in Germany.",
        "Since January 1, 2024 the LkSG covers companies with 3,000 or more employees in Germany.",
    ),
    "another good": (
        "2025-12-10",
        "25 percent",
        "Under Section 232 steel has been taxed at 25 percent since 23 March 2018.",
        "Under Section 232 aluminium has been taxed at 25 percent since 23 March 2018.",
    ),
    "a plan": (
        "2025-06-30",
        "up to 1,000",
        "China plans to accept up to 1,000 Kazakh trucks a day at Khorgos from September 2025.",
        "China has accepted up to 1,000 Kazakh trucks a day at Khorgos since May 2025.",
    ),
    "another law's day": (
        "2025-12-10",
        "1 August 2023",
        "China's export licence for gallium was introduced on 1 August 2023.",
        "China's export licence for graphite was introduced on 1 August 2023.",
    ),
    "another part's day": (
        "2025-12-10",
        "3 December 2024",
        "China stopped exports of antimony to the United States on 3 December 2024.",
        "China put antimony under export licence on 3 December 2024.",
    ),
    "of the value": (
        "2024-03-05",
        "54.9",
        "In the fourth quarter of 2023 electronics made up 54.9 percent of the shipments stopped under the UFLPA.",
        "In the fourth quarter of 2023 electronics made up 54.9 percent of the value of UFLPA shipments.",
    ),
    "area": (
        "2022-12-28",
        "89.5",
        "In 2021 Xinjiang's cotton output was 89.5 percent of China's.",
        "In 2021 Xinjiang's cotton area was 89.5 percent of China's.",
    ),
    "capacity": (
        "2024-06-28",
        "93 percent",
        "At the end of 2023 China had 93 percent of the world's polysilicon capacity.",
        "At the end of 2023 China made 93 percent of the world's polysilicon.",
    ),
    "came in": (
        "2025-01-29",
        "387",
        "In 2018 1,668 trains went out through Khorgos and 387 came in.",
        "In 2018 387 trains went out through Khorgos and 1,668 came in.",
    ),
    "the state of a month": (
        "2026-08-20",
        "7",
        "The UFLPA entity list stood at 75 in October 2024.",
        "The UFLPA entity list stood at 73 in October 2024.",
    ),
}


def _verdicts(tmp_path, published, sentence):
    report = tmp_path / "report.txt"
    report.write_text(sentence, encoding="utf-8")
    return [(row["text"], row["verdict"]) for row in check(report, published=published).claims.to_pylist()]


@pytest.mark.parametrize("twin", sorted(TWINS))
def test_a_number_is_of_what_its_row_says(tmp_path, twin):
    published, figure, right, wrong = TWINS[twin]
    said, otherwise = (_verdicts(tmp_path, published, sentence) for sentence in (right, wrong))
    assert [v for text, v in said if text.startswith(figure)] == ["agrees"]
    assert "agrees" not in [v for text, v in otherwise if text.startswith(figure)]


def test_what_a_law_has_for_comparison_is_not_its_limit(tmp_path):
    sentence = "Travellers may bring {} yuan of goods duty-free from the Khorgos cooperation centre into China."
    said = {n: dict(_verdicts(tmp_path, "2025-06-30", sentence.format(n))) for n in ("8,000", "5,000")}
    assert said["8,000"]["8,000 yuan"] == "agrees"
    assert said["5,000"]["5,000 yuan"] != "agrees"


def test_what_companies_do_is_not_held_against_what_states_do(tmp_path):
    sentence = "Under the CSDDD Member States must transpose by July 26, 2028 and companies comply from July 26, 2028."
    assert [v for _, v in _verdicts(tmp_path, "2026-08-20", sentence)] == ["agrees", "differs"]
