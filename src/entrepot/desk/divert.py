"""The verbs: where the trade may have gone after a measure, and how one flow moved around its day."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from entrepot.core import store as stores
from entrepot.core.document.hinted import hinted
from entrepot.core.errors import BadInputError
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer, unheard
from entrepot.desk.demos import given
from entrepot.desk.divert_page import Found, write_page
from entrepot.desk.flow_tables import QUANTITIES, UNCOUNTED, flows_of
from entrepot.desk.keeping import check_store, keep
from entrepot.diversion.bounds.supply_file import read_supply
from entrepot.diversion.contract import ALL_HUBS, HUB, RISES, TOOK_MORE
from entrepot.diversion.kept_scans import kept_scan
from entrepot.diversion.modes.diverted import diverted, unjudged
from entrepot.diversion.route import NOT_ON_RECORD, question
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.loading import flow_file, losses, streamed
from entrepot.trade.loading.faults import wrong
from entrepot.trade.loading.streamed import Manner
from entrepot.trade.loading.whole import loaded_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store
    from entrepot.diversion.event_study.design import Design
    from entrepot.diversion.question import Question

Flows: TypeAlias = Any  # a path, or a table under `trade_flows`
SHOWN = 40  # rows that a terminal shows
# Rows that are kept, so that their ids open: a page shows more than a terminal, and a file has all. Some 2 kB each.
KEPT = 1_000
_NOT_WHAT_HAPPENED = marked("A possible hub is an estimate of what can have happened.")
_KEPT_PERHAPS = marked(
    "A partner that took more may have kept it: a possible hub needs its second leg, from there to the destination, "
    "which is not in these flows or stands beside too few to be judged."
)


@dataclass(frozen=True, eq=False)
class Diversion(Answer):
    """A scan; its table is under `signals`.

    Attributes:
        hubs: how many possible hubs it found.
        rises: how many rows in which something rose beyond chance: possible hubs, and places of which one leg is seen.
    """

    beside: ClassVar[tuple[str, ...]] = ("hubs", "rises")
    hubs: int = 0
    rises: int = 0


@dataclass(frozen=True, eq=False)
class EventStudy(Answer):
    """An event study; its table is under `event_study`.

    Attributes:
        asked: the question with what the measure filled in.
    """

    asked: Question | None = None


def divert(
    flows: Flows = None,
    *,
    demo: str | None = None,
    form: str | None = None,
    measure: str = "none",
    origin: str | None = None,
    destination: str | None = None,
    hubs: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    products: Sequence[str] = (),
    supply: str | Path | None = None,
    output_growth: float | None = None,
    controls: str | None = None,
    by: str = "value",
    chain: str | None = None,
    level: float = 0.1,
    html: str | Path | None = None,
    accept_loss: float = losses.ACCEPTED,
    sheet: str = "",
    encoding: str = "",
    store: Store = None,
    progress: Step = unheard,
) -> Diversion:
    """Find possible hubs by product, each with an interval: how much of what the direct flow lost can have come round.

    Args:
        flows: what `load` wrote, a file that it reads, or a table under `trade_flows`; None for those of a demo.
        demo: flows that lie in the package, with a question of their own; `demos` lists them.
        form: format of a file, as in `load`; None to find it from the heading.
        measure: id of a measure, or a file of your own; none for one not on record, of which origin, destination and
            since tell.
        origin: whose goods it touches, ISO 3166-1 alpha-3, or EU27, EAEU, ASEAN, or several separated by commas, which
            are read as one place; None as the measure says.
        destination: who applies it; None as the measure says.
        hubs: suspects, separated by commas: looked at, and left out of what is compared with; auto or None for all
            places in the flows.
        since: the day it took effect; None as the measure says.
        until: the last day looked at; None as the measure says, else as far as the flows reach.
        products: codes or their first digits; empty as the measure says.
        supply: file of what hubs make themselves: product, hub, period, amount, unit.
        output_growth: assume that hubs of unknown output made at most so much more, as a share.
        controls: codes and places that the measure does not touch, separated by commas: what is compared with.
        by: value, or weight.
        chain: a processing chain that is followed by weight.
        level: accepted rate of false discoveries.
        html: write a page of plots to this file.
        accept_loss: the largest share of the value that may be set aside as a file is read, from 0 to 1.
        sheet: sheet of a workbook of flows; empty for the first that holds any.
        encoding: of text files, flows and supply, that are not UTF-8.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the step.

    Returns:
        Under `signals`, possible hubs first; they are kept in the store for `explain`.

    Raises:
        BadInputError: flows that cannot be read, or a question that they cannot answer.
    """
    check_store(store)
    use = given(flows, demo, measure, _day(since), _day(until))
    asked = question(
        use.measure,
        origin=origin,
        destination=destination,
        since=use.since,
        until=use.until,
        hubs=hubs,
        products=_codes(products),
        level=level,
        chain=chain,
        output_growth=output_growth,
        controls=controls,
        by=by,
    )
    if by == "unit-value":
        raise BadInputError(
            tr("a price cannot come round through a hub"),
            found=by,
            remedy=tr("`entrepot divert event-study` follows prices."),
        )
    progress("flows")
    second = use.second(asked.origin)
    how = Manner(form, options=ReadingOptions(encoding, sheet), accepted=losses.accepted_of(accept_loss))
    with _opened(use.flows, how) as (read, faults):
        made = read_supply(Path(supply), ReadingOptions(encoding)) if supply is not None else None
        found = diverted(read, asked, made, progress)
        if html is not None:
            progress(tr("the page of plots"))
            own = use.measure if Path(use.measure).suffix == ".toml" else None  # else an id, and no file of that name
            beside = tuple(given for given in (supply, own) if given is not None)
            write_page(Path(html), Found(found, asked, read, faults, beside), use, second)
    every, places = (found.signals.column(c).to_pylist() for c in ("word", "hub"))
    kept = found.signals.slice(0, max(KEPT, sum(word in RISES for word in every)))
    words = [w for w, place in zip(every, places, strict=True) if place != ALL_HUBS or w not in RISES]
    rises = sum(words.count(w) for w in RISES)
    scan = kept_scan(asked, kept, datetime.now(UTC).isoformat(timespec="microseconds"), found.partial)
    not_kept = keep(store, lambda con: _put(con, kept, scan))
    said = (_counted(words, len(every)), *unjudged(found.signals), *found.told, *_meant(found.signals))
    said = (*said, tr(_NOT_WHAT_HAPPENED), *use.told(second))
    return Diversion(found.signals, (*faults, *not_kept, *said), words.count(HUB), rises)


def event_study(
    flows: Flows,
    *,
    measure: str,
    origin: str | None = None,
    destination: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    hubs: str | None = None,
    products: Sequence[str] = (),
    controls: str | None = None,
    by: str = "value",
    window: str | None = None,
    effects: str | Sequence[str] = (),
    cluster: str = "pair",
    placebos: int = 39,
    dose: str | None = None,
    accept_loss: float = losses.ACCEPTED,
    sheet: str = "",
    encoding: str = "",
    progress: Step = unheard,
) -> EventStudy:
    """Follow one flow around the day of a measure, beside flows that it did not touch.

    Args:
        flows: as in `divert`.
        measure: as in `divert`.
        origin: as in `divert`.
        destination: as in `divert`.
        since: as in `divert`.
        until: as in `divert`.
        hubs: possible hubs, whose legs are left out of what is compared.
        products: as in `divert`.
        controls: codes and places that the measure does not touch, separated by commas. With codes the step is that of
            the others beside them in the same pair, a triple difference; with places no others are compared with.
        by: value, weight, or unit-value.
        window: terms before and after the date, `8:4`; None for all.
        effects: what is absorbed, by name; empty as is usual.
        cluster: what errors are clustered by: pair, exporter, importer, product or pair-product.
        placebos: untouched pairs that are tried.
        dose: how much of the measure each code has, such as a rate of duty, `8541=25@2018-07-06,8471=7.5@2019-09-01`;
            the effect of one unit is estimated, and the first day stands for since where that is not known.
        accept_loss: as in `divert`.
        sheet: sheet of a workbook; empty for the first that holds any.
        encoding: of a text file that is not UTF-8.
        progress: told the step.

    Returns:
        Under `event_study`.

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        BadInputError: flows that cannot be read, or a question that they cannot answer.
    """
    from entrepot.diversion.event_study.design import design
    from entrepot.diversion.event_study.event_study import event_study as study

    chosen = design(window=window, effects=effects, cluster=cluster, placebos=placebos, dose=dose)
    asked = question(
        measure,
        origin=origin,
        destination=destination,
        since=_day(since) or _first_dose(chosen, measure),
        until=_day(until),
        hubs=hubs,
        products=_codes(products),
        controls=controls,
        by=by,
    )
    how = Manner(options=ReadingOptions(encoding, sheet), accepted=losses.accepted_of(accept_loss))
    with _opened(flows, how, on_disk=True) as (read, faults):
        found = study(
            read,
            asked,
            design=chosen,
            progress=lambda done, of: progress(tr("untouched pair {done} of {of}", done=done, of=of)),
        )
    return EventStudy(found.table, (*faults, *found.words), asked)


def _first_dose(chosen: Design, measure: str) -> str | None:
    """The first day on which there is a dose, of a measure that is not on record and so has no day of its own."""
    days = [d.since for d in chosen.doses if d.since is not None]
    return min(days).isoformat() if days and measure.strip().casefold() == NOT_ON_RECORD else None


def _day(given: str | date | None) -> str | None:
    return given if given is None or isinstance(given, str) else given.isoformat()


def _counted(words: Sequence[str], rows: int) -> str:
    """How many rows have each word, without those that sum what rose by a product; and how many a terminal shows."""
    counts = ", ".join(f"{words.count(w)} {tr(w)}" for w in dict.fromkeys(words)) or tr("no product and hub to look at")
    return hinted(f"{counts}.", tr("The first {shown} rows are shown.", shown=SHOWN)) if rows > SHOWN else f"{counts}."


def _meant(signals: pa.Table) -> tuple[str, ...]:
    """What the words do not say: that a partner may have kept what it took, and that a lower end of 0 is none."""
    words, lows, places, legs = (signals.column(c).to_pylist() for c in ("word", "low_95", "hub", "legs"))
    each = zip(words, lows, places, strict=True)
    hubs = [low for word, low, place in each if word == HUB and place != ALL_HUBS]
    none = sum(not low for low in hubs)
    said = (
        tr(
            "With sampling error the lower end of {none} of {count} possible hubs is 0: what came round could be none.",
            none=none,
            count=len(hubs),
        ),
    )
    # Where both legs are seen, that what a place took did not leave it for the destination stands in its row.
    unseen = (TOOK_MORE, "in_only") in zip(words, legs, strict=True)
    several = tr(
        "Places of one good are each held against the same loss, so that their ends are not to be added: the rows of "
        "{every} hold them together.",
        every=ALL_HUBS,
    )
    together = (
        (several,) if any(p == ALL_HUBS and w in RISES for w, _, p in zip(words, lows, places, strict=True)) else ()
    )
    return (*((tr(_KEPT_PERHAPS),) if unseen else ()), *(said if none else ()), *together)


def _put(con: Connection, signals: pa.Table, scan: pa.Table) -> None:
    stores.keep_shown(con, "signals", "signal_id", signals)
    stores.keep_shown(con, "scans", "scan_id", scan)


@contextmanager
def _opened(flows: Flows, how: Manner, *, on_disk: bool = False) -> Iterator[tuple[pa.Table | Path, tuple[str, ...]]]:
    """Flows with what is wrong with them; a large file stays on disk, and with `on_disk` one that `load` wrote."""
    path = Path(flows) if isinstance(flows, (str, Path)) else None
    if on_disk and path is not None and how.form is None and loaded_file.is_loaded(path, how.options):
        yield path, ()
    elif path is None or not streamed.is_large([path]):
        yield _read(flows, how, UNCOUNTED if on_disk else QUANTITIES)
    elif how.form is None and loaded_file.is_loaded(path, how.options):
        yield path, ()
    else:
        with scratch() as place:
            kept = place / "flows.parquet"
            large = streamed.load_to([path], kept, how)
            yield kept, (*large.notes, *_faults(path, large.faults))


def _read(flows: Flows, how: Manner, needless: frozenset[str]) -> tuple[pa.Table, tuple[str, ...]]:
    if not isinstance(flows, (str, Path)):
        return flows_of(flows, needless), ()
    found = flow_file.load([Path(flows)], how.form, options=how.options)
    losses.refuse(found.losses, losses.ACCEPTED if how.accepted is None else how.accepted, Path(flows).name)
    return found.table, (*found.notes, *_faults(Path(flows), found.faults))


def _faults(path: Path, faults: pa.Table) -> tuple[str, ...]:
    """How many sorts of faults a file has, and where they are shown."""
    sorts = wrong(faults).num_rows
    told = tr("one sort") if sorts == 1 else tr("{sorts} sorts", sorts=sorts)
    return (tr("{name} has faults of {told}; entrepot load shows them.", name=path.name, told=told),) if sorts else ()


def _codes(products: Sequence[str]) -> tuple[str, ...]:
    """Codes of goods one by one: commas stand between numbers and never in one; words of goods may hold them."""
    return tuple(c for one in products for c in (one.split(",") if re.fullmatch(r"[\d,.]+", one) else [one]) if c)
