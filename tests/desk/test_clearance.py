"""A clearance record that is signed: what holds, what is found changed, and whose key it was."""

import os
import re
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, MissingExtraError, StoreError, UnreadableFileError
from entrepot.core.runtime import extras
from entrepot.core.store import signing_key as keys
from entrepot.desk import clearance as verbs
from entrepot.desk.clearance import clearance_key, verify_clearance
from entrepot.desk.screen import screen
from entrepot.print.html_page import html_page
from entrepot.screening.reports import clearance_record
from entrepot.screening.reports.record_signature import record_signature, signed_page

pytest.importorskip("cryptography")
OPENSSL = shutil.which("openssl")
AT = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)
# RFC 8032, section 7.1: secret key, public key, message, signature of tests 1 to 3.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    """A folder with a screening: suppliers.csv, hits.csv, clearance.html, and the store that signed."""
    folder = tmp_path_factory.mktemp("filed")
    (folder / "suppliers.csv").write_text("name\nHefei Meiling Co. Ltd.\n<!-- signature & Co\n", encoding="utf-8")
    done = screened(folder, "clearance.html", out=folder / "hits.csv")
    assert re.search(r"clearance\.html, signed with key [0-9a-f]{16}\.$", done.notes[-1])
    return folder


def screened(folder, record, **options):
    return screen(
        folder / "suppliers.csv",
        lists=["uflpa"],
        as_of="2024-11-25",
        operator="A Clerk",
        workers=1,
        record=folder / record,
        store=folder / "store",
        **options,
    )


def said(file, **options):
    """part -> state, and whether all holds."""
    found = verify_clearance(file, **options)
    return {r["part"]: r["state"] for r in found.to_pylist()}, found.holds


def test_a_record_holds_with_its_files(filed):
    files = {"results": filed / "hits.csv", "parties": filed / "suppliers.csv"}
    states = {"signature": "holds", "key": "holds", "results": "holds", "input": "holds"}
    assert said(filed / "clearance.html", store=filed / "store", **files) == (states, True)


def test_another_file_is_not_the_one_that_was_screened(filed, tmp_path):
    other = tmp_path / "suppliers.csv"
    other.write_bytes((filed / "suppliers.csv").read_bytes() + b"One More Ltd\n")
    states, holds = said(filed / "clearance.html", store=filed / "store", parties=other, results=filed / "hits.csv")
    assert (states["input"], states["results"], holds) == ("does not hold", "holds", False)
    with pytest.raises(UnreadableFileError):
        verify_clearance(filed / "clearance.html", store=filed / "store", results=tmp_path / "none.csv")


def test_a_record_without_results_is_about_no_such_file(filed):
    screened(filed, "short.html")
    states, holds = said(filed / "short.html", store=filed / "store", results=filed / "hits.csv")
    assert (states["signature"], states["results"], holds) == ("holds", "cannot tell", False)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_found(filed, data):
    page = (filed / "clearance.html").read_bytes()
    # Half of them in the last 600 bytes, where the signature is: the page before it is far longer.
    at = data.draw(st.integers(0, len(page) - 1) | st.integers(len(page) - 600, len(page) - 1))
    changed = bytearray(page)
    changed[at] ^= data.draw(st.integers(1, 255))
    found = record_signature(bytes(changed))
    assert found is None or not found.holds


def test_each_bit_of_the_signature_counts(filed):
    page = (filed / "clearance.html").read_bytes()
    for at in range(len(page) - 600, len(page)):
        for bit in range(8):
            changed = bytearray(page)
            changed[at] ^= 1 << bit
            found = record_signature(bytes(changed))
            assert found is None or not found.holds, (at, bit)


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page[:-1],
        lambda page: page[:-200],
        lambda page: page[: len(page) // 2],
        lambda page: page + b"\n",
        lambda page: page + b"<p>and all else is well</p>",
        lambda page: page.replace(b"\n", b"\r\n"),
        lambda page: page.replace(b"<h2>Lists", b"<h2>lists", 1),
        lambda page: page[: page.rindex(b"signature: ")] + page[page.rindex(b"signature: ") :].upper(),
        lambda page: b"\xef\xbb\xbf" + page,
        lambda page: page[:100] + page[101:],
        lambda _: b"",
    ],
)
def test_what_was_cut_or_changed_does_not_hold(filed, tmp_path, change):
    page = (filed / "clearance.html").read_bytes()
    changed = tmp_path / "clearance.html"
    changed.write_bytes(change(page))
    assert changed.read_bytes() != page
    states, holds = said(changed, store=filed / "store", parties=filed / "suppliers.csv")
    assert (states, holds) == ({"signature": "does not hold", "input": "cannot tell"}, False)


def test_the_signature_of_another_record_does_not_hold(filed):
    screened(filed, "other.html", out=filed / "more.csv", min_score=0.9)
    ends = [(filed / name).read_bytes().rpartition(b"</html>") for name in ("clearance.html", "other.html")]
    for page, block in ((ends[0][0], ends[1][2]), (ends[1][0], ends[0][2])):
        found = record_signature(page + b"</html>" + block)
        assert found is not None
        assert not found.holds


