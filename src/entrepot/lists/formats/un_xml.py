"""The UN Security Council's consolidated list, XML. Schema: https://www.un.org/sc/resources/sc-sanctions.xsd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import xml_tree
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named
from entrepot.lists.formats.reading import day as calendar_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.lists.formats.xml_tree import Element

_ROOT = "CONSOLIDATED_LIST"
_PARTS = {"INDIVIDUALS": ("INDIVIDUAL", "person"), "ENTITIES": ("ENTITY", "organisation")}
_NAME = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
# Quality of an alias -> what it is, how strong; the UN's a.k.a. of entities carries no quality.
_QUALITY = {
    "Good": ("alias", "good"),
    "Low": ("alias", "weak"),
    "a.k.a.": ("alias", None),
    "f.k.a.": ("former_name", None),
    "": ("alias", None),
}
_READ = {  # fields whose value is used elsewhere, or says nothing of the party
    "SORT_KEY",
    *_NAME,
    "DATAID",
    "UN_LIST_TYPE",
    "LISTED_ON",
    "NAME_ORIGINAL_SCRIPT",
    "VERSIONNUM",
    "LIST_TYPE",
    "SORT_KEY_LAST_MOD",
}
# Fields of an entry that hold one text, or several as VALUE.
_FACTS = {
    "REFERENCE_NUMBER": "reference",
    "COMMENTS1": "remark",
    "GENDER": "gender",
    "TITLE": "title",
    "DESIGNATION": "title",
    "LAST_DAY_UPDATED": "updated",
    "NATIONALITY2": "remark",
}
_PLACES = {"ADDRESS": "address", "PLACE_OF_BIRTH": "birth_place"}
_PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_LINK = re.compile(r"https?://[^\s<>\"]+")
_DOCUMENTS = {
    "passport": re.compile(r"passport|passeport|pasaporte", re.IGNORECASE),
    "national_id": re.compile(r"national identification", re.IGNORECASE),
}
_YEAR = re.compile(r"^(\d{4})")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")


def read_un_xml(files: Mapping[str, File], list_id: str) -> Reading:
    """Individuals and entities, each under its reference number's DATAID; Low aliases are weak."""
    (file,) = files.values()
    root = xml_tree.parsed(file)
    if root.name != _ROOT:
        raise UnreadableFileError(
            file.path, tr("the root is {name!r}", name=root.name[:60]), line=root.line, allowed=_ROOT
        )
    draft = Draft(list_id)
    made = _DAY.match(root.attributes.get("dateGenerated", ""))
    draft.published = made[0] if made else ""
    for part in root.children:
        if part.name not in _PARTS:
            draft.count("elements not read", part.name)
            continue
        tag, kind = _PARTS[part.name]
        for element in part.children:
            if element.name == tag:
                _entry(draft, file, element, kind)
            else:
                draft.count("elements not read", element.name)
    return draft.reading()


def _entry(draft: Draft, file: File, element: Element, kind: str) -> None:
    number = element.value("DATAID")
    if not (number.isascii() and number.isdigit()):
        problem = tr("the DATAID is {number!r}", number=number[:40])
        raise UnreadableFileError(file.path, problem, line=element.line, allowed=tr("digits"))
    if number in draft:
        raise UnreadableFileError(file.path, tr("DATAID {number} stands twice", number=number), line=element.line)
    programme = [p] if (p := element.value("UN_LIST_TYPE")) else []
    name = " ".join(filter(None, (element.value(n) for n in _NAME)))
    draft.add(
        number,
        named(file, element.line, name),
        kind,
        programme=programme,
        valid_from=_date(file, element),
    )
    flag_programmes(draft, known_programmes("un"), programme)
    draft.name(number, element.value("NAME_ORIGINAL_SCRIPT"), "alias")
    for child in element.children:
        _child(draft, number, child)


