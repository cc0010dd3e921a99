"""A store is checked part by part, mended where that can be, saved and put back."""

from __future__ import annotations

import io
import json
import random
import shutil
import stat
import tarfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreError, UnreadableFileError
from entrepot.core.store import archive
from entrepot.core.store.signing_key import KEY_FILE, signing_key
from entrepot.desk.store_check import store_check, store_repair
from entrepot.lists import versions
from entrepot.lists.vouching import version_files
from entrepot.vocabulary import identifiers

ROWS = "entity_id,name\n1,Kashgar Looms\n2,Yarkant Ginning\n"


def listed(folder, *days):
    for day in days:
        path = folder / f"own-{day}.csv"
        path.write_text(f"{ROWS}3,{day} Works\n", encoding="utf-8")
        versions.load(path, "own-x", folder / "store")
    return folder / "store"


@pytest.fixture
def folder(tmp_path):
    return listed(tmp_path, "2026-01-01", "2026-02-01")


def states(folder):
    return {r["part"]: r["state"] for r in store_check(folder).to_pylist()}


WHOLE = {"database": "fine", "own-x 2026-01-01": "fine", "own-x 2026-02-01": "fine"}


def test_a_whole_store_is_fine_and_none_has_no_rows(folder, tmp_path):
    assert states(folder) == WHOLE
    assert store_check(tmp_path / "none").num_rows == 0
    assert store_repair(tmp_path / "none").num_rows == 0
    assert not (tmp_path / "none").exists()


def test_lists_are_named_again_after_their_database_is_lost(folder):
    rows = versions.held(folder)
    (folder / store.FILE).unlink()
    assert set(states(folder).values()) == {"wrong"}
    assert store_repair(folder).column("state").to_pylist() == ["fine"] * 3
    assert versions.held(folder) == rows


def test_a_database_that_is_broken_is_moved_aside(folder):
    rows, path = versions.held(folder), folder / store.FILE
    data = bytearray(path.read_bytes())
    data[12_288:] = random.Random(1).randbytes(len(data) - 12_288)
    path.write_bytes(data)
    assert states(folder)["database"] == "wrong"
    after = {r["part"]: r["state"] for r in store_repair(folder).to_pylist()}
    assert {k: v for k, v in after.items() if "broken" not in k} == WHOLE
    assert [v for k, v in after.items() if "broken" in k] == ["note"]
    assert versions.held(folder) == rows
    assert next(folder.glob(f"{store.FILE}.broken-*")).read_bytes() == data


def test_a_broken_version_stays_wrong_and_says_what_to_do(folder):
    place = version_files.home(folder, versions.held(folder)[0])
    (place / "entry_names.parquet").write_bytes(b"PAR1")
    first = store_repair(folder).to_pylist()[0]
    assert (first["part"], first["state"]) == ("own-x 2026-01-01", "wrong")
    assert "entrepot lists remove own-x 2026-01-01" in first["remedy"]


def test_a_stray_version_that_was_changed_is_not_named_again(folder):
    place = version_files.home(folder, versions.held(folder)[0])
    (folder / store.FILE).unlink()
    (place / "entries.parquet").write_bytes((place / "entries.parquet").read_bytes()[:-1])
    store_repair(folder)
    assert [r["version"] for r in versions.held(folder)] == ["2026-02-01"]
    assert place.is_dir()


