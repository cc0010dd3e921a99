"""A store that many read and one writes: readers do not wait for each other, a writer who waits is the next."""

import errno
import os
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from entrepot.core import contract, store
from entrepot.core.errors import StoreError, StoreLockedError
from entrepot.core.findings import FINDINGS, Ground, make, rows
from entrepot.core.migrations import migrations
from entrepot.core.store.store_reading import reading, unwritten

fcntl = pytest.importorskip("fcntl", reason="readers share a lock of POSIX")

SOURCE = Path(store.__file__).parents[3]
LONG = 120  # seconds: of what is sure to come, on whatever machine
LOG = f"{store.FILE}.wal"


def put(con: duckdb.DuckDBPyConnection, value: float) -> None:
    found = make(kind="number", subject="s", quantity="q", value=value, basis="b", grounds=[Ground("t", "r", "s-1")])
    store.keep(con, FINDINGS, contract.table(FINDINGS, rows([found])))


def values(con: duckdb.DuckDBPyConnection) -> list[float]:
    return [float(v) for (v,) in con.execute("SELECT value FROM findings ORDER BY value").fetchall()]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store with one finding."""
    with store.opened(tmp_path / "store") as con:
        put(con, 1)
    return tmp_path / "store"


@contextmanager
def begun(script: str, *words: object):
    """A process that said that it is in; it goes on when its standard input ends."""
    head = "import os, sys\nfrom pathlib import Path\nfrom entrepot.core import store\n"
    head += "from entrepot.core.store.store_reading import reading, unwritten\nplace = Path(sys.argv[1])\n"
    run = subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(script), *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert run.stdin is not None
    assert run.stdout is not None
    with run:
        try:
            assert run.stdout.readline() == b"in\n"
            yield run
        finally:
            run.stdin.close()


READER = """
with reading(place) as con:
    print("in", flush=True)
    sys.stdin.read()
    print(con.execute("SELECT count(*) FROM findings").fetchall()[0][0], flush=True)
"""
WRITER = """
with store.opened(place) as con:
    con.execute("DELETE FROM findings")
    print("in", flush=True)
    sys.stdin.read()
