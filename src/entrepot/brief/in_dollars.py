"""Money in one currency: what was printed in another, at the mean rate of its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import findings, periods, units
from entrepot.core.words.translate import in_english, tr
from entrepot.vocabulary import currencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.core.findings import Finding

ONE = "USD"  # the currency of the page: most figures of the record are printed in it


def in_dollars(figures: Sequence[Finding]) -> dict[str, Finding]:
    """Figures printed in another currency as dollars, by the id of the figure; those without a rate are left out.

    What was itself converted from dollars is none of them: converted back it would be another figure than the printed.
    """
    dated = [f for f in figures if f.kind == "number" and f.period_start and f.period_end]
    foreign = [f for f in dated if f.unit and f.unit != ONE and currencies.known(f.unit)]
    asked = {(_what(f), str(f.unit)) for f in foreign}
    ours = (converted(f, unit) for f in dated if f.unit == ONE for what, unit in asked if what == _what(f))
    made = {f.id for f in ours if f is not None}
    found = {f.id: converted(f, ONE) for f in foreign if f.id not in made}
    return {id_: f for id_, f in found.items() if f is not None}


def _what(figure: Finding) -> tuple[str | None, ...]:
    return figure.subject, figure.quantity, figure.period_start, figure.period_end


@in_english
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
        basis=tr(
            "{id} converted at {rate:.5g} {target} per {unit}, mean of {days} daily rates: {source}",
            id=finding.id,
            rate=rate.value,
            target=target,
            unit=finding.unit,
            days=rate.days,
            source=rate.source,
        ),
        grounds=finding.grounds,
    )
