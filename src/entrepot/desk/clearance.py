"""The verbs on a clearance record: verify one that was signed, and give the key that the store signs with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, StoreError, UnreadableFileError
from entrepot.core.ids import file_digest
from entrepot.core.runtime import rights
from entrepot.core.runtime.extras import missing, need
from entrepot.core.store.access import is_writable, refuse_read_only, why_read_only
from entrepot.core.store.signing_key import (
    EXTRA,
    KEY_FILE,
    public_id,
    public_key_from,
    public_pem,
    signing_key,
    signing_key_from,
)
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer
from entrepot.desk.contract import CANNOT_TELL, CLEARANCE_CHECKS, CLEARANCE_KEYS, FAILS, HOLDS
from entrepot.desk.keeping import folder
from entrepot.desk.time_stamp import check_row, file_bytes, stamp_found
from entrepot.screening.reports.record_signature import has_signature, record_signature, signed_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entrepot.core.store.signing_key import SigningKey
    from entrepot.desk.keeping import Store
    from entrepot.desk.time_stamp import Row
    from entrepot.screening.reports.record_signature import RecordSignature

_PDF = b"%PDF-"
_GIVEN = marked("the key given")
_NOT_YOURS = marked("the key of this store is its owner's alone. To sign with your own: --sign-with KEY.")


@dataclass(frozen=True, slots=True)
class Signer:
    """With what a record will be signed.

    Attributes:
        place: the store.
        own: a key of the person's own; None for the store's.
        why_not: why it will not be signed; empty where it will.
    """

    place: Path
    own: SigningKey | None = None
    why_not: str = ""

    def signed(self, page: bytes, hashes: tuple[str, str]) -> tuple[bytes, str]:
        """A record with its signature behind it, and how it was signed, as the end of a sentence.

        Args:
            page: the record.
            hashes: of the input and of the results.
        """
        if self.why_not:
            return page, tr("not signed: {why_not}", why_not=self.why_not)
        try:
            key = self.own or signing_key(self.place)
        except StoreError as exc:  # a key cannot be made: the screening is done, and its record is worth more
            return page, tr("not signed: {exc}", exc=exc)
        return signed_page(page, key, datetime.now(UTC), hashes), tr(
            "signed with key {public_id}.", public_id=public_id(key.public)
        )


def signer(place: Path, record: Path | None, sign_with: Path | None) -> Signer:
    """With what a record will be signed; looked at before the work, so that a bad key does not cost it.

    Args:
        place: the store.
        record: where the record will be written; None for none.
        sign_with: a private key of the person's own.

    Raises:
        BadInputError: a key without a record, or a file that is no key.
        MissingExtraError: a key is given, and the packages of the extra `signing` are not installed.
        StoreError: others may read the key, or it is broken.
    """
    if sign_with is not None:
        if record is None:
            raise BadInputError(tr("--sign-with without --record"), remedy=tr("Name the record that is to be signed."))
        return Signer(place, signing_key_from(sign_with))
    if record is None:
        return Signer(place)
    if absent := missing(EXTRA):
        return Signer(
            place,
            why_not=tr(
                "that needs {absent}. Run: pip install 'entrepot[{extra}]'", absent=" and ".join(absent), extra=EXTRA
            ),
        )
    if _is_hidden(place / KEY_FILE):
        return Signer(place, why_not=tr(_NOT_YOURS))
    if (place / KEY_FILE).exists():
        return Signer(place, signing_key(place))
    is_shut = why_read_only(place) or not is_writable(place)
    return Signer(place, why_not=tr("the store cannot be written, and holds no key.") if is_shut else "")


@dataclass(frozen=True, eq=False)
class Verified(Answer):
    """What was found of a record; its table is under `clearance_checks`."""

    beside: ClassVar[tuple[str, ...]] = ("holds",)

    @property
    def holds(self) -> bool:
        """Whether all that was looked at holds, by a key that is known."""
        return all(row["state"] == HOLDS for row in self.to_pylist())


def verify_clearance(
    file: Path,
    *,
    key: Path | None = None,
    results: Path | None = None,
    parties: Path | None = None,
    signature: Path | None = None,
    timestamp: Path | None = None,
    ca: Path | None = None,
    store: Store = None,
) -> Verified:
    """Say whether a clearance record is what was signed, by which key, when, and whether files are those it is about.

    Args:
        file: the record.
        key: the public key (PEM) with which it must have been signed; None for the store's.
        results: the file of matches that was written with it; None to leave it.
        parties: the file that was screened; None to leave it.
        signature: its signature, where that is a file of its own, as of a PDF; None for the one beside it, if there is
            one.
        timestamp: its time stamp; None for the one beside it, if there is one.
        ca: certificates (PEM) that are trusted to vouch for time stamps; None to trust none.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row for the signature, the key, each file given, the time stamp and its authority, under
        `clearance_checks`.

    Raises:
        BadInputError: a signature is given for a page, in which its own stands.
        MissingExtraError: the packages of the extra `signing` are not installed.
        StoreError: the store's key is broken, or others may read it.
        UnreadableFileError: a file cannot be read, the key is none, or the file of certificates holds none.
    """
    need(EXTRA, tr("verifying a clearance record"))
    data = file_bytes(file)
    whole = _with_signature(file, data, signature)
    place = folder(store)
    known = (public_key_from(key), _GIVEN) if key else (_public(place), tr("the key of this store"))
    found = record_signature(whole)
    rows = [_signature_row(whole, found)]
    if found is not None and found.holds:
        rows.append(_key_row(found.public, *known))
    rows += _file_rows(whole, found, {"results": results, "input": parties})
    rows += stamp_found(file, data, timestamp, ca)
    return Verified(table(CLEARANCE_CHECKS, rows))


def _with_signature(file: Path, data: bytes, signature: Path | None) -> bytes:
    """A record with its signature behind it: that of a PDF lies in a file of its own."""
    beside = signature or file.with_name(f"{file.name}.sig")
    if not data.startswith(_PDF):
        if signature is not None:
            thing, remedy = tr("the signature of a page stands in the page itself"), tr("Leave the other one out.")
            raise BadInputError(thing, found=signature.name, remedy=remedy)
        return data
    if signature is None and not beside.exists():
        return data
    return data + file_bytes(beside)


def clearance_key(*, store: Store = None) -> Answer:
    """The public half of the key with which the store signs, for those who verify; the key is made on first need.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row under `clearance_keys`.

    Raises:
        MissingExtraError: the packages of the extra `signing` are not installed.
        StoreError: the key cannot be made or read, is broken, or others may read it.
    """
    place = folder(store)
    if not (place / KEY_FILE).exists():
        refuse_read_only(place)
    public = signing_key(place).public
    row = {"key_id": public_id(public), "algorithm": "Ed25519", "public_key": public_pem(public)}
    return Answer(table(CLEARANCE_KEYS, [row]))


def _public(place: Path) -> bytes:
    """The store's public key; empty where the store has none, or one that is another's: to verify makes none."""
    path = place / KEY_FILE
    return signing_key(place).public if path.exists() and not _is_hidden(path) else b""


def _is_hidden(path: Path) -> bool:
    """Whether a key is there that this account may not read, as in a store that is shared."""
    return path.exists() and not os.access(path, os.R_OK)


def _signature_row(data: bytes, found: RecordSignature | None) -> Row:
    if found is not None and found.holds:
        return check_row(
            "signature", HOLDS, tr("every byte is what was signed; signed at {at} by that machine's clock", at=found.at)
        )
    if found is None and not has_signature(data):
        said = tr("not signed: nothing says whether it was changed")
        if not data.rstrip().endswith((b"</html>", b"%%EOF")):
            said = tr("not signed, and cut: the page has no end")
        if data.startswith(_PDF):
            todo = tr("The signature of a PDF is a file of its own, its name and .sig: lay it beside it, or give it")
            return check_row("signature", FAILS, said, todo)
        return check_row("signature", FAILS, said, tr("Make it again, or ask for the record as it was filed"))
    return check_row(
        "signature", FAILS, tr("changed or cut since it was signed"), tr("Ask for the record as it was filed")
    )


def _key_row(public: bytes, known: bytes, name: str) -> Row:
    own = public_id(public)
    if public == known:
        return check_row("key", HOLDS, f"{name}, {own}")
    if name == _GIVEN:
        return check_row(
            "key", FAILS, tr("not the key given, {public_id}, but {own}", public_id=public_id(known), own=own)
        )
    said = tr("a key that only the file itself names: it is whole, but anyone could have signed it; {own}", own=own)
    return check_row("key", CANNOT_TELL, said, tr("Get the public key from who filed it: --key PUBLIC.pem"))


def _file_rows(data: bytes, found: RecordSignature | None, files: dict[str, Path | None]) -> Iterator[Row]:
    """Whether each file given is the one that the record is about, or one of those that it names with their hashes."""
    for part, path in files.items():
        if path is None:
            continue
        if found is None or not found.holds:
            yield check_row(part, CANNOT_TELL, tr("the record does not hold, so neither does the hash in it"))
            continue
        said = found.results_sha256 if part == "results" else found.input_sha256
        if not said:
            yield _named_row(part, data, file_sha256(path))
        elif file_sha256(path) == said:
            yield check_row(part, HOLDS, tr("sha256 {said}", said=said))
        else:
            yield check_row(
                part,
                FAILS,
                tr("not the file that the record is about, or changed since"),
                tr("Its sha256 is {said}", said=said),
            )


def _named_row(part: str, data: bytes, digest: str) -> Row:
    """Whether a record that is about no one file, as a dossier is about several, names one of this hash on its page."""
    if digest.encode() in data:
        return check_row(part, HOLDS, tr("a file that the record names: sha256 {digest}", digest=digest))
    if data.startswith(_PDF):  # its text is packed: to open what anyone may have sent is not for who verifies
        todo = tr("Its sha256 is {digest}: look whether the record prints it", digest=digest)
        return check_row(part, CANNOT_TELL, tr("the record is about no one file"), todo)
    said = tr("the record is about no one file, and names none of sha256 {digest}", digest=digest)
    return check_row(part, CANNOT_TELL, said, tr("Changed since, or another file: give the one that was loaded for it"))


def file_sha256(path: Path) -> str:
    """The sha256 of a file, hex.

    Raises:
        UnreadableFileError: it cannot be read.
    """
    try:
        return file_digest(path)
    except OSError as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror), remedy=remedy
        ) from exc
