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
            "On February 24, 2026, the US Department of Commerce set preliminary countervailing duties on solar cells "
            "and modules from India, Indonesia and Laos.",
            "February 24, 2026",
            PETITIONS,
        ),
        (
            "The Commerce Department made its preliminary finding in the investigation of solar cells from India, "
            "Indonesia and Laos public on February 24, 2026.",
            "February 24, 2026",
            PETITIONS,
        ),
        (
            "On August 18, 2023, the U.S. Department of Commerce found that solar cells and modules completed in "
            "Cambodia, Malaysia, Thailand and Vietnam circumvent the orders on China.",
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
        "The Section 301 tariff on polysilicon and solar wafers from China will increase from 25% to 50% in 2025.",
        "Polysilicon and wafers from China will see their Section 301 tariff rise from 25% to 50%.",
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
