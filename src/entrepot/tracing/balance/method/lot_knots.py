"""Which rows of lots hang together by lots and steps, and which may lie on a loop: by arrays, without a dict a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.tracing.balance.dealt_rows import chosen_by, key, that, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.tracing.supply.coded_rows import Numbers, Row

_PEELED = 60  # times: chains are some ten steps long, and a longer one is looked through row by row


def knots(lots: Sequence[Row]) -> Numbers:
    """A number by row, the same for rows that hang together by lots and by steps, from nothing on.

    Args:
        lots: rows that name a lot; a step where there is one.
    """
    lot, step = _nodes(lots)
    has_step = chosen_by(lots, "step", bool)
    found = _connected(lot[has_step], step[has_step], _count(lot, step))
    return np.unique(found[lot], return_inverse=True)[1]


def perhaps_looped(lots: Sequence[Row]) -> Sequence[Row]:
    """Rows of lots used and made by steps, without those that lie on no loop, as far as that is soon seen.

    What nothing goes into, and what nothing comes out of, lies on none; nor does what is left so without it.
    """
    some = told(that(lots, chosen_by(lots, "act", {"used", "made"}.__contains__)), "lot", "step")
    if not len(some):
        return some
    lot, step = _nodes(some)
    is_made = chosen_by(some, "act", "made".__eq__)
    source, end = np.where(is_made, step, lot), np.where(is_made, lot, step)
    count, left = _count(lot, step), np.arange(len(some))
    for _ in range(_PEELED):
        is_end, is_source = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        is_end[end[left]], is_source[source[left]] = True, True
        stays = is_end[source[left]] & is_source[end[left]]
        if stays.all():
            break
        left = left[stays]
    chosen = np.zeros(len(some), np.bool_)
    chosen[left] = True
    return that(some, chosen)


def _nodes(lots: Sequence[Row]) -> tuple[Numbers, Numbers]:
    """The lot and the step of each row, all numbered from nothing on."""
    said = np.concatenate([key(lots, ("lot",)), key(lots, ("party_id", "step"))])
    numbered = np.unique(said, return_inverse=True)[1]
    return numbered[: len(lots)], numbered[len(lots) :]


def _count(lot: Numbers, step: Numbers) -> int:
    return int(np.max(np.concatenate([lot, step]), initial=-1)) + 1


def _connected(one: Numbers, other: Numbers, count: int) -> Numbers:
    """A number by node, the same for nodes that edges connect: the least of them.

    Each edge gives both ends the lesser number, and numbers are followed to where they end, until nothing changes.
    """
    label = np.arange(count)
    while True:
        a, b = label[one], label[other]
        if (a == b).all():
            return label
        low = np.minimum(a, b)
        np.minimum.at(label, a, low)
        np.minimum.at(label, b, low)
        while ((further := label[label]) != label).any():
            label = further
