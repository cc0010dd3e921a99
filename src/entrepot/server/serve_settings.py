"""What a server is started with."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.server.people import Person

PORT = 8765  # no service of note is registered there (IANA)
# Bytes of a request: five million parties of 100 bytes. The limits of files (intake/limits.py) are for a file that lies
# on the machine already.
LARGEST_REQUEST = 500_000_000

# Bytes of a request that is no file and no stream, which is held in memory whole: a hundred thousand decisions.
LARGEST_SAID = 20_000_000

LARGEST_UNKNOWN = 10_000  # likewise, of one who is not known: a token in a form has a hundred
# Letters that are the same in an address, a cookie and a page (RFC 3986, 2.3).
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+")


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """What a server is started with.

    Attributes:
        store: the folder of the store.
        host: the address that it listens on.
        port: the port; 0 for a free one.
        people: who may ask; none for the person at the machine, on loopback alone.
        names: what the server is called from outside, beside its address; none for any, where a token is asked for.
        largest: bytes of a request.
        secure: whether browsers reach it by https, through a proxy of this machine: cookies then go over https alone,
            and where a request comes from is what the proxy says.
        under: the path below which it is reached: `/desk`; empty for the root.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = PORT
    people: tuple[Person, ...] = ()
    names: tuple[str, ...] = ()
    largest: int = LARGEST_REQUEST
    secure: bool = False
    under: str = ""

    def __post_init__(self) -> None:
        if not self.people and not is_loopback(self.host):
            raise BadInputError(
                tr("a server that others can reach needs to know who asks"),
                found=self.host,
                allowed=tr("127.0.0.1, ::1 or localhost without a token"),
                remedy=tr("Give --users FILE, or a token in ENTREPOT_TOKEN."),
            )
        if self.under and not _PATH.fullmatch(self.under):
            allowed = tr("a path without a slash at its end, of letters, digits and - . _ ~, as /desk")
            raise BadInputError(
                tr("the path cannot be used"), found=self.under, allowed=allowed, remedy=tr("Give another --under.")
            )

    @property
    def is_open(self) -> bool:
        """Whether nobody is asked for a token."""
        return not self.people


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
