"""What rests on a file that was removed since says so when it is explained; a share of a dossier has its rows."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk

LINKS = """supplier,buyer,material,product,quantity,unit,value,currency,date,document
Invented Gin Ltd,Model Spinner Ltd,cotton lint,yarn,10,t,,,2025-01-05,INV-1
Other Gin SA,Model Spinner Ltd,cotton lint,yarn,30,t,,,2025-01-06,INV-7
Model Spinner Ltd,Example Weaver Inc,yarn,cloth,9,t,900,USD,2025-02-05,INV-2
"""
PAID = "payer,payee,amount,currency,date,invoice\nExample Weaver Inc,Model Spinner Ltd,900,USD,2025-02-20,INV-2\n"
OWNERS = "owner,owned,share\nInvented Holding,Invented Gin Ltd,60\n"
DAY = "2025-12-01"


@pytest.fixture
def made(tmp_path):
    """A desk with links and payments; the ids of both files."""
    desk = Desk(tmp_path / "store")
    ids = []
    for name, text, form in (("links.csv", LINKS, "links"), ("paid.csv", PAID, "payments")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (row,) = desk.load_supply(tmp_path / name, form=form).table.to_pylist()
        ids.append(row["file_id"])
    return desk, *ids


def checks(desk, row_id):
    (one,) = desk.explain(row_id)
    return " ".join(one.checks)


def of(answer, part, number=None):
    rows = [r for r in answer.to_pylist() if r["part"] == part]
    return [r["line_id"] for r in rows if number is None or r["number"] == number]


def test_an_exposure_says_that_its_file_was_removed(made):
    desk, links, paid = made
    (row,) = desk.trace("cloth", as_of=DAY).table.to_pylist()
    desk.remove_supply(paid)
    assert checks(desk, row["exposure_id"]) == ""
    desk.remove_supply(links)
    said = checks(desk, row["exposure_id"])
    assert f"Removed from this store since: {links}." in said
    assert "in no answer that is given now" in said


def test_a_statement_of_a_dossier_says_which_of_its_files_was_removed(made):
    desk, links, paid = made
    answer = desk.dossier("INV-2", as_of=DAY)
    rests = {r["line_id"]: " ".join(r["rows"] or ()) for r in answer.to_pylist()}
    (payment,) = (one for one in of(answer, "payment") if "paid.csv" in rests[one])
    steps = of(answer, "step")
    desk.remove_supply(paid)
    assert f"since: {paid}. " in checks(desk, payment)
    assert checks(desk, *of(answer, "input", links)) == ""
    assert f"since: {paid}. " in checks(desk, *of(answer, "input", paid))
    assert all(checks(desk, one) == "" for one in steps)
    desk.remove_supply(links)
    assert f"since: {', '.join(sorted([links, paid]))}. " in checks(desk, payment)
    assert all(f"since: {links}. " in checks(desk, one) for one in steps)


def test_what_comes_back_is_not_called_removed(made, tmp_path):
    desk, links, _ = made
    (row,) = desk.trace("cloth", as_of=DAY).table.to_pylist()
    desk.remove_supply(links)
    desk.load_supply(tmp_path / "links.csv")
    assert checks(desk, row["exposure_id"]) == ""


def test_a_fault_says_that_its_file_was_removed(made, tmp_path):
    desk, *_ = made
    (tmp_path / "more.csv").write_text(PAID.replace(",900,", ",2900,"), encoding="utf-8")
    (more,) = desk.load_supply(tmp_path / "more.csv", form="payments").table.to_pylist()
    faults = [r for r in desk.supply_balance().table.to_pylist() if more["file_id"] in r["files"]]
    assert faults  # 3,800 USD paid for 900
    desk.remove_supply(more["file_id"])
    assert all(f"since: {more['file_id']}. " in checks(desk, r["fault_id"]) for r in faults)


def test_a_verdict_on_ownership_says_that_its_file_was_removed(made, tmp_path):
    desk, *_ = made
    (tmp_path / "owners.csv").write_text(OWNERS, encoding="utf-8")
    (file, *_) = desk.load_ownership(tmp_path / "owners.csv").table.to_pylist()
    (tmp_path / "blocked.csv").write_text("name\nInvented Holding\n", encoding="utf-8")
    desk.load_list(tmp_path / "blocked.csv", "own-blocked", version="2022-01-01")
    (verdict,) = desk.own("Invented Gin Ltd", lists=["own-blocked"], as_of=DAY).to_pylist()
    assert checks(desk, verdict["ownership_id"]) == ""
    desk.remove_ownership(file["file_id"])
    assert f"since: {file['file_id']}. " in checks(desk, verdict["ownership_id"])


def test_a_share_in_a_dossier_opens_the_links_it_is_of_and_the_exposure(made):
    desk, links, _ = made
    answer = desk.dossier("INV-2", as_of=DAY)
    shares = [r for r in answer.to_pylist() if (r["part"], r["number"]) == ("summary", "share")]
    assert {r["subject"]: set(r["documents"]) for r in shares} == {
        "Model Spinner Ltd": {"INV-1", "INV-7"},
        "Example Weaver Inc": {"INV-1", "INV-7", "INV-2"},
    }
    for share in shares:
        (one,) = desk.explain(share["line_id"])
        assert {r["document"] for _, r in one.rows} == set(share["documents"])
        assert {r["file_id"] for _, r in one.rows} == {links}
        named = next(w for w in share["basis"].split() if w.startswith("exposure-"))
        (exposure,) = desk.explain(named)
        assert exposure.says["party"] == share["subject"]
