"""Codes that changed: what may be compared across the change, and what is not judged."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import tr
from entrepot.trade.concord import held_pairs, nearest_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from entrepot.diversion.flows.panel import Floats, Panel


@dataclass(frozen=True, slots=True)
class Recode:
    """A change of codes.

    Attributes:
        before, after: the codes that together held the same goods on either side.
        since: the day of the change, ISO.
        why: the reason in a sentence.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    since: str
    why: str


@cache
def recodes() -> tuple[Recode, ...]:
    """The changes in `data/recodes.toml`."""
    text = files("entrepot.diversion").joinpath("data", "recodes.toml").read_text(encoding="utf-8")
    return tuple(
        Recode(tuple(r["before"]), tuple(r["after"]), str(r["since"]), str(r["why"]))
        for r in tomllib.loads(text)["recode"]
    )


def linked(product: str) -> tuple[str, ...]:
    """The codes that are compared only together with this one, itself among them; it alone where no code changed."""
    codes = {product}
    for change in recodes():
        of_change = {*change.before, *change.after}
        if product in of_change:
            codes |= of_change
    return tuple(sorted(codes))


def joined(panel: Panel) -> Panel:
    """The panel with a further product for each change: the old codes and the new ones added up, `old/new/new`.

    A single code is kept as well, empty before it began and after it ended, so that it is judged only on its own side.
    """
    out = living(panel)
    for name, _ in together(panel.products):
        out = _with(out, panel, name, [panel.products.index(c) for c in name.split("/")])
    return out


def together(products: Collection[str]) -> Iterator[tuple[str, Recode]]:
    """What is added up of these products: its name, `old/new/new`, and the change.

    Args:
        products: codes of the flows.
    """
    for change in recodes():
        codes = [c for c in (*change.before, *change.after) if c in products]
        if set(codes) & set(change.before) and set(codes) & set(change.after):
            yield "/".join(codes), change


def living(panel: Panel) -> Panel:
    """A code is no zero before its first trade anywhere, nor after its last."""
    count, length = len(panel.products), panel.amount.shape[1]
    traded = np.zeros((count, length), dtype=bool)
    np.logical_or.at(traded, panel.product, np.nan_to_num(panel.amount) > 0)
    begun = np.logical_or.accumulate(traded, axis=1)
    lasting = np.logical_or.accumulate(traded[:, ::-1], axis=1)[:, ::-1]
    alive = (begun & lasting)[panel.product]
    return replace(panel, amount=np.where(alive, panel.amount, np.nan), mirror=np.where(alive, panel.mirror, np.nan))


def _with(out: Panel, panel: Panel, name: str, products: list[int]) -> Panel:
    """`out` and one more product, the sum of some of `panel`."""
    from entrepot.diversion.flows.legs import summed

    mine = np.flatnonzero(np.isin(panel.product, products))
    key = panel.exporter[mine] * len(panel.places) + panel.importer[mine]
    groups, row = np.unique(key, return_inverse=True)
    first = mine[np.unique(row, return_index=True)[1]]

    def added(of: Floats, more: Floats) -> Floats:
        return np.concatenate([of, more])

    amount, mirror = (summed(v[mine], row, len(groups)) for v in (panel.amount, panel.mirror))
    return replace(
        out,
        products=(*out.products, name),
        exporter=np.concatenate([out.exporter, panel.exporter[first]]),
        importer=np.concatenate([out.importer, panel.importer[first]]),
        product=np.concatenate([out.product, np.full(len(groups), len(out.products))]),
        amount=added(out.amount, amount),
        mirror=added(out.mirror, mirror),
        unit_value=added(out.unit_value, np.full_like(amount, np.nan)),
        by_exporter=np.concatenate([out.by_exporter, panel.by_exporter[first]]),
    )


def changed(product: str, periods: tuple[str, ...]) -> str:
    """Why a code of the flows cannot be followed over these periods; empty where it can."""
    for change in recodes():
        spans = first_day(periods[0]) < first_day(change.since) <= last_day(periods[-1])
        if spans and product in {*change.before, *change.after}:
            return change.why
    return ""


def successors() -> dict[str, tuple[str, ...]]:
    """The codes that the last edition dropped, each with those that hold its goods since."""
    return nearest_of(held_pairs())


def renamed(spans: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """Which codes a place left for others, or took up for them, by its own rows: such a code is no zero beyond them.

    Only where the one ends before the other begins, as where nobody brought its figures to the edition of the rest.

    Args:
        spans: rows of the step `code_spans`.

    Returns:
        (side, place, code) to the first and the last period in which the code was in use, and why it is not followed.
    """
    of = {(r["side"], r["place"], r["product"]): (str(r["first"]), str(r["last"])) for r in spans}
    out = {}
    for (side, place, code), (first, last) in of.items():
        after = [a for a in successors().get(code, ()) if (side, place, a) in of]
        begins = min((of[side, place, a][0] for a in after), default="")
        if not after or begins <= last:
            continue
        said = tr(
            "{place} counts {code} until {last} and {after} from {begins}",
            place=place, code=code, last=last, after=", ".join(after), begins=begins,
        )  # fmt: skip
        out[side, place, code] = first, last, said
        for a in after:
            out[side, place, a] = *of[side, place, a], said
    return out
