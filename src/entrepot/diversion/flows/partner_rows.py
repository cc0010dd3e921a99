"""The record's own quarterly flows, which one origin reports: for a scan, and row by row for what is said of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.trade.recorded import as_trade_flows
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    import pyarrow as pa


class PartnerRows:
    """The quarterly flows of the record: as a scan reads them, and by code and partner.

    Attributes:
        flows: under the contract `trade_flows`.
        origin: who reports them, ISO alpha-3.
        periods: the quarters that have a row, in order.
        last: code to the last quarter that has a row of it.
    """

    def __init__(self, table: pa.Table) -> None:
        """Read rows of the step `quarterly` of the room trade, at least one."""
        self.flows = as_trade_flows(table)
        rows = table.to_pylist()
        self.origin: str = rows[0]["reporter"]
        self._by: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self._names: dict[str, set[str]] = defaultdict(set)
        self.last: dict[str, str] = {}
        self.periods = sorted({r["period"] for r in rows})
        for r in rows:
            self._by[r["hs"], r["partner_iso3"]].append(r)
            self._names[r["hs"]].add(r["product"].lower())
            self.last[r["hs"]] = max(r["period"], self.last.get(r["hs"], ""))

    def alive(self, since: str) -> list[str]:
        """The products that are traded since then, in words."""
        return [self.named(code) for code, last in self.last.items() if last >= since]

    def named(self, product: str) -> str:
        """The product in words, with its codes."""
        return f"{self.name(product)} ({product})"

    def name(self, product: str) -> str:
        """The product in words; several codes that only compare as a whole are said to be together."""
        codes = product.split("/")
        words = " and ".join(sorted({n for c in codes for n in self._names[c]}))
        return f"{words} together" if len(codes) > 1 else words

    def rows(self, product: str, iso3: str) -> list[dict[str, Any]]:
        """The rows of one product, which may be several codes that compare as a whole, and one partner."""
        return [r for code in product.split("/") for r in self._by[code, iso3]]

    def elsewhere(self, product: str, iso3: str, since: str) -> tuple[dict[str, Any], ...]:
        """The rows of one product and all partners but one, from a quarter on."""
        codes = product.split("/")
        rows = (r for (hs, to), some in self._by.items() if hs in codes and to != iso3 for r in some)
        return tuple(r for r in rows if r["period"] >= since)

    def partner(self, product: str, iso3: str) -> str:
        """The partner in words; as the rows print it where the vocabulary has no name."""
        printed = next((r["partner"] for r in self.rows(product, iso3)), iso3)
        return countries.name_of(iso3, printed)
