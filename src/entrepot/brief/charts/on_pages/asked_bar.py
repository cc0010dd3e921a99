"""How much of what is asked is there: a bar in which what is missing is as plain as what is there."""

from __future__ import annotations

from entrepot.brief.charts.canvas import px
from entrepot.brief.charts.colors import ACCENT, MUTED

_WIDE, _HIGH = 150, 12  # px: beside a line of a row
_MISSING = "#b3261e"  # the red of charts
_STEP = 6  # px between two strokes of what is missing
_LEAST = 3  # px: one of a thousand is seen


def asked_bar(there: int, not_told: int, missing: int) -> str:
    """The bar: full what is there, a broken frame what is not told, strokes within a frame what is missing.

    The three are told apart by their shape, for who sees no colour. The figures stand beside it in words, so a reader
    who listens hears those and not the bar.

    Args:
        there: how often it is there.
        not_told: how often something is there, and what it is is not said.
        missing: how often it is not there.
    """
    counts = (there, not_told, missing)
    room = _WIDE - 2 - _LEAST * sum(map(bool, counts))
    asked = sum(counts) or 1
    wide = [n and _LEAST + room * n / asked for n in counts]
    one, two, three = (1.0, 1 + wide[0], 1 + wide[0] + wide[1])
    drawn = [
        _frame(one, wide[0], f'fill="{ACCENT}" stroke="{ACCENT}"'),
        _frame(two, wide[1], f'fill="none" stroke="{MUTED}" stroke-dasharray="3 2"'),
        _strokes(three, wide[2]),
        _frame(three, wide[2], f'fill="none" stroke="{_MISSING}" stroke-width="1.4"'),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" '
        f'height="{_HIGH}">{"".join(drawn)}</svg>'
    )


def _frame(x: float, wide: float, look: str) -> str:
    return f'<rect x="{px(x)}" y="1" width="{px(wide)}" height="{_HIGH - 2}" {look}/>' if wide else ""


def _strokes(x: float, wide: float) -> str:
    high = _HIGH - 2
    begins = [x + _STEP * i for i in range(int(max(wide - high, 0) / _STEP) + 1)] if wide > high else []
    course = "".join(f"M{px(b)},{high + 1}l{high},-{high}" for b in begins)
    return f'<path d="{course}" stroke="{_MISSING}"/>' if course else ""
