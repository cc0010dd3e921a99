"""How a statement is held against the record: a rule gives a verdict, the rows and the working.

A rule is a function in RULES; a room that can say more adds one here and names it in statements.toml. A verdict says
what the record holds, not what is true: "not on record" is never "wrong".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from case.corridor_working import with_rooms
from entrepot.core import periods, units
from entrepot.record.embedded import Record, find
from entrepot.record.firm_moves import SHOWN, by_year, events, moves

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row = dict[str, Any]

CONFIRMED, CORRECTED, SUPERSEDED, ABSENT = "confirmed", "corrected", "superseded", "not on record"
VERDICTS = (CONFIRMED, CORRECTED, SUPERSEDED, ABSENT)
# Below ten events one report more or less moves a year's share by a tenth and more: no course is read out of them.
FEWEST = 10
LEAVING = frozenset({"sale", "exit"})  # acts of leaving; a closure tells what became of the site


@dataclass(frozen=True, slots=True)
class Held:
    """A statement held against the record.

    Attributes:
        verdict: one of VERDICTS.
        working: what was compared and how it came out, sentence by sentence.
        rows: the rows it rests on, each with its table.
    """

    verdict: str
    working: str
    rows: tuple[tuple[str, Row], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may ask: the record, the day of the report, and the reading of a brief."""

    record: Record
    published: str
    reading: Callable[[str], str]

    def table(self, name: str) -> list[Row]:
        """The rows of a table of the record."""
        found: list[Row] = self.record.tables[name].to_pylist()
        return found

    def row(self, key: str, table: str | None = None) -> tuple[str, Row]:
        """The row of a key.

        Raises:
            LookupError: the record has no such row.
        """
        for name, row in find(self.record, key):
            if table in {None, name}:
                return name, row
        raise LookupError(f"statements.toml names {key}, which is not in the record")


def moved(said: Mapping[str, Any], case: Case) -> Held:
    """A firm came or left in a month, by the act that is said."""
    for move in moves(case.table("firms")):
        if said["firm"] in move.firms and (move.date or "").startswith(said["month"]):
            rows = tuple(("firms", dict(r)) for r in move.rows)
            acts = sorted({str(r["what"]) for r in move.rows if (r["date"] or "").startswith(said["month"])})
            working = f"{said['firm']}, {move.date}: {', '.join(acts)} ({move.status}); {len(rows)} reports tell it."
            if said["what"] in acts:
                return Held(CONFIRMED, working, rows)
            return Held(CORRECTED, f"{working} On record it was no {said['what']}.", rows)
    return Held(ABSENT, f"No movement of {said['firm']} in {said['month']} is on record.")


def reasons(said: Mapping[str, Any], case: Case) -> Held:
    """What the firm states and what others report, apart, of its departure."""
    left = [m for m in moves(case.table("firms")) if said["firm"] in m.firms and m.movement == "left"]
    if not left:
        return Held(ABSENT, f"No departure of {said['firm']} is on record.")
    rows = [r for r in left[-1].rows if r["what"] in LEAVING]
    own = [r["stated_reason"] for r in rows if r["stated_reason"]]
    others = [r["reported_reason"] for r in rows if r["reported_reason"]]
    working = f"The firm states: {'; '.join(own) or 'nothing on record'}. Others report: {' – or: '.join(others)}."
    return Held(CONFIRMED if own and others else ABSENT, working, tuple(("firms", dict(r)) for r in rows))


