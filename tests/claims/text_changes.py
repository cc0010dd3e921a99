"""Sentences made from rows of the record, and changes of their text: for measuring what a reader does with an error.

The templates say a row as a wire would; they know nothing of the reader. A change is made in the text, never in what
was read.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

ORDINALS = ("first", "second", "third", "fourth")
WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
# metric -> sentences of it; {p} the place, {v} the figure with its unit, {t} the time
LEVELS = {
    "trade_value": ("{p}'s foreign trade reached {v} in {t}.", "In {t}, foreign trade of {p} was {v}."),
    "cargo": ("{p} handled {v} of cargo in {t}.", "In {t}, {v} of cargo passed through {p}."),
    "trains": ("{p} handled {v} in {t}.", "In {t}, {v} passed through {p}."),
    "passengers": ("{p} recorded {v} in {t}.", "In {t}, {v} crossed {p}."),
    "shipments_reviewed": ("CBP reviewed {v} under the UFLPA in {t}.", "In {t}, CBP reviewed {v} under the UFLPA."),
    "shipments_denied": ("CBP denied {v} under the UFLPA in {t}.",),
}
GROWTH = {
    "trade_value": "{p}'s foreign trade rose {v} percent year on year in {t}.",
    "cargo": "Cargo at {p} rose {v} percent year on year in {t}.",
    "trains": "The number of trains at {p} rose {v} percent year on year in {t}.",
}
UNITS = {"USD": "${}", "CNY": "{} yuan", "tonnes": "{} tonnes", "trains": "{} trains", "persons": "{} passengers"}
COUNTERS = {"trains": "containers", "passengers": "vehicles", "tonnes": "containers", "shipments": "containers"}


@dataclass(frozen=True)
class Case:
    """A sentence with the place of its figure, and the row it says."""

    text: str
    figure: str
    row: str
    kind: str
    place: str = ""


def when(start: str, end: str) -> str | None:
    """A period in words; None for one that a wire would not say so."""
    a, b = date.fromisoformat(start), date.fromisoformat(end)
    if a.day != 1 or b.day != monthrange(b.year, b.month)[1] or a.year != b.year:
        return None
    months = b.month - a.month + 1
    if months == 12:
        return str(a.year)
    if months == 1:
        return f"{month_name[a.month]} {a.year}"
    if months == 3 and a.month % 3 == 1:
        return f"the {ORDINALS[a.month // 3]} quarter of {a.year}"
    return f"the first {WORDS[months]} months of {a.year}" if a.month == 1 else None


def printed(value: float, unit: str) -> str | None:
    """A figure with its unit as a wire prints it."""
    if unit == "shipments":
        return f"{value:,.0f} shipments"
    if unit not in UNITS:
        return None
    for scale, word in ((1e9, "billion"), (1e6, "million")):
        if value >= scale:
            return UNITS[unit].format(f"{value / scale:.6g} {word}")
    return UNITS[unit].format(f"{value:,.0f}" if value == int(value) else f"{value:,}")


def full(text: str, *, last: bool = False) -> str:
    """A partial date as a day."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return text
    year, month = parts[0], parts[1] if len(parts) > 1 else 12 if last else 1
    return date(year, month, monthrange(year, month)[1] if last else 1).isoformat()


def observed(rows: list[dict], names: dict[str, str]) -> Iterator[Case]:
    """Sentences of observations that a single figure says whole: no part, no one way, no mode to tell."""
    for row in rows:
        plain = row["bound"] == "exact" and row["quality"] == "good" and row["status"] == "reported"
        whole = row["sector"] is None and row["origin"] is None and row["per"] is None
        if not plain or not whole or row["superseded_by"] or row["place_id"] not in names:
            continue
        free = row["direction"] == "both" or row["metric"].startswith("shipments")
        own = row["place_type"] in {"crossing", "dry_port", "programme"} or (
            row["place_type"] == "region" and row["partner"] is None
        )
        time = when(full(row["period_start"]), full(row["period_end"], last=True))
        if not free or not own or time is None:
            continue
        place, figure = names[row["place_id"]], printed(row["value_norm"], row["unit_norm"])
        for form in LEVELS.get(row["metric"], ()) if figure else ():
            yield Case(form.format(p=place, v=figure, t=time), str(figure), row["id"], "level", place)
        if row["yoy_pct"] and row["yoy_pct"] > 0 and row["metric"] in GROWTH:
            value = f"{row['yoy_pct']:g}"
            text = GROWTH[row["metric"]].format(p=place, v=value, t=time)
            yield Case(text, f"{value} percent", row["id"], "growth", place)


