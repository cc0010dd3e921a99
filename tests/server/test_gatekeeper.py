"""What stands before each request."""

from __future__ import annotations

import re
import socket

import httpx
import pytest

from entrepot.core.errors import EntrepotError
from entrepot.server.people import known, read_people, with_token
from entrepot.server.serve_settings import ServeSettings
from entrepot.server.sessions import COOKIE

PARTS = {"thing", "found", "allowed", "remedy", "message"}


def test_the_first_page_comes_with_the_headers_that_keep_others_out(open_client):
    answer = open_client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "http" not in str(policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    # Nothing is asked of anybody else: https://developer.mozilla.org/docs/Web/HTML on what loads.
    assert re.findall(r"(?:src|href|action)=[\"']?(?:https?:)?//", answer.text) == []
    assert re.findall(r"<(?:script|style)\b(?![^>]*\bsrc=)|\son\w+=|\sstyle=", answer.text) == []


@pytest.mark.parametrize("path", ["/static/pages.css", "/healthz", "/metrics"])
def test_what_is_beside_the_pages_is_there(open_client, path):
    answer = open_client.get(path)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_counts_are_what_was_asked(team, bearer):
    before = team.get("/metrics", headers=bearer("reader")).text
    for _ in range(3):
        assert team.get("/healthz").status_code == 200

    def count(text):
        found = re.search(r'entrepot_requests_total\{method="GET",route="/healthz",status="200"\} (\d+)', text)
        return int(found[1]) if found else 0

    assert count(team.get("/metrics", headers=bearer("reader")).text) - count(before) == 3


@pytest.mark.parametrize(
    "path", ["/nowhere", "/static/../people.py", "/static/%2e%2e/people.py", "/static//etc/passwd"]
)
def test_nothing_lies_outside(open_client, path):
    answer = open_client.get(path)
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == PARTS


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8765"])
def test_a_name_pointed_at_this_machine_is_refused(open_client, host):
    answer = open_client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "not called so" in answer.json()["error"]["message"]


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:8765"])
def test_names_of_this_machine_are_let_in(open_client, host):
    assert open_client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("role", ["reader", "reviewer", "admin"])
def test_a_token_says_who_asks(team, bearer, role):
    answer = team.get("/", headers=bearer(role))
    assert f"A {role.title()} ({role})" in answer.text


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong-0123456789abcdef"}, {"Authorization": "Basic x"}]
)
def test_who_is_not_known_is_refused(team, header):
    answer = team.get("/metrics", headers=header)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert set(answer.json()["error"]) == PARTS
    # A browser is shown where to sign in.
    shown = team.get("/", headers={"Accept": "text/html", **header})
    assert (shown.status_code, shown.headers["location"]) == (303, "/session")
    shown = team.get("/parties?q=a%26b", headers={"Accept": "text/html", **header})
    assert shown.headers["location"] == "/session?back=%2Fparties%3Fq%3Da%2526b"


def test_a_token_in_an_address_is_refused_though_it_is_right(team, tokens, bearer):
    for name in ("token", "access_token", "api_key", "Token"):
        answer = team.get("/", params={name: tokens["admin"]}, headers=bearer("admin"))
        assert answer.status_code == 400
        assert tokens["admin"] not in answer.text
    answer = team.get(f"/evidence/{tokens['admin']}", headers=bearer("admin"))
    assert answer.status_code == 400
    assert tokens["admin"] not in answer.text


def signed_in(team, tokens):
    answer = team.post("/session", data={"token": tokens["reviewer"]})
    assert answer.status_code == 303
    return answer.headers["set-cookie"]


def test_a_session_stands_for_a_token(team, tokens):
    cookie = signed_in(team, tokens)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert tokens["reviewer"] not in cookie
    assert "A Reviewer" in team.get("/").text
    assert team.post("/session/end").status_code == 303
    assert team.get("/metrics").status_code == 401


