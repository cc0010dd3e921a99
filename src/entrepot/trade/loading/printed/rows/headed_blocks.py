"""Rows that head the rows below them: exports over their countries, a year over its own, a place over what it took.

Offices of Russia and Central Asia print one block for exports and one for imports in one sheet, others a block a year
or a country. What a head says is a column of its own, and each row below is of the last head. A head with figures is
the sum of its block: its row stays as that of the world, or of all goods.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.loading.codes import is_of_both
from entrepot.trade.loading.printed.printed_cells import is_goods, is_place
from entrepot.trade.loading.printed.printed_headings import SIDES, role_of, title_words, when_in
from entrepot.trade.loading.printed.printed_lines import says_total
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.trade.loading.printed.printed_units import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

_NONE = ("", "-", "–", "—")
_MOSTLY = 0.8  # of the rows below heads that are of one kind: totals, groups and notes stand among them
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,4}|[A-ZА-Я])[.)]\s+")  # I. Exports, 1) Exports
_LABELS_KEPT = 10_000  # labels whose kind is kept: a sheet of flows says few, again and again
_LABELS = {"", *SIDES, "product"}  # roles of a column in which heads stand, with figures or without
_BARE = {"period", "flow"}  # of one in which only heads without figures do: the first column of a merged row


@dataclass(frozen=True, slots=True)
class _Rows:
    """A column of labels, row by row.

    Attributes:
        cells: its labels.
        is_bare: whether nothing else stands in the row.
    """

    cells: Sequence[str]
    is_bare: Sequence[bool]

    def kinds(self) -> list[str]:
        """Of each label what it is: flow, period, place, goods; empty for none of them."""
        return [_kind_of(c) for c in self.cells]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """What is made of a table in blocks.

    Attributes:
        role: the column of what heads say.
        held: it, row by row.
        leaf: what the labels below heads are; empty where their column keeps its heading.
        cells: the labels, those of heads with figures as the sum that they are.
        kept: rows that are flows.
    """

    role: str
    held: Sequence[str | None]
    leaf: str
    cells: Sequence[str]
    kept: Sequence[int]


@lru_cache(_LABELS_KEPT)
def flow_said(cell: str) -> str:
    """The flow that a label says, or that it is of both, and nothing else but that it is a sum; empty for others.

    >>> [flow_said(c) for c in ("Экспорт - всего", "I. Imports, of which:", "Trade turnover", "Exports of services")]
    ['export', 'import', 'both', '']
    """
    bare = _NUMBERED.sub("", cell).strip(" :.,-–—")
    spoken = said(bare)
    other = {w for w in spoken.rest if w not in title_words("of_which") | title_words("goods") and not says_total(w)}
    if spoken.flow:
        return spoken.flow if not other and spoken.label in {"", "value"} else ""
    plain = " ".join(w for w in re.findall(r"[^\W\d_]+", bare) if not says_total(w))
    return "both" if plain and is_of_both(plain) else ""


def in_blocks(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table in blocks that rows head, with what the heads say in columns of their own; and notes."""
    from entrepot.trade.formats import is_publishers  # formats read headings by modules of this folder

    notes: list[str] = []
    if is_publishers(frame.columns):
        return frame, ()
    rows: dict[str, _Rows] = {}  # of the table as it stands
    for find in (_of_flows, _of_places_over_flows, _of_periods, _of_bare_places, _of_bare_goods):
        for name in _texts(frame):
            if role_of(name) not in _LABELS | _BARE:
                continue
            if name not in rows:
                rows[name] = _rows(frame, name)
            found = find(frame, name, rows[name])
            if found is not None:
                frame, note = found
                notes.append(note)
                rows.clear()
                break
    return frame, tuple(notes)


