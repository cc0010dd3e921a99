"""What was misread in reports that nobody had looked at before, each cause in a sentence made up for it."""

from __future__ import annotations

from datetime import date

import pytest
from claim_sentences import PUBLISHED, claims, reasons

from entrepot.claims.internal import checks
from entrepot.claims.open import of_bytes
from entrepot.claims.read import read


def report(*paragraphs: str, published: date = PUBLISHED):
    """The claims of a report of several paragraphs."""
    return read(of_bytes("\n\n".join(paragraphs).encode(), "report.txt", published=published))


def by_value(found):
    return {c.value: c for c in found if c.value is not None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("So far this year Bakhty has seen 512 trains, more than the total of 2023.", 512),
        ("За 2024 год через Бахты прошло 512 поездов, что выше показателя за весь 2023 год.", 512),
        ("2024年,巴克图口岸货运量512万吨,超过了2023年全年的总量。", 5.12e6),
    ],
)
def test_a_year_that_a_figure_is_held_against_is_not_its_period(text, value):
    found = by_value(claims(text))[value]
    assert not (found.period_start or "").startswith("2023")


def test_a_figure_right_after_a_base_is_of_the_base():
    found = by_value(claims("2024年,新疆外贸512亿元,同比2023年的456亿元增长12.3%。"))
    assert found[456e8].period_start == "2023-01-01"
    assert (found[12.3].period_start, found[12.3].comparison) == ("2024-01-01", "yoy")


def test_from_one_year_to_another_each_figure_has_its_own():
    found = by_value(
        claims("Trade between China and Uzbekistan rose from 5.1 billion dollars in 2021 to 7.3 billion in 2023.")
    )
    assert {v: c.period_start[:4] for v, c in found.items()} == {5.1e9: "2021", 7.3e9: "2023"}


def test_a_year_in_brackets_is_of_the_figure_before_them():
    found = by_value(claims("Xinjiang's trade was 512 billion yuan (2022) and 634 billion yuan (2023)."))
    assert {v: c.period_start[:4] for v, c in found.items()} == {512e9: "2022", 634e9: "2023"}


def test_what_stands_in_brackets_keeps_words_no_farther_apart():
    found = claims("Under the UFLPA, CBP denied (that is, seized, excluded, or sent back) a total of 512 shipments.")
    assert [c.quantity for c in found] == ["shipments_denied"]


def test_those_killed_and_those_injured_are_told_apart():
    found = by_value(claims("Two Chinese engineers were killed and three Chinese workers injured near Karachi."))
    assert {v: c.quantity for v, c in found.items()} == {
        2: "chinese_killed_in_attacks",
        3: "chinese_injured_in_attacks",
    }


@pytest.mark.parametrize(
    "text",
    [
        "An attack on Chinese engineers in Karachi left 17 others injured.",
        "47 Chinese nationals became the target of attacks in Pakistan which left 12 dead.",
        "Goods at Khorgos were bound for a third country in 2024.",
        "Customs at Khorgos opened at 11pm on Sunday.",
    ],
)
def test_what_is_of_others_is_not_read(text):
    assert [c.value for c in claims(text) if c.unread_reason is None and c.value is not None] == []


def test_a_difference_is_no_level():
    assert reasons("Trade of China with Kazakhstan saw a $5.4 billion increase from 2023.") == ["no_quantity"]
    assert reasons("Xinjiang firms account for 98 percent of the growth of its foreign trade.") == ["no_quantity"]


@pytest.mark.parametrize(
    "text",
    [
        "Xinjiang's trade was rising by 3 billion yuan in 2024.",
        "Trade at Khorgos is growing by 3 billion yuan a year.",
        "Trade of Xinjiang went up 3 billion yuan in 2024.",
        "Trade of Xinjiang rose 3 billion yuan in 2024.",
        "Trade of Xinjiang rose in the first eleven months of 2024 by more than 83 billion yuan.",
        "Внешняя торговля Синьцзяна увеличилась в 2024 году на 83 млрд юаней.",
        "2024年,新疆外贸增加831亿元。",
    ],
)
def test_by_how_much_something_changed_is_no_level(text):
    assert [c.value for c in claims(text) if c.unread_reason is None and c.value is not None] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Xinjiang's trade rose by nearly 3 billion yuan to 435 billion yuan in 2024.", 435e9),
        ("Trade of Xinjiang, growing by 3 billion yuan, reached 435 billion yuan in 2024.", 435e9),
        ("Imports made up 44.7 billion yuan of the trade of Xinjiang in 2024.", 44.7e9),
        ("Trade of Xinjiang rose to 435 billion yuan in 2024.", 435e9),
        ("Trade of Xinjiang was more than 435 billion yuan in 2024.", 435e9),
        ("Xinjiang grew 5.69 million tonnes of cotton in 2024.", 5.69e6),
    ],
)
def test_what_it_changed_to_is(text, value):
    assert [c.value for c in claims(text) if c.unread_reason is None and c.value is not None] == [value]


def test_where_a_growth_led_is_no_range():
    found = by_value(claims("The share of Central Asia in Xinjiang's trade rose 3 percent to 79.4 percent in 2023."))
    assert {v: c.bound for v, c in found.items()} == {3: "exact", 79.4: "exact"}


def test_percent_beside_growth_is_growth():
    assert [c.comparison for c in claims("Xinjiang's exports saw 437.1 % growth in 2024.")] == ["change"]


def test_each_partner_has_its_own_growth():
    found = by_value(claims("2023年,新疆与哈萨克斯坦、吉尔吉斯斯坦的贸易额同比增长分别为7.2%和3.5%。"))
    assert {v: c.partner for v, c in found.items()} == {7.2: "Kazakhstan", 3.5: "Kyrgyzstan"}


