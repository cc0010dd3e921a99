"""Every verb over HTTP, held to the desk's own answers and to its own OpenAPI."""

from __future__ import annotations

import inspect
import io
import json
import re
import socket
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.desk.desk import VERBS, Desk, verb
from entrepot.server.people import ADMIN, READER, REVIEWER
from entrepot.server.verbs.openapi import described_verbs
from entrepot.server.verbs.said_to_verb import own_name
from entrepot.server.verbs.verb_form import NOT_SERVED, ROLE_OF, SIGNED, served, verb_form

SUPPLIERS = "supplier,country\nHetian Taida Apparel Co Ltd,China\nQuiet Harbour Bakery,Portugal\n"


def test_every_verb_is_served_and_every_keyword_is_a_field_or_left_out_by_name():
    assert set(served()) | NOT_SERVED == set(VERBS)
    for name in served():
        form, parameters = verb_form(name), inspect.signature(verb(name)).parameters
        assert set(form.fields) <= set(parameters), name
        assert all(f.meaning for f in form.fields.values()), name
        needed = {n for n, p in parameters.items() if p.default is p.empty}
        assert {n for n, f in form.fields.items() if f.needed} == needed - {SIGNED.get(name)}, name
    paths = described_verbs()["paths"]
    assert {p.removeprefix("/v1/") for p in paths} == set(served())


@pytest.mark.parametrize("verb_name", ["screen", "check"])
def test_who_sends_no_file_is_told_to_send_one_and_not_of_paths(open_client, verb_name):
    refused = open_client.post(f"/v1/{verb_name}", json={})
    assert refused.status_code == 422
    assert refused.json()["error"]["allowed"] == "a file, sent in a form (multipart/form-data)"


def test_no_client_names_a_file_of_the_server(open_client, tmp_path):
    # Every keyword that the command line takes a path for is an upload, or is not there.
    import click

    from entrepot.cli import COMMANDS, group

    of_files = set()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        for below in (command, *getattr(command, "commands", {}).values()):
            of_files |= {p.name for p in below.params if isinstance(p.type, click.Path)}
    for name in served():
        for field in verb_form(name).fields.values():
            # `record TABLE` is a word there, and `--record FILE` a file elsewhere; a brief takes `--beside DAY`, a
            # scenario `--beside FILE`; parties are joined by id, shares of a screening by their folder.
            is_word = (name, field.name) in {("brief", "beside"), ("supply_parties", "join")}
            assert is_word or field.name not in of_files or field.kind in {"file", "files"}, (name, field.name)
            # A word that may name a file on the command line is held to what names none.
            by_name = field.kind == "text" and re.search(r"a file of your own|\bFILE\b", field.meaning)
            assert not by_name or field.name in {"measure", "source", "on"}, (name, field)
    secret = tmp_path / "secret.csv"
    secret.write_text("supplier\nHetian Taida Apparel Co Ltd\n", encoding="utf-8")
    for answer in (
        open_client.post("/v1/screen", json={"parties": str(secret)}),
        open_client.post("/v1/screen", data={"parties": str(secret)}),
        open_client.post("/v1/screen", data={"parties": str(secret)}, files={"x": ("x", b"x")}),
        open_client.post("/v1/refresh", json={"publishers": ["x"], "source": str(secret)}),
        open_client.post("/v1/screen", files={"parties": ("a.csv", SUPPLIERS)}, data={"out": str(tmp_path / "out")}),
    ):
        assert answer.status_code == 422, answer.text
    assert not (tmp_path / "out").exists()


def test_an_answer_is_the_desks(open_client, store):
    expected = Desk(store).measures(goods="8541.43").to_pylist()
    posted = open_client.post("/v1/measures", json={"goods": ["8541.43"]}).json()
    assert posted["rows"] == json.loads(json.dumps(expected, default=str))
    assert posted["notes"]
    got = open_client.get("/v1/measures", params={"goods": "8541.43"})
    assert got.json() == posted
    as_csv = open_client.get("/v1/measures", params={"goods": "8541.43", "format": "csv"})
    assert pl.read_csv(io.BytesIO(as_csv.content)).height == len(expected)
    accept = {"Accept": "application/vnd.apache.parquet"}
    as_parquet = open_client.get("/v1/measures", params={"goods": "8541.43"}, headers=accept)
    assert pl.read_parquet(io.BytesIO(as_parquet.content)).height == len(expected)


