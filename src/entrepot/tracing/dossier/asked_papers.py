"""What CBP asks for, held against a chain as often as it applies: what is asked is met or a gap.

See docs/design/62-the-dossier.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import packaged_rows
from entrepot.tracing.balance.books import folded
from entrepot.tracing.balance.contract import STAGES
from entrepot.tracing.balance.yields import stage
from entrepot.tracing.dossier.contract import ASKED_PAPERS
from entrepot.tracing.dossier.paid_invoices import IN_FULL, NOT_COMPARED
from entrepot.tracing.dossier.supply_papers import NOT_TOLD
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.tracing.dossier.numbered_papers import Numbered, NumberedPaper
    from entrepot.tracing.dossier.paid_invoices import Paid
    from entrepot.tracing.dossier.shipment_chain import Chain, Step
    from entrepot.tracing.dossier.step_quantities import StepQuantities
    from entrepot.tracing.dossier.supplies import Supply

THERE, MISSING = "there", "missing"
# The chains of goods of which stages are known, by the goods that CBP has a list for.
CHAINS = {"cotton": "cotton", "solar": "polysilicon", "aluminium": "aluminium", "pvc": "PVC", "tomato": "tomatoes"}
# Sorts that the number of a paper of a supply can tell: a paper that tells nothing may be one of these.
_BY_NUMBER = frozenset({"invoice", "order", "contract", "transport", "packing", "origin", "receipt"})
_OF_THE_FILE = ("summary", "index", "flow chart", "numbered")  # every dossier has them


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What a chain is held against the asked papers with.

    Attributes:
        chain: of the shipment.
        papers: numbered.
        quantities: by number of a step.
        paid: by supply.
        addresses: by id of a party, its address as files say it.
        countries: by id of a party, its country.
        unsupplied: by number of a step, its inputs that nobody is on record as supplying, in words.
    """

    chain: Chain
    papers: Numbered
    quantities: Mapping[int, StepQuantities]
    paid: Mapping[Supply, Paid]
    addresses: Mapping[str, str]
    countries: Mapping[str, str]
    unsupplied: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """A thing that is asked, of one step or of the file.

    Attributes:
        row: of ASKED_PAPERS.
        step: the number of the step; None: of the file, or of the company.
        asked, there: how often it is asked of it, and how often of these it is there.
        untold: how often of the gaps something is there of which is not said what it is.
        papers: numbers of the papers that meet it.
        lacking: of a thing asked of supplies, the papers of those without it; of one asked of inputs, these.
    """

    row: Mapping[str, Any]
    step: int | None
    asked: int
    there: int
    untold: int
    papers: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def gaps(self) -> int:
        """How often it is not there, or not said to be."""
        return self.asked - self.there

    @property
    def status(self) -> str:
        """there, missing, or not_told where in all gaps something is there of which is not said what it is."""
        if not self.gaps:
            return THERE
        return NOT_TOLD if self.untold == self.gaps else MISSING


def commodity_of(chain: Chain) -> str:
    """The goods of which CBP has a list, by the stages of most steps; empty where no stage is known."""
    chains = {r["stage"]: r["chain"] for r in packaged_rows(STAGES)}
    found = Counter(CHAINS[chains[s]] for step in chain.steps if (s := stage(step.goods)) and chains[s] in CHAINS)
    return min(found, key=lambda c: (-found[c], c)) if found else ""


def asked_papers(held: Held, commodity: str, request: str, *, is_same: bool | None) -> list[Asking]:
    """Everything that is asked of a chain.

    Args:
        held: the chain and what is known of it.
        commodity: whose list is taken beside the general one; empty for none.
        request: applicability or exception.
        is_same: whether the chain is the same as the one that it is held against; None where it is held against none.
    """
    found: list[Asking] = []
    for row in packaged_rows(ASKED_PAPERS):
        if row["commodity"] not in {"all", commodity} or row["request"] not in {"both", request}:
            continue
        if row["of"] == "identical":
            found += [] if is_same is None else [Asking(row, None, 1, int(is_same), 0, (), ())]
            continue
        found += _held(row, held)
    return found


def _held(row: Mapping[str, Any], held: Held) -> Iterable[Asking]:
    of = row["of"]
    if of in {"file", "company"}:
        is_met = any(_of_file(key, held) for key in row["met_by"])
        return [Asking(row, None, 1, int(is_met), 0, (), ())]
    if of == "raw":
        return _of_raw(row, held)
    if of == "unsupplied":
        return [Asking(row, n, len(some), 0, 0, (), tuple(some)) for n, some in held.unsupplied.items()]
    if of == "supply":
        return [_of_supplies(row, held, s) for s in held.chain.steps]
    steps = [s for s in held.chain.steps if of == "step" or _may_be_chinese(s, held)]
    if row["met_by"] == ["balance"]:  # into raw material nothing goes
        steps = [s for s in steps if not s.is_raw]
    return [_of_step(row, held, s) for s in steps]


