"""Notes of a verb as a page says them: without what to type, for on a page nobody types a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.document.hinted import on_page
from entrepot.core.errors import printable
from entrepot.core.words.translate import retold, speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from entrepot.core.errors import EntrepotError


def for_page(notes: Iterable[str]) -> list[str]:
    """The notes that have something to tell on a page; what they count and warn of is kept.

    Args:
        notes: of a verb, each one or more sentences.
    """
    return [said for note in notes if (said := on_page(note))]


def error_for_page(exc: EntrepotError) -> str:
    """What a page says of what a verb refuses: as a terminal does, but for what to type.

    Args:
        exc: the error.
    """
    said, remedy = str(exc), exc.remedy
    plain = on_page(remedy)
    return said if plain == remedy else f"{said.removesuffix(printable(remedy))}{printable(plain)}"


def telling(language: str) -> Callable[[str], str]:
    """What tells a sentence of a verb again, which was made and is kept in English, in the language of a page.

    Args:
        language: that of the page, which is not the one that the verb spoke.
    """

    def told(said: str) -> str:
        with speaking(language):
            return retold(said)

    return told
