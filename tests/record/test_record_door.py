"""The door: load, replace, find, known."""

import csv
import io
from datetime import date
from importlib.resources import files

import pyarrow as pa
import pytest

from entrepot.core.contract import Column, Contract
from entrepot.core.errors import ContractBrokenError, UnknownNameError
from entrepot.core.periods import last_day
from entrepot.core.tables import packaged
from entrepot.record import embedded
from entrepot.record.embedded import assemble, find, known, load, replace, table
from entrepot.sources.tables import RecordTable


def test_every_kind_of_fact_has_its_table(record):
    wanted = {"listings", "membership", "events", "rules", "crossings", "observations", "flows", "shares", "sources"}
    assert wanted <= set(record.tables)


def test_a_replaced_table_leaves_the_record_as_it_was(record):
    first = record.tables["shares"].slice(0, 3)
    edited = replace(record, "shares", first)
    assert edited.tables["shares"].num_rows == 3
    assert record.tables["shares"].num_rows == load().tables["shares"].num_rows > 3
    assert edited.tables["flows"] is record.tables["flows"]


def test_a_replacement_must_keep_the_contract(record):
    shares = record.tables["shares"]
    twice = pa.concat_tables([shares, shares.slice(0, 1)])
    with pytest.raises(ContractBrokenError):
        replace(record, "shares", twice)
    with pytest.raises(UnknownNameError):
        replace(record, "share", shares)


@pytest.mark.parametrize(
    ("row_id", "names"),
    [
        ("O0001", ["observations"]),
        ("E079", ["events"]),
        ("F007", ["firms"]),
        ("m-cc3bf6931e", ["membership"]),
        ("uflpa-esquel-group", ["listings"]),
        ("F-PAK-85414300-2024-Q1", ["flows"]),
        ("khunjerab", ["places", "crossings", "network_places"]),
        ("batch-uflpa-2022-06-21", ["batches"]),
        ("no-such-row", []),
    ],
)
def test_a_row_is_found_by_its_key_wherever_it_stands(record, row_id, names):
    assert [name for name, _ in find(record, row_id)] == names


def test_a_source_is_found_too(record):
    source_id = record.tables["shares"].column("source_id")[0].as_py()
    assert [name for name, _ in find(record, source_id)] == ["sources"]


def test_what_was_known_on_a_day_holds_nothing_later(record):
    day = date(2023, 3, 1)
    then = known(record, day)
    for name in ("observations", "events", "flows", "shares", "firms"):
        kept = then.record.tables[name].to_pylist()
        assert all(last_day(r["known_on"]) <= day for r in kept)
        assert then.inferred[name] == sum(r["known_on_basis"] == "inferred" for r in kept)
        assert then.later[name] + len(kept) == record.tables[name].num_rows
    assert then.record.tables["listings"] is record.tables["listings"]


def test_all_is_known_when_the_record_closed(record):
    assert set(known(record, date(2026, 11, 24)).later.values()) == {0}


def test_nothing_is_known_before_anything_happened(record):
    then = known(record, date(1900, 1, 1))
    assert all(then.record.tables[name].num_rows == 0 for name in then.later)
    assert set(then.inferred.values()) == {0}


def test_known_on_follows_print_then_period(rows):
    for row in rows("observations"):
        if row["published"]:
            assert (row["known_on"], row["known_on_basis"]) == (row["published"], "published")
        else:
            assert row["known_on_basis"] == "inferred"
            end = last_day(row["period_end"]) if row["period_end"] else date(2026, 11, 24)
            assert row["known_on"] == min(end, date(2026, 11, 24)).isoformat()


def test_a_coming_law_is_known_from_its_publication(record):
    # Regulation (EU) 2024/3015, published 2024-12-12, bans from 2027-12-14
    ((_, ban),) = find(record, "E102")
    assert (ban["date"], ban["known_on"], ban["known_on_basis"]) == ("2027-12-14", "2024-12-12", "published")


def test_a_room_may_compute_its_table():
    contract = Contract("things", "Things.", ("id",), (Column("id", "text", "its id"),))
    built = assemble((RecordTable(contract, "entrepot.measures", build=lambda: pa.table({"id": ["a"]})),))
    assert table(built, "things").to_pylist() == [{"id": "a"}]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("id", "O0002", "id stands in more than one row: O0002"),
        ("place_id", "khunjerap", "place_id names no row of places: O0001/place_id 'khunjerap'"),
        ("source_id", "s-00000000", "source_id names no row of sources: O0001/source_id 's-00000000'"),
        ("unit", "", "unit is empty, where it may not be: O0001"),
    ],
)
def test_a_file_of_the_record_that_is_unsound_is_refused_by_its_row(monkeypatch, column, value, said):
    file = files("entrepot.corridors").joinpath("data", "observations.csv")
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert rows[1][0] == "O0001"
    rows[1][rows[0].index(column)] = value
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    real = packaged.packaged_content

    def damaged(package, file):
        return text.getvalue().encode() if file == "observations.csv" else real(package, file)

    monkeypatch.setattr(packaged, "packaged_content", damaged)
    with pytest.raises(ContractBrokenError) as caught:
        embedded.load.__wrapped__()
    assert said in str(caught.value)
    assert "observations" in str(caught.value)
