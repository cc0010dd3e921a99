"""Rows of one's own: every fault told; what is taken comes back everywhere, marked, and goes without a trace."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, BadRowsError, StoreError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.record import embedded, own_file
from entrepot.record.layers import record_of
from entrepot.record.own_cells import COLUMNS, Known
from entrepot.sources.explanation import text

TODAY = date(2026, 11, 27)
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "own_rows.csv"
ROW = {
    "place": "khunjerab",
    "metric": "cargo",
    "value": "52300",
    "unit": "tonnes",
    "period": "2026-04/2026-06",
    "partner": "Pakistan",
    "mode": "road",
    "publisher": "Example Customs Gazette",
    "url": "https://example.org/gazette",
    "published": "2026-07-05",
}


@pytest.fixture(scope="module")
def known(record):
    return Known(record, TODAY)


def read(known, *rows, held=()):
    found = [own_file.Given(f"row {n}", {k: v for k, v in r.items() if v}) for n, r in enumerate(rows, 1)]
    return own_file.taken("rows", found, known, held)


def faults(known, *rows, held=()):
    with pytest.raises(BadRowsError) as raised:
        read(known, *rows, held=held)
    return raised.value.faults


def test_a_row_is_read_into_the_columns_of_the_record(known):
    (row,) = read(known, ROW).rows
    said = {k: row[k] for k in ("place_id", "place", "place_type", "value", "value_norm", "unit_norm", "partner")}
    assert said == {
        "place_id": "khunjerab", "place": "Khunjerab", "place_type": "crossing", "value": 52300, "value_norm": 52300,
        "unit_norm": "tonnes", "partner": "Pakistan",
    }  # fmt: skip
    assert (row["period_start"], row["period_end"]) == ("2026-04-01", "2026-06-30")
    assert (row["known_on"], row["known_on_basis"], row["reviewed"]) == ("2026-07-05", "published", True)


@pytest.mark.parametrize(
    ("unit", "value", "norm", "per"),
    [("tonnes", "5", 5, None), ("thousand tonnes", "5.5", 5500, None), ("Tonnes/day", "7", 7, "day")],
)
def test_a_unit_is_read_with_its_scale_and_its_rate(known, unit, value, norm, per):
    (row,) = read(known, ROW | {"unit": unit, "value": value}).rows
    assert (row["value_norm"], row["unit_norm"], row["per"]) == (norm, "tonnes", per)


@pytest.mark.parametrize(
    ("change", "column", "said", "allowed"),
    [
        ({"place": "khunjerap"}, "place", "'khunjerap'", "khunjerab"),
        ({"metric": "cargoes"}, "metric", "'cargoes'", "cargo"),
        ({"partner": "Pakistn"}, "partner", "'Pakistn'", "Pakistan"),
        ({"value": "1,5"}, "value", "'1,5'", "41200"),
        ({"value": "41,200"}, "value", "41200 or 41.200", "one of these"),  # thousands, or a fraction
        ({"value": "-7"}, "value", "-7 tonnes cannot be", "0 to 1,000,000,000,000 tonnes"),
        ({"value": "−0.5", "metric": "trade_value", "unit": "billion USD"}, "value", "-500,000,000 USD", "0 to "),
        ({"value": "-1", "metric": "trains", "unit": "trains"}, "value", "-1 trains cannot be", "0 to "),
        ({"value": "1" + 30 * "0"}, "value", "1e+30 tonnes cannot be", "tonnes"),
        ({"value": "9" * 400}, "value", "inf tonnes cannot be", "tonnes"),
        ({"value": "5000000", "unit": "million tonnes"}, "value", "cannot be", "tonnes"),
        ({"value": "101", "metric": "trade_share", "unit": "percent"}, "value", "101 percent cannot be", "0 to 100"),
        ({"value": "-101", "metric": "trade_growth", "unit": "percent"}, "value", "-101 percent", "-100 to "),
        ({"value": "nan"}, "value", "'nan' is no number", "a number such as"),
        ({"yoy_pct": "-100.5"}, "yoy_pct", "-100.5 percent cannot be", "-100 to "),
        ({"unit": ""}, "unit", "the value is 1", "tonnes"),
        ({"unit": "tons"}, "unit", "'tons'", "tonnes"),
        ({"unit": "USD"}, "unit", "'USD'", "tonnes"),
        ({"value": ""}, "value", "empty", "filled"),
        ({"period": "2026-06/2026-04"}, "period", "before it begins", "ends after"),
        ({"period": "2026-13"}, "period", "'2026-13'", "2025-Q1"),
        ({"period": ""}, "period", "no period", "2025-03"),
        ({"period_start": "2026"}, "period", "twice", "one of them"),
        ({"published": "2026-03-31"}, "published", "before the period begins", "printed in or after"),
        ({"published": "2027-01-01"}, "published", "has not come", "2026-11-27"),
        ({"mode": "air"}, "mode", "'air'", "rail"),
        ({"url": "https://me:secret@example.org"}, "url", "no address", "without a user"),
        ({"publisher": "", "url": ""}, "publisher", "no source", "source_id"),
        ({"source_id": "s-a00d6451"}, "source_id", "beside publisher", "one source"),
        ({"source_id": "s-00000000", "publisher": "", "url": ""}, "source_id", "not in the register", "record sources"),
        ({"unit": "tonnes/day", "per": "year"}, "per", "'year'", "day"),
        ({"id": "O0001"}, "id", "a row of the record", "of your own"),
        ({"note": "x" * 2001}, "note", "2,001", "2,000"),
    ],
)
def test_each_fault_names_row_column_value_and_what_is_allowed(known, change, column, said, allowed):
    (fault,) = faults(known, ROW, ROW | {"value": "1"} | change)
    assert (fault.where, fault.column) == ("row 2", column)
    assert said in fault.problem
    assert allowed in fault.allowed


def test_a_fall_in_percent_and_nothing_at_all_are_taken(known):
    (fell, none) = read(
        known,
        ROW | {"metric": "trade_growth", "unit": "percent", "value": "-20", "yoy_pct": "-100"},
        ROW | {"value": "0"},
    ).rows
    assert (fell["value_norm"], fell["yoy_pct"], none["value_norm"]) == (-20, -100, 0)


def test_no_figure_of_the_record_would_be_refused(record):
    """The ranges are held to what officials printed: 1,100 observations of the record itself."""
    from entrepot.record.own_cells import read_change, refuse_impossible

    for row in record.tables["observations"].to_pylist():
        if row["value_norm"] is not None:
            refuse_impossible("", row["metric"], row["unit_norm"], row["value_norm"])
        if row["yoy_pct"] is not None:
            read_change(f"{row['yoy_pct']:.2f}")


def test_one_id_for_two_rows_and_for_two_sources(known):
    (fault,) = faults(known, ROW | {"id": "a"}, ROW | {"id": "a", "value": "3"})
    assert (fault.column, fault.problem, fault.allowed) == ("id", "'a' stands in row 1 already", "each id once")
    (fault,) = faults(known, ROW | {"id": "a"}, ROW | {"id": "a", "publisher": "Another"})
    assert fault.problem == "'a' has another source here than in row 1"
    (fault,) = faults(known, ROW, ROW)
    assert fault.problem == "the row says the same as row 1"


def test_an_id_whose_cells_change_is_refused(known):
    first = read(known, ROW | {"id": "a"}).rows
    assert read(known, ROW | {"id": "a"}, held=first).rows == first
    (fault,) = faults(known, ROW | {"id": "a", "value": "9"}, held=first)
    assert first[0]["id"] in fault.allowed


def test_all_faults_are_told_in_the_order_of_the_rows(known):
    found = faults(known, ROW | {"id": "a", "place": "x"}, ROW | {"id": "a", "metric": "y"})
    assert [f.where for f in found] == ["row 1", "row 2", "row 2"]


CELLS = st.dictionaries(
    st.sampled_from(COLUMNS),
    st.sampled_from([*ROW.values(), "", "a", "-1", "9" * 400, "2026/2025", "/", "1/1", "\0", "٣"]),
)


@given(st.lists(CELLS, max_size=3))
def test_whatever_stands_in_the_cells_it_is_taken_or_refused(known, changes):
    rows = [ROW | change for change in changes]
    try:
        assert len(read(known, *rows).rows) == len(rows)
    except BadRowsError as refused:
        assert refused.faults
        assert {f.where for f in refused.faults} <= {f"row {n}" for n in range(1, len(rows) + 1)}


def test_a_store_without_rows_gives_the_record_itself(tmp_path):
    packaged = embedded.load()
    assert record_of(tmp_path) is packaged
    desk = Desk(tmp_path)
    (added,) = desk.add_rows(ROW).to_pylist()
    assert record_of(tmp_path) is not packaged
    desk.forget([added["id"]])
    assert record_of(tmp_path) is packaged
    assert desk.record("own_observations").num_rows == 0


def test_rows_come_back_marked_as_ones_own(tmp_path, record):
    desk = Desk(tmp_path)
    ids = [r["id"] for r in desk.add_rows(EXAMPLE).to_pylist()]
    found = desk.record("observations", where="place_id=khunjerab")
    mine = [r for r in found.to_pylist() if r["id"] in ids]
    assert [r["note"] for r in mine] == ["Your own row. Read in the printed edition"]
    assert found.notes == (f"1 of the observations is your own: {mine[0]['id']}.",)
    assert found.num_rows == 1 + sum(r["place_id"] == "khunjerab" for r in record.tables["observations"].to_pylist())
    explained = text(desk.explain(ids[0])[0])
    assert "Example Customs Gazette (your own row), Cargo at the pass, 2026-07-05" in explained
    assert "none of Entrepot's" in explained
    early = desk.record("observations", as_of="2026-07-01")
    assert not {*early.table.column("id").to_pylist()} & {*ids}


def test_a_report_is_held_against_them_and_the_verdict_says_so(tmp_path):
    desk = Desk(tmp_path / "store")
    (report := tmp_path / "r.txt").write_text("Takeshiken passed 512 tonnes of cargo in 2025.\n", encoding="utf-8")
    (before,) = desk.check(report, published="2026-03-01").to_pylist()
    said = {"place": "takeshiken", "value": "512", "period": "2025", "partner": "Mongolia", "mode": "all"}
    (row,) = desk.add_rows(ROW | said).to_pylist()
    (after,) = desk.check(report, published="2026-03-01").to_pylist()
    assert before["verdict"] == "no_record"
    assert (after["verdict"], after["against"]) == ("agrees", [row["id"]])
    assert f"{row['id']}: your own row." in after["note"]


def test_what_check_read_in_a_report_judges_nothing(tmp_path):
    desk = Desk(tmp_path / "store")
    (report := tmp_path / "r.txt").write_text("Takeshiken passed 512 tonnes of cargo in 2025.\n", encoding="utf-8")
    desk.check(report, published="2026-03-01", yes=True)
    assert desk.record("own_observations").table.column("reviewed").to_pylist() == [False]
    assert record_of(tmp_path / "store") is embedded.load()
    assert desk.check(report, published="2026-03-01").to_pylist()[0]["verdict"] == "no_record"


def test_a_brief_says_at_its_top_that_figures_are_ones_own(tmp_path):
    from entrepot.brief.compose import brief
    from entrepot.brief.render import summary
    from entrepot.brief.report import figures_of

    desk = Desk(tmp_path)
    ids = {r["id"] for r in desk.add_rows(EXAMPLE).to_pylist()}
    report = brief("uflpa", as_of="2026-11-24", record=record_of(tmp_path))
    used = ids & {g.row_id for f in figures_of(report) for g in f.grounds}
    assert used
    assert all(i in report.own for i in used)
    assert summary(report).split("\n")[4].startswith("Figures of this brief rest on")


def test_what_is_refused_leaves_the_store_as_it_was(tmp_path):
    desk = Desk(tmp_path / "store")
    held = desk.add_rows(EXAMPLE).to_pylist()
    bad = EXAMPLE.read_text(encoding="utf-8") + "q3,nowhere,cargo,5,tonnes,2026-Q3,,,,Example Gazette,,,,\n"
    (file := tmp_path / "more.csv").write_text(bad, encoding="utf-8")
    with pytest.raises(BadRowsError, match="line 4, place: 'nowhere'"):
        desk.add_rows(file)
    assert desk.record("own_observations").to_pylist() == sorted(held, key=lambda r: r["id"])
    assert "2 were there already" in desk.add_rows(EXAMPLE).notes[0]


def test_columns_that_no_row_has_are_refused(tmp_path):
    desk = Desk(tmp_path / "store")
    with pytest.raises(UnknownNameError, match="metric"):
        desk.add_rows(["place=khunjerab", "metrics=cargo"])
    with pytest.raises(BadInputError, match="neither a file nor column=value"):
        desk.add_rows(["place=khunjerab", "cargo"])
    (file := tmp_path / "rows.csv").write_text("place,metric,value,unit,colour\nkhunjerab,cargo,1,tonnes,red\n")
    with pytest.raises(UnknownNameError, match="colour"):
        desk.add_rows(file)


def test_a_store_that_cannot_be_read_is_told_where_nobody_named_it(tmp_path, monkeypatch):
    from entrepot.desk import keeping
    from entrepot.record import layers

    def broken(*_):
        raise StoreError("cannot use the store")

    monkeypatch.setattr(layers, "refreshed", broken)
    monkeypatch.delenv("ENTREPOT_STORE", raising=False)
    held, (note,) = keeping.record_held(None)
    assert held is embedded.load()
    assert "is not in this answer" in note
    with pytest.raises(StoreError):
        keeping.record_held(tmp_path)


def test_the_file_that_is_shown_is_a_table_of_known_columns():
    assert set(next(csv.reader(io.StringIO(EXAMPLE.read_text(encoding="utf-8"))))) <= set(COLUMNS)


@pytest.mark.parametrize("period", ["2030", "2026-12", "2026-11-28", "2027-Q1", "2027-01/2027-06"])
def test_a_report_of_days_that_have_not_begun_is_refused(known, period):
    row = {k: v for k, v in ROW.items() if k != "published"} | {"period": period}
    (fault,) = faults(known, row)
    assert fault.column == "period"
    assert "which has not come" in fault.problem
    assert "forecast" in fault.allowed
    assert read(known, row | {"status": "forecast"}).rows


@pytest.mark.parametrize(
    ("period", "status", "known_on"),
    [
        ("2026", "", "2026-11-27"),
        ("2026-11", "", "2026-11-27"),
        ("2026-Q3", "", "2026-09-30"),
        ("2027", "target", "2026-11-27"),
        ("2026-11-27", "", "2026-11-27"),
    ],
)
def test_a_row_is_known_once_it_is_written_down(known, period, status, known_on):
    row = {k: v for k, v in ROW.items() if k != "published"} | {"period": period, "status": status}
    (found,) = read(known, row).rows
    assert (found["known_on"], found["known_on_basis"]) == (known_on, "inferred")


@pytest.mark.parametrize(
    ("place", "place_id"),
    [
        ("霍尔果斯", "khorgos"),
        ("Хоргос", "khorgos"),
        ("Horgos", "khorgos"),
        ("红其拉甫", "khunjerab"),
        ("سوست", "sost"),
    ],
)
def test_a_place_is_read_in_every_spelling_on_record(known, place, place_id):
    assert read(known, ROW | {"place": place}).rows[0]["place_id"] == place_id


@pytest.mark.parametrize("place", ["Ruili", "ရွှေလီ", "瑞丽", "Верхний Ларс", "霍尔"])
def test_a_place_that_the_record_lacks_is_refused_in_any_script(known, place):
    (fault,) = faults(known, ROW | {"place": place})
    assert fault.column == "place"
    assert "place_kind" in fault.allowed


@pytest.mark.parametrize(
    ("place", "kind", "place_id"),
    [("Upper Lars", "crossing", "own-upper-lars"), ("Côte d'Ivoire ports", "Port", "own-cote-d-ivoire-ports")],
)
def test_a_place_of_ones_own_is_taken_where_a_row_says_what_it_is(known, place, kind, place_id):
    first, second = read(known, ROW | {"place": place, "place_kind": kind}, ROW | {"place": place, "value": "7"}).rows
    for row in (first, second):  # one row says it for all that name the place
        assert (row["place_id"], row["place"], row["place_type"]) == (place_id, place, kind.casefold())


def test_a_name_in_another_script_has_an_id_too_and_two_names_have_two(known):
    ids = {read(known, ROW | {"place": p, "place_kind": "crossing"}).rows[0]["place_id"] for p in ("瑞丽", "Ларс")}
    assert len(ids) == 2
    assert all(i.startswith("own-") for i in ids)


def test_a_place_on_record_stays_what_it_is_there_however_it_is_spelt(known):
    (row,) = read(known, ROW | {"place": "Хоргос", "place_kind": "crossing"}).rows
    assert row["place_id"] == "khorgos"
    (fault,) = faults(known, ROW | {"place": "Хоргос", "place_kind": "port"})
    assert (fault.column, "crossing" in fault.allowed) == ("place_kind", True)
    sorts = faults(known, ROW | {"place": "Upper Lars", "place_kind": "border"})
    assert {f.column for f in sorts} == {"place", "place_kind"}
    two = [ROW | {"place": "Upper Lars", "place_kind": k} for k in ("crossing", "port")]
    assert [f.where for f in faults(known, *two)] == ["row 2"]


def test_a_place_of_ones_own_is_in_every_answer_and_goes_with_its_last_row(tmp_path):
    desk = Desk(store=tmp_path)
    lars = ROW | {"place": "Upper Lars", "partner": "Russia", "period": "2025", "published": "2026-02-01"}
    added = desk.add_rows(lars | {"place_kind": "crossing"})
    assert any("Upper Lars (own-upper-lars)" in note for note in added.notes)
    desk.add_rows(lars | {"period": "2024", "value": "40000", "published": "2025-02-01"})  # held: nothing to say again
    assert desk.record("places", where="place_id=own-upper-lars").num_rows == 1
    assert desk.corridor_series("Upper Lars").num_rows == 2
    for row in desk.record("own_observations").table.to_pylist():
        desk.forget(row["id"])
    assert desk.record("places", where="place_id=own-upper-lars").num_rows == 0
    with pytest.raises(BadRowsError):
        desk.add_rows(lars)
