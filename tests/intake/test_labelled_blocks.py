"""SAP's line items of vendors (FBL1N) saved unconverted: labels of a vendor over the table of its documents."""

from entrepot.desk.desk import Desk
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.parties.party_columns import heading_words

LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."
PART = """
Vendor               {number}
Company Code         1000

Name                 {name}
City                 {city}

------------------------------------------------------------------------------
|St|Assignment|DocumentNo|Type|Doc. Date |   Amt in loc.cur.|LCurr|Text      |
------------------------------------------------------------------------------
{rows}------------------------------------------------------------------------------
|* |          |          |    |          |        60.700,00-|EUR  |          |
------------------------------------------------------------------------------
|**    Account {number}      |          |        60.700,00-|EUR  |          |
"""
ROW = "|  |{paper}   |1900000012|KR  |12.01.2026|        48.200,00-|EUR  |PVC       |\n"


def written(folder, title="29.11.2026          Vendor Line Item Display          1\n"):
    first = PART.format(number="100231", name=LISTED, city="Urumqi", rows=ROW.format(paper="ZT-1001") * 2)
    second = PART.format(
        number="100377", name="Kinetic Drivetrain GmbH", city="Kassel", rows=ROW.format(paper="KD-0001")
    )
    file = folder / "fbl1n.txt"
    file.write_text(title + first + second, encoding="utf-8")
    return file


def test_each_row_has_the_labels_over_its_part_and_its_own_line(tmp_path):
    file = written(tmp_path)
    lines = file.read_text("utf-8").splitlines()
    parties = read_parties(file)
    told = [(p.name, p.key, p.address) for p in parties.each()]
    assert told == [(LISTED, "100231", "Urumqi")] * 2 + [("Kinetic Drivetrain GmbH", "100377", "Kassel")]
    assert [p.row for p in parties.each()] == [i for i, line in enumerate(lines, 1) if line.startswith("|  |")]
    assert any("Vendor, Company Code, Name, City" in n and "no rows" in n for n in parties.notes)


def test_the_listed_vendor_is_met(tmp_path):
    found = Desk(tmp_path / "store").screen(written(tmp_path), lists=["uflpa"]).table.to_pylist()
    assert {r["party"] for r in found if r["kind"] == "listing"} == {LISTED}


def test_a_title_over_a_list_that_names_its_vendors_is_no_label(tmp_path):
    file = tmp_path / "me2l.txt"
    file.write_text(
        "Purchase orders of vendors          Page 1\nPrinted of          J. Doe\n"
        "-------------------------------------------\n|Vendor    |Name 1          |Order     |\n"
        "-------------------------------------------\n|100045    |Example Gin     |4500001234|\n"
        "|100077    |Sample Buttons  |4500001241|\n",
        encoding="utf-8",
    )
    table = opened(file, ReadingOptions(words=heading_words()))
    assert [r for r in table.rows() if r[1] == "100045" or "100045" in (r[0] or "")]
    assert not any("list in parts" in n for n in table.notes)
