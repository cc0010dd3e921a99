"""Cases on a terminal: a line each where it is wide enough, else a block of lines in which nothing is cut."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from entrepot.cli.terminal import cell, prose_width, width
from entrepot.core.units import two_decimals
from entrepot.core.words.amounts import counted
from entrepot.core.words.told_cells import told
from entrepot.core.words.translate import apart, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    Row = Mapping[str, Any]

_GAP = "  "

_APART = " · "
_INDENT = 6  # characters: a score and the gap behind it, so that scores alone stand at the left
# Characters: a name of 40 letters is read at a glance, and leaves room for why on a terminal of 140.
_MOST = {"score": 8, "state": 8, "party key": 14, marked("list"): 20, "listed name": 40, "party": 32}
# Characters below which a text tells nothing: where they do not fit side by side, a case is a block of lines.
_LEAST = {"list": 8, "listed name": 18, "party": 14, "why": 44}
_WHOLE = marked("… is cut: --format csv has the matches whole")
_OPEN = marked("entrepot explain CASE tells what stands behind one")


def case_lines(data: pa.Table, *, profile: bool = False) -> str:
    """Cases as text that fits the terminal; a column in which nothing stands is left out.

    Args:
        data: under CASES.
        profile: whether each is followed by what the lists say of the listed party.
    """
    cases = data.to_pylist()
    rows = [_cells(case) for case in cases]
    listed = [cell(case["profile"]) if profile and case["profile"] else "" for case in cases]
    names = _columns(rows)
    wide = _widths(names, rows)
    is_table = sum(wide.values()) + len(_GAP) * (len(names) - 1) <= width()
    lines = list(_lines(rows, listed, wide) if is_table else _blocks(rows, listed))
    count = counted(len(rows), "case")
    cut = is_table and any(_length(row[n]) > w for row in rows for n, w in wide.items())
    said = [count, *([tr(_WHOLE)] if cut else []), *([tr(_OPEN)] if rows else [])]
    return "\n".join((*(line.rstrip() for line in lines), *textwrap.wrap("; ".join(said), prose_width()))) + "\n"


def _cells(case: Row) -> dict[str, str]:
    """What a line shows of a case; machine ids last."""
    return {
        "score": score_said(case),
        "state": "" if case["state"] == "open" else told("state", case["state"]),
        "list": ", ".join(case["lists"]),
        "listed name": apart(cell(case["listed_name"])),
        "party": apart(cell(case["party"])) if case["party"] else tr("(no name)"),
        "row": f"{case['row']}{'+' if case['rows'] > 1 else ''}",
        "party key": apart(cell(case["party_key"])) if case["party_key"] else "",
        "why": told("why", cell(" ".join(case["against"]) or "; ".join(case["changed"]) or case["why"])),
        marked("case"): case["case_id"],
    }


def score_said(case: Row) -> str:
    """Two decimals; 1.00 is one text. Of a part or a region how sure the words are."""
    if case["score"] is None:
        return told("strength", str(case["strength"]))
    return two_decimals(case["score"])


def _columns(rows: Sequence[Mapping[str, str]]) -> list[str]:
    names = list(rows[0]) if rows else ["score", "list", "listed name", "party", "row", "why"]
    return [n for n in names if not rows or any(r[n] for r in rows)]


def _widths(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Characters of each column: what it needs up to its most; then why takes what is left, or texts are cut."""
    wide = {n: max(_length(n), *(_length(r[n]) for r in rows), 0) if rows else _length(n) for n in names}
    wide = {n: min(w, _MOST.get(n, w)) for n, w in wide.items()}
    left = width() - len(_GAP) * (len(names) - 1) - sum(w for n, w in wide.items() if n != "why")
    if "why" in wide:
        wide["why"] = min(wide["why"], max(left, _LEAST["why"]))
    over = sum(wide.values()) + len(_GAP) * (len(names) - 1) - width()
    for _ in range(over):
        longest = max((n for n in _LEAST if n in wide and wide[n] > _LEAST[n]), key=lambda n: wide[n], default="")
        if longest:
            wide[longest] -= 1
    return wide


def _lines(rows: Sequence[Mapping[str, str]], listed: Sequence[str], wide: Mapping[str, int]) -> Iterator[str]:
    """A heading, then a line a case."""
    yield _line({n: tr(n) for n in wide}, wide)
    yield _GAP.join("─" * w for w in wide.values())
    for row, said in zip(rows, listed, strict=True):
        yield _line(row, wide)
        if said:
            yield from _wrapped(said)


def _blocks(rows: Sequence[Mapping[str, str]], listed: Sequence[str]) -> Iterator[str]:
    """Of each case the score and whom it met, then the party with the case's id, then why, all of it whole."""
    for row, said in zip(rows, listed, strict=True):
        first, *more = _wrapped(_joined(row["state"], row["listed name"], row["list"]), len(row["score"]) + len(_GAP))
        yield row["score"] + first[len(row["score"]) :]
        yield from more
        party = _joined(row["party"], tr("row {row}", row=row["row"]), row["party key"], row["case"])
        for text in (party, row["why"], said):
            yield from _wrapped(text) if text else ()


def _joined(*texts: str) -> str:
    return _APART.join(filter(None, texts))


def _wrapped(text: str, begins: int = 0) -> list[str]:
    """A text in lines that fit the terminal behind the indent, the first further in; letters may be two wide."""
    from rich.console import Console
    from rich.text import Text

    room, further = max(width() - _INDENT, _INDENT), max(begins - _INDENT, 0)
    # Spaces that do not break: those in front of a line are its beginning, not words.
    lines = Text("\N{NO-BREAK SPACE}" * further + text).wrap(Console(width=room), room)
    return [" " * _INDENT + line.plain.rstrip().replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _line(cells: Mapping[str, str], wide: Mapping[str, int]) -> str:
    return _GAP.join(_fitted(cells[n], w) for n, w in wide.items())


def _fitted(text: str, wide: int) -> str:
    """A text at a width; one that is longer ends in an ellipsis."""
    from rich.cells import set_cell_size

    return set_cell_size(text, wide) if _length(text) <= wide else set_cell_size(text, wide - 1) + "…"


def _length(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
