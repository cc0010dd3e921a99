"""Listings as they stood on a day: which names are searched, and what each list covers.

A listing holds from `valid_from` to the day before `valid_to`. Where a source gives a month or a year, the whole of
it counts, and the status says `may_be_in_force`. A dated alias is searched only while it stood on the list; a name
that the
list has replaced is searched on as a former name, for the firm is still listed; an undated alias is searched
whenever the firm is listed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, ContractBrokenError, UnknownNameError
from entrepot.core.ids import digest
from entrepot.core.periods import first_day
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.intake.parquet_rows import arrow_of
from entrepot.lists import version_names
from entrepot.lists.contract import TABLES, TITLES
from entrepot.lists.listed_name import PROBABLE, ListedName, holds
from entrepot.sources.contract import READ
from entrepot.sources.tables import read_table

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from entrepot.lists.versions import Version

_NEEDED = {
    "listings": ("entity_id", "list_id", "name", "kind", "name_zh", "valid_from", "valid_to", "source_id"),
    "membership": ("entity_id", "list_id", "what", "value", "valid_from", "valid_to", "certainty", "source_id"),
}
# `owned` says that nobody lists a party, so it is empty wherever a list is hashed.
_NOT_HASHED = {"particulars", "owned"}
_NO_PARTY = {"region", "goods"}  # kinds of listing that name no party
_UNDATED = "since_at_least"
_NOT_PRINTED = marked("The Chinese name is not printed on the list; Entrepot holds it beside the listing.")
_ONE_COPY = marked("The entry is read from one machine copy of the publisher's page and from no other text.")
_PROBABLY = marked(
    "The Chinese name is not printed on the list; it is probable: paired with the listing by pinyin only, so it is "
    "never enough for a certain match."
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Listings:
    """The tables that parties are screened against.

    Attributes:
        listings: one row an entity of a list.
        membership: one row an (entity, section or name, from, to).
        totals: list_id -> (day, entities published by then), oldest first.
        copies: list_id -> (day of a notice, entities it added, from what kind of copy they are held), oldest first.
        versions: list_id -> the version of a loaded list that is screened against.
        notes: what a reader must know of the lists.
        sources: of a refreshed record, the pages that it was read from, rows of the register.
    """

    listings: pa.Table
    membership: pa.Table
    totals: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    copies: Mapping[str, Sequence[tuple[str, int, str]]] = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    sources: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        for name, needed in _NEEDED.items():
            missing = [c for c in needed if c not in getattr(self, name).column_names]
            if missing:
                raise ContractBrokenError(name, [tr("column {c!r} is missing", c=c) for c in missing])


@cache
def embedded() -> Listings:
    """The listings of the record that ships with Entrepot; read once a process, for they cannot change."""
    return of_tables({t.contract.name: read_table(t) for t in TABLES})


def of_tables(tables: Mapping[str, pa.Table]) -> Listings:
    """Listings out of the tables of the record that hold them.

    Args:
        tables: listings, membership and batches, by name.
    """
    totals: dict[str, list[tuple[str, int]]] = defaultdict(list)
    copies: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for row in sorted(tables["batches"].to_pylist(), key=lambda r: str(r["date"])):
        totals[row["list_id"]].append((row["date"], row["total_entities"]))
        copies[row["list_id"]].append((row["date"], row["added"], row["names_from"]))
    return Listings(tables["listings"], tables["membership"], totals, copies)


def list_ids(data: Listings) -> tuple[str, ...]:
    """The lists held, by name."""
    return tuple(sorted({*data.listings.column("list_id").to_pylist(), *data.versions}))


def chosen_lists(data: Listings, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The lists asked for, all when None or empty.

    Raises:
        UnknownNameError: a list that is not held; carries the nearest.
    """
    known = list_ids(data)
    for name in wanted or ():
        if name not in known:
            raise UnknownNameError(tr("list"), name, known, remedy=tr("Lists held: {known}.", known=", ".join(known)))
    return tuple(dict.fromkeys(wanted)) if wanted else known


