"""An error over HTTP names keywords where the command line names options, by the command's own options."""

from __future__ import annotations

import json
import re
import time

import click
import pytest

from entrepot.cli import COMMANDS, group
from entrepot.server.verbs.keywords_told import in_keywords, keyword_of
from entrepot.server.verbs.verb_form import served, verb_form

SUPPLIERS = "supplier,country\nHetian Taida Apparel Co Ltd,China\nQuiet Harbour Bakery,Portugal\n"


def commands(command, name):
    yield name.replace("-", "_"), command
    for below, one in getattr(command, "commands", {}).items():
        yield from commands(one, f"{name}_{below}")


def test_every_option_that_is_a_keyword_is_told_as_that_keyword():
    tried = set()
    for whole in COMMANDS:
        for name, command in commands(group.get_command(click.Context(group), whole), whole):
            form = verb_form(name) if name in served() else None
            for option in (p for p in command.params if form and isinstance(p, click.Option)):
                for said in (o for o in option.opts if o.startswith("--")):
                    if option.name in form.fields:
                        assert keyword_of(said[2:], form) == option.name, (name, said)
                        tried.add(name)
    assert {"screen", "rescreen", "explain", "corridor_route", "simulate"} <= tried


@pytest.mark.parametrize(
    ("verb", "said", "told"),
    [
        ("rescreen", "Add --all.", "Add whole."),
        ("screen", "too old (--max-age); leave them out: --list.", "too old (max_age); leave them out: lists."),
        ("simulate", "Give a file, or --preset.", "Give a file, or presets."),
        (
            "screen",
            "entrepot lists load FILE --as X. Or --require less.",
            "POST /v1/load_list FILE list_id=X. Or require less.",
        ),
        ("screen", "--out is not there", "--out is not there"),
        (
            "screen",
            "entrepot lists load FILE --as L, entrepot fetch L",
            "POST /v1/load_list FILE list_id=L, POST /v1/fetch L",
        ),
        ("screen", "`entrepot screen FILE --columns` says it", "`POST /v1/screen FILE columns=true` says it"),
        ("rescreen", "what `entrepot screen --out` wrote", "what `POST /v1/screen` wrote"),
        ("rescreen", "entrepot screen A --out a.json. Or --all.", "POST /v1/screen A. Or whole."),
        ("corridor_network", "See entrepot record network_places.", "See GET /v1/record/network_places."),
        ("record", "entrepot record lists its tables", "GET /v1/record lists its tables"),
        ("divert", "`entrepot divert --demo` lists them", "`GET /v1/demos` lists them"),
        (
            "brief",
            "See `entrepot measures`, `entrepot measures A.toml`",
            "See `GET /v1/measures`, `entrepot measures A.toml`",
        ),
        ("screen", "Run entrepot store repair --list x. Or --list.", "Run entrepot store repair --list x. Or lists."),
        ("screen", "a--list of b, --listen, ---list", "a--list of b, --listen, ---list"),
    ],
)
def test_options_in_a_sentence_are_told_as_keywords(verb, said, told):
    assert in_keywords(said, verb_form(verb)) == told


# Of the machine on which the server runs; what holds other commands is none itself.
ONLY_TYPED = {"clearance timestamp", "supply example", "replicate", "serve", "doctor", "completion"}
HOLDS_OTHERS = {"ledger", "clearance", "supply", "corridor", "store"}


def test_every_command_that_a_message_may_name_is_a_request_or_known_to_be_none():
    tried = set()
    for whole in COMMANDS:
        for name, _ in commands(group.get_command(click.Context(group), whole), whole):
            said = name.replace("_", " ").replace("event study", "event-study")
            told = in_keywords(f"See `entrepot {said}`.", verb_form("screen"))
            is_typed = said in ONLY_TYPED | HOLDS_OTHERS or said.startswith("store ")
            assert ("entrepot" in told) == is_typed, told
            if not is_typed:
                method, path = re.search(r"`(GET|POST) /v1/(\w+)`", told).groups()
                assert (path in served(), verb_form(path).by_address) == (True, method == "GET"), told
                tried.add(path)
    assert {"load_list", "verify_clearance", "corridor_series", "ledger_decisions"} <= tried


