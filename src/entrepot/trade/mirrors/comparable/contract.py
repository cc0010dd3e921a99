"""In which month the fiscal year begins of those whose offices publish trade by it."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

FISCAL_STARTS = PackagedTable(
    Contract(
        name="fiscal_starts",
        meaning="The month in which a fiscal year begins, where the reports of an office do not print it.",
        grain=("reporter",),
        columns=(
            Column("reporter", "text", "ISO alpha-3"),
            Column("month", "text", "two digits"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "fiscal_starts.csv",
)
