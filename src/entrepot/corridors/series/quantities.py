"""Which reports are of one quantity: of one place and partner, one metric, mode, direction and scope, on one count."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import packaged_cells, packaged_rows
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.corridors.contract import OBSERVATIONS, TABLES
from entrepot.corridors.series.contract import COUNTERS
from entrepot.corridors.throughput import is_peak
from entrepot.corridors.ties.exchange_rates import OTHER_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, Any]

KEY = ("place_id", "partner", "metric", "mode", "direction", "sector", "origin", "unit_norm")
NOT_NAMED = marked("counter not named")
# What is counted in amounts that add up over time: a share, a stock or a running total does not.
_UNITS = frozenset({"tonnes", "vehicles", "trains", "TEU", "persons", "CNY", "USD", "PKR", "wagons", "containers"})
_NO_FLOWS = ("_cumulative", "_per_day", "share", "chinese_killed", "price", "_output", "waiting")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity with the reports of it.

    Attributes:
        key: the values of `KEY`.
        counter: whose count it is.
        rows: its reports, by period.
        parts: reports of one direction only, where this is both: the whole is at least its part.
        unnamed: ids of those whose reporter is not named or is the press: taken to be of this count, and doubted.
        aside: id -> why a report of this quantity is not used.
        ways: direction -> the same of that direction, on the same count.
        other_currency: the same in dollars, or in yuan, on the same count.
    """

    key: tuple[Any, ...]
    counter: str
    rows: tuple[Row, ...]
    parts: tuple[Row, ...] = ()
    unnamed: frozenset[str] = frozenset()
    aside: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, Quantity] = field(default_factory=dict)
    other_currency: Quantity | None = None

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return str(self.key[KEY.index("unit_norm")])

    @property
    def place_id(self) -> str:
        """The place."""
        return str(self.key[0])

    @property
    def is_trade_total(self) -> bool:
        """Whether it is a value of trade, as against what passed a crossing or was levied there."""
        return "trade" in str(self.key[KEY.index("metric")])


@cache
def counters() -> Mapping[str, str]:
    """Reporter -> whose count its figures rest on."""
    return {row["reported_by"]: row["counter"] for row in packaged_rows(COUNTERS)}


@cache
def _folded_counters() -> Mapping[str, str]:
    return {name.casefold(): counter for name, counter in counters().items()}


@cache
def _reporters_on_record() -> frozenset[str]:
    """Reporters of the packaged observations, in small letters: who of them has no counter names no count."""
    (packaged,) = (t for t in TABLES if t.contract is OBSERVATIONS)
    header, *rows = packaged_cells(packaged.package, packaged.file)
    at = header.index("reported_by")
    return frozenset(row[at].casefold() for row in rows)


def counter_of(row: Row) -> str:
    """Whose count a report rests on.

    A reporter that no packaged row has was named by whoever added the row: an office whose count nobody knows to be
    that of another, so its figures are a count of their own. The press names no count.
    """
    reporter = str(row["reported_by"] or "").strip()
    known = _folded_counters().get(reporter.casefold())
    if known is not None:
        return known
    return NOT_NAMED if not reporter or reporter.casefold() in _reporters_on_record() else reporter


@in_english
def quantities(rows: Iterable[Row]) -> list[Quantity]:
    """The quantities of which amounts are reported, those with most reports first.

    A report whose reporter is not named, or is the press, joins the count with most reports of the same quantity; one
    of a reporter that no packaged row has is of a count of its own.

    Args:
        rows: observations.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if is_amount(row):
            groups.setdefault(tuple(row[k] for k in KEY), []).append(row)
    out = [one for key, held in groups.items() for one in _by_counter(key, held)]
    by_key = {(one.key, one.counter): one for one in out}
    out = [
        replace(one, parts=_parts(one, by_key), ways=_ways(one, by_key), other_currency=_in_other(one, by_key))
        for one in out
    ]
    return sorted(out, key=lambda q: (-len(q.rows), q.key[0], str(q.key), q.counter))


def _parts(one: Quantity, by_key: Mapping[Any, Quantity]) -> tuple[Row, ...]:
    at = KEY.index("direction")
    if one.key[at] != "both":
        return ()
    keys = [(*one.key[:at], way, *one.key[at + 1 :]) for way in ("in", "out")]
    held = [by_key[k, one.counter] for k in keys if (k, one.counter) in by_key]
    return tuple(r for q in held for r in q.rows if r["bound"] != "at_most" and r["id"] not in q.unnamed)


def _ways(one: Quantity, by_key: Mapping[Any, Quantity]) -> dict[str, Quantity]:
    at = KEY.index("direction")
    keys = {way: (*one.key[:at], way, *one.key[at + 1 :]) for way in ("in", "out", "both")}
    return {way: by_key[key, one.counter] for way, key in keys.items() if (key, one.counter) in by_key}


def _in_other(one: Quantity, by_key: Mapping[Any, Quantity]) -> Quantity | None:
    """The same in the other currency, with its own directions."""
    at = KEY.index("unit_norm")
    key = (*one.key[:at], OTHER_CURRENCY.get(one.unit), *one.key[at + 1 :])
    found = by_key.get((key, one.counter))
    return found and replace(found, ways=_ways(found, by_key))


def is_amount(row: Row) -> bool:
    """Whether a row is an amount that adds up over time, and was reported."""
    return (
        row["status"] == "reported"
        and row["unit_norm"] in _UNITS
        and not row["superseded_by"]
        and not any(word in row["metric"] for word in _NO_FLOWS)
        and not str(row["place_id"]).startswith("uflpa")
    )


def _by_counter(key: tuple[Any, ...], rows: list[Row]) -> list[Quantity]:
    groups: dict[str, list[Row]] = {}
    spelt: dict[str, str] = {}  # one office in capitals and in small letters is one
    for row in rows:
        counter = counter_of(row)
        groups.setdefault(spelt.setdefault(counter.casefold(), counter), []).append(row)
    stray = groups.pop(NOT_NAMED, [])
    if not groups:
        return [_quantity(key, NOT_NAMED, rows, rows)]
    most = max(groups, key=lambda name: (len(groups[name]), name))
    return [
        _quantity(key, name, [*held, *stray] if name == most else held, stray if name == most else [])
        for name, held in groups.items()
    ]


def _quantity(key: tuple[Any, ...], counter: str, rows: list[Row], unnamed: list[Row]) -> Quantity:
    aside = {str(r["id"]): why for r in rows if (why := _unusable(r))}
    used = sorted(
        (r for r in rows if r["id"] not in aside), key=lambda r: (r["period_start"], r["period_end"], r["id"])
    )
    return Quantity(key, counter, tuple(used), (), frozenset(str(r["id"]) for r in unnamed), aside)


def _unusable(row: Row) -> str:
    if not (row["period_start"] and row["period_end"]):
        return tr("no whole period is printed")
    if row["value_norm"] is None or row["value_norm"] <= 0:
        return tr("no amount above zero")
    if is_peak(row):
        return tr("the highest single day, no sum")
    return tr("a rate, which is made no sum of its days") if row["per"] else ""
