"""Words of publishers as ours: partners, kinds of flow, vintages, periods. Each distinct word is looked up once."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.trade.loading.faults import EXAMPLE
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from entrepot.trade.loading.faults import Faults

_FLOWS = {
    "export": ("x", "export", "exports", "exp", "2", "dispatches", "domestic export"),
    "import": ("m", "import", "imports", "imp", "1", "arrivals"),
    "re-export": ("rx", "re export", "re exports", "reexport", "reexports", "3"),
    "re-import": ("rm", "re import", "re imports", "reimport", "reimports", "4"),
    "balanced": ("balanced",),
}
_FLOW_OF = {word: flow for flow, words in _FLOWS.items() for word in words}
# UN Comtrade's domestic exports, foreign imports, and flows for processing: parts of exports and imports.
PARTS_OF_FLOWS = ("dx", "fm", "mip", "mop", "xip", "xop")
_VINTAGE_OF = {
    "HS1992": ("h0", "hs1992", "hs92", "hs 1992", "hs0", "1992", "hs1988", "hs 92", "hs1988 92"),
    "HS1996": ("h1", "hs1996", "hs96", "hs 1996", "hs1", "1996", "hs 96"),
    "HS2002": ("h2", "hs2002", "hs02", "hs 2002", "hs2", "2002", "hs 02"),
    "HS2007": ("h3", "hs2007", "hs07", "hs 2007", "hs3", "2007", "hs 07"),
    "HS2012": ("h4", "hs2012", "hs12", "hs 2012", "hs4", "2012", "hs 12"),
    "HS2017": ("h5", "hs2017", "hs17", "hs 2017", "hs5", "2017", "hs 17"),
    "HS2022": ("h6", "hs2022", "hs22", "hs 2022", "hs6", "2022", "hs 22"),
}
_VINTAGES = {word: vintage for vintage, words in _VINTAGE_OF.items() for word in words}
_NOT_HS = r"^(S[1-4]|SITC.*|B[45]|BEC.*|EB\d*|ISIC.*|NACE.*|CPA.*)$"
EDITIONS = (1992, 1996, 2002, 2007, 2012, 2017, 2022)  # the years from which the editions of the HS hold
_MONTHS = {
    m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII)
_FORMS = (
    re.compile(r"(?P<y>\d{4})[-_/. ]?m?(?P<m>\d{2})(?:[-/.]?01)?", re.ASCII),
    re.compile(r"(?P<y>\d{4})[-/m](?P<m>\d)", re.ASCII),
    re.compile(r"(?:01[-/.])?(?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<w>[a-z]{3})[a-z]*[-_ /.,]*(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})[-_ /.,]*(?P<w>[a-z]{3})[a-z]*", re.ASCII),
)
_YEARS = range(1900, 2100)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def mapped(frame: pl.DataFrame, name: str, look: Callable[[str], str]) -> pl.DataFrame:
    """A column with each distinct word replaced by what `look` makes of it; an empty answer is an empty cell."""
    import polars as pl

    words = frame[name].cast(pl.String()).drop_nulls().unique().to_list()
    found = [look(w) or None for w in words]
    old, new = pl.Series("old", words, pl.String()), pl.Series("new", found, pl.String())
    return frame.with_columns(pl.col(name).cast(pl.String()).replace_strict(old, new, default=None))


def _strictly(frame: pl.DataFrame, name: str, look: Callable[[str], str], faults: Faults, kind: str) -> pl.DataFrame:
    """The column looked up; rows whose word is unknown are set aside, one fault a word."""
    import polars as pl

    raw = frame.with_columns(pl.col(name).cast(pl.String()).alias("_raw"))
    done = mapped(raw, name, look)
    bad = done.filter(pl.col(name).is_null())
    if not bad.height:
        return done.drop("_raw")
    for word, rows in bad.group_by("_raw", maintain_order=True).agg("row").iter_rows():
        what = f"{name} is empty" if word is None else f"{name} {str(word)[:60]!r} is not known"
        faults.add(kind, rows, what, "set_aside")
    faults.leave(bad["row"])
    return done.filter(pl.col(name).is_not_null()).drop("_raw")


def places(frame: pl.DataFrame, name: str, faults: Faults) -> pl.DataFrame:
    """Partners as codes; rows of an unknown place are set aside and the place named."""
    return _strictly(frame, name, partners.code_of, faults, "unknown_place")


def flow_of(printed: str) -> str:
    """export, import, re-export, re-import or balanced; empty where the word is none."""
    word = _folded(printed)
    return _FLOW_OF.get(word.removesuffix(" of goods"), "")


def flows(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Kinds of flow as ours; the parts that UN Comtrade prints beside the whole are set aside."""
    import polars as pl

    parts = pl.col("flow").str.strip_chars().str.to_lowercase().is_in(PARTS_OF_FLOWS)
    whole = faults.take(frame, parts, "total_among_details", "flows that are parts of exports or imports (DX, MIP, …)")
    return _strictly(whole, "flow", flow_of, faults, "unreadable")


