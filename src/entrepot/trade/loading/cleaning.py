"""From a draft to the contract: cells read, sides told, currency in dollars, then the table held to account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import periods as calendar
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.formats.mapped_rates import rate_in
from entrepot.trade.formats.weighed import weights_of_quantities
from entrepot.trade.loading import codes, flaws, partner_numbers, suspect_values
from entrepot.trade.loading.draft import NAMED, NUMBERS, SCALE, UNREAD, WEIGHT_SCALE
from entrepot.trade.loading.losses import Sums
from entrepot.trade.loading.printed import printed_products
from entrepot.trade.loading.printed.printed_numbers import Proofs, gather, is_suppressed, numbers, signed_in_front
from entrepot.trade.loading.printed.printed_units import shared
from entrepot.trade.loading.printed.printed_valuation import valuations
from entrepot.trade.loading.whole import fiscal_reporters
from entrepot.trade.loading.whole.added import areas_by_name
from entrepot.trade.loading.whole.added.domestic_exports import DOMESTIC
from entrepot.trade.loading.whole.days_and_tenths import settled
from entrepot.vocabulary import currencies, partners
from entrepot.vocabulary.printed_names import folded

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.draft import Draft
    from entrepot.trade.loading.faults import Faults

# The last column makes the order one order: no two flows of a table have all of these in common.
ORDER = ("product", "exporter", "importer", "period", "reporter", "flow", "hs_vintage")


def cleaned(draft: Draft, source: str, faults: Faults, proofs: Proofs | None = None) -> pl.DataFrame:
    """The flows of a draft: the columns of the contract, `row`, UNREAD, NAMED. What is wrong is told to `faults`.

    What only the whole shows is `flaws.of_whole`.

    Args:
        draft: a reader's columns.
        source: the `source_id` of rows that bring none.
        faults: gathers what is wrong.
        proofs: of the blocks before, where the draft is a block of a table; None where it is the whole.
    """
    import polars as pl

    frame = draft.filled()
    faults.losses.unread[1] += frame["value"].len() - frame["value"].null_count()
    proofs = proofs or Proofs()
    proofs.decimal, proofs.thousands = draft.decimal, draft.thousands
    frame = signed_in_front(frame, NUMBERS)
    gather(frame, NUMBERS, proofs, own=draft.own)
    hidden = frame.filter(is_suppressed(pl.col("value")))["row"] if frame.schema["value"] == pl.String() else None
    for name in NUMBERS:
        frame = numbers(frame, name, faults, proofs, own=draft.own)
        frame = frame.with_columns(pl.col(name) * draft.scale.get(name, 1.0))
    if SCALE in frame.columns:
        frame = frame.with_columns(pl.col("value") * pl.col(SCALE).cast(pl.Float64()).fill_null(1.0))
    if WEIGHT_SCALE in frame.columns:
        frame = frame.with_columns(pl.col("net_kg") * pl.col(WEIGHT_SCALE).cast(pl.Float64()).fill_null(1.0))
    if draft.own and not {"net_kg"} & {*draft.frame.columns, *draft.constants}:
        frame = weights_of_quantities(frame, faults)
    frame = suspect_values.emptied(frame, faults)
    frame = printed_products.products(frame, faults, proofs)
    frame = settled(frame, faults, proofs.seen, proofs.facts, are_parts=draft.sums)
    frame = codes.periods(frame, faults)
    frame = _sides(frame.with_columns(*areas_by_name.names_of(frame)), draft, faults)
    frame = _vintages(frame, national=draft.national)
    frame = _settled(frame, source)
    told = frame.filter(pl.col(codes.BEGINS) != "").select("reporter", codes.BEGINS).unique().rows()
    faults.fiscal = fiscal_reporters.together(faults.fiscal, fiscal_reporters.as_told(told))
    frame = _dollars(frame, faults, draft.rates)
    frame = flaws.of_rows(frame, faults).with_columns(areas_by_name.of_areas())
    frame = frame.select("row", *TRADE_FLOWS.names, UNREAD, NAMED)
    if hidden is not None and hidden.len():
        of = frame.filter(pl.col("row").is_in(hidden.implode()) & pl.col("value_usd").is_null())
        of = of.with_columns(pl.col("flow").replace(DOMESTIC, "export"))  # what they are called in the end
        faults.kept_back.update(of.select("reporter", "flow", "frequency", "period").unique().rows())
    return frame


def _sides(frame: pl.DataFrame, draft: Draft, faults: Faults) -> pl.DataFrame:
    """Who reported, who exported, who imported."""
    import polars as pl

    if draft.balanced:
        frame = _both(frame, "exporter", "importer", faults, draft)
        return frame.with_columns(reporter=pl.lit(draft.balanced), flow=pl.lit("balanced"))
    if draft.is_sided:
        return _told_sides(frame, faults, draft)
    frame = codes.flows(frame, faults)
    frame = _both(frame, "reporter", "partner", faults, draft)
    out = pl.col("flow").str.ends_with("export")
    if draft.ends is not None:
        frame = _from_itself(frame, out, faults)
    return frame.with_columns(
        exporter=pl.when(out).then("reporter").otherwise("partner"),
        importer=pl.when(out).then("partner").otherwise("reporter"),
    )


def _from_itself(frame: pl.DataFrame, out: pl.Expr, faults: Faults) -> pl.DataFrame:
    """Rows whose partner, by origin or destination, is who reports: no exports, and imports of goods that came back."""
    import polars as pl

    same = pl.col("reporter") == pl.col("partner")
    what = tr("an export whose destination is who reports it: a flow from a country to itself")
    frame = faults.take(frame, same & out, "unknown_place", what)
    faults.flag(
        frame, same, "unknown_place", tr("an import whose origin is who reports it: goods that came back; kept")
    )
    return frame


def _both(frame: pl.DataFrame, one: str, other: str, faults: Faults, draft: Draft) -> pl.DataFrame:
    """Both sides of a flow as codes."""
    first = codes.places(frame, one, faults, draft.places)
    if draft.numbers:
        numbered = "" if draft.numbers == partner_numbers.UNITED_NATIONS else draft.numbers
    else:
        reporters = first[one].unique().to_list() if draft.own and one == "reporter" else []
        numbered = partner_numbers.whose_numbers(first, other, reporters, draft.places) if reporters else ""
    return codes.places(first, other, faults, draft.places, numbered)


def _told_sides(frame: pl.DataFrame, faults: Faults, draft: Draft) -> pl.DataFrame:
    """A file that names exporter and importer: the reporter, where none is named, is the side of the flow."""
    import polars as pl

    frame = _both(frame, "exporter", "importer", faults, draft)
    kind = pl.col("flow").fill_null(pl.when(pl.col("reporter") == pl.col("importer")).then(pl.lit("import")))
    frame = codes.flows(frame.with_columns(kind.fill_null("export").alias("flow")), faults)
    out = pl.col("flow").str.ends_with("export")
    side = pl.when(out).then("exporter").otherwise("importer")
    known = codes.mapped(frame, "reporter", lambda t: draft.places.get(folded(t)) or partners.code_of(t))["reporter"]
    return frame.with_columns(pl.coalesce(known, pl.col("reporter"), side).alias("reporter"))


def _vintages(frame: pl.DataFrame, *, national: bool) -> pl.DataFrame:
    """The edition of the codes: as printed, or for national tariffs the one in force in the period."""
    import polars as pl

    if national:
        dated = frame.with_columns(pl.col("period").alias("hs_vintage"))
        return codes.mapped(dated, "hs_vintage", codes.vintage_in_force)
    return codes.mapped(frame, "hs_vintage", codes.vintage_of).with_columns(pl.col("hs_vintage").fill_null("unknown"))


def _settled(frame: pl.DataFrame, source: str) -> pl.DataFrame:
    """Columns that have a default: valuation, status, source."""
    import polars as pl

    allowed = ("observed", "reported", "estimated", "simulated")
    status = pl.when(pl.col("status").is_in(allowed)).then("status").otherwise(pl.lit("reported"))
    return valuations(frame).with_columns(status.alias("status"), pl.col("source_id").fill_null(source))


def _dollars(frame: pl.DataFrame, faults: Faults, said: dict[tuple[str, str], float]) -> pl.DataFrame:
    """Values in dollars: another currency at the map's rate, else the ECB's mean of the period, empty without one."""
    import polars as pl

    money = pl.col("currency").str.strip_chars().str.to_uppercase().replace({"US$": "USD", "US DOLLAR": "USD"})
    frame = _signs_read(frame.with_columns(money.fill_null("USD").alias("currency")))
    foreign = frame.filter(pl.col("currency") != "USD")
    if not foreign.height:
        all_of_it = Sums()
        all_of_it.add(frame, "value")
        faults.losses.printed.plus(all_of_it)
        faults.losses.dollars.plus(all_of_it)
        return frame.rename({"value": "value_usd"})
    keys = ["currency", "period", codes.BEGINS]
    pairs = foreign.select(keys).unique().sort(keys)
    by_map = [rate_in(said, c, p or "") for c, p, _ in pairs.iter_rows()]
    rates = [_rate(*of) if own is None else own for own, of in zip(by_map, pairs.iter_rows(), strict=True)]
    whose = [own is not None for own in by_map]
    frame = frame.join(
        pairs.with_columns(pl.Series("_rate", rates, pl.Float64()), pl.Series("_said", whose)),
        on=keys,
        how="left",
    )
    _tell(frame, faults)  # what has no rate is lost there
    faults.losses.printed.add(frame.filter((pl.col("currency") == "USD") | pl.col("_rate").is_not_null()), "value")
    dollars = pl.when(pl.col("currency") == "USD").then("value").otherwise(pl.col("value") * pl.col("_rate"))
    done = frame.with_columns(dollars.alias("value_usd")).drop("_rate", "_said", "value")
    faults.losses.dollars.add(done, "value_usd")
    return done


def _signs_read(frame: pl.DataFrame) -> pl.DataFrame:
    """Signs that several currencies share as the one that they are taken for.

    Raises:
        BadInputError: the one reporter has a currency of its own by that sign, so that nothing tells which is meant.
    """
    import polars as pl

    for sign in [s for s in frame["currency"].unique().to_list() if shared(s.lower())]:
        whose = shared(sign.lower())
        own = [r for r in frame["reporter"].unique().to_list() if r]
        one = own[0] if len(own) == 1 and own[0] in whose else ""
        if one and whose[""] == "USD":  # in dollars of the United States offices count too; in rupees of India none
            raise BadInputError(
                tr(
                    "values are in {sign!r}, by which {one} may mean {whose} or {whose_2}",
                    sign=sign.lower(),
                    one=one,
                    whose=whose[one],
                    whose_2=whose[""],
                ),
                remedy=tr('Say which in a map, --map FILE.toml: [fixed] currency = "{whose}".', whose=whose[one]),
            )
        frame = frame.with_columns(pl.col("currency").replace({sign: whose[one]}))
    return frame


def _rate(currency: str, period: str, begins: str) -> float | None:
    """The mean rate of a period; of a fiscal year that of its twelve months where it is known when it begins."""
    of = calendar.parse(period)
    if begins.isdigit() and int(begins) > 1:
        of = calendar.span(f"{period}-{begins}", f"{int(period) + 1}-{int(begins) - 1:02d}")
    rate = currencies.mean_rate(currency, "USD", of)
    return None if rate is None else rate.value


def _tell(frame: pl.DataFrame, faults: Faults) -> None:
    import polars as pl

    for (money, known, said, unsure), rows in frame.filter(pl.col("currency") != "USD").group_by(
        "currency", pl.col("_rate").is_not_null(), "_said", pl.col(codes.BEGINS) == "?", maintain_order=True
    ):
        if said:
            what = tr("values in {money}, turned into dollars at the rate that the map says", money=money)
            faults.add("currency_not_usd", rows["row"], what, "converted")
        elif known and unsure:
            what = (
                f"values in {money} of fiscal years, turned into dollars at the European Central Bank's mean rate of "
                "the calendar year that each begins in, for no month says when it begins (a map says what one is in "
                f"dollars: [rates.{money}] 2023 = RATE for 2023-2024)"
            )
            faults.add("currency_not_usd", rows["row"], what, "converted")
        elif known:
            what = f"values in {money}, turned into dollars at the European Central Bank's mean rate of each period"
            faults.add("currency_not_usd", rows["row"], what, "converted")
        else:
            what = (
                f"values in {money} of periods without a rate of the European Central Bank; their dollars are empty "
                f"(a map says what one is in dollars: [rates] {money} = RATE; by period: [rates.{money}] 2023 = RATE)"
            )
            faults.add("currency_not_usd", rows["row"], what, "set_aside")
            faults.losses.lose("currency_not_usd", what, rows)
