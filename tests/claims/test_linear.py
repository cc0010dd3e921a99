"""A report of thousands of figures: memory and steps grow with the figures and no faster."""

from __future__ import annotations

import cProfile
import subprocess
import sys
from datetime import date

import pytest

from entrepot.claims.check import against_record
from entrepot.claims.open import of_bytes

DAY = date(2026, 6, 1)
# 10 were measured, store and page included, and 25 before; DuckDB and the allocator keep some of what they free.
KILOBYTES = 16
# Four times the figures take four times the steps; sixteen times where each figure is held against each.
MORE = 6
RUN = """
import resource, sys
from entrepot.desk.check import check
check(sys.argv[1], published="2026-06-01", html=sys.argv[2], store=sys.argv[3])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def dense(figures: int) -> str:
    """Sentences of a hundred figures each, a paragraph a sentence."""
    sentence = "Khorgos handled in 2024 " + ", ".join(f"{n:,} trains" for n in range(1_000, 1_100)) + ".\n\n"
    return sentence * (figures // 100)


def peak(tmp_path, figures: int) -> int:
    """Kilobytes that a process takes at most to check the figures, draw the page and keep the claims."""
    report = tmp_path / f"{figures}.txt"
    report.write_text(dense(figures), encoding="utf-8")
    arguments = [
        sys.executable,
        "-c",
        RUN,
        str(report),
        str(tmp_path / "page.html"),
        str(tmp_path / f"store-{figures}"),
    ]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted in kilobytes on Linux only")
@pytest.mark.slow
def test_memory_is_a_few_kilobytes_a_figure(tmp_path):
    few, many = 3_000, 9_000
    assert peak(tmp_path, many) - peak(tmp_path, few) < KILOBYTES * (many - few)


def checked(text: str):
    report = of_bytes(text.encode(), "report.txt", published=DAY)
    return against_record(report, "report.txt")


def drawn(found, figures: int) -> int:
    """Functions called for one page: a count, which hangs on no other work of the machine."""
    with cProfile.Profile() as profile:
        assert found.html.count("<mark") == figures
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("joint", [" ", "\n\n"])
def test_a_page_of_figures_is_drawn_in_linear_steps(joint):
    """In one paragraph without an end, and in a paragraph a figure."""
    few, many = (
        drawn(checked(joint.join(map(str, range(10_000, 10_000 + figures)))), figures) for figures in (800, 3_200)
    )
    assert many < MORE * few


def test_claims_of_one_sentence_share_its_text():
    found = checked("Khorgos handled 8,730 trains in 2024 and Alashankou 8,165 trains in 2025.").found
    assert len(found) > 1
    assert len({id(c.sentence) for c in found}) == 1


def test_the_page_comes_in_parts_that_are_the_page():
    found = checked(dense(1_000))
    assert "".join(found.html_parts) == found.html
    assert max(map(len, found.html_parts)) < len(found.html) / 2
