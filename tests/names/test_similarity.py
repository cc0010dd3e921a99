"""Names that are one, names that are not, and text that wants to break the comparison."""

from __future__ import annotations

import inspect
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import UnknownNameError
from entrepot.names.similarity import similarity
from entrepot.screening.runs.run import MIN_SCORE

SAME = 0.9  # a desk reads such a match first
MATCH = 0.8  # above the default lowest score, 0.7: a desk need not look twice
DOUBT = 0.75  # a desk sees it, at the foot of its table
OTHER = 0.6  # far below it

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz -.,&'", max_size=40)
MIXED = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("新疆中泰化学股份有限公司ООО ТОО Ltd. \u200b\u202e\x00😀")),
    max_size=60,
)


# Each pair of one name with the score that a desk needs of it. What is written by the rules of translation, or has one
# slip, is read first. A name that is a place's as well is shared, and a plural, a legal form and v for ü at once are
# three differences: a match. A place and a trade are no name of one's own: any builder of the town is called so, and a
# desk has to look.
ONE_NAME = [
    ("新疆中泰化学股份有限公司", "Xinjiang Zhongtai Chemical", SAME),
    ("Xinjiang Zhong tai Chemical Co., Ltd.", "XINJIANG ZHONGTAI CHEMICAL CO LTD", SAME),
    ("Hotan Haolin Hair Accessories", "Hetian Haolin Hair Accessories Co. Ltd.", SAME),
    ("和田浩林发饰品有限公司", "Hetian Haolin Hair Accessories", SAME),
    ("Wulumuqi Dahe Trading", "Urumqi Dahe Trade", SAME),
    ("阿克苏华孚纺织有限公司", "Akesu Huafu Textile Co., Ltd.", SAME),
    ("Kashi Construction Engineering", "Kashgar Construction Engineering (Group) Co., Ltd.", MIN_SCORE),
    ("吐鲁番溢达纺织有限公司", "Tulufan Yida Textile", SAME),
    ("XPCC", "新疆生产建设兵团", SAME),
    ("Bingtuan", "Xinjiang Production & Construction Corps", MATCH),
    ("ООО «Ромашка»", "Romashka LLC", SAME),
    ("ТОО Алатау Трейд", "LLP Alatau Treid", SAME),
    ("Müller Maschinenbau GmbH", "MULLER MASCHINENBAU G.m.b.H.", SAME),
    ("CHEN, Quanguo", "陈全国", SAME),
    ("Quanguo Chen", "CHEN, Quanguo", SAME),
    ("Xinjiаng Zhоngtai", "Xinjiang Zhongtai", SAME),  # Cyrillic а and о
    ("Zhong\u200btai\u202e Chemical\x00", "Zhongtai Chemical", SAME),
    ("Ｚｈｏｎｇｔａｉ Ｃｈｅｍｉｃａｌ", "Zhongtai Chemical", SAME),  # full width
    ("Dongguan Lvzhou Shoes", "Dongguan Luzhou Shoe Co., Ltd.", MATCH),
    ("MV Hellenic Spirit", "Hellenic Spirit", SAME),
    ("Zhontgai Chemical", "Zhongtai Chemical", SAME),  # a typo
]
# Likewise of two names, with the score that none may reach. Zhongtian is another firm, or Zhongtai mistyped.
TWO_NAMES = [
    ("Li Wu", "Lu Wu", MIN_SCORE),
    ("Xinjiang Tianmian Textile Co., Ltd.", "Xinjiang Yuli Textile Co., Ltd.", MIN_SCORE),
    ("新疆天山毛纺织股份有限公司", "新疆天棉基业纺织有限公司", MIN_SCORE),
    ("Xinjiang Zhongtian Chemical", "Xinjiang Zhongtai Chemical", DOUBT),
    ("Shandong International Trading Co., Ltd.", "Shandong Meijia International Trading Co., Ltd.", MIN_SCORE),
    ("Bank of China (Hong Kong) Limited", "Bank of China (Singapore) Limited", MIN_SCORE),
    ("Frederik Richter", "Frank Richter", MIN_SCORE),
    ("China National Pipeline Corporation", "China National Petroleum Corporation", MIN_SCORE),
]


