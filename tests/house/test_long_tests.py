"""Tests that `tests/long_tests.csv` keeps for `make test-slow` are there, and none of the house is among them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_is_there_and_the_house_is_asked_every_time():
    with (ROOT / "tests" / "long_tests.csv").open(encoding="utf-8", newline="") as handle:
        named = [row["test"] for row in csv.DictReader(handle)]
    assert len(named) == len(set(named)) > 1
    gone = [n for n in named if not _is_there(*n.split("::")[:2])]
    assert gone == []
    assert not any(n.startswith("tests/house/") for n in named)


def _is_there(file: str, name: str) -> bool:
    path, said = ROOT / file, rf"def {name.partition('[')[0]}\("
    return path.is_file() and re.search(said, path.read_text(encoding="utf-8")) is not None
