"""The answer on a measure of which nothing is in force says so, held against the dates in the measures' own files."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from types import SimpleNamespace

import pytest

from entrepot.brief.answer.answered import _no_longer, _not_yet
from entrepot.brief.compose import brief
from entrepot.brief.report import plain_text
from entrepot.core.periods import first_day, last_day
from entrepot.measures.measure import measure

DAYS = [date(2019, 7, 1), date(2024, 7, 1), date(2026, 6, 1)]
FILES = {
    path.name.removesuffix(".toml"): tomllib.loads(path.read_text(encoding="utf-8"))
    for path in files("entrepot.measures").joinpath("data", "acts").iterdir()
    if path.name.endswith(".toml")
}


def said(measure_id, day):
    ctx = SimpleNamespace(day=day, measure=measure(measure_id))
    return _no_longer(ctx), _not_yet(ctx)


def held(part, day):
    """Whether a part of the file is in force: begun, or of no known day, and not past its last day."""
    begun = "from" not in part or first_day(str(part["from"])) <= day
    return begun and not ("to" in part and last_day(str(part["to"])) < day)


@pytest.mark.parametrize("day", DAYS)
def test_it_is_said_just_where_nothing_holds_any_more(day):
    for name, file in FILES.items():
        parts = file["provision"]
        over = any("to" in p and last_day(str(p["to"])) < day for p in parts)
        no_longer, _ = said(name, day)
        assert bool(no_longer) == (over and not any(held(p, day) for p in parts)), name


def test_a_measure_that_ended_says_when():
    no_longer, not_yet = said("us-section-201-solar", date(2026, 6, 1))
    assert no_longer == "On 1 June 2026 no part of the measure was in force: its last part ended on 6 February 2026. "
    assert not not_yet
    assert said("us-section-201-solar", date(2025, 6, 1)) == ("", "")
    before, not_yet = said("us-section-201-solar", date(2017, 6, 1))
    assert not before
    assert not_yet


LIFTED = """
id = "order"
title = "Order on cars"
short = "Order"
jurisdiction = "KZ"
kind = "import_ban"
authority = "Ministry"
status = "in_force"
checked = 2026-11-30
direction = "import"
territory = []
countries = ["KG"]
summary = "Bars cars."
unknown = []

[[provision]]
id = "ban"
name = "Ban"
from = 2023-03-01
to = TO
text = "Cars may not enter."
subject = "cars"
threshold = "any amount"
goods = "listed"
hs = [ { prefix = "8703", basis = "named" } ]
citation = "Order 77"
verified = "official"
sources = ["s-order-77"]
rows = []

[brief]
question = "Do cars go round the order?"
asked = "Whether cars go round"
settled_by = "what was sold on"

[[brief.look]]
test = "corridors"
kind = "counted"
words = "cargo at {place}"
places = ["irkeshtam"]
metrics = ["cargo"]

[[source]]
id = "s-order-77"
publisher = "Ministry"
title = "Order 77"
url_basis = "none"
source_kind = "original"
"""


@pytest.mark.parametrize(
    ("to", "day", "direction"),
    [  # the freshest figure on record is of January to May 2025, 66 % above those months of 2024 (O0146)
        ("2024-02-29", "2026-12-02", "not_known"),
        ("2024-12-31", "2026-12-02", "not_known"),
        ("2025-01-01", "2026-12-02", "up"),
        ("2025-05-31", "2026-12-02", "up"),
        ("2026-12-02", "2026-12-02", "up"),  # its last day
        ("2025-12-31", "2025-07-01", "up"),  # still in force
    ],
)
def test_what_began_after_the_measure_had_ended_points_nowhere(tmp_path, to, day, direction):
    file = tmp_path / "order.toml"
    file.write_text(LIFTED.replace("TO", to), encoding="utf-8")
    corridors = next(t for t in brief(str(file), as_of=day, answer_only=True).answer.tests if t.id == "corridors")
    assert corridors.direction == direction
    assert ("the freshest figures began after the measure had ended" in corridors.why) == (direction == "not_known")
    assert bool(corridors.shown) == (direction == "up")


def test_the_day_on_which_it_ended_opens_the_text_that_says_so(tmp_path):
    file = tmp_path / "order.toml"
    file.write_text(LIFTED.replace("TO", "2025-12-31"), encoding="utf-8")
    report = brief(str(file), as_of="2026-12-02")
    assert "its last part ended on 31 December 2025" in plain_text(report.answer.in_short)
    (end,) = report.answer.in_short.figures.values()
    assert (end.value, end.grounds[0].row_id) == ("2025-12-31", "order/ban")
    assert end.sources == ("s-order-77",)
    (chapter,) = (c for c in report.chapters if c.key == "measure")
    (table,) = (g for g in chapter.grids if g.title == "What the measure says")
    assert [c.finding.value for c in table.rows[0][:2]] == ["2023-03-01", "2025-12-31"]


def test_a_measure_that_ended_in_a_month_is_told_by_the_month(tmp_path):
    file = tmp_path / "order.toml"
    file.write_text(LIFTED.replace("TO", '"2025-12"'), encoding="utf-8")
    said = plain_text(brief(str(file), as_of="2026-12-02", answer_only=True).answer.in_short)
    assert "its last part ended in December 2025." in said
