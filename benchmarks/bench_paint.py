"""Every page of the server cold, in Chromium: what it is painted with first, what it takes until it is there.

Each page is the first request of a server that has just begun: a process of its own on a store of its own, a browser
without a cache. What it measures: seconds from the request to the first contentful paint and to the largest one, the
time in which the page did not answer a hand (TBT), how far it shifted (CLS), bytes and requests; and, which does not
hang on what else the machine does, seconds of the processor of the server until the first paint and until the page is
there, and of the page's own thread, its scripts among it. A page that says that it is being worked out is there when
it says so; `--whole` waits for its answer. A page that is begun (`server/page_parts/begun_page.py`) is painted first
with its heading. `words` are how many of them stand on the screen at the first paint.

Stores: `fresh` is none at all; `used` is one on which files were dropped, screened and checked before, by a server
that has ended; `demo` is one after `entrepot brief uflpa`, as `make demo` leaves it (half a minute of the processor).

Run: python benchmarks/bench_paint.py [--pages question desk] [--store fresh] [--again] [--whole] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
import entrepot
import page_pictures
from bench_server import SERVE, processor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The pages as a person comes to them, by the names of the pictures; what needs a file that was sent stands on `used`.
COLD = {
    "question": "/", "desk": "/desk", "parties": "/parties", "search": "/search?name=Hoshine",
    "crossings": "/crossings", "crossing": "/crossings/khorgos", "record": "/record",
    "record-table": "/record/observations", "check": "/check", "tracing": "/tracing", "diversion": "/diversion",
    "flows": "/flows", "flows-quarter": "/flows?period=2025-Q3", "routes": "/routes?from=urumqi&to=karachi",
    "scenarios": "/scenarios", "scenario": "/scenarios?preset=uflpa&draws=20", "evidence": "/evidence/O0001",
}  # fmt: skip
USED = {
    "columns": "{columns}",
    "cases": "{desk}",
    "changes": "{desk}/changes",
    "checked": "{check}",
    "tracing-file": "{links}",
}
LATEST = 120_000  # ms
TICK = 0.01  # seconds: as fine as the system counts a process's seconds
# Noted by the page itself, before any of its own scripts: entries that a browser keeps only where somebody looks. Once
# it is loaded it tells what it noted: a page that is being worked out soon makes way for the next.
WATCHED = """() => {
  const told = { largest: 0, shift: 0, blocked: 0, words: 0, heading: '' };
  const seen = (type, note) =>
    new PerformanceObserver((l) => l.getEntries().forEach(note)).observe({ type, buffered: true });
  seen('largest-contentful-paint', (e) => { told.largest = e.startTime; });
  seen('layout-shift', (e) => { if (!e.hadRecentInput) told.shift += e.value; });
  seen('longtask', (e) => { told.blocked += Math.max(0, e.duration - 50); });
  seen('paint', (e) => {
    if (e.name !== 'first-contentful-paint') return;
    told.words = document.body.innerText.split(/\\s+/).length;
    told.heading = document.querySelector('h1')?.innerText ?? '';
  });
  addEventListener('load', () => setTimeout(() => {
    const page = performance.getEntriesByType('navigation')[0];
    const all = [page, ...performance.getEntriesByType('resource')];
    window.tell({
      ...told, origin: performance.timeOrigin, begun: page.responseStart, there: page.responseEnd,
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      requests: all.length, bytes: all.reduce((sum, e) => sum + e.transferSize, 0),
      working: document.querySelector('main > .working') !== null,
    });
  }, 50));
}"""


@contextmanager
def begun(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that has just begun on a store: its process and its address."""
    env = os.environ | {"ENTREPOT_STORE": str(store), "PYTHONUNBUFFERED": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its byte code
    process = subprocess.Popen([sys.executable, *SERVE], stderr=subprocess.PIPE, text=True, env=env)
    try:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert found, "the server has not begun"
        yield process, found[0]
    finally:
        process.kill()
        process.wait()


@contextmanager
def counted(pid: int) -> Iterator[list[tuple[float, float]]]:
    """Seconds of the processor of a process by the time of day, noted until this ends."""
    noted, ended = [(time.time(), processor(pid))], threading.Event()

    def note() -> None:
        while not ended.wait(TICK):
            noted.append((time.time(), processor(pid)))

    thread = threading.Thread(target=note, daemon=True)
    thread.start()
    try:
        yield noted
    finally:
        ended.set()
        thread.join()


def spent(noted: list[tuple[float, float]], at: float) -> float:
    """Seconds of the processor from the first note to the one at a time of day."""
    return next((cpu for when, cpu in reversed(noted) if when <= at), noted[0][1]) - noted[0][1]


def painted(opened: Browser, address: str, pid: int, *, whole: bool) -> dict[str, Any]:
    """What one page takes in a browser without a cache."""
    context = opened.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(LATEST)
    tellings: list[dict[str, Any]] = []

    def tell(told: dict[str, Any]) -> None:
        tellings.append(told)

    page.expose_function("tell", tell)
    page.add_init_script(f"({WATCHED})()")
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    with counted(pid) as noted:
        page.goto(address)
        while not tellings:
            page.wait_for_timeout(20)
        told = tellings[0]
        took = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        if whole:
            page.locator("body:has(> main):not(:has(> main > .working))").wait_for()
        end = time.time()
    context.close()
    origin = told["origin"] / 1000
    return told | {
        "cpu_paint": spent(noted, origin + told["paint"] / 1000),
        "cpu": spent(noted, end if whole else origin + told["there"] / 1000),
        "page_cpu": took["TaskDuration"],
        "script": took["ScriptDuration"],
    }


def prepared(store: Path, kind: str) -> dict[str, str]:
    """What a store holds before its pages are asked for; the addresses of what was sent."""
    if kind == "demo":
        env = os.environ | {"ENTREPOT_STORE": str(store)}
        report = str(store.parent / "uflpa")
        subprocess.run([sys.executable, "-m", "entrepot", "brief", "uflpa", "--out", report], env=env, check=True)
    if kind != "used":
        return {}
    with begun(store) as (_, address):
        return page_pictures.sent(address)


def swept(opened: Browser, pages: list[str], kind: str, *, again: bool, whole: bool) -> list[dict[str, Any]]:
    """A row for each page."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        made = prepared(Path(folder, "store"), kind)
        for name in pages:
            path = {**COLD, **USED}[name].format(**made)
            home = Path(folder, name)
            if Path(folder, "store").exists():
                shutil.copytree(Path(folder, "store"), home)
            with begun(home) as (process, address):
                for warm in (False, True) if again else (False,):
                    row = painted(opened, address + path, process.pid, whole=whole)
                    rows.append({"page": f"{name}, again" if warm else name, **row})
                    print(line(rows[-1]), flush=True)
    return rows


HEADS = (
    "page", "first paint, s", "largest, s", "TBT, ms", "CLS", "kB", "requests", "words at first", "heading at first",
    "server to first paint, s", "server to its end, s", "page, s", "scripts, s",
)  # fmt: skip


def line(r: dict[str, Any]) -> str:
    """A page as a row of the table."""
    name = f"{r['page']}{' (being worked out)' if r['working'] else ''}"
    times = f"{r['paint'] / 1000:.2f} | {r['largest'] / 1000:.2f} | {r['blocked']:.0f} | {r['shift']:.3f}"
    counts = f"{r['bytes'] / 1000:.0f} | {r['requests']} | {r['words']} | {r['heading']}"
    took = f"{r['cpu_paint']:.2f} | {r['cpu']:.2f} | {r['page_cpu']:.2f} | {r['script']:.3f}"
    return f"| {name} | {times} | {counts} | {took} |"


def main(arguments: list[str]) -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", nargs="+", choices=[*COLD, *USED])
    parser.add_argument("--store", nargs="+", choices=("fresh", "used", "demo"), default=["fresh", "used"])
    parser.add_argument("--again", action="store_true", help="also the second time that it is asked for")
    parser.add_argument("--whole", action="store_true", help="wait for what is worked out beside the page")
    parser.add_argument("--save", type=Path)
    given = parser.parse_args(arguments)
    lines = [f"| {' | '.join(HEADS)} |", f"|---|{'---:|' * (len(HEADS) - 1)}"]
    load = os.getloadavg()[0]
    compileall.compile_dir(Path(entrepot.__file__).parent, quiet=1)  # as pip does
    with page_pictures.browser() as opened:
        version = opened.version
        first = opened.new_page()  # until its own first picture a browser takes in what draws
        first.goto("data:text/html,<p>.")
        first.screenshot()
        first.context.close()
        for kind in given.store:
            known = USED if kind == "used" else COLD
            pages = [p for p in given.pages or known if p in known]
            rows = swept(opened, pages, kind, again=given.again, whole=given.whole)
            lines += map(line, rows)
    machine = f"{os.cpu_count()} cores at a load of {load:.1f} when it began; Chromium {version}"
    said = f"By `make bench-paint` on {datetime.now(UTC).date()}, {machine}."
    text = "\n".join(["# The pages, painted", "", said, "", *lines, ""])
    print(text)
    if given.save:
        given.save.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
