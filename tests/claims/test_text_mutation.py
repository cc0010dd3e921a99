"""Changes of the text of a report: what agreed has to turn, and an editor has to see it.

The sentences are made from rows of the record by templates written apart from the reader. What does not turn is a fault
of the reader, or a fact: the record may hold the same number of the other year or place.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from random import Random

import pytest
from text_changes import CHANGES, Case, dated, observed, pairs

import entrepot
from entrepot.claims.check import against_record
from entrepot.claims.model import Block, Report

AGREEING = {"agrees", "agrees_within_rounding", "consistent"}
SHOWN = {"contradicts", "differs"}
SEED, SAMPLE = 21, 150
PUBLISHED = date(2026, 9, 1)
# Of the claims that agreed, the share that no longer agrees, and the share shown in red or as "differs, look" (red
# alone for the first three and for dates).
TURNED, SEEN = 0.97, 0.6
RED = {"digits", "times 1.2", "sign", "date"}


def judged(text: str):
    """The claims of one sentence."""
    report = Report(text, (Block(0, len(text), "paragraph", "en"),), "text", {}, ("en",), PUBLISHED, "given", {})
    return against_record(report, "one.txt").found


def verdict(text: str, figure: str) -> str:
    """The verdict of the figure in a text; dropped where nothing was read there."""
    at = text.index(figure)
    found = [c for c in judged(text) if c.span_start < at + len(figure) and at < c.span_end]
    read_ones = [c for c in found if c.unread_reason is None] or found
    return str(read_ones[0].verdict) if read_ones else "dropped"


def figure_of(case: Case, changed: str) -> str:
    """What stands in a changed text where the figure stood."""
    if case.figure in changed:
        return case.figure
    head = case.text.index(case.figure)
    tail = len(case.text) - head - len(case.figure)
    return changed[head : len(changed) - tail] if changed[:head] == case.text[:head] else changed


def rounding(figure: str, changed: str) -> bool:
    """Whether two digits changed about move a figure by less than a thousandth, as roundings do."""
    a, b = (float(re.sub(r"[^\d.]", "", text).strip(".")) for text in (figure, changed))
    return abs(a - b) < a / 1000


@pytest.fixture(scope="module")
def cases(record):
    random = Random(SEED)
    names = {r["place_id"]: r["name"] for r in record.tables["places"].to_pylist()}
    names |= {"china-europe-express": "The China-Europe Railway Express"}
    found = list(observed(record.tables["observations"].to_pylist(), names))
    random.shuffle(found)
    days = list(dated(record.tables["listings"].to_pylist()))
    random.shuffle(days)
    return [*found[:SAMPLE], *days[: SAMPLE // 5]]


@pytest.fixture(scope="module")
def crossings(record):
    """Names of crossings: another one could have the figure."""
    return sorted(r["name"] for r in record.tables["places"].to_pylist() if r["kind"] == "crossing")


@pytest.fixture(scope="module")
def changes(cases, crossings):
    return counted(cases, crossings)


def counted(cases: list[Case], crossings: list[str]) -> tuple[Counter, dict[str, list[str]]]:
    counts, kept = Counter(), {}
    for case in cases:
        if verdict(case.text, case.figure) not in AGREEING:
            counts["asked", case.kind] += 1
            continue
        counts["agreed", case.kind] += 1
        for name, change in CHANGES.items():
            random = Random(f"{SEED} {name} {case.text}")  # the same change, whichever other cases agree
            changed = change(case, random, crossings) if name == "place" else change(case, random)
            if changed is None or changed == case.text:
                continue
            kind = "date" if case.kind == "date" else name
            year = re.findall(r"\b20\d\d\b", changed)
            new = re.sub(r"\d{4}", year[0], case.figure) if kind == "date" else figure_of(case, changed)
            after = verdict(changed, new)
            counts[kind, "all"] += 1
            counts[kind, "turned"] += after not in AGREEING
            counts[kind, "seen"] += after == "contradicts" if kind in RED else after in SHOWN
            if after in AGREEING:
                kept.setdefault(kind, []).append(f"{changed} -> {after}")
    return counts, kept


def test_a_changed_text_no_longer_agrees(changes):
    counts, kept = changes
    for kind in (*CHANGES, "date"):
        whole = counts[kind, "all"]
        assert whole >= 10, (kind, counts)
        assert counts[kind, "turned"] >= TURNED * whole, (kind, counts[kind, "turned"], whole, kept.get(kind))


def test_an_editor_sees_the_change(changes):
    counts, _ = changes
    shown = {kind: counts[kind, "seen"] / max(1, counts[kind, "all"]) for kind in {*CHANGES, "date"}}
    assert all(share >= SEEN for share in shown.values()), shown


def test_two_figures_changed_about(cases):
    counts = Counter()
    for text, changed, figures in pairs(cases, Random(SEED)):
        before = [verdict(text, f) for f in figures]
        for figure, was in zip(figures, before, strict=True):
            if was in AGREEING:
                counts["all"] += 1
                counts["turned"] += verdict(changed, figure) not in AGREEING
    assert counts["all"] >= 4, counts
    assert counts["turned"] >= TURNED * counts["all"], counts


@pytest.mark.shared
def test_the_first_report(shared, tmp_path):
    text = (shared / "seed" / "article.txt").read_text(encoding="utf-8")
    random, counts = Random(SEED), Counter()
    for claim in entrepot.check(shared / "seed" / "article.txt", published="2024-12-05").found:
        if claim.verdict not in AGREEING or claim.value is None or not re.search(r"\d", claim.text):
            continue
        case = Case(text, claim.text, claim.claim_id, "growth" if claim.unit == "percent" else "level")
        for name in ("digits", "times 1.2"):
            changed = CHANGES[name](case, random)
            if changed is None or text.count(claim.text) > 1 or rounding(claim.text, figure_of(case, changed)):
                continue
            file = tmp_path / "changed.txt"
            file.write_text(changed, encoding="utf-8")
            found = entrepot.check(file, published="2024-12-05").found
            at = claim.span_start
            after = [c.verdict for c in found if c.span_start <= at + 2 and at < c.span_end]
            counts["all"] += 1
            counts["turned"] += not any(v in AGREEING for v in after)
    assert counts["all"] >= 8, counts
    assert counts["turned"] >= TURNED * counts["all"], counts
