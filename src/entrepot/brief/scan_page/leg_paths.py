"""Small multiples: each leg of a place, period by period, beside what was to be expected on average after the day.

Observed less expected is the excess that the signal gives, so the mean that was to be expected of a period after the
day is the sum observed less the excess, over the periods; its band is that of the sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.canvas import PHONE, Head, with_source
from entrepot.brief.charts.over_time import band
from entrepot.brief.scan_page.scanned import MOST, place, sold
from entrepot.core import periods
from entrepot.core.document.blocks import Picture
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.chains import chain
from entrepot.diversion.modes.chain_mode import TONNES, in_tonnes, staged
from entrepot.diversion.signals.signal_words import amount
from entrepot.vocabulary.groups import group_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from entrepot.brief.scan_page.scanned import Row, Scanned
    from entrepot.diversion.chains import Stage

_NORMAL = 1.96  # errors either way that hold 95 %
_CAPTION = marked("Line: observed. Dashed, with its 95 % band: what was to be expected on average. Upright: the day.")


def leg_paths(scan: Scanned, most: int = MOST) -> list[Picture]:
    """The direct leg of each product that is shown, then the legs of the surest places, where the flows have them."""
    rows = scan.measured[:most]
    if not rows:
        return []
    counted = _counted(scan, str(rows[0]["unit"]))
    out: list[Picture] = []
    q = scan.asked
    for r in {sold(r): r for r in rows}.values():
        if q.destination and r["loss"] is not None and r["lost_share"] is not None:
            leg = _Leg(r, sold(r), q.origin, q.destination, -float(r["loss"]), float(r["loss_se"] or 0))
            out += _drawn(scan, counted, leg)
    for r in rows:
        ways = ((r["product"], q.origin, r["hub"], "excess_in"), (sold(r), r["hub"], q.destination, "excess_out"))
        for product, start, end, name in ways:
            if end and r[name] is not None:
                leg = _Leg(r, product, start, end, float(r[name]), float(r[f"{name}_se"] or 0))
                out += _drawn(scan, counted, leg)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class _Leg:
    """A leg of a row: what it carries, between whom, what it was beyond the expected and the error of that."""

    row: Row
    product: str
    start: str
    end: str
    beyond: float
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """The flows as a person can count them: by value or weight, and along a chain each stage in tonnes.

    Attributes:
        flows: with the product that is followed.
        column: what is drawn.
        unit: of it.
        stages: code of a row to its stage; empty where no chain is followed.
    """

    flows: pl.LazyFrame
    column: str
    unit: str
    stages: Mapping[str, Stage]

    def products(self, product: str) -> list[str]:
        """What the flows call the product of a row."""
        stage = self.stages.get(product)
        return [stage.name] if stage else [c for c in product.split("/") if c]

    def beyond(self, leg: _Leg) -> tuple[float, float]:
        """What a leg was beyond the expected, with its error, as it is drawn."""
        stage = self.stages.get(leg.product)
        if stage is None:
            return leg.beyond, leg.error
        lost = leg.end == leg.row["destination"] and leg.start == leg.row["origin"]
        sign = -1.0 if lost else 1.0  # of the direct leg it is the loss that was converted
        return sign * in_tonnes(sign * leg.beyond, stage), leg.error / stage.most


def _counted(scan: Scanned, unit: str) -> _Counted:
    import polars as pl

    if scan.asked.chain is not None:
        followed = chain(scan.asked.chain)
        stages = {s.code: s for s in followed.stages}
        return _Counted(pl.DataFrame(staged(scan.flows, followed)).lazy(), "amount", TONNES, stages)
    frame = pl.scan_parquet(scan.flows) if isinstance(scan.flows, Path) else pl.DataFrame(scan.flows).lazy()
    return _Counted(frame, "net_kg" if unit == "kg" else "value_usd", unit, {})


def _drawn(scan: Scanned, counted: _Counted, leg: _Leg) -> list[Picture]:
    seen, row = _observed(scan, counted, leg), leg.row
    after = [p for p in seen if row["since"] <= p["period"] <= row["until"]]
    if not after or len(seen) < 2:  # noqa: PLR2004 - a line has two points
        return []
    beyond, error = counted.beyond(leg)
    mean = (sum(p["value"] for p in after) - beyond) / len(after)
    off = _NORMAL * error / len(after)
    unit, day = counted.unit, scan.asked.since.isoformat()
    usual = {"value": max(mean, 0.0), "low": max(mean - off, 0.0), "high": max(mean + off, 0.0)}
    said = tr("expected on average: {said}", said=amount(usual["value"], unit))
    expected = [{"date": p["date"], "said": said, "href": "", **usual} for p in (after[0], after[-1])]
    name = tr("{place} to {place_2}", place=place(leg.start), place_2=place(leg.end))
    title = f"{name}: {scan.goods(leg.product)}"
    told = tr("{title}, {count} periods to {period}", title=title, count=len(seen), period=seen[-1]["period"])
    the_day = {"date": day, "name": tr("the day"), "href": ""}
    drawn = band(seen, expected, Head("", unit, PHONE, told), [the_day], seen[0]["date"])
    return [Picture(title, with_source(drawn, scan.publisher), "")]


def _observed(scan: Scanned, counted: _Counted, leg: _Leg) -> list[dict[str, Any]]:
    """The leg as the exporter counts it where it does, else as the importer does."""
    import polars as pl

    out, into = _members(scan, leg.start), _members(scan, leg.end)
    known = pl.col("product").is_in(counted.products(leg.product)) & pl.col(counted.column).is_not_null()
    told = counted.flows.filter(
        known & (pl.col("period") <= leg.row["until"]),
        pl.col("exporter").is_in(out) | pl.col("importer").is_in(into),
    ).select("exporter", "importer", "flow", "period", value=counted.column)
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
            "said": f"{p}: {amount(float(sums.get(p, 0.0)), counted.unit)}",
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
