"""What a page of a scan is made of, and the words that its plots share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.diversion.contract import ALL_HUBS, RISES
from entrepot.vocabulary import countries
from entrepot.vocabulary.goods import SUBHEADING, hs_code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from entrepot.diversion.question import Question

Row = dict[str, Any]
MOST = 12  # rows of a plot; all stand in the table below


@dataclass(frozen=True, slots=True, eq=False)
class Scanned:
    """A scan, for its page.

    Attributes:
        signals: under `SIGNALS`, what to look at first.
        asked: the question.
        flows: what was scanned: a table under `trade_flows`, or a Parquet file of one.
        title: of the page.
        credit: whom to credit; what stands before a semicolon, who counted what is drawn, stands inside each picture.
        notes: what the scan and the reading of the file told, a sentence each.
        says: what is looked at; empty for a file of the person's.
        missing: which leg is not there, and where to get it; empty where nothing is.
        names: code to a name of its own.
        second: under `SECOND_LEGS`; None where there is none.
        facts: printed figures beside it, as sentences.
    """

    signals: pa.Table
    asked: Question
    flows: pa.Table | Path
    title: str
    credit: str
    notes: tuple[str, ...]
    says: str = ""
    missing: str = ""
    names: Mapping[str, str] | None = None
    second: pa.Table | None = None
    facts: tuple[str, ...] = ()

    @property
    def publisher(self) -> str:
        """Who counted what is drawn."""
        return self.credit.partition(";")[0]

    @property
    def rows(self) -> list[Row]:
        """The rows of single places, the first ones that are shown."""
        return [r for r in self.signals.slice(0, 10 * MOST).to_pylist() if r["hub"] != ALL_HUBS]

    @property
    def measured(self) -> list[Row]:
        """Those with an interval, also where no rise that could have come would have been seen."""
        return [r for r in self.rows if r["high_95"] is not None]

    @property
    def risen(self) -> list[Row]:
        """All rows in which something rose beyond chance, also those of which no other part of the page tells."""
        import pyarrow as pa
        import pyarrow.compute as pc

        rose = pc.is_in(self.signals.column("word"), value_set=pa.array(RISES))
        return [r for r in self.signals.filter(rose).to_pylist() if r["hub"] != ALL_HUBS]

    @property
    def direct(self) -> list[Row]:
        """A row for each product whose direct flow is held against what was expected, in the order of the rows."""
        import polars as pl

        frame = pl.DataFrame(self.signals).filter(pl.col("loss").is_not_null() & pl.col("lost_share").is_not_null())
        lost = frame.with_columns(pl.coalesce("product_out", "product").alias("_lost"))
        return lost.unique("_lost", keep="first", maintain_order=True).drop("_lost").to_dicts()

    def goods(self, product: str) -> str:
        """A product in words: its name, else its code with what the Harmonized System says of it."""
        named = (self.names or {}).get(product)
        if named:
            return named
        try:
            found = hs_code(product.partition("/")[0][:SUBHEADING]).description
        except BadInputError:
            return product
        return f"{product} ({found[:_LONG]}{'…' if len(found) > _LONG else ''})"

    def both_goods(self, row: Row) -> str:
        """What enters the place of a row, and what leaves it where that is another stage of a chain."""
        into = self.goods(row["product"])
        if not row["product_out"]:
            return into
        return tr("{into} in, {out} out", into=into, out=self.goods(row["product_out"]))

    def label(self, row: Row) -> str:
        """Place and, where the scan has several products, the goods."""
        several = len({(r["product"], r["product_out"]) for r in self.rows}) > 1
        if not several:
            return place(row["hub"])
        names = self.names or {}
        goods = dict.fromkeys(names.get(p, p) for p in (row["product"], row["product_out"]) if p)
        return f"{place(row['hub'])}: {' → '.join(goods)}"


_LONG = 40  # letters of a description


def sold(row: Row) -> str:
    """The code of what leaves the place of a row, and of what went directly: a later stage along a chain."""
    return str(row["product_out"] or row["product"])


def place(code: str) -> str:
    """A place as it is called; a code of the flows' own stays."""
    return countries.name_of(code, code)


def moved(row: Row) -> tuple[float, float] | None:
    """What the place took more, else what it sold more, with its error: the leg that is seen."""
    for leg in ("excess_in", "excess_out"):
        if row[leg] is not None:
            return float(row[leg]), float(row[f"{leg}_se"] or 0.0)
    return None


def capital(text: str) -> str:
    """The text with a capital letter first, as a title begins."""
    return text[:1].upper() + text[1:]
