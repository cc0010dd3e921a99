import hashlib

import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.sources.contract import TABLES
from entrepot.sources.register import by_id, citation, link, source
from entrepot.sources.tables import read_table

REGISTER = read_table(TABLES[0])
ROWS = REGISTER.to_pylist()


def test_the_id_is_the_hash_of_what_it_names():
    for row in ROWS:
        named = "|".join(row[c] or "" for c in ("publisher", "url", "published", "title"))
        assert row["source_id"] == "s-" + hashlib.sha256(named.encode()).hexdigest()[:8]


def test_a_clone_has_no_address_and_is_never_a_link():
    clones = [row for row in ROWS if row["source_kind"] in ("clone", "none")]
    assert clones
    for row in clones:
        assert row["url"] is None
        assert row["url_basis"] == "none"
        assert link(row) is None
        assert citation(row).startswith(row["publisher"])


def test_a_clone_is_no_link_even_if_an_address_were_entered():
    assert link({"source_kind": "clone", "url_basis": "seen", "url": "https://example.org/"}) is None
    assert link({"source_kind": "original", "url_basis": "seen", "url": "javascript:alert(1)"}) is None


def test_what_has_an_address_links_to_it():
    for row in ROWS:
        if row["url"]:
            assert link(row) == row["url"]


def test_what_is_not_known_is_not_invented():
    assert {row["retrieved"] for row in ROWS} == {row["sha256"] for row in ROWS} == {None}


def test_licences_stand_where_they_are_known():
    licences = {row["publisher"]: row["licence"] for row in ROWS}
    assert licences["Ember"] == "CC BY 4.0"
    assert licences["Natural Earth"] == "public domain"
    assert licences["Federal Register"] == "US public domain (17 USC 105)"
    assert licences["Dawn"] is None


def test_a_citation_credits_the_licence():
    ember = next(row for row in ROWS if row["publisher"] == "Ember")
    assert citation(ember) == "Ember, China solar exports dataset, monthly (CC BY 4.0)"


def test_looking_up():
    first = ROWS[0]
    assert source(REGISTER, first["source_id"]) == first == by_id(REGISTER)[first["source_id"]]
    with pytest.raises(UnknownNameError):
        source(REGISTER, "s-00000000")
