"""Sentences of several places, days or periods: each figure is of the one that the sentence gives it.

As in `test_twins`: the right sentence agrees, its twin, where there is one, does not.
"""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# The day of publication, figures of the right sentence, the right sentence and the wrong one.
TWINS = {
    "respectively": (
        "2021-03-01",
        ("5,027", "4,652 trains"),
        "Alashankou and Khorgos handled 5,027 and 4,652 trains respectively in 2020.",
        "Alashankou and Khorgos handled 4,652 and 5,027 trains respectively in 2020.",
    ),
    "respectively, in Chinese": (
        "2021-03-01",
        ("5027列", "4652列"),
        "2020年阿拉山口和霍尔果斯口岸分别通行中欧班列5027列和4652列。",
        "2020年阿拉山口和霍尔果斯口岸分别通行中欧班列4652列和5027列。",
    ),
    "the former and the latter": (
        "2021-03-01",
        ("5,027 trains", "4,652"),
        "In 2020 Alashankou and Khorgos competed. The former handled 5,027 trains and the latter 4,652.",
        "In 2020 Alashankou and Khorgos competed. The former handled 4,652 trains and the latter 5,027.",
    ),
    "a whole before its two parts": (
        "2024-06-01",
        ("196", "234"),
        "Of the UFLPA detentions of the fourth quarter of 2023 196 were denied and 234 released.",
        "Of the UFLPA detentions of the fourth quarter of 2023 234 were denied and 196 released.",
    ),
    "three countries": (
        "2024-06-01",
        ("31.9", "23.9", "19.5 percent"),
        "In Q4 2023 Vietnam, China and Thailand had 31.9, 23.9 and 19.5 percent of UFLPA shipments, respectively.",
        "In Q4 2023 China, Thailand and Vietnam had 31.9, 23.9 and 19.5 percent of UFLPA shipments, respectively.",
    ),
    "the office of the other day": (
        "2024-06-01",
        ("14 September 2022",),
        "The Forced Labour Regulation was proposed on 14 September 2022 and approved by Parliament on 23 April 2024.",
        "The Forced Labour Regulation was proposed by Parliament on 14 September 2022 and approved on 23 April 2024.",
    ),
    "growth from its base": (
        "2026-01-20",
        ("3.2 percent",),
        "In 2025 China-Europe freight trains rose 3.2 percent from 2024.",
        "In 2024 China-Europe freight trains rose 3.2 percent from 2023.",
    ),
    "growth behind its level": (
        "2026-02-01",
        ("45.9 percent",),
        "The region is Xinjiang. Its trade in 2023 came to 357.33 billion yuan, a gain of 45.9 percent.",
        "The region is Xinjiang. Its trade in 2023 came to 357.33 billion yuan, a gain of 54.9 percent.",
    ),
    "from one to the other": (
        "2024-03-01",
        ("$70.2 billion",),
        "Trade of China with Central Asia rose from $70.2 billion to $89.4 billion in 2023.",
        "Trade of China with Central Asia rose from $89.4 billion to $70.2 billion in 2023.",
    ),
    "the quarter before": (
        "2024-06-01",
        ("1,146 shipments", "883"),
        "In the fourth quarter of 2023 1,146 shipments were stopped under the UFLPA, up from 883 the quarter before.",
        "In the third quarter of 2023 1,146 shipments were stopped under the UFLPA, up from 883 the quarter before.",
    ),
    "months of the year that the sentence said": (
        "2026-02-01",
        ("253.3 billion yuan", "322.39 billion yuan"),
        "Xinjiang traded 253.3 billion yuan in January to July 2024 and 322.39 billion yuan from January to September.",
        "Xinjiang traded 253.3 billion yuan in January to July 2023 and 322.39 billion yuan from January to September.",
    ),
    "a month before the day on which it was told": (
        "2024-02-20",
        ("37.43 billion yuan",),
        "On January 14, 2024 customs put the trade of Xinjiang in December at 37.43 billion yuan.",
        "On December 14, 2022 customs put the trade of Xinjiang in November at 37.43 billion yuan.",
    ),
    "a month of that year": (
        "2026-02-01",
        ("37.43 billion yuan",),
        "In 2023 the trade of Xinjiang was 357.33 billion yuan. In December of that year it was 37.43 billion yuan.",
        "In 2022 the trade of Xinjiang was strong. In December of that year it was 37.43 billion yuan.",
    ),
    "from a month to a day": (
        "2025-09-01",
        ("7.96 million tonnes",),
        "Rail cargo at Khorgos from January to 28 July 2025 was 7.96 million tonnes.",
        "Rail cargo at Khorgos from January to 28 July 2024 was 7.96 million tonnes.",
    ),
    "a half of a year, in Russian": (
        "2025-09-01",
        ("280,8 млрд юаней",),
        "За первое полугодие 2025 года внешняя торговля Синьцзяна составила 280,8 млрд юаней.",
        "За второе полугодие 2024 года внешняя торговля Синьцзяна составила 280,8 млрд юаней.",
    ),
}


