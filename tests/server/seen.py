"""A page in headless Chromium, as tests of the server look at it."""

from __future__ import annotations

import io
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

LATEST = 300_000  # ms: an answer of ten seconds of one processor, on a machine that does much else
FARTHEST = 400  # presses of Tab: the list of all parties has more stops, none of which is of another kind
SIZES = {"1440": {"width": 1440, "height": 900}, "390": {"width": 390, "height": 844}}


class Seen:
    """A page of one browser, with all that was asked for and all that went wrong."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(base_url=address, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(LATEST)
        self.asked, self.errors = [], []
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("console", lambda m: self.errors.append(m.text) if self.is_wrong(m) else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        # While anybody listens a choice of files is the test's: turned on for each choice alone, a key may come first,
        # and then Chromium waits for a person.
        self.page.on("filechooser", lambda _: None)

    @staticmethod
    def is_wrong(said):
        """Whether a line of the console tells of a fault: a software renderer says how slow it is whatever it draws."""
        return said.type in {"error", "warning"} and "GL Driver Message" not in said.text

    def go(self, path):
        """Go to a page, and wait until it is there."""
        self.page.goto(path)
        self.there()

    def there(self):
        """Wait until the page is no longer being worked out, and is loaded: it comes by a load of its own."""
        self.page.locator("body:has(> main):not(:has(> main > .working))").wait_for()
        self.page.wait_for_load_state()

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, wanted):
        """Go from where the focus is to an element, as somebody does who has no mouse."""
        for _ in range(FARTHEST):
            self.keys("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(f"{wanted} is not reached by Tab on {self.page.url}")

    def sent_by(self, *keys):
        """Press keys of which the last leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            self.keys(*keys)
        self.there()


def serious(page):
    """What axe finds that keeps somebody out."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in {"serious", "critical"}]


def shown(client, path, **headers):
    """The page, once it is there: what takes long says so and asks again."""
    for _ in range(240):
        page = client.get(path, headers=headers, follow_redirects=True)
        if 'http-equiv="refresh"' not in page.text:
            return page
        assert "working" in page.text  # words, never a bare spinner
        time.sleep(0.25)
    pytest.fail(f"{path} is never there")


def words_of(record):
    """What a record says, as a page or as a PDF."""
    if record.startswith(b"%PDF-"):
        read = pytest.importorskip("pypdf").PdfReader(io.BytesIO(record)).pages
        record = " ".join(page.extract_text() for page in read).encode()
    return re.sub("\u200b|\u200c", "", record.decode())
