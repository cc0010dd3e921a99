"""What a figure counts: the quantity whose word stands nearest, among those that its unit allows."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims import doubtful, growth
from entrepot.claims.counted import Counted, others
from entrepot.claims.cues import cue
from entrepot.claims.lexicon import lower
from entrepot.claims.share import share
from entrepot.claims.units import MONEY, quantity_rows
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

# What a unit counts where no word says more.
_DEFAULT = {
    "vehicles": "vehicles",
    "trains": "trains",
    "TEU": "containers_teu",
    "tonnes": "cargo",
    "attacks": "attacks_on_chinese",
}
# A word of these says less than any other word of the sentence: goods, trucks, trade.
_GENERIC = frozenset({"cargo", "vehicles", "trains", "passengers", "containers_teu", "trade_value", "listed_entities"})
_PERCENT = ("percent", "percentage_points")
# What the record has by the day under a name of its own: vehicles_per_day.
_PER_DAY = frozenset({"passengers", "vehicles", "trains", "cargo"})
_PER_MONTH = {"shipments_reviewed": "shipments_per_month", "trains": "trains_per_month"}
# What the record has as counted up from a beginning, likewise: trains_cumulative.
_CUMULATIVE = frozenset({"cargo", "containers_teu", "passengers", "trade_value", "trains"})
_END = re.compile(r"\s*(?:$|[.,;:)(，。；）!?、])|\s+[-–]\s|\s?—|[在于较比同]")
_NEXT = re.compile(r"\s+([^\W\d_]+)")
_PASSIVE = re.compile(r"\s?(?:shipments? )?(?:have|has|had|was|were|are|is)(?: been)?(?: still)? ", re.IGNORECASE)

# What the tonnes are of, where it is not goods as such.
_OF_GOODS = re.compile(
    r"\s(?:worth )?of (?!(?:the |all |total |import\w* |export\w* |inbound |outbound |various )*"
    r"(?:goods|cargo|freight|merchandise|commodit\w+|products?|imports?|exports?|traffic|it|them)\b)"
    r"([a-z][a-z\-]+(?: (?!(?:in|and|to|from|at|this|last|were|was|through|via|by|on)\b)[a-z\-]+){0,2})"
)


_TRADE_GROWTH = re.compile(
    r"growth (?:rate )?(?:of|in) [^,.;]{0,40}\btrade|trade growth|外贸增速|进出口增速"
    r"|темп\w* роста [^,.;]{0,30}торговли",
    re.IGNORECASE,
)
# Characters, a clause counted as 40: five lines on, a word is of something else. It is also what a word of persons in a
# clause beyond another figure costs, and so never taken. At 800 the dead of others are read, at 200 "12 more" is not.
_TOO_FAR = 400
_RELATIVE = re.compile(r"\b(?:which|that|leaving|left|have|has)\b")
_CLAUSE = re.compile(r"[,，;；:：。]")
_MEASURED = frozenset({"hours", "days", "km", "minutes"})  # never of a figure that has no unit
_COMMA = re.compile(r"[,，;；]")
_AND = re.compile(r"\s?(?:,|，|、|and\b|и\b|和|及)")
_BRACKETED = re.compile(r"\s?[(（][^()（）]{1,30}[)）]\s?")


_ADJACENT = 28  # characters between "daily number of" and what is counted
_CLAUSE_REACH = 48  # characters between 日均 and its figure
_NOUN = 24  # characters after a figure in which its noun stands
_LANDS = ("xinjiang", "china", "xinjiang-ports")
# The goods of which the table `flows` has China's exports.
_SOLAR = frozenset({"Panels", "Cells", "Wafers"})


def counted(sentence: Sentence, figure: Figure) -> Counted:
    """What the figure counts."""
    if figure.unit in _PERCENT or figure.form == "multiple":
        return _percentage(sentence, figure)
    if (
        doubtful.other_thing(sentence, figure)
        or doubtful.former(sentence, figure)
        or doubtful.difference(sentence, figure)
        or doubtful.subset(sentence, figure)
    ):
        return Counted(reason="no_quantity")
    return _count(sentence, figure)


def fits(quantity: str, unit: str) -> bool:
    """Whether the quantity is measured in the unit; one sum of money is as good as another."""
    if quantity == "other":
        return True  # what the record has no quantity for may be what is counted
    allowed = quantity_rows()[quantity]["units"] if quantity in quantity_rows() else []
    return unit in allowed or (unit in MONEY and any(u in MONEY for u in allowed))


def _count(sentence: Sentence, figure: Figure) -> Counted:
    at = (figure.start, figure.end)
    words = [h for h in others(sentence, figure) if not h.row["quantity"].startswith("share.")]
    if doubtful.among(sentence, figure):
        return Counted(reason="no_quantity")  # 13 people, nine Chinese among them: of the thirteen nothing is held
    if figure.unit:
        fit = [h for h in words if fits(h.row["quantity"], figure.unit)]
        best = _best(sentence, at, fit)
        if best is None:
            default = _DEFAULT.get(figure.unit, "")
            return _finished(sentence, figure, Counted(default, reason="" if default else "no_quantity"))
        if best.row["quantity"] == "other":
            return Counted(reason="no_quantity")
        return _finished(sentence, figure, Counted(best.row["quantity"], hit=best))
    return _bare(sentence, figure, words)


def _best(sentence: Sentence, at: tuple[int, int], fit: list[Hit]) -> Hit | None:
    def cost(hit: Hit) -> float:
        gap, breaks = sentence.apart(at, (hit.start, hit.end))
        generic = 60 if hit.row["quantity"] in _GENERIC or hit.row["word"] == "shipments" else 0
        behind = 10 if hit.start >= at[1] else 0
        figure_next = behind and sentence.counted(hit.end, hit.end + len(" of more than "))
        if figure_next and not _AND.match(sentence.text, hit.end):
            behind = 90  # "a capacity of 2.4 million tonnes": the word goes with the figure after it
        if behind and hit.row["quantity"].startswith("chinese_") and _beyond(sentence, hit, at):
            behind = 400  # 47 became the target of attacks which left 30 dead
        if hit.end <= at[0] and _taken(sentence, hit, at):
            behind = 40  # two were killed and eight injured: of the eight nobody was killed
        return gap + 40 * breaks + generic + behind - (hit.end - hit.start)

    best = min(fit, key=cost, default=None)
    return None if best is None or cost(best) >= _TOO_FAR else best


def _beyond(sentence: Sentence, hit: Hit, at: tuple[int, int]) -> bool:
    """Whether a word of persons stands in a clause of its own after another figure."""
    return bool(sentence.counted(at[1], hit.start) and _RELATIVE.search(sentence.text, at[1], hit.start))


def _says_of(sentence: Sentence, figure: Figure, hit: Hit) -> bool:
    """Whether a word of stopped shipments is said of the figure before it: 5,482 released, 196 (17 %) were denied."""
    if not hit.row["quantity"].startswith("shipments_") or hit.start < figure.end:
        return False
    between = _BRACKETED.sub(" ", sentence.text[figure.end : hit.start])
    beside = not between.strip() and _free(sentence, replace(figure, end=hit.end))
    return beside or _PASSIVE.fullmatch(between) is not None


def _free(sentence: Sentence, figure: Figure) -> bool:
    """Whether no noun of its own follows a figure, but the end of a clause or a word that is no noun."""
    if _END.match(sentence.text, figure.end):
        return True
    word = _NEXT.match(sentence.text, figure.end)
    return word is not None and lower(word[1]) in _no_nouns(sentence.language)


@cache
def _no_nouns(language: str) -> frozenset[str]:
    """Words that may follow a figure which counts what the sentence is about."""
    return frozenset(row["word"] for row in rows("stops") if row["use"] == "free" and row["language"] == language)


def _taken(sentence: Sentence, hit: Hit, at: tuple[int, int]) -> bool:
    """Whether a word of persons before a figure belongs to the figure before it: "and" stands between."""
    if not hit.row["quantity"].startswith("chinese_") or not _AND.search(sentence.text, hit.end, at[0]):
        return False
    return any(f.end <= hit.start for f in sentence.figures) and _AND.match(sentence.text, hit.end) is not None


def _bare(sentence: Sentence, figure: Figure, words: list[Hit]) -> Counted:
    """A figure without a unit counts what the sentence is about, where no unknown noun follows it."""
    beside = next((h for h in words if _says_of(sentence, figure, h)), None)
    if beside is not None:  # 5,482 released and 1,741 pending
        return Counted(beside.row["quantity"], "shipments", hit=beside)
    if not _free(sentence, figure):
        return Counted(reason="no_quantity")
    best = _best(sentence, (figure.start, figure.end), [h for h in words if _unit(h) not in _MEASURED])
    if best is None:
        return Counted(reason="no_quantity")
    unit = _unit(best)
    if unit in MONEY or unit == "tonnes":
        return Counted(best.row["quantity"], hit=best, reason="ambiguous_unit" if figure.scaled else "no_quantity")
    if not unit or (figure.form == "words" and figure.value == 1):
        return Counted(reason="no_quantity")
    return _finished(sentence, figure, Counted(best.row["quantity"], unit, hit=best))


def _unit(hit: Hit) -> str:
    """The unit in which what a word names is given, the first of those it can have."""
    return next(iter(quantity_rows().get(hit.row["quantity"], {"units": []})["units"]), "")


def _finished(sentence: Sentence, figure: Figure, found: Counted) -> Counted:
    """The quantity as the record names it where the figure is a rate or a sum since the start."""
    name = _of_product(sentence, figure, found.quantity)
    if name == "chinese_killed_in_attacks" and cue("pakistani").search(sentence.text, figure.start, figure.end):
        return Counted("pakistanis_killed_in_attacks_on_chinese", found.unit, hit=found.hit)
    if name == "listed_entities" and cue("more_of_them").search(sentence.text, figure.core_start, figure.end):
        name = "batches.added"  # 29 more firms on the list
    if name.startswith("chinese_") and not _of_chinese(sentence, figure):
        return Counted(reason="no_quantity")
    if name == "vehicles" and _exported(sentence, figure):
        name = "vehicles_exported"
    rate = per(sentence, figure, name)
    if name in _PER_DAY and rate == "day":
        name = f"{name}_per_day"
        if name == "trains_per_day" and _peak(sentence, figure):
            name = "trains_per_day_max"
    elif name in _PER_MONTH and rate == "month":
        name = _PER_MONTH[name]
    elif (
        name in _CUMULATIVE
        and sentence.hits.of("signals.cumulative")
        and not any(d.kind in ("range", "month", "year") for d in sentence.dates)
    ):
        name = f"{name}_cumulative"
    goods = _OF_GOODS.match(sentence.text, figure.end) if name == "cargo" and figure.unit == "tonnes" else None
    product = goods[1] if goods else None
    if name.startswith("flows."):
        product = next((h.row["product"] for h in sentence.hits.of("products") if h.row["product"][0].isupper()), None)
    return Counted(name, found.unit, product, found.hit, found.growth, found.reason)


def _of_chinese(sentence: Sentence, figure: Figure) -> bool:
    """Whether the persons counted are Chinese: not "eight others", not all who died where Chinese were among them."""
    if not cue("chinese").search(sentence.text):
        return False
    noun = sentence.text[figure.start : figure.end + _NOUN]
    return cue("chinese").search(noun) is not None or cue("other_persons").search(noun) is None


def _peak(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is a day's peak: the word stands before it with no figure between, or after it."""
    said = list(cue("peak").finditer(sentence.text))
    before = [m for m in said if m.end() <= figure.start and not sentence.counted(m.end(), figure.start)]
    return bool(before) or any(
        m.start() >= figure.end and not _COMMA.search(sentence.text[figure.end : m.start()]) for m in said
    )


