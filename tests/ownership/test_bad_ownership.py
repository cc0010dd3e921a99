"""What cannot be in a table of one's own is refused with row and remedy: a row alone, or all rows that disagree."""

from __future__ import annotations

import csv
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk

HEAD = "owner,owned,share,from,to\n"
BAD = {
    "a share above the whole": ("Aa,Bb,101,,\n", "line 2", "correct it"),
    "shares that come to more": ("Aa,Bb,60,,\nCc,Bb,50,,\n", "110 % on one day .lines 2, 3", "Correct a share"),
    "two for one link and day": ("Aa,Bb,40,,\nAa,Bb,50,,\n", "line 2: two shares for one link and day", "keep one"),
    "two that overlap in days": ("Aa,Bb,40,2020,\nAa,Bb,50,2024-01-01,\n", "line 2: two shares", "give each its days"),
    "a day that has not come": (
        "Aa,Bb,40,2999-01-01,\n",
        "line 2: the date 2999-01-01 has not come",
        "correct the date",
    ),
    "an end before the beginning": ("Aa,Bb,40,2024-01-01,2023-01-01\n", "line 2: it ends", "after the one"),
    "itself": ("Bb,Bb,10,,\n", "line 2: Bb owns itself", "leave the row out"),
    "a loop that nobody owns": ("Aa,Bb,100,,\nBb,Aa,100,,\n", "nobody outside owns Aa, Bb", "somebody outside"),
    "fractions": (
        "Aa,Bb,0.5,,\nCc,Bb,0.25,,\n",
        "no share of the table without a sign",
        "Write 0.5 of the whole as 50",
    ),
    "fractions beside a sign": ("Aa,Bb,0.51,,\nCc,Bb,60%,,\nDd,Bb,25-50,,\n", "without a sign of per cent", "or 50%"),
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


# Beside a row that is right: what each says, and what to do.
ALONE = {
    "a share above the whole": ("Cc,Bb,101,,", "line 3: share is '101', of Cc in Bb", "correct it"),
    "a day that has not come": ("Cc,Bb,40,2999-01-01,", "line 3: the date 2999-01-01 has not come", "correct the date"),
    "an end before the beginning": ("Cc,Bb,40,2024-01-01,2023-01-01", "line 3: it ends 2023-01-01", "after the one"),
    "itself": ("Bb,Bb,10,,", "line 3: Bb owns itself", "leave the row out"),
    "no date": ("Cc,Bb,40,soon,", "line 3: from is 'soon'", "2024-11-25"),
    "no name": (",Bb,40,,", "line 3: a party without a name", "characters"),
    "no share": ("Cc,Bb,most,,", "line 3: share is 'most'", "percentage"),
    "more cells than headings": ("Cc, Ltd.,Bb,40,2020,2024", "line 3: 6 cells where the heading has 5", "into quotes"),
}


@pytest.mark.parametrize("case", ALONE)
def test_a_row_that_cannot_be_is_refused_alone_and_the_rest_is_taken(tmp_path, case):
    row, problem, remedy = ALONE[case]
    file = tmp_path / "owners.csv"
    file.write_text(f"{HEAD}Aa,Bb,40,,\n{row}\nDd,Bb,25-50,,\n", encoding="utf-8")
    desk = Desk(tmp_path / "store")
    answer = desk.load_ownership(file)
    held = answer.to_pylist()[0]
    assert (held["read"], held["links"], held["refused"]) == (3, 2, 1)
    assert held["parties"] == 3  # whom the refused row alone names is not known
    assert problem in held["refused_rows"][0]
    assert remedy in held["refused_rows"][0]
    assert any(problem in note for note in answer.notes)
    assert desk.ownership_files().to_pylist() == [held]


# Rows that cannot be together, beside one that can: what each says of the others.
TOGETHER = {
    "two for one link and day": (
        "Aa,Bb,40,,\nAa,Bb,50,,\n",
        ("'50' in line 3, '40' here", "'40' in line 2, '50' here"),
    ),
    "three for one link and day": ("Aa,Bb,40,,\nAa,Bb,50,,\nAa,Bb,60,,\n", ("line 3", "line 2", "line 2")),
    "shares that come to more": ("Aa,Bb,60,,\nCc,Bb,50,,\n", ("110 % on one day (lines 2, 3)",) * 2),
    "a loop that nobody owns": ("Aa,Bb,100,,\nBb,Aa,100,,\n", ("nobody outside owns Aa, Bb",) * 2),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_rows_that_cannot_be_together_are_all_refused_and_the_rest_is_taken(tmp_path, case):
    rows, told = TOGETHER[case]
    file = tmp_path / "owners.csv"
    file.write_text(f"{HEAD}{rows}Ee,Ff,25-50,,\nGg,Hh,10,,\n", encoding="utf-8")
    desk = Desk(tmp_path / "store")
    answer = desk.load_ownership(file)
    held = answer.to_pylist()[0]
    count = rows.count("\n")
    assert (held["read"], held["links"], held["refused"]) == (count + 2, 2, count)
    assert all(said in row for said, row in zip(told, held["refused_rows"], strict=True))
    assert any(f"left out, all of them: {count}, the first in line 2" in n for n in answer.notes)
    assert any(f"{count} rows of the ownership files were refused" in n for n in desk.own("Ff", lists=["uflpa"]).notes)


def test_rows_add_up_whatever_is_refused(tmp_path):
    file = tmp_path / "owners.csv"
    good = [f"Owner {n},Firm {n},{n},,\n" for n in range(2, 40)]
    bad = [f"{row}\n" for row, _, _ in ALONE.values()] * 3
    file.write_text(HEAD + "".join(good + bad) + "\n\n", encoding="utf-8")
    answer = Desk(tmp_path / "store").load_ownership(file)
    held = answer.to_pylist()[0]
    assert held["read"] == len(good) + len(bad) == held["links"] + held["refused"]
    assert (held["links"], len(held["refused_rows"])) == (len(good), len(bad))
    assert sum("Refused: " in note for note in answer.notes) == 5
    assert any(f"All {len(bad)}" in note for note in answer.notes)


def test_a_verdict_says_that_rows_were_refused(tmp_path):
    file = tmp_path / "owners.csv"
    file.write_text(f"{HEAD}Aa,Bb,40,,\nCc,Bb,160,,\n", encoding="utf-8")
    desk = Desk(tmp_path / "store")
    desk.load_ownership(file)
    assert any("1 row of the ownership files was refused" in n for n in desk.own("Bb", lists=["uflpa"]).notes)


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
    held = answer.to_pylist()[0]
    assert held["links"] == held["read"] == FINE[case].count("\n")
    assert held["refused_rows"] == []
    assert any("loops of ownership" in n and "lines 2, 3" in n for n in answer.notes) == (case == "a cross-holding")


def test_a_parent_that_is_direct_and_ultimate_is_no_contradiction(tmp_path):
    ultimate = "IS_ULTIMATELY_CONSOLIDATED_BY"
    file = tmp_path / "r.csv"
    file.write_text(f"{RR}A,B,{WHOSE},ACTIVE,,,,PUBLISHED,\nA,B,{ultimate},ACTIVE,,,,PUBLISHED,\n", encoding="utf-8")
    desk = Desk(tmp_path / "store")
    answer = desk.load_ownership(file)
    assert answer.to_pylist()[0]["links"] == 2
    assert not any("two shares" in n for n in answer.notes)
    file = tmp_path / "own.csv"
    file.write_text("owner,owned,share,interest\nAa,Bb,,control\nAa,Bb,,control\n", encoding="utf-8")
    assert desk.load_ownership(file).to_pylist()[0]["refused"] == 0


def test_a_missing_column_is_named(tmp_path):
    file = tmp_path / "owners.csv"
    file.write_text("owner,owned\nAa,Bb\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="unknown column of ownership 'share'"):
        Desk(tmp_path / "store").load_ownership(file)


# --- the four flaws in every form in which a person keeps a table

FLAWS = (
    "a share above the whole",
    "shares that come to more",
    "two for one link and day",
    "a day that has not come",
    "a loop that nobody owns",
)


def as_json(rows, path):
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")


def as_workbook(rows, path):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(path)


def as_parquet(rows, path):
    pq.write_table(pa.Table.from_pylist(rows), path)


@pytest.mark.parametrize(("ending", "write"), [("jsonl", as_json), ("xlsx", as_workbook), ("parquet", as_parquet)])
def test_each_is_refused_in_every_form_of_a_table(tmp_path, ending, write):
    desk = Desk(tmp_path / "store")
    for flaw in FLAWS:
        rows, _, remedy = BAD[flaw]
        file = tmp_path / f"owners.{ending}"
        write(list(csv.DictReader((HEAD + rows).splitlines())), file)
        with pytest.raises(BadInputError, match=r"\brow \d") as told:
            desk.load_ownership(file)
        assert remedy in str(told.value)
    assert desk.ownership_files().num_rows == 0


# --- and in publishers' files: what no percentage can be is refused, the rest is counted with its first row

PSC = {"kind": "individual-person-with-significant-control", "name": "Ms Gulmira Otarbay"}


def psc(*records):
    told = ({"company_number": n, "data": PSC | {"natures_of_control": [band]} | more} for n, band, more in records)
    return "\n".join(json.dumps(r) for r in told)


def entity(record):
    details = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": f"Firm {record}"}
    return {"statementId": record, "recordId": record, "recordType": "entity", "recordDetails": details}


def owned(owner, owns, share, number, **days):
    interest = {"type": "shareholding", "directOrIndirect": "direct", "share": share, **days}
    details = {"isComponent": False, "subject": owns, "interestedParty": owner, "interests": [interest]}
    return {
        "statementId": str(number),
        "recordId": f"r{number}",
        "recordType": "relationship",
        "recordDetails": details,
    }


def bods(*relationships):
    return json.dumps([entity("A"), entity("B"), entity("C"), *relationships])


RR = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
RR += "Relationship.RelationshipStatus,Relationship.Period.1.startDate,Relationship.Period.1.endDate,"
RR += "Relationship.Period.1.periodType,Registration.RegistrationStatus,Relationship.Quantifiers.1.QuantifierAmount\n"
BRANCH, WHOSE = "IS_INTERNATIONAL_BRANCH_OF", "IS_DIRECTLY_CONSOLIDATED_BY"
SHARES_25 = "ownership-of-shares-25-to-50-percent"
WHOLE_BAND = "ownership-of-shares-75-to-100-percent"
COUNTED = {
    "bods: more than the whole": (
        "b.json",
        bods(owned("A", "B", {"exact": 60}, 1), owned("C", "B", {"exact": 60}, 2)),
        "come to more than 100 %",
        "the first in statement 5",
    ),
    "bods: two shares": (
        "b.json",
        bods(owned("A", "B", {"exact": 20}, 1), owned("A", "B", {"exact": 30}, 2)),
        "two shares for one link",
        "the first in statement 5",
    ),
    "bods: a cycle": (
        "b.json",
        bods(owned("A", "B", {"exact": 20}, 1), owned("B", "A", {"exact": 30}, 2)),
        "loops of ownership",
        "statements 4, 5",
    ),
    "bods: a coming day": (
        "b.json",
        bods(owned("A", "B", {"exact": 20}, 1), owned("A", "C", {"exact": 20}, 2, startDate="2999-01-01")),
        "a day that has not come",
        "the first in statement 5",
    ),
    "uk: more than the whole": (
        "p.jsonl",
        psc(("01234567", WHOLE_BAND, {}), ("01234567", WHOLE_BAND, {"name": "Mr C D"})),
        "come to more than 100 %",
        "the first in line 2",
    ),
    "uk: two shares": (
        "p.jsonl",
        psc(("01234567", SHARES_25, {}), ("01234567", WHOLE_BAND, {})),
        "two shares for one link",
        "the first in line 2",
    ),
    "uk: a coming day": (
        "p.jsonl",
        psc(("01234567", SHARES_25, {}), ("07654321", SHARES_25, {"notified_on": "2999-01-01"})),
        "a day that has not come",
        "the first in line 2",
    ),
    "gleif: a cycle": (
        "r.csv",
        f"{RR}A,B,{WHOSE},ACTIVE,,,,PUBLISHED,\nB,A,{WHOSE},ACTIVE,,,,PUBLISHED,\n",
        "loops of ownership",
        "lines 3, 2",
    ),
    "gleif: more than the whole": (
        "r.csv",
        f"{RR}A,B,{BRANCH},ACTIVE,,,,PUBLISHED,\nA,C,{BRANCH},ACTIVE,,,,PUBLISHED,\n",
        "come to more than 100 %",
        "the first in line 3",
    ),
    "gleif: a coming day": (
        "r.csv",
        f"{RR}A,B,{WHOSE},ACTIVE,,,,,\nA,C,{WHOSE},ACTIVE,2999-01-01,,RELATIONSHIP_PERIOD,,\n",
        "a day that has not come",
        "the first in line 3",
    ),
    "gleif: withdrawn": (
        "r.csv",
        f"{RR}A,B,{WHOSE},ACTIVE,,,,PUBLISHED,\nA,C,{WHOSE},ACTIVE,,,,ANNULLED,\n",
        "GLEIF withdrew, ANNULLED",
        ": 1",
    ),
    "gleif: a percentage of consolidation": (
        "r.csv",
        f"{RR}A,B,{WHOSE},ACTIVE,,,,PUBLISHED,100\n",
        "no shares: not read",
        ": 1",
    ),
    "ofac: a cycle": (
        "sdn.csv",
        "".join(
            f'{n},"{a}",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Linked To: {b}."\r\n'
            for n, a, b in ((101, "GULMIRA TRADING", "QUM TRADING"), (102, "QUM TRADING", "GULMIRA TRADING"))
        ),
        "loops of ownership",
        "lines 2, 1",
    ),
}


@pytest.mark.parametrize("case", COUNTED)
def test_a_publishers_file_is_taken_and_what_cannot_be_is_counted_with_its_row(tmp_path, case):
    name, text, what, where = COUNTED[case]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8", newline="")
    answer = Desk(tmp_path / "store").load_ownership(file)
    (said,) = [n for n in answer.notes if what in n]
    assert where in said


@pytest.mark.parametrize("share", [{"exact": 101}, {"minimum": 60, "maximum": 40}, {"exact": "most"}])
def test_what_no_percentage_can_be_is_refused_in_bods(tmp_path, share):
    file = tmp_path / "b.json"
    file.write_text(bods(owned("A", "B", share, 1)), encoding="utf-8")
    desk = Desk(tmp_path / "store")
    with pytest.raises(BadInputError, match="statement 4: share is"):
        desk.load_ownership(file)
    assert desk.ownership_files().num_rows == 0
