"""The tutorial is a script: its pictures are what its commands print, small, and shown on its page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "img" / "tutorial"
MOST_BYTES = 40_000  # of a picture: text alone


def test_each_screen_is_on_the_page_and_small_and_asks_no_network():
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    pictures = sorted(IMAGES.glob("*.svg"))
    assert len(pictures) > 4
    for path in pictures:
        said = path.read_text(encoding="utf-8")
        assert f"img/tutorial/{path.name}" in page
        assert len(said) < MOST_BYTES
        assert "@font-face" not in said
        assert "url(http" not in said


@pytest.mark.slow
def test_the_pictures_are_what_the_tutorial_prints():
    check = [sys.executable, str(ROOT / "scripts" / "tutorial.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
