"""Pages and pictures of the documentation that scripts make of measured figures, pages between two marks."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES, ANSWER = "figures", "answer"  # what stands between the marks of a page


def filled(page: str, measured: str, path: Path, mark: str = FIGURES) -> str:
    """The page with the measured part between its marks.

    Args:
        page: the text.
        measured: what goes between the marks.
        path: the page's, for the error.
        mark: what stands between them.

    Raises:
        ValueError: the page lacks a mark.
    """
    begin, end = f"<!-- {mark}: begin -->\n", f"<!-- {mark}: end -->"
    before, found, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    if not found or not ended:
        raise ValueError(f"{path.name} lacks {begin.strip()} or {end}")
    return before + begin + measured + end + after


def write_stale(wanted: Mapping[Path, str]) -> int:
    """Write the files that are not as wanted and print which; with `--check` only name them.

    Args:
        wanted: each file's text.

    Returns:
        Exit code: 1 where `--check` finds one.
    """
    stale = [p for p, text in wanted.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    check = "--check" in sys.argv
    for path in stale:
        print(f"stale: {path.relative_to(ROOT)}" if check else path.relative_to(ROOT))
        if not check:
            path.write_text(wanted[path], encoding="utf-8")
    return 1 if stale and check else 0
