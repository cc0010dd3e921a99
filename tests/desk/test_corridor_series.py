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
