"""The verb: flows and a question in, signals out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import last_day
from entrepot.core.words.translate import tr
from entrepot.diversion.bounds.known_supply import other_supply, output_of
from entrepot.diversion.bounds.supply_file import named
from entrepot.diversion.contract import BLIND, SIGNALS, UNTESTED, WORDS
from entrepot.diversion.expected import unreported
from entrepot.diversion.expected.power import asked_of_a_row, seen_from
from entrepot.diversion.expected.power import joined as all_of
from entrepot.diversion.expected.power import said as power_said
from entrepot.diversion.expected.scan import learn, read_against, read_series
from entrepot.diversion.flows.changed_codes import joined
from entrepot.diversion.flows.comparisons import rests_on
from entrepot.diversion.flows.flow_source import BATCH, opened
from entrepot.diversion.flows.legs import asked_for, chosen_products, placebos, refuse_unknown, route_of
from entrepot.diversion.flows.legs import legs as legs_of
from entrepot.diversion.flows.measure_goods import goods_told, later_told
from entrepot.diversion.flows.touched_series import Route
from entrepot.diversion.flows.window import end_told, only_origin_reports, window_of, window_told
from entrepot.diversion.modes import control_break, fell_alike
from entrepot.diversion.modes.direct_mode import direct
from entrepot.diversion.modes.direct_observed import with_direct
from entrepot.diversion.modes.leg_tests import MATERIAL
from entrepot.diversion.signals.false_discovery import over_scan, p_of_rows
from entrepot.diversion.signals.hub_pool import Pool, by_hub, pool, with_hubs
from entrepot.diversion.signals.hub_pool import said as over_products
from entrepot.diversion.signals.one_leg import OneLeg, hubs_of, rates_alone, tested_alone
from entrepot.diversion.signals.other_causes import joined as joined_causes
from entrepot.diversion.signals.rival_measures import rivals, standing
from entrepot.diversion.signals.row_weights import row_weights
from entrepot.diversion.signals.signal_rows import all_hubs, signed
from entrepot.diversion.signals.signal_words import looked_at, rated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

    from entrepot.diversion.bounds.known_supply import Output
    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.expected.scan import Learned, Reading
    from entrepot.diversion.flows.flow_source import Source
    from entrepot.diversion.flows.panel import Floats
    from entrepot.diversion.flows.united import Partial
    from entrepot.diversion.modes.direct_mode import Part
    from entrepot.diversion.question import Question

    Progress = Callable[[str], None]
    Limits = Mapping[str, tuple[float, float]]

_REASONS = 3  # reasons that a sentence names, the commonest; the rows have all
# What is said once of all rows of a class; of the others the words are the same in many rows.
_OF_A_CLASS = {
    BLIND: "of no rise that could have come would enough have been seen",
    UNTESTED: "too small beside the direct leg or the product's trade, and not tested",
}
# The order in which a person reads a scan: what to look at, what was looked at, what could not be.
_ORDER = {word: rank for rank, word in enumerate(WORDS)}


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a scan found.

    Attributes:
        signals: under `SIGNALS`, possible hubs first.
        told: what a reader must know of the scan as a whole, one sentence each.
        partial: groups read as one place, of which the flows lack some members.
        reading: what the signals of the partner mode were read from, which tells the path of each; None elsewhere,
            where products are read in batches.
    """

    signals: pa.Table
    told: tuple[str, ...] = ()
    reading: Reading | None = None
    partial: tuple[Partial, ...] = ()


