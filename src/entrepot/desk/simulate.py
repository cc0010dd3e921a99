"""The verbs: what a measure would do by a model of the world economy, and what a scenario file may name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep
from entrepot.scenarios.answered_scenario import Doubt, answered
from entrepot.scenarios.asked.assumptions import cut_told, elasticities_told
from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
from entrepot.scenarios.asked.presets import preset, preset_names
from entrepot.scenarios.asked.scenario_file import scenario_file
from entrepot.scenarios.asked.unsure_world import default_unsure_world
from entrepot.scenarios.code_rows import code_rows
from entrepot.scenarios.contract import SCENARIO_CODES, SIMULATED_FIGURES
from entrepot.scenarios.figures.figure import ANSWERS, INPUTS, PARTS
from entrepot.scenarios.short_rows import short_rows
from entrepot.scenarios.simulated_words import said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.own_unsure_world import NegativeFinal
    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

_NEGATIVE_FINAL = ("refuse", "zero")  # over HTTP any text may come
_MOST_DRAWS = 10_000  # an hour of two cores; a slip of the keys is refused


@dataclass(frozen=True, eq=False)
class Simulation(Answer):
    """Scenarios answered; the table is under `simulated_figures`.

    Attributes:
        found: each scenario with all its figures.
        short: the rows as a person reads them on a screen, all texts; of long lists the first.
    """

    found: tuple[Answered, ...] = ()
    short: tuple[dict[str, str], ...] = ()


def simulate(
    scenario: str | Path | None = None,
    *,
    presets: Sequence[str] = (),
    beside: Sequence[str | Path] = (),
    parts: Sequence[str] = (ANSWERS,),
    draws: int = 100,
    seed: int = 1,
    sensitivity: int = 0,
    workers: int = 0,
    world: Path | None = None,
    mapping: Path | None = None,
    elasticities: Sequence[str] = (),
    year: str = "",
    negative_final: NegativeFinal = "refuse",
    html: Path | None = None,
    store: Store = None,
    progress: Progress | None = None,
) -> Simulation:
    """What a measure would do by a model of the world economy: nothing in it was observed.

    Args:
        scenario: a scenario file.
        presets: scenarios that come with Entrepot, by name; each is answered.
        beside: further scenario files, each answered.
        parts: what is given: answers, economies, sectors, routes.
        draws: of what is not known, for the intervals; 0: none.
        seed: of the draws, at least 0: the same seed gives the same figures.
        sensitivity: also tell which input moves the answers most: a power of 2, such as 64; 0: do not.
        workers: processes; 0 for as many as there are cores.
        world: a table of one's own in place of the packaged world: OECD ICIO, WIOD, or exporter, importer, flow.
        mapping: of `world`: which economies and sectors are joined.
        elasticities: of `world`: "5" for all sectors, "metals=8" for one; none: those of its sectors that are packaged.
        year: of `world`: which it is of; of a panel with several the one that is read.
        negative_final: of `world`: what is done with final sales below 0, refuse or zero.
        html: write a page with the routes drawn and the scenarios side by side.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (draws done, in all) of each scenario.

    Returns:
        Under `simulated_figures`; they are kept in the store for `explain`.

    Raises:
        UnreadableFileError: a scenario file cannot be read, or breaks a rule, with its line and what is allowed.
        UnknownNameError: no such preset or part.
        BadInputError: nothing is asked, or a buyer is left without any seller of what it uses; the table of one's own
            cannot be used, with what is wrong in it.
        NotEstimableError: a scenario has no equilibrium that could be found; the residual is told.
    """
    check_store(store)
    _refuse(parts, draws, sensitivity, seed)
    unsure = _world(world, mapping, tuple(elasticities), year, negative_final)
    asked = _asked(unsure, [*([scenario] if scenario is not None else []), *beside], presets)
    doubt = Doubt(draws, seed, sensitivity, workers)
    found = tuple(answered(unsure, one, doubt, progress) for one in asked)
    shown = {*parts, *([INPUTS] if sensitivity else [])}
    data = table(SIMULATED_FIGURES, [row for one in found for row in one.rows if row["part"] in shown])
    kept = keep(store, lambda con: stores.keep_shown(con, SIMULATED_FIGURES.name, "figure_id", data))
    if html is not None:
        from entrepot.desk.simulated_page import write_page

        drawn = tr("{draws} of seed {seed}", draws=draws, seed=seed) if draws else tr("none")
        write_page(Path(html), found, (scenario, *beside, world, mapping), drawn)
    notes = said_of(found)
    return Simulation(data, (*kept, *notes), found, tuple(short_rows(found, tuple(shown))))


def _refuse(parts: Sequence[str], draws: int, sensitivity: int, seed: int) -> None:
    for part in parts:
        if part not in PARTS:
            raise UnknownNameError(tr("part"), part, PARTS)
    if not 0 <= draws <= _MOST_DRAWS or draws == 1:
        raise BadInputError(
            "draws",
            found=draws,
            allowed=tr("0, or 2 to {most_draws:,}", most_draws=_MOST_DRAWS),
            remedy=tr("100 take some seconds."),
        )
    if not 0 <= sensitivity <= _MOST_DRAWS or sensitivity & (sensitivity - 1):
        raise BadInputError("sensitivity", found=sensitivity, allowed=tr("0 or a power of 2, such as 64"))
    if seed < 0:
        raise BadInputError("seed", found=seed, allowed=tr("a whole number of at least 0"))


def _asked(unsure: UnsureWorld, named: Sequence[str | Path], presets: Sequence[str]) -> list[Scenario]:
    """The scenarios that are asked, each id once."""
    asked = [scenario_file(Path(one), unsure.codes) for one in named]
    asked += [preset(one, unsure.codes) for one in presets]
    if not asked:
        raise BadInputError(
            tr("nothing is asked"),
            allowed=tr("a scenario file, or presets"),
            remedy=tr("Give a file, or --preset with one of {preset_names}.", preset_names=", ".join(preset_names())),
        )
    ids = [one.id for one in asked]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise BadInputError(
            tr("two scenarios with one id"), found=", ".join(twice), remedy=tr("Give each its own `id`.")
        )
    return asked


def _world(
    world: Path | None, mapping: Path | None, elasticities: tuple[str, ...], year: str, negative_final: NegativeFinal
) -> UnsureWorld:
    """The packaged world, or that of a table of one's own.

    Raises:
        BadInputError: what belongs to a table is given without one; no such way with final sales below 0.
    """
    if negative_final not in _NEGATIVE_FINAL:
        allowed = " or ".join(_NEGATIVE_FINAL)
        raise BadInputError(tr("what is done with final sales below 0"), found=negative_final, allowed=allowed)
    if world is not None:
        path = None if mapping is None else Path(mapping)
        return own_unsure_world(OwnTable(Path(world), path, elasticities, year, negative_final))
    for name, given in (("mapping", mapping), ("elasticity", elasticities), ("year", year)):
        if given:
            raise BadInputError(tr("{name} without a table of your own", name=name), remedy=tr("Give --world too."))
    return default_unsure_world()


def scenario_codes(
    kind: str = "",
    *,
    world: Path | None = None,
    mapping: Path | None = None,
    elasticities: Sequence[str] = (),
    year: str = "",
    negative_final: NegativeFinal = "refuse",
) -> Answer:
    """What a scenario file may name: presets, economies and sectors of the world.

    Args:
        kind: preset, economy or sector; empty: all.
        world: a table of one's own in place of the packaged world; presets are not of it.
        mapping: as of `simulate`.
        elasticities: likewise.
        year: likewise.
        negative_final: likewise.

    Returns:
        Under `scenario_codes`.

    Raises:
        UnknownNameError: no such kind.
        UnreadableFileError, BadInputError: the table cannot be used; what is wrong is named.
    """
    unsure = _world(world, mapping, tuple(elasticities), year, negative_final)
    rows = code_rows(unsure, with_presets=world is None)
    kinds = tuple(dict.fromkeys(row["kind"] for row in rows))
    if kind and kind not in kinds:
        raise UnknownNameError(tr("kind"), kind, kinds)
    data = table(SCENARIO_CODES, [row for row in rows if not kind or row["kind"] == kind])
    told = tr(
        "The world is of {year}: {count}, ",
        year=unsure.year,
        count=counted(len(unsure.world.economies), "economy", "economies"),
    )
    told += f"{counted(len(unsure.world.sectors), 'sector')}."
    return Answer(data, (told, *cut_told(unsure), *unsure.known, *elasticities_told(unsure), *unsure.assumed))
