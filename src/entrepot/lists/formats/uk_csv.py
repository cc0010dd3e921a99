"""The UK Sanctions List, CSV or OpenDocument: a line with the day of the report, headings, a row a name.

Layout: https://www.gov.uk/government/publications/the-uk-sanctions-list (format guide); since 28 January 2026 the only
list of the UK, with what the list of HM Treasury held. Ships, persons and entities stand in one table.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.open_document import as_csv, is_open_document
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_KIND_HEADINGS = ("Designation Type", "Individual, Entity, Ship")  # the heading was renamed
_NEEDED = (
    "Unique ID",
    *_PARTS,
    "Name type",
    "Alias strength",
    "Name non-latin script",
    "Regime Name",
    "Address Country",
    "Date Designated",
    "D.O.B",
    "Nationality(/ies)",
    "National Identifier number",
    "Passport number",
    "Business registration number (s)",
    "IMO number",
)
_SHIP = ("Length of ship", "Year Built", "Hull identification number (HIN)")
# Columns that are printed as one fact -> what it is.
_FACTS: dict[tuple[str, ...], str] = {
    (*(f"Address Line {i}" for i in range(1, 7)), "Address Postal Code", "Address Country"): "address",
    ("D.O.B",): "birth_date",
    ("Town of birth", "Country of birth"): "birth_place",
    ("Gender",): "gender",
    ("Title",): "title",
    ("Position",): "title",
    ("OFSI Group ID",): "reference",
    ("UN Reference Number",): "reference",
    ("Last Updated",): "updated",
    ("Phone number",): "telephone",
    ("Email address",): "email",
    ("Website",): "website",
    ("Type of entity",): "organisation_type",
    ("Parent Company",): "linked_to",
    ("Subsidiaries",): "linked_to",
    ("Type of ship",): "vessel_type",
    ("Tonnage of ship",): "tonnage",
    ("Current believed flag of ship",): "vessel_flag",
    ("Previous flags",): "former_vessel_flag",
    ("Current owner/operator (s)",): "vessel_owner",
    ("Previous owner/operator (s)",): "vessel_owner",
    ("Sanctions Imposed",): "legal_basis",
    ("UK Statement of Reasons",): "remark",
    ("Other Information",): "remark",
    **{(heading,): "remark" for heading in _SHIP},
    ("National Identifier additional information",): "document",
    ("Passport additional information",): "document",
}
# Of these the heading says which of several the value is.
_SAID_WHICH = frozenset({"Parent Company", "Subsidiaries", "Previous owner/operator (s)", "Sanctions Imposed", *_SHIP})
_KNOWN = (*_KIND_HEADINGS, *dict.fromkeys(name for names in _FACTS for name in names))
_KINDS = {"individual": "person", "entity": "organisation", "ship": "vessel"}
_TYPES = {"primary name": "name", "primary name variation": "alias", "alias": "alias"}
_STRENGTHS = {"": None, "good quality a.k.a": "good", "low quality a.k.a": "weak"}
_REPORT = re.compile(r"\ufeff?\"?Report Date:\s*([^\",\r\n]+)\"?,*\r?\n", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b", re.ASCII)
_SEVERAL = re.compile(r"\s*[;|]\s*|\s*\(\d+\)\s*")


def read_uk_csv(files: Mapping[str, File], list_id: str) -> Reading:
    """Every subject under its Unique ID; aliases of low quality are weak, names in other scripts aliases."""
    (file,) = files.values()
    draft = Draft(list_id)
    if is_open_document(file):
        file = as_csv(file, "Unique ID")
    first = _REPORT.match(headed_csv.decoded(file)[:200])
    if first:
        draft.published = _date(file, 1, tr("the report's date"), first[1])
    primary: dict[str, str] = {}
    rows = list(headed_csv.headed(file, _NEEDED, draft, _KNOWN, skip=1 if first else 0))
    for line, row in rows:
        number = row["Unique ID"].strip()
        if not number:
            raise UnreadableFileError(file.path, tr("a row without a Unique ID"), line=line)
        if row["Name type"].strip().casefold() == "primary name":
            primary.setdefault(number, _name(row))
    for line, row in rows:
        _row(draft, file, line, row, primary)
    return draft.reading()


def _row(draft: Draft, file: File, line: int, row: dict[str, str], primary: Mapping[str, str]) -> None:
    number, name = row["Unique ID"].strip(), named(file, line, _name(row) or row["Name non-latin script"])
    if number not in draft:
        draft.add(number, primary.get(number) or name, _kind(draft, file, line, row))
    what, strength = row["Name type"].strip().casefold(), row["Alias strength"].strip().casefold().rstrip(".")
    if what not in _TYPES:
        draft.count("types of name never seen before", what)
    if strength not in _STRENGTHS:
        draft.count("strengths of alias never seen before", strength)
    draft.name(number, name, "alias", _STRENGTHS.get(strength))
    draft.name(number, row["Name non-latin script"], "alias", _STRENGTHS.get(strength))
    regime = [r] if (r := row["Regime Name"].strip()) else []
    flag_programmes(draft, known_programmes("uk"), draft.extend(number, "programme", regime))
    draft.extend(number, "countries", [c] if (c := row["Address Country"].strip()) else [])
    draft.extend(number, "nationalities", filter(None, _SEVERAL.split(row["Nationality(/ies)"].strip())))
    draft.extend(number, "birth_years", _YEAR.findall(row["D.O.B"]))
    if row["Date Designated"].strip():
        draft.since(number, _date(file, line, "Date Designated", row["Date Designated"]))
    _identifiers(draft, number, row)
    for names, fact in _FACTS.items():
        word = f"{names[0]}: " if names[0] in _SAID_WHICH and row.get(names[0], "").strip() else ""
        draft.fact(number, fact, word + row.get(names[0], ""), *(row.get(n, "") for n in names[1:]))


def _name(row: Mapping[str, str]) -> str:
    """Given names before the family name, which the list puts into Name 6."""
    return " ".join(" ".join(row[p] for p in _PARTS).split())


def _kind(draft: Draft, file: File, line: int, row: Mapping[str, str]) -> str:
    heading = next((h for h in _KIND_HEADINGS if h in row), None)
    if heading is None:
        problem = tr("no heading {kind_headings!r}", kind_headings=_KIND_HEADINGS[0])
        raise UnreadableFileError(file.path, problem, line=line, allowed=" or ".join(_KIND_HEADINGS))
    kind = row[heading].strip().casefold()
    if kind not in _KINDS:
        draft.count("kinds never seen before", kind)
    return _KINDS.get(kind, "unknown")


def _identifiers(draft: Draft, number: str, row: Mapping[str, str]) -> None:
    for heading, kind in (("Business registration number (s)", "registration"), ("IMO number", "imo")):
        for value in filter(None, _SEVERAL.split(row[heading])):
            draft.identifier(number, kind, value)
    for heading, kind in (("Passport number", "passport"), ("National Identifier number", "national_id")):
        for value in filter(None, _SEVERAL.split(row[heading])):
            draft.document(number, kind, value)


def _date(file: File, line: int, column: str, text: str) -> str:
    for form in ("%d/%m/%Y", "%d-%b-%Y", "%d-%B-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise UnreadableFileError(
        file.path, tr("{column} is {text!r}", column=column, text=text[:40]), line=line, allowed=tr("DD/MM/YYYY")
    )
