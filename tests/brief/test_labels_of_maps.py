"""Labels of maps are as wide as their letters: none is cut by an edge of the picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from entrepot.brief.charts import canvas, partners_map
from entrepot.brief.charts.canvas import PHONE, Head
from entrepot.vocabulary import countries

# Advance widths of DejaVu Sans in thousandths of an em, as the font has them (hmtx), of the letters of these names.
ADVANCE = {
    "P": 603, "a": 613, "n": 634, "m": 974, "O": 787, "G": 775, "u": 634, "Y": 611, "e": 615, "M": 863, "x": 592,
    "i": 278, "c": 550, "o": 612, "y": 592, "r": 411, "U": 732, "K": 656, "w": 818, "d": 635, "R": 695,
}  # fmt: skip
SIZE = 11  # px of a label


def real(name: str) -> float:
    return sum(ADVANCE[letter] for letter in name) * SIZE / 1000


@pytest.mark.parametrize("name", ["Panama", "Oman", "Guam", "Yemen", "UK", "Rwanda", "Mexico"])
def test_no_name_is_wider_than_the_room_that_is_kept_for_it(name):
    """Panama has six letters of 7.4 px, where 6.6 were kept for each."""
    assert real(name) <= canvas.wide(name) <= 1.2 * real(name)
    assert canvas.wide(name, bold=True) > 1.1 * canvas.wide(name)


def point(code: str, size: float):
    lon, lat = countries.point(code)
    more = {"label": countries.name_of(code, code), "size": size, "moved": "more than expected", "hub": False}
    return {"lon": lon, "lat": lat, "said": code, "href": "#x"} | more


def test_a_label_at_the_western_edge_is_not_cut():
    """The map of the Union's exports after 2022, whose westernmost circles are Mexico's and Panama's."""
    codes = ("TUR", "MEX", "BRA", "KAZ", "CAN", "PAN", "MAR", "EGY", "PAK", "QAT", "PHL", "CHL", "CUB", "AUS")
    points = [point(code, 1000.0 / n) for n, code in enumerate(codes, 1)]
    drawn = partners_map.drawn(points, [], Head("map", "", PHONE))
    labels = re.findall(r'<text x="([-\d.]+)" y="[-\d.]+"( text-anchor="(\w+)")? stroke="#fff"[^>]*>([^<]+)<', drawn)
    named = {name: (float(x), anchor) for x, _, anchor, name in labels}
    assert "Panama" in named  # where there is no place that is not cut it would have none
    for name in named.keys() & {"Panama", "Mexico"}:
        x, anchor = named[name]
        left = x - {"": 0.0, "middle": real(name) / 2, "end": real(name)}[anchor]
        assert left >= 0
        assert left + real(name) <= PHONE


def test_the_widths_hold_every_letter_of_the_font():
    """Where the font is installed, of every name of a country, plain and bold."""
    fonts = Path("/usr/share/fonts/truetype/dejavu")
    image_font = pytest.importorskip("PIL.ImageFont")
    if not fonts.is_dir():
        pytest.skip("DejaVu Sans is not installed")
    for file, bold in (("DejaVuSans.ttf", False), ("DejaVuSans-Bold.ttf", True)):
        font = image_font.truetype(str(fonts / file), 110)
        for name in {countries.name_of(code, code) for code in countries.points()}:
            assert font.getlength(name) / 10 <= canvas.wide(name, bold=bold) + 0.01, name


def test_the_largest_circle_has_a_name_though_others_lie_near_its_label():
    """Who took most of all had none: Kazakhstan's circle lies within six px of where its label stands."""
    codes = ("TUR", "MEX", "BRA", "KAZ", "CAN", "PAN", "MAR", "EGY", "PAK", "QAT", "PHL", "CHL", "CUB", "UKR")
    points = [point(code, 1000.0 / n) for n, code in enumerate(codes, 1)]
    found = {p["said"]: p["label"] for p in partners_map.placed(points, PHONE)}
    assert found["TUR"] == "Türkiye"
    assert found["KAZ"] == "Kazakhstan"
