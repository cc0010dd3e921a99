"""What an event study says, term by term."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract

METHODS = ("ppml", "did", "synthetic", "dose", "observed")
_NONE = ("not_applicable",)

EVENT_STUDY = Contract(
    name="event_study",
    meaning="How a flow moved around a date beside the flows it is compared with: PPML with leads and lags, and two "
    "second opinions, difference in differences and synthetic control.",
    grain=("method", "term"),
    columns=(
        Column(
            "method", "text", "how it was estimated; observed: the flow itself, compared with no other", allowed=METHODS
        ),
        Column(
            "term",
            "text",
            "distance from the date in terms (-3, 0, +2); before: all leads; after: all lags; per unit: of a dose",
        ),
        Column("event_time", "integer", "the term as a number; 0 holds the date", absent=_NONE),
        Column("period_start", "text", "first period of the term"),
        Column("period_end", "text", "last period of the term"),
        Column(
            "effect_log", "number", "logarithm of the flow over its counterpart", absent=("not_applicable", "unknown")
        ),
        Column("change_pct", "number", "the same in percent", unit="percent", absent=_NONE, low=-100),
        Column("low_pct", "number", "lower end of the 95 % interval", unit="percent", absent=_NONE, low=-100),
        Column("high_pct", "number", "upper end", unit="percent", absent=_NONE, low=-100),
        Column("interval", "text", "where the interval comes from", absent=_NONE, allowed=("clustered", "placebo")),
        Column("std_error", "number", "of effect_log, clustered by pair of places", absent=_NONE, low=0),
        Column("statistic", "number", "F of the joint test of the leads", absent=_NONE, low=0),
        Column("p", "number", "by the clustered errors", absent=_NONE, low=0, high=1),
        Column(
            "p_placebo",
            "number",
            "share of pairs that were not touched and moved at least as much",
            absent=_NONE,
            low=0,
            high=1,
        ),
        Column("placebos", "integer", "how many such pairs", unit="pairs", low=0),
        Column("n", "integer", "rows that entered", unit="rows", low=0),
        Column(
            "unit",
            "text",
            "what flows are counted in: USD, kg, USD a kg; an effect is a ratio of two of it",
        ),
        Column("reading", "text", "what it means, in words", absent=_NONE),
        Column("basis", "text", "which flows, which effects, which engine"),
    ),
)
