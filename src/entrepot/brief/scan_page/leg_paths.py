"""Small multiples: each leg of a place, period by period, beside what was to be expected on average after the day.

Observed less expected is the excess that the signal gives, so the mean that was to be expected of a period after the
day is the sum observed less the excess, over the periods; its band is that of the sum.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.canvas import PHONE, Head, with_source
from entrepot.brief.charts.over_time import band
from entrepot.brief.scan_page.scanned import MOST, place
from entrepot.core import periods
from entrepot.core.document.blocks import Picture
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.signals.signal_words import amount
from entrepot.vocabulary.groups import group_of

if TYPE_CHECKING:
    import polars as pl

    from entrepot.brief.scan_page.scanned import Row, Scanned

_NORMAL = 1.96  # errors either way that hold 95 %
_CAPTION = marked("Line: observed. Dashed, with its 95 % band: what was to be expected on average. Upright: the day.")


def leg_paths(scan: Scanned, most: int = MOST) -> list[Picture]:
    """The direct leg of each product that is shown, then the legs of the surest places, where the flows have them."""
    frame = _flows(scan)
    rows = scan.measured[:most]
    out: list[Picture] = []
    q = scan.asked
    for r in {r["product"]: r for r in rows}.values():
        if q.destination and r["loss"] is not None and r["lost_share"] is not None:
            legs = (q.origin, q.destination)
            out += _drawn(scan, frame, r, legs, (-float(r["loss"]), float(r["loss_se"] or 0)))
    for r in rows:
        for ends, leg in (((q.origin, r["hub"]), "excess_in"), ((r["hub"], q.destination), "excess_out")):
            if ends[1] and r[leg] is not None:
                out += _drawn(scan, frame, r, (ends[0], ends[1]), (float(r[leg]), float(r[f"{leg}_se"] or 0)))
    return out


def _flows(scan: Scanned) -> pl.LazyFrame:
    import polars as pl

    if isinstance(scan.flows, Path):
        return pl.scan_parquet(scan.flows)
    found = pl.from_arrow(scan.flows)
    assert isinstance(found, pl.DataFrame)
    return found.lazy()


def _drawn(
    scan: Scanned, frame: pl.LazyFrame, row: Row, ends: tuple[str, str], beyond: tuple[float, float]
) -> list[Picture]:
    seen = _observed(scan, frame, row, ends)
    after = [p for p in seen if row["since"] <= p["period"] <= row["until"]]
    if not after or len(seen) < 2:  # noqa: PLR2004 - a line has two points
        return []
    mean = (sum(p["value"] for p in after) - beyond[0]) / len(after)
    off = _NORMAL * beyond[1] / len(after)
    unit, day = str(row["unit"]), scan.asked.since.isoformat()
    usual = {"value": max(mean, 0.0), "low": max(mean - off, 0.0), "high": max(mean + off, 0.0)}
    said = tr("expected on average: {said}", said=amount(usual["value"], unit))
    expected = [{"date": p["date"], "said": said, "href": "", **usual} for p in (after[0], after[-1])]
    name = tr("{place} to {place_2}", place=place(ends[0]), place_2=place(ends[1]))
    title = f"{name}: {scan.goods(row['product'])}"
    told = tr("{title}, {count} periods to {period}", title=title, count=len(seen), period=seen[-1]["period"])
    the_day = {"date": day, "name": tr("the day"), "href": ""}
    drawn = band(seen, expected, Head("", unit, PHONE, told), [the_day], seen[0]["date"])
    return [Picture(title, with_source(drawn, scan.publisher), "")]


def _observed(scan: Scanned, frame: pl.LazyFrame, row: Row, ends: tuple[str, str]) -> list[dict[str, Any]]:
    """The leg as the exporter counts it where it does, else as the importer does, in the unit of the scan."""
    import polars as pl

    column = "net_kg" if row["unit"] == "kg" else "value_usd"
    out, into = (_members(scan, place_code) for place_code in ends)
    codes = [c for c in row["product"].split("/") if c]
    told = frame.filter(
        pl.col("product").is_in(codes) & (pl.col("period") <= row["until"]) & pl.col(column).is_not_null(),
        pl.col("exporter").is_in(out) | pl.col("importer").is_in(into),
    ).select("exporter", "importer", "flow", "period", value=column)
    rows = told.collect()
    mine = rows.filter(pl.col("exporter").is_in(out) & pl.col("importer").is_in(into))
    flows = set(mine["flow"].to_list())
    chosen = next((f for f in ("balanced", "export", "import") if f in flows), "")
    sums = dict(mine.filter(pl.col("flow") == chosen).group_by("period").agg(pl.col("value").sum()).rows())
    # Who counts told of these goods, to or from somebody, in each of these periods: no row is then nothing.
    counting = pl.col("importer").is_in(into) if chosen == "import" else pl.col("exporter").is_in(out)
    spoken = sorted(set(rows.filter(counting & (pl.col("flow") == chosen))["period"].to_list()))
    return [
        {
            "date": periods.first_day(p).isoformat(),
            "period": p,
            "value": float(sums.get(p, 0.0)),
            "said": f"{p}: {amount(float(sums.get(p, 0.0)), str(row['unit']))}",
            "href": "",
        }
        for p in spoken
    ]


def _members(scan: Scanned, code: str) -> list[str]:
    """The codes that a place stands for: its own, or those of a group that is read as one."""
    for group, members in scan.asked.united:
        if group == code:
            return [*members, f"+{group}27", f"+{group}"] if group_of(group) == "EU" else [*members, f"+{group}"]
    return [code]
