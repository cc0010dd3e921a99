"""What an address says is heard or refused, and a page and its data are the same rows."""

from __future__ import annotations

import re

import pytest
from tests.server.seen import shown

from entrepot.server.pages import PAGES


@pytest.mark.parametrize(
    "path",
    ["/?asof=2023-01-01", "/parties?sectr=cotton", "/search?nme=Hoshine", "/crossings?asof=2023-01-01", "/routes?x=x",
     "/crossings/khorgos?known_by=2020-01-01", "/record/observations?wher=place_id%3Dkhorgos", "/check?reprt=x",
     "/tracing?asof=2023-01-01", "/dossier?shipmnt=x", "/scenarios?presets=uflpa", "/diversion?dmeo=x",
     "/flows?perod=2024"],
)  # fmt: skip
def test_a_name_that_a_page_does_not_hear_is_refused_and_not_passed_over(open_client, path):
    """Passed over, a misspelt filter shows everything and a misspelt day shows today."""
    name = re.search(r"\?(\w+)=", path)[1]
    page = shown(open_client, path)
    assert page.status_code == 422
    assert name in page.text.partition("<main")[2]
    with_rows = next(p for p in PAGES if re.fullmatch(re.sub(r"{\w+}", "[^/]+", p.path), path.partition("?")[0]))
    if with_rows.table is not None:
        rows = open_client.get(f"{path}&format=csv")
        assert (rows.status_code, name in rows.text) == (422, True)


@pytest.mark.parametrize("words", ["khorgos", "Khorgos customs", "nothing-that-stands-anywhere"])
def test_rows_found_by_words_are_those_of_the_data_too(open_client, words):
    page = open_client.get("/record/observations", params={"q": words}).text
    data = open_client.get("/record/observations", params={"q": words, "format": "json"}).json()["rows"]
    every = open_client.get("/record/observations", params={"format": "json"}).json()["rows"]
    fit = [r for r in every if all(w.casefold() in " ".join(map(str, r.values())).casefold() for w in words.split())]
    assert [r["id"] for r in data] == [r["id"] for r in fit]
    counted = re.search(r"Rows [\d,]+ to [\d,]+ of ([\d,]+)", page)
    assert (int(counted[1].replace(",", "")) if counted else 0) == len(fit)
    (link,) = set(re.findall(r'href="(/record/observations\?[^"]*format=json[^"]*)"', page)) or {""}
    assert "q=" in link


def test_a_list_that_is_none_is_not_said_to_hold_nobody(open_client):
    for form in ("html", "csv"):
        page = open_client.get("/parties", params={"list": "uflap", "format": form})
        assert (page.status_code, "uflpa" in page.text) == (422, True)
    assert "No party of the record fits" not in page.text
