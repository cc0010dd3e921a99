"""Who may ask: people with a role and a token. Tokens are held as hashes and never written anywhere."""

from __future__ import annotations

import getpass
import hmac
import os
import stat
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError, printable
from entrepot.core.ids import digest
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from pathlib import Path

READER, REVIEWER, ADMIN = "reader", "reviewer", "admin"
ROLES = (READER, REVIEWER, ADMIN)  # each may do what those before it may
LEAST_TOKEN = 16  # characters: 96 bits of base64, which nobody guesses over a network

# What the system says of a file that it does not open, so that another language says it too.
_OF_THE_SYSTEM = (marked("No such file or directory"), marked("Permission denied"), marked("Is a directory"))


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.

    Attributes:
        name: as the ledger writes it.
        role: one of ROLES.
        digest: of the token, SHA-256; empty for the person at a machine whose server asks for none.
    """

    name: str
    role: str
    digest: bytes = field(default=b"", repr=False)

    def may(self, role: str) -> bool:
        """Whether the person has the role, or one above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


def at_this_machine() -> Person:
    """The person at the machine, for a server on loopback that asks for no token."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as in a container
        name = "local"
    return Person(name, ADMIN)


def with_token(name: str, role: str, token: str) -> Person:
    """A person by the token itself.

    Raises:
        UnknownNameError: no such role.
        BadInputError: a token that can be guessed.
    """
    if role not in ROLES:
        raise UnknownNameError(tr("role"), role, ROLES)
    if len(token) < LEAST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise BadInputError(
            tr("the token of {name} cannot be used", name=name),  # the token itself is never shown
            allowed=tr(
                "at least {least_token} letters, digits and signs of ASCII without blanks", least_token=LEAST_TOKEN
            ),
            remedy=tr('Make one: python -c "import secrets; print(secrets.token_urlsafe(32))"'),
        )
    return Person(name, role, kept_of(token))


def kept_of(token: str) -> bytes:
    """What is kept of a token."""
    return bytes.fromhex(digest(token))


def known(people: tuple[Person, ...], token: str) -> Person | None:
    """The person whose token it is; every token is compared, whole, so that time tells nothing."""
    given, found = kept_of(token), None
    for person in people:
        if hmac.compare_digest(person.digest, given):
            found = person
    return found


def read_people(path: Path) -> tuple[Person, ...]:
    """People from a TOML file: `[[user]]` with name, role, and token or token_sha256.

    Raises:
        UnreadableFileError: not TOML, or an entry that cannot be used; no token is shown.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("user", [])
    except (OSError, ValueError) as exc:
        reason = tr(str(exc.strerror)) if isinstance(exc, OSError) else tr("not TOML in UTF-8")
        raise UnreadableFileError(path, reason, allowed=tr("a TOML file with a [[user]] each")) from exc
    people = tuple(_entry(path, e) for e in entries) if isinstance(entries, list) else ()
    names = [p.name for p in people]
    if not people or len(set(names)) < len(names) or len({p.digest for p in people}) < len(people):
        raise UnreadableFileError(
            path, tr("no user, or two of one name or token"), allowed=tr("[[user]] entries, each its own")
        )
    return people


def wide_file(path: Path) -> str:
    """A warning where others than its owner may read a file of people; empty where not, or where no rights tell it.

    Args:
        path: the file.
    """
    if os.name != "posix":
        return ""
    mode = path.stat().st_mode
    if not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return ""
    return tr(
        "Warning: others may read {name} ({rights}), which says who may ask and by which token. Take the right from "
        "them: chmod 600 {name}, and make new tokens where they stood in it.",
        name=printable(str(path)),
        rights=stat.filemode(mode)[1:],
    )


def _entry(path: Path, entry: Any) -> Person:
    allowed = tr("name, role (reader, reviewer or admin) and token, or token_sha256 in hexadecimal")
    keys = set(entry) if isinstance(entry, dict) else set()
    if keys not in ({"name", "role", "token"}, {"name", "role", "token_sha256"}):
        raise UnreadableFileError(
            path, tr("a [[user]] with {keys}", keys=", ".join(sorted(keys)) or tr("nothing")), allowed=allowed
        )
    name, role = str(entry["name"]).strip(), str(entry["role"])
    if not name or not name.isprintable():
        raise UnreadableFileError(path, tr("a [[user]] without a name"), allowed=allowed)
    if "token" in entry:
        return with_token(name, role, str(entry["token"]))
    try:
        kept = bytes.fromhex(str(entry["token_sha256"]))
    except ValueError:
        kept = b""
    if role not in ROLES or len(kept) != len(kept_of("")):
        raise UnreadableFileError(path, tr("the entry of {name!r}", name=name), allowed=allowed)
    return Person(name, role, kept)
