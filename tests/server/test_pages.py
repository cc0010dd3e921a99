"""The pages without a browser: what they show, what they take, what they refuse."""

from __future__ import annotations

import getpass
import hashlib
import html
import io
import os
import re
import time
from collections import OrderedDict
from csv import DictReader
from html.parser import HTMLParser
from threading import BoundedSemaphore

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.server.seen import shown, words_of

from entrepot.core.errors import BadInputError, StoreLockedError
from entrepot.desk.desk import Desk
from entrepot.server.page_parts import worked_out as works
from entrepot.server.page_parts.desk_files import desk_files, kept_file, pasted, safe_name
from entrepot.server.page_parts.dropped_file import dropped
from entrepot.server.page_parts.worked_out import Work, held, worked_out
from entrepot.server.pages import evidence_page
from entrepot.server.pages.page import Asked, Sent
from entrepot.server.people import Person

# A measure with a short answer, a crossing with a short series, one table.
LOOKED_AT = (
    "/?measure=ofac-xinjiang", "/desk", "/parties", "/parties?q=cotton&list=uflpa", "/search", "/search?name=Hoshine",
    "/crossings", "/crossings/khunjerab", "/record", "/record/observations?where=place_id%3Dkhunjerab", "/check",
    "/diversion?demo=russia-2022", "/routes?from=urumqi&to=tashkent", "/evidence/O0001", "/flows?period=2025-Q3",
    "/tracing", "/dossier",
    "/scenarios", "/scenarios?by=EU&on=CN-XJ&instrument=tariff&percent=40&ended=change",
    "/scenarios?by=EU&on=CN-XJ&instrument=tariff&percent=40&from=2027-01-01&draws=0",
    "/scenarios?preset=uflpa&beside=eu-2024-3015-as-if-regional&draws=2",
)  # fmt: skip
PARTIES = "name,country\nHoshine Silicon Industry Co. Ltd,China\nAn Invented Bakery,France\n"


class Parts(HTMLParser):
    """What the policy of content would refuse, what is asked of elsewhere, and the ids of a page."""

    def __init__(self, text):
        super().__init__()
        self.inline, self.loaded, self.ids, self.labelled = [], [], [], True
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids += [given["id"]] if "id" in given else []
        self.inline += [tag] * (tag == "style" or (tag == "script" and "src" not in given))
        self.inline += [k for k in given if k == "style" or k.startswith("on")]
        if tag in {"script", "img", "link", "iframe", "source"}:
            self.loaded.append(given.get("src") or given.get("href"))


VOID = {"meta", "link", "input", "br", "img", "hr", "option", "col"}  # `option` closes by the next one
READ = {"aria-label", "placeholder", "title", "alt", "data-head", "data-said", "data-every"}


class Left(HTMLParser):
    """What of a page in the changed language is not changed, though nothing says that it is data or a verb's English.

    A verb's sentence stands in `lang="en"`, a name or an id in `translate="no"`, `bdi` or `code`.
    """

    def __init__(self, text):
        super().__init__()
        self.words, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.open = self.open[:-1] if tag == "option" and self.open and self.open[-1][0] == "option" else self.open
        said = given.get("lang") == "en" or given.get("translate") == "no" or tag in {"bdi", "code", "svg", "textarea"}
        inside = said or (self.is_data() and not str(given.get("lang", "")).startswith("en-"))
        self.words += [v for k, v in attributes if k in READ and v and not inside and self.plain(v)]
        if tag not in VOID or tag == "option":
            self.open.append((tag, inside))

    def handle_endtag(self, tag):
        while self.open and (last := self.open.pop()[0]) != tag:
            assert last == "option"

    def is_data(self):
        return bool(self.open) and self.open[-1][1]

    def handle_data(self, data):
        if not self.is_data() and self.plain(data):
            self.words.append(data.strip())
        if self.is_data() and "⟦" in data and self.open[-1][0] != "bdi":
            self.words.append(f"called English, and is not: {data}")

    @staticmethod
    def plain(said):
        """Whether two letters stand in it that were not changed."""
        while (less := re.sub(r"⟦[^⟦⟧]*⟧", "", said)) != said:
            said = less
        return re.search(r"[^\W\d_]{2,}", said)


