"""The verb on series: what is asked for that is not there, and what is nearby."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(store=tmp_path)


def test_a_place_without_a_report_names_what_is_nearby(desk):
    with pytest.raises(
        BadInputError, match=r"no report of an amount at Muzart; expected one nearby: Khorgos \(khorgos, "
    ):
        desk.corridor_series("muzart")


def test_what_is_not_on_record_names_what_is(desk):
    with pytest.raises(UnknownNameError, match="did you mean khunjerab"):
        desk.corridor_series("khunjerap")
    with pytest.raises(UnknownNameError, match=r"unknown quantity at Khunjerab 'trains'; one of .*cargo"):
        desk.corridor_series("Khunjerab", quantity="trains")
    with pytest.raises(UnknownNameError, match="unknown mode of cargo at Khunjerab 'rail'; did you mean road"):
        desk.corridor_series("khunjerab", mode="rail")
    with pytest.raises(UnknownNameError, match="step of a series"):
        desk.corridor_series("khunjerab", by="week")


def test_what_was_not_known_yet_is_left_out(desk):
    found = desk.corridor_series("kulma", as_of="2021-12-31")
    assert max(r["period_end"] for r in found.to_pylist()) < "2022"
    assert not {i for r in found.to_pylist() for i in r["reports"] or ()} & {"O1158", "O0148"}  # of 2023 and 2025


def test_a_row_of_ones_own_is_named_and_where_the_others_do_not_bear_it_out_said_so(tmp_path):
    from entrepot.desk.record import add_rows

    desk = Desk(store=tmp_path)
    before = desk.corridor_series("torugart", mode="road", by="month")
    assert not any("your own" in n for n in before.notes)
    # O0147 has 700,000 tonnes in five months of 2025, up 53.4 percent: some 91,000 a month the year before.
    said = ["place=torugart", "metric=cargo", "unit=tonnes", "mode=road", "partner=Kyrgyzstan", "publisher=Made up"]
    for month, value in (("01", 8_000), ("02", 9_000), ("03", 11_000), ("05", 91_000)):
        add_rows([*said, f"value={value}", f"period=2024-{month}"], store=tmp_path)
    mine = {r["value"]: r["id"] for r in desk.record("own_observations").to_pylist()}
    found = desk.corridor_series("torugart", mode="road", by="month")
    by_month = {r["period_start"]: r for r in found.to_pylist()}
    assert mine[8_000] in by_month["2024-01"]["reports"]
    assert by_month["2024-01"]["state"] == "estimated"
    assert any("4 of these reports are your own rows" in n and mine[91_000] in n for n in found.notes)
    assert any("do not bear it out" in n and mine[8_000] in n for n in found.notes)
    assert desk.corridor_conflicts(place="torugart").notes[-1].endswith("bear one out.")
