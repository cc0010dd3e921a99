"""A vendor file to which rows were added, screened again: what is told is what two screenings in full differ by."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

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
    return Counter((m["party"], m["entity_id"]) for m in found if m["kind"] == "listing")


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
    assert all("added, changed or taken out" in r["details"][0] for r in told)


def test_of_many_parties_the_changed_ones_alone_are_held_against_all_names(tmp_path):
    store, names = tmp_path / "store", [f"{a} {b} {n}" for n in range(60) for a in OTHERS for b in OTHERS[:4]]
    file = write(tmp_path / "a.csv", [*names, LISTED[0]])
    screen(file, lists=["uflpa"], as_of=DAY, out=tmp_path / "hits.json", store=store)
    more = write(tmp_path / "b.csv", [*names, LISTED[0], LISTED[1], *(f"Newcomer {n} Works" for n in range(5))])
    told = rescreen(tmp_path / "hits.json", parties=more, as_of=DAY, store=store)
    assert [(r["change"], r["party"]) for r in told.table.to_pylist()] == [("new", LISTED[1])]
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
    assert [(r["change"], r["party"], r["as_of_before"]) for r in told] == [("new", LISTED[1], "2026-11-28")]


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
