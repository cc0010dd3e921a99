"""Layouts of offices as remembered: labels printed once, sums among rows, signs that currencies share."""

from collections import defaultdict

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.periods import parse
from entrepot.trade.loading import flow_file
from entrepot.vocabulary import currencies
from fuzz.office_layouts import LAYOUTS


def read(text, mapping, folder):
    """The loaded table of a text and the lines of its map."""
    path, how = folder / "sheet.csv", folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    how.write_text(mapping, encoding="utf-8")
    return flow_file.read_flows(path, mapping=how if mapping else None)


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_stands_in_it_comes_out(tmp_path, name):
    text, mapping, wanted, currency, kg = LAYOUTS[name]
    found = read(text, mapping, tmp_path)
    rows = [r for r in found.table.to_pylist() if "+WLD" not in {r["exporter"], r["importer"]}]
    details = [r for r in rows if r["product"] != "+TOTAL"] or rows  # a total beside its goods is no more of them
    sums, weight = defaultdict(float), 0.0
    for row in details:
        rate = 1 if currency == "USD" else currencies.mean_rate(currency, "USD", parse(row["period"])).value
        sums[f"{row['flow']} {row['period'][:4]}"] += (
            row["value_usd"] or 0.0
        ) / rate  # months of zeros only are emptied
        weight += row["net_kg"] or 0
    assert sums == pytest.approx(wanted)
    assert weight == pytest.approx(kg)
    assert found.losses.share() == 0
    assert len(mapping.splitlines()) <= 10


def test_a_label_that_is_printed_once_is_told(tmp_path):
    found = read(*LAYOUTS["merged_country"][:2], tmp_path)
    assert any("printed once for the rows below; 3 blank cells" in note for note in found.notes)
    assert {r["importer"] for r in found.table.to_pylist()} == {"USA", "CHN"}


def test_where_every_row_has_its_label_a_blank_is_a_blank(tmp_path):
    text = "Country,HS,Year,Value (USD)\nChina,854231,2022,1\nChina,870323,2022,2\n,080251,2022,4\n"
    found = read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)
    assert sum(r["value_usd"] for r in found.table.to_pylist()) == 3
    assert found.losses.share() == pytest.approx(4 / 7)


def test_a_partner_that_was_left_out_is_not_that_of_the_row_above(tmp_path):
    text = "HS,Country,Year,Value (USD)\n610910,Kazakhstan,2023,1\n611020,Uzbekistan,2023,2\n"
    text += "620342,,2023,4\n640399,Japan,2023,8\n"
    found = read(text, '[fixed]\nreporter = "CHN"\nflow = "export"\n', tmp_path)
    assert {r["importer"]: r["value_usd"] for r in found.table.to_pylist()} == {"KAZ": 1, "UZB": 2, "JPN": 8}
    assert found.losses.share() == pytest.approx(4 / 15)
    assert not any("printed once" in note for note in found.notes)


def test_a_row_that_was_cut_off_is_no_row_of_the_label_above(tmp_path):
    text = "HS,Country,Year,Value (USD)\n854231,China,2021,1\n870323,China,2022,2\n080251,Japan\n"
    found = read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)
    assert not any("printed once" in note for note in found.notes)
    assert [f["what"] for f in found.faults.to_pylist() if f["rows"] == ["3"]] == ["period is empty"]


def test_a_row_of_the_world_that_was_cut_off_sums_nothing(tmp_path):
    text = "Country,Year,HS,Value (USD)\nWorld,2021,854231,4\nChina,2021,854231,1\nJapan,2021,854231,3\nWorld,2021\n"
    found = read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)
    assert not any("the sum of others" in note for note in found.notes)
    assert [f["what"] for f in found.faults.to_pylist() if f["rows"] == ["4"]] == ["product is empty"]


def test_rows_that_nothing_else_tells_apart_are_not_filled(tmp_path):
    text = "Country,HS,Year,Value (USD)\nChina,854231,2022,1\n,854231,2022,2\nJapan,854231,2022,4\n"
    found = read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)
    assert sum(r["value_usd"] for r in found.table.to_pylist()) == 5


def test_a_sum_for_each_label_stays_with_it(tmp_path):
    text = "HS,Country,2022 Value (USD)\n854231,China,1\n,Japan,2\n,Total,3\n870323,China,4\n,Japan,5\n,Total,9\n"
    found = read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)
    world = {r["product"]: r["value_usd"] for r in found.table.to_pylist() if r["exporter"] == "+WLD"}
    assert world == {"854231": 3, "870323": 9}


def test_heads_whose_figures_are_no_sums_are_no_sections(tmp_path):
    """Countries and groups in one column are a list of partners, and not goods over places."""
    text = "Item,2022 Value (USD)\nChina,10\nOthers A,1\nJapan,20\nOthers B,2\n"
    with pytest.raises(BadInputError):
        read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)


@pytest.mark.parametrize(("reporter", "own"), [("CAN", "CAD"), ("HKG", "HKD"), ("COL", "COP")])
def test_a_dollar_that_may_be_the_offices_own_is_asked_for(tmp_path, reporter, own):
    text = "Country,HS,Year,Value ($)\nChina,854231,2022,1\n"
    with pytest.raises(BadInputError, match=f'fixed. currency = "{own}"'):
        read(text, f'[fixed]\nreporter = "{reporter}"\nflow = "import"\n', tmp_path)
    said = read(text, f'[fixed]\nreporter = "{reporter}"\nflow = "import"\ncurrency = "USD"\n', tmp_path)
    assert said.table["value_usd"].to_pylist() == [1.0]


def test_a_dollar_of_others_is_that_of_the_united_states(tmp_path):
    text = "Country,HS,Year,Value ($)\nChina,854231,2022,1\n"
    found = read(text, '[fixed]\nreporter = "KAZ"\nflow = "import"\n', tmp_path)
    assert found.table["value_usd"].to_pylist() == [1.0]


def test_a_map_says_what_begins_a_fraction(tmp_path):
    text = "Country;HS;Year;Value (USD)\nChina;854231;2022;5.000\n"
    lines = '[fixed]\nreporter = "KAZ"\nflow = "import"\n'
    unsaid = read(text, lines, tmp_path)
    assert unsaid.table["value_usd"].to_pylist() == [None]
    assert any('[file] decimal = "."' in f["what"] for f in unsaid.faults.to_pylist())
    for mark, value in ((",", 5000.0), (".", 5.0)):
        found = read(text, f'{lines}[file]\ndecimal = "{mark}"\n', tmp_path)
        assert found.table["value_usd"].to_pylist() == [value]


def test_years_of_another_calendar_are_read_or_named(tmp_path):
    lines = '[fixed]\nreporter = "THA"\nflow = "export"\n'
    found = read("Country,HS,Year,Value (USD)\nChina,854231,2566,1\n", lines, tmp_path)
    assert found.table["period"].to_pylist() == ["2023"]
    with pytest.raises(BadInputError, match="Iranian calendar"):
        read("Country,HS,Year,Value (USD)\nChina,854231,1401,1\n", lines.replace("THA", "IRN"), tmp_path)
