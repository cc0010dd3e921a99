"""Effects as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core import units
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.effects.dated_event import moved_by, named_as_moved
from entrepot.corridors.effects.event_effect import Effect, effects
from entrepot.corridors.series.open_days import month_name, month_number
from entrepot.corridors.series.series import INTERVAL
from entrepot.corridors.throughput import quantity as in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.corridors.effects.dated_event import DatedEvent
    from entrepot.corridors.series.quantities import Quantity

_DIGITS = 4  # of an effect: its interval is wider than the fifth
_FEW = 5  # placebos: with fewer, one in five cannot be told from none


@in_english
def effect_rows(event: DatedEvent, held: Sequence[Quantity], names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Rows of `corridor_effects`.

    Args:
        event: the event.
        held: the quantities on record.
        names: of places, by id.
    """
    moved = moved_by(event, held)
    for quantity, settles in moved:
        for one in effects(event, quantity):
            yield _row(event, quantity, one, names, settles)
    counted = {(q.place_id, q.key[2]) for q, _ in moved}
    for row in named_as_moved(event):
        if (row["place_id"], row["metric"]) not in counted:
            yield _unreported(event, row, names)
    if not moved and not named_as_moved(event):
        here = {"place_id": event.places[0], "metric": "cargo", "mode": "all", "direction": "both"}
        where = names.get(event.places[0], event.places[0])
        settles = tr(
            "cargo or vehicles at {where} by month, from a year before {start} until after it",
            where=where,
            start=event.start,
        )
        yield _unreported(event, {**here, "settles": settles}, names)


def _unreported(event: DatedEvent, row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    months = month_name(month_number(event.start))
    end = month_name(month_number(event.end)) if event.end else months
    said = _head(event, names.get(row["place_id"], row["place_id"]), (months, end)) | {
        "quantity": in_words({"sector": None, "origin": None, "per": None, "status": "reported", **row}),
        "state": "not_identifiable",
        "placebos": 0,
        "settles": row["settles"],
        "basis": tr("not identifiable from the record: no amount of it is reported"),
    }
    return said | {"effect_id": row_id("effect", said)}


def _head(event: DatedEvent, place: str, months: tuple[str, str]) -> dict[str, Any]:
    empty = ("counter", "actual", "expected", "difference", "low", "high", "change_percent", "unit", "placebos_as_far")
    head = {
        "event_id": event.id,
        "event": event.says,
        "place": place,
        "period_start": months[0],
        "period_end": months[1],
    }
    return head | dict.fromkeys((*empty, "reports"))


def _row(
    event: DatedEvent, quantity: Quantity, found: Effect, names: Mapping[str, str], settles: str
) -> dict[str, Any]:
    row = quantity.rows[0]
    window = (month_name(found.months[0]), month_name(found.months[1]))
    place = names.get(quantity.place_id, quantity.place_id)
    said = _head(event, place, window) | {
        "quantity": in_words(row),
        "counter": quantity.counter,
        "unit": str(row["unit_norm"]),
        "state": "not_identifiable" if found.why else "estimated",
        "placebos": len(found.placebos),
        "reports": list(found.reports) or None,
        "settles": settles
        or tr(
            "{in_words} at {place} by month, {window} to {window_2} and the year before",
            in_words=in_words(row),
            place=place,
            window=window[0],
            window_2=window[1],
        ),
        "basis": tr("not identifiable from the record: {why}", why=found.why),
    }
    if not found.why and found.actual is not None and found.expected is not None:
        said |= _amounts(found)
    return said | {"effect_id": row_id("effect", said, (), {"actual", "expected", "difference", "low", "high"})}


def _amounts(found: Effect) -> dict[str, Any]:
    assert found.actual is not None
    assert found.expected is not None
    low, middle, high = np.quantile(found.actual - found.expected, INTERVAL)
    actual, expected = float(np.median(found.actual)), float(np.median(found.expected))
    change = 100 * (actual / expected - 1) if expected else None
    far = _as_far(found.placebos, actual, expected) if found.placebos else None
    return {
        "actual": units.rounded(actual, _DIGITS),
        "expected": units.rounded(expected, _DIGITS),
        "difference": units.rounded(float(middle), _DIGITS),
        "low": units.rounded(float(low), _DIGITS),
        "high": units.rounded(float(high), _DIGITS),
        "change_percent": None if change is None else units.rounded(change, 3),
        "placebos_as_far": far,
        "basis": tr(
            "what the reports say of these months, less what those that the event has not touched would say "
            "of them; the middle and 95 in 100 of {count} draws. {placebos_said}",
            count=len(found.actual),
            placebos_said=_placebos_said(found, far),
        ),
    }


def _as_far(placebos: Sequence[float], actual: float, expected: float) -> int:
    """In how many other windows what passed was as far from what was expected."""
    if not expected:
        return sum(p >= actual for p in placebos)
    if not actual:
        return sum(p == 0 for p in placebos)
    return sum(abs(float(np.log(p))) >= abs(float(np.log(actual / expected))) for p in placebos)


def _placebos_said(found: Effect, far: int | None) -> str:
    count = len(found.placebos)
    if not count:
        return tr("No placebo test: no other window can be told")
    few = tr("; too few to tell") if count < _FEW else ""
    least, most = min(found.placebos), max(found.placebos)
    if found.expected is not None and not found.expected.any():
        span = tr(
            "{least} to {most}", least=units.number(units.rounded(least, 2)), most=units.number(units.rounded(most, 2))
        )
        return tr(
            "In the same months of {count} earlier years {span} passed, in {far} of them as much as here{few}",
            count=count,
            span=span,
            far=far,
            few=few,
        )
    told = tr(
        "In {count} other windows what passed was {least:+.0f} to {most:+.0f} percent off",
        count=count,
        least=100 * (least - 1),
        most=100 * (most - 1),
    )
    return tr("{told}, in {far} of them as far as here{few}", told=told, far=far, few=few)