def test_signing_in_leads_back_and_to_no_other_site(team, tokens):
    page = team.get("/session?back=%2Fparties%3Fq%3Da%2526b").text
    assert 'name="back" value="/parties?q=a%26b"' in page
    for back, leads in (
        ("/parties?q=a%26b", "/parties?q=a%26b"), ("//evil.example", "/"), ("/\\evil.example", "/"),
        ("https://evil.example/", "/"), ("/\t/evil.example", "/"), ("/session/end", "/"), ("", "/"),
    ):  # fmt: skip
        answer = team.post("/session", data={"token": tokens["reader"], "back": back})
        assert answer.headers["location"] == leads, back


def test_a_wrong_token_begins_no_session(team):
    answer = team.post("/session", data={"token": "wrong-0123456789abcdef"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_elsewhere_does_not_write_in_ones_name(team, open_client, tokens, headers):
    signed_in(team, tokens)
    for client in (team, open_client):
        answer = client.post("/v1/measures", headers=headers, json={})
        assert answer.status_code == 403
        assert "another page" in answer.json()["error"]["message"]


def test_a_link_from_elsewhere_opens_a_page_and_an_image_from_elsewhere_does_not(open_client):
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert open_client.get("/", headers=cross | {"Sec-Fetch-Mode": "navigate"}).status_code == 200
    assert open_client.get("/", headers=cross | {"Sec-Fetch-Mode": "no-cors"}).status_code == 403


def test_a_session_repeats_its_word_when_it_writes(team, tokens):
    signed_in(team, tokens)
    answer = team.post("/v1/measures", json={})
    assert answer.status_code == 403
    assert "word of the session" in answer.json()["error"]["message"]


def test_too_much_is_refused_before_it_comes(team, tokens):
    # What says so itself is refused by its head: not a byte of the body is sent here.
    head = (
        f"POST /v1/screen HTTP/1.1\r\nHost: {team.base_url.netloc.decode()}\r\n"
        f"Authorization: Bearer {tokens['admin']}\r\nContent-Length: 2000000000\r\n\r\n"
    )
    with socket.create_connection((team.base_url.host, team.base_url.port), timeout=10) as raw:
        raw.sendall(head.encode())
        said = raw.recv(65536).decode()
    assert said.startswith("HTTP/1.1 413")
    # What does not say so is refused while it comes.
    sent, form = [], {"Content-Type": "application/x-www-form-urlencoded"}

    def streamed():
        for _ in range(100):
            sent.append(100_000)
            yield b"x" * 100_000

    try:
        answer = team.post("/session", headers=form, content=streamed())
    except (httpx.WriteError, httpx.ReadError):  # the server has hung up, as it may
        answer = None
    assert answer is None or answer.status_code in {400, 413}
    assert team.get("/healthz").status_code == 200


def test_a_server_that_others_reach_asks_who_they_are(tmp_path):
    for host in ("0.0.0.0", "192.0.2.1", "::", "example.org"):
        with pytest.raises(EntrepotError, match="needs to know who asks"):
            ServeSettings(tmp_path, host=host)


def test_people_are_read_and_their_tokens_are_never_shown(tmp_path):
    file = tmp_path / "users.toml"
    file.write_text(
        '[[user]]\nname = "A. Clerk"\nrole = "reviewer"\ntoken = "hushed-0123456789"\n'
        '[[user]]\nname = "B. Head"\nrole = "admin"\n'
        # sha256("abc"), FIPS 180-2 appendix B.1
        'token_sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"\n',
        encoding="utf-8",
    )
    people = read_people(file)
    assert [known(people, t) and known(people, t).name for t in ("hushed-0123456789", "abc", "abd")] == [
        "A. Clerk",
        "B. Head",
        None,
    ]
    assert "hushed" not in repr(people)
    for text in (
        "",
        "[[user]]\nname = 'x'",
        "[[user]]\nname = 'x'\nrole = 'king'\ntoken = 'hushed-0123456789'",
        "[[user]]\nname = 'x'\nrole = 'admin'\ntoken = 'hushed'",
        "[[user]]\nname = 'x'\nrole = 'admin'\ntoken_sha256 = 'hushed'",
        "user = 3",
        "user = [",
    ):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(EntrepotError) as caught:
            read_people(file)
        assert "hushed" not in str(caught.value)
    with pytest.raises(EntrepotError, match="cannot be used"):
        with_token("x", "admin", "short")
    assert COOKIE.isidentifier()
