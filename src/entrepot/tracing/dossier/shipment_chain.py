"""A shipment and its chain: the supplies that can be in it, and the steps of making, numbered from raw material on.

See docs/design/62-the-dossier.md.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.dossier.supplies import Good, Supply, belongs_to, container_number, supplies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from entrepot.tracing.balance.books import Books, Row

_NEAR = 400  # names that an unknown shipment is compared with; more would not be read either
CAME_AFTER, OTHER_LOT = "came_after", "other_lot"


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A step of making.

    Attributes:
        number: from 1, raw material first.
        key: who makes what.
        party: its name.
        goods: what it makes, as papers call it; empty where they do not say.
        inputs, outputs: supplies of this chain into it and out of it.
        making: rows of what was used and made there.
        tier: supplies between it and the shipment; 0 for who supplies the shipment.
    """

    number: int
    key: Good
    party: str
    goods: str
    inputs: tuple[Supply, ...]
    outputs: tuple[Supply, ...]
    making: tuple[Row, ...]
    tier: int

    @property
    def hands_on(self) -> bool:
        """Whether it is supplied with nothing but what it supplies."""
        return bool(self.inputs) and all(s.made_by.good == self.key.good for s in self.inputs)

    @property
    def is_raw(self) -> bool:
        """Whether no supply into it is known."""
        return not self.inputs


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The chain of a shipment.

    Attributes:
        name: as it was asked for.
        shipped: the supplies that are the shipment.
        steps: in the order of their numbers.
        left_out: supplies into a step that are in none of it, each with why: CAME_AFTER or OTHER_LOT.
        loops: numbers of steps that supply each other in a circle.
    """

    name: str
    shipped: tuple[Supply, ...]
    steps: tuple[Step, ...]
    left_out: tuple[tuple[Supply, str], ...]
    loops: tuple[tuple[int, ...], ...]

    @property
    def supplies(self) -> list[tuple[Step, Supply]]:
        """Each supply with the step that it comes from, in the order of steps."""
        return [(step, supply) for step in self.steps for supply in step.outputs]

    def step_of(self, key: Good) -> Step:
        """The step that makes a party's good."""
        return next(s for s in self.steps if s.key == key)


def shipment_chain(books: Books, name: str, supplier: str = "") -> Chain:
    """The chain of a shipment.

    Args:
        books: what was loaded, known on the day.
        name: the number of a declaration, of a paper of a supply or of an invoice that a declaration names, a lot, or
            the number of a paper that goes with one of these, such as a bill of lading; a container, or what stands
            at the end of a paper's address in EPCIS.
        supplier: name or id of who supplies it, where papers of several have the number.

    Raises:
        UnknownNameError: no paper and no lot is called so; names the nearest.
        BadInputError: papers between other parties have one number.
    """
    known = supplies(books)
    shipped = _shipped(known, books.papers, name, supplier)
    walk = Walk(books, known)
    walk.up_from(shipped)
    order, loops = walk.ordered()
    numbers = {key: n for n, key in enumerate(order, 1)}
    return Chain(
        name,
        tuple(shipped),
        tuple(walk.step(key, n) for key, n in numbers.items()),
        tuple(walk.left_out()),
        tuple(sorted(tuple(sorted(numbers[k] for k in loop)) for loop in loops)),
    )


