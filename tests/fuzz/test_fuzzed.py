"""Damaged files are read or refused by every reader; what would break one is seen; a case can be made again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the limits on memory are those of Linux", allow_module_level=True)

sys.path.insert(0, str(Path(__file__).parent))

from broken_reader import BROKEN

from entrepot.core.errors import UnreadableFileError
from entrepot.lists.registry import formats
from fuzz import pool, verdict
from fuzz.cases import case, seeds, shelf
from fuzz.pool import Asked
from fuzz.readers import KINDS, readers

# Cases of each reader in `make test`: some seconds a kind. Flows are read twice, held and in blocks.
FEW = {"lists": 6, "parties": 6, "flows": 1, "ownership": 3, "record": 30, "measures": 30, "reports": 6}
FEW |= {"demands": 20, "supply": 3}
MORE = 150  # of each reader in `make test-slow`


def run(names, numbers, place=None, by_command=()):
    asked = [Asked(name, number) for name in names for number in numbers]
    asked += [Asked(name, number, by_command=True) for name in names for number in by_command]
    broken = []

    def told(one, found):
        if found.is_fault:
            broken.append(f"{one.reader}:{one.number} {found.kind}: {found.what}\n{found.trace}")

    tallies = pool.run(asked, place, 1, told)
    assert broken == [], "`make fuzz FUZZ_OPTIONS='--case READER:NUMBER'` does it again"
    return tallies


@pytest.mark.parametrize("kind", KINDS)
def test_no_damaged_file_breaks_a_reader(kind):
    names = [name for name, reader in readers().items() if reader.kind == kind]
    tallies = run(names, range(FEW[kind]))
    assert tallies.keys() == set(names)
    assert sum(t.verdicts["read"] for t in tallies.values()) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", readers())
def test_no_more_of_them_do(name):
    run([name], range(1_000, 1_000 + MORE), shelf(), by_command=(1_000, 1_001))


def test_every_reader_has_seeds_and_every_format_of_lists_a_reader():
    assert readers().keys() == seeds(None).keys()
    assert formats().keys() == {name for name, reader in readers().items() if reader.kind == "lists"}


@pytest.mark.parametrize("name", ["un-xml", "parties-xlsx", "flows-own", "report.docx"])
def test_a_case_is_the_same_each_time_and_no_two_are_alike(name):
    held = seeds(None)[name]
    first = [case(name, number, held).files for number in range(20)]
    assert first == [case(name, number, held).files for number in range(20)]
    assert len({str(files) for files in first}) > 15


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_is_seen(case, monkeypatch):
    monkeypatch.setattr(verdict, "SECONDS", 0.5)
    found = verdict.judged(BROKEN[case])
    kinds = {"memory that a reader hides": "memory", "a warning": "error", "an exit": "error"}
    assert found.kind == kinds.get(case, case)
    assert found.is_fault


def test_an_error_of_ours_is_a_refusal_and_nothing_may_be_left(tmp_path):
    def refuse():
        raise UnreadableFileError("t", "is no list")

    kept = tmp_path / "kept"
    kept.mkdir()
    assert verdict.judged(refuse, kept).kind == "refused"
    assert verdict.judged((tmp_path / "left").touch, kept).kind == "left behind"


@pytest.mark.parametrize(("line", "kind"), [("dies", "crash"), ("sleeps", "hang")])
def test_a_process_that_dies_or_hangs_is_seen_and_the_rest_is_read(monkeypatch, line, kind):
    started = []
    popen = pool.subprocess.Popen

    def instead(command, **options):
        started.append(command)
        if len(started) == 1:
            command = [sys.executable, str(Path(__file__).parent / "broken_reader.py")]
        return popen(command, **options)

    monkeypatch.setattr(pool.subprocess, "Popen", instead)
    if kind == "hang":
        monkeypatch.setattr(pool, "_PATIENCE", 5.0)
    seen = []
    pool.run([Asked(line, 0)], None, 1, lambda _, found: seen.append(found.kind))
    assert seen == [kind]
