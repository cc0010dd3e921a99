"""Tables of owners as databases and registers export them: their headings, a company printed once, words for shares.

Headings are those of Orbis and of Chinese registers; firms are invented.
"""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.ownership.read_links import read_links
from entrepot.ownership.stake import PERCENT, WHOLE, read_stake

ORBIS = """\
,Company name Latin alphabet,Country ISO code,BvD ID number,SH - Name,SH - BvD ID number,SH - Direct %,SH - Total %
1.,URUMQI PLASTICS CO LTD,CN,CN30001,TARIM CHEMICAL CO LTD,CN9999,51.00,n.a.
,,,,MR WEI LI,P1,>25.00,n.a.
,,,,HARROW LTD,GB1,NG,n.a.
2.,SHANGHAI TRADE CO LTD,CN,CN30002,TARIM CHEMICAL CO LTD,CN9999,WO,WO
3.,TORVIK AS,NO,NO1,NORDHAVN AS,NO2,n.a.,-
"""


def read(folder, text):
    file = folder / "owners.csv"
    file.write_text(text, encoding="utf-8")
    return read_links(file, today=date(2026, 1, 1))


def links(found):
    names = {p["party_id"]: p["name"] for p in found.parties.to_pylist()}
    return [
        (names[x["owner_id"]], names[x["owned_id"]], x["low_percent"], x["high_percent"])
        for x in found.links.to_pylist()
    ]


def test_shareholders_below_a_company_that_is_printed_once_are_its_own(tmp_path):
    found = read(tmp_path, ORBIS)
    assert [(owner, owned) for owner, owned, *_ in links(found)] == [
        ("TARIM CHEMICAL CO LTD", "URUMQI PLASTICS CO LTD"),
        ("MR WEI LI", "URUMQI PLASTICS CO LTD"),
        ("HARROW LTD", "URUMQI PLASTICS CO LTD"),
        ("TARIM CHEMICAL CO LTD", "SHANGHAI TRADE CO LTD"),
        ("NORDHAVN AS", "TORVIK AS"),
    ]
    assert [x["owned_id"] for x in found.links.to_pylist()] == ["CN30001"] * 3 + ["CN30002", "NO1"]
    lows = [low for *_, low, _ in links(found)]
    assert lows[0] == 51
    assert lows[1] > 25
    assert (lows[2], lows[3] > 50, lows[4]) == (0, True, 0)
    said = " ".join(found.row["notes"])
    assert "SH - Direct % = share" in said
    assert "2 rows without a company are of the one above them" in said


def test_in_a_table_that_prints_every_company_a_blank_is_a_blank(tmp_path):
    found = read(tmp_path, "owner,owned,share\nA,B,50\nC,B,20\nD,,10\n")
    assert [(a, b) for a, b, *_ in links(found)] == [("A", "B"), ("C", "B")]
    assert found.row["refused"] == 1


def test_headings_of_other_languages_stand_below_a_title(tmp_path):
    found = read(
        tmp_path, "企业股东信息,,\n股东名称,被投资企业,持股比例\n塔里木化工有限公司,乌鲁木齐塑料有限公司,51%\n"
    )
    assert links(found) == [("塔里木化工有限公司", "乌鲁木齐塑料有限公司", 51, 51)]


def test_what_is_not_known_is_asked_for_by_our_names(tmp_path):
    with pytest.raises(UnknownNameError, match="Call the columns owner, owned, share"):
        read(tmp_path, "subject_name,related_name,share_percentage\nA,B,5\n")


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("WO", 50 * PERCENT + 1, WHOLE),
        ("Majority owned", 50 * PERCENT + 1, WHOLE),
        ("NG", 0, PERCENT - 1),
        ("n.a.", 0, WHOLE),
        ("CQP1", 50 * PERCENT + 1, WHOLE),
        ("50% + 1 share", 50 * PERCENT + 1, WHOLE),
        ("62.50+", 62 * PERCENT + PERCENT // 2, WHOLE),
        ("25 % +", 25 * PERCENT, WHOLE),
        ("±33", 0, WHOLE),  # about: by how much it may be off is not told
        ("ca. 40 %", 0, WHOLE),
        ("JO", 0, WHOLE),
        ("Branch", 0, WHOLE),
        ("FC", 0, WHOLE),
    ],
)
def test_words_for_a_share_are_the_widest_that_they_can_mean(said, low, high):
    assert (read_stake(said).low, read_stake(said).high) == (low, high)


