"""What is wrong with a table of flows as a whole: each fault named with its rows before anything is added up.

Rows that certainly count something twice or that no sum may hold are set aside; what may be right is kept and named.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.amounts import counted, with_unit
from entrepot.core.words.translate import marked, tr
from entrepot.trade.contract import TRADE_FLOWS, VINTAGES
from entrepot.trade.loading import suspect_values
from entrepot.trade.loading.draft import FIGURES, UNREAD
from entrepot.trade.loading.printed.printed_products import ALL_GOODS
from entrepot.trade.loading.whole import not_told_apart, off_a_thousand, off_in_price, two_valuations
from entrepot.trade.loading.whole.added import areas_by_name, domestic_exports
from entrepot.trade.loading.whole.unclear_zeros import weightless, worthless
from entrepot.vocabulary import goods, partners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import polars as pl

    from entrepot.trade.loading.faults import Faults

KEY = list(TRADE_FLOWS.grain)
_REPORT = ["reporter", "flow", "period"]
OLDER_EDITION = "one report in two editions of the Harmonized System; the older is a conversion of the newer"
TWICE = (
    "rows of one flow with different figures, or different cells of a column that is not read; none is kept, and they "
    "are not added. Where such a column tells them apart, say in a map what it is; where they are parts of one flow, "
    'as by province, [file] rows = "parts" adds them'
)
REVISED = marked(
    "flows that stand in two files with different figures, as in a file and its revision; none is kept. Of these flows "
    "load one file alone: take out of the older one the rows that the newer one has again"
)
PARTS_ADDED = "parts of one flow, added up as the format or the mapping says"
ZERO_KEPT = "a value of zero may mean that nothing was reported; kept as zero"
SILENT = "every value of the reporter's period is zero: not reported; emptied"
_DIGITS = 6  # of a code that all countries share
_OTHERS = "9"  # a last digit of 9 is "other", which older editions may have had too
_NEAR = 5  # a successor with the same five digits is new; one from elsewhere may be an old code that took goods in


def of_rows(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """What each row shows by itself: negative figures, totals by their name, values of zero that cannot be.

    Args:
        frame: flows with their `row`; the columns of the contract but unchecked.
        faults: gathers what is wrong.
    """
    frame = negatives(frame, faults)
    named_totals(frame, faults)
    return weightless(worthless(frame, faults), faults)


def of_whole(frame: pl.DataFrame, faults: Faults, *, sums: bool = False) -> pl.DataFrame:
    """What only the whole table shows; the rows that may be added up.

    Args:
        frame: as `of_rows` leaves it.
        faults: gathers what is wrong.
        sums: rows of one key are parts of it and are added up.
    """
    frame = frame if sums else areas_by_name.added(frame, faults)
    frame = domestic_exports.with_whole_exports(frame, faults)
    frame = two_valuations.at_one(frame, faults)
    frame = totals(frame, faults)
    frame = zeros(frame, faults)
    frame = vintages(frame, faults)
    undeclared(frame, faults)
    frame = added(frame, faults) if sums else duplicates(frame, faults)
    frame = off_a_thousand.without_weights_off(frame, faults)
    of_periods, unpriced = suspect_values.sums(frame), suspect_values.unpriced(frame)
    suspect_values.tell(of_periods, lambda: suspect_values.pairs(frame), unpriced, faults)
    off_in_price.tell(off_in_price.prices(frame), faults)
    stops(frame, faults)
    return not_told_apart.with_rests(frame, faults)


def negatives(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Rows with a negative value are set aside; a negative quantity or weight is emptied."""
    import polars as pl

    frame = faults.take(frame, pl.col("value_usd") < 0, "negative", "the value is negative")
    for name in (n for n in FIGURES if n != "value_usd"):
        bad = frame.filter(pl.col(name) < 0)
        if bad.height:
            faults.add("negative", bad["row"], f"{name} is negative; emptied", "set_aside")
            frame = frame.with_columns(pl.when(pl.col(name) >= 0).then(name).alias(name))
    return frame


