"""What was screened stays: read anew it is another screening beside it, and each removal stands in the ledger."""

from __future__ import annotations

import re
import time

import pytest
from tests.server.seen import shown, words_of

from entrepot.desk.desk import Desk
from entrepot.server.page_parts.desk_files import desk_files
from entrepot.server.page_parts.worked_out import forget, worked_out

PARTIES = "supplier,country\nHetian Haolin Hair Accessories,China\nAn Invented Cooperage,France\n"
CONFIRMED = {"act": "screen", "holds-1": "name", "holds-2": "country"}


def screened(client, name, parties, head):
    place = client.post("/desk", files={"file": (name, parties)}, headers=head).headers["location"]
    assert client.post(place, data=CONFIRMED, headers=head).status_code == 303
    assert "<article" in shown(client, place, **head).text
    return place


def bytes_of(file):
    return {p.name: p.read_bytes() for p in file.folder.iterdir() if p.is_file()}


def test_columns_read_anew_are_another_screening_and_nothing_of_the_first_goes(team, bearer, store):
    one, two = bearer("reviewer"), bearer("admin")
    place = screened(team, "march.csv", PARTIES, one)
    file_id = place.rpartition("/")[2]
    (file,) = (f for f in desk_files(Desk(store)) if f.id == file_id)
    before = bytes_of(file)
    assert {"results.json", "columns.csv"} <= set(before)
    assert file.record is not None
    anew = team.post(place, data={"act": "again"}, headers=two).headers["location"]
    assert anew != place
    assert bytes_of(file) == before
    page = team.get(anew, headers=two).text
    assert 'name="holds-1"' in page
    assert "march.csv</bdi> (reading 2)" in page
    # Pressed twice it is still one that waits for its columns.
    assert team.post(place, data={"act": "again"}, headers=one).headers["location"] == anew
    # What is screened takes no other columns: its record says by which it was read.
    refused = team.post(place, data={**CONFIRMED, "holds-2": "nothing"}, headers=two)
    assert (refused.status_code, "screened already" in refused.text) == (409, True)
    assert bytes_of(file) == before
    team.post(anew, data=CONFIRMED, headers=two)
    assert "<article" in shown(team, anew, **two).text
    third = team.post(anew, data={"act": "again"}, headers=two).headers["location"]
    assert third not in {place, anew}
    assert "(reading 3)" in team.get("/desk", headers=two).text
    said = [r for r in Desk(store).ledger_decisions().to_pylist() if (r["change"] or "").startswith("desk_reading")]
    assert [
        (r["by"], re.findall(r"(?:screening|read_as) (\w+)", r["change"])) for r in said if "file" in r["change"]
    ] == [
        ("A Admin", [anew.rpartition("/")[2], file_id]),
        ("A Admin", [third.rpartition("/")[2], anew.rpartition("/")[2]]),
    ]


def test_columns_of_what_was_not_screened_are_read_anew_in_place_and_leave_nothing(team, bearer, store):
    head = bearer("reviewer")
    place = team.post("/desk", files={"file": ("may.csv", PARTIES.replace("France", "Spain"))}, headers=head)
    place = place.headers["location"]
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))
    file.mapping.write_text("column,heading\n", encoding="utf-8")
    file.folder.joinpath("results.json.parts").mkdir()
    assert team.post(place, data={"act": "again"}, headers=head).headers["location"] == place
    assert [p.name for p in file.folder.iterdir()] == ["given"]


@pytest.mark.parametrize("role", ["reviewer", "admin"])
def test_the_ledger_says_who_removed_a_job_and_whose_it_was(team, bearer, store, role):
    sent = {"parties": ("suppliers.csv", PARTIES)}
    place = team.post("/v1/jobs/screen", headers=bearer("reviewer"), files=sent).headers["location"]
    end = time.monotonic() + 90
    while team.get(place, headers=bearer("reviewer")).json()["state"] != "done":
        assert time.monotonic() < end
        time.sleep(0.1)
    assert team.delete(place, headers=bearer(role)).status_code == 204
    job = place.rpartition("/")[2]
    asked, ended = [
        r for r in Desk(store).ledger_decisions().to_pylist() if (r["change"] or "").startswith("job_remove")
    ][-2:]
    assert asked["by"] == f"A {role.title()}"
    assert all(w in asked["change"] for w in (f"job {job}", "verb screen", "of A Reviewer", "record.html"))
    assert ended["change"].endswith("done")


