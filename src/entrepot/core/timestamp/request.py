"""The request that an authority answers with a stamp: a hash, a random number, and that its certificate is wanted."""

from __future__ import annotations

import secrets

from entrepot.core.timestamp.der import BOOLEAN, NULL, OCTETS, SEQUENCE, written, written_number, written_oid

HASH, HASH_OID = "sha256", "2.16.840.1.101.3.4.2.1"
_VERSION = 1  # RFC 3161, 2.4.1
_NONCE_BITS = 63  # as many as fit an authority that keeps it in eight bytes with a sign


def request(digest: bytes, nonce: int) -> bytes:
    """A request, DER.

    Args:
        digest: the sha256 of what is stamped.
        nonce: a random number, which the answer must repeat.
    """
    algorithm = written(SEQUENCE, (written_oid(HASH_OID), written(NULL, b"")))
    imprint = written(SEQUENCE, (algorithm, written(OCTETS, digest)))
    wanted = written(BOOLEAN, b"\xff")  # the certificate of the authority: without it a stamp cannot be checked
    return written(SEQUENCE, (written_number(_VERSION), imprint, written_number(nonce), wanted))


def new_nonce() -> int:
    """A random number for one request."""
    return secrets.randbits(_NONCE_BITS)
