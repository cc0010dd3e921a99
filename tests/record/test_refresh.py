"""The record refreshed from pages on this machine: what changes, what is refused, what a run that ends early leaves."""

from __future__ import annotations

import csv
import gzip
import html
import os
import re
import threading
import time
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

import pytest

from entrepot.core import store
from entrepot.core.errors import BadInputError, FailedFetchError, StoreError, UnknownNameError, UnreadableFileError
from entrepot.desk import refresh as desk_refresh
from entrepot.desk.desk import Desk
from entrepot.desk.store_check import store_check
from entrepot.lists import shelf
from entrepot.lists.required import refuse_old
from entrepot.record import embedded
from entrepot.record.layers import record_of
from entrepot.record.renewal import renew_record as renewal
from entrepot.sources import record_versions

TODAY = "2026-11-27"
NEW = "Gulmira Silicon (Nowhere) Co., Ltd."


def packaged(name):
    """A packaged table, read by the csv module alone."""
    packed = files("entrepot.lists").joinpath("data", f"{name}.csv.gz").read_bytes()
    return list(csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()))


LISTED = [
    (r["name"], r["section"].split("; "), r["valid_from"]) for r in packaged("listings") if r["list_id"] == "uflpa"
]
OFAC = [r for r in packaged("listings") if r["list_id"] == "ofac-xinjiang"]


def page(entries, *, headings=("Name of Entity", "Effective Date"), title="Section 2(d)(2)(B)({})"):
    """A page of the publisher in its layout: a table a section, headed by the section's number."""
    out = ["<!DOCTYPE html><html><body><h1>UFLPA Entity List</h1>"]
    for section in ("i", "ii", "iv", "v"):
        rows = [(n, date.fromisoformat(d)) for n, sections, d in entries if section in sections]
        if rows:
            out.append(f"<p>{title.format(section)}</p><table><tr><th>{headings[0]}</th><th>{headings[1]}</th></tr>")
            out += [f"<tr><td>{html.escape(n)}</td><td>{d:%B} {d.day}, {d.year}</td></tr>" for n, d in rows]
            out.append("</table>")
    return "\n".join([*out, "<p>Last Updated: 08/03/2026</p></body></html>"])


@pytest.fixture(autouse=True)
def a_day(monkeypatch):
    monkeypatch.setattr(desk_refresh, "day_of", lambda given: date.fromisoformat(str(given or TODAY)))


def as_saved(path, day=TODAY):
    """The path of a file that a person has saved on a day, whenever the test runs."""
    noon = time.mktime(time.strptime(f"{day} 12", "%Y-%m-%d %H"))
    os.utime(path, (noon, noon))
    return str(path)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path / "store")


@pytest.fixture
def saved(tmp_path):
    """Gives the path of a page with these entries, as a person has saved it on a day."""

    def save(entries, day=TODAY, **how):
        path = tmp_path / "uflpa-entity-list.html"
        path.write_text(page(entries, **how), encoding="utf-8")
        return as_saved(path, day)

    return save


