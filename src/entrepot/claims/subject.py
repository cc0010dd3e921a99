"""What a claim is about: the place, measure or party that fits its quantity, in its clause, its sentence or before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.claims.gazetteer import PAIRS
from entrepot.claims.units import quantity_rows
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_LISTS = ("batches.", "listed_entities")
_STOPS = ("shipments_", "denied_value", "value_share")
_ATTACKS = ("chinese_", "attacks_on", "pakistanis_", "event.attack")
_TRADE = ("trade_", "border_trade", "share_of_xinjiang_trade", "share_of_china_trade", "customs_duty")
_MONEY_OF_STOPS = frozenset({"trade_value", "cargo"})
_SHARES = ("share_of_",)
_PARTNERS = {
    "KZ": "Kazakhstan",
    "KG": "Kyrgyzstan",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
    "PK": "Pakistan",
}
_OTHERS = {"MN": "Mongolia", "RU": "Russia", "US": "United States", "IR": "Iran"}
_AIRPORT = re.compile(r"(?:['’]s)?(?: [A-Z][a-z]+){0,3} (?:international )?airport|(?:国际)?机场", re.IGNORECASE)
_AIRPORT_BEFORE = re.compile(r"аэропорт\w*\s$|(?:[A-Z][a-z]+(?:['’]s)?\s){1,2}$", re.IGNORECASE)
_CENTRE = re.compile(r"\bcent(?:re|er)\b|中心|\bцентр", re.IGNORECASE)
_RAIL = re.compile(r"\brail|铁路|железн", re.IGNORECASE)
_REGION = re.compile(r"\bthe region\b|全区|\bрегион", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim is about; `kind` empty: nothing fits. `said` tells where it stood when not in the sentence."""

    kind: str = ""
    id: str | None = None
    where: str | None = None
    partner: str | None = None
    said: str = ""


@dataclass(slots=True)
class Context:
    """The names of the paragraph so far, the latest last; cleared by the reader at each paragraph."""

    places: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)

    def learn(self, sentence: Sentence) -> None:
        """Take in the names of a sentence that was read."""
        for hit in sentence.hits.of("names"):
            if hit.row["kind"] == "place":
                (self.regions if hit.row["id"] in ("xinjiang", "china") else self.places).append(hit.row["id"])
            elif hit.row["kind"] in ("measure", "list"):
                self.measures.append(hit.row["id"])


def find(  # noqa: PLR0911 - one answer for each family of quantities
    sentence: Sentence, quantity: str, at: tuple[int, int], context: Context
) -> Subject:
    """The subject of a claim of this quantity at this span."""
    names = sentence.hits.of("names")
    if quantity.startswith(_LISTS):
        return _list(names, context)
    if quantity.startswith(_STOPS):
        return Subject("place", "uflpa-enforcement") if _stops(names) or "uflpa" in context.measures else Subject()
    if quantity.startswith(_ATTACKS):
        return _attack(sentence, names, at)
    if quantity.startswith("flows."):
        return _flow(names)
    if quantity.startswith("measures."):
        return _measure(sentence, names, at)
    if quantity.startswith(_TRADE):
        found = _trade(sentence, names, at)
        return found if found.kind else _before(sentence, quantity, context)
    return _place(sentence, names, quantity, at, context)


def is_stops(sentence: Sentence) -> bool:
    """Whether the sentence is about stops of shipments under the UFLPA."""
    return _stops(sentence.hits.of("names")) and any(
        h.row["quantity"].startswith("shipments_") for h in sentence.hits.of("words")
    )


def _stops(names: list[Hit]) -> bool:
    return any(h.row["kind"] == "stops" or h.row["id"].startswith("uflpa") for h in names)


def _list(names: list[Hit], context: Context) -> Subject:
    listed = [h.row["id"] for h in names if h.row["kind"] in ("measure", "list")]
    if any(i.startswith("uflpa") for i in listed):
        return Subject("place", "uflpa-entity-list")
    if listed:
        return Subject("measure", listed[0])
    if any(i.startswith("uflpa") for i in context.measures):
        return Subject("place", "uflpa-entity-list", said="the list from the paragraph")
    return Subject()


