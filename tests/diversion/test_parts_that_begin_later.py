"""A measure of several parts is looked at from its first day; whose own part begins later is named."""

from __future__ import annotations

import pytest
from tests.diversion.test_event_study import World, simulate
from tests.diversion.test_event_study import table as flows

from entrepot.diversion.event_study.event_study import event_study
from entrepot.diversion.flows.measure_goods import later_told
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.route import question

HEAD = """\
id = "phased"
title = "An invented ban in phases"
short = "Phased ban"
jurisdiction = "EU"
kind = "import_ban"
authority = "nobody"
status = "in_force"
checked = 2026-01-01
direction = "import"
countries = ["RU", "BY"]
summary = "Invented."
"""
PART = """\
[[provision]]
id = "{id}"
name = "Ban on {hs}"
from = {day}
text = "Goods are barred."
goods = "{goods}"
{listed}
{whom}
citation = "article 1"
verified = "unverified"
sources = ["s-nobody"]
"""
SOURCE = """\
[[source]]
id = "s-nobody"
publisher = "Nobody"
title = "A text"
url_basis = "none"
source_kind = "none"
"""


def part(hs, day, whom="", goods="listed"):
    listed = f'hs = [{{ prefix = "{hs}", basis = "named" }}]' if goods == "listed" else ""
    at = f'countries = ["{whom}"]' if whom else ""
    return PART.format(id=f"p{hs}{day}{whom}".lower(), hs=hs, day=day, goods=goods, listed=listed, whom=at)


@pytest.fixture
def asked(tmp_path):
    def of(*parts, **other):
        path = tmp_path / "phased.toml"
        path.write_text(HEAD + "".join(parts) + SOURCE, encoding="utf-8")
        return question(str(path), origin="RUS", **other)

    return of


CRUDE, LATER = part("2709", "2022-12-05"), part("2710", "2023-02-05")


def test_goods_whose_part_begins_later_are_named_with_their_day(asked):
    (said,) = later_told(asked(CRUDE, LATER), ("270900", "271012", "271019"), "2022-12", "2023-06")
    assert "phased is on 2 products (271012, 271019) from 2023-02-05 on" in said
    assert "what was traded from 2022-12 until then counts as after" in said
    assert "270900" not in said


@pytest.mark.parametrize(
    ("parts", "first", "other"),
    [
        ((CRUDE, part("2710", "2022-12-20")), "2022-12", {}),  # the period of the first day holds it
        ((CRUDE, LATER), "2023-02", {"since": "2023-02-05"}),  # asked of their own day
        ((CRUDE, part("2710", "2022-12-05"), LATER), "2022-12", {}),  # a second part on the same goods
        ((CRUDE, LATER, part("0", "2022-12-05", goods="all")), "2022-12", {}),  # a part on all goods
    ],
)
def test_nothing_is_said_where_all_begin_together(asked, parts, first, other):
    assert later_told(asked(*parts, **other), ("270900", "271012"), first, "2023-06") == ()


def test_a_part_on_another_country_begins_nothing_here(asked):
    (said,) = later_told(asked(CRUDE, part("2710", "2022-12-05", "BY"), LATER), ("271012",), "2022-12", "2023-06")
    assert "from 2023-02-05 on" in said


@pytest.mark.parametrize(("last", "counts"), [("2023-01", False), ("2023-02", True)])
def test_a_part_that_begins_behind_all_that_is_looked_at_had_no_share_in_it(asked, last, counts):
    """What was traded until then counts as after only where there is any trade beyond it."""
    (said,) = later_told(asked(CRUDE, LATER), ("271012",), "2022-12", last)
    assert ("until then counts as after" in said) == counts
    assert (
        f"only from 2023-02-05 on, as far as is on record, behind all that is looked at (2022-12 to {last})" in said
    ) != counts


@pytest.mark.parametrize("scan", [lambda *a: diverted(*a).told, lambda *a: event_study(*a, placebos=0).words])
def test_a_scan_and_an_event_study_both_say_it(tmp_path, scan):
    early, late = part("8541", "2020-06-01"), part("5201", "2022-01-01")
    head = HEAD.replace('"EU"', '"US"').replace('["RU", "BY"]', '["CN"]')
    path = tmp_path / "phased.toml"
    path.write_text(head + early + late + SOURCE, encoding="utf-8")
    told = " ".join(scan(flows(simulate(World())), question(str(path))))
    assert "phased is on 1 product (520100) from 2022-01-01 on" in told
