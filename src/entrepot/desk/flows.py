"""The verb: flows between two places of a map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.desk.answer import Answer, unheard
from entrepot.desk.flow_tables import flows_of
from entrepot.desk.keeping import record_held
from entrepot.desk.load import load
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.loading import losses
from entrepot.trade.loading.whole import loaded_file
from entrepot.trade.placed_flows import Chosen, placed_flows
from entrepot.trade.recorded import as_trade_flows
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store
    from entrepot.trade.placed_flows import Placed


@dataclass(frozen=True, eq=False)
class Flows(Answer):
    """Flows with the places of their ends; the table is under `placed_flows`.

    Attributes:
        placed: them, the reports that they are of, and what there is to choose among.
    """

    placed: Placed | None = None


def flows(
    flows: Any = None,
    *,
    exporters: str | None = None,
    importers: str | None = None,
    product: str | None = None,
    period: str | None = None,
    side: str | None = None,
    by_pair: bool = False,
    accept_loss: float = losses.ACCEPTED,
    sheet: str = "",
    encoding: str = "",
    store: Store = None,
    progress: Step = unheard,
) -> Flows:
    """List flows with the places of their ends on a map, the largest first, and say which cannot be drawn, and why.

    Args:
        flows: what `load` wrote, a file that it reads, or a table under `trade_flows`; None for those of the record,
            China's solar exports by quarter.
        exporters: only flows from these places, separated by commas; None for all.
        importers: only flows to these, likewise.
        product: only codes that begin with this one.
        period: only this year, quarter or month, as `load` writes it.
        side: whose reports alone: export, import, balanced, re-export, re-import; None for that of most value
            of each pair, and the other's of periods of which that one has none: both sides count one flow twice.
        by_pair: add up what is of one pair of places.
        accept_loss: the largest share of the value that may be set aside as the file is read, from 0 to 1.
        sheet: sheet of a workbook; empty for the first that holds any.
        encoding: of a text file that is not UTF-8.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the step.

    Returns:
        Under `placed_flows`, the largest first; those that are not drawn are among them, each with its reason.

    Raises:
        BadInputError: a file that cannot be read as flows.
        UnknownNameError: a place, a product, a period or a side that no row has.
        StoreError: the store cannot be used.
    """
    if flows is None:
        record, said = record_held(store)
        read = as_trade_flows(record.tables["flows"])
    else:
        read, said = _read(flows, accept_loss, sheet, encoding, progress), ()
    chosen = Chosen(_codes(exporters), _codes(importers), product or "", period or "", side or "", by_pair)
    found = placed_flows(read, chosen)
    return Flows(found.table, (*found.told, *said), found)


def _codes(named: str | None) -> Sequence[str]:
    """The places that are named, each by its code; one that is not known as it stands, so that it is refused."""
    each = [n.strip() for n in (named or "").split(",") if n.strip()]
    return [n if n.startswith("+") else partners.code_of(n) or n for n in each]


def _read(flows: Any, accept_loss: float, sheet: str, encoding: str, progress: Step) -> pa.Table:
    if not isinstance(flows, (str, Path)):
        return flows_of(flows)
    losses.accepted_of(accept_loss)
    if loaded_file.is_loaded(Path(flows), ReadingOptions(encoding, sheet)):
        return loaded_file.read(Path(flows))
    return load(flows, accept_loss=accept_loss, sheet=sheet, encoding=encoding, progress=progress).table