def _rows(frame: pl.DataFrame, name: str) -> _Rows:
    import polars as pl

    others = [c for c in frame.columns if c not in {"row", name}]
    blank = [pl.col(c).cast(pl.String()).fill_null("").str.strip_chars().is_in(_NONE) for c in others]
    is_bare = frame.select(pl.all_horizontal(pl.lit(value=True), *blank).alias("bare"))["bare"].to_list()
    return _Rows([(x or "").strip() for x in frame[name].to_list()], is_bare)


def _texts(frame: pl.DataFrame) -> list[str]:
    import polars as pl

    return [c for c, kind in frame.schema.items() if kind == pl.String() and c != "row"]


@lru_cache(_LABELS_KEPT)
def _kind_of(cell: str) -> str:
    if not cell or cell in _NONE:
        return ""
    if flow_said(cell):
        return "flow"
    if period_of(cell) and len(period_of(cell)) >= len("2022"):
        return "period"
    return "place" if is_place(cell) else "goods" if is_goods(cell) else ""


def _told(frame: pl.DataFrame, but: str) -> set[str]:
    """What columns say, by their headings: with flow and period where headings of figures say those."""
    others = [c for c in frame.columns if c not in {"row", but}]
    told = {role_of(c) for c in others} - {""}
    told |= {"flow"} if any(said(when_in(c)[2] or c).flow for c in others) else set()
    return told | ({"period"} if any(any(when_in(c)[:2]) for c in others) else set())


def _mostly(kinds: Iterable[str], wanted: str) -> bool:
    of = [*kinds]
    return bool(of) and sum(k == wanted for k in of) >= _MOSTLY * len(of)


def _of_flows(frame: pl.DataFrame, name: str, rows: _Rows) -> tuple[pl.DataFrame, str] | None:
    """Blocks that exports and imports head."""
    if "flow" in _told(frame, name):
        return None
    flows = [flow_said(c) if c else "" for c in rows.cells]
    heads = [i for i, f in enumerate(flows) if f]
    below = [i for i, f in enumerate(flows) if not f and not rows.is_bare[i] and i > (heads or [0])[0]]
    if not heads or not below or len(heads) >= len(below):
        return None
    is_one = all(rows.is_bare[i] for i in heads)
    if role_of(name) in _BARE and not is_one:
        return None
    if len({flows[i] for i in heads} & {"export", "import"}) < (1 if is_one else 2):
        return None
    said_so: list[str | None] = []
    last: str | None = None
    for i, cell in enumerate(rows.cells):
        if flows[i]:
            last = cell if flows[i] == "both" else flows[i]
        elif cell and said(cell).flow:
            last = None  # exports of something else: whose rows are no exports of goods
        said_so.append(last)
    # Sums above the first head are of both flows.
    first = next(c for i, c in enumerate(rows.cells) if flows[i])
    both = next((c for i, c in enumerate(rows.cells) if flows[i] == "both"), "")
    above = [i for i in range(rows.cells.index(first)) if not rows.is_bare[i]]
    if above and not all(says_total(rows.cells[i]) for i in above):
        return None
    kept = [i for i in range(frame.height) if not rows.is_bare[i] and i not in above]
    kinds = [_kind_of(rows.cells[i]) for i in below]
    leaf = "partner" if _mostly(kinds, "place") else "product" if _mostly(kinds, "goods") else ""
    sums = {"partner": "World", "product": "TOTAL"}.get(leaf or role_of(name), "World")
    cells = [sums if flows[i] and flows[i] != "both" else c for i, c in enumerate(rows.cells)]
    made = _made(frame, name, _Blocks("flow", said_so, leaf, cells, kept))
    return made, _note(name, [rows.cells[i] for i in heads], both or (rows.cells[above[0]] if above else ""))


