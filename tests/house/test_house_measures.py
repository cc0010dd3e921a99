"""The measures of the house, on a house small enough to count by hand."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import house_measures
import house_trace

ROOT = Path(__file__).parents[2]
LOADER = """
from importlib.resources import files
import csv

def load():
    return list(csv.DictReader(files("entrepot.a").joinpath("data/x.csv").read_text().splitlines()))

def of_the_user(path):
    return list(csv.reader(path.open()))

def packaged_but_no_table():
    return files("entrepot.a").joinpath("data/x.txt").read_text()
"""
HOUSE = {
    "__init__.py": "",
    "a/__init__.py": "",
    "a/first.py": "",
    "a/second.py": "from entrepot.a import first",
    "a/third.py": "def f():\n    from entrepot.a.second import x\n\nfrom entrepot.a import first",
    "a/below/__init__.py": "",
    "a/below/loads.py": LOADER,
    "b/__init__.py": "",
    "b/first.py": "from ..a import third\n" + "x = 1\n" * 400,
    "b/contract.py": "",
    "a/contract.py": "",
    "cli/__init__.py": "",
    "cli/run.py": "import entrepot.b.first\n",
}


@pytest.fixture
def house(tmp_path):
    """A checkout with the files of HOUSE."""
    for name, text in HOUSE.items():
        file = tmp_path / "src" / "entrepot" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_rooms_are_counted(house):
    rows = {r["room"]: r for r in house_measures.rooms(house / "src" / "entrepot")}
    assert list(rows) == ["a", "b", "cli"]
    a = rows["a"]
    assert (a["files"], a["folders"], a["largest folder"], a["which"]) == (5, 2, 4, "a")
    # third, second, first stand on one another; third reaches first directly too
    assert (a["floors"], a["arrows inside"], a["arrows out"]) == (3, 3, 0)
    assert (a["functions"], a["csv loaders"], a["files over 400"]) == (4, 1, 0)
    assert (rows["b"]["arrows out"], rows["b"]["files over 400"]) == (1, 1)


def test_the_house_is_counted(house):
    found = house_measures.house(house / "src" / "entrepot")
    assert found["which names"] == {"first": ["a", "b"]}
    assert found["which loaders"] == {"a.below.loads": ["load"]}
    assert (found["lines of cli"], found["files over 400 lines"], found["files"]) == (1, 1, len(HOUSE))


def test_a_circle_has_no_floors():
    assert house_measures.floors({"a": {"b"}, "b": {"a"}}) == 0
    assert house_measures.floors({"a": set()}) == 1


def test_the_reader_of_record_tables_is_no_private_loader():
    assert house_measures.csv_loaders(ast.parse(f"{LOADER}\nclass RecordTable:\n    pass\n")) == []
    assert house_measures.csv_loaders(ast.parse(LOADER)) == ["load"]


def test_nine_in_ten_functions_are_no_longer():
    assert house_measures.p90(range(1, 11)) == 9
    assert house_measures.p90([7]) == 7
    assert house_measures.p90([]) == 0


def test_stays_and_returns():
    found = house_measures.passage(["a/x.py", "a/x.py", "core/c.py", "a/y.py", "core/c.py", "a/x.py", "b/z.py"])
    assert found["way"] == ["a/x.py", "a/y.py", "a/x.py", "b/z.py"]
    assert (found["stays"], found["files"], found["returns"]) == (4, 3, 1)
    assert house_measures.passage(["a/x.py", "b/z.py", "a/x.py"], ("b/",))["way"] == ["a/x.py"]


MAIN = """
from entrepot import other

def given(rows):
    return other.count(rows)

def look_up():
    return other.constant()

look_up()
with open("f.csv") as file:
    for row in [file.read(), file.name]:
        given([{"name": "A made up firm"}])
"""
OTHER = "def count(rows):\n    return len(rows)\n\n\ndef constant():\n    return 4\n"


def test_a_command_is_followed(tmp_path):
    package = tmp_path / "src" / "entrepot"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(MAIN)
    (package / "other.py").write_text(OTHER)
    (tmp_path / "f.csv").write_text("name,value\nA made up firm,1\n")
    command = [sys.executable, str(ROOT / "scripts" / "house_trace.py"), str(package), "f.csv", "x"]
    environment = {"PYTHONPATH": str(tmp_path / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    traced = json.loads(done.stdout)
    # look_up and constant are not given a piece of the file; the loop is passed through once
    assert traced["all"] == ["__main__.py", "other.py", "__main__.py", "other.py"]
    assert traced["data path"] == ["__main__.py", "other.py"]


@pytest.mark.parametrize(
    ("value", "held"),
    [
        ("A made up firm", True),
        ([{"a": ("x", ["A made up firm"])}], True),
        (b"..A made up firm..", True),
        (Path("somewhere/f.csv"), True),
        (1234567, True),
        ({1234567.0}, True),
        (999, False),
        ("made", False),
        ([None, True, object()], False),
        ((n for n in ["A made up firm"]), False),
    ],
)
def test_a_piece_of_the_file_is_known(tmp_path, value, held):
    file = tmp_path / "f.csv"
    file.write_text("name,value\nA made up firm,1234567\n")
    assert house_trace.Pieces(file).held_in(value) is held


def test_pieces_in_tables_and_arrays_are_seen(tmp_path):
    polars, numpy = pytest.importorskip("polars"), pytest.importorskip("numpy")
    file = tmp_path / "f.csv"
    file.write_text("name,value\nx,1234567\n")
    frame = polars.DataFrame({"v": [1234567.0]})
    pieces = house_trace.Pieces(file)
    assert pieces.held_in(frame)
    assert pieces.held_in(frame.to_arrow())
    assert pieces.held_in(numpy.array([[1.0, 1234567.0]]))
    assert not pieces.held_in(frame.head(0))


def test_a_room_of_this_house_is_measured(tmp_path):
    package = tmp_path / "src" / "entrepot"
    shutil.copytree(ROOT / "src" / "entrepot" / "core", package / "core")
    (package / "cli").mkdir()
    measured = house_measures.measures(tmp_path)
    assert [r["room"] for r in measured["rooms"]] == ["core"]
    assert measured["rooms"][0]["floors"] > 1
    assert "names in two rooms" in house_measures.text(measured)
