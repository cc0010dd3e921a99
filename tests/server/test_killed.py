"""A server that is killed in the middle of writes: what it answered is there, and who changed what is in the ledger.

ENTREPOT_KILLS says how often it is killed; ENTREPOT_SEED repeats a run.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import httpx
import pytest

from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.desk.desk import Desk
from entrepot.desk.ledger import ledger_verify
from entrepot.server.jobs.job_folder import ENDED, known
from entrepot.server.page_parts.desk_files import desk_files, kept_file
from entrepot.server.pages.page import Sent

KILLS = int(os.environ.get("ENTREPOT_KILLS") or 6)
SEED = int(os.environ.get("ENTREPOT_SEED") or random.randrange(10**6))
ROW = (
    "id,place,metric,value,unit,period,publisher,published\n"
    "row-{0},Khorgos,trains,{0},trains,2026-05,Example Railways,2026-06-03\n"
)
SUPPLIERS = "supplier,country\nHetian Taida Apparel Co Ltd,China\n"
SERVER = """
import sys
from pathlib import Path
from entrepot.server.listening import address, serve, taken
from entrepot.server.people import with_token
from entrepot.server.serve_settings import ServeSettings
people = tuple(with_token(f"A {r.title()}", r, f"{r}-0123456789abcdef") for r in ("reviewer", "admin"))
settings = ServeSettings(Path(sys.argv[1]), port=0, people=people)
held = taken(settings)
serve(settings, held, browser=False, begun=lambda: print(address(held), flush=True), warm=False)
"""


class Served:
    """A server, and clients that write in every way until it is killed; what it answered is noted."""

    def __init__(self, store, results, case, desk_file):
        self.results, self.case, self.desk_file = results, case, desk_file
        words = [sys.executable, "-c", SERVER, str(store)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert re.match(r"http://127", self.address)
        self.decided, self.loaded, self.others = [], [], []
        self.rows, self.dropped, self.jobs = [], [], []
        self.busy = []
        self.has_loaded = threading.Event()
        self.threads = []

    def write(self, first):
        by_verb = (self.decides("reviewer", first), self.decides("admin", first), self.loads(first), self.adds(first))
        for work in (*by_verb, self.at_the_desk(first), self.has_a_job(first)):
            self.threads.append(threading.Thread(target=work, daemon=True))
            self.threads[-1].start()

    def decides(self, role, first):
        def work():
            for number in range(first, first + 10_000):
                said = {"verdicts": json.dumps({self.case: "false"}), "why": f"{role} {number}"}
                answer = self.post(role, "decide", said, results=("results.csv", self.results))
                if answer is None:
                    return
                self.noted(answer, self.decided, said["why"])

        return work

    def loads(self, first):
        def work():
            for number in range(first, first + 10_000):
                said = {"list_id": f"own-{number}", "version": "2024-01-05"}
                answer = self.post(
                    "admin", "load_list", said, file=("own.csv", f"name\nInvented Harbour {number} Ltd\n")
                )
                if answer is None:
                    return
                self.noted(answer, self.loaded, said["list_id"])
                self.has_loaded.set()

        return work

    def adds(self, first):
        """Rows of one's own."""

        def work():
            for number in range(first, first + 10_000):
                answer = self.post("reviewer", "add_rows", {}, given=("rows.csv", ROW.format(number + 1)))
                if answer is None:
                    return
                self.noted(answer, self.rows, answer.status_code == 200 and answer.json()["rows"][0]["id"])

        return work

    def at_the_desk(self, first):
        """Files that are dropped on the page, and decisions of its form."""

        def work():
            for number in range(first, first + 10_000):
                dropped = self.post("reviewer", "../desk", {}, file=("p.csv", f"name\nInvented Quay {number}\n"))
                if dropped is None:
                    return
                self.noted(dropped, self.dropped, dropped.headers.get("location"), 303)
                said = {"act": "decide", "case": self.case, "verdict": "false", "why": f"page {number}"}
                answer = self.post("reviewer", f"../desk/{self.desk_file}", said)
                if answer is None:
                    return
                self.noted(answer, self.decided, said["why"], 303)

        return work

    def has_a_job(self, first):
        """A change that a process of its own makes."""

        def work():
            said = {"list_id": f"own-job-{first}", "version": "2024-01-05"}
            answer = self.post("admin", "jobs/load_list", said, file=("own.csv", f"name\nInvented Pier {first} Ltd\n"))
            if answer is not None:
                self.noted(answer, self.jobs, (answer.json().get("id"), said["list_id"]), 202)

        return work

    def noted(self, answer, told, what, status=200):
        if answer.status_code == status:
            told.append(what)
        elif answer.status_code == 503 and "retry-after" in answer.headers:
            # On a busy machine one may wait for the others longer than a request may: it is said, nothing is done.
            self.busy.append(str(what))
        else:
            self.others.append((answer.status_code, answer.text))

    def post(self, role, verb, said, **files):
        head = {"Authorization": f"Bearer {role}-0123456789abcdef"}
        try:
            return httpx.post(f"{self.address}v1/{verb}", data=said, files=files, headers=head, timeout=60)
        except httpx.TransportError:  # it was killed
            return None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        for thread in self.threads:
            thread.join(60)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.slow
