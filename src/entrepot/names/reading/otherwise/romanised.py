"""Russian names as German, French and Polish spell them, as English does: Tschemesow is Chemezov.

Each language has its own letters for the sounds of Russian (data/romanised_elsewhere.csv). A word may belong to the
language itself, so what is read is a further reading, and only a name with letters that tell is read so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import packaged_rows
from entrepot.names.contract import ROMANISED_ELSEWHERE
from entrepot.names.reading import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language spells Russian.

    Attributes:
        telling: matches a word that is spelt so.
        letters: matches what English writes otherwise, each in a group.
        read: what English writes for each group.
    """

    telling: re.Pattern[str]
    letters: re.Pattern[str]
    read: tuple[str, ...]

    def spelt(self, word: str) -> str:
        """A word as English spells it: letters that were read are not read again."""
        return self.letters.sub(lambda m: self.read[(m.lastindex or 1) - 1], word)


def in_english(words: Sequence[str]) -> str:
    """The name as English spells its Russian words; empty where no word tells that another language spelt them.

    Words of trade and place are left as they are.

    Args:
        words: Latin words, lower case, as they are written.
    """
    known = lexicon.latin()
    own = [w for w in words if w not in known]
    if not own:
        return ""
    for language in _languages():
        if any(map(language.telling.search, own)):
            spelt = [w if w in known else language.spelt(w) for w in words]
            return " ".join(spelt) if spelt != list(words) else ""
    return ""


@cache
def _languages() -> tuple[_Language, ...]:
    rows = packaged_rows(ROMANISED_ELSEWHERE)
    return tuple(_language([r for r in rows if r["language"] == n]) for n in dict.fromkeys(r["language"] for r in rows))


def _language(rows: Sequence[dict[str, Any]]) -> _Language:
    letters = [r for r in rows if r["part"] == "letters"]
    return _Language(
        re.compile("|".join(r["spelt"] for r in rows if r["part"] == "telling")),
        re.compile("|".join(f"({r['spelt']})" for r in letters)),
        tuple(r["read"] for r in letters),
    )
