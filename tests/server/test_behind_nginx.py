"""docs/server.md for a team, tried: nginx by its lines, TLS, the root and a path, a ledger in PostgreSQL."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
NAME = "localhost"
TOKENS = {role: f"{role}-0123456789abcdef" for role in ("reviewer", "admin")}
PEOPLE = "\n".join(
    f'[[user]]\nname = "A {r.title()}"\nrole = "{r}"\ntoken = "{t}"' for r, t in TOKENS.items()
)  # fmt: skip
PARTIES = b"name,country\nHoshine Silicon Industry Co. Ltd,China\nAn Invented Bakery,France\n"
AROUND = """
daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log error.log;
events {{}}
http {{
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    {block}
}}
"""
PLACES = ("/", "/desk", "/parties", "/search", "/crossings", "/record", "/check", "/diversion", "/routes")
ADDRESS = re.compile(r'\s(?:href|src|action|formaction)="([^"#?]*)')
PROXIED_LIMIT, OWN_LIMIT = 500 * 1024**2, 500_000_000  # client_max_body_size as nginx counts it; bytes of a request


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def bearer(role):
    return {"Authorization": f"Bearer {TOKENS[role]}"}


def waited_for(port, process):
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, process.args
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, "nothing listens"
            time.sleep(0.05)
        else:
            return


class Team:
    """A server as the page tells to start it, and nginx before it as the page tells to set it up."""

    def __init__(self, place, under, environment, ledger):
        self.place, self.under, self.store, self.port = place, under, place / "store", free_port()
        self.environment = environment | {"ENTREPOT_LEDGER": ledger}
        self.certificate, key, inner = place / "desk.pem", place / "desk.key", free_port()
        made = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ]
        subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
        subprocess.run([*made, *subject, "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        users = place / "users.toml"
        users.write_text(PEOPLE, encoding="utf-8")
        users.chmod(0o600)
        self.served = self.begun(
            "serve", "--no-browser", "--port", inner, "--users", users, "--name", NAME, "--https",
            *(("--under", under) if under else ()),
        )  # fmt: skip
        waited_for(inner, self.served)
        (place / "nginx.conf").write_text(AROUND.format(block=self.block(key, inner)), encoding="utf-8")
        self.nginx = subprocess.Popen([NGINX, "-p", place, "-c", "nginx.conf"], stderr=subprocess.DEVNULL)
        waited_for(self.port, self.nginx)

    def block(self, key, inner):
        """The lines of the page, with the names and ports of this test."""
        (block,) = re.findall(r"^```nginx\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
        for said, here in (
            ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            ("/etc/ssl/desk.example.org.pem", str(self.certificate)),
            ("/etc/ssl/private/desk.example.org.key", str(key)),
            ("desk.example.org", NAME),
            ("127.0.0.1:8765", f"127.0.0.1:{inner}"),
            ("location / {", f"location {self.under}/ {{"),
        ):
            assert said in block
            block = block.replace(said, here)
        return block

    def words(self, *words, store=None):
        return [sys.executable, "-m", "entrepot", *map(str, words), "--store", str(store or self.store)]

    def begun(self, *words):
        return subprocess.Popen(self.words(*words), env=self.environment, stderr=subprocess.DEVNULL, cwd=self.place)

    def run(self, *words, store=None, **environment):
        """A command on the machine of the server; what it printed."""
        done = subprocess.run(
            self.words(*words, store=store),
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def client(self, **options):
        trusted = ssl.create_default_context(cafile=self.certificate)
        base = f"https://{NAME}:{self.port}{self.under}"
        return httpx.Client(base_url=base, verify=trusted, timeout=120, **options)

    def line(self):
        """A connection of which every byte is ours."""
        trusted = ssl.create_default_context(cafile=self.certificate)
        return http.client.HTTPSConnection(NAME, self.port, context=trusted, timeout=120)

    def entries(self):
        return json.loads(self.run("ledger", "decisions", "--format", "json"))

    def end(self):
        for process in (self.nginx, self.served):
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@pytest.fixture(scope="module", params=["", "/desk"], ids=["root", "below"])
def team(request, tmp_path_factory, isolated, postgres):
    """The server at the root has its ledger in PostgreSQL; the one below a path in its store."""
    if not os.access(NGINX, os.X_OK) or shutil.which("openssl") is None:
        pytest.skip("needs nginx and openssl: apt-get install nginx openssl")
    place = tmp_path_factory.mktemp("team")
    made = Team(place, request.param, isolated(place), "" if request.param else postgres)
    yield made
    made.end()


@pytest.mark.slow
def test_every_page_and_what_it_names_lies_where_the_proxy_has_it(team):
    with team.client(headers=bearer("admin") | {"Accept": "text/html"}) as client:
        named = set()
        for path in PLACES:
            answer = client.get(path)
            assert answer.status_code == 200, path
            own = {a for a in ADDRESS.findall(answer.text) if a and not urlsplit(a).scheme}
            assert all(a.startswith(f"{team.under}/") for a in own), (path, own)
            named |= own
        statics = {a for a in named if "/static/" in a}
        assert {f"{team.under}/static/{n}" for n in ("pages.css", "islands.js", "mark.svg")} <= statics
        rows = {next(a for a in sorted(named) if f"/{kind}/" in a) for kind in ("crossings", "record", "evidence")}
        for path in statics | rows:
            assert client.get(f"https://{NAME}:{team.port}{path}").status_code == 200, path
        manifest = client.get("/reconcile").json()
        assert manifest["view"]["url"].startswith(f"https://{NAME}:{team.port}{team.under}/entities/")


@pytest.mark.slow
def test_a_browser_signs_in_works_a_file_and_decides_and_the_ledger_says_from_where(team):
    here = httpx.HTTPTransport(verify=ssl.create_default_context(cafile=team.certificate), local_address="127.0.0.2")
    own = f"https://{NAME}:{team.port}"
    heads = {"Origin": own, "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": "192.0.2.77"}
    with team.client(transport=here, headers=heads, follow_redirects=True) as client:
        assert client.get("/desk", headers={"Accept": "text/html"}).url.path == f"{team.under}/session"
        begun = client.post("/session", data={"token": TOKENS["reviewer"]}, follow_redirects=False)
        assert begun.headers["location"] == f"{team.under}/"
        said = {part.strip() for part in begun.headers["set-cookie"].split(";")[1:]}
        assert {"HttpOnly", "Secure", "SameSite=strict", f"Path={team.under or '/'}"} <= said
        word = re.search(r'name="csrf" value="([^"]+)"', client.get("/desk").text)[1]
        columns = client.post("/desk", data={"csrf": word}, files={"file": ("suppliers.csv", PARTIES)})
        assert columns.url.path.startswith(f"{team.under}/desk/")
        path = columns.url.path.removeprefix(team.under)
        page = client.post(path, data={"csrf": word, "act": "screen"})
        while 'class="working"' in page.text:
            time.sleep(0.2)
            page = client.get(path)
        case = re.search(r'name="case" value="([^"]+)"', page.text)[1]
        said = {"csrf": word, "act": "decide", "case": case, "verdict": "true", "why": "It is the plant.", "seen": "0"}
        assert client.post(path, data=said).status_code == 200
        assert client.post(path, data=said | {"csrf": "another"}).status_code == 403
        assert client.post(path, data=said, headers={"Origin": "https://evil.example"}).status_code == 403
    (decided,) = [e for e in team.entries() if e["kind"] == "decided"]
    assert (decided["case_id"], decided["by"]) == (case, "A Reviewer")
    assert decided["account"].endswith(", asked from 127.0.0.2")  # and not what the client says of itself


def test_a_token_in_an_address_is_refused_and_nginx_writes_no_address_down(team):
    with team.client() as client:
        answer = client.get("/record", params={"token": TOKENS["admin"]})
        assert answer.status_code == 400
        assert "written to logs" in answer.json()["error"]["message"]
    written = b"".join(p.read_bytes() for p in team.place.rglob("*.log"))
    assert TOKENS["admin"].encode() not in written
    assert b"/record" not in written


def test_events_of_a_job_come_while_it_runs(team):
    with team.client(headers=bearer("admin")) as client:
        begun = client.post("/v1/jobs/brief", json={"measure": "uflpa", "as_of": "2025-06-30"})
        where = begun.headers["location"]
        assert where == f"{team.under}/v1/jobs/{begun.json()['id']}"
        address, seen = f"https://{NAME}:{team.port}{where}", []
        with client.stream("GET", f"{address}/events") as events:
            for line in events.iter_lines():
                seen += [line]
                if len(seen) == 1:  # the job is far from its end: what is gathered first would come after it
                    client.delete(address)
        assert seen[0] == "event: progress"
        assert "event: end" in seen
        assert client.get(address).json()["state"] == "cancelled"


def test_a_stream_is_answered_while_it_is_being_sent(team):
    line = team.line()
    line.putrequest("POST", f"{team.under}/v1/screen/stream")
    for name, value in {**bearer("admin"), "Transfer-Encoding": "chunked"}.items():
        line.putheader(name, value)
    line.endheaders()
    block = b"".join(b'{"id": %d, "name": "Hetian Taida Apparel"}\n' % n for n in range(200))

    def sent(data):
        line.send(b"%x\r\n%s\r\n" % (len(data), data))

    sent(block)
    answer = line.getresponse()
    assert json.loads(answer.readline())["matches"]  # and the end has not been sent
    sent(block)
    line.send(b"0\r\n\r\n")
    assert len(answer.read().splitlines()) == 399
    line.close()


@pytest.mark.parametrize(("length", "by"), [(OWN_LIMIT + 1, "ours"), (PROXIED_LIMIT + 1, "nginx")])
def test_what_is_too_large_is_refused_before_it_is_sent(team, length, by):
    assert PROXIED_LIMIT > OWN_LIMIT  # so that most who send too much read a sentence of ours
    line = team.line()
    line.putrequest("POST", f"{team.under}/v1/screen")
    for name, value in {**bearer("admin"), "Content-Type": "multipart/form-data; boundary=x"}.items():
        line.putheader(name, value)
    line.putheader("Content-Length", str(length))
    line.endheaders()
    answer = line.getresponse()
    assert answer.status == 413
    said = answer.read().decode()
    assert ("at most 500,000,000 bytes" in said) == (by == "ours")
    line.close()


@pytest.mark.slow
def test_what_is_backed_up_while_it_serves_is_put_back_to_the_byte(team, postgres):
    with team.client(headers=bearer("admin")) as client:
        files = {"file": ("own.csv", b"name\nInvented Harbour Ltd\n")}
        answer = client.post("/v1/load_list", data={"list_id": "own-quay", "version": "2024-01-05"}, files=files)
        assert answer.status_code == 200, answer.text
        client.post("/v1/jobs/brief", json={"measure": "uflpa"})  # writes beside the lock all the while
        archive, back = team.place / "served.tar", team.place / "restored"
        team.run("store", "backup", archive)
        ledger = "" if team.under else _copied(team.environment["ENTREPOT_LEDGER"])
        team.run("store", "restore", archive, store=back)
    for name in ("ledger.key", "ledger.sqlite3"):
        files = [place / name for place in (team.store, back)]
        assert [f.is_file() for f in files] == [name == "ledger.key" or bool(team.under)] * 2
        assert len({f.read_bytes() for f in files if f.is_file()}) <= 1
    given = sorted(p.relative_to(team.store) for p in team.store.glob("served/*/**/*") if p.is_file())
    assert given
    assert all((back / p).read_bytes() == (team.store / p).read_bytes() for p in given)
    there = {"ENTREPOT_LEDGER": ledger}
    assert team.run("ledger", "verify", store=back, **there) == team.run("ledger", "verify")
    hashes = [e["hash"] for e in team.entries()]
    kept = json.loads(team.run("ledger", "decisions", "--format", "json", store=back, **there))
    assert [e["hash"] for e in kept] == hashes
    lists = ("lists", "--format", "csv")
    assert team.run(*lists, store=back, **there) == team.run(*lists)
    with team.client(headers=bearer("admin")) as client:  # behind all else: that a job is ended stands in the ledger
        for job in client.get("/v1/jobs").json()["jobs"]:
            client.delete(f"/v1/jobs/{job['id']}")


def _copied(url):
    """The ledger dumped and put back into a database of its own, by the programs of the page; its URL."""
    place, bins = url.partition("host=")[2], max(Path("/usr/lib/postgresql").glob("*/bin"))
    as_desk = ("-h", place, "-U", "desk")
    dump = subprocess.run([bins / "pg_dump", *as_desk, "postgres"], check=True, capture_output=True).stdout
    subprocess.run([bins / "createdb", *as_desk, "again"], check=True)
    put = [bins / "psql", *as_desk, "-q", "-v", "ON_ERROR_STOP=1", "again"]
    subprocess.run(put, input=dump, check=True, capture_output=True)
    return url.replace("/postgres?", "/again?")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_the_unit_is_one(tmp_path):
    (unit,) = re.findall(r"^```ini\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    file = tmp_path / "entrepot.service"
    file.write_text(unit.replace("ExecStart=entrepot", "ExecStart=/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "entrepot.service" not in done.stderr  # nothing that it does not know
