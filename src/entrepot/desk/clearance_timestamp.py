"""The verb that has a clearance record time-stamped: by an authority over the network, or by two files."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.files import write_bytes
from entrepot.core.runtime.extras import need
from entrepot.core.store.signing_key import EXTRA
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer
from entrepot.desk.contract import CLEARANCE_CHECKS, FAILS, HOLDS, STAMP
from entrepot.desk.time_stamp import file_bytes, stamp_beside, stamp_bytes, stamp_rows

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.desk.time_stamp import Row

_ONE_OF = marked("one of --authority, --request and --response")


@dataclass(frozen=True, eq=False)
class Stamped(Answer):
    """What was found of the stamp that came; its table is under `clearance_checks`, and empty for a request.

    Attributes:
        holds: whether a request was written, or a stamp of this record filed.
    """

    beside: ClassVar[tuple[str, ...]] = ("holds",)
    holds: bool = True


def timestamp_clearance(
    file: Path,
    *,
    authority: str = "",
    request: Path | None = None,
    response: Path | None = None,
    ca: Path | None = None,
) -> Stamped:
    """Have a clearance record time-stamped (RFC 3161); the stamp is filed beside it as `FILE.tsr`.

    Args:
        file: the record.
        authority: the address of an authority, which is asked over the network: it sees the SHA-256 of the record.
        request: write the request to this file, to be sent by other means; nobody is asked.
        response: take in what an authority answered to that.
        ca: certificates (PEM) that are trusted to vouch for stamps; None to leave it to whoever verifies.

    Returns:
        The rows on the time stamp and its authority, under `clearance_checks`.

    Raises:
        BadInputError: not one of the three ways, or the record has a stamp.
        FailedFetchError: the authority cannot be asked.
        MissingExtraError: the packages of the extra `signing` are not installed.
        UnreadableFileError: a file cannot be read, or holds no certificate.
    """
    given = [
        name for name, value in (("--authority", authority), ("--request", request), ("--response", response)) if value
    ]
    if len(given) != 1:
        raise BadInputError(tr("how a stamp is had"), found=" and ".join(given) or "nothing", allowed=tr(_ONE_OF))
    data = file_bytes(file)
    if request is not None:
        return _requested(file, data, request)
    need(EXTRA, tr("checking a time stamp"))
    from entrepot.core.timestamp.authority import certificates_from

    place = stamp_beside(file)
    if place.exists():
        remedy = tr("Verify the record. The older stamp shows more; to have another, move it away.")
        raise BadInputError(tr("the record has a time stamp"), found=str(place), remedy=remedy)
    trusted = certificates_from(ca) if ca else []
    stamp, nonce = (stamp_bytes(response), None) if response is not None else _asked(authority, data)
    return _filed(place, stamp, stamp_rows(data, stamp, trusted, nonce))


def _requested(file: Path, data: bytes, place: Path) -> Stamped:
    from entrepot.core.timestamp.request import HASH, new_nonce, request
    from entrepot.core.timestamp.token import hashed

    write_bytes(place, request(hashed(HASH, data), new_nonce()))
    kind = tr("Content-Type: application/timestamp-query")
    sent = tr("curl -H '{kind}' --data-binary @{place} ADDRESS > answer.tsr", kind=kind, place=shlex.quote(str(place)))
    taken = tr("entrepot clearance timestamp {file} --response answer.tsr", file=shlex.quote(str(file)))
    return Stamped(
        table(CLEARANCE_CHECKS, []),
        (tr("Request: {place}. To send it: {sent}", place=place, sent=sent), tr("Then: {taken}", taken=taken)),
    )


def _asked(authority: str, data: bytes) -> tuple[bytes, int]:
    """What an authority answers, and the random number that it must repeat."""
    from entrepot.core.timestamp.request import HASH, new_nonce, request
    from entrepot.core.timestamp.token import hashed
    from entrepot.sources.timestamp_authority import answered

    nonce = new_nonce()
    return answered(authority, request(hashed(HASH, data), nonce)), nonce


def _filed(place: Path, stamp: bytes, rows: list[Row]) -> Stamped:
    """The stamp beside its record, unless something speaks against it."""
    states = {row["part"]: row["state"] for row in rows}
    holds = states[STAMP] == HOLDS and FAILS not in states.values()
    if holds:
        write_bytes(place, stamp)
    said = tr("Time stamp: {place}.", place=place) if holds else tr("No time stamp is filed.")
    return Stamped(table(CLEARANCE_CHECKS, rows), (said,), holds)
