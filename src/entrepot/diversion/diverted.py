"""The verb: flows and a question in, signals out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.periods import last_day
from entrepot.diversion.contract import SIGNALS
from entrepot.diversion.panel import panel as matrix
from entrepot.diversion.recodes import joined
from entrepot.diversion.rivals import rivals, standing
from entrepot.diversion.rows import all_hubs, signed
from entrepot.diversion.weights import counted_in
from entrepot.diversion.window import only_origin_reports, window_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from entrepot.diversion.baseline import Window
    from entrepot.diversion.panel import Panel
    from entrepot.diversion.question import Question

    Progress = Callable[[str], None]

_ORDER = {"possible hub": 0, "no signal": 1, "nothing to attribute": 2, "not judged": 3}


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a scan found.

    Attributes:
        signals: under `SIGNALS`, possible hubs first.
        told: what a reader must know of the scan as a whole, one sentence each.
    """

    signals: pa.Table
    told: tuple[str, ...] = ()


def diverted(
    flows: pa.Table, question: Question, supply: pa.Table | None = None, progress: Progress | None = None
) -> Scan:
    """Look through all products and hubs for trade that came round after a measure.

    Args:
        flows: under the contract `trade_flows`.
        question: the measure, its route and its day.
        supply: what each hub makes itself: product, hub, period, value_usd; None: unknown.
        progress: told the name of each stage.

    Returns:
        One row a product and hub, and one for all possible hubs of a product together.

    Raises:
        BadInputError: the flows hold no row of the route, or do not reach to both sides of the day.
    """
    tell = progress or (lambda _: None)
    if question.chain is not None:
        return _along_chain(flows, question, tell)
    tell("reading the flows")
    panel = joined(matrix(counted_in(question.counted, flows)))
    window = window_of(panel, question)
    tell("what each flow would have been")
    if question.destination is None or only_origin_reports(panel, question.origin):
        from entrepot.diversion.partners import shifted

        rows, told = shifted(panel, window, question)
    else:
        from entrepot.diversion.direct import direct

        rows, told = direct(panel, window, question, supply)
    return _finished(rows, question, (panel, window), told)


def _along_chain(flows: pa.Table, question: Question, tell: Progress) -> Scan:
    from entrepot.diversion.chained import chained
    from entrepot.diversion.chains import chain

    assert question.chain is not None
    tell("the stages of the chain")
    rows, panel, told = chained(flows, question, chain(question.chain))
    return _finished(rows, question, (panel, window_of(panel, question)), told)


def _finished(rows: list[dict[str, Any]], question: Question, of: tuple[Panel, Window], told: tuple[str, ...]) -> Scan:
    full = [signed(r) for r in _with_totals(_with_rivals(rows, question, *of))]
    return Scan(table(SIGNALS, sorted(full, key=_rank)), told)


def _with_rivals(rows: list[dict[str, Any]], question: Question, panel: Panel, window: Window) -> list[dict[str, Any]]:
    until = last_day(panel.periods[window.end - 1])
    named = [f"{m} (named by the measure's file)" for m in standing(question)]
    out = []
    for r in rows:
        found = list(rivals(question, r["product"], r["hub"], until))
        seen = {f.split(" ")[0] for f in found}
        out.append(r | {"rivals": [*found, *(n for n in named if n.split(" ")[0] not in seen)] or None})
    return out


def _with_totals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = list(rows)
    by_product = sorted(rows, key=lambda r: r["product"])
    for _, group in groupby(by_product, key=lambda r: r["product"]):
        total = all_hubs(list(group))
        if total is not None:
            out.append(total)
    return out


def _rank(row: dict[str, Any]) -> tuple[Any, ...]:
    likely = [1.0 if row.get(name) is None else row[name] for name in ("q", "p")]
    return _ORDER[row["word"]], *likely, row["product"], row["hub"]
