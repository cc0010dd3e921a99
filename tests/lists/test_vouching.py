"""What lies in a store vouches for itself: flips, lost databases, links, files of others, runs that are killed."""

from __future__ import annotations

import random
from datetime import date

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from entrepot.core import store
from entrepot.core.errors import StoreError, StoreLockedError
from entrepot.lists import search_set, shelf, versions
from entrepot.lists.vouching import version_files
from entrepot.vocabulary import identifiers

FLIPS = 150
DAY = date(2026, 6, 1)
ROWS = "entity_id,name,kind\n1,Kashgar Looms,company\n2,Yarkant Ginning,company\n3,Gulmira Tohti,person\n"


@pytest.fixture
def loaded(tmp_path):
    path = tmp_path / "own-2026-01-01.csv"
    path.write_text(ROWS, encoding="utf-8")
    versions.load(path, "own-x", tmp_path / "store")
    return tmp_path / "store"


def answers(folder):
    """All that a screening reads of the loaded lists."""
    (row,) = versions.known(folder)
    found = versions.opened(row, folder)
    return [t.to_pylist() for t in (found.entries, found.names, found.identifiers, found.documents)]


def flipped(path, rng):
    data = bytearray(path.read_bytes())
    at = rng.randrange(len(data) * 8)
    data[at // 8] ^= 1 << at % 8
    path.write_bytes(bytes(data))


def test_a_flipped_bit_of_a_version_is_found(loaded):
    (row,) = versions.held(loaded)
    before, place, rng = answers(loaded), version_files.home(loaded, row), random.Random(7)
    whole = {p: p.read_bytes() for p in place.iterdir()}
    assert len(whole) == 6
    for _ in range(FLIPS):
        path = rng.choice(sorted(whole))
        flipped(path, rng)
        with pytest.raises(StoreError, match="is not what was written"):
            answers(loaded)
        path.write_bytes(whole[path])
    assert answers(loaded) == before


def test_a_flipped_bit_of_what_is_kept_changes_no_answer(loaded):
    def searched():
        found = shelf.searched(loaded, (), DAY)
        return (
            found.names.to_pylist(),
            found.coverage,
            found.notes,
            found.index.search("Yarkant Ginning Mill", least=0.3),
        )

    before, rng = searched(), random.Random(8)
    kept = sorted((loaded / search_set.FOLDER).glob("*.arrow"))
    assert len(kept) == 2
    whole = {p: p.read_bytes() for p in kept}
    for _ in range(FLIPS // 5):  # each makes the names ready again
        path = rng.choice(kept)
        flipped(path, rng)
        assert searched() == before
        for p, data in whole.items():
            p.write_bytes(data)


def test_another_key_of_documents_is_found_though_the_names_are_kept(tmp_path):
    """What is kept holds hashes of numbers: under another key no number would meet them, and nobody would know."""
    path, folder = tmp_path / "own-2026-01-01.csv", tmp_path / "store"
    path.write_text("entity_id,name,passport_number\n1,Gulmira Tohti,E12345678\n", encoding="utf-8")
    versions.load(path, "own-x", folder)
    assert shelf.searched(folder, (), DAY).path
    key = folder / identifiers.KEY_FILE
    key.write_bytes(key.read_bytes()[:32])  # as an earlier release wrote it, without its name
    flipped(key, random.Random(9))
    with pytest.raises(StoreError, match="under another key"):
        shelf.searched(folder, (), DAY)
    key.unlink()
    with pytest.raises(StoreError, match="under another key"):
        shelf.searched(folder, (), DAY)
    assert not key.exists(), "a new key would be another"


def test_a_list_that_goes_and_comes_while_names_are_made_ready_is_searched(tmp_path, monkeypatch):
    """Names are kept under the versions that they were made of, whatever other runs do in between."""
    folder, days = tmp_path / "store", {}
    for name, text in (("own-a", "Kashgar Looms"), ("own-b", "Gulmira Tohti")):
        days[name] = tmp_path / f"{name}-2026-01-01.csv"
        days[name].write_text(f"entity_id,name\n1,{text}\n", encoding="utf-8")
        versions.load(days[name], name, folder)
    real = search_set.key_of

    def key_of(*given):
        monkeypatch.setattr(search_set, "key_of", real)
        found = real(*given)
        versions.remove("own-b", "2026-01-01", folder)
        return found

    monkeypatch.setattr(search_set, "key_of", key_of)
    assert "Gulmira Tohti" not in shelf.searched(folder, (), DAY).names.column("text").to_pylist()
    versions.load(days["own-b"], "own-b", folder)
    assert "Gulmira Tohti" in shelf.searched(folder, (), DAY).names.column("text").to_pylist()


def test_a_version_of_before_there_were_manifests_is_counted_and_adopted(loaded, tmp_path):
    (row,) = versions.held(loaded)
    before, place = answers(loaded), version_files.home(loaded, row)
    (place / version_files.MANIFEST).unlink()
    with store.opened(loaded) as con:
        con.execute("UPDATE list_versions SET manifest = NULL")
    assert answers(loaded) == before
    entries = (place / "entries.parquet").read_bytes()
    pq.write_table(pq.read_table(place / "entries.parquet").slice(1), place / "entries.parquet")
    with pytest.raises(StoreError, match="holds 2 rows, not 3"):
        answers(loaded)
    (place / "entries.parquet").write_bytes(entries)
    other = tmp_path / "own-2026-02-01.csv"
    other.write_text(ROWS + "4,Serik Nur,person\n", encoding="utf-8")
    versions.load(other, "own-x", loaded)
    assert all(r["manifest"] for r in versions.known(loaded))
    flipped(place / "entries.parquet", random.Random(9))
    with pytest.raises(StoreError, match=r"entries\.parquet is not what was written"):
        versions.opened(versions.held(loaded)[0], loaded)


def test_lists_that_the_database_does_not_name_stop_a_screening_and_stay(loaded, tmp_path):
    (row,) = versions.held(loaded)
    place = version_files.home(loaded, row)
    whole = {p.name: p.read_bytes() for p in place.iterdir()}
    (loaded / store.FILE).unlink()
    for _ in range(2):  # without a database, then with an empty one
        with pytest.raises(StoreError, match="database does not name") as caught:
            shelf.listings(loaded, (), DAY)
        assert "own-x 2026-01-01" in str(caught.value)
        assert "entrepot store repair" in str(caught.value)
        with store.opened(loaded):
            pass
    other = tmp_path / "own-2026-02-01.csv"
    other.write_text(ROWS, encoding="utf-8")
    versions.load(other, "own-x", loaded)
    assert {p.name: p.read_bytes() for p in place.iterdir()} == whole


def test_a_link_in_place_of_a_list_is_refused_and_nothing_behind_it_goes(loaded, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / ".2026-01-01-aaaaaaaaaaaa.part").mkdir()
    (theirs / ".2026-01-01-aaaaaaaaaaaa.part" / "letter.txt").write_text("theirs", encoding="utf-8")
    (loaded / "lists/own-y").symlink_to(theirs, target_is_directory=True)
    path = tmp_path / "own-2026-03-01.csv"
    path.write_text(ROWS, encoding="utf-8")
    with pytest.raises(StoreError, match="a link stands"):
        versions.load(path, "own-y", loaded)
    assert (theirs / ".2026-01-01-aaaaaaaaaaaa.part/letter.txt").read_text(encoding="utf-8") == "theirs"


def test_a_file_of_somebody_else_survives_removal_and_loading(loaded, tmp_path):
    (row,) = versions.held(loaded)
    place = version_files.home(loaded, row)
    (place / "my notes.txt").write_text("mine", encoding="utf-8")
    versions.remove("own-x", "2026-01-01", loaded)
    assert versions.known(loaded) == []
    path = tmp_path / "own-2026-03-01.csv"
    path.write_text(ROWS, encoding="utf-8")
    versions.load(path, "own-x", loaded)
    assert (version_files.hidden(place) / "my notes.txt").read_text(encoding="utf-8") == "mine"
    assert len(versions.known(loaded)) == 1


def test_a_folder_that_is_no_version_stops_nothing(loaded):
    for name in ("my notes", "2026-01-01-draft", "backup of 2026-01-01"):
        (loaded / "lists/own-x" / name).mkdir()
    (loaded / "lists/mine").mkdir()
    assert len(versions.known(loaded)) == 1


def test_nothing_is_removed_while_another_run_holds_the_store(loaded, monkeypatch):
    (row,) = versions.held(loaded)
    place = version_files.home(loaded, row)
    whole = {p.name: p.read_bytes() for p in place.iterdir()}
    monkeypatch.setitem(store.opened.__wrapped__.__kwdefaults__, "wait", 0.1)
    with FileLock(loaded / store.LOCK), pytest.raises(StoreLockedError, match="another run"):
        versions.remove("own-x", "2026-01-01", loaded)
    assert {p.name: p.read_bytes() for p in place.iterdir()} == whole
    assert len(versions.known(loaded)) == 1
