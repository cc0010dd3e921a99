"""The findings of a brief beside what they should be."""

from __future__ import annotations

import csv
import json
import re
from math import isclose
from typing import TYPE_CHECKING

from recomputed import amounts, counted

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from recomputed.counted import Found, Keys

EXACT = 1e-11  # findings carry twelve digits


def differences(folder: Path, day: date) -> tuple[int, list[str]]:
    """How many findings a brief has, and a line for each that is not what its rows say.

    Args:
        folder: where `entrepot brief` wrote findings.json and grounds.csv.
        day: the day of the brief.
    """
    grounds: dict[str, Keys] = {}
    with (folder / "grounds.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            grounds.setdefault(row["finding_id"], {}).setdefault(row["table"], []).append(row["row_id"])
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    counts = {f["id"] for f in findings if f["basis"].startswith("count, of ")}
    shown = _linked(folder) - counts if counts else set()
    every = {k for i in shown for k in grounds.get(i, {}).get("observations", ())}
    for i in counts:
        grounds[i][counted.BEHIND] = sorted(every)
    out = []
    for f in findings:
        try:
            wrong = _wrong(f, grounds[f["id"]], day)
        except (AssertionError, KeyError, ValueError, TypeError) as error:
            wrong = f"cannot be computed: {type(error).__name__} {str(error)[:200]}"
        if wrong:
            out.append(f"{f['id']} {f['subject']}, {f['quantity']}, {f['period_start']}: {wrong}")
    return len(findings), out


def _linked(folder: Path) -> set[str]:
    """The figures that the page shows, before its table of all findings."""
    page = (folder / "report.html").read_text(encoding="utf-8")
    return set(re.findall(r'href="#([^"]+)"', page.partition('<section id="findings">')[0]))


def _wrong(f: Found, keys: Keys, day: date) -> str:
    """What is wrong with a finding; empty where nothing is."""
    if f["kind"] == "date":
        # A break is a date that a scan found; every other stands in a row.
        wanted = amounts.broke(f, keys, day) if "flows" in keys else counted.dated(f, keys)
        return "" if f["value"] == wanted else f"{f['value']} is {wanted}"
    if f["kind"] == "text":
        # A year of a series of which the reports leave too much open: no number, and no end either.
        return "" if (f["value"], f["low"], f["high"]) == ("not known", None, None) else f"{f['value']} is no text here"
    if f["kind"] == "conflict":
        words, low, high = counted.contradicted(f, keys)
        missing = [w for w in words if w not in f["value"]]
        return f"lacks {missing}" if missing else _ends(f, low, high)
    compute = next((of for start, of in amounts.OF if f["basis"].startswith(start)), None) or next(
        (of for pattern, of in amounts.PATTERNS if re.match(pattern, f["basis"])), None
    )
    if compute is None:
        return f"nothing here computes it: {f['basis'][:60]}"
    value, low, high = compute(f, keys, day)
    near = amounts.ROUNDED if f["basis"].startswith(("observed ", "upper end; ")) else EXACT
    if not isclose(f["value"], value, rel_tol=near):
        return f"{f['value']} is {value}"
    # The upper end of what can have been shifted is the value itself, rounded alike; other ends are not rounded.
    return _ends(f, low, high, near if f["basis"].startswith("upper end; ") else EXACT)


def _ends(f: Found, low: float | None, high: float | None, near: float = EXACT) -> str:
    for name, wanted in (("low", low), ("high", high)):
        if (f[name] is None) != (wanted is None) or (
            wanted is not None and not isclose(f[name], wanted, rel_tol=near, abs_tol=1e-6)
        ):
            return f"{name} {f[name]} is {wanted}"
    return ""
