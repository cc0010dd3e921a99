"""The names and the coverage of a loaded list, in the version that stood on a day."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest
from entrepot.core.words.translate import marked, tr
from entrepot.lists.listed_name import ListedName, holds
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from entrepot.lists.versions import Version

# What the list does not say may be anything.
_PARTIES = {"person": "person", "organisation": "company", "vessel": "vessel", "aircraft": "vessel"}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WRITTEN = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Za-z]{3})[a-z]* (?P<year>\d{4})", re.ASCII)
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_SHORT, 1)}
_FACT_DIGITS = 8  # of a hash that tells one address of an entry from its next
_WEAK = marked("The list marks this alias as weak: it fits many.")


def names(version: Version, day: date) -> list[ListedName]:
    """Every name of every entry that the version holds, weak aliases with a remark."""
    list_id, dated = version.row["list_id"], version.row["version"]
    origin = tr(
        "Read from {file}: {list_id} of {dated}, sha256 {sha256}.",
        file=version.row["file"],
        list_id=list_id,
        dated=dated,
        sha256=version.row["sha256"],
    )
    entries = {r["entity_id"]: r for r in version.entries.to_pylist()}
    known = _particulars(version, entries)
    status = {i: _status(r, day) for i, r in entries.items()}
    out = []
    for row in version.names.to_pylist():
        entry = entries[row["entity_id"]]
        if status[row["entity_id"]]:
            out.append(
                ListedName(
                    row["name"],
                    row["what"],
                    "since_at_least",
                    _remark(entry, weak=row["strength"] == "weak"),
                    _PARTIES.get(entry["kind"], "any"),
                    entry["entity_id"],
                    list_id,
                    entry["name"],
                    "; ".join([*(entry["section"] or ()), *(entry["programme"] or ())]) or None,
                    entry["valid_from"] or "",
                    entry["valid_to"],
                    status[row["entity_id"]],
                    "",
                    dated,
                    origin,
                    known.get(entry["entity_id"], ""),
                )
            )
    return out


def _particulars(version: Version, entries: dict[str, dict[str, Any]]) -> dict[str, str]:
    """What the list says of each entry beside its names."""
    numbers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    documents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for found, table in ((numbers, version.identifiers), (documents, version.documents)):
        for row in table.to_pylist():
            found[row["entity_id"]].append(row)
    born = _birth_dates(version)
    more = _facts_digested(version)
    return {
        i: particulars(r, numbers.get(i, ()), documents.get(i, ()), born.get(i, ()), more.get(i))
        for i, r in entries.items()
    }


# What is said of the publication and not of the party: a case does not come back for it.
_OF_THE_PAGE = {"updated", "link", "document", "reference"}


def _facts_digested(version: Version) -> dict[str, dict[str, str]]:
    """Of each entry what else its list prints: kind of fact -> a short hash of all of that kind.

    A change is seen by it without a list's every address being held in memory with every name.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    if version.facts is not None:
        columns = (version.facts.column(c).to_pylist() for c in ("entity_id", "what", "value"))
        for entity, what, value in zip(*columns, strict=True):
            if what not in _OF_THE_PAGE:
                found[entity][what].append(value)
    return {i: {w: digest("\n".join(sorted(v)), _FACT_DIGITS) for w, v in of.items()} for i, of in found.items()}


def _birth_dates(version: Version) -> dict[str, set[str]]:
    """Days of birth that the list prints whole, ISO; of a version loaded before they were kept none."""
    found: dict[str, set[str]] = defaultdict(set)
    if version.facts is None:
        return found
    columns = (version.facts.column(c).to_pylist() for c in ("entity_id", "what", "value"))
    for entity, what, value in zip(*columns, strict=True):
        if what == "birth_date" and (day := whole_day(value)):
            found[entity].add(day)
    return found


