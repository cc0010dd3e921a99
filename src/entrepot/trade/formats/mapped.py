"""National spreadsheets, by a small mapping file that a person writes.

[columns]                      # ours = "heading in the file"
partner = "Country of destination"
product = "Code"
period = "Month"               # or year = "Year" and month = "Month" (or quarter), where they stand apart
value = "Value, thousand tenge"
weight = "Net, t"

[fixed]                        # what no column says
reporter = "KAZ"
flow = "export"
currency = "KZT"
vintage = "HS2022"

[scale]                        # what the printed number is multiplied by
value = 1000
weight = 1000

[file]
skip = 2                       # lines above the heading
headings = ["flow", "month"]   # of a table that has none, one for each column in order
date = "%d.%m.%Y"              # how a period is written, where it is not 2023, 2023-06, 2023-Q2, 202306
rows = "parts"                 # rows of one flow are parts of it and may be added; else they are duplicates
decimal = ","                  # what begins a fraction, where cells do not tell: 5.000 is five thousand
numbers = "UN"                 # in whose list partners are numbers: UN, BRA, JPN or USA

[rates]                        # dollars of one; by period: [rates.PKR], then 2023 = 0.0036
PKR = 0.0036

[places]                       # names that the file has for places, and what they are
"Zone franche de Tanger" = "Morocco"

A map without [columns] leaves the columns to the format that the heading is of, and says the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.toml_block import toml_of
from entrepot.core.words.translate import tr
from entrepot.trade.formats import alone_in, our_columns, reader, told_by_the_unread
from entrepot.trade.formats.map_of_another import refuse_over
from entrepot.trade.formats.mapped_rates import RATES, rates_of
from entrepot.trade.formats.weighed import kilograms_by_map
from entrepot.trade.loading.codes import mapped
from entrepot.trade.loading.draft import NOBODY, SCALE, Draft
from entrepot.trade.loading.partner_numbers import UNITED_NATIONS
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_layout import SURE
from entrepot.trade.loading.printed.printed_multipliers import refuse_kinds
from entrepot.trade.loading.printed.printed_periods import dated, one_period
from entrepot.trade.loading.printed.printed_units import Said, said
from entrepot.trade.loading.printed.printed_valuation import spoken_valuation, told_of
from entrepot.trade.loading.printed.titles.publishers import refuse_unsaid_scale
from entrepot.trade.loading.printed.titles.unsure_units import refuse_unsure, unsure_in_heading
from entrepot.vocabulary import national_numbers, partners
from entrepot.vocabulary.printed_names import folded

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_MOST_TIMES = 1e12  # what a printed figure can stand for: values are printed in billions, at most in millions of tonnes
_WORDS = {
    "weight": "net_kg",
    "vintage": "hs_vintage",
}
_SAME = ("reporter", "partner", "exporter", "importer", "flow", "valuation", "product", "period", "quantity_unit")
_WORDS |= {n: n for n in (*_SAME, "value", "quantity", "currency", "status")}
_PARTS = ("year", "month", "quarter")  # of a period that stands in two columns
_WORDS |= {n: n for n in _PARTS}
_TABLES = {
    "columns": tuple(_WORDS),
    "fixed": (*_SAME, "currency", "vintage", "status"),
    "scale": ("value", "weight", "quantity"),
    "file": ("skip", "headings", "date", "rows", "numbers", "decimal"),
}
# What a sheet says in headings or above them, by the columns in which it then stands.
_STOOD = (
    *("reporter", "partner", "product", "period", "flow", "valuation"),
    *("net_kg", "quantity", "quantity_unit", "currency", SCALE),
)
_PLACES = "places"  # whose words are those of the file
_OWN_WORDS = (_PLACES, RATES)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, read and checked.

    Attributes:
        columns: our name to the heading.
        fixed: our name to the one value of the whole file.
        scale: our name to the factor.
        skip: lines above the heading.
        date: how periods are written, as in strptime; empty for the usual ways.
        parts: whether rows of one flow are added up.
        places: names of places as the file has them, folded, to codes.
        numbers: in whose list numbers of partners are, UN or a reporter; empty to find it.
        decimal: what begins a fraction; empty to find it.
        given: headings of a table that has none.
        rates: currency and period to dollars of one.
    """

    columns: dict[str, str]
    fixed: dict[str, str]
    scale: dict[str, float]
    skip: int
    date: str
    parts: bool
    places: dict[str, str] = field(default_factory=dict)
    numbers: str = ""
    decimal: str = ""
    given: tuple[str, ...] = ()
    rates: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """The headings that it names."""
        return tuple(self.columns.values())


