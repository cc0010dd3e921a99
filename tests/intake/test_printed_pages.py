"""Lists in columns of fixed width with what a printer puts between pages: no page is lost, nothing of it is a row."""

import pytest

from entrepot.intake.groups.row_words import is_page
from entrepot.screening.parties.parties import read_parties

TITLE = "Company 100          Supplier list            Page: {}"
HEADING = "Vendor no  Vendor name                         Country"
RULE = "-" * len(HEADING)
FIRST = ["BP0000001  Hoshine Silicon Industry Co., Ltd.  CN", "BP0000002  Elkem ASA                           NO"]
LAST = "BP0000003  Esquel Group                        HK"
NAMES = ["Hoshine Silicon Industry Co., Ltd.", "Elkem ASA", "Esquel Group"]


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE.format(1), HEADING, RULE, *FIRST, TITLE.format(2), HEADING, RULE, LAST],
        [TITLE.format(1), HEADING, RULE, *FIRST, "\f" + TITLE.format(2), HEADING, RULE, LAST],
        [HEADING, RULE, *FIRST, HEADING, LAST],
        [HEADING, RULE, *FIRST, " " * 47 + "Page 2", HEADING, RULE, LAST],
        [HEADING, *FIRST, "Seite 2 von 2", HEADING, LAST],
    ],
)
def test_every_page_is_read_and_what_stands_between_them_is_no_row(tmp_path, lines):
    path = tmp_path / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    parties = read_parties(path)
    assert [p.name for p in parties.each()] == NAMES
    assert parties.row_count + parties.blank + parties.aside == len(lines) - 1 - lines.index(HEADING)


def test_a_next_page_is_not_taken_for_the_list_where_the_first_cannot_be_read(tmp_path):
    """What stands above the second heading would be lost without a word."""
    lines = [HEADING, *FIRST, "Checked by the purchasing department on Monday", HEADING, LAST]
    path = tmp_path / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        names = [p.name for p in read_parties(path).each()]
    except ValueError:
        return  # refused, which is told
    assert set(NAMES) <= set(names)


@pytest.mark.parametrize(
    "lines",
    [
        ["Supplier  Supplier name           Qty       Value", "0000123   Camel Group Co Ltd       100   4,000.00",
         "0000124   Exide Technologies        50   4,000.00"],
        ["Supplier  Supplier name           Qty       Value", "--------  ----------------------  ----  ---------",
         "0000123   Camel Group Co., Ltd.    100   4,000.00", "0000124   Exide Technologies        50   4,000.00"],
    ],
)  # fmt: skip
def test_figures_at_the_right_of_their_columns_are_told_from_names(tmp_path, lines):
    path = tmp_path / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = list(read_parties(path).each())
    assert [p.name for p in found][1] == "Exide Technologies"
    assert found[0].name in {"Camel Group Co Ltd", "Camel Group Co., Ltd."}
    assert [p.key for p in found] == ["0000123", "0000124"]


@pytest.mark.parametrize(("cell", "is_one"), [("Page 12", True), ("стр. 3 из 4", True), ("第3页", True), ("3", False)])
def test_the_number_of_a_page(cell, is_one):
    assert is_page(cell) == is_one