@pytest.mark.parametrize("said", ["±133", "50++", "+50", "JOE", "101+", "about"])
def test_what_is_no_share_is_still_refused(said):
    with pytest.raises(ValueError, match=r".*"):
        read_stake(said)


def test_days_and_a_parent_that_says_which_are_known_by_their_headings(tmp_path):
    text = "Parent (GUO),Subsidiary,Direct %,Valid from,Valid to\nTARIM AG,BOLE AG,60,2021-02-03,2024-05-06\n"
    found = read(tmp_path, text)
    (link,) = found.links.to_pylist()
    assert (link["low_percent"], link["valid_from"], link["valid_to"]) == (60, "2021-02-03", "2024-05-06")
    assert "Valid from = from" in " ".join(found.row["notes"])


def test_shareholders_as_orbis_exports_them_are_read_by_their_direct_share(tmp_path):
    text = (
        "Company name;BvD ID number;Shareholder - Name;Shareholder - BvD ID number;Shareholder - Direct %;"
        "Shareholder - Total %\nLOWER MILL LTD;CN1;UPPER HOLDING;CN2;49,99;60,01\nOTHER MILL LTD;CN3;UPPER HOLDING;CN2;"
        "-;51,00\n"
    )
    found = read(tmp_path, text)
    assert links(found) == [
        ("UPPER HOLDING", "LOWER MILL LTD", 49.99, 49.99),
        ("UPPER HOLDING", "OTHER MILL LTD", 0, 100),
    ]


def test_a_family_tree_without_shares_is_told_what_it_lacks(tmp_path):
    text = "D-U-N-S Number,Company Name,Parent Company,Global Ultimate Company\n1,Lower Mill,Upper Holding,Top Group\n"
    with pytest.raises(UnknownNameError) as caught:
        read(tmp_path, text)
    said = str(caught.value)
    assert all(part in said for part in ("share", "Parent Company = owner", "Global Ultimate Company", ">50"))


