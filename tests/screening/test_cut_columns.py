"""Names that an export cut at the width of its field: the column is told, and a match says what was cut off."""

import pyarrow as pa
import pytest

from entrepot.desk.desk import Desk
from entrepot.screening.parties.parties import read_parties

# Invented, of more than 35 letters.
WHOLE = (
    "Tarbagan Orlova Information Technology Co., Ltd.",
    "Zelmira Brodanka Textile Weaving and Dyeing Co., Ltd.",
    "Orlova Harbour Lantern Power Machinery Co., Ltd.",
    "Brodanka Cotton and Linen Purchasing Station Co., Ltd.",
)
SHORT = ("Zelmira LLC", "Orlova Ltd", "Harbour Lantern SA")


def notes(folder, names, heading="NAME1", *more):
    rows = [",".join([heading, *(m for m, _ in more)])]
    rows += [",".join([f'"{n}"', *(cell for _, cell in more)]) for n in names]
    (folder / "vendors.csv").write_text("\n".join(rows), encoding="utf-8")
    return [n for n in read_parties(folder / "vendors.csv").notes if "likely cut" in n]


@pytest.mark.parametrize(("width", "count"), [(35, 4), (30, 4), (40, 4), (27, 4)])
def test_names_that_pile_up_at_the_longest_are_told(width, count, tmp_path):
    cut = [n[:width].rstrip() for n in WHOLE]
    full = [n for n in cut if len(n) == width]
    said = notes(tmp_path, [*cut, *SHORT])
    assert len(said) == 1
    assert f"{len(full)} names in column 'NAME1' are {width} characters long" in said[0]
    assert count >= len(full) >= 2


@pytest.mark.parametrize(
    "names",
    [
        [*WHOLE, *SHORT],  # of several lengths
        [*[n[:35] for n in WHOLE], "Orlova Harbour Lantern Power and Light Machinery"],  # one is longer
        [WHOLE[0][:35]] * 5,  # one name, several times
        [n[:12] for n in WHOLE],  # no field is so narrow
        SHORT,
    ],
)
def test_other_names_are_not(names, tmp_path):
    assert notes(tmp_path, names) == []


def test_a_name_that_goes_on_in_a_further_field_is_not_cut(tmp_path):
    assert notes(tmp_path, [n[:35] for n in WHOLE], "NAME1", ("NAME2", "Co. Ltd.")) == []


def test_a_name_that_fills_the_last_of_its_fields_is_cut(tmp_path):
    long = [f"{first} {second}" for first in WHOLE for second in WHOLE]
    rows = ["LIFNR,NAME1,NAME2", *(f'{i},"{n[:35]}","{n[35:70]}"' for i, n in enumerate(long))]
    (tmp_path / "vendors.csv").write_text("\n".join(rows), encoding="utf-8")
    said = [n for n in read_parties(tmp_path / "vendors.csv").notes if "likely cut" in n]
    full = sum(len(n[35:70].strip()) == 35 for n in long)
    assert len(said) == 1
    assert f"{full} names in column 'NAME2' are 35 characters long" in said[0]
    whole = [*rows[:1], *(f'{i},"{n[:35]}","{n[35:70]}"' for i, n in enumerate(WHOLE))]
    (tmp_path / "vendors.csv").write_text("\n".join(whole), encoding="utf-8")
    assert not [n for n in read_parties(tmp_path / "vendors.csv").notes if "likely cut" in n]


def test_a_match_says_what_the_listed_name_has_beyond_the_cut(tmp_path):
    listings = pa.table({"name": list(WHOLE)})
    parties = tmp_path / "vendors.csv"
    parties.write_text("NAME1\n" + "\n".join(f'"{n[:35].rstrip()}"' for n in WHOLE), encoding="utf-8")
    rows = Desk(tmp_path / "store").screen(parties, listings).to_pylist()
    assert {r["met_name"] for r in rows if r["kind"] == "listing"} == set(WHOLE)
    for row in rows:
        said = [r for r in row["reasons"] if "it may be cut there" in r]
        assert len(said) == (len(row["party"]) in {34, 35})
    told = " ".join(r for row in rows for r in row["reasons"])
    assert "“ogy co ltd”" in told  # what Information Technol lacks
