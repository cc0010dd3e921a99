"""A stamp as its authority sends it: what it says, and what of it is signed. Nothing of it is believed here.

A response (RFC 3161, 2.4.2) holds a stamp; a stamp is data signed by one signer (RFC 5652), with a certificate that
stands, as its hash, among what is signed (RFC 5035).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from entrepot.core.errors import plain
from entrepot.core.timestamp.der import (
    BOOLEAN,
    CONTEXT,
    INTEGER,
    MADE,
    NULL,
    OCTETS,
    OID,
    SEQUENCE,
    SET,
    TIME,
    UTF8,
    DerError,
    Node,
    Parts,
    whole,
)
from entrepot.core.words.translate import WordsBy, marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 1024 * 1024  # of a response; those of authorities have some 5 kB
_MOST_CERTIFICATES = 16  # of a stamp; paths have two to four, and each more is work for who checks it
_ZERO, _ONE = CONTEXT | MADE, CONTEXT | MADE | 1  # the first two tags of a context, made of other values
_PLAIN_ZERO, _PLAIN_ONE = CONTEXT, CONTEXT | 1  # the same, of one value
_BITS = 0x03  # the tag of a string of bits
_GRANTED = {0, 1}  # RFC 3161, 2.4.2: granted, granted with changes
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_INFO = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_CERTIFICATE, _CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
_STATUSES = ("granted", "granted", "rejected", marked("to be waited for"), marked("warned of"), "revoked")
# RFC 3161, 2.4.2: the bits of a refusal.
_REFUSALS = WordsBy(
    {
        0: marked("it does not know the hash"),
        2: marked("it takes the request for no request"),
        5: marked("it takes the data for ill formed"),
        14: marked("it has no time at hand"),
        15: marked("it does not know the policy"),
        16: marked("it does not know an extension"),
        17: marked("it cannot say more"),
        25: marked("its system fails"),
    }
)
_TIME = re.compile(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,5}[1-9])|\.(\d{6})\d*[1-9])?Z")
HASHES: Mapping[str, str] = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_SHA1 = "1.3.14.3.2.26"  # names the certificate in older stamps; who found another of that hash must sign with it too


class NotKnownError(DerError):
    """A stamp that may be good, made in a way that is not known here or no longer counts."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the one signer of a stamp says.

    Attributes:
        issuer: of the signer's certificate, DER; empty where it is named by `key`.
        serial: of the signer's certificate.
        key: identifier of the signer's key; empty where it is named by issuer and serial.
        hash: with which `digest` is made.
        digest: of the content.
        attributes: the bytes that are signed.
        certificates: (hash, digest) of the signer's certificate, as often as it is named among what is signed.
        way: how it is signed, an object's identifier.
        signature: over `attributes`.
    """

    issuer: bytes
    serial: int
    key: bytes
    hash: str
    digest: bytes
    attributes: bytes
    certificates: tuple[tuple[str, bytes], ...]
    way: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a stamp says.

    Attributes:
        hash: sha256, sha384 or sha512.
        digest: of what is stamped.
        at: the time stated, UTC.
        within: seconds by which that may be wrong; None where the authority does not say.
        serial: the authority's number of the stamp.
        policy: under which policy of the authority, an object's identifier.
        nonce: the random number of the request; None where there was none.
        content: the bytes of all this.
        signed: what is signed.
        certificates: those that come with it, DER.
    """

    hash: str
    digest: bytes
    at: datetime
    within: float | None
    serial: int
    policy: str
    nonce: int | None
    content: bytes
    signed: Signed
    certificates: tuple[bytes, ...]


def hashed(name: str, data: bytes) -> bytes:
    """The hash of data: what stands for it in a request, a stamp, and what is signed.

    Args:
        name: sha256, sha384 or sha512; of a certificate that is named by it, sha1 too.
        data: what is hashed.
    """
    return hashlib.new(name, data).digest()


