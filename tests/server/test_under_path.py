"""A server below a path names no address outside it: in its description, its refusals and its pages."""

from __future__ import annotations

import re

import httpx
import pytest

from entrepot.server.app import create_app
from entrepot.server.people import READER, with_token
from entrepot.server.serve_settings import ServeSettings

TOKEN = {"Authorization": "Bearer reader-0123456789abcdef"}


@pytest.fixture(scope="module")
def below(tmp_path_factory, serving):
    """A server below /shared/desk."""
    people = (with_token("A Reader", READER, TOKEN["Authorization"].partition(" ")[2]),)
    settings = ServeSettings(tmp_path_factory.mktemp("below") / "store", people=people, under="/shared/desk")
    with httpx.Client(base_url=serving(create_app(settings)), timeout=60) as client:
        yield client


def test_the_description_says_where_its_addresses_lie(below, open_client):
    assert below.get("/shared/desk/openapi.json", headers=TOKEN).json()["servers"] == [{"url": "/shared/desk"}]
    assert "servers" not in open_client.get("/openapi.json").json()


@pytest.mark.parametrize("asked", ["/shared/desk/v1/lists", "/v1/lists"])
def test_who_is_not_known_is_led_to_sign_in_below_the_path(below, asked):
    answer = below.get(asked)
    assert answer.status_code == 401
    assert re.findall(r"\S*/session", answer.json()["error"]["remedy"]) == ["/shared/desk/session"]


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/desk?format=csv", 400)])
def test_a_refusal_names_the_description_below_the_path(below, open_client, path, status):
    answer = below.get(f"/shared/desk{path}", headers=TOKEN)
    assert answer.status_code == status
    assert re.findall(r"\S*/openapi\.json", answer.json()["detail"]) == ["/shared/desk/openapi.json"]
    assert re.findall(r"\S*/openapi\.json", open_client.get(path).json()["detail"]) == ["/openapi.json"]


def test_no_page_has_a_browser_ask_for_an_icon_at_the_root(below):
    for path, heads in (("/session", {}), ("/", TOKEN), ("/nothing", TOKEN)):
        page = below.get(f"/shared/desk{path}", headers={**heads, "Accept": "text/html"}).text
        assert re.findall(r'<link rel="icon" href="([^"]+)"', page) == ["/shared/desk/static/mark.svg"], path
    assert below.get("/shared/desk/static/mark.svg").status_code == 200
