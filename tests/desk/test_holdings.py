"""What a store holds is said part by part, and a removal takes what it says and nothing else."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core import contract, store
from entrepot.core.errors import BadInputError, StoreLockedError, StoreVersionError, UnknownNameError
from entrepot.core.findings import FINDINGS, Ground, make, rows
from entrepot.core.migrations import migrations
from entrepot.core.store import emptying
from entrepot.core.store.access import is_writable
from entrepot.core.store.stocktaking import stock
from entrepot.desk import holdings
from entrepot.lists import versions

SECRET = "Anybody Trading of Nowhere"
OWN = """
INSERT INTO own_observations BY NAME
SELECT 'OWN1' AS id, 'k' AS place_id, 'K' AS place, 'crossing' AS place_type, 'road' AS mode, 'both' AS direction,
  'cargo' AS metric, 1.0 AS value, 't' AS unit, 1.0 AS value_norm, 't' AS unit_norm, 'exact' AS bound,
  'reported' AS status, 's' AS source_id, 'q' AS quality, '2026' AS known_on, 'published' AS known_on_basis,
  false AS reviewed, 'c-1' AS claim_id, 'r' AS report
"""

REPORT = """
'PAK' AS reporter, 'PAK' AS exporter, 'AFG' AS importer, 'export' AS flow, 'FOB' AS valuation, '11' AS product,
'unknown' AS hs_vintage, '2012' AS period, 'year' AS frequency, 'reported' AS status, 'a.csv' AS source_id
"""


def put(con, kind, row_id, words="w"):
    con.execute("INSERT INTO shown VALUES (?, ?, ?)", [row_id, kind, json.dumps({"party": words})])


@pytest.fixture
def full(tmp_path):
    """A store with findings, matches, a run, a row of one's own, a loaded list, and a clearance record beside them."""
    folder = tmp_path / "store"
    lines = "name,country\nSomebody Else Ltd,PK\n"
    (tmp_path / "mine.csv").write_text(lines)
    versions.load(tmp_path / "mine.csv", "own-mine", folder, version="2026-01-01")
    with store.opened(folder) as con:
        found = make(kind="number", subject="s", quantity="q", value=1.0, basis="b", grounds=[Ground("t", "r", "s-1")])
        store.keep(con, FINDINGS, contract.table(FINDINGS, rows([found])))
        put(con, "matches", "match-1", SECRET)
        put(con, "runs", "run-1")
        con.execute(OWN)
    (folder / "searched").mkdir()
    (folder / "searched" / "names-a.arrow").write_bytes(b"x" * 1000)
    (folder / "clearance.html").write_text("signed")
    return folder


def fates(folder):
    return {r["part"]: r["fate"] for r in holdings.holdings(folder).to_pylist()}


def test_each_part_is_said_with_its_fate(full):
    assert fates(full) == {
        "lists": "removed",
        "indexes": "removed",
        "findings": "removed",
        "runs": "stays unless named",
        "own_observations": "stays unless named",
        "clearance.html": "stays unless named",
    }
    rows = {r["part"]: r for r in holdings.holdings(full).to_pylist()}
    assert rows["findings"]["rows"] == 2  # the finding and the match
    assert rows["indexes"]["bytes"] == 1000
    assert rows["clearance.html"]["bytes"] == len("signed")


def test_the_key_that_signs_stays_unless_it_is_named(full):
    (full / "signing.key").write_text("-----BEGIN PRIVATE KEY-----")
    assert fates(full)["signing_key"] == "stays unless named"
    holdings.remove(holdings.planned(full))
    assert (full / "signing.key").exists()
    holdings.remove(holdings.planned(full, ("signing_key",)))
    assert not (full / "signing.key").exists()


def test_looking_makes_nothing(tmp_path):
    assert holdings.holdings(tmp_path / "none").num_rows == 0
    assert not stock(tmp_path / "none").there
    assert is_writable(tmp_path / "none" / "below")
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_made_again_goes_and_the_rest_stays(full):
    holdings.remove(holdings.planned(full))
    assert set(fates(full)) == {"runs", "own_observations", "clearance.html"}
    assert (full / "clearance.html").read_text() == "signed"
    assert versions.held(full) == []
    with store.opened(full) as con:
        assert con.execute("SELECT id FROM shown").fetchall() == [("run-1",)]
        assert con.execute("SELECT id FROM own_observations").fetchall() == [("OWN1",)]
        assert con.execute("SELECT count(*) FROM findings").fetchall() == [(0,)]
        assert con.execute("SELECT max(version) FROM store_version").fetchall() == [(len(migrations()),)]


