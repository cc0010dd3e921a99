"""The pages in headless Chromium: by mouse and by keys alone, wide and on a phone, light and dark, with axe."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

import pytest
from tests.server.seen import FARTHEST, SIZES, Seen, serious

import page_pictures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REQUESTS = 4  # the page, its sheet, its script, its mark
MAP_REQUESTS = 2  # the script that draws flows, and the flows
HEAVIEST = 1_500_000  # bytes: the list of all parties, every row a link
# What is stopped at: its place among all that can be, whether its focus is seen, and whether it is on the screen.
STOPPED = """() => {
    const at = document.activeElement;
    if (at === document.body || at === document.documentElement) return null;
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return {
        place: all.indexOf(at),
        ringed: ringed || style.boxShadow !== 'none' || at.closest('svg') !== null,
        seen: box.bottom > 0 && box.top < innerHeight,
        said: at.outerHTML.slice(0, 120),
    };
}"""
# What can be stopped at and is shown: of choices of one question the first stands for all.
TO_STOP_AT = """() => [
    ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')
].filter(
    (e) => !e.disabled && e.tabIndex >= 0 && e.type !== 'hidden' && e.getClientRects().length
        && (e.checkVisibility?.({visibilityProperty: true}) ?? true)
        && !(e.type === 'radio' && e !== document.querySelector(`input[name="${e.name}"]`))
).length"""
PARTIES = "name,country\nHoshine Silicon Industry Co. Ltd,China\nHetian Taida Apparel Co. Ltd,China\n"
PAGES = (
    "/?measure=ofac-xinjiang", "/desk", "/parties", "/search?name=Hoshine", "/crossings", "/crossings/khunjerab",
    "/record", "/record/crossings", "/check", "/diversion?demo=russia-2022", "/routes?from=urumqi&to=tashkent",
    "/evidence/O0001", "/flows?period=2025-Q3", "/tracing", "/dossier",
)  # fmt: skip


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def seen(browser, open_client, request):
    made = Seen(browser, str(open_client.base_url), viewport=request.param)
    yield made
    made.context.close()


def test_every_page_fits_keeps_nobody_out_and_asks_no_one_else(seen):
    dark = seen.page.viewport_size["width"] < 1000
    seen.page.emulate_media(color_scheme="dark" if dark else "light")
    faults = {}
    for path in PAGES:
        seen.go(path)
        if wide := seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults[path, "wide"] = wide
        if found := serious(seen.page):
            faults[path, "axe"] = found
    assert faults == {}
    assert seen.errors == []
    own = str(seen.page.evaluate("location.origin"))
    assert [url for url in seen.asked if not url.startswith((own, "data:", "blob:"))] == []


def test_a_figure_opens_the_drawer_by_mouse_and_by_key_and_gives_the_focus_back(seen):
    seen.go("/?measure=ofac-xinjiang")
    drawer, figure = seen.page.locator("#drawer"), seen.page.locator("main a.fig").first
    figure.click()
    drawer.locator("article").wait_for()
    assert drawer.locator("a[rel~=external]").count() > 0
    assert serious(seen.page) == []
    seen.keys("Escape")
    assert not drawer.is_visible()
    figure.focus()
    seen.keys("Enter")
    drawer.locator("article").wait_for()
    assert seen.page.evaluate("document.activeElement.className") == "close quiet"
    seen.keys("Enter")
    assert not drawer.is_visible()
    assert seen.page.evaluate("document.activeElement.className").startswith("fig")
    assert seen.errors == []


def test_the_desk_is_worked_by_keys_alone(seen):
    name = f"{seen.page.viewport_size['width']}.csv"
    seen.go("/desk")
    parties = f"{PARTIES}An Invented Bakery of {name},France\n".encode()
    seen.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": parties})
    seen.page.locator("form.drop button").focus()
    seen.sent_by("Enter")  # a key that comes before the page is there is lost
    seen.page.locator("form:has(table) button").focus()
    seen.sent_by("Enter")
    seen.page.locator(".case").wait_for()
    case = seen.page.locator('.case input[name="case"]')
    first = case.input_value()
    for key, there in (("j", False), ("k", True)):
        with seen.page.expect_navigation():  # a key that comes before the page has gone is a key of the old page
            seen.keys(key)
        assert (case.input_value() == first) is there
    seen.keys("t")
    assert seen.page.evaluate("document.activeElement.id") == "why"
    seen.page.keyboard.type("It is the same plant.")
    seen.keys("Enter")
    seen.page.wait_for_load_state()
    seen.page.locator(".list li").nth(0).wait_for()
    assert serious(seen.page) == []
    assert seen.errors == []


def test_the_case_that_keys_go_to_stands_in_sight_in_the_list_with_its_own_number(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    seen.go("/desk")
    rows = "".join(f"V{i:03},Invented Mill {i},Shihezi Xinjiang China\n" for i in range(24))
    given = {"name": "many.csv", "mimeType": "text/csv", "buffer": f"Vendor,Vendor Name,Address\n{rows}".encode()}
    seen.page.locator("input[type=file]").set_input_files(given)
    seen.page.locator("form.drop button").focus()
    seen.sent_by("Enter")
    seen.page.locator("form:has(table) button").focus()
    seen.sent_by("Enter")
    seen.page.locator(".case").wait_for()
    for _ in range(18):
        with seen.page.expect_navigation():
            seen.keys("j")
    where = "e => { const { top, bottom } = e.getBoundingClientRect(); return [top, bottom] }"
    bounds, shown = (seen.page.locator(f".review .list{of}").evaluate(where) for of in ("", " [aria-current]"))
    assert bounds[0] <= shown[0] < shown[1] <= min(bounds[1], SIZES["1440"]["height"])
    assert "own number V018" in seen.page.locator(".case .facts dd").first.inner_text()
    seen.context.close()


def test_a_figure_is_saved_as_csv_and_as_a_picture(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    seen.go("/crossings/khunjerab")
    figure = seen.page.locator("figure:has(svg)").first
    figure.locator("summary").click()
    for name, begins in (("CSV", b"period"), ("PNG", b"\x89PNG")):
        with seen.page.expect_download() as download:
            figure.get_by_role("button", name=name).click()
        assert download.value.path().read_bytes().startswith(begins)
    seen.context.close()


def test_years_that_are_drawn_on_the_line_of_events_are_shown_on_the_map_and_kept_in_the_address(browser, open_client):
    seen = Seen(
        browser, str(open_client.base_url), viewport={"width": 1440, "height": 1700}, timezone_id="Asia/Shanghai"
    )
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.go("/?measure=uflpa&as_of=2026-11-24")
    page, rows = seen.page, seen.page.locator("#events tr[data-from]")
    every = rows.count()
    page.locator("#events summary").click()
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#events .at-wide svg").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=6)
    page.mouse.up()
    assert not page.locator("#drawer").is_visible()  # the end of a stroke opens no figure
    first, last = re.search(r"span=(\d{4}-\d\d)\.\.(\d{4}-\d\d)", page.url).groups()
    days = rows.evaluate_all(
        "rows => rows.map((r) => [r.dataset.from.slice(0, 7), r.dataset.to.slice(0, 7), !r.hidden])"
    )
    assert 0 < sum(is_shown for *_, is_shown in days) < every
    assert [is_shown for *_, is_shown in days] == [to >= first and begun <= last for begun, to, _ in days]
    marks = page.locator("#map .at-wide a[data-from]")
    faded = marks.evaluate_all(
        "of => of.map((m) => [m.dataset.from.slice(0, 7), m.dataset.to.slice(0, 7), m.matches('.out')])"
    )
    assert [is_out for *_, is_out in faded] == [to < first or begun > last for begun, to, _ in faded]
    kept = page.locator("a.permanent").get_attribute("href")
    assert f"span={first}..{last}" in kept
    seen.go(kept)
    assert rows.evaluate_all("rows => rows.filter((r) => !r.hidden).length") == sum(is_shown for *_, is_shown in days)
    page.locator(".brush input").first.focus()
    seen.keys("Home", "End")
    page.locator(".brush button").focus()
    seen.keys("Enter")
    assert "span" not in page.url
    assert rows.evaluate_all("rows => rows.filter((r) => !r.hidden).length") == every
    page.locator("#arcs").get_by_role("button", name="Copy with source").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Source: Ember" in copied
    assert "as_of=2026-11-24" in copied.splitlines()[-1]
    assert seen.errors == []
    seen.context.close()


def test_a_page_that_had_to_be_worked_out_begins_at_its_head(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    seen.page.goto("/?measure=ofac-xinjiang&as_of=2025-03-01")
    # On a busy machine the page was begun, and what it said then is hidden by what followed: one is seen of the two.
    seen.page.locator(".working:visible").first.wait_for()
    seen.there()
    seen.page.locator("main h1").wait_for()
    assert seen.page.evaluate("scrollY") == 0
    seen.context.close()


@pytest.mark.parametrize("width", [1280, 800])
def test_the_menu_shows_all_its_entries(browser, open_client, width):
    seen = Seen(browser, str(open_client.base_url), viewport={"width": width, "height": 900})
    seen.go("/flows")
    entries = seen.page.locator(".top nav li a").evaluate_all("of => of.map((a) => a.getBoundingClientRect().right)")
    assert max(entries) <= width
    # In one row at the width of a small screen; below it wraps.
    rows = seen.page.locator(".top nav li").evaluate_all("of => new Set(of.map((li) => li.offsetTop)).size")
    assert (rows == 1) == (width == 1280)
    seen.context.close()


def test_a_day_is_chosen_on_the_slider_by_keys(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["390"])
    seen.go("/?measure=uflpa&as_of=2026-11-24")
    slider = seen.page.locator(".slide input")
    slider.focus()
    seen.keys("PageDown")
    day = seen.page.locator("input[type=date]").input_value()
    assert day == max(
        seen.page.locator(".ticks a").evaluate_all("of => of.map((a) => a.href.split('as_of=')[1] || '')")
    )
    with seen.page.expect_navigation():
        seen.keys("Enter")
    assert f"as_of={day}" in seen.page.url
    seen.context.close()


def test_a_scenario_is_written_by_keys_and_its_figures_open_their_evidence(seen):
    seen.go("/scenarios")
    page, labels = seen.page, "label:has(input[name={}][value={}])"
    page.locator(".controls summary").focus()
    seen.keys("Enter")
    assert serious(page) == []
    for name, value in (("by", "USA"), ("by", "EU")):
        page.locator(labels.format(name, value)).locator("input").focus()
        seen.keys("Space")
    page.locator("select[name=instrument]").select_option("tariff")
    slider, field = page.locator(".percent input[type=range]"), page.locator("input[name=percent]")
    assert not page.locator("input[name=passes]").is_visible()  # a tariff has no leakage
    slider.focus()
    seen.keys("Home", *["ArrowRight"] * 3)
    assert field.input_value() == "3"
    field.fill("30")
    assert slider.input_value() == "30"
    page.locator(".write select[name=draws]").select_option("20")
    with page.expect_navigation():
        field.press("Enter")
    assert {"by=EU", "on=CN-XJ", "instrument=tariff", "percent=30"} <= set(page.url.partition("?")[2].split("&"))
    seen.there()
    assert "Tariff of 30 per cent by European Union of 27" in page.locator("main h1").inner_text()
    figure = page.locator("main a.fig").first
    figure.focus()
    seen.keys("Enter")
    page.locator("#drawer article").wait_for()
    assert "exact changes" in page.locator("#drawer").inner_text()
    seen.keys("Escape")
    assert serious(page) == []
    with page.expect_navigation():
        page.locator("a.button.quiet").click()
    assert page.locator(labels.format("by", "EU")).locator("input").is_checked()
    assert page.locator(".write select[name=beside] option:checked").inner_text().startswith("Tariff of 30")
    assert seen.errors == []


def test_a_scenario_that_takes_long_is_stopped(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    seen.page.goto("/scenarios?preset=uflpa&draws=400")
    with seen.page.expect_navigation(url=re.compile("ended=1")):
        seen.page.locator("main form button").click()
    assert "Stopped" in seen.page.locator("main .empty").inner_text()
    assert seen.errors == []
    seen.context.close()


def test_a_page_that_has_been_worked_out_waits_for_no_script_and_asks_for_little(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    for path in PAGES:
        seen.go(path)
        seen.go(path)
        seen.page.wait_for_load_state("networkidle")
        told = seen.page.evaluate(page_pictures.ENTRIES)
        assert told["requests"] <= REQUESTS + MAP_REQUESTS * path.startswith("/flows"), path
        assert told["bytes"] < HEAVIEST, path
        # Painted before its scripts, which are modules and wait; how soon is for `make bench-paint` to say.
        assert told["paint"] > 0, path
        blocking = "document.querySelectorAll('script[src]:not([type=module]):not([defer]):not([async])').length"
        assert seen.page.evaluate(blocking) == 0, path
    seen.context.close()


def test_every_page_is_gone_through_by_tab_alone(seen):
    faults = {}
    for path in PAGES:
        seen.go(path)
        most = min(seen.page.evaluate(TO_STOP_AT), FARTHEST)
        stops = []
        for _ in range(most):
            seen.keys("Tab")
            stops.append(seen.page.evaluate(STOPPED))
        if None in stops:
            faults[path, "left before all was reached"] = (stops.index(None), most)
        # A day has three parts and a button, each a stop of its own within one field.
        fields = [list(group) for _, group in groupby(filter(None, stops), key=lambda stop: stop["place"])]
        places = [field[0]["place"] for field in fields]
        if back := [b for a, b in pairwise(places) if b <= a]:
            faults[path, "out of order"] = back
        for fault in ("ringed", "seen"):
            if bad := [field[0]["said"] for field in fields if not any(stop[fault] for stop in field)]:
                faults[path, f"not {fault}"] = bad[:3]
    assert faults == {}


def test_the_first_stop_leads_over_the_way_around(seen):
    for path in ("/record", "/desk"):
        seen.go(path)
        seen.keys("Tab", "Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"
        seen.keys("Tab")
        assert seen.page.evaluate("document.activeElement.closest('main') !== null")


def test_what_changed_is_looked_at_by_keys_alone(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["390"])
    page = seen.page

    def dropped(name, parties):
        """A file is chosen and sent by keys."""
        seen.tab_to("input[type=file]")
        with page.expect_file_chooser() as chooser:
            seen.keys("Enter")
        chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": parties.encode()})
        seen.tab_to("form.drop button")
        seen.sent_by("Enter")

    seen.go("/desk")
    dropped("this month.csv", f"{PARTIES}An Invented Forge,France\n")
    seen.tab_to("form:has(table) button")
    seen.sent_by("Enter")
    seen.tab_to('a[href$="/changes"]')
    seen.sent_by("Enter")
    assert serious(page) == []
    assert page.locator("tbody tr").count() == 0
    dropped("next month.csv", f"{PARTIES}An Invented Forge,France\nXinjiang Zhongtai Group Co. Ltd,China\n")
    assert page.locator(".tag.strong").count() > 0
    assert serious(page) == []
    with_new = page.url
    seen.tab_to("select[name=with]")
    seen.keys("t", "h", "i", "s")  # the file of this month again
    seen.tab_to("form.ask button")
    seen.sent_by("Enter")
    assert page.url != with_new
    assert page.locator("tbody tr").count() == 0
    page.go_back()
    seen.there()
    seen.tab_to("main a.fig")
    seen.keys("Enter")
    page.locator("#drawer article").wait_for()
    assert serious(page) == []
    seen.keys("Escape")
    assert page.evaluate("document.activeElement.className").startswith("fig")
    assert seen.errors == []
    seen.context.close()


def test_what_each_page_takes_is_given_by_keys_alone(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    page = seen.page
    seen.go("/search")
    seen.keys("/")
    page.keyboard.type("Hetian Taida Apparel")
    seen.sent_by("Enter")
    assert page.locator("tbody tr").count() > 0
    seen.go("/parties")
    seen.tab_to("form.ask input[name=q]")
    page.keyboard.type("cotton")
    seen.sent_by("Enter")
    assert "q=cotton" in page.url
    seen.go("/record/observations")
    seen.tab_to("form.ask input[name=where]")
    page.keyboard.type("place_id=khunjerab")
    seen.sent_by("Enter")
    assert "where=place_id" in page.url
    seen.go("/crossings")
    seen.tab_to('main a[href$="/crossings/khunjerab"]')
    seen.sent_by("Enter")
    seen.tab_to("select[name=quantity]")
    seen.keys("ArrowDown")
    seen.tab_to("form.ask button")
    seen.sent_by("Enter")
    assert "quantity=" in page.url
    seen.go("/routes?from=urumqi&to=tashkent")
    seen.tab_to(".way-line a")
    shut = page.evaluate("document.activeElement.textContent")
    seen.sent_by("Enter")
    assert shut in page.locator("a.tag.bad").all_inner_texts()[0]
    seen.tab_to("a.tag.bad")
    seen.sent_by("Enter")
    assert page.locator("a.tag.bad").count() == 0
    seen.go("/diversion")
    seen.tab_to("select[name=demo]")
    seen.keys("ArrowDown")
    seen.tab_to("form.ask button")
    seen.sent_by("Enter")
    assert "demo=" in page.url
    seen.go("/check")
    seen.tab_to("textarea")
    page.keyboard.type("The UFLPA Entity List names 144 firms as of January 2025.")
    seen.tab_to("form.drop button")
    seen.sent_by("Enter")
    assert "report=" in page.url
    assert serious(page) == []
    assert seen.errors == []
    seen.context.close()


FLOWS = (
    "exporter,importer,product,period,value\n"
    "CHN,KAZ,854143,2023,1200\nCHN,DEU,854143,2023,90000\nKAZ,RUS,854143,2023,9\n"
)
LINKS = (
    "supplier,buyer,material,product,date,document,supplier_address\n"
    'A Gin,A Mill,lint,yarn,2025-01-02,INV-1,"Aksu, Xinjiang"\n'
    "A Mill,A Maker,yarn,shirt,2025-02-03,INV-2,\n,A Maker,buttons,shirt,,,\n"
)


def test_flows_are_dropped_gone_through_and_opened_by_keys_and_by_mouse(seen):
    page = seen.page
    seen.go("/flows")
    name = f"flows-{page.viewport_size['width']}.csv"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": FLOWS.encode()})
    seen.tab_to("form.drop button")
    seen.sent_by("Enter")
    drawn = page.locator('#flow-map[data-drawn="3"]')
    drawn.wait_for()
    at = page.url
    assert serious(page) == []
    seen.tab_to(".flow-map")
    seen.keys("+", "ArrowLeft", "0", ".")
    said = page.locator(".flow-said")
    assert said.inner_text().startswith("China → Germany, 854143, 2023")
    assert page.locator("#live").inner_text() == said.inner_text()
    seen.keys(".")
    assert said.inner_text().startswith("China → Kazakhstan")
    seen.sent_by("Enter")
    assert {"exporters=CHN", "importers=KAZ", "period=2023"} <= set(
        page.url.partition("?")[2].partition("#")[0].split("&")
    )
    assert page.locator("#reports ~ .scroll tbody tr").count() == 1
    page.goto(at)
    drawn.wait_for()
    page.locator(".flow-map").scroll_into_view_if_needed()
    page.get_by_role("button", name="Whole map").click()
    page.locator('.flow-map .layer:not([style*="translate"])').wait_for()  # drawn anew, and no longer moved
    drawn.wait_for()
    box, where = page.locator(".flow-map").bounding_box(), page.locator(".flow-map .layer svg").first
    x, y, wide, high = map(float, where.get_attribute("viewBox").split())
    end = page.locator(".few a:last-child circle")  # the largest flow lies on top
    px, py = float(end.get_attribute("cx")), float(end.get_attribute("cy"))
    spot = box["x"] + (px - x) / wide * box["width"], box["y"] + (py - y) / high * box["height"]
    page.mouse.move(*spot)
    assert said.inner_text().startswith("China → Germany")
    with page.expect_navigation():
        page.mouse.click(*spot)
    assert "importers=DEU" in page.url
    assert seen.errors == []


# Everything by which a page does something of itself, counted from its beginning.
COUNTED = """() => {
    const did = (window.did = {});
    const count = (of, name) => {
        const was = of[name];
        did[name] = 0;
        of[name] = function (...given) { did[name]++; return was.apply(this, given); };
    };
    for (const name of ['requestAnimationFrame', 'requestIdleCallback', 'setTimeout', 'setInterval', 'fetch']) {
        count(window, name);
    }
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'clear']) {
        count(WebGL2RenderingContext.prototype, name);
    }
}"""
WORKED = ("LayoutCount", "RecalcStyleCount")  # counts of Chromium's own


@pytest.mark.parametrize("path", ["/flows?period=2025-Q3", "/?measure=ofac-xinjiang"])
def test_a_page_that_nobody_touches_does_nothing(browser, open_client, path):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    page = seen.page
    page.add_init_script(f"({COUNTED})()")
    session = seen.context.new_cdp_session(page)
    session.send("Performance.enable")

    def counts():
        told = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return page.evaluate("window.did") | {name: told[name] for name in WORKED} | {"asked": len(seen.asked)}

    seen.go(path)
    if (flows := page.locator("#flow-map")).count():
        page.locator(f'#flow-map[data-drawn="{flows.get_attribute("data-count")}"]').wait_for()
        assert page.evaluate("window.did.drawArraysInstanced") > 0, "what draws is not counted"
    page.wait_for_load_state("networkidle")
    for _ in range(60):  # a slow machine may still lay it out
        before = counts()
        page.wait_for_timeout(1000)
        if counts() == before:
            break
    before = counts()
    page.wait_for_timeout(10_000)
    assert counts() == before
    assert seen.errors == []
    seen.context.close()


def test_without_webgl_the_largest_flows_are_a_drawing_whose_arcs_lead_on(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["1440"])
    seen.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    seen.go("/flows?period=2025-Q3")
    page = seen.page
    page.locator(".drawn-now", has_text="no WebGL").wait_for()
    assert page.locator(".flow-map.drawn").count() == 0
    arcs = page.locator(".few a")
    assert arcs.count() > 100
    assert "period=2025-Q3" in arcs.last.get_attribute("href")
    assert serious(page) == []
    seen.context.close()


def test_links_are_loaded_and_followed_from_the_product_to_the_row_by_keys(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["390"])
    page = seen.page
    seen.go("/tracing")
    page.locator("input[type=file]").set_input_files(
        {"name": "links.csv", "mimeType": "text/csv", "buffer": LINKS.encode()}
    )
    seen.tab_to("form.drop button")
    seen.sent_by("Enter")
    assert serious(page) == []
    seen.tab_to("select[name=exposure]")
    page.locator("select[name=exposure]").select_option(label="shirt, A Maker")
    seen.tab_to("form.ask button")
    seen.sent_by("Enter")
    assert page.locator("main .touched-yes").first.inner_text() == "touched"
    seen.tab_to("main a.fig")
    seen.keys("Enter")
    page.locator("#drawer article").wait_for()
    assert "Any amount" in page.locator("#drawer").inner_text()
    seen.keys("Escape")
    seen.tab_to(".way-links a")
    seen.sent_by("Enter")
    assert "INV-1" in page.locator("main").inner_text()
    assert "supplier is empty" in page.locator("main").inner_text()
    assert serious(page) == []
    assert seen.errors == []
    seen.context.close()


def test_a_checked_report_is_gone_through_by_its_notes(seen):
    page = seen.page
    text = "Kashgar, 5 December 2024\n\nCargo at Khunjerab reached 66,600 tonnes from January to November 2019."
    seen.go("/check")
    page.locator("textarea").fill(text)
    seen.tab_to("form.drop button")
    seen.sent_by("Enter")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.locator("mark a").first.click()
    note = page.locator(".margin li:target")
    assert "66,600 tonnes" in note.inner_text()
    note.locator("summary").focus()
    seen.keys("Enter")
    figure = note.locator("a.row").first
    figure.click()
    page.locator("#drawer article").wait_for()
    seen.keys("Escape")
    assert seen.errors == []


@pytest.mark.parametrize(
    "path", ["/search?name=Hoshine", "/parties?q=cotton", "/record/observations?where=place_id%3Dkhunjerab"]
)
def test_paper_says_what_was_asked_and_shows_no_button(seen, path):
    seen.go(path)
    seen.page.emulate_media(media="print")
    asked, button = seen.page.locator("main form.ask"), seen.page.locator("main form.ask button")
    assert asked.is_visible()
    assert not button.is_visible()


def test_on_a_phone_a_value_stands_beside_its_heading_and_never_below_it(browser, open_client):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["390"])
    for path in ("/search?name=Hoshine", "/parties"):
        seen.go(path)
        lefts = "all => all.map((e) => [e.parentElement.getBoundingClientRect().left, e.getBoundingClientRect().left])"
        places = seen.page.locator(".stacked td > *").evaluate_all(lefts)
        assert places
        assert all(value > cell for cell, value in places), path
    seen.context.close()


# Cells of a page as paper has them that stand beyond its edge, or are shown nowhere.
OFF_PAPER = """() => [...document.querySelectorAll('.scroll tbody tr:not([hidden]) td')].filter((cell) => {
    const box = cell.getBoundingClientRect();
    return box.right > document.documentElement.clientWidth + 1 || box.width < 1 || box.height < 1;
}).map((cell) => cell.dataset.head || cell.textContent)"""
PAPER = {"width": 695, "height": 1000}  # pixels of A4 between the margins of the sheet, 96 to the inch


@pytest.mark.parametrize("table", ["observations", "flows", "events", "crossings", "listings"])
def test_a_wide_table_has_all_its_columns_on_paper(browser, open_client, table):
    seen = Seen(browser, str(open_client.base_url), viewport=PAPER)
    seen.go(f"/record/{table}")
    seen.page.emulate_media(media="print")
    heads = seen.page.locator(".scroll thead th").evaluate_all("all => all.map((one) => one.textContent)")
    first = seen.page.locator(".scroll tbody tr").first.locator("td")
    assert first.evaluate_all("all => all.map((one) => one.dataset.head)") == heads
    assert seen.page.evaluate(OFF_PAPER) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    seen.context.close()


@pytest.mark.parametrize("place", ["khorgos", "china-pakistan", "xinjiang"])
def test_on_a_phone_every_column_of_a_series_is_on_the_screen(browser, open_client, place):
    seen = Seen(browser, str(open_client.base_url), viewport=SIZES["390"])
    seen.go(f"/crossings/{place}")
    seen.page.locator("details.data").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert seen.page.locator("details.data td").count() > 0
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    far = "all => all.filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent)"
    assert seen.page.locator("details.data td").evaluate_all(far) == []
    units = [said.partition("(")[2] for said in seen.page.locator("details.data summary").all_inner_texts()]
    assert {"khorgos": "tonnes)", "china-pakistan": "USD)", "xinjiang": "tonnes)"}[place] in units
    seen.context.close()


@pytest.mark.parametrize("place", ["khorgos", "china-pakistan", "xinjiang"])
def test_no_heading_of_a_series_stands_alone_on_paper(browser, open_client, place):
    seen = Seen(browser, str(open_client.base_url), viewport=PAPER)
    seen.go(f"/crossings/{place}")
    seen.page.emulate_media(media="print")
    shown = (
        "all => all.map((f) => [f.querySelector('svg') !== null, f.querySelector('td')?.checkVisibility() ?? false])"
    )
    series = seen.page.locator("figure[id^=series-]").evaluate_all(shown)
    assert series
    assert all(is_drawn != has_rows for is_drawn, has_rows in series), series
    seen.context.close()
