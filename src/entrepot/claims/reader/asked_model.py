"""The figures that the rules leave open, asked of a reader sentence by sentence, within a budget and counted.

Sent is a sentence with the headings above it and no more. Whatever comes back, a mention keeps its verdict unless the
rules, run on what the reader points at in the text, say otherwise.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from entrepot.claims.evidence.case import DIFFERS
from entrepot.claims.reader.proposals import INSTRUCTIONS, SCHEMA, Proposal, question, taken
from entrepot.claims.reader.rejudged import rejudged
from entrepot.core.errors import FailedFetchError
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from entrepot.claims.evidence.weigh import Weighed
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.model import Block, Report

    Ask = Callable[[str, str, Mapping[str, Any], float], str]

SECONDS = 600.0  # for a whole report: what a person waits for at most, and some hundred sentences of a small model
MOST = 500  # sentences asked of one report: it bounds what a paid service charges
_LONGEST = 2_000  # characters of a sentence or a heading: a longer one is a page without full stops
_FAILURES = 2  # questions in a row without an answer, each tried twice: nobody is there
_HEADING = "heading"
_UNREAD = frozenset({"unsaid", "lent"})  # facets that the sentence does not say
_ASKED = ("place", "counter", "partner", "direction", "period")  # facets that a reader is asked for


@dataclass(slots=True)
class Reader:
    """A reader that is asked, and what became of it.

    Attributes:
        address, model: as shown.
        ask: (instructions, data, schema, seconds) -> what it answers; raises `FailedFetchError`.
        before: told how many sentences will be sent, before the first is; whether they may be. None: they may.
        clock: seconds that only grow.
        notes: which reader was used and what became of its answers, once it was.
    """

    address: str
    model: str
    ask: Ask
    before: Callable[[int], bool] | None = None
    clock: Callable[[], float] = time.monotonic
    notes: tuple[str, ...] = ()
    _refused: Counter[str] = field(default_factory=Counter)
    _accepted: int = 0
    _changed: int = 0
    _failed: int = 0

    def reread(self, report: Report, index: RecordIndex, weighed: Sequence[Weighed]) -> list[Weighed]:
        """The figures of a report, those that are open as the reader's readings make them."""
        out = list(weighed)
        groups = [list(held) for _, held in groupby(range(len(out)), key=lambda i: id(out[i].told.line))]
        asked = [opened for held in groups if (opened := [i for i in held if _is_open(out[i])])]
        if asked and self.before is not None and not self.before(len(asked)):
            self.notes = (tr("Reader: not asked; nothing was sent."),)
            return out
        headings = [b for b in report.blocks if b.kind == _HEADING]
        end, left_out = self.clock() + SECONDS, 0
        for number, held in enumerate(asked):
            texts = _texts(report, headings, out[held[0]])
            over = number >= MOST or self._failed >= _FAILURES or self.clock() >= end
            if over or max(map(len, texts)) > _LONGEST:
                left_out += len(held)
                continue
            readings = self._readings(texts, [out[i].text for i in held], end - self.clock())
            for i, reading in zip(held, readings, strict=True):
                out[i] = self._judged(out[i], reading, index)
        self.notes = tuple(self._said(left_out))
        return out

    def _readings(self, texts: Sequence[str], printed: Sequence[str], seconds: float) -> list[Proposal | str]:
        try:
            answer = self.ask(INSTRUCTIONS, question(texts[0], texts[1:], printed), SCHEMA, seconds)
        except FailedFetchError as exc:
            self._failed += 1
            return [exc.problem] * len(printed)
        self._failed = 0
        return taken(answer, texts, printed)

    def _judged(self, weighed: Weighed, reading: Proposal | str, index: RecordIndex) -> Weighed:
        if isinstance(reading, str):
            self._refused[reading] += 1
            return weighed
        self._accepted += 1
        found = rejudged(weighed, reading, index)
        self._changed += found is not weighed
        return found

    def _said(self, left_out: int) -> list[str]:
        refused = self._refused.total()
        said = [
            tr(
                "Reader: {address}, model {model}. Asked of {asked}; readings accepted: {accepted}, refused: "
                "{refused}; verdicts changed: {changed}.",
                address=self.address,
                model=self.model or tr("of its own choice"),
                asked=counted(self._accepted + refused, "figure"),
                accepted=self._accepted,
                refused=refused,
                changed=self._changed,
            )
        ]
        if refused:
            reasons = "; ".join(f"{reason} ({n})" for reason, n in sorted(self._refused.items()))
            said.append(
                tr("Answers of the reader that were refused, verdicts as they were: {reasons}.", reasons=reasons)
            )
        if left_out:
            said.append(
                tr(
                    "Not asked of the reader, as no answer came or too much was open: {count}.",
                    count=counted(left_out, "figure"),
                )
            )
        return said


def _is_open(weighed: Weighed) -> bool:
    """Whether the rules leave a figure open, or judged it by what its sentence does not say."""
    seen, how = weighed.seen, weighed.related
    if seen.kind == "ordinal" or seen.aside or seen.dateline:
        return False
    if how is None:
        return seen.kind == "figure" or bool(seen.unread)
    if how.verdict == DIFFERS:
        return True
    return seen.kind == "figure" and any(getattr(how.offers[0].met, name) in _UNREAD for name in _ASKED)


def _texts(report: Report, headings: Sequence[Block], weighed: Weighed) -> list[str]:
    """The sentence, then the heading above it and those of its cell."""
    at = bisect_right(headings, weighed.start, key=lambda b: b.start)
    block = bisect_right(report.blocks, weighed.start, key=lambda b: b.start)
    context = report.blocks[block - 1].context if block else ""
    heading = report.text[headings[at - 1].start : headings[at - 1].end] if at else ""
    return [weighed.sentence, *(text for text in (heading, context) if text)]
