"""The EU's consolidated financial sanctions list, CSV 1.1: semicolons, 118 columns, a row a name, address or document.

Layout: the headings of csvFullSanctionsList_1_1, which follow the XML's elements and attributes; see
https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions.
The CSV does not say which names are strong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.eu_words import KINDS, born, document
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named
from entrepot.lists.formats.reading import day as calendar_day

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEEDED = (
    "fileGenerationDate",
    "Entity_LogicalId",
    "Entity_SubjectType_ClassificationCode",
    "Entity_Regulation_Programme",
    "Entity_Regulation_PublicationDate",
    "NameAlias_WholeName",
    "Address_CountryDescription",
    "BirthDate_BirthDate",
    "BirthDate_Year",
    "Identification_Number",
    "Identification_TypeCode",
    "Identification_CountryDescription",
    "Citizenship_CountryDescription",
)
# Columns that are printed as one fact -> what it is.
_FACTS = {
    tuple(f"Address_{part}" for part in ("Street", "PoBox", "City", "ZipCode", "Region", "Place")): "address",
    ("BirthDate_Place", "BirthDate_City", "BirthDate_Region", "BirthDate_CountryDescription"): "birth_place",
    ("NameAlias_Title", "NameAlias_Function"): "title",
    ("NameAlias_Gender",): "gender",
    ("Entity_Remark",): "remark",
    ("Entity_EU_ReferenceNumber",): "reference",
    ("Entity_UnitedNationId",): "reference",
    ("Entity_Regulation_Type", "Entity_Regulation_NumberTitle", "Entity_Regulation_PublicationUrl"): "legal_basis",
}
_RANGE = ("BirthDate_YearRangeFrom", "BirthDate_YearRangeTo", "BirthDate_Circa")
_KNOWN = (*(name for names in _FACTS for name in names), *_RANGE)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_BIRTH = (("BirthDate_BirthDate", "BirthDate_Year"), ("BirthDate_YearRangeFrom", "BirthDate_YearRangeTo"))


def read_eu_csv(files: Mapping[str, File], list_id: str) -> Reading:
    """Every entity under its Entity_LogicalId; the first name of the file is shown, all are held."""
    (file,) = files.values()
    draft = Draft(list_id)
    draft.say(tr("the file does not say which names are weak"))
    waiting: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for line, row in headed_csv.headed(file, _NEEDED, draft, _KNOWN, delimiter=";"):
        number = row["Entity_LogicalId"].strip()
        if not (number.isascii() and number.isdigit()):
            problem = tr("the Entity_LogicalId is {number!r}", number=number[:40])
            raise UnreadableFileError(file.path, problem, line=line, allowed=tr("digits"))
        draft.published = draft.published or _date(file, line, row["fileGenerationDate"])
        if number in draft:
            _row(draft, file, line, number, row)
        elif row["NameAlias_WholeName"].strip():
            _entity(draft, file, line, number, row)
            for earlier in waiting.pop(number, []):
                _row(draft, file, earlier[0], number, earlier[1])
        else:
            waiting.setdefault(number, []).append((line, row))
    for rows in waiting.values():
        raise UnreadableFileError(file.path, tr("an entity without a name"), line=rows[0][0])
    return draft.reading()


def _entity(draft: Draft, file: File, line: int, number: str, row: dict[str, str]) -> None:
    code = row["Entity_SubjectType_ClassificationCode"].strip()
    if code not in KINDS:
        draft.count("kinds never seen before", code)
    draft.add(number, named(file, line, row["NameAlias_WholeName"]), KINDS.get(code, "unknown"))
    _row(draft, file, line, number, row)


def _row(draft: Draft, file: File, line: int, number: str, row: dict[str, str]) -> None:
    if name := row["NameAlias_WholeName"].strip():
        draft.name(number, named(file, line, name), "alias")
    if programme := row["Entity_Regulation_Programme"].strip():
        flag_programmes(draft, known_programmes("eu"), draft.extend(number, "programme", [programme]))
    if day := row["Entity_Regulation_PublicationDate"].strip():
        draft.since(number, _date(file, line, day))
    for part, column in (("Address", "countries"), ("Citizenship", "nationalities")):
        country = row[f"{part}_CountryDescription"].strip()
        if country and country != "UNKNOWN":
            draft.extend(number, column, [country])
    for names, what in _FACTS.items():
        parts = [row.get(n, "") for n in names]
        if any(p.strip() for p in parts):
            draft.fact(number, what, *parts, *([row["Address_CountryDescription"]] if what == "address" else []))
    said, years = ((row.get(a, ""), row.get(b, "")) for a, b in _BIRTH)
    born(draft, number, said, years, is_about=row.get("BirthDate_Circa", "").strip().casefold() == "true")
    if row["Identification_Number"].strip() or row["Identification_TypeCode"].strip():
        what, value = row["Identification_TypeCode"].strip(), row["Identification_Number"]
        document(draft, number, what, value, row["Identification_CountryDescription"])


def _date(file: File, line: int, text: str) -> str:
    """A day written DD/MM/YYYY or YYYY-MM-DD."""
    found = _DAY.fullmatch(text.strip())
    return calendar_day(file, line, tr("the date"), f"{found[3]}-{found[2]}-{found[1]}" if found else text.strip())
