"""Tracing and a shipment's file in headless Chromium, on the worked example: by mouse, by keys, wide and narrow."""

from __future__ import annotations

import pytest
from tests.server.seen import SIZES, Seen, serious

from entrepot.desk.own import load_ownership
from entrepot.desk.supply_example import supply_example
from entrepot.desk.trace import load_supply
from entrepot.server.app import create_app
from entrepot.server.serve_settings import ServeSettings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = "2026-11-01"
SHIPMENT = "INVENTED-INV-01343"
FILE = f"/dossier?shipment={SHIPMENT}&as_of={DAY}"
KINDS = {
    "invoices": "links", "customs": "shipments", "production": "production", "recipes": "bom", "payments": "payments",
    "facilities": "facilities",
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory, serving):
    """A server on a store that holds the worked example."""
    folder = tmp_path_factory.mktemp("example")
    store = folder / "store"
    supply_example(folder)
    for name, form in KINDS.items():
        load_supply(folder / f"invented-{name}.csv", form=form, store=store)
    load_ownership(folder / "invented-owners.csv", store=store)
    return serving(create_app(ServeSettings(store)))


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def seen(browser, address, request):
    made = Seen(browser, address, viewport=request.param)
    yield made
    made.context.close()


def sound(seen):
    """Whether a page keeps nobody out, fits, and asks nothing of elsewhere."""
    assert serious(seen.page) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    own = str(seen.page.evaluate("location.origin"))
    assert [url for url in seen.asked if not url.startswith((own, "data:", "blob:"))] == []
    assert seen.errors == []


def in_drawer(seen):
    """What the drawer says, once it is there."""
    seen.page.locator("#drawer article").wait_for()
    return seen.page.locator("#drawer").inner_text()


def test_the_supply_graph_marks_who_is_listed_and_each_link_leads_to_its_file(seen):
    seen.go(f"/tracing?as_of={DAY}")
    page = seen.page
    graph = page.locator("#graph svg:visible")
    assert graph.locator("a").count() > 2
    assert graph.locator("text", has_text="listed").first.is_visible()
    assert graph.locator("circle").count() >= 1  # the sign of who is listed, beside colour and word
    sound(seen)
    page.locator("main a.fig").first.click()
    said = in_drawer(seen)
    assert "Files and rows" in said
    assert "SHA-256" in said
    page.locator("#drawer a[href*='/tracing/supply-']").first.click()
    seen.there()
    assert "INVENTED-INV" in page.locator("main").inner_text()
    sound(seen)


def test_the_chain_is_followed_by_keys_alone_and_in_the_dark(seen):
    """In the rows beside the graph: marks of a drawing with rows are no stops of Tab, of which there were hundreds."""
    seen.page.emulate_media(color_scheme="dark")
    seen.go(f"/tracing?as_of={DAY}")
    sound(seen)
    seen.tab_to("details:has(#chain) > summary")
    seen.keys("Enter")
    seen.tab_to("#chain a")
    seen.sent_by("Enter")
    assert "SHA-256" in seen.page.locator("main").inner_text()
    sound(seen)


def test_a_shipment_is_chosen_by_the_mouse_and_a_box_opens_its_step(seen):
    page = seen.page
    seen.go(f"/dossier?as_of={DAY}")
    sound(seen)
    with page.expect_navigation():
        page.locator("table a").first.click()
    seen.there()
    seen.go(FILE)
    sound(seen)
    shut = page.locator("details.step:not([open])")
    assert shut.count() > 0
    page.locator("#chart svg:visible a").first.click()
    page.locator("details.step[open] .inside:target").wait_for()
    step = page.locator(".inside:target")
    assert step.locator("h4").count() == 2
    step.locator("a.row[href^='/evidence/dossier-']").last.click()
    assert "SHA-256" in in_drawer(seen) or "sources" in in_drawer(seen)
    sound(seen)


def test_the_file_is_drawn_up_and_written_by_keys_alone(seen):
    page = seen.page
    seen.go("/dossier")
    seen.tab_to("input[name=shipment]")
    page.keyboard.type(SHIPMENT)
    seen.keys("Escape")  # what the field offers
    seen.tab_to("input[name=as_of]")
    page.locator("input[name=as_of]").fill(DAY)
    seen.tab_to("form.ask button")
    seen.sent_by("Enter")
    assert "cannot be excluded" in page.locator(".verdict").inner_text()
    seen.tab_to(".verdict a")
    seen.keys("Enter")
    assert "Files and rows" in in_drawer(seen)
    seen.keys("Escape")
    seen.tab_to("details.step > summary")
    seen.keys("Enter")
    assert page.locator("details.step[open]").count() >= 1
    seen.tab_to("a.button")
    seen.sent_by("Enter")
    with page.expect_download() as taken:
        page.locator(".take-files a").first.focus()
        seen.keys("Enter")
    assert taken.value.suggested_filename == f"dossier-{SHIPMENT}-{DAY}.html"
    sound(seen)


def test_what_is_missing_is_seen_without_colour(browser, address):
    seen = Seen(browser, address, viewport=SIZES["1440"], forced_colors="active")
    seen.go(FILE)
    bars = seen.page.locator("#asked ~ .scroll svg").first
    assert bars.locator("path").count() >= 1  # strokes
    assert seen.page.locator("td.lacks").count() > 0
    sound(seen)
    seen.context.close()