def _shipped(known: Sequence[Supply], papers: Sequence[Row], name: str, supplier: str) -> list[Supply]:
    wanted = folded(name)
    found = [s for s in known if wanted in s.numbers] or [s for s in known if wanted in s.lots]
    if not found:
        beside = [r for r in papers if folded(r["document"]) == wanted]
        found = [s for s in known if any(belongs_to(s, r) for r in beside)]
    found = found or [s for s in known if container_number(name) in s.containers]
    found = found or [s for s in known if wanted in s.endings]
    if not found or not wanted:
        named = {n for s in known for c in ("document", "invoice", "lot", "container") for n in s.cells(c)}
        named |= {r["document"] for r in papers if any(belongs_to(s, r) for s in known)}
        raise UnknownNameError(
            tr("shipment of the supply files"),
            name,
            sorted(named)[:_NEAR],
            remedy=tr(
                "A shipment is the number of a declaration, of an invoice or of a paper that goes with it, a lot or a "
                "container: entrepot supply links."
            ),
        )
    if supplier:
        only = [s for s in found if folded(supplier) in {folded(s.first["supplier"]), folded(s.first["supplier_id"])}]
        if not only:
            raise UnknownNameError(tr("supplier of {name}", name=name), supplier, sorted(_suppliers(found)))
        found = only
    between = sorted({(s.first["supplier"], s.first["buyer"]) for s in found})
    if len(between) > 1:
        pairs = "; ".join(tr("{one} to {other}", one=one, other=other) for one, other in between)
        raise BadInputError(
            tr("papers between other parties have one number"),
            found=tr("{name}: {pairs}", name=name, pairs=pairs),
            remedy=tr("Say whose it is with --supplier, or name the number of the customs declaration."),
        )
    return found


def _suppliers(some: Iterable[Supply]) -> set[str]:
    return {str(s.first["supplier"]) for s in some}