def wave(_: Mapping[str, Any], case: Case) -> Held:
    """Sites given up, by year with their number; too few are no wave on record."""
    found = moves(case.table("firms"))
    sites, buying = by_year(found, "left", "site"), by_year(found, "left", "buying")
    rows = tuple(("firms", dict(m.rows[0])) for m in found if (m.movement, m.of, m.standing) == ("left", "site", SHOWN))
    told = len(events(case.table("firms")))
    working = (
        f"Sites given up: {_years(sites)} (n = {sum(sites.values())}). Buying stopped or barred: {_years(buying)} "
        f"(n = {sum(buying.values())}). Of {told} events that reports carried; how many firms are in the region is not "
        "on record: no rate."
    )
    if sum(sites.values()) < FEWEST:
        return Held(ABSENT, f"{working} Under {FEWEST} sites are too few to tell a wave from chance.", rows)
    return Held(CONFIRMED, working, rows)


def listed_at_once(said: Mapping[str, Any], case: Case) -> Held:
    """So many were added to a list in a month."""
    batches = [b for b in _batches(case, said["list_id"]) if str(b["date"]).startswith(said["month"])]
    rows = tuple(("batches", b) for b in batches)
    working = "; ".join(f"{b['date']}: {b['added']} added, {b['total_entities']} after it" for b in batches)
    if not batches:
        return Held(ABSENT, f"No addition in {said['month']} is on record.")
    return Held(CONFIRMED if any(b["added"] == said["value"] for b in batches) else CORRECTED, working + ".", rows)


def largest_yet(said: Mapping[str, Any], case: Case) -> Held:
    """An addition is the largest up to the report, and whether a later one is larger."""
    batches = _batches(case, said["list_id"])
    before = [b for b in batches if str(b["date"]) <= case.published]
    later = [b for b in batches if str(b["date"]) > case.published and b["added"] > said["value"]]
    largest = max(before, key=lambda b: b["added"])
    working = f"Largest by {case.published}: {largest['added']}, on {largest['date']}."
    if largest["added"] != said["value"]:
        return Held(CORRECTED, working, (("batches", largest),))
    if not later:
        return Held(CONFIRMED, working, (("batches", largest),))
    since = "; ".join(f"{b['added']} on {b['date']}" for b in later)
    return Held(SUPERSEDED, f"{working} Larger since: {since}.", tuple(("batches", b) for b in (largest, *later)))


def designated_in(said: Mapping[str, Any], case: Case) -> Held:
    """A list had an addition in a month; the record may hold it in part, so that none is never "there was none"."""
    held = [r for r in case.table("listings") if r["list_id"] == said["list_id"]]
    then = [r for r in held if str(r["valid_from"]).startswith(said["month"])]
    if then:
        return Held(CONFIRMED, f"{len(then)} listed in {said['month']}.", tuple(("listings", r) for r in then))
    last = max(str(r["valid_from"]) for r in held if str(r["valid_from"]) <= case.published)
    rows = tuple(("listings", r) for r in held if r["valid_from"] == last)
    working = f"None of the {len(held)} held was listed in {said['month']}; the last before the report on {last}."
    return Held(ABSENT, f"{working} How many there are in all is not on record.", rows)


def does(said: Mapping[str, Any], case: Case) -> Held:
    """A measure is of the kind that is said, else the one that does it is named."""
    from entrepot.measures.measure import measure

    act = measure(said["measure"])
    rows = [r for r in case.table("measures") if r["measure_id"] == act.id and r["valid_from"]][:1]
    first = "".join(f" {r['text']} ({r['citation']}.)" for r in rows)
    working = f"{act.short} is on record as: {act.kind.replace('_', ' ')}.{first}"
    if act.kind == said["kind"]:
        return Held(CONFIRMED, working, tuple(("measures", r) for r in rows))
    if instead := said.get("instead"):
        name, row = case.row(instead, "measures")
        working += f" What does it is {instead}, {row['title']}, from {row['valid_from']}."
        return Held(CORRECTED, working, (*(("measures", r) for r in rows), (name, row)))
    return Held(CORRECTED, working, tuple(("measures", r) for r in rows))


