"""Time stamps of a record, made by `openssl ts`: what holds, what does not, and that openssl says the same."""

from __future__ import annotations

import hashlib
import http.server
import os
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, FailedFetchError, MissingExtraError, UnreadableFileError
from entrepot.core.runtime import extras
from entrepot.core.timestamp import der
from entrepot.core.timestamp.request import new_nonce, request
from entrepot.core.timestamp.token import time_stamp
from entrepot.desk import time_stamp as found_by
from entrepot.desk.clearance import verify_clearance
from entrepot.desk.clearance_timestamp import timestamp_clearance
from entrepot.desk.time_stamp import stamp_rows

x509 = pytest.importorskip("cryptography.x509")
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: E402

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs openssl")

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
LONG = 1 << 158  # with it every random number of a certificate is twenty bytes long, so that one can stand for another
STAMPING = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.TIME_STAMPING])
SETTINGS = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_digest = {digest}
default_policy = 1.2.3.4.1
digests = {accepted}
accuracy = secs:1, millisecs:500
ess_cert_id_alg = {named}
"""


class Authority:
    """An authority of its own kind of key: certificates made here, stamps made by openssl."""

    def __init__(self, folder, *, curve=None, valid=(NOW - YEAR, NOW + 10 * YEAR), between=0, may_issue=True, **said):
        self.folder = folder
        folder.mkdir()
        key = self._key(curve)
        self.root = _, root = self._issued("Root", key, None, is_ca=True)
        issuer, chain = self.root, []
        for number in range(between):
            issuer = self._issued(f"Between {number}", self._key(curve), issuer, is_ca=may_issue)
            chain.append(issuer[1])
        self.leaf = leaf_key, leaf = self._issued("Stamps", self._key(curve), issuer, is_ca=False, valid=valid)
        self._put("ca.pem", root)
        self._put("tsa.pem", leaf)
        self._put("chain.pem", *chain)
        private = leaf_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / "tsa.key").write_bytes(private)
        (folder / "serial").write_text("41\n")
        options = {"digest": "sha256", "accepted": "sha256, sha384, sha512", "named": "sha256"} | said
        (folder / "ts.cnf").write_text(SETTINGS.format(folder=folder, **options))
        self.ca, self.has_chain = folder / "ca.pem", bool(chain)

    def _key(self, curve):
        return ec.generate_private_key(curve) if curve else rsa.generate_private_key(65537, 2048)

    def _put(self, name, *certificates):
        data = b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)
        (self.folder / name).write_bytes(data)

    def _issued(self, name, key, issuer, *, is_ca, valid=(NOW - YEAR, NOW + 10 * YEAR)):
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Constructed {name}")])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer[1].subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(LONG | x509.random_serial_number())
            .not_valid_before(valid[0])
            .not_valid_after(valid[1])
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        )
        if name == "Stamps":
            made = made.add_extension(STAMPING, critical=True)
        return key, made.sign(issuer[0] if issuer else key, hashes.SHA256())

    def renewed(self):
        """The certificate of the authority once more: for the same key, valid now, as long, with another number."""
        return self._issued("Stamps", self.leaf[0], self.root, is_ca=False)[1]

    def answer(self, query):
        """The response to a request, in a file."""
        chain = ["-chain", "chain.pem"] if self.has_chain else []
        words = [OPENSSL, "ts", "-reply", "-config", "ts.cnf", "-queryfile", query, "-signer", "tsa.pem"]
        out = query.with_suffix(".tsr")
        run([*words, "-inkey", "tsa.key", *chain, "-out", out], self.folder)
        return out

    def stamp(self, file, out=None):
        """The stamp of a file, in a file."""
        query = self.folder / f"{file.name}.tsq"
        query.write_bytes(request(hashlib.sha256(file.read_bytes()).digest(), new_nonce()))
        made = self.answer(query)
        return made.rename(out) if out else made


def run(words, folder=None, code=0):
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, timeout=60)
    assert code is None or done.returncode == code, done.stderr
    return done


def openssl_verifies(file, stamp, ca):
    return run([OPENSSL, "ts", "-verify", "-data", file, "-in", stamp, "-CAfile", ca], code=None).returncode == 0


def der_of(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


def number_of(certificate):
    number = certificate.serial_number
    return number.to_bytes((number.bit_length() + 7) // 8)


def states(rows):
    return [r["state"] for r in rows]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "a")


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "clearance.html"
    path.write_bytes(b"<!doctype html>\n<p>Constructed record</p>\n</html>")
    return path


def rows_of(record, stamp, ca=None):
    return found_by.stamp_found(record, record.read_bytes(), stamp, ca)


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"digest": "sha384"},
        {"digest": "sha512", "named": "sha512"},
        {"named": "sha1"},  # names the certificate as RFC 2634 does
        {"curve": ec.SECP256R1()},
        {"curve": ec.SECP384R1(), "digest": "sha384"},
        {"between": 1},
        {"between": 2, "curve": ec.SECP256R1()},
    ],
    ids=lambda made: " ".join(f"{k} {getattr(v, 'name', v)}" for k, v in made.items()) or "plain",
)
def test_what_openssl_stamps_holds_as_openssl_says(tmp_path, record, made):
    authority = Authority(tmp_path / "a", **made)
    stamp = authority.stamp(record)
    assert openssl_verifies(record, stamp, authority.ca)
    rows = rows_of(record, stamp, authority.ca)
    assert states(rows) == ["holds", "holds"], rows
    assert "CN=Constructed Stamps, which leads to CN=Constructed Root" in rows[1]["found"]
    assert "within 1.5 seconds" in rows[0]["found"]
    at = time_stamp(stamp.read_bytes()).at
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=5)
    assert f"{at:%Y-%m-%dT%H:%M:%SZ}" in rows[0]["found"]


def test_a_stamp_without_its_response_holds_too(record, authority):
    stamp = authority.stamp(record)
    token = record.with_suffix(".token")
    run([OPENSSL, "ts", "-reply", "-in", stamp, "-token_out", "-out", token])
    assert states(rows_of(record, token, authority.ca)) == ["holds", "holds"]


def test_an_authority_that_nobody_vouches_for_shows_nothing(record, authority):
    rows = rows_of(record, authority.stamp(record))
    assert states(rows) == ["holds", "cannot tell"]
    assert "anyone could have made it" in rows[1]["found"]


def test_a_stamp_of_another_record_does_not_hold(record, authority, tmp_path):
    other = tmp_path / "other.html"
    other.write_bytes(record.read_bytes() + b"\n")
    stamp = authority.stamp(other)
    assert not openssl_verifies(record, stamp, authority.ca)
    rows = rows_of(record, stamp, authority.ca)
    assert states(rows) == ["does not hold"]
    assert "something else" in rows[0]["found"]


def test_another_root_vouches_for_nothing(record, authority, tmp_path):
    # Same names, another key: only the signature tells them apart.
    other = Authority(tmp_path / "b")
    stamp = authority.stamp(record)
    assert not openssl_verifies(record, stamp, other.ca)
    assert states(rows_of(record, stamp, other.ca)) == ["holds", "does not hold"]


@pytest.mark.parametrize(
    "valid", [(NOW - 2 * YEAR, NOW - YEAR), (NOW + YEAR, NOW + 2 * YEAR)], ids=["ended", "to come"]
)
def test_a_certificate_that_was_not_valid_at_that_time_does_not_hold(record, tmp_path, valid):
    authority = Authority(tmp_path / "a", valid=valid)
    stamp = authority.stamp(record)
    assert not openssl_verifies(record, stamp, authority.ca)
    rows = rows_of(record, stamp, authority.ca)
    assert states(rows) == ["holds", "does not hold"]
    assert "not valid" in rows[1]["found"]


def test_a_certificate_that_ended_since_vouches_no_longer(record, authority, monkeypatch):
    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + 11 * YEAR

    stamp = authority.stamp(record)
    later = str(int((NOW + 11 * YEAR).timestamp()))
    words = [OPENSSL, "ts", "-verify", "-data", record, "-in", stamp, "-CAfile", authority.ca, "-attime", later]
    assert run(words, code=None).returncode != 0
    monkeypatch.setattr(found_by, "datetime", Later)
    rows = rows_of(record, stamp, authority.ca)
    assert states(rows) == ["holds", "cannot tell"]
    assert f"ended on {NOW + 10 * YEAR:%Y-%m-%d}" in rows[1]["found"]


def test_a_certificate_exchanged_for_another_of_the_same_key_does_not_hold(record, tmp_path):
    # Neither the certificates that come with a stamp nor the number by which it names its signer is signed: that the
    # certificate is another is told by its hash alone, which is.
    authority = Authority(tmp_path / "a", valid=(NOW - 2 * YEAR, NOW - YEAR))
    stamp, token = authority.stamp(record), tmp_path / "token"
    ended, renewed = authority.leaf[1], authority.renewed()
    data = stamp.read_bytes()
    for old, new in ((der_of(ended), der_of(renewed)), (number_of(ended), number_of(renewed))):
        assert (data.count(old), len(old)) == (1, len(new))
        data = data.replace(old, new)
    signed = [OPENSSL, "cms", "-verify", "-inform", "DER", "-in", token, "-CAfile", authority.ca]
    for held, without_the_hash in ((stamp.read_bytes(), False), (data, True)):
        stamp.write_bytes(held)
        run([OPENSSL, "ts", "-reply", "-in", stamp, "-token_out", "-out", token])
        found = run([*signed, "-purpose", "timestampsign", "-out", tmp_path / "content"], code=None)
        assert (found.returncode == 0) is without_the_hash
        assert not openssl_verifies(record, stamp, authority.ca)
        assert "does not hold" in states(rows_of(record, stamp, authority.ca))
    assert "not the one that is named" in rows_of(record, stamp, authority.ca)[0]["found"]


def test_a_certificate_on_the_way_that_may_not_issue_others_leads_nowhere(record, tmp_path):
    authority = Authority(tmp_path / "a", between=1, may_issue=False)
    stamp = authority.stamp(record)
    assert not openssl_verifies(record, stamp, authority.ca)
    assert states(rows_of(record, stamp, authority.ca)) == ["holds", "does not hold"]


def test_a_certificate_for_something_else_makes_no_stamps(authority):
    from entrepot.core.timestamp.authority import why_not_for_stamps

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A server")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(NOW - YEAR)
        .not_valid_after(NOW + YEAR)
    )
    both = x509.ExtendedKeyUsage([*STAMPING, x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign",
         "encipher_only", "decipher_only", "digital_signature"), False,
    )  # fmt: skip
    for extensions, said in (
        ([], "does not say"),
        ([(STAMPING, False)], "alone"),
        ([(both, True)], "alone"),
        ([(STAMPING, True), (x509.KeyUsage(key_cert_sign=True, **usage), True)], "not for signatures"),
        ([(STAMPING, True)], ""),
    ):
        builder = made
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        assert said in why_not_for_stamps(builder.sign(key, hashes.SHA256()))


def test_a_hash_that_no_longer_counts_is_said_not_to_be_known(record, tmp_path):
    authority = Authority(tmp_path / "a", accepted="sha1, sha256")
    query = tmp_path / "q.tsq"
    run([OPENSSL, "ts", "-query", "-data", record, "-sha1", "-cert", "-out", query])
    rows = rows_of(record, authority.answer(query), authority.ca)
    assert states(rows) == ["cannot tell"]
    assert "no longer counts" in rows[0]["found"]


def test_a_refusal_is_told_in_words(record, tmp_path):
    authority = Authority(tmp_path / "a", accepted="sha512")
    rows = rows_of(record, authority.stamp(record), authority.ca)
    assert states(rows) == ["does not hold"]
    assert "rejected" in rows[0]["found"]
    assert "it does not know the hash" in rows[0]["found"]


def test_a_stamp_that_is_cut_anywhere_does_not_hold(record, authority):
    data = authority.stamp(record).read_bytes()
    for size in range(len(data)):
        assert states(stamp_rows(record.read_bytes(), data[:size], [])) == ["does not hold"], size
    assert states(stamp_rows(record.read_bytes(), data + b"\0", [])) == ["does not hold"]


def test_a_file_larger_than_any_stamp_is_not_read(record, tmp_path):
    # Whoever sends a record sends its stamp: a file of holes takes no place on a disk and would fill any memory.
    large = found_by.stamp_beside(record)
    large.touch()
    os.truncate(large, 1024**4)
    assert [r["found"] for r in rows_of(record, None)] == ["no stamp that can be relied on: larger than 1 MB"]
    answer = large.rename(tmp_path / "answer.tsr")
    assert not timestamp_clearance(record, response=answer).holds


def test_a_changed_bit_is_found_or_openssl_finds_nothing_either(record, authority, tmp_path):
    from entrepot.core.timestamp.authority import certificates_from

    data, trusted = authority.stamp(record).read_bytes(), certificates_from(authority.ca)
    before = [r["found"] for r in stamp_rows(record.read_bytes(), data, trusted)]
    changed, passed = tmp_path / "changed.tsr", 0
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << at % 8
        rows = stamp_rows(record.read_bytes(), bytes(flipped), trusted)
        if states(rows) != ["holds", "holds"]:
            continue
        # What is not signed: the status "granted with changes", say. It still says the same.
        passed += 1
        assert [r["found"] for r in rows] == before
        changed.write_bytes(flipped)
        assert openssl_verifies(record, changed, authority.ca), at
    assert passed < 10


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_are_a_row_and_never_a_fault(authority, tmp_path_factory, data):
    record = tmp_path_factory.getbasetemp() / "any.html"
    if not record.exists():
        record.write_bytes(b"any")
    stamp = record.with_suffix(".tsr")
    if not stamp.exists():
        authority.stamp(record, stamp)
    held = bytearray(stamp.read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        begin = data.draw(st.integers(0, len(held)))
        end = min(len(held), begin + data.draw(st.integers(0, 12)))
        held[begin:end] = data.draw(st.binary(max_size=12))
    given_bytes = data.draw(st.just(bytes(held)) | st.binary(max_size=300))
    from entrepot.core.timestamp.authority import certificates_from

    rows = stamp_rows(b"any", given_bytes, certificates_from(authority.ca))
    assert rows[0]["part"] == "time stamp"
    if given_bytes != stamp.read_bytes() and states(rows) == ["holds", "holds"]:
        assert time_stamp(given_bytes).content == time_stamp(stamp.read_bytes()).content


@given(st.integers(0, 2**64), st.binary(min_size=32, max_size=32))
def test_a_request_is_read_as_it_was_written(nonce, digest):
    parts = der.whole(request(digest, nonce), der.SEQUENCE).parts()
    assert parts.take(der.INTEGER).number() == 1
    algorithm, held = parts.take(der.SEQUENCE).parts().each()
    assert (algorithm.parts().take(der.OID).oid(), held.content) == ("2.16.840.1.101.3.4.2.1", digest)
    assert parts.take(der.INTEGER).number() == nonce
    assert parts.take(der.BOOLEAN).content == b"\xff"
    parts.end()


def test_openssl_reads_the_request(record, tmp_path):
    done = timestamp_clearance(record, request=tmp_path / "q.tsq")
    assert (done.holds, done.num_rows) == (True, 0)
    said = run([OPENSSL, "ts", "-query", "-in", tmp_path / "q.tsq", "-text"]).stdout.decode()
    assert "Hash Algorithm: sha256" in said
    assert "Certificate required: yes" in said
    shown = "".join(line.split("-", 1)[1][:50] for line in said.splitlines() if line.startswith("    00"))
    assert "".join(c for c in shown if c in "0123456789abcdef") == hashlib.sha256(record.read_bytes()).hexdigest()
    assert not found_by.stamp_beside(record).exists()


def test_by_two_files_and_no_network(record, authority, tmp_path):
    query = tmp_path / "q.tsq"
    timestamp_clearance(record, request=query)
    done = timestamp_clearance(record, response=authority.answer(query), ca=authority.ca)
    assert (states(done.to_pylist()), done.holds) == (["holds", "holds"], True)
    assert openssl_verifies(record, found_by.stamp_beside(record), authority.ca)
    with pytest.raises(BadInputError, match="the record has a time stamp"):
        timestamp_clearance(record, response=query.with_suffix(".tsr"))


@pytest.mark.parametrize("stamp", [b"", b"<html>", b"0\x03\x02\x01\x02", b"0\x80" + bytes(20)])
def test_what_is_no_stamp_is_not_filed(record, tmp_path, stamp):
    answer = tmp_path / "answer.tsr"
    answer.write_bytes(stamp)
    done = timestamp_clearance(record, response=answer)
    assert (states(done.to_pylist()), done.holds) == (["does not hold"], False)
    assert not found_by.stamp_beside(record).exists()


def test_a_stamp_by_a_root_that_is_not_the_one_named_is_not_filed(record, authority, tmp_path):
    other = Authority(tmp_path / "b")
    done = timestamp_clearance(record, response=authority.stamp(record), ca=other.ca)
    assert (done.holds, found_by.stamp_beside(record).exists()) == (False, False)


def test_one_way_is_asked_for(record, tmp_path):
    for given_ways in ({}, {"authority": "https://tsa.example", "request": tmp_path / "q"}):
        with pytest.raises(BadInputError, match="one of --authority, --request and --response"):
            timestamp_clearance(record, **given_ways)
    with pytest.raises(UnreadableFileError):
        timestamp_clearance(tmp_path / "none.html", request=tmp_path / "q")
    with pytest.raises(UnreadableFileError, match="no certificate"):
        timestamp_clearance(record, response=record, ca=record)


def test_without_the_extra_a_request_is_written_and_no_answer_taken(record, tmp_path, monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "signing", ("no_such_package",))
    timestamp_clearance(record, request=tmp_path / "q.tsq")
    with pytest.raises(MissingExtraError, match="no_such_package"):
        timestamp_clearance(record, response=tmp_path / "q.tsq")


@pytest.fixture
def served(authority, tmp_path):
    """An authority behind an address on this machine; `how` turns its answer into what is sent, and `asked` fills."""
    how, asked = [lambda query: (200, authority.answer(query).read_bytes())], []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.headers["Content-Type"], body))
            query = tmp_path / "asked.tsq"
            query.write_bytes(body)
            code, data = how[-1](query)
            self.send_response(code)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/tsr", how, asked
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_an_authority_is_asked_for_the_hash_and_its_stamp_filed(record, authority, served):
    url, _, asked = served
    done = timestamp_clearance(record, authority=url, ca=authority.ca)
    assert states(done.to_pylist()) == ["holds", "holds"]
    assert openssl_verifies(record, found_by.stamp_beside(record), authority.ca)
    ((kind, sent),) = asked
    assert kind == "application/timestamp-query"
    assert hashlib.sha256(record.read_bytes()).digest() in sent
    assert b"Constructed record" not in sent
    assert len(sent) < 100


def test_what_an_authority_sends_instead_is_not_filed(record, authority, served):
    url, how, _ = served
    old = authority.stamp(record).read_bytes()  # of the same record, and of another request
    how.append(lambda _: (200, old))
    done = timestamp_clearance(record, authority=url)
    assert [r["found"] for r in done.to_pylist()] == ["the answer to another request"]
    how.append(lambda _: (200, b"<html>for maintenance</html>"))
    assert not timestamp_clearance(record, authority=url).holds
    how.append(lambda _: (404, b""))
    with pytest.raises(FailedFetchError, match="answers 404"):
        timestamp_clearance(record, authority=url)
    how.append(lambda _: (200, bytes(3 * 1024 * 1024)))
    with pytest.raises(FailedFetchError, match="larger than 1 MB"):
        timestamp_clearance(record, authority=url)
    assert not found_by.stamp_beside(record).exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/tsr",
        "https://127.1/tsr",
        "http://[::ffff:10.0.0.1]/tsr",
        "ftp://tsa.example/tsr",
        "https://anna:s3cret@tsa.example/tsr",
        "tsa.example",
        "http://",
    ],
)
def test_an_authority_is_where_a_fetch_may_go(record, url, monkeypatch):
    import socket

    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("connected"))
    with pytest.raises(FailedFetchError) as caught:
        timestamp_clearance(record, authority=url)
    assert "s3cret" not in str(caught.value)


def test_a_record_is_verified_with_its_stamp(record, authority, tmp_path):
    def parts(**options):
        return {r["part"]: r["state"] for r in verify_clearance(record, store=tmp_path, **options).to_pylist()}

    assert parts() == {"signature": "does not hold"}
    assert parts(ca=authority.ca) == {"signature": "does not hold", "time stamp": "does not hold"}
    authority.stamp(record, found_by.stamp_beside(record))
    assert parts()["authority"] == "cannot tell"
    assert parts(ca=authority.ca) == {"signature": "does not hold", "time stamp": "holds", "authority": "holds"}
    with pytest.raises(UnreadableFileError):
        parts(timestamp=tmp_path / "none.tsr")


def test_exit_codes(record, authority, tmp_path, run_cli):
    import sys

    environment = {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "ENTREPOT_STORE": str(tmp_path / "store")}
    query = tmp_path / "q.tsq"
    asked = run_cli("clearance", "timestamp", record, "--request", query, env=environment)
    assert (asked.code, "--data-binary" in asked.stderr) == (0, True)
    lost = run_cli("clearance", "timestamp", record, "--request", record, env=environment)
    assert (lost.code, "it would be lost" in lost.stderr) == (2, True)
    answer = authority.answer(query)
    given_words = ("clearance", "timestamp", record, "--response", answer, "--ca", authority.ca)
    filed = run_cli(*given_words, env=environment)
    assert (filed.code, "holds" in filed.stdout) == (0, True)
    assert (run_cli(*given_words, env=environment).code, answer.exists()) == (2, True)
    unsigned = run_cli("clearance", "verify", record, "--ca", authority.ca, "--format", "csv", env=environment)
    assert (unsigned.code, "authority,holds" in unsigned.stdout) == (2, True)
