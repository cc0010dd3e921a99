"""What Windows has otherwise, emulated: line ends, a byte order mark, spaces in paths, a console in Windows-1252."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from entrepot.desk.desk import Desk

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
CONSOLE = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "PYTHONLEGACYWINDOWSSTDIO": "1"}
OF_THE_MATCH = ("row", "list_id", "entity_id", "met_name", "score", "place_id")  # not the hash of the file


@pytest.fixture
def places(tmp_path):
    """The examples as they are, and as an editor on Windows saves them, in a folder whose name has spaces."""
    theirs = tmp_path / "My documents (2)" / "Liefer anten"
    theirs.mkdir(parents=True)
    for file in EXAMPLES.iterdir():
        text = file.read_bytes().decode()
        mark = "\ufeff" if file.suffix != ".toml" else ""
        (theirs / file.name).write_bytes((mark + text.replace("\n", "\r\n")).encode())
    return EXAMPLES, theirs


def matches(found):
    """What met what, with the words of a party whose cell holds a break."""
    return [([r[n] for n in OF_THE_MATCH], r["party"].split()) for r in found.to_pylist()]


def test_line_ends_and_a_mark_change_no_match(places, tmp_path):
    found = []
    for at, place in enumerate(places):
        desk = Desk(tmp_path / f"store {at}")
        desk.load_list(place / "blocked.csv", "own-blocked", version="2026-07-23")
        ends = "\r\n" if at else "\n"
        parties = tmp_path / f"parties {at}.csv"
        parties.write_bytes(ends.join(["supplier", "Gulmira Export", '"Hetian Taida', 'Apparel"', ""]).encode())
        files = (parties, place / "suppliers.csv")
        found.append([matches(desk.screen(file, as_of="2026-07-25", workers=1)) for file in files])
    assert {match[1] for match, _ in found[0][0]} >= {"own-blocked", "uflpa"}
    assert found[0] == found[1]


def test_they_change_no_flow_and_no_claim(places, tmp_path):
    desk = Desk(tmp_path / "a store")
    first, second = (desk.load(place / "trade.csv").to_pylist() for place in places)
    assert first == second
    claims = [desk.check(place / "report.txt", published="2024-12-05").claims.to_pylist() for place in places]
    said = [[(c["sentence"], c["value"], c["verdict"]) for c in found] for found in claims]
    assert said[0]
    assert said[0] == said[1]


@pytest.mark.parametrize("command", ["brief", "screen", "measures", "explain", "help"])
def test_a_console_that_has_no_chinese_is_no_crash(isolated, tmp_path, places, command):
    folder = places[1]
    arguments = {
        "brief": ["brief", "eu-flr", "--as-of", "2025-12-31", "--out", folder / "the brief"],
        "screen": ["screen", folder / "suppliers.csv", "--record", folder / "the record.html", "--workers", "1"],
        "measures": ["measures", "uflpa"],
        "explain": ["explain", "O0001"],
        "help": ["screen", "--help"],
    }[command]
    ran = subprocess.run(
        [sys.executable, "-m", "entrepot", *map(str, arguments)],
        env=isolated(tmp_path) | CONSOLE,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    shown = (ran.stdout + ran.stderr).decode("cp1252")
    assert "Traceback" not in shown
    assert "\N{REPLACEMENT CHARACTER}" not in shown
    if command == "screen":
        assert r"\u65b0\u7586" in shown  # 新疆, escaped
