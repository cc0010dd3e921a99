"""The pictures of the documentation show what the brief says; the comparison sees what it should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import pictures
from pictures import Picture, moved, text_differences

IMAGES = Path(__file__).parents[2] / "docs" / "img"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.usefixtures("browser_path")
def test_the_pictures_are_what_the_brief_shows(tmp_path):
    kept = json.loads((IMAGES / pictures.KEPT).read_text(encoding="utf-8"))
    assert pictures.differences(kept, IMAGES, pictures.draw(tmp_path), tmp_path) == [], "run make pictures"


def test_each_picture_is_kept_with_what_can_be_read_in_it():
    kept = json.loads((IMAGES / pictures.KEPT).read_text(encoding="utf-8"))["pictures"]
    assert set(kept) == {f.name for f in IMAGES.glob("*.png")}
    assert all(len(p["texts"]) > 20 for p in kept.values())


BEFORE = [f"sentence {n}" for n in range(20)]


@pytest.mark.parametrize(
    ("now", "cut", "found"),
    [
        (BEFORE, True, ""),
        (BEFORE[:17], True, ""),  # with larger letters the end lies below the edge
        ([*BEFORE, "more"], True, ""),  # with smaller ones more is seen
        (BEFORE[:16], True, "'sentence 16', the brief says 'nothing'"),
        (["sentence 0", "changed", *BEFORE[2:]], True, "'sentence 1', the brief says 'changed'"),
        (BEFORE, False, ""),
        ([*BEFORE, "more"], False, "also says 'more'"),
        (BEFORE[:19], False, "'sentence 19', the brief says 'nothing'"),
    ],
)
def test_another_sentence_is_seen_and_another_font_is_not(now, cut, found):
    said = text_differences(BEFORE, Picture("p.png", tuple(now), cut))
    assert len(said) == bool(found)
    assert found in "".join(said)


@pytest.fixture
def drawn(tmp_path):
    """Saves a white page of 600 by 900 px with a dark bar of so many px at a height."""

    def draw(name, at, height=40, grey=40, size=(600, 900)):
        page = Image.new("RGB", size, "white")
        ImageDraw.Draw(page).rectangle((50, at, 550, at + height), fill=(grey, grey, grey))
        page.save(tmp_path / name)
        return tmp_path / name

    return draw


def test_a_shift_of_a_pixel_is_no_change_and_a_moved_bar_is(drawn):
    page = drawn("a.png", 100)
    assert moved(page, drawn("b.png", 100)) == 0
    assert moved(page, drawn("c.png", 100, grey=60)) == 0
    assert moved(page, drawn("d.png", 101)) <= pictures.MOVED
    assert moved(page, drawn("e.png", 160)) > pictures.MOVED
    assert moved(page, drawn("f.png", 100, size=(600, 950))) == 1
