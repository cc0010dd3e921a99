"""How long `entrepot brief` takes as a person starts it, and where the time goes.

Run: make bench-brief. The goal is 10 s warm on two cores. Each case is a fresh process with its own store; the peer
is the same interpreter drawing one chart, for drawing is the floor: a page of n charts cannot take less than n of them.
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

RUNS = 5
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


def seconds(measure: str, folder: str) -> float:
    """The time of one brief in a fresh process."""
    start = time.perf_counter()
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
    return time.perf_counter() - start


def main() -> None:
    """Print the median of each measure, the floor of its charts, and the peak memory."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    chart = float(subprocess.run([sys.executable, "-c", ONE_CHART], check=True, capture_output=True, text=True).stdout)
    print(f"one chart alone  {1000 * chart:6.0f} ms")
    for measure in MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            seconds(measure, folder)  # the first run compiles and fills the disk cache
            taken = median(seconds(measure, folder) for _ in range(RUNS))
            with open(f"{folder}/out/report.html", encoding="utf-8") as page:  # noqa: PTH123 - one short look
                drawn = page.read().count("<svg ")
        floor = drawn * chart
        print(
            f"{measure:16} {taken:6.2f} s  {drawn:3} charts, floor {floor:5.2f} s, {taken / max(floor, chart):5.1f} x"
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory      {peak:6.0f} MB")


if __name__ == "__main__":
    main()
