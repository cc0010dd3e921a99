"""A vendor file to which rows were added, screened again: what is told is what two screenings in full differ by."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import unicodedata
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.desk.clearance import verify_clearance
from entrepot.desk.rescreen import rescreen
from entrepot.desk.screen import screen
from entrepot.screening.parties.parties import Party, read_parties
from entrepot.screening.runs.changed_rows import digests, moves
from entrepot.screening.runs.run import Keeping, ScreenOptions, screening

LISTED = ("Hoshine Silicon Industry Co Ltd", "Xinjiang Daqo New Energy Co Ltd", "Ninestar Corporation")
OTHERS = [f"{word} Trading" for word in ("Alder", "Birch", "Cedar", "Elder", "Hazel", "Larch", "Maple", "Rowan")]
DAY = "2026-11-26"


def write(path, names):
    path.write_text("supplier,country\n" + "".join(f"{n},CN\n" for n in names), encoding="utf-8")
    return path


def met(path, store):
    found = screen(path, lists=["uflpa"], as_of=DAY, store=store).table.to_pylist()
    # A flag once for each place: the address and the name may say the same one.
    places = {(m["row"], m["party"], m["place_id"]) for m in found if m["kind"] == "region"}
    met = Counter((m["party"], m["entity_id"]) for m in found if m["kind"] in ("listing", "part"))
    return met + Counter((party, place) for _, party, place in places)


@pytest.fixture(scope="module")
def then(tmp_path_factory):
    folder = tmp_path_factory.mktemp("then")
    file = write(folder / "a.csv", [OTHERS[0], LISTED[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]])
    screen(file, lists=["uflpa"], as_of=DAY, out=folder / "hits.json", store=folder / "store")
    return folder


@pytest.mark.parametrize(
    "names",
    [
        [OTHERS[0], LISTED[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6], LISTED[2], OTHERS[6]],  # added at the end
        [LISTED[2], OTHERS[7], OTHERS[0], LISTED[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]],  # added before
        [OTHERS[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]],  # one taken out
        [OTHERS[0], LISTED[2], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]],  # one changed into another
        [OTHERS[0], LISTED[0], LISTED[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]],  # one twice
        [*OTHERS[4:6], LISTED[1], *OTHERS[1:4], LISTED[0], OTHERS[0]],  # another order
    ],
)
def test_what_is_told_is_what_two_full_screenings_differ_by(then, tmp_path, names):
    store = then / "store"
    file = write(tmp_path / "b.csv", names)
    before, now = met(then / "a.csv", store), met(file, store)
    told = rescreen(then / "hits.json", parties=file, as_of=DAY, store=store).table.to_pylist()
    by_change = {
        c: Counter((r["party"], r["entity_id"]) for r in told if r["change"] == c) for c in ("new", "vanished")
    }
    assert by_change == {"new": now - before, "vanished": before - now}
    assert all("added, changed or taken out" in r["details"][-1] for r in told)


def test_that_a_party_has_another_number_of_its_own_is_said(tmp_path):
    store = tmp_path / "store"
    for name, number in (("a.csv", "V1"), ("b.csv", "C-7")):
        rows = f"{number},{LISTED[0]},CN\nV2,{OTHERS[0]},CN\n"
        (tmp_path / name).write_text(f"vendor number,vendor name,country\n{rows}", encoding="utf-8")
    screen(tmp_path / "a.csv", lists=["uflpa"], as_of=DAY, out=tmp_path / "hits.json", store=store)
    told = rescreen(tmp_path / "hits.json", parties=tmp_path / "b.csv", as_of=DAY, store=store)
    assert told.table.num_rows == 0
    assert "1 party that met something then has another number of its own now" in " ".join(told.notes)


def test_of_many_parties_the_changed_ones_alone_are_held_against_all_names(tmp_path):
    store, names = tmp_path / "store", [f"{a} {b} {n}" for n in range(60) for a in OTHERS for b in OTHERS[:4]]
    file = write(tmp_path / "a.csv", [*names, LISTED[0]])
    screen(file, lists=["uflpa"], as_of=DAY, out=tmp_path / "hits.json", store=store)
    more = write(tmp_path / "b.csv", [*names, LISTED[0], LISTED[1], *(f"Newcomer {n} Works" for n in range(5))])
    told = rescreen(tmp_path / "hits.json", parties=more, as_of=DAY, store=store)
    rows = told.table.to_pylist()
    assert [(r["change"], r["kind"], r["party"]) for r in rows] == [
        ("new", "listing", LISTED[1]),
        ("new", "region", LISTED[1]),  # its name says Xinjiang
    ]
    # The six that are new.
    assert f"6 of {len(names) + 7} parties were held against all names" in " ".join(told.notes)


def test_digests_made_on_the_way_are_those_of_the_file(then):
    file, keeping = then / "a.csv", Keeping(then / "kept.json")
    with screening(file, as_of=DAY, options=ScreenOptions(lists=("uflpa",), document_key=b"k"), keeping=keeping) as run:
        assert run.digests == digests(read_parties(file).each(), b"k") != ""


_PARTIES = st.lists(st.sampled_from("abcde"), max_size=12)


@settings(max_examples=60)
@given(_PARTIES, _PARTIES)
def test_every_party_is_moved_or_added_and_every_place_is_used_once(then, now):
    def each(names):
        return [Party(row, "supplier", name, None, None, None) for row, name in enumerate(names, 1)]

    found = moves(digests(each(then), b"k"), [(row, "supplier") for row in range(1, len(then) + 1)], each(now), b"k")
    assert len(found.now) == sum((Counter(then) & Counter(now)).values())
    assert len(set(found.now.values())) == len(found.now)
    assert len(found.added) == len(now) - len(found.now)
    assert len(found.gone) == len(then) - len(found.now)
    assert all(then[a[0] - 1] == now[b[0] - 1] for a, b in found.now.items())


@pytest.mark.parametrize(
    "names",
    [
        [LISTED[2], OTHERS[0], LISTED[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6], OTHERS[6]],  # rows added
        [OTHERS[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]],  # one taken out
        [OTHERS[0], LISTED[0], *OTHERS[1:4], LISTED[1], *OTHERS[4:6]],  # the same
    ],
)
@pytest.mark.parametrize("day", [DAY, "2026-11-28"])
def test_the_record_says_what_a_whole_screening_of_that_day_says(then, tmp_path, names, day):
    def rows_said(page):
        text = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))
        front = text[text.index("Open cases (") :]
        return " ".join((front[: front.index("Program ")] + front[front.index("Annex: ") :]).split())

    store, file = then / "store", write(tmp_path / "b.csv", names)
    whole, again = tmp_path / "whole.html", tmp_path / "again.html"
    screen(file, lists=["uflpa"], as_of=day, record=whole, store=store)
    told = rescreen(then / "hits.json", parties=file, as_of=day, record=again, store=store)
    assert rows_said(again) == rows_said(whole), "cases, sources and lists are those of a whole screening"
    assert any(str(again) in note for note in told.notes)
    assert "Screened again from hits.json" in again.read_text(encoding="utf-8")


def test_what_the_parties_meet_now_is_written_and_the_next_rescreening_starts_from_it(then, tmp_path):
    store, file = then / "store", write(tmp_path / "b.csv", [LISTED[2], OTHERS[0], LISTED[0], OTHERS[6]])
    whole, again, page = (tmp_path / name for name in ("whole.json", "again.json", "again.html"))
    screen(file, lists=["uflpa"], as_of="2026-11-28", out=whole, store=store)
    asked = {"parties": file, "as_of": "2026-11-28", "store": store}
    rescreen(then / "hits.json", matches=again, record=page, **asked)
    assert again.read_bytes() == whole.read_bytes(), "the same matches, in the same order, as a whole screening writes"
    assert verify_clearance(page, results=again, parties=file, store=store).holds
    assert hashlib.sha256(again.read_bytes()).hexdigest() in page.read_text(encoding="utf-8")
    more = write(tmp_path / "b.csv", [LISTED[2], OTHERS[0], LISTED[0], OTHERS[6], LISTED[1]])
    told = rescreen(again, parties=more, as_of="2026-11-29", store=store).table.to_pylist()
    told = [(r["change"], r["kind"], r["party"], r["as_of_before"]) for r in told]
    assert told == [("new", kind, LISTED[1], "2026-11-28") for kind in ("listing", "region")]


def test_a_flag_of_then_is_in_the_record_and_one_of_a_row_that_was_added(tmp_path):
    store, file = tmp_path / "store", tmp_path / "a.csv"
    file.write_text("supplier,address\nAlder Trading,Urumqi\nBirch Trading,Leeds\n", encoding="utf-8")
    screen(file, lists=["uflpa"], as_of=DAY, out=tmp_path / "hits.json", store=store)
    text = file.read_text(encoding="utf-8").replace("supplier,address\n", "supplier,address\nCedar Trading,Kashgar\n")
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    page = tmp_path / "record.html"
    rescreen(tmp_path / "hits.json", parties=tmp_path / "b.csv", as_of=DAY, record=page, store=store)
    said = " ".join(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")).split())
    assert "Flags for the region (2)" in said
    assert "Annex: neither match nor flag (1)" in said


def test_a_list_that_is_too_old_stops_it_and_nothing_is_written(then, tmp_path):
    (then / "store" / "settings.toml").write_text("max_age = 0", encoding="utf-8")
    try:
        with pytest.raises(BadInputError, match=r"max_age of settings\.toml"):
            rescreen(then / "hits.json", as_of="2027-06-01", record=tmp_path / "r.html", store=then / "store")
    finally:
        (then / "store" / "settings.toml").unlink()
    assert not (tmp_path / "r.html").exists()


# Suppliers as they stood in one month and in the next: number, name, street, city, country.
JULY = (
    "1,Alder Bearings Ltd,7 Canal Street,Leeds,GB",
    "2,Birch Yarns,4 Renmin Road,Kashgar,CN",
    "3,Cedar Spinning,1 Youhao Road,Urumqi,CN",
    "4,Elder Tools,9 Hauptstr.,Bonn,DE",
    "5,Hazel Mills,2 Yingbin Road,Aksu,CN",
)


def suppliers(path, rows):
    path.write_text("\n".join(("No,Name,Street,City,Country", *rows)) + "\n", encoding="utf-8")
    return path


def beside(path, store):
    found = screen(path, as_of=DAY, store=store).table.to_pylist()
    told = {(m["row"], m["party"], m["place_id"], m["list_id"]) for m in found if m["kind"] in ("part", "region")}
    return Counter((party, name or place) for _, party, place, name in told)


@pytest.mark.parametrize(
    ("rows", "new", "vanished", "changed"),
    [
        ([*JULY], 0, 0, 0),
        ([JULY[4], *JULY[:4]], 0, 0, 0),  # another order alone
        ([JULY[0].replace("7 Canal Street,Leeds,GB", "3 Xinhua Road,Korla,CN"), *JULY[1:]], 1, 0, 0),  # moved there
        ([*JULY[:2], JULY[2].replace("1 Youhao Road,Urumqi", "8 Dongfeng Road,Wuhan"), *JULY[3:]], 0, 1, 0),  # away
        ([*JULY[:2], JULY[2].replace("1 Youhao", "5 Youhao"), *JULY[3:]], 0, 0, 1),  # another house of the same town
        ([JULY[0], *JULY[2:]], 0, 1, 0),  # one taken out: the next stands in its row, and is no change of it
        ([*JULY[:3], "4,XPCC Tenth Division,9 Hauptstr.,Bonn,", JULY[4]], 4, 0, 0),  # three listings, and the place
    ],
)
def test_flags_and_parts_are_told_as_two_screenings_in_full_differ(tmp_path, rows, new, vanished, changed):
    store, out = tmp_path / "store", tmp_path / "july.csv"
    screen(suppliers(tmp_path / "a.csv", JULY), as_of=DAY, out=out, store=store)
    file = suppliers(tmp_path / "b.csv", rows)
    found = rescreen(out, parties=file, as_of=DAY, store=store)
    told = found.table.to_pylist()
    assert {r["kind"] for r in told} <= {"part", "region"}
    assert Counter(r["change"] for r in told) == +Counter(new=new, vanished=vanished, changed=changed)
    before, now = beside(tmp_path / "a.csv", store), beside(file, store)
    named = Counter((r["party"], r["entity_id"] if r["kind"] == "region" else r["list_id"]) for r in told
                    if r["change"] == "new")  # fmt: skip
    assert named == now - before
    assert found.alerts == new + changed
    assert f"{new} new, {vanished} vanished, {changed} changed" in " ".join(found.notes)
    flags = sum(r["kind"] == "region" for r in told)
    assert (f"{flags} flag" in " ".join(found.notes)) is bool(flags)


def test_a_whole_that_comes_on_a_list_has_its_parts_told(tmp_path, run_cli):
    """The corps stood on OFAC's list from 2020-07-31, and on that of the order of 2020-11-30."""
    out, store = tmp_path / "then.json", tmp_path / "store"
    file = suppliers(tmp_path / "a.csv", ["1,XPCC Fourth Division,,Yining,CN", "2,Rowan Paper,,Leeds,GB"])
    screen(file, as_of="2020-08-15", out=out, store=store)
    told = rescreen(out, as_of="2020-12-15", store=store).table.to_pylist()
    assert [(r["change"], r["kind"], r["list_id"], r["row"]) for r in told] == [("new", "part", "cbp-wro", 2)]
    assert told[0]["details"][0].startswith("The name: ")
    assert "The entity is new on the list." in told[0]["details"]
    back = tmp_path / "back.json"
    screen(file, as_of="2020-12-15", out=back, store=store)
    gone = rescreen(back, as_of="2020-08-15", store=store).table.to_pylist()
    assert [(r["change"], r["kind"], r["list_id"]) for r in gone] == [("vanished", "part", "cbp-wro")]


