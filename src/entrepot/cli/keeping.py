"""Keeping what was shown, so that `entrepot explain ID` opens it later; never at the cost of the result itself.

A store that the person named must be usable: that is checked before the work. One that nobody named must not stand
in the way. Once the work is done its result is worth more than the store: what cannot be kept is said.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from entrepot.core import store
from entrepot.core.errors import StoreError, StoreLockedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.core.store import Connection


def check_store(given: str | None) -> None:
    """Before the work: refuse a named store that cannot be used. One that is only busy may be free by the end.

    Raises:
        StoreError: the store that was named cannot be used.
    """
    if store.is_named(given):
        with suppress(StoreLockedError), store.opened(store.location(given), wait=0):
            pass


def keep(given: str | None, put: Callable[[Connection], None]) -> None:
    """After the work: keep rows by `put`, or say on stderr that they are not kept."""
    try:
        with store.opened(store.location(given)) as con:
            put(con)
    except StoreError as exc:
        click.echo(f"Warning: not kept for `entrepot explain`: {exc}", err=True)