def test_a_word_that_is_left_is_seen():
    assert Left('<p>left</p><p lang="en">said <b>so</b></p><i title="x y left">⟦a ⟦b⟧ c⟧</i>').words == [
        "left",
        "x y left",
    ]
    assert Left('<ul lang="en"><li>⟦a⟧</li></ul>').words == ["called English, and is not: ⟦a⟧"]
    assert Left("<select><option>⟦a⟧<option translate=no>name<option>left</select>").words == ["left"]


def test_no_word_is_left_where_nothing_is_found_or_something_is_refused(open_client, team):
    head = {"Accept-Language": "en-XA"}
    empty = (
        "/parties?q=zzzz", "/record/observations?q=zzzz", "/search?name=Zzzqx", "/check?report=0000",
        "/desk/0000000000000000", "/record/nonsense", "/crossings/nonsense", "/?measure=nonsense",
        "/routes?from=urumqi&to=urumqi",
    )  # fmt: skip
    pages = [(path, shown(open_client, path, **head).text) for path in empty]
    pages += [("nothing sent", open_client.post("/desk", data={"text": ""}, headers=head).text)]
    pages += [("no text", open_client.post("/check", data={"text": ""}, headers=head).text)]
    pages += [("sign in", team.get("/session", headers=head).text)]
    pages += [("who?", team.post("/session", data={"token": "nobody-0123456789"}, headers=head).text)]
    assert {name: Left(text).words for name, text in pages if "⟦" not in text or Left(text).words} == {}


def test_no_word_is_left_of_what_was_dropped_to_be_followed(open_client):
    links = (
        "supplier,buyer,material,product,document\nHoshine Silicon,A Maker,silicon,panel,INV-1\n,A Maker,glass,panel,\n"
    )
    flows = "exporter,importer,product,period,value\nCHN,KAZ,854143,2023,1200\nCHN,+WLD,854143,2023,90\n"
    assert open_client.post("/tracing", files={"file": ("links.csv", links)}).status_code == 303
    at = open_client.post("/flows", files={"file": ("flows.csv", flows)}).headers["location"]
    row = re.search(r'href="(/tracing/supply-[0-9a-f]+\?row=2)"', shown(open_client, "/tracing").text)[1]
    for path in (
        at,
        "/flows?exporters=CHN&importers=KAZ&period=2019-Q1&product=85414300",
        "/flows?product=01",
        "/tracing",
        row,
        row.partition("?")[0],
    ):
        assert Left(shown(open_client, path, **{"Accept-Language": "en-XA"}).text).words == [], path


@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_page_is_whole_without_a_script_and_asks_nothing_of_elsewhere(open_client, path):
    page = shown(open_client, path)
    assert page.status_code == 200
    parts = Parts(page.text)
    assert parts.inline == []
    assert all(str(link).startswith("/static/") for link in parts.loaded)
    assert len(parts.ids) == len(set(parts.ids))
    assert page.text.count("<h1") == 1
    changed = shown(open_client, path, **{"Accept-Language": "en-XA"}).text
    assert re.search(r"<title>.*⟦", changed)
    assert Left(changed).words == []


def test_a_page_is_also_its_rows(open_client):
    rows = open_client.get("/parties?q=Hoshine&format=json").json()
    assert all("Hoshine" in str(r) for r in (rows if isinstance(rows, list) else rows["rows"]))
    written = open_client.get("/record/crossings?format=csv").text
    assert {"khunjerab", "khorgos"} <= {r["place_id"] for r in DictReader(io.StringIO(written))}


def test_the_evidence_of_a_row_has_its_source_and_what_contradicts_it(open_client, store):
    conflict = Desk(store).corridor_conflicts().to_pylist()[0]
    page = open_client.get(f"/evidence/{conflict['reports'][0]}?part=1").text
    assert conflict["conflict_id"] in page
    assert 'rel="noreferrer external"' in page


