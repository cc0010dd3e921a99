"""What could have been seen: the rise that a scan finds in four of five cases, beside the rise that was observed."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.canvas import PHONE, Head, with_source
from entrepot.brief.charts.in_rows import pairs
from entrepot.brief.scan_page.scanned import MOST, moved
from entrepot.core.document.blocks import Picture
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.signals.signal_words import amount

if TYPE_CHECKING:
    from entrepot.brief.scan_page.scanned import Row, Scanned

# A rise of so many times the largest upper end says nothing that a reader can use, and would make points of all others.
_OFF = 10
# Where the scan does not say it itself: a rise is found at 5 % one-sided in four of five cases from 2.49 errors on
# (1.645 + 0.842, quantiles of the normal). With many rows the rate of false discoveries asks for more.
_FOUR_OF_FIVE = 2.49
_CAPTION = marked(
    "Hollow: the rise that would be found in four of five cases. Filled: the rise that was observed. Where the hollow "
    "mark lies right of the filled one, a rise such as was observed would not have been seen; where it lies right of "
    "all that could have come, the row cannot be judged."
)


def power_plot(scan: Scanned) -> Picture | None:
    """The plot; None where no row has an error."""
    found = [p for p in (_point(scan, r) for r in scan.measured) if p is not None]
    most = max((r["high_95"] or 0.0 for r in scan.measured), default=0.0)
    points = [p for p in found if p["before"] <= _OFF * most][:MOST]
    if not points:
        return None
    blind = len(found) - len([p for p in found if p["before"] <= _OFF * most])
    said = tr(
        " Left out: {blind} rows in which a rise of {off} times the largest upper end would have been missed.",
        blind=blind,
        off=_OFF,
    )
    unit = str(scan.measured[0]["unit"])
    title = tr("What could have been seen")
    told = "; ".join(tr("{name} from {said}", name=p["name"], said=p["said"]) for p in points[:3])
    ends = (tr("would be seen"), tr("observed"))
    drawn = pairs(points, Head("", tr("rise, {unit}", unit=unit), PHONE, f"{title}: {told}"), ends)
    return Picture(title, with_source(drawn, scan.publisher), tr(_CAPTION) + (said if blind else ""))


def _point(scan: Scanned, row: Row) -> dict[str, Any] | None:
    found = moved(row)
    if found is None or not found[1]:
        return None
    seen = row.get("seen_from") or (_FOUR_OF_FIVE * found[1] if row["q"] is None else inf)
    name, unit, rose = scan.label(row), str(row["unit"]), max(found[0], 0.0)
    said = amount(seen, unit)
    return {
        "name": name,
        "before": seen,
        "after": rose,
        "said": said,
        "before_said": tr("{name}: a rise of {said} would be seen", name=name, said=said),
        "after_said": tr("{name}: a rise of {said} observed", name=name, said=amount(rose, unit)),
        "before_href": f"#{row['signal_id']}",
        "after_href": f"#{row['signal_id']}",
    }
