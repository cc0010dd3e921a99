"""The verb of the room: supply links and the parties that are exposed -> what part of each product comes from them.

Any amount is said first: a share ranks products and clears none. See docs/design/56-tracing.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, tr
from entrepot.tracing.balance.unsupplied_inputs import input_said
from entrepot.tracing.evidence_paths import WALKED, evidence
from entrepot.tracing.exposure_words import end_said, link_said, party_said, reason, shares_said, unplaced_said
from entrepot.tracing.link_shares import SHARE_OF
from entrepot.tracing.parties.unplaced_makers import UnplacedMakers
from entrepot.tracing.parties.unsupplied_uses import UnsuppliedInputs
from entrepot.tracing.solved_network import solved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.tracing.asked_exposure import Asked
    from entrepot.tracing.balance.unsupplied_inputs import Unsupplied
    from entrepot.tracing.evidence_paths import Evidence
    from entrepot.tracing.solved_network import Solved
    from entrepot.tracing.supply_network import Network

_DIGITS = 4  # of a percentage: a millionth of the whole, finer than any document
_SAME = 1e-9  # of shares: the two ends of what is likely are one number
_SOLVED = 1e-12  # of the whole: below, the digits are those of the machine and not of the answer
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
        solved: the network with the ends of every node.
        nodes: the product of each row, by the row's id.
    """

    rows: list[dict[str, Any]]
    links: list[dict[str, Any]]
    notes: tuple[str, ...]
    solved: Solved
    nodes: dict[str, int] = field(default_factory=dict)

    def above(self, exposure_id: str, most: int) -> list[dict[str, Any]]:
        """The links that lie above a product, those of the nearest makers first, as rows under SUPPLY_LINKS.

        Args:
            exposure_id: of its row.
            most: how many at most.
        """
        made, found = self.solved.made, self.solved
        seen = evidence(made, self.nodes[exposure_id], found.certain | found.possible)
        at = (int(made.at[k]) for n in seen.above for k in made.inputs(n) if made.at[k] >= 0)
        return [dict(made.row(i)) for i in islice(dict.fromkeys(at), most)]


@in_english
def exposures(asked: Asked, chosen: Callable[[Network], Sequence[int]], known: Solved | None = None) -> Exposures:
    """The exposure of products.

    Args:
        asked: links, parties and the day.
        chosen: which nodes of the network are asked for.
        known: the network where it is solved already.

    Raises:
        UnsolvedError: the equations of the shares were not solved: no number is given then.
    """
    found = known or solved(asked)
    unplaced, unsupplied = UnplacedMakers(found.made, asked), UnsuppliedInputs(found.made, asked)
    rows, links, nodes, partly = [], [], {}, 0
    for node in chosen(found.made):
        seen = evidence(found.made, node, found.certain | found.possible)
        lacking = _Lacking(unplaced.above(node), unsupplied.used(seen), unsupplied.asked_for(node, seen))
        row, path = _row(found, node, seen, lacking)
        rows.append(row)
        nodes[row["exposure_id"]] = node
        partly += not seen.is_whole
        links += [{"exposure_id": row["exposure_id"], **found.made.row(i)} for i in dict.fromkeys(path)]
    rows.sort(
        key=lambda r: (_ORDER[r["touches"]], -r["low_percent"], -r["high_percent"], r["party"], r["product"] or "")
    )
    return Exposures(rows, links, tuple(_notes(found, partly)), found, nodes)


class _Lacking(NamedTuple):
    """What no file tells of a product: where makers make, and who supplied what was used or is asked for."""

    unplaced: Sequence[int]
    used: Sequence[Unsupplied]
    asked_for: Sequence[Unsupplied]

    @property
    def inputs(self) -> list[str]:
        return [input_said(u) for u in (*self.used, *self.asked_for)]


