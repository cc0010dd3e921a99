"""Eurostat's Comext: the bulk files of products and the tables of the dissemination service, in euros.

Bulk files now: REPORTER, PARTNER, TRADE_TYPE, PRODUCT_NC, …, FLOW, STAT_PROCEDURE, SUPPL_UNIT, PERIOD, VALUE_EUR,
VALUE_NAC, QUANTITY_KG, QUANTITY_SUPPL_UNIT (full_v2_YYYYMM.7z, unpacked); before: DECLARANT_ISO, PARTNER_ISO,
STAT_REGIME, VALUE_IN_EUROS, QUANTITY_IN_KG, SUP_QUANTITY. FLOW is 1 for imports, 2 for exports; the 52nd period is
the year (Eurostat, folders COMEXT_DATA and COMEXT_METADATA of the bulk download,
https://ec.europa.eu/eurostat/databrowser/bulk?selectedTab=fileComext). Tables such as DS-045409 come as TSV with a
column a period, or as SDMX-CSV with a row an observation; DS-045409 calls its indicators VALUE_IN_EUROS and
QUANTITY_IN_100KG, DS-059341 VALUE_EUR and QUANTITY_KG.

What its page downloads is a row a flow with labels: REPORTER, PARTNER, PRODUCT, FLOW, STAT_PROCEDURE, PERIOD,
VALUE_IN_EUR, and where it is asked for QUANTITY_IN_100KG; until 2018 `EXPORT` and `Jan.-Dec. 2018`, since then
`2-EXPORT` and `201952-Jan.-Dec. 2019`.

A row of the bulk files is one statistical procedure (normal, for processing, …); the rows of one flow are its parts
and are added up, which the faults say. Of STAT_REGIME, as the column was called before, 4 is the total of the others:
where a file has such rows they alone are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.formats import by_key, chosen, key, our_columns, spelt, tell_unread
from entrepot.trade.loading.codes import refuse_without
from entrepot.trade.loading.draft import WEIGHT_SCALE, Draft
from entrepot.trade.loading.whole.parts_alone import Sort

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_FORM = "comext"
_NEEDED = ("reporter", "partner", "product", "flow", "period", "value")
_KEYS = ("reporter", "partner", "product", "flow", "indicators")  # what says which flow is observed
_WIDE = "freqreporterpartnerproductflowindicatorstimeperiod"  # the first heading of the TSV
_TOTALS = "all_procedures"  # what any row shows of all: those of one procedure may fill a block
_PROCEDURE = "statprocedure"
# What stands for all procedures: Total, T-Total; of the regimes of the bulk files of before also 4, which holds 1, 2,
# 3 and the others, so that whoever works with those files takes its rows alone.
_ALL = {_PROCEDURE: r"^(t\s*-\s*)?total$|^t$", "statregime": r"^(4\s*-\s*)?total$|^[t4]$"}
_HUNDRED_KG = 100.0  # what QUANTITY_IN_100KG counts
_KEPT_BACK = "c"  # the word by which a figure that is kept back is known further on
# A cell of the TSV without a figure, and among its flags c (confidential) or n (not significant): `: c`, `:c`, `c`.
_FLAGGED = r"(?i)^:?\s*[a-z]*[cn][a-z]*$"
_FLAGS = r"(?i)^\s*[a-z]{0,4}[cn][a-z]{0,4}\s*(?::|$)"  # the same flags in OBS_FLAG, or `c: confidential`
# What an indicator of its tables may be, by the spellings of a column that counts the same; what is counted besides.
_MEASURES, _COUNTED = ("value", "net_kg", "hundred_kg"), ("quantity", "other_values")
_SPELT_OUT = ("VALUE_EUR", "VALUE_IN_EUROS", "QUANTITY_KG", "QUANTITY_IN_100KG", "SUPPLEMENTARY_QUANTITY")
_FREE = r"(?i)^\s*(?:[ef]\s*(?::.*)?)?$"  # CONF_STATUS of what is published: free, released, or nothing


def fits(keys: frozenset[str]) -> bool:
    """Whether this is a heading of Comext."""
    rows = "productnc" in keys or keys >= {"product", _PROCEDURE}
    bulk = rows and bool(keys & {*spelt(_FORM, "value")})
    return bulk or _WIDE in keys or keys >= {"reporter", "partner", "product", "flow", "indicators", "obsvalue"}


def is_joined(keys: frozenset[str]) -> bool:
    """Whether value and weight of a flow stand in rows of their own, as they do in its tables."""
    return not keys & {"productnc", _PROCEDURE}


def draft(opened: Opened, faults: Faults) -> Draft:
    """Comext's columns under our names, values still in euros."""
    names = by_key(opened.heading)
    if is_joined(frozenset(names)):
        frame = _observations(_long(opened.frame, names[_WIDE]) if _WIDE in names else opened.frame, faults)
        return Draft(frame, {"currency": "EUR", "status": "reported"}, national=True)
    found, scale = chosen(_FORM, names), {}
    hundreds = next((names[k] for k in spelt(_FORM, "hundred_kg") if k in names), "")
    if hundreds and "net_kg" not in found:
        found["net_kg"], scale = hundreds, {"net_kg": _HUNDRED_KG}
    refuse_without(_NEEDED, tuple(found), opened.heading)
    tell_unread(_FORM, names, faults)
    whole, is_whole = _wholes(opened, names, faults)
    frame = _supplied(whole.select(our_columns(found)))
    return Draft(frame, {"currency": "EUR", "status": "reported"}, scale, national=True, sums=not is_whole)


