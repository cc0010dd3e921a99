"""Ownership among FollowTheMoney entities, as OpenSanctions exports them: lines of entities, and nested targets."""

from __future__ import annotations

import json
from datetime import date

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.lists import registry
from entrepot.ownership.read_links import read_links

CORPS = {"id": "ofac-29299", "schema": "Organization", "caption": "Corps", "properties": {"name": ["Corps", "XPCC"]}}
MILL = {
    "id": "NK-mill", "schema": "Company", "caption": "Mill LLP",
    "properties": {"name": ["Mill LLP"], "leiCode": ["529900T8BM49AURSDO55"], "jurisdiction": ["kz"],
                   "registrationNumber": ["77-1"]},
}  # fmt: skip
SERIK = {"id": "q-1", "schema": "Person", "properties": {"name": ["Serik"], "birthDate": ["1961-04-05"]}}


def tie(number, owner, asset, **said):
    return {"id": number, "schema": "Ownership", "properties": {"owner": [owner], "asset": [asset], **said}}


def read(tmp_path, *entities, ending=".ftm.json"):
    path = tmp_path / f"entities{ending}"
    path.write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    return read_links(path, today=date(2026, 11, 1))


def test_ties_are_read_whichever_stands_first_and_others_are_counted(tmp_path):
    director = {"id": "d", "schema": "Directorship", "properties": {"director": ["q-1"], "organization": ["NK-mill"]}}
    first = tie("t1", "ofac-29299", "NK-mill", percentage=["60 %"], startDate=["2020-01-02"], endDate=["2025"])
    found = read(tmp_path, first, tie("t2", "q-1", "NK-mill", percentage=["25-30"]), CORPS, MILL, SERIK, director)
    assert found.row["format"] == "ftm"
    rows = [(r["owner_id"], r["owned_id"], r["interest"], r["low_percent"], r["high_percent"], r["valid_from"],
             r["valid_to"]) for r in found.links.to_pylist()]  # fmt: skip
    assert rows == [
        ("ofac-29299", "NK-mill", "shares", 60, 60, "2020-01-02", "2025"),
        ("q-1", "NK-mill", "shares", 25, 30, None, None),
    ]
    parties = {r["party_id"]: (r["name"], r["kind"], r["numbers"]) for r in found.parties.to_pylist()}
    assert parties["NK-mill"] == ("Mill LLP", "company", ["LEI:529900T8BM49AURSDO55", "KZ-REG:771"])
    assert parties["q-1"] == ("Serik", "person", None)
    assert any("Directorship say nothing of shares: not read: 1" in n for n in found.row["notes"])


@pytest.mark.parametrize("percentage", [[], ["majority stake of the group"], ["140"]])
def test_a_percentage_that_is_none_is_a_tie_of_no_known_size(tmp_path, percentage):
    found = read(tmp_path, CORPS, MILL, tie("t", "ofac-29299", "NK-mill", percentage=percentage))
    (row,) = found.links.to_pylist()
    assert (row["low_percent"], row["high_percent"]) == (0, 100)


def test_a_nested_target_is_read_and_a_tie_that_stands_at_both_ends_once(tmp_path):
    said = {"percentage": ["60"]}
    within = {"id": "t", "schema": "Ownership", "properties": {"owner": ["ofac-29299"], "asset": [MILL], **said}}
    back = {"id": "t", "schema": "Ownership", "properties": {"owner": [CORPS], "asset": ["NK-mill"], **said}}
    targets = [
        CORPS | {"properties": CORPS["properties"] | {"ownershipOwner": [within]}},
        MILL | {"properties": MILL["properties"] | {"ownershipAsset": [back]}},
    ]
    (row,) = read(tmp_path, *targets, ending=".json").links.to_pylist()
    assert (row["owner_id"], row["owned_id"], row["low_percent"]) == ("ofac-29299", "NK-mill", 60)


def test_fractions_are_refused(tmp_path):
    ties = tie("t1", "ofac-29299", "NK-mill", percentage=["0.6"]), tie("t2", "q-1", "NK-mill", percentage=["0.4"])
    with pytest.raises(UnreadableFileError, match=r"0\.6"):
        read(tmp_path, CORPS, MILL, SERIK, *ties)


def test_who_stands_beside_the_listed_is_on_no_list(tmp_path):
    path = tmp_path / "x.ftm.json"
    lines = [CORPS | {"target": True}, MILL | {"target": False}, SERIK]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = registry.read_list(path, "own-x").reading
    assert [r["name"] for r in found.entries.to_pylist()] == ["Corps", "Serik"]
    assert any("no targets themselves" in n and "Company 1" in n for n in found.notes)
    path.write_text(json.dumps(MILL | {"target": False}), encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="none of its 1 entities is a target") as refused:
        registry.read_list(path, "own-x")
    assert "entrepot own load" in refused.value.remedy
