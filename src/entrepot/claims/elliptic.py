"""A sentence that names no quantity and goes on with that of the sentence before: "it rose by 35 % to 24 billion"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims.context import Subject
from entrepot.claims.counted import words
from entrepot.claims.units import MONEY, quantity_rows

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.counted import Counted
    from entrepot.claims.figures import Figure
    from entrepot.claims.sentence import Sentence

NOTE = "Quantity: that of the sentence before."


def quantity(sentence: Sentence, figure: Figure, counted: Counted, known: Context) -> str:
    """The quantity of the sentence before in the paragraph, where this one names none and the figure may be of it."""
    if counted.quantity or not known.quantity or counted.reason not in ("", "no_quantity") or words(sentence):
        return ""
    if counted.growth:
        return known.quantity
    changed = bool(sentence.hits.of("changes.change", "changes.result"))
    allowed = quantity_rows().get(known.quantity, {"units": ""})["units"].split("; ")
    money = figure.unit in MONEY and any(u in MONEY for u in allowed)
    return known.quantity if changed and figure.unit and (money or figure.unit in allowed) else ""


def subject(sentence: Sentence, known: Context) -> Subject | None:
    """What the sentence before was about, where this one names nothing."""
    if sentence.hits.of("names") or not known.about:
        return None
    kind, one, partner = known.about
    return Subject(kind, one, partner=partner, said="that of the sentence before")