def _wholes(opened: Opened, names: dict[str, str], faults: Faults) -> tuple[pl.DataFrame, bool]:
    """The rows of all procedures together, and whether there are any; the rows of each are parts of them."""
    import polars as pl

    heading = next((names[k] for k in _ALL if k in names), "")
    if not heading:
        return opened.frame, False
    frame = opened.frame
    printed = pl.col(heading).cast(pl.String()).str.strip_chars().str.to_lowercase()
    whole = printed.str.contains(_ALL[key(heading)]).fill_null(value=False)
    if frame.select(whole.any()).item():
        opened.facts.add(_TOTALS)
    if _TOTALS not in opened.facts:
        return frame, False
    sort = Sort(
        tr("details by statistical procedure, parts of a flow that is a row too"),
        tr("details by statistical procedure of flows of which no row is the whole: download the totals too"),
    )
    found = chosen(_FORM, names)
    keys = [pl.col(found[role]) for role in ("reporter", "partner", "product", "flow", "period")]
    valued = frame if "value" in frame.columns else frame.with_columns(pl.col(found["value"]).alias("value"))
    kept = faults.part(valued, ~whole, keys, sort, depth=pl.lit(0), is_world=pl.lit(value=False))
    faults.parts.met(kept, keys)
    return kept, True


def _supplied(frame: pl.DataFrame) -> pl.DataFrame:
    """A supplementary quantity counts only where the product has a supplementary unit."""
    import polars as pl

    if not {"quantity", "quantity_unit"} <= set(frame.columns):
        return frame.drop("quantity", "quantity_unit", strict=False)
    none = pl.col("quantity_unit").is_null() | pl.col("quantity_unit").is_in(["NO_SU", "-", "A", ""])
    return frame.with_columns(pl.when(~none).then(n).alias(n) for n in ("quantity", "quantity_unit"))


