"""Many parties: the same bytes for any number of processes, stopped and taken up or not; memory that does not grow."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import check
from entrepot.core.errors import BadInputError
from entrepot.desk.contract import HITS
from entrepot.lists.search_set import searched
from entrepot.screening.contract import MATCHES, PARTIES
from entrepot.screening.matching.match import Terms, as_batch, match
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.runs.bulk import PART
from entrepot.screening.runs.run import Keeping, ScreenOptions, parts_folder, run_screening, screening

DAY = "2024-01-01"
NAMES = ["Hefei Meiling", "Xinjiang East Hope Nonferrous Metals", "Acme Trading", "Gorenska Holding", "新疆准噶尔棉麻"]
COUNT = 4 * PART + 7


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A file of more parties than one part holds, one of them on a list in every two hundred."""
    path = tmp_path_factory.mktemp("many") / "parties.csv"
    rng = random.Random(3)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["supplier", "address"])
        for i in range(COUNT):
            name = rng.choice(NAMES) if i % 200 == 0 else f"{rng.choice('ABCDEFG')}{rng.randrange(10**6)} Imports"
            out.writerow([name, "Urumqi, Xinjiang" if i % 500 == 0 else "London"])
    return path


@pytest.fixture(scope="module")
def against(small):
    from datetime import date

    return searched(small, (), date.fromisoformat(DAY))


def test_a_party_gives_the_same_in_any_batch(against, small):
    parties = list(read_parties(pa.table({"name": NAMES * 3, "address": ["Korla, Xinjiang"] * 15})).each())
    terms = Terms(0.8, DAY)
    whole = match(as_batch(parties), against, terms).to_pylist()
    for size in (1, 4, 7):
        pieces = [match(as_batch(parties[i : i + size]), against, terms) for i in range(0, len(parties), size)]
        assert [row for p in pieces for row in p.to_pylist()] == whole


def test_the_step_keeps_both_contracts_and_travels(against):
    import pickle

    parties = as_batch(list(read_parties(pa.table({"name": [*NAMES, None], "address": ["Hotan"] * 6})).each()))
    check(PARTIES, pa.Table.from_batches([parties]))
    here = match(parties, against, Terms(0.8, DAY))
    check(MATCHES, pa.Table.from_batches([here]))
    there = match(parties, pickle.loads(pickle.dumps(against)), Terms(0.8, DAY))
    assert there.equals(here)


@pytest.fixture(scope="module")
def alone(many, small):
    """The screening of all, in one process."""
    return run_screening(many, small, as_of=DAY)


def test_one_process_and_several_give_the_same(many, small, alone):
    together = run_screening(many, small, as_of=DAY, options=ScreenOptions(workers=3))
    assert alone.screened == COUNT
    assert together.matches.equals(alone.matches)
    assert together.parts.counts == alone.parts.counts
    rows = alone.matches.to_pylist()
    assert [r["row"] for r in rows] == sorted(r["row"] for r in rows)
    assert alone.parts.counts["met"] == len({(r["row"], r["party_column"]) for r in rows})
    assert alone.parts.counts["listing"] == sum(r["kind"] == "listing" for r in rows)


class StoppedError(Exception):
    """Stands for a kill: nothing after it runs."""


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(after=st.integers(1, 4), workers=st.sampled_from([1, 2]))
def test_a_run_that_was_stopped_is_taken_up(many, small, tmp_path_factory, after, workers):
    folder = tmp_path_factory.mktemp("stopped")
    out = folder / "hits.parquet"
    whole = run_screening(many, small, as_of=DAY).matches

    def stop(done, total):
        if done >= after * PART:
            raise StoppedError

    with (
        pytest.raises(StoppedError),
        screening(many, small, as_of=DAY, progress=stop, keeping=Keeping(out), options=ScreenOptions(workers=workers)),
    ):
        pass
    finished = sorted(p.name for p in (folder / ".hits.parquet.parts").glob("part-*"))
    assert len(finished) >= after
    assert not out.exists()
    with screening(many, small, as_of=DAY, keeping=Keeping(out, resume=True)) as run:
        assert run.matches.equals(whole)
    assert list(folder.iterdir()) == []  # nothing stays behind


@pytest.fixture(scope="module")
def stopped(many, small, tmp_path_factory):
    """A folder in which a run to hits.csv was stopped after its last part."""
    folder = tmp_path_factory.mktemp("stopped")
    with pytest.raises(StoppedError), screening(many, small, as_of=DAY, keeping=Keeping(folder / "hits.csv")):
        raise StoppedError
    return folder


@pytest.fixture
def unfinished(stopped, tmp_path):
    """The output of such a run, in a folder of the test's own."""
    return shutil.copytree(stopped, tmp_path, dirs_exist_ok=True) / "hits.csv"


