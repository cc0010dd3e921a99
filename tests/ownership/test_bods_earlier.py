"""Statements of the Beneficial Ownership Data Standard before 0.4: ids of statements, words for ends left out."""

from __future__ import annotations

import json
from datetime import date

import pytest

from entrepot.ownership.read_links import read_links


def entity(number, name, **more):
    return {"statementID": number, "statementType": "entityStatement", "entityType": "registeredEntity", "name": name,
            **more}  # fmt: skip


def holds(number, owner, owned, share, day="2023-01-01", **more):
    interest = {"type": "shareholding", "interestLevel": "direct", "share": share, **more.pop("interest", {})}
    word = more.pop("word", "describedByEntityStatement")
    return {"statementID": number, "statementType": "ownershipOrControlStatement", "statementDate": day,
            "subject": {"describedByEntityStatement": owned}, "interestedParty": {word: owner},
            "interests": [interest], **more}  # fmt: skip


def read(tmp_path, *statements, lines=False):
    path = tmp_path / "bods.json"
    text = "\n".join(map(json.dumps, statements)) if lines else json.dumps(statements, indent=1)
    path.write_text(text, encoding="utf-8")
    return read_links(path, today=date(2026, 11, 1))


MILL = entity("e-1", "Mill Ltd", identifiers=[{"scheme": "GB-COH", "id": "01234567"}])
HOLD = entity("e-2", "Hold AG")


@pytest.mark.parametrize("lines", [False, True])
def test_shares_and_ends_that_are_left_out_are_read(tmp_path, lines):
    person = {"statementID": "p-1", "statementType": "personStatement", "names": [{"fullName": "Serik"}]}
    band = {"minimum": 25, "maximum": 50, "exclusiveMinimum": True, "exclusiveMaximum": False}
    votes = {"interest": {"type": "voting-rights"}, "word": "describedByPersonStatement"}
    found = read(tmp_path, MILL, HOLD, person, holds("o-1", "e-2", "e-1", {"exact": 30}),
                 holds("o-2", "p-1", "e-1", band, **votes), lines=lines)  # fmt: skip
    assert found.row["format"] == "bods"
    first, second = found.links.to_pylist()
    assert (first["owned_id"], first["low_percent"], first["high_percent"]) == ("GB-COH:01234567", 30, 30)
    assert second["interest"] == "votes"
    assert 25 < second["low_percent"] < 25.001
    assert second["high_percent"] == 50
    assert {r["name"]: r["kind"] for r in found.parties.to_pylist()} == {
        "Mill Ltd": "company",
        "Hold AG": "company",
        "Serik": "person",
    }


def test_a_statement_that_replaces_another_counts_once(tmp_path):
    later = entity("e-9", "Mill Limited", replacesStatements=["e-1"], identifiers=MILL["identifiers"])
    new = holds("o-2", "e-2", "e-9", {"exact": 40}, "2024-01-01", replacesStatements=["o-1"])
    found = read(tmp_path, MILL, HOLD, holds("o-1", "e-2", "e-1", {"exact": 30}), later, new)
    rows = [(r["low_percent"], r["high_percent"], r["valid_from"], r["valid_to"]) for r in found.links.to_pylist()]
    assert rows[0] == (30, 30, None, "2023-01-01")  # until the day on which it was said last; then between the two
    assert rows[1] == (30, 40, "2023-01-01", "2024-01-01")
    assert rows[2][:3] == (40, 40, "2024-01-01")
    assert [r["name"] for r in found.parties.to_pylist() if r["party_id"] == "GB-COH:01234567"] == ["Mill Limited"]


def test_an_indirect_interest_repeats_its_components_and_is_not_added(tmp_path):
    top = entity("e-3", "Top")
    parts = {"componentStatementIDs": ["o-1", "o-2"], "interest": {"interestLevel": "indirect"}}
    direct = holds("o-1", "e-2", "e-1", {"exact": 60}), holds("o-2", "e-3", "e-2", {"exact": 60})
    found = read(tmp_path, MILL, HOLD, top, *direct, holds("o-3", "e-3", "e-1", {"exact": 36}, **parts))
    pairs = {(r["owner_id"], r["owned_id"]) for r in found.links.to_pylist()}
    assert pairs == {("record:e-2", "GB-COH:01234567"), ("record:e-3", "record:e-2")}


def test_an_owner_that_is_not_disclosed_is_counted(tmp_path):
    hidden = holds("o-2", "x", "e-1", {"exact": 10}) | {"interestedParty": {"unspecified": {"reason": "unknown"}}}
    found = read(tmp_path, MILL, HOLD, holds("o-1", "e-2", "e-1", {"exact": 60}), hidden)
    assert found.links.num_rows == 1
    assert any(n.startswith("relationships whose other party is not known") for n in found.row["notes"])
