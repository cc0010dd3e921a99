"""What the brief promises: the answer test by test, and the tables of the rule that makes it."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.measures.act import KINDS, TESTS

DIRECTIONS = ("up", "down", "mixed", "level", "not_known")

ANSWERS = Contract(
    name="answers",
    meaning="The answer of a brief, a test a row: which way it points, how sure, why, and the freshest figures.",
    grain=("measure_id", "as_of", "test"),
    columns=(
        Column("measure_id", "text", "the measure"),
        Column("as_of", "partial_date", "the day of the brief"),
        Column("test", "text", "the test; verdict is the sentence over all", allowed=(*TESTS, "verdict")),
        Column("name", "text", "the test in words"),
        Column("direction", "text", "which way its figures point", allowed=DIRECTIONS, absent=("not_applicable",)),
        Column("sure", "text", "how sure that is", absent=("not_applicable",)),
        Column("why", "text", "what makes it less sure, or why nothing is known", absent=("not_applicable",)),
        Column("says", "text", "the figures in a sentence", absent=("not_applicable",)),
        Column("until", "partial_date", "last day of the freshest figure", absent=("not_applicable",)),
        Column("age_days", "integer", "days from there to the day of the brief", absent=("not_applicable",)),
        Column("findings", "texts", "ids of the findings in the sentence", absent=("not_applicable",)),
    ),
)

ANSWER_TESTS = Contract(
    name="answer_tests",
    meaning="The tests into which the question of a brief is split, the same for every measure.",
    grain=("id",),
    columns=(
        Column("id", "text", "the test", allowed=TESTS),
        Column("name", "text", "its name in the answer"),
        Column("asks", "text", "what it asks"),
        Column("up", "text", "what a rise says"),
        Column("down", "text", "what a fall says"),
        Column("rivals", "text", "whether other dated measures could explain it as well", allowed=("yes", "no")),
        Column("in_answer", "text", "whether the sentence over all names its figures", allowed=("yes", "no")),
        SOURCE,
    ),
)

ANSWER_RULE = Contract(
    name="answer_rule",
    meaning="How figures become a direction and a word for how sure it is, the same for every measure.",
    grain=("id",),
    columns=(
        Column("id", "text", "the line of the rule"),
        Column("kind", "text", "what it sets", allowed=("threshold", "doubt", "word", "unknown", "unused")),
        Column("value", "number", "its number: a threshold, or steps of doubt", absent=("not_applicable",)),
        Column("unit", "text", "of the number", absent=("not_applicable",)),
        Column("says", "text", "what the reader is told"),
        Column("reason", "text", "why it is so"),
        SOURCE,
    ),
)

ANSWER_VERDICTS = Contract(
    name="answer_verdicts",
    meaning="What the tests say together; the first line whose needs are met is the answer, the last needs nothing.",
    grain=("id",),
    columns=(
        Column("id", "text", "the line"),
        Column(
            "needs", "texts", "tests with the direction they must have, as test=direction", absent=("not_applicable",)
        ),
        Column("most_doubts", "number", "steps of doubt that each of these may have", absent=("not_applicable",)),
        Column("says", "text", "what is then said of what was asked"),
        Column("reason", "text", "why it is so"),
        SOURCE,
    ),
)

ANSWER_GAPS = Contract(
    name="answer_gaps",
    meaning="Which tests are asked of a measure of a kind, and what is said of one that nothing on record answers.",
    grain=("kind", "test"),
    columns=(
        Column("kind", "text", "kind of measure", allowed=KINDS),
        Column("test", "text", "the test; verdict is the sentence over all", allowed=(*TESTS, "verdict")),
        Column("says", "text", "what no figure says, or what the tests decide together"),
        Column("settles", "text", "the figure that would settle it; {codes} are the first HS prefixes of the measure"),
        Column("says_of_all", "text", "says, of a measure that names no place", absent=("not_applicable",)),
        Column("settles_of_all", "text", "settles, of a measure that names no place", absent=("not_applicable",)),
        SOURCE,
    ),
)

CARD_PHRASES_TABLE = Contract(
    name="card_phrases",
    meaning="How the card of a figure says a kind of quantity in a sentence.",
    grain=("begins",),
    columns=(
        Column("begins", "text", "how the quantity begins; of several the longest counts"),
        Column("says", "text", "the words: {where}, {figure}, {how} (mode, direction, sector), {quantity}"),
        SOURCE,
    ),
)
CARD_PHRASES = PackagedTable(CARD_PHRASES_TABLE, "entrepot.brief", "card_phrases.csv")

RULE_TABLES = tuple(
    PackagedTable(c, "entrepot.brief", f"{c.name}.csv")
    for c in (ANSWER_TESTS, ANSWER_RULE, ANSWER_VERDICTS, ANSWER_GAPS)
)
