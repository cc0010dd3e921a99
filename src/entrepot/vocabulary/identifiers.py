"""Identifiers of parties: their normal form, their check digits, whether two agree, and the keyed hash of a person's.

Numbers of a person's documents are compared in memory and kept only as an HMAC-SHA256 under a random key of the
store: a plain hash of a passport number can be undone by trying all numbers. See docs/design/12-identifiers.md.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from entrepot.core.errors import StoreError
from entrepot.core.store.secret_file import kept_secret
from entrepot.core.words.translate import marked, tr
from entrepot.vocabulary.credit_code import is_personal

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "identifiers.key"
KEY_BACK = marked("Put the key back from a copy; or remove it, and remove and load the lists again.")
_KEY_BYTES = 32  # as the digest of SHA-256: a shorter key of HMAC is discouraged, a longer adds nothing (RFC 2104, 3)
# What files write where they have no number, as `normal` folds it.
_NOT_VALUES = frozenset({"", "NA", "NONE", "UNKNOWN", "NOTAVAILABLE", "NOTKNOWN", "NOTAPPLICABLE", "NOTREPORTED"})
# A number that a party calls by a general word may stand on a list under the word for its country.
_FIRM_NUMBERS = frozenset({"registration", "tax", "uscc", "inn", "ogrn", "vat", "other"})
# Given to firms, vessels and banks and printed in open registers, whoever stands behind them.
_NEVER_PERSONAL = frozenset({"imo", "mmsi", "lei", "uscc", "ogrn", "duns", "swift"})
_OGRN_DIGITS = 13  # the one of an entrepreneur has 15
# Likewise of a person: a tax number is an identity number in some countries.
_PERSON_NUMBERS = frozenset({"national_id", "tax", "inn", "other"})
# Characters of GB 32100-2015 (I, O, S, V and Z are left out), each worth its place.
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Weights of the control digits of an INN: of a firm's tenth, of a person's eleventh and twelfth.
_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)  # likewise
_INN_12 = (3, *_INN_11)  # likewise
_SHAPES = {
    "imo": r"\d{7}",
    "mmsi": r"\d{9}",
    "lei": r"[A-Z0-9]{18}\d{2}",
    "uscc": rf"[{_USCC}]{{18}}",
    "inn": r"\d{10}|\d{12}",
    "ogrn": r"\d{13}|\d{15}",
    "duns": r"\d{9}",
    "swift": r"[A-Z0-9]{8}(?:[A-Z0-9]{3})?",
}
_PREFIXES = {"imo": "IMO", "lei": "LEI", "uscc": "USCC", "inn": "INN", "ogrn": "OGRN", "duns": "DUNS", "mmsi": "MMSI"}

_NO_SIGN = re.compile(r"[^0-9A-Z]+")  # of a text of ASCII alone, as nearly all numbers are: six times as quick


def normal(kind: str, value: str) -> str:
    """The normal form of an identifier: letters and digits only, capitals, digits of any script as ASCII.

    Args:
        kind: a kind of the contract `identifiers` or `hashed_documents`.
        value: as printed.

    Returns:
        The normal form; empty where the text is no identifier ("not known", dashes).
    """
    text = _NO_SIGN.sub("", value.upper()) if value.isascii() else _folded(value)
    prefix = _PREFIXES.get(kind, "")
    if prefix and not re.fullmatch(_SHAPES[kind], text):
        text = text.removeprefix(prefix)
    return "" if text in _NOT_VALUES or not any(c != "0" for c in text) else text


def _folded(value: str) -> str:
    """Letters and digits in capitals, those of any script."""
    kept = []
    for c in unicodedata.normalize("NFKC", value).upper():
        if c.isdecimal():
            kept.append(str(unicodedata.decimal(c)))
        elif c.isalnum():
            kept.append(c)
    return "".join(kept)


def same(kind: str, first: str, second: str) -> bool | None:
    """Whether two identifiers of one kind are the same number.

    Args:
        kind: their kind.
        first: as printed by one source.
        second: as printed by another.

    Returns:
        True or False; None where one of them is no identifier, so that nothing follows.
    """
    a, b = normal(kind, first), normal(kind, second)
    return a == b if a and b else None


def comparable(first: str, second: str) -> bool:
    """Whether numbers of two kinds may be one number: the same kind, or general words for a firm's or a person's."""
    pair = {first, second}
    return first == second or pair <= _FIRM_NUMBERS or pair <= _PERSON_NUMBERS


def of_firm(kind: str, value: str) -> bool:
    """Whether a number is of a kind that only firms, vessels and banks have, so that it is nobody's own.

    The OGRN of an entrepreneur (15 digits) and the number of an identity card under the heading of a credit code are
    a person's.
    """
    if kind not in _NEVER_PERSONAL or is_personal(value):
        return False
    return kind != "ogrn" or len(normal(kind, value)) <= _OGRN_DIGITS


def refined(kind: str, value: str, country: str = "") -> str:
    """The exact kind of a registration or tax number, where its form, check digit and country leave no doubt.

    Args:
        kind: as the list calls it.
        value: as printed.
        country: who issued it, as printed; empty where not known.
    """
    if kind == "lei" and not valid("lei", value):  # some registers call their number a legal entity number
        kind = "registration"
    if kind not in {"registration", "tax"}:
        return kind
    text, place = normal(kind, value), country.casefold()
    if place in {"", "china", "cn"} and any(c.isalpha() for c in text) and valid("uscc", text):
        return "uscc"
    if place in {"russia", "ru", "russian federation"}:
        exact = {"tax": "inn", "registration": "ogrn"}
        for candidate in (exact[kind], *exact.values()):
            if valid(candidate, text):
                return candidate
    return kind


def valid(kind: str, value: str) -> bool | None:
    """Whether an identifier has the form and the check digit of its kind; None for kinds that have neither.

    Sources: IMO resolution A.1117(30); ISO 17442 with ISO 7064 mod 97-10; GB 32100-2015 with ISO 7064 mod 31-3;
    the Russian tax service's orders on INN and OGRN.
    """
    text, shape = normal(kind, value), _SHAPES.get(kind)
    if shape is None:
        return None
    if not re.fullmatch(shape, text, re.ASCII):
        return False
    check = {"imo": _imo, "lei": _lei, "uscc": _uscc, "inn": _inn, "ogrn": _ogrn}.get(kind)
    return check(text) if check else True


def _imo(text: str) -> bool:
    return sum(int(c) * w for c, w in zip(text, range(7, 1, -1), strict=False)) % 10 == int(text[6])


def _lei(text: str) -> bool:
    return int("".join(str(int(c, 36)) for c in text)) % 97 == 1


def _uscc(text: str) -> bool:
    total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(text[:17]))
    return _USCC[-total % 31] == text[17]


def _inn(text: str) -> bool:
    def digit(weights: tuple[int, ...]) -> str:
        return str(sum(int(c) * w for c, w in zip(text, weights, strict=False)) % 11 % 10)

    if len(text) == len(_INN_10) + 1:
        return digit(_INN_10) == text[9]
    return digit(_INN_11) == text[10] and digit(_INN_12) == text[11]


def _ogrn(text: str) -> bool:
    return str(int(text[:-1]) % (len(text) - 2) % 10) == text[-1]


def hashed(folder: Path, value: str, kind: str = "other") -> str:
    """The keyed hash under which a person's document number is kept in a store.

    Args:
        folder: the store; its key is made on first need.
        value: the number as printed.
        kind: kind of the document: its normal form is hashed, not the kind, so that a number matches whatever a
            source calls its document.

    Returns:
        64 hex digits; empty where the text is no identifier.

    Raises:
        StoreError: the key cannot be made or read, or others may read it.
    """
    return digest(key(folder), value, kind)


def digest(secret: bytes, value: str, kind: str = "other") -> str:
    """The hash of `hashed`, under a key that was read once for many numbers."""
    text = normal(kind, value)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest() if text else ""


def key_id(secret: bytes) -> str:
    """Names a key without giving it away: 16 hex digits."""
    return hmac.new(secret, b"entrepot: name of the key", hashlib.sha256).hexdigest()[:16]


def key(folder: Path) -> bytes:
    """The store's key, made on first need: 32 random bytes in a file that only its owner may read.

    Its name stands below it: any 32 bytes are a key, so that a changed bit makes another, under which no number meets.
    Where the store is shared the group of its folder may read it too.

    Raises:
        StoreError: it cannot be made or read, is broken, or others may read it.
    """
    path = folder / KEY_FILE
    found = kept_secret(path, tr("the key of the identifiers"), _new, shared=True)
    secret, name = found[:_KEY_BYTES], found[_KEY_BYTES:]
    if len(secret) != _KEY_BYTES or name not in {b"", _named(secret)}:
        raise StoreError(tr("the key of the identifiers is broken"), found=str(path), remedy=tr(KEY_BACK))
    return secret


def is_vouched(folder: Path) -> bool:
    """Whether the name of the store's key stands with it, as it does of every key made since 2026-12-01."""
    return (folder / KEY_FILE).stat().st_size > _KEY_BYTES


def _new() -> bytes:
    secret = secrets.token_bytes(_KEY_BYTES)
    return secret + _named(secret)


def _named(secret: bytes) -> bytes:
    return b"\nkey: %s\n" % key_id(secret).encode()