def rules_in_force(said: Mapping[str, Any], case: Case) -> Held:
    """Rules of a place were in force on a day; reports that date them otherwise, and exceptions, are said."""
    rows = [case.row(r, "rules") for r in said["rows"]]
    day = periods.first_day(said["day"])
    holds = [
        r
        for _, r in rows
        if (not r["valid_from"] or periods.first_day(r["valid_from"]) <= day)
        and (not r["valid_to"] or periods.last_day(r["valid_to"]) >= day)
    ]
    working = "; ".join(f"{r['rule']}, {_span(r)} ({r['id']})" for _, r in rows) + f". In force on {said['day']}: "
    working += f"{len(holds)} of {len(rows)}."
    exceptions = [case.row(e, "events") for e in said.get("exceptions", ())]
    if exceptions:
        working += " All the same: " + "; ".join(f"{r['date']}, {r['title']} ({r['id']})" for _, r in exceptions) + "."
    return Held(CONFIRMED if holds else CORRECTED, working, (*rows, *exceptions))


def counted(said: Mapping[str, Any], case: Case) -> Held:
    """A figure and its growth are those of a row; what the growth implies for the year before is worked out."""
    name, row = case.row(said["row"], "observations")
    same = row["value_norm"] == said["value"] and row["yoy_pct"] == said["yoy"]
    base = row["value_norm"] / (1 + row["yoy_pct"] / 100)
    shown = units.with_unit(row["value_norm"], row["unit_norm"], bound=row["bound"])
    working = (
        f"{row['id']}: {shown}, {row['period_start']} to {row['period_end']}, {row['yoy_pct']:+} % as printed by "
        f"{row['reported_by']}. Implied for the year before: {row['value_norm']:,.0f} / (1 + {row['yoy_pct']} / 100) = "
        f"about {units.with_unit(units.rounded(base, 3), row['unit_norm'])}."
    )
    beside = [case.row(b, "observations") for b in said.get("beside", ())]
    for _, other in beside:
        value = units.with_unit(other["value_norm"], other["unit_norm"], bound=other["bound"])
        kind = f" ({other['metric'].replace('_', ' ')})" if other["metric"] != row["metric"] else ""
        working += f" Beside it{kind}: {value}, {other['period_start']} to {other['period_end']} ({other['id']})."
    return Held(CONFIRMED if same else CORRECTED, working, ((name, row), *beside))


def allowance(said: Mapping[str, Any], case: Case) -> Held:
    """Every report of a rule has the figure that is said."""
    rows = [case.row(r, "rules") for r in said["rows"]]
    values = sorted({r["quantity_norm"] for _, r in rows})
    working = f"{len(rows)} reports, each with: {', '.join(f'{v:,.0f}' for v in values)} {rows[0][1]['unit_norm']}."
    return Held(CONFIRMED if values == [said["value"]] else CORRECTED, working, tuple(rows))


def converted(said: Mapping[str, Any], _: Case) -> Held:
    """A sum converted lies between those at the lowest and highest daily rate of the month."""
    from entrepot.vocabulary.currencies import rates

    found = rates(said["currency"], said["target"], periods.parse(said["month"]))
    if found is None:
        return Held(ABSENT, f"No rate of {said['month']} is at hand.")
    low, high = (said["amount"] * r for r in (found.low, found.high))
    working = (
        f"{said['amount']:,} {said['currency']} at the lowest and highest daily rate of {said['month']}: "
        f"{low:,.0f} to {high:,.0f} {said['target']} ({found.mean.source})."
    )
    inside = round(low) <= said["value"] <= round(high)
    return Held(CONFIRMED if inside else CORRECTED, working)


def happened(said: Mapping[str, Any], case: Case) -> Held:
    """An event of a month, with the words that are said of it; other reports of it are named."""
    name, row = case.row(said["row"], "events")
    text = f"{row['title']}; {row['magnitude']}; {'; '.join(row['actors'] or ())}"
    again = [("events", r) for r in case.table("events") if r["same_as"] == row["id"]]
    fits = str(row["date"]).startswith(said["month"]) and all(w in text for w in said["words"])
    working = f"{row['date']}, {row['place']}: {text} ({row['id']})."
    if again:
        working += " Told again: " + "; ".join(f"{r['date']}, {r['magnitude']} ({r['id']})" for _, r in again) + "."
    return Held(CONFIRMED if fits else CORRECTED, working, ((name, row), *again))


