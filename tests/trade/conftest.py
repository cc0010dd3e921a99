from pathlib import Path

import pytest

CONSTRUCTED = Path(__file__).parent / "constructed"


@pytest.fixture
def constructed():
    return CONSTRUCTED


@pytest.fixture
def write(tmp_path):
    """Writes lines to a file and reads them as flows."""

    def written(text, name="flows.csv", **options):
        from entrepot.trade.loading import flow_file

        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return flow_file.read_flows(path, **options)

    return written


@pytest.fixture
def faults():
    """The faults of a kind: what was done -> rows."""

    def of(loaded, kind):
        found = {}
        for row in loaded.faults.to_pylist():
            if row["kind"] == kind:
                found.setdefault(row["done"], []).extend(row["rows"])
        return found

    return of
