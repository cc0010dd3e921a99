"""Published results, redone."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

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
            "tolerance",
            "number",
            "how far the two may lie apart: what rounding to the printed digits allows, or the study says",
            low=0,
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

# The figures of a publication are texts: how many digits were printed, zeros too, is what the tolerance rests on.
_PRINTED = r"^-?\d+(\.\d+)?$"
_STUDY = Column("study", "text", "the publication, by a short name", pattern="^[a-z0-9]+(-[a-z0-9]+)*$")

STUDIES = PackagedTable(
    Contract(
        name="studies",
        meaning="Publications whose estimates are redone, and where their data are had.",
        grain=("study",),
        columns=(
            _STUDY,
            Column("title", "text", "authors, title and part"),
            Column("file", "text", "where in the folder the data lie"),
            Column("file_url", "text", "where the data are had", pattern="^https://"),
            Column("data_set", "text", "what they are called there"),
            Column("licence", "text", "licence of the data"),
            SOURCE,
        ),
    ),
    "entrepot.replications",
    "studies.csv",
)

PUBLISHED = PackagedTable(
    Contract(
        name="published_estimates",
        meaning="Estimates as printed.",
        grain=("study", "model", "term"),
        columns=(
            _STUDY,
            Column("model", "text", "which of its estimations"),
            Column("term", "text", "the coefficient, or observations"),
            Column("published", "text", "as printed, digit by digit", unit="of the study", pattern=_PRINTED),
            Column("published_se", "text", "its standard error, likewise", absent=("not_reported",), pattern=_PRINTED),
            Column(
                "tolerance",
                "text",
                "what rounding to the printed digits allows, or more where the study says so",
                pattern=_PRINTED,
            ),
            Column("source", "text", "where in the publication of the study"),
        ),
    ),
    "entrepot.replications",
    "published.csv",
)
