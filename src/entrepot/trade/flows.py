"""Flows read from a publisher's file or one's own: a table under one contract, and what is wrong with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.trade import flaws, opening, readers
from entrepot.trade.contract import FLOW_FAULTS, TRADE_FLOWS
from entrepot.trade.faults import Faults
from entrepot.trade.readers import mapped

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

__all__ = ["FLOW_FAULTS", "TRADE_FLOWS", "Loaded", "read"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file of flows, read.

    Attributes:
        table: under the contract `trade_flows`, sorted by product, exporter, importer, period.
        faults: under the contract `flow_faults`.
        form: the format that the file had (comtrade, baci, comext, ember, mapped, own).
    """

    table: pa.Table
    faults: pa.Table
    form: str


def read(path: Path, form: str | None = None, mapping: Path | None = None) -> Loaded:
    """Read a file of flows.

    Args:
        path: the file: CSV, TSV, JSON, Parquet, each also packed with gzip or in a zip.
        form: its format (comtrade, baci, comext, ember, own); found from its heading when None.
        mapping: a TOML file that says which column is what, for the format `mapped`.

    Raises:
        BadInputError: a file that cannot be read as flows; names what was found and what to do.
        UnknownNameError: no such format.
    """
    from entrepot.core import contract

    parts, faults, found = _parts(path, form, mapping)
    table = _joined(parts, faults)
    if not table.height:
        told = "; ".join(faults.sentences()[:3])
        raise BadInputError(f"{path.name}: no row can be read as a flow", found=told or None)
    checked = contract.check(TRADE_FLOWS, table.select(TRADE_FLOWS.names).to_arrow())
    return Loaded(checked, faults.table(), found)


def _parts(path: Path, form: str | None, mapping: Path | None) -> tuple[list[pl.DataFrame], Faults, str]:
    """The tables of a file, each read by itself."""
    from entrepot.trade.cleaning import cleaned

    parts, faults, found = [], Faults(), "mapped" if mapping else form or ""
    how = mapped.open_mapping(mapping) if mapping else None
    for one in opening.opened(path, skip=how.skip if how else 0):
        found = found or readers.form_of(one.heading, one.name)
        faults.source = one.name.rpartition("/")[2] if "/" in one.name else ""
        draft = mapped.draft(one, how, faults) if how else readers.reader(found).draft(one, faults)
        parts.append(cleaned(draft, path.name, faults))
    faults.source = ""
    return parts, faults, found


def _joined(parts: list[pl.DataFrame], faults: Faults) -> pl.DataFrame:
    """The tables of a zip as one; a flow that is in two of them is a duplicate like any other."""
    import polars as pl

    if len(parts) == 1:
        return parts[0]
    whole = pl.concat(parts).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row"))
    return flaws.duplicates(whole, faults).sort("product", "exporter", "importer", "period", "reporter", "flow")
