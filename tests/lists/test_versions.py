"""Versions of lists in the store: dated, whole or absent, compared, removed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core import store
from entrepot.core.errors import BadInputError, StoreError, UnknownNameError, UnreadableFileError
from entrepot.lists import registry, versions
from entrepot.lists.differences import _FIELDS, compare
from entrepot.lists.vouching.lost_entries import gone, most_lost

ONE, OTHERS = ("one", "one"), ("one", "two")  # formats
HEAD = "entity_id,name,kind,aliases\n"


def listed(folder, name, *lines):
    path = folder / name
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines))
    return path


def load(path, folder, **options):
    return versions.load(path, "own-x", folder / "store", **options)


def kept(folder):
    return [(r["version"], r["entries"]) for r in versions.held(folder / "store")]


FOUR = tuple(f"{i},Gulmira {i},company," for i in range(4))


@pytest.fixture
def two(tmp_path):
    load(listed(tmp_path, "a-2026-01-01.csv", *FOUR), tmp_path)
    changed = ("0,Gulmira Null,company,G", *FOUR[1:3], "9,Serik,person,")
    load(listed(tmp_path, "b-2026-02-01.csv", *changed), tmp_path)
    return tmp_path


def test_no_store_is_made_by_looking(tmp_path):
    assert versions.held(tmp_path / "store") == []
    assert not (tmp_path / "store").exists()


def test_what_is_loaded_is_there_again(two):
    assert kept(two) == [("2026-01-01", 4), ("2026-02-01", 4)]
    row = versions.held(two / "store")[1]
    version = versions.opened(row, two / "store")
    assert version.entries.column("name").to_pylist() == ["Gulmira Null", "Gulmira 1", "Gulmira 2", "Serik"]
    assert (row["file"], row["names"]) == ("b-2026-02-01.csv", 5)


def test_the_version_of_a_day_is_the_newest_by_then(two):
    rows = versions.held(two / "store")
    for day, expected in (
        (date(2026, 1, 1), "2026-01-01"),
        (date(2026, 1, 31), "2026-01-01"),
        (date(2027, 1, 1), "2026-02-01"),
    ):
        assert versions.standing(rows, "own-x", day)["version"] == expected
    with pytest.raises(BadInputError, match="held: 2026-01-01, 2026-02-01"):
        versions.standing(rows, "own-x", date(2025, 12, 31))


def test_differences(two):
    changes, said = versions.differences("own-x", "2026-01-01", "2026-02-01", two / "store")
    found = {(r["change"], r["name"]): r["details"] for r in changes.to_pylist()}
    assert set(found) == {("added", "Serik"), ("removed", "Gulmira 3"), ("changed", "Gulmira Null")}
    assert "name added: G" in found["changed", "Gulmira Null"]
    assert said == "every field that is read is compared"
    back, _ = versions.differences("own-x", "2026-02-01", "2026-01-01", two / "store")
    assert sorted(back.column("change").to_pylist()) == ["added", "changed", "removed"]


def test_an_address_that_changed_in_ones_own_list_is_a_difference(tmp_path):
    for day, place in (("2026-01-01", "Nowhere Quay 1"), ("2026-02-01", "Elsewhere Quay 2")):
        path = tmp_path / f"own-{day}.csv"
        path.write_text(f"name,address\nGulmira Null,{place}\n", encoding="utf-8")
        load(path, tmp_path)
    changes, _ = versions.differences("own-x", "2026-01-01", "2026-02-01", tmp_path / "store")
    (row,) = changes.to_pylist()
    assert (row["change"], row["name"]) == ("changed", "Gulmira Null")
    assert any("Elsewhere Quay 2" in d for d in row["details"])


def test_each_name_of_an_alias_that_became_weak_is_marked():
    """The UN prints several spellings in one alias, with semicolons between."""

    def version(strength):
        entry = {"entity_id": "un-1", "name": "Serik", **dict.fromkeys(_FIELDS)}
        names = [{"entity_id": "un-1", "name": "Seric; Serick; Seriq", "what": "alias", "strength": strength}]
        none = pa.table({"entity_id": pa.array([], pa.string())})
        return pa.Table.from_pylist([entry]), pa.Table.from_pylist(names), none, none, None

    (row,) = compare(version("good"), version("weak"), ONE)[0]
    assert row["details"] == [
        "name added: Seric (weak); Serick (weak); Seriq (weak)",
        "name removed: Seric; Serick; Seriq",
    ]
    assert compare(version("weak"), version("weak"), ONE)[0] == []


def version(*entries, names=(), ids=(), facts=()):
    """The tables of a version; `names` beside the first name of each entry, which every entry has."""
    cells = dict.fromkeys(_FIELDS)
    made = [{"entity_id": e, "name": n, **cells, "countries": c} for e, n, c in entries]
    own = [(e, n, "name") for e, n, _ in entries]
    told = [{"entity_id": e, "name": n, "what": w, "strength": None} for e, n, w in (*own, *names)]
    numbers = [{"entity_id": e, "kind": "tax", "value": v} for e, v in ids]
    said = [{"entity_id": e, "what": w, "value": v} for e, w, v in facts]
    none = pa.table({"entity_id": pa.array([], pa.string())})
    of_facts = pa.Table.from_pylist(said, pa.schema([(c, pa.string()) for c in ("entity_id", "what", "value")]))
    return (*(pa.Table.from_pylist(t) if t else none for t in (made, told, numbers)), none, of_facts)


def test_what_a_name_is_is_compared():
    """Of an entry under a new name the old one is said to be a former one, though no name came or went."""
    alias, former = (version(("x-1", "A", None), names=[("x-1", "B", w)]) for w in ("alias", "former_name"))
    assert compare(alias, former, ONE)[0][0]["details"] == ["'B' became a former name"]
    assert compare(former, alias, ONE)[0][0]["details"] == ["'B' became an alias"]
    assert compare(former, former, ONE)[0] == []
    assert compare(alias, former, OTHERS)[0] == []  # what formats call a name differs
    (renamed,) = compare(version(("x-1", "B", None)), version(("x-1", "A", None), names=former_b()), ONE)[0]
    assert renamed["details"] == ["name 'B' became 'A'", "'B' became a former name", "name added: A"]
    (told,) = compare(version(("x-1", "A", None)), former, ONE)[0]
    assert told["details"] == ["'B' is a former name", "name added: B"]


def test_of_two_formats_what_both_carry_is_compared():
    """The later has no addresses and says remarks otherwise; of three parties something else changed."""
    parties = [(f"x-{i}", f"A{i}") for i in range(6)]
    facts = [(e, what, f"{n} {what}") for e, n in parties for what in ("address", "remark", "birth_date")]
    first = version(*((e, n, [n]) for e, n in parties), ids=[(e, n) for e, n in parties], facts=facts)
    later = [(e, w, "1 May 1970" if e == "x-2" and w == "birth_date" else f"{v}!" * (w == "remark") or v)
             for e, w, v in facts if w != "address"]  # fmt: skip
    second = version(
        *((e, n, [n] if e != "x-1" else ["Elsewhere"]) for e, n in parties),
        ids=[(e, n if e != "x-3" else "77") for e, n in parties],
        facts=later,
    )
    rows, said = compare(first, second, OTHERS)
    assert {r["entity_id"]: r["details"] for r in rows} == {
        "x-1": ["countries added: Elsewhere", "countries removed: A1"],
        "x-2": ["birth date added: 1 May 1970", "birth date removed: A2 birth_date"],
        "x-3": ["identifier added: tax 77", "identifier removed: tax A3"],
    }
    assert said.startswith("the formats differ (one, two)")
    assert "not in the later file: address; printed otherwise: remark" in said
    assert "not in the earlier file: address" in compare(second, first, OTHERS)[1]


def former_b():
    return [("x-1", "B", "former_name")]


def test_an_entry_under_another_number_is_told_to_be_one_maybe():
    gone = version(("x-1", "A", ["Nowhere"]), ids=[("x-1", "55")])
    came = version(("x-9", "A", ["Nowhere"]), ids=[("x-9", "55")])
    for row in compare(gone, came, ONE)[0]:
        assert {"added": "x-1", "removed": "x-9"}[row["change"]] in row["details"][0]
    assert all("identifiers, countries" in r["details"][0] for r in compare(gone, came, ONE)[0])
    for other in (
        version(("x-9", "A", ["Nowhere"]), ids=[("x-9", "56")]),  # another number
        version(("x-9", "A", ["Elsewhere"]), ids=[("x-9", "55")]),  # another country
        version(("x-9", "A", ["Nowhere"]), ("x-8", "A", ["Nowhere"]), ids=[("x-9", "55"), ("x-8", "55")]),  # two
    ):
        assert not any("details" in r for r in compare(gone, other, ONE)[0])
    bare = version(("x-1", "A", None)), version(("x-9", "A", None))  # of one name, and nothing else
    assert not any("details" in r for r in compare(*bare, ONE)[0])


def test_facts_that_one_version_was_read_without_are_told():
    entries = [(f"x-{i}", f"A{i}", None) for i in range(20)]
    links = version(*entries, facts=[(e, "linked_to", "B") for e, _, _ in entries])
    assert "linked to one version holds none" in compare(version(*entries), links, ONE)[1]
    few = version(*entries, facts=[("x-1", "linked_to", "B")])
    assert compare(version(*entries), few, ONE)[1] == "every field that is read is compared"


def test_the_same_file_again_changes_nothing(two):
    before = versions.held(two / "store")
    load(two / "a-2026-01-01.csv", two)
    assert versions.held(two / "store") == before


def test_another_file_of_the_same_day_is_refused_until_the_first_is_removed(two):
    other = listed(two, "c-2026-01-01.csv", *FOUR, "5,Otarbay,person,")
    with pytest.raises(BadInputError, match="lists remove own-x 2026-01-01"):
        load(other, two)
    versions.remove("own-x", "2026-01-01", two / "store")
    load(other, two)
    assert kept(two) == [("2026-01-01", 5), ("2026-02-01", 4)]
    assert len(list((two / "store/lists/own-x").iterdir())) == 2


def test_a_list_that_lost_more_than_a_few_is_refused_with_their_names_unless_accepted(two):
    small = listed(two, "d-2026-03-01.csv", *FOUR[:2])
    with pytest.raises(BadInputError, match=r"Gulmira 2; Serik.*--accept-loss"):
        load(small, two)
    assert len(kept(two)) == 2
    row = load(small, two, accept_loss=True)
    assert kept(two)[-1] == ("2026-03-01", 2)
    assert any("Not in this file are 2 of the 4 entries" in note for note in row["notes"])


def test_one_who_is_gone_is_named(two):
    row = load(listed(two, "d-2026-03-01.csv", *FOUR), two)
    assert any(note.endswith("1 of the 4 entries of the version of 2026-02-01: Serik.") for note in row["notes"])


def test_a_third_of_a_list_is_no_few(tmp_path):
    # Half was allowed until November 2026
    hundred = [f"{i},Party {i},company," for i in range(100)]
    load(listed(tmp_path, "a-2026-01-01.csv", *hundred), tmp_path)
    with pytest.raises(BadInputError, match="at most 3 fewer"):
        load(listed(tmp_path, "b-2026-02-01.csv", *hundred[33:]), tmp_path)
    load(listed(tmp_path, "c-2026-02-01.csv", *hundred[3:]), tmp_path)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_longer_a_list_the_more_may_go_and_never_over_three_percent(one, other):
    short, long = sorted((one, other))
    assert 1 <= most_lost(short) <= most_lost(long)
    assert most_lost(long) <= max(1, 0.03 * long)


def test_an_older_list_may_be_smaller(two):
    load(listed(two, "d-2020-03-01.csv", FOUR[0]), two)
    assert kept(two)[0] == ("2020-03-01", 1)


@pytest.mark.parametrize("version", ["2026", "2026-13-01", "soon"])
def test_a_version_is_a_day(tmp_path, version):
    with pytest.raises(BadInputError, match=r"date|day"):
        load(listed(tmp_path, "a.csv", *FOUR), tmp_path, version=version)
    assert kept(tmp_path) == []


def test_a_file_without_a_date_needs_one(tmp_path):
    path = listed(tmp_path, "a.csv", *FOUR)
    with pytest.raises(BadInputError, match="--version"):
        load(path, tmp_path)
    assert load(path, tmp_path, version="2026-01-05")["version"] == "2026-01-05"


def test_a_bad_file_leaves_no_store(tmp_path):
    with pytest.raises(UnreadableFileError, match="line 2"):
        load(listed(tmp_path, "a-2026-01-01.csv", "1,A,planet,"), tmp_path)
    assert not (tmp_path / "store").exists()


def test_what_is_not_held_is_named(two):
    with pytest.raises(UnknownNameError, match="own-x"):
        versions.remove("own-y", "2026-01-01", two / "store")
    with pytest.raises(UnknownNameError, match="2026-01-01"):
        versions.differences("own-x", "2026-01-01", "2026-01-02", two / "store")


def test_files_that_are_gone_are_said(two):
    row = versions.held(two / "store")[0]
    next((two / "store/lists/own-x").glob("2026-01-01*/entries.parquet")).write_bytes(b"x")
    with pytest.raises(StoreError, match="load it again"):
        versions.opened(row, two / "store")


KILLED = """
    import os, sys
    from pathlib import Path
    from entrepot.core import store
    from entrepot.lists import versions
    def die(*_): os._exit(9)
    setattr({where}, {what!r}, die)
    versions.load(Path(sys.argv[1]), "own-x", Path(sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("where", "what", "is_loaded"),
    [("store", "keep", False), ("versions", "_tables", False), ("Path", "rename", True)],  # the row, then the name
)
def test_a_killed_load_leaves_the_store_as_it_was_or_as_it_is_to_be(two, where, what, is_loaded):
    before, path = kept(two), listed(two, "k-2026-04-01.csv", *FOUR, "7,Otarbay,person,")
    script = textwrap.dedent(KILLED).format(where=where, what=what)
    command = [sys.executable, "-c", script, path, two / "store"]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": "src"}, check=False)
    assert done.returncode == 9
    assert kept(two) == before + [("2026-04-01", 5)] * is_loaded
    for row in versions.known(two / "store"):
        assert versions.opened(row, two / "store").entries.num_rows == row["entries"]
    load(path, two)
    assert kept(two)[-1] == ("2026-04-01", 5)
    assert len(list((two / "store/lists/own-x").iterdir())) == 3


def test_processes_loading_at_once(tmp_path):
    paths = [listed(tmp_path, f"{n}-2026-01-01.csv", *FOUR, f"8,Otarbay {n},person,") for n in "ab"]
    paths += [listed(tmp_path, f"{n}-2026-02-0{n}.csv", *FOUR) for n in "12"]
    command = [sys.executable, "-m", "entrepot", "lists", "load"]
    environment = os.environ | {"PYTHONPATH": "src", "ENTREPOT_STORE": str(tmp_path / "store")}
    runs = [subprocess.Popen([*command, p, "--as", "own-x"], env=environment, stderr=subprocess.PIPE) for p in paths]
    said = [(r.communicate()[1].decode(), r.returncode) for r in runs]
    # a and b are two files of one day: one of them is refused, whichever comes second.
    assert sorted(code for _, code in said) == [0, 0, 0, 2], said
    assert [v for v, _ in kept(tmp_path)] == ["2026-01-01", "2026-02-01", "2026-02-02"]
    for row in versions.held(tmp_path / "store"):
        assert versions.opened(row, tmp_path / "store").entries.num_rows == row["entries"]


def test_the_table_of_the_store_is_the_contract(tmp_path):
    from entrepot.lists.contract import LIST_VERSIONS

    with store.opened(tmp_path) as con:
        rows = con.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'list_versions'")
        assert {r[0] for r in rows.fetchall()} == set(LIST_VERSIONS.names)


def test_an_entry_without_a_number_keeps_its_own_when_rows_move(tmp_path):
    for day, names in (("2026-01-01", "Serik\nGulmira\n"), ("2026-02-01", "Nurlan\nSerik\nGulmira\n")):
        path = tmp_path / f"own-{day}.csv"
        path.write_text(f"name\n{names}", encoding="utf-8")
        load(path, tmp_path)
    changes, _ = versions.differences("own-x", "2026-01-01", "2026-02-01", tmp_path / "store")
    assert [(r["change"], r["name"]) for r in changes.to_pylist()] == [("added", "Nurlan")]


def test_two_entries_of_one_name_are_two(tmp_path):
    path = tmp_path / "own-2026-01-01.csv"
    path.write_text("name,country\nSerik,KZ\nSerik,KG\n", encoding="utf-8")
    assert load(path, tmp_path)["entries"] == 2


@pytest.mark.parametrize(
    ("first", "last", "is_read"),
    [
        ("2025-05-01", "2024-01-01", False),
        ("2025-05-01", "2025-05-01", False),
        ("2025-05-01", "2025-05-02", True),
        ("2025", "2025", True),
        ("", "2024-01-01", True),
    ],
)
def test_an_entry_that_would_never_be_in_force_is_refused(tmp_path, first, last, is_read):
    path = tmp_path / "own-2026-01-01.csv"
    path.write_text(f"name,valid_from,valid_to\nSerik,{first},{last}\n", encoding="utf-8")
    if is_read:
        assert load(path, tmp_path)["entries"] == 1
        return
    with pytest.raises(UnreadableFileError, match=r"line 2: the listing ends on .* Exchange valid_from and valid_to"):
        load(path, tmp_path)
    assert kept(tmp_path) == []


def test_a_version_that_is_no_day_is_told_to_be_one(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name\nSerik\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"expected a day such as 2026-07-23\.$"):
        load(path, tmp_path, version="2026-02-30")


def test_days_at_a_glance_are_those_that_are_held(two):
    assert versions.days(two / "store") == {"own-x": ("2026-01-01", "2026-02-01")}
    assert versions.days(two / "nowhere") == {}


@pytest.fixture
def unread(monkeypatch):
    """Every reader is told where it is asked for, and reads nothing."""
    asked = []
    monkeypatch.setattr(registry, "reader", lambda one: lambda *_: asked.append(one.id))
    return asked


def a_folder(folder):
    folder.mkdir()
    for name in ("sdn.csv", "alt.csv", "add.csv"):
        (folder / name).write_text("1,x\n")
    return folder


@pytest.mark.parametrize(
    ("version", "said"),
    [(None, "Give the day on which it was published"), ("2026-02-30", "2026-02-30"), ("2026", "day")],
)
def test_a_day_that_is_missing_or_none_is_said_before_a_file_is_read(version, said, tmp_path, unread):
    folder = a_folder(tmp_path / "ofac")
    with pytest.raises(BadInputError, match=said):
        versions.load(folder, "ofac-sdn", tmp_path / "store", version=version)
    assert unread == []
    assert not (tmp_path / "store").exists()


def test_a_day_in_the_name_of_the_folder_or_of_the_server_is_one(tmp_path, unread):
    for folder, sent_on in ((a_folder(tmp_path / "ofac-2026-07-23"), ""), (a_folder(tmp_path / "ofac"), "2026-07-23")):
        with pytest.raises(AttributeError):  # the reader that reads nothing was asked
            versions.load(folder, "ofac-sdn", tmp_path / "store", sent_on=sent_on)
    assert unread == ["ofac-sdn-csv"] * 2


def test_a_file_of_a_format_that_dates_itself_is_read_for_its_day(tmp_path, unread):
    (tmp_path / "consolidated.xml").write_text("<CONSOLIDATED_LIST/>")
    with pytest.raises(AttributeError):
        versions.load(tmp_path / "consolidated.xml", "un", tmp_path / "store")
    assert unread == ["un-xml"]


def test_the_same_bytes_of_another_day_are_told_and_the_version_of_the_day_is_shown(tmp_path):
    from entrepot.lists.profiles.profile import profiles

    path = listed(tmp_path, "named.csv", *FOUR)
    first = load(path, tmp_path, version="2026-01-10")
    second = load(path, tmp_path, version="2026-01-15")
    assert [n for n in first["notes"] if "same bytes" in n] == []
    assert [n for n in second["notes"] if "version of 2026-01-10" in n]
    hashes = {"own-x": first["sha256"]}
    for day in ("2026-01-10", "2026-01-15"):
        (found,) = profiles(tmp_path / "store", [("own-x", "own-x-0")], hashes, {"own-x": day}).values()
        assert found.version == day


def test_formats_that_number_alike_are_met_by_number_and_others_counted():
    """The XML and the CSV of one publisher: one went and one came, which a count alone does not see."""
    was = {"version": "2026-01-01", "entries": 4}
    held = pa.table({"entity_id": ["eu-1", "eu-2", "eu-3", "eu-4"], "name": ["Ann", "Bo", "Cy", "Di"]})
    now = pa.table({"entity_id": ["eu-1", "eu-2", "eu-3", "eu-9"], "name": ["Ann", "Bo", "Cy", "Ed"]})
    other = pa.table({"entity_id": ["a", "b", "c"], "name": ["Ann", "Bo", "Cy"]})
    found = gone(was, held, now, is_same_format=False)
    assert (found.total, found.names) == (1, ["Di"])
    assert (gone(was, held, other, is_same_format=False).total, gone(was, held, other).total) == (1, 4)


def test_an_entry_under_a_new_number_is_not_lost_and_told(tmp_path):
    """OpenSanctions gives merged entries a number of their own: nobody is gone, however many they are."""

    def target(number, name, *more):
        given = {"name": [name, *more]}
        return json.dumps({"id": number, "schema": "Company", "properties": given, "target": True})

    store, path = tmp_path / "store", tmp_path / "x.ftm.json"
    path.write_text("\n".join(target(f"ofac-{n}", f"Firm {n} Ltd") for n in range(100)), encoding="utf-8")
    versions.load(path, "own-x", store, version="2026-01-01")
    pairs = [target(f"NK-{n}", f"Firm {n} Ltd", f"FIRM {n + 20} LTD") for n in range(20)]  # two are one
    path.write_text("\n".join([*pairs, *(target(f"ofac-{n}", f"Firm {n} Ltd") for n in range(40, 100))]), "utf-8")
    row = versions.load(path, "own-x", store, version="2026-02-01")
    assert row["entries"] == 80
    assert not any(n.startswith("Not in this file") for n in row["notes"])
    assert any(
        n.startswith("40 entries of the version of 2026-01-01 stand in this file under another") for n in row["notes"]
    )
    path.write_text("\n".join(pairs), encoding="utf-8")
    with pytest.raises(BadInputError, match="not in it are 60 of the 80 entries"):
        versions.load(path, "own-x", store, version="2026-03-01")