def diverted(
    flows: pa.Table | Path, question: Question, supply: pa.Table | None = None, progress: Progress | None = None
) -> Scan:
    """Look through all products and hubs for trade that came round after a measure.

    Args:
        flows: under the contract `trade_flows`; a path: of a Parquet file, read in batches of products and never held
            whole. The answer is the same either way.
        question: the measure, its route and its day.
        supply: what each hub makes itself, under the contract `hub_output`; None: unknown.
        progress: told the name of each stage.

    Returns:
        One row a product and hub, and one for all possible hubs of a product together.

    Raises:
        BadInputError: the flows hold no row of the route, or do not reach to both sides of the day; the supply is
            counted in another unit than they are.
    """
    tell = progress or (lambda _: None)
    if question.chain is not None:
        if question.united:
            raise BadInputError(tr("a chain is followed from one country to another"), found=question.united[0][0])
        if question.destination is None:
            raise BadInputError(
                tr("a chain is followed to one country, and none is named"), remedy=tr("Give --to ISO3.")
            )
        scan = _along_chain(flows, question, tell)
        return replace(scan, told=(*scan.told, *_unheard(question), *_unused(supply)))
    tell(tr("reading the flows"))
    with opened(flows, question) as source:
        window = window_of(source.names, question)
        refuse_unknown(tuple(source.cells), source.names.places, question)
        goods = goods_told(question, source.cells)
        looked = [c for c in source.cells if asked_for(question, c)]
        first, last = (source.names.periods[i] for i in (window.after, window.end - 1))
        goods = (*goods, *later_told(question, looked, first, last))
        tell(tr("what each flow would have been"))
        if question.destination is None or only_origin_reports(source.names, question.origin):
            from entrepot.diversion.modes.partner_mode import shifted

            found = shifted(joined(source.panel(source.in_one_piece(question))), window, question)
            late = window_told(source.names, window, question)
            until = last_day(source.names.periods[window.end - 1])
            done = _finished(found.rows, question, until, found.limits)
            told = (*late, *source.told, *goods, *found.told, *_unused(supply))
            return Scan(_in_order([done]), told, found.reading, source.partial)
        made, renamed = (None, ()) if supply is None else named(supply)
        scan = scanned(source, question, made, tell)
        return replace(scan, told=(*renamed, *goods, *scan.told), partial=source.partial)


def _unused(supply: pa.Table | None) -> tuple[str, ...]:
    """That a supply is not used where there is no lower end that it could move; nothing where none was given."""
    said = tr("The supply is not used: a lower end is asked for only of one product with both legs in the flows.")
    return () if supply is None else (said,)


def _unheard(question: Question) -> tuple[str, ...]:
    """What was asked and is not heard along a chain, whose goods are its stages; nothing where all of it is."""
    asked = {
        "--product": question.products,
        tr("codes of --controls"): question.control_goods,
        "--output-growth": question.output_growth is not None,
    }
    unheard = ", ".join(name for name, given in asked.items() if given)
    return (tr("Along a chain its stages are the goods; not used: {unheard}.", unheard=unheard),) if unheard else ()


def _along_chain(flows: pa.Table | Path, question: Question, tell: Progress) -> Scan:
    from entrepot.diversion.chains import chain
    from entrepot.diversion.modes.chain_mode import chained

    assert question.chain is not None
    tell(tr("the stages of the chain"))
    rows, panel, said = chained(flows, replace(question, products=None, control_goods=()), chain(question.chain))
    window = window_of(panel, question)
    until = last_day(panel.periods[window.end - 1])
    over = end_told(question, panel.periods[window.end - 1], further=window.end < len(panel.periods))
    return Scan(_in_order([_finished(rows, question, until)]), (*over, *said))


