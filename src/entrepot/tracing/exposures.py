"""The verb of the room: supply links and the parties that are exposed -> what part of each product comes from them.

Any amount is said first: a share ranks products and clears none. See docs/design/56-tracing.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.shown import row_id
from entrepot.tracing.evidence_paths import evidence
from entrepot.tracing.exposure_words import ends_said, link_said, party_said, reason, shares_said
from entrepot.tracing.method.exposure_bounds import bound, with_untraced_loops
from entrepot.tracing.method.share_rows import ShareRows, share_rows
from entrepot.tracing.supply_network import ELSEWHERE, REGION, UNNAMED, network

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.tracing.asked_exposure import Asked
    from entrepot.tracing.evidence_paths import Evidence
    from entrepot.tracing.method.exposure_bounds import Bound
    from entrepot.tracing.supply_network import Network

    Floats = NDArray[np.float64]

_DIGITS = 4  # of a percentage: a millionth of the whole, finer than any document
_SAME = 1e-9  # of shares: the two ends of what is likely are one number
_HUNDRED = 100.0  # per cent
# Of answers in a table: what a person must look at first stands first.
_ORDER = {"yes": 0, "cannot_be_excluded": 1, "no": 2}
_PATHS = 10  # parties named of one product; a certificate told whole is long


@dataclass(frozen=True, slots=True, eq=False)
class Exposures:
    """What was found.

    Attributes:
        rows: under EXPOSURES, the surest and largest first.
        links: under EXPOSURE_LINKS.
        notes: what a reader must know of all of them.
        residual: the largest of the solved equations.
    """

    rows: list[dict[str, Any]]
    links: list[dict[str, Any]]
    notes: tuple[str, ...]
    residual: float


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """A network with the ends of every node's exposure.

    Attributes:
        made: the network.
        asked: what is asked.
        rows: its shares.
        states: node -> how surely its party is exposed.
        least, most: the ends.
        likely: the ends where known shares are at their middle; one number where nothing is left open.
        untraced: the most that is not traced.
    """

    made: Network
    asked: Asked
    rows: ShareRows
    states: Mapping[int, str]
    least: Bound
    most: Bound
    likely: tuple[Floats, Floats]
    untraced: Floats


def exposures(asked: Asked, chosen: Callable[[Network], Sequence[int]]) -> Exposures:
    """The exposure of products.

    Args:
        asked: links, parties and the day.
        chosen: which nodes of the network are asked for.

    Raises:
        UnsolvedError: the equations of the shares were not solved: no number is given then.
    """
    solved = _solved(asked)
    made = solved.made
    found, links = [], []
    for node in chosen(made):
        seen = evidence(made, node, set(solved.states))
        row = _row(solved, node, seen)
        found.append(row)
        path = dict.fromkeys(i for _, p in seen.reached[:1] for i in p)
        links += [{"exposure_id": row["exposure_id"], **asked.rows[i]} for i in path]
    found.sort(
        key=lambda r: (_ORDER[r["touches"]], -r["low_percent"], -r["high_percent"], r["party"], r["product"] or "")
    )
    return Exposures(found, links, tuple(_notes(made)), max(solved.least.residual, solved.most.residual))


def _solved(asked: Asked) -> _Solved:
    made = network(asked.rows, asked.origins, asked.exposed)
    told = [(node, x.source, x.low, x.high) for node, links in enumerate(made.inputs) for x in links]
    rows = share_rows(len(made.goods), told)
    certain = _places(made, asked, "certain")
    possible = _places(made, asked, "possible") & ~certain
    fixed = np.where(certain, 1.0, np.where(rows.has_inputs, np.nan, 0.0))
    fixed[[REGION, ELSEWHERE, UNNAMED]] = 1.0, 0.0, 0.0
    rows, lost = with_untraced_loops(rows, fixed)
    fixed[lost] = 0.0
    bare = ~rows.has_inputs & ~certain
    bare[[REGION, ELSEWHERE, UNNAMED]] = False, False, True
    middle = _middle(made, rows)
    return _Solved(
        made,
        asked,
        rows,
        {i: asked.exposed[g.party_id].strength for i, g in enumerate(made.goods) if g.party_id in asked.exposed},
        bound(rows, fixed, "least"),
        bound(rows, np.where(bare | possible, 1.0, fixed), "most"),
        (bound(middle, fixed, "least").values, bound(middle, fixed, "most").values),
        bound(rows, np.where(bare, 1.0, np.where(np.isnan(fixed), np.nan, 0.0)), "most").values,
    )


def _places(made: Network, asked: Asked, strength: str) -> NDArray[np.bool_]:
    return np.array(
        [g.party_id in asked.exposed and asked.exposed[g.party_id].strength == strength for g in made.goods]
    )


def _middle(made: Network, rows: ShareRows) -> ShareRows:
    """The shares with ranges at their middle; those that are not known at all stay open."""
    is_open = np.array(made.is_unsure)[rows.takers]
    middle = (rows.low + rows.high) / 2
    sums = np.bincount(rows.takers, weights=middle, minlength=rows.nodes)
    middle /= np.where(sums > 0, sums, 1)[rows.takers]
    low, high = np.where(is_open, rows.low, middle), np.where(is_open, rows.high, middle)
    return ShareRows(rows.starts, rows.sources, low, high)


def _row(solved: _Solved, node: int, seen: Evidence) -> dict[str, Any]:
    made, asked = solved.made, solved.asked
    good = made.goods[node]
    inputs = [asked.rows[x.at] for x in made.inputs[node] if x.at is not None]
    above = [x.at for n in seen.above for x in made.inputs[n] if x.at is not None]
    sure = [(i, p) for i, p in seen.reached if solved.states.get(i, "certain") == "certain"]
    high = _percent(solved.most.values[node])
    touches = "yes" if sure else "no" if high == 0 else "cannot_be_excluded"
    likely = [_percent(v[node]) for v in solved.likely]
    nearest = (sure or list(seen.reached))[:1]
    said = {
        "touches": touches,
        "product": (next((r["product"] for r in inputs if r["product"]), None) if good.good else None),
        "party": inputs[0]["buyer"] if inputs else good.party_id,
        "party_id": good.party_id,
        "low_percent": _percent(solved.least.values[node]),
        "likely_percent": likely[0] if abs(likely[0] - likely[1]) <= _SAME * _HUNDRED else None,
        "high_percent": high,
        "untraced_percent": _percent(solved.untraced[node]),
        "tiers": len(nearest[0][1]) if nearest else None,
        "reached": [party_said(made, asked.exposed, i) for i, _ in seen.reached[:_PATHS]] or None,
        "path": [link_said(asked.rows[i]) for i in nearest[0][1]] if nearest else None,
        "ends": ends_said(made, seen.ends[:_PATHS]) or None,
        "least_shares": shares_said(made, solved.rows, solved.least, seen) or None,
        "most_shares": shares_said(made, solved.rows, solved.most, seen) or None,
        "files": sorted({str(asked.rows[i]["file_id"]) for i in above}),
        "as_of": asked.day.isoformat(),
    }
    said["path"] = said["path"] or None
    said["reason"] = reason(said)
    return said | {"exposure_id": row_id("exposure", said, (), set())}


def _percent(share: float) -> float:
    return round(float(share) * _HUNDRED, _DIGITS)


def _notes(made: Network) -> list[str]:
    notes = []
    if made.late:
        rows = len(made.late)
        notes.append(f"{rows} links came after the last supply of what would be made of them, and are in none of it.")
    notes += [
        f"The shares of {g.good or 'what is supplied'} of {g.party_id} sum to more than 100 %: read as not known."
        for g in made.over
    ]
    return notes
