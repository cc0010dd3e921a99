"""One's own table, CSV or Parquet: the contract's columns, or the words that people use for them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.trade.contract import TITLE_WORDS, TRADE_FLOWS
from entrepot.trade.formats import alone_in, by_spelling, chosen, hmrc, our_columns, spelt, told_by_the_unread
from entrepot.trade.formats.sided import by_flow, places_named, refuse_sent_on, settled_sides
from entrepot.trade.formats.weighed import KILOGRAMS, weigh, why_not_weighed
from entrepot.trade.loading.codes import as_printed, refuse_without
from entrepot.trade.loading.draft import NOBODY, SCALE, WEIGHT_SCALE, Draft
from entrepot.trade.loading.partner_numbers import number_places
from entrepot.trade.loading.printed.printed_cells import are_worded_headings, is_goods, is_place
from entrepot.trade.loading.printed.printed_headings import goods_in
from entrepot.trade.loading.printed.printed_lines import says_total
from entrepot.trade.loading.printed.printed_multipliers import (
    amounts,
    by_unit,
    column_of_scales,
    counted_in,
    in_dollars,
    multiplied,
    refuse_kinds,
    refuse_no_money,
    without_spare,
)
from entrepot.trade.loading.printed.printed_numbers import without_money
from entrepot.trade.loading.printed.printed_periods import names_one_of_two, of_parts
from entrepot.trade.loading.printed.printed_units import flows_of, said, told_words
from entrepot.trade.loading.printed.printed_valuation import spoken_valuation, told_of
from entrepot.vocabulary import currencies

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_SCALES = {  # what headings say a value is counted in
    "thousand": 1e3,
    "thousands": 1e3,
    "1000": 1e3,
    "k": 1e3,
    "th": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mn": 1e6,
}
_VALUE = re.compile(
    r"(?:trade|export|import|fob|cif|customs|statistical)*value(?:in)?(?P<a>thousands?|1000|k|th|millions?|mn)?(?:of)?"
    r"(?P<currency>[a-z]{3})(?P<b>thousands?|1000|k|millions?|mn)?"
)
_FORM = "own"
_AS_DOLLARS = 'read as US dollars; a map says another: [fixed] currency = "JPY", [scale] value = 1000'
_ONE_YEAR = marked(": of its two years it says one; write both into the heading, 2022-23")
_PLACE_CODE = 3  # letters of a code of a place, at most
_LOOKED_AT = 100  # cells by which a column is known for one of codes
_MOSTLY = 0.8  # of its cells, as of a column that is known by them: the rest are old codes and totals
_AGAIN = ("3", "4")
_OF_HMRC = "flowtypeid"  # the heading of its numbers, of which 3 and 4 are others than the UN's
_NUMBERED = ("1", "2")  # the two flows of a heading that names both
_FEW_WAYS = 4  # of saying how goods are valued, in one file; more words are of something else
_LABELS = ("Label", "Name", "Description", "Desc", "")  # how a column of names is called beside that of its codes
_CODED = re.compile(r"(?<=[\w\s])[\s_]?(?:id|code|no|number)$", re.IGNORECASE)  # behind what a column of numbers is of
_PARTS = ("year", "month", "quarter")


def fits(keys: frozenset[str]) -> bool:
    """Whether the heading names a side of a flow and a period in words that are ours, or goods with a period and value.

    The second is of all partners together, or of one: a map says which, and is asked for.
    """
    have = chosen(_FORM, {k: k for k in keys}).keys()
    is_valued = "product" in have and any(k.startswith("value") for k in keys)
    return "period" in have and (is_valued or bool({"exporter", "importer", "partner"} & have))


def draft(opened: Opened, faults: Faults) -> Draft:
    """One's own columns under our names."""
    names = by_spelling(opened.heading)
    found = chosen(_FORM, names)
    scale: dict[str, float] = {}
    constants: dict[str, str] = {}
    if taken := _measured(names, found, scale, constants):
        faults.column("unread_column", taken)
    ends = settled_sides(names, found)
    _by_name(opened, found)
    _without_places(opened, found)
    _by_code(opened, names, found)
    opened = _goods_by_words(opened, found)
    _valued(opened, found, constants, faults)
    _check({**constants, **found}, opened)
    multiplier = next((names[k] for k in spelt(_FORM, "multiplier") if k in names), "")
    multiplier = multiplier or column_of_scales(opened.frame, opened.heading, {SCALE, *found.values()})
    read = {
        SCALE,
        WEIGHT_SCALE,
        multiplier,
        *found.values(),
        *ends.every,
        *(names[k] for r in (*_PARTS, "unread") for k in spelt(_FORM, r) if k in names),
    }
    left = [h for h in opened.heading if h.strip() and h not in read]
    refuse_kinds(opened.frame, left)
    for heading in left:
        faults.column("unread_column", f"column {heading!r} is not read{_why_unread(opened, heading)}")
    found |= {own: own for own in (SCALE, WEIGHT_SCALE) if own in opened.heading}
    frame = _flows_by_number(_renamed(opened.frame, names, found), found.get("flow", ""))
    frame = frame.with_columns(told_by_the_unread(opened.frame, [*left, *ends.every]))
    flow = constants.get("flow", "")
    refuse_sent_on(frame, found, flow)
    frame, money = without_money(frame, "value")
    if money and not {"currency"} & {*frame.columns, *constants}:
        constants["currency"] = money
    named = places_named(opened.frame, ends)
    frame = by_flow(frame, opened.frame, ends, flow, faults)
    _tell_numbers(frame, found.get("flow", ""), faults)
    if multiplier:
        frame = multiplied(frame, opened.frame[multiplier], faults)
    is_of_value = "quantity_unit" in frame.columns and not {"quantity", "currency"} & {*frame.columns, *constants}
    if is_of_value and not any(map(_is_counted, left)):
        if not _are_of_quantities(frame, constants, found["quantity_unit"]):
            refuse_no_money(frame, found["value"])
        frame = by_unit(frame, faults, is_of_quantity=_are_of_quantities(frame, constants, found["quantity_unit"]))
    if "flow" in frame.columns and not {"currency"} & {*frame.columns, *constants}:
        frame = counted_in(frame)
    _as_published(opened, frame, constants, scale)
    is_valued = "value" in frame.columns and frame["value"].null_count() < frame.height
    if is_valued and not {"currency"} & {*frame.columns, *constants}:
        faults.column("unread_column", f"nothing says the currency of {found['value']!r}: {_AS_DOLLARS}")
    if "product" not in found:
        _as_all_goods(opened, left, constants, faults)
    balanced = "" if {"reporter", "flow"} & found.keys() else NOBODY
    constants = {"status": "reported"} | constants if "status" not in found else constants
    written = set(TRADE_FLOWS.names) <= set(opened.heading)  # by `entrepot load`, whose points are known
    return Draft(frame, constants, scale, balanced, own=not written, ends=named)


