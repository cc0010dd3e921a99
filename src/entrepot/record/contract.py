"""Rows of one's own, which lie in the store beside the record, and their sources. See docs/design/44."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.corridors.contract import OBSERVATIONS
from entrepot.sources.contract import SOURCES

OWN_OBSERVATIONS = Contract(
    name="own_observations",
    meaning="Figures of your own, kept in the store: those that you added with their source or confirmed one by one in "
    "a report, which come back in every answer, and those that `entrepot check --yes` took, which judge nothing.",
    grain=("id",),
    columns=(
        Column("id", "text", "u- and 12 digits of the hash of what the row says", pattern="^u-[0-9a-f]{12}$"),
        *OBSERVATIONS.columns[1:],
        Column(
            "reviewed",
            "boolean",
            "whether a person vouches for the row: yes of one that you added or confirmed by itself",
        ),
        Column("claim_id", "text", "the claim that it was read in", absent=("not_applicable",)),
        Column(
            "report",
            "text",
            "the file it came in: its name and the first 12 digits of its SHA-256; of a report, of its text",
            absent=("not_applicable",),
        ),
        Column("own_id", "text", "what you call the row", absent=("not_applicable",)),
    ),
    version=2,
)

OWN_SOURCES = Contract(
    name="own_sources",
    meaning="The sources of the rows that you added to your own record, as the register of sources has its own.",
    grain=("source_id",),
    columns=SOURCES.columns,
)

SHOWN = (
    Shown(
        OWN_OBSERVATIONS,
        "id",
        "a row of your own record (u-…)",
        "entrepot.record.own_rows:explain",
        table="own_observations",
    ),
)
