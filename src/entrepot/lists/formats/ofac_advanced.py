"""OFAC's lists in the advanced sanctions data model, XML: sdn_advanced.xml, cons_advanced.xml.

Schema: https://ofac.treasury.gov/media/10391/download?inline (explanatory documentation of the model) and
https://ofac.treasury.gov/sdn-list-data-formats-data-schemas. Parties hold names and features; their documents, places
and sanctions stand apart and point at them by number; every number of a type is named in ReferenceValueSets.

The file has some 100 MB, so it is read in one pass that holds one party at a time. Documents and places stand before
the parties, relations between profiles and sanctions after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import xml_tree
from entrepot.lists.formats.ofac_documents import IDENTIFIERS, PERSONAL
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.lists.formats.xml_tree import Element

_ROOT = "Sanctions"
_SETS = (
    "AliasType",
    "Country",
    "DetailReference",
    "FeatureType",
    "IDRegDocType",
    "List",
    "PartySubType",
    "PartyType",
    "RelationType",
    "SanctionsType",
)
_WANTED = {
    "DateOfIssue": _ROOT,
    **{name: f"{name}Values" for name in _SETS},
    "Location": "Locations",
    "IDRegDocument": "IDRegDocuments",
    "DistinctParty": "DistinctParties",
    "ProfileRelationship": "ProfileRelationships",
    "SanctionsEntry": "SanctionsEntries",
}
_PARTIES = {"Individual": "person", "Entity": "organisation", "Vessel": "vessel", "Aircraft": "aircraft"}
_ALIASES = {"Name": "name", "A.K.A.": "alias", "F.K.A.": "former_name", "N.K.A.": "alias"}
_FEATURES = {"Aircraft Tail Number": "tail_number", "SWIFT/BIC": "swift"}
# Features of either edition of OFAC's reference sets that say a nationality.
_NATIONS = frozenset({"Nationality Country", "Citizenship Country", "Nationality", "Citizenship"})
_FACTS = {
    "Birthdate": "birth_date",
    "Place of Birth": "birth_place",
    "Gender": "gender",
    "Location": "address",
    "Title": "title",
    "Organization Established Date": "established",
    "Organization Type:": "organisation_type",
    "Email Address": "email",
    "Website": "website",
    "Phone Number": "telephone",
    "Vessel Type": "vessel_type",
    "VESSEL TYPE": "vessel_type",
    "Vessel Flag": "vessel_flag",
    "Vessel Owner": "vessel_owner",
    "Vessel Call Sign": "call_sign",
}
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(slots=True)
class _Sets:
    """Names of the types by number, places by number, documents by identity, and whose profile each is."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    party_of: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    documents: dict[str, list[Element]] = field(default_factory=dict)
    profiles: dict[str, str] = field(default_factory=dict)
    mutual: set[str] = field(default_factory=set)  # numbers of relations that hold both ways

    def name(self, kind: str, number: str | None) -> str:
        """The name of a type's number; empty where the sets do not hold it."""
        return self.names.get(kind, {}).get(number or "", "")


def read_ofac_advanced(files: Mapping[str, File], list_id: str) -> Reading:
    """Every party under its FixedRef, with names in all scripts; names marked LowQuality are weak."""
    (file,) = files.values()
    draft, sets = Draft(list_id), _Sets()
    for element in xml_tree.each(file, _ROOT, _WANTED):
        if element.name == "DistinctParty":
            _party(draft, sets, file, element)
        elif element.name == "ProfileRelationship":
            _relation(draft, sets, element)
        elif element.name == "SanctionsEntry":
            _sanctions(draft, sets, file, element)
        elif element.name == "DateOfIssue":
            draft.published = _date(element)
        else:
            _keep(sets, element)
    return draft.reading()


def _keep(sets: _Sets, element: Element) -> None:
    number = element.attributes.get("ID", "")
    if element.name == "Location":
        countries = [sets.name("Country", c.attributes.get("CountryID")) for c in element.all("LocationCountry")]
        sets.places[number] = [c for c in countries if c and c != "undetermined"]
        values = (w for p in element.all("LocationPart") for w in p.all("LocationPartValue"))
        parts = (v.text for w in values for v in w.all("Value"))
        said = (*(" ".join(p.split()) for p in parts), *sets.places[number])
        sets.printed[number] = ", ".join(filter(None, said))
    elif element.name == "IDRegDocument":
        sets.documents.setdefault(element.attributes.get("IdentityID", ""), []).append(element)
    elif element.name != _ROOT:
        sets.names.setdefault(element.name, {})[number] = element.text.strip()
        if element.name == "PartySubType":
            sets.party_of[number] = element.attributes.get("PartyTypeID", "")
        elif element.attributes.get("Symmetrical") == "true":
            sets.mutual.add(number)


