"""Entries from the columns of the record: observations and their growth, shares, notices of lists, rules, a flow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.claims.indexed.intervals import printed
from entrepot.claims.indexed.record_entry import Entry
from entrepot.claims.indexed.record_names import RecordNames, stems
from entrepot.claims.text import lexicon
from entrepot.claims.text.shared_keys import SPOT, of_hits
from entrepot.claims.text.tolls import NONE, named
from entrepot.claims.wordlists import rows
from entrepot.core import periods, units
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import tr
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.claims.indexed.intervals import Printed
    from entrepot.record.embedded import Record

    Row = Mapping[str, Any]

_BOUNDS = {"exact": "exact", "about": "about", "at_least": "at_least", "at_most": "up_to"}
_STATUS = {"target": "planned"}
# The other side is part of such a place (a border, a pair), so a report need not name it; of a region it must.
_ANY_PARTNER = frozenset({"crossing", "country_pair", "corridor", "programme", "port"})
_DAY_RATE, _SHARE_OF, _ALL_GOODS = "_per_day", "share_of_", "foreign trade"  # as the tables write them
# counted one by one: below a thousand no rounding
_COUNTED = frozenset({"entities", "attacks"})
_KILLED = ("killed", "injured")
_NONE: frozenset[str] = frozenset()  # no words: a list names the partner, or the good


@dataclass(frozen=True, slots=True)
class _Of:
    """What a figure is of: the columns that most rows share."""

    place: str
    quantity: str
    unit: str
    partner: str = ""
    direction: str = ""
    mode: str = ""
    product: str = ""
    per: str | None = None
    status: str = "reported"


@cache
def _listed_sides() -> frozenset[str]:
    return frozenset(r["id"] for r in rows("names") if r["kind"] == "region")


@cache
def _listed_goods() -> frozenset[str]:
    return frozenset(r["product"] for r in rows("products"))


def counted(quantity: str, unit: str) -> bool:
    """Whether the figure counts entities, persons killed or injured, or attacks, one by one."""
    return unit in _COUNTED or (unit == "persons" and any(w in quantity for w in _KILLED))


def day(text: str | None, *, last: bool = False) -> date | None:
    """The first or the last day of a partial date; None where there is none."""
    if not text:
        return None
    return last_day(text) if last else first_day(text)


def figures(record: Record, names: RecordNames) -> Iterator[Entry]:
    """Every figure of the columns of a record, but of its flows, which are thousands and mostly not asked for."""
    tables = record.tables
    for row in tables["observations"].to_pylist():
        yield from _observed(row, names)
    ids = {p["name"]: p["place_id"] for p in tables["places"].to_pylist()}
    shares = tables["shares"].to_pylist()
    told = Counter(word for region in {str(r["region"]) for r in shares} for word in stems(region))
    for row in shares:
        for share in _shared(row, ids, names):  # a word of several regions tells of none: prefecture
            own = frozenset(w for w in share.partner_words if told[w] == 1)
            yield replace(share, partner_words=own) if own else share
    events = {e["id"]: e for e in tables["events"].to_pylist()}
    yield from _listed(tables["batches"].to_pylist(), list(events.values()), names)
    yield from _suffered(events, names)
    yield from _ruled(tables["rules"].to_pylist(), names)


def flowed(row: Row, names: RecordNames) -> Iterator[Entry]:
    """Value and capacity of a flow of one good in one quarter; the parts of a product's codes stay apart."""
    for column, unit in (("value_usd", "USD"), ("capacity_mw", "MW")):
        if row[column] is None:  # not known is no figure to hold a claim against
            continue
        of = _Of("china", f"flows.{column}", unit, row["partner"] or "", "out", product=row["product"] or "")
        yield _entry(
            names,
            row["id"],
            "flows",
            of,
            printed(row[column], "exact", unit),
            first=day(row["period_start"]),
            last=day(row["period_end"], last=True),
        )


def partner_key(partner: str, names: RecordNames) -> str:
    """The key of the other side: of the country, or of a side by its name; empty where there is none."""
    return _side_key(partner, names.lands) if partner else ""


def _side_key(name: str, lands: Mapping[str, str]) -> str:
    """Of a country under any of its names the key of the country, else of the group."""
    if key := lands.get(name):
        return key
    code = code_of(name)
    return f"land:{code}" if code else f"side:{name}"


def good_key(product: str) -> str:
    """The key of a good; empty where there is none."""
    return f"good:{product}" if product else ""


