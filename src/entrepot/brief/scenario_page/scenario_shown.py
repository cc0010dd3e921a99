"""An answered scenario as a page shows it: figures in words with their ids, sentences, routes, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.brief.scenario_page.drawn_routes import drawn_routes
from entrepot.brief.scenario_page.route_ribbons import COLUMN
from entrepot.brief.scenario_page.scenario_document import QUANTITIES, told
from entrepot.core.words.translate import tr
from entrepot.scenarios.figures.burdens import sides
from entrepot.scenarios.figures.figure import ANSWERS, ECONOMIES, ROUTES, SECTORS
from entrepot.scenarios.figures.potential import ADDS, JOINER_PAYS
from entrepot.scenarios.figures.reroutes import BOUGHT, GIVEN, SOLD, TAKEN
from entrepot.scenarios.simulated_words import cleared, digits, further, headline, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from entrepot.brief.scenario_page.drawn_routes import DrawnRoutes
    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

    Row = dict[str, Any]

_FIRST = 3  # of a list by economy: as many as a sentence names
_FEW = 6  # economies of an answer that are all shown at once
_LONGEST = 48  # letters of a cell
_TWICE = f"{ADDS}, value"  # the same as the share of income beside it
_PLACED = {ANSWERS, ECONOMIES, SECTORS}  # parts that have a place of their own on the page, or stand in its data
_DRAWN = {SOLD, BOUGHT, TAKEN, GIVEN}  # routes that are drawn, with their rows below


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure in words.

    Attributes:
        id: opens its row.
        quantity: what is said.
        of: of whom; empty: of several.
        said: the value with its unit and its interval.
        is_side: whether `of` names a side of the scenario: another scenario has another one there.
    """

    id: str
    quantity: str
    of: str
    said: str
    is_side: bool = False


