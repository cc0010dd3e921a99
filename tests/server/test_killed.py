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

import httpx
import pytest

from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.desk.desk import Desk
from entrepot.desk.ledger import ledger_verify

KILLS = int(os.environ.get("ENTREPOT_KILLS") or 6)
SEED = int(os.environ.get("ENTREPOT_SEED") or random.randrange(10**6))
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
    """A server, and three clients that write until it is killed; what it answered is noted."""

    def __init__(self, store, results, case):
        self.results, self.case = results, case
        words = [sys.executable, "-c", SERVER, str(store)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        assert re.match(r"http://127", self.address)
        self.decided, self.loaded, self.others = [], [], []
        self.has_loaded = threading.Event()
        self.threads = []

    def write(self, first):
        for work in (self.decides("reviewer", first), self.decides("admin", first), self.loads(first)):
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

    def noted(self, answer, told, what):
        if answer.status_code == 200:
            told.append(what)
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
    chance, decided, loaded, first, cut = random.Random(SEED), set(), set(), 0, 0
    for _ in range(KILLS):
        served = Served(store, results.read_bytes(), case)
        served.write(first)
        # Half of them while it still takes its modules in, half once a list was loaded, which takes longer.
        if chance.random() < 0.5:
            served.has_loaded.wait(60)
        time.sleep(chance.uniform(0, 1.5))
        served.kill()
        assert served.others == []  # nothing is refused while others write
        decided |= set(served.decided)
        loaded |= set(served.loaded)
        verified = ledger_verify(store=store)
        assert verified.holds, verified.to_pylist()
        entries = ledger(store).entries if (store / "ledger.sqlite3").exists() else ()
        assert decided <= {e.fields["why"] for e in entries if e.said["kind"] == "decided"}
        held = {r["list_id"] for r in Desk(store).lists().to_pylist() if r["list_id"].startswith("own-")}
        asked = {e.fields["said"]["list_id"]: e.seq for e in entries if e.said["kind"] == "asked"}
        assert loaded <= held <= set(asked), "what is there was asked for, and by whom is written"
        ended = {e.said["of"] for e in entries if e.said["kind"] == "ended"}
        assert {asked[name] for name in loaded} <= ended
        cut += len(set(asked.values()) - ended)
        first += 10_000
    assert decided
    assert loaded
    assert len(entries) == len({e.hash for e in entries})
    print(f"{len(decided)} decisions, {len(loaded)} lists; {cut} looks at changes that were cut off")  # noqa: T201