def test_evidence_does_not_wait_for_the_answers_of_others_and_says_what_it_lacks(open_client, store, monkeypatch):
    conflict = Desk(store).corridor_conflicts().to_pylist()[0]
    address = f"/evidence/{conflict['reports'][0]}"
    monkeypatch.setattr(evidence_page, "WAIT", 0.01)
    monkeypatch.setattr(works, "_works", OrderedDict())  # nobody has looked for contradictions yet
    monkeypatch.setattr(works, "_turns", BoundedSemaphore(1))
    with works._turns:  # another's brief is being worked out
        page, part = (open_client.get(address + end) for end in ("", "?part=1"))
    assert (page.status_code, part.status_code) == (200, 200)
    for text in (page.text, part.text):
        assert 'rel="noreferrer external"' in text  # the source is there
        assert "still being looked for" in text
        assert conflict["conflict_id"] not in text
    monkeypatch.setattr(evidence_page, "WAIT", 60.0)
    later = open_client.get(address).text
    assert conflict["conflict_id"] in later
    assert "still being looked for" not in later


def test_every_figure_of_an_answer_opens_its_evidence(open_client):
    # among them counts of parties and of batches, whose rows have no id
    page = shown(open_client, "/?measure=ofac-xinjiang").text
    figures = sorted(set(re.findall(r'/evidence/([^"?#]+)', page)))
    assert figures
    parts = {f: open_client.get(f"/evidence/{f}?part=1") for f in figures}
    assert {f: p.status_code for f, p in parts.items()} == dict.fromkeys(figures, 200)
    assert all("<article" in p.text for p in parts.values())


@pytest.mark.parametrize("path", [*LOOKED_AT, "/crossings/khorgos", "/search?name=Xinjiang"])
def test_no_note_of_a_page_tells_anybody_to_type(open_client, path):
    notes = re.findall(r'<ul class="notes".*?</ul>', shown(open_client, path).text, re.DOTALL)
    assert not re.findall(r"(?<![\w-])--[a-z][\w-]*|\bentrepot [a-z]+", " ".join(notes))


def test_a_file_is_dropped_confirmed_screened_and_decided(open_client, store):
    sent = open_client.post("/desk", files={"file": ("../../a file.csv", PARTIES)})
    assert sent.status_code == 303
    place = sent.headers["location"]
    columns = open_client.get(place).text
    pseudo = {"Accept-Language": "en-XA"}
    assert Left(open_client.get(place, headers=pseudo).text).words == []
    assert 'name="holds-1"' in columns
    assert "a file.csv" in columns
    confirmed = {"act": "screen", "holds-1": "name", "holds-2": "country"}
    assert open_client.post(place, data=confirmed).status_code == 303
    cases = shown(open_client, place).text
    assert not re.search(r'<ul class="notes".*(--[a-z]|entrepot [a-z]).*</ul>', cases)
    assert "Hoshine Silicon Industry" in cases
    assert "An Invented Bakery" not in cases
    case, seen = (re.search(rf'name="{name}" value="([^"]*)"', cases)[1] for name in ("case", "seen"))
    asked = {"act": "decide", "case": case, "seen": seen, "verdict": "true", "why": ""}
    refused = open_client.post(place, data=asked)
    assert refused.status_code == 422
    assert "say why, in a sentence" in refused.text
    assert "--" not in refused.text.partition("<main")[2].partition("<footer")[0]
    assert re.search(r'value="true"[^>]* checked', refused.text), "the verdict that was chosen stays chosen"
    refused = open_client.post(place, data={**asked, "act": "withdraw", "why": " "})
    assert (refused.status_code, "Nothing was withdrawn" in refused.text) == (422, True)
    assert open_client.post(place, data={**asked, "why": "It is the same plant."}).status_code == 303
    (entry,) = Desk(store).ledger_decisions(case=case).to_pylist()
    assert entry["why"] == "It is the same plant."
    assert "It is the same plant." in open_client.get(f"{place}?all=1&case={case}").text
    assert Left(open_client.get(f"{place}?all=1&case={case}", headers=pseudo).text).words == []
    assert "Nothing changed" in shown(open_client, f"{place}/changes").text
    later = f"{PARTIES}Hetian Taida Apparel Co. Ltd,China\n"
    sent = open_client.post(f"{place}/changes", files={"file": ("next month.csv", later)})
    changes = shown(open_client, sent.headers["location"]).text
    assert re.search(r'<span class="tag strong">new</span>.*?Hetian Taida Apparel Co. Ltd', changes)
    assert Left(shown(open_client, sent.headers["location"], **pseudo).text).words == []
    record = shown(open_client, f"{place}/record")  # what was decided since is in it
    assert record.headers["content-disposition"].startswith("attachment")
    assert "1 true, 0 false" in words_of(record.content)
    kept = open_client.get(f"{place}/record")
    assert kept.content == record.content  # nothing was decided since
    assert open_client.post("/desk", files={"file": ("b.csv", PARTIES)}).headers["location"] == place
    digest = hashlib.sha256(PARTIES.encode()).hexdigest()
    told = [r for r in Desk(store).ledger_decisions().to_pylist() if digest in (r["change"] or "")]
    size, many = len(PARTIES.encode()), len(PARTIES.splitlines()) - 1
    assert [r["change"] for r in told] == [
        f"desk_file: bytes {size}, file {name}, parties {many}, sha256 {digest}" for name in ("a file.csv", "b.csv")
    ]
    assert {(r["by"], r["account"].partition(", asked from ")[2]) for r in told} == {(getpass.getuser(), "127.0.0.1")}


