"""Whether a stamp is signed by the certificate that it names, and whether that leads to one that is trusted.

Signatures and paths of certificates are checked by the library behind the extra `signing`. See
docs/design/32-time-stamps.md.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.timestamp.der import CONTEXT, INTEGER, MADE, SEQUENCE, DerError, whole
from entrepot.core.timestamp.token import NotKnownError, hashed
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from cryptography.x509 import BasicConstraints, Certificate, KeyUsage
    from cryptography.x509.verification import Policy

    from entrepot.core.timestamp.token import TimeStamp

_VERSION = CONTEXT | MADE  # the tag of a certificate's version
_RSA, _EC = "RSA", "EC"
# How a stamp may be signed: identifier -> kind of key and hash; the hash of the content where none is said.
_WAYS = {
    "1.2.840.113549.1.1.1": (_RSA, ""),
    "1.2.840.113549.1.1.11": (_RSA, "sha256"),
    "1.2.840.113549.1.1.12": (_RSA, "sha384"),
    "1.2.840.113549.1.1.13": (_RSA, "sha512"),
    "1.2.840.10045.4.3.2": (_EC, "sha256"),
    "1.2.840.10045.4.3.3": (_EC, "sha384"),
    "1.2.840.10045.4.3.4": (_EC, "sha512"),
}


def certificates_from(path: Path) -> list[Certificate]:
    """The certificates of a file: PEM, any number, or one in DER.

    Raises:
        UnreadableFileError: it holds none.
    """
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    allowed = tr("certificates, PEM, such as an authority publishes")
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror), allowed=allowed
        ) from exc
    try:
        with _quietly():
            return load_pem_x509_certificates(data) if b"-----BEGIN" in data else [load_der_x509_certificate(data)]
    except Exception as exc:  # the library has several of its own
        raise UnreadableFileError(path, tr("no certificate"), allowed=allowed) from exc


def signer_of(stamp: TimeStamp, others: Sequence[Certificate] = ()) -> Certificate:
    """The certificate with which a stamp is signed; that it is trusted is not said.

    Args:
        stamp: the stamp.
        others: certificates that may be the signer's, beside those that come with the stamp.

    Raises:
        DerError: it is not there, or the signature does not hold; the message is a clause.
        NotKnownError: it is signed in a way that is not known here.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    held = (*stamp.certificates, *(c.public_bytes(Encoding.DER) for c in others))
    named = next((c for c in held if _is_named(c, stamp)), None)
    if named is None:
        raise DerError(tr("the certificate that signed it does not come with it"))
    for name, digest in stamp.signed.certificates:
        if hashed(name, named) != digest:
            raise DerError(tr("the certificate with it is not the one that is named in what is signed"))
    if hashed(stamp.signed.hash, stamp.content) != stamp.signed.digest:
        raise DerError(tr("what it says is not what was signed"))
    certificate = _loaded(named)
    _verify(certificate, stamp)
    return certificate


