"""The table of mirrors before and after a day."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract

_ROSE = ("not_applicable",)  # of a flow that was nothing before, or that did not rise
MIRROR_CHANGE = Contract(
    name="mirror_change",
    meaning="What exporters and importers report of the same flows after a day and in the same seasons before it, and "
    "what of the additional exports no importer reports. Sums of all goods chosen; no margin is taken off.",
    grain=("exporter", "importer", "product"),
    columns=(
        Column("exporter", "text", "ISO alpha-3; `+ALL`: all that are looked at"),
        Column("importer", "text", "ISO alpha-3; `+ALL`: all that are looked at"),
        Column("product", "text", "the beginning of a code; `+TOTAL`: all goods"),
        Column("export_before_usd", "number", "the exporter's figure before", unit="USD", low=0),
        Column("export_after_usd", "number", "the exporter's figure after", unit="USD", low=0),
        Column("import_before_usd", "number", "the importer's figure before", unit="USD", low=0),
        Column("import_after_usd", "number", "the importer's figure after", unit="USD", low=0),
        Column("export_change_usd", "number", "after less before", unit="USD"),
        Column("export_change_pct", "number", "the same over before", unit="percent", absent=_ROSE),
        Column("import_change_usd", "number", "after less before", unit="USD"),
        Column("import_change_pct", "number", "the same over before", unit="percent", absent=_ROSE),
        Column("gap_before_usd", "number", "exporter's less importer's figure", unit="USD"),
        Column("gap_before_pct", "number", "the same over the exporter's", unit="percent", absent=_ROSE),
        Column("gap_after_usd", "number", "exporter's less importer's figure", unit="USD"),
        Column("gap_after_pct", "number", "the same over the exporter's", unit="percent", absent=_ROSE),
        Column("missing_usd", "number", "additional exports less additional imports", unit="USD", absent=_ROSE),
        Column("missing_pct", "number", "the missing share of additional exports", unit="percent", absent=_ROSE),
    ),
)
