"""What a dossier says, sentence by sentence: in English where it is kept as a row, else as the reader speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import WordsBy, marked, tr
from entrepot.tracing.dossier.compared_chains import ADDED, GONE, OTHER_INPUTS, SAME
from entrepot.tracing.dossier.paid_invoices import IN_FULL, IN_PART, NOT_COMPARED, TO_ANOTHER, TOO_MUCH, UNPAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.tracing.balance.quantity_range import Measured
    from entrepot.tracing.dossier.asked_papers import Asking
    from entrepot.tracing.dossier.compared_chains import ComparedStep
    from entrepot.tracing.dossier.numbered_papers import NumberedPaper
    from entrepot.tracing.dossier.paid_invoices import Paid
    from entrepot.tracing.dossier.shipment_chain import Step
    from entrepot.tracing.dossier.shipment_file import Party, ShipmentFile
    from entrepot.tracing.dossier.step_quantities import StepQuantities
    from entrepot.tracing.dossier.supplies import Supply
    from entrepot.tracing.dossier.supply_papers import Paper

_NAMED = 6  # names in a sentence; the tables have them all

SORTS = WordsBy({
    "invoice": marked("invoice"), "order": marked("purchase order"), "contract": marked("contract"),
    "payment": marked("payment"), "transport": marked("paper of transport"), "packing": marked("packing list"),
    "declaration": marked("customs declaration"), "production": marked("record of making"),
    "origin": marked("certificate of origin"), "receipt": marked("receipt of goods"),
    "test": marked("report of a test"), "statement": marked("statement of a party"),
    "translation": marked("translation"), "recipe": marked("bill of material"), "event": marked("event (EPCIS)"),
    "facilities": marked("list of facilities"), "not_told": marked("paper of a supply; its number does not tell which"),
})  # fmt: skip
ASIDE = WordsBy({
    "other_chain": marked("of another chain than this shipment's"),
    "other_issuer": marked(
        "names a number of this chain, and who issued it is no party of the files: leave issuer empty where it is of "
        "that paper"
    ),
    "maybe_one_firm": marked(
        "of another chain, unless its firm is one of this chain's: it may be the same firm; confirm in entrepot supply "
        "parties"
    ),
    "later": marked("of a later day than the one asked for"),
    "came_after": marked("came after the step last supplied this chain"),
    "other_lot": marked("hands over another lot than those that the step used"),
    "other_invoice": marked("a payment between parties of the chain, for no invoice of it"),
    "no_party": marked("a list of facilities that names no party of the chain"),
})  # fmt: skip
STATUS = WordsBy({"there": marked("there"), "missing": marked("missing"), "not_told": marked("not told")})
REQUEST = WordsBy({"applicability": marked("Applicability review"), "exception": marked("Exception")})
REQUEST_SAID = WordsBy({
    "applicability": marked(
        "Requested is an applicability review: the importer shows that the goods lie outside of the Act, so that its "
        "rebuttable presumption (PL 117-78, section 3) does not apply to them, for no input, in any amount, is of the "
        "region or of a listed party. No exception is requested with this file; that is "
        "another request, which takes such an input as given and asks for clear and convincing evidence."
    ),
    "exception": marked(
        "Requested is an exception: the rebuttable presumption holds for these goods, and the importer shows by clear "
        "and convincing evidence that no forced labour was used, that the guidance to importers was followed and every "
        "inquiry answered. CBP reports each exception to Congress. That the goods lie outside of the Act is not argued "
        "in this file; that is another request, an applicability review."
    ),
})  # fmt: skip
PAID = WordsBy({
    IN_FULL: marked("paid as billed"), IN_PART: marked("paid in part"), TOO_MUCH: marked("more was paid than billed"),
    TO_ANOTHER: marked("paid to another than who billed"),
    NOT_COMPARED: marked("a payment is there; amounts cannot be compared"), UNPAID: marked("no payment is there"),
})  # fmt: skip
_COMPARED = WordsBy({
    SAME: marked("the same"), ADDED: marked("only in this chain"), GONE: marked("only in the other chain"),
    OTHER_INPUTS: marked("made of other supplies"),
})  # fmt: skip
OECD = (
    marked("1. Embed responsible conduct in policies and management: no file of supply tells of it."),
    marked("2. Identify and assess: the steps, the parties with their screening, and the gaps of this file."),
    marked(
        "3. Cease, prevent and mitigate: which supplies to replace is told by `entrepot trace PRODUCT --replace`; what "
        "was done is not known."
    ),
    marked("4. Track: what changed since is told by a dossier as of another day; what was tracked is not known."),
    marked("5. Communicate: this file can be a part of it; what was made public is not known."),
    marked("6. Remedy, or cooperate in it: no file of supply tells of it."),
)
OECD_SOURCE = "s-4f8969fb"
"""OECD Due Diligence Guidance for Responsible Business Conduct, 2018: the six steps."""
NOT_ADVICE = marked(
    "This file says which papers lead where, by what was loaded, and what is not there. It decides nothing, holds the "
    "words of tables and not the papers themselves, and is no legal advice."
)


def some(names: Iterable[Any]) -> str:
    """Names in a sentence, and how many more there are."""
    told = list(dict.fromkeys(str(n) for n in names))
    more = tr(" and {count} more", count=len(told) - _NAMED) if len(told) > _NAMED else ""
    return ", ".join(told[:_NAMED]) + more


def ended(text: str) -> str:
    """What a sentence ends with, without its own full stop: names such as Yarn Co. bring one."""
    return text.removesuffix(".")


def step_said(step: Step) -> str:
    """A step in a sentence."""
    goods = step.goods or tr("goods that papers do not name")
    if step.is_raw:
        said = tr("Step {n}: {party} supplies {goods}; nothing into it is known.", n=step.number, party=step.party,
                  goods=goods)  # fmt: skip
    else:
        into = some(tr("{goods} of {party}", goods=s.first["material"] or tr("goods"), party=s.first["supplier"])
                    for s in step.inputs)  # fmt: skip
        told = {"n": step.number, "party": step.party, "goods": goods, "into": ended(into)}
        if step.hands_on:
            said = tr("Step {n}: {party} hands on {goods}: {into}.", **told)
        else:
            said = tr("Step {n}: {party} makes {goods} of {into}.", **told)
    origins = some(o for s in step.outputs for o in s.cells("origin"))
    return said + (" " + tr("Origin by its papers: {origins}.", origins=origins) if origins else "")


def loop_said(loop: Sequence[int]) -> str:
    """That steps supply each other in a circle."""
    return tr(
        "Steps {steps} supply each other in a circle, so none of them is first: ask which lots went which way.",
        steps=", ".join(map(str, loop)),
    )


def party_roles(party: Party) -> str:
    """What a party does in the chain."""
    parts = []
    if party.made:
        parts.append(tr("makes or supplies, step {steps}", steps=", ".join(map(str, party.made))))
    if party.hands_on:
        parts.append(tr("hands on what it is supplied with, step {steps}", steps=", ".join(map(str, party.hands_on))))
    if party.takes:
        parts.append(tr("takes the shipment"))
    return "; ".join(parts)


def party_screened(party: Party) -> str:
    """What the screening says of a party: by its name."""
    if party.exposed is None:
        return tr("no match")
    if party.exposed.strength == "certain":
        return party.exposed.words
    return tr("possible match, to be decided: {why}", why=party.exposed.words)


def party_place(file: ShipmentFile, party: Party) -> str:
    """Where a party is, as files say; that they do not is said."""
    place = ", ".join(
        x for x in (file.known.addresses.get(party.party_id), file.known.countries.get(party.party_id)) if x
    )
    return place or tr("No file tells where it is; whether it is in the region is not known")


def leg_crossing(supply: Supply) -> str:
    """By which crossing a supply went."""
    return some(supply.cells("crossing")) or tr("no file names a crossing")


def paid_said(paid: Paid) -> str:
    """What was paid of what was billed."""
    row = paid.supply.first
    bill = str(row["document"] or tr("a supply without a number"))
    said = tr("{bill} of {supplier} to {buyer}: {state}", bill=bill, supplier=row["supplier"], buyer=row["buyer"],
              state=PAID[paid.state])  # fmt: skip
    amounts = paid_amounts(paid)
    payees = some(r["payee"] for r in paid.payments if r["payee_id"] != row["supplier_id"])
    to = tr("; paid to {payees}", payees=payees) if payees else ""
    return f"{said} ({amounts}){to}." if amounts else f"{said}{to}."


def paid_amounts(paid: Paid) -> str:
    """The two amounts; empty where neither is known."""
    parts = []
    if paid.billed is not None:
        parts.append(tr("billed {amount:,.2f} {currency}", amount=paid.billed, currency=paid.currency))
    if paid.paid is not None:
        parts.append(tr("paid {amount:,.2f} {currency}", amount=paid.paid, currency=paid.currency))
    return ", ".join(parts)


def amount_said(quantity: Measured | None) -> str:
    """A quantity, from the least to the most where these differ by more than rounding."""
    if quantity is None:
        return tr("not told in units that compare")
    if quantity.high - quantity.low <= _NEAR * max(quantity.high, _NEAR):
        return f"{_plain((quantity.low + quantity.high) / 2)} {quantity.unit}"
    return tr("{low} to {high} {unit}", low=_plain(quantity.low), high=_plain(quantity.high), unit=quantity.unit)


_NEAR = 0.05  # of a quantity: what moisture and rounding leave open, as in the rules of the balance


def _plain(value: float) -> str:
    return f"{float(f'{value:.6g}'):,.10g}"


def quantity_said(found: StepQuantities) -> str:
    """What came out of a step against what can come of what went in."""
    told = {"n": found.step, "out": amount_said(found.came_out)}
    told["into"] = "; ".join(f"{material or tr('goods')} {amount_said(q)}" for material, q in found.went_in)
    told["can"] = amount_said(found.can_come)
    told["most"] = told["can"] if found.can_come is None else tr("{most} {unit}", most=_plain(found.can_come.high),
                                                                 unit=found.can_come.unit)  # fmt: skip
    match found.verdict:
        case "raw":
            return tr("Step {n}: nothing into it is known; {out} came out.", **told)
        case "not_told":
            return tr("Step {n}: in {into}; out {out}. Quantities or yields do not compare: it is not judged.", **told)
        case "more":
            return tr("Step {n}: in {into}; out {out}. No more than {most} can come of it.", **told)
        case _:
            return tr("Step {n}: in {into}; out {out}. {can} can come of it.", **told)


def asking_of(asking: Asking) -> str:
    """Of what something is asked: the step, the file, the company."""
    if asking.step is not None:
        return tr("step {n}", n=asking.step)
    return tr("the company") if asking.row["of"] == "company" else tr("the file")


def asking_said(asking: Asking) -> str:
    """What is asked, and how much of it is there."""
    of = asking_of(asking)
    if not asking.gaps:
        return tr("{asks}, of {of}: there.", asks=asking.row["asks"], of=of)
    state = (
        tr("missing")
        if not asking.untold
        else tr("not told")
        if asking.untold == asking.gaps
        else tr("missing or not told")
    )
    much = tr(" {gaps} of {asked} times", gaps=asking.gaps, asked=asking.asked) if asking.asked > 1 else ""
    lacking = tr(": {lacking}", lacking=some(asking.lacking)) if asking.lacking else ""
    return tr("{asks}, of {of}: {state}{much}{lacking}.", asks=asking.row["asks"], of=of, state=state, much=much,
              lacking=lacking)  # fmt: skip


def paper_said(paper: NumberedPaper) -> str:
    """A paper in the index."""
    name = paper.paper.name or tr("without a number")
    said = tr("{name}, {sort}", name=name, sort=SORTS[paper.paper.sort])
    parts = [said, paper.paper.issuer, paper.paper.date or tr("no date")]
    if paper.shares_number:
        parts.append(tr("another paper has this number"))
    return "; ".join(p for p in parts if p) + "."


def compared_said(step: ComparedStep) -> str:
    """A step of two chains."""
    known = step.step or step.other
    assert known is not None
    more = tr(" More: {more}.", more=some(step.more)) if step.more else ""
    fewer = tr(" Fewer: {fewer}.", fewer=some(step.fewer)) if step.fewer else ""
    return tr("{party}, {goods}: {state}.{more}{fewer}", party=known.party, goods=known.goods or tr("goods"),
              state=_COMPARED[step.state], more=more, fewer=fewer)  # fmt: skip


def compared_whole(file: ShipmentFile) -> str:
    """What the comparison of two chains comes to."""
    if file.compared is None:
        return ""
    if file.compared.is_same:
        told = tr(
            "Every step of this chain is one of the chain of {name}, and made of the same.", name=file.compared.name
        )
    else:
        told = tr("This chain is not the chain of {name}: what differs is named.", name=file.compared.name)
    buyers = (
        tr(" The shipments are taken by {buyers}.", buyers=some(file.compared.buyers)) if file.compared.buyers else ""
    )
    return told + buyers + tr(" What CBP decided on that shipment is in no file here: give its entry with the request.")


def clock_said(row: Mapping[str, Any]) -> str:
    """A day of the clock."""
    over = tr(", passing over {skipped}", skipped="; ".join(row["skipped"])) if row["skipped"] else ""
    length = counted(row["days"] or row["months"], "day" if row["days"] else "month")
    kind = tr("working") if row["day_kind"] == "working" else tr("calendar")
    return tr("{step}: {due}; {length} ({kind}) from {start}{over}. {rule}", step=row["step"], due=row["due"],
              length=length, kind=kind, start=row["counted_from"], over=over, rule=row["rule"])  # fmt: skip


def duty_said(row: Mapping[str, Any]) -> str:
    """A rule of the European Union, and whether it binds."""
    return tr("{name} ({measure}): {said}. {text}", name=row["name"], measure=row["measure_id"], said=row["said"],
              text=row["text"])  # fmt: skip


def no_clock() -> str:
    """That no clock is counted."""
    return tr(
        "On which day the goods were presented to CBP, in a state to be examined, is in no file of supply: no day is "
        "counted. Give it with --presented."
    )


def party_said(file: ShipmentFile, party: Party) -> str:
    """A party with its roles, its place and its screening."""
    return tr(
        "{name}: {roles}. {place}. Screened as of {day}: {screened}.",
        name=party.name,
        roles=party_roles(party),
        place=ended(party_place(file, party)),
        day=file.asked.day,
        screened=ended(party_screened(party)),
    )


def leg_said(file: ShipmentFile, step: Step, supply: Supply) -> str:
    """A leg of transport."""
    row = supply.first
    papers = [p for p in file.papers.of_supply(supply) if p.paper.sort == "transport"]
    named = some(f"{p.number} {p.paper.name}" for p in papers) or tr("no paper of transport is told")
    return tr("{goods} from {supplier} (step {step}) to {buyer}, {date}; {papers}; {crossing}.",
              goods=row["material"] or tr("goods"), supplier=row["supplier"], step=step.number, buyer=row["buyer"],
              date=row["date"] or tr("no date"), papers=named, crossing=leg_crossing(supply))  # fmt: skip


def paid_status(paid: Paid) -> str:
    """What a payment is of the statuses of a line."""
    return {IN_FULL: "there", UNPAID: "missing", NOT_COMPARED: "not_told", IN_PART: "missing"}.get(paid.state, "fault")


def untranslated_said(paper: NumberedPaper) -> str:
    """That a translation is missing."""
    return tr(
        "{number} {name}: translation missing.", number=paper.number, name=paper.paper.name or tr("without a number")
    )


def aside_said(paper: Paper, why: str) -> str:
    """A paper that is set aside, and why."""
    name = paper.name or tr("without a number")
    return tr("{name} of {issuer}: {why}.", name=name, issuer=paper.issuer or tr("nobody named"), why=ASIDE[why])


def list_said(row: Mapping[str, Any]) -> str:
    """What a list held that was screened.

    Args:
        row: of COVERAGE.
    """
    dated = (
        tr("version of {version}", version=row["version"])
        if row["version"]
        else tr("last change held {day}", day=row["list_as_of"] or tr("not known"))
    )
    return tr(
        "{list_id}, {dated}, as of {day}: {sentence}; {count:,} names searched; sha256 {sha256}",
        list_id=row["list_id"],
        dated=dated,
        day=row["as_of"],
        sentence=row["sentence"],
        count=row["names_held"],
        sha256=row["sha256"],
    )


def input_said(row: Mapping[str, Any]) -> str:
    """A file of which the dossier is made.

    Args:
        row: of the files of supply or of owners.
    """
    return tr("{file}, sha256 {sha256}", file=row["file"], sha256=row["sha256"])
