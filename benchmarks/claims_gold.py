"""The gold set of the reader: claims matched with what was read, counted by field and language."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.claims.check import against_record
from entrepot.claims.model import Block, Report

if TYPE_CHECKING:
    from entrepot.claims.model import Claim

GOLD = Path(__file__).resolve().parents[1] / "tests" / "claims" / "gold"
FIELDS = (
    "subject_kind", "subject", "where", "partner", "product", "mode", "direction", "quantity", "value", "value_high",
    "unit", "per", "bound", "status", "period_start", "period_end", "period_basis", "comparison", "base_start",
    "base_end", "attributed_to",
)  # fmt: skip
NUMBERS = ("value", "value_high")


@dataclass
class Tally:
    """Right, read and labelled."""

    right: int = 0
    read: int = 0
    labelled: int = 0

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 where nothing was."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of what is labelled that was read rightly; 1 where nothing is."""
        return self.right / self.labelled if self.labelled else 1.0


@dataclass
class Score:
    """The counts of one part and language."""

    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    empty: int = 0
    false_reads: int = 0
    false_unread: int = 0
    errors: list[str] = field(default_factory=list)


def rows(part: str) -> list[dict[str, Any]]:
    """The rows of one part."""
    return [json.loads(line) for line in (GOLD / f"{part}.jsonl").read_text("utf-8").splitlines()]


def sentence_claims(text: str, language: str, published: date | None) -> list[Claim]:
    """The claims of a sentence that stands alone, held against the record."""
    blocks = (Block(0, len(text), "paragraph", language),)
    report = Report(text, blocks, "text", {}, (language,), published, "given" if published else "none", {})
    return list(against_record(report, "sentence.txt").found)


def score(part: str) -> dict[str, Score]:
    """Scores by language, and of all."""
    scores: dict[str, Score] = defaultdict(Score)
    for row in rows(part):
        published = date.fromisoformat(row["published"]) if row["published"] else None
        found = sentence_claims(row["sentence"], row["language"], published)
        for key in (row["language"], "all"):
            _row(scores[key], row, found)
    return scores


def _row(total: Score, row: dict[str, Any], found: list[Claim]) -> None:
    read = [c for c in found if c.unread_reason is None and not _dates_a_claim(row, c)]
    unread = [c for c in found if c.unread_reason is not None]
    if not row["claims"] and not row["unread"]:
        total.empty += 1
        total.false_reads += bool(read)
        total.false_unread += bool(unread)
    pairs, matched = _matched(row["claims"], read), set()
    spans = total.fields["claim"]
    spans.labelled += len(row["claims"])
    spans.read += len(read)
    for gold, claim in pairs:
        spans.right += claim is not None
        wrong = _fields(total, gold, claim)
        if claim is not None:
            matched.add(claim.claim_id)
        if wrong:
            total.errors.append(f"{row['id']} {row['sentence']}\n      {gold['span']!r}: {'; '.join(wrong)}")
    for claim in read:
        if claim.claim_id not in matched:
            _surplus(total, claim)
            total.errors.append(
                f"{row['id']} {row['sentence']}\n      surplus {claim.text!r} {claim.quantity} {claim.value}"
            )
    _unread(total, row, unread)


def _dates_a_claim(row: dict[str, Any], claim: Claim) -> bool:
    """Whether a day is that of a claim beside it: it may be shown as a claim of its own, and counts neither way."""
    period = claim.period_start, claim.period_end
    if claim.value is not None or period[0] is None or period[0] != period[1]:
        return False
    beside = (g for g in row["claims"] if g["span_end"] <= claim.span_start or claim.span_end <= g["span_start"])
    return any(period[1] in {g["period_start"], g["period_end"]} for g in beside)


def _matched(golds: list[dict[str, Any]], read: list[Claim]) -> list[tuple[dict[str, Any], Claim | None]]:
    """Each labelled claim with the claim read there: spans overlap, and of several the one most alike."""
    pairs: list[tuple[dict[str, Any], Claim | None]] = []
    free = list(read)
    for gold in golds:
        near = [c for c in free if c.span_start < gold["span_end"] and gold["span_start"] < c.span_end]
        best = max(near, key=lambda c: _alike(gold, c), default=None)
        if best is not None:
            free.remove(best)
        pairs.append((gold, best))
    return pairs


def _alike(gold: dict[str, Any], claim: Claim) -> int:
    return sum(_equal(gold, claim, name) for name in FIELDS)


def _equal(gold: dict[str, Any], claim: Claim, name: str) -> bool:
    wanted, got = gold[name], getattr(claim, name)
    if name in NUMBERS and wanted is not None and got is not None:
        return bool(abs(wanted - got) <= abs(wanted) * 5e-4)  # four significant digits
    return bool(got == wanted or (name == "quantity" and got in gold["quantity_also"]))


def _fields(total: Score, gold: dict[str, Any], claim: Claim | None) -> list[str]:
    wrong = []
    for name in FIELDS:
        tally, wanted = total.fields[name], gold[name]
        got = getattr(claim, name) if claim is not None else None
        right = claim is not None and _equal(gold, claim, name)
        tally.labelled += wanted is not None
        tally.read += got is not None
        tally.right += right and wanted is not None
        if not right and claim is not None:
            wrong.append(f"{name} {got!r}, not {wanted!r}")
    whole = total.fields["whole claim"]
    whole.labelled, whole.read = whole.labelled + 1, whole.read + (claim is not None)
    whole.right += claim is not None and not wrong
    return wrong if claim is not None else ["not read"]


def _surplus(total: Score, claim: Claim) -> None:
    total.fields["whole claim"].read += 1
    for name in FIELDS:
        total.fields[name].read += getattr(claim, name) is not None


def _unread(total: Score, row: dict[str, Any], unread: list[Claim]) -> None:
    tally = total.fields["unread with its reason"]
    tally.labelled += len(row["unread_spans"])
    tally.read += len(unread)
    for span in row["unread_spans"]:
        near = [c for c in unread if c.span_start < span["span_end"] and span["span_start"] < c.span_end]
        if any(c.unread_reason == span["reason"] for c in near):
            tally.right += 1
        else:
            got = [c.unread_reason for c in near]
            total.errors.append(
                f"{row['id']} {row['sentence']}\n      unread {span['span']!r}: {got}, not {span['reason']}"
            )
    if unread and not row["unread_spans"]:
        total.errors.append(
            f"{row['id']} {row['sentence']}\n      surplus unread {[(c.text, c.unread_reason) for c in unread]}"
        )
