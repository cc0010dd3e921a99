"""Days, counts and dates told in words are mentions too: a weekday, the next day, one killed, 二〇二四年."""

from __future__ import annotations

import pytest

from entrepot.claims.text.fold import fold
from entrepot.desk.check import check


def read(said: str, published: str, tmp_path) -> dict[str, dict]:
    report = tmp_path / "report.txt"
    report.write_text(f"{said}\n", encoding="utf-8")
    return {row["text"]: row for row in check(report, store=tmp_path / "store", published=published).to_pylist()}


@pytest.mark.parametrize(
    ("said", "published", "text", "day"),
    [
        ("The ban ends, the ministry said on Sunday (Nov 9).", "2025-11-09", "on Sunday (Nov 9", "2025-11-09"),
        ("The suspension takes effect from Sunday until Nov 27, 2026.", "2025-11-09", "from Sunday", "2025-11-09"),
        ("The exemption expired at 12:01 a.m. Friday, and parcels stopped.", "2025-08-29", "Friday", "2025-08-29"),
        ("Following the Tuesday bombing in Besham, work stopped.", "2024-03-28", "the Tuesday", "2024-03-26"),
        ("Tuesday attack came hours after fighters stormed a base.", "2024-03-28", "Tuesday", "2024-03-26"),
        ("U.S. Ends Exemption on Imports Friday as Posts Pause Parcels", "2025-08-29", "Friday", "2025-08-29"),
        ("Gunmen stormed the Chinese consulate in Karachi this morning.", "2018-11-23", "this morning", "2018-11-23"),
        ("中国商务部昨公告,对美国PVH集团启动不可靠实体清单调查。", "2025-01-23", "昨", "2025-01-22"),
        ("该法规2024年12月12日公布并于次日生效。", "2024-12-20", "次日", "2024-12-13"),
        ("恐怖袭击于二〇二四年十月六日发生。", "2024-10-08", "二〇二四年十月六日", "2024-10-06"),
        ("五月十六日列入26家企业。", "2024-05-20", "五月十六日", "2024-05-16"),
        # 2024-10-08 was a Tuesday
        ("China lifted the ban over the weekend.", "2024-10-08", "the weekend", "2024-10-05"),
        ("В минувшие выходные закрыли границу.", "2024-10-08", "В минувшие выходные", "2024-10-05"),
        ("商务部上周末发布公告。", "2024-10-08", "上周末", "2024-10-05"),
        ("The order takes effect next Monday.", "2024-10-08", "next Monday", "2024-10-14"),
        ("公告下周一生效。", "2024-10-08", "下周一", "2024-10-14"),
        ("Two days ago it closed.", "2024-10-08", "Two days ago", "2024-10-06"),
        ("三天前发生爆炸。", "2024-10-08", "三天前", "2024-10-05"),
        ("The pass opened a month ago.", "2024-10-08", "a month ago", "2024-09-01"),
        ("Две недели назад закрыли границу.", "2024-10-08", "Две недели назад", "2024-09-23"),
    ],
)
def test_a_day_in_words_is_a_date(said, published, text, day, tmp_path):
    assert read(said, published, tmp_path)[text]["period_start"] == day


@pytest.mark.parametrize(
    "said",
    [
        "The store is open from Monday to Friday.",
        "On Good Friday and on Black Friday shops in Khorgos are full.",
        "Lorries pass every Tuesday and each Friday.",
    ],
)
def test_a_weekday_of_every_week_is_no_date(said, tmp_path):
    assert not [row for row in read(said, "2024-05-05", tmp_path).values() if row["period_start"] == "2024-05-03"]


@pytest.mark.parametrize(
    "said",
    [
        "Exports fell 5 percent from a month ago.",
        "Months ago it began.",
        "Every weekend trucks queue.",
        "8月15日前完成。",
    ],
)
def test_what_is_compared_with_or_comes_again_is_not_counted_back(said, tmp_path):
    days = {row["period_start"] for row in read(said, "2024-10-08", tmp_path).values()}
    assert days <= {None, "2024-08-15"}


@pytest.mark.parametrize(
    ("said", "text", "value"),
    [
        ("A Chinese national was killed in Karachi.", "A Chinese national", 1),
        ("One terrorist was killed in Gwadar.", "One terrorist", 1),
        ("Gunmen came, killing at least one paramilitary soldier.", "at least one paramilitary soldier", 1),
        ("The bomb killed five Chinese engineers and a Pakistani driver.", "a Pakistani driver", 1),
        ("The blast killed two nationals, injuring a security guard, police said.", "a security guard", 1),
        ("Estonia (half a tonne) bought them first.", "half a tonne", 0.5),
        ("A trio of producers may sell again.", "trio", 3),
        ("The shooting went on for an hour.", "an hour", 1),
        ("Проект ведут компании с тремя государствами.", "тремя государствами", 3),
        ("Более миллиона уйгуров удерживаются в лагерях.", "Более миллиона уйгуров", 1_000_000),
        ("США включили десяток компаний в список.", "десяток компаний", 10),
        ("美国对印度课征一二六%初步关税。", "一二六%", 126),
        ("进口达七亿九二六〇万美元。", "七亿九二六〇万美元", 792_600_000),
        ("中企车队卡拉奇遭恐袭两死。", "两", 2),
    ],
)
def test_a_count_in_words_is_a_figure(said, text, value, tmp_path):
    assert read(said, "2024-05-05", tmp_path)[text]["value"] == value


@pytest.mark.parametrize(
    "said",
    [
        "One of the reasons is a truck.",
        "A bomb killed many near a bridge.",
        "A driver said that the bomb killed many and a local bank was hit.",
        "He was killed by a militant group.",
        "单位:百万美元",
        "出口额(亿元)同比增长。",
    ],
)
def test_an_article_and_a_unit_are_no_figures(said, tmp_path):
    assert not [row for row in read(said, "2024-05-05", tmp_path).values() if row["value"] is not None]


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("二〇二四年五月十六日", "2024年5月16日"),
        ("二零二五年上半年", "2025年上半年"),
        ("十二月三十一日", "12月31日"),
        ("一九九八年", "1998年"),
        ("三个月,二十个月,第三月台,七日内", "三个月,二十个月,第三月台,七日内"),
    ],
)
def test_dates_in_chinese_numerals_are_folded_and_lead_back_to_the_print(printed, folded):
    found = fold(printed)
    assert found.text == folded
    at = folded.find("日") if "日" in folded else len(folded) - 1
    assert printed[found.original(at)] == folded[at]
