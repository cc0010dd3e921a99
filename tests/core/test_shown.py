"""A kind of row is shown, kept and explained by its one entry in its room."""

import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core import shown, store
from entrepot.core.contract import Column, Contract
from entrepot.core.findings import Ground, make
from entrepot.core.migrations import migrations
from entrepot.core.shown import Shown, Stated, kinds, row_id
from entrepot.desk.desk import Desk
from entrepot.record.look_up import explanations
from entrepot.sources.explanation import explain_row, text
from entrepot.sources.register import unregistered

STORES = Path(__file__).parent / "stores"
TOLLS = Contract("tolls", "Tolls of an invented room.", ("toll_id",), (Column("toll_id", "text", "the toll"),))


@pytest.fixture
def tolls(monkeypatch):
    """A room of its own, with one entry and the function that it names."""
    room = ModuleType("invented_room")
    room.explain = lambda row, look: explain_row("tolls", row["toll_id"], row, "By hand.", look.sources)
    monkeypatch.setitem(sys.modules, "invented_room", room)
    kind = Shown(TOLLS, "toll_id", "a toll (t-…)", "invented_room:explain")
    monkeypatch.setattr("entrepot.record.look_up.kinds", lambda: {**kinds(), "tolls": kind})
    return kind


def test_a_new_kind_is_kept_and_explained_by_its_entry_alone(tolls, tmp_path):
    with store.opened(tmp_path) as con:
        store.keep_shown(con, tolls.kind, tolls.key, pa.table({"toll_id": ["t-1"]}))
    (found,) = explanations("t-1", tmp_path)
    assert found.kind == "tolls"
    assert "By hand." in text(found)


def test_every_room_with_something_to_show_is_met():
    old = {"findings", "matches", "claims", "own_observations", "signals"}
    assert old | {"mirrored", "replications", "deadlines"} <= set(kinds())
    for kind in kinds().values():
        assert kind.key in kind.contract.names
        assert kind.explain or kind.finding
        for path in filter(None, (kind.explain, kind.finding)):
            module, _, name = path.partition(":")
            assert callable(getattr(__import__(module, fromlist=[name]), name))


def test_a_kind_without_a_function_is_explained_by_its_finding(tolls, monkeypatch, tmp_path):
    def finding(row, look):
        grounds = [Ground("O", "O0001", "s-1"), Ground("slips", "1", "my.csv"), Ground("slips", "2", "my.csv")]
        made = make(kind="text", subject="toll", quantity="words", value="w", basis="By its finding.", grounds=grounds)
        return Stated(made, {("slips", "1"): {"slip": "1"}}, {"my.csv": unregistered("my.csv")})

    sys.modules["invented_room"].finding = finding
    kind = Shown(TOLLS, "toll_id", "a toll (t-…)", finding="invented_room:finding")
    monkeypatch.setattr("entrepot.record.look_up.kinds", lambda: {**kinds(), "tolls": kind})
    with store.opened(tmp_path) as con:
        store.keep_shown(con, kind.kind, kind.key, pa.table({"toll_id": ["t-1"]}))
    (found,) = explanations("t-1", tmp_path)
    assert (found.id, found.kind, found.rule) == ("t-1", "tolls", "By its finding.")
    assert found.rows == (("slips", {"slip": "1"}),)
    assert found.lost == ("O/O0001", "slips/2")
    assert "my.csv, a file of your own, registered nowhere  (no citable address)" in text(found)


@given(st.floats(1, 9), st.integers(-8, 8), st.floats(-1e-9, 1e-9))
def test_the_last_digits_of_an_estimate_are_not_in_an_id(value, power, error):
    """Six digits of an estimate name it: what a machine's order of adding changes, some 1e-16 of it, does not."""
    value = float(f"{value:.5g}") * 10.0**power
    first, again = ({"a": v, "b": 1.5, "c": None} for v in (value, value * (1 + error)))
    assert row_id("x", first, estimates=("a",)) == row_id("x", again, estimates=("a",))
    assert row_id("x", first | {"b": 1.50000001}, estimates=("a",)) != row_id("x", first, estimates=("a",))
    assert row_id("x", first, ["k"]) != row_id("x", first)


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