def test_what_comes_back_is_what_went_in(folder, tmp_path):
    out, back = tmp_path / "a.tar", tmp_path / "back"
    names = archive.backup(folder, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert archive.restore(out, back) == names
    assert {n: (back / n).read_bytes() for n in names} == {n: (folder / n).read_bytes() for n in names}
    assert states(back) == WHOLE
    assert versions.held(back) == versions.held(folder)


def test_nobody_else_can_read_an_archive_while_it_is_written(folder, tmp_path, monkeypatch):
    modes = []
    real = Path.replace

    def replace(self, target):
        modes.append(stat.S_IMODE(self.stat().st_mode))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    archive.backup(folder, tmp_path / "a.tar")
    assert modes == [0o600]


def test_an_archive_goes_back_into_an_empty_folder_only(folder, tmp_path):
    archive.backup(folder, tmp_path / "a.tar")
    with pytest.raises(StoreError, match="empty folder"):
        archive.restore(tmp_path / "a.tar", folder)
    with pytest.raises(BadInputError, match="would lie in the store"):
        archive.backup(folder, folder / "a.tar")
    with pytest.raises(BadInputError, match="no store"):
        archive.backup(tmp_path / "none", tmp_path / "b.tar")


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_archive_that_was_changed_is_refused_or_the_same(folder, tmp_path, data):
    archive.backup(folder, tmp_path / "a.tar")
    whole = bytearray((tmp_path / "a.tar").read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del whole[at:]
    (tmp_path / "b.tar").write_bytes(whole)
    back = tmp_path / "back"
    try:
        names = archive.restore(tmp_path / "b.tar", back)
    except UnreadableFileError:
        assert not back.exists()
        assert not list(tmp_path.glob(".back*"))
    else:
        assert {n: (back / n).read_bytes() for n in names} == {n: (folder / n).read_bytes() for n in names}
        shutil.rmtree(back)


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out"])
def test_an_archive_writes_nowhere_but_into_its_folder(tmp_path, name):
    data = b"x"
    said = {"form": "entrepot-store/1", "files": {name: {"sha256": "", "bytes": 1, "mode": 0o600}}}
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for member, content in (("contents.json", json.dumps(said).encode()), (name, data)):
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    with pytest.raises(UnreadableFileError, match="lies outside"):
        archive.restore(tmp_path / "a.tar", tmp_path / "back")


def test_the_commands(folder, tmp_path, run_cli):
    on = ("--store", folder)
    assert run_cli("store", "check", *on).code == 0
    assert run_cli("store", "backup", tmp_path / "a.tar", *on).code == 0
    (folder / store.FILE).unlink()
    ran = run_cli("store", "check", *on, "--format", "json")
    assert ran.code == 2
    assert {r["state"] for r in json.loads(ran.stdout)} == {"wrong"}
    suppliers = tmp_path / "s.csv"
    suppliers.write_text("name\nKashgar Looms\n", encoding="utf-8")
    refused = run_cli("screen", suppliers, *on)
    assert refused.code == 2
    assert "entrepot store repair" in refused.stderr
    assert run_cli("store", "repair", *on).code == 0
    assert "Kashgar Looms" in run_cli("screen", suppliers, *on, "--format", "csv").stdout
    assert run_cli("store", "restore", tmp_path / "a.tar", "--store", tmp_path / "back").code == 0
    assert run_cli("store", "check", "--store", tmp_path / "back").code == 0


def test_each_changed_bit_of_the_key_that_signs_is_found_and_none_signs(tmp_path):
    pytest.importorskip("cryptography")
    place = tmp_path / "store"
    key = signing_key(listed(tmp_path, "2026-01-01"))
    path = place / KEY_FILE
    whole = path.read_bytes()
    assert states(place)[KEY_FILE] == "fine"
    begin = whole.index(b"-----BEGIN")
    for at in range(len("public key: "), len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            again = signing_key(place)
        except StoreError:
            continue
        assert again.public == key.public, at  # signs as before: the bit means nothing, as in a mark around the PEM
        assert at == begin - 1 or at >= begin
    middle = whole.index(b"\n", begin) + 40
    path.write_bytes(whole[:middle] + (b"A" if whole[middle : middle + 1] != b"A" else b"B") + whole[middle + 1 :])
    assert states(place)[KEY_FILE] == "wrong"
    with pytest.raises(StoreError, match="another than the one that was made"):
        signing_key(place)


def test_a_key_of_an_earlier_release_signs_still_and_the_check_says_that_nothing_vouches_for_it(tmp_path):
    pytest.importorskip("cryptography")
    place = listed(tmp_path, "2026-01-01")
    public = signing_key(place).public
    path = place / KEY_FILE
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    assert signing_key(place).public == public
    (row,) = [r for r in store_check(place).to_pylist() if r["part"] == KEY_FILE]
    assert (row["state"], row["remedy"]) == ("note", "entrepot clearance key")


PERSON = (
    '{"id": "q-1", "schema": "Person", "properties": {"name": ["Serik Otarbay"], "passportNumber": ["N00000001"]}}\n'
)


def keyed(folder):
    """A store with a list that names a person's passport, and its key."""
    (folder / "persons.json").write_text(PERSON, encoding="utf-8")
    versions.load(folder / "persons.json", "own-persons", folder / "store", version="2026-01-01")
    return folder / "store", folder / "store" / identifiers.KEY_FILE


def of_the_key(place):
    return next((r for r in store_check(place).to_pylist() if r["part"] == identifiers.KEY_FILE), None)


def test_each_changed_byte_of_the_key_of_identifiers_is_found_with_and_without_a_list(tmp_path):
    place, path = keyed(tmp_path)
    whole, key = path.read_bytes(), identifiers.key(place)
    assert (key, of_the_key(place)["state"]) == (whole[:32], "fine")
    for is_listed in (True, False):
        if not is_listed:
            versions.remove("own-persons", "2026-01-01", place)
            assert of_the_key(place)["state"] == "fine"
        for at in (0, 10, 31, 32, 40, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert of_the_key(place)["state"] == "wrong", at
            with pytest.raises(StoreError, match="key of the identifiers is broken"):
                identifiers.hashed(place, "N00000001")
        path.write_bytes(whole)


def test_a_key_of_an_earlier_release_is_held_against_the_lists_that_it_hashed(tmp_path):
    place, path = keyed(tmp_path)
    secret = identifiers.key(place)
    path.write_bytes(secret)  # as it was written before its name stood below it
    assert identifiers.key(place) == secret
    assert of_the_key(place)["state"] == "fine"
    path.write_bytes(bytes([secret[0] ^ 1]) + secret[1:])
    row = of_the_key(place)
    assert row["state"] == "wrong"
    assert "Put the key back from a copy" in row["remedy"]
    path.write_bytes(secret)
    versions.remove("own-persons", "2026-01-01", place)
    assert of_the_key(place)["state"] == "note"


def test_a_key_that_is_gone_is_missed_where_a_list_rests_on_it_alone(tmp_path):
    place, path = keyed(tmp_path)
    path.unlink()
    assert of_the_key(place)["state"] == "wrong"
    assert not path.exists()
    versions.remove("own-persons", "2026-01-01", place)
    assert of_the_key(place) is None
