"""The user's own record: what is offered, that adding twice changes nothing, that a row can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from entrepot.claims import own
from entrepot.claims.check import check
from entrepot.claims.model import Report
from entrepot.core import store
from entrepot.core.errors import BadInputError
from entrepot.record import own_rows
from entrepot.record.embedded import replace as replaced

TEXT = "Takeshiken passed 512 tonnes in 2025."
YEAR = {"period_start": "2025-01-01", "period_end": "2025-12-31", "period_basis": "stated"}
BEFORE = {"period_start": "2024-01-01", "period_end": "2024-12-31"}
CARGO = {"subject": "takeshiken", "quantity": "cargo", "direction": "both", **YEAR}


@pytest.fixture(scope="module")
def report(published):
    return Report(TEXT, (), "text", {}, ("en",), published.replace(year=2026), "given", {})


@pytest.fixture(scope="module")
def claims(make):
    made = [
        make("512 tonnes", **CARGO, value=512, unit="tonnes", attributed_to="customs"),
        make("7 percent", **CARGO, value=7, unit="percent", comparison="yoy"),
        make("between 5 and 6", **(CARGO | BEFORE), value=5, value_high=6, unit="tonnes", bound="between"),
        make("opened", subject="takeshiken", quantity="event.opening", **YEAR),
        make("40 tonnes", **(CARGO | {"period_start": None, "period_end": None}), value=40, unit="tonnes"),
    ]
    return [replace(c, verdict="no_record", against=()) for c in made]


@pytest.fixture
def offered(record, report, claims):
    return own.offered(report, claims, "report.txt", record)


def test_what_is_offered(offered, claims):
    (row,) = offered.to_pylist()
    assert (row["place_id"], row["metric"], row["value_norm"], row["unit_norm"]) == (
        "takeshiken",
        "cargo",
        512,
        "tonnes",
    )
    assert row["yoy_pct"] == 7
    assert row["reviewed"] is False
    assert row["quality"] == "unclear"
    assert row["claim_id"] == claims[0].claim_id
    assert row["report"].startswith("report.txt (")
    assert row["reported_by"] == "customs"


@pytest.mark.parametrize(
    "changed",
    [
        {"period_basis": "inferred"},  # lent by a sentence before
        {"product": "cotton"},  # a row cannot say that it is of one good
        {"unit": "percent"},  # a part of the cargo is no cargo
        {"subject": None},
    ],
)
def test_what_the_sentence_itself_does_not_say_whole_is_not_offered(record, report, claims, changed):
    assert own.offered(report, [replace(claims[0], **changed)], "report.txt", record).num_rows == 0


@pytest.mark.parametrize(
    ("sentence", "metrics"),
    [
        ("Takeshiken passed 512 tonnes in 2020.", ["cargo"]),
        ("In 2020 Takeshiken passed 512 trains.", ["trains"]),
        ("Takeshiken passed 512 tonnes of cotton in 2020.", []),
        ("Takeshiken passed 512 tonnes.", []),
        ("Some 512 tonnes passed in 2020.", []),
        ("Takeshiken stood empty in 2020. It passed 512 tonnes later.", []),
    ],
)
def test_a_unit_alone_says_what_is_counted_where_no_word_says_more(record, sentence, metrics, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(f"{sentence}\n", encoding="utf-8")
    rows = check(file, published="2024-12-05", record=record).own_rows.to_pylist()
    assert [row["metric"] for row in rows] == metrics


def test_adding_twice_changes_nothing(offered, tmp_path):
    with store.opened(tmp_path) as con:
        assert own_rows.add(con, offered) == 1
    first = own_rows.rows(tmp_path)
    with store.opened(tmp_path) as con:
        assert own_rows.add(con, offered) == 0
    assert own_rows.rows(tmp_path).equals(first)


def test_a_row_that_was_reviewed_stays_reviewed(offered, tmp_path):
    with store.opened(tmp_path) as con:
        own_rows.add(con, offered)
        con.execute("UPDATE own_observations SET reviewed = true")
        own_rows.add(con, offered)
    assert own_rows.rows(tmp_path).column("reviewed").to_pylist() == [True]


def test_a_row_can_be_taken_back_once(offered, tmp_path):
    with store.opened(tmp_path) as con:
        own_rows.add(con, offered)
    row_id = offered.column("id")[0].as_py()
    own_rows.remove(tmp_path, row_id)
    assert own_rows.rows(tmp_path).num_rows == 0
    with pytest.raises(BadInputError, match="your own record is empty"):
        own_rows.remove(tmp_path, row_id)


def test_rows_of_the_record_cannot_be_removed(tmp_path):
    with pytest.raises(BadInputError, match="O0001"):
        own_rows.remove(tmp_path, "O0001")


def test_another_report_is_another_row(record, report, claims, offered):
    other = own.offered(replace(report, text=TEXT + " "), claims, "report.txt", record)
    assert other.column("id")[0] != offered.column("id")[0]


def test_the_text_is_hashed_once_however_many_claims_it_has(record, claims, monkeypatch, published):
    from entrepot.claims import model

    taken = []
    monkeypatch.setattr(model, "digest", lambda text: taken.append(text) or "0" * 64)
    model._digest.cache_clear()
    own.offered(Report(f"{TEXT} Again.", (), "text", {}, ("en",), published, "given", {}), [*claims] * 20, "r", record)
    model._digest.cache_clear()
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        ("Takeshiken passed 512\ntonnes in 2025. A word more.", False),
        ("Takeshiken passed 512 tonnes of cargo in 2025.", True),
    ],
    ids=["the same sentence in another draft", "another report's own sentence"],
)
def test_a_draft_is_not_borne_out_by_what_was_read_in_an_earlier_one(record, report, text, is_left):
    rows = record.tables["observations"]
    first = rows.slice(0, 1).to_pylist()[0] | {"id": "u-0123456789ab", "source_id": "s-own-01234567", "note": TEXT}
    held = replaced(record, "observations", pa.concat_tables([rows, pa.Table.from_pylist([first], rows.schema)]))
    ids = own.without(held, replace(report, text=text)).tables["observations"].column("id").to_pylist()
    assert ("u-0123456789ab" in ids) == is_left
    assert len(ids) == len(rows) + is_left
