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
