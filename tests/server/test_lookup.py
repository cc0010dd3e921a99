"""Other programs' requests, as they send them: yente's clients, OpenRefine, lines of JSON."""

from __future__ import annotations

import json
import threading

import pytest

from entrepot.desk.desk import Desk

NAME, ENTITY = "Hetian Taida Apparel Co., Ltd.", "uflpa-hetian-taida-apparel-co-ltd"
# examples/match_api.py of opensanctions/yente: its batch, with a firm that the record lists.
BATCH = {
    "queries": {
        "q1": {"schema": "Company", "properties": {"name": ["Hetian Taida Apparel"], "jurisdiction": ["China"]}},
        "q2": {"schema": "Person", "properties": {"name": ["Nobody Atall Whatsoever"], "birthDate": ["1951"]}},
    }
}
# What yente's EntityMatchResponse and ScoredEntityResponse cannot be without (yente/data/common.py).
SCORED = {"id", "caption", "schema", "properties", "datasets", "referents", "target", "score", "features", "match"}
ENTITY_KEYS = SCORED - {"score", "features", "match"}


def test_a_client_of_yente_is_answered_unchanged(team, tokens):
    answer = team.post("/match/sanctions", json=BATCH, headers={"Authorization": f"ApiKey {tokens['reader']}"})
    assert answer.status_code == 200, answer.text
    whole = answer.json()
    assert set(whole) == {"responses", "matcher", "limit"}
    assert answer.headers["x-batch-size"] == "2"
    first, second = whole["responses"]["q1"], whole["responses"]["q2"]
    assert first["results"][0]["id"] == ENTITY
    assert set(first["results"][0]) >= SCORED
    assert first["results"][0]["match"] is True
    assert first["query"]["properties"] == {"name": ["Hetian Taida Apparel"], "jurisdiction": ["China"]}
    assert all(set(d) >= {"description", "coefficient", "url"} for d in whole["matcher"].values())
    assert second["results"] == []
    assert second["total"] == {"value": 0, "relation": "eq"}


def test_the_requests_of_clients_as_their_code_makes_them(open_client, team, tokens):
    # YenteEnricher of nomenklatura (nomenklatura/enrich/yente.py): match with its parameters, then the entity, nested.
    head = {"Authorization": f"ApiKey {tokens['reader']}"}
    said = {"queries": {"entity": {"schema": "Company", "properties": {"name": [NAME], "country": ["cn"]}}}}
    found = team.post("/match/default?fuzzy=False&threshold=0.7", json=said, headers=head).json()
    assert ENTITY in {r["id"] for r in found["responses"]["entity"]["results"]}
    whole = team.get(f"/entities/{ENTITY}?nested=True", headers=head).json()
    assert whole["schema"] in {"Company", "Organization", "LegalEntity"}
    assert all(isinstance(v, list) for v in whole["properties"].values())
    # examples/load_test.py of opensanctions/yente: a person of twenty names, and searches with any limit.
    names = [f"Nobody Atall {n:02} Whatsoever" for n in range(20)]
    many = {"queries": {"q3": {"properties": {"name": names}, "schema": "Person"}}}
    assert open_client.post("/match/sanctions", json=many).json()["responses"]["q3"]["status"] == 200
    for query, limit in (("vladimir putin", 0), ("petr~2 aven", 500), ("bla/blubb", 250)):
        assert "results" in open_client.get("/search/default", params={"q": query, "limit": limit}).json()


def test_a_score_is_that_of_the_desk(open_client, store):
    rows = Desk(store).search("Hetian Taida Apparel", lists=["uflpa"]).to_pylist()
    expected = {r["entity_id"]: r["score"] for r in rows}
    said = {"queries": {"a": {"schema": "LegalEntity", "properties": {"name": "Hetian Taida Apparel"}}}}
    found = open_client.post("/match/uflpa", params={"limit": 100}, json=said).json()["responses"]["a"]["results"]
    assert expected
    assert {r["id"]: r["score"] for r in found} == expected
    assert [r["score"] for r in found] == sorted(expected.values(), reverse=True)
    searched = open_client.get("/search/uflpa", params={"q": "Hetian Taida Apparel"}).json()
    assert [r["id"] for r in searched["results"]] == [r["id"] for r in found][:10]
    assert all(set(r) >= ENTITY_KEYS for r in searched["results"])
    assert searched["total"]["value"] == len(expected)


def test_names_that_are_not_met_first_are_met_by_another(open_client):
    names = ["Nobody Atall Whatsoever", "和田泰达服饰有限公司", NAME]
    said = {"queries": {"a": {"schema": "Company", "properties": {"name": names[0], "alias": names[1:]}}}}
    found = open_client.post("/match/default", json=said).json()["responses"]["a"]["results"]
    assert [r["id"] for r in found].count(ENTITY) == 1


