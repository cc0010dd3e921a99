"""What only all rows of a sheet say is said of it alike, whether it is held or read in blocks of a few rows."""

import sys

import pytest
from tests.trade.both_ways import alike

from entrepot.intake import delimited_blocks, parquet_rows, text_table
from entrepot.trade.loading import opening
from entrepot.trade.loading.printed.printed_headings import period_in
from entrepot.trade.loading.printed.printed_periods import only_period, span_in
from fuzz.office_layouts import LAYOUTS

MAP = '[fixed]\nreporter = "KAZ"\nflow = "import"\n'


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(delimited_blocks, "BLOCK", 60)
    monkeypatch.setattr(parquet_rows, "BLOCK_ROWS", 2)
    monkeypatch.setattr(text_table, "_BLOCK", 2)


def read(text, tmp_path, mapping=MAP):
    path, how = tmp_path / "sheet.csv", tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    how.write_text(mapping, encoding="utf-8")
    return alike(path, tmp_path, how if mapping else None)


def values(loaded, of):
    return {row[of]: row["value_usd"] for row in loaded.table.to_pylist()}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_of_an_office(tmp_path, name):
    """Countries over goods, sums without a word, months over flows: none fits into one block."""
    text, mapping, *_ = LAYOUTS[name]
    read(text, tmp_path, mapping)


def test_a_label_that_one_row_leaves_out_below_a_block_that_looks_printed_once(tmp_path):
    rows = ["610910,China,2023,1", "611020,,2023,2", "620342,,2023,4", "640399,Japan,2023,8", "640411,Japan,2023,16"]
    found = read("HS,Country,Year,Value (USD)\n" + "\n".join(rows) + "\n", tmp_path)
    assert values(found, "product") == {"610910": 1, "640399": 8, "640411": 16}
    assert found.losses.share() == pytest.approx(6 / 31)


def test_labels_printed_once_whose_first_block_has_no_blank(tmp_path):
    rows = ["China,610910,2023,1", "Japan,611020,2023,2", ",620342,2023,4", ",640399,2023,8", ",640411,2023,16"]
    found = read("Country,HS,Year,Value (USD)\n" + "\n".join(rows) + "\n", tmp_path)
    assert {r["exporter"] for r in found.table.to_pylist() if r["value_usd"] > 1} == {"JPN"}
    assert any("3 blank cells are read as the label above" in note for note in found.notes)
    assert found.losses.share() == 0


def test_one_blank_below_one_label_is_no_label_printed_once(tmp_path):
    found = read("HS,Country,Year,Value (USD)\n854231,China,2023,1\n870323,,2023,2\n", tmp_path)
    assert values(found, "exporter") == {"CHN": 1}
    assert found.losses.share() == pytest.approx(2 / 3)


API = "typeCode,flowCode,reporterISO,partnerISO,partnerDesc,motCode,cmdCode,period,primaryValue\n"


def test_a_publishers_database_prints_every_label(tmp_path):
    """Of every second row of UN Comtrade the year is missing: it is not that of the row above."""
    codes = (854231, 854232, 854233, 854239, 870321, 870323)
    years = (2022, "", 2021, "", 2020, "")
    rows = [f"C,X,KAZ,CHN,,0,{codes[n]},{year},{n + 1}" for n, year in enumerate(years)]
    found = read(API + "\n".join(rows) + "\n", tmp_path, "")
    assert values(found, "period") == {"2022": 1, "2021": 3, "2020": 5}
    assert found.losses.share() == pytest.approx(12 / 21)


def test_a_row_of_the_world_that_was_cut_off_before_its_value_sums_nothing(tmp_path):
    rows = [f"C,X,KAZ,{p},{p},0,854231,2022,1" for p in ("CHN", "RUS", "UZB")]
    found = read(API + "\n".join([*rows, "C,X,KAZ,W00,World,0"]) + "\n", tmp_path, "")
    assert not any("the sum of others" in note for note in found.notes)
    assert [f["what"] for f in found.faults.to_pylist() if f["rows"] == ["4"]] == ["product is empty"]
    assert found.tally.aside == 1


@pytest.mark.parametrize("longest", [opening.LONGEST, 3])
def test_lines_of_a_tariff_are_known_by_a_code_in_any_block(tmp_path, monkeypatch, longest):
    """Codes longer than six digits make every row a part that is added; the first blocks hold none."""
    monkeypatch.setattr(opening, "LONGEST", longest)
    rows = [f"C,X,KAZ,CHN,,{mot},854231,2022,{mot + 1}" for mot in range(8)]
    found = read(API + "\n".join([*rows, "C,X,KAZ,CHN,,0,8703231910,2022,100"]) + "\n", tmp_path, "")
    assert values(found, "product") == {"854231": 36, "8703231910": 100}


@pytest.mark.parametrize("longest", [opening.LONGEST, 3])
@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_all_procedures_are_known_by_any_block(tmp_path, monkeypatch, longest, turned):
    """Comext by statistical procedure: where a row holds all of them, the others are its parts and not added."""
    monkeypatch.setattr(opening, "LONGEST", longest)
    monkeypatch.setattr(delimited_blocks, "BLOCK", 200)
    every = [f"DE,KZ,85423190,1,{way},202301,{value}" for way, value in (("1", 30), ("4", 5), ("9", 1))] * 4
    rows = [*every, "DE,KZ,85423190,1,TOTAL,202301,144"]
    heading = "DECLARANT_ISO,PARTNER_ISO,PRODUCT_NC,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUROS\n"
    found = read(heading + "\n".join(rows[::-1] if turned else rows) + "\n", tmp_path, "")
    assert found.table.num_rows == 1
    assert found.form == "comext"
    assert found.table["value_usd"][0].as_py() == pytest.approx(144 * 1.0769, rel=1e-3)  # of the bank, January 2023


