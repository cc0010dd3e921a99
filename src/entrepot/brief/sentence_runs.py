"""A sentence as the page shows it: runs of text and figures, each figure with its form."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING

from entrepot.brief.report import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.brief.report import Sentence
    from entrepot.core.findings import Finding

DATING = ("period", "day", "ends")  # forms of a figure that stand beside it: when, and between which ends


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a sentence.

    Attributes:
        text: its words.
        finding: what it shows; None where it is text alone.
        form: in which form.
        beside: whether it only dates or bounds a figure that stands in the sentence anyway.
    """

    text: str
    finding: Finding | None
    form: str
    beside: bool


def runs(sentence: Sentence) -> Iterator[Run]:
    """The parts of a sentence in order."""
    forms = [(name, form or "") for _, name, form, _ in Formatter().parse(sentence.template) if name is not None]
    valued = {name for name, form in forms if form not in DATING}
    figures = iter(forms)
    for text, finding in parts(sentence):
        name, form = next(figures) if finding is not None else ("", "")
        yield Run(text, finding, form, form in DATING and name in valued)
