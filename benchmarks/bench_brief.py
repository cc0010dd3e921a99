"""How long `entrepot brief` takes as a person starts it, by the clock and of the processor, and what its page weighs.

Run: make bench-brief. The goal is 10 s warm on two cores and a page under 3 MB. Each case is a fresh process with its
own store; the peer is vl-convert in the same call, drawing as many charts: what drawing alone would take with it.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from statistics import median

RUNS = 3
MEASURES = ("uflpa", "ofac-xinjiang", "us-de-minimis")
ONE_CHART = """
import time, vl_convert
spec = {"data": {"values": [{"a": i, "b": i * i} for i in range(20)]}, "mark": "line",
        "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}}}
vl_convert.vegalite_to_svg(vl_spec=spec)
start = time.perf_counter()
for _ in range(20):
    vl_convert.vegalite_to_svg(vl_spec=spec)
print((time.perf_counter() - start) / 20)
"""


def seconds(measure: str, folder: str) -> tuple[float, float]:
    """The time of one brief in a fresh process: of the processor, and by the clock."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "entrepot",
        "brief",
        measure,
        "--out",
        f"{folder}/out",
        "--store",
        f"{folder}/store",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - start


def main() -> None:
    """Print the median of each measure, what its charts would take in the peer, and the peak memory."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    chart = float(subprocess.run([sys.executable, "-c", ONE_CHART], check=True, capture_output=True, text=True).stdout)
    print(f"one chart alone  {1000 * chart:6.0f} ms")
    for measure in MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            seconds(measure, folder)  # the first run compiles and fills the disk cache
            runs = [seconds(measure, folder) for _ in range(RUNS)]
            used, taken = (median(r[i] for r in runs) for i in (0, 1))
            with open(f"{folder}/out/report.html", encoding="utf-8") as page:  # noqa: PTH123 - one short look
                text = page.read()
        drawn = text.count("<svg ")
        peer = max(drawn, 1) * chart
        weighs = len(text.encode()) / 1e6
        print(
            f"{measure:16} {used:6.2f} s of processor, {taken:6.2f} s by the clock, {weighs:5.2f} MB; "
            f"{drawn:3} charts, in vl-convert {peer:5.2f} s, {used / peer:5.1f} x"
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory      {peak:6.0f} MB")


if __name__ == "__main__":
    main()