def _long(frame: pl.DataFrame, first: str) -> pl.DataFrame:
    """The TSV, a column a period, as a row an observation; flags behind the figures are taken off.

    A cell that is not available is no row; one whose figure is kept back is one, and says so.
    """
    import polars as pl

    names = re.split(r"[,\\]", first)[:-1]
    refuse_without(_KEYS, tuple(map(key, names)), (first,))
    flow = by_key(names)["flow"]
    keys = pl.col(first).str.split_exact(",", len(names) - 1).struct.rename_fields(names)
    wide = frame.with_columns(keys.alias("_keys")).unnest("_keys").drop(first)
    long = wide.unpivot(index=["row", *names], variable_name="TIME_PERIOD", value_name="OBS_VALUE")
    cell = pl.col("OBS_VALUE").str.strip_chars()
    kept_back = pl.when(cell.str.contains(_FLAGGED)).then(pl.lit(_KEPT_BACK))
    figure = pl.coalesce(cell.str.extract(r"^(-?\d[\d.]*)"), kept_back).alias("OBS_VALUE")
    long = long.with_columns(figure, pl.col("TIME_PERIOD").str.strip_chars(), pl.col(flow).str.strip_chars())
    return long.filter(pl.col("OBS_VALUE").is_not_null())


def _kept_back(names: dict[str, str]) -> pl.Expr:
    """The column of figures, with a word where there is none and the flags beside say that it is kept back."""
    import polars as pl

    value = pl.col(names["obsvalue"])
    no_figure = value.is_null() | value.str.strip_chars().is_in(["", ":"])
    hidden = pl.lit(value=False)
    if "obsflag" in names:
        hidden |= pl.col(names["obsflag"]).cast(pl.String()).str.contains(_FLAGS).fill_null(value=False)
    if "confstatus" in names:
        hidden |= ~pl.col(names["confstatus"]).cast(pl.String()).str.contains(_FREE).fill_null(value=True)
    return pl.when(no_figure & hidden).then(pl.lit(_KEPT_BACK)).otherwise(value).alias(names["obsvalue"])


def _observations(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """A row a flow: value and weight, which are observations of their own, side by side."""
    import polars as pl

    names = by_key(frame.columns)
    refuse_without((*_KEYS, "timeperiod", "obsvalue"), tuple(names), tuple(frame.columns))
    found = {
        names[k]: k for k in ("row", "reporter", "partner", "product", "flow", "indicators", "timeperiod", "obsvalue")
    }
    hidden = _kept_back(names)
    frame = frame.with_columns(hidden).select(*found).rename(found)
    keys = ["reporter", "partner", "product", "flow", "timeperiod"]

    frame = _measured(frame, faults)
    first = {kind: pl.col("obsvalue").filter(pl.col("indicators") == kind).first() for kind in _MEASURES}
    pairs = frame.group_by(keys, maintain_order=True).agg(
        pl.col("row").first(),
        first["value"].alias("value"),
        pl.coalesce(first["net_kg"], first["hundred_kg"]).alias("net_kg"),
        pl.when(first["net_kg"].is_null()).then(pl.lit(_HUNDRED_KG)).alias(WEIGHT_SCALE),
    )
    codes = pl.col("reporter", "partner", "product", "flow").str.replace(r":.*$", "")  # "CN:China" of label=both
    return pairs.with_columns(codes).rename({"timeperiod": "period"})


def _measured(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The observations of what we read, `indicators` as ours; what else is counted is named, the unknown as a fault."""
    import polars as pl

    of = {k: role for role in (*_MEASURES, *_COUNTED) for k in spelt(_FORM, role)}
    printed = frame["indicators"].unique(maintain_order=True).drop_nulls().to_list()
    ours = {one: of.get(key(one.partition(":")[0]), "") for one in printed}
    for one in (i for i, role in ours.items() if role in _COUNTED):
        faults.column("unread_column", tr("observations of {one} are not read", one=one))
    if "value" not in ours.values():  # the value may be what is not known: what it is worth is lost then
        frame = frame.with_columns(pl.col("obsvalue").alias("value"))
    for one in (i for i, role in ours.items() if not role):
        known = ", ".join(_SPELT_OUT)
        what = tr("{one} is no indicator that is known; those known are {known}", one=one, known=known)
        frame = faults.take(frame, pl.col("indicators") == one, "unreadable", what)
    return frame.with_columns(pl.col("indicators").replace_strict(ours, default=None))
