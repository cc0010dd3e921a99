"""The pictures of the pages in the documentation show what the pages show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")
import page_pictures
import pictures

ROOT = Path(__file__).parents[2]


def kept():
    return json.loads((page_pictures.IMAGES / pictures.KEPT).read_text(encoding="utf-8"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.usefixtures("browser_path")
def test_the_pictures_are_what_the_pages_show(tmp_path):
    found = pictures.differences(kept(), page_pictures.IMAGES, page_pictures.draw(tmp_path), tmp_path)
    assert found == [], "run make pictures"


def test_each_picture_is_of_a_page_that_is_there_and_no_page_that_is_being_worked_out():
    held = kept()["pictures"]
    assert set(held) == {f.name for f in page_pictures.IMAGES.glob("*.png")} == {s.file for s in page_pictures.SHOTS}
    assert all(len(p["texts"]) > 5 for p in held.values())
    said = " ".join(text for p in held.values() for text in p["texts"])
    assert not re.search(r"being (worked out|screened|estimated|held|made)", said)


def test_the_first_page_of_the_readme_shows_a_picture_that_is_kept():
    shown = set(re.findall(r"docs/img/pages/([\w-]+\.png)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert shown
    assert shown <= set(kept()["pictures"])