@dataclass(frozen=True, slots=True)
class ShownPartner(ShownFigure):
    """A figure of routes with its levels in words."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShownRoutes:
    """Routes drawn, with every partner in words: of `DrawnRoutes`."""

    title: str
    wide: str
    narrow: str
    caption: str
    partners: tuple[ShownPartner, ...]


@dataclass(frozen=True, slots=True)
class ShownScenario:
    """An answered scenario in words.

    Attributes:
        id, title, start: of the scenario.
        hypothesis: why it is no measure as it stands; empty: it is one.
        says: what it stands for.
        headline: the answer in a sentence.
        further: more of it, and what could not be answered.
        main: the answers, of each list by economy the largest.
        lists: the whole lists, by what they say.
        others: what stands in no other place, by its part.
        quantities: what is told of each economy.
        economies: names with a figure for each of them; None where it has none.
        routes: drawn.
        assumed: all of it.
        cleared: how well the answer was found.
    """

    id: str
    title: str
    start: str
    hypothesis: str
    says: str
    headline: str
    further: tuple[str, ...]
    main: tuple[ShownFigure, ...]
    lists: tuple[tuple[str, tuple[ShownFigure, ...]], ...]
    others: tuple[tuple[str, tuple[ShownFigure, ...]], ...]
    quantities: tuple[str, ...]
    economies: tuple[tuple[str, tuple[ShownFigure | None, ...]], ...]
    routes: tuple[ShownRoutes, ...]
    assumed: tuple[str, ...]
    cleared: str


def scenario_shown(one: Answered, opens: Callable[[str], str]) -> ShownScenario:
    """An answered scenario in words.

    Args:
        one: the answer, with all its figures.
        opens: the address of the row of an id.
    """
    unsure, scenario = one.unsure, one.scenario
    answers = [r for r in one.rows if r["part"] == ANSWERS]
    lists = _lists(answers)
    rest: dict[str, list[Row]] = {}
    for r in one.rows:
        if r["part"] not in _PLACED and r["quantity"] not in _DRAWN:
            rest.setdefault(str(r["quantity"] if r["part"] == ROUTES else r["part"]), []).append(r)
    return ShownScenario(
        scenario.id, scenario.title, scenario.start, scenario.hypothesis, scenario.says, _told(one),
        (*further(one), *one.missing),
        tuple(_figure(unsure, r, _whose(unsure, scenario, r)) for r in _main(answers, lists)),
        tuple((name, tuple(_figure(unsure, r) for r in rows)) for name, rows in lists.items() if rows),
        tuple((name, tuple(_figure(unsure, r) for r in rows)) for name, rows in rest.items()),
        QUANTITIES, tuple(_economies(unsure, one)),
        tuple(_routes(unsure, r) for r in drawn_routes(one, opens, COLUMN)), one.assumed, cleared(one),
    )  # fmt: skip


def _told(one: Answered) -> str:
    """The answer without the title, which stands above it."""
    said = headline(one).removeprefix(f"{one.scenario.title}: ")
    return f"{said[:1].upper()}{said[1:]}"


def assumed_in_all(shown: Sequence[ShownScenario]) -> list[str]:
    """What every one of several scenarios assumes; nothing of one.

    Args:
        shown: scenarios in words.
    """
    if len(shown) == 1:
        return []
    return [text for one in shown[:1] for text in one.assumed if all(text in other.assumed for other in shown)]


def side_by_side(shown: Sequence[ShownScenario]) -> list[tuple[str, str, list[ShownFigure | None]]]:
    """The main answers of scenarios, a row each: what, of whom, and of each scenario its figure.

    Args:
        shown: scenarios in words.
    """
    held = [{(f.quantity, "" if f.is_side else f.of): f for f in one.main} for one in shown]
    every = dict.fromkeys(name for one in held for name in one)
    names = sorted(every, key=lambda name: sum(name not in one for one in held))  # those of all first
    return [(*name, [one.get(name) for one in held]) for name in names]


def _largest(row: Row) -> float:
    return -float(row["value"])


def _lists(answers: Sequence[Row]) -> dict[str, list[Row]]:
    """Answers of many economies, by what they say, the largest first."""
    by: dict[str, list[Row]] = {}
    for r in answers:
        by.setdefault(r["quantity"], []).append(r)
    return {name: sorted(rows, key=_largest) for name, rows in by.items() if len(rows) > _FEW}


def _main(answers: Sequence[Row], lists: dict[str, list[Row]]) -> Iterator[Row]:
    """Every answer, of a list the largest; what joining costs stands beside what it adds."""
    joiners = {r["economy"] for r in lists.get(ADDS, ())[:_FIRST]}
    shown = {r["figure_id"] for rows in lists.values() for r in rows[:_FIRST]}
    for r in answers:
        is_listed = r["quantity"] in lists and r["figure_id"] not in shown
        if r["quantity"] == JOINER_PAYS and joiners:
            is_listed = r["economy"] not in joiners
        if not is_listed and r["quantity"] != _TWICE:
            yield r


def _whose(unsure: UnsureWorld, scenario: Scenario, row: Row) -> str:
    """Whom a figure of several is of, by name: `loss of the target` says it by what it is in the scenario."""
    of = {
        "loss of the target": scenario.target, "loss under": scenario.target, "cost of the": scenario.coalition,
        **sides(scenario),
    }  # fmt: skip
    names = next((codes for begins, codes in of.items() if str(row["quantity"]).startswith(begins)), ())
    said = ", ".join(unsure.named(code) for code in names)
    return said if len(said) <= _LONGEST else tr("{count} economies", count=len(names))


def _figure(unsure: UnsureWorld, row: Row, whose: str = "") -> ShownFigure:
    of = ", ".join(unsure.named(row[name]) for name in ("economy", "sector", "partner") if row[name])
    return ShownFigure(row["figure_id"], row["quantity"], of or whose, told(row), bool(whose))


def _economies(unsure: UnsureWorld, one: Answered) -> Iterator[tuple[str, tuple[ShownFigure | None, ...]]]:
    rows = {(r["economy"], r["quantity"]): r for r in one.rows if r["part"] == ECONOMIES}
    for code in unsure.world.economies:
        figures = (_share(unsure, rows.get((code, quantity))) for quantity in QUANTITIES)
        yield unsure.named(code), tuple(figures)


def _share(unsure: UnsureWorld, row: Row | None) -> ShownFigure | None:
    return (
        None
        if row is None
        else ShownFigure(row["figure_id"], row["quantity"], unsure.named(row["economy"]), percent(row))
    )


def _routes(unsure: UnsureWorld, drawn: DrawnRoutes) -> ShownRoutes:
    partners = (
        ShownPartner(
            r["figure_id"], r["quantity"], unsure.named(r["partner"]), percent(r),
            before=digits(r["before"]), after=digits(r["after"]),
        )
        for r in drawn.rows
    )  # fmt: skip
    return ShownRoutes(drawn.title, drawn.wide, drawn.narrow, drawn.caption, tuple(partners))
