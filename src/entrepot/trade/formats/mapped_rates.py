"""What a currency is in dollars, as a map says it: for all periods, or period by period.

[rates]
PKR = 0.0036                   # dollars of one rupee

[rates.UZS]                    # or by year, quarter or month
2023 = 0.000085
"2024-01" = 0.000081

The central bank whose rates are in the package quotes some forty currencies; a table in another has no dollars else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_periods import period_of

if TYPE_CHECKING:
    from pathlib import Path

RATES = "rates"
_CODE = re.compile(r"[A-Z]{3}")  # ISO 4217
_DEAREST = 100.0  # dollars of one: no currency is worth ten


def rates_of(path: Path, found: dict[str, Any]) -> dict[tuple[str, str], float]:
    """Rates by currency and period; under an empty period what holds of all that have none of their own.

    Args:
        path: the map.
        found: what stands under [rates].

    Raises:
        BadInputError: no currency, no period, or no number above zero.
    """
    rates: dict[tuple[str, str], float] = {}
    for money, said in found.items():
        code = money.upper()
        for printed, rate in said.items() if isinstance(said, dict) else [("", said)]:
            period = period_of(str(printed)) if printed else ""
            is_number = isinstance(rate, int | float) and not isinstance(rate, bool) and 0 < rate <= _DEAREST
            if not _CODE.fullmatch(code) or bool(printed) != bool(period) or not is_number:
                raise BadInputError(
                    tr("{name}: [rates] is given what is no rate", name=path.name),
                    found=f"{money} {printed} = {rate}",
                    allowed=tr("dollars of one unit of a currency, as PKR = 0.0036"),
                    remedy=tr('By period: [rates.PKR], then lines such as 2023 = 0.0036 or "2023-06" = 0.0035.'),
                )
            rates[code, period] = float(rate)
    return rates


def rate_in(rates: dict[tuple[str, str], float], currency: str, period: str) -> float | None:
    """The rate that is said of a period, else of its year, else of all; None where none is.

    >>> rate_in({("PKR", ""): 0.0036, ("PKR", "2022"): 0.005}, "PKR", "2022-06")
    0.005
    """
    asked = (period, period[:4], "")
    return next((rates[currency, of] for of in asked if (currency, of) in rates), None)
