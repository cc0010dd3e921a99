"""Names in right-to-left scripts are set apart wherever a page shows them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.document.blocks import Document, Grid, Heading, Paragraph
from entrepot.core.document.isolated import isolated
from entrepot.print.html_page import html_page

ARABIC, UYGHUR = (
    "\u0634\u0631\u0643\u0629 \u0627\u0644\u0646\u0648\u0631",
    "\u062e\u0648\u062a\u06d5\u0646-\u062a\u06d5\u064a\u062f\u0627",
)
APART = ("\u2068", "\u2069")


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (f"<p>{ARABIC} (0.89), uflpa</p>", f"<p><bdi>{ARABIC}</bdi> (0.89), uflpa</p>"),
        (f"<td>“{UYGHUR}” and “hotan”</td>", f"<td>“<bdi>{UYGHUR}</bdi>” and “hotan”</td>"),
        (f"<p>{ARABIC} 12 {ARABIC} Ltd</p>", f"<p><bdi>{ARABIC} 12 {ARABIC}</bdi> Ltd</p>"),
        (f"<p>{ARABIC} &amp; {UYGHUR}</p>", f"<p><bdi>{ARABIC}</bdi> &amp; <bdi>{UYGHUR}</bdi></p>"),
        (f"<bdi>{ARABIC}</bdi> {UYGHUR}", f"<bdi>{ARABIC}</bdi> <bdi>{UYGHUR}</bdi>"),
        (f'<input value="{ARABIC}"><a title="{ARABIC}">x</a>', f'<input value="{ARABIC}"><a title="{ARABIC}">x</a>'),
        (f"<option>{ARABIC}, 3 t</option>", f"<option>{APART[0]}{ARABIC}{APART[1]}, 3 t</option>"),
        (  # in a drawing there are no elements of HTML
            f"<svg><text>{ARABIC} 3</text></svg>{ARABIC}",
            f"<svg><text>{APART[0]}{ARABIC}{APART[1]} 3</text></svg><bdi>{ARABIC}</bdi>",
        ),
        (f"<textarea>{ARABIC}</textarea>", f"<textarea>{ARABIC}</textarea>"),
        (
            f'<script>if (a < b) x = "<b>{ARABIC}"</script>{ARABIC}',
            f'<script>if (a < b) x = "<b>{ARABIC}"</script><bdi>{ARABIC}</bdi>',
        ),
    ],
)  # fmt: skip
def test_a_name_is_set_apart_once_where_it_is_drawn(given, made):
    assert isolated(given) == made


@given(st.text(alphabet=f"aB1 .,&;()-\u4e2d{ARABIC}{UYGHUR}", max_size=60))
def test_nothing_but_the_setting_apart_is_added(text):
    made = isolated(f"<p>{text}</p>")
    assert re.sub("</?bdi>", "", made) == f"<p>{text}</p>"
    assert isolated(made) == made
    outside = re.sub("<bdi>.*?</bdi>", "", made)
    assert not re.search("[\u0600-\u06ff]", outside)


def test_a_record_as_a_page_sets_names_apart_in_its_tables():
    blocks = (Heading(ARABIC, 2), Paragraph(f"{ARABIC}: 3"), Grid(("name", "score"), ((ARABIC, "0.89"),)))
    page = html_page(Document("Record", ARABIC, "", blocks))
    assert page.count(f"<bdi>{ARABIC}</bdi>") == page.count(ARABIC) - page.count(f"{APART[0]}{ARABIC}") == 4
