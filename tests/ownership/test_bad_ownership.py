"""What cannot be in a table of one's own is refused with row and remedy, and nothing of it is kept."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk

HEAD = "owner,owned,share,from,to\n"
BAD = {
    "a share above the whole": ("Aa,Bb,101,,\n", "line 2", "correct it"),
    "shares that come to more": ("Aa,Bb,60,,\nCc,Bb,50,,\n", "110 % on one day .lines 2, 3", "Correct a share"),
    "two for one link and day": ("Aa,Bb,40,,\nAa,Bb,50,,\n", "line 3: two shares for one link and day", "keep one"),
    "two that overlap in days": ("Aa,Bb,40,2020,\nAa,Bb,50,2024-01-01,\n", "line 3: two shares", "give each its days"),
    "a day that has not come": (
        "Aa,Bb,40,2999-01-01,\n",
        "line 2: the date 2999-01-01 has not come",
        "correct the date",
    ),
    "an end before the beginning": ("Aa,Bb,40,2024-01-01,2023-01-01\n", "line 2: it ends", "after the one"),
    "itself": ("Aa,Bb,40,,\nBb,Bb,10,,\n", "line 3: Bb owns itself", "leave the row out"),
    "a loop that nobody owns": ("Aa,Bb,100,,\nBb,Aa,100,,\n", "nobody outside owns Aa, Bb", "somebody outside"),
    "fractions": ("Aa,Bb,0.5,,\nCc,Bb,0.25,,\n", "no share of the table is above 1", "Write 0.5 of the whole as 50"),
    "no date": ("Aa,Bb,40,soon,\n", "line 2: from is 'soon'", "2024-11-25"),
    "no name": (",Bb,40,,\n", "line 2: a party without a name", "characters"),
    "no share": ("Aa,Bb,most,,\n", "line 2: share is 'most'", "percentage"),
}


@pytest.mark.parametrize("case", BAD)
def test_it_is_refused_and_nothing_is_kept(tmp_path, case):
    rows, problem, remedy = BAD[case]
    file = tmp_path / "owners.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    desk = Desk(tmp_path / "store")
    with pytest.raises(BadInputError, match=problem) as told:
        desk.load_ownership(file)
    assert remedy in str(told.value)
    assert desk.ownership_files().num_rows == 0


FINE = {
    "shares rounded to two decimals": "Aa,Dd,33.34,,\nBb,Dd,33.33,,\nCc,Dd,33.34,,\n",
    "one share after the other": "Aa,Bb,40,2020,2024-01-01\nAa,Bb,60,2024-01-01,\n",
    "a cross-holding": "Aa,Bb,20,,\nBb,Aa,30,,\n",
    "the whole, sold whole": "Aa,Cc,100,,2024-01-01\nBb,Cc,100,2024-01-01,\n",
}


@pytest.mark.parametrize("case", FINE)
def test_what_can_be_is_taken(tmp_path, case):
    file = tmp_path / "owners.csv"
    file.write_text(HEAD + FINE[case], encoding="utf-8")
    desk = Desk(tmp_path / "store")
    answer = desk.load_ownership(file)
    assert answer.to_pylist()[0]["links"] == FINE[case].count("\n")
    assert any("loops of ownership" in n and "lines 2, 3" in n for n in answer.notes) == (case == "a cross-holding")


def test_a_missing_column_is_named(tmp_path):
    file = tmp_path / "owners.csv"
    file.write_text("owner,owned\nAa,Bb\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="unknown column of ownership 'share'"):
        Desk(tmp_path / "store").load_ownership(file)