def fields(page):
    return {n: re.search(rf'name="{n}" value="([^"]*)"', page)[1] for n in ("case", "seen")}


def test_an_address_of_a_case_shows_that_case_or_says_that_it_is_unknown(team, bearer):
    head = bearer("reviewer")
    parties = (
        "supplier,country\nHetian Taida Apparel,China\nHoshine Silicon Industry,China\nXinjiang Junggar Cotton,China\n"
    )
    place = screened(team, "three.csv", parties, head)
    rows = team.get(f"{place}?format=json", headers=head).json()["rows"]
    decided, other = (r["case_id"] for r in rows[:2])
    page = team.get(f"{place}?case={decided}", headers=head).text
    sent = {"act": "decide", **fields(page), "verdict": "false", "why": "a tailor of Lyon"}
    assert sent["case"] == decided
    assert team.post(place, data=sent, headers=head).status_code == 303
    page = team.get(f"{place}?case={decided}", headers=head)
    assert page.status_code == 200
    assert "a tailor of Lyon" in page.text
    assert fields(page.text)["case"] == decided, "the form decides the case that the address names, and no other"
    assert 'value="withdraw"' in page.text
    again = {**sent, "seen": fields(page.text)["seen"], "verdict": "true", "why": "it is the tailor after all"}
    assert team.post(place, data=again, headers=head).status_code == 303
    assert "it is the tailor after all" in team.get(f"{place}?case={decided}", headers=head).text
    assert fields(team.get(f"{place}?case={other}", headers=head).text)["case"] == other
    for unknown in ("case-x", "case-000000000000"):
        page = team.get(f"{place}?case={unknown}", headers=head)
        assert (page.status_code, "No such case in this file" in page.text) == (404, True)
        assert "verdict-form" not in page.text
        assert other in page.text, "the list is there to choose from"
        assert team.get(f"{place}?case={unknown}&format=csv", headers=head).status_code == 404


def notes_of(page):
    return re.findall(r"<li[^>]*>(.*?)</li>", re.search(r'<ul class="notes">(.*?)</ul>', page, re.DOTALL)[1])


def test_what_a_screening_told_is_told_by_the_next_server_too_but_for_the_ledgers_state(team, bearer, store):
    head = bearer("reviewer")
    parties = (
        "supplier,country,mood\nHetian Taida Apparel,China,calm\nHoshine Silicon Industry,China,calm\n,France,calm\n"
    ).encode("gb18030")
    place = screened(team, "noted.csv", parties, head)
    file_id = place.rpartition("/")[2]
    first = notes_of(team.get(place, headers=head).text)
    for said in ("No match is not &#39;not listed&#39;", "Old lists", "mood"):
        assert any(said in n for n in first), said
    forget(("screen", str(store), file_id))  # as a server that is started anew
    assert notes_of(team.get(place, headers=head).text) == first
    rows = team.get(f"{place}?format=json", headers=head).json()
    assert any("No match is not 'not listed'" in n for n in rows["notes"])
    for row, verdict in zip(rows["rows"][:2], ("true", "unsure"), strict=True):
        page = team.get(f"{place}?case={row['case_id']}", headers=head).text
        sent = {"act": "decide", **fields(page), "verdict": verdict, "why": "an invented reason"}
        assert team.post(place, data=sent, headers=head).status_code == 303
        heads = [n for n in notes_of(team.get(place, headers=head).text) if "Ledger of decisions" in n]
        assert len(heads) == 1
        assert Desk(store).ledger_decisions().to_pylist()[-1]["hash"] in heads[0]
    # A form that is sent without its reason is shown again with all of it.
    refused = team.post(place, data={**sent, "why": " "}, headers=head)
    assert set(first[-3:]) <= set(notes_of(refused.text))


