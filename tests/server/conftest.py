"""A server for the person at the machine and one for a team, on free ports of loopback; each file of tests has its own.

The store is of one file too: what tests of another decided, loaded or began is not there, whatever the order.
"""

from __future__ import annotations

import socket
import threading
import time

import httpx
import pytest
import uvicorn

from entrepot.server.app import create_app
from entrepot.server.people import ADMIN, READER, REVIEWER, with_token
from entrepot.server.serve_settings import ServeSettings

TOKENS = {role: f"{role}-0123456789abcdef" for role in (READER, REVIEWER, ADMIN)}
LARGEST = 2_000_000


@pytest.fixture(scope="session")
def bearer():
    """The header that says who asks, by role."""
    return lambda role: {"Authorization": f"Bearer {TOKENS[role]}"}


@pytest.fixture(scope="session")
def tokens():
    return TOKENS


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("served") / "store"


@pytest.fixture(scope="session")
def serving():
    """Serves an application in a thread; gives its address."""
    running = []

    def serve(app):
        held = socket.socket()
        held.bind(("127.0.0.1", 0))
        # A client that lives as long as the session must not find its connection closed as it sends.
        settings = uvicorn.Config(app, log_level="error", lifespan="off", ws="none", timeout_keep_alive=600)
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        running.append((server, thread, held))
        end = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < end, "the server has not begun"
            time.sleep(0.01)
        return f"http://127.0.0.1:{held.getsockname()[1]}"

    yield serve
    for server, thread, held in running:
        server.should_exit = True
        thread.join(10)
        held.close()


@pytest.fixture(scope="module")
def open_client(store, serving):
    """The person at the machine, of whom nothing is asked."""
    with httpx.Client(base_url=serving(create_app(ServeSettings(store))), timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def team_address(store, serving):
    people = tuple(with_token(f"A {role.title()}", role, token) for role, token in TOKENS.items())
    return serving(create_app(ServeSettings(store, people=people, largest=LARGEST)))


@pytest.fixture
def team(team_address):
    """A server of three people; each test has its own cookies."""
    with httpx.Client(base_url=team_address, timeout=60) as client:
        yield client
