"""What a measure would do: a scenario chosen or written by controls, its answer, another one beside it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, EntrepotError, UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.scenarios.asked.scenario import INSTRUMENTS
from entrepot.server.page_parts.drawn import address, drawn, evidence, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, end, rested, worked_out
from entrepot.server.pages.page import Page, Shown
from entrepot.server.pages.scenarios.scenario_controls import (
    NAMES,
    Controls,
    controls_of,
    controls_said,
    controls_within,
    scenario_toml,
)
from entrepot.server.refusal import status_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.answer import Answer
    from entrepot.desk.simulate import Simulation
    from entrepot.scenarios.asked.named_codes import Codes
    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.server.page_parts.page_words import Words
    from entrepot.server.pages.page import Asked

HERE = "/scenarios"
DRAWS = (20, 100, 400)  # three seconds of one core, fifteen, a minute
_DRAWS = 100  # as the command line draws, so that both tell the same interval
_PARTS = ("answers", "economies", "sectors", "routes")
_SEE_OTHER = 303  # of HTTP
_PATIENCE = 600.0  # seconds that a program waits for rows
_HOME = {"CN-XJ": "CHN"}  # a region under sanctions, and the state whose goods are not


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for.

    Attributes:
        presets: by name.
        own: scenarios as the text of a file.
        draws: of what is not known.
    """

    presets: tuple[str, ...]
    own: tuple[str, ...]
    draws: int


@dataclass(frozen=True, slots=True)
class Known:
    """What can be named.

    Attributes:
        presets: scenarios that come with Entrepot, by name, measures as they stand first.
        economies, sectors: names by code.
        codes: what a scenario file may name.
    """

    presets: Mapping[str, Scenario]
    economies: Mapping[str, str]
    sectors: Mapping[str, str]
    codes: Codes


@cache
def known() -> Known:
    """What can be named; made when the page is first asked for, for numpy is not needed before."""
    from entrepot.scenarios.asked.presets import preset, preset_names
    from entrepot.scenarios.asked.unsure_world import default_unsure_world

    unsure = default_unsure_world()
    economies, sectors = (
        {code: unsure.listed(code) for code in codes}
        for codes in (sorted(unsure.world.economies, key=unsure.listed), unsure.world.sectors)
    )
    presets = sorted((preset(name, unsure.codes) for name in preset_names()), key=lambda one: bool(one.hypothesis))
    return Known({one.id: one for one in presets}, economies, sectors, unsure.codes)


def _wanted(asked: Asked) -> Wanted:
    """What is asked for.

    Raises:
        EntrepotError: a control says what cannot be.
    """
    given = asked.one("draws", str(_DRAWS))
    if not given.isdecimal():
        raise BadInputError("draws", found=given, allowed=", ".join(map(str, DRAWS)))
    presets: list[str] = []
    own: list[str] = []
    for name, said in ((asked.one("preset"), controls_said(asked.query)), _beside(asked)):
        if name:
            if name not in known().presets:
                raise UnknownNameError(tr("preset"), name, known().presets)
            presets.append(name)
        elif said is not None:
            own.append(_file_of(said))
    return Wanted(tuple(dict.fromkeys(presets)), tuple(dict.fromkeys(own)), int(given))


def _beside(asked: Asked) -> tuple[str, Controls | None]:
    """The scenario that stands beside: a preset by name, or controls."""
    given = asked.one("beside")
    within = controls_within(given)
    return ("" if within else given, within)


def _file_of(said: Controls) -> str:
    """The controls as a file that can be read.

    Raises:
        EntrepotError: what they say cannot be; no file and no line is named, for nobody wrote one.
    """
    from entrepot.scenarios.asked.scenario_file import read_scenario

    names = known()
    text, name = scenario_toml(said, {**names.economies, **names.sectors}, _HOME)
    try:
        read_scenario(text, "controls", name, names.codes)
    except UnreadableFileError as exc:
        raise BadInputError(exc.problem, allowed=exc.allowed) from exc
    return text


def _key(asked: Asked, wanted: Wanted) -> tuple[object, ...]:
    return ("scenarios", *rested(asked.desk), wanted)


