"""The lead chart of a brief: the figures of one comparison as bars, each a link, its source inside the picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from entrepot.brief.context import link
from entrepot.brief.report import Chart, period_words, plain_text, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.report import Line
    from entrepot.core.findings import Finding

# Units of the picture: it is drawn small and grows with its column, so that its letters stay those of the text.
WIDTH, ROW, BAR, TOP = 420, 40, 18, 4
LABEL = 130  # for the words beside the longest bar


def lead(line: Line, source: str) -> Chart:
    """The figures of a comparison, oldest first; the title is what they say.

    Args:
        line: a comparison of at least two figures of one unit.
        source: who published them, in words.
    """
    text = plain_text(line.says)
    return Chart(text[:1].upper() + text[1:], _drawn(line.figures, line.label, source), "", line.figures)


def _drawn(figures: Sequence[Finding], label: str, source: str) -> str:
    most = max(f.number for f in figures)
    height = TOP + ROW * len(figures) + ROW // 2
    rows = "".join(_row(f, TOP + ROW * i, (WIDTH - LABEL) * max(f.number, 0) / most) for i, f in enumerate(figures))
    said = f'<text x="0" y="{height - 4}" class="quiet">Source: {escape(source)}</text>'
    style = "<style>text{font:13px sans-serif;fill:#1d2733}.quiet{fill:#5d6975;font-size:12px}</style>"
    box = f'viewBox="0 0 {WIDTH} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(label)}" {box}>'
    return f"{head}{style}{rows}{said}</svg>"


def _row(figure: Finding, top: int, length: float) -> str:
    """The period above its bar, the figure at its end."""
    words, value = escape(period_words(figure)), escape(show(figure))
    return (
        f'<a href="{link(figure)}" aria-label="{words}: {value}">'
        f'<text x="0" y="{top + 11}" class="quiet">{words}</text>'
        f'<rect x="0" y="{top + 15}" width="{length:.1f}" height="{BAR}" fill="#0b6e75"/>'
        f'<text x="{length + 6:.1f}" y="{top + 15 + BAR - 5}" font-weight="600">{value}</text></a>'
    )
