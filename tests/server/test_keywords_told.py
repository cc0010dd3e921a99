"""An error over HTTP names keywords where the command line names options, by the command's own options."""

from __future__ import annotations

import json
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
            "entrepot lists load FILE --as X. Or require less.",
        ),
        ("screen", "--out is not there", "--out is not there"),
        ("screen", "a--list of b, --listen, ---list", "a--list of b, --listen, ---list"),
    ],
)
def test_options_in_a_sentence_are_told_as_keywords(verb, said, told):
    assert in_keywords(said, verb_form(verb)) == told


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
