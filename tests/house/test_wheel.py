"""The wheel works outside the repository, in an empty environment with the locked packages alone.

`make dist` lets these tests look at the wheel that it built: ENTREPOT_WHEEL. Otherwise they build one.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from entrepot import __version__
from examples import failures

ROOT = Path(__file__).parents[2]
MOST_BYTES = 30 * 1024 * 1024  # what a person on a slow line waits for, some minutes at 1 Mbit/s
pytestmark = pytest.mark.slow


def uv(*arguments: str | Path) -> str:
    """Run uv with the person's own index settings."""
    command = [sys.executable, str(ROOT / "scripts" / "run_uv.py"), *map(str, arguments)]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"UV_NO_PROGRESS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    if given := os.environ.get("ENTREPOT_WHEEL"):
        return Path(given)
    folder = tmp_path_factory.mktemp("dist")
    pinned = ("--build-constraints", ROOT / "requirements-dev.lock", "--require-hashes")
    uv("build", "--quiet", "--wheel", *pinned, "--out-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """The interpreter of an environment that has the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    uv("venv", "--quiet", "--python", sys.executable, folder)
    python = folder / "bin" / "python"
    into = ("pip", "install", "--quiet", "--python", python)
    uv(*into, "--require-hashes", "--requirements", ROOT / "requirements.lock")
    uv(*into, "--no-deps", wheel)
    return python


@pytest.fixture(scope="module")
def settings(tmp_path_factory, isolated):
    """An empty home, and no word of the checkout."""
    kept = isolated(tmp_path_factory.mktemp("home"))
    return {k: v for k, v in kept.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}


@pytest.fixture(scope="module")
def entrepot(python, settings, tmp_path_factory):
    """Runs the installed `entrepot` with the arguments given, in an empty folder and an empty home."""
    folder = tmp_path_factory.mktemp("work")

    def run(*arguments: str) -> str:
        command = [python.with_name("entrepot"), *arguments]
        done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_wheel_is_small(wheel):
    assert wheel.stat().st_size < MOST_BYTES


def test_the_wheel_holds_the_data_of_the_package(wheel):
    source = ROOT / "src"
    files = [f for f in source.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    with zipfile.ZipFile(wheel) as held:
        # Tables are packed on the way, by hatch_build.py, and say what they said.
        said = {n.removesuffix(".gz"): n for n in held.namelist()}
        lost = [str(f) for f in files if f.relative_to(source).as_posix().removesuffix(".gz") not in said]
        tables = [f for f in files if f.suffix == ".csv"]
        packed = {f: said[f.relative_to(source).as_posix()] for f in tables}
        other = [
            str(f)
            for f, name in packed.items()
            if (gzip.decompress(held.read(name)) if name.endswith(".gz") else held.read(name)) != f.read_bytes()
        ]
    assert lost == []
    assert other == []


def test_the_wheel_carries_its_licences(wheel):
    names = {Path(n).name for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/licenses/" in n}
    assert names == {"LICENSE", "LICENSE-DATA", "NOTICE"}


def test_the_wheel_is_named_by_the_version(wheel):
    assert wheel.name == f"entrepot-{__version__}-py3-none-any.whl"


def test_the_installed_command_says_its_version(entrepot):
    assert f"version {__version__}" in entrepot("--version")


def test_the_installed_command_prints_the_record(entrepot):
    heading, *rows = entrepot("record", "measures", "--format", "csv").splitlines()
    assert "measure" in heading
    assert any("uflpa" in row for row in rows)


def test_the_installed_command_writes_the_brief(entrepot, tmp_path):
    entrepot("brief", "uflpa", "--out", str(tmp_path))
    assert {"findings.json", "findings.csv"} <= {f.name for f in tmp_path.iterdir()}
    assert [f.suffix for f in tmp_path.iterdir()].count(".html") == 1


def test_nothing_is_wrong_with_an_installation_of_the_lock(entrepot):
    rows = json.loads(entrepot("doctor", "--format", "json"))
    assert [r for r in rows if r["state"] == "wrong"] == []
    pinned = re.findall(r"^([\w.-]+)==([\w.!+]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    found = {r["item"]: r["found"] for r in rows if r["topic"] == "package"}
    assert len(found) > 10
    assert set(found.items()) <= set(pinned)  # some are pinned by Python, a version for each


def test_the_readme_runs_on_the_installed_wheel(python, settings, tmp_path):
    assert failures(ROOT / "README.md", ROOT / "docs" / "examples", tmp_path, settings, python) == []


def test_the_wheel_runs_without_being_installed(wheel):
    pinned = ("--constraints", ROOT / "requirements.lock")
    said = uv("tool", "run", "--quiet", "--python", sys.executable, *pinned, "--from", wheel, "entrepot", "--version")
    assert f"version {__version__}" in said