def _party(draft: Draft, sets: _Sets, file: File, element: Element) -> None:
    number = element.attributes.get("FixedRef", "")
    if not (number.isascii() and number.isdigit()):
        problem = tr("the FixedRef of a party is {number!r}", number=number[:40])
        raise UnreadableFileError(file.path, problem, line=element.line, allowed=tr("digits"))
    if number in draft:
        raise UnreadableFileError(file.path, tr("party {number} stands twice", number=number), line=element.line)
    profiles = element.all("Profile")
    identities = [i for p in profiles for i in p.all("Identity")]
    names = [n for i in identities for n in _names(draft, sets, i)]
    if not names:
        raise UnreadableFileError(file.path, tr("party {number} has no name", number=number), line=element.line)
    names.sort(key=lambda n: n[1] != "name")  # the first name first, else as in the file
    draft.add(number, named(file, element.line, names[0][0]), _kind(draft, sets, profiles))
    for name, what, strength in names:
        draft.name(number, named(file, element.line, name), "alias" if what == "name" else what, strength)
    for profile in profiles:
        sets.profiles[profile.attributes.get("ID", "")] = number
        for feature in profile.all("Feature"):
            _feature(draft, sets, number, feature)
    for identity in identities:
        for document in sets.documents.pop(identity.attributes.get("ID", ""), []):
            _document(draft, sets, number, document)


def _kind(draft: Draft, sets: _Sets, profiles: list[Element]) -> str:
    """Of its subtype (vessel, aircraft), else of its type."""
    number = profiles[0].attributes.get("PartySubTypeID", "")
    subtype, party = sets.name("PartySubType", number), sets.name("PartyType", sets.party_of.get(number))
    kind = _PARTIES.get(subtype) or _PARTIES.get(party)
    if not kind:
        draft.count("kinds never seen before", f"{party} {subtype}")
    return kind or "unknown"


def _names(draft: Draft, sets: _Sets, identity: Element) -> list[tuple[str, str, str]]:
    """Name, what it is, how strong, of an identity; spellings in other scripts are aliases of the same strength."""
    found = []
    for alias in identity.all("Alias"):
        kind = sets.name("AliasType", alias.attributes.get("AliasTypeID"))
        if kind not in _ALIASES:
            draft.count("kinds of alias never seen before", kind)
        what = _ALIASES.get(kind, "alias")
        if what == "name" and alias.attributes.get("Primary") != "true":
            what = "alias"
        strength = "weak" if alias.attributes.get("LowQuality") == "true" else "good"
        for spelling in alias.all("DocumentedName"):
            parts = [v.text for p in spelling.all("DocumentedNamePart") for v in p.all("NamePartValue")]
            text = " ".join(" ".join(parts).split())
            if text:
                found.append((text, what, strength))
                what = "alias" if what == "name" else what
    return found


def _told(sets: _Sets, version: Element) -> list[str]:
    """What a feature says, in the words of the file: its texts, its places, its days."""
    details = version.all("VersionDetail")
    said = [sets.name("DetailReference", d.attributes.get("DetailReferenceID")) or d.text for d in details]
    said += [sets.printed.get(p.attributes.get("LocationID", ""), "") for p in version.all("VersionLocation")]
    for period in version.all("DatePeriod"):
        ends = [p for end in (*period.all("Start"), *period.all("End")) for p in (*end.all("From"), *end.all("To"))]
        days = sorted({_date(p) or p.value("Year") for p in ends} - {""})
        if days:
            said.append(" to ".join(dict.fromkeys((days[0], days[-1]))))
    said += [c.text for c in version.all("Comment")]
    return [" ".join(s.split()) for s in said if s.strip()]