@dataclass(slots=True, eq=False)
class Walk:
    """Supplies upwards from a shipment; what is reached only grows, so the order of the walk does not matter."""

    books: Books
    known: Sequence[Supply]
    by_lots: bool = True  # whether lots leave supplies out; days always do
    outs: dict[Good, set[int]] = field(default_factory=lambda: defaultdict(set))
    ins: dict[Good, list[int]] = field(default_factory=dict)
    tiers: dict[Good, int] = field(default_factory=dict)
    into: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    making: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    made: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for i, supply in enumerate(self.known):
            self.into[supply.first["buyer_id"]].append(i)
        self.making = self.books.steps
        for row in self.books.lots:
            if row["act"] == "made":
                for word in {folded(row["lot"]), folded(row["material"])} - {""}:
                    self.made[row["party_id"] or "", word].append(row)

    def up_from(self, shipped: Sequence[Supply]) -> None:
        """Walk up from supplies, until nothing more is reached."""
        at = {id(s): i for i, s in enumerate(self.known)}
        open_ = []
        for supply in shipped:
            self.outs[supply.made_by].add(at[id(supply)])
            self.tiers.setdefault(supply.made_by, 0)
            open_.append(supply.made_by)
        while open_:
            key = open_.pop(0)
            # What was taken once stays: a later supply of the step may tell more of its lots, and unsay none.
            taken = {i for i, why in self._candidates(key) if not why} | set(self.ins.get(key, ()))
            self.ins[key] = sorted(taken)
            for i in self.ins[key]:
                above = self.known[i].made_by
                self.tiers.setdefault(above, self.tiers[key] + 1)
                if i not in self.outs[above]:
                    self.outs[above].add(i)
                    open_.append(above)

    def _candidates(self, key: Good) -> Iterable[tuple[int, str]]:
        """Supplies into a step, each with why it is in none of it."""
        latest = self._latest(key)
        used = self._used(key)
        for i in self.into[key.party_id]:
            supply = self.known[i]
            if supply.made_by == key or (key.good and folded(supply.first["product"]) not in {key.good, ""}):
                continue
            if latest is not None and supply.begins is not None and supply.begins > latest:
                yield i, CAME_AFTER
            elif used is not None and _is_other_lot(supply, used):
                yield i, OTHER_LOT
            else:
                yield i, ""

    def _latest(self, key: Good) -> date | None:
        ends = [self.known[i].ends for i in self.outs[key]]
        return None if None in ends else max(e for e in ends if e is not None)

    def rows_of(self, key: Good) -> list[Row]:
        """What was used and made for the supplies of a step: by their lots, else all that the party made of it."""
        outs = [self.known[i] for i in self.outs[key]]
        begin = sorted({lot for s in outs for lot in s.lots}) if all(s.lots for s in outs) else [key.good]
        open_, seen = list(begin), set(begin)
        found: dict[tuple[str, int, int], Row] = {}
        while open_:
            for row in self.made.get((key.party_id, open_.pop(0)), ()):
                of_step = self.making.get((key.party_id, row["step"] or ""), [])
                for one in (row, *(r for r in of_step if row["step"])):
                    found[*place(one), one["entry"]] = one
                    lot = folded(one["lot"])
                    if one["act"] == "used" and lot and lot not in seen:
                        seen.add(lot)
                        open_.append(lot)
        return [found[k] for k in sorted(found)]

    def _used(self, key: Good) -> dict[str, set[str]] | None:
        """By material the lots that went into the lots supplied; None where not all of that is on record."""
        outs = [self.known[i] for i in self.outs[key]]
        if not self.by_lots or not all(s.lots for s in outs):
            return None
        used: dict[str, set[str]] = defaultdict(set)
        for lot in {lot for s in outs for lot in s.lots}:
            if (key.party_id, lot) in self.made:
                continue
            # Who makes nothing hands on the very lot that it was supplied with.
            came = [i for i in self.into[key.party_id] if lot in self.known[i].lots]
            if not came:
                return None
            for i in came:
                used[folded(self.known[i].first["material"])].add(lot)
        for row in self.rows_of(key):
            if row["act"] == "used" and row["lot"]:
                used[folded(row["material"])].add(folded(row["lot"]))
        return used

    def left_out(self) -> list[tuple[Supply, str]]:
        """Supplies into a step of the chain that are in none of it and reach it on no other way."""
        held = {i for some in self.outs.values() for i in some}
        found = {i: why for key in sorted(self.ins) for i, why in self._candidates(key) if why and i not in held}
        return [(self.known[i], why) for i, why in sorted(found.items())]

    def step(self, key: Good, number: int) -> Step:
        """A step with its number."""
        outs = [self.known[i] for i in sorted(self.outs[key])]
        return Step(
            number,
            key,
            str(outs[0].first["supplier"]),
            str(outs[0].first["material"] or ""),
            tuple(self.known[i] for i in sorted(self.ins[key])),
            tuple(outs),
            tuple(self.rows_of(key)),
            self.tiers[key],
        )

    def ordered(self) -> tuple[list[Good], list[list[Good]]]:
        """Steps so that what goes into one comes before it; and those of which each goes into another in a circle."""
        keys = sorted(self.ins)
        above = {k: {self.known[i].made_by for i in self.ins[k]} for k in keys}
        circle = _circles(keys, above)
        members: dict[int, list[Good]] = defaultdict(list)
        for key in keys:
            members[circle[key]].append(key)
        waits = {c: {circle[a] for k in some for a in above[k]} - {c} for c, some in members.items()}
        feeds: dict[int, set[int]] = defaultdict(set)
        for c, some in waits.items():
            for one in some:
                feeds[one].add(c)
        rank = {c: min((-self.tiers[k], k) for k in some) for c, some in members.items()}
        ready: list[tuple[Any, int]] = [(rank[c], c) for c, some in waits.items() if not some]
        heapq.heapify(ready)
        order: list[Good] = []
        while ready:
            _, at = heapq.heappop(ready)
            order += sorted(members[at], key=lambda k: (-self.tiers[k], k))
            for fed in sorted(feeds[at]):
                waits[fed].discard(at)
                if not waits[fed]:
                    heapq.heappush(ready, (rank[fed], fed))
        return order, [some for some in members.values() if len(some) > 1]


def _is_other_lot(supply: Supply, used: dict[str, set[str]]) -> bool:
    """Whether a supply hands over lots of a material of which the step used others, and none of these."""
    of = used.get(folded(supply.first["material"]), set())
    return bool(of and supply.lots) and not supply.lots & of


def _circles(keys: Sequence[Good], above: dict[Good, set[Good]]) -> dict[Good, int]:
    """By step the number of the circle that it is in; of those in none a number of their own."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    at = {key: i for i, key in enumerate(keys)}
    pairs = [(at[a], at[k]) for k in keys for a in above[k]]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    graph = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(keys), len(keys)))
    _, labels = connected_components(graph, directed=True, connection="strong")
    return {key: int(labels[i]) for key, i in at.items()}
