"""What is found of a time stamp: is it one of this record, and whose is it? See docs/design/32-time-stamps.md."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.words.translate import marked, tr
from entrepot.desk.contract import AUTHORITY, CANNOT_TELL, FAILS, HOLDS, STAMP

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.x509 import Certificate

    from entrepot.core.timestamp.token import TimeStamp

Row = dict[str, Any]
_AGAIN = marked("Have the record stamped again: entrepot clearance timestamp")
_REVOKED = marked("not looked at: whether it was revoked")


def file_bytes(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file.

    Args:
        path: the file.
        most: how many of them, from the front; None for all.

    Raises:
        UnreadableFileError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror), remedy=remedy
        ) from exc


def check_row(part: str, state: str, found: str, remedy: str | None = None) -> Row:
    """A row of CLEARANCE_CHECKS."""
    return {"part": part, "state": state, "found": found, "remedy": remedy}


def stamp_beside(record: Path) -> Path:
    """Where the stamp of a record lies: beside it, called as it is and `.tsr`."""
    return record.with_name(f"{record.name}.tsr")


def stamp_bytes(path: Path) -> bytes:
    """The bytes of a stamp; of a file that is larger than any stamp only so many that it is seen.

    Raises:
        UnreadableFileError: it cannot be read.
    """
    from entrepot.core.timestamp.token import MOST_BYTES

    return file_bytes(path, MOST_BYTES + 1)


def stamp_found(record: Path, data: bytes, stamp: Path | None, ca: Path | None) -> list[Row]:
    """What is found of the stamp of a record: rows of CLEARANCE_CHECKS; none where there is no stamp and none is due.

    Args:
        record: the record.
        data: its bytes.
        stamp: the stamp; None for the one beside the record, if there is one.
        ca: certificates that are trusted; None to trust none.

    Raises:
        UnreadableFileError: a file that was named cannot be read, or holds no certificate.
    """
    from entrepot.core.timestamp.authority import certificates_from

    trusted = certificates_from(ca) if ca else []
    if stamp is None and not stamp_beside(record).exists():
        return [check_row(STAMP, FAILS, tr("the record has none"), tr(_AGAIN))] if ca else []
    return stamp_rows(data, stamp_bytes(stamp or stamp_beside(record)), trusted)


def stamp_rows(data: bytes, stamp: bytes, trusted: list[Certificate], nonce: int | None = None) -> list[Row]:
    """What is found of a stamp: rows of CLEARANCE_CHECKS.

    Args:
        data: the bytes that it must be of.
        stamp: the bytes of a response, or of a stamp alone.
        trusted: certificates that vouch for authorities; empty to trust none.
        nonce: the random number that it must repeat; None for any.
    """
    from entrepot.core.timestamp.authority import signer_of
    from entrepot.core.timestamp.der import DerError
    from entrepot.core.timestamp.token import NotKnownError, hashed, time_stamp

    try:
        found = time_stamp(stamp)
        if hashed(found.hash, data) != found.digest:
            return [
                check_row(STAMP, FAILS, tr("a stamp of something else, or the record was changed since"), tr(_AGAIN))
            ]
        if nonce is not None and found.nonce != nonce:
            return [check_row(STAMP, FAILS, tr("the answer to another request"), tr(_AGAIN))]
        certificate = signer_of(found, trusted)
    except NotKnownError as exc:
        return [check_row(STAMP, CANNOT_TELL, str(exc), tr("openssl ts -verify may know it"))]
    except DerError as exc:
        return [check_row(STAMP, FAILS, tr("no stamp that can be relied on: {exc}", exc=exc), tr(_AGAIN))]
    return [check_row(STAMP, HOLDS, _said(found)), _authority(found, certificate, trusted)]


def _said(stamp: TimeStamp) -> str:
    within = "" if stamp.within is None else tr(", within {within:g} seconds", within=stamp.within)
    said = tr(
        "every byte was there at {at:%Y-%m-%dT%H:%M:%SZ}{within}, as the authority below states",
        at=stamp.at,
        within=within,
    )
    return tr("{said} (stamp {serial:x}, policy {policy})", said=said, serial=stamp.serial, policy=stamp.policy)


def _authority(stamp: TimeStamp, certificate: Certificate, trusted: list[Certificate]) -> Row:
    """Whose stamp it is: whether its certificate leads to a trusted one, at the time stated and now."""
    from entrepot.core.timestamp.authority import path_to, why_not_for_stamps
    from entrepot.core.timestamp.der import DerError

    name = _name(certificate)
    if why := why_not_for_stamps(certificate):
        return check_row(AUTHORITY, FAILS, f"{name}: {why}", tr("Ask another authority"))
    if not trusted:
        said = tr("{name}, by a certificate that only the stamp itself holds: anyone could have made it", name=name)
        return check_row(AUTHORITY, CANNOT_TELL, said, tr("Get the root certificate from the authority: --ca ROOT.pem"))
    try:
        path = path_to(certificate, stamp, trusted, stamp.at)
    except DerError as exc:
        return check_row(
            AUTHORITY,
            FAILS,
            tr("{name} leads to no certificate of --ca that held at that time: {exc}", name=name, exc=exc),
        )
    until = min(c.not_valid_after_utc for c in path)
    try:
        path_to(certificate, stamp, trusted, datetime.now(UTC))
    except DerError:
        said = tr(
            "{name}, good at that time; its certificate, or one on the way, ended on {until:%Y-%m-%d}, and since",
            name=name,
            until=until,
        )
        return check_row(AUTHORITY, CANNOT_TELL, tr("{said} nobody answers for its key", said=said))
    said = tr(
        "{name}, which leads to {name_2} of --ca, valid until {until:%Y-%m-%d}; {revoked}",
        name=name,
        name_2=_name(path[-1]),
        until=until,
        revoked=tr(_REVOKED),
    )
    return check_row(AUTHORITY, HOLDS, said)


def _name(certificate: Certificate) -> str:
    with suppress(Exception):  # a name that cannot be read; the library has several errors of its own
        return certificate.subject.rfc4514_string()
    return tr("an authority whose name cannot be read")
