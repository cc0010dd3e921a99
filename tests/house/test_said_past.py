"""No sentence is said past the catalogue: commands, the report and its PDF in a language whose sentences have brackets.

Pages of the server are held to the same in tests/server/test_pages.py, help in tests/cli/test_another_language.py.
What is still said past it is counted by place and command in said_past.csv; a number there may fall and never rise.
`SAID_PAST=write` in the environment writes the numbers that are found.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from brackets import ROOT, compiled, run, running, said_by, speaking_it
from plain_words import runs, runs_of_page

from entrepot.print import fonts

COUNTED = ROOT / "tests" / "house" / "said_past.csv"
FIELDS = ("place", "of", "runs")
SCENES = {s.name: s for s in running.scenes()}
QUICK = ("clock", "measures", "ownership", "screen-suppliers")
# Left out: help, which has a test of its own; what needs files that are not here, or takes minutes.
REST = [n for n, s in SCENES.items() if n not in {*QUICK, "help"} and not s.needs and not s.long]
BREAK = "\u200b"  # where a long word may be broken; brackets have no font and stand as their numbers
ASKED = ["brief", "ofac-xinjiang", "--as-of", "2025-12-31", "--out"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("languages")
    compiled(place)
    return place


@pytest.fixture
def spoken(folder, monkeypatch):
    speaking_it(monkeypatch, folder)
    return monkeypatch


def allowed():
    with COUNTED.open(encoding="utf-8") as stream:
        return {(r["place"], r["of"]): int(r["runs"]) for r in csv.DictReader(stream)}


def held(found):
    """Hold the runs that were found, by place and what they are of, against the numbers that are allowed."""
    known = allowed()
    if os.environ.get("SAID_PAST") == "write":
        known |= {key: len(words) for key, words in found.items()}
        with COUNTED.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerows([FIELDS, *((*key, n) for key, n in sorted(known.items()) if n)])
        return
    more = {key: sorted(words) for key, words in found.items() if len(words) > known.get(key, 0)}
    assert more == {}, "say them through tr(), or mark them as data (docs/design/57-words.md)"


def of_scene(name, place, patch):
    found = defaultdict(set)
    for command, text in said_by(SCENES[name], place, patch):
        found[f"scene {name}", command].update(runs(text))
    return found


@pytest.mark.parametrize("name", QUICK)
def test_commands_say_nothing_past_the_catalogue(name, tmp_path, spoken):
    held(of_scene(name, tmp_path, spoken))


@pytest.mark.slow
@pytest.mark.parametrize("name", REST)
def test_other_commands_say_nothing_past_the_catalogue(name, tmp_path, spoken):
    held(of_scene(name, tmp_path, spoken))


def test_a_report_says_nothing_past_the_catalogue(tmp_path, spoken):
    spoken.setenv("ENTREPOT_STORE", str(tmp_path / "store"))
    said = "\n".join(run([*ASKED, str(tmp_path / "out")]))
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    held({("report", "terminal"): set(runs(said)), ("report", "page"): set(runs_of_page(page))})


@pytest.mark.slow
def test_a_report_on_paper_says_nothing_past_the_catalogue(tmp_path, spoken):
    spoken.setenv("ENTREPOT_STORE", str(tmp_path / "store"))
    spoken.setattr(fonts, "APART", ())  # isolates around data are set as nothing; here as their numbers, to be seen
    run([*ASKED, str(tmp_path / "out"), "--pdf"])
    paper = next((tmp_path / "out").glob("*.pdf"))
    said = subprocess.run(["pdftotext", "-raw", paper, "-"], capture_output=True, text=True, check=True).stdout
    said = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda m: chr(int(m[1], 16)), said.replace(BREAK, ""))
    assert "⟦" in said
    held({("report", "paper"): set(runs(" ".join(said.split())))})


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⟦a ⟦b⟧ c⟧ said past it ⟦d⟧", ["said past it"]),
        ("⟦a⟧ \u2068Hotan Cotton Mill\u2069 `entrepot lists load` 'two words' 2024-11-25", []),
        ("⟦a⟧  not known  O0001", ["not known"]),
    ],
)
def test_words_past_the_catalogue_are_seen(text, left):
    assert runs(text) == left


def test_data_of_a_page_are_marked():
    page = '<p>⟦a⟧ <bdi>Hotan Mill</bdi> left here<p lang="en">as kept</p><i title="so is this">⟦x <b>5</b> y⟧</i>'
    assert runs_of_page(page) == ["left here", "so is this"]
