"""The map: who took, or sold, more than was to be expected and who less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas, partners_map
from entrepot.brief.charts.canvas import PHONE, Head
from entrepot.brief.scan_page.scanned import capital, moved, place, sold
from entrepot.core.document.blocks import Picture
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.diversion.contract import RISES
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from entrepot.brief.scan_page.scanned import Row, Scanned

_EACH = 8  # places a direction: more circles than that cover one another on a map of this width
_NAMED = 5  # of those beyond, the surest: more labels than that meet one another


def excess_map(scan: Scanned, product: str) -> Picture | None:
    """The map of one product; None where no place of it can be drawn."""
    mine = [r for r in scan.measured if r["product"] == product and moved(r) and countries.point(r["hub"])]
    if not mine:
        return None
    mine.sort(key=lambda r: -_amount(r))
    more = [r for r in mine if _amount(r) > 0][:_EACH]
    less = [r for r in mine[::-1] if _amount(r) < 0][:_EACH]
    surest = sorted(more, key=lambda r: (r["q"] is None, r["q"] or 0.0))
    found = [r for r in [*less, *more] if r["word"] in RISES]
    named = {id(r) for r in [*found, *surest[:_NAMED], *more[:2], *less[:3]]}
    points = [_point(r, is_named=id(r) in named) for r in [*less, *more]]
    if not points:
        return None
    verb, of = ("took", product) if mine[0]["excess_in"] is not None else ("sold", sold(mine[0]))
    title = capital(tr("{goods}: who {verb} more and who less than expected", goods=scan.goods(of), verb=verb))
    drawn = partners_map.drawn(points, [], Head(title, "", PHONE), titled=False)
    missing = sum(not countries.point(r["hub"]) for r in scan.measured if r["product"] == product)
    left = ntr(missing, " {count} small place is not drawn.", " {count} small places are not drawn.") if missing else ""
    caption = tr(
        "Circles: beyond or below what was to be expected, the largest each way; ringed: beyond "
        "chance.{left} Outlines: Natural Earth.",
        left=left,
    )
    return Picture(title, canvas.with_source(drawn, scan.publisher), caption)


def _amount(row: Row) -> float:
    found = moved(row)
    return found[0] if found else 0.0


def _point(row: Row, *, is_named: bool) -> dict[str, Any]:
    lon, lat = countries.point(row["hub"]) or (0.0, 0.0)
    value = _amount(row)
    return {
        "lon": lon,
        "lat": lat,
        "label": place(row["hub"]) if is_named else "",
        "hub": row["word"] in RISES,
        "size": abs(value),
        "moved": marked("more than expected") if value > 0 else marked("less than expected"),
        "said": tr(
            "{place}: {which} than expected", place=place(row["hub"]), which=tr("more") if value > 0 else tr("less")
        ),
        "href": f"#{row['signal_id']}",
    }
