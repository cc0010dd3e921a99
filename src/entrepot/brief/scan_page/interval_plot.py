"""The ranked interval plot: how much can have come round through each place, surest first, with sampling error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.canvas import PHONE, with_source
from entrepot.brief.charts.ranked_intervals import ranked_intervals
from entrepot.brief.scan_page.scanned import MOST
from entrepot.core.document.blocks import Picture
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.contract import RISES
from entrepot.diversion.signals.signal_words import amount

if TYPE_CHECKING:
    from entrepot.brief.scan_page.scanned import Scanned

_CAPTION = marked(
    "Thick: what the data identify. Thin: with its sampling error. The figure is the upper end. Coloured: beyond "
    "chance over the whole scan. Steps are of ten. An interval says what can have come round, not what did."
)

_NO_LOWER = marked("A row without a lower end begins at the edge: the place may have kept all that it took.")


def interval_plot(scan: Scanned) -> Picture | None:
    """The plot; None where no row has an interval."""
    rows = [r for r in scan.measured if r["high_95"] > 0][:MOST]
    if not rows:
        return None
    unit = str(rows[0]["unit"])
    points = [
        {
            "name": scan.label(r),
            "low": r["low"],
            "high": r["high"],
            "low_95": r["low_95"],
            "high_95": r["high_95"],
            "strong": r["word"] in RISES,
            "said": amount(r["high_95"], unit),
            "href": f"#{r['signal_id']}",
        }
        for r in rows
    ]
    title = tr("How much can have come round, by place")
    drawing = ranked_intervals(points, f"{title}: {_told(points)}", PHONE, unit)
    unbound = [r for r in rows if r["low_95"] is None]
    says = f"{tr(_CAPTION)} {tr(_NO_LOWER)}" if unbound else tr(_CAPTION)
    return Picture(title, with_source(drawing, scan.publisher), says)


def _told(points: list[dict[str, Any]]) -> str:
    return "; ".join(tr("{name} up to {said}", name=p["name"], said=p["said"]) for p in points[:3])