def _simulated(asked: Asked, wanted: Wanted, work: Work) -> Simulation:
    """The verb, given the scenarios that are no presets as files."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder).joinpath(f"controls-{number}.toml") for number in range(len(wanted.own))]
        for file, text in zip(files, wanted.own, strict=True):
            file.write_text(text, encoding="utf-8")
        found: Simulation = asked.desk.simulate(
            presets=wanted.presets, beside=files, parts=_PARTS, draws=wanted.draws, progress=work.told
        )
    return found


@with_refusals("scenarios")
def _render(asked: Asked) -> str | Shown:
    if asked.one("ended"):
        return _page(asked, None)
    try:
        wanted = _wanted(asked)
        if not (wanted.presets or wanted.own):
            return _page(asked, None)
        found = worked_out(_key(asked, wanted), lambda work: _simulated(asked, wanted, work))
    except EntrepotError as exc:
        return Shown(_page(asked, None, refused=str(exc)), status_of(exc))
    if isinstance(found, Work):
        t = words_of(asked)
        return drawn(
            asked, "scenarios", "scenarios_working.html", refresh=found.again, what=t("scenarios.working"),
            step=found.step, here_again=_address(asked),
        )  # fmt: skip
    return _page(asked, found)


def _page(asked: Asked, found: Simulation | None, *, refused: str = "") -> str:
    from entrepot.brief.scenario_page.scenario_document import MEANT
    from entrepot.brief.scenario_page.scenario_shown import assumed_in_all, scenario_shown, side_by_side

    t, names = words_of(asked), known()
    shown = [scenario_shown(one, evidence) for one in found.found] if found else []
    own = controls_said(asked.query)
    today = datetime.now(UTC).date().isoformat()
    return drawn(
        asked, "scenarios", "scenarios.html", title=_title(t, [one.title for one in shown]), meant=MEANT,
        presets=names.presets, economies=names.economies, sectors=names.sectors, instruments=INSTRUMENTS,
        draws=DRAWS, of_draws=asked.one("draws", str(_DRAWS)), shown=shown, together=side_by_side(shown),
        said=own or Controls(start=today), is_own=own is not None and not asked.one("preset"),
        beside=asked.one("beside"), beside_own=_title_within(asked), changes=_changes(found), refused=refused,
        here_now=_address(asked), texts=_texts(asked, found), in_all=assumed_in_all(shown),
    )  # fmt: skip


def _title(t: Words, titles: list[str]) -> str:
    return titles[0] if len(titles) == 1 else t("scenarios.title")


def _title_within(asked: Asked) -> str:
    """What the scenario beside is called, where it was written by controls."""
    _, said = _beside(asked)
    try:
        text = _file_of(said) if said else ""
    except EntrepotError:
        return asked.one("beside")
    return next((line.partition(" = ")[2].strip('"') for line in text.splitlines() if line.startswith("title")), "")


def _changes(found: Simulation | None) -> dict[str, str]:
    """Where each scenario is changed by controls, with itself beside; by its id."""
    changes = {}
    for one in found.found if found else ():
        said = controls_of(one.scenario)
        if said is not None:
            name = one.scenario.id if one.scenario.id in known().presets else said.address
            changes[one.scenario.id] = f"{HERE}?{said.address}&{address('', beside=name, ended='change')[1:]}#controls"
    return changes


def _texts(asked: Asked, found: Simulation | None) -> dict[str, str]:
    """The files of scenarios that were written by controls, by id."""
    if found is None:
        return {}
    ids = {one.scenario.id for one in found.found}
    return {name: text for text in _wanted(asked).own if (name := text.partition('"')[2].partition('"')[0]) in ids}


def _address(asked: Asked, **more: str) -> str:
    """This page as it is asked for."""
    kept: dict[str, Any] = {n: v for n, v in asked.query.items() if n not in {"ended", "format"} and any(v)}
    return address(HERE, **{**kept, **more})


@with_refusals("scenarios")
def _ended(asked: Asked) -> Shown:
    """End what is being worked out, and show what was asked."""
    end(_key(asked, _wanted(asked)))
    return Shown("", _SEE_OTHER, headers={"location": _address(asked, ended="1")})


def _table(asked: Asked) -> Answer:
    wanted = _wanted(asked)
    if not (wanted.presets or wanted.own):
        return asked.desk.scenario_codes()  # type: ignore[no-any-return]
    found: Answer = worked_out(_key(asked, wanted), lambda work: _simulated(asked, wanted, work), patience=_PATIENCE)
    return found


_HEARD = ("preset", "beside", "draws", "ended", *NAMES)
page = Page(HERE, "scenarios.title", _render, table=_table, posts=_ended, role="reader", heard=_HEARD)