def _row(found: Solved, node: int, seen: Evidence, lacking: _Lacking) -> tuple[dict[str, Any], tuple[int, ...]]:
    made, asked = found.made, found.asked
    good = made.good(node)
    at = [int(made.at[k]) for k in made.inputs(node) if made.at[k] >= 0]
    high = _percent(found.most.values[node])
    sure = int(found.sure.tiers[node])
    touches = (
        "yes"
        if sure >= 0
        else "no"
        if high == 0 and not (lacking.unplaced or lacking.asked_for)
        else "cannot_be_excluded"
    )
    likely = [_percent(b.values[node]) for b in found.likely]
    nearest = found.sure if sure >= 0 else found.any
    begin, path = nearest.path(node) if nearest.tiers[node] >= 0 else (None, ())
    reached = [begin, *(i for i, _ in seen.reached if i != begin)] if begin is not None else []
    said = {
        "touches": touches,
        "product": next((r for r in made.links.column("product").take(at).to_pylist() if r), None)
        if good.good
        else None,
        "party": made.name(node),
        "party_id": good.party_id,
        "low_percent": _percent(found.least.values[node]),
        "likely_percent": likely[0] if abs(likely[0] - likely[1]) <= _SAME * _HUNDRED else None,
        "high_percent": high,
        "untraced_percent": _percent(found.untraced.values[node]),
        "tiers": len(path) if begin is not None else None,
        "reached": [party_said(made, asked.exposed, i) for i in reached[:_PATHS]] or None,
        "path": [link_said(r := made.row(i)) + asked.crossing(r) for i in path] or None,
        "ends": [
            *(end_said(made, i) for i in seen.ends),
            *map(input_said, lacking.asked_for),
            *(unplaced_said(made, i) for i in lacking.unplaced),
        ][:_PATHS]
        or None,
        "least_shares": shares_said(made, made.rows, found.least, seen) or None,
        "most_shares": shares_said(made, made.rows, found.most, seen) or None,
        "files": _files(made, seen, lacking),
        "as_of": asked.day.isoformat(),
    }
    said["reason"] = reason(said, [made.name(i) for i in lacking.unplaced], lacking.inputs)
    # Not in the id: an answer that was shown before this was told is the same answer.
    return said | {"share_of": _share_of(made, node, seen), "exposure_id": row_id("exposure", said, (), set())}, path


def _share_of(made: Network, node: int, seen: Evidence) -> list[str] | None:
    """Of what the shares are parts: the product's own first, then those above it that were looked at."""
    above = made.share_of[[n for n in (node, *seen.above) if n < made.base]]
    return [SHARE_OF[k] for k in dict.fromkeys(above.tolist()) if k >= 0] or None


def _files(made: Network, seen: Evidence, lacking: _Lacking) -> list[str]:
    """Files of what lies above a product; of all links where not all above it was looked at."""
    asked_for = {u.row["file_id"] for u in lacking.asked_for}
    if not seen.is_whole:
        return sorted({*made.links.column("file_id").unique().to_pylist(), *asked_for})
    at = np.unique([int(made.at[k]) for n in seen.above for k in made.inputs(n) if made.at[k] >= 0]).astype(int)
    return sorted({*made.links.column("file_id").take(at).to_pylist(), *asked_for})


def _percent(share: float) -> float:
    return round(float(share) * _HUNDRED, _DIGITS)


def _notes(found: Solved, partly: int) -> list[str]:
    made, notes = found.made, []
    if made.late:
        notes.append(
            tr(
                "{late} links came after the last supply of what would be made of them, and are in none of it.",
                late=made.late,
            )
        )
    own = np.unique(made.columns.supplier[made.columns.supplier == made.columns.buyer])
    if len(own):
        names = ", ".join(made.columns.names[i] for i in own[:_PATHS]) + (
            tr(" and others") if len(own) > _PATHS else ""
        )
        notes.append(
            tr("{names}: supplies itself; what goes round there came from elsewhere, and counts as that.", names=names)
        )
    goods = [made.good(int(i)) for i in made.over]
    notes += [
        tr(
            "The shares of {good} of {party_id} sum to more than 100 %: read as not known.",
            good=g.good or tr("what is supplied"),
            party_id=g.party_id,
        )
        for g in goods
    ]
    if partly:
        notes.append(
            tr(
                "Of {partly} products the parties and ends named are the nearest of more than {walked:,} "
                "nodes above them; shares and whether it is touched rest on all.",
                partly=partly,
                walked=WALKED,
            )
        )
    notes.append(
        tr(
            "Equations of shares: solved to a residual of {residual:.0e} at most; both ends are attained by the "
            "shares named, to {error:.0e} of the whole at most.",
            residual=max(found.residual, _SOLVED),
            error=max(found.error, _SOLVED),
        )
    )
    return notes
