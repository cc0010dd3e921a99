"""The lead chart of a brief: the figures of one comparison as bars, each a link, its source inside the picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from entrepot.brief.charts import canvas
from entrepot.brief.context import link
from entrepot.brief.report import Chart, period_words, plain_text, show
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.report import Line
    from entrepot.core.findings import Finding

WIDE, NARROW = 560, 362  # px: a column of the first screen, and a phone of 390 less its margins
BAR, GAP = 18, 8  # px: the height of a bar, and what lies between two
BESIDE = 190  # px: for the period left of its bar; a phone has it above
ABOVE = 15  # px: for the period above its bar
LABEL = 140  # px: for the words beside the longest bar


def lead(line: Line, source: str) -> Chart:
    """The figures of a comparison, oldest first; the title is what they say.

    Args:
        line: a comparison of at least two figures of one unit.
        source: who published them, in words.
    """
    text = plain_text(line.says)
    wide, narrow = (_drawn(line.figures, line.label, source, width) for width in (WIDE, NARROW))
    return Chart(text[:1].upper() + text[1:], wide, "", line.figures, narrow=narrow)


def _drawn(figures: Sequence[Finding], label: str, source: str, width: int) -> str:
    most = max(f.number for f in figures) or 1.0
    left, above = (BESIDE, 0) if width == WIDE else (0, ABOVE)
    row, room = above + BAR + GAP, width - left - LABEL
    rows = "".join(
        _row(f, (left, above + row * i, room * max(f.number, 0) / most), stands_above=bool(above))
        for i, f in enumerate(figures)
    )
    lines = canvas.wrapped(tr("Source: {source}", source=source), width)
    top = row * len(figures) + 8
    return canvas.svg(label, width, top + canvas.LINE * len(lines) - 6, (rows, canvas.below(lines, top)))


def _row(figure: Finding, bar: tuple[float, float, float], *, stands_above: bool) -> str:
    """The period above its bar or left of it, the figure at its end; the bar by its left, top and length."""
    left, top, length = bar
    words, value = escape(period_words(figure)), escape(show(figure))
    base = top - 4 if stands_above else top + BAR - 5
    return (
        f'<a href="{link(figure)}" aria-label="{words}: {value}">'
        f'<text x="0" y="{base:.0f}" fill="#5d6975" font-size="13">{words}</text>'
        f'<rect x="{left}" y="{top}" width="{length:.1f}" height="{BAR}" fill="#0b6e75"/>'
        f'<text x="{left + length + 6:.1f}" y="{top + BAR - 5:.0f}" font-weight="600" font-size="13">{value}</text></a>'
    )
