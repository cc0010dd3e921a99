"""China's solar exports of the record, made anew from Ember's monthly series: quarters are sums of months.

The partners are those of the record. A quarter of which a month is missing from the file is left out: a sum of two
months would be read as a fall. Where Ember gives 0 MW for every partner in a month, its estimate is missing, and the
quarter has none. See docs/design/02-the-record.md and 44.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadDateError, UnreadableFileError
from entrepot.core.periods import parse
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import opened
from entrepot.record.renewal.row_changes import Page, Renewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from entrepot.record.embedded import Record

Row = dict[str, Any]
COLUMNS = (
    "Area",
    "Date",
    "Commodity code",
    "Commodity type",
    "Amount (USD)",
    "Amount (kg)",
    "Capacity (MW)",
)
_MONTHS = 3  # of a quarter
_CENTS = 2  # digits behind the point that the file prints
_NOTE = "no capacity: Ember gives 0.0 MW for every partner in {months}, a missing estimate and not a zero"
_SAID = {"value_usd": "USD", "net_kg": "kg", "capacity_mw": "MW"}


@dataclass(frozen=True, slots=True)
class _Month:
    """One line of the file: an area, a good, a month."""

    area: str
    product: str
    code: str
    month: str
    usd: float
    kg: float
    megawatts: float

    @property
    def quarter(self) -> str:
        """The quarter of the month."""
        return f"{self.month[:4]}-Q{(int(self.month[5:7]) + 2) // 3}"


def renew(record: Record, path: Path, page: Page) -> Renewed:
    """The quarters of the record's partners, as the file would have them.

    Args:
        record: as it stands.
        path: the file.
        page: where it was read.

    Raises:
        UnreadableFileError: another heading, or a cell that is none of its column.
    """
    renewed = Renewed(page, {"flows": {r["id"]: r for r in record.tables["flows"].to_pylist()}})
    codes = {r["partner"]: r["partner_iso3"] for r in renewed.rows["flows"].values()}
    months = _read(path)
    whole, broken = _quarters(months)
    unestimated = _unestimated(months)
    found: dict[str, Row] = {}
    for (area, product, code, quarter), some in _grouped(months).items():
        if area in codes and quarter in whole:
            row = _row(some, (codes[area], product, code, quarter), unestimated[code, quarter], page)
            found[row["id"]] = row
    _compare(renewed, found)
    if broken:
        renewed.notes.append(
            tr("Left out are quarters of which a month is missing: {broken}.", broken=", ".join(sorted(broken)))
        )
    others = {m.area for m in months} - set(codes)
    renewed.notes.append(
        tr(
            "{count} areas of the file are not among the {count_2} partners of the record.",
            count=len(others),
            count_2=len(codes),
        )
    )
    return renewed


def held(record: Record) -> int:
    """How many rows the record holds."""
    return int(record.tables["flows"].num_rows)


def _read(path: Path) -> list[_Month]:
    table = opened(path)
    at = {name: i for i, name in enumerate(table.headings)}
    if missing := [c for c in COLUMNS if c not in at]:
        shown = ", ".join(table.headings)[:120]
        raise UnreadableFileError(
            path,
            tr("the headings are {shown!r}: {missing} is not there", shown=shown, missing=missing[0]),
            allowed=", ".join(COLUMNS),
        )
    found = []
    for line, cells in table.numbered():
        if not any(cells):
            continue
        said = {c: (cells[at[c]] or "").strip() for c in COLUMNS}
        try:
            month = parse(said["Date"][:7])
            numbers = [float(said[c] or 0) for c in COLUMNS[4:]]
        except (BadDateError, ValueError) as exc:
            raise UnreadableFileError(
                path, tr("a cell that is none: {exc}", exc=exc), line=line, allowed="2025-01-01, 12.5"
            ) from exc
        if month.precision != "month" or not all(math.isfinite(n) and n >= 0 for n in numbers):
            raise UnreadableFileError(
                path, f"{said['Date']}: {numbers}", line=line, allowed=tr("a month, and no number below 0")
            )
        found.append(_Month(said["Area"], said["Commodity type"], said["Commodity code"], said["Date"][:7], *numbers))
    return found


def _grouped(months: Iterable[_Month]) -> Mapping[tuple[str, str, str, str], list[_Month]]:
    found: dict[tuple[str, str, str, str], list[_Month]] = defaultdict(list)
    for m in months:
        found[m.area, m.product, m.code, m.quarter].append(m)
    return dict(sorted(found.items()))


def _quarters(months: Iterable[_Month]) -> tuple[set[str], set[str]]:
    """Quarters of which the file has all three months, and the others."""
    seen: dict[str, set[str]] = defaultdict(set)
    for m in months:
        seen[m.quarter].add(m.month)
    whole = {q for q, some in seen.items() if len(some) == _MONTHS}
    return whole, set(seen) - whole


def _unestimated(months: Iterable[_Month]) -> Mapping[tuple[str, str], list[str]]:
    """By code and quarter, the months in which no area has a capacity."""
    total: dict[tuple[str, str, str], float] = defaultdict(float)
    for m in months:
        total[m.code, m.quarter, m.month] += m.megawatts
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (code, quarter, month), megawatts in sorted(total.items()):
        if not megawatts:
            found[code, quarter].append(month)
    return found


def _row(some: list[_Month], said: tuple[str, str, str, str], missing: list[str], page: Page) -> Row:
    """A quarter of a partner and a good."""
    iso3, product, code, quarter = said
    period = parse(quarter)
    return {
        "id": f"F-{iso3}-{code}-{quarter}",
        "reporter": "CHN",
        "partner": some[0].area,
        "partner_iso3": iso3,
        "flow": "export",
        "product": product,
        "hs": code,
        "period": quarter,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "value_usd": math.fsum(m.usd for m in some),
        "net_kg": math.fsum(m.kg for m in some),
        "capacity_mw": None if missing else round(math.fsum(m.megawatts for m in some), _CENTS),
        "capacity_status": "unknown" if missing else "estimated",
        "months_reported": len({m.month for m in some}),
        "source_id": page.source["source_id"],
        "known_on": period.end.isoformat(),
        "known_on_basis": "inferred",
        "note": _NOTE.format(months=", ".join(missing)) if missing else None,
    }


def _compare(renewed: Renewed, found: Mapping[str, Row]) -> None:
    """Set what is new and what is otherwise; a row that says the same keeps its source."""
    before = renewed.rows["flows"]
    last = max((r["period"] for r in found.values()), default="")
    for key, row in found.items():
        about = tr(
            "{product} to {partner}, {period}", product=row["product"], partner=row["partner"], period=row["period"]
        )
        old = before.get(key)
        if old is None:
            renewed.put("flows", key, row, "added", about, tr("USD {value_usd:,.0f}", value_usd=row["value_usd"]))
        elif said := [
            tr("{word} {old} becomes {row}", word=word, old=old[c], row=row[c])
            for c, word in _SAID.items()
            if _differ(old[c], row[c])
        ]:
            note = tr("revised by Ember, as read on {day}: {said}", day=renewed.page.day, said="; ".join(said))
            kept = "; ".join(
                filter(None, (old["note"] if old["capacity_status"] == row["capacity_status"] else row["note"], note))
            )
            renewed.put("flows", key, row | {"note": kept}, "changed", about, *said)
    for key in [k for k, r in before.items() if k not in found and r["period"] <= last]:
        old = before.pop(key)
        renewed.gone(
            "flows",
            key,
            tr(
                "{product} to {partner}, {period}", product=old["product"], partner=old["partner"], period=old["period"]
            ),
        )


def _differ(old: float | None, new: float | None) -> bool:
    """Whether two sums are other sums: not by the last bits of a float, nor by a hundredth that rounding makes."""
    if old is None or new is None:
        return old is not new
    return abs(old - new) > max(0.011, 1e-9 * abs(old))  # 0.011: half a hundredth on either side, and a bit
