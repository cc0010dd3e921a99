"""The entries of the record by value, by place and by day: which may be meant by a figure or a date of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from entrepot.claims.indexed.entry_rows import entries
from entrepot.claims.indexed.flow_figures import Flows
from entrepot.claims.indexed.record_entry import is_noun
from entrepot.claims.indexed.record_names import RecordNames, record_names, stems
from entrepot.claims.text.acts import offices
from entrepot.claims.text.lexicon import found
from entrepot.claims.text.tolls import SEVERAL
from entrepot.claims.wordlists import rows
from entrepot.core.runtime.garbage import seldom_collected
from entrepot.core.words.translate import in_english
from entrepot.record.embedded import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from entrepot.claims.indexed.intervals import Interval
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.record.embedded import Record

    Row = Mapping[str, Any]
    Kind = tuple[str, bool]  # unit, and whether it is growth

# A figure is looked up within this share of its value: roundings of two printed digits lie within it.
_AROUND = 0.055
_EVENT = "event"  # what a date is of: of what happened on it
# Rows that a word may lead to: one that more have tells of none, and beyond so many the words that met tell too little.
_FEW_ROWS, _MOST_ROWS = 60, 16
_ON_PARTIES = frozenset({"designation", "import_ban", "exit", "corporate", "boycott"})  # kinds of events on a party
_TELLING = 6  # letters of a name that is no common word: Apple and Marks have the stems of applied and marked
_TOLD = frozenset({"w", "kind", "who", "law", "at"})  # sorts of keys that say which event, act or rule is meant
_BY_COLUMNS = frozenset({"observations", "shares"})  # tables whose rows are found by place, unit and period


@dataclass(frozen=True, slots=True, eq=False)
class RecordIndex:
    """The entries, and the ways to them.

    Attributes:
        values: of each unit the figures in order, with their entries.
        alike: of each number the figures of any unit that are just it.
        placed: of each key of a place, law or party and unit, the entries that it alone says.
        paired: entries whose place two countries say, by their keys.
        days: of each first day the entries that a date may be.
        dated: of each key the dates of that place, law or party.
        names: what the record calls its places.
        measures: rows of `measures`.
        acts: of each word of a firm's or an actor's name, the dates of what it did.
        seasonal: of the key of each crossing its rules with a season.
        near: of each event that was near a place and not at it, the place.
        things: figures of columns by place and quantity.
        flows: figures of flows.
        rare: how much a key tells, from 0 (in every row) to 1.
        worded: of each key that few rows have, the entries of events, acts and rules with it.
        parts: every key of a sector or an origin that some row is narrowed to.
        called: of a kind of measure and a word that one law of it alone has in its name, that law.
        parties: the words by which firms and who was designated are called.
    """

    values: Mapping[Kind, tuple[tuple[float, ...], tuple[Entry, ...]]]
    alike: Mapping[float, tuple[Entry, ...]]
    placed: Mapping[tuple[str, Kind], tuple[Entry, ...]]
    paired: tuple[tuple[frozenset[str], Mapping[Kind, tuple[Entry, ...]]], ...]
    days: Mapping[date, tuple[Entry, ...]]
    dated: Mapping[str, tuple[Entry, ...]]
    rare: Mapping[str, float]
    names: RecordNames
    measures: tuple[Row, ...]
    acts: Mapping[str, tuple[Entry, ...]]
    seasonal: Mapping[str, tuple[tuple[Row, Row], ...]]
    near: Mapping[str, str]
    things: Mapping[tuple[str, str], tuple[Entry, ...]]
    flows: Flows
    worded: Mapping[str, tuple[Entry, ...]]
    parts: frozenset[str]
    called: Mapping[tuple[str, str], str]
    parties: frozenset[str]

    def of_words(self, weights: Mapping[str, float]) -> list[Entry]:
        """The events, acts and rules whose words a text says most of."""
        points: defaultdict[Entry, float] = defaultdict(float)
        for name, weight in weights.items():
            for entry in self.worded.get(name, ()):
                points[entry] += weight * self.rare[name]
        return nlargest(_MOST_ROWS, points, key=lambda e: points[e])

    def of_value(self, kind: Kind, value: float, close: Interval | None = None) -> Iterable[Entry]:
        """The figures of a unit that lie near a value, or in what a careful writer means by it."""
        numbers, held = self.values.get(kind, ((), ()))
        low, high = sorted((value * (1 - _AROUND), value * (1 + _AROUND)))
        if close is not None:
            low, high = min(low, close.low), max(high, close.high)
        return held[bisect_left(numbers, low) : bisect_right(numbers, high)]

    def of_place(self, kind: Kind, names: Iterable[str]) -> Iterable[Entry]:
        """The figures of a unit of the places that keys say."""
        said = frozenset(names)
        for name in said:
            yield from self.placed.get((name, kind), ())
        for wanted, held in self.paired:
            if wanted <= said:
                yield from held.get(kind, ())
        unit, is_growth = kind
        if not is_growth:
            yield from self.flows.of_place(unit, said)

    def of_thing(self, entry: Entry) -> tuple[Entry, ...]:
        """The figures of the place and quantity of an entry, from which others are derived; of a flow, of its ends."""
        if entry.table == "flows":
            return self.flows.between(entry.partner, entry.good)
        return self.things.get((entry.place, entry.quantity), ())


@lru_cache(maxsize=4)
@in_english
@seldom_collected()
def record_index(  # noqa: C901, PLR0912 - one pass over the entries, a way to them a branch
    record: Record, as_of: date | None = None
) -> RecordIndex:
    """The index of a record; built once for each. With `as_of`, rows known later are left out."""
    whole = record if as_of is None else known(record, as_of).record
    values: defaultdict[Kind, list[tuple[float, int, Entry]]] = defaultdict(list)
    alike: defaultdict[float, list[Entry]] = defaultdict(list)
    placed: defaultdict[tuple[str, Kind], list[Entry]] = defaultdict(list)
    paired: defaultdict[frozenset[str], defaultdict[Kind, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    days: defaultdict[date, list[Entry]] = defaultdict(list)
    dated: defaultdict[str, list[Entry]] = defaultdict(list)
    things: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    worded: defaultdict[str, list[Entry]] = defaultdict(list)
    seen: Counter[str] = Counter()
    acts: defaultdict[str, list[Entry]] = defaultdict(list)
    actors, names = _actors(whole), record_names(whole)
    places = {r["id"]: str(r["place"]) for r in whole.tables["events"].to_pylist()}
    parts: set[str] = set()
    count = 0
    for number, entry in enumerate(entries(whole, as_of)):
        seen.update(entry.keys)
        count += 1
        parts |= entry.part
        if entry.table not in _BY_COLUMNS and entry.toll.who != SEVERAL:  # a sum of persons is found by its number
            for name in entry.keys:
                if name.partition(":")[0] in _TOLD:
                    worded[name].append(entry)
        if entry.kind == "date":
            if entry.first:
                days[entry.first].append(entry)
                for word in actors.get(entry.row_id, ()) if entry.only == _EVENT else ():
                    acts[word].append(entry)
            for name in {n for met in entry.met for n in met}:
                dated[name].append(entry)
            continue
        if entry.quantity:
            things[entry.place, entry.quantity].append(entry)
        kinds = [(entry.unit, entry.kind == "growth")]
        if entry.unit and is_noun(entry.unit):
            kinds.append(("", False))
        for kind in kinds:
            if entry.number is not None:
                values[kind].append((entry.number.value, number, entry))
            for met in entry.met:
                if len(met) == 1:
                    placed[next(iter(met)), kind].append(entry)
                else:
                    paired[met][kind].append(entry)
        if entry.number is not None:
            alike[entry.number.value].append(entry)
    return RecordIndex(
        values={k: _ordered(held) for k, held in values.items()},
        alike={v: tuple(held) for v, held in alike.items()},
        placed={k: tuple(held) for k, held in placed.items()},
        paired=tuple((met, {k: tuple(e) for k, e in held.items()}) for met, held in paired.items()),
        days={d: tuple(held) for d, held in days.items()},
        dated={n: tuple(held) for n, held in dated.items()},
        rare={n: log(count / times) / log(count) for n, times in seen.items()},
        names=names,
        measures=tuple(m for m in whole.tables["measures"].to_pylist() if as_of is None or _begun(m, as_of)),
        acts={k: tuple(held) for k, held in acts.items()},
        seasonal=_seasonal(whole, as_of),
        near={
            r["event_id"]: places[r["event_id"]]
            for r in rows("counts")
            if r["relation"] == "near" and r["event_id"] in places
        },
        things={k: tuple(sorted(held, key=_width)) for k, held in things.items()},
        flows=Flows(whole.tables["flows"].to_pylist(), names),
        worded={k: tuple(held) for k, held in worded.items() if len(held) <= _FEW_ROWS},
        parts=frozenset(parts),
        called=_called(whole),
        parties=_parties(whole),
    )


def _called(record: Record) -> dict[tuple[str, str], str]:
    """Of each kind of measure and each word that one law of it alone has in its name that law."""
    named = {(f"kind:{r['kind']}", r["measure_id"]): stems(r["short"]) for r in record.tables["measures"].to_pylist()}
    held: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (kind, law), words in named.items():
        for word in words:
            held[kind, word].append(law)
    return {key: laws[0] for key, laws in held.items() if len(laws) == 1}


def _actors(record: Record) -> dict[str, frozenset[str]]:
    """Of each event and act of a firm the words of who did it."""
    events = {r["id"]: " ".join(r["actors"] or ()) for r in record.tables["events"].to_pylist()}
    firms = {r["id"]: str(r["firm"]) for r in record.tables["firms"].to_pylist()}
    return {i: stems(text) for i, text in (events | firms).items()}


def _parties(record: Record) -> frozenset[str]:
    """The first words of firms, and of those that events on a party name, no offices and places: Volkswagen, XPCC."""
    events = (e for e in record.tables["events"].to_pylist() if e["kind"] in _ON_PARTIES)
    named = [str(a) for e in events for a in e["actors"] or ()]
    named += [str(f) for row in record.tables["firms"].to_pylist() for f in row["firm"] or ()]
    return frozenset(k for name in named if _is_party(name) for k in stems(name.split()[0]))


def _is_party(name: str) -> bool:
    """Whether a name is a party's, by a first word that no other thing is called by: of six letters, or an acronym."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    if not (first[:1].isupper() and (len(first) >= _TELLING or first.isupper())) or offices(name) or " of " in name:
        return False
    return all(h.row["kind"] == "party" for h in found(name, "en").of("names"))


def _begun(part: Row, day: date) -> bool:
    return str(part["known_from"] or part["valid_from"] or "") <= day.isoformat()


def _seasonal(record: Record, as_of: date | None) -> dict[str, tuple[tuple[Row, Row], ...]]:
    """Of each crossing its rules with a season, by the crossing's key."""
    rules = {r["id"]: r for r in record.tables["rules"].to_pylist()}
    found: defaultdict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for row in rows("seasons"):
        rule = rules.get(row["rule_id"])
        later = rule and as_of and rule["valid_from"] and str(rule["valid_from"]) > as_of.isoformat()
        if rule is not None and rule["place_id"] and not later:
            found[f"at:{rule['place_id']}"].append((rule, row))
    return {key: tuple(held) for key, held in found.items()}


def _width(entry: Entry) -> float:
    """The most exact first, so that derivations begin with it."""
    return entry.number.open.width if entry.number else 0.0


def _ordered(held: list[tuple[float, int, Entry]]) -> tuple[tuple[float, ...], tuple[Entry, ...]]:
    found = sorted(held, key=lambda h: h[:2])
    return tuple(v for v, _, _ in found), tuple(e for _, _, e in found)