def test_a_key_that_only_the_file_names_vouches_for_nothing(filed, tmp_path):
    (row,) = [r for r in verify_clearance(filed / "clearance.html", store=tmp_path).to_pylist() if r["part"] == "key"]
    assert row["state"] == "cannot tell"
    assert "anyone could have signed it" in row["found"]
    assert list(tmp_path.iterdir()) == []  # to verify makes no key


def test_a_page_changed_and_signed_anew_is_not_the_desk_s(filed, tmp_path):
    page = (filed / "clearance.html").read_bytes()
    forged = tmp_path / "forged.html"
    changed = page[: page.rindex(b"\n<!-- ")].replace(b"Hefei Meiling", b"Somebody Else")
    forged.write_bytes(signed_page(changed, keys.signing_key(tmp_path / "forger"), AT, ("", "")))
    assert said(forged, store=filed / "store") == ({"signature": "holds", "key": "cannot tell"}, False)
    public = tmp_path / "desk.pem"
    public.write_text(clearance_key(store=filed / "store").to_pylist()[0]["public_key"])
    assert said(forged, key=public) == ({"signature": "holds", "key": "does not hold"}, False)
    assert said(filed / "clearance.html", key=public) == ({"signature": "holds", "key": "holds"}, True)


def test_a_record_that_was_never_signed_says_so(filed, tmp_path):
    old = tmp_path / "old.html"
    page = (filed / "clearance.html").read_bytes()
    old.write_bytes(page[: page.rindex(b"\n<!-- ")])
    found = verify_clearance(old, store=filed / "store")
    assert not found.holds
    assert [r["found"] for r in found.to_pylist()] == ["not signed: nothing says whether it was changed"]


def test_the_page_before_the_signature_is_the_page_as_it_was(filed, monkeypatch):
    made = []
    monkeypatch.setattr(
        "entrepot.desk.clearance_filing.clearance_record", lambda *a, **k: made.append(record_of(*a, **k)) or made[0]
    )
    record_of = clearance_record.clearance_record
    screened(filed, "again.html")
    page, _, block = (filed / "again.html").read_bytes().rpartition(b"\n<!-- ")
    assert page == html_page(made[0]).encode()
    assert block.endswith(b"\n-->\n")


