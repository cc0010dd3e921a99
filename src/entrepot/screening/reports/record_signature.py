"""The signature of a clearance record: a comment at the very end of the page, over every byte before its own digits.

So what is signed is the page, the key, the time, and the hashes of the two files that the page is about; and what
follows the signature can only be one thing. See docs/design/31-signed-records.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.store.signing_key import signature_holds
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from datetime import datetime

    from entrepot.core.store.signing_key import SigningKey

_START = b"\n<!-- signature of this clearance record, form 1\n"
_BLOCK = re.compile(
    rb"algorithm: Ed25519\n"
    rb"public key: (?P<public>[0-9a-f]{64})\n"
    rb"signed at: (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    rb"input sha256: (?P<input>[0-9a-f]{64}|none)\n"
    rb"results sha256: (?P<results>[0-9a-f]{64}|none)\n"
    rb"signature: (?P<signature>[0-9a-f]{128})\n-->\n"
)


@dataclass(frozen=True, slots=True)
class RecordSignature:
    """What a signature says, and whether it holds.

    Attributes:
        holds: whether the page is, to the byte, what was signed with `public`.
        public: the key that the block names, 32 bytes.
        at: when it was signed by the clock of that machine, UTC, ISO 8601.
        input_sha256: of the file that was screened; empty for a table in memory.
        results_sha256: of the file of all matches; empty where none was written.
    """

    holds: bool
    public: bytes
    at: str
    input_sha256: str
    results_sha256: str


def signed_page(page: bytes, key: SigningKey, at: datetime, hashes: tuple[str, str]) -> bytes:
    """A page with its signature.

    Args:
        page: the bytes of the page.
        key: signs it.
        at: now, in UTC.
        hashes: sha256 of the input and of the results, hex; empty where there is none.
    """
    said = (
        "algorithm: Ed25519",
        tr("public key: {hex}", hex=key.public.hex()),
        tr("signed at: {at:%Y-%m-%dT%H:%M:%SZ}", at=at),
        tr("input sha256: {hashes}", hashes=hashes[0] or "none"),
        tr("results sha256: {hashes}", hashes=hashes[1] or "none"),
        "signature: ",
    )
    data = page + _START + "\n".join(said).encode()
    return data + key.signed(data).hex().encode() + b"\n-->\n"


def record_signature(data: bytes) -> RecordSignature | None:
    """The signature of a record; None where it has none, or one that is cut, changed or followed by something.

    Raises:
        MissingExtraError: the packages of the extra `signing` are not installed.
    """
    # Cells of a page are escaped, so that none can begin a comment: the last one is the signature's.
    begin = data.rfind(_START)
    block = _BLOCK.fullmatch(data, begin + len(_START)) if begin >= 0 else None
    if block is None:
        return None
    public, signature = (bytes.fromhex(block[name].decode()) for name in ("public", "signature"))
    said = {name: block[name].decode().replace("none", "") for name in ("at", "input", "results")}
    holds = signature_holds(public, signature, data[: block.start("signature")])
    return RecordSignature(holds, public, said["at"], said["input"], said["results"])


def has_signature(data: bytes) -> bool:
    """Whether a signature begins in a page, whole or not."""
    return _START in data
