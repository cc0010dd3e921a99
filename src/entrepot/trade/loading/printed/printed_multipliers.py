"""What stands beside figures, row by row, that they are multiplied by or counted in: Millions, 3, Exports (Euro)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.loading.draft import SCALE
from entrepot.trade.loading.printed.printed_units import Said, said, words_of
from entrepot.trade.loading.printed.titles.contract import UN_UNITS
from entrepot.trade.loading.printed.titles.unsure_units import unsure_words

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Sequence

    import polars as pl

    from entrepot.trade.loading.faults import Faults

MOST_KINDS = 6  # of what figures count, in one column; more words are of something else
WEIGHTS = {"kg": "net_kg", "tonne": "tonnes"}  # label to the heading under which its figures are read
_MOST_WORDS = 6  # of scales in one column; more words are of something else
_POWER = re.compile(r"(-?\d{1,2})(?:\.0)?(?:\s*:.*)?")  # 3, or 3: Thousands
_BY_HUNDREDS = re.compile(r"(?<!\d)(10+)\s*_?\s*kg", re.IGNORECASE)  # what a weight is counted in
_ONES = re.compile(r"\s*units?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wide:
    """A column of figures.

    Attributes:
        heading: as printed.
        period: as printed; empty where the table has a column of periods.
        month: of a column that is called as a month, beside one of years.
        says: what else the heading says.
        reporter: whose figures they are, where the heading says it.
        partner: with whom, likewise.
    """

    heading: str
    period: str
    month: str
    says: Said
    reporter: str = ""
    partner: str = ""

    @property
    def of(self) -> tuple[str, str, str, str, str]:
        """The period, month, flow, reporter and partner of the figures."""
        return self.period, self.month, self.says.flow, self.reporter, self.partner

    @property
    def kind(self) -> str:
        """value, weight or quantity."""
        label = self.says.label
        return label if label == "quantity" else "weight" if label in {*WEIGHTS, "weight"} else "value"


def without_spare(amounts: Iterable[tuple[str, Hashable, str]]) -> set[str]:
    """Headings of amounts that are not read, since the same flows are in dollars beside them, in one column.

    Pakistan's and India's offices print rupees and dollars of each flow; the dollars are the office's own conversion.

    Args:
        amounts: heading, of which period and flow, currency or empty.

    >>> without_spare([("Rs. million", "2022", "PKR"), ("US$ 000", "2022", "USD"), ("US$ 000 (2)", "2021", "USD")])
    {'Rs. million'}
    """
    by_flow: dict[Hashable, dict[str, list[str]]] = {}
    for heading, flow, money in amounts:
        by_flow.setdefault(flow, {}).setdefault(money, []).append(heading)
    return {
        heading
        for held in by_flow.values()
        for money, headings in held.items()
        for heading in headings
        if money not in {"USD", ""} and len(held.get("USD", ())) == 1 and "" not in held
    }


def amounts(headings: Iterable[str]) -> dict[str, Said]:
    """The headings that are of a value, with what they say."""
    told = {h: said(re.sub(r"[_]+", " ", h)) for h in headings}
    return {h: spoken for h, spoken in told.items() if not spoken.rest and _is_priced(spoken)}


def in_dollars(told: dict[str, Said]) -> str:
    """The first of them that is not in dollars beside it; empty where there is none."""
    spare = without_spare((h, spoken.flow, spoken.money) for h, spoken in told.items())
    return next((h for h in told if h not in spare), "")


def _is_priced(spoken: Said) -> bool:
    """Whether a heading is of a value: it says so, or names a currency and no weight."""
    return spoken.label == "value" or (bool(spoken.currency) and spoken.label == "")


def factor_of(cell: str, *, powers: bool = True) -> float | None:
    """What a cell says that figures are multiplied by; None where it says nothing of the kind.

    Args:
        cell: as printed.
        powers: whether a number is a power of ten, as in a column that is called so.

    >>> factor_of("Millions"), factor_of("3"), factor_of("3: Thousands"), factor_of("units"), factor_of("China")
    (1000000.0, 1000.0, 1000.0, 1.0, None)
    """
    text = cell.strip()
    if match := _POWER.fullmatch(text):
        return float(10.0 ** int(match[1])) if powers else None
    if not text or _ONES.fullmatch(text):
        return 1.0
    spoken = said(text)
    alone = spoken.scale != 1 and not (spoken.rest or spoken.label or spoken.flow or text[0].isdigit())
    return spoken.scale if alone else None


def column_of_scales(frame: pl.DataFrame, heading: Sequence[str], taken: Container[str]) -> str:
    """A column that no heading explains, all of whose cells are such words: Puissance; empty for none."""
    import polars as pl

    # The schema is asked for once: Polars builds it anew each time, which thousands of columns square.
    texts = (c for c in frame.select(heading).get_columns() if c.dtype == pl.String() and c.name not in taken)
    for column in (c for c in texts if c.null_count() < frame.height):
        words = column.drop_nulls().unique().head(_MOST_WORDS + 1).to_list()
        factors = [factor_of(w, powers=False) for w in words]
        if 0 < len(words) <= _MOST_WORDS and None not in factors and any(f != 1 for f in factors):
            return column.name
    return ""


def multiplied(frame: pl.DataFrame, factors: pl.Series, faults: Faults) -> pl.DataFrame:
    """Figures with what stands beside them; rows of which that is not known are set aside.

    Args:
        frame: columns under our names, as many rows as there are factors.
        factors: the cells.
        faults: gathers what is wrong.
    """
    import polars as pl

    cells = factors.cast(pl.String()).fill_null("")
    known = {w: factor_of(w) for w in cells.unique().to_list()}
    frame = frame.with_columns(cells.replace_strict(known, return_dtype=pl.Float64()).alias(SCALE))
    unknown = next((w for w, f in known.items() if f is None), "")
    what = f"what figures are multiplied by, {unknown!r}, is not known"
    return faults.take(frame, pl.col(SCALE).is_null(), "unreadable", what)


def counted_in(frame: pl.DataFrame) -> pl.DataFrame:
    """Flows whose words say the currency and the scale too, `Exports, FOB, Euro thousand`: where all of them do."""
    import polars as pl

    spoken = {w: said(w) for w in frame["flow"].cast(pl.String()).drop_nulls().unique().to_list()}
    if not spoken or not all(s.currency for s in spoken.values()):
        return frame
    flow = pl.col("flow").cast(pl.String())
    money, scale = {w: s.money for w, s in spoken.items()}, {w: s.scale for w, s in spoken.items()}
    before = pl.col(SCALE).cast(pl.Float64()).fill_null(1.0) if SCALE in frame.columns else pl.lit(1.0)
    return frame.with_columns(
        flow.replace_strict(money, default=None, return_dtype=pl.String()).alias("currency"),
        (before * flow.replace_strict(scale, default=1.0, return_dtype=pl.Float64())).alias(SCALE),
    )


def by_hundreds(figure: pl.Expr, kind: str) -> pl.Expr:
    """Figures that are counted by the hundred kilograms, as Eurostat's QUANTITY_IN_100KG, in kilograms."""
    import polars as pl

    found = _BY_HUNDREDS.search(kind)
    if not found:
        return figure
    number = figure.str.strip_chars().cast(pl.Float64(), strict=False) * float(found[1])
    return number.cast(pl.String())


