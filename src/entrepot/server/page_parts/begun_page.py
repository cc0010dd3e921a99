"""A page begun before its answer is there: its head and its place among others at once, the rest as soon as it is."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from entrepot.server.page_parts.worked_out import PATIENCE
from entrepot.server.pages.page import Shown
from entrepot.server.refusal import OURS, response, status_of, traced

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from entrepot.server.pages.page import Asked, Page

_TITLE, _HEAD_ENDS, _MAIN = "<title>", "</head>", "<main"
# A proxy that gathers what is sent would hold the beginning back.
_HEADERS = {"X-Accel-Buffering": "no"}
_rendered: set[asyncio.Future[str | Shown]] = set()


def nobody_waits() -> bool:
    """Whether no page is being drawn: then what nobody has asked for yet may be worked out."""
    return not _rendered


async def page_answer(request: Request, page: Page, asked: Asked) -> Response:
    """A page as the answer to a request: whole, or, for a browser that waits longer than a moment, begun.

    A program always gets it whole, with its status. What is begun has the status 200, whatever follows; nobody who
    looks at a page sees that number.

    Args:
        request: what was asked; only a browser says that it goes to a page (`Sec-Fetch-Dest`).
        page: the page.
        asked: what it is asked for.
    """
    rendered = asyncio.ensure_future(run_in_threadpool(page.render, asked))
    _rendered.add(rendered)
    rendered.add_done_callback(_rendered.discard)
    if page.is_file or request.headers.get("sec-fetch-dest") != "document":
        return whole(await rendered)
    done, _ = await asyncio.wait({rendered}, timeout=PATIENCE)
    if done:
        return whole(rendered.result())
    return StreamingResponse(_parts(request, page, asked, rendered), media_type="text/html", headers=_HEADERS)


def whole(shown: str | Shown) -> Response:
    """What a page shows as an answer."""
    if isinstance(shown, str):
        shown = Shown(shown)
    return Response(shown.body, shown.status, dict(shown.headers), shown.media)


async def _parts(
    request: Request, page: Page, asked: Asked, rendered: asyncio.Future[str | Shown]
) -> AsyncIterator[str]:
    from entrepot.server.page_parts.drawn import drawn  # every page imports that, and this one is imported before them

    here = page.title_key.partition(".")[0]
    yield await run_in_threadpool(drawn, asked, here, "begun.html")
    try:
        shown = await rendered
        body: str | bytes = shown.body if isinstance(shown, Shown) else shown
    except Exception as exc:  # noqa: BLE001 - who waits is told, as where nothing has been sent yet
        if status_of(exc) >= OURS:
            sys.stderr.write(traced(exc))
        body = bytes(response(exc, request.headers).body)
    yield rest(body if isinstance(body, str) else body.decode())


def rest(page: str) -> str:
    """What of a page follows its beginning: the part of its head that is its own, and all from its main part on.

    A title, a script and when to ask again may stand in the body of a page: browsers read them there as in its head.

    Args:
        page: the whole page.
    """
    own = page[page.index(_TITLE) : page.index(_HEAD_ENDS)]
    return own + page[page.index(_MAIN) :]
