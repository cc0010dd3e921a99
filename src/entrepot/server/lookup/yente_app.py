"""yente's API as an application of its own, made when it is first asked for: FastAPI is half of a server's start."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from entrepot.server.lookup.looked_up import LookUp

PATHS = ("/match/{dataset}", "/search/{dataset}", "/entities/{entity_id}", "/catalog", "/algorithms", "/readyz")


class YenteApp:
    """The application behind PATHS.

    Args:
        look_up: where entities are looked up.
    """

    def __init__(self, look_up: LookUp) -> None:
        self._look_up, self._lock = look_up, threading.Lock()
        self._made: FastAPI | None = None
        self._named: list[Callable[[Iterable[object]], None]] = []

    def tell(self, named: Callable[[Iterable[object]], None]) -> None:
        """Have somebody told its routes when they are made."""
        self._named.append(named)

    def routes(self) -> list[Route]:
        """Its addresses, as routes of the application around it."""
        return [Route(path, self, include_in_schema=False) for path in PATHS]

    def made(self) -> FastAPI:
        """The application itself."""
        with self._lock:
            app = self._made
            if app is None:
                self._made = app = _app(self._look_up)
                for named in self._named:
                    named(app.router.routes)
            return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if self._made is None:
            await run_in_threadpool(self.made)
        await self.made()(scope, receive, send)


def _app(look_up: LookUp) -> FastAPI:
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

    from entrepot.core.errors import EntrepotError
    from entrepot.core.words.translate import tr
    from entrepot.server.lookup.yente_routes import yente_router
    from entrepot.server.refusal import UNUSABLE, RefusedError, by_number, response, said

    async def not_held(request: Request, exc: Exception) -> Response:
        """What FastAPI finds wrong with a request, each fault with its place."""
        assert isinstance(exc, RequestValidationError)
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()]
        refused = RefusedError(UNUSABLE, tr("the request is not understood"), found="; ".join(faults[:5]))
        return response(refused, request.headers)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(yente_router(look_up))
    app.add_exception_handler(EntrepotError, said)
    app.add_exception_handler(RequestValidationError, not_held)
    app.add_exception_handler(HTTPException, by_number)
    app.add_exception_handler(Exception, said)
    return app
