"""Files that belong together are all old or all new, at whatever step a run is killed."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing_all
from entrepot.core.runtime import scratch, whole_folder
from entrepot.core.runtime.whole_folder import filling

NAMES = ("report.html", "findings.json", "findings.csv", "grounds.csv")
KILLED = 9
LONG = 1_000  # steps: more than there are

posix = pytest.mark.skipif(os.name != "posix", reason="folders change places on POSIX alone")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "uflpa"


def written(folder, text, how=filling):
    with how(folder, NAMES) as parts:
        for part in parts:
            part.write_text(text, encoding="utf-8")


def one_by_one(folder, names):
    return replacing_all([folder / n for n in names])


def held(folder):
    return {p.name: p.read_text("utf-8") for p in folder.iterdir() if not p.name.startswith(".")}


def all_of(text):
    return dict.fromkeys(NAMES, text)


def killed_at(step, folder, how=filling):
    """Write new files in a process of their own that ends before its `step`-th act on files; whether it got there."""
    child = os.fork()
    if child == 0:
        left = [step]

        def watch(event, _):
            if event.startswith(("open", "os.", "shutil.")):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(KILLED)

        scratch.sweep_parts.cache_clear()
        sys.addaudithook(watch)
        written(folder, "new", how)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@posix
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("there", [True, False])
def test_all_old_or_all_new_at_every_step(folder, there):
    steps = 0
    for step in range(1, LONG):
        written(folder, "old")
        if not there:
            for name in NAMES:
                (folder / name).unlink()
            folder.rmdir()
        if not killed_at(step, folder):
            break
        steps += 1
        assert (held(folder) if folder.exists() else None) in (
            [all_of("old"), all_of("new")] if there else [None, all_of("new")]
        )
        scratch.sweep_parts.cache_clear()
    assert steps > len(NAMES), "it was killed at few steps"
    written(folder, "last")
    assert held(folder) == all_of("last")
    assert [p.name for p in folder.parent.iterdir()] == [folder.name], "what kills left is gone after the next run"


@posix
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_the_kills_find_files_that_are_replaced_one_by_one(folder):
    mixed = False
    for step in range(1, LONG):
        written(folder, "old", one_by_one)
        if not killed_at(step, folder, one_by_one):
            break
        mixed |= held(folder) not in (all_of("old"), all_of("new"))
    assert mixed


def test_what_else_lies_in_the_folder_stays(folder):
    folder.mkdir()
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    written(folder, "new")
    assert (folder / "notes" / "mine.txt").read_text("utf-8") == "mine"
    assert {n: (folder / n).read_text("utf-8") for n in NAMES} == all_of("new")


@posix
def test_what_is_laid_into_the_folder_in_its_last_moment_stays(folder, monkeypatch):
    written(folder, "old")
    change = whole_folder.change_places

    def laid(one, other):
        (other / "mine.txt").write_text("mine", encoding="utf-8")
        return change(one, other)

    monkeypatch.setattr(whole_folder, "change_places", laid)
    written(folder, "new")
    assert held(folder) == all_of("new") | {"mine.txt": "mine"}


def test_where_folders_cannot_change_places_files_do(folder, monkeypatch):
    written(folder, "old")
    monkeypatch.setattr(whole_folder, "change_places", lambda *_: False)
    written(folder, "new")
    assert held(folder) == all_of("new")
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


@posix
def test_a_link_stays_a_link_and_a_folder_that_one_stands_in_stays_the_same(folder, monkeypatch):
    written(folder, "old")
    link = folder.with_name("latest")
    link.symlink_to(folder.name)
    written(link, "new")
    assert link.is_symlink()
    assert held(folder) == all_of("new")
    monkeypatch.chdir(folder)
    written(folder, "newer")
    assert held(folder.cwd()) == all_of("newer")


@posix
def test_rights_of_folder_and_files_stay(folder):
    written(folder, "old")
    folder.chmod(0o750)
    (folder / NAMES[0]).chmod(0o600)
    seen = []
    with filling(folder, NAMES) as parts:
        seen.append(stat.S_IMODE(parts[0].parent.stat().st_mode))
        for part in parts:
            part.write_text("new", encoding="utf-8")
    assert seen == [0o700], "others could look in while it is written"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    assert stat.S_IMODE((folder / NAMES[0]).stat().st_mode) == 0o600


def test_a_failure_leaves_the_old_files(folder):
    written(folder, "old")
    with pytest.raises(KeyboardInterrupt), filling(folder, NAMES) as parts:  # noqa: PT012 - one written, then the signal
        parts[0].write_text("new", encoding="utf-8")
        raise KeyboardInterrupt
    assert held(folder) == all_of("old")
    assert [p.name for p in folder.parent.iterdir()] == [folder.name]


def test_a_file_where_the_folder_should_be_is_said(folder):
    folder.write_text("a file", encoding="utf-8")
    with pytest.raises(BadInputError, match="cannot write"):
        written(folder, "new")
    assert folder.read_text("utf-8") == "a file"
