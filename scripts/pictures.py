"""Draw the pictures of the brief for the documentation: `make pictures`. Needs Chromium on the PATH.

The page is drawn at 1440 and 390 px, from its head down to a fixed height, so that the pictures stay small.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

ROOT = Path(__file__).resolve().parents[1]
SIZES = {1440: 2900, 390: 3200}  # width: height, px
HUBS = 3  # small charts below the first map
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def main() -> None:
    """Write docs/img/brief-<width>.png for each width."""
    from playwright.sync_api import sync_playwright

    from entrepot.brief.compose import brief
    from entrepot.brief.render import write
    from entrepot.record.embedded import load
    from entrepot.sources.register import by_id

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("pictures: Chromium is not on the PATH; install it (Debian: apt install chromium).")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page_file = write(brief("uflpa"), by_id(load().tables["sources"]), Path(folder))
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for width, height in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(page_file.as_uri())
            target = ROOT.joinpath("docs", "img", f"brief-{width}.png")
            page.screenshot(path=target)
            print(target.relative_to(ROOT), target.stat().st_size)
            if width == max(SIZES):
                _of_hubs(page)
        browser.close()


def _of_hubs(page: Page) -> None:
    """Write docs/img/hubs-1440.png: the first map and its small charts."""
    drawings = page.locator("#hubs .charts figure")
    first, last = (drawings.nth(i).bounding_box() for i in (0, HUBS))
    if first is None or last is None:
        sys.exit("pictures: the brief has no map of possible hubs.")
    top, bottom = first["y"] - 10, last["y"] + last["height"] + 10
    target = ROOT.joinpath("docs", "img", "hubs-1440.png")
    clip: FloatRect = {"x": first["x"] - 10, "y": top, "width": first["width"] + 20, "height": bottom - top}
    page.screenshot(path=target, clip=clip, full_page=True)
    print(target.relative_to(ROOT), target.stat().st_size)


if __name__ == "__main__":
    main()