def test_a_broken_part_is_done_again(many, small, alone, unfinished, tmp_path):
    parts = sorted((tmp_path / ".hits.csv.parts").glob("part-*"))
    parts[0].write_bytes(parts[0].read_bytes()[:100])
    parts[1].unlink()
    with screening(many, small, as_of=DAY, keeping=Keeping(unfinished, resume=True)) as run:
        assert run.matches.equals(alone.matches)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"as_of": "2023-06-01"}, "as of was 2024-01-01, is 2023-06-01"),
        ({"options": ScreenOptions(min_score=0.9)}, "lowest score was 0.7, is 0.9"),
        ({"options": ScreenOptions(lists=("uflpa",))}, "lists"),
        ({"options": ScreenOptions(name_columns=("address",))}, "name columns"),
    ],
)
def test_an_unfinished_run_of_something_else_is_refused(many, small, unfinished, change, said):
    with (
        pytest.raises(BadInputError, match=said),
        screening(many, small, keeping=Keeping(unfinished, resume=True), **({"as_of": DAY} | change)),
    ):
        pass


def test_another_input_is_refused_and_without_resume_all_begins_anew(many, small, unfinished, tmp_path):
    out, other = unfinished, tmp_path / "parties.csv"
    other.write_text(many.read_text(encoding="utf-8").replace("London", "Leeds"), encoding="utf-8")
    with (
        pytest.raises(BadInputError, match="input sha256"),
        screening(other, small, as_of=DAY, keeping=Keeping(out, resume=True)),
    ):
        pass
    with screening(other, small, as_of=DAY, keeping=Keeping(out)) as run:
        assert run.matches.equals(run_screening(other, small, as_of=DAY).matches)


def test_two_runs_to_one_output_do_not_mix(many, small, tmp_path):
    keeping = Keeping(tmp_path / "hits.csv")
    with (
        screening(many, small, as_of=DAY, keeping=keeping),
        pytest.raises(BadInputError, match="another run"),
        screening(many, small, as_of=DAY, keeping=keeping),
    ):
        pass


def environment(tmp_path):
    return os.environ | {"ENTREPOT_STORE": str(tmp_path / "store"), "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.slow
def test_killed_at_any_moment_and_resumed_the_file_is_the_same(many, tmp_path):
    out, rng = tmp_path / "hits.csv", random.Random(5)
    command = [sys.executable, "-m", "entrepot", "screen", many, "--as-of", DAY, "--out", out, "--workers", "2"]
    env = environment(tmp_path)
    subprocess.run([*command[:-4], "--out", tmp_path / "alone.csv"], check=True, env=env, capture_output=True)
    parts = parts_folder(out)
    killed = 0
    for attempt in range(6):
        done = len(list(parts.glob("part-*")))
        run = subprocess.Popen([*command, "--resume"], env=env, stderr=subprocess.DEVNULL, start_new_session=True)
        # By turns once a part more is done, and at any moment of the start: no clock tells how far a run has come.
        while attempt % 2 == 0 and run.poll() is None and len(list(parts.glob("part-*"))) == done:
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.05) if attempt % 2 == 0 else rng.uniform(0, 1))
        if run.poll() is None:
            killed += 1
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        if out.exists():
            break
    subprocess.run([*command, "--resume"], check=True, env=env, capture_output=True)
    assert killed
    assert out.read_bytes() == (tmp_path / "alone.csv").read_bytes()
    assert not parts.exists()


@pytest.mark.parametrize("ending", ["csv", *(pytest.param(e, marks=pytest.mark.slow) for e in ("json", "parquet"))])
def test_the_command_writes_the_same_bytes_for_any_number_of_processes(run_cli, many, tmp_path, ending):
    outs = [tmp_path / f"{n}.{ending}" for n in (1, 2)]
    for workers, out in enumerate(outs, 1):
        ran = run_cli("screen", many, "--as-of", DAY, "--out", out, "--workers", str(workers))
        assert ran.code == 0, ran.stderr
    assert outs[0].read_bytes() == outs[1].read_bytes()
    if ending == "parquet":
        assert pq.read_table(outs[0]).column_names == list(HITS.names)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--resume"], "--resume without --out"), (["--workers", "-1"], "number of processes")],
)
def test_bad_options(run_cli, many, arguments, said):
    ran = run_cli("screen", many, *arguments)
    assert ran.code == 2
    assert said in ran.stderr


def test_the_record_of_a_bulk_run_counts_and_does_not_name(run_cli, many, tmp_path):
    import hashlib

    out, page = tmp_path / "hits.csv", tmp_path / "record.html"
    assert run_cli("screen", many, "--as-of", DAY, "--out", out, "--record", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert hashlib.sha256(out.read_bytes()).hexdigest() in text
    assert f"{COUNT:,} parties in {COUNT:,} rows" in text
    assert len(text) < 200_000
    clear = many.read_text(encoding="utf-8").splitlines()[2].split(",")[0]
    assert f">{clear} (" not in text


# Four times the parties may not take a third more memory. Measured inside one process, without its libraries; the words
# come again, since the caches of words are bounded but take 50,000 different ones to fill.
@pytest.mark.slow
def test_memory_does_not_grow_with_the_parties(small, tmp_path):
    import tracemalloc

    peaks = []
    for count in (10_000, 40_000):
        path = tmp_path / f"{count}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"name": f"Q{i % 5_000:x} Imports"}) + "\n" for i in range(count))
        with screening(path, small, as_of=DAY, keeping=Keeping(tmp_path / "hits.csv")):
            pass  # caches are full
        tracemalloc.start()
        with screening(path, small, as_of=DAY, keeping=Keeping(tmp_path / "hits.csv")):
            peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
