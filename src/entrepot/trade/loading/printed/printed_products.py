"""Codes of goods as publishers print them, as ours: digits only, a total of all goods as `+TOTAL`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.loading.codes import vintage_of
from entrepot.trade.loading.faults import EXAMPLE
from entrepot.vocabulary import goods

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.printed.printed_numbers import Proofs

_NOT_HS = r"^(S[1-4]|SITC.*|B[45]|BEC.*|EB\d*|ISIC.*|NACE.*|CPA.*)$"
ALL_GOODS = "+TOTAL"
REST = "~"  # behind the code of a total: what the codes below it do not tell apart. No publisher prints it in a code.
_TOTALS = (
    "TOTAL",
    "AG0",
    "ALL",
    "TO",
    "ALLPRODUCTS",
    "+TOTAL",
    "ALLCOMMODITIES",
    "TOTALALLPRODUCTS",
    "ALLGOODS",
    "TOTALTRADE",
    "TOTALEXPORTS",
    "TOTALIMPORTS",
    "ВСЕГО",
    "ИТОГО",
    "TOPLAM",
    "TOUSPRODUITS",
)
# 8703-Motor cars, 8703: Motor cars, 870323 Motor cars, and the code behind its text, Motor cars [8703]. A letter right
# behind the digits is part of the code: Comext's confidential codes are 27SSSSSS.
_LABELLED = r"^\s*['‘]?(?:(?:HS|CN|KN|NC)\d{0,4}\s*[-–—:]\s*)?(\d[\d. ]*\d|TOTAL)(?:\s*[-–—:|]\s*|[.,]?\s+)['\"(]?\p{L}"
_NAMED = r"^(?:WA|HS|CN|KN|NC|ТН ?ВЭД)\s*[-:.]?\s*(\d[\d. ]*\d)$"  # the nomenclature before the code: WA85423190
_BRACKETED = r"^\s*\[(\d[\d. ]*\d)\]\s*\p{L}"  # [26040000] Nickel ores
_BEHIND = r"\[(\d[\d. ]*\d|TOTAL)\]\s*$"
_HYPHENED = r"^(\d{6})-(\d{3})$"  # Japan's 8541.43-000
_SIX = goods.SUBHEADING
_JAPAN = 9  # digits of its statistical codes: the six of the HS and three
_EACH, _ALL = 1, 2  # zeros put back: where that makes a code of the HS, everywhere
_OF_HEADING = 4  # digits of a heading
_HEADING = 3  # digits of a heading that lost its zero
_BEFORE = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012")  # editions whose codes are not on record
_HALF = 0.5  # of the longer codes: of numbers by chance 6 in a thousand are codes of the HS with a zero
_MOST_FOREIGN = 0.1  # of codes that HS 2017 and 2022 do not know; older editions had a few per cent more


def products(frame: pl.DataFrame, faults: Faults, proofs: Proofs) -> pl.DataFrame:
    """Codes without their dots, spaces and labels; a total of all goods is `+TOTAL`.

    A code of an odd number of digits lost its leading zero to a spreadsheet: it gets it back, and the fault says so.
    Where the codes so made are none of the Harmonized System they are of another classification, and stay as they are;
    where half of them are, each is judged by itself. That is decided by the codes of the whole table, so that none is
    read in two ways.

    Args:
        frame: the rows.
        faults: gathers what is wrong.
        proofs: of the blocks before, where the rows are a block of a table.
    """
    import polars as pl

    other = pl.col("hs_vintage").cast(pl.String()).str.strip_chars().str.to_uppercase().str.contains(_NOT_HS)
    frame = faults.take(frame, other, "unreadable", "codes of another classification than the HS (SITC, BEC, …)")
    printed = frame.select(pl.col("product").cast(pl.String()).alias("printed"))["printed"]
    distinct = pl.DataFrame({"product": printed.unique().drop_nulls()})
    made = distinct.select(bare().alias("made"))["made"]
    done = frame.with_columns(printed.replace_strict(distinct["product"], made, default=None).alias("product"))
    done = faults.take(done, pl.col("product").is_null() | (pl.col("product") == ""), "unreadable", "product is empty")
    done = _zeros_back(done, faults, proofs)
    _tell_foreign(done, faults)
    return done


def bare() -> pl.Expr:
    """The column of codes without dots, spaces and labels, totals as `+TOTAL`."""
    import polars as pl

    text = pl.col("product").cast(pl.String()).str.strip_chars(" \t\u00a0'\"‘’`").str.replace(r"\.0$", "")
    coded = pl.coalesce(*(text.str.extract(form) for form in (_LABELLED, _BRACKETED, _BEHIND, _NAMED)), text)
    code = coded.str.replace_all(r"[\s.'’]", "").str.replace(_HYPHENED, "$1$2")
    total = code.str.to_uppercase().str.replace_all("_", "").is_in(_TOTALS) | code.str.contains(r"^0+$")
    return pl.when(total).then(pl.lit(ALL_GOODS)).otherwise(code)


def _zeros_back(frame: pl.DataFrame, faults: Faults, proofs: Proofs) -> pl.DataFrame:
    """Codes of an odd number of digits with the zero before them, where that makes codes of the Harmonized System."""
    import polars as pl

    odd = pl.col("product").str.contains(r"^\d+$") & (pl.col("product").str.len_chars() % 2 == 1)
    faults.losses.zero_led.update(frame.filter(~odd & pl.col("product").str.starts_with("0"))["product"].unique())
    short = frame.filter(odd)
    if not short.height:
        return frame
    printed = short["product"].unique().to_list()
    led = proofs.lost_zero(printed, _zeros_lost)
    if not led:
        return frame
    lost = printed if led == _ALL else _known_with_zero(printed)
    if left := sorted({*printed} - {*lost}):
        what = tr(
            "product {example}: a digit is missing, for other codes of the file lost their leading zero, and with one "
            "it is no code of the HS; write it in full; kept as printed",
            example=EXAMPLE,
        )
        rows = short.filter(pl.col("product").is_in(left))
        faults.add("not_hs", rows["row"], what, "kept", repr(rows["product"][0]))
    back = odd & pl.col("product").is_in(lost)
    rows = short.filter(pl.col("product").is_in(lost))
    faults.losses.zeroed.update("0" + code for code in lost)
    what = tr("product {example}: an odd number of digits; its leading zero put back", example=EXAMPLE)
    if rows.height:
        faults.add("unreadable", rows["row"], what, "converted", repr(rows["product"][0]))
    return frame.with_columns(pl.when(back).then("0" + pl.col("product")).otherwise("product").alias("product"))


def _zeros_lost(printed: set[str]) -> int:
    """Which codes of an odd number of digits lost their leading zero: none, those that are of the HS with one, or all.

    Of all numbers of 5 or 7 digits 6 in a thousand are codes of the HS with a zero in front, so that half of a column
    is no chance; of those of 3 digits 7 in a hundred are, so that the longer ones have to show that zeros were lost.
    """
    if all(len(code) == _JAPAN for code in printed) and not _foreign(sorted(printed)):
        return 0
    if len(_foreign(["0" + code for code in sorted(printed)])) <= _MOST_FOREIGN * len(printed):
        return _ALL
    telling = [code for code in printed if len(code) > _HEADING]
    return _EACH if telling and len(_known_with_zero(telling)) >= len(telling) * _HALF else 0


def _known_with_zero(printed: Collection[str]) -> list[str]:
    """Those that are codes of the Harmonized System with a zero before them."""
    foreign = {code[1:] for code in _foreign(["0" + code for code in printed])}
    return sorted({*printed} - foreign)


def _tell_foreign(frame: pl.DataFrame, faults: Faults) -> None:
    """Name the rows whose code is none of the Harmonized System; they stay.

    Of an edition before those on record only the shape and the heading can be judged: 851730 was a code until 2006.
    """
    import polars as pl

    own = ~pl.col("product").str.starts_with("+") & ~pl.col("product").str.ends_with(REST)
    editions = frame["hs_vintage"].cast(pl.String()).unique().drop_nulls().to_list()
    before = pl.col("hs_vintage").cast(pl.String()).is_in([e for e in editions if vintage_of(e) in _BEFORE])
    is_odd = pl.col("product").str.len_chars() % 2 == 1
    heading = pl.col("product").str.slice(0, _OF_HEADING)
    judged = pl.when(before.fill_null(value=False) & ~is_odd).then(heading).otherwise("product")
    held = frame.filter(own).select(judged.alias("code"))["code"].unique().sort().to_list()
    rows = frame.filter(own & judged.is_in(_foreign(held)))
    if not rows.height:
        return
    what = f"product is no code of HS 2022 or HS 2017: {EXAMPLE}; kept as printed, and in no sum of a heading of the HS"
    codes = rows["product"].unique(maintain_order=True).to_list()
    faults.add("not_hs", rows["row"], what, "kept", codes)


def _foreign(codes: list[str]) -> list[str]:
    """Those that are not known, by the digits that all countries share."""
    known = goods.known()
    return [c for c in codes if not c.isascii() or not c.isdigit() or _is_odd(c) or c[:_SIX] not in known]


def _is_odd(code: str) -> bool:
    """Whether a code has a number of digits that none has: pairs, or the nine of Japan."""
    return len(code) % 2 == 1 and len(code) != _JAPAN