def _entry(names: RecordNames, row_id: str, table: str, of: _Of, number: Printed, **more: Any) -> Entry:
    """An entry with its keys and with what it says."""
    place = names.places.get(of.place)
    partner = partner_key(of.partner, names)
    quantities = frozenset(f"what:{q}" for q in (of.quantity, *names.also.get(of.quantity, ())))
    what = of.quantity.rpartition(".")[2].replace("_", " ")
    part = more.get("part", frozenset())
    found = {*quantities, *names.of(of.place), *stems(of.quantity.replace("_", " ")), *part, partner} - {""}
    if of.product:
        found |= {f"good:{of.product}", *stems(of.product)}
    side = tr(" with {partner}", partner=of.partner) if of.partner and not more.get("any_partner") else ""
    narrowed = "".join(f", {n}" for n in more.pop("narrowed", ()))
    who = more.pop("who", "")
    said = f"{place['name'] if place else of.place}{side}{narrowed}, {what}: "
    return Entry(
        row_id,
        table,
        said=said + _shown(row_id, of, number, more, who),
        number=number,
        unit=of.unit,
        per=of.per,
        status=of.status,
        place=of.place,
        met=names.met(of.place),
        partner=partner,
        quantity=of.quantity,
        quantities=quantities,
        direction=of.direction if of.quantity in names.directed else "",
        mode=of.mode,
        good=good_key(of.product),
        keys=frozenset(found),
        label=stems(what),
        wider=names.wider(of.place),
        partner_words=stems(of.partner) if partner.startswith("side:") and of.partner not in _listed_sides() else _NONE,
        whole=f"what:{names.wholes[of.quantity]}" if of.quantity in names.wholes else "",
        siblings=frozenset(f"what:{q}" for q in names.pieces.get(names.wholes.get(of.quantity, ""), ())) - quantities,
        pieces=frozenset(
            f"what:{q}"
            for whole in (of.quantity, *names.also.get(of.quantity, ()))
            for q in names.pieces.get(whole, ())
        ),
        toll=named(lexicon.found(what, "en")) if of.unit == "persons" else NONE,
        good_words=stems(of.product) if of.product and of.product not in _listed_goods() else _NONE,
        **({"kind": "figure"} | more),
    )


def _shown(row_id: str, of: _Of, number: Printed, more: Mapping[str, Any], who: str) -> str:
    """A figure as a reader writes it, with its row: `512 tonnes, April to October 2024 (O0001)`."""
    bound = "at_least" if number.open.high == float("inf") else "at_most" if number.open.low == -float("inf") else ""
    value = units.with_unit(number.value, of.unit, bound=bound or "exact", per=of.per or "")
    first, last, when = more.get("first"), more.get("last"), ""
    if first and last and not (more.get("state") and first != last):
        when = periods.words(periods.span(first.isoformat(), last.isoformat()))
    elif first:
        when = tr("from {day}", day=first)
    value = tr("{percent} on the year before", percent=value) if more.get("kind") == "growth" else value
    counter = tr("counted by {who}", who=who) if who else ""
    return f"{', '.join(p for p in (value, when, counter) if p)} ({row_id})"


def _observed(row: Row, names: RecordNames) -> Iterator[Entry]:
    """The figure of an observation, and the growth printed with it."""
    metric = str(row["metric"])
    per = "day" if metric.endswith(_DAY_RATE) else row["per"]
    who = str(row["reported_by"] or row["source_id"])
    of = _Of(
        place=row["place_id"],
        quantity=metric.removesuffix(_DAY_RATE),
        unit=row["unit_norm"],
        partner=row["partner"] or "",
        mode=row["mode"] if row["mode"] in {"rail", "road"} else "",
        direction=row["direction"] or "",
        per=per,
        status=_STATUS.get(str(row["status"]), str(row["status"])),
    )
    scale = row["value_norm"] / row["value"] if row["value"] else 1.0
    one_by_one = counted(of.quantity, of.unit)
    number = printed(row["value_norm"], _BOUNDS[row["bound"]], of.unit, scale=scale, counted=one_by_one)
    more: dict[str, Any] = {
        "first": day(row["period_start"]),
        "last": day(row["period_end"], last=True),
        "any_partner": row["place_type"] in _ANY_PARTNER,
        "family": names.families.get(who, who),
        "who": row["reported_by"] or "",
        "source": row["source_id"] or "",
        "unclear": row["quality"] == "unclear",
        "scoped": row["mode"] != "unknown",
        "part": _part(row, names.lands),
        "narrowed": [row[c] for c in ("sector", "origin") if row.get(c)],
        "lone": (of.place, of.unit) in names.alone,
    }
    if str(row["known_on"] or row["period_end"]) < str(row["period_end"]):
        more["known"] = day(row["known_on"])  # printed before its period had ended
    yield _entry(names, row["id"], "observations", of, number, **more | {"grown": row["yoy_pct"]})
    if row["yoy_pct"] is not None:
        grown = printed(row["yoy_pct"], "exact", "percent")
        percent = _Of(**{n: getattr(of, n) for n in _Of.__slots__} | {"unit": "percent"})
        yield _entry(names, row["id"], "observations", percent, grown, **more | {"kind": "growth"})


def _part(row: Row, lands: Mapping[str, str]) -> frozenset[str]:
    """The sector and the origin that a row is narrowed to."""
    found = set(stems(str(row.get("sector") or "")))
    if origin := row.get("origin"):
        found.add(_side_key(origin, lands))
    return frozenset(found)