@contextmanager
def serving(pages, *, status=200, cut=False):
    """A server on this machine with these files by their paths; `cut` breaks off midway."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            body = pages.get(self.path, b"")
            self.send_response(status if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "text/html" if self.path.endswith(".html") else "text/csv")
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def changed(done, table="listings"):
    return {(r["change"], r["name"]) for r in done.to_pylist() if r["table"] == table}


def names(record):
    rows = record.tables["listings"].to_pylist()
    return {r["name"] for r in rows if r["list_id"] == "uflpa" and not r["valid_to"]}


def test_the_page_as_the_record_has_it_adds_nobody_and_takes_nobody_off(desk, saved):
    done = desk.refresh(["dhs-uflpa"], source=saved(LISTED), yes=True)
    alone = {r["name"] for r in packaged("listings") if r["name_basis"] == "one_copy"}
    assert changed(done) == {("changed", name) for name in alone}
    assert {r["table"] for r in done.to_pylist()} == {"listings"}
    assert names(record_of(desk.store)) == {name for name, _, _ in LISTED}


def test_who_came_and_who_went_stand_in_the_record_and_in_screening(desk, saved):
    *stay, gone = LISTED
    entries = [*stay, (f"{NEW} (including one alias: Gulmira Industry)", ["ii", "v"], "2026-11-20")]
    done = desk.refresh(["dhs-uflpa"], source=saved(entries), yes=True)
    assert changed(done) >= {("gone", gone[0]), ("added", NEW)}
    found = record_of(desk.store)
    assert names(found) == {name for name, _, _ in stay} | {NEW}
    (row,) = [r for r in found.tables["listings"].to_pylist() if r["name"] == NEW]
    assert (row["valid_from"], row["section"], row["name_basis"]) == ("2026-11-20", ["ii", "v"], "page")
    notices = [(r["date"], r["added"], r["removed"], r["total_entities"]) for r in found.tables["batches"].to_pylist()]
    assert notices[-2:] == [("2026-11-20", 1, 0, len(LISTED) + 1), (TODAY, 0, 1, len(LISTED))]
    assert {n.text for n in _in_force(desk, TODAY) if n.entity_id == row["entity_id"]} == {NEW, "Gulmira Industry"}
    assert row["entity_id"] not in {n.entity_id for n in _in_force(desk, "2026-11-19")}


def test_the_package_and_the_version_before_stay_as_they_are(desk, saved):
    packaged_rows = desk.record("listings").to_pylist()
    desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1], day="2026-11-20"), yes=True)
    first = desk.record("listings").to_pylist()
    desk.refresh(["dhs-uflpa"], source=saved([*LISTED[:-1], (NEW, ["v"], "2026-11-25")]), yes=True)
    assert [r["version"] for r in desk.record_versions().to_pylist()] == ["2026-11-20", TODAY]
    assert desk.record("listings", record_version="2026-11-20").to_pylist() == first
    assert desk.record("listings", record_version="packaged").to_pylist() == packaged_rows
    assert embedded.load().tables["listings"].to_pylist() == packaged_rows
    with pytest.raises(UnknownNameError, match="2026-11-20"):
        desk.record("listings", record_version="2026-11-21")
    desk.forget([TODAY])
    assert desk.record("listings").to_pylist() == first
    desk.forget(["2026-11-20"])
    assert record_of(desk.store) is embedded.load()


def test_the_same_page_on_the_same_day_is_no_new_version(desk, saved):
    desk.refresh(["dhs-uflpa"], source=saved(LISTED), yes=True)
    again = desk.refresh(["dhs-uflpa"], source=saved(LISTED), yes=True)
    assert again.row is None
    assert again.notes[-1].endswith("it was read that day already.")
    assert desk.record_versions().num_rows == 1


def test_a_party_that_stands_in_a_sentence_of_another_row_is_not_gone(desk, saved):
    *stay, named = LISTED
    stay[0] = (f"{stay[0][0]} and its two subsidiaries, {named[0]} and another", *stay[0][1:])
    done = desk.refresh(["dhs-uflpa"], source=saved(stay), yes=True)
    assert not {c for c, _ in changed(done)} & {"gone", "added"}


def test_a_party_that_is_renamed_is_the_same_party(desk, saved):
    (old, sections, day), *rest = LISTED
    entries = [(f"New {NEW} (formerly known as {old})", sections, "2026-11-20"), *rest]
    done = desk.refresh(["dhs-uflpa"], source=saved(entries), yes=True)
    assert ("changed", f"New {NEW}") in changed(done)
    assert not {c for c, _ in changed(done)} & {"gone", "added"}
    (row,) = [r for r in record_of(desk.store).tables["listings"].to_pylist() if r["name"] == f"New {NEW}"]
    assert row["valid_from"] == day
    past = {n.listed_name for n in _in_force(desk, "2026-11-01")}
    now = {n.listed_name for n in _in_force(desk, TODAY)}
    assert (old in past, old in now, f"New {NEW}" in past, f"New {NEW}" in now) == (True, False, False, True)


def test_a_row_of_its_own_is_no_other_name_of_a_party_with_a_row_of_its_own(desk, saved):
    """The record has the name as an alias; the page lists it by itself, beside the party: it is listed too."""
    alias = next(r["value"] for r in packaged("membership") if r["what"] == "alias" and r["value"].isascii())
    for row in (alias, f"{NEW} (also known as {LISTED[0][0]})"):
        done = desk.refresh(["dhs-uflpa"], source=saved([*LISTED, (row, ["v"], "2026-11-20")]))
        assert ("added", row.partition(" (also")[0]) in changed(done)
        assert not any("renamed" in said for r in done.to_pylist() for said in r["details"] or ())


def _in_force(desk, day):
    from entrepot.lists.in_force import names_in_force

    then = date.fromisoformat(day)
    return names_in_force(shelf.listings(desk.store, ("uflpa",), then), ("uflpa",), then)


def test_a_screening_of_a_past_day_is_done_again_to_the_letter(desk, saved):
    """Of who stood on one copy alone the doubt is gone, and with it a remark: all else is as it was."""
    alone = {r["entity_id"] for r in packaged("listings") if r["name_basis"] == "one_copy"}

    def that_day():
        found = _in_force(desk, "2026-10-01")
        return {n for n in found if n.entity_id not in alone}, {(n.entity_id, n.text) for n in found}

    before = that_day()
    entries = [(f"{n} (including one alias: Alias of {i})", s, d) for i, (n, s, d) in enumerate(LISTED[:-1])]
    desk.refresh(["dhs-uflpa"], source=saved([*entries, (NEW, ["v"], "2026-11-20")]), yes=True)
    assert that_day() == before
    assert sum("Alias of" in n.text for n in _in_force(desk, TODAY)) == len(entries)


def test_a_page_that_lost_half_its_rows_is_refused_unless_that_is_said(desk, saved):
    half = LISTED[: len(LISTED) // 2 - 1]
    with pytest.raises(BadInputError, match=rf"has {len(half)} of the {len(LISTED)} parties"):
        desk.refresh(["dhs-uflpa"], source=saved(half), yes=True)
    assert record_of(desk.store) is embedded.load()
    done = desk.refresh(["dhs-uflpa"], source=saved(half), accept_loss=True, yes=True)
    assert sum(c == "gone" for c, _ in changed(done)) == len(LISTED) - len(half)


@pytest.mark.parametrize(
    ("how", "said", "allowed"),
    [
        ({"headings": ("Firm", "Day")}, "a table is headed 'firm, day'", "Name of Entity, Effective Date"),
        ({"title": "Entities"}, "no section of the Act stands above a table", r"Section 2\(d\)\(2\)\(B\)"),
    ],
)
def test_a_page_in_another_layout_says_what_was_looked_for(desk, saved, how, said, allowed):
    path = saved(LISTED, **how)
    with pytest.raises(UnreadableFileError, match=said) as raised:
        desk.refresh(["dhs-uflpa"], source=path, yes=True)
    assert raised.match(allowed)
    assert raised.match("The record is as it was")
    assert raised.match(re.escape(path))


def test_what_is_fetched_in_another_layout_is_named_by_its_address(desk):
    with serving({"/list.html": page(LISTED, title="Entities").encode()}) as address:
        with pytest.raises(FailedFetchError, match=r"no section of the Act .* this release cannot read it") as raised:
            desk.refresh(["dhs-uflpa"], source=f"{address}/list.html", yes=True)
        assert raised.match(address)


def _cut_at_a_row(whole):
    """Behind the row that ends nearest to 70 % of the page: every row that is left is whole."""
    return whole[: whole.rindex("</tr>", 0, int(0.7 * len(whole))) + len("</tr>")]


@pytest.mark.parametrize(
    "cut",
    [
        _cut_at_a_row,
        lambda whole: _cut_at_a_row(whole) + "</table>",
        lambda whole: whole[: int(0.7 * len(whole))],
        lambda whole: whole.replace("</body></html>", ""),
        lambda whole: whole[::-1].replace("</table>"[::-1], "", 1)[::-1],
    ],
    ids=["at a row", "at a table", "within a row", "its end alone", "a table left open"],
)
def test_a_page_without_its_end_is_refused_and_the_file_is_named(desk, saved, cut):
    """A reader of pages closes what is open: who stood below the cut would be taken off the list."""
    path = Path(saved(LISTED))
    path.write_text(cut(path.read_text(encoding="utf-8")), encoding="utf-8")
    as_saved(path)
    with pytest.raises(UnreadableFileError, match=r"cut|not closed") as raised:
        desk.refresh(["dhs-uflpa"], source=str(path), yes=True)
    assert raised.match(re.escape(str(path)))
    assert "dhs.gov" not in str(raised.value)
    assert "this release" not in str(raised.value)
    assert record_of(desk.store) is embedded.load()


@pytest.mark.parametrize("lost", [6, 93])
def test_a_page_that_lost_more_than_a_few_parties_is_refused_with_their_names(desk, saved, lost):
    """93 of 187 is what a page of half the list lacks: it took them off the record without a word."""
    said = rf"{len(LISTED) - lost} of the {len(LISTED)} parties.*--accept-loss"
    with pytest.raises(BadInputError, match=said) as raised:
        desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-lost]), yes=True)
    named = [name for name, _, _ in LISTED[-lost:] if name in str(raised.value)]
    assert len(named) == min(lost, 20)
    assert record_of(desk.store) is embedded.load()


@pytest.mark.parametrize("lost", [0, 1, 3])
def test_how_many_are_gone_is_said_always(desk, saved, lost):
    entries = [*LISTED[: len(LISTED) - lost], (NEW, ["v"], "2026-11-20")]
    done = desk.refresh(["dhs-uflpa"], source=saved(entries), yes=True)
    words = f"Not on the page are {lost} of the {len(LISTED)}" if lost else f"On the page are all {len(LISTED)}"
    (said,) = [note for note in done.notes if f"{words} parties" in note]
    assert all(name in said for name, _, _ in LISTED[len(LISTED) - lost :])


def test_who_ends_is_named_before_the_question(desk, saved):
    shown = []
    desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-5]), ask=lambda found: shown.extend(found.notes))
    (said,) = [note for note in shown if "this version ends them" in note]
    assert f"5 of the {len(LISTED)} parties" in said
    assert all(name in said for name, _, _ in LISTED[-5:])


def test_a_page_is_fetched_from_where_the_configuration_says(desk, tmp_path, monkeypatch):
    with serving({"/list.html": page([*LISTED, (NEW, ["v"], "2026-11-20")]).encode()}) as address:
        (config := tmp_path / "addresses.toml").write_text(f'[dhs-uflpa]\n"list.html" = "{address}/list.html"\n')
        monkeypatch.setenv("ENTREPOT_ADDRESSES", str(config))
        done = desk.refresh(["dhs-uflpa"], yes=True)
    assert ("added", NEW) in changed(done)
    (source,) = [s for s in desk.record("sources").to_pylist() if s["retrieved"] == TODAY]
    assert source["url"] == f"{address}/list.html"


@pytest.mark.parametrize("how", [{"status": 403}, {"status": 404}, {"cut": True}])
def test_a_page_that_does_not_come_whole_changes_nothing(desk, how):
    with serving({"/list.html": page(LISTED).encode()}, **how) as address:
        wanted = renewal.Wanted(source=f"{address}/list.html", limits=renewal.fetching.Limits(attempts=1))
        asked = renewal.Asked(TODAY, f"{address}/list.html", wanted=wanted)
        with pytest.raises(FailedFetchError, match="Save the page by hand"):
            renewal.proposal(desk.store, renewal.chosen(["dhs-uflpa"]), asked)
    assert not store.is_there(desk.store)


def test_nothing_is_written_without_a_yes(desk, saved):
    done = desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1]))
    assert done.row is None
    assert "Nothing is written" in done.notes[-1]
    asked = []
    desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1]), ask=lambda shown: asked.append(shown.num_rows) or False)
    assert asked == [done.num_rows]
    assert record_of(desk.store) is embedded.load()


@pytest.mark.parametrize("step", [1, 3, -1])
def test_a_run_that_is_cut_off_while_it_writes_leaves_everything_as_it_was(desk, saved, monkeypatch, step):
    """It is ended at the first hash that a version needs, after its row was put, and before its last table."""
    desk.refresh(["dhs-uflpa"], source=saved(LISTED, day="2026-11-20"), yes=True)
    held = desk.record("listings").to_pylist()
    whole, left = record_versions.digest, [step if step > 0 else 2 * len(TABLES)]

    def cut_off(said, *digits):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return whole(said, *digits)

    with monkeypatch.context() as patch:
        patch.setattr(renewal.record_versions, "keep", _cut_off_in_keep(cut_off, patch))
        with pytest.raises(KeyboardInterrupt):
            desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1]), yes=True)
    assert desk.record("listings").to_pylist() == held
    assert desk.record_versions().num_rows == 1
    assert {r["state"] for r in store_check(Path(desk.store)).to_pylist()} == {"fine"}


TABLES = ("batches", "listings", "membership", "sources")  # what such a version brings


def _cut_off_in_keep(cut_off, patch):
    keep = record_versions.keep

    def kept(*given):
        patch.setattr(record_versions, "digest", cut_off)  # not before: reading the version that is held hashes too
        return keep(*given)

    return kept


def test_another_run_in_between_is_seen(desk, saved):
    desk.refresh(["dhs-uflpa"], source=saved(LISTED, day="2026-11-20"), yes=True)

    def meanwhile(_):
        path = saved(LISTED[:-2], day="2026-11-22")
        return desk.refresh(["dhs-uflpa"], source=path, yes=True) is not None

    with pytest.raises(StoreError, match="another run has refreshed"):
        desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1], day="2026-11-21"), ask=meanwhile)


def test_a_version_over_another_release_is_not_used_and_that_is_said(desk, saved, monkeypatch):
    desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1]), yes=True)
    monkeypatch.setattr(record_versions, "base_of", lambda part: f"another {part.file}")
    found = desk.record("listings")
    assert found.num_rows == len(packaged("listings"))
    assert "refreshed on 2026-11-27, over another release's" in found.notes[0]
    assert any("over another release's" in note for note in shelf.listings(desk.store, (), date(2026, 11, 27)).notes)


def test_a_version_that_somebody_changed_is_refused(desk, saved):
    desk.refresh(["dhs-uflpa"], source=saved(LISTED[:-1]), yes=True)
    with store.opened(Path(desk.store)) as con:
        con.execute("UPDATE record_tables SET content = 'eA==' WHERE \"table\" = 'listings'")
    with pytest.raises(StoreError, match="not what was written"):
        desk.record("listings")
    assert "wrong" in {r["state"] for r in store_check(Path(desk.store)).to_pylist()}


def sdn(rows, aliases=()):
    """OFAC's files as it publishes them: no headings, `-0-` for an empty cell."""
    blank = "-0- "
    main = "".join(f'{uid},"{name}",{kind},"GLOMAG",{",".join([blank] * 8)}\r\n' for uid, name, kind in rows)
    alt = "".join(f'{uid},{n},"aka","{name}","{blank}"\r\n' for n, (uid, name) in enumerate(aliases, 1))
    add = "".join(
        f'{uid},{n},"{blank}","Urumqi, Xinjiang","China","{blank}"\r\n' for n, (uid, _, _) in enumerate(rows, 1)
    )
    end = "\x1a"
    return {
        "/sdn.csv": main + end,
        "/alt.csv": alt + end,
        "/add.csv": add + end,
        "/sdn_comments.csv": f'{rows[0][0]},"Gender Male"\r\n{end}',
    }


