"""Entries from the rows of the record: figures and growth as the judge holds them, and the figures and dates in words.

The words of a row (its title, its rule, its place) are read by the same lists as a report, so that both sides meet in
the same keys, in whatever language the report is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.indexed.dated_rows import AROUND, FIRMS, columns, dates_of, in_words, months_between, said_dates
from entrepot.claims.indexed.figure_rows import day, figures
from entrepot.claims.indexed.intervals import printed
from entrepot.claims.indexed.persons_counted import toll_of
from entrepot.claims.indexed.record_entry import Entry
from entrepot.claims.indexed.record_names import RecordNames, first_words, record_names, stems
from entrepot.claims.indexed.row_acts import ENDING, UNDONE, doers, named_acts, whose
from entrepot.claims.mentions.mentions import read
from entrepot.claims.mentions.numbering import Sequence as Items
from entrepot.claims.mentions.sentence import analyse
from entrepot.claims.text import shared_keys as keys
from entrepot.claims.text.acts import numbers as act_numbers
from entrepot.claims.text.aligned import aligned
from entrepot.claims.text.lexicon import lexicon
from entrepot.claims.text.tolls import ATTACKERS, NONE, OTHERS, SEVERAL
from entrepot.claims.text.unread_words import says
from entrepot.claims.wordlists import rows
from entrepot.core import units
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.mentions.sentence import Sentence
    from entrepot.record.embedded import Record

    Row = Mapping[str, Any]

_KNOWN = ("known_on", "known_from", "announced", "valid_from", "effective_from", "date", "date_start")
_BY_THEIR_DAY = frozenset({"batches", "rules"})  # rows without a day of knowledge: known from their first
_LASTING = frozenset({"measures", "rules", "requirements", "crossings"})  # what they set holds until it is ended
_GAINED = "what:batches.added"  # what a notice of a list did is told as a listing or as what was added
_TOTAL = re.compile(r"\btotal\b")
_METRES = 1_000  # of a kilometre, in which lengths are held
_LISTED = frozenset({"entities", "bodies"})  # units of what a notice lists: it is told of with the notice
_NEWS = timedelta(days=31)  # for so long an act is news: what is said to be of a later time is another act's
_LAWS = frozenset({"measures", "requirements"})  # tables of what laws set: they are told of by will and shall
_DUTY, _SOME_GOODS = "tariff", frozenset({"listed", "unread"})  # a measure with rates by goods; what its parts are on
_AGREEMENT = "agreement"
_UNNAMED = "w:-"  # a key that no text has: of a part whose goods have no name
_NO_CHINESE = re.compile(r"\bno Chinese\b")  # of those whom a row counts none
_SIDE = re.compile(r"\b(?:side|section|half)\b")  # of what one side of a border has
_FROM = re.compile(r"\bfrom (\d{4}-\d{2}-\d{2})\b")  # of the parts of a law that come into force one behind the other
_MORE = re.compile(r"(?: \w+)? and (\d+) (others?\b)?")  # behind a number of persons those who are counted apart


def entries(record: Record, as_of: date | None = None) -> Iterator[Entry]:
    """Every figure and every date of the record; with `as_of` without what was known later only."""
    names = record_names(record)
    for entry in figures(record, names):
        if as_of is None or entry.first is None or entry.table not in _BY_THEIR_DAY or entry.first <= as_of:
            yield entry
    goods = _goods_of_parts(record.tables["measures"].to_pylist())
    for table in columns("telling"):
        for row in record.tables[table].to_pylist() if table in record.tables else ():
            if as_of is not None and _later(row, as_of):
                continue
            found = _of_row(table, row, names)
            words = goods.get(_id(table, row)) if table == "measures" else None
            yield from found if words is None else (replace(e, good_words=words) for e in found)
    for row in record.tables["batches"].to_pylist():
        if as_of is not None and _later(row, as_of):
            continue
        place = names.lists[row["list_id"]]
        base = Entry(
            row["id"], "batches", "date", "", place=place, met=names.met(place), keys=frozenset(names.of(place)),
            wider=names.wider(place),
        )  # fmt: skip
        yield from dates_of(
            row,
            base,
            tr("{name}, {added} added", name=names.places[place]["name"], added=row["added"]),
            {"kind:listing", _GAINED},
        )


def _goods_of_parts(measures: list[Row]) -> dict[str, frozenset[str]]:
    """Of each part of a duty the words of its goods, and the number by which it is called, where its law has several.

    The rate of such a part says nothing of a sentence that names none of its goods.
    """
    parts = [r for r in measures if r["kind"] == _DUTY and r["goods"] in _SOME_GOODS]
    goods = {(r["measure_id"], *(r["hs"] or ())) for r in parts}
    several = {law for law, *_ in goods if sum(g[0] == law for g in goods) > 1}
    held = {
        _id("measures", r): (stems(r["name"]) - stems(r["threshold"] or "") - _no_goods())
        | {k.name for k in keys.numbered(r["name"])}
        for r in parts
    }
    return {
        key: held[key] or frozenset({_UNNAMED})
        for key in (_id("measures", r) for r in parts if r["measure_id"] in several)
    }


@cache
def _no_goods() -> frozenset[str]:
    return stems(" ".join(str(r["word"]) for r in rows("stops") if r["use"] == "no_good"))


def _later(row: Row, as_of: date) -> bool:
    """Whether a row was known after a day only: by its day of knowledge, else by its first day."""
    first = next((row[c] for c in _KNOWN if row.get(c)), None)
    when = day(first)
    return when is not None and when > as_of


def _of_row(table: str, row: Row, names: RecordNames) -> Iterator[Entry]:
    """The dates of a row and the figures in its words."""
    text = ". ".join(in_words(row.get(c)) for c in columns("telling")[table] if row.get(c))
    found = {k.name for k in (*keys.of_hits(lexicon("en").scan(text)), *keys.numbered(text))} | stems(text)
    found |= {f"land:{c}" for c in (*(row.get("countries") or ()), row.get("jurisdiction")) if c}
    countries = {f"at:{p}" for p, held in names.places.items() if held["kind"] == "country"}
    wider: set[str] = set()
    place, met = "", tuple(frozenset({k}) for k in sorted(found - countries) if k.startswith(("law:", "who:", "at:")))
    for where in _listed(row.get("place_id") or (row.get("territory") if table == FIRMS else None)):
        found |= names.of(where)
        wider |= names.wider(where)
        place = place or where
        if not met or f"at:{where}" not in countries:  # a country says which event only where nothing else does
            met = (*met, *names.met(where))
    if table == "measures":
        place, met = row["measure_id"], (frozenset({f"law:{row['measure_id']}"}),)
    elif table == "listings":
        place, met = row["entity_id"], (frozenset({f"who:{row['entity_id']}"}), *first_words(row["name"]))
        found |= names.of(names.lists[row["list_id"]]) if row["list_id"] in names.lists else set()
    elif table == FIRMS:
        met = (*met, *_firms(row["firm"]))
    elif not place and table in {"events", "cooperation"}:
        met = (*met, *_named(str(row.get("place") or "")))
    if table == "events":  # the law that a row tells of says it too, whatever its words
        laws = (frozenset({f"law:{law}"}) for law in sorted(names.acts.get(row["id"], ())))
        met = (*_agreed(row), *met, *(need for need in laws if need not in met))
    found = found.union(*met)
    if table == "events":
        wider |= _around(met, names) | {names.towns[p] for p in str(row["place"] or "").split(", ") if p in names.towns}
        found |= {f"law:{law}" for law in names.laws if any(f"at:{law}-" in n for need in met for n in need)}
    kind = "listing" if table == "listings" else row.get("kind")
    base = Entry(
        _id(table, row),
        table,
        "date",
        "",
        place=place,
        met=met,
        keys=frozenset(found),
        source=row.get("source_id") or "",
        wider=frozenset(wider),
        known=day(row["effective_from"] if _id(table, row) in names.later else row.get("known_from")),
        offices=whose(table, row),
        doers=doers(table, row, names.places[place]["countries"] or () if place in names.places else ()),
        replaced=day(names.replaced.get(_id(table, row))),
    )
    dated = replace(base, label=_called(row)) if table == "measures" else base
    if ENDING & named_acts(text, whole=True):  # what it ends is told of as ended
        dated = replace(dated, acts=frozenset({UNDONE}))
    dated = replace(dated, numbers=act_numbers(f"{_title(table, row)}. {row.get('citation') or ''}"))
    yield from dates_of(row, dated, _title(table, row), {f"kind:{kind}"} if kind else set())
    yield from said_dates(row, dated, _title(table, row), {f"kind:{kind}"} if kind else set())
    yield from _figures(row, base, _title(table, row))


def _firms(names: Iterable[str]) -> Iterator[frozenset[str]]:
    """What says each of some firms: the words of its name, or the key that a list has for it."""
    for name in names:
        listed = {k.name for k in keys.of_hits(lexicon("en").scan(name)) if k.name.startswith("w:")}
        if said := frozenset(listed) or stems(name):
            yield said


def _agreed(row: Row) -> Iterator[frozenset[str]]:
    """What says on what two countries agree, wherever it is: both."""
    if row["kind"] == _AGREEMENT and len(row["countries"] or ()) > 1:
        yield frozenset(f"land:{c}" for c in row["countries"])


def _called(row: Row) -> frozenset[str]:
    """The words and numbers by which a part of a law is called, its law's own name aside."""
    named = stems(row["name"]) | {k.name for k in keys.numbered(row["name"])}
    return frozenset(named - stems(row["short"]) - _no_goods())


