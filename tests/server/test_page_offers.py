"""What a page offers is there: the rows under its links, and a party under each name that it gives as an example."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.server.seen import shown

from entrepot.core.words.languages import ENGLISH
from entrepot.server.page_parts.page_words import words

OFFERING = (
    "/?measure=ofac-xinjiang", "/parties", "/search?name=Hoshine", "/crossings", "/crossings/khunjerab", "/record",
    "/record/crossings", "/diversion?demo=russia-2022", "/routes?from=urumqi&to=tashkent", "/flows?period=2025-Q3",
    "/tracing", "/desk", "/check", "/dossier", "/scenarios",
)  # fmt: skip
# Words of the sentence that are no examples: what begins it, and what joins them.
EXAMPLES = re.compile(r"^For example (.+?)\. ")


@pytest.mark.slow
@pytest.mark.parametrize("path", OFFERING)
def test_rows_that_a_page_offers_are_there(open_client, path):
    page = shown(open_client, path).text
    offered = [unescape(a) for a in re.findall(r'href="([^"]*[?&]format=[^"]*)"', page)]
    refused = {a: s for a in offered if (s := open_client.get(a).status_code) != 200}
    assert refused == {}


def test_the_first_page_has_no_rows_of_its_own_and_offers_none(open_client):
    assert "format=csv" not in shown(open_client, "/?measure=ofac-xinjiang").text


def test_every_name_given_as_an_example_finds_a_party(open_client):
    said = words(ENGLISH)("search.begin_todo")
    named = re.split(r", | or ", EXAMPLES.match(said)[1])
    assert len(named) == 3
    assert any(re.search(r"[А-я]", n) for n in named)
    found = {n: len(open_client.get("/search", params={"name": n, "format": "json"}).json()["rows"]) for n in named}
    assert {n: many for n, many in found.items() if not many} == {}
