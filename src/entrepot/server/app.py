"""The application: pages, verbs and what watches a server, behind the gatekeeper."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
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
from entrepot.server.lookup.yente_app import YenteApp
from entrepot.server.page_routes import page_routes
from entrepot.server.refusal import by_number, said
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
    yente = YenteApp(look_up)
    keeper.take_up()
    atexit.register(keeper.stop)
    routes = [
        Route("/healthz", _healthy),
        Route("/metrics", lambda _: PlainTextResponse(tally.text(), media_type="text/plain; version=0.0.4")),
        *sign_in_routes(settings, sessions),
        *page_routes(desk),
        *stream_routes(look_up),
        *reconcile_routes(look_up),
        *job_routes(settings.store, keeper),
        *verb_routes(settings.store, yente),
        *yente.routes(),
        Mount("/static", StaticFiles(directory=_STATIC), name="static"),
    ]
    app = Starlette(routes=routes, exception_handlers={EntrepotError: said, HTTPException: by_number, Exception: said})
    gate = Gatekeeper(app, settings, sessions, tally)
    gate.name_routes(routes)
    yente.tell(gate.name_routes)
    return gate


async def _healthy(_request: Request) -> Response:
    """That the server answers, and nothing of what it holds."""
    return JSONResponse({"status": "ok", "version": __version__})
