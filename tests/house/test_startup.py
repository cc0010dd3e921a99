"""What starts light stays light: heavy packages are imported by the step that needs them.

Times are measured in benchmarks/bench_startup.py; a test that asserted them would fail on a busy machine.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "currency_converter", "duckdb", "fereg", "httpx", "justhtml", "numpy", "openpyxl", "pandas", "polars",
    "pyarrow", "pypinyin", "rich", "scipy", "vl_convert",
}  # fmt: skip
SHOW = "import sys; print(*(m for m in sys.modules if '.' not in m), file=sys.stderr)"
HELP = f"""
import runpy, sys
sys.argv = ["entrepot", *{{arguments}}]
try:
    runpy.run_module("entrepot", run_name="__main__")
except SystemExit as done:
    assert done.code in (0, None), done.code
{SHOW}
"""


def imported(code: str, environment: dict[str, str]) -> set[str]:
    """The packages that a fresh interpreter holds after running `code`."""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_the_import_is_light(tmp_path, isolated):
    assert imported(f"import entrepot; {SHOW}", isolated(tmp_path)) & HEAVY == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_the_help_is_light(arguments, tmp_path, isolated):
    assert imported(HELP.format(arguments=arguments), isolated(tmp_path)) & HEAVY == set()


def test_a_heavy_import_would_be_seen(tmp_path, isolated):
    assert "openpyxl" in imported(f"import openpyxl; {SHOW}", isolated(tmp_path))