def named_totals(frame: pl.DataFrame, faults: Faults) -> None:
    """Totals that say so: a partner that is an aggregate, a code of all goods. They have a code with a plus already."""
    import polars as pl

    for side in ("exporter", "importer"):
        named = frame.filter(pl.col(side).str.starts_with("+"))
        for (code,), rows in named.group_by(side, maintain_order=True):
            is_area = partners.kind_of(str(code)) == "residual"
            sort = "of areas that have no code of a country" if is_area else "a total of partners"
            faults.add(
                "total_among_details", rows["row"], f"{side} {code} is {sort}; kept under a code of its own", "kept"
            )
    every = frame.filter(pl.col("product") == ALL_GOODS)
    if every.height:
        faults.add("total_among_details", every["row"], totals_of(0), "kept")


def totals(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Totals of products get a code with a plus, so that no sum takes them for a detail.

    A product code is a total where the same reporter, flow and period has longer codes that begin with it.
    """
    import polars as pl

    sizes = sorted(frame["product"].str.len_chars().unique().to_list())
    if len(sizes) > 1:
        frame = _product_totals(frame, [int(s) for s in sizes])
    total = frame.filter(pl.col("product").str.starts_with("+") & (pl.col("product") != ALL_GOODS))
    for (size,), rows in total.group_by(pl.col("product").str.len_chars() - 1, maintain_order=True):
        faults.add("total_among_details", rows["row"], totals_of(size), "kept")
    return frame


def totals_of(size: int) -> str:
    """That codes of so many digits are totals, in words; 0: of all goods."""
    kind = f"codes of {size} digits beside longer ones" if size else "all goods"
    return f"totals of products ({kind}); kept behind a plus"


def _product_totals(frame: pl.DataFrame, sizes: list[int]) -> pl.DataFrame:
    import polars as pl

    code = pl.col("product")
    keys = [*_REPORT, "exporter", "importer", "hs_vintage"]
    found = []
    for size in sizes[:-1]:
        longer = frame.filter((code.str.len_chars() > size) & ~code.str.starts_with("+"))
        begun = longer.select(*keys, code.str.head(size).alias("product")).unique()
        found.append(begun)
    totals = pl.concat(found).unique().with_columns(pl.lit("+").alias("_plus"))
    marked = frame.join(totals, on=[*keys, "product"], how="left", maintain_order="left")
    return marked.with_columns(pl.concat_str(pl.col("_plus").fill_null(""), code).alias("product")).drop("_plus")


def zeros(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """A zero that cannot be a value is emptied; one that may be is kept and named.

    A reporter whose every value of a period is zero did not report that period, where it has values in others.
    """
    import polars as pl

    zero = (pl.col("value_usd") == 0).fill_null(value=False)
    silent = (pl.col("value_usd").max() == 0).over(_REPORT) & (
        (pl.col("value_usd").max() > 0).over(["reporter", "flow"])
    )
    state = frame.select("row", zero=zero, silent=(zero & silent).fill_null(value=False))
    empty = state["silent"]
    kept = state.filter(pl.col("zero") & ~empty)["row"]
    if empty.any():
        faults.add("zero_unclear", state.filter("silent")["row"], SILENT, "set_aside")
    if len(kept):
        faults.add("zero_unclear", kept, ZERO_KEPT, "kept")
    return frame.with_columns(pl.when(~empty).then("value_usd").alias("value_usd"))


def vintages(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Several editions of the HS: named; where one report is there in two, only the newest is kept.

    The newest is what the country reported; publishers convert to older editions (UN Comtrade does), never to newer.
    """
    import polars as pl

    found = [v for v in VINTAGES if v in frame["hs_vintage"].unique().to_list()]
    if len(found) > 1:
        order = pl.col("hs_vintage").replace_strict({v: i for i, v in enumerate(VINTAGES)}, default=-1)
        known = pl.col("hs_vintage") != "unknown"
        older = known & (order < order.max().over(_REPORT))
        frame = faults.take(frame, older, "mixed_vintage", OLDER_EDITION)
        for (vintage,), rows in frame.filter(known).group_by("hs_vintage", maintain_order=True):
            if vintage != found[-1]:
                faults.add("mixed_vintage", rows["row"], beside(str(vintage), found[-1]), "kept")
    return frame


def beside(older: str, newest: str) -> str:
    """That a file holds two editions, in words."""
    return f"codes of {older} in a file that also has codes of {newest}; compare them by concordance only (--hs)"


def _near() -> list[tuple[str, str]]:
    """Codes that HS 2022 dropped, each with those that took its place and are new."""
    pairs = goods.replaced().items()
    return [(o, n) for o, became in pairs for n in became if n[:_NEAR] == o[:_NEAR] and n[-1] != _OTHERS]


def changed_codes() -> list[str]:
    """The codes that `undeclared` looks for: no other row has to be held for it."""
    return sorted({code for pair in _near() for code in pair})


def undeclared(frame: pl.DataFrame, faults: Faults) -> None:
    """Codes that HS 2022 dropped, in a report that also has the codes that took their place.

    Args:
        frame: `row`, `reporter`, `flow`, `period` and `product`.
        faults: gathers what is wrong.
    """
    import polars as pl

    pairs = goods.replaced()
    table = pl.DataFrame(_near(), schema=["_six", "_new"], orient="row")
    six = frame.select("row", *_REPORT, pl.col("product").str.head(_DIGITS).alias("_six")).filter(
        pl.col("_six").str.len_chars() == _DIGITS
    )
    dropped = six.join(table, on="_six")
    news = six.select(*_REPORT, pl.col("_six").alias("_new")).unique()
    both = dropped.join(news, on=[*_REPORT, "_new"], how="semi")
    for (code,), rows in both.group_by("_six", maintain_order=True):
        became = ", ".join(pairs[str(code)])
        what = f"{code}, which HS 2022 dropped, beside what took its place ({became}) in one report"
        faults.add("mixed_vintage", rows["row"].unique(), what, "kept")


def duplicates(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The same row again is set aside; other rows of one key are all set aside, for none is right.

    Others are rows with different figures, and rows that a column tells apart which is not read: equal figures of two
    ports are two figures.
    """
    import polars as pl

    again = frame.select(KEY).is_duplicated()
    if not again.any():
        return frame
    numbered = frame.with_row_index("_at")  # a row of several periods holds several flows
    figures = [pl.col(n).n_unique() == 1 for n in (*FIGURES, UNREAD)]
    same = numbered.filter(again).with_columns(
        reduce(lambda a, b: a & b, figures).over(KEY).alias("_same"), pl.col("_at").min().over(KEY).alias("_first")
    )
    repeated = same.filter(pl.col("_same") & (pl.col("_at") > pl.col("_first")))
    differing = same.filter(~pl.col("_same")).with_columns(_apart=_are_in_two_files(faults.files))
    if repeated.height:
        again_usd = with_unit(float(repeated["value_usd"].sum()), "USD")
        what = tr("the same row again; the first is kept, and {usd} are not counted twice", usd=again_usd)
        faults.add("duplicate", repeated["row"], what, "set_aside")
    for rows, what in ((differing.filter(~pl.col("_apart")), TWICE), (differing.filter("_apart"), tr(REVISED))):
        if rows.height:
            faults.add("duplicate", rows["row"], what, "set_aside")
            faults.leave(rows, "duplicate", what)
    out = pl.concat([repeated, differing.drop("_apart")])
    faults.leave(repeated)
    return numbered.filter(~pl.col("_at").is_in(out["_at"].implode())).drop("_at")


def added(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Rows of one key added up, because the publisher or the person says that they are parts of one flow.

    A part without a figure leaves the sum of that figure empty: it would say less than it seems to.

    Raises:
        BadInputError: as in `refuse_shared`.
    """
    import polars as pl

    again = frame.select(KEY).is_duplicated()
    if not again.any():
        return frame
    doubled = frame.filter(again)
    if len(faults.files) > 1:
        refuse_shared(_in_two_files(doubled, faults.files))
    faults.add("duplicate", doubled["row"], PARTS_ADDED, "converted")
    whole = [pl.when(pl.col(n).null_count() == 0).then(pl.col(n).sum()).alias(n) for n in FIGURES]
    first = [pl.col(c).drop_nulls().first() for c in frame.columns if c not in {*KEY, *FIGURES}]
    joined = doubled.group_by(KEY, maintain_order=True).agg(*whole, *first).select(frame.columns)
    return pl.concat([frame.filter(~again), joined])


def _are_in_two_files(files: list[tuple[int, str]]) -> pl.Expr:
    """Whether the rows of a flow stand in more than one file."""
    import polars as pl

    begins = [base for base, _ in files]
    if len(begins) <= 1:
        return pl.lit(value=False)
    number = pl.sum_horizontal(pl.col("row") > base for base in begins)
    return number.min().over(KEY) != number.max().over(KEY)


def _in_two_files(doubled: pl.DataFrame, files: list[tuple[int, str]]) -> pl.DataFrame:
    """As the step `shared`: flows with rows in more than one file, with the first file and the last."""
    import polars as pl

    flows = doubled.group_by(KEY).agg(pl.col("row").min().alias("low"), pl.col("row").max().alias("high")).sort("low")
    begins, names = pl.Series([base for base, _ in files]), pl.Series([name for _, name in files])
    low, high = (begins.search_sorted(flows[end], side="left") - 1 for end in ("low", "high"))
    told = flows.select("reporter", "flow", "period", "low", one=names.gather(low), other=names.gather(high))
    return told.filter(low != high)


def refuse_shared(flows: pl.DataFrame) -> None:
    """Stop where the rows of flows are added that stand in two files: a month and its revision are no parts.

    Args:
        flows: those that do, by their first row: `reporter`, `flow`, `period`, `one` file and the `other`.

    Raises:
        BadInputError: there is one.
    """
    if not flows.height:
        return
    first = flows.row(0, named=True)
    raise BadInputError(
        tr(
            "{one} and {other} both have figures of the same flows, whose rows are parts and would be added: "
            "{flows}, first {flow} of {reporter} in {period}",
            one=first["one"],
            other=first["other"],
            flows=counted(flows.height, "flow"),
            flow=tr(first["flow"]),
            reporter=first["reporter"],
            period=first["period"],
        ),
        remedy=tr(
            "Load one of them: of a period and its revision the revision alone. Where both hold parts of these flows, "
            "make one file of them."
        ),
    )


def stops(frame: pl.DataFrame, faults: Faults) -> None:
    """Reporters whose last period comes before the file's last, and periods that a reporter leaves out."""
    import polars as pl

    given = frame.filter(pl.col("value_usd").is_not_null())
    seen = given.group_by("reporter", "flow", "frequency").agg(pl.col("period").unique().sort().alias("periods"))
    for reporter, flow, last, what in stopped(seen, faults.kept_back):
        mine = pl.col("reporter").eq(reporter) & pl.col("flow").eq(flow) & pl.col("period").eq(last)
        faults.add("reporter_stops", given.filter(mine)["row"] if last else (), what, "kept")


def stopped(
    seen: pl.DataFrame, kept_back: Iterable[tuple[str, str, str, str]] = ()
) -> Iterator[tuple[str, str, str, str]]:
    """What a reporter left out, in words: reporter, flow, its last period (empty for a gap inside) and the sentence.

    Args:
        seen: reporter, flow, frequency and the sorted list of its `periods`.
        kept_back: reporter, flow, frequency and period of values that are reported and not printed.
    """
    import polars as pl

    if hidden := [(*of, [period]) for *of, period in kept_back]:
        more = pl.DataFrame(hidden, schema=seen.schema, orient="row")
        more = more.join(seen, on=("reporter", "flow", "frequency"), how="semi")
        every = pl.concat([seen, more]).explode("periods").group_by("reporter", "flow", "frequency")
        seen = every.agg(pl.col("periods").unique().sort())
    for (frequency,), part in seen.sort("reporter", "flow").group_by("frequency", maintain_order=True):
        end = max(p[-1] for p in part["periods"].to_list())
        calendar = _between(min(p[0] for p in part["periods"].to_list()), end, str(frequency))
        for reporter, flow, periods in part.select("reporter", "flow", "periods").iter_rows():
            if flow in {"re-export", "re-import"}:
                continue  # many countries have years without any
            if periods[-1] < end:
                yield (
                    reporter,
                    flow,
                    periods[-1],
                    f"{reporter} reports no {flow} after {periods[-1]}; the file runs to {end}",
                )
            gaps = [c for c in calendar if periods[0] < c < periods[-1] and c not in set(periods)]
            if gaps:
                shown = ", ".join(gaps[:6]) + (f" and {len(gaps) - 6} more" if len(gaps) > 6 else "")  # noqa: PLR2004
                yield reporter, flow, "", f"{reporter} reports no {flow} in {shown}, and reports before and after"


def _between(first: str, last: str, frequency: str) -> list[str]:
    """The periods from the first to the last."""
    year, end = int(first[:4]), int(last[:4])
    parts = {"year": [""], "quarter": [f"-Q{q}" for q in range(1, 5)], "month": [f"-{m:02}" for m in range(1, 13)]}
    every = [f"{y}{p}" for y in range(year, end + 1) for p in parts[frequency]]
    return [p for p in every if first <= p <= last]
