"""The command from end to end."""

from __future__ import annotations

import csv
import io
import json

import pytest

ROWS = "supplier,address,country\nXinjiang Zhong tai Chemical,Urumqi,CN\n=1+1 Hefei Meiling,Hefei,CN\nAcme,London,GB\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "suppliers.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_table_and_a_summary_with_what_it_does_not_mean(run_cli, file):
    ran = run_cli("screen", file, "--as-of", "2026-11-25")
    assert ran.code == 0, ran.stderr
    assert "3 parties" in ran.stderr
    assert "holds 96 of 187" in ran.stderr
    assert "No match is not 'not listed'" in ran.stderr


def test_matches_fail_the_run_only_when_asked(run_cli, file, tmp_path):
    assert run_cli("screen", file, "--fail-on-match").code == 3
    clean = tmp_path / "clean.csv"
    clean.write_text("supplier\nNobody At All GmbH\n", encoding="utf-8")
    assert run_cli("screen", clean, "--fail-on-match").code == 0


def test_json_and_csv_carry_every_column_and_no_formula(run_cli, file):
    rows = json.loads(run_cli("screen", file, "--format", "json", "--list", "uflpa", "--as-of", "2026-11-25").stdout)
    assert {r["entity_id"] for r in rows if r["row"] == 1 and r["kind"] == "listing"} >= {
        "uflpa-xinjiang-zhongtai-chemical-co-ltd"
    }
    table = list(csv.DictReader(io.StringIO(run_cli("screen", file, "--format", "csv", "--min-score", "0").stdout)))
    assert any(r["party"].startswith("'=1+1") for r in table)


def test_the_record_is_written_beside_the_table(run_cli, file, tmp_path):
    page, out = tmp_path / "record.html", tmp_path / "hits.csv"
    ran = run_cli("screen", file, "--record", page, "--operator", "Desk 7", "--out", out)
    assert ran.code == 0, ran.stderr
    assert "Desk 7" in page.read_text(encoding="utf-8")
    assert out.read_text(encoding="utf-8").startswith("match_id,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--list", "uflpaa"], "did you mean uflpa"),
        (["--name-column", "suplier"], "did you mean supplier"),
        (["--as-of", "yesterday"], "not a date"),
        (["--min-score", "80"], "0 to 1"),
        (["--out", "hits.doc"], "cannot tell the format"),
    ],
)
def test_bad_input_is_one_message_and_nothing_is_written(run_cli, file, tmp_path, arguments, said):
    ran = run_cli("screen", file, "--record", tmp_path / "r.html", *arguments, cwd=tmp_path)
    assert ran.code == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["suppliers.csv"]


def test_a_wrongly_quoted_file_names_line_and_column(run_cli, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text('supplier,country\nA,B\n"Acme"x,US\n', encoding="utf-8")
    ran = run_cli("screen", path)
    assert ran.code == 2
    assert "line 3, column 7" in ran.stderr
