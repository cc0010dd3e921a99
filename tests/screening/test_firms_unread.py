"""Firms in a column that no word explains: it is not read, and the run says that names of firms stand there."""

import csv

import pytest

from entrepot.screening.parties.parties import read_parties

FIRMS = ["Nordhavn Yarns AB", "Harrow Trading Ltd", "Torvik Tools GmbH", "Zelmira Foods S.p.A."]
SAID = "Firms stand in columns that are not read"


def read(folder, heading, cells, names=()):
    path = folder / "vendors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[f"{n:03}", name, cell] for n, (name, cell) in enumerate(zip(FIRMS, cells, strict=True))]
        csv.writer(file).writerows([["Vendor Number", "Vendor Name", heading], *rows])
    return read_parties(path, names)


def told(found):
    return [note for note in found.notes if note.startswith(SAID)]


@pytest.mark.parametrize("heading", ["Vorlieferant", "Otherwise called", "Polysilicon source", "原料来源"])
def test_a_column_that_is_not_read_and_holds_firms_is_named_with_one(tmp_path, heading):
    (note,) = told(read(tmp_path, heading, ["", "Tarim Chemical Co., Ltd.", "OT", ""]))
    assert heading in note
    assert "Tarim Chemical Co., Ltd." in note


def test_names_in_chinese_are_firms_too(tmp_path):
    assert told(read(tmp_path, "Otherwise called", ["", "塔里木化工有限公司", "", ""]))


@pytest.mark.parametrize(
    "cells",
    [
        ["Net 30", "Net 60", "EXW", ""],
        ["Limited Liability Company", "GmbH", "S.A. de C.V.", "N/A"],
        ["001 Nordhavn Yarns AB", "Harrow Trading Ltd", "Torvik Tools GmbH (main)", ""],  # the names of the rows again
        ["Jane Roe", "Wei Li", "J. Doe", "Ann Mill"],
    ],
)
def test_what_is_no_further_firm_is_not(tmp_path, cells):
    assert not told(read(tmp_path, "Otherwise called", cells))


@pytest.mark.parametrize(("heading", "cell"), [("Legal form", "Tarim Holding Ltd"), ("Bank name", "Tarim Bank Ltd")])
def test_a_column_that_is_known_and_left_unread_with_reason_is_not(tmp_path, heading, cell):
    assert not told(read(tmp_path, heading, [cell, cell, "", ""]))


def test_nor_is_one_where_the_user_said_which_columns_are_read(tmp_path):
    found = read(tmp_path, "Vorlieferant", ["", "Tarim Chemical Ltd", "", ""], ["Vendor Name"])
    assert not told(found)


@pytest.mark.parametrize("heading", ["Aliases", "Other Names Used", "Addressee"])
def test_several_aliases_are_other_names_of_the_party(tmp_path, heading):
    parties = list(read(tmp_path, heading, ["", "Tarim Chemical Co., Ltd.", "", ""]).each())
    assert len(parties) == len(FIRMS)
    assert parties[1].other_names == ("Tarim Chemical Co., Ltd.",)
