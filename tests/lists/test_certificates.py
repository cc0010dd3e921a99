"""Whose certificates a fetch trusts: those of SSL_CERT_FILE and SSL_CERT_DIR, else those of public authorities."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from entrepot.core.errors import FailedFetchError
from entrepot.lists.fetching import Wanted, fetch_list
from entrepot.sources.download import Limits, fetch

x509 = pytest.importorskip("cryptography.x509")
BODY = b"a list"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate of a server on this machine, signed by itself, as a company's would be; gives both as files."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    place, key, now = tmp_path_factory.mktemp("signed"), ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An Invented Company")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 11, now - timedelta(1), now + timedelta(1))
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    certificate, both = place / "company.pem", place / "server.pem"
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    both.write_bytes(key.private_bytes(*form) + certificate.read_bytes())
    return certificate, both


@pytest.fixture
def address(authority, monkeypatch):
    """A server by https; nothing is trusted but what a test sets."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # who does not trust it hangs up
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority[1])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/list.xml"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def asked():
    """How long a fetch waited before it asked again."""
    return []


@pytest.fixture
def limits(asked):
    return Limits(attempts=3, seconds=30, quiet=5, sleep=asked.append)


def test_a_certificate_of_nobody_known_is_refused_at_once_and_says_what_to_set(address, tmp_path, limits, asked):
    with pytest.raises(FailedFetchError) as caught:
        fetch(address, tmp_path / "x", limits=limits)
    said = str(caught.value)
    assert "the certificate of the server is not trusted" in said
    assert "no connection" not in said
    assert "SSL_CERT_FILE" in said
    assert "SSL_CERT_DIR" in said
    assert asked == [], "to ask again would change nothing"


def test_a_list_says_what_to_set_and_not_to_try_later(address, tmp_path, limits):
    with pytest.raises(FailedFetchError) as caught:
        fetch_list("un", tmp_path / "store", Wanted(source=address, limits=limits))
    assert "set SSL_CERT_FILE to the file" in str(caught.value)
    assert "Try later" not in str(caught.value)
    assert "lists load FILE --as un" in str(caught.value)


def test_a_file_of_certificates_is_trusted(address, authority, tmp_path, limits, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[0]))
    assert fetch(address, tmp_path / "x", limits=limits).size == len(BODY)


def test_a_folder_of_certificates_is_trusted(address, authority, tmp_path, limits, monkeypatch):
    folder, empty = tmp_path / "certificates", tmp_path / "empty"
    folder.mkdir()
    empty.mkdir()
    _hashed(authority[0], folder)
    monkeypatch.setenv("SSL_CERT_DIR", f"{empty}:{folder}")
    assert fetch(address, tmp_path / "x", limits=limits).size == len(BODY)


def test_what_is_set_stands_in_place_of_the_public_authorities(address, tmp_path, limits, monkeypatch):
    import certifi

    monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
    with pytest.raises(FailedFetchError, match=r"signed by those of SSL_CERT_FILE=.*cacert\.pem"):
        fetch(address, tmp_path / "x", limits=limits)


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("held", [None, b"no certificate"])
def test_a_setting_that_names_nothing_is_told(address, tmp_path, monkeypatch, name, held):
    place = tmp_path / "named"
    if held:
        place.write_bytes(held)
    monkeypatch.setenv(name, str(place))
    with pytest.raises(FailedFetchError, match=f"{name} .*named.*Correct {name}"):
        fetch(address, tmp_path / "x")


def _hashed(certificate, folder):
    """Put a certificate where OpenSSL looks for it in a folder: under the hash of its subject."""
    import shutil
    import subprocess

    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    made = subprocess.run(
        [openssl, "x509", "-hash", "-noout", "-in", certificate], capture_output=True, text=True, check=True
    )
    folder.joinpath(f"{made.stdout.strip()}.0").write_bytes(certificate.read_bytes())
