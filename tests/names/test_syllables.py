"""Pinyin by the syllable or run together, held against names as everyone writes them."""

import pytest

from entrepot.names.reading.latin import ascii_words
from entrepot.names.reading.otherwise.syllables import in_words
from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from entrepot.names.similarity import similarity

DEFAULT = 0.7
# Firms and a corps that lists name, as a typist writes them.
WRITTEN = [
    ("Xin Jiang Zhong Tai Hua Xue Gu Fen You Xian Gong Si", "xinjiang zhongtai huaxue",
     "Xinjiang Zhongtai Chemical Co., Ltd."),
    ("Xinjiangzhongtaihuaxuegufenyouxiangongsi", "xinjiang zhongtai huaxue", "新疆中泰化学股份有限公司"),
    ("HE TIAN TAI DA FU SHI CO LTD", "hetian taida fushi", "和田泰达服饰有限公司"),
    ("Xin Jiang Sheng Chan Jian She Bing Tuan", "xinjiang shengchan jianshe bingtuan", "新疆生产建设兵团"),
    ("Shandongmeijiajituanyouxiangongsi", "shandong meijia jituan", "Shandong Meijia Group Co., Ltd."),
]  # fmt: skip


@pytest.mark.parametrize(("written", "begins", "listed"), WRITTEN)
def test_it_is_put_into_words_and_meets_the_name(written, begins, listed):
    assert in_words(ascii_words(written)).startswith(begins)
    assert similarity(written, listed, "company").score >= DEFAULT
    assert similarity(listed, written, "any").score >= DEFAULT


def test_the_search_finds_them():
    index = Index([listed for *_, listed in WRITTEN], ["company"] * len(WRITTEN))
    for at, (written, *_) in enumerate(WRITTEN):
        assert at in {h.position for h in index.search(written, least=DEFAULT)}, written


@pytest.mark.parametrize(
    "text",
    [
        "Wang Xiao Ming", "Xinjiang Zhongtai Huaxue Gufen Youxian Gongsi", "Shanghai", "Yamaha Motor",
        "Cong Ty Dong Hai", "Sixth Yamaguchi", "Sudanese Brothers", "Changjiang Garment", "Muhamadali Trading",
        "He and She Fashion Ltd", "Banana Republic", "",
    ],
)  # fmt: skip
def test_what_is_in_words_already_or_no_chinese_is_left_as_it_is(text):
    assert in_words(ascii_words(text)) == ""


def test_another_firm_of_the_place_and_trade_stays_another():
    for other in ("Xin Jiang Tian Ye Hua Xue Gu Fen You Xian Gong Si", "Xinjiangtianyehuaxuegufenyouxiangongsi"):
        assert similarity(other, "新疆中泰化学股份有限公司", "company").score < DEFAULT
        assert similarity(other, "Xinjiang Zhongtai Chemical Co., Ltd.", "company").score < DEFAULT


@pytest.mark.parametrize("kind", ["person", "vessel"])
def test_a_person_and_a_ship_are_read_as_they_are_written(kind):
    assert prepare("Xin Jiang Zhong Tai Hua Xue", kind).further is None
