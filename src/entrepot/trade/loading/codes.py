"""Words of publishers as ours: partners, kinds of flow, vintages, periods. Each distinct word is looked up once."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.loading import partner_numbers
from entrepot.trade.loading.faults import EXAMPLE
from entrepot.trade.loading.printed.printed_headings import role_of, title_words
from entrepot.trade.loading.printed.printed_periods import (
    fiscal_begins,
    is_buddhist,
    is_fiscal,
    names_one_of_two,
    period_of,
)
from entrepot.trade.loading.printed.printed_units import AGAIN, said
from entrepot.trade.loading.printed.titles.months_together import period_together, summed_by, to_write
from entrepot.trade.loading.whole.added.domestic_exports import DOMESTIC
from entrepot.trade.loading.whole.parts_alone import Sort
from entrepot.vocabulary import partners
from entrepot.vocabulary.printed_names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import polars as pl

    from entrepot.trade.loading.faults import Faults

_FLOWS = {
    "export": ("x", "export", "exports", "exp", "2", "dispatches", "эк"),
    DOMESTIC: (DOMESTIC.replace("-", " "), f"{DOMESTIC}s".replace("-", " ")),
    "import": ("m", "import", "imports", "imp", "1", "arrivals", "general imports", "imports for consumption", "им"),
    "re-export": ("rx", "re export", "re exports", "reexport", "reexports", "3", "foreign export", "foreign exports"),
    "re-import": ("rm", "re import", "re imports", "reimport", "reimports", "4"),
    "balanced": ("balanced",),
}
# One letter, as France's customs print both: beside A, which is Germany's for exports, E is for imports.
_BY_LETTER = {"E": "export", "I": "import"}
_FLOW_OF = {word: flow for flow, words in _FLOWS.items() for word in words}
# UN Comtrade's domestic exports, foreign imports, and flows for processing: parts of exports and imports.
_WHOLE_OF = {"dx": "export", "xip": "export", "xop": "export", "fm": "import", "mip": "import", "mop": "import"}
PARTS_OF_FLOWS = tuple(_WHOLE_OF)
# What says which flow a row is of: who reports and its partner, or where sides are told both of them.
_OF_FLOWS = ("reporter", "partner", "exporter", "importer", "flow", "product", "period")
_WORLD = "+WLD"
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
EDITIONS = (1992, 1996, 2002, 2007, 2012, 2017, 2022)  # the years from which the editions of the HS hold
BEGINS = "_begins"  # a column of its own: the month that a fiscal year begins in, as `fiscal_begins` says it
_MOST_SHOWN = 60  # characters of a word in a fault
_MOST_NEAR = 50  # unknown words with the nearest names: each costs as much as a hundred thousand rows


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
    """The column looked up; rows whose word is unknown are set aside, one fault a word, the nearest places with it."""
    import polars as pl

    raw = frame.with_columns(pl.col(name).cast(pl.String()).alias("_raw"))
    done = mapped(raw, name, look)
    bad = done.filter(pl.col(name).is_null())
    if not bad.height:
        return done.drop("_raw")
    for nth, ((word,), rows) in enumerate(bad.group_by("_raw", maintain_order=True)):
        what = f"{name} is empty" if word is None else f"{name} {str(word)[:_MOST_SHOWN]!r} is not known"
        if name == "period" and re.match(r"1[34]\d\d(?!\d)", str(word or "")):
            what += "; is it a year of the Iranian calendar, whose months begin within ours? Write periods of ours"
        elif name == "period":
            what += to_write(str(word or ""))
        both = partners.two_meanings(str(word)) if word is not None and kind == "unknown_place" else None
        if both:
            what = tr(
                "{name} {word!r} is the code of {code} and what {called} is called in another language, and nothing "
                'tells which; a map says it: [places], then "{word}" = "{called}" or "{code}"',
                name=name,
                word=str(word),
                code=both[0],
                called=both[1],
            )
        elif word is not None and kind == "unknown_place" and _is_sent_on(str(word)):
            what += tr(
                "; it names goods sent on, which the row above holds too: take such rows out, or write them as rows of "
                "their own with re-export in a column of flows"
            )
        elif (
            word is not None and kind == "unknown_place" and nth < _MOST_NEAR and (near := partners.nearest(str(word)))
        ):
            what += f"; nearest: {', '.join(near)}"
        faults.add(kind, rows["row"], what, "set_aside")
        faults.leave(rows, kind, what)
    return done.filter(pl.col(name).is_not_null()).drop("_raw")


def _is_sent_on(word: str) -> bool:
    """Whether what stands in place of a partner is a part of a flow: `of which re-exports`."""
    return said(word).way in {"re-export", "re-import"}


def places(frame: pl.DataFrame, name: str, faults: Faults, own: Mapping[str, str], numbered: str = "") -> pl.DataFrame:
    """Partners as codes; rows of an unknown place are set aside and the place named.

    Args:
        frame: the rows.
        name: the column.
        faults: gathers what is wrong.
        own: what the person calls places, folded, to codes; it stands before what publishers call them.
        numbered: the reporter in whose list numbers are countries; empty for that of the UN.
    """
    import polars as pl

    words = frame[name].cast(pl.String()).drop_nulls().unique().sort().to_list()
    told = partners.told_apart(words) | partners.parts_of_countries(w for w in words if folded(w) not in own)

    def code(text: str) -> str:
        listed = numbered if partner_numbers.is_number(text) else ""
        return own.get(folded(text)) or (told[text] if text in told else partner_numbers.code_of(listed, text))

    return _strictly(frame, name, code, faults, "unknown_place")


def flow_of(printed: str) -> str:
    """export, import, re-export, re-import, DOMESTIC or balanced; empty where the word is none."""
    word = _folded(printed).removesuffix(" of goods")
    bare = re.sub(r"^\d ", "", word)  # Eurostat prints 2-EXPORT
    if known := _FLOW_OF.get(word) or _FLOW_OF.get(bare):
        return known
    # Value of Exports, Free on board (FOB), US Dollars: one flow is named, at a value, and no goods sent on.
    spoken = said(printed)
    return spoken.flow if spoken.label in {"", "value"} and not AGAIN.search(printed.casefold()) else ""


def told_flows(words: Iterable[str]) -> dict[str, str]:
    """Words of a column of flows as ours; empty for those that are none."""
    bare = {w: w.strip().upper() for w in words}
    by_letter = {*bare.values()} == {*_BY_LETTER}
    return {w: _BY_LETTER[b] if by_letter else flow_of(w) for w, b in bare.items()}


def flows(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Kinds of flow as ours; the parts that UN Comtrade prints beside the whole are set aside."""
    import polars as pl

    word = pl.col("flow").cast(pl.String()).str.strip_chars().str.to_lowercase()
    keys = [word.replace(_WHOLE_OF) if name == "flow" else pl.col(name) for name in _OF_FLOWS]
    is_world = pl.col("partner") == _WORLD
    parts = Sort(
        tr("flows that are parts of exports or imports (DX, MIP, …)"),
        tr("parts (DX, FM, MIP, …) of exports and imports of which no row is the whole (X, M): download these too"),
    )
    whole = faults.part(frame, word.is_in(PARTS_OF_FLOWS), keys, parts, depth=pl.lit(0), is_world=is_world)
    words = {w.strip().upper() for w in whole["flow"].cast(pl.String()).drop_nulls().unique().to_list()}
    if words == {*_BY_LETTER}:
        flow = pl.col("flow").cast(pl.String()).str.strip_chars().str.to_uppercase()
        whole = whole.with_columns(flow.replace(_BY_LETTER))
    found = _strictly(_without_both(whole, faults), "flow", flow_of, faults, "unreadable")
    faults.parts.met(found, [pl.col(name) for name in _OF_FLOWS])
    return found


