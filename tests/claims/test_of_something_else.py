"""A number that a row has is not called right where the text says it of something else than the row."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check
from entrepot.claims.evidence.case import BORNE_OUT


def verdicts(text, tmp_path, published="2026-08-20"):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return {c.text: c.verdict for c in check(path, published=published).found}


# What a row counts as the record has it, and the same number of another: of the released and not of all stopped, of
# one office's stops and not of one law's, of one country's trade and not of the group's, and so on.
TRUE_AND_NOT = [
    (
        "$156.8 million",
        "CBP stopped goods worth $156.8 million under the UFLPA in April 2023.",
        [
            "CBP released goods worth $156.8 million under the UFLPA in April 2023.",
            "CBP stopped goods worth $156.8 million under withhold release orders in April 2023.",
        ],
    ),
    (
        "$129.8 million",
        "By all forced-labour laws CBP detained shipments worth $129.8 million in October 2022.",
        [
            "Under the UFLPA alone CBP detained shipments worth $129.8 million in October 2022.",
        ],
    ),
    (
        "17.7 percent",
        "China accounted for 17.7 percent of Central Asia's foreign trade in 2020.",
        [
            "China accounted for 17.7 percent of Kazakhstan's foreign trade in 2020.",
        ],
    ),
    (
        "21.9 percent",
        "China's share of Uzbekistan's foreign trade was 21.9 percent in 2023.",
        [
            "China's share of Uzbekistan's exports was 21.9 percent in 2023.",
            "Russia's share of Uzbekistan's foreign trade was 21.9 percent in 2023.",
        ],
    ),
    (
        "17.8 percent",
        "In the first ten months of 2024, Urumqi accounted for 17.8 percent of Xinjiang's foreign trade.",
        [
            "In the first ten months of 2024, Kashgar accounted for 17.8 percent of Xinjiang's foreign trade.",
            "In the first ten months of 2024, Hami prefecture accounted for 17.8 percent of Xinjiang's foreign trade.",
        ],
    ),
    (
        "79.2%",
        "2023年1-2月，新疆对中亚五国进出口占全区外贸的79.2%。",
        ["2023年1-2月，新疆对俄罗斯进出口占全区外贸的79.2%。"],
    ),
    (
        "June 24, 2021",
        "On June 24, 2021, CBP issued a withhold release order against silica products made by Hoshine.",
        [
            "On June 24, 2021, CBP lifted its withhold release order against silica products made by Hoshine.",
        ],
    ),
    (
        "118.65 billion yuan",
        "Khorgos city's trade was to reach 118.65 billion yuan in 2025, by its forecast.",
        [
            "Khorgos city's trade reached 118.65 billion yuan in 2025.",
        ],
    ),
    # A day with the act and the party that the record has on it, and with another.
    (
        "December 23, 2021",
        "President Biden signed the Uyghur Forced Labor Prevention Act into law on December 23, 2021.",
        [
            "The House passed the Uyghur Forced Labor Prevention Act on December 23, 2021.",
            "President Biden vetoed the Uyghur Forced Labor Prevention Act on December 23, 2021.",
        ],
    ),
    (
        "27 November 2024",
        "Volkswagen said on 27 November 2024 that it had sold its plant in Urumqi.",
        [
            "BASF said on 27 November 2024 that it had sold its plant in Urumqi.",
            "Volkswagen opened its plant in Urumqi on 27 November 2024.",
        ],
    ),
    (
        "2024年12月1日",
        "2024年12月1日起，红其拉甫口岸全年开放。",
        ["2024年12月1日起，红其拉甫口岸关闭。"],
    ),
    (
        "2021年1月13日",
        "2021年1月13日，美国海关对新疆棉花和番茄制品发布暂扣令。",
        ["2021年1月13日，美国海关取消对新疆棉花和番茄制品的暂扣令。"],
    ),
    (
        "January 14, 2025",
        "DHS announced on January 14, 2025 that 37 companies were added to the UFLPA Entity List.",
        ["DHS announced on January 14, 2025 that 37 companies were removed from the UFLPA Entity List."],
    ),
]


@pytest.mark.parametrize(("printed", "true", "others"), TRUE_AND_NOT, ids=[t[0] for t in TRUE_AND_NOT])
def test_a_number_of_something_else_is_not_called_right(printed, true, others, tmp_path):
    assert verdicts(true, tmp_path)[printed] in BORNE_OUT
    for other in others:
        assert verdicts(other, tmp_path)[printed] not in BORNE_OUT, other


def test_the_side_of_a_share_may_stand_in_the_sentence_before(tmp_path):
    text = "Urumqi led all in the first ten months of 2024. It made up 17.8 percent of Xinjiang's foreign trade."
    assert verdicts(text, tmp_path)["17.8 percent"] in BORNE_OUT


def test_what_made_up_a_share_is_no_growth(tmp_path):
    text = (
        "In the first half of 2021 trade with Belt and Road countries made up 86 percent of Xinjiang's foreign trade."
    )
    assert verdicts(text, tmp_path)["86 percent"] in BORNE_OUT


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("China's exports of germanium and gallium in August plunged to zero, customs data showed.", "August"),
        ("China's August antimony exports spiked after the curbs on gallium and germanium.", "August"),
    ],
)
def test_the_month_of_what_was_traded_is_not_that_in_which_a_law_began(text, month, tmp_path):
    assert verdicts(text, tmp_path, published="2023-09-20").get(month) not in BORNE_OUT


def test_the_month_in_which_a_law_began_is_read_where_it_is_said(tmp_path):
    text = "In August 2023 China began to restrict exports of gallium and germanium."
    assert verdicts(text, tmp_path, published="2023-09-20")["August 2023"] in BORNE_OUT


@pytest.mark.parametrize(
    "cited", ["(BBC News, 2022)", "(Lehr and Bechrakis, 2022)", "(Example et al., 2022: 14)", "(see Example, 2022b)"]
)
def test_the_year_of_a_citation_is_no_claim(cited, tmp_path):
    text = f"Three Chinese teachers died in a suicide bombing at the University of Karachi {cited}."
    assert not any("2022" in printed for printed in verdicts(text, tmp_path))


@pytest.mark.parametrize("said", ["(April 2022)", "(April, 2022)", "(April 26, 2022)"])
def test_a_date_in_brackets_is_no_citation(said, tmp_path):
    text = f"Three Chinese teachers died in a suicide bombing at the University of Karachi {said}."
    assert any("2022" in printed for printed in verdicts(text, tmp_path))


def test_a_rate_that_the_row_of_its_level_has_too_is_of_it(tmp_path):
    text = (
        "In the first four months rail freight to China rose. "
        "At the same time, exports increased by 21%, to 4.5 million tonnes, Kazakhstan Temir Zholy says."
    )
    found = verdicts(text, tmp_path, published="2024-05-20")
    assert found["4.5 million tonnes"] in BORNE_OUT
    assert found["21%"] in BORNE_OUT
    other = verdicts(text.replace("21%", "12%"), tmp_path, published="2024-05-20")
    assert other["12%"] not in BORNE_OUT


def test_a_rate_is_of_no_row_of_another_time_from_which_its_level_differs(tmp_path):
    text = "China-Europe freight trains carried more than 1.08 million TEU this year, up 11 percent year on year."
    assert verdicts(text, tmp_path, published="2024-07-11")["11 percent"] not in BORNE_OUT


def test_who_is_among_the_hurt_makes_them_no_dead(tmp_path):
    text = (
        "Three Chinese teachers and a van driver lost their lives and four others, including a Chinese national and "
        "a Rangers guard, were injured in a suicide bombing at the University of Karachi on 26 April 2022."
    )
    found = verdicts(text, tmp_path, published="2022-04-28")
    assert found["Three Chinese teachers"] in BORNE_OUT
    assert found["four"] not in BORNE_OUT


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("In 2020 Chinese goods worth about $440 million were imported into Tajikistan.", True),
        ("In 2020 goods worth about $440 million were exported by China to Tajikistan.", True),
        ("In 2020 goods worth about $440 million were exported from Tajikistan to China.", False),
        ("In 2020 goods worth about $440 million were imported into China from Tajikistan.", False),
    ],
)
def test_what_is_imported_into_a_country_is_what_the_other_exports(text, same, tmp_path):
    assert (verdicts(text, tmp_path)["about $440 million"] in BORNE_OUT) == same


def test_standard_containers_are_counted_as_twenty_foot_ones(tmp_path):
    text = "В 2021 году грузовые поезда Китай-Европа перевезли 1,46 млн стандартных контейнеров."
    assert verdicts(text, tmp_path)["1,46 млн стандартных контейнеров"] in BORNE_OUT


def test_a_today_that_opens_a_sentence_on_these_days_differs_from_no_event(tmp_path):
    text = (
        "The railway through Khorgos and Altynkol opened in 2012. "
        "Today, freight traffic through these two crossings continues to show growth."
    )
    assert verdicts(text, tmp_path, published="2025-06-10").get("Today") in {None, "no_record"}


def test_a_firm_that_the_text_names_elsewhere_is_not_another(tmp_path):
    text = "Volkswagen leaves Xinjiang. The plant in Urumqi was sold to SMVIC on 27 November 2024."
    assert verdicts(text, tmp_path)["27 November 2024"] in BORNE_OUT


def test_a_control_is_named_by_its_one_good(tmp_path):
    text = "China said on Friday that it will require export permits for graphite, starting Dec. 1."
    assert verdicts(text, tmp_path, published="2023-10-20")["Dec. 1"] in BORNE_OUT


def test_a_share_of_one_mode_contradicts_no_share_of_all(tmp_path):
    text = "In 2024, China accounted for nearly 40% of Central Asia's foreign trade."
    assert verdicts(text, tmp_path)["nearly 40%"] != "contradicts"


@pytest.mark.parametrize(
    ("published", "verdict"), [("2024-01-03", "imprecise"), ("2024-11-20", "agrees"), ("2025-02-01", "agrees")]
)
def test_a_season_is_held_against_no_rule_that_began_long_after_the_report(published, verdict, tmp_path):
    text = "Both sides agreed to keep the Khunjerab Pass open throughout the year."
    assert verdicts(text, tmp_path, published=published)["throughout the year"] == verdict


def test_things_carried_are_no_number_without_a_noun(tmp_path):
    """Fourteen of twenty-three firms were listed for Xinjiang that year; fourteen routes of trains are not those."""
    text = "The Horgos port in Xinjiang has launched {} for Europe and Central Asia in 2021."
    for things in ("14 new freight train routes", "14 train routes"):
        assert verdicts(text.format(things), tmp_path)[things] == "no_record"


def test_the_others_beside_an_attacker_are_attackers(tmp_path):
    """Of the attack at Gwadar on record three security officers were hurt."""
    said = "On 13 August 2023 militants attacked a convoy of Chinese engineers in Gwadar. {} were injured."
    for who in ("One terrorist was killed and three others", "One militant was killed, and three others"):
        assert (
            verdicts(said.format(who), tmp_path)["three others" if "three others" in said else "three"] == "no_record"
        )
    assert verdicts(said.format("Three security officers"), tmp_path)["Three security officers"] == "agrees"
