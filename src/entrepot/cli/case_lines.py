"""Cases on a terminal: one line each, cut where the width ends."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from entrepot.cli.terminal import cell, width
from entrepot.core.units import two_decimals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    Row = Mapping[str, Any]

_GAP = "  "
# Characters: a name of 40 letters is read at a glance, and leaves room for why on a terminal of 140.
_MOST = {"score": 8, "state": 8, "party key": 14, "list": 20, "listed name": 40, "party": 32}
_LEAST = {"list": 8, "listed name": 14, "party": 12, "why": 26}  # characters below which a text tells nothing
_FEWEST = 5  # on a terminal too narrow for these
_WITH_IDS = 100  # columns of a terminal from which the ids stand in it: below, they would take the place of why


def case_lines(data: pa.Table) -> str:
    """Cases as text that fits the terminal, a line each; a column in which nothing stands is left out.

    Args:
        data: under CASES.
    """
    rows = [_cells(row) for row in data.to_pylist()]
    names = _columns(rows)
    wide = _widths(names, rows)
    lines = [_line({n: n for n in names}, wide), _GAP.join("─" * w for w in wide.values())]
    lines += [_line(row, wide) for row in rows]
    count = f"{len(rows)} {'case' if len(rows) == 1 else 'cases'}"
    cut = any(_length(row[n]) > w for row in rows for n, w in wide.items())
    said = [count, *(["… is cut: --format csv has the matches whole"] if cut else [])]
    said += ["entrepot explain CASE tells what stands behind one"] if "case" in names else []
    return "\n".join((*(line.rstrip() for line in lines), *textwrap.wrap("; ".join(said), width()))) + "\n"


def _cells(case: Row) -> dict[str, str]:
    """What a line shows of a case; machine ids last."""
    return {
        "score": score_said(case),
        "state": "" if case["state"] == "open" else case["state"],
        "list": ", ".join(case["lists"]),
        "listed name": cell(case["listed_name"]),
        "party": cell(case["party"]) if case["party"] else "(no name)",
        "row": f"{case['row']}{'+' if case['rows'] > 1 else ''}",
        "party key": cell(case["party_key"]) if case["party_key"] else "",
        "why": cell("; ".join(case["changed"])) if case["changed"] else cell(case["why"]),
        "case": case["case_id"],
    }


def score_said(case: Row) -> str:
    """Two decimals; 1.00 is one text. Of a part or a region how sure the words are."""
    if case["score"] is None:
        return str(case["strength"])
    return two_decimals(case["score"])


def _columns(rows: Sequence[Mapping[str, str]]) -> list[str]:
    names = list(rows[0]) if rows else ["score", "list", "listed name", "party", "row", "why"]
    shown = [n for n in names if not rows or any(r[n] for r in rows)]
    return [n for n in shown if n != "case" or width() >= _WITH_IDS]


def _widths(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Characters of each column: what it needs up to its most; then why takes what is left, or texts are cut."""
    wide = {n: max(_length(n), *(_length(r[n]) for r in rows), 0) if rows else _length(n) for n in names}
    wide = {n: min(w, _MOST.get(n, w)) for n, w in wide.items()}
    left = width() - len(_GAP) * (len(names) - 1) - sum(w for n, w in wide.items() if n != "why")
    if "why" in wide:
        wide["why"] = min(wide["why"], max(left, _LEAST["why"]))
    for least in (_LEAST, dict.fromkeys(_LEAST, _FEWEST)):
        over = sum(wide.values()) + len(_GAP) * (len(names) - 1) - width()
        for _ in range(over):
            longest = max((n for n in least if n in wide and wide[n] > least[n]), key=lambda n: wide[n], default="")
            if longest:
                wide[longest] -= 1
    return wide


def _line(cells: Mapping[str, str], wide: Mapping[str, int]) -> str:
    return _GAP.join(_fitted(cells[n], w) for n, w in wide.items())


def _fitted(text: str, wide: int) -> str:
    """A text at a width; one that is longer ends in an ellipsis."""
    from rich.cells import set_cell_size

    return set_cell_size(text, wide) if _length(text) <= wide else set_cell_size(text, wide - 1) + "…"


def _length(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
