"""The data shelf beside the project, where present; a measure file to break on purpose."""

import os
from importlib.resources import files
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    default = Path(__file__).parents[2].parent / "shared"
    folder = Path(os.environ.get("ENTREPOT_SHARED", default))
    if not (folder / "embed" / "events.csv").exists():
        pytest.skip("needs the data shelf ../shared")
    return folder


@pytest.fixture(scope="session")
def uflpa_text() -> str:
    return (files("entrepot.measures") / "data" / "acts" / "uflpa.toml").read_text(encoding="utf-8")
