"""Entries from the rows of the record: figures and growth as the judge holds them, and the figures and dates in words.

The words of a row (its title, its rule, its place) are read by the same lists as a report, so that both sides meet in
the same keys, in whatever language the report is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.claims import held as judged
from entrepot.claims.dates import find as find_dates
from entrepot.claims.facts import day
from entrepot.claims.indexed import shared_keys as keys
from entrepot.claims.indexed.record_entry import Entry
from entrepot.claims.intervals import printed
from entrepot.claims.lexicon import lexicon
from entrepot.claims.sentence import analyse
from entrepot.claims.subject import directed
from entrepot.claims.wording import shown
from entrepot.claims.wordlists import rows
from entrepot.core import periods, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from entrepot.claims.cells import Fact, Index
    from entrepot.record.embedded import Record

    Row = Mapping[str, Any]

_WORDS = re.compile(r"[^\W\d_]{3,}")
# Columns of a row whose words say what it is about; notes tell how it was read and not what it says.
_TELLING = {
    "events": ("title", "place", "actors", "kind"),
    "rules": ("rule", "place", "jurisdiction"),
    "measures": ("short", "title", "name", "subject"),
    "listings": ("name", "list_id"),
    "cooperation": ("title", "place", "actors", "kind"),
    "firms": ("firm", "what", "place", "counterparty", "event"),
    "requirements": ("jurisdiction", "instrument", "subject", "test"),
}
_DATED = {
    "events": (("date", "event"), ("effective", "in_force")),
    "cooperation": (("date", "event"),),
    "firms": (("date", "event"), ("date_to", "ends")),
    "listings": (("valid_from", "listed"), ("announced", "known"), ("valid_to", "ends")),
    "batches": (("date", "listed"),),
    "measures": (("valid_from", "in_force"), ("known_from", "known"), ("valid_to", "ends")),
    "requirements": (("effective_from", "in_force"), ("effective_to", "ends")),
}
_FIGURED = {
    "events": ("magnitude",),
    "measures": ("name", "text"),
    "cooperation": ("title",),
    "firms": ("what", "stated_reason"),
}
_KNOWN = ("known_on", "known_from", "announced", "valid_from", "effective_from", "date")
_AROUND = 40  # characters on either side of a figure in a title that say what it counts
_SAYING = {"events": ("title", "magnitude"), "measures": ("text",), "requirements": ("test",), "rules": ("rule",)}
_PAIRED = frozenset({"country_pair"})  # places that both countries' names say


@dataclass(frozen=True, slots=True)
class _Names:
    """What the record calls its places, countries and laws.

    Attributes:
        lands: country by name, as a key.
        places: rows of `places` by id.
        laws: ids of measures.
        lists: of each list of parties, the place that stands for it.
        parts: of each group of places its members, which say it where all of them are named.
    """

    lands: Mapping[str, str]
    places: Mapping[str, Row]
    laws: frozenset[str]
    lists: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]

    def of(self, place: str) -> set[str]:
        """The keys of a place: itself, what it is part of, its countries; of a list the law that makes it."""
        found = {f"at:{place}"}
        row = self.places.get(place)
        if row:
            found |= {f"land:{c}" for c in row["countries"] or ()}
            if row["parent"]:
                found.add(f"at:{row['parent']}")
        laws = self._laws(place)
        kin = {f"at:{p}" for p in self.places for law in laws if p.startswith(f"{law}-")}  # its list and its stops
        return found | kin | {f"law:{law}" for law in laws}

    def met(self, place: str) -> tuple[frozenset[str], ...]:
        """The sets of keys of which one suffices to say the place."""
        row = self.places.get(place)
        found = [frozenset({f"at:{place}"}), *(frozenset({f"law:{law}"}) for law in self._laws(place))]
        lands = frozenset(f"land:{c}" for c in ((row["countries"] or ()) if row else ()))
        if row and row["kind"] == "country":
            found.append(lands)
        if row and row["kind"] in _PAIRED:
            found.append(lands)
        own = _called(row["name"].replace("-", " , ")) if row else frozenset()
        if len(own) > 1:
            found.append(own)
        if parts := self.parts.get(place):
            found.append(frozenset(f"at:{part}" for part in parts))
        return tuple(found)

    def _laws(self, place: str) -> list[str]:
        return [law for law in self.laws if place.startswith(f"{law}-")]


@lru_cache(maxsize=600)
def _called(name: str) -> frozenset[str]:
    """The countries and the mode that a place's own name says: Kazakhstan-China rail."""
    found = {k.name for k in keys.of_hits(lexicon("en").scan(name))}
    whole = any(n.startswith("land:") for n in found) and not any(n.startswith("dir:") for n in found)
    return frozenset(n for n in found if n.startswith(("land:", "mode:"))) if whole else frozenset()