def _around(met: Iterable[frozenset[str]], names: RecordNames) -> set[str]:
    """The keys of what lies around the places of an event, and of the places that its laws are about."""
    found: set[str] = set()
    for sort, _, name in (n.partition(":") for need in met for n in need):
        found |= names.wider(name) if sort == "at" else names.territories.get(name, set()) if sort == "law" else set()
    return found


def _named(place: str) -> Iterator[frozenset[str]]:
    """What says a place that has no id: its names in the lists, else its words."""
    listed = {k.name for k in keys.of_hits(lexicon("en").scan(place)) if k.name.startswith(("at:", "side:"))}
    for name in sorted(listed or stems(place)):
        yield frozenset({name})


def _id(table: str, row: Row) -> str:
    if table == "measures":
        return f"{row['measure_id']}/{row['part_id']}"
    return str(row.get("id") or row.get("rule_id") or row.get("entity_id") or row["place_id"])


def _title(table: str, row: Row) -> str:
    if table == "measures":
        return f"{row['short']}, {row['name']}"
    if table == "network_seasons":
        return f"{in_words(row['place_id']).replace('-', ' ').title()}, {row['what']}"
    if table == FIRMS:
        return f"{in_words(row['firm'])}, {in_words(row['what'])}"
    return str(
        row.get("title")
        or row.get("rule")
        or row.get("event")
        or row.get("what")
        or row.get("name")
        or row.get("instrument")
    )


