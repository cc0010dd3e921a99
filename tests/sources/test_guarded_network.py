"""Where a fetch may go and how long it may take: a hostile server, hostile addresses, a hostile name server."""

from __future__ import annotations

import socket
import threading

import pytest

from entrepot.core.errors import FailedFetchError, without_credentials
from entrepot.sources import guarded_network
from entrepot.sources.download import Limits, fetch
from entrepot.sources.guarded_network import is_public

QUICK = Limits(seconds=1.5, quiet=5, attempts=1)

INSIDE = [
    "127.1",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "169.254.169.254",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "100.64.0.1",
    "[fd00::1]",
    "[fe80::1]",
    "224.0.0.1",
    "255.255.255.255",
]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("host", INSIDE)
def test_no_address_that_is_not_public_is_connected_to(tmp_path, host, monkeypatch):
    def connect(*_args, **_more):
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FailedFetchError, match=r"leads to|not an address|no connection"):
        fetch(f"https://{host}/list.xml", tmp_path / "list.xml", limits=QUICK)


@pytest.mark.parametrize("number", ["127.0.0.1", "169.254.169.254", "10.1.2.3", "::ffff:192.168.0.1", "fe80::1%eth0"])
def test_a_public_name_that_resolves_inside_is_refused(tmp_path, number, monkeypatch):
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443)),
        (family, socket.SOCK_STREAM, 6, "", (number, 443)),
    ]
    monkeypatch.setattr(guarded_network.socket, "getaddrinfo", lambda *_a, **_k: answer)
    with pytest.raises(FailedFetchError, match=r"lists\.example leads to"):
        fetch("https://lists.example/list.xml", tmp_path / "list.xml", limits=QUICK)


@pytest.mark.parametrize("number", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_may_be_reached(number):
    assert is_public(number)


@pytest.fixture
def server():
    """A server on this machine that answers with pieces, a pause before each."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()
    pieces: list[bytes] = []

    def serve():
        while not ended.is_set():
            try:
                con, _ = listening.accept()
            except OSError:
                return
            with con:
                con.recv(4096)
                for piece in pieces:
                    if ended.wait(0.2):
                        return
                    try:
                        con.sendall(piece)
                    except OSError:
                        break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/list.xml", pieces
    ended.set()
    listening.close()
    thread.join(5)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200,
        b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + b"a" * 200,
    ],
    ids=["headers", "body"],
)
def test_a_byte_at_a_time_does_not_outlast_the_limit(tmp_path, server, answer):
    url, pieces = server
    pieces += [answer[i : i + 1] for i in range(len(answer))]
    done = threading.Event()

    def run():
        with pytest.raises(FailedFetchError, match=r"not whole after 1\.5 seconds|no answer in time"):
            fetch(url, tmp_path / "list.xml", limits=QUICK)
        done.set()

    threading.Thread(target=run, daemon=True).start()
    assert done.wait(30)  # of the forty seconds that the server would take
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_to_the_inside_is_refused(tmp_path, server, monkeypatch):
    url, pieces = server
    pieces.append(b"HTTP/1.1 302 Found\r\nLocation: https://169.254.169.254/meta\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(FailedFetchError, match=r"169\.254\.169\.254"):
        fetch(url, tmp_path / "list.xml", limits=QUICK)


def test_credentials_are_neither_sent_nor_shown(tmp_path):
    with pytest.raises(FailedFetchError, match="credentials stand in the address") as caught:
        fetch("https://anna:s3cret@lists.example/x.xml", tmp_path / "x.xml", limits=QUICK)
    assert "s3cret" not in str(caught.value) + repr(caught.value.url)
    assert "anna" not in str(caught.value)
    assert without_credentials("see https://a:b@c.d/e@f and http://g/h@i") == "see https://c.d/e@f and http://g/h@i"
