"""The wheel works outside the repository, in an empty environment with the locked packages alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def uv(*arguments: str | Path) -> None:
    """Run uv with the person's own index settings."""
    command = [sys.executable, str(ROOT / "scripts" / "run_uv.py"), *map(str, arguments), "--quiet"]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    pinned = ("--build-constraints", ROOT / "requirements-dev.lock", "--require-hashes")
    uv("build", "--wheel", *pinned, "--out-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def entrepot(wheel, tmp_path_factory, isolated):
    """Runs the installed `entrepot` with the arguments given, in an empty folder and an empty home."""
    folder = tmp_path_factory.mktemp("installed")
    uv("venv", "--python", sys.executable, folder / "venv")
    python = folder / "venv" / "bin" / "python"
    uv("pip", "install", "--python", python, "--require-hashes", "--requirements", ROOT / "requirements.lock")
    uv("pip", "install", "--python", python, "--no-deps", wheel)
    (folder / "work").mkdir()
    environment = {k: v for k, v in isolated(folder).items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [python.with_name("entrepot"), *arguments],
            cwd=folder / "work",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_wheel_holds_the_data_of_the_package(wheel):
    source = ROOT / "src"
    files = [f for f in source.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    names = set(zipfile.ZipFile(wheel).namelist())
    assert [str(f) for f in files if f.relative_to(source).as_posix() not in names] == []


def test_the_wheel_carries_its_licences(wheel):
    names = {Path(n).name for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/licenses/" in n}
    assert names == {"LICENSE", "LICENSE-DATA", "NOTICE"}


def test_the_installed_command_says_its_version(entrepot):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert version in entrepot("--version")


def test_the_installed_command_prints_the_record(entrepot):
    heading, *rows = entrepot("record", "measures", "--format", "csv").splitlines()
    assert "measure" in heading
    assert any("uflpa" in row for row in rows)


def test_the_installed_command_writes_the_brief(entrepot, tmp_path):
    entrepot("brief", "uflpa", "--out", str(tmp_path))
    assert {"findings.json", "findings.csv"} <= {f.name for f in tmp_path.iterdir()}
    assert [f.suffix for f in tmp_path.iterdir()].count(".html") == 1
