"""What a heading says of its column: the role that its words name, and whose it is (data/headings.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.intake.heading_row import folded
from entrepot.screening.parties.headings.known_words import words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.headings.known_words import Reading, Word

_LONGEST = 500  # characters of a heading that are read: a title has fewer, and each word is looked up
_COUNTED = re.compile(r"\(\d+\)\s*$")  # a heading that stands twice is given its number in brackets
_NUMBER = re.compile(r"^(.*?\D)\s?0?([1-9])$")
# The letters before a word in one piece with it: POAddressLine1. The usual cut, between a small letter and a large one,
# does not tell them apart, and one between large letters would make two words of ZIPcode.
_JOINED = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])")
# What a word that is no name in itself can be of: "Contact address" is an address, "Contact name" no name of the party.
_OF_CONTACTS = frozenset({"address", "country", "identifier"})
# What is said of a party: a number between two of these words counts addresses and not parties.
_DESCRIBES = frozenset({"address", "country", "identifier", "birth", "document"})
OWNER, BANK, CONTACT, MAKER = "owner", "bank", "contact", "maker"
SEARCH = "search"  # the kind of another name by which the party is looked up
WITH_COUNTRY = "with_country"  # the kind of an address that ends with its country
OF_GOODS = ("origin", "destination")  # the kinds of a country that is that of goods, where they come from and go to
_REQUIRED = "*"  # marks the columns that a template must have filled, before or behind the heading
# The word for an address itself: with a number behind it (ADDRNUMBER, Address Code) it is where the system keeps it.
_ADDRESS = ("addr", "адрес", "地址", "adres")
# Between things that stand together in a column: "Province/Country", "Region, country and postal code".
_SEVERAL = re.compile(r"[/\\,;&+|、，]|(?<!\w)(?:and|und|et|y|e|и|i)(?!\w)", re.IGNORECASE)
_GROUP = re.compile(r"^(\D*[^\W\d_])\W*0?([1-9])\W+(\S.*)$")  # UBO 1 full name
# In which language a column says again what another says: SUPPLIER_NAME_EN beside SUPPLIER_NAME. Two letters of ISO
# 639-1, or the word; alone such letters may say anything (EN is "in" in Spanish), so the other column has to be there.
_LANGUAGE = re.compile(
    r"^(.{3,}?)[\W_]+(?:en|eng|english|ru|rus|russian|cn|zh|chinese|kz|kaz|uz|vn|vi|tr|ar|fa|ua|uk|local|latin|native)\W*$",
    re.IGNORECASE,
)
GROUP = "#"  # begins the stem of a party that several columns with one number describe
_SAY_NOTHING = frozenset({"neutral", "number"})  # behind the word that says what a column holds: Vendor part no.
# Roles that name a party, or a piece of its name.
_NAMES = frozenset({"party", "alias", "name_more", "person_field"})


@dataclass(frozen=True, slots=True)
class HeadingRole:
    """What a heading says.

    Attributes:
        role: address, country, identifier, birth, document, key, number, alias, party, thing or other; alias: another
            name of a party; number: perhaps the number by which the user's system knows it, as its cells show.
        stem: whose column it is; empty where it does not say.
        kind: which number a column of numbers holds; of role number: document, where such a word may count papers too;
            of role address: with_country, which ends with its country;
            of role country: origin or destination, of the goods and not of a party; of role alias: search, for a term;
            of role other: day, of a paper, name, where nobody else is named, quantity, structure of an article, or
            contact, which says nothing else; of a party: unit, where its only word is one of measure too.
        series: of a party, what it shares with the further columns that hold pieces of the same name: the heading
            without its number, or person for first and last names; empty where it is not one of several.
        number: which of these it is; 0 for one that only goes on (Namenszusatz).
        is_whole: whether known words explain all of it: "Vendor tier" is no vendor beside "Vendor name".
        is_unknown: whether no word of it is known.
        is_counted: whether it ends with a number in brackets, as a heading does that stands twice.
        is_named: whether it says a name, though its role has none: the contact's, where nobody else is named.
        whose: the word that says whose it is: global ultimate, parent; empty where none does.
    """

    role: str
    stem: str = ""
    kind: str = ""
    series: str = ""
    number: int = 1
    is_whole: bool = True
    is_named: bool = False
    is_unknown: bool = False
    is_counted: bool = False
    whose: str = ""

    def speaks_of(self, other: HeadingRole) -> bool:
        """Whether the word that says whose it is is that of another heading: "Parent LEI", "Parent business name"."""
        one, two = (f"{word} " for word in (self.whose, other.whose))
        return one.startswith(two) or two.startswith(one)


@lru_cache(maxsize=20_000)
def heading_role(heading: str) -> HeadingRole:
    """What a heading says.

    Args:
        heading: as it stands.
    """
    heading = heading[:_LONGEST]
    text = folded(heading)
    read = words_in(text)
    if not read.is_whole and (apart := _JOINED.sub(" ", heading)) != heading:
        again = words_in(folded(apart))
        read = again if again.is_whole or not read.found else read
    if not read.found:
        return HeadingRole("other", is_whole=read.is_whole, is_unknown=True)
    said, stem = _said(heading, text, read), _stem(read.found)
    return replace(said, whose=max((w.text for w in read.found if w.stem == stem), key=len)) if said.stem else said


def _said(heading: str, text: str, read: Reading) -> HeadingRole:
    """What a heading says of which words are known."""
    by_role: dict[str, Word] = {}
    for word in read.found:
        if word.role not in by_role or len(word.text) > len(by_role[word.role].text):
            by_role[word.role] = word
    stem = _stem(read.found)
    role = _chosen(read.found, by_role, stem, is_whole=read.is_whole)
    is_with = role in {"address", "country"} and _is_with_country(read.found)
    if is_with:
        role = "address"
    elif role == "address" and not _SEVERAL.search(heading) and _is_of_country(read.found):
        role = "country"
    said = HeadingRole(role, stem, WITH_COUNTRY if is_with else "", is_whole=read.is_whole)
    if role in {"identifier", "document"}:
        return HeadingRole(role, stem, by_role[role].kind)
    if role == "party":
        series, is_counted = _series(heading, text, by_role), _COUNTED.search(heading) is not None
        unit = by_role["party"].kind if "party" in by_role and by_role["party"].text == text else ""
        is_whole = read.is_whole or _ends_in_maker(text, read.found)
        return HeadingRole(role, stem, unit, *series, is_whole=is_whole, is_counted=is_counted)
    if role in {"country", "number"}:  # of an origin, and its code, the word that says most tells
        same = [w for w in read.found if w.role == role]
        return replace(said, kind=max(same, key=lambda w: (len(w.text), w.kind)).kind)
    if role == "alias" and "alias" in by_role:
        return replace(said, kind=by_role["alias"].kind)
    if role == "other":
        kind = by_role["other"].kind if "other" in by_role else ""
        others = {w.stem for w in read.found if w.role == "other"}
        is_person = others == {CONTACT} and stem == CONTACT and "person_field" not in by_role  # no half of a name
        kind = kind or (CONTACT if is_person else "")
        return HeadingRole(role, stem, kind, is_whole=read.is_whole, is_named=_is_named(by_role, stem))
    return said


def heading_roles(headings: Sequence[str]) -> list[HeadingRole]:
    """What each heading says, those read together that share words and a number: UBO 1 name, UBO 1 nationality.

    Such columns describe a party of their own. "Address 1 street" and "Address 1 city" name nobody, so they are no
    group; nor are contacts and banks.

    Args:
        headings: as they stand, in order.
    """
    read = [heading_role(h) for h in headings]
    _in_languages(headings, read)
    _required(headings, read)
    _of_goods(read)
    groups: dict[str, list[tuple[int, HeadingRole]]] = {}
    for i, heading in enumerate(headings):
        if said := _GROUP.match(heading[:_LONGEST]):
            stem = f"{GROUP}{folded(said[1])} {said[2]}"
            groups.setdefault(stem, []).append((i, heading_role(said[3])))
    for stem, found in groups.items():
        before = heading_role(stem.strip(GROUP + "123456789 "))
        if len(found) < 2 or before.stem in {BANK, CONTACT} or before.role in _DESCRIBES:  # noqa: PLR2004 - alone
            continue
        if any(role.role in {"party", "alias"} for _, role in found):
            for i, role in found:
                read[i] = replace(role, stem=stem, role="party" if role.role == "alias" else role.role)
    return read


def _in_languages(headings: Sequence[str], read: list[HeadingRole]) -> None:
    """What a heading says that is another's in a language: another name of the party, an address in other letters.

    Where the name stands in two languages alone, IMPORTER_NAME_EN and IMPORTER_NAME_VN, the first is the name.
    """
    plain = {folded(h[:_LONGEST]): i for i, h in reversed(list(enumerate(headings)))}
    said = {i: folded(m[1]) for i, h in enumerate(headings) if (m := _LANGUAGE.match(h[:_LONGEST]))}
    together: dict[str, list[int]] = {}
    for i, base in said.items():
        together.setdefault(base, []).append(i)
    for i, base in said.items():
        same = together[base]
        first = plain.get(base, same[0] if len(same) > 1 else i)
        if first == i and len(same) < 2:  # noqa: PLR2004 - one language alone says nothing of another column
            continue
        one = heading_role(base if first in said else headings[first])
        if i == first or one.role != "party":
            read[i] = one
        else:
            read[i] = replace(one, role="alias", series="", number=1)


def _required(headings: Sequence[str], read: list[HeadingRole]) -> None:
    """The contact's name of a template that asks for it, *ContactName, where it names no party otherwise."""
    if any(r.role == "party" and r.series != "person" and r.stem != OWNER for r in read):
        return
    for i, heading in enumerate(headings):
        one = read[i]
        if heading.strip()[:1] == _REQUIRED and one.stem == CONTACT and one.is_named:
            read[i] = HeadingRole("party", series=folded(heading[:_LONGEST]), is_whole=one.is_whole)
            return