@pytest.mark.parametrize(("a", "b", "least"), ONE_NAME)
def test_one_name_written_two_ways(a, b, least):
    found = similarity(a, b, "vessel" if a.startswith("MV") else "any")
    assert found.score >= least, found


@pytest.mark.parametrize(("a", "b", "below"), TWO_NAMES)
def test_two_names_are_not_a_match(a, b, below):
    assert similarity(a, b).score < below


def test_two_firms_that_share_only_generic_words_are_far_apart():
    assert similarity("Xinjiang Kunlun Textile Group", "Xinjiang Tarim Textile Group").score < OTHER
    assert similarity("Hotan Muhtar Garment Co., Ltd.", "Hotan Aynur Garment Co., Ltd.").score < OTHER


def test_other_characters_of_the_same_sound_are_not_the_same_name():
    found = similarity("新疆中泰化学", "新疆忠泰化学")
    assert found.score < MATCH
    assert any("other Chinese characters" in r for r in found.reasons)


def test_reasons_say_what_met_and_what_did_not():
    reasons = " ".join(similarity("Hotan Haolin Hair", "Hetian Haolin Trading").reasons)
    assert "“hotan” and “hetian”" in reasons
    assert "The lines of business differ: “hair” and “trading”" in reasons
    assert "In one name only: “group”" in " ".join(similarity("Haolin Hair", "Haolin Hair Group").reasons)


def test_a_disguise_and_a_cut_are_said():
    assert any("look Latin" in r for r in similarity("Zhоngtai", "Zhongtai").reasons)
    assert any("longer than is compared" in r for r in similarity("Zhongtai " * 2_000, "Zhongtai").reasons)


def test_the_sentence_of_a_feature_is_its_docstring():
    from entrepot.names.comparing.feature import sentences
    from entrepot.names.comparing.features import FEATURES

    assert sentences() == {f.__name__: inspect.getdoc(f).splitlines()[0] for f in FEATURES}
    assert all(s.endswith((".", "}")) for s in sentences().values())


def test_the_words_of_a_contribution_are_those_of_its_sentence():
    spoken = 0
    for a, b in (
        ("Hotan Haolin Hair", "Hetian Haolin Trading Group"),
        ("Чжунтай", "Zhong tai"),
        ("陈全国", "Chen Quanguo"),
    ):
        for c in similarity(a, b, "company").contributions:
            quoted = re.findall("“([^”]*)”", c.sentence)
            assert list(c.words) == quoted
            spoken += len(quoted)
    assert spoken > 8


def test_an_unknown_kind_names_the_nearest():
    with pytest.raises(UnknownNameError, match="person"):
        similarity("a", "b", kind="persn")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "中" * 10_000,
        "新疆" * 5_000,
        "a " * 5_000,
        "\x00" * 10_000,
        "\u202e" * 10_000,
        "😀" * 10_000,
        "ﷺ" * 10_000,
        "e\u0301" * 5_000,
        "Z" + "\u0336" * 9_999,
        "\ud800",
        "",
        " ",
        "'\"`.,&-()",
        "((((((((((",
        "a.b." * 2_500,
    ],
)
@pytest.mark.parametrize("kind", ["any", "person", "company", "vessel"])
def test_hostile_text_neither_breaks_nor_hangs(text, kind):
    for other in (text, "Zhongtai Chemical", "新疆中泰化学"):
        assert 0 <= similarity(text, other, kind).score <= 1


@settings(deadline=None, max_examples=300)
@given(MIXED, MIXED, st.sampled_from(["any", "person", "company", "vessel"]))
def test_symmetric_and_within_bounds_on_any_text(a, b, kind):
    left, right = similarity(a, b, kind), similarity(b, a, kind)
    assert 0 <= left.score <= 1
    assert left.score == right.score


@settings(deadline=None, max_examples=300)
@given(WORDS, WORDS)
def test_symmetric_on_latin_names(a, b):
    assert similarity(a, b).score == similarity(b, a).score


@settings(deadline=None, max_examples=300)
@given(st.one_of(WORDS, MIXED), st.sampled_from(["any", "person", "company", "vessel"]))
def test_a_name_is_itself_if_it_has_anything_to_compare(text, kind):
    from entrepot.names.reading.prepare import prepare

    assert similarity(text, text, kind).score == (1.0 if prepare(text, kind).words else 0.0)
