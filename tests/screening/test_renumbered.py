"""An entry under another number, or on another list of its publisher, and a name that is another kind of name now."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from entrepot.lists.listed_name import ListedName
from entrepot.screening.runs.changes import changed_entities

FIRM = ListedName(
    "Gulmira LLC", "name", "dated", "", "company", "ofac-sdn-1", "ofac-sdn", "Gulmira LLC", "SDGT", "2020-01-01", None,
    "", "", "2026-07-23", particulars=json.dumps({"countries": ["KZ"], "numbers": [["tax", "55", "KZ"]]}),
)  # fmt: skip
OTHER = json.dumps({"countries": ["KZ"], "numbers": [["tax", "56", "KZ"]]})


def told(now, *, then=FIRM):
    return changed_entities([then], [now] if isinstance(now, ListedName) else now)


@pytest.mark.parametrize(
    ("change", "is_linked"),
    [
        ({"entity_id": "ofac-sdn-9"}, True),
        ({"entity_id": "ofac-sdn-9", "section": "IRAN", "valid_from": "2026-01-01"}, True),
        ({"entity_id": "ofac-sdn-9", "particulars": OTHER}, False),
        ({"entity_id": "ofac-sdn-9", "particulars": ""}, False),
        ({"entity_id": "ofac-sdn-9", "text": "Gulmira Ltd", "listed_name": "Gulmira Ltd"}, False),
        ({"entity_id": "ofac-nonsdn-1", "list_id": "ofac-nonsdn", "particulars": OTHER}, True),
        ({"entity_id": "ofac-nonsdn-2", "list_id": "ofac-nonsdn"}, False),
        ({"entity_id": "un-1", "list_id": "un"}, False),
    ],
)
def test_what_went_and_what_came_are_linked_where_they_may_be_one(change, is_linked):
    now = replace(FIRM, **change)
    found = told(now)
    assert ("It may be the same entry" in " ".join(found["ofac-sdn", "ofac-sdn-1"])) == is_linked
    assert (f"as {FIRM.entity_id}" in " ".join(found[now.list_id, now.entity_id])) == is_linked


def test_one_of_which_two_could_be_meant_is_linked_to_none():
    found = told([replace(FIRM, entity_id=f"ofac-sdn-{n}") for n in (8, 9)])
    assert all("may be" not in " ".join(said) for said in found.values())


def test_a_firm_under_a_new_name_keeps_the_old_one_as_a_former_name():
    old = replace(FIRM, text="Gulmira LLC", name_kind="former_name", listed_name="Gulmira JSC")
    new = replace(FIRM, text="Gulmira JSC", listed_name="Gulmira JSC")
    said = told([old, new])["ofac-sdn", "ofac-sdn-1"]
    assert "Former name now: Gulmira LLC." in said
    assert "Name added: Gulmira JSC." in said
