"""Of two places before a share one is whose it is and one the whole of which it is a share."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import report

PUBLISHED = date(2026, 1, 10)


@pytest.mark.parametrize(
    "text",
    [
        "Доля Синьцзяна в производстве хлопка Китая в 2024 году составила 92,2%.",
        "Доля Синьцзяна в производстве хлопка в Китае составила в 2024 году 92,2%.",
        "В 2024 году удельный вес Синьцзяна в сборе хлопка Китая составил 92,2%.",
        "На Синьцзян в 2024 году пришлось 92,2% производства хлопка Китая.",
        "Xinjiang's share in the cotton output in China was 92.2% in 2024.",
        "2024年新疆棉花产量在中国的占比为92.2%。",
        "新疆在中国棉花产量中的份额2024年为92.2%。",
    ],
)
def test_a_region_s_share_of_the_country_is_the_region_s(text):
    assert [c.verdict for c in report(text, published=PUBLISHED)] == ["agrees"]


@pytest.mark.parametrize(
    "text",
    [
        "Доля Китая в производстве хлопка в 2024 году составила 92,2%.",
        "Доля Синьцзяна выросла, а Китая в производстве хлопка составила 92,2% в 2024 году.",
        "Доля Синьцзяна в хлопке росла, а доля Китая составила 92,2% в 2024 году.",
        "Xinjiang is large and China's share of world cotton output was 92.2% in 2024.",
        "Xinjiang's share rose while China's share in cotton output was 92.2% in 2024.",
    ],
)
def test_the_country_s_own_share_is_not_that_of_its_region(text):
    assert all(c.verdict not in {"agrees", "agrees_within_rounding"} for c in report(text, published=PUBLISHED))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Xinjiang is the home of Chinese tomato growing, with 80% of the country's output.", "agrees"),
        ("Xinjiang is the home of Chinese cotton growing, with 80% of the country's output.", "other"),
    ],
)
def test_a_share_of_a_good_is_that_of_its_kin_alone(text, verdict):
    """S057 has it of tomatoes for processing: who writes of tomatoes means it, who writes of cotton does not."""
    (claim,) = report(text, published=PUBLISHED)
    assert (claim.verdict == "agrees") == (verdict == "agrees")
