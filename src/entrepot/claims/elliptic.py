"""A sentence that names no quantity and goes on with that of the sentence before: "it rose by 35 % to 24 billion"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims.context import Subject
from entrepot.claims.counted import words
from entrepot.claims.cues import cue
from entrepot.claims.units import MONEY, quantity_rows

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.counted import Counted
    from entrepot.claims.figures import Figure
    from entrepot.claims.sentence import Sentence

_ITEM = re.compile(r"\W{0,4}[A-ZА-Я][\w ]{2,24}(?::|\s[-–—])\s(?=[$€£]|US\$|\d)")
NOTE = "Quantity: that of the sentence before."


def meant(counted: Counted, context: Context) -> Counted:
    """What is counted; trips are those of the trains that the sentence before counted."""
    if counted.hit is None or counted.quantity != "passengers" or context.quantity != "trains":
        return counted
    if not cue("of_trains").fullmatch(counted.hit.row["word"]):
        return counted
    return replace(counted, quantity="trains", unit="trains" if counted.unit == "persons" else counted.unit)


def quantity(sentence: Sentence, figure: Figure, counted: Counted, known: Context) -> str:
    """The quantity of the sentence before in the paragraph, where this one names none and the figure may be of it."""
    if counted.quantity or counted.reason not in ("", "no_quantity") or words(sentence):
        return ""
    name = _known(sentence, known).quantity
    if not name or _speaks_of_others(sentence, figure):
        return ""
    if counted.growth:
        return name
    goes_on = sentence.hits.of("changes.change", "changes.result", "signals.share") or _far(sentence)
    allowed = quantity_rows().get(name, {"units": []})["units"]
    money = figure.unit in MONEY and any(u in MONEY for u in allowed)
    return name if goes_on and figure.unit and (money or figure.unit in allowed) else ""


def this_figure(sentence: Sentence) -> bool:
    """Whether the sentence says "this figure": it is of the one before, over a paragraph too."""
    return cue("this_figure").search(sentence.text) is not None


def _ranks(sentence: Sentence) -> bool:
    """Whether it goes through those of whom the sentence before spoke: followed by, ranked third, a list item."""
    return cue("ranked").search(sentence.text) is not None or _ITEM.match(sentence.text) is not None


def _far(sentence: Sentence) -> bool:
    return this_figure(sentence) or _ranks(sentence)


def _known(sentence: Sentence, known: Context) -> Context:
    return known.earlier if _far(sentence) and not known.quantity and known.earlier else known


def _speaks_of_others(sentence: Sentence, figure: Figure) -> bool:
    """Whether the sum is of something that the record has no word for: investment, loans, losses."""
    return figure.unit in MONEY and cue("other_sums").search(sentence.text) is not None


def subject(sentence: Sentence, known: Context) -> Subject | None:
    """What the sentence before was about, where this one names nothing."""
    about = _known(sentence, known).about
    if _ranks(sentence):
        return None  # the sentence names who: Uzbekistan ranked third with 13.8 billion
    if any(h.row["kind"] == "country" and h.row["id"] != "CN" for h in sentence.hits.of("names")):
        return None  # for Kazakhstan, this figure
    if about is None or (sentence.hits.of("names") and not this_figure(sentence)):
        return None
    kind, one, partner, _ = about
    return Subject(kind, one, partner=partner, said="that of the sentence before")


def direction(sentence: Sentence, known: Context) -> str | None:
    """The direction of what the sentence before was about."""
    about = _known(sentence, known).about
    return about[3] if about is not None else None
