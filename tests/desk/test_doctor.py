"""What the doctor says of an installation holds against what is known of it from elsewhere."""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from importlib import metadata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from entrepot.core import store
from entrepot.core.migrations import migrations
from entrepot.desk import doctor
from entrepot.desk.doctor import checkup, fits, is_well
from entrepot.lists import versions

DAY = date(2026, 8, 1)


def seen(folder, topic, day=DAY):
    return {r["item"]: r for r in checkup(folder, day).to_pylist() if r["topic"] == topic}


def test_versions_are_those_that_are_installed(tmp_path):
    found = seen(tmp_path / "s", "package")
    assert found["polars"]["found"] == metadata.version("polars")
    assert {r["state"] for r in found.values()} == {"fine"}
    assert seen(tmp_path / "s", "version")["python"]["found"] == sys.version.split()[0].rstrip("+")


def test_a_missing_package_is_wrong_and_a_missing_extra_is_not(tmp_path, monkeypatch):
    def version(name):
        if name in {"polars", "pandas"}:
            raise metadata.PackageNotFoundError(name)
        return "0.1" if name == "duckdb" else "999"

    monkeypatch.setattr(doctor.metadata, "version", version)
    packages = seen(tmp_path / "s", "package")
    assert packages["polars"]["state"] == "wrong"
    assert packages["duckdb"]["state"] == "wrong"
    assert ">=2" in packages["duckdb"]["found"]
    assert seen(tmp_path / "s", "extra")["gravity: pandas"]["state"] == "note"
    found = checkup(tmp_path / "s", DAY)
    assert not is_well(found)
    states = found.column("state").to_pylist()
    assert states == sorted(states, reverse=True)  # wrong, note, fine


NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(lambda n: ".".join(map(str, n)))


@given(NUMBERS, st.lists(st.tuples(st.sampled_from([">=", "<=", "==", "<", ">"]), NUMBERS), max_size=3))
def test_bounds_are_read_as_packaging_reads_them(version, bounds):
    text = ",".join(sign + bound for sign, bound in bounds)
    assert fits(version, text) == (version in SpecifierSet(text))


def test_looking_makes_no_store(tmp_path):
    assert seen(tmp_path / "s", "store")["schema"]["state"] == "fine"
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_said_with_its_size_and_schema(tmp_path):
    with store.opened(tmp_path):
        pass
    found = seen(tmp_path, "store")
    assert found["schema"]["found"] == f"version {len(migrations())}"
    size = sum(f.stat().st_size for f in tmp_path.iterdir())
    assert found["size"]["found"] == f"{size:,} bytes"
    assert found["folder"]["found"] == str(tmp_path)


@pytest.mark.parametrize(("step", "state"), [(1, "wrong"), (-1, "note")])
def test_a_store_of_another_version_is_said_and_left(tmp_path, step, state):
    with store.opened(tmp_path) as con:
        con.execute("UPDATE store_version SET version = version + $step", {"step": step})
    before = (tmp_path / store.FILE).read_bytes()
    assert seen(tmp_path, "store")["schema"]["state"] == state
    assert set(seen(tmp_path, "list")) == set(seen(tmp_path / "none", "list"))
    assert (tmp_path / store.FILE).read_bytes() == before


def test_a_broken_store_is_wrong_with_what_to_do(tmp_path):
    (tmp_path / store.FILE).write_bytes(b"no database" * 5000)
    row = seen(tmp_path, "store")["schema"]
    assert row["state"] == "wrong"
    assert "store repair will move it away" in row["remedy"]


def test_a_folder_that_cannot_be_written_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, who runs the tests on some machines, may write anywhere
    assert seen(tmp_path / "s", "store")["folder"]["state"] == "wrong"


@pytest.mark.parametrize(("days", "state"), [(0, "fine"), (30, "fine"), (31, "note"), (400, "note")])
def test_a_loaded_list_grows_old(tmp_path, days, state):
    file = tmp_path / "mine.csv"
    file.write_text("name,country\nSomebody Else Ltd,PK\n")
    versions.load(file, "own-mine", tmp_path / "s", version=DAY.isoformat())
    row = seen(tmp_path / "s", "list", DAY + timedelta(days))[f"own-mine {DAY}"]
    assert row["state"] == state
    assert f"{days} days old" in row["found"]


def test_of_several_versions_the_newest_counts(tmp_path):
    for at, day in enumerate(("2024-01-01", "2026-07-30")):
        file = tmp_path / f"{at}.csv"
        file.write_text(f"name,country\nSomebody {at} Ltd,PK\n")
        versions.load(file, "own-mine", tmp_path / "s", version=day)
    assert [i for i in seen(tmp_path / "s", "list") if i.startswith("own-")] == ["own-mine 2026-07-30"]


def test_fonts_that_are_not_there_are_a_note(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    assert {r["state"] for r in seen(tmp_path / "s", "fonts").values()} == {"note"}


def test_a_list_of_ones_own_is_loaded_again_and_not_fetched(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text("name\nNordmole Spinnerei\n", encoding="utf-8")
    versions.load(path, "own-blocked", tmp_path / "s", version="2026-01-01")
    (row,) = (r for item, r in seen(tmp_path / "s", "list").items() if item.startswith("own-blocked"))
    assert row["remedy"] == "Newer: entrepot lists load FILE --as own-blocked."
