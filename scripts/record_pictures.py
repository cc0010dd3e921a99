"""Draw the first pages of a record for the documentation, or tell whether they are still what a screening prints.

    python scripts/record_pictures.py           draw docs/img/record: `make pictures` does
    python scripts/record_pictures.py --check   exit 1 when a picture no longer shows what the record says

The fonts come with the extra `print`, and a document is the same picture on every machine: files are compared byte by
byte.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.lists.profiles.profile import profiles
from entrepot.print.pdf import pages_as_png
from entrepot.screening.reports.clearance_record import Filing, clearance_record
from entrepot.screening.runs.run import run_screening

if TYPE_CHECKING:
    from entrepot.core.document.blocks import Document

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "img" / "record"
DAY = "2026-11-24"  # the day on which the record closed: a picture must not change with the calendar
NAMES = ("summary.png", "cases.png")


def document() -> Document:
    """The record of the suppliers of the documentation, run by nobody at a fixed time."""
    run = run_screening(ROOT / "docs" / "examples" / "suppliers.csv", as_of=DAY)
    run = replace(run, started=datetime(2026, 11, 24, 9, tzinfo=UTC))
    listed = {(m["list_id"], m["entity_id"]) for m in run.matches.to_pylist() if m["kind"] == "listing"}
    return clearance_record(run, Filing("A. Clerk", profiles=profiles(ROOT / "no store", listed, {})))


def drawn() -> dict[str, bytes]:
    """The pictures by the names of their files."""
    return dict(zip(NAMES, pages_as_png(document()), strict=False))


def main() -> int:
    """Draw or check."""
    stale = []
    for name, data in drawn().items():
        path = IMAGES / name
        if "--check" not in sys.argv:
            IMAGES.mkdir(exist_ok=True)
            path.write_bytes(data)
        elif not path.exists() or path.read_bytes() != data:
            stale.append(name)
    if stale:
        print(f"{', '.join(stale)} do not show what the record says; run `make pictures`")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
