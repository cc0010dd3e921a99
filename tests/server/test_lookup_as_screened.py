"""Parties that other programs ask of are screened as `screen` does: what a desk requires holds, places are read."""

from __future__ import annotations

import json

import httpx
import pytest

from entrepot.desk.desk import Desk
from entrepot.lists.required import SETTINGS
from entrepot.server.app import create_app
from entrepot.server.serve_settings import ServeSettings

NAME = "Hetian Taida Apparel Co., Ltd."
ENTITY = {"schema": "Company", "properties": {"name": [NAME]}}
PLACED = {"name": "Kashgar Example Trading", "country": "CN", "address": "Kashi Prefecture"}


def stream(client, *parties, **params):
    lines = b"\n".join(json.dumps(p).encode() for p in parties)
    return client.post("/v1/screen/stream", content=lines, params=params)


def streamed(client, *parties):
    return [json.loads(line) for line in stream(client, *parties).text.splitlines()]


def grounds(looked):
    return {(r["place_id"], r["basis"], r["strength"]) for r in looked["regions"]}


@pytest.fixture
def strict(tmp_path, serving):
    """A server whose desk says in its settings what a screening requires."""
    opened = []

    def started(settings):
        store = tmp_path / "store"
        store.mkdir()
        (store / SETTINGS).write_text(settings, encoding="utf-8")
        opened.append(httpx.Client(base_url=serving(create_app(ServeSettings(store))), timeout=60))
        return opened[-1]

    yield started
    for client in opened:
        client.close()


@pytest.mark.parametrize("settings", ['require = ["ofac-sdn:7"]', "max_age = 30"])
def test_what_a_desk_requires_of_a_screening_holds_for_what_others_ask(strict, settings):
    client = strict(settings)
    of_screen = client.post("/v1/screen", files={"parties": ("a.csv", f'name\n"{NAME}"\n')})
    assert of_screen.status_code == 422
    told = of_screen.json()["error"]["thing"]
    assert "settings.toml" in told
    queries = json.dumps({"q": {"query": NAME}})
    for answer in (
        stream(client, {"id": 1, "name": NAME}),
        client.post("/match/default", json={"queries": {"q": ENTITY}}),
        client.post("/reconcile", data={"queries": queries}),
        client.get("/reconcile", params={"queries": queries}),
    ):
        assert answer.status_code == 422, answer.text
        assert answer.json()["error"]["thing"] == told
        assert "Nothing was screened." in answer.json()["error"]["message"]
    # Who looks at what is held is told, as the verb `search` tells; and a service says what it is.
    assert client.get("/search/default", params={"q": NAME}).json()["results"]
    assert client.post("/v1/search", json={"name": NAME}).json()["rows"]
    assert "versions" in client.get("/reconcile").json()


def test_a_list_named_does_not_stand_for_the_one_required(strict):
    client = strict('require = ["cbp-wro"]')
    assert stream(client, {"id": 1, "name": NAME}, dataset="uflpa").status_code == 422
    assert client.post("/match/uflpa", json={"queries": {"q": ENTITY}}).status_code == 422
    assert stream(client, {"id": 1, "name": NAME}).json()["matches"]
    assert client.post("/match/default", json={"queries": {"q": ENTITY}}).json()["responses"]["q"]["results"]


def test_a_list_that_goes_while_parties_are_sent_is_told_in_each_line(tmp_path):
    from entrepot.server.lookup.looked_up import LookUp
    from entrepot.server.lookup.stream_routes import _answered

    look_up = LookUp(Desk(tmp_path))
    lists = look_up.screened_by("default")
    (tmp_path / SETTINGS).write_text('require = ["ofac-sdn"]', encoding="utf-8")
    back = [json.loads(line) for line in _answered(look_up, lists, [b'{"id": 7, "name": "A B"}', b"{"]).splitlines()]
    assert [b["id"] for b in back] == [7, None]
    assert "ofac-sdn is not used" in back[0]["error"]["message"]
    assert "JSON" in back[1]["error"]["message"]


