"""What a scenario file may name, as rows of `scenario_codes`."""

from __future__ import annotations

from math import exp
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english
from entrepot.scenarios.asked.presets import preset, preset_names

if TYPE_CHECKING:
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

_END = NormalDist().inv_cdf(0.975)  # 95 in 100 draws lie within so many standard deviations


@in_english
def code_rows(unsure: UnsureWorld, *, with_presets: bool = True) -> list[dict[str, Any]]:
    """Presets, economies and sectors.

    Args:
        unsure: the world.
        with_presets: the presets too, which are of the packaged world.
    """
    world = unsure.world
    names = preset_names() if with_presets else ()
    rows: list[dict[str, Any]] = [
        {"kind": "preset", "code": name, "name": preset(name, unsure.codes).title} for name in names
    ]
    rows += [{"kind": "economy", "code": code, "name": unsure.listed(code)} for code in world.economies]
    for code, theta, wide in zip(world.sectors, world.elasticities, unsure.spreads, strict=True):
        factor = exp(_END * float(wide))
        ends = {"elasticity": float(theta), "low": float(theta) / factor, "high": float(theta) * factor}
        rows.append({"kind": "sector", "code": code, "name": unsure.named(code), **ends})
    return rows
