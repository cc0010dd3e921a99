"""The table of joins: which names and numbers of files of supply are taken for one firm, and why."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

JOINED, PROPOSED, SPLIT = STATES = ("joined", "proposed", "split")
WAYS = ("same_name", "same_address", "alike", "decision")

SUPPLY_JOINS = Contract(
    name="supply_joins",
    meaning="Parties of files of supply that may be one firm, by pairs: joined ones are one in every answer, proposed "
    "ones are two until a person says otherwise.",
    grain=("join_id",),
    columns=(
        Column("state", "text", "whether both are taken for one firm", allowed=STATES),
        Column(
            "way",
            "text",
            "same_name: the same words, read in one script, and no legal form, country, file or deal between them that "
            "tells them apart; same_address: alike by name, at one address; alike: by name alone, which joins nothing; "
            "decision: a person's",
            allowed=WAYS,
        ),
        Column("party", "text", "the one name"),
        Column("other", "text", "the other name"),
        Column("score", "number", "how alike the names are", unit="1", low=0, high=1),
        Column("reasons", "texts", "what speaks for it and against it"),
        Column("party_id", "text", "id of the one: the file's own, or name: and the name"),
        Column("other_id", "text", "id of the other"),
        Column("one_id", "text", "the id that stands for both in answers; empty where they are two",
               absent=("not_applicable",)),
        Column("join_id", "text", "join- and twelve digits, of both ids", pattern="^join-[0-9a-f]{12}$"),
    ),
)  # fmt: skip

TRANSFER_WORDS = PackagedTable(
    Contract(
        name="transfer_words",
        meaning="Words in the number of a paper that make it a transfer within one firm: what it hands over from one "
        "name to another tells no two firms apart.",
        grain=("words",),
        columns=(Column("words", "text", "the words, in small letters"), SOURCE),
    ),
    "entrepot.tracing",
    "transfer_words.csv",
)
