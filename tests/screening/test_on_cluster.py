"""A screening on a real Spark cluster gives the bytes of one machine; workers that cannot take part are named."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Future

import polars as pl
import pytest

from entrepot.core.errors import BadInputError, MissingExtraError
from entrepot.core.periods import as_of as day_of
from entrepot.lists.search_set import searched
from entrepot.screening.contract import MATCHES
from entrepot.screening.matching.match import Terms, as_batch, match
from entrepot.screening.on_spark import cluster as on_cluster
from entrepot.screening.on_spark import waves
from entrepot.screening.on_spark.cluster import refuse_silent_master, refuse_unknown_master
from entrepot.screening.on_spark.sent_names import not_as_sent, sent_names
from entrepot.screening.on_spark.worker import packed, unpacked
from entrepot.screening.runs.bulk import PART
from entrepot.screening.runs.run import run_screening
from spark_cluster import cluster

DAY = "2024-06-01"


@pytest.fixture(scope="module")
def parties(tmp_path_factory):
    """Three parts of parties, with a listed one in each."""
    path = tmp_path_factory.mktemp("parties") / "parties.csv"
    chance = random.Random(11)
    names = [f"{chance.choice('ABCDEFG')}{chance.randint(0, 99999)} Harbour Trading" for _ in range(2 * PART + 100)]
    names[:: PART // 2] = ["Hetian Taida Apparel Co Ltd"] * len(names[:: PART // 2])
    pl.DataFrame({"supplier": names, "country": "China"}).write_csv(path)
    return path


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    """A master and two workers of one core each."""
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        made.add_worker()
        made.add_worker()
        yield made


def command(parties, out, *more):
    return [sys.executable, "-m", "entrepot", "screen", str(parties), "--as-of", DAY, "--out", str(out), *more]


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    return os.environ | {"ENTREPOT_STORE": str(store), "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture(scope="module")
def alone(parties, env, tmp_path_factory):
    """What one machine gives."""
    out = tmp_path_factory.mktemp("alone") / "alone.csv"
    subprocess.run(command(parties, out), env=env, check=True, capture_output=True)
    return out.read_bytes()


def test_two_workers_give_the_bytes_of_one_machine(parties, env, alone, two_workers, tmp_path):
    out = tmp_path / "cluster.csv"
    ran = subprocess.run(
        command(parties, out, "--on", two_workers.master), env=env, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert out.read_bytes() == alone
    assert "WARN" not in ran.stderr
    assert "Warning" not in ran.stderr
    assert len(alone.splitlines()) > 5


@pytest.mark.slow
def test_workers_that_die_at_random_change_nothing(parties, env, alone, two_workers, tmp_path):
    chance, killed = random.Random(5), 0
    for attempt in range(4):
        out = tmp_path / f"{attempt}.csv"
        run = subprocess.Popen(
            command(parties, out, "--on", two_workers.master), env=env, stderr=subprocess.PIPE, text=True
        )
        for _ in range(5):
            while run.poll() is None and not two_workers.executors():  # Spark begins for seconds, and begins them anew
                time.sleep(0.1)
            time.sleep(chance.uniform(0.1, 2))
            if run.poll() is None and (there := two_workers.executors()):
                os.kill(chance.choice(there), signal.SIGKILL)
                killed += 1
        told = run.communicate(timeout=600)[1]
        if run.returncode:  # it may say that it was not done; what is missing is done by the next
            assert run.returncode == 2, told
            assert "--resume" in told
            more = ("--on", two_workers.master, "--resume")
            subprocess.run(command(parties, out, *more), env=env, check=True, capture_output=True)
        assert out.read_bytes() == alone
    print("killed", killed)  # noqa: T201 - shown where it is asked for
    assert killed > 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shadow", "said"),
    [
        ("__version__ = '0.0.1'\n", "Entrepot 0.0.1, here "),
        ("raise ImportError('none')\n", "no Entrepot in the Python of its workers"),
    ],
)
def test_a_worker_with_another_version_is_refused_before_work(parties, env, tmp_path, shadow, said):
    (tmp_path / "other" / "entrepot").mkdir(parents=True)
    (tmp_path / "other" / "entrepot" / "__init__.py").write_text(shadow, "utf-8")
    python = tmp_path / "python"  # the first worker has the right one, the second another
    python.write_text(
        f'#!/bin/sh\n[ -z "$OTHER_ENTREPOT" ] || export PYTHONPATH="$OTHER_ENTREPOT:$PYTHONPATH"\n'
        f'exec "{sys.executable}" "$@"\n',
        "utf-8",
    )
    python.chmod(0o755)
    with cluster(tmp_path) as made:
        made.add_worker()
        made.add_worker(OTHER_ENTREPOT=str(tmp_path / "other"))
        out = tmp_path / "out.csv"
        ran = subprocess.run(
            command(parties, out, "--on", made.master),
            env=env | {"PYSPARK_PYTHON": str(python)},
            check=False,
            capture_output=True,
            text=True,
        )
    assert ran.returncode == 2, ran.stderr
    assert said in ran.stderr
    assert not out.exists()


@pytest.mark.parametrize("master", ["", "spark:/host", "http://host:7077", "sc://host", "local[x]", "spark://a b"])
def test_what_is_no_address_of_a_cluster_is_refused(master):
    with pytest.raises(BadInputError, match="no address"):
        refuse_unknown_master(master)


def test_a_master_that_does_not_answer_is_named_at_once():
    with pytest.raises(BadInputError, match="no master of a cluster answers"):
        refuse_silent_master("spark://127.0.0.1:1,127.0.0.1:2")


def test_without_java_or_the_extra_one_line_says_so(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(BadInputError, match="Java runtime of version 17"):
        refuse_unknown_master("local[2]")
    monkeypatch.setattr("entrepot.core.runtime.extras.missing", lambda _extra: ["pyspark"])
    with pytest.raises(MissingExtraError, match="entrepot\\[spark\\]"):
        refuse_unknown_master("local[2]")


@pytest.fixture
def names(small):
    return searched(small, (), day_of(DAY))


def test_names_that_lie_in_no_file_travel_whole_and_a_changed_file_is_refused(names, tmp_path):
    sent, paths = sent_names(names, tmp_path)
    read = sent.read(lambda name: str(tmp_path / name))
    assert read.names.equals(names.names)
    assert read.sha256() == names.sha256()
    paths[0].write_bytes(paths[0].read_bytes()[:-1])
    with pytest.raises(LookupError, match="is not the file that was sent"):
        sent.read(lambda name: str(tmp_path / name))
    paths[0].unlink()
    assert "No such file" in not_as_sent(paths[0], "")


def test_a_part_travels_as_it_is(parties, names, small):
    run = run_screening(parties, small, as_of=DAY)
    batch = as_batch(list(run.parties.each())[:50])
    assert unpacked(packed(batch)).equals(batch)
    met = match(unpacked(packed(batch)), names, Terms(0.7, DAY))
    assert unpacked(packed(met)).equals(met)
    assert met.schema.names == list(MATCHES.names)


class Given:
    """Workers that give back what they are told to; in place of a cluster where only the order of parts is tried."""

    slots, hosts = 1, ("here",)

    def __init__(self, fails_at=None):
        self.asked, self.fails_at = [], fails_at

    def meet(self, parts):
        self.asked.append([n for n, _ in parts])
        if self.fails_at in self.asked[-1]:
            raise BadInputError("the cluster did not do its work")
        return {n: (b, [str(n)]) for n, b in parts}

    def stop_work(self):
        self.asked.append("stopped")

    def are_gone(self):
        return False


def spread(workers, monkeypatch, known=()):
    from contextlib import nullcontext

    monkeypatch.setattr(waves, "cluster", lambda *_: nullcontext(workers))
    monkeypatch.setattr(waves, "_PARTS_A_SLOT", 2)
    todo = (([], n in known) for n in range(9))
    return waves.spread_on_cluster(todo, "local", None, None, b"")


def test_parts_come_back_in_their_order_and_what_is_known_is_not_sent(monkeypatch):
    workers = Given()
    back = list(spread(workers, monkeypatch, known={0, 1, 5}))
    assert [made and made[1] for _, made in back] == [None, None, ["2"], ["3"], ["4"], None, ["6"], ["7"], ["8"]]
    assert sorted(n for wave in workers.asked[:-1] for n in wave) == [2, 3, 4, 6, 7, 8]


def test_what_came_back_before_a_failure_is_given(monkeypatch):
    workers, back = Given(fails_at=6), []

    def take():
        for _, made in spread(workers, monkeypatch):
            back.append(made[1])

    with pytest.raises(BadInputError):
        take()
    assert back == [["0"], ["1"], ["2"], ["3"], ["4"], ["5"]]
    assert "stopped" in workers.asked


def test_a_run_ends_where_no_worker_is_left(monkeypatch):
    workers = Given()
    workers.are_gone = lambda: True
    monkeypatch.setattr(waves, "_LOOK", 0.01)
    with pytest.raises(BadInputError, match="no worker of the cluster is left"):
        waves._waited(Future(), workers)


def test_the_reason_of_a_failure_is_its_last_own_line():
    text = "An error occurred\nTraceback (most recent call last):\n  File x\nOSError: No space left on device\n"
    assert on_cluster._reason(Exception(text)) == "OSError: No space left on device"
    assert on_cluster._reason(Exception("Caused by: java.io.IOException: gone\nmore")) == "java.io.IOException: gone"
    assert on_cluster._reason(Exception()) == "Exception"
