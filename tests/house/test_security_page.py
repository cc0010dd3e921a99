"""The page on security names for each promise and each attack the tests that hold it, and they are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)`|`(test_\w+)`")


def promises() -> list[str]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith(("| promise ", "| attack "))]


def missing(text: str) -> list[str]:
    """The tests that a text names, each in the file named before it, and that are not there."""
    file, lost = "", []
    for path, name in NAMED.findall(text):
        file = path or file
        source = (ROOT / file).read_text(encoding="utf-8") if file and (ROOT / file).is_file() else ""
        if not source or (name and f"def {name}(" not in source):
            lost.append(f"{file}: {name}")
    return lost


def test_every_promise_names_a_test():
    assert len(promises()) > 15
    assert [line for line in promises() if not re.search(r"`tests/[\w/]+\.py`: `test_\w+`", line)] == []


def test_every_test_that_it_names_is_there():
    assert missing(PAGE.read_text(encoding="utf-8")) == []
    assert missing("`tests/house/test_security_page.py`: `test_of_nobody`") != []


def test_a_fault_is_reported_without_an_address_that_nobody_reads():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "@" not in text
    assert "docs/security.md" in text
