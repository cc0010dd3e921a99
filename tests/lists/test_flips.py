"""One bit of any file of a store is turned: it is found, or no answer changes.

ENTREPOT_FLIPS says how many, ENTREPOT_SEED repeats a run.
"""

from __future__ import annotations

import os
import random

import pyarrow as pa
import pytest

from entrepot.core import store
from entrepot.core.errors import EntrepotError
from entrepot.desk.lists import lists
from entrepot.desk.screen import screen
from entrepot.lists import versions

pytestmark = pytest.mark.slow

FLIPS = int(os.environ.get("ENTREPOT_FLIPS") or 100)
SEED = int(os.environ.get("ENTREPOT_SEED") or random.randrange(10**6))
_NOT_KEPT = "Warning: not kept"  # what could not be put into a broken database: no answer, and said
NAMES = ["Kashgar Looms", "Yarkant Gining", "Gulmira Tohti", "Aksu Silicon 3 Ltd", "Nobody at All", "Hoshine Silicon"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A store with three lists, ready to be searched, one of them with numbers of documents."""
    folder = tmp_path_factory.mktemp("flips")
    firms = "entity_id,name\n1,Kashgar Looms\n2,Yarkant Ginning\n"
    people = "entity_id,name,kind,passport_number\n1,Gulmira Tohti,person,E12345678\n"
    many = "entity_id,name\n" + "".join(f"{i},Aksu Silicon {i} Ltd\n" for i in range(300))
    for name, text in (("own-a", firms), ("own-b", people), ("own-c", many)):
        (folder / f"{name}-2026-01-01.csv").write_text(text, encoding="utf-8")
        versions.load(folder / f"{name}-2026-01-01.csv", name, folder / "store")
    answer(folder / "store")
    return folder / "store"


def answer(folder):
    """All that a person is told: of a screening, and of the lists."""
    parties = pa.table({"name": NAMES, "passport": ["", "", "E12345678", "", "", ""]})
    found = screen(parties, as_of="2026-06-01", workers=1, store=folder)
    said = [note for note in found.notes if not note.startswith(_NOT_KEPT)]
    return found.to_pylist(), said, lists(store=folder).to_pylist()


def test_a_bit_is_found_or_changes_nothing(desk):
    print("ENTREPOT_SEED =", SEED)  # noqa: T201 - shown where it fails
    chance, before, found = random.Random(SEED), answer(desk), 0
    assert len(before[0]) >= 5
    files = sorted(p for p in desk.rglob("*") if p.is_file() and p.name not in {store.LOCK, "index.lock"})
    whole = {p: p.read_bytes() for p in files}
    for number in range(FLIPS):
        path = files[number % len(files)]
        data = bytearray(whole[path])
        at = chance.randrange(len(data) * 8)
        data[at // 8] ^= 1 << at % 8
        path.write_bytes(data)
        if "lists" in path.parts:  # else they are answered for by what is kept, and not read
            for p in desk.glob("searched/*.arrow"):
                p.unlink()
        try:
            assert answer(desk) == before, f"{path.relative_to(desk)}, bit {at}"
        except EntrepotError:
            found += 1
        for p in desk.rglob("*"):
            if p.is_file() and p not in whole and p.suffix in {".arrow", ".wal"}:
                p.unlink()
        for p, content in whole.items():
            p.write_bytes(content)
    print(f"{FLIPS} flips over {len(files)} files: {found} found, the rest without effect")  # noqa: T201 - the figure
    assert found > FLIPS / 2  # most files are of lists
