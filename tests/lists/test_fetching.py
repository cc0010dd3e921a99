"""Fetching lists: against a server on this machine that behaves as it is told, badly as a rule."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.cli import progress
from entrepot.core.errors import BadInputError, FailedFetchError, UnreadableFileError
from entrepot.lists import fetching, registry, versions
from entrepot.lists.fetching import Wanted, fetch_list
from entrepot.sources.download import Limits, Validators, client_for, fetch

MODIFIED = "Fri, 27 Feb 2026 10:00:00 GMT"


@dataclass
class Site:
    """Files by path, and the misbehaviours that stand before them, each for one request in turn.

    A misbehaviour: an integer (that status); `drop` (the connection breaks off midway); `lie-long`, `lie-short` (the
    length is wrong); `endless`; `chunked-cut`; `web-page`; `empty`; `away` (leads elsewhere); `packed-cut`.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    misbehave: list = field(default_factory=list)
    retry_after: str | None = None
    away: str = ""
    modified: str | None = MODIFIED
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    address: str = ""
    hung: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(site: Site) -> Iterator[Site]:  # noqa: C901 - one branch a misbehaviour
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            body = site.files.get(self.path)
            site.asked.append((self.path, self.headers.get("If-None-Match")))
            site.agents.append(self.headers.get("User-Agent", ""))
            how = site.misbehave.pop(0) if site.misbehave else None
            try:
                if how is not None:
                    self.misbehave(how, body or b"")
                elif body is None:
                    self.send(404, b"")
                elif self.headers.get("If-None-Match") == tag(body):
                    self.send(304, b"")
                else:
                    self.send(200, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def send(self, status: int, body: bytes, *, length: int | None = None, **headers: str) -> None:
            self.send_response(status)
            named = {"Content-Length": str(len(body) if length is None else length), "ETag": tag(body)}
            named |= {k.replace("_", "-"): v for k, v in headers.items()}
            if site.modified:
                named["Last-Modified"] = site.modified
            for name, value in named.items():
                self.send_header(name, value)
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def misbehave(self, how: int | str, body: bytes) -> None:  # noqa: C901 - likewise
            half = body[: len(body) // 2]
            match how:
                case int():
                    extra = {"Retry_After": site.retry_after} if site.retry_after else {}
                    self.send(how, b"no", **extra)
                case "drop":
                    self.send(200, half, length=len(body))
                    self.hang_up()
                case "lie-long":
                    self.send(200, body, length=len(body) + 1000)
                    self.hang_up()
                case "lie-short":
                    self.send(200, body, length=len(half))
                    self.hang_up()
                case "web-page":
                    self.send(200, b"<html>maintenance</html>", Content_Type="text/html; charset=utf-8")
                case "empty":
                    self.send(200, b"")
                case "away":
                    self.send(302, b"", Location=site.away)
                case "bomb":
                    self.send(200, gzip.compress(b"<" + b" " * 50_000_000), Content_Encoding="gzip")
                case "packed-cut":
                    self.send(200, b"\x1f\x8bnothing of the kind", Content_Encoding="gzip")
                case "hang":
                    self.send(200, half, length=len(body))
                    self.wfile.flush()
                    site.hung.set()
                    time.sleep(20)
                case "endless" | "chunked-cut":
                    self.send_response(200)
                    self.send_header("Transfer-Encoding", "chunked")
                    self.end_headers()
                    for _ in islice(iter(int, 1), None if how == "endless" else 3):
                        self.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
                    self.hang_up()

        def hang_up(self) -> None:
            self.wfile.flush()
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def un(count: int = 4, day: str = "2026-02-27") -> bytes:
    """A list in the UN's layout whose entities do not exist."""
    entities = "".join(
        f"<ENTITY><DATAID>{i}</DATAID><FIRST_NAME>Gulmira {i}</FIRST_NAME></ENTITY>" for i in range(count)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="{day}T00:00:09Z">'
        f"<ENTITIES>\n{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


OFAC = {
    "/sdn.csv": b'101,"GULMIRA TRADING LLC",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a',
    "/alt.csv": b'101,1,"aka","GULMIRA EXPORT",-0- \r\n\x1a',
    "/add.csv": b'101,9,"1 Long Street","Nowhere City","Nowhere",-0- \r\n\x1a',
    "/sdn_comments.csv": b'101,"."\r\n\x1a',
}


@pytest.fixture
def site():
    with serving(Site({"/un.xml": un()} | OFAC)) as running:
        yield running


@pytest.fixture
def waits():
    return []


@pytest.fixture
def limits(waits):
    return Limits(attempts=3, seconds=30, quiet=5, size=10_000_000, sleep=waits.append)


@pytest.fixture
def get(site, tmp_path, limits):
    """Fetches a list from the server into the store of the test."""

    def run(list_id="un", path="/un.xml", **options):
        wanted = Wanted(source=site.address + path, limits=options.pop("limits", limits), **options)
        return fetch_list(list_id, tmp_path / "store", wanted)

    return run


def kept(folder: Path):
    """Everything of the store that a failed fetch must leave alone."""
    files = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.suffix != ".duckdb"}
    return files, versions.held(folder)


def test_a_list_is_fetched_loaded_and_remembered(site, get, tmp_path):
    done = get()
    assert (done.state, done.row["version"], done.row["entries"]) == ("loaded", "2026-02-27", 4)
    assert done.row["sha256"] == hashlib.sha256(site.files["/un.xml"]).hexdigest() == done.files["un.xml"].sha256
    assert site.agents[0].startswith("entrepot/")
    again = get()
    assert (again.state, again.row, again.files) == ("unchanged", done.row, {})
    assert site.asked[-1] == ("/un.xml", tag(site.files["/un.xml"]))


def test_what_the_server_forgets_is_compared_by_its_hash(site, get, tmp_path):
    first = get()
    (versions.home(tmp_path / "store", first.row) / fetching.REMEMBERED).write_text("{broken")
    again = get()
    assert (again.state, again.row) == ("unchanged", first.row)
    assert site.asked[-1] == ("/un.xml", None)
    assert len(versions.held(tmp_path / "store")) == 1


def test_a_new_day_is_a_new_version(site, get, tmp_path):
    get()
    site.files["/un.xml"] = un(5, "2026-03-01")
    assert get().row["version"] == "2026-03-01"
    assert [r["version"] for r in versions.held(tmp_path / "store")] == ["2026-02-27", "2026-03-01"]


def test_another_address_is_not_asked_whether_it_has_changed(site, get):
    get()
    site.files["/other.xml"] = site.files["/un.xml"]
    assert get(path="/other.xml").state == "unchanged"
    assert site.asked[-1] == ("/other.xml", None)


def test_a_list_of_several_files_takes_its_day_from_the_server(site, get):
    done = get("ofac-sdn", "/")
    assert (done.row["version"], done.row["names"], done.row["file"]) == ("2026-02-27", 2, "ofac-sdn")
    assert get("ofac-sdn", "/").state == "unchanged"
    # One of the four changes: all are needed again.
    site.files["/alt.csv"] = OFAC["/alt.csv"].replace(b"EXPORT", b"IMPORT")
    site.modified = "Sun, 01 Mar 2026 10:00:00 GMT"
    site.asked.clear()
    assert get("ofac-sdn", "/").row["version"] == "2026-03-01"
    assert len(site.asked) == 7


def test_the_same_bytes_dated_anew_by_the_server_are_no_new_version(site, get, tmp_path):
    first = get("ofac-sdn", "/")
    (versions.home(tmp_path / "store", first.row) / fetching.REMEMBERED).unlink()
    site.modified = "Sun, 01 Mar 2026 10:00:00 GMT"
    again = get("ofac-sdn", "/")
    assert (again.state, again.row) == ("unchanged", first.row)


def test_without_any_day_the_person_is_asked_for_it(site, get):
    site.modified = None
    with pytest.raises(BadInputError, match="--version"):
        get("ofac-sdn", "/")
    assert get("ofac-sdn", "/", version="2026-02-28").row["version"] == "2026-02-28"


@pytest.mark.parametrize("how", [429, 500, 503, "drop", "lie-long", "chunked-cut", "empty", "packed-cut"])
def test_what_passes_is_tried_again(site, get, waits, how):
    site.misbehave = [how, how]
    assert get().row["entries"] == 4
    assert (len(site.asked), len(waits)) == (3, 2)
    assert waits[1] >= 2 * waits[0]


HOPELESS = {
    "drop": "broke off",
    "lie-long": "broke off",
    "lie-short": "refused: un.xml",
    "chunked-cut": "broke off",
    "empty": "an empty answer",
    "packed-cut": "does not unpack",
    "bomb": "larger than 10 MB",
    "web-page": "a web page in place of un.xml",
    "endless": "larger than 10 MB",
    429: "answers 429",
    503: "answers 503",
    404: "answers 404",
    403: "answers 403",
}


@pytest.mark.parametrize("how", HOPELESS)
def test_a_failed_fetch_leaves_the_store_as_it_was(site, get, tmp_path, how):
    get()
    before = kept(tmp_path / "store")
    site.files["/un.xml"] = un(6, "2026-03-01")
    site.misbehave = [how] * 3
    with pytest.raises(FailedFetchError, match=HOPELESS[how]) as caught:
        get(limits=Limits(attempts=3, size=10 * 1024 * 1024, sleep=lambda _: None))
    assert "lists load FILE --as un" in str(caught.value)
    assert kept(tmp_path / "store") == before


def test_retry_after_is_honoured(site, get, waits):
    site.misbehave, site.retry_after = [429, 503], "7"
    get()
    assert waits == [7, 7]


def test_a_wait_is_told_with_its_end_and_reason_also_where_nobody_looks(site, get, waits, capsys):
    site.misbehave, site.retry_after = [503], "3600"
    before = datetime.now().astimezone()
    with progress.download() as opened:
        get(progress=opened, limits=Limits(seconds=9000, sleep=waits.append))
    assert waits == [3600]
    # On a machine that does much else a line that says how far it has come stands beside it.
    (line,) = (told for told in capsys.readouterr().err.splitlines() if " Waits " in told)
    said = re.fullmatch(
        r"un\.xml: the server answers 503 .*\. Waits 3,600 seconds, until (\S+), and asks again\.", line
    )
    assert said, line
    until = (before + timedelta(hours=1)).replace(microsecond=0)
    assert said[1] in {f"{until + timedelta(seconds=late):%H:%M:%S}" for late in range(60)}


def test_a_date_in_retry_after_is_honoured(site, get, waits):
    site.misbehave, site.retry_after = [503], "Fri, 27 Feb 1970 10:00:00 GMT"
    get()
    assert waits == [Limits().pause]


def test_a_wait_beyond_the_limit_is_told_not_sat_out(site, get, waits):
    site.misbehave, site.retry_after = [429], "86400"
    with pytest.raises(FailedFetchError, match="asks to wait 86,400 seconds"):
        get()
    assert waits == []


def test_time_is_limited(site, get, tmp_path):
    site.misbehave = ["endless"]
    with pytest.raises(FailedFetchError, match=r"not whole after 0\.2 seconds"):
        get(limits=Limits(seconds=0.2, size=10**12))
    assert versions.held(tmp_path / "store") == []


def test_the_announced_size_is_refused_before_it_comes(site, get):
    with pytest.raises(FailedFetchError, match="larger than"):
        get(limits=Limits(size=100))
    assert len(site.asked) == 1


def test_no_answer(tmp_path, limits, waits):
    with serving(Site()) as gone:
        address = gone.address
    with pytest.raises(FailedFetchError, match=r"no connection .*3 attempts"):
        fetch(address, tmp_path / "x", limits=limits)
    assert len(waits) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x.xml",
        "ftp://example.org/x",
        "file:///etc/hostname",
        "un.xml",
        "http://127.0.0.1.example.org/",
    ],
)
def test_only_https(tmp_path, url):
    with pytest.raises(FailedFetchError, match="https://"):
        fetch(url, tmp_path / "x")


