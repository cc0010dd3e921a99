"""What the lists say of a listed party stands beside every hit: in the answer, in files, before who decides."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.contract import check
from entrepot.desk.contract import HITS
from entrepot.desk.desk import Desk
from entrepot.lists.contract import FACTS
from entrepot.lists.profiles.profile import Profile
from entrepot.lists.profiles.profile_columns import LISTED_PARTY, profile_columns
from entrepot.lists.profiles.statements import Statement

# A small file in OFAC's layout: a firm with two addresses, an alias, a link and a remark.
SDN = (
    '36,"ZYXWVUT BRASK LTD","-0-","MOON] [STAR","-0-","-0-","-0-","-0-","-0-","-0-","-0-",'
    '"Registration Number 445566 (Kazakhstan); Linked To: QUELLMAR WORKS."\r\n'
)
ADD = '36,1,"Dock Road 7","Leeds LS1","United Kingdom","-0-"\r\n36,2,"Abay 5","Almaty","Kazakhstan","-0-"\r\n'
COMMENTS = '36,"Subsidiary of nobody."\r\n'
ALT = '36,1,"aka","BRASK OF LEEDS","-0-"\r\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    place = tmp_path_factory.mktemp("profiles")
    (place / "ofac").mkdir()
    for name, text in (("sdn", SDN), ("add", ADD), ("alt", ALT), ("sdn_comments", COMMENTS)):
        (place / "ofac" / f"{name}.csv").write_bytes(text.encode() + b"\x1a")  # as OFAC ends its files
    (place / "vendors.csv").write_text("supplier\nZyxwvut Brask Ltd\nNobody At All GmbH\n", encoding="utf-8")
    made = Desk(store=place / "store")
    made.load_list(place / "ofac", "ofac-sdn", version="2026-01-05")
    return made, place


def asked(desk, **more):
    made, place = desk
    return made.screen(place / "vendors.csv", lists=["ofac-sdn"], as_of="2026-01-06", workers=1, **more)


@pytest.mark.parametrize("ending", ["json", "csv", "parquet"])
def test_all_that_a_list_says_stands_beside_the_hit(desk, tmp_path, ending):
    out = tmp_path / f"hits.{ending}"
    for found in (asked(desk), asked(desk, out=out)):
        check(HITS, found.table)
        (hit,) = found.to_pylist()
        shown = desk[0].show_listed(hit["entity_id"]).to_pylist()
        beside = {hit[c.name] for c in LISTED_PARTY if not c.kind.is_list}
        beside |= {text for c in LISTED_PARTY if c.kind.is_list for text in hit[c.name]}
        apart = {"name", "list", "section", "listed since"}  # in the match itself
        missing = [s for s in shown if s["what"] not in apart and not any(s["value"] in str(t) for t in beside)]
        assert missing == []
        assert len(hit["listed_addresses"]) == 2
        assert any("QUELLMAR WORKS" in text for text in hit["listed_linked_to"])
        assert hit["listed_link"].startswith("https://sanctionssearch.ofac.treas.gov/")
    if ending == "json":
        (row,) = json.loads(out.read_text(encoding="utf-8"))
        assert row["listed_addresses"] == hit["listed_addresses"]
    if ending == "csv":
        (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
        assert row["listed_addresses"] == "; ".join(hit["listed_addresses"])


def test_a_case_and_the_file_to_decide_in_say_who_is_listed(desk, tmp_path):
    found = asked(desk, out=tmp_path / "hits.csv")
    (case,) = found.cases.to_pylist()
    assert "Leeds" in case["profile"]
    assert "linked to QUELLMAR WORKS" in case["profile"]
    (open_one,) = desk[0].review(tmp_path / "hits.csv").to_pylist()
    assert (open_one["profile"], open_one["link"]) == (case["profile"], case["link"])


def test_a_list_that_cannot_be_read_hides_no_hit(desk, tmp_path, monkeypatch):
    from entrepot.core.errors import StoreError
    from entrepot.desk import listed_parties

    def broken(*_):
        raise StoreError("the files of a loaded list cannot be used", found="x", remedy="y")

    monkeypatch.setattr(listed_parties, "profiles", broken)
    found = asked(desk)
    assert found.num_rows == 1
    assert found.to_pylist()[0]["listed_kind"] is None
    assert any("cannot be read" in note for note in found.notes)


_WHAT = st.sampled_from(
    [*FACTS, "alias", "former name", "nationality", "country", "programme", "identifier: imo", "new"]
)


@given(st.lists(st.tuples(_WHAT, st.text("abc", min_size=1), st.sampled_from(["", "a note"]))))
def test_no_statement_of_a_profile_is_lost_or_told_twice(said):
    found = profile_columns(Profile("e", "l", "n", "2026", "", tuple(Statement(*s) for s in said)))
    assert set(found) == {c.name for c in LISTED_PARTY}
    told = [text for c in LISTED_PARTY if c.kind.is_list for text in found[c.name]]
    assert len(told) == len({(what, value) for what, value, _ in said})
    assert all(any(value in text for text in told) for _, value, _ in said)
