"""A sentence that is right beside its twin in which a writer erred: the one agrees, the other does not.

What errs is a word, and the number stands on record: whoever only looks up numbers finds both right.
"""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# The day of publication, the figure or date, the right sentence and the wrong one.
TWINS = {
    "direction of each of two sums": (
        "2026-01-25",
        "460.7 billion yuan",
        "In 2025, Xinjiang exported goods worth 460.7 billion yuan and imported goods worth 59.6 billion yuan.",
        "In 2025, Xinjiang imported goods worth 460.7 billion yuan and exported goods worth 59.6 billion yuan.",
    ),
    "a flow of a good in dollars, rounded": (
        "2025-06-01",
        "$852 million",
        "China exported solar panels worth $852 million to Pakistan in the first quarter of 2024.",
        "China imported solar panels worth $852 million from Pakistan in the first quarter of 2024.",
    ),
    "two numbers in the order of their words": (
        "2024-03-01",
        "196",
        "In the fourth quarter of 2023 shipments released and denied under the UFLPA were 234 and 196.",
        "In the fourth quarter of 2023 shipments denied and released under the UFLPA were 234 and 196.",
    ),
    "what became of each of two numbers": (
        "2024-03-01",
        "196",
        "In the fourth quarter of 2023, CBP released 234 shipments and denied 196 under the UFLPA.",
        "In the fourth quarter of 2023, CBP denied 234 shipments and released 196 under the UFLPA.",
    ),
    "what became of numbers of one list": (
        "2024-03-01",
        "234",
        "In the fourth quarter of 2023, CBP reviewed 1,146 shipments: 234 were released, 196 denied and 716 pending.",
        "In the fourth quarter of 2023, CBP reviewed 1,146 shipments: 196 were released, 234 denied and 716 pending.",
    ),
    "industries behind their numbers": (
        "2025-11-15",
        "597",
        "In January to September 2025 CBP denied 5,725 automotive and 597 apparel shipments under the UFLPA.",
        "In January to September 2025 CBP denied 597 automotive and 5,725 apparel shipments under the UFLPA.",
    ),
    "all for a part": (
        "2025-03-01",
        "12,600 shipments",
        "By January 14, 2025, CBP had stopped 12,600 shipments under the UFLPA.",
        "By January 14, 2025, CBP had denied entry to 12,600 shipments under the UFLPA.",
    ),
    "a part for all, in dollars": (
        "2025-11-15",
        "$55.6 million",
        "In January to September 2025, CBP denied goods worth $55.6 million under the UFLPA.",
        "In January to September 2025, CBP stopped goods worth $55.6 million under the UFLPA.",
    ),
    "a total for what was added": (
        "2024-12-05",
        "107",
        "With the additions of November 25, 2024 the UFLPA Entity List includes 107 entities.",
        "On November 25, 2024 DHS added 107 entities to the UFLPA Entity List.",
    ),
    "the whole for its part with a side": (
        "2024-05-20",
        "283.67 billion yuan",
        "In 2023, Xinjiang's trade came to 357.33 billion yuan, of which 283.67 billion yuan was with Central Asia.",
        "In 2023, Xinjiang's trade came to 283.67 billion yuan, of which 357.33 billion yuan was with Central Asia.",
    ),
    "growth of all for that with a side": (
        "2026-02-01",
        "19.9%",
        "2025年，新疆外贸进出口5203.7亿元，增长19.9%。",
        "2025年，新疆对东盟进出口增长19.9%。",
    ),
    "which way at a post": (
        "2022-10-20",
        "290.9万吨",
        "2022年1至9月，阿拉山口口岸出口货物290.9万吨。",
        "2022年1至9月，阿拉山口口岸进口货物290.9万吨。",
    ),
    "which way trains went": (
        "2025-02-10",
        "10,546 China-Europe trains",
        "In 2024, 10,546 China-Europe trains were outbound.",
        "In 2024, 10,546 China-Europe trains were inbound.",
    ),
    "the year of some months": (
        "2026-01-25",
        "403.1 billion yuan",
        "In 2024, Xinjiang's foreign trade came to 403.1 billion yuan in the first eleven months.",
        "In 2019, Xinjiang's foreign trade came to 403.1 billion yuan in the first eleven months.",
    ),
    "the year of what is compared": (
        "2025-02-01",
        "$70.2 billion",
        "China's trade with Central Asia was $94.8 billion in 2024, against $70.2 billion in 2022.",
        "China's trade with Central Asia was $94.8 billion in 2024, against $70.2 billion in 2023.",
    ),
    "whom a number counts": (
        "2024-12-01",
        "13",
        "On 14 July 2021, 13 people died when a bus was blown up at Dasu.",
        "On 14 July 2021, 13 Chinese workers died when a bus was blown up at Dasu.",
    ),
    "signed and in force": (
        "2025-02-01",
        "21 June 2022",
        "The UFLPA took effect on 21 June 2022.",
        "The UFLPA was signed into law on 21 June 2022.",
    ),
    "published and in force": (
        "2025-02-01",
        "12 December 2024",
        "The EU Forced Labour Regulation was published in the Official Journal on 12 December 2024.",
        "The EU Forced Labour Regulation entered into force on 12 December 2024.",
    ),
    "published and in force, in Russian": (
        "2025-02-01",
        "13 декабря 2024 года",
        "Регламент ЕС о запрете принудительного труда вступил в силу 13 декабря 2024 года.",
        "Регламент ЕС о запрете принудительного труда опубликован 13 декабря 2024 года.",
    ),
    "in force and applied": (
        "2025-02-01",
        "13 December 2024",
        "The EU Forced Labour Regulation entered into force on 13 December 2024.",
        "The EU ban on products of forced labour has applied since 13 December 2024.",
    ),
    "announced and in effect": (
        "2025-01-20",
        "January 14, 2025",
        "DHS announced the additions to the UFLPA Entity List on January 14, 2025.",
        "The additions to the UFLPA Entity List took effect on January 14, 2025.",
    ),
    "put on a list and taken off": (
        "2025-09-01",
        "4 February 2025",
        "China put PVH on its unreliable entity list on 4 February 2025.",
        "China took PVH off its unreliable entity list on 4 February 2025.",
    ),
    "imposed and lifted": (
        "2020-09-01",
        "31 July 2020",
        "OFAC sanctioned the XPCC on 31 July 2020.",
        "OFAC lifted the sanctions on the XPCC on 31 July 2020.",
    ),
    "opened and closed": (
        "2023-09-01",
        "3 April 2023",
        "Khunjerab reopened on 3 April 2023.",
        "Khunjerab was closed on 3 April 2023.",
    ),
    "sold and opened": (
        "2024-12-09",
        "27 November 2024",
        "Volkswagen sold its plant in Urumqi on 27 November 2024.",
        "Volkswagen opened its plant in Urumqi on 27 November 2024.",
    ),
    "agreed and completed": (
        "2024-12-09",
        "6 June 2024",
        "The agreement on the China-Kyrgyzstan-Uzbekistan railway was signed on 6 June 2024.",
        "The China-Kyrgyzstan-Uzbekistan railway was completed on 6 June 2024.",
    ),
    "taken off a list for put on it": (
        "2026-02-01",
        "29 entities",
        "On 25 November 2024 the task force added 29 entities to the UFLPA Entity List.",
        "On 25 November 2024 the task force removed 29 entities from the UFLPA Entity List.",
    ),
    "a month for the year": (
        "2026-02-01",
        "8,165 trains",
        "Alashankou handled 8,165 trains in 2025.",
        "Alashankou handled 8,165 trains a month in 2025.",
    ),
    "directions in the sentence behind the total": (
        "2026-02-01",
        "$71.2 billion",
        "China traded $106.3 billion with the five Central Asian states in 2025. Exports were $71.2 billion.",
        "China traded $106.3 billion with the five Central Asian states in 2025. Imports were $71.2 billion.",
    ),
    "who bought and who sold": (
        "2026-02-01",
        "$61.4 billion",
        "The five Central Asian states bought goods worth $61.4 billion from China in 2023.",
        "Central Asian states bought goods worth $28 billion from China and sold it goods worth $61.4 billion in 2023.",
    ),
    "partners of one clause": (
        "2026-02-01",
        "$43.82 billion",
        "China's trade with Kazakhstan was $43.82 billion and with Kyrgyzstan $22.71 billion in 2024.",
        "China's trade with Kazakhstan was $22.71 billion and with Kyrgyzstan $43.82 billion in 2024.",
    ),
    "partners of two clauses": (
        "2026-02-01",
        "$22.71 billion",
        "Trade between China and Kyrgyzstan was $22.71 billion in 2024, and trade with Kazakhstan $43.82 billion.",
        "Trade between China and Kazakhstan was $22.71 billion in 2024, and trade with Kyrgyzstan $43.82 billion.",
    ),
    "the whole of a share": (
        "2026-02-01",
        "90.2 percent",
        "Xinjiang grew 92.2 percent of China's cotton in 2024, and 90.2 percent of China's cotton in 2022.",
        "Xinjiang grew 92.2 percent of China's cotton in 2024, and 90.2 percent of the world's cotton in 2022.",
    ),
    "the day of a part for that of the act": (
        "2026-02-01",
        "14 December 2025",
        "Member States had to name their authorities under the EU Forced Labour Regulation by 14 December 2025.",
        "The EU ban on products made with forced labour takes effect on 14 December 2025.",
    ),
    "a lesser part of an act, for the act": (
        "2026-02-01",
        "23 December 2021",
        "The UFLPA was signed into law on 23 December 2021.",
        "The UFLPA took effect on 23 December 2021.",
    ),
    "an act that begins days after another": (
        "2026-02-01",
        "21 June 2022",
        "The UFLPA was enacted on 23 December 2021 and its rebuttable presumption took effect on 21 June 2022.",
        "The UFLPA was enacted on 21 June 2022 and its rebuttable presumption became effective 180 days later.",
    ),
}
# Said on a day when it held, and on one when it no longer did.
ENDED = {
    "26 July 2027": ("2025-10-01", "2026-10-01", "The CSDDD has to be transposed by 26 July 2027."),
    "1,000 employees": ("2025-10-01", "2026-10-01", "The CSDDD applies to companies with more than 1,000 employees."),
    "EUR 450 million": (
        "2025-10-01",
        "2026-10-01",
        "Washington notes that the CSDDD covers companies with a turnover of more than EUR 450 million.",
    ),
    "107 entities": ("2024-12-10", "2026-04-15", "The UFLPA Entity List has 107 entities."),
}
AGREES = ("agrees", "agrees_within_rounding")


