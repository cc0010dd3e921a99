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
        status: how the value came about.
    """

    quantity: str
    value: float | None
    otherwise: str
    basis: str
    keys: Sequence[str]
    status: str = "estimated"


def finding(row: Mapping[str, Any], look: Look) -> Stated:
    """An estimate as a finding: a number with its interval, or that it is not known; what was printed as its print.

    Args:
        row: a row of `corridor_series`.
        look: where the rows of the record are found.
    """
    quantity = tr("{quantity}, on the count of {counter}", quantity=row["quantity"], counter=row["counter"])
    keys, status = row["reports"] or (), "estimated"
    if row["state"] == "printed":
        keys, status = printing(row, {k: r for k in keys for _, r in look.rows(k)}), "reported"
    return estimated(row, Said(quantity, row["value"], tr("not known"), row["basis"], keys, status), look)


def printing(row: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Of the reports of a printed row those that print its figure; the others only bear it out.

    Args:
        row: of `corridor_series`, printed.
        by_id: observations by their id.
    """
    keys = [str(k) for k in row["reports"] or ()]
    of_it = [k for k in keys if k in by_id and by_id[k].get("value_norm") == row["value"]]
    return of_it or keys


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
            status=said.status,
            low=row["low"],
            high=row["high"],
            basis=said.basis,
            grounds=[Ground(t, key, r.get("source_id")) for key in said.keys for t, r in look.rows(key)],
        )
    )