def test_an_address_that_leads_from_https_is_not_followed(site, tmp_path, limits):
    site.misbehave, site.away = ["away"], "http://example.org/x.xml"
    with pytest.raises(FailedFetchError, match=r"example\.org"):
        fetch(site.address + "/un.xml", tmp_path / "x", limits=limits)
    assert list(tmp_path.iterdir()) == []


def test_a_way_on_this_machine_is_followed_but_not_for_ever(site, tmp_path, limits):
    site.away = "/un.xml"
    site.misbehave = ["away", "away"]
    assert fetch(site.address + "/a", tmp_path / "x", limits=limits).size == len(site.files["/un.xml"])
    site.misbehave = ["away"] * 20
    with pytest.raises(FailedFetchError, match="leads on and on"):
        fetch(site.address + "/a", tmp_path / "y", limits=limits)


def test_a_list_that_lost_more_than_a_few_is_refused(site, get, tmp_path):
    get()
    site.files["/un.xml"] = un(1, "2026-03-01")
    with pytest.raises(BadInputError, match="--accept-loss"):
        get()
    assert len(versions.held(tmp_path / "store")) == 1
    assert get(accept_loss=True).row["entries"] == 1


def test_progress_is_told_in_bytes(site, get):
    seen = []
    get(progress=lambda name: lambda done, total: seen.append((name, done, total)))
    size = len(site.files["/un.xml"])
    assert seen[-1] == ("un.xml", size, size)


