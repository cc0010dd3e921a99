"""A backup beside a server: files that are replaced or removed while it is written."""

from __future__ import annotations

import pytest

from entrepot.core import store
from entrepot.core.files import replacing
from entrepot.core.store import archive


@pytest.fixture
def kept(tmp_path):
    """A store with the state of a job beside it, which a server writes without the lock of the store."""
    folder = tmp_path / "store"
    with store.opened(folder):
        pass
    for name, said in {"a": "first", "b": "to be removed", "c": "last"}.items():
        (folder / "served-jobs" / name).mkdir(parents=True)
        (folder / "served-jobs" / name / "state.json").write_text(said, encoding="utf-8")
    return folder


def test_a_file_that_is_replaced_or_removed_meanwhile_spoils_no_archive(kept, tmp_path, monkeypatch):
    put, states = archive._put, {n: kept / "served-jobs" / n / "state.json" for n in "abc"}

    def while_it_serves(tar, name, size, data):
        for one in "ac":  # as a job writes how far it is
            with replacing(states[one]) as part:
                part.write_text(f"written anew, longer, beside {name}", encoding="utf-8")
        states["b"].unlink(missing_ok=True)
        put(tar, name, size, data)

    monkeypatch.setattr(archive, "_put", while_it_serves)
    names = archive.backup(kept, tmp_path / "kept.tar")
    assert "served-jobs/b/state.json" not in names
    back = tmp_path / "back"
    assert archive.restore(tmp_path / "kept.tar", back) == names
    # Each is whole as it was at one moment: the one before, or the one after some member was put in.
    for one in "ac":
        said = (back / "served-jobs" / one / "state.json").read_text(encoding="utf-8")
        assert said.startswith("written anew, longer, beside ")
    assert (back / store.FILE).read_bytes() == (kept / store.FILE).read_bytes()