def _why_unread(opened: Opened, heading: str) -> str:
    known = tr(_ONE_YEAR) if names_one_of_two(heading) else why_not_weighed(heading)
    return known or alone_in(opened.frame[heading], block=opened.is_block)


def _as_published(opened: Opened, frame: pl.DataFrame, constants: dict[str, str], scale: dict[str, float]) -> None:
    """The currency and the scale of a publisher's values, where neither the file nor a map says another currency."""
    money = opened.publisher.currency
    said_so = {*frame["currency"].unique().to_list()} if "currency" in frame.columns else {constants.get("currency")}
    if money and said_so <= {money, None} and SCALE not in frame.columns:
        constants.setdefault("currency", money)
        scale["value"] = scale.get("value", 1.0) if scale.get("value", 1.0) != 1 else opened.publisher.scale


def _valued(opened: Opened, found: dict[str, str], constants: dict[str, str], faults: Faults) -> None:
    """How goods are valued: as a column says, whatever it is called, else as the heading of the value does."""
    if "valuation" not in found:
        found |= _column_of_valuations(opened, found)
    if "valuation" in found:
        constants.pop("valuation", None)
        return
    way = spoken_valuation(found.get("value", ""))
    if way:
        constants["valuation"] = way
        faults.column("unread_column", told_of(way, found["value"]))


