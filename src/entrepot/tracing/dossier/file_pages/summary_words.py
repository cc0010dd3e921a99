"""What the summary of a dossier says, sentence by sentence: any amount first, the share of input, what is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.tracing.balance.unsupplied_inputs import input_said
from entrepot.tracing.dossier.file_pages.file_words import ASIDE, ended, leg_crossing, some
from entrepot.tracing.dossier.numbered_papers import MAYBE_ONE_FIRM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.tracing.dossier.set_aside import SetAside
    from entrepot.tracing.dossier.shipment_file import LeftOut, ShipmentFile

_INPUTS = 4  # told whole in a sentence: each has its quantity, its maker and its row


def any_amount(file: ShipmentFile) -> str:
    """Whether papers lead from a listed party or the region to the shipment: the first sentence."""
    day, parts = file.asked.day, []
    if file.touches == "yes":
        if file.sure:
            named = some(tr("{name} ({why})", name=p.name, why=p.exposed.words) for p in file.sure if p.exposed)
            parts.append(tr("Papers lead to parties that are listed or in the region: {named}.", named=named))
        if file.from_region:
            of = some(
                tr("{material} of step {step}, origin {origin}", material=s.first["material"] or tr("goods"), step=n,
                   origin=some(s.cells("origin")))
                for n, s in file.from_region
            )  # fmt: skip
            parts.append(tr("Papers name an origin in the region: {of}.", of=of))
        begin = tr("Any amount counts, and there is some by these papers.")
    elif file.touches == "cannot_be_excluded":
        begin = tr("Any amount counts, and it cannot be excluded.")
        if file.possible:
            named = some(tr("{name} ({why})", name=p.name, why=p.exposed.words) for p in file.possible if p.exposed)
            parts.append(tr("A party may be a listed one: {named}.", named=named))
        if file.open_ends:
            steps = some(file.open_ends)
            parts.append(
                tr(
                    "Nothing is known above step {steps}, and papers name no origin that lies outside of the region.",
                    steps=steps,
                )
            )
        if file.unplaced_steps:
            parts.append(
                tr(
                    "No file tells where steps {steps} are made, and papers name no origin of their goods that lies "
                    "outside of the region.",
                    steps=some(file.unplaced_steps),
                )
            )
    else:
        begin = tr("Any amount counts; by what was loaded no paper leads to any.")
        parts.append(tr("No party of the chain matches, and every raw material names an origin outside of the region."))
        if any(row["touches"] == "yes" for row in file.shares.rows):
            parts.append(tr("Other supplies of the same goods are reached: see the share of input."))
    parts += _unsupplied(file)
    if file.set_aside:
        named = some(way_in_short(one) for one in file.set_aside)
        parts.append(tr("Kept out of this chain by nothing but the makers' own records of lots: {named}.", named=named))
    parts.append(tr("Screened as of {day}; no match is not the same as not listed.", day=day))
    return " ".join([begin, *parts])


def _unsupplied(file: ShipmentFile) -> list[str]:
    """What nobody is on record as supplying and may be of the region, that whose own row says so first."""
    if not file.used_from_anywhere:
        return []
    named = file.used_from_region
    named = [*named, *(one for one in file.used_from_anywhere if one not in named)]
    told = [tr("step {step}, {input}", input=input_said(u), step=n) for n, u in named]
    more = tr("; {count} more in the table", count=len(told) - _INPUTS) if len(told) > _INPUTS else ""
    said = tr("Nobody is on record as supplying: {told}{more}.", told="; ".join(told[:_INPUTS]), more=more)
    return [said]


def way_in_short(one: SetAside) -> str:
    """Where a way that was set aside begins and ends."""
    first, last = one.way[0].first, one.way[-1].first
    return tr("{material} of {supplier}, to {buyer} (step {steps})", material=first["material"] or tr("goods"),
              supplier=first["supplier"], buyer=last["buyer"], steps=some(one.steps))  # fmt: skip


def way_said(one: SetAside) -> str:
    """A way that was set aside, link by link."""
    links = [
        tr("{material} from {supplier} to {buyer}, {date}, {papers}, crossing: {crossing}",
           material=s.first["material"] or tr("goods"), supplier=s.first["supplier"], buyer=s.first["buyer"],
           date=s.first["date"] or tr("no date"), papers=some(s.cells("document")), crossing=leg_crossing(s))
        for s in one.way
    ]  # fmt: skip
    return tr(
        "Set aside, for records of making of step {steps} name other lots: {links}. That none of it is in the goods "
        "rests on those records alone.{more}", steps=some(one.steps), links="; ".join(links),
        more=tr(" {count} more of its supplies lead there so.", count=one.more) if one.more else "",
    )  # fmt: skip


def share_said(row: Mapping[str, Any]) -> str:
    """What part of goods comes from listed parties or the region, by `trace`."""
    goods, party, low = row["product"] or tr("goods"), row["party"], row["low_percent"]
    if low == row["likely_percent"] == row["high_percent"] and not row["untraced_percent"]:
        return tr("{goods} of {party}: {share:.4g} %, all of it traced", goods=goods, party=party, share=low)
    likely = tr("likely not told") if row["likely_percent"] is None else tr(
        "likely {likely:.4g} %", likely=row["likely_percent"])  # fmt: skip
    return tr(
        "{goods} of {party}: {low:.4g} to {high:.4g} %, {likely}; not traced up to {untraced:.4g} %",
        goods=goods, party=party, low=low, high=row["high_percent"],
        likely=likely, untraced=row["untraced_percent"],
    )  # fmt: skip


SHARES_REST = marked(
    "Of all that was supplied by the day, this shipment and others, whatever the lot. A share ranks and "
    "excuses nothing, for any amount counts."
)


def left_out(file: ShipmentFile) -> str:
    """How many parties supply a step of the chain and are in none of it, and which of them were found; else empty."""
    parties = file.left_out
    if not parties:
        return ""
    found = [p for p in parties if p.is_found]
    told = some(
        tr("{name} ({why})", name=p.name, why=p.exposed.words if p.exposed else tr("its papers name an origin there"))
        for p in found
    )
    return tr(
        "Suppliers of steps of this chain that are in none of it, for their supplies came after it or handed over "
        "other lots: {parties}. Listed or in the region, or that may be so: {count}{told}.",
        parties=len(parties),
        count=len(found),
        told=f": {told}" if told else "",
    )


def left_out_said(file: ShipmentFile, party: LeftOut) -> str:
    """A party whose supplies are in none of the chain, with its screening."""
    return tr(
        "{name}: {role}. Screened as of {day}: {screened}.",
        name=party.name,
        role=left_out_role(party),
        day=file.asked.day,
        screened=ended(left_out_screened(party)),
    )


def left_out_role(party: LeftOut) -> str:
    """That a party supplies a step, and why it is in none of the chain."""
    return tr("supplies a step, and is in no part of the chain: {why}", why="; ".join(ASIDE[w] for w in party.why))


def left_out_screened(party: LeftOut) -> str:
    """What the screening, or an origin, says of a party that is in none of the chain."""
    if party.exposed is None:
        return tr("its papers name an origin in the region") if party.from_region else tr("no match")
    if party.exposed.strength == "certain":
        return party.exposed.words
    return tr("possible match, to be decided: {why}", why=party.exposed.words)


def contradicts(file: ShipmentFile) -> str:
    """That papers stand against what is requested; empty where none does."""
    if file.asked.request == "applicability" and file.touches == "yes":
        return tr(
            "Papers of this file stand against the request: they lead to such an input. An applicability review that "
            "leaves them unanswered does not show that the Act does not apply."
        )
    if file.asked.request == "exception" and file.touches == "no":
        return tr("By these papers no such input is there: whether an exception is the right request is to be asked.")
    return ""


def counts(file: ShipmentFile) -> str:
    """How many steps, papers, things asked and gaps there are."""
    asked = sum(a.asked for a in file.asking)
    there = sum(a.there for a in file.asking)
    maybe = sum(why == MAYBE_ONE_FIRM for _, why in file.papers.aside)
    open_ = ntr(
        maybe,
        "{count} paper that is set aside names a firm that may be one of this chain's: confirm it or split it in "
        "entrepot supply parties.",
        "{count} papers that are set aside name firms that may be of this chain: confirm or split them in entrepot "
        "supply parties.",
    )
    said = tr(
        "{steps}; {given} given: {numbered:,} numbered to the chain, {aside:,} set aside. Things asked of it: "
        "{asked:,}; {there:,} there, {gaps:,} not.",
        steps=counted(len(file.chain.steps), "step"),
        given=counted(file.papers.given, "paper"),
        numbered=len(file.papers.papers),
        aside=len(file.papers.aside),
        asked=asked,
        there=there,
        gaps=asked - there,
    )
    return f"{said} {open_}" if maybe else said