def _of_goods(read: list[HeadingRole]) -> None:
    """What names goods where they are counted: 单位 beside 数量 is a unit, "Name" in a list of parts is a part's."""
    kinds = {r.kind for r in read if r.role == "other"}
    is_told = any(r.role == "party" and r.stem for r in read)
    for i, one in enumerate(read):
        is_part = "structure" in kinds and is_told and not one.stem and bool(one.series)
        if one.role == "party" and ((one.kind == "unit" and "quantity" in kinds) or is_part):
            read[i] = HeadingRole("other", is_whole=one.is_whole)


def _ends_in_maker(text: str, found: Sequence[Word]) -> bool:
    """Whether a heading ends in a word for a maker, so that the words before it only say of what: "Wafer maker"."""
    last = found[-1]
    return last.role == "party" and last.stem == MAKER and text.endswith(f" {last.text}")


def _stem(found: Sequence[Word]) -> str:
    """Whose column it is: of a parent supplier the parent's, of a supplier's bank the bank's."""
    stems = [w.stem for w in found if w.stem]
    return next((s for s in (BANK, OWNER) if s in stems), stems[0] if stems else "")


def _is_named(by_role: dict[str, Word], stem: str) -> bool:
    """Whether a heading of another role says a name, though no bank's: "Contact name", "Vendor group name"."""
    said = by_role.get("other")
    if said is not None and said.kind == "name":  # Tally's: of a party, or of what the amount is for
        return len(by_role) == 1
    return stem != BANK and ("name_field" in by_role or (said is not None and said.text.endswith("name")))


