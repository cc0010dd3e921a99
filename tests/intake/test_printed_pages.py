"""Lists in columns of fixed width with what a printer puts between pages: no page is lost, nothing of it is a row."""

import pytest

from entrepot.core.errors import BadInputError, UnreadableFileError
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
    lines = [HEADING, *FIRST, "Checked by the purchasing department on Monday, all of it", HEADING, LAST]
    path = tmp_path / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadInputError):
        read_parties(path)


LONG = "Supplier  Supplier name           Qty       Value"
ROW = "{:07d}   Exide Technologies        50   4,000.00"


def printed(path, *last):
    """A list of which the last lines stand behind those by which its columns are known."""
    path.write_text("\n".join([LONG, *(ROW.format(n) for n in range(300)), *last]) + "\n", encoding="utf-8")
    return path


def test_a_figure_that_is_wider_than_those_above_it_is_no_part_of_the_name(tmp_path):
    path = printed(tmp_path / "list.txt", "0000900   Esquel Group              70   12,345,678.00")
    assert [p.name for p in read_parties(path).each()][-1] == "Esquel Group"


@pytest.mark.parametrize(
    "line",
    ["0000900   Esquel Group        1234567 12,345,678.00", "Printed by the purchasing department on the first of May"],
)
def test_a_word_across_columns_is_refused_with_its_line(tmp_path, line):
    with pytest.raises(UnreadableFileError, match="line 302: a word stands across two columns"):
        read_parties(printed(tmp_path / "list.txt", line))


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
    assert [p.name.replace("Co., Ltd.", "Co Ltd") for p in found] == ["Camel Group Co Ltd", "Exide Technologies"]
    assert [p.key for p in found] == ["0000123", "0000124"]


@pytest.mark.parametrize(("cell", "is_one"), [("Page 12", True), ("стр. 3 из 4", True), ("第3页", True), ("3", False)])
def test_the_number_of_a_page(cell, is_one):
    assert is_page(cell) == is_one
