"""The columns of supply links as numbers: parties, goods, days and origins, each text read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.periods import first_day, last_day
from entrepot.tracing.balance.quantity_range import exactly

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from entrepot.tracing.method.share_rows import Floats, Ints

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class LinkColumns:
    """Links as numbers, each array by link.

    Attributes:
        ids, names: of the parties; the name is that of the first link that names it.
        goods: what is supplied and made, folded; `nothing` is the number of the one that is not said.
        origins: the origins, as they stand.
        supplier, buyer: numbers of parties.
        material, product: numbers of goods.
        first, last: the days between which it was supplied, as ordinals; of a link without a date any day.
        origin: number of its origin.
        low, high: its share, 0 to 1; NaN where none stands there.
        value, quantity: amounts; NaN where none stands there. A quantity is in the unit that its own converts to.
        currency, measure: numbers of the currency, and of unit and material together; -1 where one is not said.
    """

    ids: Sequence[str]
    names: Sequence[str]
    goods: Sequence[str]
    origins: Sequence[str]
    nothing: int
    supplier: Ints
    buyer: Ints
    material: Ints
    product: Ints
    first: Ints
    last: Ints
    origin: Ints
    low: Floats
    high: Floats
    value: Floats
    quantity: Floats
    currency: Ints
    measure: Ints


def columns_of(links: pa.Table) -> LinkColumns:
    """The columns of links.

    Args:
        links: under SUPPLY_LINKS.
    """
    (supplier, buyer), ids = _coded(links, "supplier_id", "buyer_id")
    (material, product), goods = _folded(links, "material", "product")
    (origin,), origins = _coded(links, "origin")
    first, last = _days(links)
    (currency,), currencies = _folded(links, "currency")
    (unit,), units = _folded(links, "unit")
    into, times = _converted(units)
    nothing = goods.index("")
    is_said = (unit != units.index("")) & (material != nothing)
    return LinkColumns(
        ids,
        _names(links, len(ids), supplier, buyer),
        goods,
        origins,
        nothing,
        supplier,
        buyer,
        material,
        product,
        first,
        last,
        origin,
        _numbers(links, "low_percent") / 100,
        _numbers(links, "high_percent") / 100,
        _numbers(links, "value"),
        _numbers(links, "quantity") * times[unit],
        np.where(currency == currencies.index(""), -1, currency),
        np.where(is_said, into[unit] * len(goods) + material, -1),
    )


def _coded(links: pa.Table, *names: str) -> tuple[list[Ints], list[str]]:
    """Texts of some columns as numbers of one row of texts; an absent one is the empty text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    held = pa.concat_arrays([c for n in names for c in links.column(n).chunks] or [pa.array([], pa.string())])
    found = pc.fill_null(held, "").dictionary_encode()
    return np.split(found.indices.to_numpy().astype(np.int64), len(names)), found.dictionary.to_pylist()


def _folded(links: pa.Table, *names: str) -> tuple[list[Ints], list[str]]:
    """The same of texts that mean the same without regard to case and spaces; the empty text is always among them."""
    codes, texts = _coded(links, *names)
    known: dict[str, int] = {"": 0}
    # As `folded` in supply_network has it.
    number = np.array([known.setdefault(" ".join(t.casefold().split()), len(known)) for t in texts], dtype=np.int64)
    return [number[c] for c in codes], list(known)


def _converted(units: Sequence[str]) -> tuple[Ints, Floats]:
    """By unit, the number of the one that it converts to exactly, its own where there is none; and what it is of it."""
    found = [exactly(u) or (u, 1.0) for u in units]
    numbers = {base: n for n, base in enumerate(dict.fromkeys(base for base, _ in found))}
    return np.array([numbers[base] for base, _ in found], dtype=np.int64), np.array([times for _, times in found])


def _days(links: pa.Table) -> tuple[Ints, Ints]:
    (code,), texts = _coded(links, "date")
    return _by_text(texts, first_day, -1)[code], _by_text(texts, last_day, _NEVER)[code]


def _by_text(texts: Sequence[str], read: Callable[[str], Any], absent: int) -> Ints:
    return np.array([read(t).toordinal() if t else absent for t in texts], dtype=np.int64)


def _numbers(links: pa.Table, name: str) -> Floats:
    return np.asarray(links.column(name).to_numpy(), dtype=np.float64)


def _names(links: pa.Table, count: int, supplier: Ints, buyer: Ints) -> list[str]:
    """By party, the name in the first link that names it."""
    both = np.stack([supplier, buyer], axis=1).ravel()
    first = np.zeros(count, dtype=np.int64)
    first[both[::-1]] = np.arange(len(both))[::-1]  # of several places the last that is written stays: the first link
    row, side = np.divmod(first, 2)
    texts = [links.column(c).take(row) for c in ("supplier", "buyer")]
    return [a if s == 0 else b for a, b, s in zip(*(t.to_pylist() for t in texts), side.tolist(), strict=True)]


def parties(links: pa.Table) -> pa.Table:
    """The parties that links name: id, name, and the first address and country that a link gives as its supplier's.

    A firm that is written in several ways has a row for each, for a list may know it by one of them alone.
    """
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(links.select(["supplier_id", "supplier", "supplier_address", "supplier_country",
                                                     "buyer_id", "buyer"])))  # fmt: skip
    frame = frame.with_row_index("at")
    given = frame.select(
        "at",
        pl.lit(0).alias("side"),
        pl.col("supplier_id").alias("id"),
        pl.col("supplier").alias("name"),
        pl.col("supplier_address").alias("address"),
        pl.col("supplier_country").alias("country"),
    )
    taken = frame.select("at", pl.lit(1).alias("side"), pl.col("buyer_id").alias("id"), pl.col("buyer").alias("name"))
    both = pl.concat([given, taken], how="diagonal").sort("at", "side")
    # As `by_name` folds names: case and spaces make no other name.
    spelt = pl.col("name").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    place = pl.col("address", "country").drop_nulls().first().over("id")
    found = both.with_columns(place).unique(["id", "name"], keep="first", maintain_order=True)
    found = found.with_columns(spelt.alias("spelt")).unique(["id", "spelt"], keep="first", maintain_order=True)
    return found.select("id", "name", "address", "country").to_arrow()