def verdict(sentence, figure, published, folder):
    report = folder / "report.txt"
    report.write_text(sentence, encoding="utf-8")
    rows = check(report, published=published, store=folder / "store").to_pylist()
    (found,) = [row["verdict"] for row in rows if figure in row["text"]]
    return found


@pytest.mark.parametrize("what", TWINS)
def test_a_slip_of_the_pen_does_not_agree(what, tmp_path):
    published, figure, right, wrong = TWINS[what]
    assert verdict(right, figure, published, tmp_path) in AGREES
    assert verdict(wrong, figure, published, tmp_path) not in {*AGREES, "contradicts"}


@pytest.mark.parametrize("figure", ENDED)
def test_what_held_is_not_told_as_holding(figure, tmp_path):
    then, later, sentence = ENDED[figure]
    assert verdict(sentence, figure, then, tmp_path) in AGREES
    assert verdict(sentence, figure, later, tmp_path) == "differs"


def test_what_held_is_told_as_it_held(tmp_path):
    said = "The CSDDD originally applied to companies with more than 1,000 employees."
    assert verdict(said, "1,000 employees", "2026-10-01", tmp_path) in AGREES


def test_a_day_on_which_a_law_was_known_is_shown_as_that(tmp_path):
    """The day of publication is no entry into force, though it stands in the row of it."""
    report = tmp_path / "report.txt"
    report.write_text("The EU Forced Labour Regulation entered into force on 12 December 2024.", encoding="utf-8")
    (row,) = check(report, published="2025-02-01", store=tmp_path / "store").to_pylist()
    assert "Entry into force: known from 12 December 2024" in row["note"]