def test_designations_are_held_against_the_sdn_list(desk):
    gone, *stay = OFAC
    kinds = {"person": "individual"}
    rows = [(r["list_entry_id"], r["name"], kinds.get(r["kind"], "-0- ")) for r in stay]
    rows.append(("99999", "OTARBAY TRADING", "-0- "))
    pages = {path: text.encode() for path, text in sdn(rows, [(stay[0]["list_entry_id"], "GULMIRA, Aman")]).items()}
    with serving(pages) as address:
        done = desk.refresh(["ofac-sdn"], source=f"{address}/", yes=True)
    assert changed(done) == {("gone", gone["name"])}
    assert [r["details"] for r in done.to_pylist() if r["change"] == "added"] == [[f"alias GULMIRA, Aman from {TODAY}"]]
    assert any("OTARBAY TRADING (99999)" in note for note in done.notes)


HEADINGS = ["Area", "Date", "Commodity code", "Commodity type", "Amount (USD)", "Amount (kg)", "Capacity (MW)"]


def monthly(path, lines, headings=HEADINGS):
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings, *lines])
    return as_saved(path)


@pytest.mark.shared
def test_embers_months_add_up_to_the_quarters_of_the_record(desk, shared):
    """The published file, of which the record's quarters were made by another script, changes no row."""
    file = shared / "data" / "trade" / "ember_china_solar_exports_monthly.csv.gz"
    done = desk.refresh(["ember"], source=str(file), on=TODAY, yes=True)
    assert done.num_rows == 0