def whole_day(printed: str) -> str:
    """A day of birth as ISO; empty where it is not whole, not certain, or the first of a year.

    Lists write the first of January where they know the year alone, so it tells nobody apart.

    Args:
        printed: as a list prints it: 1961-05-14, 14 May 1961.
    """
    found = _ISO.fullmatch(printed.strip())
    if found is None and (written := _WRITTEN.fullmatch(printed.strip())):
        month = _MONTHS.get(written["month"].casefold(), 0)
        iso = f"{written['year']}-{month:02d}-{int(written['day']):02d}" if month else ""
        found = _ISO.fullmatch(iso)
    return "" if found is None or found[0].endswith("-01-01") else found[0]


def _status(entry: dict[str, Any], day: date) -> str:
    """An entry without dates was in force on the version's day, for it stands in it."""
    if entry["valid_from"] or entry["valid_to"]:
        return holds(entry["valid_from"] or "", entry["valid_to"], day)
    return "in_force"


def says_alike(version: Version, other: Version | None, day: date, later: date) -> bool:
    """Whether a version on a day and another on a later one say the same of every entry; no name is read for it.

    Args:
        version: of a list.
        other: another of it; None where there is none.
        day: on which the one is used.
        later: on which the other is.
    """
    if other is None or any(version.row[k] != other.row[k] for k in ("sha256", "version")):
        return False
    dates = version.entries.select(["valid_from", "valid_to"])
    dated = {(r["valid_from"], r["valid_to"]) for r in dates.to_pylist()} - {(None, None)}
    return all(holds(a or "", b, day) == holds(a or "", b, later) for a, b in dated)


def is_weak(name: ListedName) -> bool:
    """Whether the list of a name warns that it fits many."""
    return _WEAK in name.remark


def _remark(entry: dict[str, Any], *, weak: bool) -> str:
    said = [_WEAK] if weak else []
    if entry["birth_years"]:
        said.append(
            tr("The list gives the year of birth {birth_years}.", birth_years=" or ".join(entry["birth_years"]))
        )
    return " ".join(said)


def covered(version: Version, day: date, searched: Sequence[ListedName]) -> dict[str, Any]:
    """What the version held, as a row of COVERAGE."""
    row = version.row
    in_force = len({n.entity_id for n in searched})
    sentence = tr("holds {in_force} entries of the version of {version}", in_force=in_force, version=row["version"])
    if in_force < row["entries"]:
        sentence += tr(", which has {entries}", entries=row["entries"])
    return {
        "list_id": row["list_id"],
        "title": row["title"],
        "as_of": day.isoformat(),
        "list_as_of": row["version"],
        "version": row["version"],
        "entities_held": in_force,
        "entities_published": None,
        "names_held": len(searched),
        "sha256": row["sha256"],
        "sentence": sentence,
    }


def particulars(
    entry: Mapping[str, Any],
    numbers: Iterable[Mapping[str, Any]],
    documents: Iterable[Mapping[str, Any]],
    birth_dates: Iterable[str] = (),
    facts: Mapping[str, str] | None = None,
) -> str:
    """What a list says of an entry beside its names, as JSON; empty where it says nothing.

    Args:
        entry: a row of ENTRIES.
        numbers: its rows of IDENTIFIERS.
        documents: its rows of DOCUMENTS.
        birth_dates: its days of birth, ISO: they tell whether two lists mean one person, and raise no score.
        facts: what else the list prints, each kind with a hash; None where none is kept. They raise no score either.
    """
    countries = {code_of(c) for c in (*(entry["countries"] or ()), *(entry["nationalities"] or ()))} - {""}
    # A list that names no issuer is read as meaning the only country that it names.
    only = next(iter(countries)) if len(countries) == 1 else ""
    said = {
        "countries": sorted(countries),
        "birth_dates": sorted(birth_dates),
        "birth_years": sorted(entry["birth_years"] or ()),
        "numbers": sorted([r["kind"], r["normalised"], code_of(r["country"] or "") or only] for r in numbers),
        "documents": sorted([r["kind"], r["digest"], code_of(r["country"] or "") or only] for r in documents),
        "facts": dict(sorted((facts or {}).items())),
    }
    filled = {k: v for k, v in said.items() if v}
    return json.dumps(filled, sort_keys=True) if filled else ""