def _exported(sentence: Sentence, figure: Figure) -> bool:
    """Whether vehicles are the goods: 512 vehicles were exported."""
    verbs = [
        h for h in sentence.hits.of("words") if h.row["word"].startswith(("export", "экспортиров", "вывез", "出口"))
    ]
    return any(sentence.apart((figure.start, figure.end), (h.start, h.end))[1] == 0 for h in verbs)


def _of_product(sentence: Sentence, figure: Figure, name: str) -> str:
    """Cotton that crosses nothing is a harvest; solar goods for money are a flow of customs."""
    products = {h.row["product"] for h in sentence.hits.of("products")}
    crossing = any(h.row["kind"] == "place" and h.row["id"] not in _LANDS for h in sentence.hits.of("names"))
    if name == "cargo" and "cotton" in products and not crossing:
        return "cotton_output"
    if name == "trade_value" and products & _SOLAR and figure.unit in MONEY and not crossing:
        return "flows.value_usd"
    return name


def per(sentence: Sentence, figure: Figure, quantity: str) -> str | None:
    """day, month or year, where the figure is a rate."""
    words = sentence.hits.of("signals.per")
    if any(_names_the_counted(sentence, h, figure) for h in words):
        return "day"
    for hit in words:
        gap, breaks = sentence.apart((figure.start, figure.end), (hit.start, hit.end))
        after = hit.start >= figure.end
        bracket = after and _BRACKETED.fullmatch(sentence.text[figure.end : hit.start])
        own = after and not breaks and not sentence.counted(figure.end, hit.start)
        # A break with a figure before it ends what 日均 is said of: 日均27列,过货量达到700万吨.
        between = _BRACKETED.sub("", sentence.text[hit.end : figure.start])
        said = (
            not after
            and gap <= _CLAUSE_REACH
            and (breaks <= 1 or not _CLAUSE.search(between))
            and not (breaks and sentence.counted(hit.end, figure.start))
        )
        if bracket or (own and gap <= 40) or said:  # noqa: PLR2004 - a clause
            return str(hit.row["value"])
    return "year" if quantity == "capacity" else None