def test_a_quarter_is_the_sum_of_its_months_and_one_that_lacks_a_month_is_left_out(desk, tmp_path, record):
    held = [r for r in record.tables["flows"].to_pylist() if r["capacity_mw"] is not None]
    lines = [
        [r["partner"], f"{r['period'][:4]}-{3 * int(r['period'][-1]) - at:02d}-01", r["hs"], r["product"], *rest]
        for r in held
        for at, rest in enumerate([(r["value_usd"], r["net_kg"], r["capacity_mw"]), (0, 0, 0), (0, 0, 0)])
    ]
    new = [["Kazakhstan", f"2025-{m}-01", "85414300", "Panels", 100, 10, 0.5] for m in ("10", "11", "12")]
    new += [["Kazakhstan", "2026-01-01", "85414300", "Panels", 100, 10, 0.5]]
    path = monthly(tmp_path / "ember.csv", lines + new)
    with pytest.raises(BadInputError, match=r"Wafers to .*--accept-loss"):  # those whose capacity is unknown
        desk.refresh(["ember"], source=path, yes=True)
    done = desk.refresh(["ember"], source=path, yes=True, accept_loss=True)
    added = [r for r in done.to_pylist() if r["change"] == "added"]
    assert [(r["key"], r["details"]) for r in added] == [("F-KAZ-85414300-2025-Q4", ["USD 300"])]
    assert any("a month is missing: 2026-Q1" in note for note in done.notes)
    (row,) = [r for r in desk.record("flows").to_pylist() if r["id"] == "F-KAZ-85414300-2025-Q4"]
    assert (row["net_kg"], row["capacity_mw"], row["months_reported"]) == (30, 1.5, 3)