"""


def is_next(place: Path) -> bool:
    """Whether a writer waits for those who read."""
    at = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(at, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(at)
    return False


@contextmanager
def writer_waiting(place: Path, value: float):
    """A thread that waits to put a finding into a store that is read; gives how it ended."""

    def write() -> None:
        with store.opened(place, wait=LONG) as con:
            put(con, value)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write)
        while not is_next(place):
            assert not done.done(), done.exception()
        yield done


def test_many_threads_read_at_once(place: Path) -> None:
    """None leaves before all are in: where they waited for each other the barrier would break."""
    together = threading.Barrier(8)

    def read(_: int) -> list[float]:
        with reading(place) as con:
            together.wait(LONG)
            return values(con)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(8))) == [[1.0]] * 8


def test_many_processes_read_at_once(place: Path) -> None:
    with begun(READER, place) as first, begun(READER, place) as second, reading(place, wait=0) as con:
        assert values(con) == [1.0]
        assert first.communicate(timeout=LONG)[0] == second.communicate(timeout=LONG)[0] == b"1\n"


def test_who_reads_writes_nothing(place: Path) -> None:
    def looked_at() -> dict[str, tuple[int, int]]:
        return {p.name: (p.stat().st_size, p.stat().st_mtime_ns) for p in place.iterdir()}

    before = looked_at()
    with reading(place) as con:
        assert looked_at() == before
        with pytest.raises(StoreError, match="read-only"), reading(place) as beside:
            beside.execute("DELETE FROM findings")
        assert values(con) == [1.0]
    assert looked_at() == before


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_reader_waits_for_a_writer(place: Path, *, elsewhere: bool) -> None:
    """In one process too, where DuckDB opens a database to read only or to write, and never both."""

    def read(wait: float) -> list[float]:
        with reading(place, wait=wait) as con:
            return values(con)

    with ThreadPoolExecutor(1) as pool:
        with begun(WRITER, place) if elsewhere else store.opened(place) as con:
            if not elsewhere:
                con.execute("DELETE FROM findings")
            with pytest.raises(StoreLockedError, match="another run holds the store"):
                pool.submit(read, 0).result(LONG)
            waiting = pool.submit(read, LONG)
        assert waiting.result(LONG) == []


def test_a_writer_waits_for_all_who_read(place: Path) -> None:
    with ThreadPoolExecutor(1) as pool, reading(place) as con, begun(READER, place) as other:
        with pytest.raises(StoreLockedError, match="another run holds the store"), store.opened(place, wait=0):
            pass
        assert not is_next(place), "who gave up is in nobody's way"
        assert pool.submit(values, con).result(LONG) == [1.0]
        other.communicate(timeout=LONG)
    with store.opened(place, wait=0) as con:
        put(con, 2)


def test_who_comes_to_read_waits_behind_a_writer_who_waits(place: Path) -> None:
    """Else readers who come one upon the other would keep the writer out for ever."""
    with Holding(reading(place)) as first, writer_waiting(place, 2) as done:
        with ThreadPoolExecutor(1) as pool:
            for read in (reading, unwritten):
                held = pool.submit(lambda read=read: read(place, wait=0).__enter__())
                assert isinstance(held.exception(LONG), StoreLockedError), read.__name__
        assert not done.done()
        first.close()
        done.result(LONG)
    with reading(place) as con:
        assert values(con) == [1.0, 2.0]


def test_a_writer_gets_in_while_readers_keep_coming(place: Path) -> None:
    """Six threads read for as long as it takes; there is hardly a moment in which none does."""
    is_written, read, full = threading.Event(), [], threading.Barrier(7)

    def keep_reading() -> None:
        with reading(place):
            full.wait(LONG)
        while not is_written.is_set():
            with reading(place, wait=LONG) as con:
                read.append(values(con))
                is_written.wait(0.05)

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(keep_reading) for _ in range(6)]
        full.wait(LONG)
        try:
            with store.opened(place, wait=LONG) as con:
                put(con, 2)
        finally:
            is_written.set()
        for one in readers:
            one.result(LONG)
    assert [1.0, 2.0] in [*read, *_read_again(place)]
    assert all(one in ([1.0], [1.0, 2.0]) for one in read)


def _read_again(place: Path) -> list[list[float]]:
    with reading(place) as con:
        return [values(con)]


def test_who_reads_already_may_read_again_while_a_writer_waits(place: Path) -> None:
    """Behind the writer, who waits for them, they would wait for ever."""
    with Holding(reading(place)) as first, writer_waiting(place, 2) as done:
        with reading(place, wait=0) as con:
            assert values(con) == [1.0]
        first.close()
        done.result(LONG)


def test_a_killed_reader_leaves_nothing(place: Path) -> None:
    before = sorted(p.name for p in place.iterdir())
    with begun(READER, place) as run:
        run.kill()
        run.wait(LONG)
    assert sorted(p.name for p in place.iterdir()) == before
    with store.opened(place, wait=0) as con:
        assert values(con) == [1.0]


def test_a_killed_writer_who_waited_is_in_nobodys_way(place: Path) -> None:
    script = 'print("in", flush=True)\nwith store.opened(place, wait=1000):\n    pass\n'
    with reading(place):
        with begun(script, place) as run:
            while not is_next(place):
                assert run.poll() is None
            run.kill()
            run.wait(LONG)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(_read_again, place).result(LONG) == [[1.0]]


def test_after_a_killed_writer_the_last_committed_state_is_read(place: Path) -> None:
    with begun(WRITER, place) as run:
        run.kill()
        run.wait(LONG)
    assert _read_again(place) == [[1.0]]


def test_what_a_killed_writer_committed_is_read_and_worked_in_once(place: Path) -> None:
    script = """
    with store.opened(place) as con:
        con.execute("UPDATE findings SET value = '2'")
        con.commit()
        print("in", flush=True)
        os.kill(os.getpid(), 9)
    """
    with begun(script, place) as run:
        run.wait(LONG)
    assert (place / LOG).stat().st_size
    with reading(place) as con:
        assert values(con) == [2.0]
    assert not (place / LOG).exists()
    with begun(READER, place), reading(place, wait=0) as con:
        assert values(con) == [2.0]


def test_an_old_store_is_migrated_by_who_reads_it_first(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / store.FILE)) as con:
        con.execute("CREATE TABLE store_version (version BIGINT NOT NULL)")
        con.execute(migrations()[0])
        con.execute("INSERT INTO store_version VALUES (1)")
        put(con, 3)
    together = threading.Barrier(4)

    def read(_: int) -> tuple[list[float], int]:
        with reading(tmp_path, wait=LONG):
            pass
        together.wait(LONG)
        with reading(tmp_path, wait=LONG) as con:
            together.wait(LONG)
            return values(con), store.version_of(con)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, range(4))) == [([3.0], len(migrations()))] * 4


def test_a_store_that_is_not_there_is_made_and_a_database_of_another_program_becomes_one(tmp_path: Path) -> None:
    with reading(tmp_path / "new") as con:
        assert values(con) == []
    with duckdb.connect(str(tmp_path / store.FILE)) as con:
        con.execute("CREATE TABLE theirs AS SELECT 1")
    with reading(tmp_path) as con:
        assert values(con) == []


@pytest.mark.parametrize("which", ["no fcntl", errno.ENOLCK, errno.EOPNOTSUPP])
def test_without_locks_to_share_readers_take_turns(place: Path, monkeypatch: pytest.MonkeyPatch, which) -> None:
    """As on Windows, and where a file system has no such locks: then the lock of writers is all that all know of."""
    real = fcntl.flock

    def flock(at: int, kind: int) -> None:
        if kind & fcntl.LOCK_SH or Path(f"/proc/self/fd/{at}").readlink() == place:
            raise OSError(which, os.strerror(which))
        real(at, kind)

    if isinstance(which, int):
        if not Path("/proc/self/fd").exists():
            pytest.skip("what is locked cannot be told here")
        monkeypatch.setattr(fcntl, "flock", flock)
    else:
        monkeypatch.setitem(sys.modules, "fcntl", None)
    with reading(place) as con:
        assert values(con) == [1.0]
        with ThreadPoolExecutor(1) as pool:
            refused = pool.submit(lambda: reading(place, wait=0).__enter__()).exception(LONG)
        assert isinstance(refused, StoreLockedError)
    with store.opened(place, wait=0) as con:
        put(con, 2)
    assert _read_again(place) == [[1.0, 2.0]]


def test_a_lock_file_that_is_removed_meanwhile_keeps_nobody_out_and_is_not_trusted(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def flock(at: int, kind: int) -> None:
        real(at, kind)
        if kind & fcntl.LOCK_SH and os.fstat(at).st_ino == gone:
            (place / store.LOCK).unlink(missing_ok=True)

    gone = (place / store.LOCK).stat().st_ino
    monkeypatch.setattr(fcntl, "flock", flock)
    with unwritten(place) as keeps_out:
        assert not keeps_out
    with reading(place) as con:
        assert values(con) == [1.0]
        assert (place / store.LOCK).exists(), "it was had alone, with a lock file of its own"


def test_a_fork_takes_no_lock_along_and_ends_none(place: Path) -> None:
    """One that lives on holds nothing once its parent has left; one that leaves first lets nobody in."""
    script = """
    held = unwritten(place)
    held.__enter__()
    leaves = os.fork()
    if not leaves:
        held.__exit__(None, None, None)
        os._exit(0)
    os.waitpid(leaves, 0)
    shut = os.pipe()
    stays = os.fork()
    if not stays:
        os.close(shut[1])
        os.read(shut[0], 1)
        os._exit(0)
    print("in", flush=True)
    sys.stdin.read()
    held.__exit__(None, None, None)
    try:
        with store.locked(place, wait=0):
            print("free", flush=True)
    finally:
        os.close(shut[1])
        os.waitpid(stays, 0)
    """
    with begun(script, place) as run:
        with pytest.raises(StoreLockedError), store.locked(place, wait=0):
            pass
        assert run.communicate(timeout=LONG)[0] == b"free\n"


def test_rows_half_read_keep_a_writer_out_with_a_sentence(place: Path) -> None:
    with reading(place) as con:
        batches = con.sql("SELECT * FROM findings").to_arrow_reader(1)
    with pytest.raises(StoreLockedError, match="another run holds the store"), store.opened(place, wait=0):
        pass
    del batches
    with store.opened(place, wait=0) as con:
        put(con, 2)


def test_writers_of_an_older_release_and_readers_keep_each_other_out(place: Path) -> None:
    """They hold the lock file alone and look at no folder."""
    with FileLock(place / store.LOCK), pytest.raises(StoreLockedError), reading(place, wait=0):
        pass
    with reading(place):
        lock = FileLock(place / store.LOCK, timeout=0)
        with pytest.raises(TimeoutError):
            lock.acquire()


class Holding:
    """Holds what is entered until it is closed, once."""

    def __init__(self, held) -> None:
        self.held = held

    def __enter__(self):
        self.con = self.held.__enter__()
        self.is_open = True
        return self

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self.held.__exit__(None, None, None)

    def __exit__(self, *_: object) -> None:
        self.close()
