"""A day or a rate is of the law that the text means: whose office it is, which goods it names, who agreed on it."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check


def rows_of(text, printed, tmp_path, published="2026-08-20"):
    """The rows that bear out a figure or date; none where it is not called right."""
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    found = [c for c in check(path, published=published).found if c.text == printed]
    assert len(found) == 1, [c.text for c in found]
    return tuple(found[0].against) if found[0].verdict == "agrees" else ()


PETITIONS = "us-solar-petitions-2025/preliminary-subsidy"


@pytest.mark.parametrize(
    ("text", "printed", "row"),
    [
        (
            (
                "On February 24, 2026, the US Department of Commerce set preliminary countervailing duties on solar "
                "cells and modules from India, Indonesia and Laos."
            ),
            "February 24, 2026",
            PETITIONS,
        ),
        (
            (
                "The Commerce Department made its preliminary finding in the investigation of solar cells from India, "
                "Indonesia and Laos public on February 24, 2026."
            ),
            "February 24, 2026",
            PETITIONS,
        ),
        (
            (
                "On August 18, 2023, the U.S. Department of Commerce found that solar cells and modules completed in "
                "Cambodia, Malaysia, Thailand and Vietnam circumvent the orders on China."
            ),
            "August 18, 2023",
            "us-solar-circumvention-2023/finding",
        ),
    ],
)
def test_an_office_is_none_of_its_laws(text, printed, row, tmp_path):
    """The department that keeps a list has acts that are not of that list."""
    assert row in rows_of(text, printed, tmp_path)


@pytest.mark.parametrize("office", ["OFAC's", "the Treasury's"])
def test_the_rule_of_one_office_is_not_that_of_another(office, tmp_path):
    """Both offices have a rule of fifty percent, each for its own list."""
    text = f"The rule mirrors {office} 50 Percent Rule, which has been in place since 2014."
    assert not any(row.startswith("bis-") for row in rows_of(text, "50 Percent", tmp_path))


@pytest.mark.parametrize(
    "text",
    [
        (
            "Under Section 301 both polysilicon and wafers of China will see their tariff increase from 25% to 50%, "
            "and this takes effect on 1 January 2025."
        ),
        "Polysilicon and wafers from China are under Section 301; the rate rises from 25% to 50%.",
    ],
)
def test_the_ends_of_one_change_are_of_the_same_goods(text, tmp_path):
    """The rate that a tariff rises to is on the goods that the sentence names for it."""
    assert "us-section-301-china/polysilicon-2025" in rows_of(text, "50%", tmp_path, published="2025-03-01")


def test_of_the_parts_of_a_law_that_with_the_goods_that_are_named(tmp_path):
    """A part in force already has the same rate, on other goods; the one to come names those of the text."""
    text = "USTR has announced a 50% tariff on polysilicon and wafers imported from China under Section 301."
    assert rows_of(text, "50%", tmp_path, published="2024-12-12")[0] == "us-section-301-china/polysilicon-2025"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("10 ноября 2023 года вступило в силу соглашение между Казахстаном и Китаем.", "10 ноября 2023 года"),
        ("2023年11月10日，中国和哈萨克斯坦的协定正式生效。", "2023年11月10日"),
    ],
)
def test_a_day_of_what_two_named_countries_agreed(text, printed, tmp_path):
    """The day, the act and both sides are the row's, though its words are of another language."""
    assert "E056" in rows_of(text, printed, tmp_path)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("10 ноября 2023 года вступило в силу соглашение между Казахстаном и Турцией.", "10 ноября 2023 года"),
        ("10 ноября 2023 года Казахстан и Китай подписали соглашение.", "10 ноября 2023 года"),
    ],
)
def test_a_day_of_another_agreement(text, printed, tmp_path):
    """Another side, or another act."""
    assert "E056" not in rows_of(text, printed, tmp_path)


ANSWERED = [
    ("China retaliated on 22 March 2021 after the European Union imposed sanctions over Xinjiang.", "22 March 2021"),
    ("Beijing said it would sanction 10 individuals and four entities of the EU over Xinjiang.", "four entities"),
    ("Китай объявил 22 марта 2021 года ответные санкции за решения по Синьцзяну.", "22 марта 2021 года"),
]


@pytest.mark.parametrize(("text", "printed"), ANSWERED, ids=["day", "number", "ru"])
def test_an_act_in_answer_is_not_the_act_that_it_answers(text, printed, tmp_path):
    """The record has what the EU, the United Kingdom, Canada and the United States did on that day."""
    assert not rows_of(text, printed, tmp_path, published="2021-03-23")


@pytest.mark.parametrize(
    "text",
    [
        "The European Union imposed sanctions on four Chinese officials over Xinjiang on 22 March 2021.",
        "Canada sanctioned four Chinese officials over abuses in Xinjiang on 22 March 2021.",
        "China's officials in Xinjiang were sanctioned by the European Union on 22 March 2021.",
    ],
)
def test_the_act_itself_is_called_right(text, tmp_path):
    """Who acts is whom the row names, or nobody begins the sentence who acts."""
    assert "E030" in rows_of(text, "22 March 2021", tmp_path, published="2021-03-23")


@pytest.mark.parametrize("printed", ["23-00182", "1:23-04567"])
def test_the_number_of_a_case_is_no_range(printed, tmp_path):
    """The docket of a court names a case."""
    path = tmp_path / "report.txt"
    path.write_text(f"FLETF added the firms to the UFLPA Entity List, Ninestar argued (CIT # {printed}).", "utf-8")
    assert not any(printed[-4:] in c.text for c in check(path, published="2023-08-25").found)


def test_where_a_union_acts_its_council_does(tmp_path):
    """The record names the EU beside two countries whose acts of that day are on the same row."""
    text = "The EU sanctioned four officials over Xinjiang. The EU Council adopted those on Xinjiang on Monday."
    assert "E030" in rows_of(text, "on Monday", tmp_path, published="2021-03-22")