def _column_of_valuations(opened: Opened, found: dict[str, str]) -> dict[str, str]:
    """A column that no heading explains, all of whose cells say how goods are valued: Data Type, Customs Value."""
    import polars as pl

    for column in opened.frame.select(h for h in opened.heading if h not in found.values()):
        if column.null_count() == opened.frame.height:
            continue  # of ten thousand columns most are
        words = column.cast(pl.String()).drop_nulls().unique()
        if 0 < words.len() <= _FEW_WAYS and all(map(spoken_valuation, words.to_list())):
            return {"valuation": column.name}
    return {}


def _by_name(opened: Opened, found: dict[str, str]) -> None:
    """Where places and flows are numbers of a list that is not named, and names stand beside: FlowTypeId, Flow Type."""
    import polars as pl

    plain = {_joined(h): h for h in reversed(opened.heading)}
    for role in {"reporter", "exporter", "importer", "partner", "flow"} & found.keys():
        bare = _CODED.sub("", found[role])
        beside = (_joined(f"{stem}{word}") for stem in (found[role], bare) for word in _LABELS)
        named = next((plain[h] for h in beside if h in plain and plain[h] != found[role]), None)
        if named and opened.frame[found[role]].cast(pl.String()).drop_nulls().str.contains(r"^\s*\d+\s*$").all():
            found[role] = named


def _joined(heading: str) -> str:
    """A heading in small letters without what divides its words."""
    return "".join(re.findall(r"[^\W_]+", heading)).casefold()


def _by_code(opened: Opened, names: dict[str, str], found: dict[str, str]) -> None:
    """Where goods stand by name and, in another column of goods, by code: Commodity, Commodity Code."""
    if "product" not in found or _are_codes(opened, found["product"]):
        return
    others = [names[k] for k in spelt(_FORM, "product") if k in names and names[k] != found["product"]]
    coded = [h for h in others if _are_codes(opened, h)]
    if coded and not any(h in found.values() for h in coded):
        found["product"] = coded[0]


def _without_places(opened: Opened, found: dict[str, str]) -> None:
    """A column called as that of goods whose cells are codes of places is of partners, where no other is: 코드."""
    import polars as pl

    goods = (
        opened.frame[found["product"]].cast(pl.String()).drop_nulls().unique().to_list() if "product" in found else []
    )
    if goods and all(len(c.strip()) <= _PLACE_CODE and is_place(c) and not any(map(str.isdigit, c)) for c in goods):
        heading = found.pop("product")
        if not {"partner", "exporter", "importer"} & found.keys():
            found["partner"] = heading
    if {"product", "partner"} <= found.keys() and found["product"] != found["partner"]:
        cells = opened.frame.select(found["product"], found["partner"]).cast(pl.String()).drop_nulls().unique()
        if number_places(*(column.to_list() for column in cells)):  # 643 beside Russia
            found.pop("product")


def _are_codes(opened: Opened, heading: str) -> bool:
    """Whether the first cells of a column are codes of the HS, but for one in five: an old code, a total."""
    import polars as pl

    cells = opened.frame[heading].cast(pl.String()).drop_nulls().head(_LOOKED_AT).to_list()
    return bool(cells) and sum(map(is_goods, cells)) >= _MOSTLY * len(cells)


