"""The verb: which duties of diligence a company has on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep
from entrepot.measures.duties import company as said
from entrepot.measures.duties.owed import owed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.desk.keeping import Store

_NOT_ADVICE = marked(
    "Not legal advice. `verified` says how well each rule is; `doubts` what is not known of its measure."
)
_ONLY = marked("Held against the company are the rules on record, and no others: other states have acts of their own.")


def duties(
    *,
    seat: str | None = None,
    branch_in: Sequence[str] = (),
    employees: float | str | None = None,
    employees_in: Sequence[str] = (),
    turnover: str | None = None,
    turnover_eu: str | None = None,
    sells_in: Sequence[str] = (),
    imports_to: Sequence[str] = (),
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """Tell which duties of diligence a company has on a day, rule by rule; what is not said is not known.

    Args:
        seat: country of the seat.
        branch_in: countries with a branch.
        employees: how many in the whole world.
        employees_in: how many in a country or group, each PLACE=N.
        turnover: of a year in the whole world, CURRENCY:AMOUNT; nothing is converted.
        turnover_eu: the same in the European Union.
        sells_in: countries and groups in which it sells; what is said is taken to be all.
        imports_to: likewise, to which it imports.
        as_of: the day; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `duties`, one row a rule; they are kept in the store for `explain`.

    Raises:
        BadInputError: a country, a number or an amount that is none, or more in a part than in the whole.
    """
    check_store(store)
    money = {"": turnover, "EU": turnover_eu}
    company = said.Company(
        seat=None if seat is None else said.place(seat, "--seat"),
        branch_in=said.places(branch_in, "--branch-in"),
        employees=said.counts(employees_in, "--employees-in")
        | ({} if employees is None else {"": said.count(employees, "--employees")}),
        turnover={p: said.money(text, _option(p)) for p, text in money.items() if text is not None},
        sells_in=said.places(sells_in, "--sells-in"),
        imports_to=said.places(imports_to, "--imports-to"),
    )
    company.refuse_contradictions()
    rows = owed(company, day_of(as_of))
    not_kept = keep(store, lambda con: stores.keep_shown(con, "duties", "duty_id", rows))
    return Answer(rows, (*not_kept, tr(_ONLY), tr(_NOT_ADVICE)))


def _option(place: str) -> str:
    return f"--turnover-{place.lower()}" if place else "--turnover"
