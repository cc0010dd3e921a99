"""Listening: a port taken, uvicorn on it, a browser opened when it answers."""

from __future__ import annotations

import errno
import socket
import threading
import time
import webbrowser
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, EntrepotError
from entrepot.core.words.translate import tr
from entrepot.desk.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entrepot.server.serve_settings import ServeSettings

_WAITING = 2048  # connections that wait to be taken, as uvicorn has it


def taken(settings: ServeSettings) -> socket.socket:
    """A socket that listens where the settings say.

    Raises:
        BadInputError: the port is in use, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With its protocol named, else asyncio leaves the delay of small packets on: 40 ms for each answer.
    held = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((settings.host.strip("[]"), settings.port))
        held.listen(_WAITING)
    except (OSError, OverflowError) as exc:
        held.close()
        where = f"{settings.host}:{settings.port}"
        if isinstance(exc, OSError) and exc.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", 0)}:
            raise BadInputError(
                tr("the port is in use"),
                found=where,
                remedy=tr("Maybe Entrepot runs there already: open it. Or give another with --port (0 for any)."),
            ) from exc
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise BadInputError(
            tr("cannot listen ({reason})", reason=reason), found=where, remedy=tr("Give another --host or --port.")
        ) from exc
    return held


def address(held: socket.socket, under: str = "") -> str:
    """Where a browser finds what listens on a socket.

    Args:
        held: the socket.
        under: the path below which it is reached; empty for the root.
    """
    host, port = held.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}{under}/" if ":" in shown else f"http://{shown}:{port}{under}/"


def serve(
    settings: ServeSettings,
    held: socket.socket,
    *,
    browser: bool,
    begun: Callable[[], None],
    warm: bool = True,
) -> None:
    """Serve until the process is told to end.

    Args:
        settings: what it is started with.
        held: the socket that listens.
        browser: whether one is opened.
        begun: called when requests are answered.
        warm: whether what most people ask first is worked out before they do.
    """
    import uvicorn

    from entrepot.core.runtime.algebra_threads import one_thread
    from entrepot.server.app import create_app

    one_thread()  # before a page brings numpy in; processes of briefs and jobs inherit it

    class Started(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            begun()
            if browser:  # a browser may take its time to come
                threading.Thread(target=webbrowser.open, args=[address(held, settings.under)], daemon=True).start()
            if warm:
                threading.Thread(target=warmed, args=[settings.store], daemon=True, name="warm").start()

    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",  # addresses hold names that were searched for: they are not logged
        access_log=False,
        lifespan="off",
        server_header=False,
        date_header=False,
        ws="none",
        # A proxy says where a request comes from; another program of the machine could say anything.
        proxy_headers=settings.secure,
        forwarded_allow_ips=["127.0.0.1", "::1"],
        timeout_graceful_shutdown=5,  # seconds for answers on their way
        # Seconds, longer than the minute for which a proxy keeps its own: what is sent into a connection that closes in
        # the same moment is lost, and nobody sends a POST twice by himself.
        timeout_keep_alive=75,
    )
    Started(config).run(sockets=[held])


# What the first look-up of a name, the first series, the first evidence take in: half a second of the processor each.
_ASKED_NEXT = ("search", "corridor_series", "corridor_route", "explain", "flows", "review", "simulate")

_ON_NO_LIST = "zqxvzqxvzqxv"
_LOOKS_AGAIN = 0.1  # seconds


def warmed(store: Path) -> None:
    """Have what the first page answers worked out where nothing else is asked, and bring in what the other pages need.

    The first takes seconds of the processor, of a process of its own; the second one of them, of this one: packages,
    tables of the record, the lists, contradictions.
    """
    from entrepot.desk.desk import verb
    from entrepot.server.page_parts.begun_page import nobody_waits
    from entrepot.server.pages.evidence_page import conflicts_so_far
    from entrepot.server.pages.question_page import answered
    from entrepot.server.pages.scenarios.scenarios_page import known

    desk = Desk(store)
    with suppress(EntrepotError):  # the page says it to who asks
        answered(desk, patience=0)
    verbs = (partial(verb, name) for name in _ASKED_NEXT)
    # A name that is on no list: the lists are made ready for it, and nothing is found that would be kept.
    looked_up = partial(desk.search, _ON_NO_LIST)
    nexts = (desk.record, desk.lists, partial(conflicts_so_far, desk), *verbs, looked_up, known)
    for take_in in nexts:
        while not nobody_waits():  # who asks already needs the processor more
            time.sleep(_LOOKS_AGAIN)
        with suppress(EntrepotError):  # likewise
            take_in()
