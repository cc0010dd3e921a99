"""A plain install stays light, and what it leaves out is asked for in one line."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from entrepot.core.runtime.extras import EXTRAS
from weight import LIMIT, plain, weight

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# None of the extras' packages can be imported; what a command says then is what it says after a plain install.
BARE = """
import runpy, sys
sys.modules.update(dict.fromkeys({names!r}))
sys.argv = ["entrepot", *{arguments!r}]
runpy.run_module("entrepot", run_name="__main__")
"""


def own() -> float:
    """The files of Entrepot itself as a wheel has them, in MB: tables are packed by hatch_build.py."""
    files = [f for f in (ROOT / "src" / "entrepot").rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    return sum(map(size, files)) / 1e6


def size(file: Path) -> int:
    """The bytes of a file in a wheel."""
    if file.suffix == ".csv" and "regions" not in file.parts:
        return len(gzip.compress(file.read_bytes(), 9, mtime=0))
    return file.stat().st_size


def test_a_plain_install_is_under_its_limit():
    sizes = {d.metadata["Name"]: weight(d) for d in plain(PROJECT["dependencies"])}
    assert len(sizes) > 20
    heaviest = sorted(sizes.items(), key=lambda s: -s[1])[:8]
    assert sum(sizes.values()) + own() < LIMIT, heaviest


def test_a_plain_install_brings_nothing_of_an_extra():
    brought = {d.metadata["Name"].lower() for d in plain(PROJECT["dependencies"])}
    extras = {Requirement(r).name for wanted in PROJECT["optional-dependencies"].values() for r in wanted}
    assert brought & extras == set()


def test_extras_are_declared_as_they_are_asked_for():
    declared = {e: {Requirement(r).name for r in wanted} for e, wanted in PROJECT["optional-dependencies"].items()}
    # Some are imported under a name with an underscore.
    declared = {e: {name.replace("-", "_") for name in names} for e, names in declared.items()}
    assert declared == {extra: set(packages) for extra, packages in EXTRAS.items()}
    assert all(declared.values()), "an extra without content is not declared"


def bare(arguments: list[str], environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """The command line in a process in which the packages of the extras cannot be imported."""
    # pandas is barred from commands in any case; a None in its place is more than pyarrow understands.
    names = sorted({p for packages in EXTRAS.values() for p in packages} - {"pandas"})
    code = BARE.format(names=names, arguments=arguments)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["divert", "--help"], ["replicate", "--help"]])
def test_the_command_line_starts_without_extras(arguments, tmp_path, isolated):
    done = bare(arguments, isolated(tmp_path), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_needs_an_extra_says_so_in_one_line(tmp_path, isolated):
    environment = isolated(tmp_path)
    flows = str(ROOT / "docs" / "examples" / "simulated_flows.csv")
    asked = ["--measure", "none", "--from", "CHN", "--to", "USA", "--since", "2020-06-01"]
    for arguments in (["replicate"], ["divert", "event-study", flows, *asked]):
        done = bare(arguments, environment, tmp_path)
        assert done.returncode == 2
        said = done.stderr.splitlines()[-1]
        assert "needs fereg, pandas and scipy" in said or "needs fereg and scipy" in said
        assert said.endswith("Run: pip install 'entrepot[gravity]'")


def test_diversion_itself_needs_no_extra(tmp_path, isolated):
    environment = isolated(tmp_path)
    done = bare(["record", "flows", "--format", "csv", "--out", "solar.csv"], environment, tmp_path)
    assert done.returncode == 0, done.stderr
    mapped = str(ROOT / "docs" / "examples" / "solar.toml")
    done = bare(["load", "solar.csv", "--map", mapped, "--out", "solar.parquet"], environment, tmp_path)
    assert done.returncode == 0, done.stderr
    done = bare(["divert", "solar.parquet", "--measure", "uflpa", "--since", "2023-08-23"], environment, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "took more than expected" in done.stdout


def test_the_weight_of_a_package_is_that_of_its_files():
    assert weight(metadata.distribution("click")) == pytest.approx(0.5, abs=0.3)


def test_one_screening_does_without_what_takes_long_to_import(tmp_path, isolated):
    (tmp_path / "one.csv").write_text("name\nHetian Taida Apparel\n", encoding="utf-8")
    code = (
        "import sys; from entrepot.__main__ import main\n"
        "try: main()\n"
        "finally: print({'polars', 'pandas', 'openpyxl', 'httpx', 'vl_convert'} & sys.modules.keys(), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "screen", "one.csv", "--list", "uflpa"],
        env=isolated(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Hetian Taida" in run.stdout
    assert run.stderr.splitlines()[-1] == "set()"
