"""An entry of the ledger: a body that is hashed, sealed and chained, and the personal fields that it is committed to.

See docs/design/36-decisions.md.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

FORM = 1  # rises when a body is made up otherwise
BEGUN, DECIDED, WITHDRAWN, REDACTED, ASKED, ENDED = KINDS = (
    "begun", "decided", "withdrawn", "redacted", "asked", "ended",
)  # fmt: skip
_SALT_BYTES = 16  # 128 bits: no value, however short, can be guessed from its commitment
_PRINT_DIGITS = 32  # 128 bits of an HMAC


@dataclass(frozen=True)  # no slots: what it says is read from its body on first use
class Entry:
    """An entry as it lies in the ledger.

    Attributes:
        seq: its number, from 1.
        body: one line of JSON, of which the hash is.
        hash: SHA-256 of the body, hex.
        seal: HMAC-SHA256 of the hash under the ledger's key, hex.
        personal: JSON: field -> salt and value; a field that was redacted is gone.
    """

    seq: int
    body: str
    hash: str
    seal: str
    personal: str

    @cached_property
    def said(self) -> dict[str, Any]:
        """What the body says."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The personal fields that are still there, each read from its value."""
        return {name: json.loads(value) for name, (_, value) in json.loads(self.personal).items()}


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry will say.

    Attributes:
        said: of the body, without number, chain and commitments.
        personal: field -> what it says; only commitments to these enter the body.
    """

    said: Mapping[str, Any]
    personal: Mapping[str, Any]


def written(draft: Draft, seq: int, previous: str, key: bytes) -> Entry:
    """A draft as the entry that follows another.

    Args:
        draft: what it says.
        seq: its number.
        previous: the hash of the entry before it; empty for the first.
        key: of the ledger.
    """
    salted = {f: (secrets.token_hex(_SALT_BYTES), canonical(value)) for f, value in draft.personal.items()}
    committed = {f: commitment(*pair) for f, pair in salted.items()}
    body = canonical({**draft.said, "seq": seq, "previous": previous, "personal": committed})
    found = digest(body)
    return Entry(seq, body, found, sealed(found, key), canonical(salted))


def without(entry: Entry, fields: Collection[str]) -> Entry:
    """An entry from which personal fields were taken, value and salt; its body stays, with the commitments.

    Args:
        entry: as it lies.
        fields: which.
    """
    left = {f: pair for f, pair in json.loads(entry.personal).items() if f not in fields}
    return replace(entry, personal=canonical(left))


def canonical(said: Any) -> str:
    """JSON in one form: keys sorted, no spaces, no escapes but those that JSON needs; a lone surrogate is replaced."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def commitment(salt: str, value: str) -> str:
    """What stands in a body for a personal field."""
    return digest((salt, "\0", value))


def sealed(said: str, key: bytes) -> str:
    """The seal of a hash, hex."""
    return hmac.new(key, said.encode(), "sha256").hexdigest()


def print_of(said: Any, key: bytes) -> str:
    """What stands in a body for facts that are compared later: without the key nobody can try values against it.

    Args:
        said: the facts, as JSON can hold them.
        key: of the ledger.
    """
    return sealed(f"print\0{canonical(said)}", key)[:_PRINT_DIGITS]