def _shared(row: Row, ids: Mapping[str, str], names: RecordNames) -> Iterator[Entry]:
    """A share; one of the region's own trade is of the region, with the other side as partner."""
    whole = row["metric"].removeprefix(_SHARE_OF).rpartition("_")[0]
    of_region = whole in names.places and row["region"] not in ids
    said, low, high = row["value_pct"], row["low_pct"], row["high_pct"]
    value = next((v for v in (said, low, high) if v is not None), None)
    if value is None:
        return
    bound = "exact" if said is not None else "up_to" if low is None else "over" if high is None else "between"
    of = _Of(
        place=whole if of_region else ids.get(str(row["region"]), str(row["region"])),
        quantity=row["metric"],
        unit="percent",
        partner=row["region"] if of_region else "",
        product="" if row["product"] == _ALL_GOODS else row["product"] or "",
    )
    number = printed(value, bound, "percent", high=high if bound == "between" else None)
    yield _entry(
        names,
        row["id"],
        "shares",
        of,
        number,
        first=day(row["period_start"]),
        last=day(row["period_end"], last=True),
        family=row["source_org"] or row["source_id"],
        who=row["source_org"] or "",
        source=row["source_id"] or "",
        unclear=row["quality"] == "unclear",
    )


def _listed(batches: list[Row], events: list[Row], names: RecordNames) -> Iterator[Entry]:
    """What each notice added, and the total that held from it to the next, in both ways of counting.

    A notice is dated by its effective day and by the day of its announcement, where the events know it.
    """
    announced = {e["effective"]: e for e in events if e["kind"] == "listing" and e["effective"] and not e["same_as"]}
    until = [first_day(b["date"]) - timedelta(days=1) for b in batches[1:]]
    for batch, end in zip(batches, [*until, None], strict=True):
        event = announced.get(batch["date"])
        start = first_day(batch["date"])
        first = first_day(event["date"]) if event else start
        yield from _added(names, batch, batch["added"], {start: batch["id"]}, "batches")
        if event and first != start:
            yield from _added(names, batch, batch["added"], {first: event["id"]}, "events")
        for total in {batch["total_entities"], batch["total_dhs"]} - {None}:
            of = _Of(names.lists[batch["list_id"]], "listed_entities", "entities")
            yield _entry(
                names, batch["id"], "batches", of, printed(total, counted=True), first=first, last=end, state=True,
                any_partner=True,
            )  # fmt: skip
    for before, batch in pairwise(batches):
        # DHS counted a parent with its subsidiaries as one; where the totals jump between the two ways, no difference.
        if batch["total_dhs"] is None or before["total_dhs"] is None:
            continue
        by_dhs = batch["total_dhs"] - before["total_dhs"]
        if 0 < by_dhs < batch["added"]:
            yield from _added(names, batch, by_dhs, {first_day(batch["date"]): batch["id"]}, "batches")


def _added(names: RecordNames, batch: Row, many: float, days: Mapping[date, str], table: str) -> Iterator[Entry]:
    for when, row_id in days.items():
        of = _Of(names.lists[batch["list_id"]], "batches.added", "entities")
        yield _entry(
            names, row_id, table, of, printed(many, counted=True), first=when, last=when, any_partner=True
        )  # fmt: skip


def _suffered(events: Mapping[str, Row], names: RecordNames) -> Iterator[Entry]:
    """What the attacks counted, of the country and of the place where the record has one."""
    countries = {p["countries"][0]: p["place_id"] for p in names.places.values() if p["kind"] == "country"}
    for row in rows("counts"):
        event = events.get(row["event_id"])
        if event is None:  # not known as of the day asked
            continue
        at = {countries[c] for c in event["countries"] if c in countries} - {countries["CN"]}
        spots = {k.name for k in of_hits(lexicon.lexicon("en").scan(str(event["place"]))) if k.name.startswith(SPOT)}
        for place in sorted({*at, *(event["place_id"] or ())}):
            suffered = _entry(
                names,
                row["event_id"],
                "events",
                _Of(place, row["quantity"], row["unit"]),
                printed(row["value"], row["bound"], row["unit"], counted=True),
                first=day(event["date"]),
                last=day(event["date"], last=True),
                any_partner=True,
                unclear=event["quality"] == "unclear",
            )
            yield replace(suffered, keys=suffered.keys | spots)


def _ruled(rules: list[Row], names: RecordNames) -> Iterator[Entry]:
    """The figures of rules of crossings and zones, each holding from its first to its last day."""
    words = {row["rule_id"]: row for row in rows("rules")}
    for row in rules:
        word = words.get(row["id"])
        place = word and (word["subject"] or row["place_id"])
        if not word or not place or row["quantity_norm"] is None:
            continue
        unit = row["unit_norm"].partition("/")[0]
        of = _Of(place, word["quantity"], unit, per=word["per"] or None, status=row["status"])
        yield _entry(
            names,
            row["id"],
            "rules",
            of,
            printed(row["quantity_norm"], "exact", unit),
            first=day(row["valid_from"]),
            last=day(row["valid_to"], last=True),
            state=True,
            any_partner=True,
            unclear=row["quality"] == "unclear",
        )
