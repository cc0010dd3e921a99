"""What moved a whole product, exporter or importer: medians over others, so that booms and prices cancel.

Structural gravity has exporter-product-time and importer-product-time effects. Here they are swept out one after the
other as medians (Tukey's median polish), which a few diverted pairs among many do not move. A median of few series is
noise, and would hold part of the series it is meant to judge: it is shrunk by n / (n + `_SHRINK`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from entrepot.diversion.flows.panel import Bools, Floats, Ints

_SHRINK = 4.0  # others: a median of four errors has about the spread of half of one


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """The medians of groups, shrunk by their size.

    Attributes:
        groups: numbers, in order.
        values: groups x periods; zero where nobody speaks.
    """

    groups: Ints
    values: Floats

    def over(self, group: Ints) -> Floats:
        """Spread over series: series x periods, zero for a group that is not known."""
        out = np.zeros((len(group), self.values.shape[1]))
        if len(self.groups):
            at = np.clip(np.searchsorted(self.groups, group), 0, len(self.groups) - 1)
            known = self.groups[at] == group
            out[known] = self.values[at[known]]
        return out


def effect(values: Floats, group: Ints, use: Bools) -> Effect:
    """The median of each group in each period, shrunk by its size.

    Args:
        values: series x periods, NaN where nothing is known.
        group: one number a series.
        use: the series that may speak for their group.
    """
    if not use.any():
        return Effect(np.empty(0, dtype=np.int64), np.empty((0, values.shape[1])))
    groups, found, others = _by_group(values[use], group[use])
    return Effect(groups, np.nan_to_num(found) * (others / (others + _SHRINK)))


def medians(values: Floats, group: Ints, use: Bools) -> Floats:
    """As `effect`, spread back over the series: series x periods."""
    return effect(values, group, use).over(group)


def _by_group(values: Floats, group: Ints) -> tuple[Ints, Floats, Floats]:
    """Groups in order, their medians by period, and how many others each member has there."""
    import polars as pl

    names = [f"t{i}" for i in range(values.shape[1])]
    frame = pl.DataFrame(values, schema=names, orient="row", nan_to_null=True).with_columns(pl.Series("group", group))
    found = frame.group_by("group", maintain_order=False).agg(
        [pl.col(n).median() for n in names] + [pl.col(n).count().alias(f"n{n}") for n in names]
    )
    found = found.sort("group")
    middle = found.select(pl.col(names).fill_null(np.nan)).to_numpy().astype(float)
    counted = found.select([f"n{n}" for n in names]).to_numpy().astype(float)
    return found["group"].to_numpy(), middle, np.maximum(counted - 1, 0)


def swept(
    deviation: Floats, keys: Mapping[str, Ints], use: Callable[[str, Floats], Bools], given: Mapping[str, Effect]
) -> tuple[dict[str, Floats], dict[str, Effect]]:
    """The effects one after the other, each taken from what the earlier ones left.

    Args:
        deviation: series x periods, logarithms less each series' own level before.
        keys: name of an effect to the group of each series, in the order of sweeping.
        use: from the name of an effect and what the earlier ones left, the series that may speak for their group.
        given: effects that are known already, by name.

    Returns:
        Name to series x periods, and name to the effect.
    """
    left, out, found = deviation.copy(), {}, {}
    for name, group in keys.items():
        found[name] = given.get(name) or effect(left, group, use(name, left))
        out[name] = found[name].over(group)
        left -= out[name]
    return out, found
