"""A screening shared out over many machines: joined it has the bytes of one run; what does not belong is named."""

from __future__ import annotations

import json
import random
import shutil

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.screen import screen
from entrepot.screening.runs import bulk, run
from entrepot.screening.runs.shares import share_of

NAMES = ("Hoshine Silicon", "Xinjiang Daqo New Energy", "Example Works", "Urumqi Trade", "Baoding Lace", "新疆中泰化学")
DAY = {"as_of": "2024-11-25", "workers": 1}


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of 20 parties, so that a short file has many."""
    for module in (bulk, run):
        monkeypatch.setattr(module, "PART", 20)


@pytest.fixture
def place(tmp_path, small_parts):
    rng = random.Random(4)
    rows = [f"{rng.choice(NAMES)} {rng.choice(('', 'Co Ltd', 'Group', 'No 7'))},{n}" for n in range(190)]
    (tmp_path / "parties.csv").write_text("supplier,number\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def shared(place, of=4, which=None, **more):
    for number in which or range(1, of + 1):
        asked = {"part": f"{number}/{of}", "out": place / "hits.csv", "store": place / "store"} | DAY | more
        screen(place / "parties.csv", **asked)
    return place / "hits.csv.parts"


def joined(place, out="hits.csv", **more):
    folder = place / "hits.csv.parts"
    asked = {"join": folder, "out": place / out, "store": place / "store"} | DAY | more
    return screen(place / "parties.csv", **asked)


@pytest.mark.parametrize("out", ["whole.csv", "whole.json", "whole.parquet"])
def test_joined_parts_have_the_bytes_of_one_run(place, out):
    whole = screen(place / "parties.csv", out=place / out, store=place / "store", **DAY)
    shared(place)
    made = joined(place, f"joined.{out.rpartition('.')[2]}")
    assert made.written == whole.written
    assert whole.written > 50
    assert (place / f"joined.{out.rpartition('.')[2]}").read_bytes() == (place / out).read_bytes()
    assert [n for n in made.notes if "whole" not in n] == [n for n in whole.notes if "whole" not in n]


def test_more_parts_than_there_is_work_for_join_as_well(place):
    screen(place / "parties.csv", out=place / "whole.csv", store=place / "store", **DAY)
    shared(place, of=13)
    joined(place)
    assert (place / "hits.csv").read_bytes() == (place / "whole.csv").read_bytes()


def test_a_part_says_what_it_found_and_how_to_go_on(place):
    asked = {"part": "2/4", "out": place / "hits.csv", "store": place / "store"} | DAY
    found = screen(place / "parties.csv", **asked)
    assert any(n.startswith("Part 2 of 4 is screened, of a file of 190 parties") for n in found.notes)
    assert any("--join" in n for n in found.notes)
    assert 0 < found.table.num_rows < 190
    assert not (place / "hits.csv").exists()


def test_a_part_that_is_screened_twice_counts_once(place):
    shared(place)
    shared(place, which=[3])
    screen(place / "parties.csv", out=place / "whole.csv", store=place / "store", **DAY)
    joined(place)
    assert (place / "hits.csv").read_bytes() == (place / "whole.csv").read_bytes()


def test_missing_parts_are_named(place):
    shared(place, which=[1, 4])
    with pytest.raises(BadInputError, match=r"parts are missing.*2 of 4, 3 of 4"):
        joined(place)


def test_an_unfinished_part_is_named_and_taken_up(place):
    folder = shared(place)
    (folder / "2-of-4" / "done.json").unlink()
    with pytest.raises(BadInputError, match=r"not finished.*2 of 4"):
        joined(place)
    shared(place, which=[2], resume=True)
    assert joined(place).written


def test_parts_of_two_runs_are_named(place):
    shared(place)
    shared(place, of=3, which=[2])
    with pytest.raises(BadInputError, match=r"two runs.*2 of 3; 1 of 4"):
        joined(place)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"lists": ("uflpa",)}, "lists was"),
        ({"min_score": 0.9}, "lowest score was"),
        ({"as_of": "2024-01-01"}, "as of"),
    ],
)
def test_a_part_of_something_else_is_named(place, other, named):
    shared(place)
    shared(place, which=[3], **other)
    with pytest.raises(BadInputError, match=rf"part 3 of 4 was of something else.*{named}"):
        joined(place)


def test_a_part_of_another_file_or_version_is_named(place):
    folder = shared(place)
    manifest = folder / "1-of-4" / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(said | {"version": "0.0.1"}), encoding="utf-8")
    with pytest.raises(BadInputError, match=r"part 1 of 4 .*version was 0\.0\.1"):
        joined(place)
    manifest.write_text(json.dumps(said), encoding="utf-8")
    with (place / "parties.csv").open("a", encoding="utf-8") as file:
        file.write("One More,190\n")
    with pytest.raises(BadInputError, match=r"part 1 of 4 .*input sha256 was"):
        joined(place)


def test_the_same_file_may_lie_elsewhere_on_another_machine(place):
    shared(place, which=[1, 2])
    there = place / "mounted"
    there.mkdir()
    shutil.copy(place / "parties.csv", there)
    for number in (3, 4):
        asked = {"part": f"{number}/4", "out": place / "hits.csv", "store": place / "store"} | DAY
        screen(there / "parties.csv", **asked)
    assert joined(place).written


def test_a_piece_that_was_changed_is_named(place):
    folder = shared(place)
    piece = min((folder / "3-of-4").glob("part-*.arrow"))
    piece.write_bytes(piece.read_bytes()[:-1] + b"x")
    with pytest.raises(BadInputError, match=r"not what was written.*Screen part 3/4 again"):
        joined(place)


def test_a_folder_without_parts_is_refused(place):
    (place / "hits.csv.parts").mkdir()
    with pytest.raises(BadInputError, match="no part of a screening lies there"):
        joined(place)
    with pytest.raises(BadInputError, match="cannot be read"):
        joined(place, join=place / "nowhere")


@pytest.mark.parametrize("asked", ["0/4", "5/4", "3", "a/b", "1/0", "-1/4", "1/4/4", ""])
def test_what_is_no_part_is_refused(asked):
    with pytest.raises(BadInputError, match="that is no part of a screening"):
        share_of(asked)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"part": "1/4"}, "without --out"),
        ({"part": "1/4", "out": "hits.csv", "join": "parts"}, "--part and --join"),
        ({"part": "1/4", "out": "hits.csv", "record": "clearance.html"}, "--part and --record"),
        ({"join": "parts"}, "--join cannot be used so"),
        ({"join": "parts", "out": "hits.csv", "resume": True}, "--join cannot be used so"),
    ],
)
def test_what_does_not_go_together_is_refused(place, asked, named):
    with pytest.raises(BadInputError, match=named):
        screen(place / "parties.csv", store=place / "store", **asked)
