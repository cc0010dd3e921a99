"""Fuzzes `entrepot check`: made-up reports of each format are opened, read, judged and drawn.

Run: python scripts/fuzz_claims.py --seconds 3600 --seed 1 --out out/fuzz

An `EntrepotError` is an answer; any other exception, an answer that the contract refuses and a report that takes longer
than its length allows are findings. Each is shrunk by hypothesis and written to `--out` with its traceback; the exit
code is 1 where there was one. The seconds are shared evenly by the formats.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
import time
import traceback
import warnings
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from entrepot.claims.check import against_record
from entrepot.claims.formats import pdf, pdf_child
from entrepot.claims.open import of_bytes
from entrepot.claims.read import read
from entrepot.core.errors import EntrepotError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ROUND = 150  # examples a round: between two rounds the clock is read
SLOW = 10.0  # seconds; a made-up report has at most some thousand characters
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def words() -> tuple[str, ...]:
    """The words that the reader knows, of each list, and signs that break sentences."""
    found: set[str] = set()
    for file in sorted(files("entrepot.claims").joinpath("data").iterdir(), key=lambda f: f.name):
        lines = file.read_text(encoding="utf-8").splitlines()
        found |= {line.split(",")[0].strip('"*') for line in lines[1:]}
    return (
        *sorted(w for w in found if w),
        *",.;:()%$€¥-–—/'\"«»（）、。；",
        "\u200b",
        "\u202e",
        "\n\n",
        "1.234",
        "US$",
    )


NUMBER = st.one_of(
    st.integers(0, 10**12).map(str),
    st.integers(0, 10**9).map(lambda n: f"{n:,}"),
    st.floats(0, 1e9, allow_nan=False).map(lambda x: f"{x:.2f}"),
    st.sampled_from(
        ["一百二十", "二三十", "½", "③", "٣", "1e400", "0", "00", "9" * 400, "1,2,3", "31/12/2024", "2月30日"]
    ),
)
KNOWN = st.sampled_from(words())
SENTENCE = st.lists(st.one_of(KNOWN, KNOWN, NUMBER, st.text(max_size=6)), max_size=60).map(" ".join)
JOINED = st.lists(st.one_of(KNOWN, NUMBER), max_size=60).map("".join)
TEXT = st.one_of(SENTENCE, JOINED, st.text(max_size=400))
TAGS = (
    "p",
    "div",
    "span",
    "table",
    "td",
    "h1",
    "li",
    "script",
    "style",
    "template",
    "title",
    "time",
    "meta",
    "svg",
    "br",
)
HEADS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"---\ndate: 2024-01-01\n---\n", b"<!doctype html>")


def spoilt(draw: Callable[..., Any], whole: bytes, first: int) -> bytes:
    """The bytes with some of them changed, cut out or doubled."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(min(first, len(data) - 1), len(data) - 1))
        match draw(st.sampled_from(("set", "cut", "copy"))):
            case "set":
                data[at] = draw(st.integers(0, 255))
            case "cut":
                del data[at : at + draw(st.integers(1, 40))]
            case _:
                data[at:at] = data[at : at + draw(st.integers(1, 40))]
        if len(data) <= first:
            break
    return bytes(data)


@st.composite
def plain(draw: Callable[..., Any]) -> bytes:
    """Text, or bytes that only begin like one."""
    text: str = draw(TEXT)
    coding = draw(st.sampled_from(("utf-8", "utf-16", "utf-8-sig", "gb18030", "cp1251")))
    return bytes(
        draw(st.sampled_from(HEADS)) + draw(st.one_of(st.binary(max_size=200), st.just(text.encode(coding, "ignore"))))
    )


@st.composite
def marked(draw: Callable[..., Any]) -> bytes:
    """Elements, nested and unclosed, with attributes that hide or date."""
    parts = []
    for _ in range(draw(st.integers(0, 12))):
        tag = draw(st.sampled_from(TAGS))
        attribute = draw(
            st.sampled_from(
                ("", " hidden", ' style="display:none"', ' datetime="2024-13-40"', ' name="date" content="x')
            )
        )
        end = draw(st.sampled_from((f"</{tag}>", "", "<!--", "]]>", "&#x0;", "&#1114112;")))
        parts.append(f"<{tag}{attribute}>{draw(TEXT)}{end}")
    return "".join(parts).encode("utf-8", "ignore")


@st.composite
def down(draw: Callable[..., Any]) -> bytes:
    """Markdown: lines with its signs before them."""
    signs = st.sampled_from(
        ("", "# ", "- ", "> ", "```\n", "| a | b |\n|---|---|\n| ", "1. ", "    ", "[^1]: ", "<div>", "![x](", "***")
    )
    lines = [draw(signs) + draw(TEXT) for _ in range(draw(st.integers(0, 10)))]
    between: str = draw(st.sampled_from(("\n", "\n\n", "\r\n")))
    return between.join(lines).encode("utf-8", "ignore")


