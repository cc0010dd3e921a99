"""Flows by the thousand on the page `/flows`, in Chromium: the first picture, and pictures a second while it moves.

What it measures, for each count of flows, drawn from a seed: seconds from the request of a page that has been worked
out to the first flows on the screen and to all of them; seconds until all are drawn anew; pictures a second and the
longest wait for one while keys move the map and change its size for three seconds; and what draws: Chromium names its
renderer, here its own software (SwiftShader), for a machine of a build has no other. `gpu` is what the process that
draws took of a processor for one drawing, which does not hang on what else the machine does.

Run: python benchmarks/bench_flow_map.py [--counts 5000 50000] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import page_pictures
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

SEED = 2026
PRODUCTS = ("854143", "854142", "520100", "720839", "870323", "300490", "271019")
YEARS = range(2019, 2024)
FROM_ONE = 0.4  # of the flows begin in one country, as most files of a single reporter do
SIZE: ViewportSize = {"width": 1440, "height": 1000}
LATEST = 240_000  # ms
MOVED = """async (of) => {
  const map = document.querySelector('.flow-map'), begun = performance.now();
  let pictures = 0, last = begun, longest = 0;
  while (performance.now() - begun < 3000) {
    map.dispatchEvent(new KeyboardEvent('keydown', {key: of[pictures % of.length]}));
    await new Promise((done) => requestAnimationFrame(done));
    pictures++;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  return [pictures / 3, longest];
}"""
ANEW = """async () => {
  const figure = document.querySelector('#flow-map'), begun = performance.now();
  figure.dataset.drawn = '';
  figure.querySelector('.flow-map').dispatchEvent(new KeyboardEvent('keydown', {key: '0'}));
  while (figure.dataset.drawn !== figure.dataset.count) await new Promise((done) => setTimeout(done, 4));
  return (performance.now() - begun) / 1000;
}"""
RENDERER = """() => {
  const gl = document.querySelector('.flow-map canvas').getContext('webgl2');
  return gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info').UNMASKED_RENDERER_WEBGL);
}"""
KEYS = {"pan": ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"], "zoom": ["+", "+", "-", "-"]}


def flows(count: int) -> bytes:
    """So many flows of invented values between countries, as a CSV."""
    drawn, places = random.Random(SEED), sorted(countries.points())
    seen: set[tuple[str, str, str, int]] = set()
    lines = ["exporter,importer,product,period,value"]
    while len(seen) < count:
        a = "CHN" if drawn.random() < FROM_ONE else drawn.choice(places)
        key = (a, drawn.choice(places), drawn.choice(PRODUCTS), drawn.choice(YEARS))
        if key[0] != key[1] and key not in seen:
            seen.add(key)
            lines.append(f"{','.join(map(str, key))},{round(10 ** drawn.gauss(5.5, 1.2))}")
    return "\n".join(lines).encode()


def processor() -> float:
    """Seconds of the processor that the drawing processes of all browsers of this machine have taken."""
    total = 0
    for said in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"--type=gpu-process" in said.read_bytes():
                words = said.with_name("stat").read_text().rpartition(")")[2].split()
                total += int(words[11]) + int(words[12])
        except OSError:  # it has ended
            continue
    return total / os.sysconf("SC_CLK_TCK")


def measured(page: Page, address: str, count: int) -> dict[str, Any]:
    """What a page of so many flows takes."""
    page.goto(address)
    page.locator("body:has(> main):not(:has(> main > .working))").wait_for()
    begun = time.perf_counter()
    page.goto(address)
    page.locator('#flow-map[data-drawn]:not([data-drawn="0"])').wait_for()
    first = time.perf_counter() - begun
    page.locator(f'#flow-map[data-drawn="{count}"]').wait_for()
    every = time.perf_counter() - begun
    busy = processor()
    anew = page.evaluate(ANEW)
    busy = processor() - busy
    moved = {name: page.evaluate(MOVED, keys) for name, keys in KEYS.items()}
    return {
        "flows": count,
        "first": first,
        "all": every,
        "anew": anew,
        "gpu": busy,
        **moved,
        "by": page.evaluate(RENDERER),
    }


def swept(opened: Browser, address: str, counts: list[int]) -> list[dict[str, Any]]:
    """A row for each count."""
    rows = []
    for count in counts:
        with httpx.Client(base_url=address, timeout=300) as client:
            at = client.post("/flows", files={"file": (f"{count}.csv", flows(count))}).headers["location"]
        page = opened.new_page(viewport=SIZE)
        page.set_default_timeout(LATEST)
        rows.append(measured(page, address + at, count))
        page.context.close()
    return rows


def told(rows: list[dict[str, Any]], version: str, load: float) -> str:
    """The figures as a page."""
    cores, day = os.cpu_count(), datetime.now(UTC).date()
    machine = (
        f"By `make bench-flow-map` on {day}, {cores} cores at a load of {load:.1f} when it began; Chromium {version},"
    )
    heads = (
        "flows", "first on the screen, s", "all, s", "drawn anew, s", "of a processor for it, s",
        "pictures a second: moved", "longest wait, ms", "size changed", "longest wait, ms",
    )  # fmt: skip
    lines = [
        "# Flows on a map",
        "",
        f"{machine} 1440 by 1000 px. Drawn by: {rows[0]['by']}.",
        "",
        f"| {' | '.join(heads)} |",
        f"|{'---:|' * len(heads)}",
    ]
    for r in rows:
        moved = " | ".join(f"{r[name][0]:.0f} | {r[name][1]:.0f}" for name in KEYS)
        times = " | ".join(f"{r[name]:.2f}" for name in ("first", "all", "anew", "gpu"))
        lines.append(f"| {r['flows']:,} | {times} | {moved} |")
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--save", type=Path)
    given = parser.parse_args(arguments)
    with page_pictures.served() as address, page_pictures.browser() as opened:
        load = os.getloadavg()[0]
        text = told(swept(opened, address, given.counts), opened.version, load)
    print(text)
    if given.save:
        given.save.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
