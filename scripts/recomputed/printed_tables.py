"""The packaged tables as the csv module reads them, and what they say about a day."""

from __future__ import annotations

import csv
import gzip
import tomllib
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2] / "src" / "entrepot"
Row = dict[str, str]


@cache
def rows(room: str, name: str) -> tuple[Row, ...]:
    """The rows of a packaged table, cells as text."""
    lies = ROOT.joinpath(room, "data", f"{name}.csv")
    packed = lies.with_name(f"{name}.csv.gz")
    text = gzip.decompress(packed.read_bytes()).decode() if packed.exists() else lies.read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def by_key(room: str, name: str, key: str) -> dict[str, Row]:
    """The rows of a packaged table by a column."""
    return {r[key]: r for r in rows(room, name)}


@cache
def act(measure_id: str) -> dict[str, Any]:
    """The file of a measure."""
    found: dict[str, Any] = tomllib.loads(
        ROOT.joinpath("measures", "data", "acts", f"{measure_id}.toml").read_text(encoding="utf-8")
    )
    return found


def listed(cell: str) -> list[str]:
    """A cell that holds a list."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def first(text: str) -> date:
    """The first day of a date known to the year, the quarter, the month or the day."""
    year = int(text[:4])
    if "Q" in text:
        return date(year, 3 * int(text[-1]) - 2, 1)
    parts = [int(p) for p in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def last(text: str) -> date:
    """The last day of it."""
    start = first(text)
    if "Q" in text:
        month = start.month + 2
        return date(start.year, month, monthrange(start.year, month)[1])
    if len(text) == 4:
        return date(start.year, 12, 31)
    if len(text) == 7:
        return date(start.year, start.month, monthrange(start.year, start.month)[1])
    return start


def known(some: tuple[Row, ...], day: date) -> list[Row]:
    """The rows that could be known on a day."""
    return [r for r in some if last(r["known_on"]) <= day]


def digits(value: float, count: int) -> float:
    """A value to so many significant digits."""
    return float(f"{value:.{count}g}")