def _feature(draft: Draft, sets: _Sets, number: str, feature: Element) -> None:
    kind = sets.name("FeatureType", feature.attributes.get("FeatureTypeID"))
    for version in feature.all("FeatureVersion"):
        what = _FACTS.get(kind, "remark")
        told = _told(sets, version)
        if told and kind not in _NATIONS and kind not in _FEATURES:
            draft.fact(number, what, *(told if kind in _FACTS else [f"{kind or tr('not named')}: {', '.join(told)}"]))
        if kind == "Birthdate":
            draft.extend(number, "birth_years", _years(version))
        elif kind == "Location":
            for place in version.all("VersionLocation"):
                draft.extend(number, "countries", sets.places.get(place.attributes.get("LocationID", ""), []))
        elif kind in _NATIONS:
            for place in version.all("VersionLocation"):
                draft.extend(number, "nationalities", sets.places.get(place.attributes.get("LocationID", ""), []))
        elif kind in _FEATURES:
            draft.identifier(number, _FEATURES[kind], version.value("VersionDetail"))
        elif not told:
            draft.count("features not read", kind or "not named")


def _years(version: Element) -> list[str]:
    """The first and the last year of a birth date."""
    found = [
        year
        for period in version.all("DatePeriod")
        for end in (*period.all("Start"), *period.all("End"))
        for point in (*end.all("From"), *end.all("To"))
        if _YEAR.fullmatch(year := point.value("Year"))
    ]
    return sorted({min(found), max(found)}) if found else []


def _document(draft: Draft, sets: _Sets, number: str, document: Element) -> None:
    kind = sets.name("IDRegDocType", document.attributes.get("IDRegDocTypeID"))
    country = sets.name("Country", document.attributes.get("IssuedBy-CountryID"))
    value = document.value("IDRegistrationNo")
    if value.startswith("IMO"):
        draft.identifier(number, "imo", value)
    elif kind in IDENTIFIERS:
        draft.identifier(number, IDENTIFIERS[kind], value, country)
    elif kind in PERSONAL:
        draft.document(number, PERSONAL[kind], value, country)
    else:
        draft.count("documents not read", kind or "not named")


def _relation(draft: Draft, sets: _Sets, element: Element) -> None:
    """What a party is to another, at the party of whom it is said; at both where the kind of relation holds both ways.

    OFAC's CSV prints the same as `Linked To`, without saying how.
    """
    kind = sets.name("RelationType", element.attributes.get("RelationTypeID"))
    ends = [sets.profiles.get(element.attributes.get(f"{end}-ProfileID", ""), "") for end in ("From", "To")]
    if not all(ends):
        draft.count(tr("relations to parties that the file lacks"), kind or tr("not named"))
        return
    former = "former" if element.attributes.get("Former") == "true" else ""
    said = ", ".join(filter(None, (kind or tr("relation not named"), former, element.value("Comment").strip())))
    is_mutual = element.attributes.get("RelationTypeID") in sets.mutual
    for one, other in (ends, ends[::-1])[: 2 if is_mutual else 1]:
        draft.fact(one, "linked_to", draft.first_name(other), f"({said})")


def _sanctions(draft: Draft, sets: _Sets, file: File, element: Element) -> None:
    profile = element.attributes.get("ProfileID", "")
    number = sets.profiles.get(profile, "")
    if not number:
        problem = tr("sanctions of profile {profile!r}, which is not in the file", profile=profile[:40])
        raise UnreadableFileError(file.path, problem, line=element.line, remedy=tr("Download it again."))
    if listed := sets.name("List", element.attributes.get("ListID")):
        draft.extend(number, "section", [listed])
    days = [d for event in element.all("EntryEvent") for e in event.all("Date") if (d := _date(e))]
    if days:
        draft.since(number, min(days))
    for measure in element.all("SanctionsMeasure"):
        kind = sets.name("SanctionsType", measure.attributes.get("SanctionsTypeID"))
        if kind == "Program" and (programme := " ".join(measure.value("Comment").split())):
            flag_programmes(draft, known_programmes("ofac"), draft.extend(number, "programme", [programme]))
        elif kind != "Program":
            draft.fact(number, "legal_basis", f"{kind or tr('not named')}: {measure.value('Comment')}".rstrip(": "))


def _date(element: Element) -> str:
    """YYYY-MM-DD; empty where it is no day of the calendar."""
    parts = [element.value(name) for name in ("Year", "Month", "Day")]
    try:
        return date(*map(int, parts)).isoformat() if all(p.isascii() for p in parts) else ""
    except (ValueError, OverflowError):  # a year of twenty digits is larger than the calendar's own numbers
        return ""
