"""The world that lies in the package: 29 economies and 12 sectors of 2022, after the OECD's inter-country table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.worlds.contract import WORLD_ECONOMIES, WORLD_FLOWS, WORLD_SECTORS
from entrepot.scenarios.worlds.inter_country import InterCountry, world_of
from entrepot.scenarios.worlds.trade_elasticities import elasticities_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.scenarios.equilibrium.world import World

NOTES = (
    marked(
        "Where final sales go is imputed, since the copy that this world is made from has final sales in one column: "
        "those of goods to the United States follow its imports of 2022 as the U.S. Census Bureau counts them, all "
        "others go in proportion to intermediate sales, sector by sector of the OECD's fifty. Deficits rest on it."
    ),
    marked(
        "The OECD's rest of the world is not in that copy: what is sold to it counts as sold to the economies of the "
        "table, what is bought of it as value added. Central Asia but Kazakhstan is in it."
    ),
    marked("There are no tariffs in it: what they yield today is a part of value added and prices."),
    marked("Flows under half a million dollars are 0 in it, and stay 0 whatever changes."),
)


@dataclass(frozen=True, eq=False)
class Baseline:
    """A world with its words.

    Attributes:
        world: the world, in equilibrium.
        year: which it is of.
        unit: of its values.
        economies: code -> name.
        sectors: code -> name.
        members: code -> the economies that it joins, where it joins several.
        absent: code -> name of what somebody may look for, and that is not in it.
        notes: what is imputed, and what is not in it, in sentences.
        source: what it is made of, with its licence.
    """

    world: World
    year: int
    unit: str
    economies: Mapping[str, str]
    sectors: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    absent: Mapping[str, str]
    notes: tuple[str, ...]
    source: str

    def economy(self, code: str) -> int:
        """Where an economy stands.

        Raises:
            BadInputError: it is in no row of the table, or only as a part of another.
            UnknownNameError: no such code.
        """
        if code in self.economies:
            return self.world.economies.index(code)
        whole = next((w for w, members in self.members.items() if code in members), "")
        if whole:
            raise BadInputError(
                tr("an economy that this world has only as a part of {whole}", whole=whole),
                found=code,
                allowed=tr(
                    "{whole} ({economies}), which has {count} economies",
                    whole=whole,
                    economies=self.economies[whole],
                    count=len(self.members[whole]),
                ),
                remedy=tr("Name {whole}, or read a table of your own in which it stands alone.", whole=whole),
            )
        if code in self.absent:
            raise BadInputError(
                tr("an economy that is not in the table of this world"),
                found=f"{code} ({self.absent[code]})",
                allowed=", ".join(self.economies),
                remedy=tr("Nothing can be said of it; read a table of your own that has it."),
            )
        raise UnknownNameError(tr("economy"), code, self.economies)

    def sector(self, code: str) -> int:
        """Where a sector stands.

        Raises:
            UnknownNameError: no such sector.
        """
        if code not in self.sectors:
            raise UnknownNameError(tr("sector"), code, self.sectors)
        return self.world.sectors.index(code)


@cache
def packaged_table() -> InterCountry:
    """The packaged table, in millions of dollars."""
    rows = packaged_rows(WORLD_FLOWS)
    economies = tuple(dict.fromkeys(r["economy"] for r in rows))
    sectors = tuple(dict.fromkeys(r["sector"] for r in rows))
    n, j = len(economies), len(sectors)
    sales = np.array([r["sales"] for r in rows], dtype=np.float64).reshape(n, j, n)
    inputs = np.array([r["inputs"] for r in rows], dtype=np.float64).reshape(n, j, j)
    return InterCountry(economies, sectors, sales.transpose(1, 2, 0).copy(), inputs.transpose(0, 2, 1).copy())


@cache
def default_world() -> Baseline:
    """The packaged world.

    Returns:
        29 economies, the European Union and the rest of the table each as one; 12 sectors; 2022; millions of dollars.
    """
    table = packaged_table()
    rows = packaged_rows(WORLD_ECONOMIES)
    sectors = packaged_rows(WORLD_SECTORS)
    return Baseline(
        world_of(table, elasticities_of(table.sectors)),
        2022,
        "million USD",
        {r["economy"]: r["name"] for r in rows if r["stands"] != "absent"},
        {r["sector"]: r["name"] for r in sectors},
        {r["economy"]: tuple(r["members"]) for r in rows if r["stands"] == "joined"},
        {r["economy"]: r["name"] for r in rows if r["stands"] == "absent"},
        NOTES,
        marked(
            "OECD, Inter-Country Input-Output tables, 2025 edition, 2022, CC BY 4.0, and U.S. Census "
            "Bureau, imports of 2022; joined to 29 economies and 12 sectors"
        ),
    )
