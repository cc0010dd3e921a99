"""Looking a name up in the lists, and the whole profile of a listed party."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.explain import explain
from entrepot.desk.lists import load_list, show_listed
from entrepot.desk.search import search
from entrepot.sources.explanation import text

OWN = (
    "entity_id,name,kind,aliases,country,programme,birth_year\n"
    "7,Otarbay Trading LLC,organisation,Otarbay Export,Kazakhstan,MOON,\n"
    "8,Serik Otarbay,person,,Kazakhstan,MOON,1961\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("searched")
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    load_list(folder / "own.csv", "own-blocked", version="2026-07-23", store=folder / "store")
    return folder / "store"


def test_a_name_is_found_in_all_lists_with_its_profile(store):
    found = search("Otarbay Export", store=store)
    (best, *_) = found.to_pylist()
    assert (best["entity_id"], best["name"], best["met_name"]) == (
        "own-blocked-7",
        "Otarbay Trading LLC",
        "Otarbay Export",
    )
    assert best["score"] == 1
    assert best["profile"] == "organisation; Kazakhstan; MOON"
    scores = found.table.column("score").to_pylist()
    assert scores == sorted(scores, reverse=True)
    assert len(set(found.table.column("entity_id").to_pylist())) == found.num_rows
    (uflpa, *_) = search("Hetian Taida Apparel", lists=["uflpa"], store=store).to_pylist()
    assert uflpa["name"].startswith("Hetian Taida Apparel")
    assert uflpa["link"].startswith("https://www.federalregister.gov/")


def test_a_brand_alone_gives_the_names_that_hold_it(store):
    found = search("Hoshine", store=store)
    names = {c["name"] for c in found.to_pylist()}
    assert names >= {"Hoshine Silicon Industry Co., Ltd.", "Hoshine Silicon Industry (Shanshan) Co., Ltd."}
    below = [c for c in found.to_pylist() if c["score"] < 0.5]
    assert below
    assert all("hoshine" in f"{c['name']} {c['met_name']}".casefold() for c in below)
    assert f"and {len(below)} below whose name holds what was asked" in " ".join(found.notes)
    assert explain(below[0]["match_id"], store=store)
    # who asks for another lowest score gets that, and three words are enough for a score
    assert search("Hoshine", min_score=0.51, store=store).num_rows == 0
    assert all(c["score"] >= 0.5 for c in search("Hoshine Silicon Industry", store=store).to_pylist())


def test_a_candidate_is_explained_with_the_listed_party(store):
    (best, *_) = search("Serik Otarbay", birth_year="1961", store=store).to_pylist()
    (one,) = explain(best["match_id"], store=store)
    said = text(one)
    assert "Listed party" in said
    assert "1961" in said


def test_what_is_not_there_is_no_candidate_and_says_what_that_means(store):
    found = search("Qwyx Zzrtl Vumpf", store=store)
    assert found.num_rows == 0
    assert "No match is not 'not listed'" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("options", "said"),
    [({"name": "  "}, "no name"), ({"name": "x", "limit": 0}, "below 1"), ({"name": "x", "min_score": 7}, "0 to 1")],
)
def test_bad_input_is_named(store, options, said):
    with pytest.raises(BadInputError, match=said):
        search(**options, store=store)


@pytest.mark.parametrize("given", ["19", "1850", "2050", "abc", "196", "19610", "1961 or 1963"])
def test_what_is_no_year_of_birth_is_refused(store, given):
    with pytest.raises(BadInputError, match="no year of birth"):
        search("Serik Otarbay", birth_year=given, as_of="2026-11-24", store=store)


@pytest.mark.parametrize("given", ["1961", "1962", "1925", " 1961 ", "1961-03-24", ""])
def test_a_year_that_is_compared_is_told_by_its_score_alone(store, given):
    found = search("Serik Otarbay", birth_year=given, as_of="2026-11-24", store=store)
    assert found.num_rows
    assert "moved no score" not in " ".join(found.notes)


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("Hoshine Silicon", {"country": "US"}, "The country US moved no score"),
        ("Hoshine Silicon", {"country": "Germany"}, "The country Germany moved no score"),
        ("Wang Junzheng", {"birth_year": "1963"}, "The year of birth 1963 moved no score"),
        ("Otarbay Trading", {"country": "Kazakhstan"}, ""),
        ("Otarbay Trading", {"country": "Germany"}, ""),
        ("Qwyx Zzrtl Vumpf", {"country": "US"}, ""),
    ],
)
def test_what_was_compared_with_nothing_is_told(store, name, options, told):
    notes = [n for n in search(name, store=store, **options).notes if "moved no score" in n]
    assert [n.partition(": ")[0] for n in notes] == ([told] if told else [])


def test_the_profile_says_all_that_the_list_says(store):
    said = {(r["what"], r["value"]) for r in show_listed("own-blocked-8", store=store).to_pylist()}
    assert {
        ("name", "Serik Otarbay"),
        ("kind", "person"),
        ("birth_date", "1961"),
        ("country", "Kazakhstan"),
        ("programme", "MOON"),
    } <= said


def test_an_entry_of_a_list_is_explained(store):
    (one,) = explain("own-blocked-7", store=store)
    assert one.kind == "listed party"
    assert "Otarbay Export" in text(one)


def test_an_entry_that_is_not_there_names_the_nearest(store):
    with pytest.raises(UnknownNameError, match="own-blocked-7"):
        show_listed("own-blocked-77", store=store)
    with pytest.raises(BadInputError, match="nothing has this id"):
        explain("own-blocked-77", store=store)


def test_a_version_loaded_before_facts_were_kept_says_so(store):
    from entrepot.lists import versions
    from entrepot.lists.profiles import profile
    from entrepot.lists.vouching import version_rows

    (row,) = version_rows.held(store)
    whole = versions.opened(row, store)
    old = versions.Version(row, whole.entries, whole.names, whole.identifiers, whole.documents)
    found = profile._of_version(old, {"own-blocked-7"})["own-blocked-7"]
    assert "lists remove own-blocked 2026-07-23" in found.statements[-1].note


@pytest.mark.parametrize("day", ["2031-01-01", "2031", "2040-06"])
def test_a_day_that_is_still_to_come_is_told(store, day):
    (note,) = [n for n in search("Serik Otarbay", as_of=day, store=store).notes if "still to come" in n]
    assert day[:4] in note


@pytest.mark.parametrize("day", [None, "2024", "2026-11-24", "2026-06"])
def test_a_day_that_has_come_is_not(store, day):
    assert "still to come" not in " ".join(search("Serik Otarbay", as_of=day, store=store).notes)
