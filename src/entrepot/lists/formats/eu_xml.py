"""The EU's consolidated financial sanctions list, XML 1.1.

Schema: http://eu.europa.ec/fpi/fsd/export (the namespace of version 1.1), offered under
https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions:
`export` holds `sanctionEntity`, whose children carry attributes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import xml_tree
from entrepot.lists.formats.eu_words import KINDS, born, document
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named
from entrepot.lists.formats.reading import day as calendar_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.lists.formats.xml_tree import Element

_ROOT = "export"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BIRTH = (("birthdate", "year"), ("yearRangeFrom", "yearRangeTo"))


def read_eu_xml(files: Mapping[str, File], list_id: str) -> Reading:
    """Every entity under its logicalId; a name that is not strong is a weak alias."""
    (file,) = files.values()
    draft = Draft(list_id)
    for element in xml_tree.each(file, _ROOT, {"sanctionEntity": _ROOT}):
        if element.name == _ROOT:
            made = _DAY.match(element.attributes.get("generationDate", ""))
            draft.published = made[0] if made else ""
        else:
            _entity(draft, file, element)
    return draft.reading()


def _entity(draft: Draft, file: File, element: Element) -> None:
    number = element.attributes.get("logicalId", "")
    if not (number.isascii() and number.isdigit()):
        problem = tr("the logicalId is {number!r}", number=number[:40])
        raise UnreadableFileError(file.path, problem, line=element.line, allowed=tr("digits"))
    if number in draft:
        raise UnreadableFileError(file.path, tr("logicalId {number} stands twice", number=number), line=element.line)
    names = [_name(a) for a in element.all("nameAlias")]
    first = next((n for n, strength in names if strength == "good"), names[0][0] if names else "")
    draft.add(number, named(file, element.line, first), _kind(draft, element))
    draft.fact(number, "reference", element.attributes.get("euReferenceNumber", ""))
    united = element.attributes.get("unitedNationId", "")
    draft.fact(number, "reference", tr("UN {united}", united=united) if united else "")
    for name, strength in names:
        if name:
            draft.name(number, named(file, element.line, name), "alias", strength)
    for child in element.children:
        _child(draft, file, number, child)


def _name(alias: Element) -> tuple[str, str]:
    given = alias.attributes
    parts = (given.get(n, "") for n in ("firstName", "middleName", "lastName"))
    whole = " ".join((given.get("wholeName") or " ".join(parts)).split())
    return whole, "weak" if given.get("strong") == "false" else "good"


def _kind(draft: Draft, element: Element) -> str:
    codes = [t.attributes.get("classificationCode") or t.attributes.get("code", "") for t in element.all("subjectType")]
    code = codes[0] if codes else ""
    if code not in KINDS:
        draft.count("kinds never seen before", code)
    return KINDS.get(code, "unknown")


def _said(given: Mapping[str, str], *keys: str) -> str:
    """The attributes that say something, joined by commas."""
    return ", ".join(v for k in keys if (v := given.get(k, "").strip()) and v != "UNKNOWN")


def _facts(draft: Draft, number: str, child: Element) -> None:
    given = child.attributes
    remarks = " ".join(r.text.strip() for r in child.all("remark"))
    match child.name:
        case "address":
            place = _said(given, "street", "poBox", "city", "zipCode", "region", "place", "countryDescription")
            draft.fact(number, "address", place, f"({remarks})" if remarks else "")
        case "birthdate":
            said, years = ((given.get(a, ""), given.get(b, "")) for a, b in _BIRTH)
            born(draft, number, said, years, is_about=given.get("circa") == "true")
            draft.fact(number, "birth_place", _said(given, "place", "city", "region", "countryDescription"))
        case "nameAlias":
            draft.fact(number, "title", _said(given, "title", "function"))
            draft.fact(number, "gender", {"M": "male", "F": "female"}.get(given.get("gender", ""), ""))
        case "regulation":
            words = _said(given, "regulationType", "numberTitle", "publicationDate")
            urls = " ".join(u.text.strip() for u in child.all("publicationUrl"))
            draft.fact(number, "legal_basis", words, urls)
        case "identification":
            if issued := ", ".join(filter(None, (_said(given, "issuedBy", "issuedDate"), remarks))):
                draft.fact(number, "document", given.get("identificationTypeDescription", ""), issued)
            return
    if remarks and child.name != "address":
        draft.fact(number, "remark", remarks)


def _child(draft: Draft, file: File, number: str, child: Element) -> None:
    given = child.attributes
    _facts(draft, number, child)
    match child.name:
        case "regulation":
            programme = [p] if (p := given.get("programme", "").strip()) else []
            flag_programmes(draft, known_programmes("eu"), draft.extend(number, "programme", programme))
            if day := given.get("publicationDate", ""):
                draft.since(number, calendar_day(file, child.line, "publicationDate", day))
        case "address" | "citizenship":
            column = "countries" if child.name == "address" else "nationalities"
            country = given.get("countryDescription", "").strip()
            if country and country != "UNKNOWN":
                draft.extend(number, column, [country])
        case "identification":
            what = given.get("identificationTypeCode", "")
            value = given.get("number") or given.get("latinNumber", "")
            document(draft, number, what, value, given.get("countryDescription", ""))
        case "nameAlias" | "subjectType" | "birthdate":
            pass
        case "remark":
            draft.fact(number, "remark", child.text)
        case _:
            draft.count("elements not read", child.name)
