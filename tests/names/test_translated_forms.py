"""A legal form that is a translation of the other costs little; one of another law speaks against the pair."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity

DEFAULT = 0.7


@pytest.mark.parametrize("form", ["LLC", "L.L.C.", "Inc."])
@pytest.mark.parametrize(
    "listed", ["Hebei Tomato Industry Co., Ltd.", "Tianjin Kunyu International Co., Ltd.", "Kingherbs Limited"]
)
def test_a_translation_of_the_form_leaves_a_match(listed, form):
    bare = listed.removesuffix(" Co., Ltd.").removesuffix(" Limited")
    found = similarity(f"{bare} {form}", listed, "company")
    assert found.score >= DEFAULT
    assert not [r for r in found.reasons if r.startswith("The legal forms differ")]


@pytest.mark.parametrize("form", ["GmbH", "S.A.", "A.Ş.", "SARL", "AG"])
def test_a_form_of_another_law_speaks_against_a_common_name_and_is_called_no_translation(form):
    found = similarity(f"Kunyu International {form}", "Kunyu International Co., Ltd.", "company")
    assert found.score < DEFAULT
    assert [r for r in found.reasons if r.startswith("The legal forms differ")]
    assert not [r for r in found.reasons if "often translated" in r]


def test_a_form_of_another_law_is_not_worth_more_than_a_distinctive_name():
    assert similarity("Xinjiang Zhongtai Chemical GmbH", "Xinjiang Zhongtai Chemical Co., Ltd.").score >= DEFAULT


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Kashgar Construction Engineering (Group) A.Ş.", "as"),
        ("Hotan Cotton Textile a.s.", "as"),
        ("Hefei Electronics (Group) a.d.", "jsc"),
        ("AE Group", None),
        ("Kunyu AS Trading", None),
    ],
)
def test_a_form_behind_a_place_and_a_trade_is_seen(text, form):
    assert prepare(text, "company").forms == ({form} if form else set())