def vintage_of(printed: str) -> str:
    """The edition of the HS: `H5`, `HS17`, `HS2017`; unknown where the word names none."""
    return _VINTAGES.get(_folded(printed), "unknown")


def vintage_in_force(period: str) -> str:
    """The edition that a national tariff followed in a year: HS2022 from 2022, HS2017 from 2017."""
    year = int(period[:4])
    return next((f"HS{e}" for e in reversed(EDITIONS) if year >= e), "unknown")


def periods(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Periods as ours, with their frequency and BEGINS; rows of an unreadable one are set aside."""
    import polars as pl

    _tell_fiscal(frame, faults)
    frame = _without_sums(frame, faults)
    printed = frame["period"].cast(pl.String()).drop_nulls().unique().to_list()
    begins = {p: began for p in printed if (began := fiscal_begins(p))}
    frame = frame.with_columns(
        pl.col("period").cast(pl.String()).replace_strict(begins, default="", return_dtype=pl.String()).alias(BEGINS)
    )
    done = _strictly(frame, "period", period_together, faults, "unreadable")
    size, quarter = pl.col("period").str.len_chars(), pl.col("period").str.contains("Q", literal=True)
    frequency = pl.when(quarter).then(pl.lit("quarter")).when(size > len("2023")).then(pl.lit("month"))
    return done.with_columns(frequency.otherwise(pl.lit("year")).alias("frequency"))


def is_of_both(printed: str) -> bool:
    """Whether a cell of a column of flows is of both, or of their difference: every word says so, and no flow.

    >>> [is_of_both(w) for w in ("Total trade", "Trade", "Total value")]
    [True, False, False]
    >>> [is_of_both(w) for w in ("进出口", "Сальдо", "Trade balance", "Net exports", "Export", "Transit", "Value")]
    [True, True, True, True, False, False, False]
    """
    if _folded(printed) in title_words("both"):
        return True
    spoken = said(printed)
    is_known = not (spoken.rest or spoken.currency or spoken.label not in {"", "none"})
    return is_known and not flow_of(printed) and any(map(str.isalpha, printed))


def _without_both(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The rows but those of exports and imports together and of their difference: no flow, and no loss."""
    import polars as pl

    words = frame["flow"].cast(pl.String()).drop_nulls().unique().to_list()
    both = [w for w in words if is_of_both(w)]
    if not both:
        return frame
    bad = frame.filter(pl.col("flow").cast(pl.String()).is_in(both))
    what = tr("flow {example}: exports and imports together, or their difference; not read", example=EXAMPLE)
    faults.add("total_among_details", bad["row"], what, "set_aside", repr(bad["flow"][0]))
    faults.leave(bad)
    return frame.filter(~pl.col("flow").cast(pl.String()).is_in(both).fill_null(value=False))


def _without_sums(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The rows but those of months together whose months are rows too: they would count twice."""
    import polars as pl

    of = pl.col("period").cast(pl.String())
    printed = frame.select(of)["period"].drop_nulls().unique().to_list()
    sums = {w: parts for w in printed if (parts := summed_by(w))}
    if not sums:
        return frame
    keys = [pl.col(n).cast(pl.String()) for n in _OF_FLOWS if n != "period" and n in frame.columns]
    # A single period stands for itself, for the total of its year and for that of the table.
    stands = {w: (p, *((p[:4],) if len(p) > len("2023") else ()), "") for w in printed if (p := period_together(w))}
    single, several = (
        frame.select("row", *keys, of.replace_strict(t, default=None, return_dtype=pl.List(pl.String())).alias("_of"))
        .explode("_of")
        .drop_nulls("_of")
        for t in (stands, sums)
    )
    on = [c for c in several.columns if c != "row"]
    held = several.join(single, on=on, how="semi", nulls_equal=True)["row"]
    what = tr("periods together ({example}) whose single periods are rows too: not read", example=EXAMPLE)
    bad = frame.filter(pl.col("row").is_in(held.implode()) & of.is_in(list(sums)))
    if not bad.height:
        return frame
    faults.add("total_among_details", bad["row"], what, "set_aside", repr(bad["period"][0]))
    faults.leave(bad)
    return frame.filter(~(pl.col("row").is_in(held.implode()) & of.is_in(list(sums)).fill_null(value=False)))


def _tell_fiscal(frame: pl.DataFrame, faults: Faults) -> None:
    """Name the rows of years that are none of the calendar."""
    import polars as pl

    elder = [w for w in frame["period"].cast(pl.String()).drop_nulls().unique().to_list() if is_buddhist(w)]
    if elder:
        rows = frame.filter(pl.col("period").is_in(elder))
        what = f"period {EXAMPLE}: a year of the Buddhist calendar; read as {period_of(elder[0])[:4]} of ours"
        faults.add("fiscal_year", rows["row"], what, "converted", repr(elder[0]))
    fiscal = [w for w in frame["period"].cast(pl.String()).drop_nulls().unique().to_list() if is_fiscal(w)]
    if fiscal:
        rows = frame.filter(pl.col("period").is_in(fiscal))
        what = (
            f"period {EXAMPLE}: a year that ends in the next, as India's from April; kept under the year it begins in"
        )
        faults.add("fiscal_year", rows["row"], what, "converted", repr(rows["period"][0]))


def refuse_without(
    names: tuple[str, ...],
    have: tuple[str, ...],
    heading: tuple[str, ...],
    printed: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Stop where a column is missing without which there is no flow.

    Args:
        names: the columns that are needed, in our words.
        have: those that there are.
        heading: the headings.
        printed: as of `as_printed`.

    Raises:
        BadInputError: names the missing columns and those that the file has.
    """
    missing = [n for n in names if n not in have]
    if missing:
        raise BadInputError(
            tr("the file has no column for {missing}", missing=", ".join(missing)),
            found=", ".join(as_printed(heading, printed)),
            remedy=map_to_write(heading, printed),
        )


def as_printed(heading: Sequence[str], printed: Mapping[str, str]) -> list[str]:
    """The headings as the file has them.

    Args:
        heading: the headings, of which some are ours.
        printed: of those the file's own; empty where it has no such column.
    """
    return [own for h in heading if (own := printed.get(h, h))]


def _is_amount_of_flow(heading: str) -> bool:
    spoken = said(heading)
    return bool(spoken.flow and spoken.currency) and not spoken.rest


def map_to_write(heading: Sequence[str], printed: Mapping[str, str] = MappingProxyType({})) -> str:
    """The lines of a map that a file needs whose columns are not all known, as far as they are; as of `as_printed`."""
    roles = {role_of(h): printed.get(h, h) for h in reversed(heading) if h.strip()}
    sides = ("exporter", "importer") if {"exporter", "importer"} <= roles.keys() else ("partner",)
    is_fixed = {name for name, own in roles.items() if not own}  # by the map that the file has already
    asked = [n for n in ("reporter", "flow") if roles.get(n) and len(sides) == 1]
    lines = ", ".join(
        f'{n} = "{roles.get(n, "…")}"' for n in (*asked, *sides, "product", "period", "value") if n not in is_fixed
    )
    # No place and no flow by way of example: what a person copies would make one country's exports another's.
    fixed = ", ".join(f'{n} = "…"' for n in ("reporter", "flow") if n not in {*asked, *is_fixed})
    if one_of_two := [h for h in heading if names_one_of_two(h)]:
        return tr(
            "{heading} names a fiscal year by one of its two years, and offices differ in which: write both into the "
            "heading, as 2022-23.",
            heading=repr(one_of_two[0]),
        )
    if "period" not in roles and "value" not in roles and any(_is_amount_of_flow(h) for h in heading):
        return tr(
            "Its headings name flows, and nothing names their period: say it in a map, --map FILE.toml: [fixed], then "
            "{fixed}; a year, a quarter or a month, written as 2023, 2023-Q2, 2023-06.",
            fixed=", ".join(f'{n} = "…"' for n in ("reporter", "period") if n not in roles),
        )
    if fixed and len(sides) == 1:
        return tr(
            "Write a map, --map FILE.toml: [columns], then {lines}; what no column says stands under [fixed], as "
            "{fixed}.",
            lines=lines,
            fixed=fixed,
        )
    return tr("Write a map, --map FILE.toml: [columns], then {lines}.", lines=lines)