def test_words_that_somebody_put_into_an_address_are_no_notice_of_the_server(team, bearer):
    one, two = bearer("reviewer"), bearer("admin")
    parties = PARTIES.replace("Hoshine Silicon Industry", "Hetian Taida Apparel")
    place = team.post("/desk", files={"file": ("c.csv", parties)}, headers=one).headers["location"]
    team.post(place, data={"act": "screen", "holds-1": "name", "holds-2": "country"}, headers=one)
    page = shown(team, place, **one).text
    case, seen = (re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("case", "seen"))
    for sign in ("", "&sign=", f"&sign={'0' * 64}", "&sign=%E9"):
        assert "Pay to Foss" not in team.get(f"{place}?case={case}&told=Pay+to+Foss{sign}", headers=one).text
    asked = {"act": "decide", "case": case, "seen": seen, "verdict": "true", "why": "the same plant"}
    team.post(place, data=asked, headers=one)
    other = {**asked, "verdict": "false", "why": "another plant"}
    late = team.post(place, data=other, headers=two).headers["location"]
    told = team.get(late, headers=two).text
    assert re.search(r'role="status">While you looked:.*decided true', told)
    for edited in (late.replace("decided+true", "decided+false"), late.replace(place, f"{place}x")):
        assert 'role="status">While you looked' not in team.get(edited, headers=two).text
    # Each decision that stands is on the page, and not the last alone.
    against = re.search(r"Decided against one another:.*?</ul>", told, re.DOTALL)[0]
    assert re.findall("the same plant|another plant", against) == ["the same plant", "another plant"]


