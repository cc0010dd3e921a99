"""What a dossier asks of other rooms: the books known on a day, the screening, the clock, the rules of the Union."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day
from entrepot.core.words.translate import tr
from entrepot.desk.duties import duties
from entrepot.desk.keeping import folder
from entrepot.desk.measures import clock
from entrepot.desk.supply_asked import Given, supply_asked
from entrepot.desk.supply_balance import held_books
from entrepot.desk.supply_parties import proposed_with
from entrepot.ownership import kept_links
from entrepot.tracing.dossier.shipment_file import Known, RestsOn
from entrepot.tracing.link_columns import parties
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.placed_parties import with_facilities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.desk.keeping import Store
    from entrepot.tracing.balance.books import Books, Row

_UNION = "EU"  # jurisdiction of the rules of the European Union, as measures have it


class BooksByDay(NamedTuple):
    """What was loaded: what is known on the day, and what is of later days."""

    known: Books
    later: Books


def books_by_day(store: Store, day: date) -> BooksByDay:
    """What a store holds of supply, parted by a day; a row without a day is known.

    Raises:
        BadInputError: no supplies are held.
    """
    books = held_books(folder(store))
    if not (books.links or books.declarations):
        raise BadInputError(
            tr("no supplies are held"), remedy=tr("Load some: entrepot supply load FILE, or --as shipments.")
        )

    def parted(rows: Sequence[Row], *, is_known: bool) -> list[Row]:
        return [r for r in rows if (not r["date"] or first_day(r["date"]) <= day) == is_known]

    def of(is_known: bool) -> Books:  # noqa: FBT001 - one of two
        return replace(
            books,
            links=parted(books.links, is_known=is_known),
            declarations=parted(books.declarations, is_known=is_known),
            lots=parted(books.lots, is_known=is_known),
            payments=parted(books.payments, is_known=is_known),
            papers=parted(books.papers, is_known=is_known),
            recipes=books.recipes if is_known else [],
            facilities=books.facilities if is_known else [],
        )

    return BooksByDay(of(True), of(False))


def known_of(given: Given, books: Books, presented: str | date | None, company: Mapping[str, Any]) -> Known:
    """What other rooms know of the parties, the days and the company.

    Args:
        given: what a person gave of the screening.
        books: what is known on the day.
        presented: when the goods were presented to CBP; None where it is not said.
        company: what is said of the company, as `duties` takes it.

    Raises:
        UnknownNameError: no such list or region.
        BadInputError: a day or a fact of the company that cannot be.
    """
    # Who falls under a listing by its owners is asked as soon as owners are on record: nobody is to think of it.
    place = folder(given.store)
    owned = bool(kept_links.KEPT.files(place))
    held = supply_asked(None, everything=True, given=given._replace(with_ownership=owned))
    who = with_facilities(parties(held.asked.links), books.facilities).to_pylist()
    days = [] if presented is None else clock(presented, store=given.store).to_pylist()
    rules = duties(**company, as_of=held.asked.day, store=given.store).to_pylist()
    return Known(
        held.asked.exposed,
        held.asked.origins,
        {p["id"]: p["address"] for p in who if p["address"]},
        {p["id"]: p["country"] for p in who if p["country"]},
        tuple(held.notes),
        held.asked,
        days,
        [r for r in rules if r["jurisdiction"] == _UNION],
        RestsOn(held.lists, held.rule, (*kept_supply.KEPT.files(place), *kept_links.KEPT.files(place))),
        proposed_with(place),
    )
