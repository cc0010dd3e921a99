"""Draw the pictures of the brief for the documentation and write its answer there, or tell whether they are stale.

    python scripts/pictures.py           draw docs/img, write the answer into README and docs/index: `make pictures`
    python scripts/pictures.py --check   exit 1 when a picture or an answer is no longer what the brief says

Needs Chromium on the PATH. The page is drawn as of one day at 1440 and 390 px, from its head down to a fixed height, so
that the pictures stay small.

Two machines seldom draw the same pixels: fonts, Chromium and its smoothing differ. So each picture is kept with what
can be read in it (docs/img/pictures.json): its sentences, and the figures behind each mark of a chart. That is
compared on every machine. Where the fonts are those of the machine that drew it, the pixels are compared too, coarsely.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marked import ANSWER, filled, write_stale

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Page

    from entrepot.brief.report import Report

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "img"
KEPT = "pictures.json"
DAY = "2026-11-24"  # the day on which the record closed: a picture must not change with the calendar
SIZES = {1440: 2900, 390: 3200}  # width: height, px
# Of what is read in a picture that ends at a fixed height: other fonts put its end some lines higher or lower.
SURE = 0.85
CELL = 8  # px: what is smaller is smoothing
LEVELS = 32  # of 256: an eighth, the least that an eye takes for another grey
MOVED = 0.01  # of the cells: a caret of another Chromium, not a line of text, which is some 1.5 % of a picture
FONTS = ("sans-serif", "Noto Sans", "Liberation Sans", ":lang=zh", ":lang=ug")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Sentences and cells of the page, and the labels of marks, which carry their figures; not the ids behind their
# links, which no picture shows, nor the letters of a chart: whether an axis has room for one depends on the font.
READ = """
([left, top, right, bottom]) => {
  const within = (e) => {
    const r = e.getBoundingClientRect(), y = r.top + window.scrollY, x = r.left + window.scrollX;
    return r.width > 0 && x >= left && x + r.width <= right && y >= top && y + r.height <= bottom;
  };
  const said = (e) => e.closest('svg') ? e.getAttribute('aria-label').replace(/; href: \\S+/, '') : e.innerText;
  return [...document.querySelectorAll('h1,h2,h3,p,li,td,th,figcaption,svg[aria-label],svg [aria-label]')]
    .filter(within).map((e) => said(e).replace(/\\s+/g, ' ').trim()).filter((t) => t);
}
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as drawn.

    Attributes:
        name: of its file.
        texts: what can be read in it, in the order of the page.
        cut: whether it ends at a height, and not with a part of the page.
    """

    name: str
    texts: tuple[str, ...]
    cut: bool


PAGES = {ROOT / "README.md": "docs/img", ROOT / "docs" / "index.md": "img"}  # each with where its pictures lie
_COLUMNS = 118  # letters of a line of a page


@cache
def _report() -> Report:
    from entrepot.brief.compose import brief

    return brief("uflpa", as_of=DAY)


def answer_part(report: Report, images: str) -> str:
    """The picture of the brief and its answer in a paragraph, as the documentation opens with them.

    Args:
        report: the brief, whose plan has tests.
        images: the folder of the pictures, seen from the page.

    Raises:
        SystemExit: the brief has no answer.
    """
    from entrepot.brief.answer.answer_shown import headed
    from entrepot.brief.report import plain_text
    from entrepot.core import periods

    if report.answer is None:
        sys.exit("pictures: the brief has no answer by test.")
    shown = "The brief on the UFLPA: the question, the answer test by test, each figure a link to its source"
    tests = "; ".join(headed(t) for t in report.answer.tests)
    day = periods.words(periods.parse(report.as_of))
    said = f"**The answer as of {day}.** {plain_text(report.answer.verdict)} Test by test: {tests}."
    return f"![{shown}]({images}/brief-1440.png)\n\n{textwrap.fill(said, _COLUMNS)}\n"


def pages(report: Report) -> dict[Path, str]:
    """The pages of the documentation with the answer of today's brief between their marks."""
    return {
        page: filled(page.read_text(encoding="utf-8"), answer_part(report, images), page, ANSWER)
        for page, images in PAGES.items()
    }


def draw(folder: Path) -> list[Picture]:
    """Draw every picture into a folder.

    Raises:
        SystemExit: Chromium is not there, or the brief has no map of who took more.
    """
    from playwright.sync_api import sync_playwright

    from entrepot.brief.render import write
    from entrepot.record.embedded import load
    from entrepot.sources.register import by_id

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("pictures: Chromium is not on the PATH; install it (Debian: apt install chromium).")
    with tempfile.TemporaryDirectory() as written, sync_playwright() as play:
        page_file = write(_report(), by_id(load().tables["sources"]), Path(written))
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        drawn = [p for width in SIZES for p in _of_width(browser, page_file, width, folder)]
        browser.close()
    return drawn


