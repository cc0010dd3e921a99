"""The verbs on measures: which there are, what one said on a day, which touch goods; and the detention clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.errors import BadDateError
from entrepot.core.periods import parse
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep
from entrepot.measures.clock_days import deadlines
from entrepot.measures.detention_clock import detention_clock, refuse_earlier
from entrepot.measures.goods_touched import not_known, touching
from entrepot.measures.measure import jurisdiction_of
from entrepot.measures.measure import measure as lookup
from entrepot.measures.overview import overview, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.desk.keeping import Store

_NOT_ALL = marked("A measure that is on no record here is not shown: `entrepot measures` lists those that are.")
_A_DAY = marked("a day, such as 2024-11-25")


def measures(
    measure: str | None = None,
    *,
    goods: str | Sequence[str] | None = None,
    jurisdictions: Sequence[str] = (),
    as_of: str | date | None = None,
) -> Answer:
    """List measures; tell what one said on a day; or find those that touch goods.

    Args:
        measure: id of a measure, or a file of your own; None for all.
        goods: HS codes, several or parted by commas: which measures touch them, by prefix.
        jurisdictions: of these only, ISO alpha-2 or EU; empty for all.
        as_of: the day; today when None.

    Returns:
        Under `measure_overview`; with `measure` under `measure_parts`; with `goods` under `goods_touched`, and what the
        record does not know of the goods among the notes.

    Raises:
        UnknownNameError: no such measure, or no measure of that jurisdiction.
        BadInputError: a code that is none, or a date that cannot be read.
    """
    day = as_of.isoformat() if isinstance(as_of, date) else as_of
    whose = tuple(dict.fromkeys(map(jurisdiction_of, jurisdictions)))
    act = None if measure is None else lookup(measure)
    if goods is not None:
        codes = goods if isinstance(goods, str) else ",".join(goods)
        only = None if act is None else (act,)
        return Answer(touching(codes, day, whose, only), (*not_known(codes, day, whose, only), tr(_NOT_ALL)))
    return Answer(overview(day, whose) if act is None else parts(act, day))


def clock(
    presented: str | date, *, detained: str | date | None = None, measure: str = "uflpa", store: Store = None
) -> Answer:
    """Deadlines of a shipment presented for examination on a day.

    Args:
        presented: the day; of a measure whose clock counts from importation, that of importation.
        detained: day of the decision to detain, where it is known.
        measure: the measure whose clock runs: its id, or a file of your own.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `deadlines`, in order of the steps; they are kept in the store for `explain`.

    Raises:
        BadDateError: no day.
        UnknownNameError: no such measure.
        BadInputError: it has no clock, the clock did not run yet on the day, or the days are in the wrong order.
    """
    check_store(store)
    begun, decided = _day(presented), None if detained is None else _day(detained)
    act = lookup(measure)
    refuse_earlier(begun, act)
    steps = detention_clock(begun, detained=decided, measure_id=act)
    notes: tuple[str, ...] = ()
    if decided is not None and all(s.counted_from != decided for s in steps):
        said = tr("no step of this clock counts from it, or the goods count as detained before it")
        notes = (tr("--detained {decided} changes nothing: {said}.", decided=decided, said=said),)
    rows = deadlines(steps, act.id)
    not_kept = keep(store, lambda con: stores.keep_shown(con, "deadlines", "clock_id", rows))
    return Answer(rows, (*not_kept, *notes))


def _day(given: str | date) -> date:
    if isinstance(given, date):
        return given
    try:
        found = parse(given)
    except BadDateError as exc:
        raise BadDateError(given, allowed=tr(_A_DAY)) from exc
    if found.precision != "day" or found.start is None:
        raise BadDateError(given, allowed=tr(_A_DAY))
    return found.start
