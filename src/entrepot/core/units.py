"""Units: how a value with its unit and its bound is written."""

from __future__ import annotations

from math import floor

# Largest first: the first that fits names the amount.
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
# Currencies of the record, written before the amount.
MONEY = frozenset({"USD", "CNY", "EUR", "PKR", "KZT", "KGS", "GBP"})
_BOUNDS = {
    "exact": "",
    "at_least": "at least ",
    "at_most": "at most ",
    "about": "about ",
    "at_least_about": "at least about ",
}


def number(value: float, unit: str = "") -> str:
    """A number as a reader writes it: thousands separated, money and tonnes above a million scaled, the digits kept.

    No digit of the value is lost: 1234500000 CNY is "CNY 1.2345 billion", 54321 is "54,321".
    """
    for scale, word in _SCALES:
        if abs(value) >= scale and (unit in MONEY or unit == "tonnes"):
            return f"{_trim(value / scale)} {word}"
    return _trim(value)


def _trim(value: float) -> str:
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def rounded(value: float, digits: int = 3) -> float:
    """The value to `digits` significant digits; for estimates, whose further digits mean nothing."""
    return float(f"{value:.{digits}g}")


def with_unit(value: float, unit: str, *, bound: str = "exact", per: str = "") -> str:
    """A value with its unit: `at least 7 trucks`, `CNY 1.5 billion`, `12.5 %`, `9 trains a day`."""
    head, text = _BOUNDS.get(bound, ""), number(value, unit)
    if unit in MONEY:
        body = f"{unit} {text}"
    elif unit in {"percent", "%"}:
        body = f"{text} %"
    else:
        body = f"{text} {unit}".rstrip()
    return f"{head}{body}{f' a {per}' if per else ''}"


def two_decimals(share: float) -> str:
    """A share as it is shown to people: cut after two decimals, so that 1.00 is the whole and nothing less.

    Args:
        share: in [0, 1].
    """
    # 0.29 times 100 is a hair under 29: the sixth digit behind the point is the last that scores carry.
    return f"{floor(round(share * 100, 4)) / 100:.2f}"


def counted(count: int, one: str, more: str = "") -> str:
    """A count with its word: 1 row, 2,400 rows, 0 entries.

    Args:
        count: how many.
        one: the word for one.
        more: the word for others; the word for one with an s where it is empty.
    """
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
