"""Lists beside tables in a zip, names by which offices of Central Asia and Asia call partners, and their quarters."""

from __future__ import annotations

import zipfile

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_lines import says_total
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.vocabulary import partners

TABLE = "reporter,partner,flow,product,period,value_usd\nTUR,GEO,export,870323,2024,40\n"


def zipped(folder, **members):
    path = folder / "trade.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, text in members.items():
            out.writestr(name.replace("_", ".", 1), text)
    return path


def test_a_list_of_words_beside_a_table_is_passed_over_and_told(tmp_path):
    path = zipped(tmp_path, flows_csv=TABLE, HS8Desc_TXT="87032310\tCars\t202401\n87032390\tOther cars\t202401\n")
    loaded = flow_file.read_flows(path)
    assert loaded.table["value_usd"].to_pylist() == [40]
    assert any("HS8Desc.TXT" in n and "passed over" in n for n in loaded.notes)


def test_a_member_without_rows_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"empty\.csv"):
        flow_file.read_flows(zipped(tmp_path, flows_csv=TABLE, empty_csv=TABLE.partition("\n")[0]))


@pytest.mark.parametrize("mark", "'’‘ʻʼ`")
@pytest.mark.parametrize(
    ("name", "code"), [("Qozog{}iston", "KAZ"), ("Afg{}oniston", "AFG"), ("Qirg{}iz Respublikasi", "KGZ")]
)
def test_every_apostrophe_of_uzbek_names_is_one(name, code, mark):
    assert partners.code_of(name.format(mark)) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("AQSH", "USA"),
        ("Koreya Respublikasi", "KOR"),
        ("BAA", "ARE"),
        ("Rossiya Federatsiyasi", "RUS"),
        ("Boshqa davlatlar", "+NES"),
        ("остальные страны", "+NES"),
        ("国（地）别不详", "+NES"),
        ("MDH davlatlari", "+CIS"),
        ("в т.ч. страны ЕАЭС", "+EAEU"),
        ("Жами", "+WLD"),
        ("รวม", "+WLD"),
        ("中国台澎金马关税区", "TWN"),
    ],
)
def test_partners_as_offices_print_them(name, code):
    assert partners.code_of(name) == code


@pytest.mark.parametrize("text", ["2023 1-чорак", "2023-yil 1-chorak", "I чорак 2023", "2023 йил I чорак"])
def test_quarters_in_uzbek(text):
    assert period_of(text) == "2023-Q1"


def test_the_total_of_a_country_is_no_partner_and_is_left_out(tmp_path):
    path = tmp_path / "flows.csv"
    rows = ["Malta,870323,2024,40", "Nauru,870323,2024,7", "Total,870323,2024,47", "India's Total,,2024,9000"]
    path.write_text("\n".join(["Country,HS code,Year,Value USD", *rows]))
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "IND"\nflow = "export"\n')
    loaded = flow_file.read_flows(path, mapping=how)
    assert sorted(zip(loaded.table["importer"].to_pylist(), loaded.table["value_usd"].to_pylist(), strict=True)) == [
        ("+WLD", 47), ("MLT", 40), ("NRU", 7),
    ]  # fmt: skip
    assert not says_total("Lao People's Democratic Republic")
