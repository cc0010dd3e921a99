"""What the documentation says to schedulers, run as they would: shares in any order, joined to the bytes of one run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "screening.md").read_text("utf-8")
DAY = "2026-11-27"
# A scheduler in a line: each runs its command once a share, with what the real one sets.
STANDS_IN = {
    "sbatch": 'for n in 2 1; do SLURM_ARRAY_TASK_ID=$n bash -c "$3" || exit 1; done',
    "ssh": 'shift; bash -c "$*"',
}


def command_of(scheduler):
    """The command of a scheduler's line on the page, the one with --part."""
    [line] = [line for line in PAGE.splitlines() if line.startswith(f"- **{scheduler}**: ")]
    [command] = [code for code in re.findall(r"`([^`]+)`", line) if "--part" in code]
    return command


@pytest.mark.parametrize("scheduler", ["Slurm", "Kubernetes", "ssh"])
def test_the_command_is_one_that_a_shell_reads(scheduler):
    done = subprocess.run(["bash", "-n", "-c", command_of(scheduler)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--out hits.csv" in command_of(scheduler)
    assert f"--as-of {DAY}" in command_of(scheduler)


@pytest.mark.slow
@pytest.mark.parametrize("scheduler", ["Slurm", "Kubernetes", "ssh"])
def test_its_shares_join_to_the_bytes_of_one_run(scheduler, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, script in (STANDS_IN | {"entrepot": f'exec "{sys.executable}" -m entrepot "$@"'}).items():
        (tools / name).write_text(f"#!/usr/bin/env bash\n{script}\n", "utf-8")
        (tools / name).chmod(0o755)
    names = ["Hetian Taida Apparel Co Ltd", *(f"Harbour Trading {n}" for n in range(4_500))]
    (tmp_path / "parties.csv").write_text("supplier\n" + "\n".join([*names, names[0]]) + "\n", "utf-8")
    env = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "ENTREPOT_STORE": str(tmp_path / "store"),
    }

    def run(text, **more):
        done = subprocess.run(
            ["bash", "-c", text], cwd=tmp_path, env=env | more, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    two = command_of(scheduler).replace("/40", "/2").replace("1-40", "1-2")
    two = two.replace("1 2 3 4", "1 2").replace("/4 ", "/2 ").replace("/shared", str(tmp_path))
    run(f"entrepot screen parties.csv --as-of {DAY} --out whole.csv")
    for index in ("1", "0") if scheduler == "Kubernetes" else ("",):
        run(two, JOB_COMPLETION_INDEX=index)
    run(f"entrepot screen parties.csv --as-of {DAY} --join hits.csv.parts --out hits.csv")
    assert (tmp_path / "hits.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert len((tmp_path / "hits.csv").read_text("utf-8").splitlines()) > 2
