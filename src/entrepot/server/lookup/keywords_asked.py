"""Keywords in the address of a request that looks entities up: what nobody would heed is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.server.refusal import UNUSABLE, RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.datastructures import QueryParams


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