def test_a_removed_row_cannot_be_dug_up(full):
    with duckdb.connect(str(full / store.FILE)) as con:
        con.execute("CHECKPOINT")
    assert SECRET.encode() in (full / store.FILE).read_bytes()
    holdings.remove(holdings.planned(full))
    left = [f for f in full.rglob("*") if f.is_file() and SECRET.encode() in f.read_bytes()]
    assert left == []


def test_what_is_named_goes_and_nothing_else(full):
    holdings.remove(holdings.planned(full, ("runs", "clearance.html")))
    assert set(fates(full)) == {"lists", "indexes", "findings", "own_observations"}
    assert not (full / "clearance.html").exists()
    assert [r["list_id"] for r in versions.held(full)] == ["own-mine"]
    assert versions.opened(versions.held(full)[0], full).entries.num_rows == 1


def test_when_all_is_named_the_folder_goes(full):
    holdings.remove(holdings.planned(full, tuple(fates(full))))
    assert not full.exists()


def test_a_part_that_is_not_there_is_refused(full):
    with pytest.raises(UnknownNameError) as caught:
        holdings.planned(full, ("finding",))
    assert "findings" in str(caught.value)
    with pytest.raises(BadInputError):
        holdings.planned(full / "none")


def test_a_table_of_a_later_room_stays(full):
    with store.opened(full) as con:
        con.execute("CREATE TABLE decisions (id VARCHAR)")
        con.execute("INSERT INTO decisions VALUES ('d-1')")
    assert fates(full)["decisions"] == "stays unless named"


def test_a_table_of_a_kind_that_is_shown_goes_with_the_findings(full):
    with store.opened(full) as con:
        con.execute("INSERT INTO mirror_reports BY NAME SELECT 'mirror-1' AS mirror_id, " + REPORT)
    assert "mirror_reports" not in fates(full)
    holdings.remove(holdings.planned(full))
    with store.opened(full) as con:
        assert con.execute("SELECT count(*) FROM mirror_reports").fetchall() == [(0,)]
        assert con.execute("SELECT count(*) FROM own_observations").fetchall() == [(1,)]


def test_a_file_called_as_a_part_is_not_that_part(full):
    (full / "runs").write_text("mine")
    holdings.remove(holdings.planned(full, ("runs",)))
    assert (full / "runs").read_text() == "mine"
    assert "./runs" in fates(full)


def test_a_newer_store_is_not_touched(full):
    with store.opened(full) as con:
        con.execute("INSERT INTO store_version VALUES (?)", [len(migrations()) + 1])
    before = (full / store.FILE).read_bytes()
    with pytest.raises(StoreVersionError):
        holdings.remove(holdings.planned(full))
    assert (full / store.FILE).read_bytes() == before
    assert (full / "lists").is_dir()


def test_a_store_in_use_is_not_touched(full):
    with FileLock(full / store.LOCK), pytest.raises(StoreLockedError):
        holdings.planned(full)
    plan = holdings.planned(full)
    with FileLock(full / store.LOCK), pytest.raises(StoreLockedError):
        emptying.empty(plan.folder, (), wait=0)


KINDS = ("matches", "claims", "runs")


@given(held=st.lists(st.sampled_from(KINDS), max_size=6), keep=st.sets(st.sampled_from(KINDS)))
@settings(max_examples=15)
def test_emptying_keeps_just_the_rows_named(held, keep):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "s"
        with store.opened(folder) as con:
            for at, kind in enumerate(held):
                put(con, kind, f"{kind}-{at}")
        emptying.empty(folder, {f"shown:{kind}" for kind in keep})
        wanted = sorted(f"{kind}-{at}" for at, kind in enumerate(held) if kind in keep)
        with store.opened(folder) as con:
            assert con.execute("SELECT id FROM shown ORDER BY id").fetchall() == [(w,) for w in wanted]
