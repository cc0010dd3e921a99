"""A measure file to break on purpose."""

from importlib.resources import files

import pytest


@pytest.fixture(scope="session")
def uflpa_text() -> str:
    return (files("entrepot.measures") / "data" / "acts" / "uflpa.toml").read_text(encoding="utf-8")