def test_of_a_screening_whose_notes_are_gone_the_page_says_so(team, bearer, store):
    head = bearer("reviewer")
    place = screened(team, "older.csv", PARTIES.replace("Cooperage", "Chandlery"), head)
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))
    file.folder.joinpath("noted.json").unlink()
    notes = notes_of(team.get(place, headers=head).text)
    assert any("its record says it" in n for n in notes)
    assert any("No match is not" in n for n in notes)


def test_the_page_of_a_file_is_also_its_cases_as_rows(team, bearer):
    head = bearer("reviewer")
    parties = "supplier,country\nHetian Taida Apparel,China\nHoshine Silicon Industry Ltd,China\n"
    place = team.post("/desk", files={"file": ("rows.csv", parties)}, headers=head).headers["location"]
    early = team.get(f"{place}?format=csv", headers=head)
    assert (early.status_code, "not screened yet" in early.text) == (409, True)
    team.post(place, data=CONFIRMED, headers=head)
    shown(team, place, **head)
    rows = team.get(f"{place}?format=json", headers=head).json()["rows"]
    assert {r["party"] for r in rows} == {"Hetian Taida Apparel", "Hoshine Silicon Industry Ltd"}
    as_csv = team.get(f"{place}?format=csv", headers=head)
    assert as_csv.headers["content-type"].startswith("text/csv")
    assert len(as_csv.text.splitlines()) == len(rows) + 1
    (one,) = team.get(f"{place}?format=json&case={rows[1]['case_id']}", headers=head).json()["rows"]
    assert one["case_id"] == rows[1]["case_id"]
    assert team.get("/desk/0000000000000000?format=json", headers=head).status_code == 404
    assert f'href="{place}?format=csv"' in shown(team, place, **head).text
    # A page that has no rows says so, and sends no page under the name of a table.
    without = team.get("/desk?format=csv", headers=head)
    assert (without.status_code, "no rows of its own" in without.text) == (400, True)


def test_a_file_in_another_encoding_is_read_by_the_one_that_is_named_on_its_page(team, bearer):
    head = bearer("reviewer")
    parties = "Lieferant,Land\nHetian Taida Apparel,China\nBäckerei Müßig & Söhne GmbH,Österreich\n".encode("cp1252")
    place = team.post("/desk", files={"file": ("Lieferanten.csv", parties)}, headers=head).headers["location"]
    page = team.get(place, headers=head)
    assert page.status_code == 422
    said = page.text.partition("<main")[2]
    assert "--encoding" not in said
    assert "Save the file as UTF-8 and send it again" in said
    assert 'name="encoding"' in said
    listed = re.search(rf'<a href="{place}">.*?</li>', team.get("/desk", headers=head).text)[0]
    assert "cannot be read" in listed
    wrong = team.post(place, data={"act": "encoding", "encoding": "cp125x"}, headers=head)
    assert wrong.status_code == 303
    again = team.get(place, headers=head).text
    assert "cp125x" in again
    assert 'name="encoding"' in again, "who has mistyped it types it again"
    team.post(place, data={"act": "encoding", "encoding": "cp1252"}, headers=head)
    assert 'name="holds-1"' in shown(team, place, **head).text
    assert "cannot be read" not in re.search(rf'<a href="{place}">.*?</li>', team.get("/desk", headers=head).text)[0]
    team.post(place, data=CONFIRMED, headers=head)
    assert "<article" in shown(team, place, **head).text
    assert team.post(place, data={"act": "encoding", "encoding": "cp1251"}, headers=head).status_code == 409


def test_what_is_no_text_is_listed_as_what_cannot_be_read(team, bearer):
    head = bearer("reviewer")
    place = team.post("/desk", files={"file": ("photo.csv", bytes(range(256)) * 9)}, headers=head).headers["location"]
    page = team.get(place, headers=head)
    assert page.status_code == 422
    assert "--encoding" not in page.text.partition("<main")[2]
    assert "cannot be read" in re.search(rf'<a href="{place}">.*?</li>', team.get("/desk", headers=head).text)[0]