def refuse_kinds(frame: pl.DataFrame, heading: Sequence[str]) -> None:
    """Stop where a column that is not read says of what kind each figure is: euros and kilograms are never added.

    Args:
        frame: cells as text.
        heading: the columns that are not read.

    Raises:
        BadInputError: such a column, with an amount and a weight or a quantity among its words.
    """
    import polars as pl

    texts = frame.select(heading).select(pl.col(pl.String))  # a schema is made anew at each reading
    for name in (c.name for c in texts if c.null_count() < frame.height):
        words = texts[name].drop_nulls().unique().head(MOST_KINDS + 1).sort().to_list()
        kinds = {said(w).label for w in words}
        if len(words) <= MOST_KINDS and "value" in kinds and kinds & {*WEIGHTS, "quantity", "weight"}:
            raise BadInputError(
                tr("column {name!r} says of what kind each figure is, and one column holds all of them", name=name),
                found=", ".join(map(repr, words)),
                remedy=tr("Keep the rows of one kind, the value, or give each kind a column of its own."),
            )


def is_mixed(wide: list[Wide]) -> bool:
    """Whether amounts are in several units, each of a heading of its own."""
    return len({(one.says.scale, one.says.currency) for one in wide if one.kind == "value"}) > 1


def units_of(wide: list[Wide], unit: Said | None) -> dict[str, dict[str, str]]:
    """Heading to what its figures are multiplied by and their currency, for a table in several units.

    A heading that says neither is in the unit of the title; where that says none either, plain dollars are not
    guessed beside millions or euros.

    Raises:
        BadInputError: such a heading.
    """
    amounts = [one for one in wide if one.kind == "value"]
    told = unit or Said()
    is_other = any(o.says.scale != 1 or o.says.currency not in {"", "USD"} for o in amounts)
    bare = [o.heading for o in amounts if o.says.scale == 1 and not o.says.currency]
    if bare and is_other and not (told.currency or told.scale != 1):
        raise BadInputError(
            tr("columns of amounts say a unit, and others of the same table say none"),
            found=", ".join(bare[:_MOST_WORDS]),
            remedy=tr("Write the unit into these headings too, as in 'Exports (thousand USD)'."),
        )
    return {
        o.heading: {
            SCALE: repr(told.scale if o.heading in bare else o.says.scale),
            "currency": o.says.money or told.money or "USD",
        }
        for o in amounts
    }


