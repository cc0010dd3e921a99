"""Matches gathered into cases: one party and one listed entity, whatever lists and aliases name it."""

from __future__ import annotations

import csv
import io
import json
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from entrepot import __version__
from entrepot.cli.case_lines import case_lines
from entrepot.core.contract import table
from entrepot.core.errors import UnreadableFileError
from entrepot.desk.desk import Desk
from entrepot.lists.profiles.profile_columns import LISTED_PARTY
from entrepot.lists.version_names import whole_day
from entrepot.screening.cases.case_identity import called_of, case_id, joined_by, party_said, with_cases
from entrepot.screening.cases.entries import Entry, digest_of, words
from entrepot.screening.cases.gathered import cases
from entrepot.screening.contract import CASES
from entrepot.screening.matching.match import match_id
from entrepot.screening.runs.results import results

PARTIES = "supplier,country\nZyxwvut Brask Holdings Ltd,GB\nQuellmar Vostrikov,\nNobody At All GmbH,DE\n"
# Two lists of invented parties: a firm on both, by other names first; two persons of one name on the first.
ONE = """\
entity_id,name,kind,aliases,birth_year
f1,Zyxwvut Brask Holdings Ltd,company,Zyxwvut Brask,
p1,Quellmar Vostrikov,person,,1950
p2,Quellmar Vostrikov,person,,1971
"""
OTHER = """\
entity_id,name,kind,aliases,birth_year
x9,Brask Zyxwvut Trading Ltd,company,Holdings Zyxwvut Brask Ltd,
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    place = tmp_path_factory.mktemp("cases")
    made = Desk(store=place / "store")
    for name, text in (("own-one", ONE), ("own-other", OTHER)):
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
        made.load_list(place / f"{name}.csv", name, version="2026-01-05")
    return made


def screened(desk, tmp_path, text=PARTIES, **more):
    path = tmp_path / "suppliers.csv"
    path.write_text(text, encoding="utf-8")
    given = {"lists": ("own-one", "own-other"), "as_of": "2026-01-06", "min_score": 0.6, "workers": 1}
    return desk.screen(path, **(given | more))


def of(found, party):
    return [c for c in found.cases.to_pylist() if c["party"].startswith(party)]


def test_an_entity_on_two_lists_under_other_first_names_is_one_case(desk, tmp_path):
    (case,) = of(screened(desk, tmp_path), "Zyxwvut")
    assert set(case["entities"]) == {"own-one:own-one-f1", "own-other:own-other-x9"}
    assert case["lists"][0] == "own-one", "the list whose name meets best stands first"
    assert case["score"] == 1


def test_a_case_is_called_by_the_name_that_was_met_and_not_by_an_order_on_two_firms(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("name,country\nBaoding LYSZD Trade and Business Co Ltd,China\n", encoding="utf-8")
    found = Desk(store=tmp_path / "store").screen(path, lists=("uflpa", "cbp-wro"))
    (case,) = found.cases.to_pylist()
    assert set(case["lists"]) == {"uflpa", "cbp-wro"}
    assert case["listed_name"] == "Baoding LYSZD Trade and Business Co., Ltd."


def test_two_persons_of_one_name_on_one_list_are_two_cases(desk, tmp_path):
    found = of(screened(desk, tmp_path), "Quellmar")
    assert sorted(e for c in found for e in c["entities"]) == ["own-one:own-one-p1", "own-one:own-one-p2"]
    assert len({c["case_id"] for c in found}) == 2


def test_the_id_is_the_same_on_another_day_in_another_order_and_beside_other_lists(desk, tmp_path):
    ids = {c["case_id"] for c in of(screened(desk, tmp_path), "Zyxwvut")}
    head, *rows = PARTIES.splitlines(keepends=True)
    turned = head + "".join(reversed(rows))
    assert {c["case_id"] for c in of(screened(desk, tmp_path, turned, as_of="2026-03-01"), "Zyxwvut")} == ids
    spaced = PARTIES.replace("Zyxwvut Brask", "ZYXWVUT  Brask")
    assert {c["case_id"] for c in of(screened(desk, tmp_path, spaced), "Z")} == ids
    other = PARTIES.replace("Zyxwvut Brask", "Zyxwvut Braskk")
    assert {c["case_id"] for c in of(screened(desk, tmp_path, other), "Zyxwvut")}.isdisjoint(ids)


def test_the_case_opens_by_its_id(desk, tmp_path):
    (case,) = of(screened(desk, tmp_path), "Zyxwvut")
    (found,) = desk.explain(case["case_id"])
    assert found.kind == "case"
    assert found.says["party"] == "Zyxwvut Brask Holdings Ltd"
    for match in case["match_ids"]:
        assert desk.explain(match)[0].kind == "match"
        assert any(match in line for line in found.told)


def test_every_match_in_a_file_names_its_case_and_one_written_before_is_given_it(desk, tmp_path):
    out = tmp_path / "hits.csv"
    found = screened(desk, tmp_path, out=out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert {r["case_id"] for r in rows} == {c["case_id"] for c in found.cases.to_pylist()}
    # Written before there were cases, they have cases again, by the row alone.
    read = list(results(without(rows, tmp_path / "older.csv", "case_id", "entry")))
    assert [match_id(r) for r in read] == [r["match_id"] for r in rows], "the case is no part of the id of a match"
    assert all(r["case_id"].startswith("case-") for r in read)


def test_results_of_the_first_release_are_read_and_what_cannot_be_names_release_and_command(desk, tmp_path):
    out = tmp_path / "hits.csv"
    screened(desk, tmp_path, out=out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    of_the_first = ("party_key", "beside", "case_id", "entry", *(c.name for c in LISTED_PARTY))
    read = list(results(without(rows, tmp_path / "first.csv", *of_the_first)))
    assert [(r["party"], r["party_key"]) for r in read] == [(r["party"], None) for r in rows]
    assert all(r["case_id"].startswith("case-") for r in read)
    # What lacks a column that every release wrote is refused.
    fewer = without(rows, tmp_path / "fewer.csv", *of_the_first, "reasons")
    with pytest.raises(UnreadableFileError) as refused:
        list(results(fewer))
    assert f"Entrepot {__version__} wrote it." in str(refused.value)
    assert "entrepot screen PARTIES --out fewer.csv" in str(refused.value)


def without(rows, path, *columns):
    """Results as a file that lacks columns."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [n for n in rows[0] if n not in columns], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_another_word_of_the_entry_is_another_digest_and_another_file_is_not(desk, tmp_path):
    def digests(text):
        place = tmp_path / "l.csv"
        place.write_text(text, encoding="utf-8")
        fresh = Desk(store=tmp_path / f"store-{len(text)}")
        fresh.load_list(place, "own-one", version="2026-01-05")
        rows = screened(fresh, tmp_path, lists=("own-one",)).to_pylist()
        return {r["entity_id"]: r["entry"] for r in rows}

    later = ONE.replace("Zyxwvut Brask,", "Zyxwvut Brask;Old Brask,") + "p3,Someone,person,,\n"
    was, now = digests(ONE), digests(later)
    assert was["own-one-f1"] != now["own-one-f1"], "an alias was added"
    assert [was[f"own-one-p{i}"] for i in (1, 2)] == [now[f"own-one-p{i}"] for i in (1, 2)]


