"""Scenarios that come with Entrepot, for measures of the record and what is asked beside them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import in_english, tr
from entrepot.scenarios.asked.scenario_file import read_scenario

if TYPE_CHECKING:
    from entrepot.scenarios.asked.named_codes import Codes
    from entrepot.scenarios.asked.scenario import Scenario

_ENDING = ".toml"


@cache
def preset_names() -> tuple[str, ...]:
    """The names of all presets."""
    folder = files("entrepot.scenarios").joinpath("data", "presets")
    return tuple(sorted(one.name.removesuffix(_ENDING) for one in folder.iterdir() if one.name.endswith(_ENDING)))


@in_english
def preset(name: str, codes: Codes) -> Scenario:
    """A scenario that comes with Entrepot.

    Args:
        name: as `preset_names` has it.
        codes: of the world that it is asked of.

    Raises:
        UnknownNameError: no such preset.
    """
    if name not in preset_names():
        raise UnknownNameError(
            tr("preset"), name, preset_names(), remedy=tr("`entrepot simulate codes preset` tells what each is.")
        )
    file = files("entrepot.scenarios").joinpath("data", "presets", f"{name}{_ENDING}")
    return read_scenario(file.read_text(encoding="utf-8"), tr("preset {name}", name=name), name, codes)
