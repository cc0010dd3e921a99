"""A kind of row is shown, kept and explained by its one entry in its room."""

import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from entrepot.core import shown, store
from entrepot.core.contract import Column, Contract
from entrepot.core.migrations import migrations
from entrepot.core.shown import Shown, kinds
from entrepot.desk.desk import Desk
from entrepot.record.look_up import explanations
from entrepot.sources.explanation import explain_row, text

STORES = Path(__file__).parent / "stores"
TOLLS = Contract("tolls", "Tolls of an invented room.", ("toll_id",), (Column("toll_id", "text", "the toll"),))


@pytest.fixture
def tolls(monkeypatch):
    """A room of its own, with one entry and the function that it names."""
    room = ModuleType("invented_room")
    room.explain = lambda row, look: explain_row("tolls", row["toll_id"], row, "By hand.", look.sources)
    monkeypatch.setitem(sys.modules, "invented_room", room)
    kind = Shown(TOLLS, "toll_id", "invented_room:explain", "a toll (t-…)")
    monkeypatch.setattr("entrepot.record.look_up.kinds", lambda: {**kinds(), "tolls": kind})
    return kind


def test_a_new_kind_is_kept_and_explained_by_its_entry_alone(tolls, tmp_path):
    with store.opened(tmp_path) as con:
        store.keep_shown(con, tolls.kind, tolls.key, pa.table({"toll_id": ["t-1"]}))
    (found,) = explanations("t-1", tmp_path)
    assert found.kind == "tolls"
    assert "By hand." in text(found)


def test_every_room_with_something_to_show_is_met():
    assert {"findings", "matches", "claims", "own_observations", "signals"} <= set(kinds())
    for kind in kinds().values():
        assert kind.key in kind.contract.names
        module, _, name = kind.explain.partition(":")
        assert callable(getattr(__import__(module, fromlist=[name]), name))


def test_core_names_no_room():
    core = Path(shown.__file__).parent
    rooms = {p.name for p in core.parent.iterdir() if p.is_dir() and p.name not in {"core", "__pycache__"}}
    for file in (core / "shown.py", *(core / "store").glob("*.py"), core / "migrations" / "__init__.py"):
        for room in rooms:
            assert f"entrepot.{room}" not in file.read_text(encoding="utf-8"), file


def test_migrations_are_numbered_without_a_gap():
    assert len(migrations()) == len(list(Path(shown.__file__).parents[1].rglob("migrations/*.sql")))
    assert all(sql.strip() for sql in migrations())


def test_a_store_of_the_release_before_is_read_whole(tmp_path):
    with tarfile.open(STORES / "before-0012.tar.gz") as packed:
        packed.extractall(tmp_path, filter="data")
    desk = Desk(store=tmp_path / "store")
    assert "own-blocked" in desk.lists().table.column("list_id").to_pylist()
    own = desk.record("own_observations").to_pylist()
    assert len(own) == 2
    assert desk.explain(own[0]["id"])[0].kind == "own_observations"
    with store.opened(tmp_path / "store") as con:
        kept = con.sql("SELECT kind, min(id) FROM shown GROUP BY kind").fetchall()
        findings = con.sql("SELECT min(id), count(*) FROM findings").fetchall()
    assert {kind for kind, _ in kept} == {"matches", "claims", "runs"}
    ids = [i for kind, i in kept if kind != "runs"] + [findings[0][0]]
    assert {desk.explain(i)[0].kind for i in ids} == {"match", "claim", "finding"}
    (match,) = desk.explain(dict(kept)["matches"])
    # what it says is still what its id is the hash of, though another rule would score it now
    assert any("id is the hash" in check for check in match.checks)
