"""Direction seen from China, and mode where the sentence says it in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.cues import cue

if TYPE_CHECKING:
    from entrepot.claims.counted import Counted
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

# Quantities that move, and so have a mode.
MOVED = frozenset(
    {"cargo", "cargo_cumulative", "trade_value", "coal", "fruit_vegetables", "containers_teu", "cargo_per_day"}
)
RATED = frozenset(
    {"capacity", "passengers_per_day", "vehicles_per_day", "trains_per_day", "cargo_per_day", "rules.truck_quota",
     "rules.duty_free_allowance", "rules.duty_free_weight", "shipments_per_month", "trains_per_month",
     "polysilicon_capacity"}
)  # fmt: skip
_FROM = re.compile(r"(?:\bfrom|из|自|从|由)\s?(?:the )?$", re.IGNORECASE)
_TO = re.compile(r"(?:\b(?:to|into)|в|对|向|至)\s?(?:the )?$", re.IGNORECASE)
_CHINA = ("CN", "xinjiang", "china")
_CARRIED = ("trains", "TEU", "containers", "wagons")
_CARRYING = ("shipped", "sold", "bought", "поставк", "поставил", "вывез")  # whatever way it goes
_ACTORS = ("country", "place")


def mode(sentence: Sentence, figure: Figure) -> str | None:
    """Rail or road, where one of them is named; of several the one that goes before the figure in its clauses."""
    said = [h for h in sentence.hits.of("words") if h.row["mode"]]
    if len({h.row["mode"] for h in said}) < 2:  # noqa: PLR2004 - one mode alone holds for the sentence
        return said[0].row["mode"] if said else None
    before = [h for h in said if h.end <= figure.start]
    if not before or any(_beside(a, before[-1]) for a in said):
        return None
    return str(before[-1].row["mode"])


def _beside(a: Hit, b: Hit) -> bool:
    """Whether two modes are named side by side: by rail and road."""
    low, high = sorted((a, b), key=lambda h: h.start)
    return low.row["mode"] != high.row["mode"] and high.start - low.end <= len(" as well as by ")


def of(sentence: Sentence, figure: Figure, counted: Counted, home: str = "china") -> str:
    """in, out or both, for a quantity that has a direction; `home` trades where the sentence names nobody."""
    hit = counted.hit
    if hit is not None and hit.row["direction"] in ("in", "out"):
        return str(hit.row["direction"])
    flow = _flow(sentence, figure, counted)
    if flow is None or (cue("two_way").search(sentence.text) and hit is not None and hit.row["direction"] == "both"):
        return "both"
    ends = _ends(sentence, flow)
    if ends is not None:
        return ends
    domestic = _domestic(sentence, flow, home)
    return "out" if domestic == (flow.row["direction"] == "export") else "in"


def _flow(sentence: Sentence, figure: Figure, counted: Counted) -> Hit | None:
    """The word of export or import that the figure goes with."""
    words = [h for h in sentence.hits.of("words") if h.row["direction"] in ("export", "import")]
    if counted.hit is not None and counted.hit.row["direction"] in ("export", "import"):
        return counted.hit
    if (
        counted.hit is not None
        and counted.hit.row["quantity"] == "trade_value"
        and not counted.hit.row["word"].startswith("goods worth")
    ):
        return None
    if figure.unit in _CARRIED:
        words = [h for h in words if not h.row["word"].startswith(_CARRYING)]
    near = sentence.nearest((figure.start, figure.end), words)
    if near is None:
        return None
    _, breaks = sentence.apart((figure.start, figure.end), (near.start, near.end))
    return near if breaks <= 1 else None


def _ends(sentence: Sentence, flow: Hit) -> str | None:
    """The direction by where the goods come from or go to, as said nearest to the word of export or import."""
    at = (flow.start, flow.end)
    if _own(sentence, flow):
        return None
    for hit in sorted(sentence.hits.of("names"), key=lambda h: sentence.apart(at, (h.start, h.end))[::-1]):
        if hit.row["kind"] not in ("country", "place", "region"):
            continue
        china = hit.row["id"] in _CHINA
        if sentence.counted(min(hit.end, flow.end), max(hit.start, flow.start)):
            continue  # the end of another figure's way: exports to China were 2.3 billion, and imports 9.9
        if hit.row["kind"] == "place" and not china:
            continue  # at a crossing, or through it
        head = sentence.text[max(0, hit.start - 12) : hit.start]
        if _FROM.search(head):
            return "out" if china else "in"
        if _TO.search(head):
            return "in" if china else "out"
    return None


def _own(sentence: Sentence, flow: Hit) -> bool:
    """Whether the name right before the word is who exports or imports, and no end of it: 新疆出口."""
    names = [h for h in sentence.hits.of("names") if 0 <= flow.start - h.end <= 1 and h.row["kind"] in _ACTORS]
    return any(not _TO.search(sentence.text[max(0, h.start - 12) : h.start]) for h in names)


def _domestic(sentence: Sentence, flow: Hit, home: str) -> bool:
    """Whether China is the one who exports or imports: the nearest name before the word, or after "экспорт"."""
    names = [h for h in sentence.hits.of("names") if h.row["kind"] in ("country", "place", "pair")]
    actors = [h for h in names if h.row["kind"] == "country" or h.row["id"] in _CHINA]
    if sentence.language == "ru":
        after = [h for h in actors if 0 <= h.start - flow.end <= 2]  # noqa: PLR2004 - экспорт Казахстана
        if after:
            return after[0].row["id"] in _CHINA
    before = [h for h in actors if h.end <= flow.start and not _end_of_way(sentence, h)]
    chosen = before[-1] if before else next((h for h in actors if not _end_of_way(sentence, h)), None)
    return home in _CHINA if chosen is None else chosen.row["id"] in _CHINA


def _end_of_way(sentence: Sentence, hit: Hit) -> bool:
    """Whether the name is where goods go to or come from, and not who trades."""
    head = sentence.text[max(0, hit.start - 12) : hit.start]
    return _FROM.search(head) is not None or _TO.search(head) is not None
