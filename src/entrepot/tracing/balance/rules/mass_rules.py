"""Mass balance: what went into a step, times its yield, against what came out; what a party bought and sold."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import amount, amounts, folded, stage_of, steps_of
from entrepot.tracing.balance.dealt_rows import chosen_by, dealt, key, met, that, told
from entrepot.tracing.balance.fault import TOLERANCE, Fault, documents_of, shown
from entrepot.tracing.balance.quantity_range import Measured, measured, total
from entrepot.tracing.balance.yields import Yield, stage, yield_between

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row

_MORE = marked(
    "Ask for the record of what else went in, or for a corrected quantity: out of this input no more can come."
)
_LESS = marked("Ask where the rest of the input went: stock, waste and by-products have records of their own.")
_BOUGHT = marked("Ask for the invoices of what else it bought, and for its opening stock, or for a corrected quantity.")


def mass_faults(books: Books, unjudged: Counter[str]) -> Iterator[Fault]:
    """Steps, and parties without records of making, of which more came out than can, or less than must.

    Args:
        books: what was loaded.
        unjudged: why a step cannot be judged, and how often.
    """
    for (lots,) in dealt((told(books.lots, "step"), ("party_id", "step"))):
        for (_, step), rows in steps_of(lots).items():
            used, made = ([r for r in rows if r["act"] == act] for act in ("used", "made"))
            if used and made:
                yield from _step(books, step, used, made, unjudged)
    made_or_used = that(books.lots, chosen_by(books.lots, "act", {"used", "made"}.__contains__))
    makers = key(told(made_or_used, "step"), ("party_id",))
    by_product, by_material = ("buyer_id", "product"), ("supplier_id", "material")
    into = met(told(books.links, "product"), by_product, books.links, by_material)
    sold = met(that(books.links, ~np.isin(key(books.links, ("supplier_id",)), makers)), by_material, into, by_product)
    for inputs, outputs in dealt((into, by_product), (sold, by_material)):
        yield from _parties(books, inputs, outputs, unjudged)


def _step(books: Books, step: str, used: list[Row], made: list[Row], unjudged: Counter[str]) -> Iterator[Fault]:
    makes = {stage_of(r) or folded(r["material"]) for r in made}
    for product in sorted(makes):
        outputs = [r for r in made if (stage_of(r) or folded(r["material"])) == product]
        found = _between(books, used, outputs, unjudged)
        if found is None:
            continue
        given, (made_of, basis) = found
        out = total([m for r in outputs if (m := amount(r)) is not None])
        if out is None:
            continue
        who = outputs[0]["party"] or tr("a maker that is not named")
        subject = tr("{step} of {who}", step=step, who=who)
        said = tr(
            "{shown} of {material} by {documents_of}",
            shown=shown(out),
            material=outputs[0]["material"],
            documents_of=documents_of(outputs),
        )
        papers = documents_of(made_of)
        of = (
            tr("out of what {papers} says was used", papers=papers)
            if len(made_of) == 1
            else tr("out of what {papers} say was used", papers=papers)
        )
        if out.low > given.high * (1 + TOLERANCE):
            reason = tr(
                "{who} made {said}; {of} no more than {high:,.6g} {unit} can come.",
                who=who,
                said=said,
                of=of,
                high=given.high,
                unit=given.unit,
            )
            yield Fault("more_made_than_possible", subject, reason, _MORE, [*outputs, *made_of], out, given, basis)
        elif given.low > 0 and out.high < given.low * (1 - TOLERANCE) and len(makes) == 1:
            reason = tr(
                "{who} made {said}; {of} at least {low:,.6g} {unit} must come.",
                who=who,
                said=said,
                of=of,
                low=given.low,
                unit=given.unit,
            )
            yield Fault("less_made_than_expected", subject, reason, _LESS, [*outputs, *made_of], out, given, basis)


def _between(
    books: Books, used: Sequence[Row], outputs: Sequence[Row], unjudged: Counter[str]
) -> tuple[Measured, tuple[list[Row], tuple[str, ...]]] | None:
    """What inputs can give of a product; None where it cannot be judged, which is counted."""
    said = amounts(outputs)
    if said is None or (out := total(said)) is None:
        unjudged[tr("quantities of what was made that are not said, or in units that do not convert")] += 1
        return None
    given: list[Measured] = []
    rows, basis, others = [], dict[str, None](), 0
    of_bill: dict[str, list[Measured]] = defaultdict(list)
    for row in used:
        bill = by_bill_of(books, row, outputs[0])
        made_of = bill or _by_stages(row, outputs[0])
        if made_of is None:
            others += 1
            continue
        quantity = amount(row)
        if quantity is None or made_of.input_unit not in {"", quantity.unit}:
            unjudged[tr("inputs whose quantity is not said, or in a unit that does not convert")] += 1
            return None
        some = given if bill is None else of_bill[folded(row["material"])]
        some.append(quantity.times(made_of.low, made_of.high, made_of.output_unit or quantity.unit))
        rows.append(row)
        basis |= dict.fromkeys(made_of.basis)
    sums = least_of(of_bill.values(), given)
    if sums is None or sums.unit != out.unit:
        unjudged[tr("steps of which no yield is on record, or in units that do not convert")] += 1
        return None
    if others:  # what it does not know may have gone into it, for the most; for the least it takes nothing away
        unjudged[tr("steps with inputs of which no yield is on record: only the least is judged")] += 1
        sums = Measured(sums.low, float("inf"), sums.unit)
    return sums, (rows, tuple(basis) or (tr("conservation of mass"),))


def least_of(by_bill: Iterable[Sequence[Measured]], by_yield: Sequence[Measured]) -> Measured | None:
    """What inputs give together: each material of a bill is needed, so that the scarcest binds; the rest add up.

    Args:
        by_bill: by material of a bill, what each of its rows gives.
        by_yield: what other inputs give.
    """
    sums = [total(list(some)) for some in (*by_bill, by_yield) if some]
    known = [m for m in sums if m is not None]
    if not known or len(known) < len(sums) or len({m.unit for m in known}) > 1:
        return None
    return Measured(min(m.low for m in known), min(m.high for m in known), known[0].unit)


def by_bill_of(books: Books, before: Row, after: Row) -> Yield | None:
    """What a unit of a material gives of a product by its bill of material; None where none of the maker's has both."""
    maker = after.get("party_id") or after.get("supplier_id")
    for recipe in books.recipes_of(after["material"], before["material"]):
        out = measured(recipe["product_quantity"], recipe["product_unit"] or "EA")
        into = measured(recipe["quantity"], recipe["unit"])
        if recipe["maker_id"] in {None, maker} and out is not None and into is not None:
            ratio = ((out.low + out.high) / 2) / ((into.low + into.high) / 2)
            basis = tr("bill of material {document}", document=recipe["document"] or recipe["product"])
            return Yield(ratio * (1 - TOLERANCE), ratio * (1 + TOLERANCE), into.unit, out.unit, (basis,))
    return None