def test_results_that_the_store_does_not_know_have_their_flags_compared(tmp_path):
    """Only names of then are known: whoever is flagged now, or was then, is held against all names."""
    store, out = tmp_path / "store", tmp_path / "then.json"
    rows = [*JULY, f"6,{LISTED[2]},,Zhuhai,CN"]
    screen(suppliers(tmp_path / "a.csv", rows), lists=["uflpa"], as_of=DAY, out=out, store=store)
    file = suppliers(tmp_path / "b.csv", [rows[0].replace("Leeds,GB", "Turpan,CN"), *rows[1:]])
    copy = tmp_path / "copy.json"
    copy.write_text(out.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    told = rescreen(copy, parties=file, lists=["uflpa"], as_of=DAY, store=store).table.to_pylist()
    assert [(r["change"], r["kind"], r["listed_name"]) for r in told] == [("new", "region", "Turpan")]
    same = rescreen(copy, parties=tmp_path / "a.csv", lists=["uflpa"], as_of=DAY, store=store)
    assert same.num_rows == 0


_VENDORS = [
    f"V1,{LISTED[0]},Hauptstr. 8,Leeds,GB",
    f"V2,{OTHERS[0]},Mill Lane 3,Leeds,GB",
    f"V3,{LISTED[1]},Kai 1,Zürich,CH",
]


def vendors(path, headings, order=(0, 1, 2, 3, 4), change=lambda text: text):
    rows = [headings.split(","), *(change(r).split(",") for r in _VENDORS)]
    path.write_text("".join(",".join(r[i] for i in order) + "\n" for r in rows), encoding="utf-8")
    return path


_HEADINGS = "LIFNR,NAME1,STRAS,ORT01,LAND1"
_ENGLISH = "Supplier No,Supplier Name,Street,City,Country"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((_ENGLISH,), "Columns of parties with another heading now: Supplier Name (then NAME1)."),
        ((_ENGLISH, (4, 1, 0, 3, 2)), "Columns of parties with another heading now: Supplier Name (then NAME1)."),
        ((_HEADINGS, (3, 2, 4, 1, 0)), "say what they said then: 3;"),
        ((_HEADINGS, (0, 1, 2, 3, 4), lambda t: unicodedata.normalize("NFD", t)), "say what they said then: 3;"),
        (
            (_HEADINGS, (0, 1, 2, 3, 4), lambda t: t.replace(",GB", ",United Kingdom").replace(",CH", ",CHE")),
            "say what they said then: 3;",
        ),
        ((_HEADINGS, (1, 2, 3, 4)), "2 parties that met something then had numbers of their own and have none now"),
    ],
    ids=["renamed", "renamed and moved", "moved", "decomposed", "countries by name", "without numbers"],
)
def test_a_file_that_says_the_same_otherwise_has_no_changes(tmp_path, given, said):
    store, out = tmp_path / "store", tmp_path / "hits.json"
    screen(vendors(tmp_path / "a.csv", _HEADINGS), lists=["uflpa"], as_of=DAY, out=out, store=store)
    told = rescreen(out, parties=vendors(tmp_path / "b.csv", *given), as_of=DAY, store=store)
    assert told.table.num_rows == 0
    assert said in " ".join(told.notes)


