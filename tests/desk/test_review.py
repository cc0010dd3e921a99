"""Cases decided, from a file of vendors to the next month's screening."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.desk.desk import Desk

PARTIES = "supplier,address\nZyxwvut Brask Ltd,Leeds\nQuellmar Works GmbH,Bonn\nNobody At All,Rome\n"
LISTED = "entity_id,name,kind,aliases\nf1,Zyxwvut Brask Ltd,company,Brask of Leeds\nf2,Quellmar Works GmbH,company,\n"


@pytest.fixture
def desk(tmp_path):
    made = Desk(store=tmp_path / "store")
    (tmp_path / "listed.csv").write_text(LISTED, encoding="utf-8")
    (tmp_path / "vendors.csv").write_text(PARTIES, encoding="utf-8")
    made.load_list(tmp_path / "listed.csv", "own-one", version="2026-01-05")
    return made


@pytest.fixture
def screened(desk, tmp_path):
    """Screen the vendors against the own list; gives the answer."""

    def run(text=PARTIES, name="hits.csv", **more):
        (tmp_path / "vendors.csv").write_text(text, encoding="utf-8")
        asked = {"lists": ["own-one"], "as_of": "2026-01-06", "workers": 1, "out": tmp_path / name} | more
        return desk.screen(tmp_path / "vendors.csv", **asked)

    return run


def case_of(found, party):
    (case,) = [c for c in found.cases.to_pylist() if c["party"].startswith(party)]
    return case["case_id"]


def test_from_a_hit_to_next_months_quiet_case_and_back(desk, screened, tmp_path):
    first = screened()
    case = case_of(first, "Zyxwvut")
    told = desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    assert "1 decided: 1 false." in told.notes
    assert case not in {r["case_id"] for r in told.to_pylist()}

    page, paper = tmp_path / "record.html", tmp_path / "record.pdf"
    screened(record=paper)
    second = screened(record=page)
    assert [c["party"] for c in second.cases.to_pylist()] == ["Quellmar Works GmbH"]
    assert "1 case is quiet: decided false, and nothing changed since." in second.notes
    assert second.found == 1
    assert {r["case_id"] for r in second.to_pylist()} > {case}, "the file keeps the match"
    assert desk.ledger_verify(records=[page, paper]).holds, "the record prints the head"
    with_quiet = screened(with_quiet=True).cases.to_pylist()
    (row,) = [c for c in with_quiet if c["case_id"] == case]
    assert (row["state"], row["decided_by"], row["decision_why"]) == ("false", "Ann Bee", "a namesake")

    moved = screened(PARTIES.replace("Leeds", "York")).cases.to_pylist()
    (row,) = [c for c in moved if c["case_id"] == case]
    assert (row["state"], row["changed"]) == ("returned", ["Address was Leeds, is York."])
    assert moved[0]["case_id"] == case, "what returns stands first"


def test_rescreen_keeps_quiet_what_changed_nothing_and_tells_an_entry_that_changed(desk, screened, tmp_path):
    case = case_of(screened(), "Zyxwvut")
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    (tmp_path / "listed.csv").write_text(LISTED.replace("f1,Zyxwvut Brask Ltd", "f1,Zyxwvut Brask Limited"), "utf-8")
    desk.load_list(tmp_path / "listed.csv", "own-one", version="2026-02-05")
    changes = desk.rescreen(tmp_path / "hits.csv", as_of="2026-02-06")
    assert [(r["change"], r["party"]) for r in changes.to_pylist()] == [("changed", "Zyxwvut Brask Ltd")]
    assert any("Ledger of decisions" in n for n in changes.notes)
    again = desk.screen(tmp_path / "vendors.csv", lists=["own-one"], as_of="2026-02-06", workers=1)
    states = {c["party"]: c["state"] for c in again.cases.to_pylist()}
    assert states == {"Zyxwvut Brask Ltd": "returned", "Quellmar Works GmbH": "open"}


def test_a_good_guy_is_quiet_in_every_case(desk, screened, tmp_path):
    screened()
    desk.review(tmp_path / "hits.csv", good_guy=["Quellmar Works GmbH"], by="Ann Bee", why="known for years")
    assert [c["party"] for c in screened().cases.to_pylist()] == ["Zyxwvut Brask Ltd"]
    assert [r["ground"] for r in desk.ledger_decisions().to_pylist()[1:]] == ["good_guy"]


def test_decisions_go_out_and_come_back_as_a_file(desk, screened, tmp_path):
    screened()
    sheet = tmp_path / "open.csv"
    rows = desk.review(tmp_path / "hits.csv").to_pylist()
    assert [r["seen"] for r in rows] == [0, 0]
    verdicts = {"Zyxwvut Brask Ltd": "false", "Quellmar Works GmbH": "true"}
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["case_id", "verdict", "by", "because"])
        writer.writerows([r["case_id"], verdicts[r["party"]], "Cy Dee", "looked up"] for r in rows)
    done = desk.review(tmp_path / "hits.csv", decisions=sheet)
    assert "2 decided: 1 true, 1 false." in done.notes
    assert {r["verdict"]: r["by"] for r in desk.ledger_decisions().to_pylist()[1:]} == {
        "true": "Cy Dee",
        "false": "Cy Dee",
    }


def test_rows_that_cannot_be_taken_are_named_and_none_is_written(desk, screened, tmp_path):
    case = case_of(screened(), "Zyxwvut")
    sheet = tmp_path / "open.csv"
    sheet.write_text(
        "case_id,verdict,by,because,ledger\n"
        f"{case},false,Ann,a namesake,\n"
        f"{case},maybe,Ann,a namesake,\n"
        "case-ffffffffffff,true,Ann,a namesake,\n"
        f"{case},,,,\n"
        f"{case},true,,,ledger-ffffffffffff\n",
        encoding="utf-8",
    )
    with pytest.raises(BadInputError) as failed:
        desk.review(tmp_path / "hits.csv", decisions=sheet)
    said = str(failed.value)
    for part in (
        "row 2: the verdict is maybe, allowed are true, false, unsure",
        f"row 2: {case} stands in row 1 too",
        "row 3: case-ffffffffffff is no case of these results",
        "row 5: of ledger-ffffffffffff, and this store has no ledger",
        "Nothing was written",
    ):
        assert part in said
    assert not (tmp_path / "store" / "ledger.sqlite3").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decide": ["case-000000000000=false"], "why": "x"}, "case of these results"),
        ({"decide": ["{case}=maybe"], "why": "x"}, "CASE=true, CASE=false or CASE=unsure"),
        ({"decide": ["{case}=false"]}, "a decision has no reason"),
        ({"withdraw": ["{case}"], "why": "x"}, "nothing is decided that could be withdrawn"),
        ({"good_guy": ["Nobody At All"], "why": "x"}, "party with a case"),
    ],
)
def test_what_cannot_be_decided_says_why_and_writes_nothing(desk, screened, tmp_path, given, said):
    case = case_of(screened(), "Zyxwvut")
    asked = {k: [w.format(case=case) for w in v] if isinstance(v, list) else v for k, v in given.items()}
    with pytest.raises(BadInputError, match=said):
        desk.review(tmp_path / "hits.csv", by="Ann Bee", **asked)
    assert not (tmp_path / "store" / "ledger.sqlite3").exists()


def test_a_server_lists_decides_and_withdraws_by_the_same_verbs(desk, screened, tmp_path):
    screened()
    hits = tmp_path / "hits.csv"
    (row, *_) = desk.review(hits).to_pylist()
    case, looked = row["case_id"], {row["case_id"]: row["seen"]}
    assert desk.decide(hits, verdicts={case: "false"}, by="Ann Bee", why="a namesake", seen=looked) == ()
    (told,) = desk.decide(hits, verdicts={case: "true"}, by="Cy Dee", why="the same", seen=looked)
    assert "Ann Bee decided false" in told
    states = {r["case_id"]: r["state"] for r in desk.review(hits).to_pylist()}
    assert states[case] == "disputed"
    assert desk.withdraw([case], by="Ed Fu", why="to be looked at again") == 1
    assert {r["state"] for r in desk.review(hits).to_pylist()} == {"open"}
    with pytest.raises(BadInputError, match="nobody decides"):
        desk.decide(hits, verdicts={case: "true"}, by=" ", why="x")
    with pytest.raises(UnknownNameError):
        desk.ledger_case("case-ffffffffffff")


def test_a_broken_ledger_stops_no_screening_and_hides_nothing(desk, screened, tmp_path):
    case = case_of(screened(), "Zyxwvut")
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    path = tmp_path / "store" / "ledger.sqlite3"
    path.write_bytes(path.read_bytes()[:100])
    found = screened()
    assert len(found.cases) == 2
    assert any(n.startswith("Warning: no decision is used") for n in found.notes)


def test_the_command_decides_and_gives_a_case_whole(run_cli, desk, screened, tmp_path):
    case = case_of(screened(), "Zyxwvut")
    words = ("review", tmp_path / "hits.csv", "--store", tmp_path / "store")
    ran = run_cli(*words, "--decide", f"{case}=false", "--by", "Ann Bee", "--why", "a namesake")
    assert ran.code == 0, ran.stderr
    assert case not in ran.stdout
    out = tmp_path / "case.json"
    assert run_cli("ledger", "case", case, "--store", tmp_path / "store", "--out", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["decided"] == 1
    ran = run_cli("ledger", "verify", "--store", tmp_path / "store", "--format", "json")
    assert (ran.code, json.loads(ran.stdout)[0]["state"]) == (0, "holds")


def test_a_colleagues_true_is_told_and_not_silenced_at_once(run_cli, desk, screened, tmp_path):
    case = case_of(screened(), "Quellmar")
    words = ("review", tmp_path / "hits.csv", "--store", tmp_path / "store")
    run_cli(*words, "--decide", f"{case}=true", "--by", "Ann Bee", "--why", "the same register number")
    second = ("--decide", f"{case}=false", "--by", "Cy Dee", "--why", "another town")
    ran = run_cli(*words, *second, "--all", "--format", "json")
    assert "Ann Bee decided true" in ran.stderr
    assert "“the same register number”" in ran.stderr
    assert "decide once more" in ran.stderr
    (row,) = [r for r in json.loads(ran.stdout) if r["case_id"] == case]
    assert row["state"] == "disputed"
    assert [("Ann Bee decided true" in a, "Cy Dee decided false" in a) for a in row["against"]] == [
        (True, False),
        (False, True),
    ]
    table = run_cli(*words, "--all", "--format", "csv").stdout
    (row,) = [r for r in csv.DictReader(io.StringIO(table)) if r["case_id"] == case]
    assert "Ann Bee decided true" in row["against"]
    assert "Cy Dee decided false" in row["against"]
    page = tmp_path / "record.html"
    assert case in {c["case_id"] for c in screened(record=page).cases.to_pylist()}, "it is not quiet"
    assert "Cy Dee decided false" in page.read_text(encoding="utf-8")
    assert "Ann Bee decided true" in run_cli(*words).stdout, "on the terminal too"
    ran = run_cli(*words, *second, "--all", "--format", "json")
    (row,) = [r for r in json.loads(ran.stdout) if r["case_id"] == case]
    assert (row["state"], row["against"]) == ("false", [])


def test_a_good_guy_silences_no_true_of_another(desk, screened, tmp_path):
    case = case_of(screened(), "Quellmar")
    hits = tmp_path / "hits.csv"
    desk.review(hits, decide=[f"{case}=true"], by="Ann Bee", why="the same register number")
    desk.review(hits, decide=[f"{case}=false"], by="Cy Dee", why="another town")
    told = desk.review(hits, good_guy=["Quellmar Works GmbH"], by="Ed Fu", why="known for years", with_quiet=True)
    (row,) = [r for r in told.to_pylist() if r["case_id"] == case]
    assert row["state"] == "disputed"
    assert any("Ann Bee decided true" in n for n in told.notes)


def test_the_store_knows_its_ledger(desk, screened, tmp_path):
    from entrepot.core.store import archive
    from entrepot.desk.holdings import holdings
    from entrepot.desk.store_check import store_check

    place = tmp_path / "store"
    case = case_of(screened(), "Zyxwvut")
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    (part,) = [r for r in holdings(place).to_pylist() if r["part"] == "decisions"]
    assert (part["fate"], part["files"]) == ("stays unless named", ["ledger.sqlite3", "ledger.key"])
    (seen,) = [r for r in store_check(place).to_pylist() if r["part"] == "ledger of decisions"]
    assert (seen["state"], seen["found"].startswith("2 entries")) == ("fine", True)

    archive.backup(place, tmp_path / "store.tar")
    archive.restore(tmp_path / "store.tar", tmp_path / "again")
    assert Desk(tmp_path / "again").ledger_verify().holds
    path = place / "ledger.sqlite3"
    path.write_bytes(path.read_bytes()[:-5_000])
    (seen,) = [r for r in store_check(place).to_pylist() if r["part"] == "ledger of decisions"]
    assert seen["state"] == "wrong"


def test_a_person_is_asked_case_by_case(desk, screened, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from entrepot.cli import review

    screened()
    monkeypatch.setattr(review, "_is_asked", lambda: True)
    words = [str(tmp_path / "hits.csv"), "--store", str(tmp_path / "store")]
    ran = CliRunner().invoke(review.command, words, input="Ann Bee\nx\nf\na namesake\nq\n", catch_exceptions=False)
    assert "1 of 2" in ran.output
    assert "Brask of Leeds" in ran.output, "what the list says stands before the person who decides"
    assert "2 of 2" in ran.output
    (_, entry) = desk.ledger_decisions().to_pylist()
    assert (entry["by"], entry["verdict"], entry["why"]) == ("Ann Bee", "false", "a namesake")
    (found,) = desk.explain(entry["case_id"])
    assert (found.says["state"], found.says["decided_by"]) == ("false", "Ann Bee")


def test_a_redaction_names_the_files_that_still_hold_it_and_later_records_leave_it_out(desk, screened, tmp_path):
    page, paper = tmp_path / "before.html", tmp_path / "after.html"
    case = case_of(screened(record=page), "Zyxwvut")
    other = case_of(screened(name="other.json"), "Quellmar")
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake of Leeds")
    screened(text="supplier\nNobody At All\n", name="none.csv")
    (tmp_path / "other.json").unlink()
    told = "\n".join(desk.ledger_redact([case], by="Gi Ho", why="erasure asked for", early=True).notes)
    for path in (page, tmp_path / "hits.csv"):
        assert f"Still holds {case}: {'record' if path == page else 'results'} of " in told
        assert str(path) in told
    assert "no longer there" in told
    assert str(tmp_path / "other.json") in told
    assert "none.csv" not in told
    assert other not in told
    screened(record=paper, with_quiet=True)
    before, after = page.read_text(encoding="utf-8"), paper.read_text(encoding="utf-8")
    assert "Leeds" in before
    assert all(word not in after for word in ("Leeds", "a namesake"))
    assert "Taken out of the ledger of decisions." in after
    assert "Quellmar Works GmbH" in after, "of other cases nothing is taken out"


def test_a_redaction_names_cases_decisions_and_changes_that_were_written(desk, screened, tmp_path, run_cli):
    case, place = case_of(screened(), "Zyxwvut"), ("--store", str(tmp_path / "store"))
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    (tmp_path / "listed.csv").write_text(LISTED.replace("Brask of Leeds", "Brask of York"), "utf-8")
    desk.load_list(tmp_path / "listed.csv", "own-one", version="2026-02-05")
    files = {
        "cases.csv": ("cases", "review", str(tmp_path / "hits.csv"), "--all"),
        "decisions.json": ("decisions", "ledger", "case", case),
        "decisions.txt": ("decisions", "ledger", "decisions", "--format", "table"),
        "changes.xlsx": ("changes", "rescreen", str(tmp_path / "hits.csv"), "--as-of", "2026-02-06"),
    }
    for name, (_, *words) in files.items():
        assert run_cli(*words, "--out", str(tmp_path / name), *place).code == 0
    told = desk.ledger_redact([case], by="Gi Ho", why="erasure asked for", early=True).notes
    for name, (what, *_) in files.items():
        assert any(n.startswith(f"Still holds {case}: {what} of") and name in n for n in told), name


def test_what_is_decided_under_four_eyes_stays_open_in_the_next_screening_until_a_second_person(
    desk, screened, tmp_path
):
    case = case_of(screened(), "Quellmar")
    said = {"decide": [f"{case}=false"], "why": "a namesake"}
    told = desk.review(tmp_path / "hits.csv", **said, by="Ann Bee", four_eyes=True)
    assert "1 case that was decided false stays open until a second person decides so too." in told.notes
    (row,) = [c for c in screened().cases.to_pylist() if c["case_id"] == case]
    assert row["state"] == "second"
    told = desk.review(tmp_path / "hits.csv", **said, by="Cy Dee")
    assert not any("second person" in n for n in told.notes)
    assert case not in {c["case_id"] for c in screened().cases.to_pylist()}


def state_of(desk, case):
    """Where `explain` says that a case stands."""
    (told,) = desk.explain(case)
    return told.says["state"]


@pytest.mark.parametrize("again", ["screen", "rescreen", "rescreen to files", "a person's decision on a page"])
def test_explain_says_of_a_case_what_was_decided_whatever_verb_shows_it_next(desk, screened, tmp_path, again):
    first = screened()
    one, other = case_of(first, "Zyxwvut"), case_of(first, "Quellmar")
    desk.review(tmp_path / "hits.csv", decide=[f"{one}=false", f"{other}=true"], by="Ann Bee", why="looked up")
    expected = {one: "false", other: "true"}
    if again == "screen":
        screened()
    elif again == "rescreen":
        (tmp_path / "listed.csv").write_text(LISTED.replace("Brask of Leeds", "Brask of York"), "utf-8")
        desk.load_list(tmp_path / "listed.csv", "own-one", version="2026-02-05")
        desk.rescreen(tmp_path / "hits.csv", as_of="2026-02-06")
        expected[one] = "returned"
    elif again == "rescreen to files":
        desk.rescreen(tmp_path / "hits.csv", as_of="2026-02-06", matches=tmp_path / "now.csv")
    else:
        desk.decide(tmp_path / "hits.csv", verdicts={other: "unsure"}, by="Ann Bee", why="not certain")
        expected[other] = "unsure"
    assert {case: state_of(desk, case) for case in expected} == expected


def test_a_record_names_both_who_decided_under_four_eyes_and_what_was_decided_once_did_not_count(
    desk, screened, tmp_path
):
    case, page = case_of(screened(), "Quellmar"), tmp_path / "record.html"

    def said():
        return re.sub(r"<[^>]+>", " ", page.read_text("utf-8"))

    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake", four_eyes=True)
    screened(PARTIES.replace("Bonn", "Bern"), record=page)
    assert "decided once, and something changed since" in said()
    assert "it was false" not in said()
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Cy Dee", why="other works")
    screened(PARTIES.replace("Bonn", "Bern"), record=page)
    assert "decided once" in said(), "each decided on another address"

    screened()
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake still")
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Cy Dee", why="other works")
    screened(record=page)
    told = said()
    assert "Two people must decide (four eyes)" in told
    for who, why in (("Ann Bee", "a namesake still"), ("Cy Dee", "other works")):
        assert re.search(rf"{who} decided false at \d{{4}}-\d\d-\d\dT[\d:]+Z: “{why}”", told), who
    assert "“a namesake”" not in told, "the earlier word of one who decided again"
    screened(PARTIES.replace("Bonn", "Bern"), record=page)
    assert "returned: it was false, and something changed since" in said()


def test_a_record_of_one_persons_decision_speaks_of_no_four_eyes(desk, screened, tmp_path):
    case, page = case_of(screened(), "Quellmar"), tmp_path / "record.html"
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    screened(record=page)
    assert "four eyes" not in page.read_text("utf-8")
    screened(PARTIES.replace("Bonn", "Bern"), record=page)
    assert "returned: it was false, and something changed since" in page.read_text("utf-8")


def test_a_file_in_which_nothing_is_filled_in_says_that_nothing_was_decided(desk, screened, tmp_path):
    screened()
    case = desk.review(tmp_path / "hits.csv").to_pylist()[0]["case_id"]
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=true"], by="Ann Bee", why="the same firm")
    sheet = tmp_path / "all.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        rows = desk.review(tmp_path / "hits.csv", with_quiet=True).to_pylist()
        writer = csv.DictWriter(
            stream, ["case_id", "state", "decided_by", "verdict", "by", "because"], extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(rows)
    told = desk.review(tmp_path / "hits.csv", decisions=sheet, by="Cy Dee", why="looked up")
    assert told.written == 0
    assert any(n.startswith("0 of 2 rows of the file have a verdict: nothing was decided.") for n in told.notes)
    sheet.write_text(f"case_id,verdict,because\n{case},true,looked up\n,,\n", encoding="utf-8")
    told = desk.review(tmp_path / "hits.csv", decisions=sheet, by="Cy Dee")
    assert not any("have a verdict" in n for n in told.notes)


def test_an_export_of_the_ledger_is_no_file_of_decisions_and_says_what_is(desk, screened, tmp_path, run_cli):
    case, sheet = case_of(screened(), "Zyxwvut"), tmp_path / "ledger.csv"
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    assert run_cli("ledger", "decisions", "--out", sheet, "--store", tmp_path / "store").code == 0
    with pytest.raises(UnreadableFileError, match="as entrepot ledger decisions writes them") as refused:
        desk.review(tmp_path / "hits.csv", decisions=sheet)
    assert "entrepot review --out wrote" in str(refused.value)
    assert len(desk.ledger_decisions().to_pylist()) == 2


_NUMBERED = "vendor number,supplier,address\nV1,Zyxwvut Brask Ltd,Leeds\nV2,Zyxwvut Brask Ltd,York\n"
_NUMBERLESS = "supplier,address\nZyxwvut Brask Ltd,Leeds\n"


def _of_leeds(found):
    (case,) = [c["case_id"] for c in found.cases.to_pylist() if c["address"] == "Leeds"]
    return case


def test_a_redaction_names_the_files_that_hold_the_person_under_another_id(desk, screened, tmp_path):
    case = _of_leeds(screened(_NUMBERED))
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="a namesake")
    other = _of_leeds(screened(_NUMBERLESS, "numberless.csv"))
    screened("supplier,address,country\nZyxwvut Brask Ltd,York,GB\n", "namesake.csv")
    assert other != case
    told = "\n".join(desk.ledger_redact([case], by="Gi Ho", why="erasure asked for", early=True).notes)
    assert f"Still holds {other}: results of" in told
    assert "numberless.csv" in told
    assert "namesake.csv" not in told


def test_a_redaction_by_the_id_without_a_number_finds_what_was_decided_with_it(desk, screened, tmp_path):
    first = screened(_NUMBERED)
    case = _of_leeds(first)
    (york,) = [c["case_id"] for c in first.cases.to_pylist() if c["address"] == "York"]
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false", f"{york}=false"], by="Ann Bee", why="a namesake")
    other = _of_leeds(screened(_NUMBERLESS, "numberless.csv", with_quiet=True))
    told = "\n".join(desk.ledger_redact([other], by="Gi Ho", why="erasure asked for", early=True).notes)
    assert f"stood under another id too: {case}." in told
    assert york not in told
    left = {r["case_id"]: r["party"] for r in desk.ledger_decisions().to_pylist() if r["kind"] == "decided"}
    assert left == {case: None, york: "Zyxwvut Brask Ltd"}


def test_a_file_of_results_that_was_read_is_read_anew_once_it_is_another(desk, screened, tmp_path):
    screened()
    hits = tmp_path / "hits.csv"
    first = desk.review(hits)
    first.matches[first.to_pylist()[0]["case_id"]][0]["party"] = (
        "Somebody Else"  # whoever has an answer may write in it
    )
    assert {r["party"] for r in desk.review(hits).to_pylist()} == {"Zyxwvut Brask Ltd", "Quellmar Works GmbH"}
    screened("supplier,address\nQuellmar Works GmbH,Bonn\n")
    assert {r["party"] for r in desk.review(hits).to_pylist()} == {"Quellmar Works GmbH"}
    hits.unlink()
    with pytest.raises(UnreadableFileError, match=r"hits\.csv"):
        desk.review(hits)
