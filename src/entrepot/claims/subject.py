"""What a claim is about: the place, measure or party that fits its quantity, in its clause, its sentence or before."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.claims import context, pairs, parts
from entrepot.claims.context import Subject
from entrepot.claims.cues import cue
from entrepot.claims.gazetteer import PAIRS
from entrepot.claims.units import quantity_rows
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_ZONES = ("xinjiang-free-trade-zone", "xinjiang-bonded-zones")
# The railway counts these two together, and so does the record, as a place of its own.
_TWO_PORTS = frozenset({"khorgos", "alashankou"})
# Places that are several ports: after the names of the ports they only say what those are.
_SEVERAL = frozenset({"khorgos-and-alashankou", "xinjiang-ports"})
_JOINED = re.compile(r"\s?(?:ports? |口岸|、|,|，|and|和|与|и|&)(?:\s?(?:and|the|и))*\s?", re.IGNORECASE)
_LISTED = 3  # countries named one after another
_LISTS = ("batches.", "listed_entities")
_STOPS = ("shipments_", "denied_value", "value_share")
_ATTACKS = ("chinese_", "attacks_on", "pakistanis_", "event.attack")
_TRADE = ("trade_", "border_trade", "share_of_xinjiang_trade", "share_of_china_trade", "customs_duty")
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


def find(  # noqa: PLR0911 - one answer for each family of quantities
    sentence: Sentence, quantity: str, at: tuple[int, int], known: Context
) -> Subject:
    """The subject of a claim of this quantity at this span."""
    names = sentence.hits.of("names")
    if quantity.startswith(_LISTS):
        return _list(names, known)
    if quantity.startswith(_STOPS):
        return _stopped(names, known)
    if quantity.startswith(_ATTACKS):
        return _attack(sentence, names, at, known)
    if not quantity.startswith(("measures.", "event.", "rules.")):
        part = parts.part(sentence, quantity, at, known)
        if part:
            return Subject("outside", part)
    if quantity.startswith("flows."):
        return _flow(names)
    if quantity.startswith("measures."):
        return _measure(sentence, names, at)
    if quantity.startswith(_TRADE):
        found = _trade(sentence, names, at, known)
        if not found.kind:
            found = _of_pair(sentence, names, at, known)
        return found if found.kind else _with_partner(sentence, names, at, context.before(sentence, quantity, known))
    return _place(sentence, names, quantity, at, known)


def _stopped(names: list[Hit], known: Context) -> Subject:
    said = known.measures + (known.earlier.measures if known.earlier else [])
    return Subject("place", "uflpa-enforcement") if _stops(names) or "uflpa" in said else Subject()


def is_stops(sentence: Sentence) -> bool:
    """Whether the sentence is about stops of shipments under the UFLPA."""
    return _stops(sentence.hits.of("names")) and any(
        h.row["quantity"].startswith("shipments_") for h in sentence.hits.of("words")
    )


def _stops(names: list[Hit]) -> bool:
    return any(h.row["kind"] == "stops" or h.row["id"].startswith("uflpa") for h in names)


def _list(names: list[Hit], known: Context) -> Subject:
    listed = [h.row["id"] for h in names if h.row["kind"] in ("measure", "list")]
    if any(i.startswith("uflpa") for i in listed):
        return Subject("place", "uflpa-entity-list")
    if listed:
        return Subject("measure", listed[0])
    if any(i.startswith("uflpa") for i in known.measures):
        return Subject("place", "uflpa-entity-list", said="the list from the paragraph")
    before = set(known.earlier.measures) if known.earlier else set()
    if before and all(i.startswith("uflpa") for i in before):
        return Subject("place", "uflpa-entity-list", said="the only list named before")
    return Subject()


def _attack(sentence: Sentence, names: list[Hit], at: tuple[int, int], known: Context) -> Subject:
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
    named = known.countries + known.places + (known.earlier.countries if known.earlier else [])
    if "PK" in named or "cpec" in named:
        return Subject("place", "pakistan", said="the country named before")
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
    return Subject("place", "china", partner=partner_of(others[0]) if others else None)


def partner_of(code: str) -> str:
    """The other side as `partner` of the record names it."""
    return _PARTNERS.get(code) or _OTHERS.get(code) or countries.name(code)


def _measure(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> Subject:
    hit = sentence.nearest(at, [h for h in names if h.row["kind"] in ("measure", "list")])
    if hit is None:
        return Subject()
    return Subject("measure", "uflpa" if hit.row["kind"] == "list" else hit.row["id"])


def _trade(sentence: Sentence, names: list[Hit], at: tuple[int, int], known: Context) -> Subject:
    places = [h for h in names if h.row["kind"] == "place"]
    crossings = [h for h in places if h.row["id"] not in ("xinjiang", "china")]
    pair = sentence.nearest(at, [h for h in names if h.row["kind"] == "pair"])
    codes = list(dict.fromkeys(h.row["id"] for h in names if h.row["kind"] == "country"))
    others = [c for c in codes if c != "CN"]
    regions = list(dict.fromkeys(h.row["id"] for h in names if h.row["kind"] == "region"))
    zones = [h for h in crossings if h.row["id"] in _ZONES and h.end <= at[0]]
    if zones:
        return Subject("place", zones[-1].row["id"])
    if crossings:
        return _crossing(sentence, crossings, at)
    if any(h.row["id"] == "xinjiang" for h in places):
        return _of_xinjiang(sentence, names, at, known)
    together = pairs.nearest(sentence, at) or (pair.row["id"] if pair is not None else "")
    if together:
        return Subject("place", together)
    found = _national(codes, others, regions)
    if codes == ["CN"] and not regions and known.home in PAIRS and not places:
        found = Subject("place", PAIRS[known.home], said="the trade of the country named before")
    if not found.kind and cue("the_region").search(sentence.text) and any(h.row["kind"] == "agency" for h in names):
        return Subject("place", "xinjiang", said="the region of the customs named")
    return found


def _of_pair(sentence: Sentence, names: list[Hit], at: tuple[int, int], known: Context) -> Subject:
    """The country of a sentence in a report on China's trade with such countries: Kazakhstan leads with 30 billion."""
    sides = {*PAIRS.values(), "china-central-asia", "china"}
    if known.subjects == {"china"}:
        return Subject()
    if not (known.subjects and known.subjects <= sides) or cue("whole_trade").search(sentence.text):
        return Subject()
    country = sentence.nearest(at, [h for h in names if h.row["kind"] == "country" and h.row["id"] in PAIRS], behind=60)
    if country is None:
        return Subject()
    return Subject("place", PAIRS[country.row["id"]], said="the other side of the trade named before")