def test_a_record_is_saved_under_the_name_of_the_file_and_each_name_is_shown(team, bearer):
    from urllib.parse import unquote

    head = bearer("reviewer")
    parties = "supplier,country\nHetian Taida Apparel,China\nAn Invented Glazier,Italy\n"
    place = screened(team, 'vendors "Q4" été.csv', parties, head)
    record = shown(team, f"{place}/record", **head)
    name = unquote(record.headers["content-disposition"].partition("UTF-8''")[2])
    assert re.fullmatch(r"vendors Q4 été-record\.(pdf|html)", name), record.headers["content-disposition"]
    for form, shown_at_once in (("csv", False), ("parquet", False), ("json", True)):  # as its record is, not by its id
        how, _, cases = team.get(f"{place}?format={form}", headers=head).headers["content-disposition"].partition(";")
        assert unquote(cases.partition("UTF-8''")[2]) == f"vendors Q4 été-cases.{form}"
        assert how == ("inline" if shown_at_once else "attachment")
    team.post("/desk", files={"file": ("the same in May.csv", parties)}, headers=head)
    team.post("/desk", files={"file": ("the same in May.csv", parties)}, headers=head)
    listed = re.search(rf'<a href="{place}">.*?</li>', team.get("/desk", headers=head).text)[0]
    assert "vendors Q4 été.csv" in listed
    assert listed.count("the same in May.csv") == 1
    anew = team.post(place, data={"act": "again"}, headers=head).headers["location"]
    team.post(anew, data=CONFIRMED, headers=head)
    shown(team, anew, **head)
    saved = unquote(shown(team, f"{anew}/record", **head).headers["content-disposition"])
    assert "vendors Q4 été-2-record." in saved


def test_a_note_stands_once_on_the_page_of_a_file(team, bearer):
    """The screening and the list of its cases say the same of the ledger."""
    head = bearer("reviewer")
    page = shown(team, screened(team, "april.csv", f"{PARTIES}A Third Cooperage,Spain\n", head), **head).text
    (said,) = re.findall(r'<ul class="notes">(.*?)</ul>', page, re.DOTALL)
    notes = re.findall(r"<li[^>]*>(.*?)</li>", said, re.DOTALL)
    assert sum("Ledger of decisions" in note for note in notes) == 1
    assert len(notes) == len(set(notes))


def test_a_record_with_what_was_decided_since_is_of_the_screening_that_it_is_of(team, bearer, store):
    """A list that was loaded since adds no case to it, is told of as not screened, and who ran it stays."""
    one, two = bearer("reviewer"), bearer("admin")
    place = screened(team, "april.csv", PARTIES.replace("France", "Norway"), one)
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))
    found, page = file.results.read_bytes(), shown(team, place, **one).text
    case, seen = (re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("case", "seen"))
    own = store / "own.csv"
    own.write_text("name\nAn Invented Cooperage\n")
    Desk(store).load_list(own, "own-coopers", version="2020-01-01")
    said = {"act": "decide", "case": case, "seen": seen, "verdict": "true", "why": "It is the same plant."}
    assert team.post(place, data=said, headers=two).status_code == 303
    record = words_of(shown(team, f"{place}/record", **two).content)
    assert "1 true, 0 false" in record
    assert "Run by A Reviewer" in " ".join(record.replace("\xa0", " ").split())
    assert "own-coopers" not in record
    assert file.results.read_bytes() == found
    assert "not screened, as they were not then: own-coopers" in shown(team, f"{place}/changes", **two).text
    Desk(store).remove_list("own-coopers", "2020-01-01")


