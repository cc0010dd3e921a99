"""What a page of a scan is made of, and the words that its plots share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
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
        return frame.unique("product", keep="first", maintain_order=True).to_dicts()

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

    def label(self, row: Row) -> str:
        """Place and, where the scan has several products, the goods."""
        several = len(set(self.signals.column("product").to_pylist())) > 1
        goods = (self.names or {}).get(row["product"], row["product"])
        return f"{place(row['hub'])}: {goods}" if several else place(row["hub"])


_LONG = 40  # letters of a description


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
