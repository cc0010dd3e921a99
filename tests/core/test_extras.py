"""What a plain install leaves out, and pandas, which commands keep out."""

import os
import subprocess
import sys

import pytest

from entrepot.core.errors import MissingExtraError
from entrepot.core.runtime import extras

COMMAND = "import entrepot.__main__, sys; import pyarrow as pa; pa.array(['a']); pa.scalar(1); "


def held(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_packages_that_are_there_pass():
    extras.need("gravity", "this")


def test_packages_that_are_not_there_are_named_with_the_remedy(monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "gravity", ("polars", "nowhere", "no_such", "neither"))
    with pytest.raises(MissingExtraError) as caught:
        extras.need("gravity", "the event study")
    assert str(caught.value) == (
        "the event study needs nowhere, no_such and neither, which a plain install leaves out. "
        "Run: pip install 'entrepot[gravity]'"
    )
    assert (caught.value.exit_code, caught.value.extra) == (2, "gravity")
    assert caught.value.packages == ("nowhere", "no_such", "neither")


def test_a_command_keeps_pandas_out():
    assert held(COMMAND + "print('pandas' in sys.modules)") == "False"


def test_an_extra_lets_pandas_in():
    code = COMMAND + (
        "import polars as pl; from entrepot.core.runtime.extras import need; need('gravity', 'this'); "
        "import pandas as pd; "
        "print(pl.DataFrame({'a': [1]}).to_pandas().equals(pd.DataFrame({'a': [1]})), pa.array(pd.Series([1.0, None])))"
    )
    assert held(code).startswith("True")


def test_a_program_that_imports_entrepot_has_its_pandas():
    assert held("import entrepot; entrepot.screen; import pandas; print('pandas')") == "pandas"