def vintage_of(printed: str) -> str:
    """The edition of the HS: `H5`, `HS17`, `HS2017`; unknown where the word names none."""
    return _VINTAGES.get(_folded(printed), "unknown")


def vintage_in_force(period: str) -> str:
    """The edition that a national tariff followed in a year: HS2022 from 2022, HS2017 from 2017."""
    year = int(period[:4])
    return next((f"HS{e}" for e in reversed(EDITIONS) if year >= e), "unknown")


def period_of(printed: str) -> str:
    """A period as ours: `2023`, `2023-Q3`, `2023-06`; empty where the text is none.

    >>> [period_of(p) for p in ("202306", "2023-06-01", "2023M06", "Jun-2023", "2023.0", "202352", "2023-6", "6/2023")]
    ['2023-06', '2023-06', '2023-06', '2023-06', '2023', '2023', '2023-06', '2023-06']
    """
    text = re.sub(r"[ t]00:00:00(\.0+)?z?$", "", printed.strip().casefold())
    if found := re.fullmatch(r"(\d{4})(\.0+)?", text, re.ASCII):
        return _period(found[1])
    if found := re.fullmatch(r"(\d{4})[-_ .]?[qt]([1-4])", text, re.ASCII):
        return _period(found[1], f"Q{found[2]}")
    if found := re.fullmatch(r"[qt]([1-4])[-_ /.]?(\d{4})", text, re.ASCII):
        return _period(found[2], f"Q{found[1]}")
    if found := re.fullmatch(r"(\d{4})52", text, re.ASCII):  # Comext writes a whole year as its 52nd period
        return _period(found[1])
    return _month(text)


def _month(text: str) -> str:
    if day := _DAY.fullmatch(text):
        year, month = day["y"], day["m"]
        whole = _period(year, month) and int(day["d"]) in {1, monthrange(int(year), int(month))[1]}
        return _period(year, month) if whole else ""  # series are dated by the first or the last day of the month
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            return _period(parts["y"], parts.get("m") or f"{_MONTHS.get(parts.get('w', ''), 0):02}")
    return ""


def _period(year: str, part: str = "") -> str:
    if int(year) not in _YEARS:
        return ""
    if not part or part[0] == "Q":
        return f"{year}-{part}" if part else year
    return f"{year}-{int(part):02}" if 1 <= int(part) <= 12 else ""  # noqa: PLR2004 - months


def periods(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Periods as ours, with their frequency; rows of an unreadable one are set aside."""
    import polars as pl

    done = _strictly(frame, "period", period_of, faults, "unreadable")
    size, quarter = pl.col("period").str.len_chars(), pl.col("period").str.contains("Q", literal=True)
    frequency = pl.when(quarter).then(pl.lit("quarter")).when(size > len("2023")).then(pl.lit("month"))
    return done.with_columns(frequency.otherwise(pl.lit("year")).alias("frequency"))


def products(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Codes without their dots and spaces; a total of all goods is `+TOTAL`.

    A code of an odd number of digits lost its leading zero to a spreadsheet: it gets it back, and the fault says so.
    """
    import polars as pl

    other = pl.col("hs_vintage").cast(pl.String()).str.strip_chars().str.to_uppercase().str.contains(_NOT_HS)
    frame = faults.take(frame, other, "unreadable", "codes of another classification than the HS (SITC, BEC, …)")
    bare = pl.col("product").str.strip_chars().str.replace(r"\.0$", "").str.replace_all(r"[\s.]", "")
    total = bare.str.to_uppercase().is_in(["TOTAL", "AG0", "ALL", "TO", "ALLPRODUCTS", "+TOTAL", "ALLCOMMODITIES"])
    done = frame.with_columns(pl.when(total).then(pl.lit("+TOTAL")).otherwise(bare).alias("product"))
    done = faults.take(done, pl.col("product").is_null() | (pl.col("product") == ""), "unreadable", "product is empty")
    odd = pl.col("product").str.contains(r"^\d+$") & (pl.col("product").str.len_chars() % 2 == 1)
    short = done.filter(odd)
    if short.height:
        what = f"product {EXAMPLE}: an odd number of digits; its leading zero put back"
        faults.add("unreadable", short["row"], what, "converted", repr(short["product"][0]))
        done = done.with_columns(pl.when(odd).then("0" + pl.col("product")).otherwise("product").alias("product"))
    return done


def refuse_without(names: tuple[str, ...], have: tuple[str, ...], heading: tuple[str, ...]) -> None:
    """Stop where a column is missing without which there is no flow.

    Raises:
        BadInputError: names the missing columns and those that the file has.
    """
    missing = [n for n in names if n not in have]
    if missing:
        raise BadInputError(
            f"the file has no column for {', '.join(missing)}",
            found=", ".join(heading),
            remedy="Say which column is which with --map FILE.toml.",
        )
