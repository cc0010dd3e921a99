"""How well and how fast reports are read and held: the gold set by field and language, and 1 MB of text.

    python benchmarks/bench_claims.py                the gold set, both parts, and the speed
    python benchmarks/bench_claims.py develop        one part only, with every error; the held part never shows any
    python benchmarks/bench_claims.py speed          the speed only

The speed is taken on the sentences of the develop part, repeated, by one process and by as many as there are cores.
Bar: 1 MB in under 20 s, linear in length.
"""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import replace

from claims_gold import FIELDS, Score, rows, score
from entrepot.claims.check import against_record
from entrepot.claims.model import Block, Report
from entrepot.core.runtime.workers import cores

LANGUAGES = ("en", "zh", "ru", "all")
SIZES = (0.25, 0.5, 1.0)  # MB
BAR = 20.0  # seconds for 1 MB


def gold(part: str, *, errors: bool) -> None:
    """Print precision and recall by field and language."""
    scores = score(part)
    print(f"{part}: precision / recall, right of labelled")
    print(f"{'':24}" + "".join(f"{lang:>22}" for lang in LANGUAGES))
    for name in ("claim", *FIELDS, "whole claim", "unread with its reason"):
        print(f"{name:24}" + "".join(_cell(scores[lang], name) for lang in LANGUAGES))
    print(
        f"{'false reads on empty':24}"
        + "".join(f"{s.false_reads:>15} of {s.empty:>3}" for s in map(scores.get, LANGUAGES) if s)
    )
    print(
        f"{'listed unread on empty':24}"
        + "".join(f"{s.false_unread:>15} of {s.empty:>3}" for s in map(scores.get, LANGUAGES) if s)
    )
    if errors:
        print("\n".join(scores["all"].errors))


def _cell(one: Score, name: str) -> str:
    t = one.fields[name]
    return f"{t.precision:6.2f} /{t.recall:5.2f} {t.right:>3}/{t.labelled:<3}"


def speed() -> None:
    """Print seconds for texts of three sizes in English, and of one in each other language, by one process and all."""
    print(f"speed, {platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for language in ("en", "zh", "ru"):
        for size in SIZES if language == "en" else SIZES[-1:]:
            report = text_of(language, size)
            took = {}
            for workers in dict.fromkeys((1, cores())):
                start = time.perf_counter()
                again = replace(report, text=f"{report.text} ")  # no sentence is remembered
                found = against_record(again, "report.txt", workers=workers).found
                took[workers] = time.perf_counter() - start
            said = ", ".join(f"{seconds:6.2f} s by {workers}" for workers, seconds in took.items())
            slow = "" if took[max(took)] < BAR * size else ", over the bar"
            print(f"  {language} {size:4} MB {said}  {len(found):>7} claims{slow}")


def text_of(language: str, megabytes: float) -> Report:
    """A report of that many bytes of UTF-8, a paragraph of eight sentences of the develop part each."""
    sentences = [r["sentence"] for r in rows("develop") if r["language"] == language]
    blocks, parts, at, index = [], [], 0, 0
    size = 0
    while size < megabytes * 1e6:
        paragraph = " ".join(sentences[(index + k) % len(sentences)] for k in range(8))
        blocks.append(Block(at, at + len(paragraph), "paragraph", language))
        parts.append(paragraph)
        at, index, size = at + len(paragraph) + 1, index + 8, size + len(paragraph.encode()) + 1
    from datetime import date

    return Report("\n".join(parts), tuple(blocks), "text", {}, (language,), date(2025, 6, 30), "given", {})


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked in ([], ["develop"]):
        gold("develop", errors=bool(asked))
    if not asked:
        gold("held", errors=False)
    if asked in ([], ["speed"]):
        speed()
