"""Whether a column of Chinese names was cut: by half a legal form, or because names pile up at its longest."""

import pytest

from entrepot.screening.parties.column_width import ColumnWidth

BRANDS = ["托瓦尔德", "泽尔米拉", "布罗丹卡", "奥尔洛夫", "基什涅夫", "塔尔巴甘"]
WHOLE = [
    f"{place}{brand}{trade}有限公司"
    for place in ("浙江", "上海", "安徽")
    for brand in BRANDS
    for trade in ("棉", "纺织", "新能源")
]


def width(names):
    found = ColumnWidth()
    for name in names:
        found.take(name)
    return found


@pytest.mark.parametrize("at", [10, 11, 12])
def test_a_column_cut_at_a_few_characters_is_cut(at):
    assert width(n[:at] for n in WHOLE).is_cut


def test_names_cut_between_forms_pile_up():
    assert width([f"{brand}{i % 10}贸易有限公司"[:10] for brand in BRANDS for i in range(6)] + ["短名有限公司"]).is_cut


def test_whole_names_and_short_ones_are_not():
    names = [*WHOLE, *(f"{brand}新能源科技股份有限公司" for brand in BRANDS[:2])]
    assert not width(names).is_cut
    assert not width(n[:9] for n in WHOLE).is_cut  # no field is so narrow
    assert not width(f"Torvald {i:03}" for i in range(99)).is_cut  # Latin letters of the same number are a whole name


def test_addresses_of_numbers_are_no_names_that_were_cut():
    width = ColumnWidth()
    for last in range(1, 5):
        width.take(f"https://id.gs1.org/417/950600010000{last}")
    assert not width.is_cut
