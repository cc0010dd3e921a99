"""The store: a killed run leaves it as it was, an old one is migrated, a newer one is refused."""

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from entrepot.core import contract, store
from entrepot.core.errors import StoreError, StoreLockedError, StoreVersionError
from entrepot.core.findings import FINDINGS, GROUNDS, Ground, make, rows
from entrepot.core.migrations import migrations
from entrepot.lists.contract import LIST_VERSIONS
from entrepot.ownership.contract import OWNERSHIP_FILES, OWNERSHIP_LINKS, OWNERSHIP_PARTIES, VERDICT_LINKS
from entrepot.record.contract import OWN_OBSERVATIONS, OWN_SOURCES
from entrepot.sources.contract import RECORD_TABLES, RECORD_VERSIONS
from entrepot.tracing.balance.contract import SUPPLY_FAULT_ROWS
from entrepot.tracing.contract import EXPOSURE_LINKS, SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED
from entrepot.tracing.dossier.contract import DOSSIER_ROWS
from entrepot.tracing.parties.contract import SUPPLY_JOINS
from entrepot.tracing.supply.contract import (
    SUPPLY_DECLARATIONS,
    SUPPLY_FACILITIES,
    SUPPLY_LOTS,
    SUPPLY_PAPERS,
    SUPPLY_PAYMENTS,
    SUPPLY_RECIPES,
    SUPPLY_WITHDRAWN,
)
from entrepot.trade.contract import MIRROR_REPORTS, MIRRORED
from entrepot.trade.mirrors.mirror_tables import GAP_REASON, GAP_REPORTS


def _rows(value: float):
    found = make(kind="number", subject="s", quantity="q", value=value, basis="b", grounds=[Ground("t", "r", "s-1")])
    return contract.table(FINDINGS, rows([found]))


def _count(folder: Path) -> int:
    with store.opened(folder) as con:
        return con.execute("SELECT count(*) FROM findings").fetchall()[0][0]


def test_what_is_kept_is_there_again_and_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with store.opened(tmp_path) as con:
            store.keep(con, FINDINGS, _rows(1))
    assert _count(tmp_path) == 1


def test_an_error_rolls_all_back(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), store.opened(tmp_path) as con:  # noqa: PT012 - the change before the error
        store.keep(con, FINDINGS, _rows(1))
        raise RuntimeError
    assert _count(tmp_path) == 0


def test_a_store_of_version_one_is_migrated_with_its_rows(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / store.FILE)) as con:
        con.execute("CREATE TABLE store_version (version BIGINT NOT NULL)")
        con.execute(migrations()[0])
        con.execute("INSERT INTO store_version VALUES (1)")
        store.keep(con, FINDINGS, _rows(1))
    with store.opened(tmp_path) as con:
        assert con.execute("SELECT max(version) FROM store_version").fetchall() == [(len(migrations()),)]
        assert con.execute("SELECT count(*) FROM shown").fetchall() == [(0,)]
    assert _count(tmp_path) == 1


def test_the_migrations_end_where_the_contracts_are(tmp_path: Path) -> None:
    """A contract changed without a migration would give new stores another shape than old ones."""

    def shape(con: duckdb.DuckDBPyConnection) -> list[tuple]:
        return con.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_name <> 'store_version' ORDER BY table_name, ordinal_position"
        ).fetchall()

    with store.opened(tmp_path) as con:
        migrated = shape(con)
    with duckdb.connect(":memory:") as con:
        tracing = (SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED, EXPOSURE_LINKS)
        supply = (
            SUPPLY_DECLARATIONS,
            SUPPLY_LOTS,
            SUPPLY_WITHDRAWN,
            SUPPLY_FACILITIES,
            SUPPLY_RECIPES,
            SUPPLY_PAYMENTS,
            SUPPLY_PAPERS,
            SUPPLY_JOINS,
        )
        ownership = (OWNERSHIP_FILES, OWNERSHIP_PARTIES, OWNERSHIP_LINKS, VERDICT_LINKS)
        for one in (
            FINDINGS,
            GROUNDS,
            store.SHOWN,
            LIST_VERSIONS,
            OWN_OBSERVATIONS,
            OWN_SOURCES,
            RECORD_TABLES,
            RECORD_VERSIONS,
            MIRRORED,
            MIRROR_REPORTS,
            GAP_REASON,
            GAP_REPORTS,
            *ownership,
            *tracing,
            *supply,
            SUPPLY_FAULT_ROWS,
            DOSSIER_ROWS,
        ):
            con.execute(contract.ddl(one))
        assert migrated == shape(con)


