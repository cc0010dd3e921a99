"""How the accepted rate is spread over the rows of a scan, before any p is looked at.

Weights of mean one keep the rate of false discoveries whatever they are, if they do not know the p (Genovese, Roeder
and Wasserman 2006, "False discovery control with p-value weighting", Biometrika 93). Those that find most (Roeder and
Wasserman 2009, "Genome-wide significance levels and weighted hypothesis testing", Statistical Science 24) give most to
rows in which the rise that is looked for would stand out of chance by some, and least where it would stand out anyway,
or drown. That is known before: what each leg was expected to carry, how far it wanders, what the direct leg lost.

How plainly the direct leg fell is known too, and says nothing of a hub whose legs rose by chance: rows of a product
that plainly fell are given more (Ignatiadis and others 2016, "Data-driven hypothesis weighting increases detection
power", Nature Methods 13, whose covariate has to be independent of p where nothing happened, and need be no more).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.expected.null import quantile
from entrepot.diversion.tails import normal_above

if TYPE_CHECKING:
    from entrepot.diversion.expected.null import Null
    from entrepot.diversion.expected.power import Reach
    from entrepot.diversion.flows.panel import Bools, Floats

# Shares of the loss that are looked for: what goes through one hub is not known, and halves are a convention.
_LOOKED_FOR = (1.0, 0.5, 0.25)
# The c of Roeder and Wasserman, the log odds at which a row is believed. Chosen on seeds 0 to 19 of the invented
# episodes among 0 to 4; from 0.2 to 1.5 no kind moves by more than 6 of 80 (docs/design/22-diversion.md).
_ODDS = 0.5
# Half of the rate is spread evenly: a row that the weights think hopeless, or sure, pays a factor of two at most.
_EVEN = 0.5
# Weights go as p of the fall to this power: where something fell small p are likelier than large, as the density of a
# Beta(1/2, 1) has it. A fall beyond one in twenty is plain, and plainer ones get no more: most of the rate would go to
# one product. Chosen on seeds 0 to 19 of EU15 among powers of .3 to .7 from .001 to .1 on
# (docs/design/22-diversion.md).
_FALL_POWER, _PLAIN_FALL = -0.5, 0.05
# A fall that is not known counts as this, which has the mean weight of all p: the integral of p^(-1/2) to 1 is 2.
_UNKNOWN_FALL = 0.25
_MIDDLE_HALF = 1.349  # width of the middle half of a normal, in its standard deviations


def row_weights(of: Reach, against: Null, lost: Floats, tested: Bools, fall: Floats) -> Floats:
    """One weight a row, of mean one over those that are tested.

    Args:
        of: what it takes to see a rise, rows x legs.
        against: how far series wander where nothing happened.
        lost: what the direct leg lost.
        tested: the rows that are.
        fall: the p of the fall of the direct leg; NaN where there is none.
    """
    fell = np.clip(np.nan_to_num(fall, nan=_UNKNOWN_FALL), _PLAIN_FALL, 1.0)
    out = by_reach(of, against, lost, tested) * fell**_FALL_POWER
    out[~tested] = 1.0
    if tested.any():
        out[tested] /= out[tested].mean()
    return out


def by_reach(of: Reach, against: Null, lost: Floats, tested: Bools) -> Floats:
    """The weights by how well a rise would stand out; as in `row_weights`."""
    out = np.ones(len(lost))
    size = np.nan_to_num(of.size)
    middle = [quantile(against, size.ravel(), level).reshape(size.shape) for level in (0.25, 0.75)]
    wander = of.spread * np.maximum((middle[1] - middle[0]) / _MIDDLE_HALF, 1e-9)
    use = tested & np.isfinite(lost) & (lost > 0) & np.isfinite(of.base).all(1) & (of.base > 0).all(1)
    if not use.any():
        return out
    found = np.zeros(len(lost))
    for share in _LOOKED_FOR:
        stands_out = np.min(np.log1p(share * lost[use, None] / of.base[use]) / wander[use], axis=1)
        found[use] += normal_above(stands_out / 2 + _ODDS / np.maximum(stands_out, 1e-3))
    if found.any():  # else no row could stand out, and none has more of the rate than another
        out[tested] = _EVEN + (1 - _EVEN) * found[tested] * tested.sum() / found.sum()
    return out
