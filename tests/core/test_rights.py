"""Who may read what: rights of all that Entrepot writes, under every umask; what is said where rights are missing."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreError
from entrepot.core.files import replacing, write_text
from entrepot.core.runtime import rights
from entrepot.core.store import archive, sharing, signing_key
from entrepot.desk.doctor import checkup
from entrepot.desk.screen import screen
from entrepot.lists import versions
from entrepot.vocabulary import identifiers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
ROOT = os.name == "posix" and os.geteuid() == 0
SOURCE = Path(__file__).parents[2] / "src"
STRANGER = 54_321  # an account and a group that no machine has
UMASKS = (0o002, 0o022, 0o077)  # of groups of one, of most systems, of the careful


@pytest.fixture
def umask():
    """Sets the umask; the one of before comes back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def filled(folder: Path) -> Path:
    """A store with a list that holds numbers of documents, searched once."""
    file = folder / "people.csv"
    file.write_text("entity_id,name,kind,passport_number\n1,Gulmira Tohti,person,E12345678\n", encoding="utf-8")
    versions.load(file, "own-people", folder / "store", version="2026-01-01")
    screen(_parties(), store=folder / "store", workers=1)
    return folder / "store"


def _parties():
    return pa.table({"name": ["Gulmira Tohti"], "passport": ["E12345678"]})


@pytest.mark.parametrize("mask", UMASKS)
def test_a_store_that_a_run_makes_is_its_owner_s_alone(tmp_path, umask, mask):
    umask(mask)
    place = filled(tmp_path)
    signing_key.signing_key(place)
    found = {p: mode(p) for p in (place, *place.rglob("*"))}
    assert len(found) > 10
    assert {p: oct(m) for p, m in found.items() if m & 0o077} == {}


@pytest.mark.parametrize("mask", UMASKS)
def test_what_is_written_for_the_person_follows_the_umask(tmp_path, umask, mask):
    umask(mask)
    write_text(tmp_path / "hits.csv", "a")
    screen(_parties(), store=tmp_path / "s", workers=1, out=tmp_path / "out.csv", record=tmp_path / "c.html")
    assert {mode(tmp_path / n) for n in ("hits.csv", "out.csv", "c.html")} == {0o666 & ~mask}


@pytest.mark.parametrize("shut", [0o600, 0o640, 0o664, 0o400])
def test_what_replaces_a_file_keeps_its_rights(tmp_path, umask, shut):
    umask(0o022)
    path = tmp_path / "hits.csv"
    path.write_text("old")
    path.chmod(shut)
    with replacing(path) as part:
        assert mode(part) & 0o077 == 0, "more could read it while it is written"
        part.write_text("new")
    assert (path.read_text(), mode(path)) == ("new", shut)


@pytest.mark.parametrize("mask", UMASKS)
def test_an_archive_and_what_comes_back_from_it_are_the_owner_s_alone(tmp_path, umask, mask):
    place = filled(tmp_path)
    umask(mask)
    archive.backup(place, tmp_path / "a.tar")
    archive.restore(tmp_path / "a.tar", tmp_path / "back")
    assert mode(tmp_path / "a.tar") == 0o600
    assert {mode(p) & 0o077 for p in (tmp_path / "back").rglob("*") if p.is_file()} == {0}
    assert mode(tmp_path / "back") == 0o700


@pytest.mark.parametrize("mask", UMASKS)
def test_what_lies_in_a_store_has_the_rights_of_its_folder_and_keys_have_not(tmp_path, umask, mask):
    umask(mask)
    (tmp_path / "store").mkdir()
    (tmp_path / "store").chmod(0o750)
    place = filled(tmp_path)
    keys = {identifiers.KEY_FILE}
    assert {oct(mode(p)) for p in place.rglob("*") if p.is_dir()} == {"0o750"}
    assert {oct(mode(p)) for p in place.rglob("*") if p.is_file() and p.name not in keys} == {"0o640"}
    assert mode(place / identifiers.KEY_FILE) == 0o600


def test_nothing_in_a_store_is_ever_everyone_s_to_write(tmp_path, umask):
    umask(0)
    (tmp_path / "store").mkdir()
    (tmp_path / "store").chmod(0o777)
    assert {p for p in filled(tmp_path).rglob("*") if mode(p) & 0o002} == set()


def group_of_ours() -> str:
    """A group of this account that another account may be in too."""
    import grp

    return grp.getgrgid(os.getgroups()[0] if os.getgroups() else os.getegid()).gr_name


def test_a_shared_store_is_the_group_s_to_read_but_for_the_key_that_signs(tmp_path, umask):
    import grp

    place = filled(tmp_path)
    signing_key.signing_key(place)
    (tmp_path / "behind").write_text("another's")
    (tmp_path / "behind").chmod(0o600)
    (place / "link").symlink_to(tmp_path / "behind")
    group = group_of_ours()
    sharing.share(place, group)
    umask(0o077)  # what is made later is shared too
    file = tmp_path / "more.csv"
    file.write_text("entity_id,name\n1,Yarkant Ginning\n", encoding="utf-8")
    versions.load(file, "own-more", place, version="2026-01-01")
    below = [p for p in place.rglob("*") if not p.is_symlink()]
    alone = place / signing_key.KEY_FILE
    assert {oct(mode(p)) for p in (place, *below) if p.is_dir()} == {"0o2750"}
    assert {oct(mode(p)) for p in below if p.is_file() and p != alone} == {"0o640"}
    assert {grp.getgrgid(p.stat().st_gid).gr_name for p in below if p != alone} == {group}
    assert mode(alone) == 0o600
    assert mode(tmp_path / "behind") == 0o600
    assert versions.opened(versions.known(place)[-1], place).documents.num_rows == 1  # and the key is accepted
    sharing.share(place, None)
    assert {mode(p) & 0o077 for p in (place, *below)} == {0}


