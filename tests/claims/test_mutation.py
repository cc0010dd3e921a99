"""Each judged figure times 1.2, each date a year off, each place swapped: what agreed has to turn.

What does not turn is either a fault or a fact: the record may hold the same figure of the other place.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import entrepot
from entrepot.claims.judge import judge
from entrepot.claims.model import Claim, identified

AGREEING = {"agrees", "agrees_within_rounding", "consistent"}
GOLD = Path(__file__).parent / "gold"
# Each place with one of its own kind, so that the other could have the figure.
SWAPS = {
    "khunjerab": "alashankou", "alashankou": "khorgos", "khorgos": "alashankou", "xinjiang": "kyrgyzstan",
    "pakistan": "kyrgyzstan", "uflpa-entity-list": "uflpa-enforcement", "china-pakistan": "china-tajikistan",
    "khorgos-cooperation-centre": "xinjiang-bonded-zones", "china-kazakhstan": "china-uzbekistan",
    "china-uzbekistan": "china-kazakhstan",
}  # fmt: skip
OTHER = "dostyk"
# Mutants that are true: the record holds USD 3.9 billion for the year before (O0243), of which 3.86 is a rounding.
TRUE = {("zh-041", "date", "O0243")}


def a_year_off(text: str | None) -> str | None:
    if text is None:
        return None
    day = date.fromisoformat(text)
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day).isoformat()


def mutations(claim: Claim):
    """The changed claims with a word for the change."""
    if claim.value:
        high = claim.value_high and claim.value_high * 1.2
        yield "figure", replace(claim, value=float(f"{claim.value * 1.2:.6g}"), value_high=high)
    if claim.period_start or claim.period_end:
        moved = {n: a_year_off(getattr(claim, n)) for n in ("period_start", "period_end")}
        yield "date", replace(claim, **moved)
    if claim.subject_kind == "place":
        yield "place", replace(claim, subject=SWAPS.get(claim.subject, OTHER))
    elif claim.where:
        yield "place", replace(claim, where="Nairobi")


def turned(claims: list[Claim], judged: list[Claim], whole, published) -> tuple[Counter, list[str]]:
    """How many mutations of each kind turned, and those that did not."""
    counts, kept = Counter(), []
    for number, (claim, was) in enumerate(zip(claims, judged, strict=True)):
        if was.verdict not in AGREEING:
            continue
        for kind, changed in mutations(claim):
            mutant = identified(changed, "1" * 64)
            after = judge([*claims[:number], mutant, *claims[number + 1 :]], whole, published)[number]
            counts[kind] += 1
            if after.verdict in AGREEING:
                kept.append(f"{claim.text}: {kind} -> {after.verdict} {after.against} {after.note}")
    return counts, kept


def test_the_first_report(show, judged, whole, published):
    counts, kept = turned(list(show.values()), list(judged.values()), whole, published)
    assert kept == []
    assert counts["figure"] >= 8
    assert counts["date"] >= 8
    assert counts["place"] >= 10


@pytest.mark.shared
def test_the_first_report_as_it_is_read(shared, whole):
    checked = entrepot.check(shared / "seed" / "article.txt", published="2024-12-05")
    counts, kept = turned(list(checked.found), list(checked.found), whole, checked.report.published)
    assert kept == []
    assert counts["figure"] >= 8
    assert counts["date"] >= 8
    assert counts["place"] >= 10


def gold_rows():
    for part in ("develop", "held"):
        yield from map(json.loads, (GOLD / f"{part}.jsonl").read_text("utf-8").splitlines())


def of_gold(row) -> list[Claim]:
    """The claims of a row of the gold set as the reader is to hand them over."""
    own = set(Claim.__dataclass_fields__)
    return [
        identified(
            Claim(claim_id="", text=c["span"], sentence=row["sentence"], **{k: v for k, v in c.items() if k in own}),
            "2" * 64,
        )
        for c in row["claims"]
    ]


def test_the_gold_set(whole):
    counts, kept = Counter(), []
    for row in gold_rows():
        claims = of_gold(row)
        published = date.fromisoformat(row["published"]) if row["published"] else None
        more, left = turned(claims, judge(claims, whole, published), whole, published)
        counts += more
        kept += [
            f"{row['id']} {k}" for k in left if not any(i == row["id"] and kind in k and r in k for i, kind, r in TRUE)
        ]
    assert kept == []
    assert counts.total() >= 20, counts
