"""Every finding of both briefs computed a second time, from the packaged tables, by code that shares none with them."""

import json
from pathlib import Path

import pytest

from recomputed import compared

ROOT = Path(__file__).parents[2]


def test_nothing_of_entrepot_is_imported_by_what_computes_again():
    for path in (ROOT / "scripts" / "recomputed").glob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line.strip().startswith(("import entrepot", "from entrepot"))], path


def test_every_finding_of_the_brief_on_the_uflpa_is_what_its_rows_say(uflpa, day):
    count, found = compared.differences(uflpa.folder, day)
    assert found == []
    assert count == len(uflpa.findings) > 2000


def test_every_finding_of_the_brief_on_ofac_is_what_its_rows_say(ofac, day):
    count, found = compared.differences(ofac.folder, day)
    assert found == []
    assert count == len(ofac.findings) > 100


@pytest.mark.parametrize("start", ["observed ", "sum of 3 quarters", "as printed: ", "implied: ", "share of false"])
def test_one_digit_that_is_wrong_is_found(uflpa, day, tmp_path, start):
    findings = json.loads((uflpa.folder / "findings.json").read_text(encoding="utf-8"))
    one = next(f for f in findings if f["basis"].startswith(start))
    one["value"] = one["value"] * 1.01
    (tmp_path / "findings.json").write_text(json.dumps([one]), encoding="utf-8")
    (tmp_path / "grounds.csv").write_bytes((uflpa.folder / "grounds.csv").read_bytes())
    count, found = compared.differences(tmp_path, day)
    assert (count, len(found)) == (1, 1)
    assert one["id"] in found[0]