def test_a_newer_store_is_refused_and_untouched(tmp_path: Path) -> None:
    with store.opened(tmp_path) as con:
        con.execute("INSERT INTO store_version VALUES (999)")
    with pytest.raises(StoreVersionError, match="Update Entrepot"), store.opened(tmp_path):
        pass


def test_a_held_store_is_a_clear_error(tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / store.LOCK),
        pytest.raises(StoreLockedError, match="another run"),
        store.opened(tmp_path, wait=0.1),
    ):
        pass


def test_a_file_that_is_no_store_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_bytes(b"not a database")
    with pytest.raises(StoreError, match="cannot use the store"), store.opened(tmp_path):
        pass


def test_a_killed_run_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    with store.opened(tmp_path) as con:
        store.keep(con, FINDINGS, _rows(1))
    script = textwrap.dedent(
        f"""
        import os, pathlib
        from entrepot.core import store
        with store.opened(pathlib.Path({str(tmp_path)!r})) as con:
            con.execute("DELETE FROM findings")
            os.kill(os.getpid(), 9)
        """
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=False, timeout=60)
    assert done.returncode == -9
    assert _count(tmp_path) == 1


def test_the_place_is_the_option_then_the_setting_then_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTREPOT_STORE", str(tmp_path / "env"))
    assert store.location(str(tmp_path / "given")) == tmp_path / "given"
    assert store.location() == tmp_path / "env"
    monkeypatch.delenv("ENTREPOT_STORE")
    assert store.location().name == "entrepot"


def test_what_a_full_disk_left_of_a_new_store_is_made_anew(tmp_path):
    for left in (b"", bytes(4_096)):
        (tmp_path / store.FILE).write_bytes(left)
        (tmp_path / f".{store.FILE}.part").write_bytes(b"half")
        with store.opened(tmp_path) as con:
            assert con.sql("SELECT count(*) FROM shown").fetchall() == [(0,)]
        assert not (tmp_path / f".{store.FILE}.part").exists()
        (tmp_path / store.FILE).unlink()


def test_a_store_that_cannot_be_made_leaves_nothing_in_its_place(tmp_path, monkeypatch):
    import duckdb

    def full(*_):
        raise duckdb.IOException("no space left on device")

    monkeypatch.setattr(store, "migrations", full)
    with pytest.raises(StoreError, match="no space left"), store.opened(tmp_path):
        pass
    assert not (tmp_path / store.FILE).exists()
    monkeypatch.undo()
    with store.opened(tmp_path):
        pass


def test_a_broken_store_says_what_can_be_done(tmp_path):
    (tmp_path / store.FILE).write_bytes(b"x" * 20_000)
    with pytest.raises(StoreError, match="store repair will move it away"), store.opened(tmp_path):
        pass


def test_a_folder_that_may_not_be_looked_into_is_said(tmp_path, monkeypatch):
    """As the system says it to another user than the one who made the folder."""

    def refused(path, **options):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refused)
    with pytest.raises(StoreError, match=r"cannot use the store .*Permission denied"):
        store.is_there(tmp_path)


def test_an_interrupt_while_a_store_is_first_made_leaves_nothing_of_it(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "migrations", interrupted)
    with pytest.raises(KeyboardInterrupt), store.opened(tmp_path / "store"):
        pass
    assert not [p for p in (tmp_path / "store").iterdir() if "duckdb" in p.name]