def test_what_was_answered_outlives_a_kill_and_every_change_has_its_author(tmp_path):
    print("ENTREPOT_SEED =", SEED)  # noqa: T201 - shown where it fails
    store, results, given = tmp_path / "store", tmp_path / "results.csv", tmp_path / "suppliers.csv"
    given.write_text(SUPPLIERS, encoding="utf-8")
    found = Desk(store).screen(given, as_of="2024-11-25", lists=["uflpa"], out=results, workers=1)
    case = found.cases.to_pylist()[0]["case_id"]
    with given.open("rb") as file:
        kept = kept_file(Desk(store), Sent("suppliers.csv", file))
    Desk(store).screen(kept.given, as_of="2024-11-25", lists=["uflpa"], out=kept.results, fmt="json", workers=1)
    chance, decided, loaded, first = random.Random(SEED), set(), set(), 0
    rows, dropped, jobs, busy = set(), set(), {}, 0
    for _ in range(KILLS):
        served = Served(store, results.read_bytes(), case, kept.id)
        served.write(first)
        # Half of them while it still takes its modules in, half once a list was loaded, which takes longer.
        if chance.random() < 0.5 or not loaded:  # a ledger without an entry is none, and holds nothing to verify
            served.has_loaded.wait(60)
        time.sleep(chance.uniform(0, 1.5))
        served.kill()
        assert served.others == []  # nothing else is refused while others write
        busy += len(served.busy)
        decided |= set(served.decided)
        loaded |= set(served.loaded)
        rows |= set(served.rows)
        dropped |= set(served.dropped)
        jobs |= dict(served.jobs)
        verified = ledger_verify(store=store)
        assert verified.holds, verified.to_pylist()
        entries = ledger(store).entries if (store / "ledger.sqlite3").exists() else ()
        assert decided <= {e.fields["why"] for e in entries if e.said["kind"] == "decided"}
        held = lists_held(store)
        changes = [e for e in entries if e.said["kind"] == "asked"]
        asked = {e.fields["said"]["list_id"]: e.seq for e in changes if "list_id" in e.fields["said"]}
        assert loaded <= held <= set(asked), "what is there was asked for, and by whom is written"
        ended = {e.said["of"] for e in entries if e.said["kind"] == "ended"}
        assert {asked[name] for name in loaded} <= ended
        assert rows <= {r["id"] for r in Desk(store).record("own_observations").to_pylist()}
        on_desk, noted = (
            {f"/desk/{f.id}" for f in desk_files(Desk(store))},
            {f"/desk/{e.fields['said']['sha256'][:16]}" for e in changes if "sha256" in e.fields["said"]},
        )
        assert dropped <= on_desk - {f"/desk/{kept.id}"} <= noted
        assert set(jobs) <= {j.id for j in known(store)}
        first += 10_000
    cut = len({e.seq for e in changes} - ended)
    ends = jobs_ended(store, results, case, kept.id)
    assert set(jobs) <= set(ends)
    assert set(ends.values()) <= {"done", "interrupted"}, "a change that was cut off is not made again unasked"
    assert {jobs[j] for j, state in ends.items() if state == "done" and j in jobs} <= lists_held(store)
    assert ledger_verify(store=store).holds
    assert decided
    assert loaded
    assert rows
    assert dropped
    assert len(entries) == len({e.hash for e in entries})
    print(  # noqa: T201
        f"{KILLS} kills: {len(decided)} decisions ({len([d for d in decided if d.startswith('page')])} by the page), "
        f"{len(loaded)} lists, {len(rows)} rows, {len(dropped)} files on the desk, {len(jobs)} jobs "
        f"({Counter(ends[j] for j in jobs)}) were answered; {cut} changes were cut off, and the ledger names them; "
        f"{busy} were told to come again"
    )


def lists_held(store):
    return {r["list_id"] for r in Desk(store).lists().to_pylist() if r["list_id"].startswith("own-")}


def jobs_ended(store, *before):
    """A server that starts again, and is left alone until every job has ended; the states by their job."""
    served = Served(store, before[0].read_bytes(), *before[1:])
    end = time.monotonic() + 300
    while any(j.state()["state"] not in ENDED for j in known(store)):
        assert time.monotonic() < end, "a job does not end"
        time.sleep(0.2)
    served.kill()
    return {j.id: j.state()["state"] for j in known(store)}
