"""What stands before every request: which host was asked for, who asks, from where, and how much is sent.

See docs/design/49-server.md for what each check is against.
"""

from __future__ import annotations

import hmac
import re
import sys
import time
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect

from entrepot.core.runtime.asked_from import ASKED_FROM
from entrepot.core.words.translate import tr
from entrepot.server.page_parts.under_path import rooted, with_path, without_path
from entrepot.server.people import LEAST_TOKEN, Person, at_this_machine, known
from entrepot.server.refusal import (
    FORBIDDEN,
    HUNG_UP,
    TOO_LARGE,
    UNKNOWN_PERSON,
    UNREADABLE,
    RefusedError,
    response,
    status_of,
    traced,
)
from entrepot.server.serve_settings import LARGEST_SAID, LARGEST_UNKNOWN, is_loopback
from entrepot.server.sessions import COOKIE, WORD, Session, Sessions
from entrepot.server.sign_in import late_form, to_sign_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from entrepot.server.serve_settings import ServeSettings
    from entrepot.server.tally import Tally

# No inline script or style, nothing from elsewhere; `blob:` and `data:` are pictures that a page has drawn itself.
CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(f"{may}=()" for may in ("camera", "geolocation", "microphone")),
    "cache-control": "no-store",
}
# Methods that change nothing (RFC 9110, 9.2.1); how a token is called in addresses, and announced in a header.
_SAFE = {"GET", "HEAD", "OPTIONS"}
_SECRETS = {"token", "access_token", "api_key", "apikey", "auth", "authorization"}  # as services call it
_SCHEMES = {"bearer", "apikey", "token"}  # the second is that of clients of yente
_OPEN_PATHS = ("/healthz", "/session", "/static/")
_RECONCILED = "/reconcile"
# RFC 9110, 7.2: a name or an address, and a port. Frameworks have made paths of what else came (CVE-2026-48710).
_HOST = re.compile(r"([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_OF_FILES, _STREAMED = "multipart/form-data", "/v1/screen/stream"
_BY_FORM = "/v1/"  # below it a session repeats its word in a header; pages check the field of their form


class Gatekeeper:
    """The checks around an application, and the headers of what it answers."""

    def __init__(self, app: ASGIApp, settings: ServeSettings, sessions: Sessions, tally: Tally) -> None:
        self._app, self._settings, self._sessions, self._tally = rooted(app, settings.under), settings, sessions, tally
        self._patterns: dict[object, str] = {}
        self._local = at_this_machine()

    def name_routes(self, routes: Iterable[object]) -> None:
        """Take the patterns of the routes, under which answers are counted: an address may hold a person's name."""
        for route in routes:
            self._patterns[getattr(route, "endpoint", None) or getattr(route, "app", None)] = getattr(route, "path", "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with a sentence."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            without_path(scope, self._settings.under)
            ASKED_FROM.set((scope.get("client") or ("",))[0])
            await self._answered(scope, receive, with_path(send, self._settings.under))
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status, heads, whole = time.perf_counter(), 0, _heads(scope), False

        async def sent(message: Message) -> None:
            nonlocal status, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, scope, heads)
            await send(message)
            whole = message["type"] == "http.response.body" and not message.get("more_body", False)

        try:
            person = self._let_in(scope, heads)
            most = _most(scope, heads, self._settings.largest) if person else LARGEST_UNKNOWN
            await self._app(scope, _counted(receive, heads, most), sent)
        except ClientDisconnect:
            status = HUNG_UP  # nobody is there to be told
        except Exception as exc:
            if status and not whole:
                raise
            if status_of(exc) >= 500:  # noqa: PLR2004 - where HTTP's faults of the server begin
                sys.stderr.write(traced(exc))
            if not whole:
                await (await _refused(exc, scope, receive, heads))(scope, receive, sent)
        finally:
            route = self._patterns.get(scope.get("endpoint"), "other")
            self._tally.add(scope["method"], route, status, time.perf_counter() - begun)

    def _let_in(self, scope: Scope, heads: dict[str, str]) -> Person | None:
        """Note who asks in the scope; None for one who is not known, at an address that is open to all.

        Raises:
            RefusedError: the request is not passed on.
        """
        self._check_host(heads)
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        said = [*query, *((tr("the path"), part) for part in scope["path"].split("/") if len(part) >= LEAST_TOKEN)]
        if named := sorted({k for k, v in said if k.lower() in _SECRETS or known(self._settings.people, v)}):
            raise RefusedError(
                UNREADABLE,
                tr("a token in an address is refused: addresses are written to logs and histories"),
                found=", ".join(named),
                remedy=tr(
                    "Send it as a header: Authorization: Bearer TOKEN. Make a new one; this one has been written."
                ),
            )
        person, session = self._person(heads)
        if person is None and not scope["path"].startswith(_OPEN_PATHS):
            raise RefusedError(
                UNKNOWN_PERSON,
                tr("who asks is not known"),
                remedy=tr(
                    "Send your token as a header (Authorization: Bearer TOKEN), or sign in at {path}/session.",
                    path=self._settings.under,
                ),
                headers={"WWW-Authenticate": 'Bearer realm="entrepot"'},
            )
        _check_origin(scope, heads, session)
        held = {"word": session.word, "kept": session.kept} if session else {"word": "", "kept": {}}
        scope.setdefault("state", {}).update(person=person, **held)
        return person

    def _check_host(self, heads: dict[str, str]) -> None:
        """A name that somebody has pointed at this machine is not ours: DNS rebinding."""
        name = host_of(heads.get("host", ""))
        allowed = is_loopback(name) if is_loopback(self._settings.host) else not self._settings.names
        if not allowed and name not in {*self._settings.names, self._settings.host}:
            raise RefusedError(
                UNREADABLE,
                tr("the server is not called so"),
                found=name,
                allowed=", ".join(self._settings.names) or tr("127.0.0.1 or localhost"),
                remedy=tr("Name it when it is started: entrepot serve --name NAME"),
            )

    def _person(self, heads: dict[str, str]) -> tuple[Person | None, Session | None]:
        """Who asks, and by which session."""
        scheme, _, token = heads.get("authorization", "").partition(" ")
        if token and scheme.lower() in _SCHEMES and not self._settings.is_open:
            return known(self._settings.people, token.strip()), None
        if self._settings.is_open:
            return self._local, None
        session = self._sessions.of(_cookie(heads))
        return (session.person, session) if session else (None, None)


def _check_origin(scope: Scope, heads: dict[str, str], session: Session | None) -> None:
    """What a browser sends for a page of somebody else is refused; a session repeats its word when it writes.

    Raises:
        RefusedError: the request comes from another page, or without the word of its session.
    """
    site, safe = heads.get("sec-fetch-site", "none"), scope["method"] in _SAFE
    visit = safe and heads.get("sec-fetch-mode") == "navigate"
    origin = heads.get("origin")
    if origin and _is_table_program(scope, origin):
        return
    own = origin is None or origin.partition("://")[2] == heads.get("host", "")
    if (site not in {"none", "same-origin"} and not visit) or (not safe and not own):
        raise RefusedError(
            FORBIDDEN,
            tr("another page asks in your name"),
            found=origin or site,
            allowed=tr("a page of this server, or a program"),
        )
    if session and not safe and scope["path"].startswith(_BY_FORM):
        check_word(session.word, heads.get(WORD, ""))


def _is_table_program(scope: Scope, origin: str) -> bool:
    """Whether OpenRefine asks, which runs in a browser from another port of this machine: names alone are looked up."""
    return scope["path"].startswith(_RECONCILED) and is_loopback(host_of(origin.partition("://")[2]))


def host_of(given: str) -> str:
    """The name or address of `name:port`; empty where it is neither, as where a path stands behind it."""
    found = _HOST.fullmatch(given)
    return found[1].strip("[]").lower() if found else ""


def check_word(word: str, given: str) -> None:
    """Refuse a write that does not repeat the word of its session; without a session there is no word.

    Raises:
        RefusedError: the word is another.
    """
    if word and not hmac.compare_digest(word.encode(), given.encode()):
        raise RefusedError(
            FORBIDDEN,
            tr("the word of the session is missing or another"),
            remedy=tr("Load the page again; a program sends its token as a header, and needs no session."),
        )


def _heads(scope: Scope) -> dict[str, str]:
    return {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}


def _cookie(heads: dict[str, str]) -> str:
    try:
        held = SimpleCookie(heads.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return held.value if held else ""


def _add_headers(message: Message, scope: Scope, heads: dict[str, str]) -> None:
    """Give an answer the headers that it does not have yet."""
    origin = heads.get("origin", "")
    if origin and _is_table_program(scope, origin):
        message["headers"] = [*message["headers"], (b"access-control-allow-origin", origin.encode("latin-1"))]
    there = {k.lower() for k, _ in message["headers"]}
    more = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in there]
    message["headers"] = [*message["headers"], *more]


def _most(scope: Scope, heads: dict[str, str], largest: int) -> int:
    """Bytes that a request may have: files and streams are read piece by piece, all else is held in memory whole."""
    in_pieces = heads.get("content-type", "").lower().startswith(_OF_FILES) or scope["path"] == _STREAMED
    return largest if in_pieces else min(largest, LARGEST_SAID)


def _counted(receive: Receive, heads: dict[str, str], largest: int) -> Receive:
    """What is received, refused as soon as it is too much: before it comes where it says so itself.

    Raises:
        RefusedError: more than `largest` bytes are said or sent.
    """
    length = heads.get("content-length", "0")
    too_large = RefusedError(
        TOO_LARGE,
        tr("the request is too large"),
        allowed=tr("at most {largest:,} bytes", largest=largest),
        remedy=tr("Send it in parts, or use the command line on the machine where the file lies."),
        headers={"Connection": "close"},
    )
    if length.isdigit() and int(length) > largest:
        raise too_large
    got = 0

    async def received() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > largest:
            raise too_large
        return message

    return received


async def _refused(exc: Exception, scope: Scope, receive: Receive, heads: dict[str, str]) -> Response:
    """The answer to a request that is refused; a browser without a session is led to where to sign in, and back."""
    is_browser = "text/html" in heads.get("accept", "") and not scope["path"].startswith(_BY_FORM)
    if status_of(exc) != UNKNOWN_PERSON or not is_browser or scope["method"] not in {"GET", "POST"}:
        return response(exc, heads)
    if scope["method"] == "GET":
        return to_sign_in(scope)
    try:
        _check_origin(scope, heads, None)  # what a page elsewhere has put into a form is not kept
        return await late_form(scope, _counted(receive, heads, LARGEST_UNKNOWN))
    except (RefusedError, ClientDisconnect):
        return response(exc, heads)
