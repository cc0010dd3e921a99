"""The file of floors keeps its own rules, and a figure that gives is named."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from accuracy import ROOMS, floors

FLOORS = floors.read()
DIGITS = 0.00001  # of the file


def test_every_labelled_set_has_floors_and_a_test():
    sets = [name for of in ROOMS.values() for name in of()]
    assert sorted(set(sets)) == sorted({f.set for f in FLOORS})
    assert len(sets) == len(set(sets))
    tests = {"places": "vocabulary"}
    for room in ROOMS:
        assert (floors.FILE.parent / tests.get(room, room) / "test_accuracy.py").exists(), room


@pytest.mark.parametrize("floor", FLOORS, ids=lambda f: f"{f.set}, {f.figure}")
def test_no_bound_is_slackened(floor):
    far, _ = floors.margin(floor.set, floor.figure, floor.measured, floor.of)
    assert floor.side == ("ceiling" if floors.is_low(floor.figure) else "floor")
    assert 0 <= floor.sign * (floor.measured - floor.bound) <= far + DIGITS
    assert 0 <= floor.measured <= 1
    assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", floor.day)
    assert floor.why


FLOOR = floors.Floor("a/b", "found", 200, 0.9, "floor", 0.895, "2026-11-26", "an example")
CEILING = replace(FLOOR, figure="false reads", measured=0.1, side="ceiling", bound=0.105)


@pytest.mark.parametrize(
    ("floor", "value", "of", "said"),
    [
        (FLOOR, 0.9, 200, ""),
        (FLOOR, 0.895, 200, ""),
        (FLOOR, 0.89, 200, "the floor is 0.8950"),
        (FLOOR, 0.915, 200, ""),
        (FLOOR, 0.93, 200, "better than 0.9000"),
        (FLOOR, 0.9, 201, "the set has changed"),
        (CEILING, 0.105, 200, ""),
        (CEILING, 0.11, 200, "the ceiling is 0.1050"),
        (CEILING, 0.05, 200, "better than 0.1000"),
    ],
)
def test_a_figure_that_gives_is_named(floor, value, of, said):
    found = floors.faults("a/b", {floor.figure: (value, of)}, [floor])
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_a_figure_without_a_floor_and_a_floor_without_a_figure_are_named():
    found = floors.faults("a/b", {"else": (1.0, 1)}, [FLOOR])
    assert found == ["a/b, else: has no floor", "a/b, found: is no longer measured"]


def test_measuring_anew_lowers_no_floor():
    (kept,) = floors.moved("a/b", {"found": (0.8, 200)}, [FLOOR], "2027-01-01")
    assert kept == FLOOR
    (raised,) = floors.moved("a/b", {"found": (0.95, 200)}, [FLOOR], "2027-01-01")
    assert (raised.measured, raised.bound, raised.day) == (0.95, 0.945, "2027-01-01")
    (anew,) = floors.moved("a/b", {"found": (0.8, 100)}, [FLOOR], "2027-01-01")
    assert (anew.of, anew.bound) == (100, 0.795)


def test_the_file_is_written_as_it_is_read(tmp_path):
    floors.write(FLOORS, tmp_path / "floors.csv")
    assert (tmp_path / "floors.csv").read_text("utf-8") == floors.FILE.read_text("utf-8")
