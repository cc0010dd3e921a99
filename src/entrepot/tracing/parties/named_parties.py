"""The parties that files of supply name: under one id all names, addresses, countries and files."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.tables.packaged import packaged_rows
from entrepot.ownership.formats.links_draft import by_name
from entrepot.tracing.parties.contract import TRANSFER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl
    import pyarrow as pa

    Rows = Iterable[Mapping[str, Any]]

# Contract -> columns of ids of parties with that of the name, and of the address and country where they are given.
PLACES: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "supply_links": (
        ("supplier_id", "supplier", "supplier_address", "supplier_country"),
        ("buyer_id", "buyer", "", ""),
    ),
    "supply_lots": (("party_id", "party", "", ""), ("buyer_id", "buyer", "", "")),
    "supply_recipes": (("maker_id", "maker", "", ""),),
    "supply_payments": (("payer_id", "payer", "", ""), ("payee_id", "payee", "", "")),
    "supply_facilities": (("", "name", "address", "country"),),
}
# Contract -> columns of ids of two parties of which one supplies or pays the other: a firm does neither to itself.
_DEALS: dict[str, tuple[str, str]] = {
    "supply_links": ("supplier_id", "buyer_id"),
    "supply_lots": ("party_id", "buyer_id"),
    "supply_payments": ("payer_id", "payee_id"),
}
_PLACES_KEPT = 20_000  # addresses and countries kept as folded: rows say one of a party again and again
_WORD = re.compile(r"[^\W\d_]+")


class Deal(NamedTuple):
    """What one party supplied or paid to another: a paper of it, and how many rows tell of it."""

    paper: str
    rows: int


@dataclass(slots=True)
class Mention:
    """A party under one id.

    Attributes:
        id: of the file, or name: and the name.
        names: as rows write it, the first first.
        addresses, countries: where rows give them, folded.
        files: that name it.
        rows: how many do.
        deals: ids of others that it supplies or pays, other than by a transfer within one firm.
    """

    id: str
    names: dict[str, None] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    rows: int = 0
    deals: dict[str, Deal] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The first name."""
        return next(iter(self.names))

    @property
    def is_numbered(self) -> bool:
        """Whether the file gave it an id of its own."""
        return not self.id.startswith("name:")


def mentions(told: Rows, deals: Rows = ()) -> dict[str, Mention]:
    """Every party that is named, by id.

    Args:
        told: id, name, address, country, file_id of what rows say alike, and how many do (`rows`).
        deals: one, other, paper of what rows say alike, and how many do (`rows`), as `dealt` has them.
    """
    found: dict[str, Mention] = {}
    for row in told:
        one = found.setdefault(row["id"], Mention(row["id"]))
        one.names[" ".join((row["name"] or row["id"]).split())] = None
        one.rows += row["rows"]
        one.files.add(row["file_id"])
        for said, held in ((row["address"], one.addresses), (row["country"], one.countries)):
            if said:
                held.add(_place(said))
    for row in deals:
        if row["one"] in found and row["other"] in found:
            before = found[row["one"]].deals.get(row["other"], Deal("", 0))
            found[row["one"]].deals[row["other"]] = Deal(before.paper or row["paper"] or "", before.rows + row["rows"])
    return found


@lru_cache(_PLACES_KEPT)
def _place(said: str) -> str:
    """An address or a country as two rows are held to mean the same by it."""
    return " ".join("".join(c if c.isalnum() else " " for c in said.casefold()).split())


def dealt(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Which parties supply or pay which others; not what its own paper calls a transfer within one firm.

    Args:
        tables: name of the contract -> its rows.
    """
    import polars as pl

    within = {tuple(r["words"].split()) for r in packaged_rows(TRANSFER_WORDS)}
    found: Counter[tuple[str, str, str]] = Counter()
    for name, (one, other) in _DEALS.items():
        if name not in tables:
            continue
        frame = pl.DataFrame(pl.from_arrow(tables[name].select([one, other, "document"])))
        frame = frame.filter(pl.col(one).is_not_null() & pl.col(other).is_not_null() & (pl.col(one) != pl.col(other)))
        for who, whom, paper, rows in frame.group_by(one, other, "document", maintain_order=True).len("rows").rows():
            if not _is_within(paper or "", within):
                found[who, whom, paper or ""] += rows
    return [{"one": a, "other": b, "paper": p, "rows": n} for (a, b, p), n in found.items()]


def _is_within(paper: str, within: set[tuple[str, ...]]) -> bool:
    words = tuple(_WORD.findall(paper.casefold()))
    return any(words[i : i + len(some)] == some for some in within for i in range(len(words)))


def told(tables: Mapping[str, pa.Table]) -> pl.DataFrame:
    """What tables say of parties, each once with how many rows say it.

    Args:
        tables: name of the contract -> its rows, those of PLACES and facilities.
    """
    import polars as pl

    parts = []
    for name, table in tables.items():
        frame = pl.DataFrame(pl.from_arrow(table))
        for columns in PLACES[name]:
            named = zip(("id", "name", "address", "country"), columns, strict=True)
            given = [(pl.col(c) if c else pl.lit(None, pl.String())).alias(ours) for ours, c in named]
            parts.append(frame.select(*given, "file_id"))
    frame = pl.concat(parts).filter(pl.col("name").is_not_null() | pl.col("id").is_not_null())
    # A place of making has no number of a party: it is known by its name, as a party without a number is.
    names = frame.filter(pl.col("id").is_null()).get_column("name").unique().to_list()
    ids = {n: by_name(n) for n in names}
    frame = frame.with_columns(pl.col("id").fill_null(pl.col("name").replace_strict(ids, default=None)))
    return frame.group_by("id", "name", "address", "country", "file_id", maintain_order=True).len("rows")