def _of_width(browser: Browser, page_file: Path, width: int, folder: Path) -> list[Picture]:
    height = SIZES[width]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(page_file.as_uri())
    head = folder / f"brief-{width}.png"
    page.screenshot(path=head)
    drawn = [Picture(head.name, _texts(page, {"x": 0, "y": 0, "width": width, "height": height}), cut=True)]
    if width == max(SIZES):
        drawn.append(_of_hubs(page, folder))
    return drawn


def _of_hubs(page: Page, folder: Path) -> Picture:
    """hubs-1440.png: the map and its small charts."""
    drawings = page.locator("#hubs .charts figure")
    first, last = drawings.first.bounding_box(), drawings.last.bounding_box()
    if first is None or last is None:
        sys.exit("pictures: the brief has no map of who took more.")
    top, bottom = first["y"] - 10, last["y"] + last["height"] + 10
    clip: FloatRect = {"x": first["x"] - 10, "y": top, "width": first["width"] + 20, "height": bottom - top}
    page.screenshot(path=folder / "hubs-1440.png", clip=clip, full_page=True)
    return Picture("hubs-1440.png", _texts(page, clip), cut=False)


def _texts(page: Page, clip: FloatRect) -> tuple[str, ...]:
    corners = [clip["x"], clip["y"], clip["x"] + clip["width"], clip["y"] + clip["height"]]
    return tuple(page.evaluate(READ, corners))


def fonts() -> dict[str, str]:
    """What this machine draws with: a font that the page asks for -> the one that stands for it."""
    asked = shutil.which("fc-match")
    if asked is None:
        return {}
    command = [asked, "--format", "%{family[0]} %{fontversion}"]
    return {f: subprocess.run([*command, f], capture_output=True, text=True, check=True).stdout for f in FONTS}


def manifest(drawn: list[Picture]) -> str:
    """docs/img/pictures.json: the day, the fonts, and what can be read in each picture."""
    pictures = {p.name: {"cut": p.cut, "texts": p.texts} for p in drawn}
    kept = {"day": DAY, "fonts": fonts(), "pictures": pictures}
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def differences(kept: dict[str, Any], images: Path, drawn: list[Picture], folder: Path) -> list[str]:
    """A sentence for each way in which a picture is not what the brief shows today.

    Args:
        kept: pictures.json.
        images: the pictures kept.
        drawn: those drawn now.
        folder: where they lie.
    """
    if kept["day"] != DAY:
        return [f"the pictures are of {kept['day']}, not of {DAY}"]
    names = sorted(p.name for p in drawn)
    if sorted(kept["pictures"]) != names:
        return [f"pictures.json is of {', '.join(kept['pictures'])}; drawn are {', '.join(names)}"]
    found = []
    for picture in drawn:
        before = kept["pictures"][picture.name]["texts"]
        found += [f"{picture.name}: {said}" for said in text_differences(before, picture)]
        if not found and kept["fonts"] == fonts():
            share = moved(images / picture.name, folder / picture.name)
            found += [f"{picture.name}: {share:.1%} of it looks different"] if share > MOVED else []
    return found


def text_differences(before: list[str], picture: Picture) -> list[str]:
    """The first text of a picture that is not what it was; none where all that must agree agrees."""
    wanted = before[: int(len(before) * SURE)] if picture.cut else before
    now = list(picture.texts)
    for at, text in enumerate(wanted):
        if at >= len(now) or now[at] != text:
            return [f"it shows {text!r}, the brief says {now[at] if at < len(now) else 'nothing'!r}"]
    return [f"the brief also says {now[len(wanted)]!r}"] if not picture.cut and len(now) > len(wanted) else []


def moved(one: Path, other: Path) -> float:
    """The share of the cells of two pictures, of CELL px, that differ by more than LEVELS; 1 where the sizes differ."""
    from PIL import Image

    with Image.open(one) as a, Image.open(other) as b:
        # A crop lies between charts whose heights come from fonts: a pixel more is no other picture.
        if any(abs(x - y) >= CELL for x, y in zip(a.size, b.size, strict=True)):
            return 1.0
        small = (min(a.width, b.width) // CELL, min(a.height, b.height) // CELL)
        cells = [i.convert("L").resize(small, Image.Resampling.BOX).tobytes() for i in (a, b)]
    differing: list[bool] = [abs(x - y) > LEVELS for x, y in zip(*cells, strict=True)]
    return sum(differing) / len(differing)


def main(arguments: list[str]) -> int:
    """Draw the pictures, or check those that are kept."""
    if arguments == ["--check"]:
        kept = json.loads((IMAGES / KEPT).read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            found = differences(kept, IMAGES, draw(Path(folder)), Path(folder))
        for said in found:
            print(f"{said}; run `make pictures`")
        return 1 if write_stale(pages(_report())) or found else 0
    drawn = draw(IMAGES)
    (IMAGES / KEPT).write_text(manifest(drawn), encoding="utf-8")
    for name in (*(p.name for p in drawn), KEPT):
        print(f"docs/img/{name}", IMAGES.joinpath(name).stat().st_size)
    return write_stale(pages(_report()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
