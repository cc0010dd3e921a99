"""Tables of owners as registers and vendor lists of several languages have them: headings, words, who is no owner.

Headings are those of Chinese and Russian registers, of networks and of a list of vendors; firms are invented.
"""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.ownership.read_links import read_links
from entrepot.ownership.stake import PERCENT, UNKNOWN, WHOLE, read_stake

ABOVE = 50 * PERCENT + 1  # more than 50 %, in the parts of a stake


def read(folder, text):
    file = folder / "owners.csv"
    file.write_text(text, encoding="utf-8")
    return read_links(file, today=date(2026, 1, 1))


def links(found):
    names = {p["party_id"]: p["name"] for p in found.parties.to_pylist()}
    rows = found.links.to_pylist()
    return [(names[x["owner_id"]], names[x["owned_id"]], x["low_percent"], x["high_percent"]) for x in rows]


def told(found):
    return found.row["notes"]


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("—", 0, WHOLE), ("--", 0, WHOLE), ("未公示", 0, WHOLE), ("нет данных", 0, WHOLE),
        ("约51%", 0, WHOLE), ("около 51 %", 0, WHOLE),
        ("超过50%", ABOVE, WHOLE), ("более 50%", ABOVE, WHOLE), ("не более 25%", 0, 25 * PERCENT),
        ("不低于５０％", 50 * PERCENT, WHOLE), ("50%以上", 50 * PERCENT, WHOLE), ("50 % и более", 50 * PERCENT, WHOLE),
        ("менее 1%", 0, PERCENT - 1), ("低于1%", 0, PERCENT - 1), ("over50%", ABOVE, WHOLE),
    ],
)  # fmt: skip
def test_words_of_registers_beside_a_figure_are_bounds(said, low, high):
    stake = read_stake(said)
    assert (stake.low, stake.high) == (low, high)


@pytest.mark.parametrize("said", ["51%认缴", "overt 50%", "约约51%", "120%以上", "больше"])
def test_what_is_no_share_stays_refused(said):
    with pytest.raises(ValueError, match=r"."):
        read_stake(said)
    assert read_stake("") == UNKNOWN


@pytest.mark.parametrize(
    "headings",
    ["Совладелец,Наименование,Доля (%)", "股东及出资信息,企业名称,持股占比",
     "source_name,target_name,shares_percentage", "Owned By,Vendor Name,Ownership %",
     "Gesellschafter,Firma,Anteil in %"],
)  # fmt: skip
def test_headings_of_registers_are_known(tmp_path, headings):
    found = read(tmp_path, f"{headings}\nTarim Chemical Holding,Kumtag Cotton,51\n")
    assert links(found) == [("Tarim Chemical Holding", "Kumtag Cotton", 51.0, 51.0)]


def test_vendors_without_an_owner_are_counted_and_are_no_refused_rows(tmp_path):
    text = (
        "Vendor No,Vendor Name,Owned By,Ownership %\n"
        "1,Kumtag Cotton,Tarim Chemical Holding,60\n2,Moon Garment,,\n3,Sun Ltd,,\n"
    )
    found = read(tmp_path, text)
    assert len(links(found)) == 1
    assert (found.row["read"], found.row["refused"]) == (1, 0)
    assert any("rows that name no owner and no share" in n and ": 2, the first in line 3" in n for n in told(found))


def test_a_share_without_an_owner_is_still_refused(tmp_path):
    found = read(tmp_path, "owner,owned,share\nTarim Chemical Holding,Kumtag Cotton,60\n,Kumtag Cotton,40\n")
    assert (found.row["read"], found.row["links"], found.row["refused"]) == (2, 1, 1)


def test_a_former_owner_without_an_end_is_refused_and_one_with_it_is_taken(tmp_path):
    text = (
        "source_name,target_name,share_percentage,from_date,to_date,former\n"
        "Tarim Chemical Holding,Kumtag Cotton,55,2015-01-01,,true\n"
        "Tarim Chemical Holding,Aral Ginning,55,2015-01-01,2019-01-01,true\n"
        "Tarim Chemical Holding,Niya Silk,55,2015-01-01,,false\n"
    )
    found = read(tmp_path, text)
    assert [owned for _, owned, _, _ in links(found)] == ["Aral Ginning", "Niya Silk"]
    assert found.row["refused"] == 1
    assert "former" in found.row["refused_rows"][0]