def _goods_by_words(opened: Opened, found: dict[str, str]) -> Opened:
    """A column of goods whose heading no list has, known by its words; codes of another classification are marked.

    Read as the total of all goods, one commodity would stand for all, and two would be one flow with two figures.
    """
    import polars as pl

    told = {h: goods_in(h) for h in opened.heading if h not in found.values()} if "product" not in found else {}
    name = next((h for h, (is_goods, _) in told.items() if is_goods and opened.frame[h].count()), "")
    if not name:
        return opened
    found["product"], scheme = name, told[name][1]
    if not scheme:
        return opened
    words = opened.frame[name].cast(pl.String()).drop_nulls().unique().to_list()
    marked = {w: "TOTAL" if says_total(w) else f"{scheme} {w.partition(': ')[0].strip()}" for w in words}
    return replace(opened, frame=opened.frame.with_columns(pl.col(name).cast(pl.String()).replace(marked)))


def _as_all_goods(opened: Opened, left: list[str], constants: dict[str, str], faults: Faults) -> None:
    """Flows of which no column says the goods, as those of all goods together.

    Raises:
        BadInputError: a column that is not read holds what may be codes of goods before their words: the value of a
            commodity would stand for all.
    """
    import polars as pl

    for heading in left:
        cells = opened.frame[heading].cast(pl.String()).drop_nulls().head(_LOOKED_AT).to_list()
        if are_worded_headings(cells):
            raise BadInputError(
                tr("a column may hold goods, and nothing says by which classification: {heading!r}", heading=heading),
                found=cells[0],
                remedy=tr(
                    "Where its codes are of the Harmonized System, call the column Product. Where they are of another "
                    "(SITC, CPA), or it is of something else, say in a map, --map FILE.toml, of which goods the "
                    'figures are: [fixed], then product = "TOTAL" or a code.'
                ),
            )
    constants["product"] = "+TOTAL"
    faults.column("unread_column", "no column of products: read as the total of all goods")


def _measured(names: dict[str, str], found: dict[str, str], scale: dict[str, float], constants: dict[str, str]) -> str:
    """The columns of value and weight, with the units that their headings say; what is to be told of the second."""
    if "value" not in found:
        _priced(names, found, scale, constants)
    else:
        told = amounts(dict.fromkeys((found["value"], *names.values())))
        found["value"] = in_dollars(told) if found["value"] in told else found["value"]
        _in_unit(found, scale, constants)
    return weigh(names, found, scale)


def _priced(names: dict[str, str], found: dict[str, str], scale: dict[str, float], constants: dict[str, str]) -> None:
    """A value column that says its currency or its thousands: `value_eur`, `Стоимость, тыс. долларов США`."""
    matches = {h: m for k, h in names.items() if (m := _VALUE.fullmatch(k)) and _is_money(m["currency"].upper())}
    spare = without_spare((h, "", m["currency"].upper()) for h, m in matches.items())
    if coded := next((h for h in matches if h not in spare), ""):
        match = matches[coded]
        found["value"] = coded
        found.pop("currency", None)
        scale["value"] = _SCALES.get(match["a"] or match["b"] or "", 1.0)
        constants["currency"] = match["currency"].upper()
        return
    told = amounts(h for h in names.values() if h not in found.values())
    if heading := in_dollars(told):
        spoken = told[heading]
        found["value"], scale["value"] = heading, spoken.scale
        if spoken.currency and (not spoken.sign or "currency" not in found):
            found.pop("currency", None)
            constants["currency"] = spoken.money
        if spoken.flow and "flow" not in found:
            constants["flow"] = spoken.flow


def _is_money(code: str) -> bool:
    """Whether letters behind `value` are a currency: one with a rate, or one that headings and titles name in words."""
    return currencies.known(code) or any(
        code == r["means"] for r in packaged_rows(TITLE_WORDS) if r["kind"] == "currency"
    )


def _in_unit(found: dict[str, str], scale: dict[str, float], constants: dict[str, str]) -> None:
    """The currency and the thousands that a heading says beside what the column is: `Value (£)`."""
    spoken = said(found["value"].replace("_", " "))
    if spoken.currency and (not spoken.sign or "currency" not in found):
        # The heading of the figures says theirs, whatever an invoice's was: TOTAL_VALUE_USD.
        found.pop("currency", None)
        constants["currency"] = spoken.money
    if spoken.scale != 1:
        scale["value"] = spoken.scale