def _names(record: Record, index: Index) -> _Names:
    laws = frozenset(r["measure_id"] for r in record.tables["measures"].to_pylist())
    lists = {r["id"] for r in rows("names") if r["kind"] == "list"}
    listed = {r["list_id"] for r in record.tables["listings"].to_pylist()}
    return _Names(
        lands={r["name"]: f"land:{r['iso2']}" for r in record.tables["countries"].to_pylist()},
        places={r["place_id"]: r for r in record.tables["places"].to_pylist()},
        laws=laws,
        parts=index.parts,
        lists={h: place for h in listed for place in lists if place.startswith(f"{h}-")},
    )


def entries(record: Record, as_of: date | None = None) -> Iterator[Entry]:
    """Every figure and every date of the record; with `as_of` without what was known later only."""
    index = judged.held(record, as_of).index
    names = _names(record, index)
    observed = {r["id"]: r for r in record.tables["observations"].to_pylist()}
    for found in index.facts.values():
        for fact in found:
            yield _of_fact(fact, index, names, observed.get(fact.row_id))
    for table in _TELLING:
        for row in record.tables[table].to_pylist() if table in record.tables else ():
            if as_of is not None and _later(row, as_of):
                continue
            yield from _of_row(table, row, names)
    for row in record.tables["batches"].to_pylist():
        if as_of is not None and _later(row, as_of):
            continue
        place = names.lists[row["list_id"]]
        base = Entry(
            row["id"], "batches", "date", "", place=place, met=names.met(place), keys=frozenset(names.of(place))
        )
        yield from _dates(row, base, f"{names.places[place]['name']}, {row['added']} added", {"kind:listing"})


def _later(row: Row, as_of: date) -> bool:
    """Whether a row was known after a day only: by its day of knowledge, else by its first day."""
    first = next((row[c] for c in _KNOWN if row.get(c)), None)
    when = day(first)
    return when is not None and when > as_of


def _of_fact(fact: Fact, index: Index, names: _Names, row: Row | None) -> Entry:
    cell = fact.cell
    named = (cell.quantity, *index.also.get(cell.quantity, ()))
    label = _stems(cell.quantity.rpartition(".")[2].replace("_", " "))
    partner = "" if not cell.partner else names.lands.get(cell.partner, f"side:{cell.partner}")
    part = _part(row, names.lands)
    quantities = frozenset(f"what:{q}" for q in named)
    found = {*quantities, *names.of(cell.subject), *_stems(cell.quantity.replace("_", " ")), *part}
    found |= {partner} - {""}
    if cell.product:
        found |= {f"good:{cell.product}", *_stems(cell.product)}
    growth = cell.unit == "percent" and cell.comparison != "none"
    place = names.places.get(cell.subject)
    name = place["name"] if place else cell.subject
    what = cell.quantity.rpartition(".")[2].replace("_", " ")
    side = f" with {cell.partner}" if cell.partner and not fact.any_partner else ""
    narrowed = "".join(f", {row[c]}" for c in ("sector", "origin") if row and row.get(c))
    return Entry(
        fact.row_id,
        fact.table,
        "growth" if growth else "figure",
        f"{name}{side}{narrowed}, {what}: {shown(fact)}",
        number=fact.number,
        unit=cell.unit or "",
        per=cell.per,
        first=cell.start,
        last=cell.end,
        status=cell.status,
        place=cell.subject,
        met=names.met(cell.subject),
        partner=partner,
        any_partner=fact.any_partner,
        quantities=quantities,
        direction=(cell.direction or "") if directed(cell.quantity) else "",
        mode=cell.mode or "",
        good=f"good:{cell.product}" if cell.product else "",
        part=part,
        keys=frozenset(found),
        label=label,
        cell=cell,
        scoped=fact.scope_known,
        state=fact.state,
        family=fact.family,
        unclear=fact.quality == "unclear",
    )


def _part(row: Row | None, lands: Mapping[str, str]) -> frozenset[str]:
    """The sector and the origin that a row is narrowed to."""
    if row is None:
        return frozenset()
    found = set(_stems(str(row.get("sector") or "")))
    if origin := row.get("origin"):
        found.add(lands.get(origin, f"side:{origin}"))
    return frozenset(found)


