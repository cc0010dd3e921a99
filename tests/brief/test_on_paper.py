"""The brief on paper: short, nothing cut, every figure with a number, every number with its address."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import UTC, datetime
from importlib.resources import files

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.brief.on_paper import _printed, _ranges, on_paper
from entrepot.brief.report import figures_of, parts
from entrepot.core.document.blocks import Beside, Grid, Items, Link, Paragraph, Pictures, Raised, texts

PAGES = 13  # what an editor prints and carries; contradictions take two, for all that the brief looks at are told


def squeezed(text):
    """Letters alone: a page breaks lines and words, and ligatures are two letters."""
    return re.sub(r"[\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))


def numbers_of(text):
    """What a raised text stands for, read again: 3, 5, 7–9."""
    found = []
    for part in text.split(", "):
        first, _, last = part.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


@given(st.sets(st.integers(1, 40), min_size=1))
def test_numbers_that_follow_one_another_are_drawn_together_and_none_is_lost(numbers):
    assert numbers_of(_ranges(sorted(numbers))) == sorted(numbers)


@pytest.fixture(scope="module")
def document(uflpa, sources):
    return on_paper(uflpa.report, sources)


@pytest.fixture(scope="module")
def pages(document):
    pytest.importorskip("typst")
    from entrepot.print.pdf import pdf

    made = pdf(document, datetime(2026, 11, 27, tzinfo=UTC))
    assert made.notes == ()
    return [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(made.data)).pages]


def test_it_is_short(pages):
    assert len(pages) <= PAGES


def test_every_sentence_of_the_page_is_printed_in_its_order(pages, uflpa):
    """Runs between two figures: raised numbers stand among the text."""
    # A sentence goes on over the foot of a page.
    feet = (re.sub(r"Entrepot [\d.]+ · .*?page \d+ of \d+", "", page, flags=re.DOTALL) for page in pages)
    printed, at = squeezed("".join(feet)), 0
    for sentence in (*uflpa.report.head, *(s for c in uflpa.report.chapters for s in c.body)):
        for text, _ in parts(sentence):
            at = printed.find(squeezed(text), at)
            assert at >= 0, text


def test_a_figure_of_a_sentence_is_followed_by_the_numbers_of_its_sources(document, uflpa, sources):
    (listed,) = [b for b in document.blocks if isinstance(b, Items)]
    cited = {int(number): line for number, line in listed.rows}
    addresses = {i: row["url"] for i, row in sources.items()}
    lines = [b.text for b in document.blocks if isinstance(b, Paragraph) and isinstance(b.text, tuple)]
    for sentence in (s for c in uflpa.report.chapters for s in c.body):
        rests = [f.sources for _, f in parts(sentence) if f is not None and f.sources]
        if not rests:
            continue
        line = next(t for t in lines if [x for x in t if isinstance(x, str)] == [t for t, _ in parts(sentence)])
        raised = [numbers_of(x.text) for x in line if isinstance(x, Raised)]
        wanted = [set(r) for i, r in enumerate(rests) if i + 1 == len(rests) or sorted(rests[i + 1]) != sorted(r)]
        for numbers, ids in zip(raised, wanted, strict=True):
            shown = [x.url for n in numbers for x in cited[n] if isinstance(x, Link)]
            assert set(shown) <= {addresses[i] for i in ids}
            linked = {
                i for i in ids if (sources[i]["url"] or "").startswith("http") and sources[i]["url_basis"] != "none"
            }
            assert len(numbers) == len(ids)
            assert len(shown) >= len(linked) - sum(sources[i]["source_kind"] in {"clone", "none"} for i in ids)


def test_what_is_not_printed_is_counted(document, uflpa):
    (said,) = [b.text for b in document.blocks if isinstance(b, Paragraph) and "are printed here" in str(b.text)]
    printed, of = (int(n.replace(",", "")) for n in re.match(r"([\d,]+) of ([\d,]+) figures", said).groups())
    assert of == len(figures_of(uflpa.report)) == len(uflpa.findings)
    assert 0 < printed < of
    closed = [g for c in uflpa.report.chapters for g in c.grids if not _printed(g)]
    assert f"{len(closed)} tables with {sum(len(g.rows) for g in closed):,} rows" in said
    shown = [b for b in document.blocks if isinstance(b, Pictures)]  # chart and map of the answer stand in its columns
    charts = sum(len(c.charts) for c in uflpa.report.chapters) - sum(len(b.pictures) for b in shown)
    assert f" {charts} charts" in said


def pictures(document):
    beside = [b for c in document.blocks if isinstance(c, Beside) for b in c.left + c.right]
    return [(b, p) for b in (*document.blocks, *beside) if isinstance(b, Pictures) for p in b.pictures]


def test_nothing_is_said_that_is_true_of_the_page_alone(document):
    said = " ".join(texts(document))
    for words in ("opens its", "Every party stands", "underlined"):
        assert words not in said, words


def test_a_title_stands_once_and_letters_of_charts_are_seven_points_at_least(document):
    half = (210 - 2 * 13.5) / 25.4 * 72 / 2 - 5  # points: half of a page within its margins, less the gutter
    template = files("entrepot.print").joinpath("document.typ").read_text(encoding="utf-8")
    filled = float(re.search(r"doc\.dense \{ (\d+)% \}", template)[1]) / 100
    for block, picture in pictures(document):
        wide = float(re.search(r'viewBox="0 0 ([\d.]+)', picture.svg)[1])
        is_beside = block not in document.blocks
        room = half if is_beside or block.columns > 1 else 0.62 * 2 * half
        least = min(map(float, re.findall(r'font-size="([\d.]+)"', picture.svg)))
        assert least * (1 if is_beside or block.columns == 1 else filled) * room / wide >= 7, picture.title
        inside = re.findall(r'font-weight="600" font-size="12.5"[^>]*>([^<]+)<', picture.svg)
        assert bool(picture.title) != bool(inside)


def test_the_numbers_of_sources_stand_behind_the_figures_of_a_row(document):
    cells = [c for b in document.blocks if isinstance(b, Grid) for row in b.rows for c in row if isinstance(c, tuple)]
    held = [c for c in cells if any(isinstance(x, Raised) for x in c)]
    assert held
    assert all(re.search(r"\d", c[0]) for c in held if isinstance(c[0], str)), "a dash rests on nothing"


def test_the_answer_fills_two_columns_to_nearly_one_height(document):
    (beside,) = [b for b in document.blocks if isinstance(b, Beside)]
    assert beside.left
    assert beside.right
    assert any(isinstance(b, Paragraph) for b in beside.left)


def test_the_command_writes_it_beside_the_page_and_says_when_it_is_old(run_cli, tmp_path):
    pytest.importorskip("typst")
    ran = run_cli("brief", "eu-flr", "--pdf", "--out", tmp_path / "out")
    assert ran.code == 0
    assert "report.pdf beside it" in ran.stdout
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF-")
    again = run_cli("brief", "eu-flr", "--out", tmp_path / "out")
    assert "report.pdf beside the page is of an earlier run" in again.stderr
