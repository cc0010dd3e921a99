"""What is said of a company of which duties are asked; what is not said is not known, and never nought."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.vocabulary.countries import code_of
from entrepot.vocabulary.groups import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MONEY = re.compile(r"\s*(?P<currency>[A-Za-z]{3})\s*:\s*(?P<amount>\S+)\s*")


@dataclass(frozen=True, slots=True)
class Company:
    """A company; None where a thing is not said.

    Attributes:
        seat: country, ISO alpha-2.
        branch_in: countries with a branch.
        employees: how many, by the country or group to which they are counted; "" is the whole world.
        turnover: of a year, currency and amount, likewise.
        sells_in, imports_to: countries and groups; what is said is taken to be all.
    """

    seat: str | None = None
    branch_in: frozenset[str] | None = None
    employees: Mapping[str, float] = field(default_factory=dict)
    turnover: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    sells_in: frozenset[str] | None = None
    imports_to: frozenset[str] | None = None

    def refuse_contradictions(self) -> None:
        """Refuse more employees or turnover within a place than in the whole world.

        Raises:
            BadInputError: names the two.
        """
        world = self.employees.get("")
        for place, count in self.employees.items():
            if world is not None and count > world:
                raise BadInputError(
                    tr("more employees in {place} than in all", place=place),
                    found=f"{count:g}",
                    allowed=tr("{world:g} at most", world=world),
                )
        whole = self.turnover.get("")
        for place, (currency, amount) in self.turnover.items():
            if whole is not None and currency == whole[0] and amount > whole[1]:
                raise BadInputError(
                    tr("more turnover in {place} than in all", place=place),
                    found=f"{currency}:{amount:g}",
                    allowed=tr("{currency}:{whole:g} at most", currency=currency, whole=whole[1]),
                )


def place(text: str, option: str) -> str:
    """A country or a group (EU) as written.

    Args:
        text: "DE", "Germany", "EU".
        option: for the message.

    Raises:
        BadInputError: neither.
    """
    found = group_of(text) or code_of(text)
    if not found:
        raise BadInputError(
            tr("{option} is no country or group that is known", option=option),
            found=text,
            allowed=tr("as in DE, Germany or EU"),
        )
    return found


def places(texts: Iterable[str], option: str) -> frozenset[str] | None:
    """Countries and groups; None where none is given."""
    found = frozenset(place(t, option) for text in texts for t in text.split(",") if t.strip())
    return found or None


def count(text: str | float, option: str) -> float:
    """A number of employees.

    Raises:
        BadInputError: no whole number from nought on.
    """
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or found < 0 or found != int(found):
        raise BadInputError(
            tr("{option} is no number of employees", option=option),
            found=str(text),
            allowed=tr("a whole number, as in 6000"),
        )
    return found


def counts(texts: Iterable[str], option: str) -> dict[str, float]:
    """Employees by place, each PLACE=N.

    Raises:
        BadInputError: another form, or a place twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        where, sign, number = text.partition("=")
        if not sign:
            raise BadInputError(
                tr("{option} is not understood", option=option), found=text, allowed=tr("PLACE=N, as in DE=4000")
            )
        at = place(where, option)
        if at in found:
            raise BadInputError(
                tr("{option} names {at} twice", option=option, at=at), found=text, allowed=tr("each place once")
            )
        found[at] = count(number, option)
    return found


def money(text: str, option: str) -> tuple[str, float]:
    """A currency and an amount.

    Args:
        text: "EUR:2e9".
        option: for the message.

    Raises:
        BadInputError: another form.
    """
    found = _MONEY.fullmatch(text)
    try:
        amount = float(found["amount"].replace(",", "")) if found else math.nan
    except ValueError:
        amount = math.nan
    if found is None or not math.isfinite(amount) or amount < 0:
        raise BadInputError(
            tr("{option} is not understood", option=option), found=text, allowed=tr("CURRENCY:AMOUNT, as in EUR:2e9")
        )
    return found["currency"].upper(), amount
