"""The page of a scan along a chain: each leg is of its own stage, in tonnes, and the loss that of the later one."""

from __future__ import annotations

import re
from html import unescape

import pytest

from entrepot.desk.divert import divert

YEARS = range(2004, 2024)
HUBS = ("VNM", "THA", "MYS", "KHM", "IDN", "PHL", "IND", "TUR", "LAO", "BGD", "LKA", "PAK", "KOR", "JPN")
BEFORE, AFTER = 20_000_000.0, 2_000_000.0  # kg of the later stage a year that China sold the United States
PRICE = 20.0  # USD a kg: no figure of weight is one of value


def _written(path, first, later):
    """Viet Nam buys three times the first stage from 2018 on and sells three times the later one; others trade on."""

    def wave(i, j):
        return 1 + 0.05 * ((i * 7 + j * 3) % 5 - 2)  # each moves by itself, by a tenth at most

    rows = []
    for j, year in enumerate(YEARS):
        since = year >= 2018
        rows.append(("CHN", "USA", later, year, (AFTER if since else BEFORE) * wave(0, j)))
        rows.append(("CHN", "USA", first, year, 500_000.0 * wave(1, j)))
        for i, hub in enumerate(HUBS):
            more = 3 if since and hub == "VNM" else 1
            rows.append(("CHN", hub, first, year, 900_000.0 * more * wave(i + 2, j)))
            rows.append((hub, "USA", later, year, 900_000.0 * more * wave(i + 3, j)))
            rows.append((hub, "DEU", later, year, 900_000.0 * wave(i + 5, j)))
    lines = [f"{a},{b},{code},{year},{kg * PRICE:.0f},{kg:.0f}" for a, b, code, year, kg in rows]
    path.write_text("exporter,importer,product,period,value_usd,net_kg\n" + "\n".join(lines) + "\n")
    return path


@pytest.fixture(
    scope="module",
    # Codes of six digits as the chain names them, of eight, and below a chapter that it names alone.
    params=[
        ("solar", "854142", "854143", "cells", "panels"),
        ("solar", "85414200", "85414300", "cells", "panels"),
        ("cotton", "520100", "610910", "cotton", "garments"),
    ],
    ids=lambda p: f"{p[0]}-{p[1]}",
)
def page(request, tmp_path_factory):
    chain, first, later, entered, left = request.param
    folder = tmp_path_factory.mktemp("chain_page")
    path = _written(folder / "flows.csv", first, later)
    asked = {"measure": "none", "origin": "CHN", "destination": "USA", "since": "2018-01-01"}
    found = divert(path, **asked, chain=chain, html=folder / "page.html", store=folder)
    return unescape((folder / "page.html").read_text(encoding="utf-8")), found, entered, left


def _picture(text, title):
    """The drawing of a leg: what its picture says of the expected, and its unit."""
    assert title in text
    return text[text.index(title) :].partition("</svg>")[0]


def test_each_leg_is_of_its_own_stage_in_tonnes(page):
    text, _, entered, left = page
    for title in (f"China to US: {left}", f"China to Vietnam: {entered}", f"Vietnam to US: {left}"):
        drawn = _picture(text, title)
        assert ">tonnes<" in drawn
        assert "USD" not in drawn
    assert f"Vietnam to US: {entered}" not in text


def test_the_expected_of_the_direct_flow_is_drawn_where_it_was_before(page):
    """By the heights of the drawing: a tenth was observed since, which is not to be drawn as expected."""
    text, _, _, left = page
    drawn = _picture(text, f"China to US: {left}")
    nothing = float(re.search(r'd="M38,([\d.]+)H', drawn)[1])  # the axis, at 0
    expected = nothing - float(re.search(r'd="M[\d.]+,([\d.]+)L[^"]*" fill="none"[^>]*stroke-dasharray', drawn)[1])
    line = re.search(r'd="M([^"]*)" fill="none" stroke="#\w+" stroke-width', drawn)[1]
    seen = [nothing - float(point.split(",")[1]) for point in line.split("L")]
    before = [y for year, y in zip(YEARS, seen, strict=True) if year < 2018]
    assert expected == pytest.approx(sum(before) / len(before), rel=0.15)  # the waves are of a tenth
    assert seen[-1] == pytest.approx(expected * AFTER / BEFORE, abs=0.05 * expected)


def test_what_was_lost_is_said_of_the_stage_that_was_lost(page):
    text, found, entered, left = page
    row = next(r for r in found.table.to_pylist() if r["hub"] == "VNM")
    assert row["lost_share"] == pytest.approx(0.9, abs=0.05)
    assert text[text.index('<p class="note">') :].startswith(f'<p class="note">{left.capitalize()} from China to US')
    assert f"{entered} in, {left} out" in text