def time_stamp(data: bytes) -> TimeStamp:
    """Read a response, or a stamp without one.

    Raises:
        DerError: it is none, is cut, or refuses; the message is a clause.
        NotKnownError: it is made in a way that is not known here.
    """
    if len(data) > MOST_BYTES:
        raise DerError(tr("larger than {most_bytes} MB", most_bytes=MOST_BYTES // 1024**2))
    outer = whole(data, SEQUENCE).parts()
    first = outer.take()
    if first.tag == OID:
        return _token(whole(data, SEQUENCE))
    if first.tag != SEQUENCE:
        raise DerError(tr("neither a response nor a stamp"))
    _refuse_ungranted(first.parts())
    token = outer.take(SEQUENCE)
    outer.end()
    return _token(token)


def _refuse_ungranted(status: Parts) -> None:
    number = status.take(INTEGER).number()
    if number in _GRANTED:
        return
    named = _STATUSES[number] if 0 <= number < len(_STATUSES) else tr("of status {number}", number=number)
    texts = status.optional(SEQUENCE)
    said = [t.content.decode("utf-8", "replace") for t in texts.parts().each(UTF8)] if texts else []
    bits = status.optional(_BITS)
    if bits:
        field = bits.content[1:]
        said += [text for bit, text in _REFUSALS.items() if _is_set(field, bit)]
    raise DerError(plain(": ".join((tr("the authority answers that it is {named}", named=named), *said))))


def _is_set(field: bytes, bit: int) -> bool:
    return bit // 8 < len(field) and bool(field[bit // 8] >> 7 - bit % 8 & 1)


def _token(token: Node) -> TimeStamp:
    outer = token.parts()
    if outer.take(OID).oid() != _SIGNED_DATA:
        raise DerError(tr("not signed data"))
    data = whole(outer.take(_ZERO).content, SEQUENCE).parts()
    outer.end()
    data.take(INTEGER)
    algorithms = data.take(SET).parts().each(SEQUENCE)
    content = _content(data.take(SEQUENCE).parts())
    certificates = data.optional(_ZERO)
    data.optional(_ONE)  # lists of what is revoked: an authority may send them, and none has been seen
    signers = data.take(SET).parts().each(SEQUENCE)
    data.end()
    if len(signers) != 1:
        raise DerError(tr("{count} signers, where a stamp has one", count=len(signers)))  # RFC 3161, 2.4.2
    found = certificates.parts().each() if certificates else []
    if len(found) > _MOST_CERTIFICATES:
        raise DerError(
            tr(
                "{count} certificates, {most_certificates} at most",
                count=len(found),
                most_certificates=_MOST_CERTIFICATES,
            )
        )
    signed = _signer(signers[0].parts())
    if signed.hash not in map(_hash, algorithms):
        raise DerError(tr("its signer uses a hash that it does not announce"))
    held = tuple(node.raw for node in found if node.tag == SEQUENCE)  # others are attributes, and forms long gone
    return _info(content, signed, held)


def _content(parts: Parts) -> bytes:
    if parts.take(OID).oid() != _INFO:
        raise DerError(tr("signed data that is no time stamp"))
    inner = parts.take(_ZERO)
    parts.end()
    return whole(inner.content, OCTETS).content


def _info(content: bytes, signed: Signed, certificates: tuple[bytes, ...]) -> TimeStamp:
    info = whole(content, SEQUENCE).parts()
    if info.take(INTEGER).number() != 1:
        raise NotKnownError(tr("a stamp of another version than 1"))
    policy = info.take(OID).oid()
    imprint = info.take(SEQUENCE).parts()
    name, digest = _hash(imprint.take(SEQUENCE)), imprint.take(OCTETS).content
    imprint.end()
    serial = info.take(INTEGER).number()
    at = _time(info.take(TIME).content)
    accuracy = info.optional(SEQUENCE)
    info.optional(BOOLEAN)
    nonce = info.optional(INTEGER)
    info.optional(_ZERO)
    info.optional(_ONE)
    info.end()
    within = _seconds(accuracy.parts()) if accuracy else None
    number = nonce.number() if nonce else None
    return TimeStamp(name, digest, at, within, serial, policy, number, content, signed, certificates)


def _signer(parts: Parts) -> Signed:
    parts.take(INTEGER)
    named = parts.take(SEQUENCE, _PLAIN_ZERO)
    issuer, serial, key = b"", 0, named.content
    if named.tag == SEQUENCE:
        which = named.parts()
        issuer, serial, key = which.take(SEQUENCE).raw, which.take(INTEGER).number(), b""
        which.end()
    digest_hash = _hash(parts.take(SEQUENCE))
    attributes = parts.take(_ZERO)
    way = _algorithm(parts.take(SEQUENCE))
    signature = parts.take(OCTETS).content
    parts.optional(_ONE)  # what is not signed says nothing
    parts.end()
    said = _attributes(attributes.parts().each(SEQUENCE))
    if whole(said[_CONTENT_TYPE], OID).oid() != _INFO:
        raise DerError(tr("what is signed is said to be no time stamp"))
    # It stands under a tag of the context and is signed as the set that it is: RFC 5652, 5.4.
    as_set = bytes((SET,)) + attributes.raw[1:]
    digest = whole(said[_MESSAGE_DIGEST], OCTETS).content
    return Signed(issuer, serial, key, digest_hash, digest, as_set, _named(said), way, signature)


def _attributes(nodes: list[Node]) -> dict[str, bytes]:
    """What is signed beside the content: identifier -> its one value."""
    found: dict[str, bytes] = {}
    for node in nodes:
        parts = node.parts()
        name, values = parts.take(OID).oid(), parts.take(SET).parts()
        parts.end()
        if name in found:
            raise DerError(tr("an attribute stands twice among what is signed"))
        found[name] = values.take().raw
        values.end()
    if lacking := {_CONTENT_TYPE, _MESSAGE_DIGEST} - set(found):
        raise DerError(tr("{count} of the two attributes that must be signed are not there", count=len(lacking)))
    return found


def _named(said: dict[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """Hash and digest of the signer's certificate, as often as it is named: the first of each list."""
    found = []
    if _CERTIFICATE in said:
        first = whole(said[_CERTIFICATE], SEQUENCE).parts().take(SEQUENCE).parts().take(SEQUENCE).parts()
        found.append(("sha1", first.take(OCTETS).content))
    if _CERTIFICATE_2 in said:
        first = whole(said[_CERTIFICATE_2], SEQUENCE).parts().take(SEQUENCE).parts().take(SEQUENCE).parts()
        algorithm = first.optional(SEQUENCE)
        name = _hash(algorithm, is_name=True) if algorithm else "sha256"  # RFC 5035, 4: where none is said
        found.append((name, first.take(OCTETS).content))
    if not found:
        raise DerError(tr("what is signed names no certificate"))
    return tuple(found)


def _hash(node: Node, *, is_name: bool = False) -> str:
    """The hash that an algorithm is; where it only names a certificate, SHA-1 too."""
    oid = _algorithm(node)
    if oid == _SHA1 and is_name:
        return "sha1"
    if oid not in HASHES:
        raise NotKnownError(tr("made with a hash that is not known here, or no longer counts ({oid})", oid=oid))
    return HASHES[oid]


def _algorithm(node: Node) -> str:
    """The identifier of an algorithm, which has no parameters."""
    parts = node.parts()
    oid = parts.take(OID).oid()
    if parts and (parts.take(NULL).content or parts):
        raise NotKnownError(tr("made in a way that is not known here ({oid} with parameters)", oid=oid))
    return oid


def _time(text: bytes) -> datetime:
    found = _TIME.fullmatch(text)
    if found is None:
        raise DerError(tr("its time is not written as one"))
    *parts, short, long = found.groups()
    micro = int((short or long or b"0").ljust(6, b"0"))
    try:
        return datetime(*map(int, parts), micro, tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError as exc:
        raise DerError(tr("its time is none of the calendar")) from exc


def _seconds(accuracy: Parts) -> float:
    whole_, milli, micro = accuracy.optional(INTEGER), accuracy.optional(_PLAIN_ZERO), accuracy.optional(_PLAIN_ONE)
    accuracy.end()
    steps = ((whole_, 1.0), (milli, 1e-3), (micro, 1e-6))
    return sum(node.number() * unit for node, unit in steps if node)
