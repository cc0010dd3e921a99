"""A table that is pasted into plain text, with tabs or upright strokes, is read as one; lists with tabs are not."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check
from entrepot.claims.formats import text

# On record: Irkeshtam 982,000 and Torugart 700,000 tonnes of cargo from January to May 2025.
TABS = "Crossing\tTonnes, Jan–May 2025\nIrkeshtam\t982,000\nTorugart\t900,000\n"
STROKES = "| Crossing | Tonnes, Jan–May 2025 |\n|---|---|\n| Irkeshtam | 982,000 |\n| Torugart | 900,000 |\n"


def verdicts(text_of, tmp_path):
    path = tmp_path / "pasted.txt"
    path.write_text(text_of, encoding="utf-8")
    return {c.text: c.verdict for c in check(path, published="2026-08-01").found}


@pytest.mark.parametrize(
    "table", [TABS, STROKES, f"The summer was good.\n{TABS}It went on.", TABS.replace("\n", "\r\n")]
)
def test_a_pasted_table_is_read_with_its_headings(table, tmp_path):
    found = verdicts(table, tmp_path)
    assert (found["982,000"], found["900,000"]) == ("agrees", "contradicts")


def test_what_stands_around_a_table_stays_what_it_was(tmp_path):
    around = "In 2025 Xinjiang exported 460.7 billion yuan.\n{}Horgos handled 8,730 trains in 2024.\n"
    found = verdicts(around.format(TABS), tmp_path)
    assert (found["460.7 billion yuan"], found["8,730 trains"]) == ("agrees", "agrees")
    found = text.extract(around.format(TABS).encode(), "pasted.txt")
    assert [p.kind for p in found.parts] == ["paragraph", *["cell"] * 6, "paragraph"]
    assert [p.origin for p in found.parts if p.kind == "paragraph"] == ["line 1", "line 5"]


def test_a_row_without_a_heading_above_is_judged_too(tmp_path):
    path = tmp_path / "pasted.txt"
    path.write_text("Irkeshtam\t982,000\nTorugart\t900,000\n", encoding="utf-8")
    assert {c.text for c in check(path, published="2026-08-01").found} == {"982,000", "900,000"}


@pytest.mark.parametrize(
    "pasted",
    [
        "1.\tXinjiang exported 460.7 billion yuan in 2025.\n2.\tHorgos handled 8,730 trains in 2024.\n",
        "•\tXinjiang exported 460.7 billion yuan in 2025.\n•\tHorgos handled 8,730 trains in 2024.\n",
        "\tXinjiang exported 460.7 billion yuan in 2025.\n\tHorgos handled 8,730 trains in 2024.\n",
    ],
)
def test_a_list_with_tabs_is_no_table(pasted, tmp_path):
    found = text.extract(pasted.encode(), "pasted.txt")
    assert {p.kind for p in found.parts} == {"paragraph"}
    assert set(verdicts(pasted, tmp_path).values()) == {"agrees"}


def test_no_cell_is_lost():
    rows = "a\tb\tc\n1\t\t2\n\t3\t4\n| x | y |\n"
    found = text.extract(rows.encode(), "pasted.txt")
    assert {"a", "b", "c", "1", "2", "3", "4"} <= set(" ".join(p.text for p in found.parts).split())
