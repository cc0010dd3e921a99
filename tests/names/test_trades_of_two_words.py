"""A trade of two words in the plural, with a slip in the second, and in pinyin written as two words."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity


def words_of(text):
    return [(w.text, w.kind) for w in prepare(text, "company").words]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tarbagan Wool Textiles", "Tarbagan Wool Textile"),
        ("Tarbagan Hair Prodcts", "Tarbagan Hair Products"),
        ("Tarbagan Shengwu Jishu", "Tarbagan Biotechnology"),
        ("Tarbagan Shengwu Keji", "Tarbagan Shengwukeji"),
        ("Tarbagan Heavy Machinry", "Tarbagan Heavy Machinery"),
    ],
)
def test_a_trade_of_two_words_is_read_as_the_tables_have_it(written, meant):
    assert words_of(written) == words_of(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hair Proctor Ltd", "Hair Products Ltd"),
        ("Wool Texture Ltd", "Wool Textile Ltd"),
        ("Shengwu Trading Ltd", "Biotechnology Trading Ltd"),
    ],
)
def test_another_word_behind_the_first_is_another_trade(one, other):
    assert words_of(one) != words_of(other)


def test_a_name_in_pinyin_words_meets_its_characters():
    assert (
        similarity("Yili Chuanning Shengwu Jishu Gufen Youxian Gongsi", "伊犁川宁生物技术股份有限公司", "company").score
        > 0.95
    )
