"""What has not begun, what is done by saying it, what a firm makes, and numbers as the Swiss write them."""

from __future__ import annotations

import pytest

from entrepot.claims.evidence.case import BORNE_OUT


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Since August 29, the de minimis exemption is ended for all countries.", "Since August 29"),
        ("С 29 августа Соединенные Штаты отменяют таможенное правило de minimis.", "С 29 августа"),
        ("自8月29日起,美国取消de minimis免税政策。", "自8月29日起"),
    ],
)
def test_a_day_from_which_something_will_be_has_no_end_yet(sentence, printed, rows):
    """Executive Order 14324: from 29 August 2025; the reports are of the week before."""
    one = rows(sentence, "2025-08-23")[printed]
    assert one.verdict in BORNE_OUT
    assert (one.period_start, one.period_end) == ("2025-08-29", "2025-08-29")


def test_a_total_printed_before_its_period_had_ended_is_known_to_a_report_of_that_day(rows):
    """Dawn of 22 December 2023 (s-bc7f5b55) tells of July to December."""
    text = (
        "The customs office collected a record revenue of Rs5.525 billion from Sost dry port as duties on goods "
        "imported from China through the Khunjerab Pass during July-December this year."
    )
    assert rows(text, "2023-12-22")["Rs5.525 billion"].verdict in BORNE_OUT
    assert rows(text, "2023-12-10")["Rs5.525 billion"].verdict not in BORNE_OUT


SAID = "The Treasury Department announced {day} that the U.S. has sanctioned officials of Xinjiang and its police."


def test_who_announces_a_sanction_imposes_it_on_that_day(rows):
    """OFAC's designations of 9 July 2020 (E022), a Thursday."""
    assert rows(SAID.format(day="Thursday"), "2020-07-10")["Thursday"].verdict in BORNE_OUT
    assert rows(SAID.format(day="Wednesday"), "2020-07-10")["Wednesday"].verdict not in BORNE_OUT


def test_who_only_confirms_an_attack_on_a_day_does_not_date_it(rows):
    text = "The embassy on Sunday confirmed the deaths of two Chinese citizens in a blast near Karachi airport."
    assert rows(text, "2024-10-07")["on Sunday"].verdict not in BORNE_OUT


def test_attackers_of_chinese_are_no_chinese(rows):
    """Three attackers were killed at the consulate in Karachi on 23 November 2018 (E016)."""
    text = "Three suicide attackers stormed the Chinese consulate in Karachi on November 23, but were killed."
    assert rows(text, "2018-11-24")["Three suicide attackers"].verdict in BORNE_OUT
    other = "Three Chinese were killed when attackers stormed the consulate in Karachi on November 23."
    assert next(iter(rows(other, "2018-11-24").values())).verdict not in BORNE_OUT


def test_votes_of_the_very_day_need_no_noun_on_record(rows):
    """The European Parliament on 23 April 2024: 555 for, 6 against, 45 abstaining (E236)."""
    text = (
        "The European Parliament approved the Forced Labour Regulation on 23 April 2024 with {} votes in favour. "
        "It bans products made with forced labour."
    )
    assert rows(text.format(555), "2024-04-24")["555 votes"].verdict in BORNE_OUT
    assert rows(text.format(545), "2024-04-24")["545 votes"].verdict not in BORNE_OUT


@pytest.mark.parametrize(
    "sentence",
    [
        "The Volkswagen plant in Xinjiang has a capacity of 50,000 cars a year.",
        "乌鲁木齐上海大众工厂第一期年产能为5万辆。",
    ],
)
def test_what_a_firms_plant_makes_is_found_by_its_name(sentence, rows):
    found = [c for c in rows(sentence, "2014-01-01").values() if "F001" in c.against]
    assert [c.verdict in BORNE_OUT for c in found] == [True]


def test_what_a_firm_sold_is_not_what_its_plant_makes(rows):
    text = "Volkswagen sold 50,000 cars in Xinjiang."
    assert rows(text, "2014-01-01")["50,000 cars"].verdict not in BORNE_OUT


