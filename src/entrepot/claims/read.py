"""A report into claims without a verdict: every figure and every dated event, read or listed as unread."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims import attribution, draft, events, fold, grammar, periods, sentences
from entrepot.claims.context import Context
from entrepot.claims.language import READ
from entrepot.claims.model import Claim, identified
from entrepot.claims.sentence import Sentence, analyse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from entrepot.claims.draft import Draft
    from entrepot.claims.model import Block, Report

_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
_AROUND = 200  # characters shown on either side of a figure in a sentence that is too long
LONGEST = 2_000  # characters; a longer sentence is cut at its semicolons, else its figures are listed


def read(report: Report) -> list[Claim]:
    """The claims of a report in the order of its text; each figure that was not read carries its reason."""
    found: list[Claim] = []
    firms: set[str] = set()
    sha = report.sha256
    context = Context()
    for block in report.blocks:
        context = context.next()
        for start, end in sentences.cut(report.text, block):
            drafts, text = _sentence(report, block, (start, end), context, firms)
            whole = report.text[start:end].strip() if text.length <= LONGEST else None
            found += [identified(_claim(report, text, (start, whole), d), sha) for d in drafts]
    return _once(found)


def _once(found: list[Claim]) -> list[Claim]:
    return list({c.claim_id: c for c in found}.values())


def _sentence(
    report: Report, block: Block, span: tuple[int, int], context: Context, firms: set[str]
) -> tuple[list[Draft], fold.Folded]:
    text = fold.fold(report.text[slice(*span)])
    if text.length > LONGEST:
        return _all_unread(text.text, "too_long"), text
    if block.language not in READ:
        return _all_unread(text.text, "unknown_language"), text
    sentence = analyse(text.text, block.language, report.published)
    drafts = [periods.lent(sentence, d, context) for d in _drafts(sentence, context, firms)]
    context.learn(sentence)
    context.read(drafts)
    context.places += [
        d.get("subject") for d in drafts if d.get("subject_kind") == "place" and "named before" in (d.get("note") or "")
    ]
    context.period = periods.said(sentence, drafts) or context.period
    return drafts, text


def _all_unread(text: str, reason: str) -> list[Draft]:
    return [draft.unread(m.start(), m.end(), reason) for m in _FIGURE.finditer(text)]


def _drafts(sentence: Sentence, context: Context, firms: set[str]) -> Iterator[Draft]:
    found = grammar.drafts(sentence, context)
    found += events.events(sentence, context, found)
    found += events.undated(sentence, firms)
    firms |= {d.fields["subject"] for d in found if d.get("subject_kind") == "outside"}
    speaker = attribution.speaker(sentence.text, sentence.language)
    for one in sorted(found, key=lambda d: (d.start, d.end)):
        unread = bool(one.get("unread_reason"))
        yield one if unread else replace(one, fields={**one.fields, "attributed_to": speaker})


def _claim(report: Report, text: fold.Folded, at: tuple[int, str | None], draft: Draft) -> Claim:
    """A claim; those of one sentence share its text, of one too long each keeps what stands around its span."""
    start, whole = at
    first, last = start + text.original(draft.start), start + text.original(draft.end)
    if whole is None:
        around = slice(max(start, first - _AROUND), min(start + text.length, last + _AROUND))
        whole = report.text[around].strip()
    fields = {k: v for k, v in draft.fields.items() if v is not None}
    return Claim("c-" + 12 * "0", first, last, report.text[first:last], whole, **fields)


def sentence_claims(text: str, language: str, published: date | None) -> list[Claim]:
    """The claims of a text in one language, as a report of a single block: for measuring against the gold set."""
    from entrepot.claims.model import Block, Report

    blocks = (Block(0, len(text), "paragraph", language),)
    return read(Report(text, blocks, "text", {}, (language,), published, "given" if published else "none", {}))
