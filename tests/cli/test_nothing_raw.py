"""No control character and no turn of direction of what was read reaches a terminal or a page."""

from __future__ import annotations

import html
import os
import pty
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.brief.render import html as brief_page
from entrepot.cli.terminal import cell, table_text
from entrepot.core.errors import BadInputError, plain, printable
from entrepot.desk.desk import Desk
from entrepot.sources.explanation import Explanation, text

# U+0000-U+001F but newline and tab, U+007F-U+009F, and what turns the direction of text (UAX 9).
RAW = "".join(
    chr(n)
    for n in (*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(n) not in "\n\t"
)
ANY = st.text(st.one_of(st.sampled_from(RAW), st.sampled_from("aЖ新م =\n\t")), max_size=30)


def raw(shown: str) -> set[str]:
    return set(shown) & set(RAW)


def test_the_characters_are_those_that_unicode_says():
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    marks = {"\u200e", "\u200f", "\u061c"}
    every = map(chr, range(0x11000))
    expected = {c for c in every if unicodedata.category(c) == "Cc" or unicodedata.bidirectional(c) in turning}
    assert set(RAW) == (expected | marks) - {"\n", "\t"}


@given(ANY)
def test_no_text_is_shown_raw(given_text):
    assert raw(plain(given_text)) == raw(printable(given_text)) == set()
    assert re.sub(r"\\u[0-9a-f]{4}", "", plain(given_text)) == "".join(c for c in given_text if c not in RAW)
    assert raw(str(BadInputError("x", found=given_text, remedy=given_text))) == set()


@pytest.mark.parametrize("letters", ["می‌خواهم", "क्‍ष", "ä ß", "新疆中泰化学"])
def test_letters_stay(letters):
    assert plain(letters) == letters


@given(ANY, st.lists(ANY, max_size=3))
def test_no_cell_of_a_table_is_raw(one, several):
    assert raw(cell(one) + cell(several)) == set()
    shown = table_text(pa.table({"name": [one], "names": [several]}))
    assert raw(shown) == set()


@pytest.mark.parametrize("between", ["\n", "\r\n", "\t", "\x0b", "\u2028", " \n\n"])
def test_a_line_break_in_a_cell_is_shown_as_a_space_and_other_controls_as_what_they_are(between):
    assert cell(f"Kiln Works{between}Co., Ltd.").split() == ["Kiln", "Works", "Co.,", "Ltd."]
    assert cell("Kiln\x1b[2J") == "Kiln\\x1b[2J"


@given(ANY)
def test_no_explanation_is_raw(one):
    row = {"name": one, "names": [one, one]}
    source = {"source_id": one, "publisher": one, "title": one, "url": one, "licence": one, "retrieved": None}
    shown = text(Explanation(one, one, {"said": one}, one, ((one, row),), (source,), (one,)))
    assert raw(shown) == set()


@given(ANY, ANY)
@settings(max_examples=15)
def test_no_page_of_a_report_is_raw(tmp_path_factory, title, words):
    folder = tmp_path_factory.mktemp("report")
    file = folder / "report.md"
    # With a carriage return kept, for a reader of lines would drop it.
    file.write_text(f"# {title}\n\nIn 2023 12,345 trucks {words} crossed at Khunjerab.\n", "utf-8", newline="")
    try:
        found = Desk(folder / "store").check(file)
    except BadInputError as exc:  # too many controls for a text
        assert raw(str(exc)) == set()
        return
    assert raw(found.checked.html) == set()
    assert raw("\n".join(map(plain, found.notes))) == set()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A file of parties whose name, headings and cells hold every such character that a CSV or a file name can."""
    folder = tmp_path_factory.mktemp("hostile")
    within = RAW.replace("\0", "").replace("\r", "")
    file = folder / "sup\x1b]0;owned\x07\u202epliers.csv"
    file.write_text(
        f"supplier,country,note\x1b[2J\u202e\nHetian Taida{within} Apparel Co.\u202e Ltd\x1b[31m,China,x{within}\n",
        "utf-8",
    )
    return file


def test_a_clearance_record_and_a_terminal_hold_nothing_raw(run_cli, hostile, tmp_path):
    page = tmp_path / "clear\x1b[2J\u202eance.html"
    ran = run_cli("screen", hostile, "--record", page, "--operator", f"A{RAW[1:]}Clerk", "--workers", "1")
    assert ran.code == 0, ran.stderr
    assert raw(ran.stdout + ran.stderr) == set()
    written = page.read_text("utf-8")
    assert raw(written) == set()
    assert "Hetian Taida" in written
    assert r"\u001b]0;owned\u0007\u202epliers.csv" in html.unescape(written)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_table_printed_on_a_terminal_is_escaped_and_piped_it_is_whole(run_cli, isolated, hostile, tmp_path, form):
    arguments = ["screen", str(hostile), "--format", form, "--workers", "1"]
    piped = run_cli(*arguments)
    assert "\u202e" in piped.stdout
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "entrepot", *arguments]
    with subprocess.Popen(command, env=isolated(tmp_path), stdout=follower, stderr=subprocess.DEVNULL) as started:
        os.close(follower)
        shown = b""
        while block := _block(leader):
            shown += block
        assert started.wait(60) == 0
    os.close(leader)
    assert b"Hetian Taida" in shown
    assert raw(shown.decode().replace("\r\n", "\n")) == set()


def _block(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_the_page_of_a_brief_holds_nothing_raw(tmp_path):
    found = Desk(tmp_path / "store").brief("eu-flr", as_of="2025-12-31")
    hostile_report = replace(found.report, title=f"A{RAW}title", question=f"B{RAW}?")
    page = brief_page(hostile_report, found.sources)
    assert raw(page) == set()
    assert r"A\u0000" in page


@pytest.mark.parametrize(
    ("value", "said"),
    [(614_484_700.422708, "614,484,700"), (99_999.25, "99,999.25"), (100_000.5, "100,000"), (0.0430741, "0.043074")],
)
def test_a_large_amount_has_no_fraction_in_a_table(value, said):
    assert cell(value) == said
    assert cell(-value) == f"-{said}"
