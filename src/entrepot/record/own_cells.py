"""What each cell of a row of one's own may hold: read into the columns of `observations`, or refused with what may."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import column
from entrepot.core.errors import BadDateError, nearest
from entrepot.core.periods import Period, first_day, parse, span
from entrepot.core.units import MONEY
from entrepot.core.words.translate import tr
from entrepot.corridors.contract import OBSERVATIONS
from entrepot.corridors.place_spellings import place_spelled
from entrepot.record import own_places
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from entrepot.record.embedded import Record

NEEDED = ("place", "metric", "value", "unit")
# In the order of the help; `period` is the short form of the two behind it.
COLUMNS = (
    *NEEDED,
    "place_kind",
    "period",
    "period_start",
    "period_end",
    "publisher",
    "title",
    "url",
    "published",
    "source_id",
    "id",
    "partner",
    "mode",
    "direction",
    "per",
    "bound",
    "status",
    "yoy_pct",
    "reported_by",
    "sector",
    "origin",
    "quality",
    "note",
)
# What a row means that leaves the cell empty: the words of the record for what is not said.
MEANT = {"mode": "unknown", "direction": "both", "bound": "exact", "status": "reported"}
LONGEST = 2_000  # characters of a text: the longest note of the record has some 600
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_EITHER = re.compile(r"[-−]?\d{1,3},\d{3}", re.ASCII)
_SCALED = re.compile(r"(?:(thousand|million|billion|trillion)\s+)?([^/]+?)(?:/(day|month|year))?", re.IGNORECASE)
# Words before a unit -> how many of it they mean.
_SCALES = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# The least and the most of a value, and of a change in percent. A growth can fall by all and no more; a share is of a
# whole. The most are far above all that is counted, so that a slip of digits is told and no figure is refused: the
# world takes 1e11 tonnes of materials from the ground a year (UNEP), its product is 1e14 USD and some 6e16 KZT.
_MOST_COUNTED, _MOST_MONEY, _MOST_GROWTH, _WHOLE = 1e12, 1e17, 1e6, 100.0
_URL = re.compile(r"https?://[^\s@]+")
# Kinds of places -> place_type of observations.
PLACE_TYPES = {
    "crossing": "crossing",
    "partner_post": "crossing",
    "port": "port",
    "dry_port": "port",
    "country_pair": "country_pair",
    "programme": "programme",
    "corridor": "corridor",
    "route": "corridor",
}


class Refused(ValueError):  # noqa: N818 - not an error of the run: it becomes a fault of a row
    """A cell that cannot be taken: what is wrong, and what may stand there."""

    def __init__(self, problem: str, allowed: str) -> None:
        self.problem, self.allowed = problem, allowed
        super().__init__(problem)


def place_type(kind: str) -> str:
    """What sort of place an observation of a place of this kind is of."""
    return PLACE_TYPES.get(kind, "region")


@dataclass(frozen=True)  # no slots: what is known is gathered on first use
class Known:
    """What cells may name: the words of the record.

    Attributes:
        record: the record.
        today: the day of the run.
        own: places of one's own, as `own_places.by_name` gives them.
    """

    record: Record
    today: date
    own: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def on_record(self) -> dict[str, dict[str, Any]]:
        """Places of the record by their ids and by their names, in small letters."""
        return own_places.by_name(self.record.tables["places"].to_pylist())

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Ids of places by their names."""
        return {p["name"]: p["place_id"] for p in self.record.tables["places"].to_pylist()}

    @cached_property
    def partners(self) -> dict[str, str]:
        """Other sides by their small letters: those of the record, and every country."""
        used = self.record.tables["observations"].column("partner").to_pylist()
        every = {*filter(None, used), *self.record.tables["countries"].column("name").to_pylist()}
        return {name.casefold(): name for name in every}

    @cached_property
    def countries(self) -> dict[str, str]:
        """Countries by their three letters, as the record calls them."""
        return {c["iso3"]: c["name"] for c in self.record.tables["countries"].to_pylist()}

    @cached_property
    def units(self) -> dict[str, frozenset[str]]:
        """Of each metric the units in which the record has it; money stands for every currency."""
        found: dict[str, set[str]] = {}
        data = self.record.tables["observations"]
        for metric, unit in zip(data.column("metric").to_pylist(), data.column("unit_norm").to_pylist(), strict=True):
            found.setdefault(metric, set()).update(MONEY if unit in MONEY else {unit})
        return {metric: frozenset(units) for metric, units in found.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The keys of all rows of the record."""
        keys = (
            self.record.tables[name].column(contract.grain[0]).to_pylist()
            for name, contract in self.record.contracts.items()
            if len(contract.grain) == 1
        )
        return frozenset(k for some in keys for k in some)


def place_known(text: str, known: Known) -> dict[str, Any] | None:
    """A place by its id, its name or a spelling on record, in any script; one on record before one's own."""
    name = text.casefold()
    return (
        known.on_record.get(name) or known.on_record.get(place_spelled(text, known.place_names)) or known.own.get(name)
    )


def read_place(text: str, known: Known) -> dict[str, Any]:
    """The cells of a place, by its id, its name or a spelling on record, in any script."""
    found = place_known(text, known)
    if found is None:
        others = f"{_near(text, {**known.on_record, **known.own})}; {own_places.kinds_in_words()}"
        raise Refused(tr("{text!r} is no place of the record", text=text), others)
    return {"place_id": found["place_id"], "place": found["name"], "place_type": place_type(found["kind"])}


def read_kind(text: str, place: str, known: Known) -> str:
    """What sort of place one's own is; of a place on record, what it is there."""
    kind = text.casefold()
    if kind not in own_places.KINDS:
        raise Refused(tr("{text!r} is no sort of place", text=text), ", ".join(own_places.KINDS))
    held = place_known(place, known)
    if held is not None and place_type(held["kind"]) != kind:
        said = tr("{text!r}, where {place} is known as another", text=text, place=held["name"])
        raise Refused(said, tr("{kind}, or nothing", kind=place_type(held["kind"])))
    return kind


def read_metric(text: str, known: Known) -> str:
    """A metric of the record."""
    if text not in known.units:
        raise Refused(tr("{text!r} is no metric of the record", text=text), _near(text, known.units))
    return text


def read_partner(text: str, known: Known) -> str:
    """The other side, as the record calls it, or a country by any name or code that a file of flows may have."""
    found = known.partners.get(text.casefold()) or known.countries.get(partners.code_of(text))
    if found is None:
        raise Refused(
            tr("{text!r} is no partner of the record and no country", text=text), _near(text, known.partners.values())
        )
    return found


def read_number(text: str) -> float:
    """A number as a person writes it: 41200, 1,041,200, 41,200.0 or 0.5.

    One comma before three digits divides thousands in some countries and begins a fraction in others.
    """
    if not _NUMBER.fullmatch(text):
        raise Refused(tr("{text!r} is no number", text=text), tr("a number such as 41200, 1,041,200 or 0.5"))
    if _EITHER.fullmatch(text):
        plain, other = text.replace(",", ""), text.replace(",", ".")
        raise Refused(tr("{text!r} may be {plain} or {other}", text=text, plain=plain, other=other), tr("one of these"))
    return float(text.replace(",", "").replace("−", "-"))


def read_change(text: str) -> float:
    """A change against the year before, in percent."""
    return _within(read_number(text), (-_WHOLE, _MOST_GROWTH), "percent")


def refuse_impossible(_: str, metric: str, unit: str, value: float) -> None:
    """Refuse a value that no such quantity can have: a weight below nothing, more than the whole, a slip of digits."""
    if unit == "percent":
        _within(value, (-_WHOLE, _MOST_GROWTH) if "growth" in metric else (0, _WHOLE), unit)
    else:
        _within(value, (0, _MOST_MONEY if unit in MONEY else _MOST_COUNTED), unit)


def _within(value: float, between: tuple[float, float], unit: str) -> float:
    """A value in its range."""
    least, most = between
    if not least <= value <= most:
        raise Refused(
            tr("{value:,.15g} {unit} cannot be", value=value, unit=unit),
            tr("{least:,.15g} to {most:,.15g} {unit}", least=least, most=most, unit=unit),
        )
    return value


def read_unit(text: str, value: float, metric: str, known: Known) -> dict[str, Any]:
    """The cells of a value with its unit: as printed, and without thousand, million or billion."""
    allowed = sorted(known.units.get(metric, frozenset()))
    found = _SCALED.fullmatch(text)
    names = {u.casefold(): u for u in allowed}
    unit = names.get((found[2] if found else "").strip().casefold())
    if found is None or unit is None:
        said = tr(
            "{allowed} for {metric}; also thousand, million or billion of it, or it /day, /month, /year",
            allowed=", ".join(allowed),
            metric=metric,
        )
        raise Refused(tr("{text!r} is no unit of {metric}", text=text, metric=metric), said)
    scale = _SCALES[(found[1] or "").casefold()]
    return {
        "value": value,
        "unit": text,
        "value_norm": value * scale,
        "unit_norm": unit,
        "per": (found[3] or "").casefold() or None,
    }


def read_word(name: str, text: str) -> str:
    """A word of a column of `observations` that has a closed list."""
    allowed = column(OBSERVATIONS, name).allowed
    if text.casefold() not in allowed:
        raise Refused(tr("{text!r} is not known", text=text), ", ".join(allowed))
    return text.casefold()


def read_period(whole: str, start: str, end: str) -> Period:
    """The days of a period: 2025, 2025-03, 2025-Q1, 2025-04/2025-10, or a first and a last day."""
    first, _, last = whole.partition("/") if whole else (start, "", end)
    if not first or (not last and not whole):
        raise Refused(tr("no period is given"), tr("period such as 2025, 2025-03, 2025-Q1 or 2025-04/2025-10"))
    try:
        one, other = parse(first), parse(last or first)
    except BadDateError as exc:
        raise Refused(
            tr("{whole!r} is no period", whole=whole or tr("{start} to {end}", start=start, end=end)),
            "2025, 2025-03, 2025-Q1 or 2025-04/2025-10",
        ) from exc
    if other.end < one.start:
        raise Refused(
            tr("it ends on {end}, before it begins on {start}", end=other.end, start=one.start),
            tr("a period that ends after it begins"),
        )
    return span(first, last or first)


def refuse_not_begun(_: str, period: Period, status: str, known: Known) -> None:
    """Refuse a report of days that have not begun: what is to come is a forecast, a plan or a target."""
    if status == "reported" and period.start is not None and period.start > known.today:
        others = ", ".join(w for w in column(OBSERVATIONS, "status").allowed if w != status)
        raise Refused(
            tr("it begins on {start}, which has not come", start=period.start),
            tr("a period that has begun; or, of what is to come, status {others}", others=others),
        )


def read_day(text: str, known: Known) -> str:
    """The day, month or year of a print; not one that has not come."""
    try:
        found = parse(text)
    except BadDateError as exc:
        raise Refused(tr("{text!r} is no date", text=text), "2025, 2025-12 or 2025-12-01") from exc
    if found.precision not in {"day", "month", "year"}:
        raise Refused(tr("{text!r} is no date", text=text), "2025, 2025-12 or 2025-12-01")
    if first_day(text) > known.today:
        raise Refused(tr("{text} has not come", text=text), tr("a day up to {today}", today=known.today))
    return text.strip()


def read_url(text: str) -> str:
    """An address that may be cited."""
    if not _URL.fullmatch(text):
        raise Refused(
            tr("{text!r} is no address to cite", text=text), tr("https://… without a user, a password or a space")
        )
    return text


def read_text(text: str) -> str:
    """A text of a bounded length."""
    if len(text) > LONGEST:
        raise Refused(tr("{count:,} characters", count=len(text)), tr("at most {longest:,}", longest=LONGEST))
    return text


def _near(text: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = nearest(text, names)
    return (
        tr("one such as {close}", close=", ".join(close))
        if close
        else tr("one of {names} and {count} more", names=", ".join(names[:12]), count=len(names) - 12)
    )
