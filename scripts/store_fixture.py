"""Make the store of a release, packed, for the test that today's release can read it.

    git worktree add ../release COMMIT
    python scripts/store_fixture.py ../release tests/core/stores/NAME.tar.gz

Runs that release's command line on the example files: a list is loaded, suppliers are screened, a measure is briefed, a
report is checked with --add. The store is packed with the file of results, whose run it knows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

EXAMPLES = Path("docs/examples")
RUNS = (
    ("lists", "load", "blocked.csv", "--as", "own-blocked", "--version", "2026-07-23"),
    ("screen", "suppliers.csv", "--as-of", "2024-11-25", "--workers", "1", "--out", "hits.csv"),
    ("brief", "ofac-xinjiang", "--as-of", "2024-11-25", "--out", "brief"),
    ("check", "report.txt", "--published", "2024-12-05", "--add", "--yes"),
)


def main(release: Path, out: Path) -> None:
    """Run the release and pack its store.

    Args:
        release: a checkout.
        out: the archive.
    """
    with tempfile.TemporaryDirectory() as name:
        work = Path(name) / "desk"
        shutil.copytree(release / EXAMPLES, work)
        settings = os.environ | {"PYTHONPATH": str((release / "src").resolve()), "ENTREPOT_STORE": "store"}
        for words in RUNS:
            subprocess.run([sys.executable, "-m", "entrepot", *words], cwd=work, env=settings, check=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(out, "w:gz") as packed:
            for part in ("store", "hits.csv", "suppliers.csv"):
                packed.add(work / part, part, filter=_kept)


def _kept(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Indexes are made again, and whose machine it was is nobody's matter."""
    if "/searched" in entry.name or entry.name.endswith(".lock"):
        return None
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