def scanned(source: Source, question: Question, supply: pa.Table | None, tell: Progress, most: int = BATCH) -> Scan:
    """The direct mode: learn from a sample, read the products in batches, rate all rows at once.

    Args:
        source: the flows.
        question: what is asked.
        supply: output of hubs.
        tell: told the name of each stage.
        most: cells of a batch; the answer does not depend on it.
    """
    window = window_of(source.names, question)
    batches = [b for b in source.batches(most) if any(asked_for(question, c) for c in b)]
    taught = _taught(source, window, question, supply, batches)
    learned = taught.learned
    parts, made, count = [], [], 0
    pools: list[Pool] = []
    alike: dict[str, tuple[float, float]] = {}
    for i, batch in enumerate(batches):
        tell(
            tr(
                "products {batch} to {batch_2}, {i} of {count}",
                batch=batch[0],
                batch_2=batch[-1],
                i=i + 1,
                count=len(batches),
            )
        )
        same = taught.reading if taught.codes == batch else None  # what is small enough is read once
        taught = replace(taught, reading=None)  # and else not held while batches are read
        panel = same.panel if same else joined(source.panel(batch))
        legs = legs_of(panel, question)
        other = other_supply(panel, window, legs, panel.place(question.origin), taught.output)
        route = route_of(panel, question)
        reading = same or read_against(panel, window, learned, route)
        part = direct(reading, question, other, legs)
        wanted = np.isin(np.arange(len(panel.products)), chosen_products(panel, question))
        pools.append(pool(reading, route, wanted, MATERIAL))
        fallen = fell_alike.fell_alike(panel, window, route)
        alike |= {p: left for p, left in fallen.items() if asked_for(question, p)}
        parts.append(packed(fell_alike.beside(with_direct(part.rows, panel, window, route), fallen)))
        made.append(replace(part, rows=[]))
        count += len(legs.hub)
    tell(tr("rates and rivals"))
    hubs = p_of_hubs(pools, source, question)
    q, seen, alone, power = _rates(made, hubs, learned, question)
    until = last_day(source.names.periods[window.end - 1])
    done = []
    for rows, part, x, s, a in zip(parts, made, q, seen, alone, strict=True):
        n, further = rows.height, OneLeg(part.causes, a, part.alone, question.level)
        marked = rated(rows.to_dicts(), x[:n], s[:n], part.lost[:n], question.level, further=further)
        done.append(_finished(control_break.beside(marked, taught.controls), question, until))
    said = looked_at(count, learned.full.count, sum(m.trifles for m in made) if question.hubs is None else None)
    made_known = taught.output.told if taught.output is not None else ()
    said = (
        *window_told(source.names, window, question),
        taught.rests,
        *control_break.said(taught.controls),
        *fell_alike.told(alike, question.origin, str(question.destination)),
        *unreported.told(unreported.joined(m.gaps for m in made), source.names.periods),
        *made_known,
        *said,
        *power,
    )
    return Scan(_in_order(done), (*source.told, *said, *over_products(hubs, question.level, "both legs")))


def _rates(
    made: list[Part], hubs: dict[str, float], learned: Learned, question: Question
) -> tuple[list[Floats], list[Floats], list[Floats], tuple[str, ...]]:
    """By batch the q of each test, the rise that it would have seen, the q of its leg in; what to say of the second."""
    every = np.concatenate([m.tests for m in made])
    p, of, lost = p_of_rows(every), all_of([m.reach for m in made]), np.concatenate([m.lost for m in made])
    weights = row_weights(of, learned.full, lost, np.isfinite(p) & np.isfinite(every[:, 3]), every[:, 0])
    q = with_hubs(over_scan(every, weights), p, [h for m in made for h in m.hubs], hubs)
    needed = weights * asked_of_a_row(p / weights, q <= question.level, question.level)
    seen = np.where(np.isnan(every).all(1), np.nan, seen_from(of, learned.full, needed))
    named = hubs_of(q, every, joined_causes([m.causes for m in made]), question.level)
    into = row_weights(of.leg(0), learned.full, lost, tested_alone(every) & ~named, every[:, 0])
    cuts = np.cumsum([len(m.tests) for m in made])[:-1]
    said = power_said(seen, lost, known=np.isfinite(lost))
    return np.split(q, cuts), np.split(seen, cuts), np.split(rates_alone(every, into, named), cuts), said


def p_of_hubs(pools: list[Pool], source: Source, question: Question) -> dict[str, float]:
    """The p of each place over all products, whichever are asked for."""
    places = source.names.places
    ends = places.index(question.origin), places.index(str(question.destination))
    route = Route(*ends, suspects=tuple(places.index(h) for h in question.hubs or () if h in places))
    found = by_hub(reduce(Pool.plus, pools), route)
    return {h: float(x) for h, x in zip(places, found, strict=True)}


