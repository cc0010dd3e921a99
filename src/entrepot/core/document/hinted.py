"""A note that also tells a person at a terminal what to type, and knows what is left of it where nobody types.

It is a text like any other note; a page of the server shows `plain`, and takes no sentence apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class Hinted(str):
    """A note with a hint of the command line.

    Attributes:
        plain: the same without the hint; empty where nothing else is said.
    """

    __slots__ = ("plain",)
    plain: str

    def __new__(cls, said: str, plain: str = "") -> Self:
        """A note as a terminal shows it, and what of it a page does."""
        made = super().__new__(cls, said)
        made.plain = plain
        return made


def hinted(plain: str, hint: str) -> Hinted:
    """A note of one or more sentences, and a sentence more for who can type."""
    return Hinted(f"{plain} {hint}" if plain else hint, plain)


def on_page(note: str) -> str:
    """What a page shows of a note."""
    return note.plain if isinstance(note, Hinted) else note
