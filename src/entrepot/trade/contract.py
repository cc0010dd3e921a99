"""Flows of goods between countries, and shares of output and trade."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract, column
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.sources.contract import (
    CORRECTED,
    KNOWN_ON,
    KNOWN_ON_BASIS,
    NOTE,
    PUBLISHED,
    QUALITY,
    SOURCE_ID,
)
from entrepot.sources.tables import RecordTable
from entrepot.trade import trade_flows
from entrepot.trade.mirrors.mirror_tables import GAP_REASON, GAP_REPORTS
from entrepot.trade.trade_flows import PLACE

FLOWS = Contract(
    name="flows",
    meaning="China's exports of solar panels, cells and wafers by partner and quarter. A quarter without a row is "
    "one in which nothing was declared for the partner: by month and code, Ember's countries add up to its world.",
    grain=("id",),
    columns=(
        Column("id", "text", "F-partner-HS code-period", pattern=r"^F-[A-Z]{3}-\d{8}-\d{4}-Q[1-4]$"),
        Column("reporter", "text", "who reports the flow, ISO alpha-3", allowed=("CHN",)),
        Column("partner", "text", "the other side, as printed"),
        Column("partner_iso3", "text", "the other side, ISO alpha-3", pattern="^[A-Z]{3}$"),
        Column("flow", "text", "direction seen from the reporter", allowed=("export",)),
        Column("product", "text", "series as the publisher calls it", allowed=("Panels", "Cells", "Wafers")),
        Column("hs", "text", "code of the Chinese customs tariff, eight digits", pattern=r"^\d{8}$"),
        Column("period", "text", "quarter", pattern=r"^\d{4}-Q[1-4]$"),
        Column("period_start", "partial_date", "first day"),
        Column("period_end", "partial_date", "last day"),
        Column("value_usd", "number", "value as declared", unit="USD", low=0),
        Column("net_kg", "number", "net weight", unit="kg", low=0),
        Column(
            "capacity_mw",
            "number",
            "capacity as Ember estimates it: of cells and panels from the value and a world price, of wafers from the "
            "weight",
            unit="MW",
            absent=("unknown",),
            low=0,
        ),
        Column(
            "capacity_status",
            "text",
            "how the capacity was found; unknown: the estimate of a month is missing, so the quarter has none",
            allowed=("estimated", "unknown"),
        ),
        Column("months_reported", "integer", "months of the quarter with an entry", unit="months", low=1, high=3),
        SOURCE_ID,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        NOTE,
    ),
)

_NOT_BOTH = ("not_applicable",)

SHARES = Contract(
    name="shares",
    meaning="Shares in percent: of Xinjiang, and for context of China and others, in output, capacity and trade. "
    "Years and bases must not be mixed.",
    grain=("id",),
    columns=(
        Column("id", "text", "S and three digits", pattern=r"^S\d{3}$"),
        Column("region", "text", "whose share"),
        Column("scope", "text", "xinjiang, or context (China and others)", allowed=("xinjiang", "context")),
        Column("product", "text", "of which good or service"),
        Column("metric", "text", "share of what, `share_of_china_output`", pattern="^share_of_[a-z_]+$"),
        Column("value_pct", "number", "the share", unit="percent", absent=("not_reported",), low=0, high=100),
        Column("low_pct", "number", "lower end; alone: more than", unit="percent", absent=_NOT_BOTH, low=0, high=100),
        Column("high_pct", "number", "upper end; alone: at most", unit="percent", absent=_NOT_BOTH, low=0, high=100),
        Column("of_what", "text", "the whole, as printed"),
        Column("period_start", "partial_date", "first day", absent=("not_reported",)),
        Column("period_end", "partial_date", "last day", absent=("not_reported",)),
        Column("source_org", "text", "who counted", absent=("not_reported",)),
        PUBLISHED,
        SOURCE_ID,
        QUALITY,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)

TRADE_FLOWS, VINTAGES = trade_flows.TRADE_FLOWS, trade_flows.VINTAGES

PANEL_FLOWS = Contract(
    name="panel_flows",
    meaning="Flows of a panel that lies in the package, as its publisher counts them; what all rows have alike stands "
    "in panels.",
    grain=("exporter", "importer", "product", "period"),
    columns=(
        Column("exporter", "text", "from where, ISO alpha-3; an aggregate begins with +", pattern=PLACE),
        Column("importer", "text", "to where, likewise", pattern=PLACE),
        Column("product", "text", "code as the publisher has it: HTS of ten digits, NAICS, TOTAL"),
        Column("period", "text", "year or month", pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$"),
        Column("value", "number", "value as printed", unit="currency", low=0),
        SOURCE,
    ),
)

PANELS = Contract(
    name="panels",
    meaning="The panels of flows that lie in the package: who counted what, how, and what is to be known of them.",
    grain=("panel",),
    columns=(
        Column("panel", "text", "its name", pattern=r"^[a-z0-9-]+$"),
        Column("file", "text", "file under data", pattern=r"^panel_[a-z0-9_]+\.csv\.gz$"),
        Column("title", "text", "what it holds"),
        Column("reporter", "text", "who counted, as in trade_flows"),
        Column("flow", "text", "what was counted, seen from the reporter", allowed=("export", "import")),
        Column("valuation", "text", "what the value includes", allowed=("FOB", "CIF", "unknown")),
        Column("currency", "text", "of the values", allowed=("USD", "EUR")),
        Column("credit", "text", "whom to credit, as the source line of a picture has it"),
        Column("caution", "text", "what a reader has to know"),
        SOURCE,
    ),
)

FLOW_UNITS = ("USD", "kg", "tonnes")
# What both tables say of a flow alike.
_SIDES = ("reporter", "exporter", "importer", "flow", "valuation")
_WHEN = ("hs_vintage", "period", "frequency")

MEASURED_FLOWS = Contract(
    name="measured_flows",
    meaning="Flows in one measured quantity, as a scan takes them: `amount` in `unit`, the same in all rows. A flow of "
    "which it is not known keeps an empty amount: it is no zero.",
    grain=("reporter", "exporter", "importer", "flow", "code", "hs_vintage", "period"),
    columns=(
        *(column(TRADE_FLOWS, n) for n in _SIDES),
        Column("product", "text", "what is followed: the code, or the stage of a chain that it belongs to"),
        Column("code", "text", "code as printed"),
        *(column(TRADE_FLOWS, n) for n in _WHEN),
        Column(
            "amount",
            "number",
            "the quantity that is counted",
            unit="unit",
            low=0,
            absent=("not_reported", "suppressed", "unknown"),
        ),
        Column("unit", "text", "USD: value; kg, tonnes: net weight", allowed=FLOW_UNITS),
        *(column(TRADE_FLOWS, n) for n in ("value_usd", "net_kg", "status", "source_id")),
    ),
)

HUB_OUTPUT = Contract(
    name="hub_output",
    meaning="What a hub makes itself. A hub without rows: its output is not known.",
    grain=("product", "hub", "period"),
    columns=(
        Column("product", "text", "code, as in the flows"),
        Column("hub", "text", "the hub, as in the flows, ISO alpha-3"),
        Column("period", "text", "year, quarter or month, as in the flows", pattern=r"^\d{4}(-(Q[1-4]|\d{2}))?$"),
        Column("amount", "number", "output of the period", unit="unit", low=0, absent=("not_reported", "unknown")),
        Column("unit", "text", "unit of the amount: that of the flows it stands beside"),
    ),
)

FAULT_KINDS = (
    "duplicate", "negative", "mixed_vintage", "total_among_details", "thousands_separator", "currency_not_usd",
    "unit_suspect", "reporter_stops", "zero_unclear", "unknown_place", "unread_column", "unreadable", "fiscal_year",
    "value_suspect", "not_hs", "suppressed", "not_told_apart",
)  # fmt: skip

FLOW_FAULTS = Contract(
    name="flow_faults",
    meaning="What is wrong with a file of flows, and what was done about it.",
    grain=("kind", "what"),
    columns=(
        Column("kind", "text", "what sort of fault", allowed=FAULT_KINDS),
        Column("count", "integer", "how many rows have it", low=0),
        Column("rows", "texts", "the first of these rows, counted from 1 below the heading; empty for a whole column"),
        Column("what", "text", "the fault in words, with the value found"),
        Column("done", "text", "what was done with the rows", allowed=("kept", "set_aside", "converted")),
    ),
)

MONTH_NAMES = PackagedTable(
    Contract(
        name="month_names",
        meaning="What months are called in tables of trade, in full and short.",
        grain=("month",),
        columns=(
            Column("month", "integer", "number of the month", low=1, high=12),
            Column("names", "texts", "names in some twenty languages"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "month_names.csv",
)

_OF_TITLES = (
    "scale", "scale_pair", "currency", "currency_pair", "flow", "label", "no_unit", "beside", "unsure",
    "gross", "weight_unit", "suppressed", "domestic", "dues", "adjusted",
)  # fmt: skip
TITLE_WORDS = PackagedTable(
    Contract(
        name="title_words",
        meaning="What words of titles and headings say of the figures of a table of trade.",
        grain=("kind", "means"),
        columns=(
            Column(
                "kind",
                "text",
                "pair: two words together; beside: of nothing beside a currency; domestic: made in the country; "
                "dues: what is paid on goods",
                allowed=_OF_TITLES,
            ),
            Column("means", "text", "a factor, an ISO 4217 code, a flow, or what is counted; none: no amount"),
            Column("words", "texts", "in small letters"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "title_words.csv",
)

SHARED_CURRENCIES = PackagedTable(
    Contract(
        name="shared_currencies",
        meaning="Signs and words that several currencies share, and whose own they are.",
        grain=("sign", "currency"),
        columns=(
            Column("sign", "text", "the sign, or one of its words"),
            Column(
                "reporter",
                "text",
                "whose own currency it is; empty: what it is taken for elsewhere",
                absent=("not_applicable",),
            ),
            Column("currency", "text", "ISO 4217"),
            Column("words", "texts", "how it is written, in small letters", absent=("not_applicable",)),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "shared_currencies.csv",
)

VALUATIONS = PackagedTable(
    Contract(
        name="valuations",
        meaning="How headings, titles and cells say that goods are valued.",
        grain=("said",),
        columns=(
            Column("said", "text", "the way, in words"),
            Column(
                "means",
                "text",
                "the valuation; customs: FOB in imports of those in `fob_in`; usual: exports FOB, imports CIF",
                allowed=("FOB", "CIF", "customs", "usual"),
            ),
            Column("words", "texts", "words that say it, in small letters"),
            Column("fob_in", "texts", "who leaves freight and insurance out, ISO alpha-3", absent=("not_applicable",)),
            Column("told", "text", "what a person is told of it"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "valuations.csv",
)

FLOW_HEADINGS = PackagedTable(
    Contract(
        name="flow_headings",
        meaning="How publishers spell the headings of tables of flows.",
        grain=("form", "role"),
        columns=(
            Column("form", "text", "the format", allowed=("own", "comtrade", "comext")),
            Column("role", "text", "what the column is; detail: of which a row is a part; unread: not needed"),
            Column("headings", "texts", "small letters and digits of the spellings, the one to prefer first"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "headings.csv",
)

PANEL_TABLE = PackagedTable(PANELS, "entrepot.trade", "panels.csv")

CONCORDANCES = PackagedTable(
    Contract(
        name="concordances",
        meaning="National tariff lines that changed with an edition of the HS.",
        grain=("country", "before"),
        columns=(
            Column("before", "text", "code of the older edition", pattern=r"^\d{8,10}$"),
            Column("after", "texts", "codes of the newer one"),
            Column("from_vintage", "text", "the older edition", allowed=VINTAGES),
            Column("to_vintage", "text", "the newer edition", allowed=VINTAGES),
            Column("country", "text", "whose tariff, ISO alpha-3", pattern="^[A-Z]{3}$"),
            Column("note", "text", "what changed"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "concordances.csv",
)

_FROM, _TO = Column("exporter", "text", "from where"), Column("importer", "text", "to where")
_MIRROR_ID = Column("mirror_id", "text", "id of the row: what it says and rests on", pattern="^mirror-[0-9a-f]{12}$")

MIRRORED = Contract(
    name="mirrored",
    meaning="A flow as its exporter and its importer report it, with the margin between them and the reconciled value. "
    "Only periods in which both report at all.",
    grain=("exporter", "importer", "product", "hs_vintage", "period"),
    columns=(
        _FROM,
        _TO,
        Column("product", "text", "code, six digits at most"),
        Column("hs_vintage", "text", "edition of the Harmonized System; unknown for chapters"),
        Column("period", "text", "period"),
        Column("sides", "text", "who reported it", allowed=("both", "exporter_only", "importer_only")),
        Column("export_usd", "number", "the exporter's figure", unit="USD", absent=("not_reported",)),
        Column("import_usd", "number", "the importer's figure", unit="USD", absent=("not_reported",)),
        Column("margin", "number", "importer's over exporter's figure, as estimated, less 1", unit="share"),
        Column("value_usd", "number", "reconciled, FOB: both figures by their reliability", unit="USD", low=0),
        Column("low_usd", "number", "lower end of its 95 % interval", unit="USD", low=0),
        Column("high_usd", "number", "upper end", unit="USD", low=0),
        Column(
            "gap_usd", "number", "importer's figure less the margin, less the exporter's", unit="USD", absent=_NOT_BOTH
        ),
        Column("z", "number", "the gap in logs, in units of what both reporters' errors make usual", absent=_NOT_BOTH),
        Column(
            "mirror_gap_usd",
            "number",
            "what of the gap lies beyond 1.96 such units; 0 inside",
            unit="USD",
            absent=_NOT_BOTH,
        ),
        _MIRROR_ID,
    ),
)

MIRROR_REPORTS = Contract(
    name="mirror_reports",
    meaning="The reports under a mirrored flow that was shown, row by row as the person's file has them, for explain.",
    grain=("mirror_id", *TRADE_FLOWS.grain),
    columns=(_MIRROR_ID, *TRADE_FLOWS.columns),
)

RELIABILITY = Contract(
    name="reporter_reliability",
    meaning="How far the figures of a reporter scatter around those of its partners, beyond the margin.",
    grain=("reporter",),
    columns=(
        Column("reporter", "text", "who counted"),
        Column("spread", "number", "standard deviation of its error, in logs, of a flow of middling size", low=0),
        Column("flows", "integer", "flows that both sides report", low=1),
        Column(
            "excess",
            "number",
            "median of its imports over its partners' exports, less 1",
            unit="share",
            absent=_NOT_BOTH,
        ),
        Column("at_floor", "boolean", "whether the spread is the least that is given, and no estimate: it may be less"),
    ),
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(FLOWS, "entrepot.trade", "flows.csv.gz"),
    RecordTable(SHARES, "entrepot.trade", "shares.csv"),
)

SHOWN = (
    Shown(
        MIRRORED,
        "mirror_id",
        "a mirrored flow (mirror-…)",
        finding="entrepot.trade.mirrors.mirror_reports:finding",
        table="mirrored",
        rests=MIRROR_REPORTS,
    ),
    Shown(
        GAP_REASON,
        "reason_id",
        "a reason for a gap (reason-…)",
        finding="entrepot.trade.mirrors.gap_reason_shown:finding",
        table="gap_reasons",
        rests=GAP_REPORTS,
    ),
)