def test_the_same_page_at_the_same_time_has_the_same_signature(tmp_path):
    key = keys.signing_key(tmp_path)
    assert signed_page(b"<p>", key, AT, ("", "")) == signed_page(b"<p>", key, AT, ("", ""))


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032(tmp_path, secret, public, message, signature):
    import base64

    # RFC 8410, section 7: the 32 bytes behind the fixed head of PKCS 8.
    der = bytes.fromhex("302e020100300506032b657004220420" + secret)
    path = tmp_path / "key.pem"
    body = base64.b64encode(der).decode()
    path.write_text(f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
    path.chmod(0o600)
    key = keys.signing_key_from(path)
    assert key.public.hex() == public
    assert key.signed(bytes.fromhex(message)).hex() == signature
    assert keys.signature_holds(key.public, bytes.fromhex(signature), bytes.fromhex(message))
    assert not keys.signature_holds(key.public, bytes.fromhex(signature), bytes.fromhex(message) + b"x")


def forged(public):
    """Whether a signature that took no secret passes the library for one of many messages."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(public)
    for point in sorted(keys._WEAK):
        for sign in (0, 0x80):
            signature = bytes((*point[:-1], point[-1] | sign)) + bytes(32)
            for number in range(64):
                with suppress(InvalidSignature):
                    key.verify(signature, bytes([number]))
                    assert not keys.signature_holds(public, signature, bytes([number]))
                    return True
    return False


@pytest.mark.parametrize("weak", sorted(keys._WEAK))
def test_a_key_that_anyone_can_sign_with_vouches_for_nothing(weak, tmp_path):
    assert forged(weak)
    assert not forged(keys.signing_key(tmp_path).public)


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl")
def test_openssl_verifies_what_the_store_signed(filed, tmp_path):
    page = (filed / "clearance.html").read_bytes()
    at = page.rindex(b"signature: ") + len(b"signature: ")
    (tmp_path / "message").write_bytes(page[:at])
    (tmp_path / "signature").write_bytes(bytes.fromhex(page[at : at + 128].decode()))
    (tmp_path / "desk.pem").write_text(clearance_key(store=filed / "store").to_pylist()[0]["public_key"])
    check = [OPENSSL, "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "desk.pem", "-in", "message"]
    done = subprocess.run([*check, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "message").write_bytes(page[: at - 1])
    assert subprocess.run([*check, "-sigfile", "signature"], cwd=tmp_path, capture_output=True, check=False).returncode


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl")
def test_a_key_of_one_s_own_made_by_openssl(filed, tmp_path):
    own, public = tmp_path / "own.pem", tmp_path / "own.pub"
    subprocess.run([OPENSSL, "genpkey", "-algorithm", "ed25519", "-out", own], check=True)
    own.chmod(0o600)
    subprocess.run([OPENSSL, "pkey", "-in", own, "-pubout", "-out", public], check=True)
    screened(filed, "own.html", sign_with=own)
    assert said(filed / "own.html", key=public) == ({"signature": "holds", "key": "holds"}, True)
    assert said(filed / "own.html", store=filed / "store")[0]["key"] == "cannot tell"
    with pytest.raises(UnreadableFileError, match="no public key"):
        verify_clearance(filed / "own.html", key=own)


def test_the_store_s_key_is_its_owner_s_alone(tmp_path):
    keys.signing_key(tmp_path)
    path = tmp_path / keys.KEY_FILE
    assert [p.name for p in tmp_path.iterdir()] == [keys.KEY_FILE]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o640)
        with pytest.raises(StoreError, match=r"others may read the key that signs.*chmod 600"):
            keys.signing_key(tmp_path)
        with pytest.raises(StoreError, match="others may read"):
            keys.signing_key_from(path)


def test_many_that_make_the_key_at_once_hold_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = {k.public for k in pool.map(keys.signing_key, [tmp_path / "store"] * 32)}
    assert len(found) == 1


def test_a_bad_key_stops_the_run_before_it_begins(filed, tmp_path):
    (tmp_path / keys.KEY_FILE).write_bytes(b"-----BEGIN PRIVATE KEY-----\n")
    (tmp_path / keys.KEY_FILE).chmod(0o600)
    with pytest.raises(StoreError, match="the key that signs is broken"):
        screen(filed / "suppliers.csv", record=tmp_path / "c.html", store=tmp_path, workers=1)
    with pytest.raises(UnreadableFileError, match="no private key"):
        screened(filed, "c.html", sign_with=tmp_path / keys.KEY_FILE)
    with pytest.raises(BadInputError, match="no such key"):
        screened(filed, "c.html", sign_with=tmp_path / "none.pem")
    with pytest.raises(BadInputError, match="--sign-with without --record"):
        screen(filed / "suppliers.csv", sign_with=tmp_path / "none.pem", store=filed / "store")
    assert not (tmp_path / "c.html").exists()
    assert not (filed / "c.html").exists()


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl")
@pytest.mark.parametrize("made", [("-algorithm", "RSA"), ("-algorithm", "ed25519", "-aes256", "-pass", "pass:x")])
def test_a_key_of_another_kind_or_under_a_password_is_refused(tmp_path, made):
    path = tmp_path / "key.pem"
    subprocess.run([OPENSSL, "genpkey", *made, "-out", path], check=True, capture_output=True)
    path.chmod(0o600)
    with pytest.raises(UnreadableFileError, match=r"another kind|under a password"):
        keys.signing_key_from(path)


def test_without_the_extra_a_record_is_written_and_said_not_to_be_signed(filed, monkeypatch):
    monkeypatch.setitem(extras.EXTRAS, "signing", ("no_such_package",))
    done = screened(filed, "plain.html")
    assert done.notes[-1].endswith("not signed: that needs no_such_package. Run: pip install 'entrepot[signing]'")
    assert (filed / "plain.html").read_bytes().endswith(b"</html>")
    for asked in (
        lambda: screened(filed, "plain.html", sign_with=filed / "own.pem"),
        lambda: verify_clearance(filed / "plain.html"),
        lambda: clearance_key(store=filed / "store"),
    ):
        with pytest.raises(MissingExtraError, match="no_such_package"):
            asked()


def test_a_store_that_cannot_be_written_signs_nothing_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(verbs, "is_writable", lambda _: False)
    data, how = verbs.signer(tmp_path, Path("c.html"), None).signed(b"<p>", ("", ""))
    assert (data, how) == (b"<p>", "not signed: the store cannot be written, and holds no key.")


def test_a_key_that_cannot_be_made_costs_no_record(tmp_path):
    place = tmp_path / "store"
    given = verbs.signer(place, Path("c.html"), None)
    place.write_text("a file where the store would be")  # since the run began
    data, how = given.signed(b"<p>", ("", ""))
    assert data == b"<p>"
    assert how.startswith("not signed: the key that signs cannot be used")


def test_exit_codes(filed, tmp_path, run_cli):
    paths = os.pathsep.join(p for p in sys.path if p)
    environment = {"PYTHONPATH": paths, "ENTREPOT_STORE": str(filed / "store")}
    shown = run_cli("clearance", "key", env=environment)
    assert shown.code == 0
    (tmp_path / "desk.pem").write_text(shown.stdout)
    given = [filed / "clearance.html", "--results", filed / "hits.csv", "--input", filed / "suppliers.csv"]
    assert run_cli("clearance", "verify", *given, "--key", tmp_path / "desk.pem", env=environment).code == 0
    unknown = run_cli("clearance", "verify", *given, "--store", tmp_path / "none", env=environment)
    assert (unknown.code, "Traceback" in unknown.stderr) == (2, False)
    assert "cannot tell" in unknown.stdout
