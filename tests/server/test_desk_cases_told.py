"""What the desk tells of a case is what a terminal tells of it, and what a decision comes to."""

from __future__ import annotations

import re
from html import unescape

from tests.server.seen import shown

from entrepot.cli.case_lines import score_said
from entrepot.desk.desk import Desk

# The first meets an entry by sound and form alone, so that it scores a hair under the whole; the second has no name.
PARTIES = (
    'supplier,country,address\nHetian Taida Apparel Co Ltd,China,\n,China,"Urumqi, Xinjiang"\nZijin Mining,China,\n'
)
CONFIRMED = {"act": "screen", "holds-1": "name", "holds-2": "country", "holds-3": "address"}


def screened(client, name, parties, head):
    place = client.post("/desk", files={"file": (name, parties)}, headers=head).headers["location"]
    assert client.post(place, data=CONFIRMED, headers=head).status_code == 303
    return place, shown(client, place, **head).text


def test_a_score_is_one_figure_on_the_page_and_on_a_terminal(team, bearer):
    """Cut and not rounded: 1.00 is the whole text and nothing less."""
    head = bearer("reviewer")
    place, page = screened(team, "scores.csv", PARTIES, head)
    rows = team.get(f"{place}?format=json", headers=head).json()["rows"]
    scored = [r for r in rows if r["score"] is not None]
    assert any(f"{r['score']:.2f}" != score_said(r) for r in scored), "one of them would be rounded up"
    nav = re.search(r'<nav class="list".*?</nav>', page, re.DOTALL)[0]
    listed = re.findall(r'<span class="muted">(.*?)<bdi>', nav)
    assert [said.split()[0] for said in listed] == [score_said(r) for r in rows]


def test_a_party_without_a_name_is_said_to_have_none(team, bearer):
    head = bearer("reviewer")
    place, page = screened(team, "nameless.csv", PARTIES.replace("Zijin", "Zijin Gold"), head)
    (case,) = (r for r in team.get(f"{place}?format=json", headers=head).json()["rows"] if not r["party"])
    assert ">None<" not in page
    assert "(no name)" in page
    assert re.search(
        r'<h2 id="party"><bdi>\(no name\)</bdi>', team.get(f"{place}?case={case['case_id']}", headers=head).text
    )


def test_the_first_of_four_eyes_is_told_that_it_does_not_count_yet(team, bearer, store):
    settings = store / "settings.toml"
    store.mkdir(exist_ok=True)
    settings.write_text("[decisions]\nfour_eyes = true\n")
    try:
        one, two = bearer("reviewer"), bearer("admin")
        place, _ = screened(team, "four.csv", PARTIES.replace("Zijin", "Zijin Copper"), one)
        case = team.get(f"{place}?format=json", headers=one).json()["rows"][0]["case_id"]
        told = []
        for head in (one, two):
            seen = re.search(r'name="seen" value="([^"]*)"', team.get(f"{place}?case={case}", headers=head).text)[1]
            said = {"act": "decide", "case": case, "seen": seen, "verdict": "false", "why": "a tailor of Lyon"}
            sent = team.post(place, data=said, headers=head)
            told.append(unescape(shown(team, sent.headers["location"], **head).text))
        assert "counts once a second person has decided so too" in told[0]
        assert "Decided false" in told[1]
        assert "second person" not in told[1].partition('role="status"')[2].partition("</p>")[0]
        assert case not in {
            r["case_id"]
            for r in Desk(store).review(str(next(store.glob(f"served/{place[6:]}/results.json")))).to_pylist()
        }
    finally:
        settings.unlink()


def test_a_file_whose_headings_name_nobody_is_read_by_who_says_which_column_does(team, bearer):
    """As ERP systems call their fields; what is sent without a name asks again, and is not confirmed."""
    head = bearer("reviewer")
    parties = "LIFNR,TEXT4,LAND1\n100017,Hetian Taida Apparel Co Ltd,CN\n100018,An Invented Chandler,FR\n"
    place = team.post("/desk", files={"file": ("fields.csv", parties)}, headers=head).headers["location"]
    page = team.get(place, headers=head)
    assert page.status_code == 200
    assert "Hetian Taida Apparel" in page.text, "an example tells which column it is"
    assert "Say below which one holds it" in page.text
    assert "--" not in page.text.partition("<main")[2].partition("<footer")[0]
    nobody = team.post(place, data={"act": "screen", "holds-2": "nothing", "holds-3": "country"}, headers=head)
    assert nobody.status_code == 422
    assert re.search(r'name="holds-3".*?<option value="country" selected', nobody.text, re.DOTALL)
    assert 'name="holds-1"' in team.get(place, headers=head).text, "it can still be read"
    named = {"act": "screen", "holds-1": "key", "holds-2": "name", "holds-3": "country"}
    assert team.post(place, data=named, headers=head).status_code == 303
    (case,) = (r for r in [*rows_of(team, place, head)] if r["kind"] == "listing")
    assert (case["party_key"], case["country"]) == ("100017", "CN")


def rows_of(client, place, head):
    shown(client, place, **head)
    return client.get(f"{place}?format=json", headers=head).json()["rows"]


def test_columns_by_which_a_file_cannot_be_screened_are_there_to_be_corrected(team, bearer, store):
    """The columns lie confirmed without a name, as an earlier release took them."""
    head = bearer("reviewer")
    parties = "name,country\nHetian Taida Apparel Co Ltd,CN\nAn Invented Cooper,FR\n"
    place = team.post("/desk", files={"file": ("stuck.csv", parties)}, headers=head).headers["location"]
    mapping = store / "served" / place.rpartition("/")[2] / "columns.csv"
    mapping.write_text("column,heading,holds,of,number\n1,name,nothing,,\n2,country,country,,\n")
    stuck = shown(team, place, **head)
    assert (stuck.status_code, 'name="holds-1"' in stuck.text) == (422, True)
    assert "no column holds a name" in stuck.text
    team.post(place, data={"act": "screen", "holds-1": "name", "holds-2": "country"}, headers=head)
    assert {r["party"] for r in rows_of(team, place, head)} == {"Hetian Taida Apparel Co Ltd"}


def test_columns_that_are_sent_as_they_were_read_need_not_be_said_again(team, bearer):
    """A program confirms them with the act alone."""
    head = bearer("reviewer")
    parties = "name,country\nHetian Taida Apparel Co Ltd,CN\nAn Invented Turner,FR\n"
    place = team.post("/desk", files={"file": ("as read.csv", parties)}, headers=head).headers["location"]
    assert team.post(place, data={"act": "screen"}, headers=head).status_code == 303
    assert {r["party"] for r in rows_of(team, place, head)} == {"Hetian Taida Apparel Co Ltd"}