def _attack(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> Subject:
    own = [h for h in names if h.row["kind"] == "place" and h.row["id"] == "gwadar"]
    if own:
        return Subject("place", "gwadar")
    finer = [h for h in names if h.row["kind"] == "within"]
    if finer:
        hit = sentence.nearest(at, finer)
        assert hit is not None
        return Subject("place", hit.row["id"], where=_printed(sentence.text, finer, hit))
    if any(h.row["id"] in ("PK", "cpec") for h in names):
        return Subject("place", "pakistan")
    return Subject()


def _printed(text: str, finer: list[Hit], hit: Hit) -> str:
    """The finer place as printed, with its airport: Karachi's Jinnah International Airport, 卡拉奇机场."""
    first = min(
        (h for h in finer if h.start <= hit.start and hit.start - h.end <= len("'s ")),
        key=lambda h: h.start,
        default=hit,
    )
    tail = _AIRPORT.match(text, first.end)
    end = tail.end() if tail else hit.end
    head = re.search(r"аэропорт\w*\s$", text[: first.start], re.IGNORECASE)
    return text[head.start() if head else first.start : max(end, first.end)]


def _flow(names: list[Hit]) -> Subject:
    others = [h.row["id"] for h in names if h.row["kind"] == "country" and h.row["id"] != "CN"]
    return Subject("place", "china", partner=_partner(others[0]) if others else None)


def _partner(code: str) -> str:
    return _PARTNERS.get(code) or _OTHERS.get(code) or countries.name(code)


def _measure(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> Subject:
    hit = sentence.nearest(at, [h for h in names if h.row["kind"] in ("measure", "list")])
    if hit is None:
        return Subject()
    return Subject("measure", "uflpa" if hit.row["kind"] == "list" else hit.row["id"])


def _trade(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> Subject:
    places = [h for h in names if h.row["kind"] == "place"]
    crossings = [h for h in places if h.row["id"] not in ("xinjiang", "china")]
    pair = sentence.nearest(at, [h for h in names if h.row["kind"] == "pair"])
    codes = list(dict.fromkeys(h.row["id"] for h in names if h.row["kind"] == "country"))
    others = [c for c in codes if c != "CN"]
    regions = list(dict.fromkeys(h.row["id"] for h in names if h.row["kind"] == "region"))
    if crossings:
        hit = sentence.nearest(at, crossings)
        assert hit is not None
        return Subject("place", hit.row["id"])
    if any(h.row["id"] == "xinjiang" for h in places):
        partner = regions[0] if regions else _partner(others[0]) if others else None
        return Subject("place", "xinjiang", partner=partner)
    if pair is not None:
        return Subject("place", pair.row["id"])
    return _national(codes, others, regions)


def _national(codes: list[str], others: list[str], regions: list[str]) -> Subject:
    if "CN" not in codes:
        return Subject()
    if others:
        known = next((PAIRS[c] for c in others if c in PAIRS), None)
        return Subject("place", known) if known else Subject("place", "china", partner=_partner(others[0]))
    if "Central Asia five" in regions:
        return Subject("place", "china-central-asia")
    return Subject("place", "china", partner=regions[0] if regions else None)


def _place(sentence: Sentence, names: list[Hit], quantity: str, at: tuple[int, int], context: Context) -> Subject:
    allowed = [h for h in names if h.row["kind"] in ("place", "trains")]
    if quantity.startswith("event.agreement"):
        allowed += [h for h in names if h.row["kind"] == "pair"]
    crossings = [h for h in allowed if h.row["id"] not in ("xinjiang", "china")]
    if quantity.startswith(_SHARES) or quantity in ("cotton_output", "tomato_output", "aluminium_output"):
        return _output(sentence, allowed, crossings, quantity, at)
    places = [h for h in crossings if h.row["kind"] == "place"] or crossings
    if quantity.startswith("rules.duty_free"):
        places = [h for h in places if h.row["id"].startswith("khorgos-coop")] or places
    hit = sentence.nearest(at, places, behind=0)
    if hit is not None:
        return Subject("place", hit.row["id"])
    corridor = _corridor(sentence, names)
    if corridor.kind:
        return corridor
    region = sentence.nearest(at, [h for h in allowed if h.row["id"] == "xinjiang"])
    found = _before(sentence, quantity, context)
    if found.kind and not (region is not None and not _anaphor(sentence)):
        return found
    return Subject("place", _region_of(quantity)) if region is not None else Subject()


def _region_of(quantity: str) -> str:
    """What crosses is counted at the region's ports; what it makes or trades is the region's own."""
    crossing = ("cargo", "vehicles", "passengers", "trains", "containers")
    return "xinjiang-ports" if quantity.startswith(crossing) else "xinjiang"


def _corridor(sentence: Sentence, names: list[Hit]) -> Subject:
    """Kazakhstan and China by rail is a corridor of its own."""
    codes = {h.row["id"] for h in names if h.row["kind"] in ("country", "pair")}
    if ({"KZ", "CN"} <= codes or "china-kazakhstan" in codes) and _RAIL.search(sentence.text):
        return Subject("place", "kazakhstan-china-rail")
    known = next((PAIRS[c] for c in sorted(codes) if c in PAIRS and "CN" in codes), None)
    pair = next((h.row["id"] for h in names if h.row["kind"] == "pair"), known)
    return Subject("place", pair) if pair else Subject()


def _output(
    sentence: Sentence, allowed: list[Hit], crossings: list[Hit], quantity: str, at: tuple[int, int]
) -> Subject:
    places = [h for h in crossings if h.row["kind"] == "place"]
    if quantity.endswith("_trains") and places:
        hit = sentence.nearest(at, places)
        assert hit is not None
        return Subject("place", hit.row["id"])
    if quantity.endswith("_output") and not quantity.startswith("share_"):
        return _producer(sentence, allowed, at)
    if any(h.row["id"] == "xinjiang" for h in allowed):
        return Subject("place", "xinjiang-ports" if quantity.endswith("_trains") else "xinjiang")
    if any(h.row["id"] == "xinjiang-ports" for h in allowed):
        return Subject("place", "xinjiang-ports")
    return Subject()


def _producer(sentence: Sentence, allowed: list[Hit], at: tuple[int, int]) -> Subject:
    """Whose output: the nearest name before, China or Xinjiang."""
    named = [*allowed, *(h for h in sentence.hits.of("names") if h.row["id"] == "CN")]
    before = [h for h in named if h.end <= at[0]] or named
    hit = max(before, key=lambda h: h.end, default=None)
    if hit is None:
        return Subject()
    return Subject("place", "china" if hit.row["id"] == "CN" else hit.row["id"])


def _anaphor(sentence: Sentence) -> bool:
    return (
        re.search(
            r"\bthe (?:port|pass|crossing|checkpoint|border post|transit point"
            r"|cent)|该口岸|口岸|(?:этот|этого) (?:переход|пункт)",
            sentence.text,
            re.IGNORECASE,
        )
        is not None
    )


def _before(sentence: Sentence, quantity: str, context: Context) -> Subject:
    """A name of the paragraph: the port, the centre, the region stand for the last one named."""
    if _CENTRE.search(sentence.text) and any(p.startswith("khorgos-coop") for p in context.places):
        return Subject("place", "khorgos-cooperation-centre", said="the centre named before in the paragraph")
    if quantity.startswith("trade_") and context.regions and not _anaphor(sentence):
        return Subject("place", context.regions[-1], said="the region named before in the paragraph")
    if context.places:
        return Subject("place", context.places[-1], said="the place named before in the paragraph")
    return Subject()


def directed(quantity: str) -> bool:
    """Whether the quantity has a direction."""
    row = quantity_rows().get(quantity)
    return row is not None and row["directed"] == "yes"
