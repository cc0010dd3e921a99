"""What is asked for in a form and can be printed nowhere is no success."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a shell of POSIX")


def test_rows_that_a_closed_output_cannot_take_are_refused(tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text("name\nQuiet Harbour Bakery\n", encoding="utf-8")

    def run(how, *words):
        command = [sys.executable, "-m", "entrepot", "screen", str(path), "--store", str(tmp_path / "store"), *words]
        return subprocess.run(["sh", "-c", f'exec "$@" {how}', "sh", *command], capture_output=True, text=True)  # noqa: PLW1510

    closed = run(">&-", "--format", "csv")
    assert closed.returncode == 2
    assert "the standard output is closed" in closed.stderr
    written = run(">&-", "--out", str(tmp_path / "hits.csv"))
    assert (written.returncode, (tmp_path / "hits.csv").exists()) == (0, True)
    assert run("", "--format", "csv").returncode == 0