def test_embers_file_is_refused_with_what_was_looked_for(desk, tmp_path):
    with pytest.raises(UnreadableFileError, match=r"Amount \(kg\) is not there"):
        desk.refresh(
            ["ember"], source=monthly(tmp_path / "e.csv", [], [h for h in HEADINGS if h != "Amount (kg)"]), yes=True
        )
    line = ["Kazakhstan", "2025-10-01", "85414300", "Panels", "many", 10, 0.5]
    with pytest.raises(UnreadableFileError, match="line 2"):
        desk.refresh(["ember"], source=monthly(tmp_path / "e.csv", [line]), yes=True)
    lines = [["Kazakhstan", f"2025-{m}-01", "85414300", "Panels", 100, 10, 0.5] for m in ("10", "11", "12")]
    with pytest.raises(BadInputError, match="flows that the record holds"):
        desk.refresh(["ember"], source=monthly(tmp_path / "e.csv", lines), yes=True)
    with pytest.raises(BadInputError, match="no address of the publisher is known"):
        desk.refresh(["ember"])


def test_publishers_that_no_table_rests_on_are_named(desk):
    with pytest.raises(UnknownNameError, match="entrepot fetch un"):
        desk.refresh(["un"])
    with pytest.raises(BadInputError, match="several publishers"):
        desk.refresh([], source="page.html")
    with pytest.raises(BadInputError, match="is of today"):
        desk.refresh(["dhs-uflpa"], on="2026-01-01")


