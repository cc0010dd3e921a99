"""Runs that are killed at any moment: nothing is lost, nothing is mixed, and the store vouches for what it holds.

ENTREPOT_KILLS says how often each command is killed; ENTREPOT_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entrepot.desk.store_check import store_check
from entrepot.lists import versions
from entrepot.lists.vouching import version_rows
from entrepot.record import own_rows
from entrepot.record.embedded import load
from entrepot.record.layers import record_of
from entrepot.sources import record_versions

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("ENTREPOT_KILLS") or 6)
SEED = int(os.environ.get("ENTREPOT_SEED") or random.randrange(10**6))
ROWS = "".join(f"{i},Example Works {i} Co Ltd\n" for i in range(2_000))
REPORT = Path(__file__).parents[2] / "docs" / "examples" / "report.txt"


@pytest.fixture
def desk(tmp_path):
    """A folder with inputs, and a store with one version of a list."""
    for day in ("2026-01-01", "2026-02-01"):
        (tmp_path / f"own-{day}.csv").write_text(f"entity_id,name\n{ROWS}x,{day}\n", encoding="utf-8")
    (tmp_path / "parties.csv").write_text("name\n" + "Example Works 7\n" * 1_500, encoding="utf-8")
    (tmp_path / "report.txt").write_bytes(REPORT.read_bytes())
    versions.load(tmp_path / "own-2026-01-01.csv", "own-x", tmp_path / "store")
    return tmp_path


def started(isolated, desk, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "entrepot", *map(str, arguments)],
        cwd=desk,
        env=isolated(desk / "home") | {"ENTREPOT_STORE": str(desk / "store")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(isolated, desk, arguments, before, after):
    """Kill a command again and again; `before` sets the stage, `after` looks at it."""
    print("ENTREPOT_SEED =", SEED)  # noqa: T201 - shown where it fails
    chance = random.Random(SEED)
    before()
    begun = time.monotonic()
    assert started(isolated, desk, *arguments).wait() == 0
    takes = time.monotonic() - begun
    after()
    for _ in range(KILLS):
        before()
        run = started(isolated, desk, *arguments)
        # Half of the kills near the end, where files and rows are written.
        time.sleep(takes * (chance.uniform(0.8, 1.05) if chance.random() < 0.5 else chance.uniform(0.1, 1)))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        after()


def days(desk):
    return [r["version"] for r in versions.known(desk / "store")]


def is_sound(desk):
    """Every part that an answer could rest on is what was written, and all lists can be opened."""
    wrong = [r for r in store_check(desk / "store").to_pylist() if r["state"] == "wrong"]
    assert wrong == []
    for row in versions.known(desk / "store"):
        assert versions.opened(row, desk / "store").entries.num_rows == row["entries"]


def test_loading(isolated, desk):
    def before():
        for day in days(desk)[1:]:
            versions.remove("own-x", day, desk / "store")

    def after():
        is_sound(desk)
        assert days(desk) in (["2026-01-01"], ["2026-01-01", "2026-02-01"])

    killed(isolated, desk, ("lists", "load", "own-2026-02-01.csv", "--as", "own-x"), before, after)


@pytest.mark.parametrize(
    "arguments", [("lists", "remove", "own-x", "2026-02-01"), ("store", "remove", "lists", "--yes")]
)
def test_removing(isolated, desk, arguments):
    both = ["2026-01-01", "2026-02-01"]

    def before():
        for day in both:
            versions.load(desk / f"own-{day}.csv", "own-x", desk / "store")

    def after():
        is_sound(desk)
        assert days(desk) in (both, both[:1] if arguments[0] == "lists" else [])

    killed(isolated, desk, arguments, before, after)


def test_screening(isolated, desk):
    out, seen = desk / "hits.csv", set()

    def before():
        out.write_text("old", encoding="utf-8")

    def after():
        is_sound(desk)
        seen.add(out.read_bytes())

    arguments = ("screen", "parties.csv", "--as-of", "2026-06-01", "--out", out, "--workers", "2")
    killed(isolated, desk, arguments, before, after)
    assert len(seen - {b"old"}) == 1


def test_checking_and_adding(isolated, desk):
    page, counts = desk / "page.html", set()

    def before():
        for row in own_rows.rows(desk / "store").to_pylist():
            own_rows.remove(desk / "store", row["id"])
        page.write_text("old", encoding="utf-8")

    def after():
        is_sound(desk)
        counts.add(own_rows.rows(desk / "store").num_rows)
        assert page.read_text(encoding="utf-8") == "old" or "</html>" in page.read_text(encoding="utf-8")

    killed(isolated, desk, ("check", "report.txt", "--yes", "--html", page), before, after)
    assert len(counts - {0}) == 1


def test_a_brief(isolated, desk):
    folder = desk / "brief"
    folder.mkdir()
    names = ("report.html", "answer.json", "answer.md", "findings.json", "findings.csv", "grounds.csv")
    seen = set()

    def before():
        for name in names:
            (folder / name).write_text("old", encoding="utf-8")

    def after():
        is_sound(desk)
        seen.add(tuple((folder / n).read_bytes() for n in names))
        assert {p.name for p in folder.iterdir() if not p.name.startswith(".")} == set(names)

    killed(isolated, desk, ("brief", "eu-flr", "--as-of", "2025-12-31", "--out", folder), before, after)
    assert len(seen - {(b"old",) * len(names)}) == 1


def test_saving_and_putting_back(isolated, desk):
    archive, back = desk / "store.tar", desk / "back"
    assert started(isolated, desk, "store", "backup", archive).wait() == 0
    whole = archive.read_bytes()

    def before():
        archive.write_bytes(whole)
        if back.exists():
            for path in sorted(back.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            back.rmdir()

    def after():
        if back.exists():
            assert [r["version"] for r in version_rows.held(back)] == ["2026-01-01"]
            assert "wrong" not in store_check(back).column("state").to_pylist()

    killed(isolated, desk, ("store", "restore", archive, "--store", back), before, after)
    assert Path(archive).read_bytes() == whole


def test_refreshing_the_record(isolated, desk):
    """Half of the list is taken off: the record has the one version or the other, and never a part of one."""
    listed = [r for r in load().tables["listings"].to_pylist() if r["list_id"] == "uflpa"]
    lines = "".join(f"<tr><td>{r['name']}</td><td>June 21, 2022</td></tr>" for r in listed[:120])
    head = "<p>Section 2(d)(2)(B)(v)</p><table><tr><th>Name of Entity</th><th>Effective Date</th></tr>"
    file = desk / "uflpa-entity-list.html"
    file.write_text(f"<html><body>{head}{lines}</table></body></html>", encoding="utf-8")

    def before():
        for row in record_versions.versions(desk / "store"):
            record_versions.remove(desk / "store", row["sha256"])

    counts = set()

    def after():
        is_sound(desk)
        rows = record_of(desk / "store").tables["listings"].to_pylist()
        counts.add(sum(r["list_id"] == "uflpa" and not r["valid_to"] for r in rows))

    killed(isolated, desk, ["record", "refresh", "dhs-uflpa", "--from", file, "--yes", "--accept-loss"], before, after)
    assert counts <= {120, len(listed)}
