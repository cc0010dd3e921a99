"""The extra supply that a hub had beside what it bought of the origin: its other imports and its own output."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked, ntr
from entrepot.diversion.bounds.hub_interval import Amount
from entrepot.diversion.bounds.supply_rows import supply_rows
from entrepot.diversion.expected.excess import short_by
from entrepot.diversion.expected.scan import learn, read_against, read_series
from entrepot.diversion.flows.legs import rest_of_imports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.expected.scan import Learned
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Floats, Panel
    from entrepot.diversion.question import Question

UNKNOWN_OUTPUT = marked("the hub's own output is not known")
NO_LOWER = marked("{known}: the lower end is 0, it could be none")
AT_MOST = marked("the hub's own output is not known: taken to have grown by at most {share} of what it exported before")
_GIVEN = marked("the hub's own output as it is given is {why}")
# Outputs from which on more of them narrow an error no further: of one hub's 40 quarters alone it is 36 million, of two
# 9 to 14, of three 5.5 and of six 5.7, over 20 drawn worlds in which it makes a million a quarter give or take 8 %.
_ENOUGH = 3
REPORTED, PAST_EXPORTS = "reported", "past exports"


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What hubs make themselves, read once for all products.

    Attributes:
        of: (product, hub) to the excess over all periods after and its error, in the unit of the flows.
        growth: most growth of output that is not known, as a share of past exports; None: nothing is assumed.
        imports: what the other imports of hubs are read against; None where those that are learned of buy of nobody
            but the origin.
        short: (product, hub) to why its rows cannot be judged, where they cannot.
        told: which rows are not used, in sentences.
    """

    of: dict[tuple[str, str], tuple[float, float]]
    growth: float | None
    imports: Learned | None
    short: Mapping[tuple[str, str], str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """Supply beside what came from the origin, one a leg.

    Attributes:
        amount: extra other imports and extra output; NaN where output is not known.
        basis: what the output rests on; None where it is not known.
        short: why output that was given cannot be judged; None where it can, or none was given.
    """

    amount: Amount
    basis: tuple[str | None, ...]
    short: tuple[str | None, ...]


def output_of(
    panel: Panel, window: Window, question: Question, output: pa.Table | None, products: Sequence[str]
) -> Output | None:
    """The output of hubs, and how their imports wander; None where nothing is known or assumed of it.

    Args:
        panel: of products to learn from.
        window: before and after.
        question: what is asked.
        output: under `HUB_OUTPUT`; None: not given.
        products: all products of the flows.

    Raises:
        BadInputError: no row is of a product and hub of the flows, two are of one product, hub and period, one is below
            0, of periods of another length or counted in another unit than the flows are.
        UnknownNameError: a column is missing.
    """
    from entrepot.diversion.flows.legs import legs

    if output is None and question.output_growth is None:
        return None
    of: dict[tuple[str, str], tuple[float, float]] = {}
    short: dict[tuple[str, str], str] = {}
    told: tuple[str, ...] = ()
    if output is not None:
        read = supply_rows(output, replace(panel, products=tuple(products)))
        told, keys, made = read.told, sorted(read.amounts), _output(panel, read.amounts)
        value, error = _excess(made, window, None) if keys else (np.empty(0), np.empty(0))
        known = zip(keys, value.tolist(), error.tolist(), strict=True)
        of = {key: (v, e) for key, v, e in known if np.isfinite(v)}
        short = {k: _short(a, window) for k, a in zip(keys, made.amount, strict=True) if k not in of}
        told = (*told, *_few(len(of)))
    rest, _ = rest_of_imports(panel, legs(panel, replace(question, hubs=None)), panel.place(question.origin))
    every = np.ones(len(rest.amount), dtype=bool)
    return Output(of, question.output_growth, learn(rest, window, every) if len(every) else None, short, told)


def _few(count: int) -> tuple[str, ...]:
    """That an error is wide because so few outputs tell how far output moves by itself; nothing where enough do."""
    if not 0 < count < _ENOUGH:
        return ()
    return (
        ntr(
            count,
            "The supply is of {count} product and hub alone. How far output moves by itself is learned from the "
            "file, so that its error is wide and the lower end low: the output of {enough} or more, asked about or "
            "not, narrows it.",
            "The supply is of {count} products and hubs alone. How far output moves by itself is learned from the "
            "file, so that its error is wide and the lower end low: the output of {enough} or more, asked about or "
            "not, narrows it.",
            enough=_ENOUGH,
        ),
    )


def _short(amount: Floats, window: Window) -> str:
    known = np.isfinite(amount)
    before, after = int(known[: window.after].sum()), int(known[window.after : window.end].sum())
    return _GIVEN.format(why=short_by(before, after, window.frequency))


def other_supply(panel: Panel, window: Window, legs: Legs, origin: int, output: Output | None) -> Other:
    """Excess of a hub's other imports and of its output, one a leg.

    Args:
        panel: the flows.
        window: before and after.
        legs: products and hubs.
        origin: number of the place whose goods the measure touches.
        output: None: not known of any hub.
    """
    nothing = np.full(len(legs.hub), np.nan)
    if output is None or not len(legs.hub):
        return Other(Amount(nothing, nothing, nothing, nothing), (None,) * len(legs.hub), (None,) * len(legs.hub))
    rest, row = rest_of_imports(panel, legs, origin)
    # Nobody else sells to the hub: no other imports. Output without rows stays unknown.
    bought, bought_error = np.zeros(len(row)), np.zeros(len(row))
    if len(rest.amount):
        value, error = (np.nan_to_num(a) for a in _excess(rest, window, output.imports))
        bought, bought_error = (np.where(row >= 0, a[np.maximum(row, 0)], 0.0) for a in (value, error))
    names = zip(legs.product.tolist(), legs.hub.tolist(), strict=True)
    known = [output.of.get((panel.products[p], panel.places[h]), (np.nan, np.nan)) for p, h in names]
    made, made_error = (np.array(a) for a in zip(*known, strict=True))
    basis = np.where(np.isfinite(made), REPORTED, "" if output.growth is None else PAST_EXPORTS)
    if output.growth is not None:
        unknown = np.isnan(made)
        made = np.where(unknown, output.growth * _past_exports(panel, window, legs), made)
        made_error = np.where(unknown, 0.0, made_error)
    amount = Amount(np.maximum(bought, 0.0) + np.maximum(made, 0.0), np.hypot(bought_error, made_error), made, made)
    names = zip(legs.product.tolist(), legs.hub.tolist(), strict=True)
    short = tuple(output.short.get((panel.products[p], panel.places[h])) for p, h in names)
    return Other(amount, tuple(str(b) or None for b in basis), short)


def _past_exports(panel: Panel, window: Window, legs: Legs) -> Floats:
    """What each hub sold of the product to all places before the day, over as long a time as after it."""
    before = panel.amount[:, : window.after]
    known = np.isfinite(before)
    mean = np.where(known, before, 0.0).sum(1) / np.maximum(known.sum(1), 1)
    base = len(panel.places)
    total = np.bincount(panel.product * base + panel.exporter, mean, minlength=base * len(panel.products))
    sold: Floats = total[legs.product * base + legs.hub] * (window.end - window.after)
    return sold


def _excess(panel: Panel, window: Window, learned: Learned | None) -> tuple[Floats, Floats]:
    """Excess and its error of each series; NaN where it cannot be judged."""
    everyone = np.ones(len(panel.amount), dtype=bool)
    found = (read_against(panel, window, learned) if learned else read_series(panel, window, everyone)).full
    usable = found.judged | (np.nan_to_num(panel.amount).sum(1) == 0)
    return np.where(usable, found.value, np.nan), np.where(usable, found.error, np.nan)


def _output(panel: Panel, amounts: Mapping[tuple[str, str], Floats]) -> Panel:
    """Output as a panel of series hub to nobody, by product and hub in order."""
    keys = sorted(amounts)
    products = sorted({product for product, _ in keys})
    amount = np.array([amounts[key] for key in keys], dtype=np.float64).reshape(len(keys), len(panel.periods))
    return replace(
        panel,
        products=tuple(products),
        places=(*panel.places, ""),
        exporter=np.full(len(keys), len(panel.places), dtype=np.int64),
        importer=np.array([panel.place(h) for _, h in keys], dtype=np.int64),
        product=np.array([products.index(p) for p, _ in keys], dtype=np.int64),
        amount=amount,
        mirror=np.full_like(amount, np.nan),
        unit_value=np.full_like(amount, np.nan),
        by_exporter=np.ones(len(keys), dtype=bool),
    )