def _chosen(found: Sequence[Word], by_role: dict[str, Word], stem: str, *, is_whole: bool) -> str:
    """The role of a heading that has words of several.

    "Product name" is no party, "product supplier" is one; "Vendor number" is the number by which its system knows the
    vendor, "Vendor group" nothing of the vendor that is read.
    """
    told = by_role.keys() - {"neutral", "total"}
    beside = {w.stem for w in found if w.role == "other"}
    is_contact = beside == {CONTACT} and bool(told & _OF_CONTACTS)
    if stem == BANK or (beside and not is_contact and "birth" not in told):
        return "other"
    if first := next((role for role in ("birth", "document") if role in told), None):
        return first
    if told & {"identifier", "country", "address"}:
        return _described(found, by_role)
    if "place" in told:
        return "place"
    return "key" if "key" in told else _naming(found, told, stem, is_whole=is_whole)


def _naming(found: Sequence[Word], told: set[str], stem: str, *, is_whole: bool) -> str:
    """A party, another name of it, a number of it, or none of these."""
    last = next((w.role for w in reversed(_before_of(found)) if w.role not in _SAY_NOTHING), "")
    if "thing" in told and (not stem or last == "thing"):
        return "other"  # "Vendor part" is a part, "Product supplier" and "Supplier of parts" a supplier
    if "number" in told:
        return _numbered(found, told, is_own=bool(stem) and is_whole)
    return "alias" if "alias" in told else "party" if told & _NAMES else "other"


