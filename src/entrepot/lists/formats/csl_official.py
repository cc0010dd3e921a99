"""The US Consolidated Screening List as the International Trade Administration offers it: CSV, and JSON.

Layout: https://developer.trade.gov/apis (Consolidated Screening List) and the headings of the file at
https://www.trade.gov/consolidated-screening-list. One row an entry; several values of a cell are joined by `; `.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.ofac_documents import IDENTIFIERS, PERSONAL
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, day, flag_programmes, named

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {
    "": "unknown",
    "entity": "organisation",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
_NEEDED = ("_id", "source", "entity_number", "type", "programs", "name", "addresses", "start_date", "alt_names", "ids")
_OPTIONAL = ("end_date", "dates_of_birth", "nationalities", "citizenships")
# Columns that hold a fact of the entry -> what it is.
_FACTS = {
    "title": "title",
    "federal_register_notice": "legal_basis",
    "standard_order": "legal_basis",
    "license_requirement": "legal_basis",
    "license_policy": "legal_basis",
    "call_sign": "call_sign",
    "vessel_type": "vessel_type",
    "gross_tonnage": "gross_tonnage",
    "gross_registered_tonnage": "tonnage",
    "vessel_flag": "vessel_flag",
    "vessel_owner": "vessel_owner",
    "remarks": "remark",
    "source_list_url": "link",
    "source_information_url": "link",
    "places_of_birth": "birth_place",
}
_KNOWN = (*_OPTIONAL, *_FACTS, "entity_name")
_SEVERAL = ("programs", "alt_names", "dates_of_birth", "nationalities", "citizenships")
_SHORT = re.compile(r"\(([A-Z]{2,4})\)")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b", re.ASCII)

Entry = dict[str, Any]


def read_csv(files: Mapping[str, File], list_id: str) -> Reading:
    """Every entry under the short name of its list and its own number there, else the number of the whole list."""
    (file,) = files.values()
    draft = Draft(list_id)
    for line, row in headed_csv.headed(file, _NEEDED, draft, _KNOWN):
        entry: Entry = {k: row.get(k, "").strip() for k in (*_NEEDED, *_OPTIONAL)}
        entry |= {k: _parts(row.get(k, "")) for k in _SEVERAL}
        entry["countries"] = [a.rpartition(",")[2].strip() for a in _parts(row["addresses"])]
        entry["ids"] = [_document(text) for text in _parts(row["ids"])]
        entry["facts"] = [("address", a) for a in _parts(row["addresses"])]
        entry["facts"] += [(_FACTS[k], _titled(k, row[k])) for k in _FACTS if row.get(k, "").strip()]
        _entry(draft, file, line, entry)
    return draft.reading()


def read_json(files: Mapping[str, File], list_id: str) -> Reading:
    """The same of JSON: one object whose `results` are the entries."""
    (file,) = files.values()
    draft = Draft(list_id)
    for number, row in enumerate(_results(file), 1):
        problem = tr("result {number} lacks one of the fields, or holds something else in it", number=number)
        try:
            entry = _plain(row, draft)
        except (KeyError, TypeError, AttributeError) as exc:
            raise UnreadableFileError(file.path, problem, allowed=", ".join(_NEEDED)) from exc
        _entry(draft, file, None, entry)
    return draft.reading()


def _results(file: File) -> list[Any]:
    try:
        whole = json.loads(headed_csv.decoded(file))
    except json.JSONDecodeError as exc:
        raise UnreadableFileError(
            file.path, tr("not JSON ({msg})", msg=exc.msg), line=exc.lineno, column=exc.colno
        ) from exc
    except (RecursionError, ValueError) as exc:
        raise UnreadableFileError(
            file.path, tr("not JSON that can be read (nested too deep, or a number too long)")
        ) from exc
    results = whole.get("results") if isinstance(whole, dict) else None
    if not isinstance(results, list):
        raise UnreadableFileError(
            file.path, tr("no list 'results'"), line=1, allowed=tr("one object with a list 'results'")
        )
    return results


def _plain(row: Any, draft: Draft) -> Entry:
    """A result of the JSON in the form of a row of the CSV."""
    entry: Entry = {k: str(row[k] if row.get(k) is not None else "").strip() for k in ("source", "name")}
    entry |= {
        k: str(row.get(k) or "").strip() for k in ("_id", "id", "entity_number", "type", "start_date", "end_date")
    }
    entry["_id"] = entry["_id"] or entry["id"]
    entry |= {k: [str(v) for v in row.get(k) or []] for k in _SEVERAL}
    entry["countries"] = [str(a.get("country") or "") for a in row.get("addresses") or []]
    entry["ids"] = [tuple(str(i.get(k) or "") for k in ("type", "number", "country")) for i in row.get("ids") or []]
    entry["facts"] = [("address", _place(a)) for a in row.get("addresses") or []]
    for key, what in _FACTS.items():
        given = row.get(key) or []
        entry["facts"] += [(what, _titled(key, str(v))) for v in (given if isinstance(given, list) else [given])]
    read_here = {*_NEEDED, *_KNOWN, "id"}
    for unread in sorted(k for k, v in row.items() if v and k not in read_here):
        draft.count("columns not read", unread)
    return entry


def _place(address: dict[str, Any]) -> str:
    return ", ".join(str(address[k]) for k in ("address", "city", "state", "postal_code", "country") if address.get(k))


def _titled(column: str, value: str) -> str:
    """The value, with the name of its column where that says which of several it is."""
    return f"{column.replace('_', ' ')}: {value}" if _FACTS[column] == "legal_basis" else value


def _parts(text: str) -> list[str]:
    return [part for p in text.split(";") if (part := p.strip())]


def _document(text: str) -> tuple[str, str, str]:
    """Type, number, country of `Passport, N123, Nowhere`."""
    kind, _, rest = text.partition(",")
    number, _, country = rest.partition(",")
    return kind.strip(), number.strip(), country.strip()


def _entry(draft: Draft, file: File, line: int | None, entry: Entry) -> None:
    number, kind = _number(file, line, entry), entry["type"].casefold()
    if number in draft:
        raise UnreadableFileError(file.path, tr("entry {number!r} stands twice", number=number[:60]), line=line)
    if kind not in _KINDS:
        draft.count("kinds never seen before", kind)
    dates = {k: day(file, line, k, entry[k]) if entry[k] else "" for k in ("start_date", "end_date")}
    draft.add(
        number,
        named(file, line, entry["name"]),
        _KINDS.get(kind, "unknown"),
        section=[entry["source"]],
        programme=entry["programs"],
        countries=list(dict.fromkeys(c for c in entry["countries"] if c)),
        valid_from=dates["start_date"],
        valid_to=dates["end_date"],
    )
    flag_programmes(draft, known_programmes("ofac"), entry["programs"])
    for name in entry["alt_names"]:
        draft.name(number, named(file, line, name), "alias")
    if _KINDS.get(kind) == "person":
        draft.extend(number, "birth_years", [y for d in entry["dates_of_birth"] for y in _YEAR.findall(d)])
    draft.extend(number, "nationalities", [*entry["nationalities"], *entry["citizenships"]])
    for born in entry["dates_of_birth"]:
        draft.fact(number, "birth_date", born)
    for fact, text in entry["facts"]:
        draft.fact(number, fact, text)
    for what, value, country in entry["ids"]:
        _identify(draft, number, (what, value, country))


def _number(file: File, line: int | None, entry: Entry) -> str:
    """The list's own number where it gives one, else that of the whole file."""
    title, own = entry["source"], entry["entity_number"] or entry["_id"]
    if not title or not own:
        raise UnreadableFileError(file.path, tr("an entry without source or number"), line=line)
    short = _SHORT.search(title)
    return f"{short[1] if short else title}-{own}"


def _identify(draft: Draft, number: str, what: tuple[str, str, str]) -> None:
    kind, value, country = what
    if value.upper().startswith("IMO"):
        draft.identifier(number, "imo", value)
    elif kind in IDENTIFIERS:
        draft.identifier(number, IDENTIFIERS[kind], value, country)
    elif kind in PERSONAL:
        draft.document(number, PERSONAL[kind], value, country)
    elif kind or value:
        draft.count("documents not read", kind)
