"""How long `import entrepot` and `entrepot --help` take, beside an interpreter that does nothing.

Run: make bench-startup. The goals are 150 ms for the import and 300 ms for the help.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from statistics import median

RUNS = 15
CASES = {
    "python -c pass": ["-c", "pass"],
    "import click": ["-c", "import click"],
    "import entrepot": ["-c", "import entrepot"],
    "entrepot --help": ["-m", "entrepot", "--help"],
}


def seconds(arguments: list[str]) -> float:
    """The time of one fresh interpreter."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the median of each case and its ratio to the empty interpreter, the cases run in turn."""
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for arguments in CASES.values():  # the first run compiles and fills the disk cache
        seconds(arguments)
    for _ in range(RUNS):
        for name, arguments in CASES.items():
            times[name].append(seconds(arguments))
    base = median(times["python -c pass"])
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    print(f"{machine}, Python {platform.python_version()}")
    for name, taken in times.items():
        print(f"{name:16}  {1000 * median(taken):6.0f} ms  {median(taken) / base:5.1f} x")


if __name__ == "__main__":
    main()
