"""Reads that belong together: of one state of the store, opened once for them, with writers kept out meanwhile."""

import threading
from pathlib import Path

import duckdb
import pytest
from tests.core.test_many_read import begun, put, values

from entrepot.core import store
from entrepot.core.errors import StoreLockedError
from entrepot.core.store import store_reading
from entrepot.core.store.store_reading import in_one_reading, reading, reads_together

pytest.importorskip("fcntl", reason="readers share a lock of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with store.opened(tmp_path / "store") as con:
        put(con, 1)
    return tmp_path / "store"


def test_what_is_read_together_is_of_one_state_and_a_writer_waits(place: Path) -> None:
    wrote = threading.Event()

    def write() -> None:
        with store.opened(place) as con:
            put(con, 2)
        wrote.set()

    writer = threading.Thread(target=write)
    with reads_together(place):
        with reading(place) as con:
            assert values(con) == [1]
        writer.start()
        assert not wrote.wait(0.3)
        with reading(place) as con:  # beside a writer who waits already
            assert values(con) == [1]
    writer.join(60)
    with reading(place) as con:
        assert values(con) == [1, 2]


def test_another_process_reads_beside_it(place: Path) -> None:
    script = """
    with reading(place) as con:
        print("in", flush=True)
        sys.stdin.read()
    """
    with reads_together(place), begun(script, place):
        pass


def test_the_database_is_opened_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_in_all = []
    connected = store_reading.connected

    def counted(folder: Path, wait: float = 0) -> duckdb.DuckDBPyConnection:
        con = connected(folder, wait)
        open_in_all.append(con)
        return con

    monkeypatch.setattr(store_reading, "connected", counted)
    ids = []
    with reads_together(place):
        for _ in range(3):
            with reading(place) as con:
                # One instance of the database: what one connection of it is told, the others know.
                ids.append(con.execute("SELECT current_setting('threads')").fetchall())
                con.execute("SET GLOBAL threads = 3")
    assert len(open_in_all) == 4
    assert [t for ((t,),) in ids[1:]] == [3, 3]


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    with reads_together(tmp_path / "store"):
        assert not (tmp_path / "store").exists()
    assert not (tmp_path / "store").exists()


def test_a_log_of_a_killed_run_is_worked_in_by_the_reader(place: Path) -> None:
    killed = """
    con = store._connected(place, 1)
    con.execute("UPDATE findings SET value = 7")
    con.execute("SET threads = 1")
    print("in", flush=True)
    os._exit(9)
    """
    with begun(killed, place) as run:
        run.wait(60)
    assert (place / f"{store.FILE}.wal").exists()
    with reads_together(place), reading(place) as con:
        assert values(con) == [7]


def test_one_that_another_run_writes_to_is_waited_for_and_refused(place: Path) -> None:
    script = """
    with store.opened(place) as con:
        print("in", flush=True)
        sys.stdin.read()
    """
    with begun(script, place), pytest.raises(StoreLockedError), reads_together(place, wait=0.2):
        pass


def test_what_a_function_reads_is_read_together(place: Path) -> None:
    @in_one_reading
    def both(folder: Path, more: int, *, again: int) -> tuple[list[float], int]:
        """What is said of it."""
        with reading(folder) as con:
            return values(con), more + again

    assert both(place, 1, again=2) == ([1], 3)
    assert both.__doc__ == "What is said of it."
