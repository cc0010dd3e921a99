"""Of a figure that counts persons, of a report or of a row, what became of them and who they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims.indexed.record_entry import is_noun
from entrepot.claims.text.tolls import NONE, Toll, toll

if TYPE_CHECKING:
    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.mentions.sentence import Sentence


def toll_of(sentence: Sentence, seen: Seen) -> Toll:
    """Of a number of persons in a sentence what became of them, and who they were; nothing of any other."""
    if seen.kind != "figure" or not is_noun(seen.unit):
        return NONE
    numbers = [(s.start, s.end) for s in sentence.seen if s.kind == "figure" and is_noun(s.unit)]
    return toll(sentence.text, sentence.language, sentence.hits, (seen.start, seen.end), numbers)
