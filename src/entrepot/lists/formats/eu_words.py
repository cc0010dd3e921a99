"""What the EU's files call things, XML and CSV alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.lists.formats.reading import Draft

KINDS = {"P": "person", "E": "organisation", "person": "person", "enterprise": "organisation"}
# Codes of an identification -> kind; those of persons are documents whatever they stand on.
_IDENTIFIERS = {
    "regnumber": "registration",
    "fiscalcode": "tax",
    "tradelic": "registration",
    "swiftbic": "swift",
    "imo": "imo",
}
_PERSONAL = {
    "passport": "passport",
    "id": "national_id",
    "ssn": "national_id",
    "NRN": "national_id",
    "nationcert": "other",
    "birthcert": "other",
    "travelcardid": "other",
    "electionid": "other",
    "residentperm": "other",
    "drivinglicence": "other",
    "other": "other",
}


def document(draft: Draft, number: str, code: str, value: str, country: str) -> None:
    """Keep an identification of an entry under its code; one of no known code is taken for a person's."""
    if not value.strip():
        draft.count("identifications without a number", code)
    elif code in _IDENTIFIERS:
        draft.identifier(number, _IDENTIFIERS[code], value, country)
    else:
        if code not in _PERSONAL:
            draft.count("types of identification never seen before", code)
        draft.document(number, _PERSONAL.get(code, "other"), value, country)
