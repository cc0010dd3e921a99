"""The tables of mirrors: before and after a day, and what could stand behind a gap."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.trade.mirrors.changes.missing_shares import BASES
from entrepot.trade.trade_flows import TRADE_FLOWS

_ROSE = ("not_applicable",)  # of a flow that was nothing before, or that did not rise
_UNSURE = ("not_applicable", "unknown")  # or of which it cannot be told apart from chance
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
        Column(
            "missing_pct",
            "number",
            "the missing share of additional exports; none where the rise may be chance, or less is missing than none "
            "or more than all of it (missing_basis)",
            unit="percent",
            low=-100,
            high=100,
            absent=_UNSURE,
        ),
        Column("missing_low_pct", "number", "lower end of its 95 % interval", unit="percent", absent=_UNSURE),
        Column("missing_high_pct", "number", "upper end of its 95 % interval", unit="percent", absent=_UNSURE),
        Column("missing_basis", "text", "a share with its interval or without, or why there is none", allowed=BASES),
    ),
)

_NONE = ("not_applicable",)
# What importers usually count more: of a size that freight and insurance reach, and beyond it (`margins`).
MARGINS = ("freight", "margin")
GAP_REASONS = (
    *MARGINS,
    "third_place",
    "re_exports",
    "other_code",
    "code_withheld",
    "not_reported",
    "place_withheld",
    "other_period",
    "valuation",
    "quantity",
    "scale",
)
_REASON_ID = Column("reason_id", "text", "id of the row: what it says and rests on", pattern="^reason-[0-9a-f]{12}$")
GAP_REASON = Contract(
    name="gap_reasons",
    meaning="What in the file a mirror gap is consistent with, one reason a row; none is proven, several may hold, and "
    "their amounts do not add up.",
    grain=("reason_id",),
    columns=(
        Column("exporter", "text", "from where"),
        Column("importer", "text", "to where"),
        Column("product", "text", "code, six digits at most"),
        Column("hs_vintage", "text", "edition of the Harmonized System; unknown for chapters"),
        Column("period", "text", "period"),
        Column(
            "gap_usd",
            "number",
            "importer's figure less the margin, less the exporter's; a side that reports none counts as nothing. Of "
            "freight, and of the margin: the figures as printed",
            unit="USD",
        ),
        Column("reason", "text", "what it is consistent with", allowed=GAP_REASONS),
        Column("beside", "text", "the other place, code or period", absent=_NONE),
        Column("amount_usd", "number", "so much of the gap, at most", unit="USD", low=0),
        Column("share", "number", "the same over the gap", unit="share", low=0, high=1),
        Column("opposite", "integer", "periods in which both flows have a gap, and opposite ones", low=0, absent=_NONE),
        Column("both", "integer", "periods in which both have a gap", low=0, absent=_NONE),
        Column("quantity_pct", "number", "importer's over exporter's quantity", unit="percent", low=0, absent=_NONE),
        Column("consistent_with", "text", "the reason in words"),
        Column("mirror_id", "text", "the mirrored flow", pattern="^mirror-[0-9a-f]{12}$"),
        _REASON_ID,
    ),
)

GAP_REPORTS = Contract(
    name="gap_reports",
    meaning="The reports under a reason that was shown, row by row as the person's file has them, for explain.",
    grain=("reason_id", *TRADE_FLOWS.grain),
    columns=(_REASON_ID, *TRADE_FLOWS.columns),
)