def dated(listings: list[dict]) -> Iterator[Case]:
    """Sentences of the day on which a firm was listed."""
    for row in listings:
        day = row["valid_from"]
        if row["list_id"] == "uflpa" and day and len(day) == 10 and row["name"].count(" ") > 2:
            when_ = date.fromisoformat(day)
            figure = f"{month_name[when_.month]} {when_.day}, {when_.year}"
            text = f"{row['name'].rstrip('.')} was added to the UFLPA Entity List on {figure}."
            yield Case(text, figure, row["entity_id"], "date", row["name"])


def _at(case: Case, new: str) -> str:
    return case.text.replace(case.figure, new, 1)


def swapped(case: Case, random: Random) -> str | None:
    """Two neighbouring digits change places."""
    digits = [m.start() for m in re.finditer(r"(?=\d)", case.figure)]
    pairs = [(a, b) for a, b in pairwise(digits) if case.figure[a] != case.figure[b]]
    pairs = [p for p in pairs if not (p[0] == digits[0] and case.figure[p[1]] == "0")]
    if not pairs or case.kind == "date":
        return None
    a, b = random.choice(pairs)
    new = list(case.figure)
    new[a], new[b] = new[b], new[a]
    return _at(case, "".join(new))


def fifth_more(case: Case, _random: Random) -> str | None:
    """The figure times 1.2."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", case.figure)
    if found is None or case.kind == "date":
        return None
    value = float(found[0].replace(",", "")) * 1.2
    new = f"{value:,.0f}" if "," in found[0] or value > 1000 else f"{value:.4g}"
    return _at(case, case.figure.replace(found[0], new, 1))


def year_moved(case: Case, random: Random) -> str | None:
    """The year is one earlier or later."""
    years = re.findall(r"\b(?:19|20)\d\d\b", case.text)
    if len(set(years)) != 1:
        return None
    return case.text.replace(years[0], str(int(years[0]) + random.choice((-1, 1))))


def sign(case: Case, _random: Random) -> str | None:
    """A rise becomes a fall."""
    return case.text.replace(" rose ", " fell ") if case.kind == "growth" else None


def place_swapped(case: Case, random: Random, places: list[str]) -> str | None:
    """Another crossing in place of a crossing."""
    if case.place not in places:
        return None
    others = [p for p in places if p != case.place]
    return case.text.replace(case.place, random.choice(others), 1) if case.kind != "date" and others else None


def part_for_total(case: Case, _random: Random) -> str | None:
    """Exports are said in place of the whole trade."""
    return case.text.replace("foreign trade", "exports") if "foreign trade" in case.text else None


def counter_changed(case: Case, _random: Random) -> str | None:
    """Another thing is counted."""
    if case.kind != "level":
        return None
    for word, other in COUNTERS.items():
        if word in case.figure:
            return _at(case, case.figure.replace(word, other)).replace(" of cargo", "")
    return None


CHANGES: dict[str, Callable[..., str | None]] = {
    "digits": swapped,
    "times 1.2": fifth_more,
    "year": year_moved,
    "sign": sign,
    "place": place_swapped,
    "part for total": part_for_total,
    "counter": counter_changed,
}


def pairs(cases: list[Case], random: Random) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Two figures of one kind in a sentence, as they are and changed about."""
    levels = [c for c in cases if c.kind == "level" and c.text.startswith(c.place) and " handled " in c.text]
    random.shuffle(levels)
    levels.sort(key=lambda c: c.figure.split()[1:])  # of one unit side by side
    for a, b in zip(levels[::2], levels[1::2], strict=False):
        if a.place == b.place or a.figure == b.figure:
            continue
        if a.figure.split()[1:] != b.figure.split()[1:]:
            continue
        joined = f"{a.text[:-1]}, and {b.text}"
        changed = joined.replace(a.figure, "@", 1).replace(b.figure, a.figure, 1).replace("@", b.figure, 1)
        yield joined, changed, (a.figure, b.figure)
