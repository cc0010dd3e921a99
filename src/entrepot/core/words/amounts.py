"""Amounts and periods as the language that is spoken writes them, for what is shown.

`core.units` and `core.periods` write the same in English, for what is kept. In English both are alike, to the letter.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from entrepot.core import periods, units
from entrepot.core.words.languages import ENGLISH
from entrepot.core.words.translate import marked, ntr, spoken, tr
from entrepot.core.words.translate import number as written

if TYPE_CHECKING:
    from datetime import date

    from entrepot.core.periods import Period

# Largest first: the first that fits names the amount.
_SCALES = ((1e12, marked("trillion")), (1e9, marked("billion")), (1e6, marked("million")))
_BOUNDS = {
    "at_least": marked("at least {amount}"),
    "at_most": marked("at most {amount}"),
    "about": marked("about {amount}"),
    "at_least_about": marked("at least about {amount}"),
}
MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
_WRITTEN = {
    "quarter": marked("Q{number} {year}"),
    "month": marked("{month} {year}"),
    "day": marked("{day} {month} {year}"),
}
_MONTHS_OF_A_YEAR = marked("{month} to {last_month} {year}")
_MONTHS = marked("{month} {year} to {last_month} {last_year}")
_DAYS_OF_A_YEAR = marked("{day} {month} to {last_day} {last_month} {year}")
_DAYS = marked("{day} {month} {year} to {last_day} {last_month} {last_year}")


def number(value: float, unit: str = "") -> str:
    """A number as a reader writes it: see `core.units.number`."""
    for scale, word in _SCALES:
        if abs(value) >= scale and (unit in units.MONEY or unit == "tonnes"):
            return tr("{amount} {scale}", amount=written(units.number(value / scale)), scale=tr(word))
    return written(units.number(value))


def with_unit(value: float, unit: str, *, bound: str = "exact", per: str = "") -> str:
    """A value with its unit: see `core.units.with_unit`."""
    if spoken() == ENGLISH:
        return units.with_unit(value, unit, bound=bound, per=per)
    text = number(value, unit)
    if unit in units.MONEY:
        amount = f"{unit} {text}"
    else:
        amount = f"{text} %" if unit in {"percent", "%"} else f"{text} {tr(unit)}".rstrip()
    amount = tr("{amount} a {per}", amount=amount, per=tr(per)) if per else amount
    return tr(_BOUNDS[bound], amount=amount) if bound in _BOUNDS else amount


def still_to_come(day: date) -> tuple[str, ...]:
    """A note on a day that has not come: what will be published until then is in no answer; none of another day.

    Args:
        day: as of which something is answered.
    """
    if day <= periods.as_of(None):
        return ()
    said = period(periods.parse(day.isoformat()))
    return (
        tr("{day} is still to come: this is what is known today, and nothing that is published until then.", day=said),
    )


def counted(count: int, one: str, more: str = "") -> str:
    """A count with its word: see `core.units.counted`."""
    return ntr(count, f"{{count:,}} {one}", f"{{count:,}} {more or f'{one}s'}")


def period(p: Period) -> str:
    """The period as a reader writes it: see `core.periods.words`."""
    if spoken() == ENGLISH or p.precision == "year":
        return periods.words(p)
    s, e = p.start, p.end
    at = {"day": str(s.day), "month": tr(MONTHS[s.month - 1]), "year": str(s.year)}
    if p.precision in _WRITTEN:
        return tr(_WRITTEN[p.precision], **at, number=(s.month + 2) // 3)
    if p.precision == "half":
        return tr("first half of {year}", **at) if s.month == 1 else tr("second half of {year}", **at)
    end = {"last_day": str(e.day), "last_month": tr(MONTHS[e.month - 1]), "last_year": str(e.year)}
    if s.day == 1 and e.day == monthrange(e.year, e.month)[1]:
        return tr(_MONTHS_OF_A_YEAR if s.year == e.year else _MONTHS, **at, **end)
    return tr(_DAYS_OF_A_YEAR if s.year == e.year else _DAYS, **at, **end)