def test_a_file_is_screened_and_what_is_met_is_explained(open_client):
    answer = open_client.post(
        "/v1/screen",
        files={"parties": ("../../etc/suppliers.csv", SUPPLIERS, "text/csv")},
        data={"as_of": "2024-11-25", "lists": ["uflpa"]},
    )
    assert answer.status_code == 200, answer.text
    (match,) = {r["match_id"]: r for r in answer.json()["rows"] if r["kind"] == "listing"}.values()
    assert match["party"] == "Hetian Taida Apparel Co Ltd"
    assert tempfile.gettempdir() not in answer.text
    explained = open_client.get(f"/v1/explain/{match['match_id']}")
    assert explained.status_code == 200
    assert explained.json()["result"][0]["kind"] == "match"
    assert open_client.get("/v1/explain/m-000000000000").status_code == 422


def test_a_table_of_the_record_is_read_with_its_filter(open_client, rows):
    expected = [r for r in rows("observations") if r["place_id"] == "khunjerab"]
    got = open_client.get("/v1/record/observations", params={"where": "place_id=khunjerab", "format": "csv"})
    assert pl.read_csv(io.BytesIO(got.content), infer_schema=False).height == len(expected) > 0
    assert open_client.get("/v1/record/observationz").status_code == 422


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", "/v1/scren", {"json": {}}, 404),
        ("GET", "/v1/scren", {}, 404),
        ("GET", "/v1/screen", {}, 405),
        ("GET", "/v1/withdraw", {}, 405),
        ("GET", "/v1/lists/x", {}, 404),
        ("POST", "/v1/search", {"json": {}}, 422),
        ("POST", "/v1/search", {"json": {"name": 3}}, 422),
        ("POST", "/v1/search", {"json": {"name": "x", "limit": True}}, 422),
        ("POST", "/v1/search", {"json": {"name": "x", "nome": "y"}}, 422),
        ("POST", "/v1/search", {"json": {"name": "x", "store": "/tmp"}}, 422),
        ("POST", "/v1/search", {"json": {"name": "x", "kind": "ship"}}, 422),
        ("POST", "/v1/search", {"content": b'{"name": "\\ud800"}'}, 422),
        ("POST", "/v1/measures", {"json": {"measure": "/etc/passwd"}}, 422),
        ("POST", "/v1/measures", {"json": {"measure": "own.toml"}}, 422),
        ("GET", "/v1/brief?measure=..%2Fown.toml", {}, 422),
        ("POST", "/v1/search", {"json": ["x"]}, 400),
        ("POST", "/v1/search", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
        ("POST", "/v1/search", {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}, 400),
        ("POST", "/v1/search", {"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/v1/screen", {"files": {"parties": ("a.csv", b"PK\x03\x04" + bytes(99))}}, 422),
        ("POST", "/v1/screen", {"files": {"parties": ("a.csv", b"")}}, 422),
        ("GET", "/v1/lists?format=xls", {}, 400),
        ("GET", "/v1/explain/m-000000000000?format=csv", {}, 422),
    ],
)
def test_what_cannot_be_is_said_with_its_status(open_client, method, path, sent, status):
    answer = open_client.request(method, path, **sent)
    assert answer.status_code == status, answer.text
    told = answer.json()["error"]
    assert set(told) == {"thing", "found", "allowed", "remedy", "message"}
    assert told["message"]
    assert "Traceback" not in answer.text
    assert "/tmp/" not in answer.text


def test_a_role_may_do_what_it_may(team, bearer, store):
    above = {READER: {REVIEWER, ADMIN}, REVIEWER: {ADMIN}, ADMIN: set()}
    for name, needed in ROLE_OF.items():
        for role in (READER, REVIEWER, ADMIN):
            answer = team.post(f"/v1/{name}", json={"no such keyword": 1}, headers=bearer(role))
            # Refused before the body is read, or passed on to be refused by what it says.
            assert answer.status_code == (403 if needed in above[role] else 422), (name, role)