def test_both_days_of_what_a_firm_met_are_its_own(rows):
    """US customs held LONGi's modules from 28 October to 3 November 2021 (F085)."""
    text = "US customs held LONGi modules from October 28 to November {}."
    assert rows(text.format(3), "2021-11-04")["from October 28 to November 3"].verdict in BORNE_OUT
    assert rows(text.format(2), "2021-11-04")["from October 28 to November 2"].verdict not in BORNE_OUT


def test_a_base_that_a_value_doubled_is_not_the_period_of_the_next_figure(rows):
    """Urumqi Customs on January to July 2008 (O0590, O0591)."""
    text = (
        "Xinjiang exported US$9.89 billion worth of commodities from January to July, almost double that for the same "
        "period last year, and imported goods were valued at US$1.69 billion."
    )
    found = rows(text, "2008-08-17")
    assert found["US$9.89 billion"].verdict in BORNE_OUT
    assert found["US$1.69 billion"].verdict in BORNE_OUT


def test_of_two_figures_in_two_years_respectively_each_has_its_own(rows):
    text = "China’s exports to Pakistan were ${}bn and ${}bn in 2020 and 2021, respectively."
    assert rows(text.format("15.36", "24.23"), "2022-01-27")["$24.23bn"].verdict in BORNE_OUT
    assert rows(text.format("24.23", "15.36"), "2022-01-27")["$24.23bn"].verdict not in BORNE_OUT


def test_an_apostrophe_between_digits_groups_them(rows):
    """The German Supply Chain Act from 2023: 3,000 employees."""
    for sign in "'’":
        text = f"The German Supply Chain Act applies to firms with at least 3{sign}000 employees from 2023."
        assert rows(text, "2023-02-13")[f"at least 3{sign}000 employees"].verdict in BORNE_OUT


def test_thousands_with_a_dot_are_read_where_whole_things_are_counted(rows):
    """Directive (EU) 2024/1760: over 1,000 employees and 450 million euros."""
    text = "The CSDDD covers companies with more than 1.000 employees and a turnover of EUR 0.45 bio. in 2024."
    found = rows(text, "2024-08-01")
    assert found["more than 1.000 employees"].verdict in BORNE_OUT
    assert found["EUR 0.45 bio"].verdict in BORNE_OUT
    assert rows("Khorgos handled 1.000 tonnes of samples.", "2024-08-01")["1.000 tonnes"].verdict == "unread"


def test_a_law_known_from_the_day_on_which_it_was_signed_was_signed_on_it(rows):
    """The Uyghur Human Rights Policy Act, 17 June 2020."""
    text = "The Uyghur Human Rights Policy Act, which was signed into law on June {}, 2020, has yet to be used."
    assert rows(text.format(17), "2022-03-01")["June 17, 2020"].verdict in BORNE_OUT
    assert rows(text.format(19), "2022-03-01")["June 19, 2020"].verdict not in BORNE_OUT


def test_the_day_of_a_notice_is_that_of_a_party_that_it_names_by_the_short(rows):
    """37 entities on 14 January 2025, Zijin Mining among those that the row names (E087)."""
    text = (
        "The company noted that on January 14, the Department of Homeland Security added 37 Chinese companies to the "
        'UFLPA entity list, including "Zijin Mining Group Co., Ltd.".'
    )
    assert rows(text, "2025-01-15")["January 14"].verdict in BORNE_OUT


def test_a_line_is_as_long_on_any_day(rows):
    """Bakhty to Ayagoz: 272 km (E059, of December 2023)."""
    text = "The 272 km line from Bakhty to Ayagoz is scheduled to open in 2027."
    assert "E059" in rows(text, "2024-01-16")["272 km"].against


def test_members_added_are_not_the_list(rows):
    """The list had 78 entities after the notice of 31 October 2024; later as many were added in a year."""
    text = "UFLPA实体清单在报告期内显著扩大。自2024年更新以来,实体清单新增{}家。"
    assert rows(text.format(78), "2025-08-25")["78家"].verdict not in BORNE_OUT
    corrected = "UFLPA实体清单在报告期内显著扩大。自2024年更新以来,实体清单技术性更正3项。"
    assert rows(corrected, "2025-08-25")["3项"].verdict not in BORNE_OUT


