"""A server of a store that is read only answers what is asked, refuses what would write, and changes no byte of it."""

from __future__ import annotations

import json
import time

import httpx
import pytest

from entrepot.core.store.access import SETTING
from entrepot.desk.desk import Desk
from entrepot.server.app import create_app
from entrepot.server.jobs.job_folder import DONE, FOLDER, WAITING, new
from entrepot.server.people import ADMIN, Person
from entrepot.server.serve_settings import ServeSettings

SUPPLIERS = "supplier,country\nHetian Taida Apparel Co Ltd,China\nQuiet Harbour Bakery,Portugal\n"
FLOWS = "reporter,exporter,importer,product,period,value_usd\nDEU,DEU,RUS,854231,2022,900000\n"
CLERK = Person("A. Clerk", ADMIN)


def held(place):
    """Every file and folder with what would change if it were written; a lock that is shared keeps its bytes."""
    found = {}
    for path in sorted(place.rglob("*")):
        seen = path.lstat()
        found[str(path.relative_to(place))] = (seen.st_mtime_ns, path.read_bytes() if path.is_file() else b"")
    return found


@pytest.fixture
def made(tmp_path):
    """A store with a file on the desk's shelf of jobs: one that has ended, one that waits."""
    store = tmp_path / "store"
    path = tmp_path / "listed.csv"
    path.write_text("name\nZyxwvut Holdings\n", encoding="utf-8")
    Desk(store).load_list(path, "own-listed", version="2026-01-05")
    for state in (DONE, WAITING):
        job = new(store)
        job.begin("lists", {}, CLERK)
        job.put_result({"result": [], "notes": []})
        job.put_state(state)
    return store


@pytest.fixture
def client(made, serving, monkeypatch):
    monkeypatch.setenv(SETTING, "1")
    with httpx.Client(base_url=serving(create_app(ServeSettings(made))), timeout=120) as found:
        yield found


def test_no_byte_of_the_store_changes(client, made):
    before = held(made)
    parties = {"parties": ("a.csv", SUPPLIERS)}
    refused = [
        client.post("/v1/jobs/screen", files=parties),
        client.post("/desk", files={"file": ("a.csv", SUPPLIERS)}),
        client.post("/flows", files={"file": ("f.csv", FLOWS)}),
        client.post("/v1/remove_list", json={"list_id": "own-listed", "version": "2026-01-05"}),
        client.post("/v1/add_rows", files={"given": ("a.csv", SUPPLIERS)}),
    ]
    ended = {j["state"]: j["id"] for j in client.get("/v1/jobs").json()["jobs"]}
    refused += [client.delete(f"/v1/jobs/{ended[DONE]}"), client.delete(f"/v1/jobs/{ended[WAITING]}")]
    for answer in refused:
        assert answer.status_code == 503, (answer.request.url, answer.text)
        assert "the store is read only" in answer.text, answer.text
        assert SETTING in answer.text
    answered = [
        client.post("/v1/screen", files=parties),
        client.post("/v1/screen/stream", content=json.dumps({"id": 1, "name": "Zyxwvut Holdings"})),
        client.post("/match/default", json={"queries": {"a": {"schema": "Company", "properties": {"name": "Zyx"}}}}),
        client.get(f"/v1/jobs/{ended[DONE]}/result"),
        client.get("/desk"),
        client.get("/flows"),
        client.get("/search?name=Hoshine"),
        client.get("/"),
    ]
    assert [a.status_code for a in answered] == [200] * len(answered)
    assert answered[1].json()["matches"]
    time.sleep(1)  # what waits would have begun, and what is worked out beside an answer would have been kept
    assert held(made) == before
    assert (made / FOLDER).is_dir()
