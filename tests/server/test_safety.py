"""What a request may try: hosts, archives, addresses, forms."""

from __future__ import annotations

import io
import json
import socket
import threading
import zipfile
from functools import partial

import pytest

from entrepot.core import store as stores
from entrepot.core.errors import StoreLockedError
from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.decisions.ledger.sqlite_ledger import SqliteLedger
from entrepot.desk.desk import Desk
from entrepot.desk.ledger import ledger_verify
from entrepot.desk.noted_changes import noted_change
from entrepot.server.gatekeeper import host_of
from entrepot.server.page_parts.desk_files import kept_file
from entrepot.server.page_parts.worked_out import WAITING, forget, worked_out
from entrepot.server.pages.page import Sent
from entrepot.server.refusal import RefusedError, headers_of, status_of, told

ONE = {"queries": {"a": {"schema": "Company", "properties": {"name": ["Hoshine"]}}}}
SUPPLIERS = "supplier\nHetian Taida Apparel Co Ltd\n"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1/v1/lists?",  # CVE-2026-48710: a path in the name
        "127.0.0.1:8765/healthz",
        "user@127.0.0.1",
        "[::1",
        "127.0.0.1:port",
        "127.0.0.1 evil.example",
        "127.0.0.1#",
    ],
)
def test_a_host_with_more_than_a_name_is_refused(open_client, host):
    assert host_of(host) == ""
    answer = open_client.get("/metrics", headers={"Host": host})
    assert answer.status_code == 400
    assert open_client.get("/healthz", headers={"Origin": f"http://{host}"}).status_code < 500