def test_rows_that_say_something_about_a_figure_are_known_by_all_words_of_their_column(tmp_path):
    heading = "Reporter,Flow,Partner,HS,Period,Attribute,Value\n"
    rows = [
        f"KAZ,export,CHN,85423{n},2022,{word},{cell}"
        for n in range(4)
        for word, cell in (("Value", n + 1), ("Status", "E"))
    ]
    found = read(heading + "\n".join(rows) + "\n", tmp_path, "")
    assert sum(r["value_usd"] for r in found.table.to_pylist()) == 10
    assert found.tally.aside == 0
    # A row that says no word may be a figure: it is read and counted.
    more = read(heading + "\n".join([*rows, "KAZ,export,CHN,854239,2022,,16"]) + "\n", tmp_path, "")
    assert sum(r["value_usd"] for r in more.table.to_pylist()) == 26


@pytest.mark.parametrize("longest", [opening.LONGEST, 3])
def test_partners_by_number_are_known_by_any_block(tmp_path, monkeypatch, longest):
    """Of a database, the rows that tell are the first, the same ones held and in blocks."""
    monkeypatch.setattr(opening, "LONGEST", longest)
    rows = [f"JPN,import,{p},85423{n},2022,{n + 1}" for n, p in enumerate(("105", "103", "304", "105", "106"))]
    read("reporter,flow,partner,product,period,value_usd\n" + "\n".join(rows) + "\n", tmp_path, "")


def test_a_sign_of_several_currencies_is_read_by_the_reporters_of_all_rows(tmp_path):
    """One reporter whose own dollar it may be is asked; a block that holds Canada alone is no file of Canada."""
    rows = [f"{r},import,CHN,85423{n},2022,{n + 1}" for r in ("CAN", "KAZ") for n in (1, 2, 3, 9)]
    found = read("reporter,flow,partner,product,period,Value ($)\n" + "\n".join(rows) + "\n", tmp_path, "")
    assert found.table.num_rows == 8


def test_exporters_that_the_first_rows_leave_out_are_missing_exporters(tmp_path):
    rows = [f"{side},85423{n},2022,{n + 1}" for side in (",,KAZ", "CHN,KAZ,KAZ") for n in (1, 2, 3, 9)]
    found = read("exporter,importer,reporter,product,period,value_usd\n" + "\n".join(rows) + "\n", tmp_path, "")
    assert {f["what"]: f["count"] for f in found.faults.to_pylist() if f["done"] == "set_aside"} == {
        "exporter is empty": 4
    }


def test_a_database_has_its_sums_taken_out_row_by_row(tmp_path, monkeypatch):
    """More rows than a sheet has: a block that holds nothing but sums leaves nothing, and each of them is named."""
    monkeypatch.setattr(opening, "LONGEST", 3)
    rows = [f"KAZ,import,CHN,85423{n},2022,{n + 1}" for n in range(4)]
    sums = [f"KAZ,import,Total,,{year},10" for year in range(2000, 2012)]
    found = read("reporter,flow,partner,product,period,value_usd\n" + "\n".join([*rows, *sums]) + "\n", tmp_path, "")
    assert sum(r["value_usd"] for r in found.table.to_pylist()) == 10
    assert any("not read: 5, 6, 7, …" in note for note in found.notes)


if sys.platform == "linux":
    from fuzz import verdict

    @pytest.mark.parametrize("look", [period_in, span_in, lambda text: only_period([[text]])])
    def test_a_heading_of_a_hundred_thousand_letters_is_passed_through_once(look):
        found = verdict.judged(lambda: look("partnerISOflow" * 15_000))
        assert found.kind == "read"


@pytest.mark.parametrize("longest", [opening.LONGEST, 3], ids=["a sheet", "a database in blocks"])
def test_cells_without_a_figure_are_counted_by_what_stands_in_them(tmp_path, monkeypatch, longest):
    """A blank, two points and a c of one table mean three things: not traded, unknown, confidential."""
    monkeypatch.setattr(opening, "LONGEST", longest)
    cells = [("1200", "..", "1500", "c"), ("10", "", "25", "0"), ("n/a", "12", "25", "C"), ("1", "2", "3", "4")]
    codes = ("030313", "030314", "610910", "611020")
    rows = [",".join((code, "China", *row)) for code, row in zip(codes, cells, strict=True)]
    found = read("HS,Country,2019,2020,2021,2022\n" + "\n".join(rows) + "\n", tmp_path)
    assert found.table.num_rows == len(codes) * 4 - 5
    note = next(n for n in found.notes if "no figure" in n)
    assert note.startswith("5 flows have")
    assert all(part in note for part in ("1 × 'n/a'", "1 × '..'", "1 × 'c'", "1 × 'C'", "1 blank"))


def test_a_table_whose_cells_all_hold_figures_says_nothing_of_blanks(tmp_path):
    found = read("HS,Country,2021,2022\n030313,China,1,2\n", tmp_path)
    assert not any("no figure" in n for n in found.notes)


def test_a_flow_of_two_cells_without_figures_is_one(tmp_path):
    head = "HS,Country,2022 net kg,2022 value USD,2023 net kg,2023 value USD\n"
    found = read(head + "854143,Kazakhstan,1200,45000,-,-\n854143,China,3400,88500,2100,\n", tmp_path)
    figures = {(r["exporter"], r["period"]): (r["value_usd"], r["net_kg"]) for r in found.table.to_pylist()}
    assert figures == {("KAZ", "2022"): (45000, 1200), ("CHN", "2022"): (88500, 3400), ("CHN", "2023"): (None, 2100)}
    assert "1 flow has no figure and no row, by what stands in the cells: 1 × '-'." in found.notes
