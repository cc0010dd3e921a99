"""A store is read without a byte written to it, as one that may be written is, and while another process writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from contextlib import contextmanager
from pathlib import Path

import pytest

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreError, StoreLockedError
from entrepot.core.store import access, sharing, signing_key
from entrepot.core.store.store_reading import connected, reading
from entrepot.desk import lists as list_verbs
from entrepot.desk.check import check
from entrepot.desk.clearance import clearance_key
from entrepot.desk.holdings import planned, remove
from entrepot.desk.screen import screen
from entrepot.desk.store_check import store_repair
from entrepot.lists import search_set, versions
from entrepot.vocabulary import identifiers

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
ROOT = os.name == "posix" and os.geteuid() == 0
SOURCE = Path(__file__).parents[2] / "src"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "report.txt"
STRANGER = 54_321  # an account that no machine has
MOUNT = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'


def may_mount() -> bool:
    """Whether this machine gives a process mounts of its own."""
    words = ["unshare", *(["-m"] if ROOT else ["-rm"]), "true"]
    return shutil.which("unshare") is not None and subprocess.run(words, capture_output=True).returncode == 0  # noqa: PLW1510


WAYS = [
    "rights",
    "setting",
    *(["mount"] if may_mount() else []),
]  # a machine without mounts of one's own tries the rest

# All that a desk asks of a store, in one process; what was said is printed.
READ = """
import json, sys
from datetime import date
from pathlib import Path
import entrepot.desk.brief, entrepot.desk.rescreen
from entrepot.record import own_rows
from entrepot.core.store.archive import backup
from entrepot.desk.brief import brief
from entrepot.desk.doctor import checkup
from entrepot.desk.explain import explain
from entrepot.desk.holdings import holdings
from entrepot.desk.lists import diff_lists, lists
from entrepot.desk.rescreen import rescreen
from entrepot.desk.screen import screen
from entrepot.desk.store_check import store_check

place, folder, match = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
found = screen(folder / "parties.csv", as_of="2026-06-01", workers=1, store=place, record=folder / "c.html")
again = rescreen(folder / "hits.csv", parties=folder / "parties.csv", as_of="2026-06-01", store=place)
told = brief("eu-flr", as_of="2025-12-31", store=place)
said = {
    "screen": found.to_pylist(),
    "rescreen": again.to_pylist(),
    "brief": told.to_pylist(),
    "lists": lists(store=place).to_pylist(),
    "diff": diff_lists("own-x", "2026-01-01", "2026-02-01", store=place).to_pylist(),
    "explain": [str(e) for e in explain(match, store=place)],
    "own": own_rows.rows(place).to_pylist(),
    # A store that may be written makes its key while it is asked; one that may not holds none, and a note says so.
    "check": [part for part in store_check(place).to_pylist() if part["part"] != "signing.key"],
    "holdings": [r["part"] for r in holdings(place).to_pylist() if r["part"] != "signing_key"],
    "archive": [n for n in backup(place, folder / "a.tar", ("searched",)) if n != "signing.key"],
}
doctor = [r for r in checkup(place, date(2026, 8, 1)).to_pylist() if r["topic"] == "store" and r["item"] == "folder"]
print(json.dumps({"said": said, "doctor": doctor, "notes": found.notes, "kept": told.notes}, default=str))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A desk with two versions of a list with numbers of documents, a match that was shown, and rows of its own."""
    folder = tmp_path_factory.mktemp("desk")
    people = "entity_id,name,kind,passport_number\n1,Gulmira Tohti,person,E12345678\n"
    for day, more in (("2026-01-01", ""), ("2026-02-01", "2,Yarkant Ginning,company,\n")):
        (folder / f"own-{day}.csv").write_text(people + more, encoding="utf-8")
        versions.load(folder / f"own-{day}.csv", "own-x", folder / "store")
    (folder / "parties.csv").write_text("name,passport\nYarkant Gining,\nG. Tohti,E12345678\n", encoding="utf-8")
    screen(folder / "parties.csv", as_of="2026-06-01", store=folder / "store", workers=1, out=folder / "hits.csv")
    check(EXAMPLE, yes=True, store=folder / "store")
    return folder


@pytest.fixture
def desk(made, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(made, tmp_path / "desk", dirs_exist_ok=True)
    return tmp_path / "desk"


def looked_at(place: Path) -> dict[str, tuple]:
    """Every file and folder with what would change if it were written."""
    found = {}
    for path in (place, *place.rglob("*")):
        seen = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(place))] = (seen.st_mode, seen.st_mtime_ns, seen.st_ino, data)
    return found


def shut(place: Path) -> None:
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)


def asked(desk: Path, prefix=(), **environment: str):
    words = [*prefix, sys.executable, "-c", READ, str(desk / "store"), str(desk), match_of(desk)]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ENTREPOT_")}
    done = subprocess.run(
        words,
        env=kept | {"PYTHONPATH": str(SOURCE)} | environment,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def match_of(desk: Path) -> str:
    heading, row = (desk / "hits.csv").read_text(encoding="utf-8").splitlines()[:2]
    return row.split(",")[heading.split(",").index("match_id")]


@pytest.fixture(scope="module")
def answers(made, tmp_path_factory):
    """What a store says that may be written."""
    folder = tmp_path_factory.mktemp("plain") / "desk"
    shutil.copytree(made, folder)
    found = asked(folder)
    assert len(found["said"]["screen"]) >= 2
    assert found["kept"] == []
    return found


@pytest.mark.parametrize("way", WAYS)
def test_all_that_is_asked_of_a_store_is_answered_without_writing_to_it(desk, answers, ordinary, way):
    prefix, setting = (), {}
    if way == "rights":
        shut(desk / "store")
        prefix = ordinary
    elif way == "mount":
        prefix = ("unshare", "-m" if ROOT else "-rm", "sh", "-c", MOUNT, "-", str(desk / "store"))
    else:
        setting = {"ENTREPOT_READ_ONLY": "1"}
    before = looked_at(desk / "store")
    found = asked(desk, prefix, **setting)
    assert looked_at(desk / "store") == before
    assert found["said"] == answers["said"]
    assert found["doctor"][0]["state"] == "note"
    assert "to be read only" in found["doctor"][0]["found"]
    assert [n for n in found["kept"] if n.startswith("Nothing is kept for `entrepot explain`: the store is read only")]
    assert any("not signed: the store cannot be written, and holds no key" in n for n in found["notes"])


def test_what_is_kept_is_used_and_what_is_broken_stays(desk, monkeypatch):
    place = desk / "store"
    monkeypatch.setenv("ENTREPOT_READ_ONLY", "1")

    def notes():
        return [
            n for n in screen(desk / "parties.csv", as_of="2026-06-01", workers=1, store=place).notes if "memory" in n
        ]

    assert notes() == []
    for path in (place / search_set.FOLDER).glob("*.arrow"):
        path.write_bytes(path.read_bytes()[:-1])
    before = looked_at(place)
    assert len(notes()) == 1
    assert looked_at(place) == before


def asked_but_for_the_archive(desk: Path, prefix):
    """The key that signs belongs into an archive, and is nobody else's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "READ", READ.replace('backup(place, folder / "a.tar", ("searched",))', "()"))
        return asked(desk, prefix)