def test_entries_are_left_out_as_asked(open_client):
    said = {"queries": {"a": {"schema": "Company", "properties": {"name": [NAME]}}}}

    def ids(**params):
        answer = open_client.post("/match/default", params=params, json=said).json()
        return [r["id"] for r in answer["responses"]["a"]["results"]]

    assert ENTITY in ids()
    assert ENTITY not in ids(exclude_entity_ids=ENTITY)
    assert ENTITY not in ids(exclude_dataset="uflpa")
    assert ENTITY not in ids(include_dataset="cbp-wro")
    assert len(ids(limit=1)) == 1


def test_an_entry_is_shown_and_the_lists_are_a_catalogue(open_client):
    shown = open_client.get(f"/entities/{ENTITY}").json()
    assert set(shown) >= ENTITY_KEYS
    assert (shown["caption"], shown["schema"]) == (NAME, "Company")
    assert "和田泰达服饰有限公司" in shown["properties"]["alias"]
    assert open_client.get("/entities/uflpa-nobody").status_code == 404
    named = {d["name"] for d in open_client.get("/catalog").json()["datasets"]}
    assert {"default", "uflpa", "ofac-xinjiang", "cbp-wro"} <= named
    assert open_client.get("/algorithms").json()["default"]
    assert open_client.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("/match/nobodys-list", BATCH, 404),
        ("/match/default", {"queries": {}}, 400),
        ("/match/default", {"queries": {"a": {"schema": "Teapot", "properties": {"name": "x"}}}}, 400),
        ("/match/default", {"queries": {"a": {"schema": "Person", "properties": {"birthDate": "1951"}}}}, 400),
        ("/match/default", {"queries": {"a": {"properties": {}}}}, 422),
        ("/match/default", [], 422),
        ("/match/default?topics=sanction", BATCH, 400),
        ("/match/default?limit=0", BATCH, 422),
        ("/match/default", BATCH | {"weights": {"name_literal": 0.8}}, 400),
    ],
)
def test_what_is_not_understood_is_said_where_clients_look(open_client, path, said, status):
    answer = open_client.post(path, json=said)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_openrefine_is_answered(open_client):
    manifest = open_client.get("/reconcile").json()
    # Required by the JSON schema of manifests, version 0.2 of the specification.
    assert {"versions", "name", "identifierSpace", "schemaSpace"} <= set(manifest)
    assert "0.2" in manifest["versions"]
    # As OpenRefine sends them: a form with a field of JSON.
    queries = {
        "q0": {"query": "Hetian Taida Apparel", "type": "Company", "limit": 3, "type_strict": "should"},
        "q1": {"query": "Quiet Harbour Bakery", "properties": [{"pid": "country", "v": "PT"}]},
        "q2": {"query": ""},
    }
    answer = open_client.post("/reconcile", data={"queries": json.dumps(queries)}).json()
    assert set(answer) == set(queries)
    best = answer["q0"]["result"][0]
    assert best["id"] == ENTITY
    assert {"id", "name", "type", "score", "match"} <= set(best)
    assert answer["q1"]["result"] == answer["q2"]["result"] == []
    got = open_client.get("/reconcile/uflpa", params={"queries": json.dumps({"a": {"query": NAME}})}).json()
    assert got["a"]["result"][0]["match"] is True
    offered = open_client.get("/reconcile/suggest/property", params={"prefix": "coun"}).json()
    assert {"id": "country", "name": "country"} in offered["result"]
    for wrong in ("{", "[]", '{"a": 1}', '{"a": {}}'):
        assert open_client.post("/reconcile", data={"queries": wrong}).status_code == 400


def test_openrefine_on_this_machine_may_ask_from_its_page_and_nobody_elses_may(open_client):
    page = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}
    ours = open_client.get("/reconcile", headers=page | {"Origin": "http://127.0.0.1:3333"})
    assert ours.headers["access-control-allow-origin"] == "http://127.0.0.1:3333"
    assert open_client.get("/reconcile", headers=page | {"Origin": "http://evil.example"}).status_code == 403
    assert open_client.get("/v1/lists", headers=page | {"Origin": "http://127.0.0.1:3333"}).status_code == 403


