"""Twins of which the wrong one keeps its number or day on record: what is said of it is another thing.

As in `test_twins`: the right sentence agrees, its twin does not.
"""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# The day of publication, the figure or date in both, the right sentence and the wrong one.
TWINS = {
    "which way a total went": (
        "2024-11-20",
        "34.262 million tonnes",
        "From January to September 2024 cargo at Khorgos rose to 34.262 million tonnes.",
        "From January to September 2024 cargo at Khorgos slid to 34.262 million tonnes.",
    ),
    "which way a total went, by the year before": (
        "2025-11-20",
        "5,806",
        "From January to September 2025 the shipments denied under the UFLPA climbed to 5,806.",
        "From January to September 2025 the shipments denied under the UFLPA dropped to 5,806.",
    ),
    "the sign of growth": (
        "2026-02-10",
        "8.9 percent",
        "Imports into Xinjiang in 2025, 59.6 billion yuan, were down 8.9 percent.",
        "Imports into Xinjiang in 2025, 59.6 billion yuan, were up 8.9 percent.",
    ),
    "below just the number counted": (
        "2025-02-10",
        "12.1 million tonnes",
        "Trains carried 12.1 million tonnes through the Khorgos rail port in 2024.",
        "Trains carried less than 12.1 million tonnes through the Khorgos rail port in 2024.",
    ),
    "the other side of trade": (
        "2026-02-10",
        "276.69 billion yuan",
        "In 2025 Xinjiang's trade with the Central Asia five came to 276.69 billion yuan.",
        "In 2025 Xinjiang's trade with Mongolia came to 276.69 billion yuan.",
    ),
    "the country for its region": (
        "2026-02-10",
        "6.165 million tonnes",
        "Of the cotton of 2025 Xinjiang harvested 6.165 million tonnes, 92.8 percent of the national total.",
        "In 2025 the cotton harvest of China was 6.165 million tonnes; 92.8 percent grew in Xinjiang.",
    ),
    "that year": (
        "2025-02-10",
        "5,027 trains",
        "Alashankou kept open in 2020. That year 5,027 trains passed.",
        "Alashankou kept open in 2022. That year 5,027 trains passed.",
    ),
    "that quarter": (
        "2024-03-10",
        "1,146 shipments",
        "In the fourth quarter of 2023 the ports were full. CBP reviewed 1,146 shipments under the UFLPA that quarter.",
        "In the third quarter of 2023 the ports were full. CBP reviewed 1,146 shipments under the UFLPA that quarter.",
    ),
    "a year that a sentence before says": (
        "2025-02-10",
        "8,730 trains",
        "In 2024 the rail port of Khorgos worked day and night. It handled 8,730 trains.",
        "In 2022 the rail port of Khorgos worked day and night. It handled 8,730 trains.",
    ),
    "each number with a year behind it": (
        "2025-02-10",
        "$89.4 billion",
        "Trade between China and Central Asia went up from $89.4 billion in 2023 to $94.8 billion in 2024.",
        "Trade between China and Central Asia went up from $89.4 billion in 2022 to $94.8 billion in 2024.",
    ),
    "the month before": (
        "2023-08-10",
        "354",
        "In May 2023 CBP stopped 402 shipments under the UFLPA, against 354 the month before.",
        "In June 2023 CBP stopped 402 shipments under the UFLPA, against 354 the month before.",
    ),
    "from a year earlier, of which no number is said": (
        "2026-02-10",
        "8,730",
        "In 2024 the trains at the Khorgos rail port rose to 8,730 from a year earlier.",
        "In 2025 the trains at the Khorgos rail port rose to 8,730 from a year earlier.",
    ),
    "adopted and rejected": (
        "2024-08-10",
        "24 May 2024",
        "The Council adopted the CSDDD on 24 May 2024.",
        "The Council voted down the CSDDD on 24 May 2024.",
    ),
    "imposed and lifted": (
        "2021-08-10",
        "31 July 2020",
        "The Treasury sanctioned the XPCC of Xinjiang on 31 July 2020.",
        "The Treasury lifted its sanctions on the XPCC of Xinjiang on 31 July 2020.",
    ),
    "the number of an act": (
        "2025-08-10",
        "13 December 2024",
        "Regulation (EU) 2024/3015, the Forced Labour Regulation, entered into force on 13 December 2024.",
        "Regulation (EU) 2024/1252, the Forced Labour Regulation, entered into force on 13 December 2024.",
    ),
    "whose act it was": (
        "2025-03-10",
        "19 November 2024",
        "The Council adopted the Forced Labour Regulation on 19 November 2024.",
        "The European Parliament adopted the Forced Labour Regulation on 19 November 2024.",
    ),
    "another part of a law": (
        "2025-12-10",
        "9 July 2024",
        "Aluminium has been a priority sector under the UFLPA since 9 July 2024.",
        "Copper has been a priority sector under the UFLPA since 9 July 2024.",
    ),
    "known and holding": (
        "2025-12-10",
        "September 2024",
        "A licence has been required for exports of antimony from China since 15 September 2024.",
        "A licence has been required for exports of antimony from China since 15 August 2024.",
    ),
    "a term that another replaced": (
        "2026-09-10",
        "26 July",
        "Member States have to transpose the CSDDD by 26 July 2028.",
        "Member States have to transpose the CSDDD by 26 July 2027.",
    ),
    "the month of an act": (
        "2023-08-10",
        "2022",
        "The CSDDD was proposed in February 2022.",
        "The CSDDD was proposed in November 2022.",
    ),
    "counted things of another noun": (
        "2025-02-11",
        "144",
        "The UFLPA Entity List was widened in January 2025. It names 144 entities.",
        "The UFLPA Entity List was widened in January 2025. Its office has 144 desks.",
    ),
    "figures of an old report": (
        "2021-05-10",
        "174,000",
        "In the first quarter of 2020, 1,941 China-Europe trains carried 174,000 TEU.",
        "In the first quarter of 2021, 1,941 China-Europe trains carried 174,000 TEU.",
    ),
}
AGREES = {"agrees", "agrees_within_rounding", "consistent"}


@pytest.mark.parametrize("what", TWINS)
def test_a_twin_of_which_something_else_is_said_does_not_agree(what, tmp_path):
    published, figure, right, wrong = TWINS[what]
    for text, agrees in ((right, True), (wrong, False)):
        report = tmp_path / "report.txt"
        report.write_text(text, encoding="utf-8")
        rows = check(report, published=published, store=tmp_path / "store").to_pylist()
        found = [row["verdict"] for row in rows if figure in row["text"]]
        assert any(verdict in AGREES for verdict in found) == agrees, (text, found)


def test_a_figure_in_the_note_on_a_firm_is_offered(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Volkswagen planned to make 50,000 cars a year at its plant in Urumqi.", encoding="utf-8")
    rows = check(report, published="2012-06-10", store=tmp_path / "store").to_pylist()
    offered = [row["offered"] for row in rows if "50,000" in row["text"]]
    assert any("F001" in found for found in offered if found)


@pytest.mark.parametrize(
    ("sentence", "agrees"),
    [
        ("Khunjerab is now open all year.", True),
        ("Traders at Khunjerab were in good spirits all year.", False),
        ("霍尔果斯口岸全年通行。", True),
        ("霍尔果斯口岸全年通行7000列。", False),
    ],
)
def test_all_year_is_said_of_a_gate_that_is_open(sentence, agrees, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(sentence, encoding="utf-8")
    rows = check(report, published="2026-02-10", store=tmp_path / "store").to_pylist()
    assert any(row["verdict"] in AGREES and row["quantity"] == "rules.season" for row in rows) == agrees, rows