@pytest.mark.parametrize("columns", ["140", "160"])
def test_a_wide_terminal_has_a_line_a_case_worst_first_and_no_empty_column(desk, tmp_path, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    found = screened(desk, tmp_path)
    head, _, *below = case_lines(found.cases).splitlines()
    lines = below[: found.cases.num_rows]
    assert below[len(lines)].startswith("3 cases; ")
    assert all(len(line) <= int(columns) for line in lines)
    expected = sorted((Decimal(str(c["score"])) for c in found.cases.to_pylist()), reverse=True)
    shown = [Decimal(line.split()[0]) for line in lines]
    assert shown == [s.quantize(Decimal("0.01"), ROUND_DOWN) for s in expected]
    assert "party key" not in head
    assert "state" not in head


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_a_narrow_terminal_has_all_of_a_case_whole_in_a_block(desk, tmp_path, monkeypatch, columns):
    # Below 100 columns why was cut to a few letters, and the id that review and explain take was left out.
    monkeypatch.setenv("COLUMNS", str(columns))
    text = PARTIES.replace("Quellmar Vostrikov", "克拉玛依前程石油技术有限公司 Quellmar Vostrikov")
    found = screened(desk, tmp_path, text)
    lines = case_lines(found.cases).splitlines()
    assert all(cell_len(line) <= columns for line in lines)
    starts = [i for i, line in enumerate(lines) if line[:1].strip() and not line.startswith("2 cases")]
    blocks = [" ".join(" ".join(lines[a:b]).split()) for a, b in pairwise([*starts, len(lines) - 1])]
    rows = found.cases.to_pylist()
    assert len(blocks) == len(rows) == 2
    for case, block in zip(rows, blocks, strict=True):
        for said in (case["listed_name"], case["party"], case["why"], case["case_id"], *case["lists"]):
            assert " ".join(said.split()) in block, "nothing is cut"
    with_profile = case_lines(found.cases, profile=True)
    assert all(" ".join(c["profile"].split()) in " ".join(with_profile.split()) for c in rows if c["profile"])


def entry(list_id, entity_id, name, *more, kind="company", births=()):
    return Entry(list_id, entity_id, kind, words(name), frozenset(map(words, (name, *more))), frozenset(births))


def test_entries_whose_births_contradict_are_apart_and_a_firm_listed_twice_is_one():
    first, silent = entry("a", "1", "Li Wei", kind="person", births=["1950"]), entry("b", "2", "Wei Li", kind="person")
    assert len(set(called_of([first, silent]).values())) == 1, "one of them says nothing of a birth"
    younger = entry("b", "2", "Li Wei", kind="person", births=["1970"])
    assert len(set(called_of([first, younger]).values())) == 2
    twice = called_of([entry("csl", "1", "Brask Ltd"), entry("csl", "2", "Brask Ltd")])
    assert len(set(twice.values())) == 1, "the consolidated list has a firm once for each measure"
    ships = called_of([entry("a", "1", "Pioneer", kind="vessel"), entry("a", "2", "Pioneer", kind="vessel")])
    assert len(set(ships.values())) == 2


# One firm that a consolidated list has twice, the second time by its short name and without saying that it is a firm.
LONG, SHORT = entry("csl", "1", "Brask Quellmar Corps"), entry("csl", "2", "BQC", "Brask Corps", kind="any")
BOTH = entry("acts", "9", "Brask Quellmar Corps", "BQC")


@pytest.mark.parametrize("more", [[], [entry("sdn", "3", "Brask Quellmar Corps")], [entry("wro", "4", "BQC")]])
def test_a_firm_of_two_names_on_one_list_is_one_where_another_list_has_both(more):
    called = called_of([LONG, SHORT, BOTH, *more])
    assert set(called.values()) == {words("BQC")}, "called by the first in the alphabet"


@pytest.mark.parametrize(
    "met",
    [
        [LONG, SHORT],  # nobody says that the two names are one's
        [LONG, SHORT, entry("acts", "9", "Brask Quellmar Corps")],
        [LONG, entry("csl", "2", "BQC", kind="person"), BOTH],
        [*(entry("csl", n, "Ann Bo", kind="any") for n in "12"), entry("sdn", "1", "Ann Bo")],  # it may mean a person
        [entry("csl", "1", "Pioneer", kind="vessel"), entry("csl", "2", "Pioneer", kind="any")],
    ],
)
def test_two_entries_of_one_list_stay_apart_where_nothing_says_that_they_are_one_firm(met):
    called = called_of(met)
    assert called["csl", "1"] != called["csl", "2"]


def test_a_firm_of_one_name_is_one_where_one_entry_of_its_list_does_not_say_what_it_is():
    met = [entry("csl", "1", "Brask Ltd"), entry("csl", "2", "Brask Ltd", kind="any"), entry("sdn", "1", "Brask Ltd")]
    assert set(called_of(met).values()) == {words("Brask Ltd")}


def person(list_id, entity_id, text, day="", numbers=()):
    born = frozenset({day[:4]} if day else ())
    return Entry(
        list_id,
        entity_id,
        "person",
        words(text),
        frozenset({words(text)}),
        born,
        texts=(text,),
        birth_dates=frozenset({day} if day else ()),
        numbers=frozenset(numbers),
    )


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        # One person spelt otherwise on two lists was two cases.
        (("Yusuf Karimov", "1961-05-14"), ("Youssouf Karimov", "1961-05-14"), "born on the same day, 1961-05-14"),
        (("Yusuf Karimov", "1961-05-14"), ("Youssouf Karimov", "1961-05-15"), ""),  # the year alone is not enough
        (("Yusuf Karimov", ""), ("Youssouf Karimov", "1961-05-14"), ""),
        (("Yusuf Karimov", "1961-05-14"), ("Otto Quellmar", "1961-05-14"), ""),  # nor is the day alone
        (("Ann Bo", "", [("passport", "f" * 64, "KZ")]), ("Anne Boo", "", [("passport", "f" * 64, "KZ")]), "passport"),
        (("Ann Bo", "", [("passport", "f" * 64, "KZ")]), ("Anne Boo", "", [("passport", "f" * 64, "UZ")]), ""),
        (
            ("Ann Bo", "1950-02-03", [("passport", "f" * 64, "KZ")]),
            ("Anne Boo", "1960-02-03", [("passport", "f" * 64, "KZ")]),
            "",
        ),
    ],
)
def test_two_spellings_are_one_person_by_day_of_birth_or_number_and_it_is_said(one, other, why):
    met = [person("a", "1", *one), person("b", "2", *other)]
    assert (len(set(called_of(met).values())) == 1) is bool(why)
    said = joined_by(met)
    assert set(said) == ({("a", "1"), ("b", "2")} if why else set())
    assert all(why in text for text in said.values())
    third = person("b", "3", *other)  # the other list holds two such persons: nobody knows which of them is meant
    assert len(set(called_of([*met, third]).values())) == len([*met, third])


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("1961-05-14", "1961-05-14"),
        ("14 May 1961", "1961-05-14"),
        ("1 Sept 1961", "1961-09-01"),
        ("1961", ""),
        ("circa 1961", ""),
        ("1966-01-01", ""),
        ("1961-05-14 (under another name)", ""),
        ("14/05/1961", ""),
        ("", ""),
    ],
)
def test_only_a_whole_and_certain_day_of_birth_counts(printed, day):
    assert whole_day(printed) == day


