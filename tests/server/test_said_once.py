"""What a request says is heeded or refused: keywords in an address, and what is said twice."""

from __future__ import annotations

import json

import pytest

SUPPLIERS = "supplier,country\nHetian Taida Apparel Co Ltd,China\nQuiet Harbour Bakery,Portugal\n"
FILE = ("a.csv", SUPPLIERS)
LINE = b'{"id": 1, "name": "Hetian Taida Apparel"}'
ASKED = {"queries": {"q": {"schema": "Company", "properties": {"name": ["Hetian Taida Apparel"]}}}}


def refused(answer, *words):
    assert answer.status_code == 422, answer.text
    message = answer.json()["error"]["message"]
    assert all(word in message for word in words), message


@pytest.mark.parametrize("path", ["/v1/screen", "/v1/jobs/screen"])
def test_a_keyword_that_a_verb_does_not_know_is_refused_in_an_address_too(open_client, path):
    refused(open_client.post(f"{path}?nonsense=7", files={"parties": FILE}), "keyword of screen", "nonsense")
    refused(open_client.post(f"{path}?require=nobodys&nonsense=7", files={"parties": FILE}), "nonsense")
    refused(open_client.post(f"{path}?parties=a.csv", files={"as_of": (None, "2024-11-25")}), "parties")
    refused(open_client.post(f"{path}?as_of=soon&as_of=2024-11-25", files={"parties": FILE}), "as_of was sent twice")


def test_a_keyword_of_an_address_is_heeded_beside_a_body(open_client):
    answer = open_client.post("/v1/screen?lists=cbp-wro&as_of=2024-11-25", files={"parties": FILE}).json()
    assert {r["as_of"] for r in answer["rows"]} == {"2024-11-25"}
    assert {r["list_id"] for r in answer["rows"] if r["kind"] == "listing"} <= {"cbp-wro"}
    assert "2 parties as of 2024-11-25" in " ".join(answer["notes"])
    refused(open_client.post("/v1/screen?require=nobodys-list", files={"parties": FILE}), "nobodys-list is not used")
    said = {"parties": FILE, "as_of": (None, "2024-11-25")}
    refused(open_client.post("/v1/screen?as_of=2024-11-24", files=said), "as_of was sent twice")
    by_address = open_client.post("/v1/measures?goods=8541.43").json()
    assert by_address["rows"]
    assert by_address == open_client.post("/v1/measures", json={"goods": "8541.43"}).json()
    refused(open_client.post("/v1/measures?goods=8541.43", json={"goods": "8541.43"}), "goods was sent twice")
    as_csv = open_client.post("/v1/measures?format=csv&goods=8541.43")
    assert as_csv.headers["content-type"].startswith("text/csv")


def test_what_is_sent_twice_is_refused_and_what_may_be_several_is_not(open_client):
    twice = [("parties", FILE), ("parties", ("b.csv", "supplier\nQuiet Harbour Bakery\n"))]
    refused(open_client.post("/v1/screen", files=twice), "parties was sent twice")
    days = [("parties", FILE), ("as_of", (None, "2024-11-25")), ("as_of", (None, "2024-11-26"))]
    refused(open_client.post("/v1/screen", files=days), "as_of was sent twice")
    refused(open_client.get("/v1/search", params={"name": ["Hetian Taida", "Hoshine"]}), "name was sent twice")
    for body in (b'{"name": "Hetian", "name": "Hoshine"}', b'{"name": "x", "a": {"b": 1, "b": 2}}'):
        refused(open_client.post("/v1/search", content=body), "was sent twice")
    verdicts = [("verdicts", (None, '{"case-1": "true", "case-1": "false"}')), ("why", (None, "w"))]
    refused(open_client.post("/v1/decide", files=[("results", FILE), *verdicts]), "case-1 was sent twice")
    lists = [("parties", FILE), ("lists", (None, "uflpa")), ("lists", (None, "cbp-wro"))]
    assert open_client.post("/v1/screen", files=lists).status_code == 200
    assert open_client.get("/v1/search?name=Hetian&lists=uflpa&lists=cbp-wro").status_code == 200
    # A browser sends an empty field beside the file that was chosen.
    chosen = [("parties", FILE), ("parties", ("", b""))]
    assert open_client.post("/v1/screen", files=chosen).status_code == 200


def test_a_file_where_a_word_is_taken_and_a_format_in_a_form_are_refused(open_client):
    refused(open_client.post("/v1/screen", files={"parties": FILE, "as_of": ("day.txt", "2024-11-25")}), "day.txt")
    refused(open_client.post("/v1/screen", files={"parties": FILE, "format": (None, "csv")}), "?format=")


def test_what_the_stream_and_others_forms_do_not_heed_is_refused(open_client):
    def stream(query):
        return open_client.post(f"/v1/screen/stream?{query}", content=LINE)

    refused(stream("as_of=2024-11-25"), "as_of", "dataset")
    refused(stream("lists=uflpa"), "lists")
    refused(stream("dataset=uflpa&dataset=cbp-wro"), "dataset was sent twice")
    assert stream("dataset=uflpa").json()["matches"]
    again = open_client.post("/v1/screen/stream", content=b'{"id": 1, "name": "A B", "name": "C D"}').json()
    assert "name was sent twice" in again["error"]["message"]
    for query in ("as_of=2024-11-25", "lists=uflpa", "require=uflpa&min_score=0.9"):
        refused(open_client.post(f"/match/default?{query}", json=ASKED), query.partition("=")[0])
        asked = {"queries": json.dumps({"q": {"query": "Hetian Taida Apparel"}})}
        refused(open_client.post(f"/reconcile?{query}", data=asked), query.partition("=")[0])
    # What clients of yente send of their own, and yente passes over.
    assert open_client.post("/match/default?fuzzy=False&nonsense=7", json=ASKED).status_code == 200
