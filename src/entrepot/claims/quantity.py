"""What a figure counts: the quantity whose word stands nearest, among those that its unit allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims.figures import overlaps
from entrepot.claims.units import MONEY, quantity_rows

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
_PER_DAY = frozenset({"passengers", "vehicles", "trains", "cargo"})
_PER_MONTH = {"shipments_reviewed": "shipments_per_month", "trains": "trains_per_month"}
_CUMULATIVE = frozenset({"cargo", "containers_teu", "passengers", "trade_value", "trains"})
_FREE = re.compile(
    r"\s*(?:$|[.,;:)，。；）!?]|(?:in|of|to|at|from|for|and|or|on|by|as"
    r"|during|between|through|under|after|this|last|a|per|each|up|down"
    r"|compared|against|while|others|people were|were|was|had|в|на|за|и|против"
    r"|по|из|до|с|были|было|при|единиц\w*|штук)\b|[在于较比同，])"
)
_AMONG = re.compile(
    r",? (?:including|among them|of whom)\b|[,，]?(?:其中|包括)|,? (?:в том числе|включая|из них)\b", re.IGNORECASE
)
_PAKISTANI = re.compile(r"pakistani|巴基斯坦|巴方|пакистан", re.IGNORECASE)
# What the tonnes are of, where it is not goods as such.
_OF_GOODS = re.compile(
    r"\s(?:worth )?of (?!(?:the |all |total |import\w* |export\w* |inbound |outbound |various )*(?:goods|cargo|freight|merchandise"
    r"|commodit\w+|products?|imports?|exports?|traffic|it|them)\b)([a-z][a-z\-]+(?: (?!(?:in|and|to|from|at|this|last|were|was|through|via|by|on)\b)[a-z\-]+){0,2})"
)
# Points by which one growth exceeds another say nothing of either.
_EXCEEDS = re.compile(r"(?:高于|高出|低于|快于|领先)[^，,。；]{0,24}$")
_EXCEEDS_AFTER = re.compile(
    r"\s(?:higher|lower|faster|more|above|below|выше|ниже|больше)\b(?! than (?:a|the|in the) (?:year|same))",
    re.IGNORECASE,
)
# "Up from 46 percent" gives what was before, not the change.
_FORMER = re.compile(r"(?:\bfrom|(?<![А-яё])с|从|由)\s?$", re.IGNORECASE)
_PLUS = re.compile(r"[(（]\s?\+\s?$")
_BY = re.compile(r"\s?(?:by|of|на)\s?", re.IGNORECASE)
_BOUND_WORDS = re.compile(r"\b(?:almost|nearly|about|some|over|more than|around|почти|около|более)\b", re.IGNORECASE)
_NO_CHANGE = frozenset({"more than", "less than", "higher than", "lower than", "more", "fewer", "growing", "rising"})
_SUBSET = re.compile(
    r"\s(?:in|from|come from) the [\w\- ]{3,30}(?:sector|industry|industries)\b|\s(?:of|out of) (?:these|them|those|which)\b"
    r"|\s(?:из них|из которых)\b",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\b(?:the|these|those|its|his) (?:remaining|other|named|newly added|same)?\s?$|[其余这]\s?$", re.IGNORECASE
)
_PEAK = re.compile(r"\bpeak|峰值|高峰|\bпик", re.IGNORECASE)
_RATIO = re.compile(r"比值|\bratio\b|соотношени", re.IGNORECASE)
_CHINESE = re.compile(r"chinese|中国|中方|китайск|китайц|гражда\w+ (?:китая|кнр)", re.IGNORECASE)
_ASPECTS = (
    ("capacity", re.compile(r"capacity|产能|мощност", re.IGNORECASE)),
    ("exports", re.compile(r"export|出口|экспорт", re.IGNORECASE)),
    ("planted_area", re.compile(r"planted|acreage|area under|种植面积|播种面积|посевн", re.IGNORECASE)),
)
_TRADE_GROWTH = re.compile(
    r"growth (?:rate )?(?:of|in) [^,.;]{0,40}\btrade|trade growth|外贸增速|进出口增速"
    r"|темп\w* роста [^,.;]{0,30}торговли",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s?[(（][^()（）]{1,30}[)）]\s?")
# Characters between a percentage and its word of change: after it, before it, and before it across two breaks.
_AFTER, _BEFORE, _NEAR = 30, 70, 40
_CLAUSES = 2  # breaks between a share and the word that says so
_LANDS = ("xinjiang", "china", "xinjiang-ports")
_SOLAR = frozenset({"Panels", "Cells", "Wafers"})
_WORLD = re.compile(r"\bworld|\bglobal|全球|世界|миров|в мире", re.IGNORECASE)
_OWN_SCOPE = re.compile(
    r"\s?(?:of|in) (?:all |total |the |all of )?(?:(world|global)|(?:china|chinese|national|country))|的?(?:占?(全球|世界)|占?全国|占?中国)"
    r"|\s(?:от )?(?:(миров)|(?:кита|общекитай))",
    re.IGNORECASE,
)
_XINJIANG_WHOLE = re.compile(
    r"of xinjiang's|xinjiang's (?:foreign trade|total|trade)|新疆外贸|新疆进出口|全区", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts.

    Attributes:
        quantity: as in quantities.csv; empty: none found.
        unit: the unit, where the figure printed none.
        product: of a share or a flow.
        hit: the word that says so.
        growth: whether the figure is the growth of the quantity.
        reason: why it cannot be read.
    """

    quantity: str = ""
    unit: str = ""
    product: str | None = None
    hit: Hit | None = None
    growth: bool = False
    reason: str = ""


