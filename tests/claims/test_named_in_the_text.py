"""An agreement is with what the text names and says as done; a part, or a bare number, that differs is not red."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check

RIGHT = frozenset({"agrees", "agrees_within_rounding", "superseded"})


def verdicts(text, tmp_path, published="2026-08-01"):
    """The verdicts of a text's figures and dates, by what is printed."""
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return {c.text: c.verdict for c in check(path, published=published).found}


@pytest.mark.parametrize(
    "text",
    [
        "Tibet's foreign trade reached 520.4 billion yuan in 2025.",
        "Gansu exported 460.7 billion yuan in 2025.",
        "Manzhouli handled 8,730 China-Europe trains in 2024, up 12.5 percent.",
        "2025年西藏外贸进出口总值5204亿元，同比增长19.9%。",
        "2024年满洲里口岸通行中欧班列8730列，同比增长12.5%。",
        "Xinjiang's foreign trade grew. Tibet's foreign trade reached 520.4 billion yuan in 2025.",
        "Inflation is 12.5 %.",
        "144 entities.",
        "The index fell 8.9 per cent in 2025.",
        "The UAE and Iran reopened their border crossing on 3 April 2023.",
        "Chad closed its border with Sudan on 1 December 2023.",
        "A bomb in Kabul on 26 March 2024 killed five people.",
    ],
)
def test_what_no_word_of_the_text_is_of_agrees_with_nothing(text, tmp_path):
    found = verdicts(text, tmp_path)
    assert found
    assert RIGHT.isdisjoint(found.values())


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Xinjiang's foreign trade did not reach 520.4 billion yuan in 2025.", "520.4 billion yuan"),
        ("Horgos failed to handle 8,730 trains in 2024.", "8,730 trains"),
        ("It is untrue that Horgos handled 8,730 trains in 2024.", "8,730 trains"),
        ("The claim that Horgos handled 8,730 trains in 2024 is false.", "8,730 trains"),
        ("Had Horgos handled 8,730 trains in 2024, it would have been a record.", "8,730 trains"),
        ("The target for Xinjiang's foreign trade in 2025 was 520.4 billion yuan.", "520.4 billion yuan"),
        ("В 2025 году внешняя торговля Синьцзяна не достигла 520,4 млрд юаней.", "520,4 млрд юаней"),
        ("2025年新疆外贸进出口总值未达到5204亿元。", "5204亿元"),
        ("Xinjiang's foreign trade rose by 520.4 billion yuan in 2025.", "520.4 billion yuan"),
        ("Xinjiang's trade deficit reached 520.4 billion yuan in 2025.", "520.4 billion yuan"),
        ("Xinjiang's investment reached 520.4 billion yuan in 2025.", "520.4 billion yuan"),
        ("Xinjiang's share of China's foreign trade reached 19.9 per cent in 2025.", "19.9 per cent"),
    ],
)
def test_what_a_text_denies_or_counts_otherwise_is_not_borne_out(text, printed, tmp_path):
    assert verdicts(text, tmp_path)[printed] not in RIGHT


@pytest.mark.parametrize(
    "text",
    [
        "Xinjiang foreign trade, billion yuan: 520.4 (2025)",
        "Khorgos cargo by rail in 2024, in thousand tonnes: 12,100",
        "2025年新疆外贸进出口总值（亿元）：5204",
        "Xinjiang ran a trade surplus of 401.1 billion yuan in 2025.",
        "2025年新疆外贸顺差4011亿元。",
        "Профицит торговли Синьцзяна в 2025 году составил 401,1 млрд юаней.",
        "Trade of foreign firms in Xinjiang came to 402 billion yuan in 2025.",
        "Alashankou handled 5,200 empty trains in 2025.",
        "Alashankou handled 5,200 container trains in 2025.",
        "In fiscal 2024 CBP stopped 3,700 shipments at land border crossings.",
        "Kazakhstan's wheat trade with China was 438.2 million dollars in 2024.",
        "CBP stopped 4,579 shipments of fentanyl in fiscal 2024.",
    ],
)
def test_a_part_a_balance_or_a_bare_number_is_never_red(text, tmp_path):
    found = verdicts(text, tmp_path)
    assert found
    assert "contradicts" not in found.values()


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        ("Xinjiang's foreign trade reached 520.4 billion yuan in 2025, up 19.9 per cent.", "520.4 billion yuan",
         "agrees"),
        ("Horgos handled 8,730 China-Europe trains in 2024, up 12.5 percent.", "12.5 percent", "agrees"),
        ("Trains from Chongqing passed. Horgos handled 8,730 China-Europe trains in 2024.", "8,730 China-Europe trains",
         "agrees"),
        ("Xinjiang's foreign trade reached not only 520.4 billion yuan in 2025.", "520.4 billion yuan", "agrees"),
        ("Xinjiang grew 92.2 per cent of China's cotton in 2024.", "92.2 per cent", "agrees"),
        ("В 2024 году через Хоргос прошло 8730 поездов, на 12,5 % больше.", "8730 поездов", "agrees"),
        ("2025年新疆出口4607亿元，同比增长25%。", "4607亿元", "agrees"),
        ("CBP claims that in fiscal 2024 it stopped 4,597 shipments under the UFLPA and denied many.",
         "4,597 shipments", "agrees"),
        ("Volkswagen, which denied wrongdoing, sold its Urumqi plant on 27 November 2024.", "27 November 2024",
         "agrees"),
        ("2024年霍尔果斯口岸不实施限行，通行中欧班列8730列。", "8730列", "agrees"),
        ("Xinjiang's foreign trade reached 502.4 billion yuan in 2025.", "502.4 billion yuan", "contradicts"),
        ("Alashankou handled 5,200 trains in 2025.", "5,200 trains", "contradicts"),
    ],
)  # fmt: skip
def test_what_is_named_and_said_is_still_judged(text, printed, verdict, tmp_path):
    assert verdicts(text, tmp_path)[printed] == verdict