def test_a_record_that_cannot_be_of_its_screening_any_more_stays_as_it_was_filed(team, bearer, store):
    """The list that it was screened against is not held any more."""
    one = bearer("reviewer")
    store.mkdir(exist_ok=True)
    own = store / "own.csv"
    own.write_text("name\nAn Invented Cooperage\n")
    Desk(store).load_list(own, "own-coopers", version="2020-01-01")
    place = screened(team, "may.csv", PARTIES.replace("France", "Spain"), one)
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))
    filed, found, page = file.record.read_bytes(), file.results.read_bytes(), shown(team, place, **one).text
    case, seen = (re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("case", "seen"))
    Desk(store).remove_list("own-coopers", "2020-01-01")
    said = {"act": "decide", "case": case, "seen": seen, "verdict": "true", "why": "It is the same plant."}
    assert team.post(place, data=said, headers=one).status_code == 303
    refused = shown(team, f"{place}/record", **one)
    assert refused.status_code == 409
    assert f"{place}/record?as_filed=1" in refused.text
    assert file.results.read_bytes() == found
    assert team.get(f"{place}/record?as_filed=1", headers=one).content == filed
    assert [p for p in file.folder.iterdir() if p.name.startswith("again-")] == []


def test_a_screening_that_a_kill_broke_off_is_made_whole_in_the_name_of_who_began_it(team, bearer, store):
    # A kill can come while the record is being written, when all matches are there already.
    parties = PARTIES.replace("France", "Malta")
    place = screened(team, "broken.csv", parties, bearer("reviewer"))
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))
    for name in ("record.pdf", "record.pdf.sig", "record.html", "record.html.sig", "noted.json", "screened.json"):
        file.folder.joinpath(name).unlink(missing_ok=True)
    file.begun.write_text('{"by": "A Reviewer"}', encoding="utf-8")
    forget(("screen", str(store), file.id))
    head = bearer("admin")  # somebody else looks first
    assert team.get(f"{place}?format=json", headers=head).status_code == 409
    page = shown(team, place, **head).text
    assert "is not kept beside it" not in page
    assert "2 rows in the file: 2 with a party" in page
    record = words_of(team.get(f"{place}/record?as_filed=1", headers=head).content)
    assert re.search(r"Run by\W+A Reviewer", record)
    assert not file.begun.is_file()


def test_a_running_screening_is_stopped_from_its_page_and_nothing_of_it_stays(team, bearer, store):
    head, listed = bearer("reviewer"), re.compile(r'<a href="([^"]*)"><bdi>long.csv.*?</li>')
    parties = PARTIES.replace("France", "Andorra")
    place = team.post("/desk", files={"file": ("long.csv", parties)}, headers=head).headers["location"]
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))

    def long(work):
        file.results.write_text("[]", encoding="utf-8")  # what is broken off may have written already
        while True:
            work.told(1, 2)
            time.sleep(0.01)

    team.post(place, data=CONFIRMED, headers=head)
    worked_out(("screen", str(store), file.id), long, 0)
    assert "being screened" in listed.search(team.get("/desk", headers=head).text)[0]
    assert 'value="stop"' in team.get(place, headers=head).text
    assert 'value="stop"' not in team.get(place, headers=bearer("reader")).text
    assert team.post(place, data={"act": "stop"}, headers=bearer("reader")).status_code == 403
    assert team.post(place, data={"act": "remove"}, headers=head).status_code == 409  # not while it runs
    assert team.post(place, data={"act": "stop"}, headers=head).headers["location"] == place
    assert 'name="holds-1"' in team.get(place, headers=head).text
    assert [p.name for p in file.folder.iterdir()] == ["given"]
    said = [r for r in Desk(store).ledger_decisions().to_pylist() if (r["change"] or "").startswith("desk_stop")]
    assert said[0]["by"] == "A Reviewer"
    assert file.id in said[0]["change"]
    # It is screened as any other once its columns are confirmed again.
    team.post(place, data=CONFIRMED, headers=head)
    assert "<article" in shown(team, place, **head).text
    assert team.post(place, data={"act": "stop"}, headers=head).status_code == 303
    assert file.is_screened