def test_a_day_of_birth_that_is_read_now_changes_no_digest_that_a_decision_rests_on():
    rows = [dict.fromkeys(("text", "name_kind", "certainty", "party", "listed_name", "section", "valid_from"), "x")]
    rows = [
        r | {"valid_to": None, "status": "in_force", "particulars": json.dumps({"birth_years": ["1961"]})} for r in rows
    ]
    later = [r | {"particulars": json.dumps({"birth_dates": ["1961-05-14"], "birth_years": ["1961"]})} for r in rows]
    assert digest_of(rows) == digest_of(later)
    assert digest_of(rows) != digest_of([r | {"particulars": json.dumps({"birth_years": ["1962"]})} for r in rows])


def test_a_person_of_two_lists_is_one_case_that_says_why(tmp_path):
    made = Desk(store=tmp_path / "store")
    for name, text, day in (
        ("own-one", "Yusuf Karimov", "14 May 1961"),
        ("own-other", "Youssouf Karimov", "1961-05-14"),
    ):
        line = {"id": name, "schema": "Person", "properties": {"name": [text], "birthDate": [day]}}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line), encoding="utf-8")
        made.load_list(tmp_path / f"{name}.jsonl", name, version="2026-01-05")
    found = screened(made, tmp_path, "supplier\nYusuf Karimov\n")
    (case,) = found.cases.to_pylist()
    assert set(case["lists"]) == {"own-one", "own-other"}
    assert all("born on the same day, 1961-05-14" in said for said in case["joined"])
    (told,) = made.explain(case["case_id"])
    assert any("born on the same day" in line for line in told.told)


