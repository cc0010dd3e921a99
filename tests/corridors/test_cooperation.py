"""Cooperation: what was looked up, who is asked for, visitors against the series, and projects out of a file."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadRowsError, UnknownNameError, UnreadableFileError
from entrepot.corridors.cooperation.financed_projects import projects
from entrepot.desk.desk import Desk
from entrepot.record.embedded import load

PLACES = (
    {"name": "Gwadar", "place_id": "gwadar", "country": "PK"},
    {"name": "Khorgos", "place_id": "khorgos", "country": "CN"},
    {"name": "Osh", "place_id": "osh", "country": "KG"},
)
HEADS = "id,Umbrella,Title,Status,Commitment Year,Recipient,Amount (Constant USD2017)\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


def written(folder, rows):
    file = folder / "given.csv"
    file.write_text(HEADS + rows, encoding="utf-8")
    return file


def test_a_place_takes_in_what_lies_within_it_and_a_country_all_in_which_it_takes_part(desk):
    everything, at_khorgos, of_pakistan = (
        desk.corridor_cooperation(word).to_pylist() for word in ("", "Khorgos", "Pakistan")
    )
    assert [r["date"] for r in everything] == sorted(r["date"] for r in everything)
    assert at_khorgos == [r for r in everything if any(p.startswith("khorgos") for p in r["place_id"] or ())]
    assert of_pakistan == [r for r in everything if "PK" in r["countries"]]
    # drills after the bomb at Karachi's airport of 2024-10-06, announced by the ministries of both
    assert [r["date"] for r in of_pakistan if r["kind"] == "drill" and r["date"] > "2024-10-06"] == [
        "2024-11",
        "2025-12-01",
    ]
    with pytest.raises(UnknownNameError, match="khorgos"):
        desk.corridor_cooperation("khorgoss")


def test_the_meeting_with_zhetysu_is_on_the_weekday_that_its_year_hangs_on(desk):
    # its page prints 26 November, and Khunjerab's opening in winter "on Sunday": 2024-12-01, as R018 dates it
    assert date(2024, 12, 1).weekday() == 6
    rows = desk.corridor_cooperation("khorgos", as_of="2024-12-05").to_pylist()
    signed = [r for r in rows if r["date"] == "2024-11-26"]
    assert [r["kind"] for r in signed] == ["meeting", "memorandum"]
    assert not [r for r in desk.corridor_cooperation(as_of="2024-11-25").to_pylist() if r["date"] == "2024-11-26"]
    (found,) = desk.explain(signed[1]["cooperation_id"])
    assert any("kazpravda.kz" in str(s["url"]) for s in found.sources)


def test_dates_of_events_are_before_they_were_told_and_no_agreement_stands_twice():
    rows = load().tables["cooperation"].to_pylist()
    for row in rows:
        if row["known_on_basis"] == "published" and row["kind"] != "drill":
            assert row["date"] <= row["known_on"], row["id"]
    agreed = {r["date"] for r in load().tables["events"].to_pylist() if r["kind"] == "agreement"}
    assert not [r["id"] for r in rows if r["kind"] in {"agreement", "memorandum"} and r["date"] in agreed]


def test_visitors_are_the_series_of_the_centre_and_hold_a_figure_that_the_record_lacks(desk):
    rows = {r["date"]: r for r in desk.corridor_cooperation("khorgos").to_pylist() if r["kind"] == "visitors"}
    series = desk.corridor_series("khorgos-cooperation-centre", quantity="passengers").to_pylist()
    known = {r["period_start"]: r["value"] for r in series if r["value"] is not None}
    assert {d: r["value"] for d, r in rows.items()} == known
    # 5.54 million in 2017 (Economic Daily, 2018-09-03): no observation of the record
    assert rows["2017"]["low"] < 5_540_000 < rows["2017"]["high"]


def test_projects_stand_where_their_title_says_and_nothing_of_the_file_is_lost(tmp_path):
    file = written(
        tmp_path,
        "1,No,Port of Gwadar,Completion,2001,Pakistan,1.5\n"
        "2,No,Yard at Khorgos in Oshakan,Completion,2012.0,Kazakhstan,\n"
        "3,Yes,Roads,Completion,2013,Kyrgyz Republic,3e6\n"
        "4,No,Osh market,Completion,2013,Pakistan,7\n"
        '5,No,"Sea, of Gwadar",Completion,2013,"Africa, regional",7\n',
    )
    found = projects(file, PLACES)
    assert [p.id for p in found] == ["1", "2", "3", "4", "5"]
    assert [p.places for p in found] == [("gwadar",), ("khorgos",), (), (), ()]
    assert [(p.country, p.year, p.usd) for p in found[:3]] == [
        ("PK", "2001", 1.5),
        ("KZ", "2012", None),
        ("KG", "2013", 3e6),
    ]
    assert [p.country for p in found[3:]] == ["PK", ""]


def test_a_fault_is_named_with_its_cell_and_another_file_is_refused(tmp_path):
    with pytest.raises(BadRowsError) as caught:
        projects(
            written(tmp_path, "1,No,Port,Completion,soon,Pakistan,-5\n,No,Road,Completion,2001,Pakistan,1\n"), PLACES
        )
    assert [(f.where, f.column) for f in caught.value.faults] == [
        ("line 2", "commitment year"), ("line 2", "amount (constant usd2017)"), ("line 3", "id"),
    ]  # fmt: skip
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        projects(tmp_path / "other.csv", PLACES)


@given(amount=st.floats(0, 1e12, allow_nan=False), year=st.integers(1900, 2099))
def test_what_is_printed_is_read(tmp_path_factory, amount, year):
    file = written(tmp_path_factory.mktemp("read"), f"1,No,Port,Completion,{year},Pakistan,{amount!r}\n")
    try:
        (found,) = projects(file, PLACES)
    except BadRowsError:
        assert "e-" in repr(amount)  # less than a thousandth of a dollar, which no file prints
    else:
        assert (found.usd, found.year) == (amount, str(year))


@pytest.mark.shared
def test_the_published_file_is_taken_whole(shared, desk):
    path = shared / "data" / "projects" / "aiddata_gcdf2.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        printed = [r for r in csv.DictReader(handle) if r["Recipient"] == "Pakistan"]
    rows = [r for r in desk.corridor_cooperation("Pakistan", projects=path).to_pylist() if r["kind"] == "project"]
    assert len(rows) == len(printed) == 104  # DATA.md counts as many
    assert sum(r["value"] or 0 for r in rows) == pytest.approx(
        sum(float(r["Amount (Constant USD2017)"] or 0) for r in printed), abs=len(rows)
    )
    assert not any("PK" in r["countries"] for r in desk.corridor_cooperation("KZ", projects=path).to_pylist()
                   if r["kind"] == "project")  # fmt: skip
