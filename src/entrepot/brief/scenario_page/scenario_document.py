"""Scenarios as a document: the answer, routes drawn, scenarios side by side, figures, and all that is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.scenario_page.drawn_routes import drawn_routes
from entrepot.core.document.blocks import Column, Document, Grid, Heading, Items, Paragraph, Picture, Pictures, Strong
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.figures.figure import ECONOMIES, INPUTS, PERCENT
from entrepot.scenarios.figures.gone_round import USE, USE_BEFORE, WAIT
from entrepot.scenarios.simulated_words import cleared, digits, further, headline, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.core.document.blocks import Block, Cell
    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

    Row = dict[str, Any]

MEANT = marked(
    "Simulated: what a model of the world economy gives, before and after. Nothing here was observed, no figure of the "
    "record stands among these, and it is no forecast. An interval holds 95 in 100 draws of what is not known, within "
    "the model; the model itself may be wrong."
)
_OF_CAPS = {USE, USE_BEFORE, WAIT}  # of a list by capacity, what a reader of the table compares
_LETTERS = 26  # more scenarios than letters are numbered
QUANTITIES = ("exports", "imports", "output", marked("cost of living"), "welfare", marked("welfare, first order"))


def scenario_document(found: Sequence[Answered]) -> Document:
    """The document.

    Args:
        found: scenarios answered, with all their figures.
    """
    blocks: list[Block] = [Paragraph(MEANT, stands_out=True)]
    if len(found) > 1:
        blocks += _side_by_side(found)
    for one in found:
        blocks += [Heading(one.scenario.title)] if len(found) > 1 else []
        blocks += _of_one(one)
    title = found[0].scenario.title if len(found) == 1 else tr("{count} scenarios side by side", count=len(found))
    return Document(
        title, tr("Simulated, on the world of {year}", year=found[0].unsure.year), "Entrepot", tuple(blocks)
    )


def _of_one(one: Answered) -> Iterator[Block]:
    unsure, scenario = one.unsure, one.scenario
    if scenario.hypothesis:
        yield Paragraph((Strong(tr("A hypothesis: ")), scenario.hypothesis), stands_out=True)
    yield Paragraph(headline(one))
    for sentence in (
        tr("Asked as from {start}; the model knows no time.", start=scenario.start),
        scenario.says,
        *further(one),
        *one.missing,
        cleared(one),
    ):
        if sentence:
            yield Paragraph(sentence)
    yield Pictures(tuple(Picture(d.title, d.wide, d.caption) for d in drawn_routes(one)))
    yield Heading(tr("Answers"), 3)
    yield _grid(unsure, [r for r in one.rows if r["part"] == "answers"])
    yield Heading(tr("Each economy"), 3)
    yield _economies(unsure, one)
    if moved := [r for r in one.rows if r["part"] == INPUTS]:
        yield Heading(tr("What moves the answers"), 3)
        yield _grid(unsure, sorted(moved, key=lambda r: (r["quantity"], -r["value"])))
    yield Heading(tr("All that is assumed"), 3)
    yield Items(tuple((f"{n}.", text) for n, text in enumerate(one.assumed, 1)), 1)


def _side_by_side(found: Sequence[Answered]) -> list[Block]:
    """The answers of all scenarios, a column each; a dash where one has none."""
    held = [
        {
            _of(r): r
            for r in one.rows
            if r["part"] == "answers" and (not (r["economy"] or r["partner"]) or r["quantity"] in _OF_CAPS)
        }
        for one in found
    ]
    names = list(dict.fromkeys(name for one in held for name in one))
    # Titles above would make columns wider than the page: letters stand for them, and the unit stands with the figure.
    letters = [f"{chr(ord('A') + at)}" if at < _LETTERS else f"{at + 1}" for at in range(len(found))]
    columns = (Column("figure", 1.6), *(Column(letter, is_number=True) for letter in letters))
    rows = tuple(
        (
            _with_unit(name, next(other[name] for other in held if name in other)),
            *(_bare(other[name]) if name in other else "–" for other in held),
        )
        for name in names
    )
    legend = tuple((f"{letter}.", one.scenario.title) for letter, one in zip(letters, found, strict=True))
    return [Heading(tr("Side by side")), Items(legend, 1), Grid(columns, rows)]


def _with_unit(name: tuple[str, str, str], row: Row) -> str:
    of = f" ({name[2]})" if name[2] else ""
    return f"{name[0]}{of}, {'%' if row['unit'] == PERCENT else row['unit']}"


def _bare(row: Row) -> str:
    """A figure with its interval, without its unit."""
    between = (
        ""
        if row["low"] is None
        else tr(" ({digits} to {digits_2})", digits=digits(row["low"]), digits_2=digits(row["high"]))
    )
    return f"{digits(row['value'])}{between}"


def _of(row: Row) -> tuple[str, str, str]:
    return row["quantity"], row["economy"] or "", row["partner"] or ""


def told(row: Row) -> str:
    """A figure with its unit and its interval.

    Args:
        row: of `simulated_figures`.
    """
    if row["unit"] == PERCENT:
        return percent(row)
    between = (
        ""
        if row["low"] is None
        else tr(" ({digits} to {digits_2})", digits=digits(row["low"]), digits_2=digits(row["high"]))
    )
    return f"{digits(row['value'])} {row['unit']}{between}"


def _grid(unsure: UnsureWorld, rows: Sequence[Row]) -> Grid:
    columns = (Column("figure", 1.8), Column("of", 1.0), Column("value", 1.4, is_number=True))
    cells = tuple(
        (r["quantity"], ", ".join(unsure.named(r[n]) for n in ("economy", "partner") if r[n]) or "–", told(r))
        for r in rows
    )
    return Grid(columns, cells, tuple(r["figure_id"] for r in rows))


def _economies(unsure: UnsureWorld, one: Answered) -> Grid:
    rows = {(r["economy"], r["quantity"]): r for r in one.rows if r["part"] == ECONOMIES}
    columns = (Column("economy, change in %", 1.2), *(Column(q, is_number=True) for q in QUANTITIES))
    cells: list[tuple[Cell, ...]] = []
    for code in unsure.world.economies:
        figures = [rows[code, q] for q in QUANTITIES]
        cells.append((Strong(unsure.named(code)), *(percent(r) for r in figures)))
    return Grid(columns, tuple(cells))
