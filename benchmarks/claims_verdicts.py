"""The labelled verdicts of reports: which figures are contradicted, and how many of those rightly.

python benchmarks/claims_verdicts.py             both parts, the figures
python benchmarks/claims_verdicts.py develop     with each figure whose verdict is not what its label asks for
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from entrepot.claims.check import against_record
from entrepot.claims.open import of_bytes

VERDICTS = Path(__file__).resolve().parents[1] / "tests" / "claims" / "verdicts"
BORNE_OUT = frozenset({"agrees", "agrees_within_rounding", "consistent", "superseded", "imprecise"})
RED = "contradicts"


def rows(part: str) -> list[dict[str, Any]]:
    """The reports of one part."""
    return [json.loads(line) for line in (VERDICTS / f"{part}.jsonl").read_text("utf-8").splitlines()]


def judged(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Of each labelled figure label, verdict (none: not read) and span; of any other that is red `unlabelled`."""
    report = of_bytes(row["text"].encode(), "report.txt", published=date.fromisoformat(row["published"]))
    found = against_record(report, row["id"]).found
    out, met = [], set()
    for label in row["claims"]:
        near = [c for c in found if c.span_start < label["span_end"] and label["span_start"] < c.span_end]
        met |= {c.claim_id for c in near}
        verdicts = [str(c.verdict) for c in near]
        out.append((label["stands"], RED if RED in verdicts else next(iter(verdicts), "none"), label["span"]))
    return out + [("unlabelled", RED, c.text) for c in found if c.claim_id not in met and c.verdict == RED]


def counted(part: str) -> Counter[tuple[str, str]]:
    """How many figures have each label and verdict."""
    return Counter((stands, verdict) for row in rows(part) for stands, verdict, _ in judged(row))


def shown(part: str) -> None:
    """Print each figure that is red and should not be, or should be and is not."""
    for row in rows(part):
        for stands, verdict, span in judged(row):
            if (verdict == RED) != (stands == "wrong"):
                print(f"  {row['id']} {span}: {stands}, {verdict}")


if __name__ == "__main__":
    for name in sys.argv[1:] or ("develop", "held"):
        found = counted(name)
        red = sum(n for (_, verdict), n in found.items() if verdict == RED)
        wrong = sum(n for (stands, _), n in found.items() if stands == "wrong")
        print(f"{name}: {found['wrong', RED]} of {red} red are right, of {wrong} errors in the texts")
        if sys.argv[1:] == ["develop"]:
            shown(name)
