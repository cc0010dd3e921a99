"""A Parquet file of flows that `entrepot load` wrote: whether a file is one, and its flows with what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.contract import arrow_schema
from entrepot.intake.open_table import refuse_unheard
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.whole import fiscal_reporters

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from entrepot.intake.reading_options import ReadingOptions


def is_loaded(path: Path, options: ReadingOptions | None = None) -> bool:
    """Whether a file is Parquet with the columns of `trade_flows`, as `entrepot load` writes it.

    Args:
        path: the file.
        options: what the user says of it, held against what such a file has.

    Raises:
        BadInputError: it is one, and a sheet of it is named.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        found = tuple(parquet.read_schema(path).names) == tuple(TRADE_FLOWS.names)
    except (OSError, pa.ArrowInvalid):
        return False
    if found and options:
        refuse_unheard(path.name, ".parquet", options)
    return found


def read(path: Path) -> pa.Table:
    """Its flows, under `trade_flows`; a cast alone would drop who counts in fiscal years."""
    from pyarrow import parquet

    table = parquet.read_table(path).cast(arrow_schema(TRADE_FLOWS))
    return fiscal_reporters.marked(table, fiscal_reporters.of_file(path))