if ROOT:  # only a superuser gives files away; a test that skips would be one that fails

    def test_a_member_of_the_group_reads_and_others_do_not(desk, answers, ordinary):
        """The store is a stranger's; this account is in its group, or is not."""
        import grp

        place = desk / "store"
        signing_key.signing_key(place)
        group = next(g for g in grp.getgrall() if g.gr_gid not in {0, *os.getgroups()})
        sharing.share(place, group.gr_name)
        for path in (place, *place.rglob("*")):
            os.chown(path, STRANGER, -1)
            if path.is_dir():
                path.chmod(0o2750)  # a change of owner takes the bit away
        before = looked_at(place)
        found = asked_but_for_the_archive(desk, (*ordinary, f"--groups={group.gr_gid}"))
        assert looked_at(place) == before
        assert found["said"]["screen"] == answers["said"]["screen"]
        assert any("the key of this store is its owner's alone" in n for n in found["notes"])
        with pytest.raises(AssertionError, match=rf"{STRANGER}, group {group.gr_name}"):
            asked_but_for_the_archive(desk, (*ordinary, "--clear-groups"))


def test_what_would_write_is_refused_and_writes_nothing(desk, monkeypatch):
    place = desk / "store"
    monkeypatch.setenv("ENTREPOT_READ_ONLY", "1")
    before = looked_at(place)
    for attempt in (
        lambda: list_verbs.load_list(desk / "parties.csv", "own-y", version="2026-01-01", store=place),
        lambda: list_verbs.remove_list("own-x", "2026-01-01", store=place),
        lambda: list_verbs.fetch("un", store=place),
        lambda: check(EXAMPLE, add=True, html=desk / "page.html", store=place),
        lambda: check(EXAMPLE, yes=True, store=place),
        lambda: store_repair(place),
        lambda: remove(planned(place, ["lists"])),
        lambda: sharing.share(place, None),
        lambda: clearance_key(store=place),
    ):
        with pytest.raises(StoreError, match=r"the store is read only, as --read-only or ENTREPOT_READ_ONLY asks"):
            attempt()
    assert looked_at(place) == before
    assert not (desk / "page.html").exists()


def test_no_key_is_made_to_read(desk, monkeypatch):
    monkeypatch.setenv("ENTREPOT_READ_ONLY", "1")
    (desk / "store" / identifiers.KEY_FILE).unlink()
    with pytest.raises(StoreError, match="under another key"):
        screen(desk / "parties.csv", store=desk / "store", workers=1)
    assert not (desk / "store" / identifiers.KEY_FILE).exists()


