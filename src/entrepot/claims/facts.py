"""Facts from the tables of the record: what the judge's index holds, and from which row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.claims.cells import Cell, Fact, Index, base_quantity, counted
from entrepot.claims.intervals import printed
from entrepot.claims.wordlists import rows
from entrepot.core.periods import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.record.embedded import Record

    Row = dict[str, Any]

_BOUNDS = {"exact": "exact", "about": "about", "at_least": "at_least", "at_most": "up_to"}
_STATUS = {"target": "planned"}
# The other side is part of such a place (a border, a pair), so a report need not name it; of a region it must.
_ANY_PARTNER = frozenset({"crossing", "country_pair", "corridor", "programme", "port"})
_UFLPA_LIST = "uflpa-entity-list"


@lru_cache(maxsize=4)
def index(record: Record) -> Index:
    """The index of a record; built once for each."""
    by_key: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in _facts(record):
        by_key[fact.cell.subject, fact.cell.quantity].append(fact)
    places = record.tables["places"].to_pylist()
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows("groups"):
        parts[row["group"]].append(row["part"])
    modes = {key: {f.cell.mode for f in held} for key, held in by_key.items()}
    return Index(
        # The most exact first, so that derivations begin with it; the order of the record else.
        facts={key: tuple(sorted(held, key=lambda f: f.number.open.width)) for key, held in by_key.items()},
        parents={p["place_id"]: p["parent"] for p in places if p["parent"]},
        names={p["place_id"]: p["name"] for p in places},
        parts={group: tuple(held) for group, held in parts.items()},
        also={row["quantity"]: tuple(row["also"]) for row in rows("quantities") if row["also"]},
        opposite=_opposite(record),
        only_mode={key: mode for key, held in modes.items() if len(held) == 1 and (mode := next(iter(held)))},
    )


def _opposite(record: Record) -> dict[str, str]:
    """Of each post beyond the border, the Chinese post, where there is one."""
    rows = record.tables["crossings"].to_pylist()
    chinese = {r["place_id"] for r in rows if r["kind"] == "chinese_post"}
    found = {
        r["place_id"]: [o for o in r["opposite"] or () if o in chinese] for r in rows if r["kind"] != "chinese_post"
    }
    return {post: others[0] for post, others in found.items() if len(others) == 1}


def day(text: str | None, *, last: bool = False) -> date | None:
    """The first or the last day of a partial date; None where there is none."""
    if not text:
        return None
    return last_day(text) if last else first_day(text)


def _facts(record: Record) -> Iterator[Fact]:
    tables = record.tables
    families = {r["reported_by"]: r["family"] for r in _reporters(record)}
    for row in tables["observations"].to_pylist():
        yield from _observed(row, families)
    ids = {p["name"]: p["place_id"] for p in tables["places"].to_pylist()}
    for row in tables["shares"].to_pylist():
        yield from _shared(row, ids)
    events = {e["id"]: e for e in tables["events"].to_pylist()}
    yield from _listed(tables["batches"].to_pylist(), list(events.values()))
    yield from _counted(events, tables["places"].to_pylist())
    yield from _ruled(tables["rules"].to_pylist())
    for row in tables["flows"].to_pylist():
        yield from _flowed(row)


def _reporters(record: Record) -> list[Row]:
    found: list[Row] = record.tables["reporters"].to_pylist() if "reporters" in record.tables else []
    return found


def _observed(row: Row, families: dict[str, str]) -> Iterator[Fact]:
    """The figure of an observation, and the growth printed with it."""
    quantity, per = base_quantity(row["metric"], row["per"])
    cell = Cell(
        subject=row["place_id"],
        quantity=quantity,
        unit=row["unit_norm"],
        partner=row["partner"],
        mode=row["mode"] if row["mode"] in {"rail", "road"} else None,
        direction=row["direction"],
        per=per,
        status=_STATUS.get(str(row["status"]), str(row["status"])),
        start=day(row["period_start"]),
        end=day(row["period_end"], last=True),
    )
    scale = row["value_norm"] / row["value"] if row["value"] else 1.0
    number = printed(
        row["value_norm"], _BOUNDS[row["bound"]], row["unit_norm"], scale=scale, counted=counted(quantity, cell.unit)
    )
    who = str(row["reported_by"] or row["source_id"])
    fact = Fact(
        row["id"],
        "observations",
        cell,
        number,
        quality=row["quality"],
        known=day(row["known_on"], last=True),
        family=families.get(who, who),
        superseded_by=row["superseded_by"],
        any_partner=row["place_type"] in _ANY_PARTNER,
        growth=row["yoy_pct"],
        source_id=row["source_id"],
        reporter=row["reported_by"] or "",
        scope_known=row["mode"] != "unknown",
    )
    yield fact
    if row["yoy_pct"] is not None:
        grown = replace(cell, unit="percent", comparison="yoy")
        yield replace(fact, cell=grown, number=printed(row["yoy_pct"], "exact", "percent"), growth=None)


def _shared(row: Row, ids: dict[str, str]) -> Iterator[Fact]:
    """A share; one of the region's own trade is of the region, with the other side as partner."""
    of_region = row["metric"].startswith("share_of_xinjiang") and row["region"] not in ids
    low, high = row["low_pct"], row["high_pct"]
    value = row["value_pct"] if row["value_pct"] is not None else low if low is not None else high
    if value is None:
        return
    bound = "exact" if row["value_pct"] is not None else "between" if None not in {low, high} else "over"
    if low is None and row["value_pct"] is None:
        bound = "up_to"
    cell = Cell(
        subject=ids["Xinjiang"] if of_region else ids.get(str(row["region"]), str(row["region"])),
        quantity=row["metric"],
        unit="percent",
        partner=row["region"] if of_region else None,
        product=None if of_region and row["product"] == "foreign trade" else row["product"],
        start=day(row["period_start"]),
        end=day(row["period_end"], last=True),
    )
    yield Fact(
        row["id"],
        "shares",
        cell,
        printed(value, bound, "percent", high=high if bound == "between" else None),
        quality=row["quality"],
        known=day(row["known_on"], last=True),
        family=row["source_org"] or row["source_id"],
        reporter=row["source_org"] or "",
        source_id=row["source_id"],
    )