def asked(form: str | None, path: Path | None) -> Mapping | None:
    """The mapping that is given; None where none is.

    Raises:
        BadInputError: the format needs one; or as in `open_mapping`.
    """
    if form == "mapped" and path is None:
        raise BadInputError(tr("the format mapped needs a mapping"), remedy=tr("Give --map FILE.toml."))
    return open_mapping(path) if path else None


def open_mapping(path: Path) -> Mapping:
    """Read a mapping file, strictly.

    Raises:
        UnreadableFileError: no such file, or no TOML.
        UnknownNameError: a word that means nothing here.
        BadInputError: a value of the wrong kind.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror or exc), remedy=remedy
        ) from exc
    except UnicodeDecodeError as exc:
        raise UnreadableFileError(path, tr("is no TOML ({exc})", exc=exc)) from exc
    found = toml_of(text, path)
    for name, words in found.items():
        if name not in {*_TABLES, *_OWN_WORDS} or not isinstance(words, dict):
            raise UnknownNameError(tr("table of a mapping"), name, (*_TABLES, *_OWN_WORDS))
        for word in words:
            if name not in _OWN_WORDS and word not in _TABLES[name]:
                raise UnknownNameError(tr("word under [{name}]", name=name), word, _TABLES[name])
    return _mapping(path, found)


def _mapping(path: Path, found: dict[str, dict[str, Any]]) -> Mapping:
    file = found.get("file", {})
    texts = {**found.get("columns", {}), **found.get("fixed", {})}
    wrong = next((w for w, v in texts.items() if not isinstance(v, str)), None)
    factors = found.get("scale", {})
    wrong = wrong or next((w for w, v in factors.items() if not _is_factor(v)), None)
    skip, rows = file.get("skip", 0), file.get("rows", "flows")
    given = file.get("headings", [])
    right = {
        "rows": rows in {"flows", "parts"},
        "skip": isinstance(skip, int) and skip >= 0,
        "decimal": file.get("decimal", ".") in {".", ","},
        "headings": isinstance(given, list) and all(isinstance(h, str) for h in given),
    }
    if wrong or not all(right.values()):
        what = wrong or next(w for w, is_right in right.items() if not is_right)
        raise BadInputError(
            tr("{name}: {what} has a value of the wrong kind", name=path.name, what=what),
            allowed=tr("see the example in the docs"),
        )
    if not any(found.values()):
        raise BadInputError(
            tr("{name}: says nothing", name=path.name), remedy=tr('Write [columns], then product = "heading".')
        )
    return Mapping(
        {_WORDS[w]: v for w, v in found.get("columns", {}).items()},
        {_WORDS[w]: v for w, v in found.get("fixed", {}).items()},
        {_WORDS[w]: float(v) for w, v in factors.items()},
        skip,
        str(file.get("date", "")),
        rows == "parts",
        _places(path, found.get(_PLACES, {})),
        _numbers(path, str(file.get("numbers", ""))),
        str(file.get("decimal", "")),
        tuple(given),
        rates_of(path, found.get(RATES, {})),
    )


def _numbers(path: Path, whose: str) -> str:
    """In whose list numbers of partners are.

    Raises:
        BadInputError: a list that is not here.
    """
    allowed = (UNITED_NATIONS, *national_numbers.listed())
    if whose and whose not in allowed:
        raise BadInputError(
            tr("{name}: [file] numbers names a list of countries that is not here", name=path.name),
            found=whose,
            allowed=", ".join(allowed),
            remedy=tr('Say what each number is: [places], then lines such as "720" = "CHN".'),
        )
    return whose


def _is_factor(value: object) -> bool:
    """Whether figures can be multiplied by it: a number above zero, which `nan` and `inf` of TOML are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _MOST_TIMES


