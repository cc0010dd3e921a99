"""Where a fetch may go and how long it may take: a hostile server, hostile addresses, a hostile name server."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from entrepot.core.errors import FailedFetchError, without_credentials
from entrepot.sources import guarded_network
from entrepot.sources.download import Limits, fetch
from entrepot.sources.guarded_network import is_public
from entrepot.sources.timestamp_authority import answered

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
    # The same machine and the same cloud in the other spellings that a system's resolver takes: octal, hex, one number.
    "0177.0.0.1",
    "017700000001",
    "0x7f.1",
    "127.0.1",
    "2852039166",
    "0xA9FEA9FE",
    "0251.0376.0251.0376",
    "\u2460\u2461\u2466.0.0.1",
    # Of no public network, whatever a library calls global.
    "[fec0::1]",
    "[::ffff:0:127.0.0.1]",
    "[4000::1]",
    "[::127.0.0.1]",
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


@pytest.fixture
def published(tmp_path, monkeypatch):
    """`lists.example`, a public name over https, that leads on to where it is told; and what was connected to."""
    x509 = pytest.importorskip("cryptography.x509")
    leads_to: list[str] = []
    connected: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified(x509, tmp_path))

    def serve():
        while True:
            try:
                con, _ = listening.accept()
                with context.wrap_socket(con, server_side=True) as safe:
                    safe.recv(4096)
                    safe.sendall(f"HTTP/1.1 302 F\r\nLocation: {leads_to[0]}\r\nContent-Length: 0\r\n\r\n".encode())
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    resolve, connect = socket.getaddrinfo, socket.create_connection

    def resolved(host, *rest, **more):
        number = "93.184.216.34" if host == "lists.example" else host
        return resolve(number, *rest, **more)

    def reached(address, *rest, **more):
        connected.append(address[0])
        return connect(listening.getsockname(), *rest, **more)

    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "both.pem"))
    monkeypatch.setattr(guarded_network.socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", reached)
    yield leads_to, connected
    listening.shutdown(socket.SHUT_RDWR)  # which wakes the thread; to close does not
    listening.close()
    thread.join(5)


def certified(x509, folder):
    """A certificate of `lists.example` with its key, in one file."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lists.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, now - timedelta(1), now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("lists.example")]), critical=False)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "both.pem"
    path.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.mark.parametrize("host", [*INSIDE, "localhost", "127.0.0.1", "127\u30020\u30020\u30021", "[::1]"])
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_public_address_that_leads_on_to_the_inside_is_refused(tmp_path, published, host, scheme):
    leads_to, connected = published
    leads_to.append(f"{scheme}://{host}/list.xml")
    with pytest.raises(FailedFetchError):
        fetch("https://lists.example/list.xml", tmp_path / "list.xml", limits=QUICK)
    assert connected == ["93.184.216.34"]
    assert not (tmp_path / "list.xml").exists()


def test_what_was_judged_is_what_is_connected_to(tmp_path, monkeypatch):
    """A name server that gives a public number first and one of the inside at the second question gets no second."""
    asked, connected = [], []

    def resolved(*_a, **_k):
        asked.append(1)
        number = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))]

    def connect(address, *_a, **_k):
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(guarded_network.socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FailedFetchError, match="no connection"):
        fetch("https://lists.example/list.xml", tmp_path / "list.xml", limits=QUICK)
    assert (connected, len(asked)) == (["93.184.216.34"], 1)


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
    listening.shutdown(socket.SHUT_RDWR)  # which wakes the thread; to close does not
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


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x03\x40\x00\x02" + bytes(200)], ids=["nothing", "a byte at a time"])
def test_a_handshake_that_stalls_does_not_outlast_the_limit(tmp_path, server, sent):
    """Over TLS: the server takes the connection and says nothing, or a long greeting byte by byte."""
    url, pieces = server
    pieces += [sent[i : i + 1] for i in range(len(sent))] or [b""] * 200
    begun = time.monotonic()
    with pytest.raises(FailedFetchError):
        fetch(url.replace("http://", "https://"), tmp_path / "list.xml", limits=QUICK)
    assert time.monotonic() - begun < 15  # of the forty seconds that the server would take


def test_a_name_server_that_does_not_answer_is_left_at_the_limit(tmp_path, monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(guarded_network.socket, "getaddrinfo", lambda *_a, **_k: over.wait(40) and [])
    begun = time.monotonic()
    with pytest.raises(FailedFetchError, match=r"no answer in time|not whole after 1\.5 seconds"):
        fetch("https://lists.example/list.xml", tmp_path / "list.xml", limits=QUICK)
    assert time.monotonic() - begun < 15
    over.set()


def test_an_authority_for_time_stamps_is_left_at_the_limit_too(server):
    url, pieces = server
    pieces += [b"HTTP/1.1 200 OK\r\n", *([b"X"] * 200)]
    begun = time.monotonic()
    with pytest.raises(FailedFetchError, match=r"not whole after 1\.5 seconds|no answer in time"):
        answered(url, b"a request", QUICK)
    assert time.monotonic() - begun < 15


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