def test_a_party_is_placed_in_a_region_as_screen_places_it(open_client, store, tmp_path):
    path = tmp_path / "parties.jsonl"
    path.write_text(json.dumps(PLACED), encoding="utf-8")
    flags = [r for r in Desk(store).screen(path).to_pylist() if r["kind"] == "region"]
    expected = {(f["place_id"], f["basis"], f["strength"]) for f in flags}
    assert ("653100", "address", "certain") in expected
    (line,) = streamed(open_client, {"id": 1, **PLACED})
    assert (line["matches"], grounds(line)) == ([], expected)
    assert all(r["span"] and r["reasons"] and r["source_id"] for r in line["regions"])
    asked = {"schema": "Company", "properties": {k: [v] for k, v in PLACED.items()}}
    matched = open_client.post("/match/default", json={"queries": {"q": asked}}).json()["responses"]["q"]
    assert (matched["results"], grounds(matched)) == ([], expected)
    assert matched["query"]["properties"]["address"] == ["Kashi Prefecture"]
    beside = [{"pid": k, "v": v} for k, v in PLACED.items() if k != "name"]
    queries = json.dumps({"q": {"query": PLACED["name"], "properties": beside}, "empty": {"query": ""}})
    reconciled = open_client.post("/reconcile", data={"queries": queries}).json()
    assert (reconciled["q"]["result"], grounds(reconciled["q"])) == ([], expected)
    assert reconciled["empty"] == {"result": []}


def test_addresses_are_read_in_parts_several_and_without_a_name(open_client):
    lines = streamed(
        open_client,
        {"id": 1, "address": "Kashi Prefecture", "country": "CN"},
        {
            "id": 2,
            "name": "Quiet Harbour Bakery",
            "street": "1 Example Road",
            "city": "Urumqi",
            "postal_code": "830000",
        },
        {"id": 3, "properties": {"name": "Quiet Harbour Bakery", "address": ["Lisbon", "Hotan, Xinjiang"]}},
        {"id": 4, "name": "Quiet Harbour Bakery", "address": "Lisbon", "country": "PT"},
        {"id": 5, "name": "Quiet Harbour Bakery", "address": "Kashgar Street 1, Lisbon", "country": "PT"},
        {"id": 6, "country": "CN"},
    )
    assert [{place for place, _, _ in grounds(x)} for x in lines[:5]] == [
        {"653100"},
        {"650100"},
        {"653200"},
        set(),
        set(),
    ]
    assert "an entity without a name" in lines[5]["error"]["message"]


def test_what_of_a_line_is_not_read_is_named(open_client):
    lines = streamed(
        open_client,
        {"id": 1, "name": "Quiet Harbour Bakery", "cuntry": "CN", "tel": 5},
        {"id": 2, "name": "Quiet Harbour Bakery", "birth_date": 1951, "Registration Number": "A-1", "empty": None},
        {"id": 3, "properties": {"name": ["Quiet Harbour Bakery"], "summary": ["x"], "country": ["PT"]}},
        {"id": 4, "firstName": "Nobody", "lastName": "Atall"},
        {"id": 5, "name": "Quiet Harbour Bakery", "country": "PT", "Country": "CN"},
    )
    assert [x.get("unread") for x in lines] == [["cuntry", "tel"], None, ["summary"], None, ["Country"]]


def test_a_country_and_a_date_of_birth_that_are_not_understood_are_not_read(open_client):
    lines = streamed(
        open_client,
        {"id": 1, "name": "Serik Otarbay", "birth_date": "2527-01-08", "country": "Atlantis"},
        {"id": 2, "name": "Serik Otarbay", "birth_date": "08-Jan-84", "country": "Kazakhstan"},
    )
    assert [x.get("unread") for x in lines] == [["birthDate", "country"], None]


def test_a_name_that_is_nobodys_is_no_party_without_a_match(open_client):
    null, empty, placed, real = streamed(
        open_client,
        {"id": 1, "name": "Null"},
        {"id": 2, "name": "N/A", "country": "PT"},
        {"id": 3, "name": "N/A", "address": "Kashi Prefecture"},
        {"id": 4, "name": "Null Example Ltd"},
    )
    for line in (null, empty):
        assert "matches" not in line
        assert "screened as nobody" in line["error"]["message"]
    assert placed["unread"] == ["name"]
    assert grounds(placed) == {("653100", "address", "certain")}
    assert real["matches"] == []
    # Alone it is answered as among others.
    assert streamed(open_client, {"id": 1, "name": "Null"}) == [null]
    query = {"schema": "Company", "properties": {"name": ["N/A"]}}
    found = open_client.post("/match/default", json={"queries": {"a": query, "b": ENTITY}}).json()["responses"]
    assert "nobody" in found["a"]["notes"][0]
    assert "notes" not in found["b"]
