"""What a killed run leaves is gone after the next: in the folder for temporary files, and beside its output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile

import pytest

from entrepot.core.files import write_text
from entrepot.core.runtime import scratch
from entrepot.intake.unpack import contents

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks that a kill frees are POSIX's")

WAITS = """
import sys, time
from pathlib import Path
from entrepot.core.files import replacing
from entrepot.core.runtime.scratch import scratch
with scratch() as folder, replacing(Path(sys.argv[1])) as part:
    (folder / "much.parquet").write_bytes(b"x")
    part.write_text("half")
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A folder for temporary files, and one for outputs."""
    here, out = tmp_path / "temporary", tmp_path / "out"
    here.mkdir()
    out.mkdir()
    monkeypatch.setenv("TMPDIR", str(here))
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch.sweep.cache_clear()
    scratch.sweep_parts.cache_clear()
    return here, out


def begun(out):
    """A run that has begun to write, and waits."""
    run = subprocess.Popen([sys.executable, "-c", WAITS, str(out / "hits.csv")], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    return run


def ended(run):
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_what_a_kill_leaves_is_gone_after_the_next_start(places):
    here, out = places
    ended(begun(out))
    assert len(names(here)) == len(names(out)) == 1
    (out / "parties.csv").write_text("name\nA\n")
    contents(out / "parties.csv")  # any command opens its file so
    assert names(here) == []
    write_text(out / "hits.csv", "whole")
    assert names(out) == ["hits.csv", "parties.csv"]


def test_what_a_run_at_work_holds_stays(places):
    here, out = places
    run = begun(out)
    try:
        before = names(here), [n for n in names(out) if n.endswith(".part")]
        with scratch.scratch() as mine:
            assert mine.is_dir()
        write_text(out / "hits.csv", "whole")
        assert (names(here), [n for n in names(out) if n.endswith(".part")]) == before
    finally:
        ended(run)


def test_what_is_not_ours_stays(places, tmp_path):
    here, out = places
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "held").write_text("")
    (here / "entrepot-abcdefgh").symlink_to(kept)
    (here / "entrepot-12345678").mkdir()  # no file of ours is in it
    (here / "entrepot-12345678" / "mine.txt").write_text("mine")
    (out / ".hits.csv.notes.part").write_text("mine")
    (out / ".hits.csv.abcdefgh.part").symlink_to(kept / "held")
    before = names(here), names(out)
    scratch.sweep()
    write_text(out / "hits.csv", "whole")
    assert (names(here), [n for n in names(out) if n != "hits.csv"]) == before
    assert names(kept) == ["held"]


def test_a_workbook_that_is_killed_leaves_nothing_either(places):
    here, out = places
    code = """
import sys
from pathlib import Path
import pyarrow as pa
from entrepot.core import output
def parts():
    yield pa.table({"a": [1]})
    print("ready", flush=True)
    import time; time.sleep(60)
output.write_parts(parts(), pa.schema([("a", pa.int64())]), Path(sys.argv[1]), "xlsx")
"""
    run = subprocess.Popen([sys.executable, "-c", code, str(out / "t.xlsx")], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    ended(run)
    scratch.sweep()
    assert names(here) == []
    write_text(out / "t.xlsx", "")
    assert names(out) == ["t.xlsx"]
