"""Signing in with a browser: the token goes once into a form, then a cookie stands for it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from entrepot.core.tables.buffers import is_storable
from entrepot.server.drawing import draw
from entrepot.server.page_parts.page_words import languages, words_for
from entrepot.server.people import known
from entrepot.server.refusal import UNKNOWN_PERSON
from entrepot.server.sessions import COOKIE, LIFETIME, Sessions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.responses import Response
    from starlette.types import Receive, Scope

    from entrepot.server.serve_settings import ServeSettings

_NOTHING: Mapping[str, str] = MappingProxyType({})
_KEPT = "kept-"  # what fields of the form for signing in begin with that hold what was typed into another
_MOST_TYPED = 4_000  # characters: a reason is a sentence
_SEE_OTHER = 303  # what follows is looked at, whatever was sent


def sign_in_routes(settings: ServeSettings, sessions: Sessions) -> list[Route]:
    """`/session`: the form, what takes it, and what ends the session."""
    path = settings.under or "/"

    async def form(request: Request) -> Response:
        if settings.is_open:
            return RedirectResponse("/", _SEE_OTHER)
        return HTMLResponse(sign_in_page(request, back_to(request.query_params.get("back", ""))))

    async def begun(request: Request) -> Response:
        sent = await request.form()
        token, back = sent.get("token"), back_to(str(sent.get("back", "")))
        typed = typed_in(sent, _KEPT)
        person = known(settings.people, token) if isinstance(token, str) else None
        if person is None:
            page = sign_in_page(request, back, "session.unknown", typed)
            return HTMLResponse(page, UNKNOWN_PERSON)
        answer = RedirectResponse(back, _SEE_OTHER)
        answer.set_cookie(
            COOKIE,
            sessions.begin(person, {back.partition("?")[0]: typed} if typed else None),
            max_age=LIFETIME,
            httponly=True,
            samesite="strict",
            secure=settings.secure,
            path=path,
        )
        return answer

    async def ended(request: Request) -> Response:
        sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/session", _SEE_OTHER)
        answer.delete_cookie(COOKIE, path, httponly=True, samesite="strict", secure=settings.secure)
        return answer

    return [
        Route("/session", form, methods=["GET"]),
        Route("/session", begun, methods=["POST"]),
        Route("/session/end", ended, methods=["POST"]),
    ]


def sign_in_page(request: Request, back: str, said: str = "", typed: Mapping[str, str] = _NOTHING) -> str:
    """The form, in a language of the browser.

    Args:
        request: what was asked for.
        back: the address of this server to which it leads.
        said: the key of a sentence above it.
        typed: what was typed into the form that came too late, by its fields.
    """
    t = words_for(languages(request.headers.get("accept-language", "")))
    given = {"title": t("session.title"), "said": t(said) if said else "", "back": back, "typed": typed}
    return draw("session.html", t=t, **given)


def to_sign_in(scope: Scope) -> Response:
    """The way of a browser without a session to the form, which leads back to what it asked for."""
    back = _asked_for(scope)
    return RedirectResponse("/session" if back == "/" else f"/session?back={quote(back, safe='')}", _SEE_OTHER)


async def late_form(scope: Scope, receive: Receive) -> Response:
    """The form for signing in, where a session ended while a form of a page was filled in: its words are kept.

    Args:
        scope: the request; a form with files is not read, for who sends it is not known.
        receive: its body.

    Raises:
        RefusedError: it is too large.
        ClientDisconnect: nobody is there any more.
    """
    request = Request(scope, receive)
    is_words = request.headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded")
    typed = typed_in(await request.form()) if is_words else {}
    return HTMLResponse(sign_in_page(request, _asked_for(scope), "session.ended", typed), UNKNOWN_PERSON)


def _asked_for(scope: Scope) -> str:
    """The address of a request, as it may be asked for again."""
    said = scope["query_string"].decode("latin-1")
    return back_to(quote(scope["path"]) + (f"?{said}" if said else ""))


def back_to(address: str) -> str:
    """An address of this server to go to after signing in; its first page where it is none: no other site is linked."""
    is_own = address.startswith("/") and address[1:2] not in {"/", "\\"} and address.isprintable()
    return address if is_own and not address.startswith("/session") else "/"


def typed_in(sent: FormData, head: str = "") -> dict[str, str]:
    """The fields of a form that hold text, but for what is secret or no page holds; one that is too long is not kept.

    Args:
        sent: the form.
        head: what the names of fields begin with that are meant; it is taken off them.
    """
    given = {k.removeprefix(head): v for k, v in sent.multi_items() if isinstance(v, str) and k.startswith(head)}
    out = {k: v for k, v in given.items() if k not in {"csrf", "token"} and is_storable(k) and is_storable(v)}
    return out if len("".join(out.values())) <= _MOST_TYPED else {}
