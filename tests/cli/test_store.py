"""`entrepot store` and `entrepot doctor` from the outside: what is said, what is asked, the exit codes."""

from __future__ import annotations

import json


def test_where_says_the_folder_and_what_lies_there(run_cli, tmp_path):
    none = run_cli("store", "where", "--format", "json", "--store", tmp_path / "s")
    assert (none.code, json.loads(none.stdout)) == (0, [])
    assert f"The store is {tmp_path / 's'}, not made yet." in none.stderr
    run_cli("explain", "O0001", "--store", tmp_path / "s")
    assert not (tmp_path / "s").exists()


def load(run_cli, tmp_path):
    (tmp_path / "mine.csv").write_text("name,country\nSomebody Else Ltd,PK\n")
    done = run_cli("lists", "load", tmp_path / "mine.csv", "--as", "own-mine", "--version", "2026-01-01")
    assert done.code == 0


def test_remove_says_what_goes_and_asks(run_cli, tmp_path):
    load(run_cli, tmp_path)
    refused = run_cli("store", "remove", stdin="n\n")
    assert refused.code == 0
    assert "Goes: lists" in refused.stderr
    assert refused.stderr.splitlines()[-1].endswith("Nothing is removed.")
    assert "own-mine" in run_cli("lists").stdout
    agreed = run_cli("store", "remove", stdin="y\n")
    assert (agreed.code, agreed.stderr.splitlines()[-1][-15:]) == (0, "Removed: lists.")
    assert "own-mine" not in run_cli("lists").stdout


def test_remove_with_nobody_to_ask_is_refused_and_yes_does_not_ask(run_cli, tmp_path):
    load(run_cli, tmp_path)
    silent = run_cli("store", "remove")
    assert silent.code == 2
    assert "--yes" in silent.stderr
    assert "own-mine" in run_cli("lists").stdout
    done = run_cli("store", "remove", "lists", "--yes")
    assert done.code == 0
    assert "[y/N]" not in done.stderr
    assert "own-mine" not in run_cli("lists").stdout


def test_remove_of_what_is_not_there_names_the_nearest(run_cli, tmp_path):
    load(run_cli, tmp_path)
    done = run_cli("store", "remove", "list", "--yes")
    assert done.code == 2
    assert "did you mean lists?" in done.stderr


def test_a_screening_stays_and_can_be_redone_after_a_removal(run_cli, tmp_path):
    (tmp_path / "parties.csv").write_text("supplier\nXinjiang Zhongtai Chemical\n")
    hits = tmp_path / "hits.csv"
    assert run_cli("screen", tmp_path / "parties.csv", "--out", hits).code == 0
    removed = run_cli("store", "remove", "--yes")
    assert removed.code == 0
    assert "Stays: runs" in removed.stderr
    again = run_cli("rescreen", hits)
    assert again.code == 0, again.stderr


def test_the_doctor_ends_with_2_where_something_does_not_work(run_cli, tmp_path):
    well = run_cli("doctor", "--format", "json")
    assert well.code == 0, well.stderr
    assert {r["topic"] for r in json.loads(well.stdout)} == {"version", "package", "extra", "store", "list", "fonts"}
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "entrepot.duckdb").write_bytes(b"no database" * 5000)
    ill = run_cli("doctor", "--store", tmp_path / "s", "--format", "json")
    assert ill.code == 2
    assert [(r["topic"], r["item"]) for r in json.loads(ill.stdout) if r["state"] == "wrong"] == [("store", "schema")]
    shown = run_cli("doctor", "--store", tmp_path / "s")
    assert shown.stderr.startswith("Wrong: store schema: cannot read the store (")
    assert "store repair will move it away" in shown.stderr