def test_notes_of_an_answer_name_no_option_and_no_command_of_a_terminal(open_client):
    parties = {"parties": ("a.csv", SUPPLIERS)}
    for answer in (
        open_client.post("/v1/screen", files=parties, data={"as_of": "2026-12-01"}),
        open_client.get("/v1/demos"),
        open_client.get("/v1/record_versions"),
        open_client.get("/v1/corridor_cooperation"),
    ):
        said = " ".join(answer.json()["notes"])
        assert not re.search(r"(?<![\w-])--[a-z]|\bentrepot [a-z]", said), said
    headed = open_client.get("/v1/demos?format=csv").headers.get("x-entrepot-notes", "")
    assert "--demo" not in headed


def test_refusals_name_keywords_at_once_and_of_a_job(open_client):
    sent = {"files": {"parties": ("a.csv", SUPPLIERS)}, "data": {"require": "nobodys-list"}}
    error = open_client.post("/v1/screen", **sent).json()["error"]
    assert "nobodys-list is not used (require)" in error["thing"]
    assert "--require" not in json.dumps(error)
    begun = open_client.post("/v1/jobs/screen", **sent).json()
    end = time.monotonic() + 90
    while (state := open_client.get(f"/v1/jobs/{begun['id']}").json())["state"] not in {"done", "failed"}:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert state["error"]["thing"] == error["thing"]


def test_an_answer_of_screen_is_taken_back(open_client):
    asked = {"files": {"parties": ("a.csv", SUPPLIERS)}, "data": {"as_of": "2024-11-25"}}
    answer = open_client.post("/v1/screen", **asked)
    told = answer.json()
    pretty = json.dumps(told, indent=1, sort_keys=True).encode()
    case = told["cases"][0]["case_id"]
    for body in (answer.content, pretty, json.dumps(told["rows"]).encode()):
        results = {"results": ("answer.json", body)}
        reviewed = open_client.post("/v1/review", files=results)
        assert reviewed.status_code == 200, reviewed.text
        assert case in {c["case_id"] for c in reviewed.json()["rows"]}
        again = open_client.post("/v1/rescreen", files={**results, **asked["files"]}, data=asked["data"])
        assert again.status_code == 200, again.text
        assert not again.json()["alerts"]
    row = told["rows"][0]["match_id"]
    results = {"results": ("answer.json", answer.content)}
    assert open_client.post("/v1/explain", files=results, data={"row_id": row}).status_code == 200
    decided = {"verdicts": json.dumps({case: "true"}), "why": "the same plant"}
    assert open_client.post("/v1/decide", files=results, data=decided).status_code == 200


def test_an_answer_without_rows_is_an_empty_screening(open_client):
    parties = ("a.csv", "supplier\nQuiet Harbour Bakery\n")
    answer = open_client.post("/v1/screen", files={"parties": parties})
    assert answer.json()["rows"] == []
    reviewed = open_client.post("/v1/review", files={"results": ("answer.json", answer.content)})
    assert reviewed.json()["rows"] == []
    # A party may have fields of these names.
    lone = ("a.json", b'{"name": "Hetian Taida Apparel Co., Ltd.", "rows": 3, "notes": ["x"]}')
    assert open_client.post("/v1/screen", files={"parties": lone}).json()["rows"]


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("corridor_network?mode=zeppelin", "ferry, rail, road, sea"),
        ("corridor_route?origin=Urumqi&destination=Karachi&modes=zeppelin", "ferry, rail, road, sea"),
        ("corridor_route?origin=Urumqi&destination=Karachi&by=beauty", "cost, risk, time"),
        ("corridor_route?origin=Urumqi&destination=Karachi&month=13", "1 to 12"),
        ("corridor_route?origin=Urumqi&destination=Karachi&month=9999999999", "1 to 12"),
    ],
)
def test_what_the_command_line_would_not_take_is_refused_here_too(open_client, address, allowed):
    answer = open_client.get(f"/v1/{address}")
    assert (answer.status_code, allowed in answer.json()["error"]["allowed"]) == (422, True), answer.text