def test_a_list_that_was_read_today_is_not_old_for_screening(desk, saved):
    day = date.fromisoformat(TODAY)
    old = shelf.searched(desk.store, ("uflpa",), day).coverage
    with pytest.raises(BadInputError, match="uflpa is of 2026-08-03"):
        refuse_old(old, day, 30)
    *stay, _ = LISTED
    desk.refresh(["dhs-uflpa"], source=saved([*stay, (NEW, ["v"], "2026-11-20")]), yes=True)
    (row,) = shelf.searched(desk.store, ("uflpa",), day).coverage
    assert (row["list_as_of"], refuse_old([row], day, 30)) == (TODAY, [])
    parts = [int(n) for n in re.findall(r"(\d+) from ", row["sentence"])]
    assert sum(parts) == row["entities_held"] == len(LISTED)
    (then,) = shelf.searched(desk.store, ("uflpa",), date(2026, 10, 1)).coverage
    assert then["list_as_of"] == "2026-08-03"


def test_a_new_party_has_its_page_in_its_profile(desk, saved):
    desk.refresh(["dhs-uflpa"], source=saved([*LISTED, (NEW, ["v"], "2026-11-20")]), yes=True)
    (row,) = [r for r in desk.record("listings").to_pylist() if r["name"] == NEW]
    said = desk.show_listed(row["entity_id"]).to_pylist()
    assert ("source", "DHS, UFLPA Entity List, as read on 2026-11-27 (US public domain)") in {
        (r["what"], r["value"]) for r in said
    }