LISTED = """Table 2: The UFLPA Entity List

| Date | Entities added | Total |
|---|---|---|
| 9 August 2024 | 5 | {first} |
| 25 November 2024 | 29 | 107 |
| 15 January 2025 | 37 | {last} |
"""
TRADE = """Table A. Foreign trade of Xinjiang in 2025, billion yuan

| | Value |
|---|---|
| {one} | 460.7 |
| {other} | 59.6 |
"""
STOPPED = """Exhibit 1: Shipments reviewed under the UFLPA in 2023

| Sector | Reviewed |
|---|---|
| {one} | 1,470 |
| {other} | 786 |
"""
TABLES = {
    "totals of a list": (
        LISTED.format(first=73, last=144),
        LISTED.format(first=75, last=187),
        {"73": "75", "144": "187"},
    ),
    "rows of directions": (
        TRADE.format(one="Exports", other="Imports"),
        TRADE.format(one="Imports", other="Exports"),
        {"460.7": "460.7", "59.6": "59.6"},
    ),
    "rows of industries": (
        STOPPED.format(one="Electronics", other="Apparel, footwear and textiles"),
        STOPPED.format(one="Apparel, footwear and textiles", other="Electronics"),
        {"1,470": "1,470", "786": "786"},
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_cell_is_read_by_its_title_and_its_headings(what, tmp_path):
    right, wrong, cells = TABLES[what]
    for text, figures, agrees in ((right, [*cells], True), (wrong, [*cells.values()], False)):
        report = tmp_path / "report.md"
        report.write_text(text, encoding="utf-8")
        rows = check(report, published="2026-02-15", store=tmp_path / "store").to_pylist()
        found = {row["text"]: row["verdict"] for row in rows}
        for figure in figures:
            assert (found[figure] in AGREES) == agrees, (figure, found)