def archive(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(*(content if isinstance(content, tuple) else (name, content)))
    return held.getvalue()


def link(target):
    info = zipfile.ZipInfo("parties.csv")
    info.create_system, info.external_attr = 3, 0o120777 << 16  # a symbolic link, as Unix packs it
    return (info, target)


def test_archives_reach_nothing_outside_and_do_not_burst(open_client, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(SUPPLIERS, encoding="utf-8")
    outside = tmp_path / "outside.csv"
    tried = {
        "link": archive(a=link(str(secret))),
        "above": archive(a=(f"../../../../../../../..{outside}", SUPPLIERS)),
        "bomb": archive(a=("parties.csv", b"supplier\n" + b"0" * 80_000_000)),
        "none": archive(),
    }
    for what, content in tried.items():
        answer = open_client.post(
            "/v1/screen", files={"parties": ("parties.zip", content)}, data={"as_of": "2024-11-25"}
        )
        assert answer.status_code in {200, 422}, what + answer.text
        assert not outside.exists()
        if what != "above":  # of which the content is what was sent, whatever it is called
            assert "Hetian" not in answer.text, what
    assert open_client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "source",
    [
        "https://127.0.0.1/list.xml",
        "https://localhost:8765/healthz",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "http://example.org/list.xml",
        "file:///etc/passwd",
        "ftp://example.org/list.xml",
    ],
)
def test_an_admin_reaches_no_address_within_by_fetch(team, bearer, source):
    said = {"list_id": "un-sc", "source": source}
    assert team.post("/v1/fetch", json=said, headers=bearer("reviewer")).status_code == 403
    answer = team.post("/v1/fetch", json=said, headers=bearer("admin"))
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1.2.3", "[::1]", "LOCALHOST."])
def test_nothing_that_listens_on_this_machine_is_asked_for_an_admin(team, bearer, host):
    with (
        socket.create_server(("::1", 0), family=socket.AF_INET6)
        if ":" in host
        else socket.create_server(("127.0.0.1", 0)) as within
    ):
        within.settimeout(0.5)
        for scheme in ("http", "https"):
            said = {"list_id": "un-sc", "source": f"{scheme}://{host}:{within.getsockname()[1]}/list.xml"}
            answer = team.post("/v1/fetch", json=said, headers=bearer("admin"))
            assert answer.status_code == 422
            assert "a public host" in answer.json()["error"]["message"]
        with pytest.raises(TimeoutError):
            within.accept()


def test_forms_without_end_are_refused(open_client):
    """Before the client goes away: quadratic work takes minutes."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    many = "&".join(f"k{n}=v" for n in range(20_000))  # CVE-2026-54283
    assert open_client.post("/v1/search", content=many, headers=form).status_code in {400, 422}
    mixed = {"Content-Type": "multipart/form-data; boundary=b"}
    before = b"x" * 2_000_000 + b"\r\n--b--\r\n"  # CVE-2026-40347
    assert open_client.post("/v1/screen", content=before, headers=mixed).status_code in {400, 422}
    none = {"Content-Type": "multipart/form-data"}
    assert open_client.post("/v1/screen", content=b"x", headers=none).status_code in {400, 422}


def test_what_is_put_into_a_name_is_text_on_a_page_and_in_an_answer(open_client):
    hostile = "<script>alert(1)</script>"
    for path in (
        f"/search?name={hostile}",
        f"/v1/search?name={hostile}",
        f"/search/default?q={hostile}",
        f"/{hostile}",
    ):
        answer = open_client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code < 500
        if "html" in answer.headers["content-type"]:
            assert "<script>alert" not in answer.text, path


def test_a_store_that_another_run_holds_says_when_to_come_again():
    exc = StoreLockedError("another run holds the store", remedy="Wait for it to end.")
    assert status_of(exc) == 503
    assert int(headers_of(exc)["Retry-After"]) > 0
    assert json.loads(json.dumps(told(exc)))["error"]["remedy"]


def test_a_page_that_is_looked_at_goes_on_by_itself_when_the_store_is_free_and_a_form_is_not_lost(
    open_client, monkeypatch
):
    def held(*_, **__):
        raise StoreLockedError("another run holds the store", remedy="Wait for it to end.")

    monkeypatch.setattr("entrepot.desk.search.search", held)
    monkeypatch.setattr("entrepot.desk.noted_changes.write_asked", held)
    looked_at = open_client.get("/search?name=Hoshine")
    assert looked_at.status_code == 503
    assert f'http-equiv="refresh" content="{looked_at.headers["retry-after"]}; url=?name=Hoshine"' in looked_at.text
    sent = open_client.post("/desk", files={"file": ("p.csv", "name\nHoshine\n")})
    assert sent.status_code == 503
    assert 'http-equiv="refresh"' not in sent.text


def raw(client, head):
    """The answer to a head of which the body never comes; the server hangs up behind it."""
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=10) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


@pytest.mark.parametrize(
    ("path", "kind", "length", "status"),
    [
        ("/v1/search", "application/json", 20_000_001, 413),  # held in memory whole
        ("/match/default", "application/json", 20_000_001, 413),
        ("/v1/screen", "multipart/form-data; boundary=b", 500_000_001, 413),
        ("/v1/screen/stream", "application/x-ndjson", 2_000_000_000, 413),
    ],
)
def test_each_kind_of_body_has_its_limit(open_client, path, kind, length, status):
    head = f"POST {path} HTTP/1.1\nHost: 127.0.0.1\nContent-Type: {kind}\nContent-Length: {length}\n\n"
    said = raw(open_client, head)
    assert said.startswith(f"HTTP/1.1 {status}")
    assert "at most" in said
    assert "command line" in said
    browser = raw(open_client, head.replace("\n\n", "\nAccept: text/html\n\n"))
    assert "text/html" in browser
    assert 'role="alert"' in browser


def test_who_is_not_known_sends_no_more_than_a_token(team, open_client):
    head = "POST /session HTTP/1.1\nHost: {}\nContent-Type: multipart/form-data; boundary=b\nContent-Length: 10001\n\n"
    assert raw(team, head.format(team.base_url.netloc.decode())).startswith("HTTP/1.1 413")


def test_a_token_is_refused_in_an_address_under_whatever_name(team, tokens, bearer):
    answer = team.get("/v1/search", params={"name": tokens["reader"]}, headers=bearer("reader"))
    assert answer.status_code == 400
    assert tokens["reader"] not in answer.text


def test_what_a_client_calls_a_method_takes_no_memory(open_client):
    open_client.request("BREW", "/healthz")
    before = [len(open_client.get("/metrics").text.splitlines()) for _ in range(3)][-1]
    for number in range(20):
        assert open_client.request(f"BREW{number}", "/healthz").status_code == 405
    assert len(open_client.get("/metrics").text.splitlines()) == before
    assert "BREW" not in open_client.get("/metrics").text


def test_a_browser_is_shown_a_page_and_a_program_an_object(open_client):
    page = open_client.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "nothing lies at this address" in page.text
    assert page.headers["content-type"].startswith("text/html")
    assert open_client.get("/nowhere").json()["error"]["thing"] == "nothing lies at this address"
    hostile = open_client.get("/<script>alert(1)</script>", headers={"Accept": "text/html"})
    assert "<script" not in hostile.text


def test_a_fault_of_ours_is_a_sentence_without_its_inside(open_client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret words")

    monkeypatch.setattr("entrepot.server.verbs.verb_routes.sent", broken)
    monkeypatch.setattr("entrepot.server.lookup.looked_up.LookUp.lists_of", broken)
    for path in ("/v1/lists", "/search/default?q=x", "/reconcile?queries={}"):
        answer = open_client.get(path)
        assert answer.status_code == 500
        assert "a fault of Entrepot" in answer.json()["error"]["message"]
        assert "secret" not in answer.text


def test_a_store_that_the_command_line_holds_is_a_sentence(team, bearer, store, monkeypatch):
    for held in (stores.opened, stores.locked):
        monkeypatch.setitem(held.__wrapped__.__kwdefaults__, "wait", 0.2)
    monkeypatch.setattr("entrepot.desk.noted_changes._TRIES", 1)
    monkeypatch.setattr("entrepot.decisions.ledger.kept_ledger.SqliteLedger", partial(SqliteLedger, wait=0.2))
    asked, sent = (
        {"list_id": "own-late", "version": "2024-01-05"},
        {"file": ("own.csv", "name\nInvented Harbour Ltd\n")},
    )
    for thread in threading.enumerate():
        if thread.name == "page":  # an answer that is worked out beside its page is kept in the store when it is there
            thread.join(timeout=60)  # the longest takes some seconds
    assert team.post("/match/default", headers=bearer("reader"), json=ONE).status_code == 200
    with stores.locked(store):
        for _ in range(2):
            answer = team.post("/v1/load_list", headers=bearer("admin"), files=sent, data=asked)
            assert answer.status_code == 503, answer.text
            assert answer.headers["retry-after"]
            assert "ait" in answer.json()["error"]["remedy"]  # Wait for it to end
        # Names are met meanwhile by lists that were made ready before.
        assert team.post("/match/default", headers=bearer("reader"), json=ONE).status_code == 200
    assert "own-late" not in team.get("/v1/lists", headers=bearer("reader")).text
    assert team.post("/v1/load_list", headers=bearer("admin"), files=sent, data=asked).status_code == 200


def test_a_change_whose_end_cannot_be_written_is_said_and_stays_open(tmp_path, monkeypatch, capsys):
    def locked(*_):
        raise StoreLockedError("another reviewer holds the ledger", remedy="Wait.")

    monkeypatch.setattr("entrepot.desk.noted_changes.write_ended", locked)
    with noted_change(tmp_path, "load_list", "A Clerk", "admin", {"file": tmp_path / "own.csv"}):
        pass
    assert "load_list" in capsys.readouterr().err
    found = ledger_verify(store=tmp_path)
    assert found.holds
    assert any("1 change" in note and "load_list" in note for note in found.notes)
    assert str(tmp_path) not in str(ledger(tmp_path).entries[1].fields["said"])


def test_answers_without_end_are_not_begun():
    let_go, begun = threading.Event(), []

    def ask():
        for number in range(WAITING + 1):
            worked_out(("never", number), lambda _: let_go.wait(60), patience=0)
            begun.append(number)

    try:
        with pytest.raises(RefusedError, match="too many") as refused:
            ask()
        assert refused.value.status == 503
        assert 0 < len(begun) <= WAITING
    finally:
        let_go.set()
        for number in begun:
            worked_out(("never", number), lambda _: None, patience=60)
            forget(("never", number))


def test_files_that_are_not_what_they_say_are_a_sentence(open_client):
    tried = {
        "parties.xlsx": b"no workbook at all, but words\n" * 50,
        "parties.parquet": b"PAR1" + bytes(200) + b"PAR1",
        "parties.csv": bytes(range(256)) * 40,
        "parties.json": b'{"rows": [',
        "parties.zip": b"PK\x05\x06" + bytes(10),
        "parties.csv.gz": b"\x1f\x8b\x08" + bytes(5),
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "parties.pdf": b"%PDF-1.7\n%%EOF\n",
    }
    for name, content in tried.items():
        answer = open_client.post("/v1/screen", files={"parties": (name, content)}, data={"as_of": "2024-11-25"})
        assert answer.status_code == 422, name + answer.text
        told = answer.json()["error"]
        assert told["message"], name
        assert "/tmp" not in answer.text, name


def test_two_files_of_one_name_sent_at_once_are_two_files(tmp_path):
    first, second = b"name\nInvented Harbour Ltd\n", b"name\nInvented Meadow Ltd, of which there is more to read\n"
    kept = []

    class Slow(io.BytesIO):
        """While it is read, somebody else sends a file of the same name."""

        def read(self, *size):
            if not kept:
                kept.append(None)
                kept[0] = kept_file(Desk(tmp_path), Sent("parties.csv", io.BytesIO(second)))
            return super().read(*size)

    held = kept_file(Desk(tmp_path), Sent("parties.csv", Slow(first)))
    assert held.given.read_bytes() == first
    assert kept[0].given.read_bytes() == second
    assert held.id != kept[0].id


@pytest.mark.parametrize("ending", [".toml", ".TOML", ".toml "])
def test_a_page_reads_no_file_of_the_server_as_a_measure(open_client, tmp_path, ending):
    file = tmp_path / "order.toml"
    lines = ('title = "Secret order"', 'who = "EU"', 'whom = ["RUS"]', 'goods = ["27"]', "from = 2023-02-05")
    file.write_text("\n".join(lines), encoding="utf-8")
    answer = open_client.get("/", params={"measure": str(file).removesuffix(".toml") + ending})
    assert answer.status_code == 422
    assert "reads no file of the server" in answer.text
    assert "Secret order" not in answer.text
