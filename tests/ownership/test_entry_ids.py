"""An entry of a list is named by the publisher's number or by the list's own id; what names none is told."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk
from entrepot.lists.registry import sources

SDN = '{uid},"{name}","-0- ","SDGT","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- ","-0- "\n'
LINKS = """owner,owner_id,owned,share
Called Otherwise,ofac-90017,By Publisher,60
Called So,ofac-sdn-90018,By List,60
Somebody,ofac-90999,By Nobody,60
Somebody Else,eu-12,By Another,60
Key Holder,V-90017,By Own Key,60
"""


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "store")
    folder = tmp_path / "sdn"
    folder.mkdir()
    rows = SDN.format(uid=90017, name="QUARRY HOLDING") + SDN.format(uid=90018, name="KILN HOLDING")
    files = {
        "sdn": rows,
        "alt": '90017,1,"aka","QUARRY","-0- "\n',
        "add": '90017,1,"1 Road","Osh","Kyrgyzstan","-0- "\n',
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(f"{text}\x1a", encoding="utf-8")
    made.load_list(folder, "ofac-sdn", version="2024-01-01")
    (tmp_path / "owners.csv").write_text(LINKS, encoding="utf-8")
    made.load_ownership(tmp_path / "owners.csv")
    return made


def test_an_entry_of_ofac_is_tied_by_its_number_on_whatever_list_it_stands(desk):
    answer = desk.own(everyone=True, as_of="2024-06-01")
    rows = {r["party"]: r for r in answer.to_pylist()}
    assert set(rows) == {"By Publisher", "By List"}
    assert rows["By Publisher"]["listings"] == ["QUARRY HOLDING (ofac-sdn-90017, ofac-sdn), by its entry"]
    (told,) = [n for n in answer.notes if "looks like" in n or "look like" in n]
    assert told.startswith("2 ids of the ownership data look like entries of a list and name none that is held")
    assert "ofac-90999, eu-12." in told
    assert "V-90017" not in told, "a key of one's own"


def test_ids_of_lists_that_are_not_asked_for_are_not_counted(desk):
    answer = desk.own(everyone=True, lists=["ofac-sdn"], as_of="2024-06-01")
    (told,) = [n for n in answer.notes if "looks like" in n]
    assert "ofac-90999." in told


def test_only_the_publishers_with_one_series_of_numbers_have_a_prefix():
    assert {s.id for s in sources().values() if s.prefix == "ofac"} == {"ofac-sdn", "ofac-nonsdn"}
    assert sources()["ofac-sdn"].ids_of("ofac-sdn-5") == ("ofac-sdn-5", "ofac-5")
    assert sources()["eu"].ids_of("eu-5") == ("eu-5",)
