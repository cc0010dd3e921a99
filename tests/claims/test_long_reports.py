"""A long report is read in stretches that its text says: by one process or by several, it is claimed the same."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest

from entrepot.claims.check import against_record
from entrepot.claims.mentions import mentions
from entrepot.claims.mentions.mentions import of_report, read_report, stretches
from entrepot.claims.open import of_bytes
from entrepot.record.embedded import load, replace

PARAGRAPHS = [
    "In fiscal year 2023 CBP stopped 4,016 shipments under the UFLPA. It denied 12 of them.",
    "From January to October 2023 Khorgos handled 5,012 trains; a year earlier there were fewer.",
    "The presumption of the UFLPA took effect on 21 June 2023, a lawyer said on Monday.",
    "Xinjiang grows one third of the world's tomatoes (2) and more.",
]


@pytest.fixture
def report(monkeypatch):
    monkeypatch.setattr(mentions, "LONGEST", 900)
    return of_bytes("\n\n".join(PARAGRAPHS * 12).encode(), "report.txt", published=date(2024, 5, 8))


def test_a_short_report_is_one_stretch():
    short = of_bytes("\n\n".join(PARAGRAPHS).encode(), "report.txt", published=date(2024, 5, 8))
    assert stretches(short) == [(0, len(PARAGRAPHS))]


def test_stretches_are_the_report(report):
    found = stretches(report)
    assert len(found) > 3
    assert [b for first, last in found for b in report.blocks[first:last]] == [*report.blocks]
    assert all(report.blocks[last - 1].end - report.blocks[first].start >= 800 for first, last in found[:-1])


def test_several_processes_give_the_claims_of_one(report, monkeypatch):
    one = against_record(report, "report.txt")
    verdicts = {c.verdict for c in one.found}
    assert {"agrees", "contradicts", "differs"} <= verdicts
    told = []
    two = against_record(report, "report.txt", workers=2, progress=lambda *done: told.append(done))
    assert two.found == one.found
    assert (two.summary, two.html) == (one.summary, one.html)
    assert told == [(last, len(report.blocks)) for _, last in (*stretches(report), (0, len(report.blocks)))]


def test_another_record_is_sent_to_the_other_processes(report):
    """Without the rows of a source its figures have none, in whatever process."""
    record = load()
    gone = record.tables["observations"].slice(0, 1)
    other = replace(record, "observations", gone)
    one, two = (against_record(report, "report.txt", record=other, workers=n).found for n in (1, 2))
    assert one == two
    assert not any(c.verdict == "agrees" and "4,016" in c.text for c in one)


def test_what_a_stretch_is_about_stands_in_the_head_of_the_report(report):
    """The mentions of the stretches are those of the report, each run of digits in one."""
    found = [*of_report(report)]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({line.start for line in read_report(report)}) == len(read_report(report))


SCRIPT = """
import sys
from entrepot.claims.mentions import mentions
from entrepot.desk.check import check
mentions.LONGEST = 900
check(sys.argv[1], published="2024-05-08", store=sys.argv[2], workers=2)
"""


def test_a_script_that_is_read_anew_by_each_process_is_told_what_to_do(tmp_path):
    """Without a guard it would begin processes without end; what it needs is more than a pipe holds."""
    report, script = tmp_path / "report.txt", tmp_path / "script.py"
    report.write_text("\n\n".join(PARAGRAPHS * 500), encoding="utf-8")
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script), str(report), str(tmp_path / "store")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 1
    last = ran.stderr.strip().splitlines()
    assert any("a process that was begun for a part of the work ended before it was done" in line for line in last)
    assert any('if __name__ == "__main__":' in line for line in last)
