"""Long verbs as jobs: begun, followed, ended, taken up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from entrepot.desk.desk import Desk
from entrepot.server.jobs.job_folder import CANCELLED, DONE, INTERRUPTED, JobFolder, clear, named, new
from entrepot.server.jobs.job_keeper import JobKeeper
from entrepot.server.people import Person

SUPPLIERS = "supplier,country\nHetian Taida Apparel Co Ltd,China\nQuiet Harbour Bakery,Portugal\n"
CLERK = Person("A Clerk", "reviewer")


HANGS = 600  # seconds after which what is waited for never comes


def until(look, what, seconds=HANGS):
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, what
        time.sleep(0.05)
    return found


def test_a_screening_is_begun_followed_and_its_files_are_fetched(team, bearer, store):
    sent = {"parties": ("suppliers.csv", SUPPLIERS)}
    begun = team.post("/v1/jobs/screen", headers=bearer("reviewer"), files=sent, data={"as_of": "2024-11-25"})
    assert begun.status_code == 202, begun.text
    place = begun.headers["location"]
    assert begun.json()["state"] == "waiting"
    with team.stream("GET", f"{place}/events", headers=bearer("reviewer")) as broken:
        next(broken.iter_lines())  # who hangs up ends nothing
    with team.stream("GET", f"{place}/events", headers=bearer("reviewer"), timeout=120) as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in events.iter_lines() if line]
    assert lines[-2] == "event: end"
    assert json.loads(lines[-1].removeprefix("data: "))["state"] == "done", lines
    found = team.get(f"{place}/result", headers=bearer("reviewer")).json()
    assert {r["party"] for r in found["rows"]} == {"Hetian Taida Apparel Co Ltd"}
    assert any(n.startswith("Screening record: record.html") for n in found["notes"])
    assert not [n for n in found["notes"] if "unfinished run" in n or "served-jobs" in n or str(store) in n]
    names = team.get(place, headers=bearer("reviewer")).json()["files"]
    assert {"matches.csv", "record.html"} <= set(names)
    record = team.get(f"{place}/files/record.html", headers=bearer("reviewer"))
    assert "A Reviewer" in record.text  # who asked is who ran it
    assert record.headers["content-disposition"].startswith("attachment")
    for outside in ("../asked.json", "..%2Fasked.json", "%2e%2e%2fasked.json", "nothing"):
        assert team.get(f"{place}/files/{outside}", headers=bearer("reviewer")).status_code == 404
    # Of others nobody but an admin sees it.
    assert team.get(place, headers=bearer("reader")).status_code == 404
    assert team.get("/v1/jobs", headers=bearer("reader")).json() == {"jobs": []}
    assert team.get(place, headers=bearer("admin")).status_code == 200
    assert team.delete(place, headers=bearer("reviewer")).status_code == 204
    assert team.get(place, headers=bearer("reviewer")).status_code == 404
    assert named(store, place.rpartition("/")[2]) is None


def test_what_fails_says_why_and_what_is_not_allowed_is_not_begun(team, bearer, store):
    place = team.post("/v1/jobs/measures", headers=bearer("reader"), json={"measure": "nobody"}).headers["location"]
    until(lambda: team.get(place, headers=bearer("reader")).json()["state"] == "failed", "it fails")
    told = team.get(place, headers=bearer("reader")).json()
    assert "unknown measure" in told["error"]["message"]
    answer = team.get(f"{place}/result", headers=bearer("reader"))
    assert answer.status_code == 409
    assert "unknown measure" in answer.text
    before = len(list((store / "served-jobs").iterdir()))
    assert team.post("/v1/jobs/load_list", headers=bearer("reader"), json={}).status_code == 403
    assert team.post("/v1/jobs/screen", headers=bearer("reader"), json={}).status_code == 422
    assert team.post("/v1/jobs/scren", headers=bearer("reader"), json={}).status_code == 404
    assert team.get("/v1/jobs/0123456789abcdef", headers=bearer("reader")).status_code == 404
    assert len(list((store / "served-jobs").iterdir())) == before


def asked(store, rows=60_000):
    """A screening that takes some seconds."""
    job = new(store)
    place = job.inputs / "parties" / "0" / "parties.csv"
    place.parent.mkdir(parents=True)
    lines = (f"Quiet Harbour Bakery {number}\n" for number in range(rows))
    place.write_text("supplier\nHetian Taida Apparel Co Ltd\n" + "".join(lines), encoding="utf-8")
    job.begin("screen", {"parties": place, "lists": ["uflpa"], "as_of": "2024-11-25"}, CLERK)
    return job


def run(job: JobFolder, store):
    return subprocess.Popen([sys.executable, "-m", "entrepot.server.jobs.job_run", str(job.path), str(store)])


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.slow
def test_a_killed_job_is_taken_up_and_says_the_same(tmp_path):
    job = asked(tmp_path / "store")
    process = run(job, tmp_path / "store")
    until(lambda: job.state().get("done", 0) > 0, "it has begun")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert job.state()["state"] == "running"  # as it was left
    keeper = JobKeeper(tmp_path / "store")
    keeper.take_up()
    until(lambda: job.state()["state"] == DONE, "it is taken up")
    whole = Desk(tmp_path / "other").screen(
        job.asked()["said"]["parties"], lists=["uflpa"], as_of="2024-11-25", out=tmp_path / "m.csv", workers=1
    )
    import pyarrow.parquet as pq

    assert [r["match_id"] for r in pq.read_table(job.table).to_pylist()] == [r["match_id"] for r in whole.to_pylist()]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_job_is_cancelled_while_it_waits_and_while_it_runs(tmp_path):
    keeper = JobKeeper(tmp_path)
    first, second = asked(tmp_path), asked(tmp_path, 10)
    keeper.add(first)
    keeper.add(second)
    until(lambda: first.state()["state"] == "running", "it runs")
    keeper.cancel(second)
    keeper.cancel(first)
    assert first.state()["state"] == second.state()["state"] == CANCELLED
    assert [p for p in first.files.iterdir() if not p.name.startswith(".")] == []


def test_what_changes_the_store_is_not_run_again_unasked(tmp_path):
    job = new(tmp_path)
    job.begin("withdraw", {"cases": ["c-1"], "why": "x"}, CLERK)
    job.put_state("running")
    JobKeeper(tmp_path).take_up()
    assert job.state() == {"state": INTERRUPTED}


def test_what_was_being_sent_when_a_server_was_killed_is_no_job_and_is_removed(tmp_path):
    cut_off, begun = new(tmp_path), new(tmp_path)
    begun.begin("clock", {}, Person("A Reader", "reader"))
    old = cut_off.path.stat().st_mtime - 2 * 3600
    for job in (cut_off, begun):
        os.utime(job.path, (old, old))
    being_sent = new(tmp_path)
    clear(tmp_path)
    assert sorted((tmp_path / "served-jobs").iterdir()) == sorted([begun.path, being_sent.path])


def test_what_was_asked_comes_back_as_it_was(tmp_path):
    job = new(tmp_path)
    said = {
        "parties": job.inputs / "parties" / "0" / "a b.csv",
        "files": [job.inputs / "files" / "0" / "x.csv"],
        "lists": ["uflpa", "input:no path"],
        "as_of": "input:../../etc/passwd",
        "verdicts": {"value": "true", "c-1": "false"},
        "seen": {"value": 3},
        "limit": 5,
        "columns": False,
    }
    job.begin("screen", said, CLERK)
    assert job.asked()["said"] == said
    assert (job.person.name, job.person.role) == ("A Clerk", "reviewer")


def test_the_store_knows_what_the_server_keeps_in_it(tmp_path):
    from entrepot.desk.holdings import holdings

    Desk(tmp_path).search("Hetian Taida")
    asked(tmp_path, 1)
    held = {r["part"]: r["what"] for r in holdings(tmp_path).to_pylist()}
    assert "served_jobs" in held
    assert "not of the store" not in held.values()
