"""Sessions of browsers: a cookie instead of the token, and a word that each write has to repeat."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.server.people import Person

COOKIE, WORD = "entrepot_session", "x-csrf-token"
LIFETIME = 12 * 3600  # seconds: a day at the desk
_MOST = 1_000  # sessions at once: a team has tens; the oldest goes


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has shown a token.

    Attributes:
        person: whose token it was.
        word: what each write repeats in the header `X-CSRF-Token`, or in the field `csrf` of a form.
        ends: when it ends, of the monotonic clock.
        kept: what was typed into a form when the session before it had ended, by the address of its page, until the
            page shows it.
    """

    person: Person
    word: str
    ends: float
    kept: dict[str, dict[str, str]] = field(default_factory=dict)


class Sessions:
    """The sessions of a server, in memory: who starts it anew has everyone show the token again."""

    def __init__(self) -> None:
        self._held: dict[str, Session] = {}
        self._lock = threading.Lock()

    def begin(self, person: Person, kept: dict[str, dict[str, str]] | None = None) -> str:
        """Begin a session, with what was typed before it; the value of its cookie."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._held) >= _MOST:
                self._held.pop(next(iter(self._held)))
            self._held[name] = Session(person, secrets.token_urlsafe(24), time.monotonic() + LIFETIME, kept or {})
        return name

    def of(self, cookie: str) -> Session | None:
        """The session behind a cookie; None where there is none, or it has ended."""
        held = self._held.get(cookie)
        return held if held is not None and held.ends > time.monotonic() else None

    def end(self, cookie: str) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(cookie, None)