def counted(sentence: Sentence, figure: Figure) -> Counted:
    """What the figure counts."""
    if figure.unit in _PERCENT or figure.form == "multiple":
        return _percentage(sentence, figure)
    if _difference(sentence, figure) or _subset(sentence, figure):
        return Counted(reason="no_quantity")
    return _count(sentence, figure)


def _difference(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is by how much something grew (by 3 billion, 增加5亿元), which is no level of it."""
    if _PLUS.search(sentence.text[: figure.start]):
        return True
    for at in dict.fromkeys((figure.start, figure.core_start)):
        head = sentence.text[:at]
        change = sentence.hits.before("changes.change", at, within=14)
        if change is None or change.row["word"] in _NO_CHANGE:
            continue
        between = _BOUND_WORDS.sub("", head[change.end :])
        if _BY.fullmatch(between) or (sentence.language == "zh" and not between.strip()):
            return not sentence.hits.before("changes.result", at, within=0)
    return False


def _subset(sentence: Sentence, figure: Figure) -> bool:
    """Whether entities are some of those just counted: 26 entities in the cotton sector, five of these."""
    if figure.unit not in ("entities", ""):
        return False
    head, tail = sentence.text[: figure.start], sentence.text[figure.end : figure.end + 60]
    return _SUBSET.match(tail) is not None or _OF_THOSE.search(head) is not None


def _words(sentence: Sentence) -> list[Hit]:
    return [h for h in sentence.hits.of("words") if h.row["quantity"] != "mode"]


def _others(sentence: Sentence, figure: Figure) -> list[Hit]:
    """The words that no other figure has taken: the freight of 512 freight trains is not counted after them."""
    own = (figure.start, figure.end)
    spans = [(f.start, f.end) for f in sentence.figures if (f.start, f.end) != own]
    return [h for h in _words(sentence) if not overlaps(spans, h.start, h.end)]


def fits(quantity: str, unit: str) -> bool:
    """Whether the quantity is measured in the unit; one sum of money is as good as another."""
    allowed = quantity_rows()[quantity]["units"].split("; ") if quantity in quantity_rows() else []
    return unit in allowed or (unit in MONEY and any(u in MONEY for u in allowed))


def _count(sentence: Sentence, figure: Figure) -> Counted:
    at = (figure.start, figure.end)
    words = [h for h in _others(sentence, figure) if not h.row["quantity"].startswith("share.")]
    if figure.unit == "persons" and _AMONG.match(sentence.text, figure.end):
        return Counted(reason="no_quantity")  # 13 people, nine Chinese among them: of the thirteen nothing is held
    if figure.unit:
        fit = [h for h in words if fits(h.row["quantity"], figure.unit)]
        best = _best(sentence, at, fit)
        if best is None:
            default = _DEFAULT.get(figure.unit, "")
            return _finished(sentence, figure, Counted(default, reason="" if default else "no_quantity"))
        return _finished(sentence, figure, Counted(best.row["quantity"], hit=best))
    return _bare(sentence, figure, words)


def _best(sentence: Sentence, at: tuple[int, int], fit: list[Hit]) -> Hit | None:
    def cost(hit: Hit) -> float:
        gap, breaks = sentence.apart(at, (hit.start, hit.end))
        generic = 60 if hit.row["quantity"] in _GENERIC or hit.row["word"] == "shipments" else 0
        behind = 10 if hit.start >= at[1] else 0
        if behind and sentence.counted(hit.end, hit.end + len(" of more than ")):
            behind = 90  # "a capacity of 2.4 million tonnes": the word goes with the figure after it
        return gap + 40 * breaks + generic + behind - (hit.end - hit.start)

    return min(fit, key=cost, default=None)


def _bare(sentence: Sentence, figure: Figure, words: list[Hit]) -> Counted:
    """A figure without a unit counts what the sentence is about, where no unknown noun follows it."""
    if not _FREE.match(sentence.text, figure.end):
        return Counted(reason="no_quantity")
    best = _best(sentence, (figure.start, figure.end), words)
    if best is None:
        return Counted(reason="no_quantity")
    unit = quantity_rows().get(best.row["quantity"], {"units": ""})["units"].split("; ")[0]
    if unit in MONEY or unit == "tonnes":
        return Counted(best.row["quantity"], hit=best, reason="ambiguous_unit" if figure.scaled else "no_quantity")
    if not unit or (figure.form == "words" and figure.value == 1):
        return Counted(reason="no_quantity")
    return _finished(sentence, figure, Counted(best.row["quantity"], unit, hit=best))


def _finished(sentence: Sentence, figure: Figure, found: Counted) -> Counted:
    """The quantity as the record names it where the figure is a rate or a sum since the start."""
    name = _of_product(sentence, figure, found.quantity)
    if name == "chinese_killed_in_attacks" and _PAKISTANI.search(sentence.text, figure.start, figure.end):
        return Counted("pakistanis_killed_in_attacks_on_chinese", found.unit, hit=found.hit)
    if name.startswith("chinese_") and not _CHINESE.search(sentence.text):
        return Counted(reason="no_quantity")
    rate = per(sentence, figure, name)
    if name in _PER_DAY and rate == "day":
        name = f"{name}_per_day"
        if name == "trains_per_day" and _PEAK.search(sentence.text):
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
    for hit in words:
        gap, breaks = sentence.apart((figure.start, figure.end), (hit.start, hit.end))
        after = hit.start >= figure.end
        bracket = after and _BRACKETED.fullmatch(sentence.text[figure.end : hit.start])
        own = after and not breaks and not sentence.counted(figure.end, hit.start)
        # A break with a figure before it ends what 日均 is said of: 日均27列,过货量达到700万吨.
        said = not after and gap <= 48 and breaks <= 1 and not (breaks and sentence.counted(hit.end, figure.start))  # noqa: PLR2004
        if bracket or (own and gap <= 40) or said:  # noqa: PLR2004 - a clause
            return hit.row["value"]
    return "year" if quantity == "capacity" else None


def _percentage(sentence: Sentence, figure: Figure) -> Counted:
    points = figure.unit == "percentage_points"
    if points and (_EXCEEDS.search(sentence.text[: figure.start]) or _EXCEEDS_AFTER.match(sentence.text, figure.end)):
        return Counted(reason="no_quantity")
    if figure.form == "times" and _RATIO.search(sentence.text):
        return Counted(reason="no_quantity")
    if _TRADE_GROWTH.search(sentence.text) and (points or result_of_change(sentence, figure)):
        return Counted("trade_growth", growth=points)
    if figure.form in ("multiple", "times") or figure.unit == "percentage_points":
        share = _share(sentence, figure) if figure.unit == "percentage_points" else None
        if share is not None and share.quantity:
            return Counted(share.quantity, product=share.product, hit=share.hit, growth=True)
        return _growth(sentence, figure)
    if is_growth(sentence, figure):
        return _growth(sentence, figure)
    share = _share(sentence, figure)
    if share is not None:
        return share
    return Counted(reason="no_quantity")


def is_growth(sentence: Sentence, figure: Figure) -> bool:
    """Whether a percentage is a change: a word of change beside it, and not the result of one."""
    if sign(sentence, figure):
        return True
    if _FORMER.search(sentence.text[: figure.start]):
        return False
    if result_of_change(sentence, figure):
        return False
    hit = change_word(sentence, figure)
    if hit is None:
        return False
    share = sentence.hits.before("signals.share", figure.start, within=24)
    if hit.start >= figure.end:
        return share is None and not _OF.match(sentence.text, figure.end)
    return share is None or hit.start > share.start


def sign(sentence: Sentence, figure: Figure) -> str:
    """The plus or minus before a percentage in brackets or after a space: (+7.3%), −6 %."""
    m = re.search(r"(?:^|[\s(（])([+\-−–])\s?$", sentence.text[max(0, figure.core_start - 4) : figure.core_start])
    return m[1] if m and figure.unit == "percent" and figure.form == "digits" else ""


def change_word(sentence: Sentence, figure: Figure) -> Hit | None:
    """The word of change that goes with a percentage, before it in its clause or right after it."""
    inside = [h for h in sentence.hits.of("changes.change") if h.end <= figure.core_start or h.start >= figure.core_end]
    near = []
    for hit in inside:
        if figure.start - hit.end > _BEFORE or hit.start - figure.end > _AFTER:
            continue
        gap, breaks = sentence.apart((figure.start, figure.end), (hit.start, hit.end))
        after = hit.start >= figure.end
        bound = hit.end <= figure.core_start and hit.start >= figure.start  # "more than" in more than 40 percent
        close = gap <= _AFTER and not breaks if after else gap <= _BEFORE and breaks <= 1 + (gap < _NEAR)
        if close and not bound:
            near.append((gap + 30 * breaks + (4 if after else 0), hit))
    return min(near, key=lambda p: p[0])[1] if near else None


def signed(sentence: Sentence, figure: Figure) -> float | None:
    """A change with its sign; a multiple of the base as growth: 2.3 times the base is +130 percent."""
    value = figure.value
    if value is None:
        return None
    hit = change_word(sentence, figure)
    falls = hit is not None and hit.row["value"] == "-1"
    printed = sign(sentence, figure)
    if printed:
        return value if printed == "+" else -value
    if figure.form == "times":
        if sentence.language == "zh" and hit is not None and not _of_base(sentence, figure):
            return 100 * value * (-1 if falls else 1)
        return 100 * (1 / value - 1 if falls and value else value - 1)
    if figure.form == "multiple":
        return -50.0 if falls and value == 100 else value  # noqa: PLR2004 - сократился вдвое
    return -abs(value) if falls else value


def _of_base(sentence: Sentence, figure: Figure) -> bool:
    """Whether 2.3倍 is said of the base (是去年同期的2.3倍, 增至2.3倍) and not of the growth (增长1.4倍)."""
    return re.search(r"(?:的|至|到|为|达)$", sentence.text[: figure.core_start]) is not None


def result_of_change(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is where a change led: "to 91.9 percent", 升至5.4%, до 12%."""
    head = sentence.text[: figure.start].rstrip().lower()
    if sentence.language == "zh":
        return bool(sentence.hits.before("changes.result", figure.start, within=0))
    if sentence.language == "ru":
        start = sentence.text[: figure.core_start].rstrip().lower()
        return head.endswith(" до") or (
            start.endswith(" до") and bool(sentence.hits.before("changes.change", figure.start, within=60))
        )
    return head.endswith((" to", " at", " reaching", " reached", " stood at"))


def _growth(sentence: Sentence, figure: Figure) -> Counted:
    at = (figure.start, figure.end)
    words = [h for h in _others(sentence, figure) if not h.row["quantity"].startswith(("share.", "routes.", "rules."))]
    best = min(words, key=lambda h: _growth_cost(sentence, at, h), default=None)
    if best is None:
        return Counted(growth=True, reason="no_quantity")
    name = best.row["quantity"]
    if name in _PER_DAY and per(sentence, figure, name) == "day":
        name = f"{name}_per_day"
    return Counted(name, hit=best, growth=True)


def _growth_cost(sentence: Sentence, at: tuple[int, int], hit: Hit) -> float:
    """Growth is of what stands before it, the nearest of the clause."""
    gap, breaks = sentence.apart(at, (hit.start, hit.end))
    return gap + 30 * breaks + (25 if hit.start >= at[1] else 0) - (hit.end - hit.start)


def _share(sentence: Sentence, figure: Figure) -> Counted | None:
    products = [h for h in sentence.hits.of("products") if h.row["aspect"]]
    at = (figure.start, figure.end)
    trade = [h for h in _words(sentence) if h.row["quantity"] == "trade_value"]
    product = sentence.nearest(at, products)
    if product is None or (trade and not products):
        return (
            Counted("trade_share", hit=sentence.nearest(at, trade)) if trade and _is_share(sentence, figure) else None
        )
    if product.row["aspect"] == "trains":
        scope = "xinjiang" if _XINJIANG_WHOLE.search(sentence.text) else "china"
        return Counted(f"share_of_{scope}_trains", product=product.row["product"], hit=product)
    if not _is_share(sentence, figure):
        return None
    return _share_of(sentence, figure, product)


def _share_of(sentence: Sentence, figure: Figure, product: Hit) -> Counted | None:
    tail, text = sentence.text[figure.end : figure.end + 60], sentence.text
    world, china = _WORLD.search(text), re.search(r"china|全国|中国|我国|кита|страны", text, re.IGNORECASE)
    if not world and not china:
        return None
    scope = "world" if world and (not china or _WORLD.search(tail) or _WORLD.search(text[: figure.start])) else "china"
    own = _OWN_SCOPE.match(sentence.text, figure.end)
    if own:  # 85 percent of China's and 20 percent of the world's
        scope = "world" if any(own.groups()) else "china"
    elif world and china:
        between = text[max(0, figure.start - 24) : figure.end + 40]
        scope = "world" if _WORLD.search(between) else "china"
    aspect = next((name for name, pattern in _ASPECTS if pattern.search(text)), product.row["aspect"])
    name = f"share_of_{scope}_{aspect}"
    if name not in quantity_rows():
        name = f"share_of_{scope}_output"
    return Counted(name, product=product.row["product"], hit=product)


_OF = re.compile(
    r"\s?(?:of|in) (?:the |all |china|world|global|its|total|xinjiang)"
    r"|的?(?:全国|全球|世界)|\s(?:of)\s|\s(?:миров|всего|всей|кита)",
    re.IGNORECASE,
)


def _is_share(sentence: Sentence, figure: Figure) -> bool:
    if _OF.match(sentence.text, figure.end):
        return True
    if figure.form == "fraction":
        return True
    return any(
        sentence.apart((figure.start, figure.end), (h.start, h.end))[1] <= _CLAUSES
        for h in sentence.hits.of("signals.share")
    )
