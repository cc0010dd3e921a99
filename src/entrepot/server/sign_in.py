"""Signing in with a browser: the token goes once into a form, then a cookie stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from entrepot.server.drawing import draw
from entrepot.server.page_parts.page_words import languages, words_for
from entrepot.server.people import known
from entrepot.server.refusal import UNKNOWN_PERSON
from entrepot.server.sessions import COOKIE, LIFETIME, Sessions

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from entrepot.server.serve_settings import ServeSettings

_SEE_OTHER = 303  # what follows is looked at, whatever was sent


def sign_in_routes(settings: ServeSettings, sessions: Sessions) -> list[Route]:
    """`/session`: the form, what takes it, and what ends the session."""
    path = settings.under or "/"

    async def form(request: Request) -> Response:
        if settings.is_open:
            return RedirectResponse("/", _SEE_OTHER)
        return HTMLResponse(_drawn(request))

    async def begun(request: Request) -> Response:
        token = (await request.form()).get("token")
        person = known(settings.people, token) if isinstance(token, str) else None
        if person is None:
            return HTMLResponse(_drawn(request, "session.unknown"), UNKNOWN_PERSON)
        answer = RedirectResponse("/", _SEE_OTHER)
        answer.set_cookie(
            COOKIE,
            sessions.begin(person),
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


def _drawn(request: Request, said: str = "") -> str:
    """The form, in a language of the browser, with the sentence of a key above it."""
    t = words_for(languages(request.headers.get("accept-language", "")))
    return draw("session.html", t=t, title=t("session.title"), said=t(said) if said else "")
