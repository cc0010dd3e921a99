"""The tables of worlds: what the packaged world is made of, its elasticities, and a region's shares of a country."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

_ROOM = "entrepot.scenarios.worlds"
_SECTOR = Column("sector", "text", "sector of the packaged world", pattern="^[a-z]+(-[a-z]+)*$")

WORLD_ECONOMIES = PackagedTable(
    Contract(
        name="world_economies",
        meaning="The economies of the packaged world, and those that a reader may look for in vain.",
        grain=("economy",),
        columns=(
            Column("economy", "text", "ISO alpha-3, EU, or REST", pattern="^[A-Z]{2,4}$"),
            Column("name", "text", "its name"),
            Column(
                "stands",
                "text",
                "alone; joined (several as one); absent (in no row of the table)",
                allowed=("alone", "joined", "absent"),
            ),
            Column("members", "texts", "codes of the table that it is made of", absent=("not_applicable",)),
            Column("note", "text", "what a reader must know of it", absent=("not_applicable",)),
            SOURCE,
        ),
    ),
    _ROOM,
    "world_economies.csv",
)

WORLD_SECTORS = PackagedTable(
    Contract(
        name="world_sectors",
        meaning="The sectors of the packaged world, and the goods of the record that are seen in each.",
        grain=("sector",),
        columns=(
            _SECTOR,
            Column("name", "text", "its name"),
            Column("members", "texts", "codes of the table that it is made of"),
            Column("seen_in_it", "text", "goods of the record that are a part of it"),
            SOURCE,
        ),
    ),
    _ROOM,
    "world_sectors.csv",
)

WORLD_FLOWS = PackagedTable(
    Contract(
        name="world_flows",
        meaning="The packaged world: what each sector of each economy sells to whom, and what it uses as input.",
        grain=("economy", "sector"),
        columns=(
            Column("economy", "text", "who makes it", pattern="^[A-Z]{2,4}$"),
            _SECTOR,
            Column("output", "integer", "gross output, which its sales add up to", unit="million USD", low=0),
            Column(
                "sales",
                "texts",
                "sales to each economy in the order of the rows, at home included, in millions of dollars; where its "
                "final sales go is imputed",
            ),
            Column("inputs", "texts", "what it uses of each sector in the order of the rows, from wherever, likewise"),
            SOURCE,
        ),
    ),
    _ROOM,
    "world_flows.csv.gz",
)

ELASTICITIES = PackagedTable(
    Contract(
        name="trade_elasticities",
        meaning="Trade elasticities as they were estimated, each with its error, and the sector that it is used for.",
        grain=("estimated_for",),
        columns=(
            Column("estimated_for", "text", "sector as the study calls it"),
            Column("isic", "text", "its codes, ISIC Rev. 3", absent=("not_reported",)),
            Column("elasticity", "number", "how far trade falls, in per cent, where its cost rises by one", low=0),
            Column("standard_error", "number", "its standard error", low=0, absent=("not_reported",)),
            Column(
                "error_basis",
                "text",
                "how the error is known; from_memory: written down without the article, and held against no copy of it",
                allowed=("from_memory",),
                absent=("not_applicable",),
            ),
            Column(
                "basis",
                "text",
                "estimated; replaced (the study estimates about 1 or less and uses another); assumed (for services)",
                allowed=("estimated", "replaced", "assumed"),
            ),
            Column("sectors", "texts", "sectors of the packaged world that it is used for"),
            Column("note", "text", "what a reader must know of it", absent=("not_applicable",)),
            SOURCE,
        ),
    ),
    _ROOM,
    "trade_elasticities.csv",
)


def _percent(name: str, meaning: str, *absent: str) -> Column:
    return Column(name, "number", meaning, unit="percent", absent=absent, low=0, high=100)


REGION_EVIDENCE = PackagedTable(
    Contract(
        name="region_evidence",
        meaning="What is printed of a region's share in the output of its country, by industry and by good.",
        grain=("region", "evidence"),
        columns=(
            Column("evidence", "text", "the good or the industry", pattern="^[a-z]+(-[a-z]+)*$"),
            Column("region", "text", "ISO 3166-2"),
            Column("sectors", "texts", "sectors of the packaged world that it is a part of, or is made of"),
            Column(
                "use",
                "text",
                "group (a measured total of its sectors); part (a good of one sector); context (shown, not used)",
                allowed=("group", "part", "context"),
            ),
            _percent("weight_low", "the good in the country's output of the sector, at least", "not_applicable"),
            _percent("weight", "the same, most likely", "not_applicable"),
            _percent("weight_high", "the same, at most", "not_applicable"),
            _percent("low", "the region's share, at least"),
            _percent("share", "the same, most likely"),
            _percent("high", "the same, at most"),
            Column("period", "text", "of which time"),
            Column("basis", "text", "how it follows from what is printed"),
            Column("note", "text", "what a reader must know of it", absent=("not_applicable",)),
            SOURCE,
        ),
    ),
    _ROOM,
    "region_evidence.csv",
)

OWN_REGIONS = PackagedTable(
    Contract(
        name="own_regions",
        meaning="Regions that can be economies of their own in a world, for shares of their country are printed.",
        grain=("region",),
        columns=(
            Column("region", "text", "ISO 3166-2"),
            Column("name", "text", "its name"),
            Column("country", "text", "the economy that it is cut out of, ISO alpha-3", pattern="^[A-Z]{3}$"),
            Column("rest", "text", "what that economy is called then"),
            SOURCE,
        ),
    ),
    _ROOM,
    "own_regions.csv",
)
