"""Draw the pages of `entrepot serve` for the documentation, or tell whether the pictures are stale.

    python scripts/page_pictures.py              draw docs/img/pages: `make pictures` does
    python scripts/page_pictures.py --only NAME  only the pictures whose name begins so
    python scripts/page_pictures.py --check      exit 1 when a picture is no longer what a page shows
    python scripts/page_pictures.py --all DIR    every page wide and narrow, light, dark and on paper, into DIR
    python scripts/page_pictures.py --figures    seconds to the first paint, requests and bytes of each page

Needs Chromium on the PATH and the extra `web`. A server of its own answers, on a store that is thrown away; pages
are asked as of one day. What can be read in each picture is kept beside it and compared, as in scripts/pictures.py.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pictures
from pictures import DAY, FLAGS, KEPT, Picture, differences, manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = pictures.ROOT
IMAGES = ROOT / "docs" / "img" / "pages"
PARTIES = ROOT / "docs" / "examples" / "vendors-2026-10.csv"
REPORT = ROOT / "docs" / "examples" / "report.txt"
LINKS = ROOT / "docs" / "examples" / "supply-links.csv"
BESIDE = ("papers", "payments", "production")  # files that go with those links, by what they are read as
HEIGHTS = {1440: 1000, 390: 844}
COLOURS = 192
LATEST = 240_000  # ms: a page that is worked out for the first time on a machine that does much else


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page.

    Attributes:
        name: of its file, without the width.
        path: address; `{desk}` stands for a screened file, `{check}` for a checked report.
        width: px.
        scheme: light or dark.
        begin: a part of the page that the picture begins with; empty for its head.
    """

    name: str
    path: str
    width: int = 1440
    scheme: str = "light"
    begin: str = ""

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}-{self.width}.png"


ASKED = f"/?measure=uflpa&as_of={DAY}"
SIMULATED = "/scenarios?preset=uflpa&draws=20"
SHOTS = (
    Shot("question", ASKED),
    Shot("question", ASKED, 390),
    Shot("question-dark", ASKED, scheme="dark"),
    Shot("timeline", f"{ASKED}&span=2020-01..2021-12", begin="#map"),
    Shot("arcs", f"{ASKED}&product=Panels", begin="#flows"),
    Shot("desk", "{desk}"),
    Shot("desk", "{desk}", 390),
    Shot("parties", f"/parties?as_of={DAY}"),
    Shot("crossing", f"/crossings/khorgos?as_of={DAY}"),
    Shot("record", "/record"),
    Shot("check", "{check}"),
    Shot("diversion", "/diversion?demo=uflpa-solar"),
    Shot("scenarios", SIMULATED),
    Shot("scenarios", SIMULATED, 390),
    Shot("diversion", "/diversion?demo=uflpa-solar", 390),
    Shot("flows", "/flows?period=2025-Q3"),
    Shot("flows-dark", "/flows?period=2025-Q3", scheme="dark"),
    Shot("tracing", "{traced}"),
    Shot("tracing", "{traced}", 390),
    Shot("dossier", "{dossier}"),
    Shot("dossier", "{dossier}", 390),
    Shot("dossier-steps", "{dossier}", scheme="dark", begin="#steps"),
    Shot("routes", f"/routes?from=urumqi&to=karachi&as_of={DAY}"),
)
# All that there is to be looked at.
EVERY = {
    "question": ASKED, "question-ofac": f"/?measure=ofac-xinjiang&as_of={DAY}", "desk": "/desk", "columns": "{columns}",
    "cases": "{desk}", "changes": "{desk}/changes", "parties": f"/parties?as_of={DAY}", "no-parties": "/parties?q=zzzz",
    "search": "/search?name=Hoshine", "no-search": "/search", "crossings": "/crossings",
    "crossing": f"/crossings/khorgos?as_of={DAY}", "record": "/record", "record-table": "/record/crossings",
    "check": "/check", "checked": "{check}", "diversion": "/diversion", "routes": f"/routes?as_of={DAY}",
    "flows": "/flows", "flows-quarter": "/flows?period=2025-Q3", "flows-one": "/flows?importers=KAZ&period=2025-Q3",
    "dossiers": "/dossier", "dossier": "{dossier}",
    "tracing": "{traced}", "tracing-row": "{row}", "tracing-file": "{links}",
    "scenarios": "/scenarios", "scenario": SIMULATED, "two-scenarios": f"{SIMULATED}&beside=khorgos-capped",
    "evidence": "/evidence/O0001", "refused": "/record/observations?where=x%3D%3D",
}  # fmt: skip


