"""Who a person is, by the name that they give: two spellings of one name are one person, who counts once."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from entrepot.decisions.ledger.entry import print_of

if TYPE_CHECKING:
    from entrepot.decisions.ledger.entry import Entry

# Formats, controls, private and unassigned characters, half pairs: nobody sees them in a name.
_UNSEEN = frozenset(("Cf", "Cc", "Co", "Cn", "Cs"))
# Further ones that no font draws (Default_Ignorable_Code_Point): the grapheme joiner, fillers of Hangul, selectors.
_UNDRAWN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(map(chr, range(0xFE00, 0xFE10)))


def person(name: str) -> str:
    """A name as it is compared: without what the eye does not see, nor case, width, form, signs or number of blanks.

    Args:
        name: as a person typed it.
    """
    said = _as_read(name)
    # A. Clerk and a clerk are one; a name of signs alone is what it is, or all such names would be one person.
    return " ".join("".join(" " if unicodedata.category(c)[0] == "P" else c for c in said).split()) or said


def _as_read(name: str) -> str:
    """A name with its signs: what prints of earlier releases are of."""
    # A tab or a line break is a blank, and a control character too: the words are parted before these are left out.
    words = " ".join(unicodedata.normalize("NFKC", name).split())
    seen = "".join(c for c in words if c not in _UNDRAWN and unicodedata.category(c) not in _UNSEEN)
    # Small letters of a composed one may be decomposed again.
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())


def who(name: str, key: bytes) -> str:
    """The print of a person, as the body of an entry has it.

    Args:
        name: as they typed it.
        key: of the ledger.
    """
    return print_of(["who", person(name)], key)


def prints_of(entry: Entry, key: bytes) -> frozenset[str]:
    """Prints by which the person of an entry may be met in others: two entries are one person's where they share one.

    The body's own, and of their name, while it is there, as it is compared now and with its signs: bodies of earlier
    releases tell two spellings apart, and a name that was taken out left the print of that day.

    Args:
        entry: of the ledger.
        key: of the ledger.
    """
    name, own = entry.fields.get("by"), str(entry.said["who"])
    return frozenset((own,) if name is None else (own, who(name, key), print_of(["who", _as_read(name)], key)))
