"""What a reader makes of a publisher's file: its columns under our names, cells still as printed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import polars as pl

# The names a draft may use. `partner` stands beside `reporter`; the flow then says who exported.
TEXTS = (
    "reporter",
    "partner",
    "exporter",
    "importer",
    "flow",
    "valuation",
    "product",
    "hs_vintage",
    "period",
    "quantity_unit",
    "estimated_unit",
    "currency",
    "status",
    "source_id",
)
NOBODY = "OWN"  # the reporter of flows that name an exporter and an importer, and not who counted them
# The value is in the currency of its row until it is cleaned; what is counted of a cleaned flow has dollars in its
# place.
NUMBERS = ("value", "quantity", "net_kg", "estimated_quantity")
SCALE = "value_scale"  # a column of its own: what the value of each row is multiplied by, where the file says it by row
WEIGHT_SCALE = "net_kg_scale"  # likewise of the weight: of quantities in the unit that stands beside them
UNREAD = "unread"  # a column of its own: a number for the cells of each row that are under no name of ours
NAMED = "named"  # a column of its own: a number for what areas without a code of a country are called; 0 for others
FIGURES = ("value_usd", *NUMBERS[1:])


@dataclass(frozen=True, slots=True)
class Left:
    """How many rows are left of a table, or of a block of one, without those that are details of others.

    Attributes:
        what: they are details by.
        allowed: what a row that is no detail has.
        rows: how many there are.
        are_parts: whether the details may be added, where a person says that they are all parts of a flow.
    """

    what: str
    allowed: str
    rows: int
    are_parts: bool = True


def refuse_details(blocks: Iterable[Sequence[Left]]) -> None:
    """Stop where all rows of a table are details; their total is not in the file and is not made up by adding.

    Args:
        blocks: of each block what is left of it.

    Raises:
        BadInputError: no row is left.
    """
    rows: dict[tuple[str, str], int] = {}
    never_added = set()
    for one in (left for block in blocks for left in block):
        rows[one.what, one.allowed] = rows.get((one.what, one.allowed), 0) + one.rows
        never_added |= set() if one.are_parts else {one.what}
    for (what, allowed), count in rows.items():
        if not count:
            more = tr(
                "Download the totals too. Or, where these details are all parts of the flows, say so in a map, --map "
                'FILE.toml: [file], then rows = "parts"; they are added.'
            )
            raise BadInputError(
                tr("every row is a detail by {what}", what=what),
                allowed=allowed,
                remedy=tr("Download the totals too.") if what in never_added else more,
            )


@dataclass(frozen=True, slots=True)
class Draft:
    """A table under our names.

    Attributes:
        frame: `row` and some of TEXTS and NUMBERS, and UNREAD where columns are not read that may tell rows apart.
        constants: columns that have one value in the whole file.
        scale: what the printed numbers are multiplied by (1000 for thousands of dollars, or tonnes).
        balanced: whether the publisher made one figure of both sides' reports.
        national: whether the vintage follows the year, as in national tariffs and the Combined Nomenclature.
        sums: whether rows with one key are parts of it, to be added because the person said so.
        own: whether a person wrote the file, so that its numbers may be written in any way.
        places: names of places, folded, to codes, that the person's map gives.
        left: what is left without details, in the order in which they were taken out.
        numbers: in whose list numbers of partners are, as the map says: UN, or a reporter; empty to find it.
        decimal: what begins a fraction, as the map says; empty to find it.
        thousands: what divides thousands where no cell proves it, as the publisher prints them.
        rates: currency and period to the dollars of one, as the map says.
        sided: of a part, whether the table names exporters or importers; None where the rows at hand are all.
        ends: places named as origin or destination, where both tell the partner; none where one does, None where none.
    """

    frame: pl.DataFrame
    constants: dict[str, str] = field(default_factory=dict)
    scale: dict[str, float] = field(default_factory=dict)
    balanced: str = ""
    national: bool = False
    sums: bool = False
    own: bool = False
    places: dict[str, str] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    numbers: str = ""
    decimal: str = ""
    thousands: str = ""
    rates: dict[tuple[str, str], float] = field(default_factory=dict)
    sided: bool | None = None
    ends: frozenset[str] | None = None

    @property
    def is_sided(self) -> bool:
        """Whether the table names exporters or importers; else who reports, the partner and the flow tell them."""
        if self.sided is not None:
            return self.sided
        told = [c for c in ("exporter", "importer") if c in self.constants]
        return bool(told) or any(c in self.frame.columns and self.frame[c].count() for c in ("exporter", "importer"))

    def parts(self, each: int) -> Iterator[Draft]:
        """Its rows in parts that are cleaned one by one; itself where it is one, each is 0, or no part can be alone."""
        if not 0 < each < self.frame.height or self._is_in_shared_currency():
            yield self
            return
        for part in self.frame.iter_slices(each):
            yield replace(self, frame=part, sided=self.is_sided)

    def _is_in_shared_currency(self) -> bool:
        """Whether values are in a sign of several currencies: the reporters of all rows tell which."""
        from entrepot.trade.loading.printed.printed_units import shared

        printed = self.frame["currency"].unique().to_list() if "currency" in self.frame.columns else []
        return any(shared(str(sign).strip().lower()) for sign in (*printed, self.constants.get("currency")) if sign)

    def filled(self) -> pl.DataFrame:
        """The frame with its constants; what no column says is empty."""
        import polars as pl

        frame = self.frame.with_columns(pl.lit(v).alias(k) for k, v in self.constants.items())
        absent = [pl.lit(None, pl.String()).alias(n) for n in TEXTS if n not in frame.columns]
        empty = [pl.lit(None, pl.Float64()).alias(n) for n in NUMBERS if n not in frame.columns]
        same = [] if UNREAD in frame.columns else [pl.lit(0, pl.UInt64()).alias(UNREAD)]
        return frame.with_columns(*absent, *empty, *same)
