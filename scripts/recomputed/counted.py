"""The counts of a brief: parties on lists, attacks, sectors, rows; its dates, and what contradicts what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from recomputed.printed_tables import Row, act, by_key, first, known, last, listed, rows

Ends = tuple[float, float | None, float | None]
Keys = dict[str, list[str]]  # table to the keys of the rows in it
Found = dict[str, Any]
BEHIND = "observations of all other figures shown"  # a count of what is behind a brief is of these


def batches(list_id: str, until: str) -> list[Row]:
    """The notices of a list up to a day."""
    return [b for b in rows("lists", "batches") if b["list_id"] == list_id and b["date"] <= until]


def size(f: Found, keys: Keys, _: date) -> Ends:
    """The length of the list: what was added less what was removed up to the day."""
    (key,) = keys["batches"]
    (list_id,) = {b["list_id"] for b in rows("lists", "batches") if b["id"] == key}
    some = batches(list_id, f["period_start"])
    assert some[-1]["id"] == key, f
    total = float(sum(int(b["added"]) - int(b["removed"] or 0) for b in some))
    changed = some[-1]["date"] == f["period_start"]
    on_the_eve = any(first(b["date"]) - timedelta(days=1) == first(f["period_start"]) for b in rows("lists", "batches"))
    assert ("day before" in f["basis"]) == (not changed), f
    assert changed or on_the_eve, f
    return total, total, total


def _batch(keys: Keys) -> Row:
    return by_key("lists", "batches", "id")[keys["batches"][0]]


def added(_: Found, keys: Keys, __: date) -> Ends:
    """What a notice added."""
    return float(_batch(keys)["added"]), None, None


def by_publisher(_: Found, keys: Keys, __: date) -> Ends:
    """The list as its publisher counted it."""
    return float(_batch(keys)["total_dhs"]), None, None


def in_force(list_id: str, day: date) -> list[Row]:
    """The parties listed on a day."""
    now = day.isoformat()
    return [
        r
        for r in rows("lists", "listings")
        if r["list_id"] == list_id and r["valid_from"] and r["valid_from"] <= now < (r["valid_to"] or "9999")
    ]


def sections(entity_id: str, day: date) -> list[str]:
    """The sections under which a party stood on a day."""
    now = day.isoformat()
    return [
        m["value"]
        for m in rows("lists", "membership")
        if m["entity_id"] == entity_id
        and m["what"] == "section"
        and m["value"]
        and m["valid_from"] <= now < (m["valid_to"] or "9999")
    ]


def held(f: Found, keys: Keys, day: date) -> Ends:
    """How many parties of a list are held, in all or of a group."""
    some = in_force(_list_of(keys), day)
    if f["quantity"].endswith("listed on the day"):
        persons = f["quantity"].startswith("persons")
        some = [r for r in some if r["valid_from"] == f["period_start"] and (r["kind"] == "person" or not persons)]
    else:
        some = [r for r in some if _in_group(f["quantity"], r, day)]
    assert {r["entity_id"] for r in some} == set(keys["listings"]), f
    count = float(len(some))
    if f["quantity"].startswith("names "):
        return count, None, None
    return count, count, count if "listed parties" in f["quantity"] else None


def listed_on(f: Found, keys: Keys, day: date) -> Ends:
    """How many held parties a day brought."""
    some = [r for r in in_force(_list_of(keys), day) if r["valid_from"] == f["period_start"]]
    assert {r["entity_id"] for r in some} == set(keys["listings"]), f
    return float(len(some)), None, None


def listed_until(f: Found, keys: Keys, day: date) -> Ends:
    """How many of the parties held had been listed by a day."""
    some = [r for r in in_force(_list_of(keys), day) if r["valid_from"] <= f["period_start"]]
    assert {r["entity_id"] for r in some} <= set(keys["listings"]) or f[
        "quantity"
    ] != "listed parties held in the record"
    count = float(len(set(keys["listings"])))
    assert set(keys["listings"]) <= {r["entity_id"] for r in some}, f
    return (count,) * 3


def _list_of(keys: Keys) -> str:
    (list_id,) = {r["list_id"] for r in rows("lists", "listings") if r["entity_id"] in keys["listings"]}
    return list_id


def _in_group(quantity: str, row: Row, day: date) -> bool:
    if quantity == "listed parties held in the record":
        return True
    if quantity == "names that stand on one copy and nowhere else":
        return row["name_basis"] == "one_copy"
    if quantity.startswith("names read from "):
        copy = quantity.removeprefix("names read from ")
        return any(
            b["names_from"] == copy and b["date"] == row["valid_from"] and b["list_id"] == row["list_id"]
            for b in rows("lists", "batches")
        )
    if quantity.startswith("held parties in force, kind: "):
        return row["kind"] == quantity.removeprefix("held parties in force, kind: ")
    key, _, name = quantity.removeprefix("held entities, ").partition(": ")
    values = sections(row["entity_id"], day) if key == "section" else listed(row[key])
    return name in (values or ["not known"])


# events, sectors, rows


def attacks(f: Found, keys: Keys, day: date) -> Ends:
    """Attacks of a year or of all, on the corridors or elsewhere, each event once."""
    plan = act("uflpa")["brief"]
    along = {*plan["crossings"], *plan["risk_places"]}
    on = "on the corridors" in f["quantity"]
    some = [
        e
        for e in known(rows("measures", "events"), day)
        if e["kind"] == "attack"
        and e["status"] == "occurred"
        and not e["same_as"]
        and set(listed(e["countries"])) & set(plan["risk_countries"])
        and first(e["date"]) <= day
        and bool({*listed(e["place_id"]), e["place"]} & along) == on
        and f["period_start"] <= e["date"][: len(f["period_start"])]
        and e["date"][: len(f["period_end"])] <= f["period_end"]
    ]
    assert {e["id"] for e in some} == set(keys["events"]), f
    return float(len(some)), float(len(some)), None


def exits(f: Found, keys: Keys, day: date) -> Ends:
    """Exits of a year, each event once."""
    some = [
        e["id"]
        for e in known(rows("measures", "events"), day)
        if e["kind"] == "exit"
        and e["status"] == "occurred"
        and not e["same_as"]
        and first(e["date"]) <= day
        and e["date"][:4] == f["period_start"][:4]
    ]
    assert set(some) == set(keys["events"]), f
    return float(len(some)), float(len(some)), None


def firms(f: Found, keys: Keys, day: date) -> Ends:
    """Acts, firms or events of the table of firms, of all that were known or of those that a count names."""
    some = [r for r in known(rows("measures", "firms"), day) if r["id"] in set(keys["firms"])]
    if f["unit"] in {"acts", "firms"}:
        # These are counts of all acts over the region: none is left out.
        assert {r["id"] for r in some} == {
            r["id"] for r in known(rows("measures", "firms"), day) if f["subject"] in listed(r["territory"])
        }, f
    counts = {
        "acts": len(some),
        "firms": len({name for r in some for name in listed(r["firm"])}),
        "events": len({r["event"] or r["id"] for r in some}),
    }
    return float(counts[f["unit"]]), float(counts[f["unit"]]), None


def age(f: Found, _: Keys, day: date) -> Ends:
    """Days from the last day that a figure tells of."""
    return float((day - last(f["period_start"])).days), None, None


def sectors(f: Found, _: Keys, __: date) -> Ends:
    """Priority sectors in force from a day on."""
    start = f["period_start"]
    some = [s for s in act("uflpa")["sector"] if str(s["from"]) <= start and str(s.get("to") or "9999") >= start]
    return (float(len(some)),) * 3


def behind(f: Found, keys: Keys, _: date) -> Ends:
    """Observations behind a brief that are doubtful, or without a day of publication."""
    table = by_key("corridors", "observations", "id")
    doubtful = "doubtful" in f["quantity"]
    mine = [k for k in keys[BEHIND] if (table[k]["quality"] != "good" if doubtful else not table[k]["published"])]
    assert set(mine) == set(keys["observations"]), f
    return float(len(mine)), None, None


# dates and contradictions


_DATED = (
    ("events", ("measures", "events", "id"), "date"),
    ("listings", ("lists", "listings", "entity_id"), "valid_from"),
    ("membership", ("lists", "membership", "id"), "valid_from"),
)


def dated(f: Found, keys: Keys) -> str | None:
    """The date that a finding of kind date should give; None where this is no place for it."""
    for part, where, column in _DATED:
        if part in keys:
            return by_key(*where)[keys[part][0]][column]
    if "firms" in keys:
        some = [by_key("measures", "firms", "id")[k] for k in keys["firms"]]
        tells = [r for r in some if r["movement"]] if len(some) > 1 else some
        return min((r["date"] or r["known_on"] for r in tells), key=lambda d: d != f["value"])
    if "measures" in keys:
        measure_id, _, part_id = keys["measures"][0].partition("/")
        (part,) = [p for p in act(measure_id)["provision"] if p["id"] == part_id]
        return str(part["to"] if f["quantity"].endswith(": holds to") else part["from"])
    return _newest_copy(keys["sources"][0]) if "sources" in keys else None


def _newest_copy(source_id: str) -> str:
    """The last day on which the page of a source was read."""
    every = rows("sources", "sources")
    (named,) = [r for r in every if r["source_id"] == source_id]
    days = [r["retrieved"] or r["published"] for r in every if r["url"] == named["url"]]
    return max(d for d in days if len(d) == len("2026-08-11"))


def contradicted(f: Found, keys: Keys) -> tuple[set[str], float | None, float | None]:
    """What has to stand in a conflict, and the two ends."""
    if "batches" in keys:
        row = by_key("lists", "batches", "id")[keys["batches"][0]]
        pair = sorted((float(row["total_dhs"]), float(row["total_entities"])))
        return {row["total_dhs"], row["total_entities"]}, pair[0], pair[1]
    if "events" in keys:
        some = [by_key("measures", "events", "id")[k] for k in keys["events"]]
        column = "date" if some[0]["date"] in f["value"] else "magnitude"
        return {*(e[column] for e in some), *(e["id"] for e in some)}, None, None
    both = [by_key("corridors", "observations", "id")[k] for k in keys["observations"]]
    if re.match(r"(parts over total|part over whole|cumulative falls|growth does not follow): ", f["basis"]):
        # Each figure in print has to stand there as its row has it, with the row.
        return {*(r["id"] for r in both), *(_printed(float(r["value_norm"])) for r in both)}, None, None
    values = sorted(float(r["value_norm"]) for r in both)
    return {r["id"] for r in both}, values[0], values[1]


def _printed(value: float) -> str:
    """A figure as it stands before its unit: 312,900; 3.86 million; 26.794 billion."""
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:.12g} {word}"
    return f"{value:,.0f}"


def departures(f: Found, keys: Keys, day: date) -> Ends:
    """Sites, services and buying given up, or sites opened, over a region in a year: rows that carry the movement.

    A site counts where a report of the event says that it occurred; what is only alleged does not.
    """
    year, territory = f["period_start"], f["subject"].partition(": ")[2]
    acts = [r for r in known(rows("measures", "firms"), day) if territory in listed(r["territory"])]
    movement = "entered" if f["quantity"].startswith("arrivals") else "left"
    left = [r for r in acts if r["movement"] == movement and r["movement_of"] != "shares" and r["status"] != "alleged"]
    done = {r["event"] for r in acts if r["status"] == "occurred"}
    some = [r for r in left if r["date"][:4] == year and (r["movement_of"] != "site" or r["event"] in done)]
    assert {r["id"] for r in some} <= set(keys["firms"]), f
    return float(len(some)), float(len(some)), None