def test_parties_are_streamed_in_their_order_and_a_wrong_line_is_one_line(open_client):
    sent = [
        {"id": 1, "name": "Hetian Taida Apparel", "country": "CN"},
        {"id": 2, "name": "Quiet Harbour Bakery"},
        {"id": 3, "schema": "Company", "properties": {"name": [NAME]}},
        {"id": 4},
    ]
    lines = [json.dumps(s).encode() for s in sent] + [b"{", b"", b"x" * 300_000]
    answer = open_client.post("/v1/screen/stream", content=b"\n".join(lines))
    back = [json.loads(line) for line in answer.text.splitlines()]
    assert [b["id"] for b in back] == [1, 2, 3, 4, None, None]
    assert [bool(b.get("matches")) for b in back] == [True, False, True, False, False, False]
    assert back[1]["matches"] == []
    assert all("error" in b for b in back[3:])


def test_the_first_answer_comes_before_the_last_party_is_sent(open_client):
    answered = threading.Event()

    def parties():
        for number in range(400):
            yield json.dumps({"id": number, "name": f"Quiet Harbour Bakery {number}"}).encode() + b"\n"
        assert answered.wait(20), "all is read before anything is answered"
        yield json.dumps({"id": 400, "name": NAME}).encode() + b"\n"

    # httpx sends a body whole before it reads: two threads on one socket would be another client.
    import http.client

    host = open_client.base_url
    connection = http.client.HTTPConnection(host.host, host.port, timeout=30)
    connection.putrequest("POST", "/v1/screen/stream")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    def send():
        for line in parties():
            connection.send(b"%x\r\n%s\r\n" % (len(line), line))
        connection.send(b"0\r\n\r\n")

    thread = threading.Thread(target=send)
    thread.start()
    response = connection.getresponse()
    first = response.readline()
    answered.set()
    rest = response.read().splitlines()
    thread.join(20)
    assert json.loads(first)["id"] == 0
    assert json.loads(rest[-1])["id"] == 400
    assert len(rest) == 400
    connection.close()


def test_keywords_that_are_not_heeded_are_named_and_those_that_change_the_answer_refused(open_client):
    def unheeded(path, **sent):
        answer = open_client.post(path, json=sent) if sent else open_client.get(path)
        return answer.status_code, answer.headers.get("x-entrepot-unheeded")

    one = {"queries": {"a": {"schema": "Company", "properties": {"name": [NAME]}}}}
    search = "/search/default?q=hetian"
    for path, sent, named in (
        ("/match/default", one, None),
        ("/match/default?algorithm=best&limit=3&threshold=0.7", one, None),
        ("/match/default?algorithm=logic-v1&fuzzy=False", one, "algorithm, fuzzy"),
        ("/match/default?zzz=1", one, "zzz"),
        (f"{search}&limit=3&schema=Thing&target=true&sort=", {}, None),
        (f"{search}&fuzzy=true&simple=true&zzz=1", {}, "fuzzy, simple, zzz"),
        (f"/entities/{ENTITY}?nested=True", {}, "nested"),
    ):
        assert unheeded(path, **sent) == (200, named), path
    for path, sent in (
        (f"{search}&sort=name:desc", {}),
        (f"{search}&target=false", {}),
        (f"{search}&exclude_dataset=uflpa", {}),
        (f"{search}&changed_since=2024-01-01", {}),
        ("/match/default?countries=cn", one),
        ("/match/default?sort=name", one),
    ):
        assert unheeded(path, **sent) == (400, None), path


def test_openrefine_is_told_what_is_not_offered_and_what_was_not_read(open_client):
    for answer in (
        open_client.post("/reconcile", data={"extend": '{"ids": ["x"], "properties": [{"id": "country"}]}'}),
        open_client.get("/reconcile", params={"extend": "{}"}),
    ):
        assert (answer.status_code, answer.json()["error"]["thing"]) == (400, "this service extends no data")
    properties = [{"pid": "country", "v": "CN"}, {"pid": "shoeSize", "v": "44"}]
    said = json.dumps({"q0": {"query": NAME, "properties": properties}, "q1": {"query": NAME}})
    told = open_client.post("/reconcile", data={"queries": said}).json()
    assert told["q0"]["unread"] == ["shoeSize"]
    assert "unread" not in told["q1"]


@pytest.mark.parametrize("query", [NAME, json.dumps({"query": NAME, "limit": 2})])
def test_one_query_of_openrefine_is_answered_as_in_a_batch(open_client, query):
    batch = {"queries": json.dumps({"q0": {"query": NAME, "limit": 2}})}
    expected = open_client.post("/reconcile", data=batch).json()["q0"]
    asked = {"query": query, "limit": "2"}
    assert open_client.get("/reconcile", params=asked).json() == expected
    assert open_client.post("/reconcile/default", data=asked).json() == expected
    assert ENTITY in {r["id"] for r in expected["result"]}
    assert open_client.get("/reconcile", params={"query": "{"}).status_code == 400