@st.composite
def word(draw: Callable[..., Any]) -> bytes:
    """A Word file of runs, tables, notes and deletions, then spoilt."""
    from xml.sax.saxutils import escape

    runs = [f"<w:r><w:t>{escape(draw(TEXT))}</w:t></w:r>" for _ in range(draw(st.integers(1, 5)))]
    kinds = st.sampled_from(
        (
            "{}",
            "<w:p>{}</w:p>",
            "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
            "<w:p><w:del>{}</w:del></w:p>",
            "<w:p><w:ins>{}</w:ins></w:p>",
        )
    )
    body = "".join(draw(kinds).format(r) for r in runs)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", draw(st.sampled_from((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))) as archive:
        document = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode("utf-8", "ignore")
        archive.writestr("word/document.xml", document)
        for name in draw(
            st.lists(st.sampled_from(("word/footnotes.xml", "docProps/core.xml", "word/endnotes.xml")), unique=True)
        ):
            archive.writestr(name, draw(st.one_of(st.just(document), st.binary(max_size=60))))
    return spoilt(draw, held.getvalue(), 4) if draw(st.booleans()) else held.getvalue()


@st.composite
def drawn(draw: Callable[..., Any]) -> bytes:
    """A PDF of drawn lines, with or without its table of objects, then spoilt."""
    lines = [
        draw(TEXT).encode("latin-1", "ignore").replace(b"(", b"[").replace(b")", b"]")
        for _ in range(draw(st.integers(0, 6)))
    ]
    stream = b"BT /F1 12 Tf 40 760 Td " + b"".join(b"(" + line + b") Tj 0 -14 Td " for line in lines) + b" ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    whole = body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return spoilt(draw, whole, 8) if draw(st.booleans()) else whole


FORMATS = {"txt": plain(), "html": marked(), "md": down(), "docx": word(), "pdf": drawn()}


def whole_way(data: bytes, suffix: str, published: str | None) -> None:
    """Open, read, judge and draw; raises for a finding only."""
    from datetime import date

    day = None if published is None else date.fromisoformat(published)
    began = time.process_time()  # of the process: a busy machine is no finding
    try:
        report = of_bytes(data, f"report.{suffix}", published=day)
    except EntrepotError:
        return
    checked = against_record(report, read(report), "report")
    for claim in checked.found:
        if report.text[claim.span_start : claim.span_end] != claim.text:
            raise AssertionError(f"the span of {claim.claim_id} is not its text")
    _ = checked.claims, checked.html, checked.summary, checked.own_rows, checked.findings
    took = time.process_time() - began
    if took > SLOW + len(report.text) / 10_000:
        raise TimeoutError(f"{took:.1f} s for {len(report.text)} characters")


def one_round(suffix: str, number: int) -> tuple[int, bytes, str]:
    """One round of a format: how many reports were made; the shrunk input and its traceback where something broke."""
    last, made = [b""], [0]

    @seed(number)
    @settings(
        max_examples=ROUND, deadline=None, database=None, verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.target, Phase.shrink), print_blob=False,
    )  # fmt: skip
    @given(FORMATS[suffix], st.sampled_from((None, "2024-12-05", "2025-03-14", "1999-12-31")))
    def run(data: bytes, published: str | None) -> None:
        last[0], made[0] = data, made[0] + 1
        whole_way(data, suffix, published)

    try:
        run()
    except Exception:  # noqa: BLE001 - what breaks is what is looked for
        return made[0], last[0], traceback.format_exc()
    return made[0], b"", ""


def _in_process(data: bytes, origin: str) -> dict[str, Any]:
    """The child's reading in this process: a child a report would take most of the hour to start."""
    del origin
    return dict(json.loads(json.dumps(pdf_child.read(data))))


def main() -> int:
    """Fuzz for the seconds given; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--formats", nargs="*", default=sorted(FORMATS))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")  # a warning would reach the terminal of whoever checks a report
    pdf._child = _in_process  # noqa: SLF001 - see there
    options.out.mkdir(parents=True, exist_ok=True)
    end, number, spent, seen = (
        time.monotonic() + options.seconds,
        options.seed,
        dict.fromkeys(options.formats, 0.0),
        set(),
    )
    examples = dict.fromkeys(options.formats, 0)
    while time.monotonic() < end:
        suffix = min(spent, key=lambda s: spent[s])  # the format that had least of the time
        began = time.monotonic()
        made, data, broke = one_round(suffix, number)
        spent[suffix] += time.monotonic() - began
        examples[suffix] += made
        if broke:
            name = f"{suffix}-{number}"
            where = broke.strip().splitlines()[-1]
            if (suffix, where) not in seen:
                seen.add((suffix, where))
                (options.out / f"{name}.{suffix}").write_bytes(data)
                (options.out / f"{name}.trace").write_text(broke, encoding="utf-8")
                print(f"{name}: {where}", flush=True)
        number += 1
    print(
        f"{len(seen)} findings; {sum(examples.values()):,} reports: "
        + ", ".join(f"{s} {n:,} in {spent[s]:.0f} s" for s, n in examples.items())
    )
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
