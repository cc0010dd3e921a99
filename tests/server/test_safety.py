"""What a request may try: hosts, archives, addresses, forms."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest

from entrepot.core.errors import StoreLockedError
from entrepot.server.gatekeeper import host_of
from entrepot.server.refusal import headers_of, status_of, told

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


def test_forms_without_end_are_refused_quickly(open_client):
    begun = time.process_time()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    many = "&".join(f"k{n}=v" for n in range(20_000))  # CVE-2026-54283
    assert open_client.post("/v1/search", content=many, headers=form).status_code in {400, 422}
    mixed = {"Content-Type": "multipart/form-data; boundary=b"}
    before = b"x" * 2_000_000 + b"\r\n--b--\r\n"  # CVE-2026-40347
    assert open_client.post("/v1/screen", content=before, headers=mixed).status_code in {400, 422}
    none = {"Content-Type": "multipart/form-data"}
    assert open_client.post("/v1/screen", content=b"x", headers=none).status_code in {400, 422}
    assert time.process_time() - begun < 10  # of this process, which serves as well; quadratic work takes minutes


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
