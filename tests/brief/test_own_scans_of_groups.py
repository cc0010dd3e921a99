"""A scan of one's own in a brief: whose flows stand for a group, and that all that was kept is of the scan."""

import csv

import pytest

from entrepot.brief.report import Figure, plain_text
from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.desk.brief import brief
from entrepot.desk.divert import divert
from entrepot.diversion.contract import KEPT_SCANS, SIGNALS

SELLERS, THROUGH = ("DEU", "FRA", "ITA"), ("KGZ", "ARM")
OTHERS = ("CHE", "USA", "IND", "BRA", "ZAF", "EGY", "THA", "MYS", "VNM", "CHL")
GOODS = ("854231", "854239", "851762", "852691")
ACT = """title = "Export ban on chips"
who = "EU"
whom = ["RUS"]
direction = "export"
goods = ["8542.31", "8542.39", "8517.62", "8526.91"]
from = 2022-02-26
"""


def wobble(*key: object) -> float:
    """A tenth up or down, the same on every run."""
    import zlib

    return 0.9 + 0.2 * (zlib.crc32(repr(key).encode()) % 1000) / 1000


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """The store and the measure of a scan of monthly exports of three members of the Union, whose direct flows end."""
    folder = tmp_path_factory.mktemp("chips")
    months = [f"{year}-{month:02}" for year in range(2019, 2024) for month in range(1, 13)]
    with (folder / "chips.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["exporter", "importer", "reporter", "product", "period", "value_usd", "net_kg"])
        for code in GOODS:
            for seller in (*SELLERS, "CHN", "JPN"):
                for buyer in ("RUS", *THROUGH, *OTHERS):
                    for month in months:
                        value = 2e6 * wobble(code, seller, buyer, month)
                        after = seller in SELLERS and month >= "2022-03"
                        value *= (0.05 if buyer == "RUS" else 3.0 if buyer in THROUGH else 1.0) if after else 1.0
                        out.writerow([seller, buyer, seller, code, month, round(value), round(value / 40)])
            for hub in THROUGH:
                for month in months:
                    value = 2e5 * wobble(code, hub, month) + (6e6 if month >= "2022-03" else 0)
                    out.writerow([hub, "RUS", hub, code, month, round(value), round(value / 40)])
    act = folder / "chips.toml"
    act.write_text(ACT, encoding="utf-8")
    found = divert(folder / "chips.csv", measure=str(act), store=folder / "store")
    return folder / "store", str(act), found


def briefed(scanned):
    store, act, _ = scanned
    return brief(act, as_of="2026-12-02", store=store, out=store.parent / "out").report


def test_flows_of_three_members_are_told_as_those_of_three_members(scanned):
    """They were told as “EU to Russia”."""
    report = briefed(scanned)
    (direct,) = (t for t in report.answer.tests if t.id == "direct")
    assert "EU (3 of its 27 members: Germany, France, Italy) to Russia" in direct.own
    assert "EU to Russia" not in direct.own
    (mine,) = (c for c in report.chapters if c.key == "own-scans")
    cells = [c for grid in mine.grids for row in grid.rows for c in row]
    assert any("3 of its 27 members" in c for c in cells if isinstance(c, str))
    figures = [c.finding for c in cells if isinstance(c, Figure)]
    assert figures
    assert all("3 of its 27 members" in f.subject for f in figures)


def test_a_group_of_which_nobody_is_missing_is_told_by_its_name(tmp_path):
    row = {"signal_id": "signal-0123456789ab", "measure": "eu-russia-833", "mode": "direct", "product": "854231"}
    row |= {"hub": "KGZ", "origin": "EU", "destination": "RUS", "word": "no signal", "unit": "USD"}
    row |= {"since": "2022-Q1", "until": "2023-Q4", "loss": 2e7, "loss_se": 1e6, "p_fall": 0.001, "legs": "all"}
    row |= {"judged": True, "basis": "both legs", "source_ids": ["whole.csv"]}
    scan = {"scan_id": "scan-0123456789ab", "measure": "eu-russia-833", "origin": "EU", "since": "2022-02-26"}
    scan |= {"counted": "value", "kept_at": "2026-01-01", "signals": ["signal-0123456789ab"]}
    with stores.opened(tmp_path / "store") as con:
        stores.keep_shown(con, "signals", "signal_id", table(SIGNALS, [row]))
        stores.keep_shown(con, "scans", "scan_id", table(KEPT_SCANS, [scan]))
    report = brief("eu-russia-833", as_of="2026-12-02", store=tmp_path / "store", answer_only=True).report
    (direct,) = (t for t in report.answer.tests if t.id == "direct")
    assert "HS 8542.31, EU to Russia" in direct.own


def test_no_row_of_a_scan_is_said_to_be_kept_without_its_scan(scanned):
    """Rows beyond those that a terminal shows were said to be left out, and a new scan was asked for."""
    _, _, found = scanned
    assert found.table.num_rows > 40
    report = briefed(scanned)
    told = " ".join(t.own for t in report.answer.tests)
    (mine,) = (c for c in report.chapters if c.key == "own-scans")
    told += " ".join(plain_text(s) for s in mine.body)
    assert "left out" not in told
    lost = next(g for g in mine.grids if "lost" in g.title)
    assert len(lost.rows) == len(GOODS)
