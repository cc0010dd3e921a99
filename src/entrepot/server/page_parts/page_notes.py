"""Notes of a verb as a page says them: without what to type, for on a page nobody types a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.document.hinted import on_page

if TYPE_CHECKING:
    from collections.abc import Iterable


def for_page(notes: Iterable[str]) -> list[str]:
    """The notes that have something to tell on a page; what they count and warn of is kept.

    Args:
        notes: of a verb, each one or more sentences.
    """
    return [said for note in notes if (said := on_page(note))]
