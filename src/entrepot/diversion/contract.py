"""The table `signals`: one row a product and possible hub, with its interval, its evidence and its rivals."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.words.translate import marked

MODES = ("direct", "chain", "partner")
# A possible hub needs both its legs. Where one is not in the flows, what can be said is that more went along the other.
HUB, TOOK_MORE, SOLD_MORE = "possible hub", "took more than expected", "sold more than expected"
TOOK_LESS, NO_SIGNAL, NOTHING = "took less than expected", "no signal", "nothing to attribute"
UNJUDGED = "cannot be judged"
OTHERWISE = "rise of another kind"  # beyond chance, and a price, trade that grew with everybody, one period
# Why a row cannot be judged, by class; `why_not` says it with its figures.
BLIND, UNTESTED = marked("too little power"), marked("not tested")
SHORT, RECODED, ABSENT = marked("too few periods"), marked("code changed"), marked("leg not in the flows")
ALONE, WANDERS = marked("too little to compare with"), marked("wanders too far")
MOVED_TOO = marked("controls fell too")
# Of what other kind a rise is; `why_not` says it with its figures.
PRICE, EVERYWHERE = marked("the value rose and the weight did not"), marked("trade with other partners grew alike")
ONCE = marked("one period holds the rise")
REASONS = (BLIND, UNTESTED, SHORT, RECODED, ABSENT, ALONE, WANDERS, MOVED_TOO, PRICE, EVERYWHERE, ONCE)
WORDS = (HUB, TOOK_MORE, SOLD_MORE, OTHERWISE, TOOK_LESS, NO_SIGNAL, NOTHING, UNJUDGED)
RISES = (HUB, TOOK_MORE, SOLD_MORE)  # what a scan looks for
LEGS = ("all", "in_only", "out_only", "none")
ALL_HUBS = "+ALL"  # no place: the row of all hubs together

_NOT_JUDGED = ("unknown", "not_reported", "not_applicable")


def _amount(name: str, meaning: str, *, low: float | None = None) -> Column:
    return Column(name, "number", meaning, unit="unit", absent=_NOT_JUDGED, low=low)


def _probability(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, absent=_NOT_JUDGED, low=0, high=1)


def _period(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning, absent=_NOT_JUDGED, pattern=r"^\d{4}(-(Q[1-4]|\d{2}))?$")


SIGNALS = Contract(
    name="signals",
    meaning="How much of what a direct flow lost can have come round through each possible hub, as an interval, with "
    "the evidence of each leg. An interval is what the data allow, not what happened.",
    grain=("measure", "product", "hub", "mode"),
    columns=(
        Column("signal_id", "text", "id of the row: what it says and rests on", pattern="^signal-[0-9a-f]{12}$"),
        Column("measure", "text", "the measure; `none` where it is not on record"),
        Column(
            "mode",
            "text",
            "direct: one product; chain: a later stage leaves; partner: only the origin reports, or no end is given",
            allowed=MODES,
        ),
        Column("product", "text", "code of what enters the hub"),
        Column("product_out", "text", "code of what leaves the hub, where another", absent=("not_applicable",)),
        Column("hub", "text", "the possible hub, ISO alpha-3; `+ALL`: all hubs together"),
        Column("origin", "text", "whose goods the measure touches"),
        Column("destination", "text", "who applies it", absent=("not_applicable",)),
        Column("word", "text", "what can be said", allowed=WORDS),
        Column("unit", "text", "unit of all amounts: USD, MW, kg"),
        Column("since", "text", "first period after"),
        Column("until", "text", "last period looked at"),
        _amount("low", "lower end of what can have come round, identified by the data", low=0),
        _amount("high", "upper end; of a place that took more, of what it can have taken over", low=0),
        _amount("low_se", "standard error of the lower end", low=0),
        _amount("high_se", "standard error of the upper end", low=0),
        _amount("low_95", "lower end with its sampling error", low=0),
        _amount("high_95", "upper end with its sampling error", low=0),
        _amount(
            "loss", "expected less observed on the direct leg; below zero: it rose; empty where it is not in the flows"
        ),
        _amount("loss_se", "its standard error", low=0),
        _amount("direct_before", "what the direct leg carried in the same periods a year (or years) before", low=0),
        _amount("direct_since", "what it carried since the day, in periods that are known on both sides", low=0),
        _period("direct_from", "first period of direct_before"),
        _period("direct_to", "last period of direct_before"),
        _amount("excess_in", "observed less expected, origin to hub"),
        _amount("excess_in_se", "its standard error", low=0),
        _amount("excess_out", "observed less expected, hub to destination"),
        _amount("excess_out_se", "its standard error", low=0),
        _amount("supply", "all extra supply of the hub: imports from anywhere and output", low=0),
        _amount("supply_se", "its standard error", low=0),
        Column(
            "supply_basis",
            "text",
            "what the hub's own output rests on: reported, or an assumed share of past exports",
            allowed=("reported", "past exports"),
            absent=("unknown",),
        ),
        Column("lost_share", "number", "loss over what was expected of the direct leg", absent=_NOT_JUDGED, high=1),
        _probability("p_fall", "p of the fall of the direct leg"),
        _probability("p_in", "p of the rise from origin to hub"),
        _probability("p_out", "p of the rise from hub to destination"),
        _probability("p_match", "how often amounts that have nothing to do with one another are as near as these two"),
        _probability(
            "p",
            "p of the row: the larger of both rises, the weaker taken with the match; of the one leg that is named",
        ),
        _probability("q", "share of false discoveries among signals up to this one, over the whole scan"),
        _probability("p_less", "p of the fall from origin to hub, in the mode partner"),
        _probability("q_less", "share of false discoveries among falls up to this one"),
        _amount(
            "seen_from",
            "rise through the hub that the scan would have seen in four of five cases; empty where it is more than all "
            "trade of the product in the flows",
            low=0,
        ),
        Column(
            "compared",
            "integer",
            "other places, or control products, that the thinner leg is compared with",
            absent=_NOT_JUDGED,
            low=0,
        ),
        _period(
            "break_direct",
            "first period after the most likely break of the direct leg; of a rise that one period holds, that period",
        ),
        _period("break_in", "the same of the leg from origin to hub"),
        _period("break_out", "the same of the leg from hub to destination"),
        Column(
            "unit_value_change",
            "number",
            "change of value per unit from origin to hub less that of the origin's other exports, log points",
            absent=_NOT_JUDGED,
        ),
        _amount("mirror_gap", "change of what the hub counts in from the origin less what the origin counts out"),
        Column("legs", "text", "legs that the data hold", allowed=LEGS),
        Column("reported_by", "texts", "who counted each leg, and at what valuation", absent=("unknown",)),
        Column("rivals", "texts", "other dated measures that could explain it", absent=("not_applicable",)),
        Column("judged", "boolean", "whether the row could be judged; amounts may stand in one that could not"),
        Column(
            "reason",
            "text",
            "why it could not, by class; too little power: no rise that could have come would have been seen; or of "
            "what other kind a rise is",
            allowed=REASONS,
            absent=("not_applicable",),
        ),
        Column("why_not", "text", "why it could not, or what is missing", absent=("not_applicable",)),
        Column("basis", "text", "the method"),
        Column("source_ids", "texts", "sources of the flows", absent=("unknown",)),
    ),
)

EXPECTED_PATHS = Contract(
    name="expected_paths",
    meaning="What each partner took of a product, period by period, beside what was to be expected after a day. The "
    "band is that of the sum over all periods after, spread over them.",
    grain=("product", "hub", "period"),
    columns=(
        Column("product", "text", "code, as in signals"),
        Column("hub", "text", "the partner, ISO alpha-3"),
        Column("period", "text", "year, quarter or month", pattern=r"^\d{4}(-(Q[1-4]|\d{2}))?$"),
        Column("unit", "text", "unit of all amounts: USD, kg"),
        Column("observed", "number", "what the origin reported", unit="unit", low=0, absent=("not_reported",)),
        _amount("expected", "what was to be expected; empty before the day", low=0),
        _amount("low", "lower end of what was to be expected", low=0),
        _amount("high", "upper end", low=0),
    ),
)

KEPT_SCANS = Contract(
    name="scans",
    meaning="What a scan that is kept was asked, and of which flows: by it a brief knows whether signals are of its "
    "measure, and which of them a newer scan of the same question has replaced.",
    grain=("scan_id",),
    columns=(
        Column("scan_id", "text", "id of the scan: what it was asked and found", pattern="^scan-[0-9a-f]{12}$"),
        Column("measure", "text", "the measure; `none` where it is not on record"),
        Column(
            "measure_text",
            "text",
            "digest of the goods, places and days of a measure of one's own",
            absent=("not_applicable",),
        ),
        Column("files", "texts", "sources of the flows, by name", absent=("unknown",)),
        Column("origin", "text", "whose goods, as in signals"),
        Column("destination", "text", "who applies it", absent=("not_applicable",)),
        Column("since", "text", "the day that was asked for", pattern=r"^\d{4}-\d{2}-\d{2}$"),
        Column("until", "text", "the last day that was asked for", absent=("not_applicable",)),
        Column("counted", "text", "what flows were counted in"),
        Column("chain", "text", "the processing chain", absent=("not_applicable",)),
        Column("products", "texts", "the codes that were asked for", absent=("not_applicable",)),
        Column("hubs", "texts", "the places that were asked for", absent=("not_applicable",)),
        Column("controls", "texts", "codes and places that were compared with", absent=("not_applicable",)),
        Column(
            "partial",
            "texts",
            "groups read as one place of which the flows lack members: `EU/27 DEU FRA`, its size and those there",
            absent=("not_applicable",),
        ),
        Column("kept_at", "text", "when it was kept, in UTC"),
        Column("signals", "texts", "ids of the signals that were kept"),
    ),
)

SHOWN = (Shown(SIGNALS, "signal_id", "a signal", "entrepot.diversion.signals.signal_explained:explain"),)