def test_what_was_typed_as_a_session_ended_is_kept_until_the_next(team, bearer, tokens):
    team.post("/session", data={"token": tokens["reviewer"]})
    word = re.search(r'name="csrf" value="([^"]+)"', team.get("/desk").text)[1]
    parties = PARTIES.replace("Bakery", "Mill")
    place = team.post("/desk", data={"csrf": word}, files={"file": ("d.csv", parties)}).headers["location"]
    team.post(place, data={"csrf": word, "act": "screen", "holds-1": "name", "holds-2": "country"})
    page = shown(team, f"{place}?all=1").text
    case, seen = (re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("case", "seen"))
    assert re.search(r'action="/session/end".*Sign out', page)
    assert "/session/end" not in team.get("/desk", headers=bearer("reviewer")).text, "a token has no session"
    assert team.post("/session/end", data={"csrf": word}).status_code == 303
    team.cookies.clear()
    html = {"Accept": "text/html,*/*"}
    typed = {"csrf": word, "act": "decide", "case": case, "seen": seen, "verdict": "unsure", "why": 'an "own" <b>word'}
    late = team.post(f"{place}?all=1", data=typed, headers=html)
    assert late.status_code == 401
    assert "an &#34;own&#34; &lt;b&gt;word" in late.text
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    assert fields["back"] == f"{place}?all=1"
    assert word not in late.text
    again = {**fields, "kept-why": typed["why"]}
    wrong = team.post("/session", data={**again, "token": "wrong-0123456789abcdef"})
    assert (wrong.status_code, 'name="kept-why"' in wrong.text) == (401, True)
    back = team.post("/session", data={**again, "token": tokens["reviewer"]})
    assert back.headers["location"] == f"{place}?all=1"
    page = shown(team, back.headers["location"]).text
    assert 'name="why" autocomplete="off" required value="an &#34;own&#34; &lt;b&gt;word"' in page
    assert re.search(r'value="unsure"[^>]* checked', page)
    assert "own&#34;" not in shown(team, back.headers["location"]).text, "once"
    # A program is told as before, and a page elsewhere puts no words into a form here.
    team.cookies.clear()
    assert "error" in team.post(place, data=typed).json()
    other = team.post(place, data=typed, headers={**html, "Sec-Fetch-Site": "cross-site"})
    assert (other.status_code, "word" in other.text.partition("<main")[2]) == (401, False)


def test_marks_that_turn_a_name_are_told_in_list_and_heading(open_client):
    name = "Hetian Taida \u202eder\u202c Apparel Co. Ltd"
    file = ("turned.csv", f"name,country\n{name},China\nHoshine Silicon Industry Co. Ltd,China\n")
    place = open_client.post("/desk", files={"file": file}).headers["location"]
    open_client.post(place, data={"act": "screen", "holds-1": "name", "holds-2": "country"})
    page = shown(open_client, f"{place}?all=1").text
    words = re.sub("<[^>]*>", "", page)
    assert not re.search("[\u202a-\u202e\u2066\u2067]", words)
    assert page.count("Hetian Taida \\u202eder\\u202c Apparel") >= 2
    # What is decided is not among the cases to decide, and is counted.
    every = set(re.findall(r"case=(case-[0-9a-f]+)", page))
    case, seen = (re.search(rf'name="{n}" value="([^"]*)"', page)[1] for n in ("case", "seen"))
    asked = {"act": "decide", "case": case, "seen": seen, "verdict": "false", "why": "another firm"}
    assert open_client.post(place, data=asked).status_code == 303
    page = shown(open_client, place).text
    left = set(re.findall(r"case=(case-[0-9a-f]+)", page))
    assert case not in left
    assert f"{len(left)} of {len(left)} open cases; decided: {len(every - left)}" in page


def test_an_arabic_name_with_its_own_marks_stays_set_apart(open_client):
    page = shown(open_client, "/search?name=" + "\u0634\u0631\u0643\u0629").text
    assert "\\u2068" not in page
    assert "\u0634\u0631\u0643\u0629" in page


OWN_ROW = (
    "place,metric,value,unit,period,publisher,published\nKhorgos,trains,7,trains,2026-05,Example Railways,2026-06-03\n"
)


def test_a_row_of_ones_own_is_added_and_taken_out_on_the_page_of_the_record(open_client, store, team, bearer):
    assert open_client.post("/record", files={"file": ("own.csv", "a,b\n1,2\n")}).status_code == 422
    added = open_client.post("/record", files={"file": ("own.csv", OWN_ROW)})
    assert added.status_code == 303
    page = open_client.get(added.headers["location"]).text
    (row,) = re.findall(r'name="forget" value="(u-[0-9a-f]{12})"', page)
    assert "7 trains" in page
    assert team.post("/record", data={"forget": row}, headers=bearer("reader")).status_code == 403
    assert open_client.post("/record", data={"forget": row}).status_code == 303
    assert row not in open_client.get("/record").text
    assert open_client.post("/record", data={}).status_code == 422
    changes = [r["change"] or "" for r in Desk(store).ledger_decisions().to_pylist()]
    assert {"add_rows", "forget"} <= {c.partition(":")[0] for c in changes}


