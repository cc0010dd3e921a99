"""Listed names that a party meets in full or not at all: ships, and what a person is called in one word.

A name is a part of many others, and most of those are other parties'. A firm's name is shortened as its writer likes; a
ship is called by what is painted on it, and a person of whom a list has a first name alone has a longer name beside it.
See docs/design/04-screening.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import is_translation, says_more

if TYPE_CHECKING:
    from entrepot.lists.listed_name import ListedName
    from entrepot.screening.cases.entries import Entries


# Letters of a ship's one word from which one may be wrong: of five, a fifth is. TMAR, a label, met the ship TAMAR.
_LEAST_WITH_A_SLIP = 6


def is_met_in_part(name: str, listed: ListedName, known: Entries) -> bool:
    """Whether a name meets a listed one that holds in full only, and does not meet it so.

    Args:
        name: what the party's cell says, or a part of it.
        listed: a name that it meets.
        known: what the lists say of entities.
    """
    if listed.party == "vessel":
        ship = listed.text
        is_other = is_translation(name, ship) or says_more(name, ship) or _is_chinese_firm(name, ship)
        return is_other or _is_another_short_word(name, ship)
    return listed.party == "person" and _has_longer(listed, known) and says_more(name, listed.text, "person")


def _is_another_short_word(name: str, ship: str) -> bool:
    """Whether both are one short word, and not the same: with a letter wrong it is another ship's, or a trade mark."""
    if not (name and name.isascii() and ship.isascii()):
        return False
    one, other = (prepare(text, "vessel").words for text in (name, ship))
    return len(one) == len(other) == 1 and one[0].text != other[0].text and len(one[0].text) < _LEAST_WITH_A_SLIP


def _is_chinese_firm(name: str, ship: str) -> bool:
    """Whether a name in Chinese characters says a legal form, and a ship in other letters can only sound like it."""
    read = prepare(name)
    return read.han and bool(read.forms) and ship.isascii()


def _has_longer(listed: ListedName, known: Entries) -> bool:
    """Whether a person's listed name is one word, and the list has a longer one, which meets who bears it."""
    if not listed.text.strip().isalpha():
        return False
    entry = known.of({"list_id": listed.list_id, "entity_id": listed.entity_id})
    return any(" " in name for name in entry.names)
