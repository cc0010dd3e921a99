"""How reports of news are worded: each sentence is ours, of a kind that real reports were seen to have."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import claims

from entrepot.claims.open import of_bytes
from entrepot.claims.read import read

PUBLISHED = date(2025, 3, 14)


def said(text: str) -> list[tuple]:
    """Subject, quantity, value and unit of what was read."""
    return [(c.subject, c.quantity, c.value, c.unit) for c in claims(text) if c.unread_reason is None]


def report(*paragraphs: str, published: date = PUBLISHED):
    """The claims of a report of several paragraphs."""
    return read(of_bytes("\n\n".join(paragraphs).encode(), "report.txt", published=published))


def test_growth_is_of_the_level_beside_it():
    """Not of the freight that the name of the trains has, nor of the port named after it."""
    text = "Bakhty passed 512 China-Europe freight trains in 2024, an increase of 8.4 percent year on year."
    assert said(text) == [("bakhty", "trains", 512, "trains"), ("bakhty", "trains", 8.4, "percent")]
    text = "Bakhty handled 410 trains in 2024, up 3.5 percent, while Dulata logged 290 such trains, up 6.1 percent."
    assert [(s, v) for s, _, v, _ in said(text)] == [("bakhty", 410), ("bakhty", 3.5), ("dulata", 290), ("dulata", 6.1)]


def test_growth_before_its_level():
    text = "The import and export of goods in Xinjiang grew 7.5 percent year on year to 512 billion yuan in 2024."
    assert said(text) == [("xinjiang", "trade_value", 7.5, "percent"), ("xinjiang", "trade_value", 512e9, "CNY")]


def test_the_country_of_a_currency_is_no_partner():
    found = claims("Xinjiang's foreign trade reached 512 billion yuan (about 71.5 billion U.S. dollars) in 2024.")
    assert {c.partner for c in found} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Trade between China and Kyrgyzstan rose by almost $2 billion in 2024.",
        "Trade between China and Kyrgyzstan saw an increase of $2 billion in 2024.",
        "2024年，中吉贸易额增加20亿美元。",
        "Товарооборот Китая и Кыргызстана увеличился на 2 млрд долларов в 2024 году.",
    ],
)
def test_by_how_much_is_no_level(text):
    assert not [c for c in claims(text) if c.value is not None and c.unit == "USD"]


def test_what_a_change_led_to_is_a_level():
    assert said("Trade between China and Kyrgyzstan rose by 9 percent to $23 billion in 2024.")[1][2] == 23e9
    assert said("Imports made up 44 billion yuan of what Xinjiang traded in 2024.")[0][2] == 44e9
    (level,) = [c for c in claims("Cargo through Bakhty soared by 21% up to 4.5 million tons.") if c.unit == "tonnes"]
    assert (level.value, level.bound) == (4.5e6, "exact")


def test_points_above_another_growth_are_no_growth():
    assert said("2024年新疆外贸增长12.5%，高于全国增速7.7个百分点。") == [("xinjiang", "trade_value", 12.5, "percent")]


def test_percentages_said_respectively_go_with_as_many_levels_or_are_unread():
    text = "In 2024 Bakhty passed 9,400 vehicles and 512,000 tonnes of goods, up 4 percent and 7 percent respectively."
    assert [(q, v) for _, q, v, u in said(text) if u == "percent"] == [("vehicles", 4), ("cargo", 7)]
    lost = claims("前10个月，甲州、乙州、丙州进出口分别增长44.3%、28.7%、13.5%，新疆外贸向好。")
    assert {c.unread_reason for c in lost} == {"no_subject"}


def test_a_list_of_figures_is_no_range():
    found = claims("2024年巴克图口岸货运量和车辆分别增长42.6%、72.7%。")
    assert all(c.bound != "between" for c in found)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Trade by private enterprises of Xinjiang was 298 billion yuan in 2024.", "private enterprises"),
        ("2024年新疆民营企业进出口298亿元。", "民营企业"),
        ("In 2024 trade of southern Xinjiang reached 99 billion yuan.", "southern Xinjiang"),
    ],
)
def test_a_part_of_a_region_is_not_the_region(text, subject):
    (found,) = claims(text)
    assert (found.subject_kind, found.subject) == ("outside", subject)


def test_zones_of_the_region_are_places_of_their_own():
    text = (
        "The pilot free trade zone, spanning Urumqi, Kashgar and Horgos, traded goods worth 163 billion yuan in 2024."
    )
    assert said(text)[0][0] == "xinjiang-free-trade-zone"


def test_two_ports_named_together():
    text = "In 2024 a total of 16,000 freight trains passed through the Alashankou and Khorgos ports."
    assert said(text) == [("khorgos-and-alashankou", "trains", 16_000, "trains")]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Since the resumption of clearance on April 3, 2023, Khunjerab has recorded 40,000 passengers.", "2023-04-03"),
        ("Bakhty has passed over 3,000 trains since it served the first freight train in 2016.", "2016-01-01"),
        ("自2024年4月1日开关以来，红其拉甫口岸出入境旅客达5万人次。", "2024-04-01"),
    ],
)
def test_since_a_clause_runs_to_publication(text, start):
    (found,) = [c for c in claims(text) if c.value]
    assert (found.period_start, found.period_end) == (start, PUBLISHED.isoformat())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The trains at Bakhty reached 512 by the end of February this year.", (None, "2025-02-28")),
        ("As of 1 March 2025, Bakhty had handled over 500 trains this year.", ("2025-01-01", "2025-03-01")),
        ("截至2月底，巴克图口岸货运量20万吨。", (None, "2025-02-28")),
        ("In the first three quarters of 2024 Bakhty handled 512,000 tonnes.", ("2024-01-01", "2024-09-30")),
        ("For 11 months of 2024 Bakhty handled 512,000 tonnes.", ("2024-01-01", "2024-11-30")),
        ("С января по июль 2020 года через Бахты прошло 240 поездов.", ("2020-01-01", "2020-07-31")),
        ("URUMQI, March 12 (Xinhua) -- Bakhty handled 512 trains in 2024.", ("2024-01-01", "2024-12-31")),
    ],
)
def test_periods_of_news(text, days):
    (found,) = [c for c in claims(text) if c.value]
    assert (found.period_start, found.period_end) == days


def test_a_total_of_a_day_is_of_that_day():
    (found,) = claims("As of 25 November 2024 the UFLPA Entity List held 107 entities in total on the list.")
    assert (found.period_start, found.period_end) == ("2024-11-25", "2024-11-25")


def test_the_period_and_the_place_of_the_paragraph_before():
    found = report(
        "Xinjiang's trade reached 512 billion yuan in the first half of 2024.",
        "The region's trade with ASEAN countries surged by 31 percent during the same period.",
    )
    assert [(c.subject, c.partner, c.period_end) for c in found] == [
        ("xinjiang", None, "2024-06-30"),
        ("xinjiang", "ASEAN", "2024-06-30"),
    ]
    found = report("The road ends at Sost, behind Khunjerab.", "Since January the pass has seen 1,200 vehicles.")
    assert [c.subject for c in found if c.value] == ["khunjerab"]
    assert found[0].note == "Subject: the place named before."


def test_the_only_place_that_a_report_has_named_is_lent_and_said():
    found = report("Bakhty is a crossing.", "There were 1,200 vehicles in 2024.")
    assert [(c.subject, c.note) for c in found] == [("bakhty", "Subject: the only place named before.")]


@pytest.mark.parametrize(
    "other", ["Dostyk is a crossing too.", "Mongolia has others."], ids=["two crossings", "a country"]
)
def test_without_a_word_that_points_back_no_place_is_lent_where_several_are_named(other):
    where = " in Mongolia" if "Mongolia" in other else ""
    found = report("Bakhty is a crossing.", other, f"There were 1,200 vehicles{where} in 2024.")
    assert [c.unread_reason for c in found] == ["no_subject"]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("On 2 May 2025 DHS announced the addition of 12 entities to the UFLPA Entity List.", "batches.added"),
        ("CBP detained 512 shipments per month in 2024.", "shipments_per_month"),
        ("In 2024, Bakhty recorded a single-day peak of 12 freight trains.", "trains_per_day_max"),
        (
            "In 2021 nine Chinese nationals and four Pakistani people were killed near Dasu.",
            "chinese_killed_in_attacks",
        ),
    ],
)
def test_what_is_counted(text, quantity):
    assert said(text)[0][1] == quantity


@pytest.mark.parametrize(
    "text",
    [
        "As many as 13 people, including nine Chinese nationals, were killed in an attack in Pakistan.",
        "The UFLPA Entity List grew, 12 entities in the cotton sector among the additions.",
        "Bakhty serves 80 freight train transport routes.",
        "霍尔果斯口岸班列数量连续5年保持万列以上。",
    ],
)
def test_what_is_not_counted(text):
    assert not [c for c in claims(text) if c.unread_reason is None and c.value in (13, 12, 80, 5)]


def test_whose_share_stands_after_the_figure():
    found = said("Xinjiang produces 85 percent of China's and 20 percent of the world's cotton.")
    assert [(q, v) for _, q, v, _ in found] == [("share_of_china_output", 85), ("share_of_world_output", 20)]


def test_what_was_before_is_no_growth():
    assert not [c for c in claims("Vietnam's share was 31.9 percent, up from 28.3 percent.") if c.value == 28.3]


def test_events_have_their_own_day():
    assert not claims("Investigators arrived in Pakistan on 7 March to join a probe into a suicide attack.")
    assert not [c for c in claims("November was the calmest month since the UFLPA took effect in 2022.") if c.quantity]


def test_traditional_characters_are_read_as_simplified_ones():
    text = "2024年霍爾果斯口岸貨運量4100萬噸，同比增長5.5%。"
    (first, second) = claims(text)
    assert (first.value, first.unit, second.value) == (4.1e7, "tonnes", 5.5)
    assert text[first.span_start : first.span_end] == first.text


def test_a_name_in_kazakh_makes_no_kazakh_text():
    text = "Железные дороги Казахстана (ҚТЖ) сообщили, что в 2024 году через Достык прошло 6,1 млн тонн грузов."
    assert [b.language for b in of_bytes(text.encode(), "a.txt").blocks] == ["ru"]


def test_a_heading_without_small_words_is_in_the_language_of_the_report():
    opened = of_bytes(b"Bakhty foreign trade hits record 403 bln yuan\n\nIt is the first time that it was so.", "a.txt")
    assert [b.language for b in opened.blocks] == ["en", "en"]


def test_a_sum_between_slashes_is_a_conversion():
    text = "Товарооборот Синьцзяна в 2024 году достиг 51,2 млрд юаней /7,1 млрд долл. США/, что на 5% больше."
    found = claims(text)
    assert [(c.value, c.unit, c.comparison) for c in found][:2] == [
        (51.2e9, "CNY", "none"),
        (7.1e9, "USD", "conversion"),
    ]
    assert {c.partner for c in found} == {None}


def test_vehicles_that_are_goods():
    assert said("In 2024 a total of 51,200 vehicles were exported through Bakhty.")[0][1] == "vehicles_exported"
    assert said("In 2024 a total of 51,200 vehicles passed through Bakhty.")[0][1] == "vehicles"


def test_trips_of_trains_are_trains():
    text = "In the first quarter of 2024 China-Europe freight trains made 4,541 trips, up 9 pct."
    assert said(text)[0][1:] == ("trains", 4541, "trains")


def test_a_share_of_a_total_is_no_growth():
    text = "Экспорт из Синьцзяна в Кыргызстан увеличился и составил 38,6% от общего объема внешней торговли."
    assert not [c for c in claims(text) if c.comparison in ("yoy", "change")]


def test_of_efficiency_and_costs_nothing_is_read():
    found = claims("2024年霍尔果斯口岸进口货物增加，通关流程减少60%、效率提升80%、成本下降50%。")
    assert {c.unread_reason for c in found if c.text.endswith("%")} == {"no_quantity"}


def test_a_crossing_in_a_prefecture_is_the_crossing():
    assert said("Takeshiken in Altay handled 512,000 tonnes of goods in 2024.")[0][0] == "takeshiken"


def test_trains_as_such_are_not_of_a_port_named_before():
    found = report("Khorgos is a port. The China-Europe Railway Express made 17,000 trips in 2024.")
    assert [c.subject for c in found if c.value == 17_000] == ["china-europe-express"]


def test_this_week_is_not_lent_to_the_next_sentence():
    found = report("This week 200 trucks crossed at Bakhty. It handled 512,000 tonnes of goods at Bakhty.")
    assert [(c.value, c.period_start) for c in found][1] == (512_000, None)


def test_since_then_runs_from_the_day_before_it():
    found = report("CBP reviewed 512 shipments under the UFLPA in June 2023. Since then it reviewed 6,100 shipments.")
    assert (found[1].period_start, found[1].period_end) == ("2023-06-01", "2025-03-14")


def test_more_on_the_list_are_additions():
    found = said("Washington put 29 more Chinese firms on its forced-labour blacklist, taking the total to 107.")
    assert [(q, v) for _, q, v, _ in found] == [("batches.added", 29), ("listed_entities", 107)]


def test_some_of_a_count_are_unread():
    found = claims("Only 12 of 65 entities on the UFLPA Entity List replied.")
    assert [c.unread_reason for c in found] == ["no_quantity", "no_quantity"]


def test_the_product_of_a_share_is_the_one_it_is_of():
    found = claims("Xinjiang supplies about a fifth of the world's cotton and some 45% of its polysilicon.")
    assert [(c.product, c.value) for c in found] == [("cotton", 20), ("polysilicon", 45)]


def test_a_quarter_of_a_fiscal_year():
    (found,) = claims("Customs duties at Sost came to Rs 6.1 billion in the first quarter of fiscal year 2024-25.")
    assert (found.period_start, found.period_end) == ("2024-07-01", "2024-09-30")


def test_a_place_named_as_a_part_is_not_of_the_whole():
    text = (
        "Через границу Казахстана с Китаем по железной дороге прошло 26 млн т грузов, в том числе по Достыку 14 млн т."
    )
    assert [s for s, *_ in said(text)] == ["kazakhstan-china-rail", "dostyk"]


def test_the_base_of_a_growth_in_brackets():
    (level, growth) = claims("По состоянию на 2 декабря 2023 г. через Бахты прошло 14 тыс. т грузов (+17 % к 2022 г.).")
    assert level.period_end == growth.period_end == "2023-12-02"


def test_what_is_aimed_for_is_a_plan():
    (found,) = claims("We are aiming for 540,000 TEU at the Khorgos-Eastern Gate by 2030.")
    assert (found.subject, found.status) == ("khorgos-east-gate", "planned")


def test_persons_who_speak_are_no_passengers():
    text = "Volkswagen said on Wednesday that it will sell its plant in Xinjiang, two people familiar with it said."
    assert [(c.quantity, c.subject) for c in claims(text) if c.quantity] == [("event.exit", "Volkswagen")]


def test_to_date_takes_no_period_from_the_sentence_before():
    found = report("Bakhty passed 512 trains in 2021. To date, Bakhty has passed over 3,100 trains.")
    assert [(c.value, c.period_start) for c in found] == [(512, "2021-01-01"), (3_100, None)]
