"""A page that is not there after a moment is begun for a browser, and whole for everybody else."""

from __future__ import annotations

import re
from threading import Event

import httpx
import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.words.languages import ENGLISH
from entrepot.server.app import create_app
from entrepot.server.page_parts import begun_page
from entrepot.server.page_parts.page_words import words
from entrepot.server.pages import PAGES, report_page
from entrepot.server.pages.page import Page
from entrepot.server.serve_settings import ServeSettings

BROWSER = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
WORDS = "Working on it"


@pytest.fixture
def held(monkeypatch, serving, store):
    """A server whose form for a report waits until it is told to go on; gives a client and what tells it."""
    gates, clients = [], []

    def made(shows=None, under=""):
        gate = Event()

        def render(asked):
            assert gate.wait(60)
            return shows(asked) if shows else report_page.page.render(asked)

        page = Page("/check", "record.title", render)
        monkeypatch.setattr("entrepot.server.page_routes.PAGES", (page,))
        gates.append(gate)
        clients.append(httpx.Client(base_url=serving(create_app(ServeSettings(store, under=under))), timeout=60))
        return clients[-1], gate

    yield made
    for gate in gates:
        gate.set()
    for client in clients:
        client.close()


def came(client, gate, path="/check"):
    """What came before the page was there, and what after."""
    with client.stream("GET", path, headers=BROWSER) as answer:
        parts = answer.iter_text()
        first = next(parts)
        gate.set()
        return answer, first, "".join(parts)


def test_a_browser_is_shown_where_it_is_and_that_work_is_done_before_the_page_is_there(held, open_client):
    answer, first, rest = came(*held())
    assert WORDS in first
    assert "<h1>The record</h1>" in first
    assert words(ENGLISH)("record.begun") in first
    assert 'aria-current="page"' in first
    assert answer.headers["content-security-policy"]
    whole = open_client.get("/check").text
    for once in ("<title>", 'id="main"', 'id="live"', "<header", "<body", "</body>", 'rel="stylesheet"'):
        assert (first + rest).count(once) == whole.count(once) == 1
    assert rest.endswith(whole[whole.index("<main") :])


def test_every_page_says_what_is_being_done_before_it_is_there():
    english = words(ENGLISH)
    keys = {page.title_key.partition(".")[0] for page in PAGES if not page.is_file}
    assert {key for key in keys if not english.has(f"{key}.begun")} == set()


def test_a_page_that_is_there_at_once_is_sent_whole_as_is_every_page_to_a_program(held, open_client, monkeypatch):
    monkeypatch.setattr(begun_page, "_PATIENCE", 60)  # a moment, on a machine that does much else
    answer = open_client.get("/desk", headers=BROWSER)
    assert int(answer.headers["content-length"]) == len(answer.content)
    client, gate = held()
    gate.set()
    answer = client.get("/check")
    assert WORDS not in re.sub(r'data-working="[^"]*"', "", answer.text)
    assert "content-length" in answer.headers


def test_what_a_page_that_is_begun_refuses_is_said_in_its_place(held):
    def refuses(_asked):
        raise BadInputError("the bridge is up", remedy="Wait for the next hour.")

    _, first, rest = came(*held(refuses))
    assert WORDS in first
    assert "the bridge is up" in rest
    assert "Wait for the next hour." in rest


def test_a_fault_of_ours_in_a_page_that_is_begun_is_said_and_tells_nothing_of_the_machine(held, capfd):
    def fails(_asked):
        raise RuntimeError("/a/path/of/the/machine")

    _, _, rest = came(*held(fails))
    assert "This is a fault of Entrepot" in rest
    assert "/a/path" not in rest
    assert "RuntimeError" in capfd.readouterr().err


def test_a_page_that_asks_again_by_itself_still_does_where_it_was_begun():
    page = '<head><title>A</title><meta http-equiv="refresh" content="1"></head><body><main id="main">B</main></body>'
    assert begun_page.rest(page) == (
        '<title>A</title><meta http-equiv="refresh" content="1"><main id="main">B</main></body>'
    )


def test_addresses_of_a_page_that_is_begun_lie_below_the_path_of_the_server(held):
    _, first, rest = came(*held(under="/desk"))
    assert 'href="/desk/static/pages.css"' in first
    own = re.findall(r'(?:href|src|action)="(/[^"]*)"', first + rest)
    assert len(own) > 15
    assert [a for a in own if not a.startswith("/desk/")] == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("wide", [1280, 390])
def test_who_waits_sees_what_is_being_done_until_the_page_is_there(held, browser, wide):
    client, gate = held()
    context = browser.new_context(viewport={"width": wide, "height": 800})
    page = context.new_page()
    page.goto(f"{client.base_url}/check", wait_until="commit")
    page.locator(".waiting").wait_for(state="attached")
    assert page.locator(".waiting").is_visible()
    assert page.locator(".waiting").get_by_text(WORDS).is_visible()
    gate.set()
    page.locator("main h1").wait_for()
    assert page.locator(".waiting").is_hidden()
    context.close()
