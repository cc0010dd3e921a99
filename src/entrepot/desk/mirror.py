"""The verb: what exporters report beside what importers report of the same flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import arrow_schema
from entrepot.core.runtime.scratch import scratch
from entrepot.desk.answer import Answer, unheard
from entrepot.desk.keeping import check_store, keep
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade import mirror_gaps
from entrepot.trade.contract import MIRROR_REPORTS, MIRRORED, TRADE_FLOWS
from entrepot.trade.loading import flow_file, losses, streamed
from entrepot.trade.mirror_reports import identified

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store


def mirror(
    flows: Any,
    *,
    between: tuple[str, str] | None = None,
    product: str | None = None,
    reliability: bool = False,
    accept_loss: float = losses.ACCEPTED,
    sheet: str = "",
    encoding: str = "",
    store: Store = None,
    progress: Step = unheard,
) -> Answer:
    """Hold what exporters report against what importers do.

    The margin between FOB and CIF and the reliability of the reporters are estimated from all flows; the keywords
    choose what is shown.

    Args:
        flows: what `load` wrote, a file that it reads, or a table under `trade_flows`.
        between: only flows between these two countries, both ways.
        product: only codes that begin with this one.
        reliability: the reporters and how far they scatter, not the flows.
        accept_loss: the largest share of the value that may be set aside as the file is read, from 0 to 1.
        sheet: sheet of a workbook; empty for the first that holds any.
        encoding: of a text file that is not UTF-8.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the step.

    Returns:
        Under `mirrored`, largest mirror gap first; they are kept in the store for `explain`, with the reports that
        they rest on. With `reliability` under `reporter_reliability`.

    Raises:
        BadInputError: flows that cannot be read, too few of them with a mirror, or a country that none has.
    """
    check_store(store)
    read = _read(flows, ReadingOptions(encoding, sheet), losses.accepted_of(accept_loss), progress)
    found = mirror_gaps.mirror(read)
    margin = (
        f"Margin of importers' over exporters' figures, all flows: {found.overall_margin:.1%}. "
        "A mirror gap is a sign, not a proof: goods may be counted by origin on one side."
    )
    if reliability:
        return Answer(found.reliability, (margin,))
    rows, reports = identified(mirror_gaps.shown(found.flows, between, product), read)

    def put(con: Connection) -> None:
        stores.keep(con, MIRRORED, rows)
        stores.keep(con, MIRROR_REPORTS, reports)

    return Answer(rows, (*(keep(store, put) if rows.num_rows else ()), margin))


def _read(flows: Any, options: ReadingOptions, accepted: float, progress: Step) -> pa.Table:
    import pyarrow as pa

    if not isinstance(flows, (str, Path)):
        return flows if isinstance(flows, pa.Table) else pa.table(flows)  # read twice: a stream is gone after one
    path = Path(flows)
    if not streamed.is_large([path]):
        found = flow_file.load((path,), told=progress, options=options)
        losses.refuse(found.losses, accepted, path.name)
        return found.table
    import pyarrow.parquet as pq

    with scratch() as place:
        kept = path if streamed.is_loaded(path) else place / "flows.parquet"
        if kept != path:
            streamed.load_to([path], kept, streamed.Manner(options=options, accepted=accepted), progress)
        return pq.read_table(kept).cast(arrow_schema(TRADE_FLOWS))
