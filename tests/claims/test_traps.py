"""The known traps of docs/design/13-claims.md, each on a sentence that is not of the gold set."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import claims, reasons, values


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Visitors to the Khorgos cooperation centre may bring in duty-free goods worth up to 9,000 yuan ($1,240).",
         [(9_000, "CNY"), (1_240, "USD")]),
        ("Customs revenue at Sost was Rs 250 crore in 2024.", [(2.5e9, "PKR")]),
        ("Sost handled 2.4 lakh tonnes of cargo in 2024.", [(240_000, "tonnes")]),
        ("霍尔果斯口岸2024年货运量4100万吨。", [(4.1e7, "tonnes")]),
        ("2024年中哈贸易额438亿美元。", [(4.38e10, "USD")]),
        ("2024年，都拉塔口岸货运量同比增长三成。", [(30, "percent")]),
        ("В 2024 году через Достык прошло 6,1 млн тонн грузов.", [(6.1e6, "tonnes")]),
        ("Через Хоргос проехало 12 400 машин.", [(12_400, "vehicles")]),
        ("Two dozen firms were added to the UFLPA Entity List.", [(24, "entities")]),
        ("Half a million people visited the Khorgos cooperation centre last year.", [(500_000, "persons")]),
        ("A third of China's cotton comes from Xinjiang.", [(100 / 3, "percent")]),
        ("Bakhty handled between 3 and 4 million tonnes of cargo.", [(3e6, "tonnes")]),
        ("The number of passengers at Khunjerab halved in 2024.", [(-50, "percent")]),
        ("Грузооборот Бахты вырос вдвое.", [(100, "percent")]),
        ("Грузооборот Бахты сократился вдвое.", [(-50, "percent")]),
        ("Грузооборот Бахты вырос в 2,5 раза.", [(150, "percent")]),
        ("吐尔尕特口岸货运量翻一番。", [(100, "percent")]),
        ("吐尔尕特口岸货运量是去年同期的3.2倍。", [(220, "percent")]),
        ("Trade between China and Kazakhstan was USD 44.1 billion (+7.3%).", [(4.41e10, "USD"), (7.3, "percent")]),
        ("一二百辆货车在霍尔果斯口岸排队。", [(100, "vehicles")]),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_printed(text, wanted):
    assert values(text) == [(pytest.approx(v, rel=1e-4), unit) for v, unit in wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("В марте через Достык прошло 2.345 машины.", ["ambiguous_figure"]),
        ("Torugart was closed on 03/04/2024.", ["ambiguous_period"]),
        ("Hundreds of trucks were stuck at Torugart.", ["vague_figure"]),
        ("数百辆货车在口岸排队。", ["vague_figure"]),
    ],
)
def test_what_cannot_be_read_says_why(text, wanted):
    assert reasons(text) == wanted
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Route 314 ends at Khunjerab.",
        "See Section 2(d) of the rules.",
        "Wafers fall under heading 3818.",
        "The G20 met at Khorgos.",
        "一带一路给霍尔果斯带来机遇。",
        "Трасса А-351 ведёт к Бахты.",
        "May be it will rain in Sost.",
    ],
)
def test_a_number_in_a_name_is_no_figure(text):
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Traffic at Bakhty rose to 12,000 vehicles.", "exact"),
        ("Трафик на Бахты вырос до 12 тысяч машин.", "exact"),
        ("Up to 500 trucks a day pass Bakhty.", "up_to"),
        ("До 500 фур в сутки проходит через Бахты.", "up_to"),
        ("巴克图口岸通行车辆500余辆。", "over"),
        ("At least 500 trucks passed Bakhty.", "at_least"),
        ("Почти 500 машин прошло через Бахты.", "nearly"),
        ("约500辆货车通过巴克图口岸。", "about"),
        ("Between 500 and 600 trucks passed Bakhty.", "between"),
    ],
)
def test_bounds(text, bound):
    assert [c.bound for c in claims(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Bakhty handled 5,000 tonnes of cargo from April to October.", "2024-04-01", "2024-10-31"),
        ("Bakhty handled 5,000 tonnes of cargo in January.", "2025-01-01", "2025-01-31"),
        ("Bakhty handled 5,000 tonnes of cargo in October.", "2024-10-01", "2024-10-31"),
        ("Bakhty handled 5,000 tonnes of cargo in March.", "2025-03-01", "2025-03-14"),
        ("Bakhty handled 5,000 tonnes of cargo last week.", "2025-03-03", "2025-03-09"),
        ("Bakhty handled 5,000 tonnes of cargo in November-February.", "2024-11-01", "2025-02-28"),
        ("Customs revenue at Sost was Rs 9 billion in fiscal 2023-24.", "2023-07-01", "2024-06-30"),
        ("巴克图口岸去年12月货运量5000吨。", "2024-12-01", "2024-12-31"),
        ("В первом полугодии 2024 года через Бахты прошло 5000 тонн.", "2024-01-01", "2024-06-30"),
        ("Over 50 trucks passed Bakhty on 7 January.", "2025-01-07", "2025-01-07"),
    ],
)
def test_periods_are_resolved_against_the_publication(text, start, end):
    found = [c for c in claims(text) if c.unread_reason is None and c.value is not None]
    assert [(c.period_start, c.period_end) for c in found] == [(start, end)]


CBP_YEAR, PAKISTANS_YEAR = ("2022-10-01", "2023-09-30"), ("2022-07-01", "2023-06-30")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CBP enforces the UFLPA. In FY2023, 4,016 shipments were held.", CBP_YEAR),
        ("CBP enforces the UFLPA.\n\nIn fiscal year 2023 4,016 shipments were held.", CBP_YEAR),
        ("美国海关依据该法扣留货物。2023财年扣留4016批。", CBP_YEAR),
        ("Таможня США задерживает грузы. В 2023 финансовом году задержано 4016 партий.", CBP_YEAR),
        ("CBP enforces the UFLPA. Pakistan counts too. In FY2023, 4,016 shipments were held.", PAKISTANS_YEAR),
        ("CBP enforces the UFLPA. In FY2023 Pakistan held 4,016 shipments.", PAKISTANS_YEAR),
        ("In FY2023, 4,016 shipments were held.", PAKISTANS_YEAR),
    ],
)
def test_a_fiscal_year_is_that_of_whom_the_text_named_last(text, wanted):
    found = [c for c in claims(text) if c.value == 4016]
    assert [(c.period_start, c.period_end) for c in found] == [wanted]


def test_without_a_publication_what_is_relative_stays_open():
    one, two = "Bakhty handled 5,000 tonnes in October.", "Bakhty handled 5,000 tonnes in October 2023."
    assert [(c.period_start, c.period_basis) for c in claims(one, None)] == [(None, "none")]
    assert [(c.period_start, c.period_basis) for c in claims(two, None)] == [("2023-10-01", "stated")]


def test_effects_are_said_of_each_measure():
    text = "The UFLPA and the CSDDD ban goods; the EU Forced Labour Regulation bans products."
    found = {(c.subject, c.quantity) for c in claims(text, date(2025, 1, 1))}
    assert ("eu-flr", "effect.import_ban") in found


def test_a_ban_of_a_law_on_exports_is_no_other_laws():
    text = "Article 12g of Regulation 833/2014 is to stop goods from going round the EU's export bans."
    assert [c.verdict for c in claims(text, date(2025, 1, 1)) if c.verdict == "contradicts"] == []


def test_a_span_ends_with_a_word():
    text = "Khunjerab was previously closed through the long winter months from late December to March by old rule."
    found = claims(text)
    assert found
    assert [c.text for c in found if text[c.span_end : c.span_end + 1].isalnum()] == []
