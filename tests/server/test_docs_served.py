"""What docs/server.md tells a reader to send is sent, and answered."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from entrepot.server.people import read_people

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:8765"


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_each_request_is_answered(open_client):
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) >= 6
    home = str(open_client.base_url).rstrip("/")
    for line in lines:
        command = line.replace(HERE, home)
        shell = ["bash", "-c", f"set -o pipefail; {command}"]
        done = subprocess.run(shell, cwd=ROOT / "docs" / "examples", capture_output=True, text=True, check=False)
        assert done.returncode == 0, line + done.stderr
        assert done.stdout, line
        for answer in done.stdout.splitlines() if "stream" in line else [done.stdout]:
            if "format=csv" not in line:
                assert "error" not in json.loads(answer), line + answer
    assert (
        "uflpa-hetian-taida-apparel-co-ltd" in done.stdout
    )  # the last is OpenRefine, which asks for a firm that is listed


def test_what_is_written_in_python_runs(open_client):
    codes = blocks("py")
    assert ["pandas" in c or "BATCH" in c for c in codes] == [True, True]
    for code in codes:
        exec(code.replace(HERE, str(open_client.base_url).rstrip("/")), {})


def test_the_file_of_people_is_read_and_the_unit_starts_what_there_is(tmp_path):
    from click.testing import CliRunner

    from entrepot.cli.serve import command

    (people,) = blocks("toml")
    file = tmp_path / "users.toml"
    file.write_text(people.replace("put the output of secrets.token_urlsafe(32) here", "x" * 43), encoding="utf-8")
    assert [p.name for p in read_people(file)] == ["A. Clerk", "B. Head"]
    assert tomllib.loads(people)
    (unit,) = blocks("ini")
    words = re.findall(r"ExecStart=\S+ serve (.*)", unit)[0].split()
    options = {o for p in command.params for o in p.opts}
    assert {w for w in words if w.startswith("--")} <= options
    assert CliRunner().invoke(command, ["--help"]).exit_code == 0
