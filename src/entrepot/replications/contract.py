"""Published results, redone."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown

REPLICATIONS = Contract(
    name="replications",
    meaning="Published estimates beside those that Entrepot makes from the same data.",
    grain=("study", "model", "term"),
    columns=(
        Column("study", "text", "the publication, by a short name"),
        Column("model", "text", "which of its estimations"),
        Column("term", "text", "the coefficient, or observations: how many rows entered"),
        Column("quantity", "text", "model and term in words"),
        Column("published", "number", "as printed", unit="of the study"),
        Column("ours", "number", "as estimated here", unit="of the study"),
        Column(
            "tolerance", "number", "how far the two may lie apart: what rounding to the printed digits allows", low=0
        ),
        Column("within", "boolean", "whether they do not lie further apart, the errors neither where one is printed"),
        Column("published_se", "number", "standard error as printed", low=0, absent=("not_reported", "not_applicable")),
        Column("ours_se", "number", "standard error as estimated here", low=0, absent=("not_applicable",)),
        Column("n", "integer", "rows that entered", unit="rows", low=1),
        Column("method", "text", "estimator, effects, clusters, engine"),
        Column("source", "text", "the publication, and where in it"),
        Column("replication_id", "text", "id of the row: what it says", pattern="^replication-[0-9a-f]{12}$"),
    ),
)

SHOWN = (
    Shown(
        REPLICATIONS,
        "replication_id",
        "a published result redone (replication-…)",
        finding="entrepot.replications.replication_explained:finding",
    ),
)