def test_two_reviewers_decide_at_once_and_one_is_told(team, bearer, store):
    from entrepot.desk.screen import screen

    results = store.parent / "results.csv"
    given = store.parent / "suppliers.csv"
    given.write_text(SUPPLIERS, encoding="utf-8")
    screen(given, as_of="2024-11-25", lists=["uflpa"], out=results, store=store, workers=1)
    sent = {"files": {"results": ("results.csv", results.read_bytes())}}
    listed = team.post("/v1/review", headers=bearer("reviewer"), **sent).json()["rows"]
    case, seen = listed[0]["case_id"], listed[0]["seen"]

    def decide(role, verdict):
        said = {"verdicts": json.dumps({case: verdict}), "seen": json.dumps({case: seen}), "why": "looked into it"}
        return team.post("/v1/decide", headers=bearer(role), data=said, **sent)

    with ThreadPoolExecutor(2) as pool:
        answers = dict(
            zip(("reviewer", "admin"), pool.map(decide, ("reviewer", "admin"), ("false", "true")), strict=True)
        )
    assert {a.status_code for a in answers.values()} == {200}, [a.text for a in answers.values()]
    both = team.get("/v1/ledger_decisions", headers=bearer("reader")).json()["rows"]
    first, second = (r["by"].removeprefix("A ").lower() for r in both if r["case_id"] == case)
    assert {first, second} == set(answers)
    assert answers[first].json()["result"] == []
    assert f"A {first.title()}" in str(answers[second].json()["result"])
    # What somebody else says of who they are is not taken.
    said = {"verdicts": json.dumps({case: "true"}), "why": "w", "by": "The Head"}
    assert team.post("/v1/decide", headers=bearer("reviewer"), data=said, **sent).status_code == 422
    # Nor is what a row of a file says: without this one reviewer was two pairs of eyes.
    rows = f"case_id,verdict,because,by\n{case},false,looked,The Head\n"
    filled = {**sent["files"], "decisions": ("decisions.csv", rows)}
    answer = team.post("/v1/review", headers=bearer("reviewer"), files=filled)
    assert answer.status_code == 422
    assert "in another name" in answer.json()["error"]["message"]
    assert len(team.get("/v1/ledger_decisions", headers=bearer("reader")).json()["rows"]) == len(both)


def test_a_list_is_loaded_by_an_admin_noted_and_its_formulas_are_escaped(team, bearer, store):
    sent = {"file": ("blocked.csv", "name\n=HYPERLINK(1) Holdings\n<script>alert(1)</script> Ltd\n")}
    said = {"list_id": "own-hostile", "version": "2024-01-05"}
    assert team.post("/v1/load_list", headers=bearer("admin"), files=sent, data=said).status_code == 200
    wrong = {"list_id": "own-hostile", "version": "no day"}
    assert team.post("/v1/load_list", headers=bearer("admin"), files=sent, data=wrong).status_code == 422
    # Both stand in the ledger with who asked: before they were done, and how each ended.
    assert team.post("/v1/ledger_verify", headers=bearer("reader"), json={}).json()["rows"][0]["state"] == "holds"
    entries = [e for e in ledger(store).entries if e.said.get("change") == "load_list"][-4:]
    asked = [e for e in entries if e.said["kind"] == "asked"]
    assert [(e.fields["by"], e.said["role"], e.fields["said"]["file"]) for e in asked] == [
        ("A Admin", "admin", "blocked.csv")
    ] * 2
    assert [e.said["outcome"] for e in entries if e.said["kind"] == "ended"] == ["done", "BadDateError"]
    shown = team.get("/v1/ledger_decisions", headers=bearer("reader"))
    assert f"load_list of entry {asked[0].seq}: done" in [r["change"] for r in shown.json()["rows"]]
    assert "0123456789abcdef" not in shown.text
    asked = {"name": "=HYPERLINK(1) Holdings", "lists": "own-hostile", "format": "csv"}
    answer = team.get("/v1/search", params=asked, headers=bearer("reader"))
    cells = [c for row in pl.read_csv(io.BytesIO(answer.content), infer_schema=False).rows() for c in row if c]
    assert any("HYPERLINK" in c for c in cells)
    assert [c for c in cells if c.startswith("=")] == []
    page = team.get("/v1/search", params=asked | {"format": "json"}, headers=bearer("reader"))
    assert page.headers["content-type"] == "application/json"
    assert page.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\suppliers.csv", "suppliers.csv"),
        ("..", "file"),
        ("", "file"),
        ("a\0b\n.csv", "a_b_.csv"),
        ("名单.xlsx", "名单.xlsx"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
    ],
)
def test_a_name_that_was_sent_is_no_path(sent, kept):
    assert own_name(sent) == kept


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Where requests put their files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.parametrize("path", ["/v1/screen", "/v1/jobs/screen"])
@pytest.mark.usefixtures("scratch")
def test_a_connection_that_breaks_leaves_nothing(open_client, store, tmp_path, capfd, path):
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
    )

    def of_requests():
        """What requests hold now: a folder under its lasting name, or one of a job that was not asked whole."""
        jobs = store / "served-jobs"
        held = [p for p in (jobs.iterdir() if jobs.is_dir() else ()) if not (p / "asked.json").exists()]
        return held + [p for p in tmp_path.iterdir() if not p.name.startswith("entrepot-new-")]

    with socket.create_connection((open_client.base_url.host, open_client.base_url.port), timeout=10) as raw:
        raw.sendall(head.encode())
        assert _until(of_requests)  # the server has begun to read: a connection cut before that tests nothing
    assert _until(lambda: not of_requests())
    assert list(tmp_path.iterdir()) == []
    assert open_client.get("/healthz").status_code == 200
    assert "Traceback" not in capfd.readouterr().err


