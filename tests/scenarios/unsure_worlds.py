"""A small invented world with its doubts, and scenarios asked of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.scenarios.worlds import a_world

from entrepot.scenarios.asked.named_codes import Codes
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.asked.unsure_world import UnsureWorld

ECONOMIES = ("USA", "CHN", "XIN", "EU", "KAZ", "VNM")
SECTORS = ("textiles", "metals", "services")
CODES = Codes(ECONOMIES, SECTORS, {"KGZ": "Kyrgyzstan"})
BAN = """\
title = "A ban"
from = 2024-01-01

[[act]]
by = ["USA"]
on = ["XIN"]
instrument = "import ban"
"""


def small_world(seed=4):
    """Six economies with names, and three sectors."""
    return replace(a_world(seed, len(ECONOMIES), len(SECTORS), deficits=True), economies=ECONOMIES, sectors=SECTORS)


def small_unsure_world(seed=4):
    """The small world, with elasticities that are not known well."""
    return UnsureWorld(
        small_world(seed), {"USA": "United States", "XIN": "Xinjiang"}, np.full(len(SECTORS), 0.2), "2022",
        known=("An invented world.",),
    )  # fmt: skip


def scenario(text=BAN, **changed):
    """A scenario out of a text."""
    return replace(read_scenario(text, "ban.toml", "ban", CODES), **changed)