@lru_cache(maxsize=4_096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(f"w:{s}" for w in _WORDS.findall(text.lower()) if (s := keys.stem(w)))


def _of_row(table: str, row: Row, names: _Names) -> Iterator[Entry]:
    """The dates of a row and the figures in its words."""
    text = ". ".join(_printed(row.get(c)) for c in _TELLING[table] if row.get(c))
    found = {k.name for k in keys.of_hits(lexicon("en").scan(text))} | _stems(text)
    found |= {f"land:{c}" for c in row.get("countries") or ()}
    countries = {f"at:{p}" for p, held in names.places.items() if held["kind"] == "country"}
    place, met = "", tuple(frozenset({k}) for k in sorted(found - countries) if k.startswith(("law:", "who:", "at:")))
    for where in _listed(row.get("place_id")):
        found |= names.of(where)
        place = place or where
        if not met or f"at:{where}" not in countries:  # a country says which event only where nothing else does
            met = (*met, *names.met(where))
    if table == "measures":
        place, met = row["measure_id"], (frozenset({f"law:{row['measure_id']}"}),)
    elif table == "listings":
        place, met = row["entity_id"], (frozenset({f"who:{row['entity_id']}"}), *_first_words(row["name"]))
        found |= names.of(names.lists[row["list_id"]]) if row["list_id"] in names.lists else set()
    elif not place and table in {"events", "cooperation", "firms"}:
        met = (*met, *_named(str(row.get("place") or "")))
    for keys_of in met:
        found |= keys_of
    kind = "listing" if table == "listings" else row.get("kind")
    base = Entry(_id(table, row), table, "date", "", place=place, met=met, keys=frozenset(found))
    yield from _dates(row, base, _title(table, row), {f"kind:{kind}"} if kind else set())
    yield from _said_dates(row, base, _title(table, row), {f"kind:{kind}"} if kind else set())
    yield from _figures(row, base, _title(table, row))


def _named(place: str) -> Iterator[frozenset[str]]:
    """What says a place that has no id: its names in the lists, else its words."""
    listed = {k.name for k in keys.of_hits(lexicon("en").scan(place)) if k.name.startswith(("at:", "side:"))}
    for name in sorted(listed or _stems(place)):
        yield frozenset({name})


def _first_words(name: str) -> Iterator[frozenset[str]]:
    """The first two words of a firm's name, by which texts call it."""
    stems = [f"w:{s}" for w in _WORDS.findall(name.lower()) if (s := keys.stem(w))]
    if len(stems) > 2:  # noqa: PLR2004 - of two words the name is all
        yield frozenset(stems[:2])


def _id(table: str, row: Row) -> str:
    if table == "measures":
        return f"{row['measure_id']}/{row['part_id']}"
    return str(row.get("id") or row.get("rule_id") or row.get("entity_id"))


def _title(table: str, row: Row) -> str:
    if table == "measures":
        return f"{row['short']}, {row['name']}"
    return str(
        row.get("title")
        or row.get("rule")
        or row.get("event")
        or row.get("what")
        or row.get("name")
        or row.get("instrument")
    )


def _printed(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("_", " ")


def _listed(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [value] if value else []


def _dates(row: Row, base: Entry, title: str, kinds: set[str]) -> Iterator[Entry]:
    said: set[tuple[date | None, date | None]] = set()
    for column, only in _DATED.get(base.table, ()):
        when = row.get(column)
        first, last = day(when), day(when, last=True)
        if first is None or (first, last) in said:
            continue
        said.add((first, last))
        yield replace(
            base,
            said=f"{title}: {periods.words(periods.parse(str(when)))} ({base.row_id})",
            first=first,
            last=last,
            keys=base.keys | kinds,
            quantities=frozenset(kinds),
            only=only,
            unclear=row.get("quality") == "unclear" or bool(row.get("same_as")),
            status=str(row.get("status") or ""),
        )


def _said_dates(row: Row, base: Entry, title: str, kinds: set[str]) -> Iterator[Entry]:
    """The days that the words of a row name: the deadline in the summary of a directive."""
    for column in _SAYING.get(base.table, ()):
        text = _printed(row.get(column) or "")
        for span in find_dates(text, "en", None) if re.search(r"\d{4}", text) else ():
            first, last = span.days
            if first is None or first != last:
                continue
            yield replace(
                base,
                said=f"{title}: {text} ({base.row_id})" if text not in title else f"{title} ({base.row_id})",
                first=first,
                last=last,
                keys=base.keys | kinds | _stems(text[max(0, span.start - _AROUND) : span.end + _AROUND]),
                quantities=frozenset(kinds),
                only="said",
                unclear=row.get("quality") == "unclear",
            )


def _figures(row: Row, base: Entry, title: str) -> Iterator[Entry]:
    """The figures in the words of a row; a rule's own is in its columns."""
    when, table, key = row.get("date") or row.get("valid_from"), base.table, base.row_id
    base = replace(
        base,
        kind="figure",
        first=day(when),
        last=day(row.get("valid_to") or (None if table in {"measures", "rules"} else when), last=True),
        any_partner=True,
        state=table in {"measures", "rules"},
        unclear=row.get("quality") == "unclear",
    )
    if table == "rules" and row["quantity_norm"] is not None:
        unit, _, per = row["unit_norm"].partition("/")
        said = f"{title}: {units.with_unit(row['quantity_norm'], unit, per=per)} ({key})"
        number = printed(row["quantity_norm"], "exact", unit)
        yield replace(base, said=said, number=number, unit=unit, per=per or None, status=str(row["status"]))
    for column in _FIGURED.get(table, ()):
        text = _printed(row.get(column) or "")
        for figure in analyse(text, "en", None).figures if re.search(r"\d", text) else ():
            if figure.value is None or figure.reason:
                continue
            number = printed(
                figure.value, figure.bound, figure.unit or None, high=figure.high, scale=figure.scale, counted=True
            )
            yield replace(
                base,
                said=f"{title}: {text} ({key})" if text not in title else f"{title} ({key})",
                number=number,
                unit=figure.unit,
                keys=base.keys | _stems(text[max(0, figure.start - _AROUND) : figure.end + _AROUND]),
            )