def test_exports_of_a_good_are_of_that_good():
    found = claims("Xinjiang's exports of walnuts and grapes rose 25.4 percent in 2024.")
    assert [(c.subject_kind, c.subject) for c in found] == [("outside", "walnuts and grapes")]


def test_this_figure_goes_on_with_the_one_before():
    found = report(
        "Uzbekistan's trade turnover with China reached $5.1 billion from January through June 2024.",
        "As per data, this figure is 9.4 percent higher year-on-year ($4.7 billion in January–June 2023).",
    )
    growth, before = by_value(found)[9.4], by_value(found)[4.7e9]
    assert (growth.quantity, growth.subject, growth.period_start) == ("trade_value", "china-uzbekistan", "2024-01-01")
    assert "that of the sentence before" in (growth.note or "")
    assert before.period_start == "2023-01-01"


def test_this_figure_of_what_was_not_read_is_not_read():
    found = report(
        "Uzbekistan's trade turnover with China reached $5.1 billion in 2023.",
        "Meanwhile, Uzbekistan's foreign trade turnover amounted to $31 billion in 2023.",
        "This figure has increased by 8.5 percent year-on-year.",
    )
    assert 8.5 not in by_value(found)


def test_countries_ranked_after_one_another_share_the_quantity():
    found = report(
        "Kazakhstan ranked first among China's trade partners in 2024, with trade turnover reaching $41 billion.",
        "Uzbekistan ranked second with $12 billion, and Tajikistan came third with $3 billion.",
    )
    assert {c.value: c.subject for c in found} == {
        41e9: "china-kazakhstan",
        12e9: "china-uzbekistan",
        3e9: "china-tajikistan",
    }


def test_a_part_said_in_the_clause_before_is_carried_on():
    found = claims("2024年,新疆民营企业进出口值512亿元;占比92.7%。")
    assert {c.subject_kind for c in found} == {"outside"}


def test_a_day_after_will_is_the_next_one():
    found = report("Torugart checkpoint will be closed from October 1 to October 3.", published=date(2024, 9, 26))
    assert [(c.period_start, c.status) for c in found] == [("2024-10-01", "scheduled")]


def test_headlines_one_a_line_are_no_wrapped_line():
    lines = "Bakhty sees a rise of traffic at the border with its neighbour\nKhorgos handled 512 trains in 2024"
    found = read(of_bytes(lines.encode(), "report.txt", published=PUBLISHED))
    assert [c.sentence for c in found] == ["Khorgos handled 512 trains in 2024"]


def test_several_ports_in_apposition_are_those_named_before():
    (found,) = claims(
        "Horgos Port and Alataw Pass, two busy rail ports in Xinjiang, handled 512 freight trains in 2023."
    )
    assert found.subject == "khorgos-and-alashankou"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Exports to China fell to $512 million in the fiscal year (2021-22).", "2021-07-01", "2022-06-30"),
        ("Exports to China fell to $512 million in July-March (2021-22).", "2021-07-01", "2022-03-31"),
        ("Exports to China fell to $512 million in the first five months of the current fiscal year (2021-22).",
         "2021-07-01", "2021-11-30"),
    ],
)  # fmt: skip
def test_months_of_a_fiscal_year_said_by_its_two_years(text, start, end):
    (found,) = report("Pakistan's exports to China: figures of the central bank.", text)
    assert (found.subject, found.direction) == ("china-pakistan", "in")
    assert (found.period_start, found.period_end) == (start, end)


def test_what_a_figure_is_held_against_is_of_the_year_before():
    text = (
        "Imports from China to Pakistan were $512 million in May 2022 "
        "against $456 million in the same month of last year, up 12.3 percent."
    )
    starts = {v: c.period_start for v, c in by_value(claims(text, date(2022, 6, 20))).items()}
    assert starts == {512e6: "2022-05-01", 456e6: "2021-05-01", 12.3: "2022-05-01"}


def test_a_growth_between_two_months_is_of_the_later():
    text = (
        "Pakistan's exports to China rose by 12 percent from $100 million in April 2021 to $112 million in April 2022."
    )
    assert by_value(claims(text))[12].period_start == "2022-04-01"


def test_growth_on_the_month_is_not_held_against_the_year_before():
    found = report(
        "Pakistan's exports to China rose from $100 million in April 2021 to $112 million in April 2022."
        " On a month-on-month basis, exports to China fell by 9.5 percent in April 2022."
    )
    assert not [c for c in checks(found, date(2022, 5, 20)) if c.word == "differs"]


def test_a_dollar_sum_names_no_country():
    found = by_value(
        report("Pakistan's exports to China were US $512 million in 2021 against exports of US $456 million in 2020.")
    )
    assert {c.subject for c in found.values()} == {"china-pakistan"}


def test_trips_are_those_of_the_trains_before():
    found = report("Khorgos handled 512 freight trains in 2023. The number of trips rose by 12 percent.")
    assert [c.quantity for c in found] == ["trains", "trains"]


def test_the_value_of_what_was_denied_is_not_that_of_all_stopped():
    found = claims(
        "CBP denied entry to 512 shipments, valued at $3.4 million, under the UFLPA from January to May 2023."
    )
    assert [c.quantity for c in found if c.value is not None] == ["shipments_denied"]


def test_trains_that_passed_in_a_year_passed_in_it():
    (found,) = claims("A total of 512 trains passed in 2023 through Khorgos.")
    assert found.period_start == "2023-01-01"