def test_a_file_that_was_refused_is_taken_off_the_desk_and_one_that_was_screened_stays(team, bearer, store):
    head = bearer("reviewer")
    place = team.post("/desk", files={"file": ("scan.pdf", b"%PDF-1.4 a scan")}, headers=head).headers["location"]
    button = re.compile(rf'<form method="post" action="{place}">.*?value="remove".*?</form>')
    assert button.search(team.get("/desk", headers=head).text)
    assert not button.search(team.get("/desk", headers=bearer("reader")).text)
    assert team.post(place, data={"act": "remove"}, headers=bearer("reader")).status_code == 403
    assert team.post(place, data={"act": "remove"}, headers=head).headers["location"] == "/desk"
    assert place not in team.get("/desk", headers=head).text
    assert team.get(place, headers=head).status_code == 404
    said = [r for r in Desk(store).ledger_decisions().to_pylist() if (r["change"] or "").startswith("desk_remove")]
    assert said[0]["by"] == "A Reviewer"
    assert all(w in said[0]["change"] for w in ("scan.pdf", place.rpartition("/")[2]))
    kept = screened(team, "kept.csv", PARTIES.replace("France", "Iceland"), head)
    assert f'action="{kept}"' not in team.get("/desk", headers=head).text
    assert team.post(kept, data={"act": "remove"}, headers=head).status_code == 409
    assert "<article" in team.get(kept, headers=head).text


def test_a_record_saved_from_the_desk_is_verified_elsewhere_with_the_signature_beside_it(team, bearer, store, tmp_path):
    pytest.importorskip("cryptography")
    head = bearer("reviewer")
    place = screened(team, "signed.csv", PARTIES.replace("France", "Monaco"), head)
    page = team.get(place, headers=head).text
    (file,) = (f for f in desk_files(Desk(store)) if place.endswith(f.id))
    if file.record.suffix == ".html":
        assert f"{place}/record?signature=1" not in page  # a page carries it
        pytest.skip("records are pages without the extra `print`")
    assert f"{place}/record?signature=1" in page
    saved = [team.get(f"{place}/record{more}", headers=head) for more in ("?as_filed=1", "?as_filed=1&signature=1")]
    names = [re.search(r"filename[*]=UTF-8''([^;]+)", s.headers["content-disposition"])[1] for s in saved]
    for name, sent in zip(names, saved, strict=True):
        tmp_path.joinpath(name).write_bytes(sent.content)
    key = tmp_path / "key.pem"
    key.write_text(Desk(store).clearance_key().to_pylist()[0]["public_key"], encoding="utf-8")
    sent = {n: (f.name, f.read_bytes()) for n, f in (("file", tmp_path / names[0]), ("signature", tmp_path / names[1]))}
    assert team.post("/v1/verify_clearance", files=sent, headers=head).json()["holds"]
    elsewhere = Desk(tmp_path / "auditor")
    assert elsewhere.verify_clearance(tmp_path / names[0], key=key).holds
    tmp_path.joinpath(names[1]).unlink()
    assert not elsewhere.verify_clearance(tmp_path / names[0], key=key).holds


def test_next_months_file_whose_encoding_is_not_known_asks_for_it_and_leads_back(team, bearer):
    head = bearer("reviewer")
    place = screened(team, "april.csv", PARTIES.replace("France", "Cyprus"), head)
    rows = PARTIES.replace("France", "Cyprus") + "Ninestar Corporation Zoë,China\nSociété Générale,France\n"
    sent = {"file": ("may.csv", rows.encode("cp1252"))}
    changes = team.post(f"{place}/changes", files=sent, headers=head).headers["location"]
    page = shown(team, changes, **head)
    asks = re.search(r'<form class="ask" method="post" action="([^"]*)">.*?</form>', page.text, re.DOTALL)
    assert (page.status_code, 'name="encoding"' in asks[0]) == (422, True)
    fields_of = dict(re.findall(r'<input type="hidden" name="(act|changes_of)" value="([^"]*)">', asks[0]))
    led = team.post(asks[1], data={**fields_of, "encoding": "cp1252"}, headers=head).headers["location"]
    assert led == changes
    assert "Ninestar Corporation Zoë" in shown(team, changes, **head).text
