"""Compute every amount of a brief once more from the packaged tables, and say where it differs.

    entrepot brief uflpa --as-of 2026-11-24 --out out/uflpa
    PYTHONPATH=scripts python -m recomputed out/uflpa 2026-11-24

Reads findings.json and grounds.csv of the folder, and the tables with the csv module. No code of Entrepot is imported:
the scan behind who took more than expected is written a second time in scan.py. Exit code 1 where a finding differs,
or is of a kind that is not computed here.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from recomputed.compared import differences


def main() -> int:
    """Compare one folder."""
    folder, day = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
    count, found = differences(folder, day)
    print("\n".join(found))
    print(f"{folder}: {count} findings computed again, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
