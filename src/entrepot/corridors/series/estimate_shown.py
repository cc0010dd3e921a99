"""What stands behind an estimate: the reports that carry it, and how it was got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.core.shown import Look


@dataclass(frozen=True, slots=True)
class Said:
    """What a row with an interval says.

    Attributes:
        quantity: what is estimated.
        value: the middle; None where the record does not allow it.
        otherwise: what is said then.
        basis: how it was got.
        keys: of the rows of the record under it.
    """

    quantity: str
    value: float | None
    otherwise: str
    basis: str
    keys: Sequence[str]


def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """An estimate as a finding: a number with its interval, or that it is not known.

    Args:
        row: a row of `corridor_series`.
        look: where the rows of the record are found.
    """
    quantity = tr("{quantity}, on the count of {counter}", quantity=row["quantity"], counter=row["counter"])
    return estimated(row, Said(quantity, row["value"], tr("not known"), row["basis"], row["reports"] or ()), look)


@in_english
def estimated(row: Mapping[str, Any], said: Said, look: Look) -> Stated:
    """What a row with an interval says, as a finding.

    Args:
        row: with `place`, `unit`, `period_start`, `period_end`, `low` and `high`.
        said: the rest of it.
        look: where the rows of the record are found.
    """
    value = said.value
    return Stated(
        findings.make(
            kind="text" if value is None else "number",
            subject=row["place"],
            quantity=said.quantity,
            value=said.otherwise if value is None else value,
            unit=None if value is None else row["unit"],
            period=(row["period_start"], row["period_end"]),
            status="estimated",
            low=row["low"],
            high=row["high"],
            basis=said.basis,
            grounds=[Ground(t, key, r.get("source_id")) for key in said.keys for t, r in look.rows(key)],
        )
    )