def _listed(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [value] if value else []


def _figures(row: Row, base: Entry, title: str) -> Iterator[Entry]:
    """The figures in the words of a row; a rule's own is in its columns."""
    when, table, key = row.get("date") or row.get("valid_from") or row.get("effective_from"), base.table, base.row_id
    until = max(str(when), str(row.get("effective") or "")) if when else None  # announced one day, in force another
    base = replace(
        base,
        kind="figure",
        first=day(when),
        last=day(row.get("valid_to") or row.get("effective_to") or (None if table in _LASTING else until), last=True),
        any_partner=True,
        state=table in _LASTING,
        compared=says(title, "for_comparison"),
        status="rule" if table in _LAWS else base.status or "reported",
        unclear=row.get("quality") == "unclear",
    )
    if table == "rules" and row["quantity_norm"] is not None:
        unit, _, per = row["unit_norm"].partition("/")
        said = f"{title}: {units.with_unit(row['quantity_norm'], unit, per=per)} ({key})"
        number = printed(row["quantity_norm"], "exact", unit)
        side = {k.name for k in keys.of_hits(lexicon("en").scan(title)) if k.name.startswith("land:")}
        others = base.keys - side if _SIDE.search(title) and len(side) == 1 else frozenset[str]()
        base = replace(base, lands=frozenset(side), other_lands=frozenset(n for n in others if n.startswith("land:")))
        yield replace(base, said=said, number=number, unit=unit, per=per or None, status=str(row["status"]))
    if table == FIRMS and row["share_pct"] is not None:
        said = f"{title}, {in_words(row['counterparty'])}: {units.with_unit(row['share_pct'], 'percent')} ({key})"
        yield replace(base, said=said, number=printed(row["share_pct"], "exact", "percent"), unit="percent")
    if table == "crossings" and row["elevation_m"] is not None:
        height = row["elevation_m"] / _METRES
        said = f"{title}: {units.with_unit(row['elevation_m'], 'm')} ({key})"
        height_of = frozenset({"what:crossings.elevation_m"})
        number = printed(height, "exact", "km")
        yield replace(base, said=said, number=number, unit="km", quantities=height_of, keys=base.keys | height_of)
    if table in _LASTING and (term := months_between(base.first, base.last)):
        said = f"{title}: {units.with_unit(term, 'months')}, {base.first} – {base.last} ({key})"
        yield replace(base, said=said, number=printed(term, "exact", "months"), unit="months")
    yield from _figures_in_words(row, base, title)


def _figures_in_words(row: Row, base: Entry, title: str) -> Iterator[Entry]:
    """The figures that a row has in its sentences."""
    table, key = base.table, base.row_id
    for column in columns("figured").get(table, ()):
        text = in_words(row.get(column) or "")
        if not re.search(r"\d", text) and table != FIRMS:  # numbers in words are many, and mostly of nothing told
            continue
        sentence = analyse(text, "en", None, read(text, "en", None, Items()))
        lands = [(k.start, k.name) for k in keys.of_sentence(sentence) if k.name.startswith("land:")]
        starts = [s.start for s in sentence.seen if s.kind == "figure" and s.bound != "between"]
        for seen in sentence.seen:
            if seen.kind != "figure" or not seen.numbers or (table == FIRMS and seen.numbers[0][1].value <= 1):
                continue  # one person said so
            bare = table == "requirements" or (table, column) == ("events", "title")
            if bare and (not seen.unit or "/" in text[max(0, seen.start - 1) : seen.end]):
                continue  # 5/5/30/180 days are the steps of a clock, and a number alone may be of anything
            unit, number = seen.numbers[0]
            if row.get("kind") == "listing":  # a number that is called a total is not that of what was added
                is_total = _TOTAL.search(text, text.rfind(";", 0, seen.start) + 1, seen.start)
                base = replace(base, pieces=frozenset({_GAINED} if is_total else ()))
            own = aligned(lands, starts, seen.start) if seen.start in starts and len(lands) > 1 else frozenset()
            base = replace(base, lands=own, other_lands=frozenset(n for _, n in lands if own) - own)
            around = stems(text[max(0, seen.start - AROUND) : seen.end + AROUND])
            toll = toll_of(sentence, seen)
            base = replace(base, toll=toll if toll.who or not _NO_CHINESE.search(text) else toll._replace(who=OTHERS))
            said = f"{title}: {text} ({key})" if text not in title else f"{title} ({key})"
            if table in _LAWS:
                base = _as_said(base, text[: seen.start], unit)
            yield replace(base, said=said, number=number, unit=unit, keys=base.keys | around)
            ends = (number.open.low, number.open.high) if seen.bound == "between" else ()
            for end in ends:  # a text may name one rate of those from 85.99 to 143.30 per cent
                yield replace(base, said=said, number=printed(end, "exact", unit), unit=unit, keys=base.keys | around)
            if more := _counted_apart(sentence, seen):
                number, toll = printed(number.value + more, seen.bound, unit), base.toll._replace(who=SEVERAL)
                yield replace(base, said=said, number=number, unit=unit, keys=base.keys | around, toll=toll)


def _as_said(base: Entry, before: str, unit: str) -> Entry:
    """A figure in the words of a law with the time that it is of: its own tranche, or the phase that it begins."""
    if phases := _FROM.findall(before):
        return replace(base, first=day(phases[-1]), last=None)
    listed = unit in _LISTED and base.first and not base.last
    return replace(base, last=base.first + _NEWS) if listed and base.first else base


def _counted_apart(sentence: Sentence, seen: Seen) -> int:
    """How many persons a row counts behind a number who came to the same: 9 Chinese and 4 others killed; 0: none.

    Attackers are not counted with those whom they killed.
    """
    more = _MORE.match(sentence.text, seen.end)
    if more is None:
        return 0
    if more[2]:
        return int(more[1])
    ours = toll_of(sentence, seen)
    theirs = next((toll_of(sentence, s) for s in sentence.seen if s.start == more.start(1)), NONE)
    alike = ours.became == theirs.became != "" and ours.who and theirs.who
    return int(more[1]) if alike and ATTACKERS not in {ours.who, theirs.who} else 0
