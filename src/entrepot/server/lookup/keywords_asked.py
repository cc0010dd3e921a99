"""Keywords in the address of a request that looks entities up: what nobody would heed is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.server.refusal import UNREADABLE, UNUSABLE, RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from starlette.datastructures import QueryParams


# What yente filters or orders by, in any of its routes: an answer without it would be another one.
_CHANGING = {
    "changed_since",
    "countries",
    "datasets",
    "exclude_dataset",
    "exclude_entity_ids",
    "exclude_schema",
    "include_dataset",
    "sort",
    "target",
    "topics",
}
_ALL_THERE_IS = {"target": {"true", "1", "yes", "on"}, "algorithm": {"best", "entrepot"}}  # said so, they are heeded
_HEADER = "x-entrepot-unheeded"
_LONGEST = 500  # characters of the header: names are words


def refuse_others(given: QueryParams, taken: Collection[str]) -> None:
    """Refuse keywords that a route of ours does not take, or that stand twice.

    Args:
        given: of the address.
        taken: what the route takes.

    Raises:
        UnknownNameError: another keyword.
        RefusedError: a keyword is said twice.
    """
    for name in given:
        if name not in taken:
            raise UnknownNameError(tr("keyword of {verb}", verb="screen/stream"), name, taken)
        if len(given.getlist(name)) > 1:
            raise RefusedError(UNUSABLE, tr("{name} was sent twice", name=name), remedy=tr("Send it once."))


def refuse_of_screen(given: QueryParams) -> None:
    """Refuse what `screen` takes where another program's form takes it not: an answer without it would be another one.

    What only other programs know is passed over, as they pass it over themselves.

    Args:
        given: of the address.

    Raises:
        RefusedError: a keyword of `screen`.
    """
    from entrepot.server.verbs.verb_form import verb_form

    if named := [name for name in given if name in verb_form("screen").fields]:
        remedy = tr("Leave it out, or send the parties to POST /v1/screen.")
        raise RefusedError(UNUSABLE, tr("a keyword that is not heeded here"), found=", ".join(named), remedy=remedy)


def unheeded(given: QueryParams, taken: Collection[str]) -> Mapping[str, str]:
    """The header that names what a route of yente's does not heed, for its clients send what only yente knows.

    Args:
        given: of the address.
        taken: what the route heeds.

    Returns:
        The header; nothing where all is heeded.

    Raises:
        RefusedError: a filter or an order that the route does not heed.
    """
    said = {n: v for n, v in given.multi_items() if v and v.casefold() not in _ALL_THERE_IS.get(n, ())}
    left = [n for n in said if n not in taken]
    if named := [n for n in left if n in _CHANGING]:
        thing = tr("a filter that is not kept here")
        raise RefusedError(UNREADABLE, thing, found=", ".join(named), remedy=tr("Leave it out."))
    return {_HEADER: quote(", ".join(left), safe=", ")[:_LONGEST]} if left else {}
