"""`entrepot serve` as it is typed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from entrepot.server.listening import serve, taken
from entrepot.server.serve_settings import ServeSettings


@pytest.fixture
def started(tmp_path, isolated):
    """Starts a server on a free port; gives the process, its address and the seconds to the first page."""
    running = []

    def start(*arguments):
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "entrepot", "serve", "--port", "0", "--no-browser", *arguments],
            env=isolated(tmp_path) | {"PYTHONUNBUFFERED": "1"},
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        line = process.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line + process.stderr.read()
        body = urllib.request.urlopen(address[0], timeout=10).read().decode()
        return process, body, time.perf_counter() - begun

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="a signal as Ctrl-C sends it")
def test_it_serves_until_it_is_told_to_stop(started):
    process, body, _ = started()
    assert "<title>" in body
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert "no store at" in process.stderr.read()


def test_what_cannot_be_is_a_sentence(run_cli, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for arguments, said in (
            (["--port", port], "the port is in use"),
            (["--host", "192.0.2.1", "--token", "x" * 20], "cannot listen"),
            (["--token", "short"], "the token of admin cannot be used"),
            (["--users", tmp_path / "none.toml"], "none.toml"),
        ):
            done = run_cli("serve", "--no-browser", *map(str, arguments))
            assert done.code == 2
            assert said in done.stderr
            assert "short" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
@pytest.mark.parametrize(
    ("mode", "is_wide"), [(0o644, True), (0o640, True), (0o604, True), (0o600, False), (0o400, False)]
)
def test_a_file_of_tokens_that_others_may_read_is_warned_of(run_cli, tmp_path, mode, is_wide):
    users = tmp_path / "users.toml"
    users.write_text(
        '[[user]]\nname = "A Clerk"\nrole = "reader"\ntoken = "clerk-0123456789abcdef"\n', encoding="utf-8"
    )
    users.chmod(mode)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        done = run_cli("serve", "--no-browser", "--users", str(users), "--port", str(held.getsockname()[1]))
    assert "the port is in use" in done.stderr
    assert ("Warning: others may read" in done.stderr) is is_wide
    assert ("chmod 600" in done.stderr) is is_wide
    assert "clerk-0123456789abcdef" not in done.stderr


def test_a_start_takes_in_neither_what_computes_nor_what_other_programs_ask(isolated, tmp_path):
    # Each of these takes a tenth of a second of the processor or more, before the first page.
    code = (
        "import sys, pathlib, entrepot.server.app as a, entrepot.server.serve_settings as s\n"
        "a.create_app(s.ServeSettings(pathlib.Path(sys.argv[1])))\n"
        "print(sorted({'numpy', 'pyarrow', 'duckdb', 'pydantic', 'fastapi'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store")],
        env=isolated(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_a_server_and_its_processes_keep_linear_algebra_to_one_thread(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    settings = ServeSettings(tmp_path / "store", port=0)
    with taken(settings) as held:
        serve(settings, held, browser=False, begun=lambda: None, warm=False)
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_a_start_takes_no_numpy_in_which_would_not_hear_of_that_any_more():
    seen = "import entrepot.cli.serve, entrepot.server.app, sys; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
