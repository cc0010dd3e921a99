"""Papers numbered to steps; what is set aside, each with why: papers given are numbered and set aside together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from entrepot.tracing.balance.books import folded, place
from entrepot.tracing.dossier.supplies import belongs_to, is_of_nobody_known, names_number_of
from entrepot.tracing.dossier.supply_papers import papers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.tracing.balance.books import Books
    from entrepot.tracing.dossier.shipment_chain import Chain, Step
    from entrepot.tracing.dossier.supplies import Supply
    from entrepot.tracing.dossier.supply_papers import Paper, PaperKey

OTHER_CHAIN, LATER, OTHER_INVOICE, NO_PARTY = "other_chain", "later", "other_invoice", "no_party"
MAYBE_ONE_FIRM = "maybe_one_firm"  # of another chain, unless a firm that is proposed to be one of this chain's is it
OTHER_ISSUER = "other_issuer"  # names a number of the chain; who issued it is no party of the files
_ENDS = ("supplier_id", "buyer_id", "party_id", "payer_id", "payee_id", "maker_id")
OF_ALL = 0  # the number of what is of several steps


@dataclass(frozen=True, slots=True, eq=False)
class NumberedPaper:
    """A paper with its number, step.place.

    Attributes:
        step: its step; OF_ALL for what is of several.
        at: its place in the step, from 1.
        paper: the paper.
        shares_number: whether another paper that was loaded has its number.
    """

    step: int
    at: int
    paper: Paper
    shares_number: bool

    @property
    def number(self) -> str:
        """As it is written: 3.2."""
        return f"{self.step}.{self.at}"


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """All papers that were loaded.

    Attributes:
        papers: those of the chain, by their numbers.
        aside: those that are not, each with why.
    """

    papers: tuple[NumberedPaper, ...]
    aside: tuple[tuple[Paper, str], ...]

    @property
    def given(self) -> int:
        """How many were loaded."""
        return len(self.papers) + len(self.aside)

    def of_step(self, number: int) -> list[NumberedPaper]:
        """The papers of a step."""
        return [p for p in self.papers if p.step == number]

    def of_supply(self, supply: Supply) -> list[NumberedPaper]:
        """The papers of a supply: those of its lines and of what customs were told, and payments of its invoice."""
        places = {place(r) for r in supply.all_rows}
        return [
            p
            for p in self.papers
            if any(place(r) in places or is_paid_by(supply, r) or belongs_to(supply, r) for r in p.paper.rows)
        ]


def is_paid_by(supply: Supply, row: Mapping[str, object]) -> bool:
    """Whether a row is a payment that its buyer made for its invoice, to whomever.

    A payment to another supplier who bills the same buyer under the same number is for that one's invoice.
    """
    if "payer_id" not in row or not row["invoice"] or row["payee_id"] in supply.namesakes:
        return False
    return (row["payer_id"], folded(str(row["invoice"]))) == supply.bill


def numbered(
    books: Books, later: Books, chain: Chain, proposed: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> Numbered:
    """Number the papers of a chain.

    Args:
        books: what was loaded and is known on the day.
        later: what was loaded and is of later days.
        chain: of the shipment.
        proposed: by id of a party those that may be the same firm, which nobody confirmed.
    """
    held, steps = papers(books), _Steps(chain, proposed)
    of = {key: steps.of(paper) for key, paper in held.items()}
    ordered: dict[int, list[Paper]] = defaultdict(list)
    for key, paper in held.items():
        if isinstance(step := of[key], int):
            ordered[step].append(paper)
    shared = _shared((*held.values(), *papers(later).values()))
    found = [
        NumberedPaper(step, at, paper, paper.key in shared)
        for step in sorted(ordered)
        for at, paper in enumerate(sorted(ordered[step], key=_order), 1)
    ]
    aside = [(held[key], why) for key, why in of.items() if isinstance(why, str)]
    aside += [(paper, LATER) for key, paper in papers(later).items() if key not in held]
    return Numbered(tuple(found), tuple(aside))


def _order(paper: Paper) -> tuple[str, ...]:
    return (paper.date or "9999", paper.key.told_as, folded(paper.name), *paper.key)


def _shared(all_papers: Iterable[Paper]) -> set[PaperKey]:
    """Papers of which another has the number."""
    by_number: dict[str, list[PaperKey]] = defaultdict(list)
    for paper in all_papers:
        if paper.name:
            by_number[folded(paper.name)].append(paper.key)
    return {key for keys in by_number.values() if len(set(keys)) > 1 for key in keys}


class _Steps:
    """Which step a paper is of, or why it is of none."""

    def __init__(self, chain: Chain, proposed: Mapping[str, frozenset[str]]) -> None:
        self.steps = chain.steps
        self.at: dict[tuple[str, int], int] = {}
        for step in reversed(chain.steps):  # what is of several steps goes to the first of them
            self.at |= {place(r): step.number for r in step.making}
            self.at |= {place(r): step.number for s in step.outputs for r in s.all_rows}
        self.left = {place(r): why for s, why in chain.left_out for r in s.all_rows}
        self.bills: dict[tuple[str, str], list[tuple[int, Supply]]] = defaultdict(list)
        self.parties: set[str] = set()
        for step, supply in chain.supplies:
            if supply.first["document"]:
                self.bills[supply.bill].append((step.number, supply))
            self.parties |= {folded(supply.first["supplier"]), folded(supply.first["buyer"])}
        self.ids = {i for _, s in chain.supplies for i in (s.first["supplier_id"], s.first["buyer_id"])}
        self.maybe = {other for i in self.ids for other in proposed.get(i, ())} - self.ids

    def of(self, paper: Paper) -> int | str:
        """The number of its step, or why it is set aside."""
        found = self._of(paper)
        is_maybe = found == OTHER_CHAIN and any(r.get(c) in self.maybe for r in paper.rows for c in _ENDS)
        return MAYBE_ONE_FIRM if is_maybe else found

    def _of(self, paper: Paper) -> int | str:
        told_as = paper.key.told_as
        if told_as == "payment":
            return self._payment(paper)
        if told_as == "attached":
            return self._attached(paper)
        if told_as == "facilities":
            return OF_ALL if any(folded(r["name"]) in self.parties for r in paper.rows) else NO_PARTY
        if told_as == "recipe":
            return next((s.number for s in self.steps if _is_recipe_of(s, paper)), OTHER_CHAIN)
        found = [self.at[p] for r in paper.rows if (p := place(r)) in self.at]
        if found:
            return min(found)
        return next((self.left[p] for r in paper.rows if (p := place(r)) in self.left), OTHER_CHAIN)

    def _attached(self, paper: Paper) -> int | str:
        """The step of the paper that it goes with; of a record of making by its number alone."""
        for step in self.steps:
            if any(belongs_to(s, r) for s in step.outputs for r in paper.rows):
                return step.number
        wanted = {folded(r["belongs_to"]) for r in paper.rows}
        of_nobody = any(
            names_number_of(s, r) and is_of_nobody_known(s, r)
            for step in self.steps
            for s in step.outputs
            for r in paper.rows
        )
        return next(
            (s.number for s in self.steps if any(folded(r["document"]) in wanted for r in s.making)),
            OTHER_ISSUER if of_nobody else OTHER_CHAIN,
        )

    def _payment(self, paper: Paper) -> int | str:
        billed = [(r, self.bills.get((r["payer_id"], folded(r["invoice"])), ())) for r in paper.rows]
        found = [number for row, some in billed for number, supply in some if is_paid_by(supply, row)]
        if found:
            return min(found)
        within = any({r["payer_id"], r["payee_id"]} <= self.ids for r in paper.rows)
        return OTHER_INVOICE if within else OTHER_CHAIN


def _is_recipe_of(step: Step, paper: Paper) -> bool:
    into: Sequence[str] = [folded(s.first["material"]) for s in step.inputs]
    into = [*into, *(folded(r["material"]) for r in step.making if r["act"] == "used")]
    return any(
        folded(r["product"]) == step.key.good and folded(r["material"]) in into and r["maker_id"] in {None, step.key[0]}
        for r in paper.rows
    )
