"""Ed25519 (RFC 8032): the store's key, which is made when a first document is signed, or a key of one's own.

The library behind it is the extra `signing`. See docs/design/31-signed-records.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, StoreError, UnreadableFileError
from entrepot.core.ids import digest
from entrepot.core.runtime import rights
from entrepot.core.runtime.extras import need
from entrepot.core.store.secret_file import kept_secret
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_FILE = "signing.key"
_PUBLIC = re.compile(rb"^public key: ([^\n]*)\n")  # before the PEM: readers of PEM, openssl too, pass over it
EXTRA = "signing"
_NAME = marked("the key that signs")
_MAKE = marked("openssl genpkey -algorithm ed25519")
_ID_DIGITS = 16  # 64 bits: names a key to a person; a signature is always compared by the whole key
# Points of small order: anyone can sign anything with them. The top bit, the sign of x, is left out. RFC 8032 leaves it
# to the library whether they are refused, and ours takes them. The order of the curve is 8 times a prime, so these are
# 0, 1 and -1, the two y of order 8, and 0 and 1 written as p and p + 1.
_WEAK = frozenset(
    map(
        bytes.fromhex,
        (
            "00" * 32,
            "01" + "00" * 31,
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ec" + "ff" * 30 + "7f",
            "ed" + "ff" * 30 + "7f",
            "ee" + "ff" * 30 + "7f",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key.

    Attributes:
        private: of the library; no text or repr of it shows the secret.
        public: the 32 bytes of its public half.
    """

    private: Ed25519PrivateKey
    public: bytes

    def signed(self, data: bytes) -> bytes:
        """The signature over data, 64 bytes: the same for the same data, on every machine."""
        return self.private.sign(data)


def signing_key(folder: Path) -> SigningKey:
    """The store's key, made on first need, in a file that only its owner may read.

    Its public half stands in the file above it: nearly every 32 bytes are a key, so that one changed bit makes another,
    which signs as well and as nobody.

    Raises:
        MissingExtraError: the packages of the extra `signing` are not installed.
        StoreError: it cannot be made or read, is broken, or others may read it.
    """
    need(EXTRA, tr(_NAME))
    path = folder / KEY_FILE
    try:
        pem = kept_secret(path, tr(_NAME), _new)
        found, said = _private(pem), _PUBLIC.match(pem)
        if said and said[1] != found.public.hex().encode():
            raise ValueError("it is another than the one that was made")  # noqa: TRY301 - told as the others
    except ValueError as exc:
        remedy = tr("Put the key back from a copy; or move it away, and a new one is made.")
        raise StoreError(
            tr("{name} is broken ({exc})", name=tr(_NAME), exc=exc), found=str(path), remedy=remedy
        ) from exc
    return found


def is_vouched(folder: Path) -> bool:
    """Whether the public half stands with the store's key, as it does of every key made since 2026-12-01."""
    return bool(_PUBLIC.match((folder / KEY_FILE).read_bytes()))


def signing_key_from(path: Path) -> SigningKey:
    """A key of one's own, PEM (PKCS 8) without a password.

    Raises:
        MissingExtraError: the packages of the extra `signing` are not installed.
        StoreError: others may read it.
        UnreadableFileError: it is no such key.
    """
    need(EXTRA, tr(_NAME))
    if not path.is_file():
        raise BadInputError(
            tr("there is no such key"), found=str(path), remedy=tr("To make one: {make}", make=tr(_MAKE))
        )
    try:
        return _private(kept_secret(path, tr(_NAME)))
    except ValueError as exc:
        allowed = tr("an Ed25519 private key, PEM without a password")
        raise UnreadableFileError(
            path, str(exc), allowed=allowed, remedy=tr("To make one: {make}", make=tr(_MAKE))
        ) from exc


def public_key_from(path: Path) -> bytes:
    """The 32 bytes of a public key in a PEM file.

    Raises:
        MissingExtraError: the packages of the extra `signing` are not installed.
        UnreadableFileError: it is no public key of Ed25519.
    """
    need(EXTRA, tr("reading a public key"))
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    allowed = tr("an Ed25519 public key, PEM")
    try:
        found = load_pem_public_key(path.read_bytes())
    except OSError as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror), allowed=allowed, remedy=remedy
        ) from exc
    except (ValueError, UnsupportedAlgorithm) as exc:
        raise UnreadableFileError(path, tr("no public key"), allowed=allowed) from exc
    if not isinstance(found, Ed25519PublicKey):
        raise UnreadableFileError(path, tr("a key of another kind"), allowed=allowed)
    return found.public_bytes_raw()


def public_pem(public: bytes) -> str:
    """A public key as PEM (RFC 8410), as openssl and `clearance verify --key` read it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_id(public: bytes) -> str:
    """Names a public key: the first 16 hex digits of the sha256 of its 32 bytes."""
    return digest(public, _ID_DIGITS)


def signature_holds(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature over data was made with the private half of a key; never with one that vouches for nothing.

    Raises:
        MissingExtraError: the packages of the extra `signing` are not installed.
    """
    need(EXTRA, tr("checking a signature"))
    if bytes((*public[:-1], public[-1] & 0x7F)) in _WEAK:
        return False
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _new() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    made = Ed25519PrivateKey.generate()
    said = b"public key: %s\n" % made.public_key().public_bytes_raw().hex().encode()
    return said + made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _private(pem: bytes) -> SigningKey:
    """Read a private key.

    Raises:
        ValueError: it is none of Ed25519, or stands under a password.
    """
    from cryptography.exceptions import InternalError, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    found: Any
    try:
        found = load_pem_private_key(pem, password=None)
    except TypeError as exc:
        raise ValueError("it stands under a password") from exc
    except (ValueError, UnsupportedAlgorithm, InternalError) as exc:  # the last of a key of a curve that is none
        raise ValueError("it is no private key") from exc
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError("it is a key of another kind")  # noqa: TRY004 - of the file, not of a type
    return SigningKey(found, found.public_key().public_bytes_raw())
