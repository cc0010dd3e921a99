"""How files write one firm: a bank in capitals, without points; an office of customs in its own letters."""

from __future__ import annotations

import re

# Letters that a Cyrillic name is read back from as they were; a name with any other stays in Latin ones.
_CYRILLIC = dict(zip("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз", strict=True))
_FORM = "MChJ"  # of Uzbekistan, which a Russian paper writes as ООО
_TRADES = {"Ginning": "Гиннинг"}


def in_bank(name: str) -> str:
    """A name as banks write it: in capitals, and without points."""
    return re.sub(r"[.,]", "", name).upper()


def at_customs(name: str) -> str:
    """A name as a declaration has it: a gin of Uzbekistan in Cyrillic, another as it is."""
    own, _, rest = name.partition(" ")
    trade, _, form = rest.rpartition(" ")
    if form != _FORM or trade not in _TRADES or not set(own.casefold()) <= set(_CYRILLIC):
        return name
    return f"ООО «{''.join(_CYRILLIC[c] for c in own.casefold()).capitalize()} {_TRADES[trade]}»"
