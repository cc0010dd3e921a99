"""Entries of lists as yente's clients read them: schema, properties and their values are FollowTheMoney's.

Schemata and types of properties: followthemoney/schema of opensanctions/followthemoney, seen on 2026-12-01.
"""

from __future__ import annotations

import json

import httpx
import pytest

from entrepot.desk.desk import Desk
from entrepot.server.app import create_app
from entrepot.server.lookup.listed_entity import _as_day
from entrepot.server.serve_settings import ServeSettings

LISTED = "own-invented"
PERSON = {
    "name": ["Quillon Zyxwvut"],
    "birthDate": ["08 Jan 1984"],
    "nationality": ["Korea, North"],
    "gender": ["Male"],
}
VESSEL = {
    "name": ["Zyxwvut Star"],
    "imoNumber": ["9074729"],
    "flag": ["Democratic People's Republic of Korea"],
    "callSign": ["DGSX7"],
    "grossRegisteredTonnage": ["12,345"],
}
FIRM = {
    "name": ["Zyxwvut Trading"],
    "incorporationDate": ["30 Feb 1999", "5 June 2001"],
    "imoNumber": ["9319466"],
    "innCode": ["7710030411"],
    "country": ["Korea, South"],
}
DOUBTFUL = {
    "name": ["Brade Zyxwvut"],
    "birthDate": ["Mar 1961", "01 Jan 1960 to 31 Dec 1962", "1963"],
    "nationality": ["Region: Nowhere"],
}
ENTITIES = {
    "p": ("Person", PERSON),
    "v": ("Vessel", VESSEL),
    "c": ("Company", FIRM),
    "q": ("Person", DOUBTFUL),
    "e": ("LegalEntity", {"name": ["Zyxwvut Whichever"], "birthDate": ["1950"]}),
}


@pytest.fixture(scope="module")
def listing(tmp_path_factory, serving):
    """A server that holds a list of invented parties."""
    store = tmp_path_factory.mktemp("listing") / "store"
    file = store.parent / "invented.ftm.json"
    lines = [json.dumps({"id": i, "schema": s, "properties": p}) for i, (s, p) in ENTITIES.items()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    Desk(store).load_list(file, LISTED, version="2026-01-05")
    with httpx.Client(base_url=serving(create_app(ServeSettings(store))), timeout=60) as client:
        yield client


def entity(client, number):
    return client.get(f"/entities/{LISTED}-{number}").json()


def matched(client, schema, **properties):
    said = {"queries": {"a": {"schema": schema, "properties": properties}}}
    return client.post("/match/default", json=said).json()["responses"]["a"]


def test_a_person_is_one_everywhere_with_all_that_the_list_says(listing):
    shown = entity(listing, "p")
    assert (shown["schema"], shown["datasets"]) == ("Person", [LISTED])
    assert shown["properties"]["birthDate"] == ["1984-01-08"]
    assert shown["properties"]["nationality"] == ["kp"]
    assert shown["properties"]["gender"] == ["male"]
    (result,) = matched(listing, "Person", name=["Quillon Zyxwvut"])["results"]
    found = listing.get("/search/default", params={"q": "Quillon Zyxwvut"}).json()["results"][0]
    for one in (result, found):
        assert {k: one[k] for k in ("id", "schema", "properties", "datasets")} == {
            k: shown[k] for k in ("id", "schema", "properties", "datasets")
        }


def test_a_vessel_has_its_number_and_flag_and_a_firm_its_own(listing):
    ship = entity(listing, "v")
    assert ship["schema"] == "Vessel"
    assert {k: ship["properties"][k] for k in ("imoNumber", "flag", "callSign", "grossRegisteredTonnage")} == {
        "imoNumber": ["9074729"],
        "flag": ["kp"],
        "callSign": ["DGSX7"],
        "grossRegisteredTonnage": ["12345"],
    }
    firm = entity(listing, "c")
    assert firm["schema"] == "Organization"  # as the reader of such files keeps a firm
    assert (firm["properties"]["innCode"], firm["properties"]["country"]) == (["7710030411"], ["kr"])
    assert firm["properties"]["incorporationDate"] == ["2001-06-05"]
    # What the schema does not have, and what is no day, is not lost.
    assert "imoNumber" not in firm["properties"]
    assert {"identifier: imo: 9319466", "established: 30 Feb 1999"} <= set(firm["properties"]["notes"])


def test_what_the_model_cannot_write_stands_under_notes_as_printed(listing):
    shown = entity(listing, "q")["properties"]
    assert sorted(shown["birthDate"]) == ["1961-03", "1963"]
    assert {"birth_date: 01 Jan 1960 to 31 Dec 1962", "nationality: Region: Nowhere"} <= set(shown["notes"])
    assert "nationality" not in shown
    either = entity(listing, "e")
    assert (either["schema"], "birthDate" in either["properties"]) == ("LegalEntity", False)
    assert "birth_date: 1950" in either["properties"]["notes"]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("1984-01-08", "1984-01-08"),
        ("1984-01", "1984-01"),
        ("1984", "1984"),
        ("8 September 1984", "1984-09-08"),
        ("Sept 1984", "1984-09"),
        ("31 Dec. 1959", "1959-12-31"),
        ("circa 1984", ""),
        ("approximately 1960", ""),
        ("1984-13-01", ""),
        ("31 Jun 1984", ""),
        ("08/01/1984", ""),
        ("1960-1962", ""),
        ("Marble 1984", ""),
        ("1984-01-08 (in some papers)", ""),
    ],
)
def test_a_day_is_written_by_iso_or_not_at_all(printed, written):
    assert _as_day(printed) == written


def test_a_note_on_a_name_stands_only_where_one_was_given_and_not_read(listing):
    nobody, by_rest = "Read as no name, and screened as nobody.", "The name was read as no name"
    by_number = matched(listing, "Vessel", imoNumber=["9074729"])
    assert [r["id"] for r in by_number["results"]] == [f"{LISTED}-v"]
    assert "notes" not in by_number
    by_address = matched(listing, "Company", address=["Kashi Prefecture"], country=["cn"])
    assert by_address["regions"]
    assert "notes" not in by_address
    beside = matched(listing, "Vessel", name=["N/A"], imoNumber=["9074729"])
    assert beside["results"]
    assert [n.partition(":")[0] for n in beside["notes"]] == [by_rest]
    assert matched(listing, "Company", name=["N/A"])["notes"] == [nobody]
    assert "notes" not in matched(listing, "Person", name=["Nobody Atall Whatsoever"])