def why_not_for_stamps(certificate: Certificate) -> str:
    """Why a certificate may not sign stamps; empty where it may (RFC 3161, 2.3)."""
    from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound, KeyUsage
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        with _quietly():
            extensions = certificate.extensions
        uses = extensions.get_extension_for_class(ExtendedKeyUsage)
        if not uses.critical or list(uses.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
            return tr("it is not for time stamps alone")
    except ExtensionNotFound:
        return tr("it does not say that it is for time stamps")
    except Exception:  # the library has several of its own  # noqa: BLE001
        return tr("what it may be used for cannot be read")
    try:
        key = extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return ""
    return "" if key.digital_signature or key.content_commitment else tr("its key is not for signatures")


def path_to(leaf: Certificate, stamp: TimeStamp, roots: Sequence[Certificate], at: datetime) -> list[Certificate]:
    """The path from a certificate to one of those that are trusted, all valid at a moment.

    Args:
        leaf: the certificate.
        stamp: with the certificates that may stand between.
        roots: those that are trusted; one at least.
        at: the moment, UTC.

    Raises:
        DerError: there is none; the message says why, in the words of the library.
    """
    from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

    between = []
    for data in stamp.certificates:
        with suppress(DerError):  # what cannot be read leads nowhere
            between.append(_loaded(data))
    builder = PolicyBuilder().store(Store(list(roots))).time(at.replace(tzinfo=None))
    verifier = builder.extension_policies(**_policies()).build_client_verifier()
    try:
        with _quietly():
            return verifier.verify(leaf, between).chain
    except (VerificationError, ValueError) as exc:
        raise DerError(str(exc).removeprefix("validation failed: ").partition(" (encountered")[0]) from exc


def _policies() -> dict[str, Any]:
    """What certificates must say: those of an authority carry no name of a server, which the library's own ask for."""
    from cryptography.x509 import BasicConstraints, KeyUsage
    from cryptography.x509.verification import Criticality, ExtensionPolicy

    def is_ca(_policy: Policy, _certificate: Certificate, said: BasicConstraints) -> None:
        if not said.ca:
            raise ValueError("a certificate on the way may not issue others")

    def may_sign(_policy: Policy, _certificate: Certificate, said: KeyUsage | None) -> None:
        if said is not None and not said.key_cert_sign:
            raise ValueError("a key on the way may not sign certificates")

    issuing = ExtensionPolicy.permit_all().require_present(BasicConstraints, Criticality.AGNOSTIC, is_ca)
    issuing = issuing.may_be_present(KeyUsage, Criticality.AGNOSTIC, may_sign)
    return {"ca_policy": issuing, "ee_policy": ExtensionPolicy.permit_all()}


def _is_named(certificate: bytes, stamp: TimeStamp) -> bool:
    """Whether a certificate is the one by which the signer is named."""
    signed = stamp.signed
    try:
        if signed.key:
            from cryptography.x509 import SubjectKeyIdentifier

            found = _loaded(certificate).extensions.get_extension_for_class(SubjectKeyIdentifier)
            return found.value.digest == signed.key
        body = whole(certificate, SEQUENCE).parts().take(SEQUENCE).parts()
        body.optional(_VERSION)
        serial = body.take(INTEGER).number()
        body.take(SEQUENCE)
        return (serial, body.take(SEQUENCE).raw) == (signed.serial, signed.issuer)
    except Exception:  # what cannot be read is not named; the library has several errors of its own  # noqa: BLE001
        return False


def _loaded(data: bytes) -> Certificate:
    from cryptography.x509 import load_der_x509_certificate

    try:
        with _quietly():
            return load_der_x509_certificate(data)
    except Exception as exc:  # the library has several of its own
        raise DerError(tr("a certificate with it cannot be read")) from exc


def _verify(certificate: Certificate, stamp: TimeStamp) -> None:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    signed = stamp.signed
    kind, name = _WAYS.get(signed.way, ("", ""))
    try:
        with _quietly():
            key = certificate.public_key()
        used = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[name or signed.hash]
        if kind == _RSA and isinstance(key, RSAPublicKey):
            key.verify(signed.signature, signed.attributes, PKCS1v15(), used)
        elif kind == _EC and isinstance(key, EllipticCurvePublicKey):
            key.verify(signed.signature, signed.attributes, ECDSA(used))
        else:
            raise NotKnownError(tr("signed in a way that is not known here ({way})", way=signed.way))
    except UnsupportedAlgorithm as exc:
        raise NotKnownError(tr("signed with a key of a kind that is not known here")) from exc
    except InvalidSignature as exc:
        raise DerError(tr("the signature of the authority does not hold")) from exc
    except DerError:
        raise
    except ValueError as exc:
        raise DerError(tr("the key of the authority cannot be read")) from exc


def _quietly() -> warnings.catch_warnings[None]:
    """What the library warns of (an odd serial number, say) is for who makes certificates, not for who reads them."""
    return warnings.catch_warnings(action="ignore")