def test_every_published_list_has_an_address_that_its_readers_take():
    known = fetching.addresses()
    assert known.keys() == registry.sources().keys()
    for list_id, urls in known.items():
        assert all(u.startswith("https://") for u in urls.values())
        taken = [f for f in registry.source(list_id).formats if set(f.files) <= set(urls) <= {*f.files, *f.optional}]
        one = [f for f in registry.source(list_id).formats if f.endings and next(iter(urls)).endswith(f.endings)]
        assert taken if len(urls) > 1 else one, list_id


def test_addresses_are_a_setting(site, tmp_path, monkeypatch, limits):
    own = tmp_path / "own.toml"
    own.write_text(
        f'source = "ours"\n[un]\n"consolidated.xml" = "{site.address}/un.xml"\n[own-x]\n"x.csv" = "{site.address}/x"\n'
    )
    monkeypatch.setenv("ENTREPOT_ADDRESSES", str(own))
    assert fetching.addresses().keys() == registry.sources().keys() | {"own-x"}
    assert fetch_list("un", tmp_path / "store", Wanted(limits=limits)).row["file"] == "consolidated.xml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[un", "no TOML"),
        ('un = "https://x"', "not of that form"),
        ('[un]\n"../x.xml" = "https://x"', "not of that form"),
        ("[un]\nx = 1", "not of that form"),
        ('[nu]\n"x" = "https://x"', "unknown list"),
    ],
)
def test_a_broken_setting_is_told(tmp_path, monkeypatch, text, said):
    own = tmp_path / "own.toml"
    own.write_text(text)
    monkeypatch.setenv("ENTREPOT_ADDRESSES", str(own))
    with pytest.raises(BadInputError, match=said):
        fetching.addresses()
    monkeypatch.setenv("ENTREPOT_ADDRESSES", str(tmp_path / "none.toml"))
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        fetching.addresses()


