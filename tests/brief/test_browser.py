"""The page in headless Chromium: one request, no error, and figures that open with and without its script."""

from csv import DictReader
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Seen:
    """A page with what it asked for and what went wrong."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.requests, self.errors = [], []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.goto(address, wait_until="load")


@pytest.fixture
def see(browser, uflpa):
    opened = []

    def open_page(**options):
        seen = Seen(browser, (uflpa.folder / "report.html").as_uri(), **options)
        opened.append(seen)
        return seen

    yield open_page
    for seen in opened:
        seen.context.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_the_page_is_one_request_and_no_error(see, uflpa, viewport, tmp_path):
    seen = see(viewport=viewport)
    seen.page.screenshot(path=tmp_path / "page.png", full_page=True)  # draws all of it
    assert seen.requests == [(uflpa.folder / "report.html").as_uri()]
    assert seen.errors == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_a_click_on_a_figure_opens_its_source_and_escape_closes_it(see, viewport):
    page = see(viewport=viewport).page
    card = page.locator("#card")
    assert not card.is_visible()
    figure = page.locator(".answer a.fig").first
    figure.click()
    assert card.is_visible()
    assert figure.get_attribute("href").removeprefix("#") in card.inner_text()
    assert card.locator("dd a").last.get_attribute("href").startswith("http")
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_click_beside_the_card_closes_it(see):
    page = see(viewport=WIDE).page
    page.locator(".answer a.fig").first.click()
    page.locator("h1").click()
    assert not page.locator("#card").is_visible()


def test_a_mark_of_a_chart_opens_the_same_card(see, uflpa):
    seen = see(viewport=WIDE)
    mark = seen.page.locator("#measure svg a").first
    mark.scroll_into_view_if_needed()
    mark.dispatch_event("click")
    assert seen.page.locator("#card").is_visible()
    assert seen.page.url == (uflpa.folder / "report.html").as_uri()
    assert len(seen.requests) == 1


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_the_chapter_on_possible_hubs_is_seen_and_its_marks_open(see, viewport):
    page = see(viewport=viewport).page
    chapter = page.locator("#hubs")
    chapter.scroll_into_view_if_needed()
    assert chapter.locator("h2").is_visible()
    assert "Laos" in chapter.locator("details[open] table").first.inner_text()
    drawings = chapter.locator("figure svg[aria-label]").locator("visible=true")
    assert drawings.count() >= 2
    for i in range(drawings.count()):
        mark = drawings.nth(i).locator('a[href^="#f-"]').first
        mark.dispatch_event("click")
        assert page.locator("#card").is_visible()
        assert mark.get_attribute("href").removeprefix("#") in page.locator("#card").inner_text()
        page.keyboard.press("Escape")


def test_a_figure_can_be_reached_and_opened_with_the_keyboard(see):
    page = see(viewport=WIDE).page
    page.locator(".answer a.fig").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()


def test_the_card_is_driven_by_keys_alone(see):
    page = see(viewport=WIDE).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator(".answer a.fig").first.get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Tab")  # the first link of the card: its source
    assert page.evaluate("document.activeElement.href").startswith("http")
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()
    assert page.evaluate("document.activeElement.getAttribute('href')") == first


def test_a_card_says_its_figure_in_words_and_the_id_last(see, uflpa):
    page = see(viewport=WIDE).page
    shown = uflpa.found(id=page.locator(".answer a.fig").first.get_attribute("href").removeprefix("#"))[0]
    page.locator(".answer a.fig").first.click()
    lines = page.locator("#card").inner_text().splitlines()
    assert (shown["subject"], shown["value"], shown["period_start"]) == ("UFLPA list", 187, "2026-08-03")
    assert lines[0] == "The UFLPA list held 187 entities on 3 August 2026, printed by Federal Register."
    assert page.locator("#card dd").last.inner_text() == shown["id"]
    page.locator("#card .row").click()
    assert not page.locator("#card").is_visible()
    assert page.locator(f"#{shown['id']}").is_visible()


# Thousands of rows of one make take axe most of a minute; the first of each table are held against the rules.
ROWS_ALIKE = "document.querySelectorAll('tbody tr:nth-child(n+6)').forEach(row => row.remove())"


@pytest.mark.parametrize("rows", ["first", pytest.param("all", marks=pytest.mark.slow)])
def test_nothing_keeps_people_out_of_the_page(see, rows):
    """axe, the rules of WCAG 2 and of good practice; the page's own policy lets no other script in."""
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    page = see(viewport=WIDE, bypass_csp=True).page
    page.evaluate((Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    if rows == "first":
        page.evaluate(ROWS_ALIKE)
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["impact"], v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_without_script_a_figure_goes_to_its_row(see):
    page = see(viewport=WIDE, java_script_enabled=False).page
    figure = page.locator(".answer a.fig").first
    target = figure.get_attribute("href")
    figure.click()
    assert page.url.endswith(target)
    assert page.locator(target).is_visible()  # the browser opens the closed table around the row


def test_an_address_of_a_row_opens_the_table_around_it(see, uflpa):
    page = see(viewport=WIDE).page
    last = uflpa.findings[-1]["id"]
    page.goto(f"{(uflpa.folder / 'report.html').as_uri()}#{last}")
    page.wait_for_function("document.getElementById('all').open")
    assert page.locator(f"#{last}").is_visible()


def test_print_leaves_navigation_out_and_shows_closed_tables(see):
    page = see(viewport=WIDE).page
    assert page.locator("nav").is_visible()
    tables = page.locator("details:not([open]):not(#all):not(.data) table")
    assert tables.count() > 5
    assert not tables.first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert all(box["height"] > 0 for box in (t.bounding_box() for t in tables.all()))
    assert not page.locator("#all table").is_visible()


DRAWN = """[...document.querySelectorAll('figure svg[aria-label]')].map(s => s.getBoundingClientRect())
.filter(r => r.width).map(r => [r.left, r.right])"""
SMALLEST = """Math.min(...[...document.querySelectorAll('figure svg text')].filter(t => t.getBoundingClientRect().width)
.map(t => parseFloat(getComputedStyle(t).fontSize) * t.getCTM().a))"""


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_a_chart_is_drawn_for_the_screen_and_its_letters_can_be_read(see, viewport):
    page = see(viewport=viewport).page
    boxes = page.evaluate(DRAWN)
    assert len(boxes) > 20
    assert all(left >= 0 and right <= viewport["width"] and right - left >= 250 for left, right in boxes)
    assert page.evaluate(SMALLEST) >= 10  # px


def test_the_first_screen_holds_answer_chart_and_map(see):
    page = see(viewport=WIDE).page
    for part in (".verdict", "#answer", ".first figure:nth-of-type(1) svg", ".first figure:nth-of-type(2) svg"):
        box = page.locator(part).locator("visible=true").first.bounding_box()
        assert box["y"] + box["height"] <= WIDE["height"]


def test_a_chart_gives_its_rows_as_csv_and_its_picture_as_png(see, tmp_path):
    page = see(viewport=WIDE).page
    figure = page.locator("#enforcement figure").first
    figure.locator("summary").click()
    with page.expect_download() as csv:
        figure.get_by_role("button", name="CSV").click()
    with csv.value.path().open(encoding="utf-8", newline="") as handle:
        rows = list(DictReader(handle))
    assert len(rows) == figure.locator("tbody tr").count() > 3
    assert all(r["id"].startswith("f-") and r["sources"] and r["figure"] for r in rows)
    with page.expect_download() as png:
        figure.get_by_role("button", name="PNG").click()
    assert png.value.suggested_filename == figure.get_attribute("id").removeprefix("chart-") + ".png"
    with Image.open(png.value.path()) as picture:
        assert picture.width > 1000
        darkest, lightest = picture.convert("L").getextrema()
        assert darkest < 100
        assert lightest == 255


def test_without_script_the_rows_of_a_chart_are_there(see):
    page = see(viewport=WIDE, java_script_enabled=False).page
    figure = page.locator("#enforcement figure").first
    figure.locator("summary").click()
    assert figure.locator("tbody tr").first.is_visible()
    assert figure.locator("button").count() == 0


def test_marks_do_not_stand_in_the_way_of_the_tab_key(see):
    page = see(viewport=WIDE).page
    assert page.evaluate("document.querySelectorAll('figure svg a:not([tabindex])').length") == 0
    stops = (
        "[...document.querySelectorAll('a,button,summary,input')].filter(e => e.tabIndex >= 0 && e.checkVisibility())"
    )
    assert page.evaluate(f"{stops}.length") < 900  # it was 1,525
