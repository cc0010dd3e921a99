import os
from pathlib import Path

import pytest

from entrepot.record.record import Record, load


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("ENTREPOT_SHARED") or Path(__file__).parents[2].parent / "shared")
    if not (folder / "embed").is_dir():
        pytest.skip("needs the data shelf ../shared")
    return folder


@pytest.fixture(scope="session")
def record() -> Record:
    return load()


@pytest.fixture(scope="session")
def rows(record):
    """The rows of a table as dicts."""
    return lambda name: record.tables[name].to_pylist()
