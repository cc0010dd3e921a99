"""Doses of a measure as a person writes them: how much of it a product has, and from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from datetime import date

_ALLOWED = "CODE=AMOUNT or CODE=AMOUNT@DAY, parted by commas, such as 5201=25@2018-07-06,5201=50@2024-09-27"


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a measure a product has from a day on.

    Attributes:
        code: a code or its first digits.
        amount: in whatever unit all doses are in, such as per cent of duty.
        since: the day; None: that of the question.
    """

    code: str
    amount: float
    since: date | None = None

    @property
    def said(self) -> str:
        """As it is written: `8541=25@2018-07-06`."""
        return f"{self.code}={self.amount:g}" + (f"@{self.since}" if self.since else "")


def doses(text: str | None) -> tuple[Dose, ...]:
    """Doses as a person writes them.

    Args:
        text: `CODE=AMOUNT@DAY`, parted by commas; the day may be left out.

    Raises:
        BadInputError: what is none, or one code twice from one day.

    >>> [d.said for d in doses("8541.42=25@2018-07-06, 8471=7.5")]
    ['854142=25@2018-07-06', '8471=7.5']
    """
    found = [_dose(part.strip()) for part in (text or "").split(",") if part.strip()]
    keys = [(d.code, d.since) for d in found]
    if twice := next((d for d, k in zip(found, keys, strict=True) if keys.count(k) > 1), None):
        raise BadInputError(tr("a code has two doses from one day"), found=twice.said, remedy=tr("Keep one of them."))
    return tuple(found)


def _dose(text: str) -> Dose:
    code, parted, rest = text.partition("=")
    amount, at, day = rest.partition("@")
    code = code.strip().replace(".", "")
    try:
        value = float(amount)
    except ValueError:
        value = float("nan")
    if not (parted and code and isfinite(value)) or (at and not day.strip()):
        raise BadInputError(tr("this is no dose of a product"), found=text, allowed=_ALLOWED)
    return Dose(code, value, first_day(day.strip()) if at else None)
