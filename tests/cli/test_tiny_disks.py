"""Each command on disks that are too small for it: it is done or says so, and what was there before is whole.

The disk is a real one in memory, mounted for the command alone; where a process may mount none, no file may grow over
the size. ENTREPOT_SIZES says how many sizes; twenty is what the commands are held to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from entrepot.desk.store_check import store_check
from entrepot.lists import versions
from entrepot.record import own_rows

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="needs mounts, or limits of POSIX")]

SIZES = int(os.environ.get("ENTREPOT_SIZES") or 5)
LEAST, MOST = 4_096, 8 << 20  # bytes that are free: a page, and more than any of these commands needs
MEMORY = 4 << 30  # bytes that a command may fill, many times what it needs
IMPORTERS = ("USA", "DEU", "FRA", "ITA", "ESP", "NLD", "BEL", "POL", "CZE", "AUT", "SWE", "DNK", "FIN", "IRL", "PRT")
ROOT = os.name == "posix" and os.geteuid() == 0
REPOSITORY = Path(__file__).parents[2]
UNSHARED = ("unshare", "-m" if ROOT else "-rm")
ROWS = "".join(f"{i},Example Works {i} Co Ltd\n" for i in range(2_000))
PAGE = 4_096  # bytes of a page of memory: what the smallest file takes on such a disk
OLD = "old"
DATED = ("clearance.html", "flows.xlsx")  # hold the moment in which they are written, so their size is not the same
# name -> the command, and the files that it writes; IN is the folder of inputs.
COMMANDS = {
    "lists load": ("lists load IN/own-2026-02-01.csv --as own-x", ()),
    "screen": (
        "screen IN/parties.csv --as-of 2026-06-01 --list own-x --workers 1 --out hits.csv --record clearance.html",
        ("hits.csv", "clearance.html"),
    ),
    "check": ("check IN/report.txt --yes --html page.html", ("page.html",)),
    "brief": (
        "brief eu-flr --as-of 2025-12-31 --out .",
        ("report.html", "answer.json", "answer.md", "findings.json", "findings.csv", "grounds.csv"),
    ),
    "record as a workbook": ("record flows --format xlsx --out flows.xlsx", ("flows.xlsx",)),
    "load": ("load IN/trade.csv --out flows.csv", ("flows.csv",)),
    "store backup": ("store backup store.tar", ("store.tar",)),
    "store restore": ("store restore IN/store.tar --store back", ()),
    "store share": ("store share --private", ()),
}
# The disk is filled from the seed, the command runs on it alone, and what is left there is taken off it.
ON_DISK = """
mount -t tmpfs -o size="$SIZE" tmpfs "$DISK" && cp -a "$SEED/." "$DISK/" || exit 99
mkdir "$DISK/tmp" && cd "$DISK" || exit 99
"$@"
code=$?
cp -a "$DISK/." "$LEFT/" || exit 98
exit $code
"""
LIMITED = 'cd "$LEFT" && cp -a "$SEED/." . && mkdir -p tmp && ulimit -f "$BLOCKS" && exec "$@"'


def may_mount() -> bool:
    words = [*UNSHARED, "sh", "-c", "mount -t tmpfs tmpfs /tmp"]
    return (
        shutil.which("unshare") is not None and subprocess.run(words, capture_output=True, check=False).returncode == 0
    )


@pytest.fixture(scope="module")
def seed(tmp_path_factory, isolated):
    """What lies on the disk before: a store, and older files of the names that will be written."""
    folder = tmp_path_factory.mktemp("seed")
    given = folder / "in"
    given.mkdir()
    for day in ("2026-01-01", "2026-02-01"):
        (given / f"own-{day}.csv").write_text(f"entity_id,name\n{ROWS}x,{day}\n", encoding="utf-8")
    (given / "parties.csv").write_text("name\n" + "Example Works 7\n" * 1_500, encoding="utf-8")
    cells = [(year, hs, to) for year in range(2000, 2025) for hs in ("854143", "520100") for to in IMPORTERS]
    heading = "period,product,exporter,importer,amount,unit\n"
    rows = "".join(f"{year},{hs},CHN,{to},{at + 1},usd\n" for at, (year, hs, to) in enumerate(cells))
    (given / "trade.csv").write_text(heading + rows, encoding="utf-8")
    shutil.copy(REPOSITORY / "docs" / "examples" / "report.txt", given)
    versions.load(given / "own-2026-01-01.csv", "own-x", folder / "disk" / "store")
    for _, names in COMMANDS.values():
        for name in names:
            (folder / "disk" / name).write_text(OLD, encoding="utf-8")
    return folder


def run(seed: Path, isolated, words: str, left: Path, free: int) -> subprocess.CompletedProcess:
    """Run a command on a disk with so many bytes free, and have what it left in a folder."""
    disk = left.with_name("disk")
    for folder in (left, disk):
        folder.mkdir()
    mounted = may_mount()
    files = [p.stat().st_size for p in (seed / "disk").rglob("*") if p.is_file()]
    used = sum(-(-size // PAGE) * PAGE for size in files) if mounted else 0
    place = disk if mounted else left
    environment = isolated(place) | {
        "ENTREPOT_STORE": str(place / "store"),
        "TMPDIR": str(place / "tmp"),
        "SEED": str(seed / "disk"),
        "DISK": str(disk),
        "LEFT": str(left),
        "SIZE": str(used + free),
        "BLOCKS": str(max(free // 512, 1)),  # POSIX counts the limit in 512 bytes
    }
    prefix = [*UNSHARED, "sh", "-c", ON_DISK] if mounted else ["sh", "-c", LIMITED]
    command = [sys.executable, "-m", "entrepot", *words.replace("IN/", f"{seed / 'in'}/").split()]
    memory = ["prlimit", f"--data={MEMORY}"] if shutil.which("prlimit") else []
    return subprocess.run(
        [*prefix, "-", *memory, *command], env=environment, capture_output=True, timeout=300, check=False
    )


def is_whole(left: Path) -> None:
    """What the store held before is there, each part vouched for."""
    place = left / "store"
    assert [r for r in store_check(place).to_pylist() if r["state"] == "wrong"] == []
    for row in versions.known(place):
        assert versions.opened(row, place).entries.num_rows == row["entries"]


def sizes() -> list[int]:
    return [int(LEAST * (MOST / LEAST) ** (n / max(SIZES - 1, 1))) for n in range(SIZES)]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_on_a_full_disk_is_done_or_says_so_and_leaves_all_whole(seed, isolated, tmp_path, name):
    if name == "store restore" and not (seed / "in" / "store.tar").exists():
        from entrepot.core.store.archive import backup

        backup(seed / "disk" / "store", seed / "in" / "store.tar")
    words, names = COMMANDS[name]
    ended, whole = [], {}
    for number, free in reversed(list(enumerate(sizes()))):  # the largest first: it shows what a whole result is
        (tmp_path / str(number)).mkdir()
        left = tmp_path / str(number) / "left"
        done = run(seed, isolated, words, left, free)
        said = done.stderr.decode()
        assert done.returncode in {0, 2}, f"{free} bytes free: {said}"
        ended.append(done.returncode)
        is_whole(left)
        found = {n: (left / n).read_bytes() for n in names}
        assert not list(left.rglob("*.part*")), said
        assert list((left / "tmp").iterdir()) == []
        if done.returncode:
            assert (said[:10], said.count("\n")) == ("entrepot: ", 1), said
            assert "Free space on the disk of" in said or "ulimit" in said, said
            assert set(found.values()) <= {OLD.encode()}
            assert [r["version"] for r in versions.known(left / "store")] == ["2026-01-01"]
            assert own_rows.rows(left / "store").num_rows == 0
            assert not (left / "back").exists()
        elif whole:
            assert {n: len(found[n]) for n in names if n not in DATED} == whole
        else:
            whole = {n: len(found[n]) for n in names if n not in DATED}
            assert OLD.encode() not in found.values()
        shutil.rmtree(left)
    print(f"{name}: {ended.count(0)} done, {ended.count(2)} said so")  # noqa: T201 - the figure
    assert ended[0] == 0, "the largest disk holds all"
