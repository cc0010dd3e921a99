"""The verb of the evidence: every figure and date of a report with its nearest rows and how it stands to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims import fold, sentences
from entrepot.claims.evidence import told as around
from entrepot.claims.evidence.nearest import nearest, worth
from entrepot.claims.evidence.relation import Case, related
from entrepot.claims.language import READ
from entrepot.claims.mentions.numbering import Sequence as Items
from entrepot.claims.read import LONGEST
from entrepot.claims.sentence import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.relation import Related
    from entrepot.claims.evidence.seen import Seen
    from entrepot.claims.evidence.told import Around, Told
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.model import Block, Report

_KEPT = 6  # rows kept of each, of which a reader is shown the first few


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure or a date of a report with what the record has of it.

    Attributes:
        start, end: offsets in the report's text.
        text, sentence: as printed.
        seen: what was read.
        told: what is said of it.
        offers: the nearest rows, the best first.
        related: how it stands to them; None where nothing is sure.
    """

    start: int
    end: int
    text: str
    sentence: str
    seen: Seen
    told: Told
    offers: tuple[Offer, ...]
    related: Related | None


def weigh(report: Report, index: RecordIndex) -> list[Weighed]:
    """Every figure and date of a report in the order of its text, with the rows of the record nearest to it."""
    found: list[Weighed] = []
    before, items = around.Around(), Items()
    for block in report.blocks:
        if block.language not in READ:
            continue
        for start, end in sentences.cut(report.text, block):
            if end - start <= LONGEST:
                weighed, before = _sentence(report, block, (start, end), before, index, items)
                found += weighed
        before = around.paragraph(before, heading=block.kind == "heading")
    return found


def _sentence(  # noqa: PLR0913, PLR0917 - a sentence, where it stands, and what it is held against
    report: Report, block: Block, span: tuple[int, int], before: Around, index: RecordIndex, items: Items
) -> tuple[list[Weighed], Around]:
    text = fold.fold(report.text[slice(*span)])
    sentence = analyse(text.text, block.language, report.published)
    line = around.line(sentence, around.headed(before, block.context, block.language), items)
    printed = report.text[slice(*span)].strip()
    return list(_weighed(report, text, span[0], printed, line, index)), around.after(line)


def _weighed(  # noqa: PLR0913, PLR0917 - a sentence, where it stands, and what it is held against
    report: Report, text: fold.Folded, at: int, printed: str, line: around.Line, index: RecordIndex
) -> Iterator[Weighed]:
    offers: list[Offer] = []
    for seen in line.seen:
        told = around.told(line, seen.start, seen.end)
        offers = offers if seen.aside else nearest(index, told, seen)
        first, last = at + text.original(seen.start), at + text.original(seen.end)
        how = related(Case(index, told, seen, offers))
        shown = tuple(o for o in offers if worth(o))[:_KEPT]
        yield Weighed(first, last, report.text[first:last], printed, seen, told, shown, how)
