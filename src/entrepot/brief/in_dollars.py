"""Money in one currency: what was printed in another, at the mean rate of its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import findings, periods, units
from entrepot.vocabulary import currencies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.core.findings import Finding

ONE = "USD"  # the currency of the page: most figures of the record are printed in it


def in_dollars(figures: Iterable[Finding]) -> dict[str, Finding]:
    """Figures printed in another currency as dollars, by the id of the figure; those without a rate are left out."""
    out = {}
    for figure in figures:
        if figure.kind == "number" and figure.unit != ONE and figure.period_start and figure.period_end:
            found = converted(figure, ONE)
            if found is not None:
                out[figure.id] = found
    return out


def converted(finding: Finding, target: str) -> Finding | None:
    """A money finding in another currency at the mean rate of its period; None where there is no rate."""
    period = periods.span(finding.period_start or "", finding.period_end or "")
    rate = currencies.mean_rate(finding.unit or "", target, period)
    if rate is None:
        return None

    def at(value: float | None) -> float | None:
        return None if value is None else units.rounded(value * rate.value, 4)

    return findings.make(
        kind="number",
        subject=finding.subject,
        quantity=finding.quantity,
        value=units.rounded(finding.number * rate.value, 4),
        unit=target,
        period=(finding.period_start, finding.period_end),
        as_of=finding.as_of,
        status="estimated",
        low=at(finding.low),
        high=at(finding.high),
        basis=f"{finding.id} converted at {rate.value:.5g} {target} per {finding.unit}, mean of {rate.days} daily "
        "rates: "
        f"{rate.source}",
        grounds=finding.grounds,
    )