def _by_stages(before: Row, after: Row) -> Yield | None:
    """The same by the stages of both."""
    one, other = stage_of(before), stage_of(after)
    if one is None or other is None:
        same = folded(before["material"]) == folded(after["material"])
        return Yield(0.0, 1.0, "", "", ()) if same and before["material"] else None
    return yield_between(one, other)


def _parties(books: Books, into: Sequence[Row], out_of: Sequence[Row], unjudged: Counter[str]) -> Iterator[Fault]:
    """Parties of whom only supplies are known: what they sold of a product against what they bought for it."""
    bought, sold = defaultdict(list), defaultdict(list)
    for row in into:
        bought[row["buyer_id"], folded(row["product"])].append(row)
    for row in out_of:
        sold[row["supplier_id"], folded(row["material"])].append(row)
    for (party, product), outputs in sorted(sold.items()):
        inputs = bought.get((party, product))
        if not inputs or stage(product) is None:
            continue
        found = _between(books, inputs, outputs, unjudged)
        said = amounts(outputs)
        out = total(said) if said else None
        if found is None or out is None:
            continue
        given, (made_of, basis) = found
        if out.low > given.high * (1 + TOLERANCE):
            who = outputs[0]["supplier"]
            reason = tr(
                "{who} supplied {shown} of {material} by {documents_of}; out of what it bought for it "
                "by {documents_of_2} no more than {high:,.6g} {unit} can come.",
                who=who,
                shown=shown(out),
                material=outputs[0]["material"],
                documents_of=documents_of(outputs),
                documents_of_2=documents_of(made_of),
                high=given.high,
                unit=given.unit,
            )
            rows = [*outputs, *made_of]
            yield Fault(
                "more_supplied_than_made",
                tr("{product} of {who}", product=product, who=who),
                reason,
                _BOUGHT,
                rows,
                out,
                given,
                basis,
            )