def _places(path: Path, found: dict[str, Any]) -> dict[str, str]:
    """What the person calls places, folded, to their codes.

    Raises:
        BadInputError: a value that is no place.
    """
    codes = {}
    for name, place in found.items():
        code = partners.code_of(place) if isinstance(place, str) else ""
        if not code:
            near = partners.nearest(str(place))
            raise BadInputError(
                tr("{name}: [places] {name_2!r} is given what is no place", name=path.name, name_2=name),
                found=place,
                allowed=tr("a code or a name, as KAZ, Kazakhstan, +NES")
                + (tr("; nearest: {near}", near=", ".join(near)) if near else ""),
            )
        codes[folded(name)] = code
    return codes


def with_fixed(opened: Opened, mapping: Mapping | None) -> Opened:
    """A table with what a map without columns fixes, so that its format is found by it too."""
    import polars as pl

    if mapping is None or mapping.columns:
        return opened
    opened, have = replace(opened, are_parts=mapping.parts), {role_of(h) for h in opened.heading}
    more = {k: pl.lit(v) for k, v in mapping.fixed.items() if k not in have}
    printed = {**opened.printed, **dict.fromkeys(more, "")}
    return replace(opened, frame=opened.frame.with_columns(**more), printed=printed) if more else opened


def drafted(kind: str, opened: Opened, mapping: Mapping | None, faults: Faults) -> Draft:
    """A table under our names, by its format or by a map; a map without columns adds to what the format says.

    Args:
        kind: the format; `mapped` where the map says the columns.
        opened: the table.
        mapping: the map; None where there is none.
        faults: gathers what is wrong.
    """
    counted = opened.layout.unsure if opened.layout else SURE
    if mapping and (heading := mapping.columns.get("value", "")):
        counted = (heading, words) if (words := unsure_in_heading(heading)) else counted
    if counted[1] and not (mapping and "value" in mapping.scale):
        refuse_unsure(*counted)
    if mapping and mapping.columns:
        by_map = draft(opened, _of_columns(opened, mapping), faults)
        _refuse_unsaid(by_map, opened, mapping)
        refuse_over(by_map, mapping.fixed, mapping.places)
        return by_map
    found: Draft = reader(kind).draft(opened, faults)
    _refuse_unsaid(found, opened, mapping)
    if opened.publisher.thousands:
        found = replace(found, thousands=opened.publisher.thousands)
    if mapping is None:
        return found
    refuse_over(found, mapping.fixed, mapping.places)
    constants, scale = {**found.constants, **mapping.fixed}, {**found.scale, **mapping.scale}
    _tell_scale(found.scale.get("value", 1.0), mapping, faults)
    sums = found.sums or mapping.parts
    return replace(
        found,
        constants=constants,
        scale=scale,
        sums=sums,
        places=mapping.places,
        numbers=mapping.numbers,
        decimal=mapping.decimal,
        rates=mapping.rates,
    )


def _refuse_unsaid(found: Draft, opened: Opened, mapping: Mapping | None) -> None:
    told = found.scale.get("value", 1.0) != 1 or SCALE in found.frame.columns or (opened.layout and opened.layout.unit)
    if not told and not (mapping and "value" in mapping.scale):
        refuse_unsaid_scale(opened.publisher)


def _tell_scale(stated: float, mapping: Mapping, faults: Faults) -> None:
    """Say that a map's factor stands in place of what the file says its values are counted in."""
    mine = mapping.scale.get("value", stated)
    if stated not in {1.0, mine}:
        what = tr(
            "the file counts values by {stated}, and the map's [scale] value = {mine} stands in its place",
            stated=f"{stated:,.0f}",
            mine=f"{mine:g}",
        )
        faults.column("unread_column", what)


