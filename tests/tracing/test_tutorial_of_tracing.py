"""What the tutorial of tracing shows is what its commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tracing-tutorial.md"
WIDTH = "118"


def shown():
    """Command -> the lines under it, those alone in which nothing is left out."""
    found = {}
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                command = line.removeprefix("$ entrepot ")
                found[command] = []
            elif line != "…":
                found[command].append(line)
    return found


@pytest.mark.slow
def test_the_tutorial_shows_what_its_commands_print(tmp_path, isolated):
    environment = isolated(tmp_path / "home") | {"COLUMNS": WIDTH, "PATH": os.environ["PATH"]}
    for command, lines in shown().items():
        done = subprocess.run(
            ["/bin/sh", "-c", f'"{sys.executable}" -m entrepot {command} 2>&1'],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        printed = {without_ids(line) for line in done.stdout.splitlines()}
        assert [line for line in lines if without_ids(line) not in printed] == [], command


def without_ids(line):
    """A line without the digits of ids: they are of a whole row, so that a word added to the names changes them."""
    return re.sub(r"\b([a-z]+)-[0-9a-f]{12}\b", r"\1-", line.rstrip())


def test_every_command_of_the_tutorial_shows_something():
    assert all(shown().values())