def _of_xinjiang(sentence: Sentence, names: list[Hit], at: tuple[int, int], known: Context) -> Subject:
    """The region's trade; what is said to be a share of its total is with the partner that the paragraph named."""
    partner = _partner(sentence, names, at)
    if partner is None and known.partner and parts.of_total(sentence):
        return Subject("place", "xinjiang", partner=known.partner, said="the partner named before")
    return Subject("place", "xinjiang", partner=partner)


def _with_partner(sentence: Sentence, names: list[Hit], at: tuple[int, int], about: Subject) -> Subject:
    """The region named before, with the other side that this sentence names."""
    return replace(about, partner=_partner(sentence, names, at)) if about.id == "xinjiang" else about


def _partner(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> str | None:
    """The other side: the region nearest to the figure; a country where none, or another figure stands between."""
    regions = [h for h in names if h.row["kind"] == "region"]
    others = [h for h in names if h.row["kind"] == "country" and h.row["id"] != "CN"]
    region, country = sentence.nearest(at, regions, behind=60), sentence.nearest(at, others, behind=60)
    if region is None or country is None:
        return region.row["id"] if region else partner_of(country.row["id"]) if country else None
    apart = country.start >= region.end and country.end <= at[0] and sentence.counted(region.end, country.start)
    return partner_of(country.row["id"]) if apart else region.row["id"]


def _crossing(sentence: Sentence, crossings: list[Hit], at: tuple[int, int], behind: int = 10) -> Subject:
    """The nearest crossing; where it is named together with others, their group, if the record counts them as one."""
    crossings = [b for a, b in pairwise([None, *crossings]) if b is not None and not _apposed(sentence, a, b)]
    hit = sentence.nearest(at, crossings, behind=behind)
    assert hit is not None
    group = {hit.row["id"]}
    for a, b in pairwise(crossings):
        if a.row["id"] != b.row["id"] and _JOINED.fullmatch(sentence.text[a.end : b.start]) and hit in (a, b):
            group |= {a.row["id"], b.row["id"]}
    if group == _TWO_PORTS:
        return Subject("place", "khorgos-and-alashankou")
    return Subject("place", hit.row["id"]) if len(group) == 1 else Subject()


def _apposed(sentence: Sentence, before: Hit | None, hit: Hit) -> bool:
    """Whether the name of several ports only says what those before it are: Khorgos and Alataw, two ports in X."""
    if before is None or hit.row["id"] not in _SEVERAL or before.row["id"] in _SEVERAL:
        return False
    return re.fullmatch(r"[,，]\s?(?:\w+\s){0,3}", sentence.text[before.end : hit.start]) is not None


def _national(codes: list[str], others: list[str], regions: list[str]) -> Subject:
    if "CN" not in codes:
        return Subject()
    if "Central Asia five" in regions and len(others) >= _LISTED:
        return Subject("place", "china-central-asia")  # with the five countries: Kazakhstan, Kyrgyzstan and so on
    if others:
        known = next((PAIRS[c] for c in others if c in PAIRS), None)
        return Subject("place", known) if known else Subject("place", "china", partner=partner_of(others[0]))
    if "Central Asia five" in regions:
        return Subject("place", "china-central-asia")
    return Subject("place", "china", partner=regions[0] if regions else None)


def _place(sentence: Sentence, names: list[Hit], quantity: str, at: tuple[int, int], known: Context) -> Subject:
    allowed = [h for h in names if h.row["kind"] in ("place", "trains")]
    if quantity.startswith("event.agreement"):
        allowed += [h for h in names if h.row["kind"] == "pair"]
    crossings = [h for h in allowed if h.row["id"] not in ("xinjiang", "china")]
    if quantity.startswith(_SHARES) or quantity in ("cotton_output", "tomato_output", "aluminium_output"):
        return _output(sentence, allowed, crossings, quantity, at)
    places = [h for h in crossings if h.row["kind"] == "place" and not _included(sentence, at, h)]
    if (
        not places
        and not any(h.row["id"] == "xinjiang" for h in allowed)
        and not (context.anaphor(sentence) and context.before(sentence, quantity, known).id)
    ):
        places = [h for h in crossings if h.row["kind"] == "trains"]  # as such, where no port or region is meant
    if quantity.startswith("rules.duty_free"):
        places = [h for h in places if h.row["id"].startswith("khorgos-coop")] or places
    if places and quantity.startswith(("event.", "rules.")):
        hit = sentence.nearest(at, places, behind=0)
        assert hit is not None
        return Subject("place", hit.row["id"])
    if places:
        return _crossing(sentence, places, at, behind=0)
    corridor = _corridor(sentence, names)
    if corridor.kind:
        return corridor
    region = sentence.nearest(at, [h for h in allowed if h.row["id"] == "xinjiang"])
    found = context.before(sentence, quantity, known)
    if found.kind and not (region is not None and not context.anaphor(sentence)):
        return found
    return Subject("place", _region_of(quantity)) if region is not None else Subject()


def _included(sentence: Sentence, at: tuple[int, int], hit: Hit) -> bool:
    """Whether a place is named after the figure as one of its parts: 26 million tonnes, including 14 at Dostyk."""
    return hit.start >= at[1] and cue("including").search(sentence.text, at[1], hit.start) is not None


def _region_of(quantity: str) -> str:
    """What crosses is counted at the region's ports; what it makes or trades is the region's own."""
    crossing = ("cargo", "vehicles", "passengers", "trains", "containers")
    return "xinjiang-ports" if quantity.startswith(crossing) else "xinjiang"


def _corridor(sentence: Sentence, names: list[Hit]) -> Subject:
    """Kazakhstan and China by rail is a corridor of its own."""
    codes = {h.row["id"] for h in names if h.row["kind"] in ("country", "pair")}
    if ({"KZ", "CN"} <= codes or "china-kazakhstan" in codes) and cue("railway").search(sentence.text):
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


def directed(quantity: str) -> bool:
    """Whether the quantity has a direction."""
    row = quantity_rows().get(quantity)
    return row is not None and row["directed"] == "yes"
