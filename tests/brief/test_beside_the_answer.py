"""The pictures that a page holds beside an answer: arcs as broad as rows of the record say, all events once."""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from types import SimpleNamespace

import pytest

from entrepot.brief import compose
from entrepot.brief.chapters import dated_events, export_arcs
from entrepot.brief.chapters.scans import Timeline
from entrepot.record.embedded import load

DAY = date(2026, 11, 24)
RISEN = SimpleNamespace(said=SimpleNamespace(signal={"product": "38180019", "hub": "LAO"}))
ARC = re.compile(
    r'<a href="#(f-[0-9a-f]+)"[^>]*><path d="[^"]*" fill="none" stroke="[^"]*" stroke-width="([\d.]+)"(.*?)</a>'
)


@pytest.fixture(scope="module")
def ctx():
    """The context of a brief whose scans found one rise: wafers to Laos."""
    with compose._context("uflpa", DAY, load()) as made:
        made.kept["scans"] = Timeline((), ()), (SimpleNamespace(hubs=[RISEN]),)
        yield made


@pytest.fixture(scope="module")
def flows():
    packed = files("entrepot.trade").joinpath("data", "flows.csv.gz").read_bytes()
    return list(csv.DictReader(gzip.decompress(packed).decode().splitlines()))


def test_an_arc_is_as_broad_as_the_row_of_the_record_and_broken_where_china_alone_reports(ctx, flows):
    charts = {(c.group, c.currency): c for c in export_arcs.chapter(ctx).charts}
    assert {product for product, _ in charts} == {"Cells", "Panels", "Wafers"}
    for (product, unit), chart in charts.items():
        mine = [r for r in flows if r["product"] == product]
        last = max(r["period"] for r in mine)
        held = {r["id"]: float(r[unit]) for r in mine if r["period"] == last and r[unit]}
        drawn = {f.grounds[0].row_id: f for f in chart.figures}
        assert drawn.keys() <= held.keys()
        assert all(f.number == pytest.approx(held[row]) for row, f in drawn.items())
        left_out = [held[row] for row in held.keys() - drawn.keys()]
        assert len(drawn) == export_arcs.MOST or len(left_out) < len(held)
        arcs = {f: (float(wide), rest) for f, wide, rest in ARC.findall(chart.svg)}
        assert arcs.keys() == {f.id for f in chart.figures}
        broadest = max(f.number for f in chart.figures)
        for figure in chart.figures:
            wide, rest = arcs[figure.id]
            assert wide == pytest.approx(max(11 * figure.number / broadest, 0.8), abs=0.051)
            assert "stroke-dasharray" in rest
            assert ('r="7"' in rest) is (product == "Wafers" and figure.grounds[0].row_id.startswith("F-LAO-"))
        assert "only China reports" in chart.caption
        assert ("Ringed" in chart.caption) is (product == "Wafers")


def test_events_around_the_measure_and_at_its_crossings_stand_once_on_one_line(ctx):
    (chart,) = dated_events.linked(ctx).charts
    drawn = [f.grounds[0].row_id for f in chart.figures]
    assert len(drawn) == len(set(drawn))
    text = files("entrepot.measures").joinpath("data", "events.csv").read_text(encoding="utf-8")
    at_khunjerab = {
        r["id"]
        for r in csv.DictReader(text.splitlines())
        if "khunjerab" in r["place_id"].split("; ") and r["kind"] in {"opening", "closure"}
        and r["date"] >= "2019" and r["status"] in {"occurred", "scheduled"} and not r["same_as"]
    }  # fmt: skip
    assert at_khunjerab
    assert at_khunjerab <= set(drawn)
    for svg in (chart.svg, chart.narrow):
        assert set(re.findall(r'href="#(f-[0-9a-f]+)"', svg)) == {f.id for f in chart.figures}


def test_a_measure_that_follows_no_crossing_has_neither(ctx):
    alone = replace(ctx, focus=replace(ctx.focus, crossings=(), flow_products=()))
    assert dated_events.linked(alone) is None
    assert export_arcs.chapter(alone) is None
