"""What was found to be counted, and the words that a figure may count by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims.figures import overlaps

if TYPE_CHECKING:
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts.

    Attributes:
        quantity: as in quantities.csv; empty: none found.
        unit: the unit, where the figure printed none.
        product: of a share or a flow.
        hit: the word that says so.
        growth: whether the figure is the growth of the quantity.
        reason: why it cannot be read.
    """

    quantity: str = ""
    unit: str = ""
    product: str | None = None
    hit: Hit | None = None
    growth: bool = False
    reason: str = ""


def words(sentence: Sentence) -> list[Hit]:
    """The words of quantities in a sentence; those of a mode aside."""
    return [h for h in sentence.hits.of("words") if h.row["quantity"] != "mode"]


def others(sentence: Sentence, figure: Figure) -> list[Hit]:
    """The words that no other figure has taken: the freight of 512 freight trains is not counted after them."""
    own = (figure.start, figure.end)
    spans = [(f.start, f.end) for f in sentence.figures if (f.start, f.end) != own]
    return [h for h in words(sentence) if not overlaps(spans, h.start, h.end)]