def test_a_brief_shows_the_refreshed_list_with_its_day(desk, saved):
    from entrepot.brief.compose import brief
    from entrepot.brief.report import plain_text

    desk.refresh(["dhs-uflpa"], source=saved([*LISTED, (NEW, ["v"], "2026-11-20")]), yes=True)
    report = brief("uflpa", as_of=TODAY, record=record_of(desk.store))
    chapter = next(c for c in report.chapters if c.key == "measure")
    said = " ".join(plain_text(s) for s in chapter.body)
    assert "188 of the 188 listed on 20 November 2026" in said
    assert "It was last read on 27 November 2026. A newer notice" in said
    hit = next(c for c in report.chapters if c.key == "parties")
    assert any(NEW in str(cell) for g in hit.grids for row in g.rows for cell in row)


def test_a_match_of_a_file_of_results_is_explained_by_the_record_of_the_store(desk, saved, tmp_path):
    desk.refresh(["dhs-uflpa"], source=saved([*LISTED, (NEW, ["v"], "2026-11-20")]), yes=True)
    (tmp_path / "parties.csv").write_text(f'name\n"{NEW}"\n', encoding="utf-8")
    desk.screen(tmp_path / "parties.csv", lists=["uflpa"], as_of=TODAY, out=tmp_path / "hits.csv", workers=1)
    with (tmp_path / "hits.csv").open(encoding="utf-8", newline="") as found:
        (match,) = csv.DictReader(found)
    for how in ({}, {"results": tmp_path / "hits.csv"}):
        (one,) = desk.explain(match["match_id"], **how)
        assert [(table, row["name"]) for table, row in one.rows] == [("listings", NEW)]
