"""Eight that write to one store, one that removes from it and one that reads it, all at once: no row is lost.

ENTREPOT_SECONDS says how long at least; a minute is what the store is held to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from entrepot.core import store
from entrepot.desk.store_check import store_check
from entrepot.lists import versions
from entrepot.record import own_rows

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("ENTREPOT_SECONDS") or 20)
HANGS = 900  # seconds after which a process is stuck, and not slow
REPORT = Path(__file__).parents[2] / "docs" / "examples" / "report.txt"
# Two of one list with the same files, three of lists of their own, two that keep own rows, one that screens.
ROLES = ("load-a", "load-b", "load-c", "load-same", "load-same", "add", "add", "screen", "remove", "read")
# Each says what it has done, line by line, after it is done: what it says is in the store.
WORKER = """
import json, sys, time
from datetime import date, timedelta
from pathlib import Path
from entrepot.core.errors import EntrepotError, StoreLockedError
from entrepot.desk.check import check
from entrepot.desk.lists import lists, load_list, remove_list
from entrepot.desk.screen import screen

role, number, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
place, report = folder / "store", Path(sys.argv[5]).read_text(encoding="utf-8")
here = folder / f"{role}-{number}"
here.mkdir()

def rows(at):
    return "entity_id,name\\nx,Yarkant Ginning\\n" + "".join(f"{i},Works {i} of {at}\\n" for i in range(20 + at % 7))

def load(at):
    list_id, day = f"own-{role.removeprefix('load-')}", str(date(2020, 1, 1) + timedelta(days=at))
    file = here / f"{day}.csv"
    file.write_text(rows(at), encoding="utf-8")
    row = load_list(file, list_id, version=day, accept_loss=True, store=place).row
    return {"loaded": [list_id, day, row["entries"]]}

def add(at):
    file = here / "report.txt"
    file.write_text(f"{report}\\n\\nCopy {at} of {number}.\\n", encoding="utf-8")
    notes = check(file, yes=True, store=place).notes
    return {"added": [n.split(";")[0].strip() for n in notes if n.startswith("  u-")]}

def screened(at):
    import pyarrow as pa
    found = screen(pa.table({"name": [f"Kashgar Looms {at}"]}), lists=["uflpa"], workers=1, store=place)
    return {"shown": [r["match_id"] for r in found.to_pylist()], "told": [n for n in found.notes if "not kept" in n]}

def removed(at):
    held = [r for r in lists(store=place).to_pylist() if r["list_id"] == "own-a"]
    if not held:
        return {}
    print(json.dumps({"trying": held[0]["version"]}), flush=True)
    remove_list("own-a", held[0]["version"], store=place)
    return {"removed": held[0]["version"]}

def read(at):
    began = time.time()
    held = [[r["list_id"], r["version"], r["entries"]] for r in lists(store=place).to_pylist() if r["loaded_at"]]
    import pyarrow as pa
    found = screen(pa.table({"name": ["Yarkant Ginning"]}), lists=["own-same"], workers=1, store=place)
    best = max((r["score"] for r in found.to_pylist() if r["kind"] == "listing"), default=0)
    return {"read": held, "began": began, "best": best}

act = {"load": load, "add": add, "scre": screened, "remo": removed, "read": read}[role[:4].rstrip("-")]
at, end = 0, time.time() + float(sys.argv[4])  # what is imported first takes no part of it
left = {"load": 2, "remo": 1}.get(role[:4], 0)  # a machine that is busy with much else takes longer to do as much
while time.time() < end or left > 0:
    try:
        done = act(at)
        print(json.dumps({**done, "at": time.time()}), flush=True)
        left -= "loaded" in done or "removed" in done
        at += 1
    except StoreLockedError as exc:
        print(json.dumps({"busy": str(exc)}), flush=True)
    except EntrepotError as exc:
        print(json.dumps({"refused": str(exc)}), flush=True)
        at += 1
    if role == "read":
        time.sleep(0.3)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each process says it has done; and the folder."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "first.csv").write_text("entity_id,name\nx,Yarkant Ginning\n", encoding="utf-8")
    versions.load(folder / "first.csv", "own-same", folder / "store", version="2019-12-31")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ENTREPOT_")}
    runs = []
    for number, role in enumerate(ROLES):
        words = [sys.executable, "-c", WORKER, role, str(number), str(folder), str(SECONDS), str(REPORT)]
        setting = {"ENTREPOT_READ_ONLY": "1"} if role == "read" else {}
        environment = kept | setting | {"PYTHONPATH": str(REPORT.parents[2] / "src")}
        with (folder / f"{number}.out").open("wb") as out, (folder / f"{number}.err").open("wb") as errors:
            runs.append(subprocess.Popen(words, env=environment, stdout=out, stderr=errors))
    found = []
    for number, (role, run) in enumerate(zip(ROLES, runs, strict=True)):
        assert run.wait(timeout=SECONDS + HANGS) == 0, f"{role}: {(folder / f'{number}.err').read_text()}"
        found.append((role, [json.loads(x) for x in (folder / f"{number}.out").read_text().splitlines()]))
    counts = Counter(key for _, lines in found for line in lines for key in line if key != "at")
    print(f"{SECONDS:.0f} seconds: {dict(counts)}")  # noqa: T201 - the figure
    return folder / "store", found


def lines(found, key):
    return [line[key] for _, told in found for line in told if key in line]


def test_every_version_that_was_loaded_is_there_but_those_removed(said):
    place, found = said
    loaded = {tuple(v) for v in lines(found, "loaded")}
    gone = {("own-a", day) for day in lines(found, "removed")}
    trying = {("own-a", day) for day in lines(found, "trying")}
    held = {(r["list_id"], r["version"], r["entries"]) for r in versions.known(place)}
    lost = {v for v in loaded if v[:2] not in trying} - held
    assert lost == set()
    assert {v for v in held if v[:2] in gone} == set()
    assert {v for v in loaded if v[:2] in trying - gone} <= held
    assert {v[0] for v in loaded} == {"own-a", "own-b", "own-c", "own-same"}
    assert gone


def test_every_row_that_was_added_and_every_match_that_was_shown_is_there(said):
    place, found = said
    added = {i for ids in lines(found, "added") for i in ids}
    assert added == set(own_rows.rows(place).column("id").to_pylist())
    told = {i for _, told in found for line in told if not line.get("told") for i in line.get("shown", ())}
    with store.opened(place) as con:
        shown = {i for (i,) in con.execute("SELECT id FROM shown WHERE kind = 'matches'").fetchall()}
    assert told <= shown
    assert added
    assert told


def test_the_reader_sees_whole_versions_and_all_that_was_there_when_it_began(said):
    _, found = said
    loaded = [(line["at"], tuple(line["loaded"])) for _, told in found for line in told if "loaded" in line]
    trying = {("own-a", day) for day in lines(found, "trying")}
    reads = [line for _, told in found for line in told if "read" in line]
    assert reads
    for line in reads:
        seen = {tuple(v) for v in line["read"]}
        assert {v for when, v in loaded if when < line["began"] and v[:2] not in trying} <= seen
        assert all(v[2] in {1, *range(21, 28)} for v in seen)
        assert line["best"] == 1  # a list that is read names the party in every version


def test_nobody_was_refused_and_the_store_is_whole(said):
    place, found = said
    assert lines(found, "refused") == []
    assert [r for r in store_check(place).to_pylist() if r["state"] == "wrong"] == []
    for row in versions.known(place):
        assert versions.opened(row, place).entries.num_rows == row["entries"]