NAMES = st.sampled_from(["Ann Bo", "Bo Ann", "Cy Dee", "Ed Fu", "Ann Bo Gi"])
ENTRIES = st.lists(
    st.builds(
        lambda at, e, n, m, k: entry(at, e, n, *m, kind=k),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["1", "2", "3"]),
        NAMES,
        st.lists(NAMES, max_size=2),
        st.sampled_from(["person", "company", "vessel", "any"]),
    ),
    unique_by=lambda e: (e.list_id, e.entity_id),
    max_size=7,
)


@given(ENTRIES)
def test_what_entities_are_called_does_not_hang_on_their_order(met):
    called = called_of(met)
    assert called == called_of(met[::-1])
    assert set(called) == {(e.list_id, e.entity_id) for e in met}
    for (list_id, _), said in called.items():
        of_list = [e for e in met if e.list_id == list_id and called[e.list_id, e.entity_id] == said]
        assert said in {e.name for e in met} or said.startswith(f"{list_id}:")
        kinds = sorted(e.kind for e in of_list)
        is_firm = kinds.count("company") >= len(kinds) - 1 and set(kinds) <= {"any", "company"}
        assert len(of_list) == 1 or is_firm, "a list has a person once, and may mean one where it says nothing"


def test_each_match_is_of_one_case(desk, tmp_path):
    found = screened(desk, tmp_path, PARTIES + PARTIES.split("\n", 1)[1])
    ids = [i for c in found.cases.to_pylist() for i in c["match_ids"]]
    assert sorted(ids) == sorted(r["match_id"] for r in found.to_pylist())
    assert {c["rows"] for c in found.cases.to_pylist()} == {2}, "each party stands in two rows"


def test_cases_follow_from_the_rows_alone(desk, tmp_path):
    rows = screened(desk, tmp_path).to_pylist()
    bare = [{k: v for k, v in r.items() if k not in {"case_id", "entry"}} for r in rows]
    read = json.loads(json.dumps(list(with_cases(bare))))
    assert [r["match_id"] for r in read] == [r["match_id"] for r in rows]
    assert table(CASES, cases(read)).num_rows >= table(CASES, cases(rows)).num_rows


@pytest.mark.parametrize("beside", [{}, {"party_key": "Ä-7"}, {"country": "Österreich"}])
def test_a_name_in_another_normal_form_is_the_same_case(beside):
    said = {"party": "Zürwvut Brask Gesellschaft", **beside}
    ids = {case_id({c: normalize(form, v) for c, v in said.items()}, "own-one:f1") for form in ("NFC", "NFD")}
    # What is NFC already keeps its id: by what the party is known is the name in small letters, as it is written.
    assert ids == {case_id(said, "own-one:f1")}
    assert party_said(said)["name"] == "zürwvut brask gesellschaft"
    assert case_id(said | {"party": "Zurwvut Brask Gesellschaft"}, "own-one:f1") not in ids