def test_the_company_beside_its_subsidiaries_is_their_owner(tmp_path):
    text = (
        ",Company name Latin alphabet,BvD ID number,Subsidiary - Name,Subsidiary - BvD ID number,Subsidiary - Direct %,"
        "Subsidiary - Total %\n1.,UPPER HOLDING,CN2,LOWER MILL LTD,CN1,60.00,60.00\n,,,OTHER MILL LTD,CN3,51.00,n.a.\n"
        "2.,THIRD AG,CH1,LOWER MILL LTD,CN1,40.00,-\n"
    )
    found = read(tmp_path, text)
    assert links(found) == [
        ("UPPER HOLDING", "LOWER MILL LTD", 60, 60),
        ("UPPER HOLDING", "OTHER MILL LTD", 51, 51),
        ("THIRD AG", "LOWER MILL LTD", 40, 40),
    ]
    assert {(x["owner_id"], x["owned_id"]) for x in found.links.to_pylist()} == {
        ("CN2", "CN1"), ("CN2", "CN3"), ("CH1", "CN1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "headings",
    [
        "公司名称,被投资企业名称,投资比例",
        "企业名称,被投资公司,持股比例",
        "Gesellschafter,Gesellschaft,Anteil",
        "Gesellschaft,Tochtergesellschaft,Beteiligungsquote",
        "Actionnaire,Société,% de détention",
        "Société,Filiale,% du capital",
        "Accionista,Sociedad,Participación",
        "Company Name,Investee,Ownership %",
    ],
)
def test_owner_and_owned_are_told_by_how_tables_of_other_languages_call_them(tmp_path, headings):
    found = read(tmp_path, f"{headings}\nTarim AG,Bole AG,60\nTarim AG,Kuche AG,30 %\n")
    assert links(found) == [("Tarim AG", "Bole AG", 60, 60), ("Tarim AG", "Kuche AG", 30, 30)]


# A network of a database: ties of every sort between pairs, of which one is a holding.
NETWORK = """\
source_name,relationship_type,target_name,share_percentage
Tarim Chemical,shareholder_of,Urumqi Plastics,60
Tarim Chemical,ships_to,Harrow Ltd,
"""
ENDS = "subject,object,percentage_min,percentage_max\nTarim Chemical,Urumqi Plastics,50,75\nHarrow Ltd,Torvik AS,>25,\n"
OF_ENDS = {
    "owner": "subject",
    "owned": "object",
    "share_minimum": "percentage_min",
    "share_maximum": "percentage_max",
}


def read_as(folder, text, **columns):
    file = folder / "owners.csv"
    file.write_text(text, encoding="utf-8")
    return read_links(file, today=date(2026, 1, 1), columns=columns)


def test_columns_are_read_as_a_person_says(tmp_path):
    found = read_as(tmp_path, NETWORK, owner="source_name", owned="Target_Name")
    assert links(found) == [("Tarim Chemical", "Urumqi Plastics", 60, 60)]
    # A tie that is no holding makes no owner, of whatever share: it is refused with its word.
    assert found.row["refused"] == 1
    assert "ships_to" in found.row["refused_rows"][0]


def test_what_a_person_says_of_all_rows_stands_for_a_column(tmp_path):
    of_one = "塔里木化工有限公司-股东信息,,\n序号,股东（发起人）,持股比例\n1,张三,51%\n2,李四,49%\n"
    found = read_as(tmp_path, of_one, owned="=塔里木化工有限公司")
    assert [(a, b, low) for a, b, low, _ in links(found)] == [
        ("张三", "塔里木化工有限公司", 51),
        ("李四", "塔里木化工有限公司", 49),
    ]
    assert any("塔里木化工有限公司" in note for note in found.row["notes"])


def test_parents_without_shares_hold_what_a_person_says_of_all(tmp_path):
    parents = "Company Name,Parent Company\nUrumqi Plastics,Tarim Chemical\n"
    with pytest.raises(UnknownNameError, match="share==>50"):
        read(tmp_path, parents)
    assert read_as(tmp_path, parents, share="=>50").links.to_pylist()[0]["low_percent"] > 50
    (link,) = read_as(tmp_path, parents, share="=").links.to_pylist()
    assert (link["low_percent"], link["high_percent"]) == (0, 100)


def test_the_ends_of_a_share_in_two_columns_are_one_share(tmp_path):
    both, one = links(read_as(tmp_path, ENDS, **OF_ENDS))
    assert both == ("Tarim Chemical", "Urumqi Plastics", 50, 75)
    assert one[2] > 25
    assert one[3] == 100


def test_ends_that_are_fractions_of_one_are_refused_as_shares_are(tmp_path):
    with pytest.raises(UnreadableFileError, match="no share of the table without a sign"):
        read_as(tmp_path, ENDS.replace("50,75", "0.5,0.75").replace(">25", "0.25"), **OF_ENDS)
    wrong = read_as(tmp_path, ENDS.replace("50,75", "75,50"), **OF_ENDS)
    assert wrong.row["refused"] == 1


def test_a_column_that_is_not_there_or_none_of_ours_is_refused(tmp_path):
    with pytest.raises(UnknownNameError, match="Shareholders"):
        read_as(tmp_path, NETWORK, owner="Shareholders")
    with pytest.raises(UnknownNameError, match="did you mean owner"):
        read_as(tmp_path, NETWORK, ownr="source_name")
    with pytest.raises(BadInputError, match="a format that has its own"):
        read_links(tmp_path / "owners.csv", "bods", today=date(2026, 1, 1), columns={"owner": "source_name"})


@pytest.mark.parametrize("word", ["shareholder_of", "Direct ownership", "Shareholding", "shares", ""])
def test_words_for_a_holding_are_one(tmp_path, word):
    found = read_as(tmp_path, f"owner,owned,share,relationship type\nTarim Chemical,Urumqi Plastics,60,{word}\n")
    assert [x["interest"] for x in found.links.to_pylist()] == ["shares"]


@pytest.mark.parametrize("word", ["Ultimate parent", "director_of", "subsidiary_of"])
def test_what_may_count_twice_or_the_other_way_round_is_no_holding(tmp_path, word):
    rows = f"Tarim Chemical,Urumqi Plastics,60,{word}\nHarrow Ltd,Torvik AS,5,shareholder of\n"
    found = read_as(tmp_path, f"owner,owned,share,relationship type\n{rows}")
    assert len(found.links) == 1
    assert found.row["refused"] == 1
