"""Make the store of a release, packed, for the test that today's release can read it.

    git worktree add ../release COMMIT
    python scripts/store_fixture.py ../release tests/core/stores/NAME.tar.gz
    python scripts/store_fixture.py ../release tests/core/stores/NAME.tar.gz decided

Runs that release's command line on the example files: a list is loaded, suppliers are screened, a measure is briefed, a
report is checked with --add. With `decided` on invented vendors beside an invented list instead: they are screened and
five cases decided. The store is packed with the file of results, whose run it knows.
"""

from __future__ import annotations

import csv
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
LISTED = """name,kind,country
Gulmira Trading LLC,company,KZ
Otarbay Serik,person,KZ
Belmak Trans LLC,company,TR
AVANGARD,vessel,
Jonas Lind,person,SE
Orvana Grands Velours,company,FR
"Shenglong Textile Co., Ltd.",company,CN
Tariq Belmondi,person,
"""
# What rules score otherwise: a ship met by translation, a middle initial, characters beside Latin letters, an ending.
VENDORS = """number,supplier,country
1001,Gulmira Trading LLC,KZ
1002,Otarbay Serik,KZ
1003,BELMA KTRANS LLC,TR
1004,Pioneer Freight LLC,US
1005,Jonas L. Broman,US
1006,Orvn Grnds Vlrs,FR
1007,盛隆纺织有限公司,CN
1008,"Kashgar Example Trading, Kashgar, Xinjiang",CN
1009,Example Components GmbH,DE
1010,Tarik Belmondi,
1011,"Aksu Huafu Color Spinning Co., Ltd.",CN
"""
DECIDED = {
    "Otarbay Serik": "false",
    "盛隆纺织有限公司": "false",
    "Jonas L. Broman": "false",
    "Gulmira Trading LLC": "true",
    "Tarik Belmondi": "unsure",
}
SCREENED = (
    ("lists", "load", "listed.csv", "--as", "own-blocked", "--version", "2026-07-23"),
    (
        *("screen", "suppliers.csv", "--list", "own-blocked", "--list", "uflpa", "--as-of", "2026-08-10"),
        *("--workers", "1", "--out", "hits.csv"),
    ),
)


def _decisions(work: Path) -> tuple[str, ...]:
    """The command that decides the cases of the parties."""
    with (work / "hits.csv").open(encoding="utf-8", newline="") as file:
        cases = {r["case_id"]: DECIDED[r["party"]] for r in csv.DictReader(file) if r["party"] in DECIDED}
    each = (word for case, verdict in cases.items() for word in ("--decide", f"{case}={verdict}"))
    return ("review", "hits.csv", "--by", "A Clerk", "--why", "looked up", *each)


def main(release: Path, out: Path, *, is_decided: bool = False) -> None:
    """Run the release and pack its store.

    Args:
        release: a checkout.
        out: the archive.
        is_decided: whether cases are decided, of the invented vendors.
    """
    with tempfile.TemporaryDirectory() as name:
        work = Path(name) / "desk"
        shutil.copytree(release / EXAMPLES, work)
        settings = os.environ | {"PYTHONPATH": str((release / "src").resolve()), "ENTREPOT_STORE": "store"}
        (work / "listed.csv").write_text(LISTED, encoding="utf-8")
        if is_decided:
            (work / "suppliers.csv").write_text(VENDORS, encoding="utf-8")
        for words in (*SCREENED, ()) if is_decided else RUNS:
            command = [sys.executable, "-m", "entrepot", *(words or _decisions(work))]
            subprocess.run(command, cwd=work, env=settings, check=True)
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
    main(Path(sys.argv[1]), Path(sys.argv[2]), is_decided="decided" in sys.argv[3:])
