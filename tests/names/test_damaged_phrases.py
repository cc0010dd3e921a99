"""Fixed phrases of trade and place in which a word is mistyped or scanned badly."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity

DEFAULT = 0.7


@pytest.mark.parametrize(
    ("damaged", "listed"),
    [
        ("Junan Jinsheng Impotr & Export", "Junan Jinsheng Import & Export Co., Ltd."),
        ("Zelmira Import & Exprot", "Zelmira Import & Export Co., Ltd."),
        ("Hefei Bitland Inofrmation Technology", "Hefei Bitland Information Technology Co., Ltd."),
        ("Hefei Bitland Information Tecnology", "Hefei Bitland Information Technology Co., Ltd."),
        ("Xinjiang East Hope Nonferrous Metlas", "Xinjiang East Hope Nonferrous Metals Co., Ltd."),
        ("Innen Mongolia Xuanda Food Co Ltd", "Inner Mongolia Xuanda Food Co., Ltd."),
        ("Baoqin Iorn and Steel", "Baoqin Iron and Steel Co., Ltd."),
        ("JUNAN J1NSHENG 1MP0RT & EXP0RT C0., LTD.", "Junan Jinsheng Import & Export Co., Ltd."),
        ("L0P C0UNTY ME1X1N HA1R PR0DUCTS C0., LTD.", "Lop County Meixin Hair Products Co., Ltd."),
        ("1NNER M0NG0L1A XUANDA F00D C0., LTD.", "Inner Mongolia Xuanda Food Co., Ltd."),
        ("X1NJ1ANG T1ANYUN 0RGAN1C AGR1CULTURE C0., LTD.", "Xinjiang Tianyun Organic Agriculture Co., Ltd."),
    ],
)
def test_a_damaged_phrase_is_the_phrase(damaged, listed):
    assert [w.text for w in prepare(damaged, "company").words if w.kind != "core"] == [
        w.text for w in prepare(listed, "company").words if w.kind != "core"
    ]
    found = similarity(damaged, listed, "company")
    assert found.score >= DEFAULT
    assert not [r for r in found.reasons if r.startswith(("In one name only", "Each name has words"))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Youth Africa Trading", ["youth", "africa", "trade"]),  # no South Africa: the first letter is another
        ("Huaxie Gongye", ["huaxie", "industry"]),  # pinyin of other characters than huaxue
        ("Cool Chemical", ["cool", "chemical"]),  # a letter of four is another word, not coal
        ("K2 Energy", ["k2", "energy"]),
        ("4S Motors", ["4s", "auto"]),
        ("Innen Xuanda", ["innen", "xuanda"]),  # nothing beside it says what it is
    ],
)
def test_what_looks_like_a_damaged_phrase_stays_as_it_is(text, words):
    assert [w.text for w in prepare(text, "company").words] == words
