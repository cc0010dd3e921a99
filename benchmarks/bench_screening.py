"""Time and memory of screening, beside rapidfuzz alone, in one call.

What it measures: `run_screening` of invented parties against the embedded lists, index and reading included, at
1,000, 10,000 and 100,000 parties; a fresh process for 10,000 with start-up; the same names by
`rapidfuzz.process.extractOne` with `token_sort_ratio` over anyascii text, which explains nothing and flags no region.

Run: python benchmarks/bench_screening.py [largest]
"""

from __future__ import annotations

import csv
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

SYLLABLES = ["hua", "tai", "feng", "jin", "long", "da", "xin", "yuan", "sheng", "rui", "ming", "bao", "zhong", "li"]
TRADES = ["Trading", "Textile", "Chemical", "Technology", "Industrial", "Foods", "Logistics", "Electronics"]
PLACES = ["Shenzhen, Guangdong", "Ningbo, Zhejiang", "Urumqi, Xinjiang", "Jinan, Shandong", "Almaty, Kazakhstan"]
HAN = ["华泰", "金龙", "鑫源", "盛瑞", "宝丰", "中达"]


def parties(count: int, path: Path) -> None:
    """Write `count` invented parties, one in ten with a Chinese name."""
    rng = random.Random(11)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["supplier", "address", "country"])
        for i in range(count):
            stem = "".join(rng.choices(SYLLABLES, k=3)).title()
            name = (
                f"{stem} {rng.choice(TRADES)} Co., Ltd."
                if i % 10
                else f"宁波{''.join(rng.choices(HAN, k=2))}贸易有限公司"
            )
            out.writerow([name, f"No. {i} Zhongshan Road, {rng.choice(PLACES)}", "CN"])


def ours(path: Path) -> float:
    from entrepot.screening.screen import run_screening

    begun = time.process_time()
    run_screening(path)
    return time.process_time() - begun


def peer(path: Path) -> float:
    from anyascii import anyascii
    from rapidfuzz import fuzz, process

    from entrepot.core.periods import as_of
    from entrepot.screening.listings import embedded, list_ids, names_in_force

    data = embedded()
    listed = [anyascii(n.text).lower() for n in names_in_force(data, list_ids(data), as_of(None))]
    begun = time.process_time()
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            process.extractOne(anyascii(row["supplier"]).lower(), listed, scorer=fuzz.token_sort_ratio, score_cutoff=80)
    return time.process_time() - begun


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{datetime.now(UTC):%Y-%m-%d} {platform.machine()} Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parties.csv"
        parties(10_000, path)
        begun = time.perf_counter()
        code = "import sys; from entrepot.screening.screen import screen; screen(sys.argv[1])"
        subprocess.run([sys.executable, "-c", code, str(path)], check=True)
        print(f"fresh process, 10,000 parties: {time.perf_counter() - begun:.2f} s")
        print("parties  entrepot CPU s  per party ms  rapidfuzz alone CPU s  ratio  peak memory MB")
        for count in [n for n in (1_000, 10_000, 100_000) if n <= largest]:
            parties(count, path)
            a, b = ours(path), peer(path)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{count:7,}  {a:14.2f}  {1000 * a / count:12.3f}  {b:21.2f}  {a / b:5.1f}  {peak:14.0f}")


if __name__ == "__main__":
    main()