def _listed(batches: list[Row], events: list[Row]) -> Iterator[Fact]:
    """What each notice added, and the total that held from it to the next, in both ways of counting.

    A notice is dated by its effective day and by the day of its announcement, where the events know it.
    """
    announced = {e["effective"]: e for e in events if e["kind"] == "listing" and e["effective"] and not e["same_as"]}
    ends = [b["date"] for b in batches[1:]]
    until = [first_day(d) - timedelta(days=1) for d in ends]
    for batch, end in zip(batches, [*until, None], strict=True):
        event = announced.get(batch["date"])
        start = first_day(batch["date"])
        first = first_day(event["date"]) if event else start
        yield from _added(batch, start, first, event)
        for total in {batch["total_entities"], batch["total_dhs"]} - {None}:
            cell = Cell(_UFLPA_LIST, "listed_entities", "entities", start=first, end=end)
            yield Fact(
                batch["id"],
                "batches",
                cell,
                printed(total, counted=True),
                known=first,
                state=True,
                any_partner=True,
                source_id=batch["source_id"],
                family=_UFLPA_LIST,
            )
    for before, batch in pairwise(batches):
        # DHS counted a parent with its subsidiaries as one; where the totals jump between the two ways, no difference.
        if batch["total_dhs"] is None or before["total_dhs"] is None:
            continue
        by_dhs = batch["total_dhs"] - before["total_dhs"]
        if 0 < by_dhs < batch["added"]:
            yield from _added(batch | {"added": by_dhs}, first_day(batch["date"]), first_day(batch["date"]), None)


def _added(batch: Row, start: date, first: date, event: Row | None) -> Iterator[Fact]:
    dates = {start: (batch["id"], "batches")} | ({first: (event["id"], "events")} if event and first != start else {})
    for when, (row_id, table) in dates.items():
        cell = Cell(_UFLPA_LIST, "batches.added", "entities", start=when, end=when)
        number = printed(batch["added"], counted=True)
        yield Fact(
            row_id,
            table,
            cell,
            number,
            known=first,
            any_partner=True,
            source_id=batch["source_id"],
            family=_UFLPA_LIST,
        )


def _counted(events: dict[str, Row], places: list[Row]) -> Iterator[Fact]:
    """What the attacks counted, of the country and of the place where the record has one."""
    countries = {p["countries"][0]: p["place_id"] for p in places if p["kind"] == "country"}
    for row in rows("counts"):
        event = events.get(row["event_id"])
        if event is None:  # not known as of the day asked
            continue
        start, end = day(event["date"]), day(event["date"], last=True)
        at = {countries[c] for c in event["countries"] if c in countries} - {countries["CN"]}
        for subject in sorted({*at, *(event["place_id"] or ())}):
            yield Fact(
                row["event_id"],
                "events",
                Cell(subject, row["quantity"], row["unit"], start=start, end=end),
                printed(row["value"], row["bound"], row["unit"], counted=True),
                quality=event["quality"],
                known=day(event["known_on"], last=True),
                any_partner=True,
                relation=row["relation"],
                where=event["place"],
                source_id=row["source_id"],
            )


def _ruled(rules: list[Row]) -> Iterator[Fact]:
    """The figures of rules of crossings and zones, each holding from its first to its last day."""
    words = {row["rule_id"]: row for row in rows("rules")}
    for row in rules:
        word = words.get(row["id"])
        subject = word and (word["subject"] or row["place_id"])
        if not word or not subject or row["quantity_norm"] is None:
            continue
        cell = Cell(
            subject,
            word["quantity"],
            row["unit_norm"].partition("/")[0],
            per=word["per"] or None,
            status=row["status"],
            start=day(row["valid_from"]),
            end=day(row["valid_to"], last=True),
        )
        yield Fact(
            row["id"],
            "rules",
            cell,
            printed(row["quantity_norm"], "exact", cell.unit),
            quality=row["quality"],
            known=day(row["valid_from"], last=True),
            state=True,
            any_partner=True,
            source_id=row["source_id"],
        )


def _flowed(row: Row) -> Iterator[Fact]:
    """Value and capacity of a flow of one good in one quarter; the parts of a product's codes stay apart."""
    for column, unit in (("value_usd", "USD"), ("capacity_mw", "MW")):
        if row[column] is None:  # not known is no figure to hold a claim against
            continue
        cell = Cell(
            "china",
            f"flows.{column}",
            unit,
            partner=row["partner"],
            product=row["product"],
            direction="out",
            start=day(row["period_start"]),
            end=day(row["period_end"], last=True),
        )
        number = printed(row[column], "exact", unit)
        yield Fact(
            row["id"], "flows", cell, number, known=day(row["known_on"], last=True), family="flows",
            source_id=row["source_id"],
        )  # fmt: skip