def cooperated(said: Mapping[str, Any], case: Case) -> Held:
    """An event of cooperation of a month and kind; what comes before it between the same sides is counted."""
    name, row = case.row(said["row"], "cooperation")
    text = f"{row['title']}; {'; '.join(row['actors'] or ())}"
    fits = (
        str(row["date"]).startswith(said["month"])
        and row["kind"] == said["kind"]
        and all(w in text for w in said["words"])
    )
    of_side = [r for r in case.table("cooperation") if said["side"] in "; ".join(r["actors"] or ())]
    earlier = [r for r in of_side if r["date"] < row["date"]]
    working = (
        f"{row['date']}, {row['place']}, {row['kind']}: {text} ({row['id']}). {row['note'] or ''}. On record before it "
        f"with {said['side']}: {len(earlier)}, of a list that is not complete."
    )
    beside = [case.row(key, "cooperation") for key in said["beside"]]
    return Held(CONFIRMED if fits else CORRECTED, working, ((name, row), *beside))


def latest_count(said: Mapping[str, Any], case: Case) -> Held:
    """Whether a thing is counted at a place: the last whole year known by the report, and the freshest figure since."""
    rows = [
        r
        for r in case.table("observations")
        if said["place"] in (r["place_id"] or []) and r["metric"] == said["metric"] and r["period_end"]
    ]
    by_then = [r for r in rows if periods.last_day(r["known_on"]) <= periods.last_day(case.published)]
    if not by_then:
        return Held(ABSENT, f"No {said['metric']} at {said['place']} by {case.published}.")
    shown = [max(group, key=lambda r: (r["period_end"], r["value_norm"])) for group in (by_then, rows)]
    working = "; ".join(
        f"{units.with_unit(r['value_norm'], r['unit_norm'])}, {r['period_start']} to {r['period_end']} ({r['id']})"
        for r in shown
    )
    return Held(CONFIRMED, f"Counted by the report and since: {working}.", tuple(("observations", r) for r in shown))


def answer(said: Mapping[str, Any], case: Case) -> Held:
    """What the brief of the measure reads out of all figures together; it settles nothing that no figure shows."""
    return Held(ABSENT, case.reading(said["measure"]))


def _batches(case: Case, list_id: str) -> list[Row]:
    return [b for b in case.table("batches") if b["list_id"] == list_id]


def _years(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} in {year}" for year, n in counts.items()) or "none"


def _span(row: Row) -> str:
    return f"{row['valid_from'] or 'start not known'} to {row['valid_to'] or 'no end'}"


RULES: Mapping[str, Callable[[Mapping[str, Any], Case], Held]] = {
    rule.__name__: rule
    for rule in (
        *(moved, reasons, wave, listed_at_once, largest_yet, designated_in, does, rules_in_force, counted),
        *(allowance, converted, happened, cooperated, latest_count, answer),
    )
}


def hold(statements: Sequence[Mapping[str, Any]], case: Case) -> list[tuple[Mapping[str, Any], Held]]:
    """Every statement with what the record says of it."""
    return [(said, _held(said, case)) for said in statements]


def _held(said: Mapping[str, Any], case: Case) -> Held:
    """What the rule says; beside it what rooms of the corridors and other print say, which moves no verdict."""
    found = RULES[said["rule"]](said, case)
    text, rows = with_rooms(dict(said), case, found.rows)
    if beside := said.get("elsewhere"):
        text += f" Beside the record: {beside}"
    return Held(found.verdict, found.working + text, (*found.rows, *rows))