@pytest.mark.parametrize("wide", [0o644, 0o660, 0o604, 0o650, 0o666])
def test_a_key_that_more_may_read_than_the_store_s_group_is_refused(tmp_path, wide):
    key = identifiers.key(tmp_path)
    path = tmp_path / identifiers.KEY_FILE
    path.chmod(0o640)
    assert identifiers.key(tmp_path) == key
    path.chmod(wide)
    with pytest.raises(StoreError, match=r"others may read .*chmod 600 .*store share --group"):
        identifiers.key(tmp_path)


def test_the_store_is_shared_with_groups_that_there_are_and_stores_that_there_are(tmp_path):
    with pytest.raises(BadInputError, match=r"no such group.*a group of this machine"):
        sharing.share(tmp_path, "no-such-group-here")
    with pytest.raises(BadInputError, match="there is no store"):
        sharing.share(tmp_path, None)


def test_the_doctor_says_who_may_look_into_a_store(tmp_path):
    place = filled(tmp_path)

    def row():
        found = checkup(place, versions.date(2026, 8, 1)).to_pylist()
        return next(r for r in found if (r["topic"], r["item"]) == ("store", "rights"))

    assert (row()["state"], row()["remedy"]) == ("fine", None)
    place.chmod(0o755)
    assert row()["state"] == "note"
    assert "store share --private" in row()["remedy"]


ATTEMPTS = """
import json, os, sys
from pathlib import Path
from entrepot.core import store
from entrepot.core.errors import EntrepotError
from entrepot.core.files import write_text
from entrepot.intake.open_table import opened
from entrepot.claims.open import open_report
from entrepot.lists import versions
from entrepot.vocabulary import identifiers

place, said = Path(sys.argv[1]), {}
def made(folder):
    with store.opened(folder):
        pass
for name, attempt in {
    "store folder": lambda: made(place / "shut" / "store"),
    "shut store": lambda: made(place / "shut-store"),
    "output folder": lambda: write_text(place / "shut" / "out.csv", "x"),
    "new folder": lambda: write_text(place / "shut" / "new" / "out.csv", "x"),
    "file to read": lambda: opened(place / "parties.csv"),
    "report to read": lambda: open_report(place / "parties.csv"),
    "folder to enter": lambda: opened(place / "closed" / "parties.csv"),
    "list to load": lambda: versions.load(place / "parties.csv", "own-x", place / "own", version="2026-01-01"),
    "key": lambda: identifiers.key(place / "keyed"),
    "lock": lambda: made(place / "locked"),
}.items():
    try:
        attempt()
        said[name] = ""
    except EntrepotError as exc:
        said[name] = str(exc)
print(json.dumps(said))
"""
IN_THE_WAY = {
    "store folder": "shut",
    "shut store": "shut-store",
    "output folder": "shut",
    "new folder": "shut",
    "file to read": "parties.csv",
    "report to read": "parties.csv",
    "folder to enter": "closed",
    "list to load": "parties.csv",
    "key": "keyed/identifiers.key",
    "lock": "locked/entrepot.lock",
}


@pytest.mark.parametrize("whose", ["mine", *(["another's"] if ROOT else [])])  # only a superuser gives files away
def test_permission_denied_says_whose_what_is_and_what_to_do(tmp_path, ordinary, whose):
    for name in ("shut", "shut-store", "closed", "keyed", "locked"):
        (tmp_path / name).mkdir()
    (tmp_path / "parties.csv").write_text("name\nA\n")
    (tmp_path / "closed" / "parties.csv").write_text("name\nA\n")
    identifiers.key(tmp_path / "keyed")
    (tmp_path / "locked" / store.LOCK).write_bytes(b"")
    for name, bits in (("shut", 0o555), ("shut-store", 0o500 if whose == "mine" else 0o555), ("closed", 0o600)):
        (tmp_path / name).chmod(bits)
    for name in ("parties.csv", "keyed/identifiers.key", "locked/entrepot.lock"):
        (tmp_path / name).chmod(0)
    if whose != "mine":
        for name in {*IN_THE_WAY.values()}:
            os.chown(tmp_path / name, STRANGER, STRANGER)
        (tmp_path / "keyed" / identifiers.KEY_FILE).chmod(0o600)
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [*ordinary, sys.executable, "-c", ATTEMPTS, str(tmp_path)],
        env=environment,
        check=True,
        capture_output=True,
        timeout=120,
    )
    for name, said in json.loads(done.stdout).items():
        assert said, f"{name}: done in spite of its rights"
        assert str(tmp_path / IN_THE_WAY[name]) in said, f"{name}: {said}"
        assert "disk" not in said, said
        if whose == "mine":
            assert "which is you: take the right with chmod u+" in said, f"{name}: {said}"
        else:
            assert f"belongs to {STRANGER}, group {STRANGER}" in said, f"{name}: {said}"
            assert "Ask for the right to" in said, f"{name}: {said}"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, r"Free space on the disk of .*bytes are left"),
        (errno.EROFS, "mounted read-only"),
        (errno.EFBIG, "ulimit"),
        (errno.EIO, r"^Choose another\.$"),
    ],
)
def test_a_full_disk_is_not_called_a_right_and_a_right_no_full_disk(tmp_path, code, words):
    for exc in (OSError(code, os.strerror(code)), duckdb.IOException(f"IO Error: cannot write: {os.strerror(code)}")):
        said = rights.remedy(exc, tmp_path / "x" / "y", "Or choose another.")
        assert re.search(words, said), said
        assert "belongs to" not in said
