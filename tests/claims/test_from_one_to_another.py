"""A change told as from one level to another: each level is of its year, the rate of both, the word of their order."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check

# On record: China with Kazakhstan USD 25 billion in 2021 and 43.82 billion in 2024, with Uzbekistan 14 billion in 2023
# and 13.78 billion in 2024, with Kyrgyzstan 22.71 billion in 2024 and 27.2 billion, up 20 percent, in 2025.
SAID = frozenset({"agrees", "agrees_within_rounding"})


def found(text, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return {c.text: c for c in check(path, published="2026-08-01").found if c.value is not None}


@pytest.mark.parametrize(
    ("text", "first", "second", "years"),
    [
        (
            "China's trade with Kazakhstan rose by 75 percent, from $25 billion in 2021 to $43.8 billion in 2024.",
            "$25 billion",
            "$43.8 billion",
            ("2021", "2024"),
        ),
        (
            "China's trade with Kyrgyzstan rose by 20 percent, from $22.71 billion in 2024 to $27.2 billion in 2025.",
            "$22.71 billion",
            "$27.2 billion",
            ("2024", "2025"),
        ),
        (
            "China's trade with Uzbekistan fell by 2 percent, from $14 billion in 2023 to $13.78 billion in 2024.",
            "$14 billion",
            "$13.78 billion",
            ("2023", "2024"),
        ),
        (
            (
                "Торговля Китая с Казахстаном выросла на 75%, с 25 млрд долларов в 2021 году "
                "до 43,8 млрд долларов в 2024 году."
            ),
            "25 млрд долларов",
            "43,8 млрд долларов",
            ("2021", "2024"),
        ),
        (
            "中国与哈萨克斯坦贸易额增长75%，从2021年的250亿美元增至2024年的438亿美元。",
            "250亿美元",
            "438亿美元",
            ("2021", "2024"),
        ),
    ],
)
def test_each_level_is_of_its_own_year(text, first, second, years, tmp_path):
    claims = {k.removeprefix("до "): c for k, c in found(text, tmp_path).items()}
    assert (claims[first].period_start[:4], claims[second].period_start[:4]) == years
    assert {claims[first].verdict, claims[second].verdict} <= SAID


@pytest.mark.parametrize(
    ("text", "rate", "rows"),
    [
        (
            "China's trade with Kazakhstan rose by 75 percent, from $25 billion in 2021 to $43.8 billion in 2024.",
            "75 percent",
            {"O0248", "O0229"},
        ),
        (
            "China's trade with Uzbekistan fell by 2 percent, from $14 billion in 2023 to $13.78 billion in 2024.",
            "2 percent",
            {"O0241", "O0231"},
        ),
    ],
)
def test_a_rate_that_follows_from_two_levels_on_record_is_consistent(text, rate, rows, tmp_path):
    claim = found(text, tmp_path)[rate]
    assert claim.verdict == "consistent"
    assert rows <= set(claim.against)
    assert claim.working


@pytest.mark.parametrize(
    "text",
    [
        "China's trade with Kazakhstan rose by 30 percent, from $25 billion in 2021 to $43.8 billion in 2024.",
        "China's trade with Kazakhstan fell by 75 percent, from $25 billion in 2021 to $43.8 billion in 2024.",
    ],
)
def test_a_rate_that_does_not_follow_asks_for_a_look(text, tmp_path):
    rate = next(c for c in found(text, tmp_path).values() if c.unit == "percent")
    assert (rate.verdict, "75.3 percent" in rate.note) == ("differs", True)


def test_growth_over_several_years_is_that_of_no_one_of_them(tmp_path):
    # 45 percent is on record of 2023 on 2022.
    text = "China's trade with Uzbekistan rose by 45 percent, from $9 billion in 2019 to $13.78 billion in 2024."
    assert found(text, tmp_path)["45 percent"].verdict not in SAID


@pytest.mark.parametrize(
    ("text", "later", "way"),
    [
        (
            "China’s trade with Kazakhstan fell from $31.2 billion in 2022 to $41 billion in 2023.",
            "$41 billion",
            "rise",
        ),
        (
            "China's trade with Uzbekistan rose from $14 billion in 2023 to $13.78 billion in 2024.",
            "$13.78 billion",
            "fall",
        ),
        (
            "Shipments denied under the UFLPA fell to 5,806 in January to September 2025 from 1,977 a year earlier.",
            "5,806",
            "rise",
        ),
        ("中国与哈萨克斯坦贸易额从2021年的250亿美元降至2024年的438亿美元。", "438亿美元", "rise"),
    ],
)
def test_levels_that_went_the_other_way_ask_for_a_look(text, later, way, tmp_path):
    claim = found(text, tmp_path)[later]
    assert (claim.verdict, claim.certainty) == ("differs", None)
    assert f"is a {way}. The text says another way: look." in claim.note


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("China’s trade with Kazakhstan rose from $31.2 billion in 2022 to $41 billion in 2023.", "$41 billion"),
        (
            "Shipments denied under the UFLPA rose to 5,806 in January to September 2025 from 1,977 a year earlier.",
            "5,806",
        ),
        (
            "Costs fell, and China’s trade with Kazakhstan moved from $31.2 billion in 2022 to $41 billion in 2023.",
            "$41 billion",
        ),
    ],
)
def test_levels_that_went_as_said_stay_right(text, later, tmp_path):
    assert found(text, tmp_path)[later].verdict in SAID


def test_a_level_reached_by_the_other_way_than_a_row_prints_asks_for_a_look(tmp_path):
    claims = found("China's trade with Central Asia fell to $106.3 billion in 2025.", tmp_path)
    assert claims["$106.3 billion"].verdict == "differs"
    claims = found("China's trade with Central Asia rose to $106.3 billion in 2025.", tmp_path)
    assert claims["$106.3 billion"].verdict in SAID


@pytest.mark.parametrize(("last", "verdict"), [("28", "agrees"), ("68", "no_record")])
def test_a_far_verb_of_change_makes_two_levels_and_no_range(last, verdict, tmp_path):
    text = (
        "In 2025 it is planned to increase the exchange of trains at the Dostyk - Alashankou border crossing from 14 to"
    )
    claims = found(f"{text} {last} trains per day.", tmp_path)  # 14 a day (R035) and 28 planned (R034)
    assert claims["14"].verdict == "agrees"
    assert claims[f"{last} trains per day"].verdict == verdict