@pytest.mark.parametrize(
    "change",
    [("Hauptstr. 8", "Hauptstr. 9"), ("Hauptstr. 8,Leeds", "Leeds 8,Hauptstr."), ("GB", "FR"), (LISTED[0], OTHERS[3])],
)
def test_a_file_with_other_headings_that_says_something_else_has_its_changes(tmp_path, change):
    store, out = tmp_path / "store", tmp_path / "hits.json"
    screen(vendors(tmp_path / "a.csv", _HEADINGS), lists=["uflpa"], as_of=DAY, out=out, store=store)
    file = vendors(tmp_path / "b.csv", _ENGLISH, change=lambda text: text.replace(*change))
    told = rescreen(out, parties=file, as_of=DAY, store=store)
    assert {r["party"] for r in told.table.to_pylist()} >= {LISTED[0]}
    assert "Supplier Name (then NAME1)" in " ".join(told.notes)


def test_digests_before_countries_were_read_by_their_codes_are_met(tmp_path):
    party = Party(1, "NAME1", LISTED[0], "GB", "Hauptstr. 8, Leeds", None)
    said = ("NAME1", LISTED[0], "GB", "Hauptstr. 8, Leeds", None, None, "any", [], [], [])
    # Parts of an address stand in an order of their own there, which for this one is the same.
    digest = hashlib.blake2b(json.dumps(said, ensure_ascii=False).encode(), digest_size=8).digest()
    then = "alike:" + base64.b64encode(struct.pack("<8sI", digest, 1)).decode()
    assert moves(then, [(1, "NAME1")], [party], b"k").now == {(1, "NAME1"): (1, "NAME1")}


