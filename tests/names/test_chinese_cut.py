"""Chinese names that a field cut: within a legal form, or within a word of trade that the other name has whole."""

import pytest

from entrepot.names.reading.otherwise.chinese_cut import with_form
from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from entrepot.names.similarity import similarity

DEFAULT = 0.7
# Listed names, as a field of ten characters or fewer leaves them, without the last one to four.
CUT = [
    ("新疆大全新能源有限公", "新疆大全新能源有限公司"),
    ("新疆准噶尔棉麻有", "新疆准噶尔棉麻有限公司"),
    ("骆驼集团股份有", "骆驼集团股份有限公司"),
    ("西部黄金股份有限公", "西部黄金股份有限公司"),  # nothing distinctive: found by its trade
    ("喀什建工责任有", "喀什建工责任有限公司"),
    ("新疆能源（集团）有限责", "新疆能源（集团）有限责任公司"),
    ("新疆协鑫新能源材料科", "新疆协鑫新能源材料科技有限公司"),  # within a word of trade
]


@pytest.mark.parametrize(("cut", "whole"), CUT)
def test_it_is_met_as_the_whole_name_is(cut, whole):
    assert similarity(cut, whole, "company").score >= 0.99
    assert similarity(whole, cut, "company").score == similarity(cut, whole, "company").score
    index = Index([whole, "浙江托瓦尔德有限公司"], ["company"] * 2)
    assert [h.position for h in index.search(cut, least=DEFAULT)] == [0]


def test_it_is_met_under_an_english_name_too():
    index = Index(["Xinjiang Zhongtai Chemical Co., Ltd."], ["company"])
    for cut in ("新疆中泰化学股份有限公", "新疆中泰化学有"):
        whole = index.search(f"{cut.removesuffix('限公')}限公司", least=DEFAULT)
        assert [h.similarity.score for h in index.search(cut, least=DEFAULT)] == [h.similarity.score for h in whole]
        assert whole


def test_that_it_is_cut_is_said():
    said = " ".join(similarity(*CUT[1], "company").reasons)
    assert "The last word is the beginning of the other: “有” and “有限公司”." in said


@pytest.mark.parametrize(
    "text",
    [
        "新疆大全新能源有限公司",
        "新疆大全新能源有限",
        "新疆国有",
        "中国浦发控股",
        "浙江大有",
        "王小有",
        "办公",
        "有",
        "Daqo",
        "",
    ],
)
def test_a_whole_name_is_left_as_it_is(text):
    assert with_form(text, "any") == ("", "", "")


@pytest.mark.parametrize("kind", ["person", "vessel"])
def test_a_person_and_a_ship_have_no_legal_form(kind):
    assert prepare("新疆大全新能源有", kind).further is None


def test_a_cut_makes_no_other_firm_the_same():
    assert similarity("新疆天业化学股份有", "新疆中泰化学股份有限公司", "company").score < DEFAULT
    # Cut between words, or within a distinctive one: nothing says how it goes on.
    assert similarity("新疆协鑫新能源材料", "新疆协鑫新能源材料科技有限公司", "company").contributions
    assert not prepare("新疆协鑫新能源材料").completed