def test_a_list_without_an_address_says_what_to_do(tmp_path):
    with pytest.raises(BadInputError, match="--from"):
        fetch_list("own-x", tmp_path)
    with pytest.raises(BadInputError, match="--version"):
        fetch_list("bis-entity-list", tmp_path)
    with pytest.raises(BadInputError, match="a folder ending in a slash"):
        fetch_list("ofac-sdn", tmp_path, Wanted(source="https://example.org/lists"))


def test_the_command(site, run_cli):
    done = run_cli("fetch", "un", "--from", f"{site.address}/un.xml")
    assert (done.code, done.stdout.split()[:4]) == (0, ["un", "2026-02-27:", "4", "entries,"])
    assert hashlib.sha256(site.files["/un.xml"]).hexdigest() in done.stderr
    assert "(unchanged)" in run_cli("fetch", "un", "--from", f"{site.address}/un.xml").stdout
    failed = run_cli("fetch", "un", "--from", f"{site.address}/none.xml")
    assert (failed.code, failed.stderr.count("\n")) == (2, 1)
    assert "Traceback" not in failed.stderr


def environment(folder):
    return os.environ | {"PYTHONPATH": "src", "ENTREPOT_STORE": str(folder / "store")}


def test_a_killed_fetch_leaves_the_store_as_it_was(site, get, tmp_path):
    get()
    before = kept(tmp_path / "store")
    site.files["/un.xml"] = un(6, "2026-03-01")
    site.misbehave = ["hang"]
    command = [sys.executable, "-m", "entrepot", "fetch", "un", "--from", f"{site.address}/un.xml"]
    with subprocess.Popen(command, env=environment(tmp_path), stderr=subprocess.DEVNULL) as run:
        assert site.hung.wait(30)
        run.kill()
    assert kept(tmp_path / "store") == before
    assert get().row["entries"] == 6


