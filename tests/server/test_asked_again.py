"""A page that asks again by itself, in headless Chromium: it gets there by whatever link it was come to."""

from __future__ import annotations

import pytest
from tests.server.seen import Seen

from entrepot.core.errors import StoreLockedError

pytestmark = pytest.mark.browser


@pytest.fixture
def held(monkeypatch):
    """A store that another run holds until the list is emptied."""
    by = ["another run"]

    def held_or_free(*_, **__):
        if by:
            raise StoreLockedError("another run holds the store", remedy="Wait for it to end.")
        return []

    monkeypatch.setattr("entrepot.desk.search.search", held_or_free)
    monkeypatch.setattr("entrepot.server.refusal._AGAIN", "1")
    return by


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("place", ["", "#main"])
def test_a_page_that_was_asked_for_at_a_place_in_it_comes(browser, open_client, held, has_script, place):
    seen = Seen(browser, str(open_client.base_url), java_script_enabled=has_script)
    seen.page.goto(f"/search?name=Hoshine{place}")
    assert seen.page.locator("main .refused").count() == 1
    asked = len(seen.asked)
    held.clear()
    seen.page.locator("body:not(:has(main .refused)):has(main)").wait_for(timeout=30_000)
    assert len(seen.asked) > asked
    assert seen.page.url.partition("#")[0] == f"{str(open_client.base_url).rstrip('/')}/search?name=Hoshine"
    assert ("#" in seen.page.url) == bool(place and has_script)  # without a script it begins at its head
    seen.context.close()


def test_a_reader_who_skips_to_the_page_while_it_is_worked_out_does_not_wait_for_ever(browser, open_client, held):
    seen = Seen(browser, str(open_client.base_url))
    seen.page.goto("/search?name=Hoshine")
    seen.keys("Tab", "Enter")  # the first stop is the way past the list of pages
    assert seen.page.url.endswith("#main")
    held.clear()
    seen.page.locator("body:not(:has(main .refused)):has(main)").wait_for(timeout=30_000)
    seen.context.close()


def test_what_an_address_says_is_asked_for_again_as_it_was_said(open_client, held):
    told = open_client.get("/search?name=A%26B+%22%3E&name=C")
    assert "url=?name=A%26B+%22%3E&amp;name=C" in told.text
    assert open_client.get("/search?path=a&asked=b").status_code < 500