def _until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


# Quick verbs without files, and what is served beside them: the schema says what is taken, and no answer is outside it.
schemathesis.serializer.alias("application/x-ndjson", "text/plain")
VERBS_TRIED = r"/v1/(measures|clock|show_listed)"
BESIDE = (
    r"/(match|search|entities)/.*|/(catalog|algorithms|readyz|healthz|metrics)|/reconcile.*|/v1/(screen/stream|jobs)"
)


def test_the_server_keeps_to_its_openapi(open_client):
    whole = open_client.get("/openapi.json").json()
    assert {"/reconcile", "/reconcile/{dataset}", "/v1/screen/stream", "/match/{dataset}"} <= set(whole["paths"])
    schema = schemathesis.openapi.from_dict(whole).include(path_regex=f"^({VERBS_TRIED}|{BESIDE})$")
    schema.config.update(base_url=str(open_client.base_url))
    run = settings(
        max_examples=3,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    tried = set()
    for operation in schema.get_all_operations():
        ok = operation.ok()

        @run
        @given(case=ok.as_strategy())
        def holds(case):
            is_form = case.media_type == "application/x-www-form-urlencoded"
            body = case.body if isinstance(case.body, dict) else None
            answer = open_client.request(
                case.method,
                case.formatted_path,
                params={k: v for k, v in (case.query or {}).items() if v is not None},
                json=None if is_form else body,
                data=body if is_form else None,
                content=case.body.encode("utf-8", "replace") if isinstance(case.body, str) else None,
            )
            assert answer.status_code < 500, answer.text
            case.operation.validate_response(schemathesis.Response.from_httpx(answer, verify=False))
            tried.add(case.path)

        holds()
    assert {p for p in whole["paths"] if re.fullmatch(f"{VERBS_TRIED}|{BESIDE}", p)} == tried


# The desk's `employees` is a number or text, `where` of no verb; a list keyword takes one text too.
@pytest.mark.parametrize("employees", [6000, 6000.0, "6000"])
def test_a_keyword_of_two_types_takes_either(open_client, employees):
    sent = {"seat": "DE", "employees": employees, "turnover": "EUR:2e9", "as_of": "2024-11-25"}
    answer = open_client.post("/v1/duties", json=sent)
    assert answer.status_code == 200, answer.text
    said = {r["rule"]: r["said"] for r in answer.json()["rows"] if r["measure_id"] == "eu-csddd"}
    assert said["companies-of-the-union-2024-first"] == "applies from 2027-07-26"
    described = open_client.get("/openapi.json").json()["paths"]["/v1/duties"]["post"]
    schema = described["requestBody"]["content"]["application/json"]["schema"]
    assert schema["properties"]["employees"]["type"] == ["number", "string"]


@pytest.mark.parametrize("employees", [True, None, ["6000"], {"DE": 6000}, "many"])
def test_a_keyword_of_two_types_takes_no_third(open_client, employees):
    answer = open_client.post("/v1/duties", json={"seat": "DE", "employees": employees})
    assert answer.status_code == (200 if employees is None else 422)