def test_two_that_fetch_at_once(site, tmp_path):
    command = [sys.executable, "-m", "entrepot", "fetch", "un", "--from", f"{site.address}/un.xml"]
    runs = [subprocess.Popen(command, env=environment(tmp_path), stderr=subprocess.PIPE) for _ in range(3)]
    said = [(r.communicate()[1].decode(), r.returncode) for r in runs]
    assert [code for _, code in said] == [0, 0, 0], said
    (row,) = versions.held(tmp_path / "store")
    assert versions.opened(row, tmp_path / "store").entries.num_rows == 4


def test_bars_are_shown_to_a_person_only(monkeypatch, capsys):
    with progress.download() as opened:
        opened("un.xml")(500, 1000)
    assert capsys.readouterr().err == ""  # stderr is a file here
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.download() as opened:
        advance = opened("un.xml")
        advance(500, 1000)
        advance(700, None)
    assert "un.xml" in capsys.readouterr().err


@given(st.text(max_size=60) | st.from_regex(r"https?://[^\s]{0,20}", fullmatch=True))
def test_no_text_in_place_of_an_address_is_another_error(text):
    try:
        urls = fetching._urls(registry.source("un"), Wanted(source=text)).values()
        for url in urls:
            client_for(url, Limits(), time.monotonic() + 1).close()
    except BadInputError as exc:
        assert str(exc)


def test_what_a_server_said_is_only_sent_back_if_it_can_be():
    assert Validators("caf\u00e9", "a\nb").headers() == {}
    assert Validators('"x"', MODIFIED).headers() == {"If-None-Match": '"x"', "If-Modified-Since": MODIFIED}


REAL = {
    "un": ("un/UN_consolidated_2026-02-27.xml", "2026-02-27"),
    "ofac-sdn": ("ofac_official_2021-07/", "2021-07-01"),
    "ofac-nonsdn": ("ofac_nonsdn_official_2025-12/", "2025-12-01"),
    "us-csl": ("us_csl/us_lists_2022-05-05.csv.gz", "2022-05-05"),
}


@pytest.mark.shared
@pytest.mark.parametrize("list_id", REAL)
def test_the_real_files_come_whole(shared, tmp_path, limits, list_id):
    path, day = REAL[list_id]
    lists = shared / "data" / "lists"
    files = {f"/{p.relative_to(lists)}": p.read_bytes() for p in lists.glob(path + ("*" if path[-1] == "/" else ""))}
    by_hand = registry.read_list(lists / path, list_id)
    with serving(Site(files, misbehave=["drop", 503], modified=None)) as site:
        wanted = Wanted(source=f"{site.address}/{path}", limits=limits, version=day)
        done = fetch_list(list_id, tmp_path / "store", wanted)
    assert (done.row["sha256"], done.row["entries"]) == (by_hand.sha256, by_hand.reading.entries.num_rows)


@pytest.mark.shared
def test_a_real_file_cut_anywhere_is_refused(shared, tmp_path, limits):
    path = shared / "data/lists/un/UN_consolidated_2026-02-27.xml"
    with (
        serving(Site({"/un.xml": path.read_bytes()}, misbehave=["lie-short"])) as site,
        pytest.raises(FailedFetchError, match=r"refused: un\.xml, line"),
    ):
        fetch_list("un", tmp_path / "store", Wanted(source=f"{site.address}/un.xml", limits=limits))
    assert versions.held(tmp_path / "store") == []
