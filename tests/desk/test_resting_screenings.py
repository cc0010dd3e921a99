"""What rests on a version of a list is told before the version is removed."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk
from entrepot.desk.resting_screenings import resting_screenings

ROWS = "entity_id,name,kind\n1,Gulmira Trading LLC,company\n"


@pytest.fixture
def desk(tmp_path, run_cli):
    for day, more in (("2026-07-23", ""), ("2026-08-04", "2,Beknazar Shipping,company\n")):
        (tmp_path / f"{day}.csv").write_text(ROWS + more, encoding="utf-8")
        assert run_cli("lists", "load", tmp_path / f"{day}.csv", "--as", "own-blocked").code == 0
    (tmp_path / "p.csv").write_text("supplier\nGulmira Trading LLC\n", encoding="utf-8")
    return tmp_path


def test_a_version_on_which_a_screening_rests_is_removed_when_a_person_says_so(desk, run_cli):
    options = ("--list", "own-blocked", "--as-of", "2026-07-25", "--out", desk / "hits.csv")
    assert run_cli("screen", desk / "p.csv", *options).code == 0
    assert resting_screenings("own-blocked", "2026-08-04") == ()
    asked = run_cli("lists", "remove", "own-blocked", "2026-07-23")
    assert (asked.code, "nobody answers" in asked.stderr) == (2, True)
    assert "1 screening with a file of results rests on it" in asked.stderr
    assert "1 match that is kept rests on it" in asked.stderr
    assert run_cli("lists", "diff", "own-blocked", "2026-07-23", "2026-08-04").code == 0  # it is still there
    done = run_cli("lists", "remove", "own-blocked", "2026-07-23", "--yes")
    assert (done.code, "is removed" in done.stderr) == (0, True)
    assert run_cli("rescreen", desk / "hits.csv", "--as-of", "2026-08-05").code == 2  # as was said
    assert "shows it with its evidence still, and no more what this version says" in " ".join(asked.stderr.split())


def test_nothing_is_asked_where_nothing_rests_on_it(desk, run_cli):
    assert run_cli("lists", "remove", "own-blocked", "2026-07-23").code == 0


def test_explain_shows_a_match_as_it_was_kept_without_what_the_removed_version_says(tmp_path):
    desk = Desk(store=tmp_path / "store")
    (tmp_path / "own.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "p.csv").write_text("supplier\nGulmira Trading LLC\n", encoding="utf-8")
    desk.load_list(tmp_path / "own.csv", "own-blocked", version="2026-07-23")
    met = desk.screen(tmp_path / "p.csv", lists=["own-blocked"], as_of="2026-07-25", workers=1).to_pylist()[0]

    def told():
        return desk.explain(met["match_id"])[0]

    before = told()
    assert any(
        "it with its evidence still" in said
        for said in resting_screenings("own-blocked", "2026-07-23", store=tmp_path / "store")
    )
    desk.remove_list("own-blocked", "2026-07-23")
    after = told()
    assert after.says == before.says
    assert "Evidence" in after.told
    assert ("Listed party" in before.told, "Listed party" in after.told) == (True, False)
