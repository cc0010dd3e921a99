"""Of what a share is and by what it is measured, of a report or of a row: 90 percent of the world's cotton, by area."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.claims.text.unread_words import says, spans
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.text.shared_keys import Key

WHOLES, _BEFORE, _BEHIND = ("world", "china"), 6, 24  # what shares are of; characters beside a share that say so
_OF = re.compile(r"(?:\bof (?:the )?|占)$")  # before the whole of a share
_WITHIN = "在"  # before the whole in which a share is held
_NEXT = 4  # characters between a country and the noun whose it is: China's share, доля Китая, 中国的占比
# By what shares are measured, each with the last words of the quantities that are so, and what it outweighs in a
# clause that has both: production capacity is capacity, the value of shipments value.
_MEASURES = {
    "capacity": (("_capacity",), "output"),
    "area": (("_planted_area",), ""),
    "value": (("value_share",), "number"),
    "output": (("_output",), ""),
    "number": (("shipments_share",), ""),
}


def whole_said(text: str, seen: Seen) -> str:
    """Of what a share is, by the words right beside it; empty where they do not say."""
    return _whole_of(f"{text[max(0, seen.start - _BEFORE) : seen.start]} {text[seen.end : seen.end + _BEHIND]}")


def is_the_whole(text: str, clause: int, named: Sequence[Key]) -> bool:
    """Whether the country named last before a share is that of which it is a share, and not whose it is.

    It is the whole behind a word for "of", and where a region is named before it and a noun for a share leads to it: a
    region's share in the output in the country. The noun right beside it makes the share its own.

    Args:
        text: the sentence up to the share.
        clause: where its clause begins.
        named: the regions and countries of the clause before the share, the last one in question.
    """
    start, end = named[-1].start, named[-1].end
    if _OF.search(text[:start]):
        return True  # 占全国
    if len(named) == 1:
        return False
    nouns = [noun for noun in spans(text, "share_noun") if noun[0] >= clause]
    if any(0 <= first - end <= _NEXT for first, _ in nouns):
        return text[:start].endswith(_WITHIN)  # 在中国的占比; but China's share, 中国的占比
    return any(start - last > _NEXT and not says(text[last:start], "turns_to") for _, last in nouns)


@lru_cache(maxsize=64)  # of one share dozens of rows are asked for
def _whole_of(beside: str) -> str:
    said = [whole for whole in WHOLES if says(beside, f"whole_{whole}")]
    return said[0] if len(said) == 1 else ""


@cache
def kin(good: str) -> frozenset[str]:
    """The keys of goods of which a text may say what a row has of one: tomatoes, of those for processing."""
    families = {f"good:{r['product']}": r["kin"] for r in rows("products")}
    return frozenset(key for key, family in families.items() if family and family == families.get(good))


def measured_otherwise(clause: str, quantity: str) -> bool:
    """Whether a clause says by what a share is measured, and the quantity of a row is measured by something else.

    >>> measured_otherwise("cotton area was 89.5 percent of the country's", "share_of_china_output")
    True
    >>> measured_otherwise("87.8 percent of the value of shipments", "value_share")
    False
    """
    own = next((m for m, (ends, _) in _MEASURES.items() if quantity.endswith(ends)), "")
    said = _measures_of(clause) if own else ()
    return bool(said) and own not in said


@lru_cache(maxsize=64)  # as above
def _measures_of(clause: str) -> tuple[str, ...]:
    said = [m for m in _MEASURES if says(clause, f"by_{m}")]
    lesser = {_MEASURES[m][1] for m in said}
    return tuple(m for m in said if m not in lesser)