def test_two_years_are_read_at_the_end_of_a_sentence_and_must_follow_one_another(rows):
    found = rows("The law will apply from 2027/28.", "2024-06-01")
    assert list(found) == ["2027/28"]
    wrong = rows("The law will apply from 2027/27.", "2024-06-01")
    assert wrong["2027/27"].verdict == "differs"
    month = rows("The law will apply from 2027/05.", "2024-06-01")
    assert month["2027/05"].verdict != "differs"


def test_a_law_said_to_be_passed_in_another_month_differs(rows):
    """The UFLPA was signed on 23 December 2021."""
    text = "At the heart of this is the Uyghur Forced Labor Prevention Act (UFLPA), enacted in December {}."
    assert rows(text.format(2020), "2024-11-21")["December 2020"].verdict in {"differs", "contradicts"}
    assert rows(text.format(2021), "2024-11-21")["December 2021"].verdict in BORNE_OUT


@pytest.mark.parametrize(
    ("sentence", "printed", "value"),
    [
        ("Transit capacity at Bakhty will increase from 28 to 48 million tons.", "28", 28e6),
        ("Trade rose from $1.2 to $3.4 billion in 2024.", "$1.2", 1.2e9),
        ("Пропускная способность вырастет с 28 до 48 млн тонн.", "28", 28e6),
        ("运力将从2800提高到4800万吨。", "2800", 28e6),
        ("Staff grew from 90 to 1.2 million.", "90", 90),
        ("Output grew from 3,000 to 250 thousand tonnes.", "3,000", 3_000),
        ("The share rose from about 17 to 24 percent.", "about 17", 17),
        ("The price rose from $28 to $48.", "$28", 28),
        ("The limit is a turnover of EUR 450 mi. in a year.", "EUR 450 mi.", 450e6),
        ("The fund holds US$ 950 MM of it.", "US$ 950 MM", 950e6),
        ("The port handled 1.1 mil. tons of cargo.", "1.1 mil. tons", 1.1e6),
        ("About 1/3 of the cotton is from there.", "About 1/3", 100 / 3),
        ("Exports rose 2½ times.", "2½ times", 150),
        ("棉花产量占全国近3成。", "近3成", 30),
        ("西安的重箱率约占全国的1/4,创新高。", "1/4", 25),
        ("Перевезли полмиллиона тонн.", "полмиллиона тонн", 500_000),
        ("Exports rose 20 to 25 per cent.", "20 to 25 per cent", 20),
        ("Some 1.2m–1.5m tonnes passed.", "1.2m–1.5m tonnes", 1.2e6),
        ("The pass is 450 mi. from there.", "450", None),
    ],
)
def test_numbers_are_read_as_they_are_printed(sentence, printed, value, rows):
    found = rows(sentence, "2025-01-01")
    if value is None:
        assert not any(c.value == 450e6 for c in found.values())
    else:
        assert found[printed].value == pytest.approx(value)


def test_a_notice_of_a_day_is_not_all_that_happened_in_the_region_that_it_hits(rows):
    """A list addition told on 8 August 2024 took effect on the 9th (E071)."""
    text = (
        "On August 9, 2024, the first transfer of banknotes from the {} of the Xinjiang Free Trade Zone was finalized."
    )
    assert rows(text.format("Khorgos Area"), "2024-08-20")["August 9, 2024"].verdict not in BORNE_OUT
    told = "On August 9, 2024, five companies in Xinjiang were added to the UFLPA Entity List."
    assert rows(told, "2024-08-20")["August 9, 2024"].verdict in BORNE_OUT


def test_months_ahead_of_time_are_not_the_first_months_of_the_year(rows):
    text = "前三季度,霍尔果斯海关监管铁路进出境货运量457万吨,提前3个月超过2019年全年总量。"
    found = rows(text, "2020-10-16")
    assert "前3个月" not in found


def test_the_day_of_a_report_in_a_line_of_its_own_is_that_of_the_report(rows):
    text = (
        "DHS adds 29 companies to the UFLPA Entity List\nTrade Update • Nov. 25, 2024\nThe list has 107 entities now."
    )
    assert rows(text, "2024-11-25")["Nov. 25, 2024"].verdict == "no_record"
