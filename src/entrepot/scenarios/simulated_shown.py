"""What stands behind a simulated figure: the model, and all that it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.scenarios.asked.unsure_world import BEGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

_WORLD = marked("the world that is asked")


@in_english
def finding(row: Mapping[str, Any], look: Look) -> Stated:  # noqa: ARG001 - the register's signature
    """A simulated figure as a finding.

    Args:
        row: of `simulated_figures`.
        look: not needed: the figure rests on the world's tables, not on rows of the record.
    """
    of = [row[name] for name in ("economy", "sector", "partner") if row[name]]
    levels = (
        ""
        if row["before"] is None
        else tr(" Before {before:,.6g}, after {after:,.6g} million USD.", before=row["before"], after=row["after"])
    )
    found = findings.make(
        kind="number",
        subject=f"scenario {row['scenario']}{', ' if of else ''}{', '.join(of)}",
        quantity=row["quantity"],
        value=row["value"],
        unit=row["unit"],
        period=(row["from"], None),
        status="simulated",
        low=row["low"],
        high=row["high"],
        basis=f"Equilibrium before and after, in exact changes (Caliendo and Parro 2015); markets miss by "
        f"{row['residual']:.0e} of value added.{levels} Assumed: {' '.join(row['assumed'])}",
        grounds=[Ground("world", _WORLD, _WORLD)],
    )
    return Stated(found, {("world", _WORLD): {"assumed": row["assumed"]}}, {_WORLD: _source(row)})


def _source(row: Mapping[str, Any]) -> dict[str, Any]:
    """The world's tables in the shape of the register, as the row tells of them."""
    told = next((text for text in row["assumed"] if text.startswith(BEGINS)), row["assumed"][0])
    return {"source_id": _WORLD, "publisher": told, "url_basis": "none", "source_kind": "original"}
