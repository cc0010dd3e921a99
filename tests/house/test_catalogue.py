"""The catalogue is what the code says, and the rooms whose sentences are in it get none past it."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
PACKAGE = ROOT / "src" / "entrepot"
sys.path.insert(0, str(SCRIPTS))

from words.extraction import of_code  # noqa: E402 - scripts are no package that is installed
from words.unsaid import unsaid  # noqa: E402

# Sentences past the catalogue in the rooms that were moved: parts of a finding, names of fonts, keys.
# A number may fall and never rise. Of the other rooms `scripts/words --left` tells how many are still to be moved.
COUNTED = (ROOT / "tests" / "house" / "unsaid.csv").read_text(encoding="utf-8")
LEFT = {r["room"]: int(r["sentences"]) for r in csv.DictReader(COUNTED.splitlines())}


def test_no_sentence_is_new_past_the_catalogue():
    found = Counter(one.room for path in PACKAGE.rglob("*.py") for one in unsaid(path))
    more = {room: count for room, count in found.items() if count > LEFT.get(room, count)}
    assert more == {}, f"say them through tr(): scripts/words --left {' '.join(more)}"


def test_what_is_moved_stays_counted():
    found = Counter(one.room for path in PACKAGE.rglob("*.py") for one in unsaid(path))
    assert {room: count for room, count in LEFT.items() if count > found[room]} == {}, "lower tests/house/unsaid.csv"


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('tr("a {b}", b=1)', [("", "a {b}", "")]),
        ('trs("a", "b")', [("", "a", ""), ("", "b", "")]),
        ('ntr(n, "{count} row", "{count} rows")', [("", "{count} row", "{count} rows")]),
        ('counted(n, "party", "parties")', [("", "{count:,} party", "{count:,} parties")]),
        ('X = marked("a b")', [("", "a b", "")]),
        ("tr(x)", []),
    ],
)
def test_sentences_are_found_where_they_are_said(source, keys):
    assert list(of_code(source, "tr")) == keys


def test_a_sentence_past_the_catalogue_is_found(tmp_path):
    room = tmp_path / "entrepot" / "room"
    room.mkdir(parents=True)
    file = room / "module.py"
    file.write_text(
        '"""A docstring is not said."""\n'
        "def f(x):\n"
        '    """Nor is this one."""\n'
        '    if x == "two words":\n'
        '        raise BadInputError(f"{x} is not read", remedy=tr("Give another."))\n'
        '    raise ValueError("a fault of ours")\n'
    )
    assert [one.text for one in unsaid(file)] == [" is not read"]


@pytest.mark.slow
def test_the_catalogue_is_what_the_code_says():
    found = subprocess.run(
        [sys.executable, str(SCRIPTS / "words"), "--check"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
