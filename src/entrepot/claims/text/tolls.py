"""Of a number of persons what became of them and who they were: killed or injured, attackers, guards or nationals.

Whoever counts the dead and the wounded of an attack counts in one unit, and mostly in numbers of one digit: that the
numbers are alike says nothing where the one counts the dead and the other the wounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from entrepot.claims.text.attribution import patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.text.lexicon import Hit, Hits

_NEAR = 60  # characters between a number and what became of those whom it counts
_NOUN = 32  # characters from a number to the noun that it counts
_STOP = re.compile(r"[;；。]")  # what parts one toll from the next: no Chinese hurt; 2 attackers killed
_ARTICLES = frozenset({"a ", "an"})  # with which a number of one begins that only names somebody
ATTACKERS = "attackers"  # who they were
CHINESE, OTHERS = "chinese", "others"
SEVERAL = "several"  # who they were, where a number counts Chinese and others
_OWN = re.compile(r"\s+")  # between a word for what became of persons and the number that it is of
_OPEN = "either"  # a word that leaves open what became of them: casualties


class Toll(NamedTuple):
    """What a number of persons is of; empty words where the text does not say.

    Attributes:
        became: killed, injured or safe.
        who: attackers, guards, chinese, hosts, others than Chinese, or several of them.
    """

    became: str = ""
    who: str = ""

    def is_other_than(self, toll: Toll) -> bool:
        """Whether both say something, and not the same: the others may be any but the Chinese beside them."""
        if OTHERS in {self.who, toll.who} and CHINESE not in {self.who, toll.who}:
            return bool(self.became and toll.became and self.became != toll.became)
        return any(a and b and a != b for a, b in zip(self, toll, strict=True))


NONE = Toll()


def toll(text: str, language: str, hits: Hits, at: tuple[int, int], numbers: Sequence[tuple[int, int]]) -> Toll:
    """What a number of a sentence is of.

    Args:
        text: the sentence.
        language: its language.
        hits: its words.
        at: where the number stands, from its first character to the end of its noun.
        numbers: where all its numbers stand.
    """
    became = hits.of("signals.became")
    text = _without_asides(text, language, at, numbers)
    numbers = [n for n in numbers if text[slice(*n)].strip()]
    first = max((m.end() for m in _STOP.finditer(text, 0, at[0])), default=0)
    ended = _STOP.search(text, at[1])
    last = ended.start() if ended else len(text)
    chosen = _became(text, [h for h in became if first <= h.start < last], at, numbers)
    value = str(chosen.row["value"]) if chosen else ""
    others = [*numbers, *((h.start, h.end) for h in became)]
    who = _who(text, language, hits, at, others)
    if who == OTHERS and (before := [n for n in numbers if first <= n[0] and n[1] <= at[0]]):
        who = ATTACKERS if _who(text, language, hits, before[-1], others) == ATTACKERS else who  # one and three others
    return Toll("" if value == _OPEN else value, who)


def named(hits: Hits) -> Toll:
    """What a quantity is of by its name: Chinese killed in attacks."""
    became, who = (hits.of(f"signals.{kind}") for kind in ("became", "who"))
    return Toll(*(str(found[0].row["value"]) if found else "" for found in (became, who)))


def _became(text: str, found: Sequence[Hit], at: tuple[int, int], numbers: Sequence[tuple[int, int]]) -> Hit | None:
    """The word that says what became of them: where one stands on both sides the sentence goes on as it began."""
    start, end = at
    before = next((h for h in reversed(found) if h.start < start and start - h.end <= _NEAR), None)
    behind = next((h for h in found if h.start >= start and _apart(text, end, h.start) <= _NEAR), None)
    if behind is not None and any(_OWN.fullmatch(text, behind.end, a) for a, _ in numbers if a >= behind.end):
        behind = None  # killing nine and four others, injuring 28: its own number follows
    if before is None or behind is None:
        return behind or before
    parted = [_parted(before.end, start, numbers), _parted(end, behind.start, numbers)]
    if parted == [True, True]:
        return None
    if parted[0] != parted[1]:
        return behind if parted[0] else before
    return before if found[0].start < min(a for a, _ in numbers) else behind


def _without_asides(text: str, language: str, at: tuple[int, int], numbers: Sequence[tuple[int, int]]) -> str:
    """A sentence, blank where it says who is among those counted: four others, including a guard, were injured.

    Where a number stands in it, it parts what became of the one from what became of the other.
    """
    for m in (m for p in patterns("among_them", language) for m in p.finditer(text)):
        inside = [text[a : a + 2].lower() for a, _ in numbers if m.start() <= a < m.end()]
        if not m.start() <= at[0] < m.end() and set(inside) <= _ARTICLES:
            text = text[: m.start()] + " " * (m.end() - m.start()) + text[m.end() :]
    return text


def _apart(text: str, start: int, end: int) -> int:
    """How many characters stand between two offsets, blanks in a row as one."""
    return len(" ".join(text[start:end].split()))


def _parted(start: int, end: int, numbers: Sequence[tuple[int, int]]) -> bool:
    return any(start <= a and b <= end for a, b in numbers)


def _who(text: str, language: str, hits: Hits, at: tuple[int, int], others: Sequence[tuple[int, int]]) -> str:
    """Who is counted: the last word of the list in the noun of the number, as officers of Chinese officers."""
    start, end = at
    last = min([end + _NOUN, *(a for a, _ in others if a >= end)])
    last = min([last, *(m.start() for p in patterns("noun_ends", language) if (m := p.search(text, end, last)))])
    said = [h for h in hits.of("signals.who") if start <= h.start < last]
    if any(h.end == end and h.row["value"] == ATTACKERS for h in said):
        return ATTACKERS  # the noun of the number itself: suicide attackers stormed the Chinese consulate
    return str(said[-1].row["value"]) if said else ""
