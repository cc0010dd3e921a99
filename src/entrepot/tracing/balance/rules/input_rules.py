"""Inputs: what was used, or what a bill of material asks for, was supplied by somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import amount
from entrepot.tracing.balance.fault import Fault
from entrepot.tracing.balance.unsupplied_inputs import input_said, unsupplied_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.tracing.balance.books import Books
    from entrepot.tracing.balance.unsupplied_inputs import Unsupplied

_USED = marked("Ask the maker for the invoice and the paper of transport of this input, or for the lot that was meant.")
_ASKED_FOR = marked("Ask the maker who supplies it, and for the invoice; or for the name under which it was supplied.")


def input_faults(books: Books) -> Iterator[Fault]:
    """Inputs that nobody is on record as supplying, of makers to whom some supply is on record.

    A maker without any is where the chain is not known further, which is no fault of papers.
    """
    for one in unsupplied_inputs(books):
        if one.has_supplies:
            yield _fault(one)


def _fault(one: Unsupplied) -> Fault:
    subject = tr("{what} of {who}", what=one.row["material"] or tr("lot {lot}", lot=one.row["lot"]), who=one.maker)
    reason = tr("Nobody is on record as supplying {what}.", what=input_said(one))
    if one.is_used:
        basis = (tr("records of making against supplies"),)
        return Fault("input_not_supplied", subject, reason, _USED, [one.row], amount(one.row), basis=basis)
    basis = (tr("bills of material against supplies"),)
    return Fault("input_not_supplied", subject, reason, _ASKED_FOR, [one.row], basis=basis)