def test_a_store_of_an_earlier_release_knows_a_column_under_another_heading(tmp_path):
    """Digests of then have no mark before them, and are of the letters as they stood."""
    older = [Party(1, "NAME1", LISTED[0], "GB", "Hauptstr. 8, Leeds", None)]
    said = ("NAME1", LISTED[0], "GB", "Hauptstr. 8, Leeds", None, None, "any", (), [], [])
    digest = hashlib.blake2b(json.dumps(said, ensure_ascii=False).encode(), digest_size=8).digest()
    then = base64.b64encode(struct.pack("<8sI", digest, 1)).decode()
    now = [replace(older[0], column="Supplier Name", row=4)]
    found = moves(then, [(1, "NAME1")], now, b"k", ["Supplier Name"])
    assert found.now == {(1, "NAME1"): (4, "Supplier Name")}
    assert found.renamed == {"NAME1": "Supplier Name"}


@pytest.mark.parametrize(("then", "now", "said"), [("cp1252", "utf-8", ""), ("utf-8", "cp1252", "cp1252")])
def test_next_months_file_in_another_encoding_is_read_by_its_own(tmp_path, then, now, said):
    # An export of May that comes as UTF-8 after one of April in the encoding of Windows: the names are the same.
    parties, store = (
        ["Müller Trading", "Société Alder", "Łódź Mill".replace("Ł", "L").replace("ź", "z")],
        tmp_path / "s",
    )
    (tmp_path / "a.csv").write_text("supplier,country\n" + "".join(f"{n},CN\n" for n in parties), encoding=then)
    as_said = {"encoding": then} if then != "utf-8" else {}
    screen(tmp_path / "a.csv", lists=["uflpa"], as_of=DAY, out=tmp_path / "hits.json", store=store, **as_said)
    rows = [*parties, "Ninestar Corporation Zoë"]
    (tmp_path / "b.csv").write_text("supplier,country\n" + "".join(f"{n},CN\n" for n in rows), encoding=now)
    told = rescreen(tmp_path / "hits.json", parties=tmp_path / "b.csv", as_of=DAY, encoding=said, store=store)
    assert {(r["change"], r["party"]) for r in told.table.to_pylist()} == {("new", "Ninestar Corporation Zoë")}
    assert any("say what they said then: 3;" in note for note in told.notes)
    # The file of then is read as it was, whatever is said of another.
    again = rescreen(tmp_path / "hits.json", parties=tmp_path / "a.csv", as_of=DAY, encoding=said, store=store)
    assert not again.table.num_rows
