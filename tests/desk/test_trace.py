"""Supply links at the desk: loaded, listed, traced, explained, removed; what a command says and ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk

LINKS = Path(__file__).parents[2] / "docs/examples/supply-links.csv"
DAY = "2025-11-25"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("desk") / "store")
    made.load_supply(LINKS)
    return made


def test_what_is_loaded_adds_up_and_is_held_once(desk):
    (row,) = desk.supply_files().to_pylist()
    assert row["read"] == row["links"] + row["refused"]
    assert len(desk.refused_supply(row["file_id"]).to_pylist()) == row["refused"]
    assert any("held already" in n for n in desk.load_supply(LINKS).notes)
    assert len(desk.supply_files().to_pylist()) == 1


def test_a_product_is_traced_to_its_evidence(desk):
    (row,) = desk.trace("Cotton  SHIRT", as_of=DAY).to_pylist()
    assert row["touches"] == "yes"
    assert row["low_percent"] <= row["likely_percent"] <= row["high_percent"]
    assert len(row["path"]) == row["tiers"]
    (explained,) = desk.explain(row["exposure_id"])
    assert [r["document"] for _, r in explained.rows] == ["INV-0001", "INV-0003", "INV-0005"]


def test_before_a_link_was_known_it_does_not_count(desk):
    told = desk.trace(everything=True, as_of="2025-02-16").to_pylist()
    assert {r["party"] for r in told} == {"Example Weaving Ltd."}


def test_all_products_the_surest_first(desk):
    found = desk.trace(everything=True, as_of=DAY)
    assert [r["touches"] for r in found.to_pylist()] == ["yes", "no"]
    assert any("in no answer" in n for n in found.notes)


def test_what_cannot_be_asked_is_refused(desk, tmp_path):
    with pytest.raises(BadInputError):
        desk.trace()
    with pytest.raises(BadInputError):
        desk.trace("cotton shirt", everything=True)
    with pytest.raises(UnknownNameError, match="cotton shirt"):
        desk.trace("coton shirt", as_of=DAY)
    with pytest.raises(BadInputError, match="no supply link is known by"):
        desk.trace(everything=True, as_of="2020-01-01")
    with pytest.raises(BadInputError, match="supply load"):
        Desk(tmp_path / "empty").trace(everything=True)


def test_a_removed_file_is_gone_with_its_links(tmp_path):
    desk = Desk(tmp_path / "store")
    desk.load_supply(LINKS)
    (row,) = desk.supply_files().to_pylist()
    desk.remove_supply(row["file_id"])
    assert desk.supply_files().to_pylist() == []
    with pytest.raises(BadInputError):
        desk.trace(everything=True, as_of=DAY)
    with pytest.raises(UnknownNameError):
        desk.remove_supply(row["file_id"])


@pytest.mark.parametrize(
    ("name", "touches"),
    [
        ("Kuche Zongheng Cotton Industry Co., Ltd.", "yes"),
        ("KUCHE ZONGHENG COTTON INDUSTRY CO LTD", "yes"),
        ("Kuche Zongheng Cotton Industry Company Limited", "yes"),
        ("Kuche Zongheng Cotton Industry LLC", "cannot_be_excluded"),
        ("Zongheng Kuche Cotton Industry Co., Ltd.", "cannot_be_excluded"),
    ],
)
def test_how_a_legal_form_is_shortened_makes_no_other_party(tmp_path, name, touches):
    file = tmp_path / "links.csv"
    file.write_text(f'supplier,buyer,material,quantity,unit,date\n"{name}",Merimont,lint,5,kg,2026-01-05\n', "utf-8")
    made = Desk(tmp_path / "store")
    made.load_supply(file)
    (row,) = made.trace(everything=True, as_of="2026-02-01").to_pylist()
    assert row["touches"] == touches