def _are_of_quantities(frame: pl.DataFrame, constants: dict[str, str], heading: str) -> bool:
    """Whether units beside values are those of quantities that the table does not have.

    DataWeb prints what a quantity counts beside each value too. The heading says so (Quantity Description), or the
    table says how the goods are valued, so that its figures are money.
    """
    told = [word for word, _ in told_words(re.sub(r"([a-z])([A-Z])", r"\1 \2", heading.replace("_", " ")))]
    return "valuation" in {*frame.columns, *constants} or any(said(word).label == "quantity" for word in told)


def _is_counted(heading: str) -> bool:
    """Whether a heading is of a quantity or a weight, so that the units beside are its own: Quantity1-Year, Unit1."""
    return said(re.sub(r"(?<=[^\W\d_])\d(?![^\W_])", "", heading)).label in {"quantity", "weight", *KILOGRAMS}


def _flows_by_number(frame: pl.DataFrame, heading: str) -> pl.DataFrame:
    """Flows told by number where the heading says their order: `Exp or Imp` calls exports 1, as Eurostat imports."""
    import polars as pl

    if _joined(heading) == _OF_HMRC and "flow" in frame.columns:  # beside columns that its interface does not have
        return frame.with_columns(pl.col("flow").cast(pl.String()).str.strip_chars().replace(hmrc.FLOWS))
    order = flows_of(heading)
    if len(order) != len(_NUMBERED) or "flow" not in frame.columns:
        return frame
    return frame.with_columns(pl.col("flow").str.strip_chars().replace(dict(zip(_NUMBERED, order, strict=True))))


def _tell_numbers(frame: pl.DataFrame, heading: str, faults: Faults) -> None:
    """That flows 3 and 4 are taken for goods sent on or back: other lists than the UN's begin exports with one."""
    if heading and frame["flow"].cast(str).str.strip_chars().is_in(_AGAIN).any():
        what = tr(
            "{heading!r}: 3 and 4 are read as the UN numbers flows, re-export and re-import; write words where they "
            "are others",
            heading=heading,
        )
        faults.column("unread_column", what)


def _check(found: dict[str, str], opened: Opened) -> None:
    refuse_without(("period", "value"), tuple(found), opened.heading, opened.printed)
    if {"exporter", "importer"} <= found.keys() or {"reporter", "partner", "flow"} <= found.keys():
        return
    missing = [n for n in ("reporter", "partner", "flow") if n not in found]
    fixed = ", ".join(f'{n} = "…"' for n in missing)
    raise BadInputError(
        tr("the file does not say who exported to whom: nothing says {missing}", missing=" and ".join(missing)),
        found=", ".join(as_printed(opened.heading, opened.printed)),
        allowed=tr("columns exporter and importer, or reporter, partner and flow"),
        remedy=tr(
            "Say what holds of all rows in a map, --map FILE.toml: [fixed], then {fixed}; or which column "
            "is which under [columns].",
            fixed=fixed,
        ),
    )


def _renamed(frame: pl.DataFrame, names: dict[str, str], found: dict[str, str]) -> pl.DataFrame:
    """The columns under our names; a year and a month that stand apart are one period."""
    if {"exporter", "importer"} <= found.keys():
        found.pop("partner", None)
    year, month, quarter = (next((names[k] for k in spelt(_FORM, r) if k in names), None) for r in _PARTS)
    year = year or names.get("period") if month else year  # a column without a heading that holds years
    mark, month = ("-", month) if month else ("-Q", quarter)
    if year and month and found["period"] in {year, month}:
        others = our_columns({r: h for r, h in found.items() if r != "period"})
        return frame.select(*others, of_parts(year, month, mark).alias("period"))
    return frame.select(our_columns(found))
