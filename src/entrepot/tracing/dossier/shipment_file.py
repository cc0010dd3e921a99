"""All that a dossier says of a shipment, put together from what was loaded and what other rooms know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.tracing.balance.balance import balance
from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.dossier.asked_papers import Held, asked_papers, commodity_of
from entrepot.tracing.dossier.compared_chains import compared_chains
from entrepot.tracing.dossier.numbered_papers import numbered
from entrepot.tracing.dossier.paid_invoices import by_supply, paid_invoices
from entrepot.tracing.dossier.set_aside import set_aside
from entrepot.tracing.dossier.shipment_chain import shipment_chain
from entrepot.tracing.dossier.step_quantities import step_quantities
from entrepot.tracing.dossier.supplies import Good
from entrepot.tracing.dossier.unsupplied_steps import in_words, unsupplied_of
from entrepot.tracing.exposures import exposures
from entrepot.tracing.parties.unplaced_makers import tells_elsewhere

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.tracing.asked_exposure import Asked, Exposed
    from entrepot.tracing.balance.books import Books, Row
    from entrepot.tracing.balance.unsupplied_inputs import Unsupplied
    from entrepot.tracing.dossier.asked_papers import Asking
    from entrepot.tracing.dossier.compared_chains import Compared
    from entrepot.tracing.dossier.numbered_papers import Numbered
    from entrepot.tracing.dossier.paid_invoices import Paid
    from entrepot.tracing.dossier.set_aside import SetAside
    from entrepot.tracing.dossier.shipment_chain import Chain
    from entrepot.tracing.dossier.step_quantities import StepQuantities
    from entrepot.tracing.dossier.supplies import Supply
    from entrepot.tracing.exposures import Exposures
    from entrepot.tracing.supply_network import Network


@dataclass(frozen=True, slots=True, eq=False)
class FileAsked:
    """What a dossier is asked of.

    Attributes:
        shipment: what a paper calls it.
        supplier: whose, where papers of several have the number.
        request: applicability or exception.
        commodity: whose list of CBP; empty: told by the goods of the chain.
        like: another shipment whose chain this is compared with; empty for none.
        day: what is not known by then does not count.
    """

    shipment: str
    supplier: str
    request: str
    commodity: str
    like: str
    day: date


@dataclass(frozen=True, slots=True, eq=False)
class RestsOn:
    """By what the parties were screened, and of which files the dossier is made.

    Attributes:
        lists: what each list held that day, rows of COVERAGE.
        rule: the rule that scored.
        files: files that were loaded, of supply and of owners: `file`, `sha256` and when they were loaded.
    """

    lists: Sequence[Row] = ()
    rule: str = ""
    files: Sequence[Row] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What other rooms know.

    Attributes:
        exposed: parties that are listed or in the region, or may be, by id.
        origins: where each origin that a supply names lies: region, elsewhere, open.
        addresses, countries: of parties by id, as files say them.
        screening: what the screening says of its lists, in sentences.
        traced: what exposures are asked of.
        clock: days of the clock, under `deadlines`; empty without a day of presentation.
        duties: rules of the European Union, under `duties`.
        rests_on: lists and files, by which another can tell whether theirs are the same.
        proposed: by id of a party those that may be the same firm, which nobody confirmed.
    """

    exposed: Mapping[str, Exposed]
    origins: Mapping[str, str]
    addresses: Mapping[str, str]
    countries: Mapping[str, str]
    screening: tuple[str, ...]
    traced: Asked
    clock: Sequence[Row]
    duties: Sequence[Row]
    rests_on: RestsOn = RestsOn()
    proposed: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """A party of the chain.

    Attributes:
        party_id, name: who.
        made: numbers of the steps that it makes.
        hands_on: numbers of those of which it only hands on what it is supplied with.
        takes: whether it takes the shipment.
        exposed: why it is listed or in the region, or may be; None: no match.
    """

    party_id: str
    name: str
    made: tuple[int, ...]
    hands_on: tuple[int, ...]
    takes: bool
    exposed: Exposed | None


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """A party that supplies a step of the chain, and of which no supply is in the chain.

    Attributes:
        name: as its papers write it.
        why: by which rules its supplies are left out, as the chain has them.
        rows: the lines of these supplies.
        exposed: why it is listed or in the region, or may be; None: no match.
        from_region: whether one of these supplies names an origin in the region.
    """

    name: str
    why: tuple[str, ...]
    rows: tuple[Row, ...]
    exposed: Exposed | None
    from_region: bool

    @property
    def is_found(self) -> bool:
        """Whether it is or may be listed or in the region, or its goods are of the region."""
        return self.exposed is not None or self.from_region


