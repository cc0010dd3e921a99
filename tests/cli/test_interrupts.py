"""A run that is told to end while libraries are loaded ends by our own exit code, never by abort."""

from __future__ import annotations

import ctypes
import importlib
import signal
import subprocess
import sys
import time

import pytest

from entrepot.cli.interrupts import told_to_end

# Told while DuckDB, which is C++, has Python make an enumeration: where that raises, it ends the process by abort.
DRIVER = """
import signal, sys

number = int(sys.argv.pop())

def told(frame, event, _):
    if event == "call" and frame.f_code.co_name == "_create_" and "duckdb" in sys.modules:
        sys.setprofile(None)
        signal.raise_signal(number)

sys.setprofile(told)
from entrepot.__main__ import main

main()
"""


@pytest.fixture
def hearing(monkeypatch):
    """What is done about signals is as before when the test is over."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    before = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)}
    yield
    for n, handler in before.items():
        signal.signal(n, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_while_duckdb_is_loaded_a_run_ends_by_its_own_code(isolated, tmp_path, number):
    (tmp_path / "driver.py").write_text(DRIVER, "utf-8")
    (tmp_path / "p.csv").write_text("name\nKashgar Looms\n", "utf-8")
    command = [sys.executable, "driver.py", "screen", "p.csv", "--out", "hits.csv", "--workers", "1", str(int(number))]
    environment = isolated(tmp_path)
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, "stopped; no file is left half written." in ran.stderr) == (128 + number, True), ran.stderr
    assert not (tmp_path / "hits.csv").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("hearing")
def test_what_comes_during_an_import_waits_until_it_is_over(tmp_path, monkeypatch, number):
    (tmp_path / "slowly_loaded.py").write_text(
        f"import signal, time\nsignal.raise_signal({int(number)})\ntime.sleep(0.1)\nwhole = True\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)

    def run():
        importlib.import_module("slowly_loaded")
        end = time.monotonic() + 10
        while time.monotonic() < end:
            time.sleep(0.01)

    seen = told_to_end(run.__code__)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert seen == [number]
    assert sys.modules["slowly_loaded"].whole
    sys.modules.pop("slowly_loaded", None)


@pytest.mark.usefixtures("hearing")
def test_what_comes_where_a_library_passes_over_it_comes_again(capsys):
    called_back = ctypes.CFUNCTYPE(None)(lambda: signal.raise_signal(signal.SIGTERM))

    def run():
        called_back()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            time.sleep(0.01)

    seen = told_to_end(run.__code__)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert seen == [signal.SIGTERM]
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("hearing")
def test_outside_an_import_it_comes_at_once():
    told_to_end(test_outside_an_import_it_comes_at_once.__code__)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
