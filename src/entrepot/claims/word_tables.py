"""The room's data files under contracts: word lists of the reader, tables of the judge, each row with its source."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.sources.contract import NOTE, SOURCE_ID

_NONE = ("not_applicable",)
_LANGUAGE = Column("language", "text", "of the texts it is read in; * for all", allowed=("en", "zh", "ru", "*"))
_WORDS = Column("words", "texts", "as printed, in small letters but for names; * for any ending, a blank for any gap")
_PLACE = Column("place", "text", "on which side of the figure it stands", allowed=("before", "after", "both"))
_QUANTITY = Column("quantity", "text", "as in `claim_quantities`")
_RULE = Column("rule_id", "text", "the rule of the record", pattern="^R[0-9]+$")
_YES_OR_NO = ("yes", "no")


def _words(file: str, meaning: str, *columns: Column, key: tuple[str, ...] = ("language", "words")) -> PackagedTable:
    """A list of words of languages, which are ours."""
    contract = Contract(f"claim_{file}", f"{meaning}.", key, (_LANGUAGE, _WORDS, *columns, SOURCE))
    return PackagedTable(contract, "entrepot.claims", f"{file}.csv")


def _table(file: str, meaning: str, key: tuple[str, ...], *columns: Column) -> PackagedTable:
    return PackagedTable(Contract(f"claim_{file}", f"{meaning}.", key, columns), "entrepot.claims", f"{file}.csv")


_WORD_LISTS = (
    _words(
        "bounds",
        "Words that say what a figure leaves possible",
        Column("bound", "text", "what", allowed=("exact", "over", "at_least", "nearly", "up_to", "about")),
        _PLACE,
    ),
    _words(
        "changes",
        "Words of change, of its base and of its rank",
        Column(
            "kind",
            "text",
            "what it says",
            allowed=("change", "yoy", "record", "largest"),
        ),
        Column("value", "integer", "of a change: its sign", allowed=(), low=-1, high=1, absent=_NONE),
        Column(
            "amount",
            "text",
            "of a change: how the amount follows by which it changed: after by or of, bare too, or never",
            allowed=("by", "bare", "none"),
            absent=_NONE,
        ),
    ),
    _words(
        "events",
        "Words of dated events and of what a measure does",
        Column("quantity", "text", "event.<kind> or effect.<kind>", pattern=r"^(event|effect)\.[a-z_]+$"),
        Column(
            "needs",
            "text",
            "what must be named beside it",
            allowed=("place", "attack", "effect", "firm", "measure", "sanction"),
        ),
    ),
    _words(
        "names",
        "Names of places, measures, lists and parties, beside those of the record",
        Column("kind", "text", "what it names, as `claims/gazetteer.py` says"),
        Column("id", "text", "id of a place, measure or list; ISO alpha-2 code; or words"),
        key=("language", "words", "kind"),
    ),
    _words(
        "numbers",
        "Numbers in words",
        Column("kind", "text", "how it enters a number: word, scale, fraction, multiple, times and others"),
        Column("value", "number", "its value; a fraction and a multiple in percent", absent=_NONE),
    ),
    _words(
        "periods",
        "Words that dates are made of",
        Column(
            "kind",
            "text",
            "which; part: of a year; relative: told from today; fiscal: who has a fiscal year of its own",
            allowed=("month", "weekday", "ordinal", "count", "holiday", "part", "relative", "fiscal"),
        ),
        Column("value", "text", "its number, its months, the holiday, or the unit and how many of it ago"),
        key=("language", "words", "kind"),
    ),
    _words(
        "products",
        "Goods whose output or trade is claimed",
        Column("product", "text", "as in `shares` and `flows`"),
        Column("aspect", "text", "what of it is meant where nothing says so", absent=_NONE),
    ),
    _words(
        "numbering",
        "Words whose number only names or numbers: Article 7",
        _PLACE,
        Column(
            "form",
            "text",
            "what it numbers",
            allowed=("item", "section", "law", "standard", "tariff", "phone", "name"),
        ),
    ),
    _words(
        "signals",
        "Words that say status, rate or share",
        Column("kind", "text", "which", allowed=("status", "per", "share")),
        Column("value", "text", "of a status or a rate: what", absent=_NONE),
        key=("language", "words", "kind"),
    ),
    _words(
        "stops",
        "Words that mean nothing by themselves, by what they are passed over for",
        Column(
            "use",
            "text",
            "for what",
            allowed=("gap", "function", "after_fraction", "no_noun", "plain"),
        ),
        key=("language", "words", "use"),
    ),
    _words(
        "units",
        "Units, currencies and what is counted one by one",
        Column("unit", "text", "the base unit"),
        Column("factor", "number", "base units in one of it", low=0),
        _PLACE,
    ),
    _words(
        "words",
        "Words of quantities",
        Column("quantity", "text", "as in `claim_quantities`; mode, other: none"),
        Column("direction", "text", "that it says", allowed=("in", "out", "both", "export", "import"), absent=_NONE),
        Column("mode", "text", "that it says", allowed=("rail", "road"), absent=_NONE),
    ),
)

_JUDGED = (
    _table(
        "date_patterns",
        "How dates are written: a field in braces is a word of `periods` or a number, or a pattern of that name",
        ("language", "pattern"),
        _LANGUAGE,
        Column("means", "text", "as in `claims/dates/read_dates.py`; in braces: the name by which others call it"),
        Column("pattern", "text", "a regular expression with fields"),
        SOURCE,
    ),
    _table(
        "unit_families",
        "How mentions call a base unit, and its family",
        ("unit",),
        Column("unit", "text", "the base unit of `units`"),
        Column("name", "text", "the unit that mentions give"),
        Column("family", "text", "money, mass, share or another; count:<unit> of what is counted one by one"),
        Column("factor", "number", "units of `name` in one base unit", low=0),
        SOURCE,
    ),
    _table(
        "quantities",
        "The quantities that a claim can be of",
        ("quantity",),
        Column("quantity", "text", "a metric of `observations` or `shares`, `table.column`, or a word of claims"),
        Column("also", "texts", "quantities that the record uses for the same thing", absent=_NONE),
        Column("units", "texts", "units it is given in, the usual one first", absent=_NONE),
        Column("directed", "text", "whether it has a direction", allowed=_YES_OR_NO),
        Column("state", "text", "whether it holds on a day rather than over a period", allowed=_YES_OR_NO),
        Column("alone", "text", "whether its unit alone says it where no word says more", allowed=_YES_OR_NO),
        Column("meaning", "text", "what it is"),
        SOURCE,
    ),
    _table(
        "judged_words",
        "Words by which a sentence is judged",
        ("words", "means"),
        Column("words", "texts", "in small letters, of any language"),
        Column("means", "text", "what it says"),
        SOURCE,
    ),
    _table(
        "shown_words",
        "Words that a person uses for what the record calls by a name of its own",
        ("term",),
        Column("term", "text", "a quantity, a comparison or a table"),
        Column("words", "text", "as the page says it"),
        SOURCE,
    ),
    _table(
        "score_weights",
        "What is true of a figure and a row, and how much it tells that the row is meant",
        ("feature",),
        Column("feature", "text", "what is true, as `claims/evidence/nearest.py` says it"),
        Column("weight", "number", "what it adds to the log odds"),
        SOURCE,
    ),
    _table(
        "groups",
        "Places that the record counts together",
        ("group", "part"),
        Column("group", "text", "place_id of the whole"),
        Column("part", "text", "place_id of a part"),
        SOURCE,
    ),
    _table(
        "counts",
        "What the attacks of the record counted, read from the magnitude of the event",
        ("event_id", "quantity"),
        Column("event_id", "text", "the event of the record", pattern="^E[0-9]+$"),
        _QUANTITY,
        Column("value", "number", "how many", unit="unit", low=0),
        Column("unit", "text", "what is counted", allowed=("persons",)),
        Column("bound", "text", "what the words leave possible", allowed=("exact",)),
        Column("relation", "text", "near: the event was near the place and not at it", allowed=("at", "near")),
        Column("basis", "text", "in which words of the event it stands"),
        SOURCE_ID,
    ),
    _table(
        "rules",
        "Of which quantity the figure of a rule of the record is; the source is that of the rule",
        ("rule_id",),
        _RULE,
        _QUANTITY,
        Column("per", "text", "rate", allowed=("day", "month", "year"), absent=_NONE),
        Column("subject", "text", "the measure that it is of; empty: the rule's place", absent=_NONE),
        SOURCE_ID,
    ),
    _table(
        "seasons",
        "When a crossing is open in the year, by a rule of the record; the source is that of the rule",
        ("rule_id",),
        _RULE,
        Column("opens", "text", "first day, month and day", pattern=r"^\d\d-\d\d$"),
        Column("closes", "text", "last day, month and day", pattern=r"^\d\d-\d\d$"),
        NOTE,
        SOURCE_ID,
    ),
    _table(
        "spring_festival",
        "Days off at the Spring Festival in China: as decreed, after 2026 by the calendar of the moon",
        ("year",),
        Column("year", "integer", "the year", low=1950, high=2100),
        Column("first", "partial_date", "first day off"),
        Column("last", "partial_date", "last day off"),
        SOURCE,
    ),
)

TABLES = {table.file.removesuffix(".csv"): table for table in (*_WORD_LISTS, *_JUDGED)}
