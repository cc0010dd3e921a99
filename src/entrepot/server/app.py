"""The application: pages, verbs and what watches a server, behind the gatekeeper."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from entrepot import __version__
from entrepot.core.errors import EntrepotError
from entrepot.desk.desk import Desk
from entrepot.server.gatekeeper import Gatekeeper
from entrepot.server.jobs.job_keeper import JobKeeper
from entrepot.server.jobs.job_routes import job_routes
from entrepot.server.lookup.looked_up import LookUp
from entrepot.server.lookup.reconcile_routes import reconcile_routes
from entrepot.server.lookup.stream_routes import stream_routes
from entrepot.server.lookup.yente_routes import yente_router
from entrepot.server.page_routes import page_routes
from entrepot.server.refusal import NOT_FOUND, UNUSABLE, RefusedError, headers_of, status_of, told
from entrepot.server.sessions import Sessions
from entrepot.server.sign_in import sign_in_routes
from entrepot.server.tally import Tally
from entrepot.server.verbs.verb_routes import verb_routes

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from entrepot.server.serve_settings import ServeSettings

_STATIC = Path(__file__).parent / "static"


def create_app(settings: ServeSettings) -> ASGIApp:
    """The application of a server: an ASGI application for uvicorn, or for a test.

    Args:
        settings: what it is started with.
    """
    desk, sessions, tally = Desk(settings.store), Sessions(), Tally()
    look_up, keeper = LookUp(desk), JobKeeper(settings.store)
    keeper.take_up()
    atexit.register(keeper.stop)
    app = FastAPI(title="Entrepot", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes += [
        Route("/healthz", _healthy),
        Route("/metrics", lambda _: PlainTextResponse(tally.text(), media_type="text/plain; version=0.0.4")),
        *sign_in_routes(settings, sessions),
        *page_routes(desk),
        *stream_routes(look_up),
        *reconcile_routes(look_up),
        *job_routes(settings.store, keeper),
        *verb_routes(settings.store, app),
        Mount("/static", StaticFiles(directory=_STATIC), name="static"),
    ]
    app.include_router(yente_router(look_up))
    app.add_exception_handler(EntrepotError, _said)
    app.add_exception_handler(RequestValidationError, _not_held)
    app.add_exception_handler(HTTPException, _by_number)
    gate = Gatekeeper(app, settings, sessions, tally)
    gate.name_routes(app.router.routes)
    return gate


async def _healthy(_request: Request) -> Response:
    """That the server answers, and nothing of what it holds."""
    return JSONResponse({"status": "ok", "version": __version__})


async def _said(_request: Request, exc: Exception) -> Response:
    return JSONResponse(told(exc), status_of(exc), headers=headers_of(exc))


async def _not_held(_request: Request, exc: Exception) -> Response:
    """What FastAPI finds wrong with a request, each fault with its place."""
    assert isinstance(exc, RequestValidationError)
    faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in exc.errors()]
    refused = RefusedError(UNUSABLE, "the request is not understood", found="; ".join(faults[:5]))
    return JSONResponse(told(refused), UNUSABLE)


async def _by_number(request: Request, exc: Exception) -> Response:
    """What the router refuses: no such address, or no such method there."""
    assert isinstance(exc, HTTPException)
    thing = "nothing lies at this address" if exc.status_code == NOT_FOUND else exc.detail.lower()
    remedy = "See /openapi.json for what there is." if exc.status_code == NOT_FOUND else ""
    refusal = RefusedError(exc.status_code, thing, found=f"{request.method} {request.url.path}", remedy=remedy)
    return JSONResponse(told(refusal), exc.status_code, headers=exc.headers)
