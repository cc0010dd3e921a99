"""Private parts of packages: each is used behind one function, and the versions that have it are bounded."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from packaging.requirements import Requirement

from entrepot.trade import gravity_engines
from entrepot.trade.gravity import Model, estimate

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "entrepot"
# Package -> the versions in which its private parts are known, and the functions that use them.
PRIVATE = {
    "httpx": (">=0.28,<0.29", {"guard"}),
    "click": (">=8.3,<9", {"spoken_command"}),
    "pyspark": (">=4.1,<5", {"_executors", "_driver"}),
    "fereg": (">=0.4.1,<0.5", {"_private", "_dropped"}),
}
OWN = ("same module", "its own")  # how a line says that the private part is Entrepot's


def uses() -> set[str]:
    """The functions of the source that use a private part of something other than themselves."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        lines = {n for n, line in enumerate(text.splitlines(), 1) if _foreign(line)}
        for node in ast.walk(ast.parse(text)) if lines else ():
            if isinstance(node, ast.FunctionDef) and lines & set(range(node.lineno, (node.end_lineno or 0) + 1)):
                found.add(node.name)
    return found


def _foreign(line: str) -> bool:
    return bool(re.search(r"noqa:.*SLF001", line)) and not any(said in line for said in OWN)


def bounds() -> dict[str, Requirement]:
    """The requirements of the project and of its extras, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    return {r.name: r for r in map(Requirement, wanted)}


def test_each_private_part_is_used_in_a_function_of_its_own():
    assert uses() == {name for _, functions in PRIVATE.values() for name in functions}


@pytest.mark.parametrize("package", PRIVATE)
def test_the_versions_with_a_private_part_are_bounded(package):
    known, _ = PRIVATE[package]
    bound = bounds()[package].specifier
    assert bound == Requirement(package + known).specifier
    assert any(s.operator == "<" for s in bound)
    assert bound.contains(metadata.version(package))


def test_what_fereg_0_4_and_pyfixest_0_60_found():
    rng = np.random.default_rng(5)
    n = 400
    x, pair = rng.normal(size=n), np.repeat([f"p{i}" for i in range(40)], 10)
    frame = pl.DataFrame({"y": np.exp(0.5 * x + rng.normal(size=n) / 5), "x": x, "pair": pair, "alone": pair})
    model = Model("y", ("x",), ("pair",), ("pair",), "ppml")
    assert metadata.version("pyfixest") == "0.60.0"
    for engine in ("fereg", "pyfixest"):
        found = estimate(frame, model, engine)
        assert found.coefficients[0] == pytest.approx(0.5, abs=0.05)
        assert found.covariance.shape == (1, 1)
        assert (found.n, found.groups, found.separated, found.singletons) == (n, 40, 0, 0)


def test_what_fereg_0_4_left_out_is_counted():
    y, pair = [1.0, 2.0, 0.0, 0.0, 3.0, 5.0, 7.0], ["a", "a", "b", "b", "c", "c", "d"]
    frame = pl.DataFrame({"y": y, "x": [0.1, 0.5, 0.2, 0.9, 0.7, 0.3, 0.4], "pair": pair})
    found = estimate(frame, Model("y", ("x",), ("pair",), (), "ppml"))
    assert (found.separated, found.singletons, found.n) == (2, 1, 4)
    assert gravity_engines.ENGINES.keys() == {"fereg", "pyfixest"}
