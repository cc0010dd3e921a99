"""A body of the state by its core name: its form is translated as any other, and tells nothing of another one."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from entrepot.names.similarity import is_same_text, similarity

DEFAULT = 0.7
LISTED = "STATE CORPORATION ROSTEC"
ASKED = ["Rostec", "Rostec JSC", "АО Ростех", "Госкорпорация Ростех", "Государственная корпорация Ростех",
         "Goskorporatsiya Rostec", "Rostec Corporation", "Gosudarstvennaya Korporatsiya Rostec"]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_its_core_name_meets_it(asked):
    assert similarity(LISTED, asked, "company").score >= DEFAULT
    index = Index([LISTED, "State Corporation Rosatom", "Rosteks OOO"], ["company"] * 3)
    assert 0 in {h.position for h in index.search(asked, least=DEFAULT)}


@pytest.mark.parametrize(
    "text",
    ["State Corporation Zelmira", "Госкорпорация Зельмира", "State Company Zelmira", "Госкомпания Зельмира",
     "Государственной компании Зельмира", "Gosudarstvennaya Kompaniya Zelmira"],
)  # fmt: skip
def test_the_form_is_read(text):
    name = prepare(text, "company")
    assert name.forms == {"state"}
    assert len(name.words) == 1


def test_other_forms_still_tell_firms_apart_and_the_state_stays_a_word():
    assert similarity("Rostec LLC", "Rostec JSC", "company").score < DEFAULT
    assert similarity(LISTED, "State Corporation Rosatom", "company").score < DEFAULT
    assert not is_same_text(LISTED, "Rostec")
    assert [w.text for w in prepare("State Bank of Zelmira", "company").words][:1] == ["state"]


def test_tech_in_cyrillic_is_met_as_both_romanisations():
    for latin in ("Zelmirotech", "Zelmirotekh"):
        assert similarity(f"{latin} LLC", "ООО Зельмиротех", "company").score >= DEFAULT
    assert prepare("Технологии Зельмира", "company").further is None
