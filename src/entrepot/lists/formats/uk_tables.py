"""The UK list as three related tables: subjects.csv, subject_names.csv, subject_identifiers.csv."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.reading import Draft, File, Reading, named
from entrepot.lists.formats.reading import day as calendar_day

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUBJECTS, _NAMES, _IDENTIFIERS = "subjects.csv", "subject_names.csv", "subject_identifiers.csv"
_KINDS = {"individual": "person", "entity": "organisation", "ship": "vessel"}
_WHAT = {"primary": "name", "primary_variation": "alias", "alias": "alias"}
_STRENGTH = {"": None, "good_quality_aka": "good", "low_quality_aka": "weak"}
_KEPT = {"business_registration_numbers": "registration", "imo": "imo"}
_PERSONAL = {"passport": "passport", "national": "national_id"}
_REFERENCES = {"un_reference_number": "UN ", "ofsi_group_id": "OFSI group ", "last_updated": ""}
_DATE = re.compile(r"^(\d{2})/(\d{2})/(\d{4})$", re.ASCII)


def read_uk_tables(files: Mapping[str, File], list_id: str) -> Reading:
    """Subjects under their unique id, with every spelling of their names; low-quality aliases are weak."""
    draft = Draft(list_id)
    names = _names(files[_NAMES], draft)
    needed = ("unique_id", "subject_type", "date_designated")
    for line, row in headed_csv.headed(files[_SUBJECTS], needed, draft, tuple(_REFERENCES)):
        _subject(draft, files[_SUBJECTS], line, row, names)
    if names:
        problem = tr(
            "{count} subjects that {subjects} lacks (the first is {names})",
            count=len(names),
            subjects=_SUBJECTS,
            names=min(names),
        )
        raise UnreadableFileError(files[_NAMES].path, problem, remedy=tr("Give files of one day."))
    _identifiers(draft, files[_IDENTIFIERS])
    return draft.reading()


Names = dict[str, list[tuple[str, str, "str | None"]]]


def _names(file: File, draft: Draft) -> Names:
    found: Names = {}
    needed = ("unique_id", "name_type", "alias_strength", "full_name")
    parts = ("name_id", "name_6", "name_1", "name_2", "name_3", "name_4", "name_5")  # full_name holds them joined
    for line, row in headed_csv.headed(file, needed, draft, parts):
        what, strength = row["name_type"], row["alias_strength"]
        if what not in _WHAT:
            draft.count("types of name never seen before", what)
        if strength not in _STRENGTH:
            draft.count("strengths of alias never seen before", strength)
        name = named(file, line, row["full_name"])
        found.setdefault(row["unique_id"], []).append((_WHAT.get(what, "alias"), name, _STRENGTH.get(strength)))
    return found


def _subject(draft: Draft, file: File, line: int, row: dict[str, str], names: Names) -> None:
    number, kind = row["unique_id"].strip(), row["subject_type"]
    if not number or number in draft:
        problem = (
            tr("subject {number!r} stands twice", number=number[:40]) if number else tr("a subject without a unique_id")
        )
        raise UnreadableFileError(file.path, problem, line=line)
    own = names.pop(number, [])
    if not own:
        problem = tr("subject {number!r} has no name in {names}", number=number[:40], names=_NAMES)
        raise UnreadableFileError(file.path, problem, line=line, remedy=tr("Give files of one day."))
    if kind not in _KINDS:
        draft.count("kinds never seen before", kind)
    first = next((name for what, name, _ in own if what == "name"), own[0][1])
    draft.add(number, first, _KINDS.get(kind, "unknown"), valid_from=_date(file, line, row["date_designated"]))
    for column, word in _REFERENCES.items():
        if value := row.get(column, "").strip():
            draft.fact(number, "updated" if column == "last_updated" else "reference", word + value)
    for what, name, strength in own:
        # An entry has one first name; a second primary name is an alias of full strength.
        draft.name(number, name, "alias" if what == "name" else what, strength)


def _identifiers(draft: Draft, file: File) -> None:
    optional = ("id", "ofsi_group_id", "additional_info")  # the group stands with the subject
    for line, row in headed_csv.headed(file, ("unique_id", "raw_value", "identifier_type"), draft, optional):
        number, kind = row["unique_id"], row["identifier_type"]
        if number not in draft:
            problem = tr("subject {number!r} is not in {subjects}", number=number[:40], subjects=_SUBJECTS)
            raise UnreadableFileError(file.path, problem, line=line, remedy=tr("Give files of one day."))
        if kind in _PERSONAL:
            draft.document(number, _PERSONAL[kind], row["raw_value"])
        elif kind in _KEPT:
            draft.identifier(number, _KEPT[kind], row["raw_value"])
        else:
            draft.count("types of identifier never seen before", kind)
        if info := row.get("additional_info", "").strip():
            draft.fact(number, "document", f"{kind.replace('_', ' ')}: {info}")


def _date(file: File, line: int, text: str) -> str:
    found = _DATE.match(text.strip())
    if not text.strip():
        return ""
    if not found:
        raise UnreadableFileError(
            file.path, tr("date_designated is {text!r}", text=text[:40]), line=line, allowed=tr("DD/MM/YYYY")
        )
    day, month, year = found.groups()
    return calendar_day(file, line, "date_designated", f"{year}-{month}-{day}")