def value_heading(wide: list[Wide], unit: Said | None) -> str:
    """The heading under which figures of columns are read: `value million USD`.

    Raises:
        BadInputError: two columns of one period and flow are amounts.
    """
    amounts = [one for one in wide if one.kind == "value"]
    for one in amounts:
        same = [o.heading for o in amounts if o.of == one.of]
        if len(same) > 1:
            raise BadInputError(
                tr("two columns hold amounts of one period, and nothing tells which is the value"),
                found=", ".join(same[:4]),
                remedy=tr(
                    'Say which with --map FILE.toml: [columns] value = "heading", period = "heading", or '
                    "leave the other column out of the file."
                ),
            )
    if is_mixed(wide):
        return "value"
    says = next((o.says for o in amounts), Said())
    told = unit or Said()
    money = says if says.currency else told
    spoken = Said(says.scale if says.scale != 1 else told.scale, money.currency, sign=money.sign)
    said_of = words_of(spoken) if spoken.currency else words_of(replace(spoken, currency="USD")).removesuffix("USD")
    return f"value {said_of}".strip()


def refuse_no_money(frame: pl.DataFrame, heading: str) -> None:
    """Stop where the units beside values are those that customs count goods in, and none is money.

    The values may be in them, or be money for goods that are counted so. Of megawatts they are.

    Args:
        frame: with `quantity_unit` beside the values.
        heading: of the values, as printed.

    Raises:
        BadInputError: there are such units.
    """
    import polars as pl

    units = frame["quantity_unit"].cast(pl.String()).drop_nulls().unique().sort().to_list()
    told = {u: said(_code_of(u)) for u in units}
    if any(spoken.currency or unsure_words(_code_of(u)) for u, spoken in told.items()):
        return
    of_customs = {row["unit"] for row in packaged_rows(UN_UNITS)}
    if counted := [u for u, spoken in told.items() if u in of_customs or spoken.label in {*WEIGHTS, "quantity"}]:
        raise BadInputError(
            tr(
                "nothing says whether the figures of {value!r} are money or are counted in the unit beside them",
                value=heading,
            ),
            found=", ".join(counted[:_MOST_WORDS]),
            remedy=tr(
                'Where they are money, say in which in a map, --map FILE.toml: [fixed], then currency = "USD" or '
                "another. Where they are counted in that unit, call their column quantity."
            ),
        )


def by_unit(frame: pl.DataFrame, faults: Faults, *, is_of_quantity: bool) -> pl.DataFrame:
    """Values whose unit stands beside them, row by row: money stays, megawatts and pieces are quantities.

    A table of one unit a row, as reports are copied into: `16.32 | USD bn`, `4368.5 | MW`, `204 | percent`. Units none
    of which is money, and that are of quantities, say nothing of the values.
    """
    import polars as pl

    units = {u: said(_code_of(u)) for u in frame["quantity_unit"].cast(pl.String()).drop_nulls().unique().to_list()}
    if not units or (is_of_quantity and not any(spoken.currency for spoken in units.values())):
        return frame
    unit = pl.col("quantity_unit")
    none = [u for u, spoken in units.items() if spoken.label == "none"]
    frame = faults.take(frame, unit.is_in(none), "unreadable", "a figure in percent or of growth is no amount")
    for cell in (u for u in units if unsure_words(_code_of(u))):
        what = tr("what {cell!r} counts in is not understood: thousands, millions or one", cell=cell)
        frame = faults.take(frame, unit == cell, "unreadable", what)
    money = {u: spoken for u, spoken in units.items() if spoken.currency}
    is_money = unit.is_in(list(money)) | unit.is_null()
    value, weight = pl.col("value"), unit.is_in([u for u, spoken in units.items() if spoken.label == "kg"])
    more = [] if "net_kg" in frame.columns else [pl.when(weight).then(value).alias("net_kg")]
    before = pl.col(SCALE).cast(pl.Float64()).fill_null(1.0) if SCALE in frame.columns else pl.lit(1.0)
    currency, scale = {u: x.money for u, x in money.items()}, {u: x.scale for u, x in money.items()}
    return frame.with_columns(
        pl.when(is_money).then(value).alias("value"),
        pl.when(~is_money).then(value).alias("quantity"),
        unit.replace_strict(currency, default=None, return_dtype=pl.String()).alias("currency"),
        (before * unit.replace_strict(scale, default=1.0, return_dtype=pl.Float64())).alias(SCALE),
        *more,
    )


def _code_of(cell: str) -> str:
    """The code of a cell that says its name too, as SDMX-CSV does: `AUD: Australian Dollars`."""
    code, parted, _ = cell.partition(": ")
    return code if parted and code.isupper() else cell
