"""Sets of labelled reports, their texts, and what the reader makes of one."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS = Path(__file__).resolve().parents[2] / "tests" / "claims" / "reports"
SETS = {
    "seen": "first set, the half that a reader may be mended on",
    "unseen": "first set, the half set aside",
    "second": "second set, set aside as a whole",
}
OPEN = "seen"  # the only set whose claims are ever printed: whoever mends the reader does not look at the others
NO_CLAIM = "no_claim"  # a number that numbers or names: page, section, telephone, item of a list

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def labels_of(name: str) -> dict[str, list[Row]]:
    """The labels of a set by report."""
    out: dict[str, list[Row]] = {}
    for row in rows_of(LABELS / f"{name}-labels.csv"):
        out.setdefault(row["report"], []).append(row)
    return out


def reports_of(name: str) -> list[Row]:
    """The reports of a set, each with whether it is a source of the record."""
    return [
        row | {"source": "source" if row["source_of_record"] else "no source"}
        for row in rows_of(LABELS / "reports.csv")
        if row["half"] == name
    ]


def text_of(folder: Path, report: Row) -> Path | None:
    """Where the text of a report lies; None: it is absent or not the one that was labelled."""
    path = next(iter(sorted(folder.rglob(f"{report['report']}.txt"))), None)
    if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != report["text_sha256"]:
        return None
    return path


def read(path: Path, report: Row) -> tuple[list[Mapping[str, object]], int]:
    """The reader's claims of a report and its mentions."""
    from entrepot.claims.check import check

    checked = check(path, published=report["published"] or None)
    mentions: Mapping[str, int] = getattr(checked, "mentions", {})
    return checked.claims.to_pylist(), sum(mentions.values()) or len(checked.found)
