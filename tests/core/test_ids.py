"""Ids are hashes of what is said, and the hash is written once."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.ids import digest, id_of

PACKAGE = Path(__file__).parents[2] / "src" / "entrepot"
# Of files as they lie there, keyed hashes of numbers of documents, time stamps: none is an id of something said.
HASH_OTHER_THINGS = {
    "core/store/archive.py",  # a file while it is taken out
    "core/timestamp/token.py",  # what stands for a record in a stamp, by one of three hashes
    "intake/decode.py",  # a file while it is read
    "server/page_parts/desk_files.py",  # a file while it is sent
    "sources/download.py",  # a file while it is fetched
    "vocabulary/identifiers.py",  # HMAC under the key of a store
}


@pytest.mark.parametrize(
    ("said", "known"),
    [
        # The examples that the standard gives: FIPS 180-2, appendix B.
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ],
)
def test_the_digest_is_sha_256(said, known):
    assert digest(said) == digest(said.encode()) == known
    assert id_of("f", said) == f"f-{known[:12]}"
    assert id_of("run", said, digits=16) == f"run-{known[:16]}"


@given(st.lists(st.text() | st.binary()))
def test_pieces_are_hashed_as_one(pieces):
    whole = b"".join(p.encode("utf-8", "surrogatepass") if isinstance(p, str) else p for p in pieces)
    assert digest(iter(pieces)) == digest(whole) == hashlib.sha256(whole).hexdigest()


def test_the_hash_is_written_once():
    def imports_it(file: Path) -> bool:
        nodes = [n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Import)]
        return any(a.name == "hashlib" for n in nodes for a in n.names)

    found = {str(f.relative_to(PACKAGE)) for f in PACKAGE.rglob("*.py") if imports_it(f)}
    assert found == HASH_OTHER_THINGS | {"core/ids.py"}