def _of_file(key: str, held: Held) -> bool:
    return key in _OF_THE_FILE or (key == "connected" and not held.chain.loops)


def _may_be_chinese(step: Step, held: Held) -> bool:
    return code_of(held.countries.get(step.key.party_id, "")) in {"CN", "CHN", None, ""}


def _of_raw(row: Mapping[str, Any], held: Held) -> list[Asking]:
    """Of each step into which no supply is known; of a list of goods, those of its stages, else once of the file."""
    chains = {r["stage"]: CHAINS.get(r["chain"], "") for r in packaged_rows(STAGES)}
    raw = [s for s in held.chain.steps if s.is_raw]
    if row["commodity"] in chains.values():
        raw = [s for s in raw if chains.get(stage(s.goods) or "") == row["commodity"]]
    return [_of_supplies(row, held, s) for s in raw] or [Asking(row, None, 1, 0, 0, (), ())]


def _of_supplies(row: Mapping[str, Any], held: Held, step: Step) -> Asking:
    there, untold, numbers, lacking = 0, 0, dict[str, None](), []
    for supply in step.outputs:
        papers = held.papers.of_supply(supply)
        states = [_of_supply(key, held, supply, papers) for key in row["met_by"]]
        if THERE in states:
            there += 1
            numbers |= dict.fromkeys(p.number for p in papers if p.paper.sort in row["met_by"])
        else:
            untold += NOT_TOLD in states
            lacking.append(_name(supply, papers))
    return Asking(row, step.number, len(step.outputs), there, untold, tuple(numbers), tuple(lacking))


def _name(supply: Supply, papers: Sequence[NumberedPaper]) -> str:
    row = supply.first
    own = next((p.number for p in papers if p.paper.key.told_as in {"supply", "event", "declaration"}), "")
    return f"{own} {row['document']}".strip() if row["document"] else f"{own} row {row['row']}".strip()


def _of_supply(keys: str, held: Held, supply: Supply, papers: Sequence[NumberedPaper]) -> str:
    states = [_one(key, held, supply, papers) for key in keys.split(" & ")]
    return MISSING if MISSING in states else NOT_TOLD if NOT_TOLD in states else THERE


def _one(key: str, held: Held, supply: Supply, papers: Sequence[NumberedPaper]) -> str:
    word, _, name = key.partition(":")
    match word:
        case "goods":
            is_there = name in folded(supply.first["material"])
        case "stage":
            is_there = name == stage(supply.first["material"])
        case "lot":
            is_there = bool(supply.lots)
        case "paid":
            return {IN_FULL: THERE, NOT_COMPARED: NOT_TOLD}.get(held.paid[supply].state, MISSING)
        case _:
            sorts = {p.paper.sort for p in papers}
            is_there = key in sorts or (key == "origin" and all(r["origin"] for r in supply.rows))
            if not is_there and key in _BY_NUMBER and NOT_TOLD in sorts:
                return NOT_TOLD
    return THERE if is_there else MISSING


def _of_step(row: Mapping[str, Any], held: Held, step: Step) -> Asking:
    papers = held.papers.of_step(step.number)
    states = [_step_one(key, held, step, papers) for key in row["met_by"]]
    is_there = THERE in states
    numbers = [p.number for p in papers if p.paper.sort in row["met_by"] or "paper" in row["met_by"]]
    untold = 0 if is_there else int(NOT_TOLD in states)
    return Asking(row, step.number, 1, int(is_there), untold, tuple(numbers) if is_there else (), ())


def _step_one(key: str, held: Held, step: Step, papers: Sequence[NumberedPaper]) -> str:
    match key:
        case "address":
            return THERE if held.addresses.get(step.key.party_id) else MISSING
        case "balance":
            verdict = held.quantities[step.number].verdict
            return {"held": THERE, "not_told": NOT_TOLD}.get(verdict, MISSING)
        case "paper":
            return THERE if any(p.paper.name for p in papers) else MISSING
        case "production":
            return THERE if any(p.paper.sort in {"production", "event"} for p in papers) else MISSING
        case "translation":
            return _translated(papers)
        case _:
            return THERE if any(p.paper.sort == key for p in papers) else MISSING


def _translated(papers: Sequence[NumberedPaper]) -> str:
    """Whether all papers are in English or translated; not told where no file tells the language of one."""
    if not papers or any(lacks_translation(p, papers) for p in papers):
        return MISSING
    told = (p.paper.language or p.paper.is_foreign or p.paper.is_translation for p in papers)  # foreign and translated
    return THERE if all(told) else NOT_TOLD


def lacks_translation(paper: NumberedPaper, of_step: Sequence[NumberedPaper]) -> bool:
    """Whether a paper is in another language, by a file or by its letters, and no paper of its step translates it."""
    own = paper.paper
    if own.is_english or own.is_translation or not (own.language or own.is_foreign):
        return False
    name = folded(own.name)
    return not any(
        name
        and p is not paper
        and p.paper.is_translation
        and (name in p.paper.translates or name in folded(p.paper.name))
        for p in of_step
    )
