"""The scripts that make the environment: which Python is taken, and whose settings uv follows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import run_uv

ROOT = Path(__file__).parents[2]
FAKE = """#!/bin/sh
case "$2" in
    *version*) echo {version}; exit {unfit} ;;
    *ensurepip*) exit {bare} ;;
esac
"""


@pytest.fixture
def interpreter(tmp_path):
    """Runs scripts/interpreter.sh where only the interpreters made with `.add` exist."""
    folder = tmp_path / "a folder"
    folder.mkdir()

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = ["/bin/sh", str(ROOT / "scripts" / "interpreter.sh"), *arguments]
        settings = {"PATH": str(folder)} | environment
        return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)

    def add(name: str, version: str = "", *, unfit: int = 0, bare: int = 0) -> Path:
        file = folder / name
        file.write_text(FAKE.format(version=version, unfit=unfit, bare=bare))
        file.chmod(0o755)
        return file

    run.add = add
    return run


def test_the_newest_python_is_taken(interpreter):
    interpreter.add("python3.11", "3.11")
    interpreter.add("python3.12", "3.12")
    assert interpreter().stdout == "python3.12\n"
    assert interpreter(PYTHON="python3.11").stdout == "python3.11\n"


def test_what_does_not_run_is_passed_over(interpreter):
    interpreter.add("python3.13", unfit=127)  # the shim of a version manager without that version
    interpreter.add("python3.12", "3.12", bare=1)  # Debian without python3-venv
    interpreter.add("python3", "3.11")
    assert interpreter().stdout == "python3\n"


def test_when_none_will_do_each_reason_is_given(interpreter):
    interpreter.add("python3.13", unfit=127)
    interpreter.add("python3.12", "3.12", bare=1)
    interpreter.add("python3", "3.10", unfit=1)
    done = interpreter()
    assert (done.returncode, done.stdout) == (1, "")
    for line in (
        "python3.13: does not run",
        "python3.12: is Python 3.12 without venv (Debian and Ubuntu: apt install python3.12-venv)",
        "python3.11: not found",
        "python3: is Python 3.10",
        "make demo PYTHON=",
    ):
        assert line in done.stderr


def test_a_named_python_may_have_a_space_in_its_path(interpreter):
    named = str(interpreter.add("python", "3.12"))
    assert interpreter(PYTHON=named).stdout == f"{named}\n"
    missing = interpreter(PYTHON=f"{named}3.9")
    assert f"{named}3.9: not found" in missing.stderr


def test_an_environment_fits_if_it_runs_and_is_the_version_asked_for(interpreter, tmp_path):
    (tmp_path / "a folder" / "bin").mkdir()
    environment = str(tmp_path / "a folder")
    assert interpreter("fits", environment).returncode == 1
    interpreter.add("bin/python", "3.12")
    interpreter.add("python3.11", "3.11")
    interpreter.add("python3.12", "3.12")
    assert interpreter("fits", environment).returncode == 0
    assert interpreter("fits", environment, PYTHON="python3.12").returncode == 0
    assert interpreter("fits", environment, PYTHON="python3.11").returncode == 1
    interpreter.add("bin/python", "3.10", unfit=1)
    assert interpreter("fits", environment).returncode == 1


LISTING = """\
:env:.index-url='https://env.example/simple'
global.cert='/certificates/all.pem'
global.extra-index-url='https://one.example/simple\\nhttps://two.example/simple'
global.index-url='https://global.example/simple'
global.timeout='60'
install.index-url='https://install.example/simple'
"""


def test_uv_follows_what_pip_is_told():
    assert run_uv.environment(LISTING, {"HOME": "h"}) == {
        "HOME": "h",
        "UV_DEFAULT_INDEX": "https://env.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "SSL_CERT_FILE": "/certificates/all.pem",
    }
    assert run_uv.environment("", {"HOME": "h"}) == {"HOME": "h"}


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL"])
def test_what_uv_is_told_wins(name):
    told = run_uv.environment(LISTING, {name: "https://uv.example/simple"})
    assert told[name] == "https://uv.example/simple"
    assert "https://env.example/simple" not in told.values()


def test_the_exit_code_of_uv_is_passed_on():
    command = [sys.executable, str(ROOT / "scripts" / "run_uv.py"), "no-such-command"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_make_without_a_target_lists_them():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert {"demo", "test", "lint", "docs", "bench", "clean", "help"} <= set(listed)
    assert max(map(len, done.stdout.splitlines())) < 140