def _verdicts(tmp_path, published, text):
    (tmp_path / "report.txt").write_text(f"{text}\n", encoding="utf-8")
    claims = check(tmp_path / "report.txt", published=published).claims.to_pylist()
    return {c["text"]: c["verdict"] for c in claims}


STOPPED = "In the last quarter of 2023, 1,146 UFLPA shipments were stopped."
EXCHANGED = (
    "Of the quarter's detentions {} were denied and {} released.",
    "Of them {} were denied and {} released.",
    "CBP denied {} and released {}.",
)


@pytest.mark.parametrize("sentence", EXCHANGED)
def test_two_figures_that_stand_the_other_way_round_are_shown(tmp_path, sentence):
    right = _verdicts(tmp_path, "2025-10-20", f"{STOPPED} {sentence.format(196, 234)}")
    wrong = _verdicts(tmp_path, "2025-10-20", f"{STOPPED} {sentence.format(234, 196)}")
    assert (right["196"], right["234"]) == ("agrees", "agrees")
    assert (wrong["196"], wrong["234"]) == ("differs", "differs")


@pytest.mark.parametrize("twin", sorted(TWINS))
def test_each_figure_is_of_the_one_that_is_given_it(tmp_path, twin):
    published, figures, right, wrong = TWINS[twin]
    said, otherwise = _verdicts(tmp_path, published, right), _verdicts(tmp_path, published, wrong)
    assert [said.get(figure) for figure in figures] == ["agrees"] * len(figures)
    assert "agrees" not in [otherwise.get(figure) for figure in figures]


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        ("2024-11-01", "OFAC banned imports of Russian gold."),
        ("2024-11-01", "OFAC announced a determination prohibiting the import of salmon from Russia."),
        ("2026-02-01", "Xinjiang's trade in 2023 came to 357.33 billion yuan, up 150 percent from 2019."),
        ("2024-06-01", "The Khorgos cooperation centre opened on 18 April 2012."),
        ("2023-04-01", "Of 3,237 shipments stopped under the UFLPA by March 3, 2023, 1,273 were pending."),
        (
            "2025-09-01",
            "The exemption closed to China and Hong Kong on May 2, 2025 and to everyone else on August 29, 2025.",
        ),
    ],
)
def test_nothing_stands_against_what_is_right_or_of_another_thing(tmp_path, published, sentence):
    assert {"contradicts", "differs"}.isdisjoint(_verdicts(tmp_path, published, sentence).values())


def test_an_act_of_another_office_is_not_that_of_the_day(tmp_path):
    said = "On 15 January 2025, the U.S. Treasury expanded sanctions by adding Keremet Bank to the sanctions list."
    assert _verdicts(tmp_path, "2025-03-01", said)["15 January 2025"] == "differs"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The UFLPA bans imports of goods from Xinjiang into the United States.", "agrees"),
        ("The CSDDD bans imports into Germany of goods made with forced labour.", "contradicts"),
    ],
)
def test_what_a_law_does_is_held_against_it_wherever_goods_go(tmp_path, sentence, verdict):
    assert verdict in _verdicts(tmp_path, "2025-01-20", sentence).values()