def draft(opened: Opened, mapping: Mapping, faults: Faults) -> Draft:
    """The columns that a mapping names, under our names.

    Raises:
        UnknownNameError: a heading that the file does not have.
        BadInputError: the mapping leaves out who traded, what, when or the value.
    """
    for heading in mapping.columns.values():
        if heading not in opened.heading:
            raise UnknownNameError(tr("column of the file"), heading, opened.heading)
    columns, period = one_period(mapping.columns)
    have = columns.keys() | mapping.fixed.keys() | ({"period"} if period else set())
    for need in ("product", "period", "value"):
        if need not in have:
            raise BadInputError(tr("the mapping names no {need}", need=need), remedy=tr("Add it under [columns]."))
    if not ({"exporter", "importer"} <= have or {"reporter", "partner", "flow"} <= have):
        raise BadInputError(
            tr("the mapping does not say who exported to whom"),
            allowed=tr("exporter and importer, or reporter, partner and flow"),
            remedy=tr("Add them under [columns] or [fixed]."),
        )
    left = [h for h in opened.heading if h not in mapping.columns.values()]
    refuse_kinds(opened.frame, left)
    for heading in left:
        why = alone_in(opened.frame[heading], block=opened.is_block)
        faults.column("unread_column", f"column {heading!r} is not read{why}")
    told = told_by_the_unread(opened.frame, (h for h in left if h != "row"))
    frame = opened.frame.select(*our_columns(columns), *period).with_columns(told)
    if mapping.date and "period" in frame.columns:
        frame = mapped(frame, "period", lambda text: dated(text, mapping.date))
    balanced = "" if {"reporter", "flow"} & have else NOBODY
    spoken = _counted_in(opened, mapping.columns.get("value", ""))
    money = {"currency": spoken.money} if spoken.currency and "currency" not in mapping.columns else {}
    way = spoken_valuation(mapping.columns.get("value", ""))
    valued = {"valuation": way} if way and not {"valuation"} & have else {}
    if valued:
        faults.column("unread_column", told_of(way, mapping.columns["value"]))
    constants = {"status": "reported", **money, **valued, **mapping.fixed}
    weighed = kilograms_by_map(mapping.columns.get("net_kg", ""), mapping.scale, faults)
    scale = {"value": spoken.scale, "net_kg": weighed, **mapping.scale}
    _tell_scale(spoken.scale, mapping, faults)
    return Draft(
        frame,
        constants,
        scale,
        balanced,
        sums=mapping.parts,
        own=True,
        places=mapping.places,
        numbers=mapping.numbers,
        decimal=mapping.decimal,
        thousands=opened.publisher.thousands,
        rates=mapping.rates,
    )


def _counted_in(opened: Opened, heading: str) -> Said:
    """What a heading of values says of its figures, and where it says nothing the title."""
    told = opened.layout.unit if opened.layout else None
    spoken, above = said(heading.replace("_", " ")), told or Said()
    if spoken.scale != 1 or (spoken.currency and spoken.currency != above.currency):
        return spoken
    money = spoken if spoken.currency else above
    return replace(spoken, scale=above.scale, currency=money.currency, sign=money.sign)


def _of_columns(opened: Opened, mapping: Mapping) -> Mapping:
    """A map that names no value, with what stood in the headings and the title: value, period, flow, weight."""
    value = next((h for h in opened.heading if h == "value" or h.startswith("value ")), "")
    if not value or "value" in {*mapping.columns, *mapping.fixed}:
        return mapping
    spoken = said(value)
    have = {*mapping.columns, *mapping.fixed}
    stood = {name: name for name in _STOOD if name in opened.heading and name not in have}
    scale = {"value": spoken.scale, **mapping.scale}
    if "tonnes" in opened.heading and "net_kg" not in have:
        stood["net_kg"], scale = "tonnes", {"net_kg": 1_000.0, **scale}
    money = {"currency": spoken.money} if spoken.currency and "currency" not in stood else {}
    columns = {**stood, **mapping.columns, "value": value}
    return replace(mapping, columns=columns, fixed={**money, **mapping.fixed}, scale=scale)