@dataclass(frozen=True, slots=True, eq=False)
class _Taught:
    """What is learned once.

    Attributes:
        codes: the products that it is learned of.
        learned: of them.
        reading: of them; None where it is no longer needed.
        output: of hubs.
        rests: what it rests on, in a sentence.
        controls: whether they moved on the day themselves.
    """

    codes: tuple[str, ...]
    learned: Learned
    reading: Reading | None
    output: Output | None
    rests: str
    controls: control_break.Tested


def _taught(
    source: Source, window: Window, question: Question, supply: pa.Table | None, batches: list[tuple[str, ...]]
) -> _Taught:
    codes = source.sample(controls=question.control_goods)
    sample = joined(source.panel(codes))
    route = route_of(sample, question)
    untouched = placebos(sample, question)
    reading = read_series(sample, window, untouched, route) if codes in batches else None
    learned = reading.learned if reading else learn(sample, window, untouched, route)
    controls = control_break.tested(sample, window, route)
    output = output_of(sample, window, question, supply, tuple(source.cells))
    return _Taught(codes, learned, reading, output, rests_on(sample, window, route), controls)


def packed(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of SIGNALS that are not complete yet, as columns: a hundred thousand dicts would fill a gigabyte."""
    import polars as pl

    schema = {c.name: c.kind.polars() for c in SIGNALS.columns}
    return pl.DataFrame([[r.get(name) for name in schema] for r in rows], schema, orient="row")


def unjudged(signals: pa.Table) -> tuple[str, ...]:
    """Why rows cannot be judged, the commonest reasons first, in a sentence; nothing where all are."""
    rows = zip(*(signals.column(c).to_pylist() for c in ("why_not", "reason", "judged")), strict=True)
    said = Counter(_OF_A_CLASS.get(reason, why) for why, reason, judged in rows if not judged)
    if not said:
        return ()
    shown = "; ".join(f"{why} ({count})" for why, count in said.most_common(_REASONS))
    return (tr("Cannot be judged: {shown}{which}.", shown=shown, which="; …" if len(said) > _REASONS else ""),)


def _finished(rows: list[dict[str, Any]], question: Question, until: date, limits: Limits | None = None) -> pa.Table:
    return table(SIGNALS, [signed(r) for r in _with_totals(_with_rivals(rows, question, until), limits)])


def _in_order(parts: list[pa.Table]) -> pa.Table:
    """All rows, possible hubs first, the surest first."""
    import polars as pl

    words = pl.DataFrame({"word": list(_ORDER), "rank": list(_ORDER.values())})
    rows = pl.concat([pl.DataFrame(p) for p in parts])
    keys = rows.select("word", "q", "p", "product", "hub").join(words, on="word", how="left", maintain_order="left")
    keys = keys.with_columns(pl.col("q", "p").fill_null(1.0))
    order = keys.select(pl.arg_sort_by("rank", "q", "p", "product", "hub"))
    return rows[order.to_series()].to_arrow().cast(parts[0].schema)


def _with_rivals(rows: list[dict[str, Any]], question: Question, until: date) -> list[dict[str, Any]]:
    out = []
    for r in rows:
        found = rivals(question, r["product"], r["hub"], until)
        seen = {m.id for m in found}
        named = standing(question, r["product"], r["hub"])
        further = [f"{m} (named by the measure's file)" for m in named if m not in seen]
        out.append(r | {"rivals": [*(m.said for m in found), *further] or None})
    return out


def _with_totals(rows: list[dict[str, Any]], limits: Limits | None) -> list[dict[str, Any]]:
    out = list(rows)
    by_product = sorted(rows, key=lambda r: r["product"])
    for _, group in groupby(by_product, key=lambda r: r["product"]):
        total = all_hubs(list(group), limits)
        if total is not None:
            out.append(total)
    return out
