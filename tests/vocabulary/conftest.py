"""The data shelf beside the project, where present."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    default = Path(__file__).parents[2].parent / "shared"
    folder = Path(os.environ.get("ENTREPOT_SHARED", default))
    if not (folder / "embed" / "events.csv").exists():
        pytest.skip("needs the data shelf ../shared")
    return folder
