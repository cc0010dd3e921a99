"""FollowTheMoney entities, one JSON object a line, as OpenSanctions exports them. Schema: https://followthemoney.tech."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.reading import Draft, File, Reading, named

if TYPE_CHECKING:
    from collections.abc import Mapping

UNREAD = "schemata not read"
KINDS = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "PublicBody": "organisation",
    "LegalEntity": "unknown",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
_NAMES = {"alias": ("alias", None), "previousName": ("former_name", None), "weakAlias": ("alias", "weak")}
_IDENTIFIERS = {
    "imoNumber": "imo",
    "mmsi": "mmsi",
    "leiCode": "lei",
    "uscCode": "uscc",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "vatCode": "tax",
    "swiftBic": "swift",
    "dunsCode": "duns",
}
_PERSONAL = {"passportNumber": "passport", "idNumber": "national_id", "socialSecurityNumber": "national_id"}
_FACTS = {
    "birthPlace": "birth_place",
    "gender": "gender",
    "title": "title",
    "position": "title",
    "address": "address",
    "phone": "telephone",
    "email": "email",
    "website": "website",
    "sourceUrl": "link",
    "notes": "remark",
    "summary": "remark",
    "incorporationDate": "established",
    "legalForm": "organisation_type",
    "type": "vessel_type",
    "flag": "vessel_flag",
    "pastFlags": "former_vessel_flag",
    "callSign": "call_sign",
    "tonnage": "tonnage",
    "grossRegisteredTonnage": "gross_tonnage",
    "owner": "vessel_owner",
    "program": "legal_basis",
    "modifiedAt": "updated",
}
_YEAR = re.compile(r"^(\d{4})", re.ASCII)


def read_ftm(files: Mapping[str, File], list_id: str) -> Reading:
    """Persons, organisations, vessels and aircraft; other schemata (addresses, links) are counted, not read.

    So are entities that the file itself calls no target: owners, subsidiaries and families stand beside who is listed.
    """
    (file,) = files.values()
    draft, others = Draft(list_id), 0
    for line, text in enumerate(headed_csv.decoded(file).split("\n"), 1):
        if text.strip():
            others += _entity(draft, file, line, text)
    found = draft.reading()
    if others and not found.entries.num_rows:
        raise UnreadableFileError(
            file.path,
            tr("none of its {count} entities is a target of a list, by its own word", count=others),
            remedy=tr("Who owns whom in it is read by: entrepot own load FILE."),
        )
    return found


def _entity(draft: Draft, file: File, line: int, text: str) -> bool:
    """Keep an entity; whether it is none that a list names."""
    number, schema, given, is_target = _parsed(file, line, text)
    if schema not in KINDS:
        draft.count(UNREAD, schema)
        return False
    if not is_target:
        draft.count(tr("entities beside the listed that are no targets themselves, not read"), schema)
        return True
    if number in draft:
        raise UnreadableFileError(file.path, tr("id {number!r} stands twice", number=number[:60]), line=line)
    names = given.pop("name", [])
    first = named(file, line, names[0] if names else "")
    kind = KINDS[schema]
    draft.add(number, first, kind, programme=given.pop("topics", []), countries=given.pop("country", []))
    for name in names[1:]:
        draft.name(number, name, "alias")
    if kind == "person":
        draft.extend(number, "nationalities", [*given.pop("nationality", []), *given.pop("citizenship", [])])
    born = given.pop("birthDate", [])
    draft.extend(number, "birth_years", [m[1] for v in born if kind == "person" and (m := _YEAR.match(v))])
    for value in born:
        draft.fact(number, "birth_date", value)
    for key, values in given.items():
        for value in values:
            _property(draft, number, key, value)
    return False


def _property(draft: Draft, number: str, key: str, value: str) -> None:
    """Keep one value of a property that no column of ENTRIES holds."""
    if key in _NAMES:
        draft.name(number, value, *_NAMES[key])
    elif key in _IDENTIFIERS:
        draft.identifier(number, _IDENTIFIERS[key], value)
    elif key in _PERSONAL:
        draft.document(number, _PERSONAL[key], value)
    elif key in _FACTS:
        draft.fact(number, _FACTS[key], value)
    else:
        draft.count("properties not read", key)


def _parsed(file: File, line: int, text: str) -> tuple[str, str, dict[str, list[str]], bool]:
    try:
        entity: Any = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise UnreadableFileError(
            file.path, tr("not one JSON object"), line=line, remedy=tr("Download it again.")
        ) from exc
    allowed = tr("an object with 'id', 'schema' and 'properties' (lists of texts)")
    match entity:
        case {"id": str(number), "schema": str(schema), "properties": dict(given)} if number and all(
            isinstance(v, list) and all(isinstance(t, str) for t in v) for v in given.values()
        ):
            return number, schema, given, entity.get("target") is not False
    raise UnreadableFileError(file.path, tr("not an entity"), line=line, allowed=allowed)