def test_a_store_that_is_not_there_is_not_made_and_one_that_is_named_must_be(tmp_path, monkeypatch, desk):
    monkeypatch.setenv("ENTREPOT_READ_ONLY", "yes")
    with pytest.raises(StoreError, match="there is no store to read"):
        screen(desk / "parties.csv", store=tmp_path / "none", workers=1)
    monkeypatch.setenv("ENTREPOT_STORE", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    assert screen(desk / "parties.csv", workers=1).num_rows
    assert not (tmp_path / "home").exists()
    monkeypatch.setenv("ENTREPOT_READ_ONLY", "perhaps")
    with pytest.raises(BadInputError, match=r"not understood: 'perhaps'; expected 1 or 0"):
        screen(desk / "parties.csv", workers=1)


def test_the_option_lasts_for_one_command(run_cli, desk):
    place = desk / "store"
    before = looked_at(place)
    ran = run_cli("screen", desk / "parties.csv", "--read-only", "--store", place)
    assert (ran.code, looked_at(place)) == (0, before), ran.stderr
    assert "Nothing is kept for `entrepot explain`" in ran.stderr
    with access.read_only():
        assert access.why_read_only(place)
    assert not access.why_read_only(place)


def test_an_older_store_that_is_read_only_says_who_can_help(desk, monkeypatch):
    with store.opened(desk / "store") as con:
        con.execute("UPDATE store_version SET version = version - 1")
    monkeypatch.setenv("ENTREPOT_READ_ONLY", "1")
    with (
        pytest.raises(StoreError, match=r"cannot be brought to.*somebody who may write.*store check"),
        reading(desk / "store"),
    ):
        pass


WRITER = """
import sys, time
from pathlib import Path
from entrepot.core import store
with store.opened(Path(sys.argv[1])) as con:
    print("in", flush=True)
    time.sleep(float(sys.argv[2]))
"""
READER = """
import sys, time
from pathlib import Path
from entrepot.core.store.store_reading import reading
with reading(Path(sys.argv[1])) as con:
    print("in", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def begun(script: str, place: Path, seconds: float, **environment: str):
    """A process that holds the store, from when it does."""
    run = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), str(place), str(seconds)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)} | environment,
        stdout=subprocess.PIPE,
    )
    assert run.stdout is not None
    with run:
        assert run.stdout.readline() == b"in\n"
        yield run
    assert run.returncode == 0


@pytest.mark.parametrize("has_lock", [True, False])
def test_a_reader_waits_for_a_writer(desk, monkeypatch, has_lock):
    """Without a lock that it may see a reader goes by DuckDB's own."""
    place = desk / "store"
    with begun(WRITER, place, 2):
        monkeypatch.setenv("ENTREPOT_READ_ONLY", "1")
        if not has_lock:
            monkeypatch.setattr(os, "open", refusing(place / store.LOCK, os.open))
        with pytest.raises(StoreLockedError, match="another run holds the store"), reading(place, wait=0.2):
            pass
        with reading(place, wait=60) as con:
            assert con.execute("SELECT count(*) FROM list_versions").fetchall() == [(2,)]


def refusing(path: Path, real):
    """`os.open` as it is for somebody who may not open a file: a superuser may open all."""

    def opened(name, *rest):
        if str(name) == str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return real(name, *rest)

    return opened


@pytest.mark.parametrize("has_lock", [True, False])
def test_a_writer_waits_for_a_reader(desk, has_lock):
    place = desk / "store"
    if not has_lock:
        (place / store.LOCK).unlink()
    with begun(READER, place, 2, ENTREPOT_READ_ONLY="1"):
        assert (place / store.LOCK).exists() == has_lock, "a reader made it"
        with pytest.raises(StoreLockedError, match="another run holds the store"), store.opened(place, wait=0.2):
            pass
        with store.opened(place, wait=60):
            pass


def test_what_a_killed_run_left_in_the_log_is_read_and_left(desk):
    place = desk / "store"
    script = """
import os, sys
from pathlib import Path
import duckdb
con = duckdb.connect(sys.argv[1])
con.execute("PRAGMA disable_checkpoint_on_shutdown")
con.execute("DELETE FROM list_versions WHERE version = '2026-01-01'")
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", script, str(place / store.FILE)], check=False)
    log = place / f"{store.FILE}.wal"
    assert log.stat().st_size
    before = looked_at(place)
    with access.read_only(), reading(place) as con:
        assert con.execute("SELECT count(*) FROM list_versions").fetchall() == [(1,)]
    assert looked_at(place) == before
    with connected(place) as con:
        assert con.execute("SELECT count(*) FROM list_versions").fetchall() == [(1,)]
