"""The evidence of a match redoes its score, from the row alone, and a file of results is as good as the store."""

from __future__ import annotations

import json
from dataclasses import replace
from math import exp

import pyarrow as pa
import pytest

from entrepot.names import similarity
from entrepot.screening.matching import score_evidence, scoring_rule
from entrepot.screening.runs.results import result, results, unchanged
from entrepot.screening.runs.run import run_screening

PARTIES = {
    "supplier": [
        "Changhong Meilng Co",
        "Xinjiang Junggar Cotton and Linen Co., Ltd.",
        "准噶尔棉麻",
        "=Gorenska; Holding",
        "Nobody",
    ]
}


@pytest.fixture
def listed(small):
    rows = run_screening(pa.table(PARTIES), small, as_of="2022-11-25").matches.to_pylist()
    return [r for r in rows if r["kind"] == "listing"]


def test_the_points_of_the_features_add_up_to_the_score(listed):
    assert len(listed) >= 3
    for row in listed:
        proof = json.loads(row["evidence"])
        log_odds = proof["start"] + sum(f["points"] for f in proof["features"])
        # 1 is for one text and .9999 the bound of any other (names/comparing/score.py); points are kept to four digits.
        expected = min(0.9999, 1 / (1 + exp(-log_odds)))
        assert row["score"] == 1 or row["score"] == pytest.approx(expected, abs=1e-4)


def test_the_row_alone_redoes_the_score(listed):
    for row in listed:
        proof = json.loads(row["evidence"])
        assert similarity.similarity(row["party"], row["met_name"], proof["kind"]).score == row["score"]
        assert score_evidence.redone(row) == "Redone: same score."
        assert row["rule"] == scoring_rule.rule()
        assert len(row["list_sha256"]) == 64


def test_every_span_names_its_words(listed):
    proved = 0
    for row in listed:
        for f in json.loads(row["evidence"])["features"]:
            for key, text in (("query", row["party"]), ("met", row["met_name"])):
                for begin, end in f.get(key, ()):
                    assert text[begin:end].lower() in [w.lower() for w in f["words"]]
                    proved += 1
    assert proved > 4


def test_a_row_says_the_sentences_of_its_contributions_and_no_others(listed):
    for row in listed:
        found = similarity.similarity(row["party"], row["met_name"], json.loads(row["evidence"])["kind"])
        assert [c.sentence for c in found.contributions if c.said is not None] == list(found.reasons)
        assert [r for r in row["reasons"] if r in found.reasons] == list(found.reasons)


def test_a_rule_that_changed_is_named_with_what_differs(listed, monkeypatch):
    def other(a, b, kind):
        found = similarity.similarity(a, b, kind)
        return replace(found, score=0.5, contributions=found.contributions[1:])

    monkeypatch.setattr(score_evidence, "similarity", other)
    first = listed[0]
    said = score_evidence.redone(first)
    assert f"the score of the names was {first['name_score']}, is 0.5" in said
    assert "not measured" in said
    assert "the rule was" not in said
    now = f"the rule was rule-7-000000000000, is rule-{scoring_rule.VERSION}-"
    assert now in score_evidence.redone(first | {"rule": "rule-7-000000000000"})


def test_a_rule_named_as_the_earlier_release_did_is_read_and_told_in_one_sentence(listed):
    said = score_evidence.redone(listed[0] | {"rule": "rule-0123456789ab"})
    assert said.startswith("Redone: same score. rule-0123456789ab names its rule in an earlier way")
    assert said.count(". ") == 1


@pytest.mark.parametrize("ending", ["csv", "json", "parquet", "xlsx"])
def test_a_file_of_results_is_read_back_to_the_letter(small, tmp_path, ending):
    from entrepot.core import output

    matches = run_screening(pa.table(PARTIES), small, as_of="2022-11-25").matches
    path = tmp_path / f"hits.{ending}"
    output.write(matches, path, ending)
    read = list(results(path))
    assert [r["match_id"] for r in read] == matches.column("match_id").to_pylist()
    if ending in {"json", "parquet"}:
        assert read == matches.to_pylist()
    assert all("nothing in it was changed" in unchanged(r) for r in read)
    assert "is not the hash" in unchanged(read[0] | {"score": 0.123})
    assert result(path, read[0]["match_id"]) == read[0]


def test_explain_tells_all_of_it_from_the_store_and_from_a_file(run_cli, tmp_path):
    (tmp_path / "p.csv").write_text("supplier\nHoshine Silicon\n")
    out = tmp_path / "hits.parquet"
    run_cli("screen", tmp_path / "p.csv", "--out", out, "--as-of", "2026-08-04")
    row = next(r for r in results(out) if r["list_id"] == "uflpa")
    told = run_cli("explain", row["match_id"]).stdout
    assert told == run_cli("explain", row["match_id"], "--from", out).stdout
    for needed in ("Hoshine Silicon", row["met_name"], row["list_sha256"], row["rule"], "uflpa, of 20", "same_words"):
        assert needed in told
    assert "Redone: same score." in told
    assert "nothing in it was changed" in told
    said = json.loads(run_cli("explain", row["match_id"], "--format", "json").stdout)[0]
    assert said["evidence"] == json.loads(row["evidence"])


def test_bad_results_are_refused(run_cli, tmp_path):
    (tmp_path / "p.csv").write_text("supplier\nHoshine Silicon\n")
    done = run_cli("explain", "match-000000000000", "--from", tmp_path / "p.csv")
    assert (done.code, "no results of a screening" in done.stderr) == (2, True)
    run_cli("screen", tmp_path / "p.csv", "--out", tmp_path / "hits.json")
    done = run_cli("explain", "match-000000000000", "--from", tmp_path / "hits.json")
    assert (done.code, "unknown match of hits.json" in done.stderr) == (2, True)
    assert run_cli("explain", "match-000000000000", "--from", tmp_path / "none.csv").code == 2
