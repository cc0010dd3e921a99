"""The table of all rows, and the file that keeps it with machine and date."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from screening.adapters import Contestant
    from screening.figures import Figure

PACKAGES = ("entrepot", "rapidfuzz", "anyascii", "numpy")
_DETAIL = "with "  # figures by class of change are kept, not shown in the table


def table(results: Mapping[str, list[Figure]]) -> str:
    """A Markdown table: one line a figure, one column a contestant, notes beneath."""
    rows = dict.fromkeys(
        (f.task, f.what) for found in results.values() for f in found if not f.what.startswith(_DETAIL)
    )
    by = {(who, f.task, f.what): f for who, found in results.items() for f in found}
    lines = [f"| task | figure | {' | '.join(results)} |", "|---|---|" + "---|" * len(results)]
    for task, what in rows:
        cells = [by[who, task, what].shown() if (who, task, what) in by else "–" for who in results]
        lines.append(f"| {task} | {what} | {' | '.join(cells)} |")
    return "\n".join(lines)


def notes(results: Mapping[str, list[Figure]], contestants: Mapping[str, Contestant]) -> str:
    """Settings, CPU time and what each figure rests on."""
    lines = []
    for who, found in results.items():
        one = contestants[who]
        spent = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in one.clock.seconds.items())
        lines.append(f"{who}: {one.settings}. CPU: {spent or 'see the figures'}.")
        lines += [f"- {f.task}, {f.what}: {f.count or ''} {f.note}".replace("  ", " ") for f in found if f.note]
    return "\n".join(lines)


def machine(versions: Mapping[str, str]) -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {**{p: _version(p) for p in PACKAGES}, **versions},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "from the source tree"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 - a file of the kernel
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    except OSError:
        return platform.processor() or "unknown"


def save(
    path: Path, results: Mapping[str, list[Figure]], contestants: Mapping[str, Contestant], on: Mapping[str, Any]
) -> None:
    """Write PATH.json, all figures, and PATH.md, the table with its notes."""
    kept = {
        "measured": on,
        "settings": {w: contestants[w].settings for w in results},
        "figures": {who: [asdict(f) for f in found] for who, found in results.items()},
    }
    path.with_suffix(".json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    where = f"{on['date']}, {on['processor']}, {on['cores']} cores, Python {on['python']}"
    versions = ", ".join(f"{n} {v}" for n, v in on["versions"].items())
    parts = [f"# Screening: measured {where}", versions, table(results), "## Notes", notes(results, contestants)]
    text = "\n\n".join(parts) + "\n"
    path.with_suffix(".md").write_text(text, encoding="utf-8")
