"""Flows read from a publisher's file or one's own: a table under one contract, and what is wrong with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.trade.contract import FLOW_FAULTS, TRADE_FLOWS

if TYPE_CHECKING:
    from pathlib import Path

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
        path: the file.
        form: its format; found from its heading when None.
        mapping: a TOML file that says which column is what, for the format `mapped`.

    Raises:
        BadInputError: a file that cannot be read as flows.
    """
    raise NotImplementedError
