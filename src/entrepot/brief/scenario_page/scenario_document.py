"""Scenarios as a document: the answer, routes drawn, scenarios side by side, figures, and all that is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.scenario_page.route_ribbons import MOST, Route, route_ribbons
from entrepot.core.document.blocks import Column, Document, Grid, Heading, Items, Paragraph, Picture, Pictures, Strong
from entrepot.scenarios.figures.figure import ECONOMIES, INPUTS, MONEY, PERCENT, ROUTES
from entrepot.scenarios.figures.gone_round import BY_WAY, DIRECTLY, USE, WAIT
from entrepot.scenarios.figures.reroutes import BOUGHT, SOLD
from entrepot.scenarios.simulated_words import digits, further, headline, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.core.document.blocks import Block, Cell
    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

    Row = dict[str, Any]

_MEANT = (
    "Simulated: what a model of the world economy gives, before and after. Nothing here was observed, no figure of the "
    "record stands among these, and it is no forecast. An interval holds 95 in 100 draws of what is not known, within "
    "the model; the model itself may be wrong."
)
_LETTERS = 26  # more scenarios than letters are numbered
_QUANTITIES = ("exports", "imports", "output", "cost of living", "welfare", "welfare, first order")


def scenario_document(unsure: UnsureWorld, found: Sequence[Answered]) -> Document:
    """The document.

    Args:
        unsure: the world.
        found: scenarios answered, with all their figures.
    """
    blocks: list[Block] = [Paragraph(_MEANT, stands_out=True)]
    if len(found) > 1:
        blocks += _side_by_side(found)
    for one in found:
        blocks += [Heading(one.scenario.title)] if len(found) > 1 else []
        blocks += _of_one(unsure, one)
    title = found[0].scenario.title if len(found) == 1 else f"{len(found)} scenarios side by side"
    return Document(title, f"Simulated, on the world of {unsure.year}", "Entrepot", tuple(blocks))


def _of_one(unsure: UnsureWorld, one: Answered) -> Iterator[Block]:
    scenario = one.scenario
    if scenario.hypothesis:
        yield Paragraph((Strong("A hypothesis: "), scenario.hypothesis), stands_out=True)
    yield Paragraph(headline(unsure, one))
    for sentence in (
        f"Asked as from {scenario.start}; the model knows no time.",
        scenario.says,
        *further(unsure, one),
        *one.missing,
    ):
        if sentence:
            yield Paragraph(sentence)
    yield Pictures(tuple(_pictures(unsure, one)))
    yield Heading("Answers", 3)
    yield _grid(unsure, [r for r in one.rows if r["part"] == "answers"])
    yield Heading("Each economy", 3)
    yield _economies(unsure, one)
    if moved := [r for r in one.rows if r["part"] == INPUTS]:
        yield Heading("What moves the answers", 3)
        yield _grid(unsure, sorted(moved, key=lambda r: (r["quantity"], -r["value"])))
    yield Heading("All that is assumed", 3)
    yield Items(tuple((f"{n}.", text) for n, text in enumerate(one.assumed, 1)), 1)


def _side_by_side(found: Sequence[Answered]) -> list[Block]:
    """The answers of all scenarios, a column each; a dash where one has none."""
    held = [
        {
            _of(r): r
            for r in one.rows
            if r["part"] == "answers" and (not (r["economy"] or r["partner"]) or r["quantity"] in {USE, WAIT})
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
    return [Heading("Side by side"), Items(legend, 1), Grid(columns, rows)]


def _with_unit(name: tuple[str, str, str], row: Row) -> str:
    of = f" ({name[2]})" if name[2] else ""
    return f"{name[0]}{of}, {'%' if row['unit'] == PERCENT else row['unit']}"


def _bare(row: Row) -> str:
    """A figure with its interval, without its unit."""
    between = "" if row["low"] is None else f" ({digits(row['low'])} to {digits(row['high'])})"
    return f"{digits(row['value'])}{between}"


def _of(row: Row) -> tuple[str, str, str]:
    return row["quantity"], row["economy"] or "", row["partner"] or ""


def _told(row: Row) -> str:
    """A figure with its unit and its interval."""
    if row["unit"] == PERCENT:
        return percent(row)
    between = "" if row["low"] is None else f" ({digits(row['low'])} to {digits(row['high'])})"
    return f"{digits(row['value'])} {row['unit']}{between}"


def _grid(unsure: UnsureWorld, rows: Sequence[Row]) -> Grid:
    columns = (Column("figure", 1.8), Column("of", 1.0), Column("value", 1.4, is_number=True))
    cells = tuple(
        (r["quantity"], ", ".join(unsure.named(r[n]) for n in ("economy", "partner") if r[n]) or "–", _told(r))
        for r in rows
    )
    return Grid(columns, cells, tuple(r["figure_id"] for r in rows))


def _economies(unsure: UnsureWorld, one: Answered) -> Grid:
    rows = {(r["economy"], r["quantity"]): r for r in one.rows if r["part"] == ECONOMIES}
    columns = (Column("economy, change in %", 1.2), *(Column(q, is_number=True) for q in _QUANTITIES))
    cells: list[tuple[Cell, ...]] = []
    for code in unsure.world.economies:
        figures = [rows[code, q] for q in _QUANTITIES]
        cells.append((Strong(unsure.named(code)), *(percent(r) for r in figures)))
    return Grid(columns, tuple(cells))


def _pictures(unsure: UnsureWorld, one: Answered) -> Iterator[Picture]:
    """Routes of the target's sales, and of the coalition's purchases."""
    scenario = one.scenario
    target, coalition = (", ".join(unsure.named(c) for c in codes) for codes in (scenario.target, scenario.coalition))
    for quantity, title, hit in (
        (SOLD, f"Goods of the measure sold by {_short(target, 'the target')}: to whom", scenario.coalition),
        (BOUGHT, f"Goods of the measure bought by {_short(coalition, 'the coalition')}: of whom", scenario.target),
    ):
        rows = [r for r in one.rows if r["part"] == ROUTES and r["quantity"] == quantity]
        ways = _by_way(unsure, one) if quantity == SOLD else {}
        inside = {*scenario.target, *scenario.home} if quantity == SOLD else set(scenario.coalition)
        routes = _routes(unsure, [r for r in rows if r["partner"] not in inside], hit, ways)
        if routes:
            drawing = route_ribbons(title, ("before", "after"), routes)
            yield Picture(
                title, drawing, _caption(unsure, [r for r in rows if r["partner"] in inside], has_ways=bool(ways))
            )


def _short(names: str, otherwise: str) -> str:
    return names if len(names) < 60 else otherwise  # noqa: PLR2004 - letters of a title of one line


def _by_way(unsure: UnsureWorld, one: Answered) -> dict[str, list[Route]]:
    """By destination what comes to it directly and through each hub, where the measure may be gone round."""
    full = {r["partner"] for r in one.rows if r["quantity"] == WAIT and r["value"] > 0}
    crossed = {w.hub for w in one.scenario.ways if w.cap in full}
    found: dict[str, list[Route]] = {}
    for r in one.rows:
        if r["part"] != ROUTES or r["quantity"] not in {DIRECTLY, BY_WAY}:
            continue
        how = "directly" if r["quantity"] == DIRECTLY else f"by {unsure.named(r['economy'])}"
        end = " (full)" if r["economy"] in crossed else ""
        levels = _levels(r["before"], r["after"])
        name = f"{unsure.named(r['partner'])}, {how}{end}"
        found.setdefault(r["partner"], []).append(Route(name, r["before"], r["after"], levels, is_hit=True))
    return found


def _routes(
    unsure: UnsureWorld, rows: Sequence[Row], hit: Sequence[str], ways: Mapping[str, Sequence[Route]]
) -> list[Route]:
    """The largest flows and those that the measure is aimed at, and the rest as one."""
    live = sorted((r for r in rows if r["before"] or r["after"]), key=lambda r: -max(r["before"], r["after"]))
    aimed = [r for r in live if r["partner"] in hit][:MOST]
    shown = [*aimed, *[r for r in live if r not in aimed]][:MOST]
    rest = [r for r in live if r not in shown]
    routes: list[Route] = []
    for r in sorted(shown, key=lambda r: -max(r["before"], r["after"])):
        plain = Route(
            unsure.named(r["partner"]), r["before"], r["after"], _levels(r["before"], r["after"]), r["partner"] in hit
        )
        routes += ways.get(r["partner"], [plain])
    if rest:
        before, after = (sum(r[n] for r in rest) for n in ("before", "after"))
        routes.append(Route(f"{len(rest)} others", before, after, _levels(before, after), is_hit=False))
    return routes


def _levels(before: float, after: float) -> str:
    return f"{digits(before)} → {digits(after)}"


def _caption(unsure: UnsureWorld, left_out: Sequence[Row], *, has_ways: bool) -> str:
    told = "; ".join(f"{unsure.named(r['partner'])} {_levels(r['before'], r['after'])}" for r in left_out)
    drawn = f" Not drawn, for it is trade at home: {told}." if told else ""
    round_today = " What goes round before the measure is assumed, for nobody has measured it." if has_ways else ""
    return f"Simulated, {MONEY} a year. Coloured: the flow that the measure is aimed at.{round_today}{drawn}"
