"""The parties that files of supply name: under one id all names, addresses, countries and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.ownership.formats.links_draft import by_name

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


@dataclass(slots=True)
class Mention:
    """A party under one id.

    Attributes:
        id: of the file, or name: and the name.
        names: as rows write it, the first first.
        addresses, countries: where rows give them, folded.
        files: that name it.
        rows: how many do.
    """

    id: str
    names: dict[str, None] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    rows: int = 0

    @property
    def name(self) -> str:
        """The first name."""
        return next(iter(self.names))

    @property
    def is_numbered(self) -> bool:
        """Whether the file gave it an id of its own."""
        return not self.id.startswith("name:")


def mentions(told: Rows) -> dict[str, Mention]:
    """Every party that is named, by id.

    Args:
        told: id, name, address, country, file_id of what rows say alike, and how many do (`rows`).
    """
    found: dict[str, Mention] = {}
    for row in told:
        one = found.setdefault(row["id"], Mention(row["id"]))
        one.names[" ".join((row["name"] or row["id"]).split())] = None
        one.rows += row["rows"]
        one.files.add(row["file_id"])
        for said, held in ((row["address"], one.addresses), (row["country"], one.countries)):
            if said:
                held.add(" ".join("".join(c if c.isalnum() else " " for c in said.casefold()).split()))
    return found


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