def _names_the_counted(sentence: Sentence, hit: Hit, figure: Figure) -> bool:
    """Whether a word of a day's rate stands right before what the figure counts, however far the figure is."""
    if hit.row["value"] != "day" or hit.end > figure.start or sentence.counted(hit.end, figure.start):
        return False
    counted_words = [h for h in sentence.hits.of("words") if h.row["quantity"] in _PER_DAY]
    return any(0 <= h.start - hit.end <= _ADJACENT for h in counted_words)


def _percentage(sentence: Sentence, figure: Figure) -> Counted:
    points = figure.unit == "percentage_points"
    if doubtful.compared(sentence, figure) or doubtful.other_thing(sentence, figure):
        return Counted(reason="no_quantity")
    if _TRADE_GROWTH.search(sentence.text) and (points or growth.result_of_change(sentence, figure)):
        return Counted("trade_growth", growth=points)
    if figure.form in ("multiple", "times") or figure.unit == "percentage_points":
        part = share(sentence, figure) if points else None
        if part is not None and part.quantity:
            return Counted(part.quantity, product=part.product, hit=part.hit, growth=True)
        return _growth(sentence, figure)
    if growth.is_growth(sentence, figure):
        return _growth(sentence, figure)
    return share(sentence, figure) or Counted(reason="no_quantity")


def _growth(sentence: Sentence, figure: Figure) -> Counted:
    at = (figure.start, figure.end)
    words = [h for h in others(sentence, figure) if not h.row["quantity"].startswith(("share.", "routes.", "rules."))]
    best = min(words, key=lambda h: _growth_cost(sentence, at, h), default=None)
    if best is None or best.row["quantity"] == "other":
        return Counted(growth=best is None, reason="no_quantity")
    name = best.row["quantity"]
    if name in _PER_DAY and per(sentence, figure, name) == "day":
        name = f"{name}_per_day"
    return Counted(name, hit=best, growth=True)


def _growth_cost(sentence: Sentence, at: tuple[int, int], hit: Hit) -> float:
    """Growth is of what stands before it, the nearest of the clause."""
    gap, breaks = sentence.apart(at, (hit.start, hit.end))
    return gap + 30 * breaks + (25 if hit.start >= at[1] else 0) - (hit.end - hit.start)