def _child(draft: Draft, number: str, child: Element) -> None:
    tag = child.name.removeprefix("INDIVIDUAL_").removeprefix("ENTITY_")
    if tag == "ALIAS":
        quality = child.value("QUALITY")
        if quality not in _QUALITY:
            draft.count("qualities of alias never seen before", quality)
        what, strength = _QUALITY.get(quality, ("alias", None))
        draft.name(number, child.value("ALIAS_NAME"), what, strength)
        _beside_alias(draft, number, child)
    elif tag in _PLACES:
        draft.fact(number, _PLACES[tag], *_place(child, _PLACE))
        if tag == "ADDRESS" and (country := child.value("COUNTRY")):
            draft.extend(number, "countries", [country])
    elif tag == "NATIONALITY":
        draft.extend(number, "nationalities", [v.text.strip() for v in child.all("VALUE") if v.text.strip()])
    elif tag == "DATE_OF_BIRTH":
        values = [child.value(t) for t in ("YEAR", "DATE", "FROM_YEAR", "TO_YEAR")]
        draft.extend(number, "birth_years", [m[1] for v in values if (m := _YEAR.match(v))])
        draft.fact(number, "birth_date", _born(child))
    elif tag == "DOCUMENT":
        _document(draft, number, child)
    elif child.name in _FACTS:
        _told(draft, number, child)
    elif child.name not in _READ and (child.text.strip() or child.children):
        draft.count("elements not read", child.name)


def _told(draft: Draft, number: str, child: Element) -> None:
    """A field of one text, or of several, and the addresses that stand in it."""
    for text in (child.text, *(v.text for v in child.all("VALUE"))):
        draft.fact(number, _FACTS[child.name], text)
        for link in _LINK.findall(text):
            draft.fact(number, "link", link)


def _place(child: Element, tags: tuple[str, ...]) -> list[str]:
    """The parts of a place, its note in brackets."""
    note = child.value("NOTE")
    return [*(child.value(t) for t in tags), f"({note})" if note else ""]


def _born(child: Element) -> str:
    """A date of birth as the list gives it: a day, a year or a span of years, how exact, and its note."""
    span = "-".join(filter(None, (child.value("FROM_YEAR"), child.value("TO_YEAR"))))
    day = child.value("DATE") or child.value("YEAR") or span
    kind, note = child.value("TYPE_OF_DATE"), child.value("NOTE")
    said = [day, kind.casefold() if kind not in {"", "EXACT"} and day else "", f"({note})" if note else ""]
    return " ".join(filter(None, said))


def _beside_alias(draft: Draft, number: str, child: Element) -> None:
    """What is said of the party under an alias alone."""
    name = child.value("ALIAS_NAME")
    if name and (note := child.value("NOTE")):
        draft.fact(number, "name_note", f"{name}: {note}")
    under = tr("(under the name {name})", name=name) if name else ""
    if born := child.value("DATE_OF_BIRTH"):
        draft.fact(number, "birth_date", f"{born} {under}")
    if place := ", ".join(filter(None, (child.value("CITY_OF_BIRTH"), child.value("COUNTRY_OF_BIRTH")))):
        draft.fact(number, "birth_place", f"{place} {under}")


def _document(draft: Draft, number: str, child: Element) -> None:
    if value := child.value("NUMBER"):
        named_so = child.value("TYPE_OF_DOCUMENT")
        kind = next((k for k, words in _DOCUMENTS.items() if words.search(named_so)), "other")
        if kind == "other" and named_so:
            draft.count("types of document never seen before", named_so)
        draft.document(number, kind, value, child.value("ISSUING_COUNTRY") or child.value("COUNTRY_OF_ISSUE"))
    parts = [child.value(t) for t in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "CITY_OF_ISSUE", "NOTE")]
    issued = child.value("DATE_OF_ISSUE")
    if any(parts[1:]) or issued:
        draft.fact(number, "document", *parts, tr("issued {issued}", issued=issued) if issued else "")


def _date(file: File, element: Element) -> str:
    text = element.value("LISTED_ON")
    found = _DAY.match(text)
    if not text:
        return ""
    if not found:
        problem = tr("LISTED_ON is {text!r}", text=text[:40])
        raise UnreadableFileError(file.path, problem, line=element.line, allowed=tr("YYYY-MM-DD"))
    return calendar_day(file, element.line, "LISTED_ON", found[0])
