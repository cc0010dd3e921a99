"""A stake: what part of a party another holds, as an interval of whole numbers, so that sums are exact.

100 % is 10 to the 12th: a percent has ten decimals, and shares of a company add up without an error of rounding, on
which a threshold of 50 % would turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from math import ceil, floor
from typing import TYPE_CHECKING
from unicodedata import normalize

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.ownership.contract import SHARE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

PERCENT = 10**10  # parts in one per cent
WHOLE = 100 * PERCENT  # by the meaning of a percentage
# A bound that is not reached lies one part beside what is printed, a sum of bounds some parts. 1000 parts are a
# ten-millionth of one per cent, finer than registers print; 99 bounds of one party are more than any table has.
_GRAIN, _MOST_BOUNDS = 1000, 99
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,30})?)"
_SIGN = r"\s*(?:%|per ?cent|percent|prozent)?\s*"
_BARE = re.compile(rf"\s*{_NUMBER}\s*")
_RANGE = re.compile(rf"{_NUMBER}{_SIGN}(?:-|–|—|to|bis|\.\.)\s*{_NUMBER}{_SIGN}")
_ALONE = re.compile(rf"{_NUMBER}{_SIGN}")
_BOUND = re.compile(rf"(>=|<=|>|<|≥|≤)\s*{_NUMBER}{_SIGN}")
_BOTH = re.compile(rf"(>=|>|≥)\s*{_NUMBER}{_SIGN}(?:,|but|and|aber|und)?\s*(<=|<|≤)\s*{_NUMBER}{_SIGN}")
# Signs of a lower end that is in, of one that is left out, and of an upper end that is in.
_LEAST, _MORE, _MOST = {">=", "≥"}, {">"}, {"<=", "≤"}
_SIGNS = frozenset({">=", ">", "<=", "<", "~", "+"})  # what rows of words on record may read as, beside a figure
# What tables write where they have no figure.
_UNKNOWN = {"", "?", "-", "n/a", "na", "n.a.", "unknown", marked("not known"), "none", "null"}
# A figure that is said to be about right: by how much it may be off is not told, so it may be any share.
_ABOUT = re.compile(rf"(?:±|\+/-|~|≈|about|approx\.?|ca\.?|circa)\s*{_NUMBER}{_SIGN}")
_PLUS = re.compile(rf"{_NUMBER}{_SIGN}(?:\+{_SIGN}|or more|oder mehr)")  # 50.00+: that much or more


@dataclass(frozen=True, slots=True)
class Stake:
    """An interval of parts; `low` and `high` may both be the stake.

    Attributes:
        low: fewest parts, 0 to WHOLE.
        high: most parts.
    """

    low: int = 0
    high: int = WHOLE

    @property
    def is_exact(self) -> bool:
        """Whether the stake is known."""
        return self.low == self.high


UNKNOWN = Stake()
AS_PERCENT = marked("Write 0.5 of the whole as 50 or 50%, and stakes of less than one per cent with a sign: 0.5%.")
_SHOWN = 40  # characters of a cell that a message repeats


def parts(percent: Decimal | float | str, *, up: bool = False) -> int:
    """Percents as parts; what ten decimals do not hold is rounded down, or `up`.

    Args:
        percent: a number.
        up: round upwards, for an upper end.

    Raises:
        ValueError: no number, or not from 0 to 100.
    """
    try:
        found = Decimal(str(percent)) * PERCENT
        if not 0 <= found <= WHOLE:  # a NaN compares with an error
            raise ValueError(str(percent))
    except InvalidOperation as exc:
        raise ValueError(str(percent)) from exc
    return ceil(found) if up else floor(found)


def percent(amount: int) -> float:
    """Parts as a percentage."""
    return int(amount) / PERCENT


def between(low: Decimal | float | str, high: Decimal | float | str) -> Stake:
    """A stake from one percentage to another, both included.

    Raises:
        ValueError: no numbers, not from 0 to 100, or in the wrong order.
    """
    found = Stake(parts(low), parts(high, up=True))
    if found.low > found.high:
        raise ValueError(f"{low}-{high}")
    return found


@cache
def _words() -> dict[str, str]:
    """Words for shares of no figure -> the widest that they can mean."""
    return {word: row["reads"] for row in packaged_rows(SHARE_WORDS) for word in row["words"]}


@cache
def _ends() -> re.Pattern[str]:
    """The words on record beside a figure: more than, mehr als, 以上; no letter stands before or behind one."""
    words = sorted((w for w, reads in _words().items() if reads in _SIGNS), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})(?![^\W\d_])")


def read_stake(text: str | None) -> Stake:
    """What a cell says: `50`, `33.3 %`, `25-50`, `>50`, `50+`, `more than 25% but not more than 50%`, a word on record.

    An end alone is `at least 25`; `unknown` and nothing are any share.

    Raises:
        ValueError: something else, or a percentage above 100.
    """
    said = " ".join(normalize("NFKC", text or "").casefold().split())  # ５１％ as 51%
    said = _words().get(said, said)
    said = _ends().sub(lambda m: f"{_words()[m[0]]} ", said)
    if said in _UNKNOWN or _is_about(said):
        return UNKNOWN
    if found := _ALONE.fullmatch(said):
        return between(_point(found[1]), _point(found[1]))
    if found := _RANGE.fullmatch(said):
        return between(_point(found[1]), _point(found[2]))
    if found := _PLUS.fullmatch(said):
        return _bounded(">=", _point(found[1]))
    if found := _BOUND.fullmatch(said):
        return _bounded(found[1], _point(found[2]))
    if found := _BOTH.fullmatch(said):
        one, other = _bounded(found[1], _point(found[2])), _bounded(found[3], _point(found[4]))
        if (low := max(one.low, other.low)) <= (high := min(one.high, other.high)):
            return Stake(low, high)
    raise ValueError(said)


def first_fraction(shares: Sequence[str | None]) -> int | None:
    """Where the first of shares stands that are fractions of one, or tiny stakes: which of the two nothing says.

    So where every bare number is at most 1 and one is less; what has a sign of per cent, or is a range, tells nothing
    of them: cells that a workbook shows as 51 % stand beside ones in which "60%" was typed.

    Args:
        shares: as printed.

    Returns:
        Its place; None where the bare numbers are percentages, or there are none.
    """
    bare = [(i, Decimal(_point(found[1]))) for i, text in enumerate(shares) if (found := _BARE.fullmatch(text or ""))]
    held = [(i, share) for i, share in bare if share]
    if held and all(share <= 1 for _, share in held) and any(share < 1 for _, share in held):
        return held[0][0]
    return None


def fractions_said(share: str) -> str:
    """What is wrong with shares that may be fractions, by the first of them."""
    return tr(
        "share is {share!r}, and no share of the table without a sign of per cent is above 1", share=share[:_SHOWN]
    )


def _is_about(said: str) -> bool:
    """Whether a figure is only about right.

    Raises:
        ValueError: it is above 100.
    """
    found = _ABOUT.fullmatch(said)
    return found is not None and parts(_point(found[1])) >= 0


def _bounded(word: str, number: str) -> Stake:
    low, high = parts(number), parts(number, up=True)
    if word in _LEAST:
        made = Stake(low, WHOLE)
    elif word in _MORE:
        made = Stake(low + 1, WHOLE)
    else:
        made = Stake(0, high if word in _MOST else high - 1)
    if not 0 <= made.low <= made.high <= WHOLE:
        raise ValueError(f"{word} {number}")
    return made


def _point(number: str) -> str:
    return number.replace(",", ".")


def said(stake: Stake) -> str:
    """The stake in words of a table: `50 %`, `25 to 50 %`, `more than 50 %`, `unknown`."""
    if stake == UNKNOWN:
        return "unknown"
    if stake.is_exact:
        return f"{plain(stake.low)} %"
    if stake.high == WHOLE and is_above(stake.low):
        return tr("more than {low} %", low=plain(printed(stake.low)))
    return ends_said(stake)


def ends_said(stake: Stake) -> str:
    """Both ends in words, one that a bound leaves out as its bound: `more than 25 to 50 %`, `0 to less than 75 %`."""
    low, high = plain(printed(stake.low)), plain(printed(stake.high))
    low = tr("more than {low}", low=low) if is_above(stake.low) else low
    high = tr("less than {high}", high=high) if is_below(stake.high) else high
    return tr("{low} to {high} %", low=low, high=high)


def is_above(amount: int) -> bool:
    """Whether an amount is a bound, or a sum of bounds, that is not reached from above."""
    return 0 < int(amount) % _GRAIN <= _MOST_BOUNDS


def is_below(amount: int) -> bool:
    """Whether an amount is a bound, or a sum of bounds, that is not reached from below."""
    return 0 < -int(amount) % _GRAIN <= _MOST_BOUNDS


def printed(amount: int) -> int:
    """The bound that an amount stands for; any other amount as it is."""
    if is_above(amount):
        return int(amount) - int(amount) % _GRAIN
    return int(amount) + -int(amount) % _GRAIN if is_below(amount) else int(amount)


def plain(amount: int) -> str:
    """Parts as a percentage in plain digits, an end that a bound leaves out (49.9999999999) as it is."""
    text = f"{Decimal(int(amount)) / PERCENT:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