@dataclass(frozen=True, slots=True, eq=False)
class ShipmentFile:
    """A dossier.

    Attributes:
        asked: what it was asked of.
        known: what other rooms know.
        commodity: whose list of CBP was taken; empty for the general one alone.
        chain, papers: the chain and its papers.
        quantities: by step.
        paid: by paper that bills.
        asking: what is asked, held against the chain.
        parties: of the chain, suppliers by their first step, then who takes the shipment.
        set_aside: supplies that are left out by their lots alone, and lead to a listed party or the region.
        shares: of the shipment's goods what part comes from such parties.
        faults: of the papers of the chain, and of what was set aside so, under `supply_faults`.
        fault_rows: places on which each fault rests, by its id.
        compared: with another shipment, where one was named.
        files: names of files by id.
        unsupplied: inputs of a step that nobody is on record as supplying, with the number of the step.
    """

    asked: FileAsked
    known: Known
    commodity: str
    chain: Chain
    papers: Numbered
    quantities: tuple[StepQuantities, ...]
    paid: tuple[Paid, ...]
    asking: tuple[Asking, ...]
    parties: tuple[Party, ...]
    set_aside: tuple[SetAside, ...]
    shares: Exposures
    faults: tuple[Row, ...]
    fault_rows: Mapping[str, tuple[Row, ...]]
    compared: Compared | None
    files: Mapping[str, str]
    unsupplied: tuple[tuple[int, Unsupplied], ...] = ()

    @property
    def sure(self) -> list[Party]:
        """Parties of the chain that are listed or in the region."""
        return [p for p in self.parties if p.exposed is not None and p.exposed.strength == "certain"]

    @property
    def possible(self) -> list[Party]:
        """Parties of the chain that may be."""
        return [p for p in self.parties if p.exposed is not None and p.exposed.strength != "certain"]

    @property
    def left_out(self) -> list[LeftOut]:
        """Parties that supply a step and are in no part of the chain, those that were found first, then by name."""
        inside = {p.party_id for p in self.parties}
        some: dict[str, list[tuple[Supply, str]]] = {}
        for supply, why in self.chain.left_out:
            if supply.first["supplier_id"] not in inside:
                some.setdefault(supply.first["supplier_id"], []).append((supply, why))
        found = [
            LeftOut(
                str(supplies[0][0].first["supplier"]),
                tuple(dict.fromkeys(why for _, why in supplies)),
                tuple(r for s, _ in supplies for r in s.all_rows),
                self.known.exposed.get(who),
                any(self.known.origins.get(o) == "region" for s, _ in supplies for o in s.cells("origin")),
            )
            for who, supplies in some.items()
        ]
        return sorted(found, key=lambda p: (not p.is_found, p.name))

    @property
    def from_region(self) -> list[tuple[int, Supply]]:
        """Supplies whose origin lies in the region, with their step."""
        return [
            (step.number, supply)
            for step, supply in self.chain.supplies
            if any(self.known.origins.get(o) == "region" for o in supply.cells("origin"))
        ]

    @property
    def used_from_region(self) -> list[tuple[int, Unsupplied]]:
        """Inputs that nobody supplied and whose own row names an origin in the region, with their step."""
        return [(n, u) for n, u in self.unsupplied if self._lies(u) == "region"]

    @property
    def used_from_anywhere(self) -> list[tuple[int, Unsupplied]]:
        """Inputs that nobody supplied and of which no row tells an origin outside of the region, with their step."""
        return [(n, u) for n, u in self.unsupplied if self._lies(u) != "elsewhere"]

    def _lies(self, one: Unsupplied) -> str:
        return self.known.origins.get(str(one.row.get("origin") or ""), "open")

    @property
    def open_ends(self) -> list[int]:
        """Steps above which no supply is known, and of which not every supply names an origin outside of the region.

        An origin such as China may lie in the region, and says nothing.
        """
        return [
            s.number
            for s in self.chain.steps
            if s.is_raw and not all(self._is_elsewhere(r["origin"]) for o in s.outputs for r in o.rows)
        ]

    @property
    def unplaced_steps(self) -> list[int]:
        """Steps of making of whose party no file tells where it is, and whose goods name no origin that lies elsewhere.

        Who hands on what it is supplied with makes nothing.
        """
        return [
            s.number
            for s in self.chain.steps
            if not s.is_raw
            and not s.hands_on
            and s.key.party_id in self.known.traced.unplaced
            and not tells_elsewhere((r for o in s.outputs for r in o.rows), self.known.origins)
        ]

    def _is_elsewhere(self, origin: str | None) -> bool:
        return bool(origin) and self.known.origins.get(str(origin)) == "elsewhere"

    @property
    def touches(self) -> str:
        """yes, cannot_be_excluded, no: whether papers lead from a listed party or the region, in any amount."""
        if self.sure or self.from_region or self.used_from_region:
            return "yes"
        is_open = self.possible or self.open_ends or self.unplaced_steps or self.set_aside or self.used_from_anywhere
        return "cannot_be_excluded" if is_open else "no"