def own(given: Any) -> Listings:
    """One's own list as listings: any table with a column `name`.

    Args:
        given: Arrow, polars or pandas. Beside `name` it may have `entity_id`, `list_id`, `kind`, `name_zh`,
            `aliases` (a list, or text with `; ` between), `valid_from`, `valid_to`, `source_id`. What is not given
            is not invented: an undated row may be in force on any day, and says so.

    Raises:
        BadInputError: not a table, or no column `name`.
    """
    import pyarrow as pa

    if not isinstance(given, pa.Table):
        if not hasattr(given, "__arrow_c_stream__"):
            raise BadInputError(
                tr("these are no listings"), found=type(given).__name__, allowed=tr("a table with a column 'name'")
            )
        given = arrow_of(given, tr("listings"))
    if "name" not in given.column_names:
        raise UnknownNameError(
            tr("column of listings"), "name", given.column_names, remedy=tr("Name the column 'name'.")
        )
    rows = [r for r in given.to_pylist() if r["name"]]
    listings, members = [], []
    for number, row in enumerate(rows, 1):
        base = {c: row.get(c) for c in _NEEDED["listings"]}
        base["entity_id"] = str(base["entity_id"] or f"own-{number}")
        base["list_id"] = str(base["list_id"] or "own")
        base["kind"], base["valid_from"] = base["kind"] or "company", str(base["valid_from"] or "")
        listings.append({k: None if v is None else str(v) for k, v in base.items()})
        aliases = row.get("aliases") or []
        names = aliases.split("; ") if isinstance(aliases, str) else aliases
        who = (base["entity_id"], base["list_id"])
        members += [
            dict(zip(_NEEDED["membership"], (*who, "alias", a, "", None, _UNDATED, None), strict=True))
            for a in names
            if a
        ]
    return Listings(_texts(listings, "listings"), _texts(members, "membership"))


def _texts(rows: list[dict[str, Any]], name: str) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=pa.schema([(c, pa.string()) for c in _NEEDED[name]]))


def names_in_force(data: Listings, lists: Sequence[str], day: date) -> list[ListedName]:
    """Every name of every party in force on the day, lists in order, no name of an entity twice."""
    members: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in data.membership.to_pylist():
        members[row["list_id"], row["entity_id"]].append(row)
    last = {name: last_change(data, name, day) for name in lists if name not in data.versions}
    out: list[ListedName] = []
    for row in data.listings.to_pylist():
        if row["list_id"] not in last or row["kind"] in _NO_PARTY:
            continue
        status = holds(row["valid_from"], row["valid_to"], day)
        if status:
            then = _as_known(row, day)
            out += _entity(then, members[row["list_id"], row["entity_id"]], day, status, last[row["list_id"]])
    for name in lists:
        if name in data.versions:
            out += version_names.names(data.versions[name], day)
    order = {name: at for at, name in enumerate(lists)}
    return sorted(out, key=lambda n: (order[n.list_id], n.entity_id, n.text))


def _as_known(row: Row, day: date) -> Row:
    """The row without an end that came after the day: a screening done again gives what it gave then."""
    ends_later = row["valid_to"] and day < first_day(row["valid_to"])
    return {**row, "valid_to": None} if ends_later else row


def _entity(row: Row, members: Sequence[Row], day: date, status: str, last: str) -> list[ListedName]:
    current = [m for m in members if m["what"] == "name" and holds(m["valid_from"], m["valid_to"], day)]
    listed_name = current[0]["value"] if len(current) == 1 else row["name"]
    sections = [
        m["value"]
        for m in members
        if m["what"] == "section" and m["value"] and holds(m["valid_from"], m["valid_to"], day)
    ]
    names: dict[str, tuple[str, str, str]] = {}
    if not any(m["what"] == "name" for m in members):
        names[row["name"]] = ("name", "dated", "")
    for member in members:
        read = _name(member, row, day)
        if read:
            names.setdefault(member["value"], read)
    if row["name_zh"]:
        names.setdefault(row["name_zh"], _chinese(row))
    copied = _ONE_COPY if row.get("name_basis") == "one_copy" else ""
    return [
        ListedName(
            text,
            kind,
            certainty,
            " ".join(filter(None, (remark, copied))),
            "person" if row["kind"] == "person" else "company",
            row["entity_id"],
            row["list_id"],
            listed_name,
            "; ".join(dict.fromkeys(sections)) or None,
            row["valid_from"],
            row["valid_to"],
            status,
            row["source_id"],
            last,
        )
        for text, (kind, certainty, remark) in names.items()
    ]


def _chinese(row: Row) -> tuple[str, str, str]:
    """Kind, certainty and remark of the Chinese name of a listing."""
    if row.get("name_zh_basis") == "probable":
        return PROBABLE, _UNDATED, _PROBABLY
    return "chinese_name", _UNDATED, _NOT_PRINTED


def _name(member: Row, row: Row, day: date) -> tuple[str, str, str] | None:
    """Kind, certainty and remark of a name on the day; None where it is not searched."""
    what, certainty = member["what"], member["certainty"]
    if what not in {"name", "alias", "former_name"}:
        return None
    if certainty == "since_at_least":
        return _chinese(row) if member["value"] == row["name_zh"] else _undated(what)
    if holds(member["valid_from"], member["valid_to"], day):
        return what, certainty, ""
    if what == "name" and member["valid_to"] and day >= first_day(member["valid_to"]):
        said = tr(
            "The list carried this name until {valid_to}; the party is still listed.", valid_to=member["valid_to"]
        )
        return "former_name", certainty, said
    return None


