"""The pages as routes: what they are asked for is read, and what they show is sent; a page is also its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.translate import tr
from entrepot.desk.keeping import folder
from entrepot.server.gatekeeper import check_word
from entrepot.server.page_parts.begun_page import page_answer, whole
from entrepot.server.page_parts.drawn import known_names, with_refusals
from entrepot.server.page_parts.page_words import languages
from entrepot.server.pages import PAGES
from entrepot.server.pages.page import Asked, Page, own_values, sent_files
from entrepot.server.people import READER
from entrepot.server.refusal import FORBIDDEN, UNREADABLE, RefusedError
from entrepot.server.rows_sent import asked_form, rows_sent, saved_as

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from entrepot.desk.desk import Desk
    from entrepot.server.pages.page import Render, Shown


def page_routes(desk: Desk) -> list[Route]:
    """A route for each page, and one for the form that it takes."""
    return [route for page in PAGES for route in _routes(page, desk)]


def _routes(page: Page, desk: Desk) -> list[Route]:
    routes = [Route(page.path, _looked_at(page, desk), methods=["GET"])]
    if page.posts is not None:
        routes.append(Route(page.path, _sent(page, desk), methods=["POST"]))
    return routes


def _looked_at(page: Page, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    heard = replace(page, render=_hearing(page))

    async def answer(request: Request) -> Response:
        asked, form = _asked(request, desk), asked_form(request)
        if page.table is not None and form != "html":
            known_names(asked, page.heard)
            sent = rows_sent(await run_in_threadpool(page.table, asked), form)
            if page.saved_as is not None:
                sent.headers["content-disposition"] = saved_as(f"{page.saved_as(asked)}.{form}", at_once=form == "json")
            return sent
        if page.table is None and request.query_params.get("format", "html") != "html":
            thing, remedy = (
                tr("this page has no rows of its own"),
                tr("See {path}/openapi.json for the verbs that give rows.", path=request.scope.get("root_path", "")),
            )
            raise RefusedError(UNREADABLE, thing, found=form, allowed="html", remedy=remedy)
        return await page_answer(request, heard, asked)

    return answer


def _hearing(page: Page) -> Render:
    """Draws a page, but refuses an address that says what it does not hear: it would be shown as if that were not said.

    A filter that is misspelt would show everything, and a day that is misspelt today.
    """

    @with_refusals(page.title_key.partition(".")[0])
    def drawn(asked: Asked) -> str | Shown:
        known_names(asked, page.heard)
        return page.render(asked)

    return drawn


def _sent(page: Page, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    posts = page.posts
    assert posts is not None

    async def answer(request: Request) -> Response:
        async with request.form() as given:
            form = own_values(given)
            check_word(request.state.word, "".join(form.pop("csrf", ())))
            need_role(request, page.role)
            if page.role != READER:  # what a reader may send is worked out, and not kept
                refuse_read_only(folder(desk.store))
            asked = replace(_asked(request, desk, form), files=sent_files(given))
            return whole(await run_in_threadpool(posts, asked))

    return answer


def need_role(request: Request, role: str) -> None:
    """Refuse who has not the role.

    Raises:
        RefusedError: 403.
    """
    person = request.state.person
    if not person.may(role):
        raise RefusedError(
            FORBIDDEN,
            tr("a {role} may not do this", role=person.role),
            found=f"{request.method} {request.url.path}",
            allowed=tr("role {role}", role=role),
            remedy=tr("Ask who runs the server."),
        )


def _asked(request: Request, desk: Desk, form: dict[str, tuple[str, ...]] | None = None) -> Asked:
    return Asked(
        desk,
        request.state.person,
        own_values(request.query_params),
        dict(request.path_params),
        form or {},
        request.state.word,
        languages(request.headers.get("accept-language", "")),
        kept=request.state.kept,
    )
