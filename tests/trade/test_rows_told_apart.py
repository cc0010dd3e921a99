"""Rows of one flow that a column tells apart which is not read, and files that hold the same flows twice."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file, streamed

HEAD = "reporter,partner,flow,product,period,{more},value_usd"
PARTS = '[file]\nrows = "parts"\n'


def written(folder, lines, more="customs post", name="flows.csv"):
    path = folder / name
    path.write_text("\n".join([HEAD.format(more=more), *lines]), encoding="utf-8")
    return path


def duplicates(loaded):
    return [(f["rows"], f["done"], f["what"]) for f in loaded.faults.to_pylist() if f["kind"] == "duplicate"]


def test_equal_figures_in_different_rows_of_an_unread_column_are_not_the_same_row_again(tmp_path):
    lines = [
        "TUR,GEO,export,870323,2024,Kapikule,40",
        "TUR,GEO,export,870323,2024,Sarp,40",
        "TUR,AZE,export,870323,2024,Sarp,920",
    ]
    loaded = alike(written(tmp_path, lines), tmp_path)
    ((rows, done, what),) = duplicates(loaded)
    assert (rows, done) == (["1", "2"], "set_aside")
    assert "a column that is not read" in what
    assert loaded.losses.share() == pytest.approx(80 / 1000)  # both rows are lost, and counted as such
    assert [f["value_usd"] for f in loaded.table.to_pylist()] == [920]


def test_a_map_that_calls_them_parts_adds_equal_figures(tmp_path):
    how = tmp_path / "map.toml"
    how.write_text(PARTS, encoding="utf-8")
    lines = ["TUR,GEO,export,870323,2024,Kapikule,40", "TUR,GEO,export,870323,2024,Sarp,40"]
    assert [f["value_usd"] for f in alike(written(tmp_path, lines), tmp_path, how).table.to_pylist()] == [80]


@pytest.mark.parametrize("more", ["customs post", "S.No.", "№ п/п", "Serial No"])
def test_a_row_whose_cells_are_all_the_same_is_the_same_row_again_and_its_value_is_said(tmp_path, more):
    cells = ("Sarp", "Sarp") if more == "customs post" else ("1", "2")  # what numbers rows tells nothing of them
    lines = [f"TUR,GEO,export,870323,2024,{cell},40" for cell in cells]
    loaded = alike(written(tmp_path, lines, more), tmp_path)
    ((rows, done, what),) = duplicates(loaded)
    assert (rows, done) == (["2"], "set_aside")
    assert "USD 40" in what
    assert loaded.losses.share() == 0
    assert [f["value_usd"] for f in loaded.table.to_pylist()] == [40]


def test_unread_columns_of_a_map_tell_rows_apart_too(tmp_path):
    how = tmp_path / "map.toml"
    how.write_text(
        '[columns]\nreporter = "reporter"\npartner = "partner"\nflow = "flow"\nproduct = "product"\n'
        'period = "period"\nvalue = "value_usd"\n',
        encoding="utf-8",
    )
    lines = ["TUR,GEO,export,870323,2024,Kapikule,40", "TUR,GEO,export,870323,2024,Sarp,40"]
    with pytest.raises(BadInputError, match="column 'customs post' is not read"):
        alike(written(tmp_path, lines), tmp_path, how)


def both(paths, folder, mapping=None):
    """Held and in blocks: the same flows and notes, or the same words of a refusal."""
    out = folder / "out" / "flows.parquet"
    try:
        whole = flow_file.load(paths, mapping=mapping)
    except BadInputError as exc:
        with pytest.raises(BadInputError) as refused:
            streamed.load_to(paths, out, streamed.Manner(mapping=mapping))
        assert str(refused.value) == str(exc)
        raise
    done = streamed.load_to(paths, out, streamed.Manner(mapping=mapping))
    assert (done.rows, done.notes, done.tally) == (whole.table.num_rows, whole.notes, whole.tally)
    return whole


@pytest.fixture
def parts(tmp_path):
    how = tmp_path / "map.toml"
    how.write_text(PARTS, encoding="utf-8")
    return how


MARCH = ("TUR,GEO,export,870323,2024-03,Kapikule,40", "TUR,GEO,export,870323,2024-03,Sarp,7")


@pytest.mark.parametrize("kind", ["flows", "parts"])
def test_a_file_given_twice_is_read_once(tmp_path, parts, kind):
    one, copy = written(tmp_path, MARCH), written(tmp_path, MARCH, name="copy.csv")
    if kind == "flows":
        one, copy = (written(tmp_path, MARCH[:1], name=n) for n in ("a.csv", "b.csv"))
    loaded = both((one, copy), tmp_path, parts if kind == "parts" else None)
    assert sum(f["value_usd"] for f in loaded.table.to_pylist()) == (47 if kind == "parts" else 40)
    assert any("byte for byte" in n and str(copy) in n for n in loaded.notes)


def test_a_month_and_its_revision_are_not_added(tmp_path, parts):
    one = written(tmp_path, MARCH, name="2024-03.csv")
    revised = written(tmp_path, ["TUR,GEO,export,870323,2024-03,Sarp,9"], name="2024-03r.csv")
    with pytest.raises(BadInputError, match="both have figures of the same flows") as refused:
        both((one, revised), tmp_path, parts)
    assert all(word in str(refused.value) for word in (str(one), str(revised), "TUR", "2024-03", "revision"))


def test_parts_in_files_that_share_no_flow_are_added_as_before(tmp_path, parts):
    one = written(tmp_path, MARCH, name="cars.csv")
    other = written(tmp_path, ["TUR,GEO,export,870431,2024-03,Sarp,9"] * 2, name="lorries.csv")
    loaded = both((one, other), tmp_path, parts)
    assert sorted(f["value_usd"] for f in loaded.table.to_pylist()) == [18, 47]


def test_sheets_of_a_workbook_are_parts_of_one_file(tmp_path, parts):
    from openpyxl import Workbook

    book = Workbook()
    for name, line in zip(("Kapikule", "Sarp"), MARCH, strict=True):
        sheet = book.create_sheet(name)
        sheet.append(HEAD.format(more="customs post").split(","))
        sheet.append([*line.split(",")[:-1], int(line.split(",")[-1])])
    del book["Sheet"]
    path = tmp_path / "posts.xlsx"
    book.save(path)
    loaded = flow_file.load((path,), mapping=parts)
    assert [f["value_usd"] for f in loaded.table.to_pylist()] == [47]


def test_a_file_and_its_revision_are_not_told_to_be_parts(tmp_path):
    old = written(tmp_path, ["TUR,GEO,export,870323,2024,Sarp,40", "TUR,AZE,export,870323,2024,Sarp,920"])
    new = written(tmp_path, ["TUR,GEO,export,870323,2024,Sarp,48"], name="revised.csv")
    held = flow_file.load((old, new))
    ((rows, done, what),) = duplicates(held)
    assert (rows, done) == (["flows.csv:1", "revised.csv:1"], "set_aside")
    assert "revision" in what
    assert "parts" not in what
    assert held.losses.share() == pytest.approx(88 / 1008)
    streamed_faults = streamed.load_to((old, new), tmp_path / "out.parquet").faults
    assert streamed_faults.equals(held.faults)


def test_rows_that_differ_within_one_of_two_files_are_no_revision(tmp_path):
    old = written(tmp_path, ["TUR,GEO,export,870323,2024,Sarp,40", "TUR,GEO,export,870323,2024,Hopa,41"])
    new = written(tmp_path, ["TUR,AZE,export,870323,2024,Sarp,48"], name="more.csv")
    ((_, _, what),) = duplicates(flow_file.load((old, new)))
    assert "revision" not in what