def _undated(what: str) -> tuple[str, str, str]:
    if what == "name":
        return what, "since_at_least", ""
    words = tr("former name") if what == "former_name" else "alias"
    return what, "since_at_least", tr("The {words} is not dated: it is used whenever the party is listed.", words=words)


def last_change(data: Listings, list_id: str, day: date) -> str:
    """Day of the last change to a list that the record holds by that day; else its first day of all."""
    rows = [r for t in (data.listings, data.membership) for r in t.to_pylist() if r["list_id"] == list_id]
    days = {d for r in rows for d in (r["valid_from"], r["valid_to"]) if d}
    days |= {d for d, _ in data.totals.get(list_id, ())}
    past = [d for d in days if first_day(d) <= day]
    chosen: str = max(past, key=lambda d: (first_day(d), d)) if past else min(days, default="")
    return chosen


def coverage(
    data: Listings, lists: Sequence[str], day: date, names: Sequence[ListedName] | None = None
) -> list[dict[str, Any]]:
    """What each list held on the day, as rows of COVERAGE.

    Args:
        data: the listings.
        lists: the lists.
        day: the day.
        names: the names in force, where they are known already.
    """
    names = names_in_force(data, lists, day) if names is None else names
    rows = []
    for name in lists:
        own_names = [n for n in names if n.list_id == name]
        version = data.versions.get(name)
        rows.append(version_names.covered(version, day, own_names) if version else _covered(data, name, day, own_names))
    return rows


def _covered(data: Listings, list_id: str, day: date, names: Sequence[ListedName]) -> dict[str, Any]:
    rows = [r for r in data.listings.to_pylist() if r["list_id"] == list_id]
    in_force = [r for r in rows if holds(r["valid_from"], r["valid_to"], day)]
    held = len(in_force)
    totals = [(d, n) for d, n in data.totals.get(list_id, ()) if first_day(d) <= day]
    published = totals[-1][1] if totals else None
    if published is None:
        sentence = tr("holds {held}; how many the publisher listed that day is not recorded", held=held)
    elif held < published:
        sentence = tr("holds {held} of {published}: a partial list", held=held, published=published)
    else:
        sentence = tr(
            "holds {held} of {published}{copied}",
            held=held,
            published=published,
            copied=_copied(data, list_id, day, in_force),
        )
    return {
        "list_id": list_id,
        "title": titles().get(list_id, list_id),
        "as_of": day.isoformat(),
        "list_as_of": max(last_change(data, list_id, day), _read_on(data, list_id, day)) or None,
        "entities_held": held,
        "entities_published": published,
        "names_held": len(names),
        "sha256": _hash(names),
        "sentence": sentence,
    }


def _read_on(data: Listings, list_id: str, day: date) -> str:
    """The last day by then on which a refreshed record read the publisher's list; empty where it never did."""
    days = {str(s["retrieved"]) for s in data.sources if str(s["source_id"]).startswith(f"{READ}{list_id}-")}
    return max((d for d in days if first_day(d) <= day), default="")


def _copied(data: Listings, list_id: str, day: date, in_force: Sequence[Row]) -> str:
    """Of which day a list that is held in full is, and from what kind of copy; it may have changed since."""
    every = data.copies.get(list_id, ())
    past = [c for c in every if first_day(c[0]) <= day]
    if not past:
        return ""
    of_day = {day_of: copy for day_of, _, copy in past}
    counts = dict.fromkeys(of_day.values(), 0)
    for row in in_force:  # by who is listed and not by who was added: some may be gone again
        counts[of_day.get(row["valid_from"], past[-1][2])] += 1
    read = ", ".join(tr("{n} from {copy}", n=n, copy=copy) for copy, n in counts.items() if n)
    alone = sum(r.get("name_basis") == "one_copy" for r in in_force)
    said = tr(", as published on {past}: {read}", past=past[-1][0], read=read)
    if alone:
        said += tr("; {alone} stand on one copy and nowhere else", alone=alone)
    return said if past[-1] != every[-1] else tr("{said}; a newer notice may exist", said=said)


def _hash(names: Sequence[ListedName]) -> str:
    """The hash of what is searched on the day, so that a later record with later rows can show the same list."""
    rows = [{k: v for k, v in asdict(n).items() if k not in _NOT_HASHED} for n in names]
    lines = sorted(json.dumps(r, ensure_ascii=False, sort_keys=True) for r in rows)
    return digest("\n".join(lines))


def titles() -> dict[str, str]:
    """list_id -> title of the lists that ship."""
    return {r["list_id"]: r["title"] for r in packaged_rows(TITLES)}


@in_english
def addresses() -> dict[str, str]:
    """list_id -> where the publisher offers the list, of those that ship; empty where that is not known."""
    return {r["list_id"]: r["address"] or "" for r in packaged_rows(TITLES)}