def test_a_file_that_cannot_be_noted_is_not_kept(tmp_path, monkeypatch):
    desk, sent = Desk(tmp_path), Sent("p.csv", io.BytesIO(PARTIES.encode()))
    asked = Asked(desk, Person("A Reviewer", "reviewer"), {})

    def held(*_said):
        raise StoreLockedError("another run holds the store", found=str(tmp_path))

    monkeypatch.setattr("entrepot.desk.noted_changes.write_asked", held)
    with pytest.raises(StoreLockedError):
        dropped(asked, sent)
    assert desk_files(desk) == []
    assert list((tmp_path / "served").iterdir()) == []
    monkeypatch.undo()
    nothing = dropped(asked, Sent("p.csv", io.BytesIO(b"\x00\x01")))  # what cannot be read is there, and says so
    assert [f.id for f in desk_files(desk)] == [nothing.id]
    assert "parties" not in desk.ledger_decisions().to_pylist()[1]["change"]


def test_what_was_being_sent_when_a_server_was_killed_is_no_file_and_is_removed_in_time(tmp_path):
    part = tmp_path / "served" / ".0123.part" / "given"
    part.mkdir(parents=True)
    desk = Desk(tmp_path)
    assert desk_files(desk) == []
    old = part.parent.stat().st_mtime - 2 * 24 * 3600
    os.utime(part.parent, (old, old))
    kept = kept_file(desk, Sent("p.csv", io.BytesIO(PARTIES.encode())))
    assert [p.name for p in (tmp_path / "served").iterdir()] == [kept.id]


def test_what_is_pasted_is_a_file(open_client):
    assert open_client.post("/desk", data={"text": " \n"}).status_code == 422
    sent = open_client.post("/desk", data={"text": "Hoshine Silicon\n合盛硅业, a firm\n"})
    assert "合盛硅业, a firm" in open_client.get(sent.headers["location"]).text or sent.status_code == 303
    assert pasted("name\tcountry\nA\tFrance") == b"name\tcountry\nA\tFrance"