@contextmanager
def served() -> Iterator[str]:
    """A server on a store that is thrown away; gives its address."""
    import socket

    import uvicorn

    from entrepot.server.app import create_app
    from entrepot.server.serve_settings import ServeSettings

    os.environ["LOGNAME"] = "analyst"  # the account of the machine is on no picture
    with tempfile.TemporaryDirectory() as folder, socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        app = create_app(ServeSettings(Path(folder) / "store"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def sent(address: str) -> dict[str, str]:
    """What of an address is made by sending something: a file screened, another read, a report checked."""
    import httpx

    with httpx.Client(base_url=address, timeout=120) as client:
        desk = client.post("/desk", files={"file": (PARTIES.name, PARTIES.read_bytes())}).headers["location"]
        client.post(desk, data={"act": "screen"})
        columns = client.post("/desk", data={"text": "name\tcountry\nAn Invented Bakery\tFrance"}).headers["location"]
        client.post("/tracing", files={"file": (LINKS.name, LINKS.read_bytes())})
        for form in BESIDE:
            file = LINKS.with_name(f"supply-{form}.csv")
            client.post("/v1/load_supply", files={"file": (file.name, file.read_bytes())}, data={"form": form})
        links = f"/tracing/{client.get('/v1/supply_files?format=json').json()['rows'][0]['file_id']}"
        check = client.post("/check", files={"file": (REPORT.name, REPORT.read_bytes())}).headers["location"]
    return {
        "desk": desk, "columns": columns, "check": check, "traced": f"/tracing?as_of={DAY}", "links": links,
        "row": f"{links}?row=2", "dossier": "/dossier?shipment=INV-0005&as_of=2025-11-25&presented=2025-10-02",
    }  # fmt: skip


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium.

    Raises:
        SystemExit: it is not there.
    """
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("page_pictures: Chromium is not on the PATH; install it (Debian: apt install chromium).")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


def gone_to(opened: Browser, address: str, width: int, scheme: Any = "light") -> Page:
    """A page once it is there."""
    page = opened.new_page(viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=scheme)
    page.set_default_timeout(LATEST)
    page.goto(address)
    page.locator("body:has(> main):not(:has(> main > .working))").wait_for()
    if page.locator("#flow-map").count():  # drawn in parts, by a script
        page.locator(f'#flow-map[data-drawn="{page.locator("#flow-map").get_attribute("data-count")}"]').wait_for()
    return page


def draw(folder: Path, only: str = "") -> list[Picture]:
    """Draw every picture into a folder, or those whose name begins so."""
    with served() as address, browser() as opened:
        made = sent(address)
        return [_drawn(opened, address, shot, made, folder) for shot in SHOTS if shot.name.startswith(only)]


def _drawn(opened: Browser, address: str, shot: Shot, made: dict[str, str], folder: Path) -> Picture:
    page = gone_to(opened, address + shot.path.format(**made), shot.width, shot.scheme)
    if shot.begin:
        page.locator(shot.begin).first.evaluate("e => e.scrollIntoView()")
    page.screenshot(path=folder / shot.file)
    _lighter(folder / shot.file)
    top = float(page.evaluate("scrollY"))
    read = tuple(page.evaluate(pictures.READ, [0, top, shot.width, top + HEIGHTS[shot.width]]))
    page.context.close()
    return Picture(shot.file, read, cut=True)


def _lighter(path: Path) -> None:
    """Keep a picture in so many colours as an eye tells apart on a page: a third of the bytes."""
    from PIL import Image

    with Image.open(path) as image:
        light = image.convert("RGB").quantize(COLOURS)
    light.save(path, optimize=True)


def every(folder: Path) -> None:
    """Every page wide and narrow, light, dark and on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, browser() as opened:
        made = sent(address)
        for name, path in EVERY.items():
            for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light")):
                page = gone_to(opened, address + path.format(**made), width, scheme)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                if (width, scheme) == (1440, "light"):
                    page.pdf(path=folder / f"{name}.pdf", format="A4")
                page.context.close()


# First paint, what was asked for and how large it was, as Chromium's own entries have it.
ENTRIES = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const page = performance.getEntriesByType('navigation')[0];
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const shift = performance.getEntriesByType('layout-shift').reduce((sum, e) => sum + e.value, 0);
  return {
    paint: paint ? paint.startTime : 0, begun: page.responseStart, ready: page.domContentLoadedEventEnd,
    requests: all.length, bytes: all.reduce((sum, e) => sum + e.transferSize, 0), shift,
    nodes: document.querySelectorAll('*').length,
  };
}"""


def figures() -> list[dict[str, Any]]:
    """Of each page that has been worked out: ms to the first paint and until it can be used, requests, bytes, nodes."""
    rows = []
    with served() as address, browser() as opened:
        made = sent(address)
        for name, path in EVERY.items():
            where = address + path.format(**made)
            gone_to(opened, where, 1440).context.close()
            page = gone_to(opened, where, 1440)
            page.wait_for_load_state("networkidle")
            rows.append({"page": name, **page.evaluate(ENTRIES)})
            page.context.close()
    return rows


def main(arguments: list[str]) -> int:
    """Draw, check, look or measure."""
    if arguments[:1] == ["--all"]:
        every(Path(arguments[1]))
    elif arguments == ["--figures"]:
        heads = ("begun ms", "paint ms", "ready ms", "requests", "bytes", "shift", "nodes")
        print(f"{'page':14}" + "".join(f"{h:>9}" for h in heads))
        for r in figures():
            times = f"{r['begun']:9.0f}{r['paint']:9.0f}{r['ready']:9.0f}"
            print(f"{r['page']:14}{times}{r['requests']:9}{r['bytes']:9}{r['shift']:9.2f}{r['nodes']:9}")
    elif arguments == ["--check"]:
        kept = json.loads((IMAGES / KEPT).read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            found = differences(kept, IMAGES, draw(Path(folder)), Path(folder))
        for said in found:
            print(f"{said}; run `make pictures`")
        return 1 if found else 0
    elif arguments[:1] == ["--only"]:
        file = IMAGES / KEPT
        new = json.loads(manifest(draw(IMAGES, arguments[1])))
        before = json.loads(file.read_text(encoding="utf-8"))
        shown = {**before["pictures"], **new["pictures"]}
        before["pictures"] = {shot.file: shown[shot.file] for shot in SHOTS if shot.file in shown}
        file.write_text(json.dumps(before, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    else:
        drawn = draw(IMAGES)
        (IMAGES / KEPT).write_text(manifest(drawn), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