def shipment_file(books: Books, later: Books, asked: FileAsked, known: Known) -> ShipmentFile:
    """The dossier of a shipment.

    Args:
        books: what was loaded and is known on the day.
        later: what was loaded and is of later days.
        asked: of what.
        known: what other rooms know of it.

    Raises:
        UnknownNameError: no such shipment, here or of the one that it is compared with.
        BadInputError: papers between other parties have one number.
    """
    chain = shipment_chain(books, asked.shipment, asked.supplier)
    papers = numbered(books, later, chain, known.proposed)
    quantities = tuple(step_quantities(s, books) for s in chain.steps)
    paid = tuple(paid_invoices(chain, books.payments))
    commodity = asked.commodity or commodity_of(chain)
    compared = None
    if asked.like:
        other = shipment_chain(books, asked.like)
        compared = compared_chains((chain, papers), (other, numbered(books, later, other, known.proposed)))
    lacking = unsupplied_of(chain, known.traced.unsupplied, known.origins)
    held = Held(
        chain, papers, {q.step: q for q in quantities}, dict(by_supply(paid, chain)), known.addresses, known.countries,
        in_words(lacking),
    )  # fmt: skip
    asking = asked_papers(held, commodity, asked.request, is_same=compared.is_same if compared else None)
    aside = tuple(set_aside(books, chain, lambda supply: _leads(supply, known)))
    faults, rows = _faults(books, papers, aside, {place(u.row) for _, u in lacking})
    return ShipmentFile(
        asked, known, commodity, chain, papers, quantities, paid, tuple(asking), tuple(_parties(chain, known)),
        aside, _shares(chain, known), faults, rows, compared, books.files, lacking,
    )  # fmt: skip


def _leads(supply: Supply, known: Known) -> bool:
    return supply.first["supplier_id"] in known.exposed or any(
        known.origins.get(o) == "region" for o in supply.cells("origin")
    )


def _shares(chain: Chain, known: Known) -> Exposures:
    """The exposure of the goods that were shipped, and of what their buyer makes of them."""
    wanted = {s.made_by for s in chain.shipped}
    wanted |= {Good(s.first["buyer_id"], folded(s.first["product"])) for s in chain.shipped if s.first["product"]}

    def asked_for(made: Network) -> list[int]:
        nodes = [int(n) for party in sorted({w.party_id for w in wanted}) for n in made.nodes_of(party)]
        return [n for n in nodes if Good(*made.good(n)) in wanted and len(made.inputs(n))]

    return exposures(known.traced, asked_for)


def _faults(
    books: Books, papers: Numbered, aside: Sequence[SetAside], unsupplied: set[tuple[str, int]]
) -> tuple[tuple[Row, ...], dict[str, tuple[Row, ...]]]:
    """Faults of all that was loaded that rest on a row of a paper of the chain, or of a way that was set aside.

    Rows of inputs that nobody supplied are the chain's too.
    """
    own = unsupplied | {place(r) for p in papers.papers if p.step for r in p.paper.rows}
    own |= {place(r) for one in aside for s in one.way for r in s.all_rows}
    found = balance(books)
    rows: dict[str, list[Row]] = {}
    for row in found.rows:
        rows.setdefault(row["fault_id"], []).append(row)
    faults = tuple(f for f in found.faults if any(place(r) in own for r in rows[f["fault_id"]]))
    return faults, {f["fault_id"]: tuple(rows[f["fault_id"]]) for f in faults}


def _parties(chain: Chain, known: Known) -> list[Party]:
    names: dict[str, str] = {}
    made: dict[str, list[int]] = {}
    hands: dict[str, list[int]] = {}
    for step in chain.steps:
        names.setdefault(step.key.party_id, step.party)
        (hands if step.hands_on else made).setdefault(step.key.party_id, []).append(step.number)
    takes: dict[str, Any] = {s.first["buyer_id"]: s.first["buyer"] for s in chain.shipped}
    whole = names | {i: str(n) for i, n in takes.items() if i not in names}
    return [
        Party(i, name, tuple(made.get(i, ())), tuple(hands.get(i, ())), i in takes, known.exposed.get(i))
        for i, name in whole.items()
    ]
