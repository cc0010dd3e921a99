"""Text that no table, page or ledger holds, half a surrogate pair or NUL: refused alone, wherever it comes in."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

GOOD, ENTITY = "Hetian Taida Apparel", "uflpa-hetian-taida-apparel-co-ltd"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BAD = ["\ud800x", "x\udfff", "Firm \ud83d Ltd", "a\0b", "\0"]


def query(name, **more):
    return {"schema": "Company", "properties": {"name": [name], **more}}


def matched(client, **queries):
    return client.post("/match/default", content=json.dumps({"queries": queries}).encode(), headers=JSON)


def streamed(client, *lines):
    answer = client.post("/v1/screen/stream", content="\n".join(map(json.dumps, lines)).encode())
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize("bad", BAD)
def test_a_query_is_refused_alone(open_client, bad):
    answer = matched(open_client, a=query(bad), b=query(GOOD), c=query("Quiet Harbour Bakery", country=[bad]))
    assert answer.status_code == 200, answer.text
    told = answer.json()["responses"]
    assert list(told) == ["a", "b", "c"]
    assert [told[n]["status"] for n in "abc"] == [400, 200, 400]
    assert told["b"]["results"][0]["id"] == ENTITY
    assert told["a"]["results"] == []
    assert told["a"]["error"]["thing"].startswith("name ")
    assert told["c"]["detail"].startswith("country ")
    # One who asks of nobody else hears it by the status of HTTP, as of every other query that is not understood.
    assert matched(open_client, a=query(bad)).status_code == 400


@pytest.mark.parametrize("bad", BAD)
def test_a_line_of_a_stream_is_refused_alone(open_client, bad):
    told = streamed(
        open_client, {"id": 1, "name": bad}, {"id": 2, "name": GOOD}, {"id": 3, "name": "x", "country": bad}
    )
    assert [t["id"] for t in told] == [1, 2, 3]
    assert ["error" in t for t in told] == [True, False, True]
    assert ENTITY in {m["id"] for m in told[1]["matches"]}


@pytest.mark.parametrize("bad", BAD)
def test_a_query_of_a_batch_of_openrefine_is_refused_alone(open_client, bad):
    said = json.dumps({"q0": {"query": bad}, "q1": {"query": GOOD}})
    told = open_client.post("/reconcile", content=f"queries={quote(said)}", headers=FORM).json()
    assert told["q0"]["result"] == []
    assert told["q0"]["error"]["thing"].startswith("name ")
    assert told["q1"]["result"][0]["id"] == ENTITY
    assert "error" not in told["q1"]


def test_others_who_wait_at_the_same_time_are_answered(open_client):
    asked = [(BAD[n % 3] if n % 4 == 0 else GOOD) for n in range(48)]
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(lambda name: matched(open_client, a=query(name)), asked))
    assert [a.status_code for a in got] == [200 if name == GOOD else 400 for name in asked]
    assert all(a.json()["responses"]["a"]["results"] for a in got if a.status_code == 200)


def test_what_is_only_repeated_is_repeated_as_it_came(open_client):
    # The client's own names of its queries: JSON has an escape for what UTF-8 has not.
    told = matched(open_client, **{"q\ud800": {**query(GOOD), "id": "\udc00"}}).json()["responses"]["q\ud800"]
    assert told["query"]["id"] == "\udc00"
    first, last = streamed(open_client, {"id": "\ud800", "name": GOOD, "\udc00": "x"}, {"id": 2, "name": GOOD})
    assert (first["id"], first["unread"], last["id"]) == ("\ud800", ["\udc00"], 2)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_a_number_that_no_answer_could_repeat_is_no_json(open_client, number):
    lines = f'{{"id": {number}, "name": "x"}}\n{{"id": 2, "name": "{GOOD}"}}\n'
    first, second = map(json.loads, open_client.post("/v1/screen/stream", content=lines.encode()).text.splitlines())
    assert "not JSON" in first["detail"]
    assert second["matches"]


@pytest.mark.parametrize("name", ["Müller", "和田泰达", "Firm 🙂 Ltd", "a\tb", "e\u0301", "\ufffd x"])
def test_every_other_text_is_taken(open_client, name):
    assert matched(open_client, a=query(name)).json()["responses"]["a"]["status"] == 200
    assert "error" not in streamed(open_client, {"id": 1, "name": name})[0]


def test_words_are_held_by_their_names_too(open_client):
    said = json.dumps({"verdicts": {"case-\ud800": "true"}, "why": "x"}).encode()
    answer = open_client.post("/v1/decide", content=said, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["error"]["thing"].startswith("verdicts ")


@pytest.mark.parametrize("path", ["/desk", "/parties", "/session"])
def test_a_form_of_a_page_is_refused_and_breaks_nothing(open_client, team, path):
    # UTF-7 writes half a pair as +2AA-.
    body = b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\nKim +2AA- Jong\r\n--B--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=B; charset=utf-7"}
    for client in (open_client, team):
        assert 300 <= client.post(path, content=body, headers=kind).status_code < 500
    assert open_client.get("/search", params={"q": "a\0b"}).status_code == 400