def test_a_reader_looks_and_decides_nothing(team, bearer):
    head = bearer("reader")
    assert team.get("/desk", headers=head).status_code == 200
    refused = team.post("/desk", headers=head, files={"file": ("p.csv", PARTIES)})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/?measure=nonsense", "nonsense"),
        ("/evidence/f-000000000000", "f-000000000000"),
        ("/record/nonsense", "nonsense"),
        ("/record/observations?skip=x", "number"),
        ("/crossings/nonsense", "nonsense"),
        ("/routes?from=urumqi&to=urumqi", "urumqi"),
        ("/parties?as_of=yesterday", "yesterday"),
        ("/desk/0000000000000000", "Drop it again"),
        ("/desk/..%2f..%2fetc", ""),
        ("/check?report=0000", "no longer held"),
        ("/scenarios?preset=nonsense", "nonsense"),
        ("/scenarios?on=CN-XJ&from=2027-01-01", "who acts"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(open_client, path, said):
    page = shown(open_client, path)
    assert 400 <= page.status_code < 500
    assert said in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize(("path", "name"), [("/check", "draft.txt"), ("/desk", "parties.csv")])
def test_a_pasted_text_beside_a_file_is_refused_and_neither_is_dropped_unsaid(open_client, path, name):
    both = open_client.post(
        path, data={"text": "Name\nAster Trading"}, files={"file": (name, b"Name\nBrook Trading\n")}
    )
    assert both.status_code == 422
    assert "a pasted text and a file were sent together" in both.text
    assert "the text of 18 characters" in both.text
    assert name in both.text
    for text, file in (
        ("", (name, b"Name\nBrook Trading\n")),
        (" \n", (name, b"Name\nCedar Trading\n")),
        ("Name\nAster", None),
    ):
        one = open_client.post(path, data={"text": text}, files={"file": file} if file else {})
        assert one.status_code == 303


def test_a_report_has_its_verdicts_in_the_margin(open_client):
    assert open_client.post("/check", data={"text": " "}).status_code == 422
    text = "Kashgar, 5 December 2024\n\nCargo at Khunjerab reached 66,600 tonnes from January to November 2019."
    sent = open_client.post("/check", data={"text": text})
    page = shown(open_client, sent.headers["location"]).text
    assert Left(shown(open_client, sent.headers["location"], **{"Accept-Language": "en-XA"}).text).words == []
    assert "66,600 tonnes" in re.search(r"<mark.*?</mark>", page)[0]  # the day of publication before it is no claim
    assert ">agrees<" in page


def test_a_place_is_closed_by_a_link_and_opened_by_it_again(open_client):
    page = shown(open_client, "/routes?from=urumqi&to=tashkent").text
    link = re.search(r'href="(/routes\?[^"]*close=khorgos)"', page)[1].replace("&amp;", "&")
    closed = shown(open_client, link).text
    ways = re.findall(r'class="way-line">(.*?)</p>', closed)
    assert ways
    assert all("Khorgos" not in way for way in ways)
    assert re.search(r'class="tag bad" href="/routes\?from=urumqi&amp;to=tashkent"', closed)


def test_a_name_in_a_file_is_text_and_nothing_else(open_client):
    evil = 'name\n"<script>alert(1)</script> Hoshine Silicon Industry"\n'
    sent = open_client.post("/desk", files={"file": ("<img src=x onerror=a>.csv", evil)})
    page = open_client.get(sent.headers["location"]).text
    assert "<script>alert" not in page
    assert "<img" not in page


@settings(max_examples=40)
@given(st.text())
def test_a_name_that_is_sent_is_never_a_path(name):
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\:\0"<>|?*')
    assert safe not in {".", ".."}
    assert len(safe) <= 80


def test_an_answer_is_worked_out_once_and_a_refusal_anew():
    calls = []

    def make(work):
        calls.append(work)
        if len(calls) == 1:
            raise BadInputError("not yet", found=1)
        time.sleep(0.2)
        return "done"

    with pytest.raises(BadInputError):
        worked_out("a test", make, patience=5)
    assert held("a test") is None
    assert isinstance(worked_out("a test", make, patience=0.01), Work)
    assert worked_out("a test", make, patience=5) == "done"
    assert held("a test") == "done"
    assert len(calls) == 2


def test_the_policy_of_content_is_strict(open_client):
    policy = open_client.get("/desk").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_place_without_an_amount_offers_no_quantity_and_has_its_name(open_client):
    shown = once_worked_out(open_client, "/crossings/uflpa-enforcement")
    assert "<h1><bdi>UFLPA enforcement</bdi>" in shown
    assert 'name="quantity"' not in shown
    assert re.search(r"/record/observations\?where=place_id(=|%3D)uflpa-enforcement", shown)


def test_a_place_with_amounts_offers_its_quantities(open_client):
    assert 'name="quantity"' in once_worked_out(open_client, "/crossings/khunjerab")


def once_worked_out(client, path):
    """A page when it is no more said to be worked on."""
    for _ in range(120):
        if 'class="working"' not in (shown := client.get(path).text):
            return shown
        time.sleep(0.25)
    raise AssertionError(path)


@pytest.mark.parametrize("path", ["/crossings", "/crossings/khorgos"])
def test_a_page_of_crossings_names_reports_by_who_told_them_and_never_by_their_ids(open_client, path):
    page = shown(open_client, path).text
    seen = html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))
    assert not re.findall(r"\bO\d{3,}\b", seen)
    assert not re.findall(r"\b[a-z]+_[a-z]+\b", seen)
    # The doubted print of the record (O0497: Khorgos railway port, to 27 October 2025) is a link to its evidence.
    assert re.search(
        r'doubtful print:[^<]*<a [^>]*href="/evidence/O0497">[^<]*railway port, 2025-01-01 – 2025-10-27', page
    )