def _before_of(found: Sequence[Word]) -> Sequence[Word]:
    """The words before the first that says of what they are, where they say anything: "Maker" of "Maker of goods"."""
    at = next((i for i, w in enumerate(found) if w.role == "neutral" and w.kind == "of"), len(found))
    says = any(w.role not in _SAY_NOTHING for w in found[:at])
    return found[:at] if says else found


def _described(found: Sequence[Word], by_role: dict[str, Word]) -> str:
    """Identifier, country or address: the word that stands last, or the longer, says what it is.

    "Taxpayer country" is a country, "Country tax number" a number; "Country/Region" is a country, and so is "Address -
    Country", for its words say no other part of an address.
    """
    here = [w for w in found if w.role in {"identifier", "country", "address"}]
    if found[-1].role == "number" and here[-1].text.startswith(_ADDRESS) and len(here) == 1:
        return "other"
    if "identifier" in by_role:
        return "country" if here[-1].role == "country" else "identifier"
    if "country" in by_role and "address" in by_role:
        parts = [w for w in here if w.role == "address" and not w.text.startswith(_ADDRESS)]
        longest = max((len(w.text) for w in parts), default=0)
        return "country" if len(by_role["country"].text) > longest else "address"
    return "country" if "country" in by_role else "address"


def _is_with_country(found: Sequence[Word]) -> bool:
    """Whether an address is said to have its country in it: "Primary Address - Full with Country"."""
    at = next((i for i, w in enumerate(found) if w.role == "neutral" and w.kind == "with"), len(found))
    before, behind = ({w.role for w in some} for some in (found[:at], found[at + 1 :]))
    return "address" in before and "country" not in before and "country" in behind and "address" not in behind


def _is_of_country(found: Sequence[Word]) -> bool:
    """Whether a country is what the words of a place tell of: "Location Country", "Country of residence".

    The first row of headings may be a band over a country as over a town: what stands under it says what a cell holds.
    """
    here = [w for w in found if w.role in {"country", "address"}]
    before = [w for w in _before_of(found) if w.role in {"country", "address"}]
    is_of = len(before) < len(here) and all(w.role == "country" for w in before)
    return here[-1].role == "country" or (is_of and bool(before))


def _numbered(found: Sequence[Word], told: set[str], *, is_own: bool) -> str:
    """A number of a party, or a name with the word for one: "Account name" is a name, "Vendor no." is none."""
    if "name_field" in told or "alias" in told:
        says_name = [w for w in found if w.role in {"name_field", "alias", "number"}]
        return "number" if says_name[-1].role == "number" else "alias" if "alias" in told else "party"
    return "key" if "party" in told and is_own else "number"


def _series(heading: str, text: str, by_role: dict[str, Word]) -> tuple[str, int]:
    """As `series` and `number` of HeadingRole: names have numbered fields, while "Supplier 2" is another supplier."""
    if "person_field" in by_role:
        return "person", 0
    if "name_more" in by_role:
        return "", 0
    numbered = _NUMBER.match(text)
    if "name_field" not in by_role or _COUNTED.search(heading):
        return "", 1
    if numbered:
        return numbered[1].strip(), int(numbered[2])
    return text, 1
