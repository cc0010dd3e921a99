"""Intervals: what a printed number leaves possible, and how that is carried through arithmetic.

Two intervals a number: the open one is what the words allow, the close one what a careful writer means. The rules and
the reasons for the caps stand in docs/design/13-claims.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import inf, isinf, log, log10

from entrepot.core.findings import plain
from entrepot.corridors.throughput import bounds

# 1 + 5 % and 1 + 8 % stay below 1.2 x (1 - 8 %) = 1.104: a figure times 1.2 leaves every close interval. Nearly half is
# 45 as well: so is a share in words, of which nothing lies above.
_EXACT_CAP, _BOUND_CAP, _WORDS_CAP = 0.05, 0.08, 0.1
# Counts of entities, of the dead and of attacks are counted one by one below this.
_COUNTED_BELOW = 1000
# In these each printed zero counts: 50 percent is not "some fifty", as 50 thousand may be.
_SHARES = frozenset({"percent", "percentage_points"})
# A word (doubled) is good to 4 % of what it makes of the base, and allows 15 %: growth of 92 to 108, of 70 to 130. More
# than doubled means less than half a step to the next word, and never that word.
_WORD_CLOSE, _WORD_OPEN, _STEP_CLOSE, _STEP_OPEN = 0.04, 0.15, 0.5, 1.0
_MOST_WORDS = 10.0  # tenfold: larger multiples have no word
# Beyond twice a number a part or a whole of it is more likely than an error; two digits that change places move it by
# less than ten times: 91 for 19, 90.1 for 10.9.
_TWICE, _TEN = 2.0, 10.0
# Logarithms of two numbers apart: by a tenth, a third, to the double.
_APART = ((0.105, "tenth"), (0.3, "third"), (0.7, "double"))
_FEWEST, _MOST_DIGITS = 3, 5  # of two digits any two numbers share one; beyond five more digits say no more
# Two floats that print alike in twelve digits are one number, as in `findings.plain`.
_SAME = 1e-9
_AT_IT = frozenset({"over", "at_least", "up_to"})  # bounds that stand before a law's own limit
_ALIKE = 1e-6  # logarithms of two numbers of the same digits


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from low to high; infinite where there is no bound.

    Attributes:
        low, high: the ends.
        low_in, high_in: whether the end itself belongs to it.
    """

    low: float
    high: float
    low_in: bool = True
    high_in: bool = True

    @property
    def width(self) -> float:
        """The width as a share of the middle; infinite where an end is, or the middle is zero."""
        middle = (self.low + self.high) / 2
        if isinf(self.high - self.low) or not middle:
            return 0.0 if self.high == self.low else inf
        return abs((self.high - self.low) / middle)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a printed number leaves possible.

    Attributes:
        value: the number itself.
        open: what its words allow.
        close: what a careful writer means; lies in `open`.
    """

    value: float
    open: Interval
    close: Interval


def same(a: float, b: float) -> bool:
    """Whether two numbers print alike in twelve digits."""
    return abs(a - b) <= _SAME * max(abs(a), abs(b))


def is_other_limit(bound: str, said: Printed, limit: float) -> bool:
    """Whether a figure is another than a limit of a law, which is set to the last digit."""
    if bound in _AT_IT:
        return not same(said.value, limit)
    return bound == "exact" and not meet(said.open, Interval(limit, limit))


def swapped(a: float, b: float) -> int:
    """Of how many digits two numbers are that differ by two neighbours which changed places; 0 where they do not.

    >>> swapped(61145, 16145), swapped(91, 19), swapped(4061, 4062)
    (5, 2, 0)
    """
    x, y = digits(a), digits(b)
    if len(x) != len(y) or x == y:
        return 0
    i = next(i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q)
    return len(x) if x[i : i + 2] == y[i : i + 2][::-1] and x[i + 2 :] == y[i + 2 :] else 0


def scaled(a: float, b: float) -> bool:
    """Whether two numbers differ by a power of ten alone.

    >>> scaled(61.65, 6.165), scaled(6.165, 6.165), scaled(6.165, 61.56)
    (True, False, False)
    """
    if not a or not b or a == b:
        return False
    ratio = log10(abs(a / b))
    return abs(ratio - round(ratio)) < _ALIKE and round(ratio) != 0


def is_near(a: float, b: float) -> bool:
    """Whether a number lies between half and twice of another, or has its digits, two of them swapped.

    >>> is_near(4061, 4016), is_near(61145, 16145), is_near(12, 4016)
    (True, True, False)
    """
    if a * b <= 0:
        return False
    ratio = a / b if abs(a) > abs(b) else b / a
    return ratio <= _TWICE or (ratio <= _TEN and swapped(a, b) > 0)


@lru_cache(maxsize=20_000)  # the numbers of the record, each held against many figures
def digits(value: float) -> str:
    """The digits of a number without sign, point, and zeros at either end.

    >>> digits(-40.16), digits(4016000)
    ('4016', '4016')
    """
    return f"{abs(value):.12g}".replace(".", "").strip("0")


def meet(a: Interval, b: Interval) -> bool:
    """Whether some number lies in both."""
    return _starts_before_end(a, b) and _starts_before_end(b, a)


def _starts_before_end(a: Interval, b: Interval) -> bool:
    return a.low < b.high or (a.low == b.high and a.low_in and b.high_in)


def step(value: float, unit: str | None = None) -> float:
    """The unit of the last significant digit.

    Args:
        value: the number.
        unit: in percent all printed digits count.

    >>> step(11000), step(40900), step(42.6), step(50, "percent")
    (1000.0, 100.0, 0.1, 1.0)
    """
    if not value:
        return 1.0
    exponent = Decimal(plain(value)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return _power(min(exponent, 0) if unit in _SHARES else exponent)


def _power(exponent: int) -> float:
    return float(f"1e{exponent}")  # 10.0 ** -2 is not 0.01 on every machine


def printed(  # noqa: PLR0913 - what a printed number consists of
    value: float,
    bound: str = "exact",
    unit: str | None = None,
    *,
    high: float | None = None,
    scale: float = 1.0,
    counted: bool = False,
    words: bool = False,
) -> Printed:
    """The open and the close interval of a printed number.

    Args:
        value: the number in base units; below zero the intervals are those of its size, mirrored.
        bound: exact, over, at_least, nearly, up_to, about, between.
        unit: in percent all printed digits count.
        high: the upper end; with `between` only.
        scale: what a scale word multiplied the printed number by.
        words: whether it is a share in words: nearly half.
        counted: whether it counts entities, dead or injured persons or attacks, which under 1,000 are exact.
    """
    if bound == "between":
        whole = Interval(min(value, _or(high, value)), max(value, _or(high, value)))
        return Printed(value, whole, whole)
    size, unit_size = abs(value), abs(value) if words else step(value / scale, unit) * scale
    if counted and size < _COUNTED_BELOW and bound == "exact":
        point = Interval(value, value)
        return Printed(value, point, point)
    wide, close = _of_size(size, unit_size, bound, _WORDS_CAP if words else _BOUND_CAP)
    if value < 0:
        wide, close = _mirrored(wide), _mirrored(close)
    return Printed(value, wide, close)


def multiple(ratio: float, bound: str = "exact", *, high: float | None = None) -> Printed:
    """Growth in percent that a multiple of the base leaves possible: doubled is growth of 100, as 92 to 108 are.

    Args:
        ratio: of the new number to the base; halved is 0.5.
        bound: as of `printed`.
        high: the upper ratio; with `between` only.

    >>> close = multiple(2.0, "over").close
    >>> close.low, close.high
    (100.0, 150.0)
    """
    if bound == "between":
        return printed(_grown(ratio), bound, "percent", high=_grown(_or(high, ratio)))
    falls = 0 < ratio < 1
    size = 1 / ratio if falls else ratio
    if size > _MOST_WORDS or size < 1 or not same(size, round(size)):
        found = printed(ratio, bound)
        return Printed(_grown(ratio), _growth(found.open), _growth(found.close))
    wide, close = _of_word(size, bound)
    if falls:
        wide, close = _turned(wide), _turned(close)
    return Printed(_grown(ratio), _growth(wide), _growth(close))


def _of_word(x: float, bound: str) -> tuple[Interval, Interval]:
    """The open and the close interval of a whole multiple, as a ratio."""
    if bound in {"over", "at_least"}:
        above = bound == "at_least"
        return Interval(x, x + _STEP_OPEN, above, high_in=False), Interval(x, x + _STEP_CLOSE, above, high_in=False)
    if bound in {"nearly", "up_to"}:
        limit = bound == "up_to"
        return Interval(x * (1 - _WORD_OPEN), x, high_in=limit), Interval(x * (1 - _BOUND_CAP), x, high_in=limit)
    wide, close = (Interval(x * (1 - part), x * (1 + part)) for part in (_WORD_OPEN, _WORD_CLOSE))
    return wide, close


def _turned(a: Interval) -> Interval:
    return Interval(1 / a.high, 1 / a.low, a.high_in, a.low_in)


def _grown(ratio: float) -> float:
    """A ratio as growth, to the digits in which two numbers are one: 100 * (2.3 - 1) is 130."""
    return ratio if isinf(ratio) else float(f"{100 * (ratio - 1):.10g}")


def _growth(a: Interval) -> Interval:
    return Interval(_grown(a.low), _grown(a.high), a.low_in, a.high_in)


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def _of_size(x: float, u: float, bound: str, cap: float = _BOUND_CAP) -> tuple[Interval, Interval]:
    """The open and the close interval of a number that is not negative."""
    near = min(u, cap * x)
    if bound in {"over", "at_least"}:
        above = bound == "at_least"
        return Interval(x, inf, above, high_in=False), Interval(x, x + near, above)
    if bound in {"nearly", "up_to"}:
        limit = bound == "up_to"
        return Interval(-inf, x, low_in=False, high_in=limit), Interval(x - near, x, high_in=limit)
    half = u / 2
    if bound == "about":
        low, high = bounds(x, bound)
        assert low is not None
        assert high is not None
        # "about 12.5 percent" is good to half a unit of its second digit too; below 1 the digits themselves say it.
        half = (high - low) / 2 if x >= 1 else half
    capped = min(half, _EXACT_CAP * x)
    end_in = bound == "about"
    return Interval(x - half, x + half, high_in=end_in), Interval(x - capped, x + capped, high_in=end_in)


def _mirrored(a: Interval) -> Interval:
    return Interval(-a.high, -a.low, a.high_in, a.low_in)


def times(a: Interval, b: Interval) -> Interval:
    """Every product of a number of each; ends count as included."""
    ends = [x * y if x and y else 0.0 for x, y in product((a.low, a.high), (b.low, b.high))]
    return Interval(min(ends), max(ends))


def over(a: Interval, b: Interval) -> Interval | None:
    """Every quotient of a number of each; None where the divisor may be zero."""
    if b.low <= 0 <= b.high:
        return None
    return times(a, Interval(1 / b.high, 1 / b.low))


def differing(a: float, b: float) -> list[str]:
    """How two numbers differ: by how much, and whether as by a slip of the hand.

    >>> differing(4061, 4016), differing(4816, 4016), differing(40, 4016)
    (['apart_tenth', 'swapped_4'], ['apart_third', 'digit_4'], ['apart_far'])
    """
    if a * b <= 0:
        return ["apart_far"]
    far = abs(log(a / b))
    found = [f"apart_{next((name for most, name in _APART if far <= most), 'far')}"]
    if long := swapped(a, b):
        return [*found, f"swapped_{min(long, _MOST_DIGITS)}"]
    x, y = digits(a), digits(b)
    if len(x) == len(y) >= _FEWEST and sum(p != q for p, q in zip(x, y, strict=True)) == 1:
        found.append(f"digit_{min(len(x), _MOST_DIGITS)}")
    return found