def _of_places_over_flows(frame: pl.DataFrame, name: str, rows: _Rows) -> tuple[pl.DataFrame, str] | None:
    """Blocks that a place heads, with a row for exports and one for imports; the sum of both is not read."""
    told = _told(frame, name)
    if told & {"flow", *SIDES[1:]}:
        return None
    kinds = [k for k, c in zip(rows.kinds(), rows.cells, strict=True) if c]
    heads, flows = kinds.count("place"), kinds.count("flow")
    if role_of(name) in _BARE or not heads or flows <= heads or heads + flows < len(kinds) or kinds[0] != "place":
        return None
    of = rows.kinds()
    held = _carried(rows, {i for i, kind in enumerate(of) if kind == "place"})
    kept = [i for i in range(frame.height) if of[i] == "flow" and not rows.is_bare[i]]
    made = _made(frame, name, _Blocks("partner", held, "flow", rows.cells, kept))
    return made, _note(name, [c for c, k in zip(rows.cells, of, strict=True) if k == "place"], "")


def _of_periods(frame: pl.DataFrame, name: str, rows: _Rows) -> tuple[pl.DataFrame, str] | None:
    return None if "period" in _told(frame, name) else _of_bare(frame, name, rows, ("period", "period"), "")


def _of_bare_places(frame: pl.DataFrame, name: str, rows: _Rows) -> tuple[pl.DataFrame, str] | None:
    told = _told(frame, name)
    return None if told & {*SIDES[1:]} else _of_bare(frame, name, rows, ("place", "partner"), "product")


def _of_bare_goods(frame: pl.DataFrame, name: str, rows: _Rows) -> tuple[pl.DataFrame, str] | None:
    told = _told(frame, name)
    return None if "product" in told else _of_bare(frame, name, rows, ("goods", "product"), "partner")


def _of_bare(
    frame: pl.DataFrame, name: str, rows: _Rows, of: tuple[str, str], below: str
) -> tuple[pl.DataFrame, str] | None:
    """Blocks under rows of a label alone, none of whose other rows is of the kind of the heads.

    Args:
        frame: the table.
        name: its column of labels.
        rows: that column.
        of: what heads are, and the column that they become.
        below: what the labels below are where their kind does not say; empty to leave them as they are.
    """
    kind, role = of
    kinds = rows.kinds()
    heads = [i for i, k in enumerate(kinds) if k == kind and rows.is_bare[i]]
    leaves = [i for i, bare in enumerate(rows.is_bare) if not bare]
    if not heads or not leaves or heads[0] > leaves[0] or any(kinds[i] == kind for i in leaves if rows.cells[i]):
        return None
    told = [kinds[i] for i in leaves]
    leaf = {"place": "partner", "goods": "product", "flow": "flow"}.get(max({*told}, key=told.count), below)
    leaf = "" if role_of(name) in _BARE else leaf
    if leaf == role or (below == "partner" and told.count("") > (1 - _MOSTLY) * len(told)):
        return None
    made = _made(frame, name, _Blocks(role, _carried(rows, {*heads}), leaf, rows.cells, leaves))
    return made, _note(name, [rows.cells[i] for i in heads], "")


def _carried(rows: _Rows, heads: set[int]) -> list[str | None]:
    """Of each row the label of the last head, its own where it is one; nothing above the first."""
    held: list[str | None] = []
    for i, cell in enumerate(rows.cells):
        held.append(cell if i in heads else held[-1] if held else None)
    return held


def _made(frame: pl.DataFrame, name: str, block: _Blocks) -> pl.DataFrame:
    """The rows that are kept, with what their heads say, and with the labels under what those are."""
    import polars as pl

    labels = pl.Series(name, block.cells, dtype=pl.String())
    made = frame.with_columns(labels, pl.Series(block.role, block.held, dtype=pl.String()))
    if block.leaf and role_of(name) != block.leaf and block.leaf not in _told(frame, name):
        made = made.rename({name: block.leaf})
    return made[[*block.kept]]


def _note(name: str, heads: Sequence[str], both: str) -> str:
    """What was read, in words."""
    shown = ", ".join(map(repr, dict.fromkeys(heads)))
    note = tr("Rows of {name!r} head the rows below them: {shown}.", name=name, shown=shown[:200])
    return note + (tr(" Those under {both!r} are of both flows.", both=both) if both else "")
