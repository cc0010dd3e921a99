"""A real file posted to every verb that takes one: each is answered, as JSON and, where it is a table, as CSV."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from entrepot.desk.desk import Desk
from entrepot.server.app import create_app
from entrepot.server.serve_settings import ServeSettings
from entrepot.server.verbs.verb_form import served, verb_form

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ASKED = {"measure": "none", "origin": "DEU", "destination": "RUS", "since": "2022-07-01"}
# Verb -> what is sent: field -> a file of docs/examples or of `made`; then what is said beside it.
SENT = {
    "screen": ({"parties": "suppliers.csv"}, {"as_of": "2024-11-25"}),
    "rescreen": ({"results": "results.json", "parties": "suppliers.csv"}, {}),
    "review": ({"results": "results.json"}, {}),
    "decide": ({"results": "results.json"}, {"verdicts": "{}", "why": "nothing to decide"}),
    "ledger_verify": ({"records": "record.html"}, {}),
    "verify_clearance": ({"file": "record.html"}, {}),
    "check": ({"report": "report.txt"}, {}),
    "load_list": ({"file": "listed.csv"}, {"list_id": "own-posted", "version": "2026-01-05"}),
    "load_ownership": ({"file": "owners.csv"}, {}),
    "load_supply": ({"file": "supply-links.csv"}, {}),
    "load": ({"files": "trade.csv"}, {}),
    "flows": ({"flows": "trade.csv"}, {}),
    "mirror": ({"flows": "flows.csv"}, {}),
    "divert": ({"flows": "flows.csv"}, ASKED),
    "event_study": ({"flows": "flows.csv"}, {**ASKED, "hubs": "KGZ,ARM"}),
    "corridor_flow": ({"file": "demand.csv"}, {}),
    "corridor_cooperation": ({"projects": "projects.csv"}, {}),
    "simulate": ({"scenario": "scenario.toml"}, {"draws": "2"}),
    "scenario_codes": ({"world": "icio.csv"}, {"elasticities": "5"}),
    "add_rows": ({"given": "own_rows.csv"}, {}),
    "explain": ({"results": "results.json"}, {"row_id": "ROW"}),
}


def _flows():
    """Flows of twelve quarters, as both ends report them: one that falls away, and others that take it round."""
    rows = ["reporter,exporter,importer,product,period,value_usd"]
    for number in range(12):
        period, after = f"{2021 + number // 4}-Q{number % 4 + 1}", number >= 6
        pairs = {("DEU", "RUS"): 90 if after else 900, ("DEU", "KGZ"): 500 if after else 50, ("KGZ", "RUS"): 400}
        pairs |= {("DEU", "ARM"): 70, ("ARM", "RUS"): 30, ("DEU", "FRA"): 800, ("ITA", "FRA"): 700, ("ITA", "RUS"): 60}
        for (one, two), value in pairs.items():
            for product in ("854231", "848210"):
                rows += [f"{by},{one},{two},{product},{period},{value + number}000" for by in (one, two)]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("posted-to") / "store")


@pytest.fixture(scope="module")
def made(tmp_path_factory, desk):
    """Files that a verb has written after a decision, and the id of a match among them."""
    place = tmp_path_factory.mktemp("posted")
    asked = {"as_of": "2024-11-25", "out": place / "results.json", "fmt": "json", "workers": 1}
    case = desk.screen(EXAMPLES / "suppliers.csv", **asked).cases.to_pylist()[0]["case_id"]
    desk.decide(place / "results.json", verdicts={case: "true"}, by="Ann Bee", why="the same plant")
    found = desk.screen(EXAMPLES / "suppliers.csv", **asked, record=place / "record.html")
    (place / "listed.csv").write_text("entity_id,name,kind\np1,Zyxwvut Brask Ltd,company\n", encoding="utf-8")
    (place / "flows.csv").write_text(_flows(), encoding="utf-8")
    return place, found.to_pylist()[0]["match_id"]


@pytest.fixture(scope="module")
def client(serving, desk):
    with httpx.Client(base_url=serving(create_app(ServeSettings(desk.store))), timeout=120) as found:
        yield found


def test_every_verb_that_takes_a_file_is_tried():
    assert set(SENT) == {name for name in served() if verb_form(name).files}


@pytest.mark.parametrize("name", SENT)
def test_a_file_is_answered(client, made, name):
    place, row_id = made
    files, said = SENT[name]
    sent = {f: (n, (place if (place / n).exists() else EXAMPLES).joinpath(n).read_bytes()) for f, n in files.items()}
    data = {k: row_id if v == "ROW" else v for k, v in said.items()}
    answer = client.post(f"/v1/{name}", files=sent, data=data)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    if "rows" in told:
        as_csv = client.post(f"/v1/{name}?format=csv", files=sent, data=data)
        assert as_csv.status_code == 200, as_csv.text
        assert as_csv.headers["content-type"].startswith("text/csv")


def test_a_report_is_checked_at_once_and_as_a_job(client):
    text = "The crossing of Khunjerab is open all year. Nothing else is claimed here.\n"
    sent = {"report": ("pass.txt", text)}
    told = client.post("/v1/check", files=sent).json()
    assert isinstance(told["summary"], str)
    assert told["summary"]
    for field in ("text", "report"):  # a text beside the file is dropped by neither
        both = client.post("/v1/check", files=sent, data={field: text})
        assert both.status_code == 422
        assert both.json()["error"]["found"] == "text"
        assert "report" in both.json()["error"]["message"]
    begun = client.post("/v1/jobs/check", files=sent).json()
    end = time.monotonic() + 90
    while (state := client.get(f"/v1/jobs/{begun['id']}").json())["state"] not in {"done", "failed"}:
        assert time.monotonic() < end
        time.sleep(0.1)
    assert state["state"] == "done", state
    result = client.get(f"/v1/jobs/{begun['id']}/result").json()
    assert (result["summary"], result["rows"]) == (told["summary"], told["rows"])
