"""A listed name as it is searched, and whether a listing holds on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from entrepot.core.periods import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.names.reading.name import Kind

OWNED = "owned-"  # begins the id of a rule of ownership where that of a list stands; one's own lists begin with own-
PROBABLE = "probable_chinese_name"  # paired with the listing by pinyin only
_DAY = len("2024-01-01")
_KINDS: dict[str, Kind] = {"person": "person", "company": "company"}


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name that is searched, with the listing it stands for.

    Attributes:
        text: the name.
        name_kind: name, alias, former_name, chinese_name or probable_chinese_name.
        certainty: dated, or since_at_least.
        remark: one sentence on the name's dates; empty where there is nothing to say.
        party: any, person, company, or vessel, which an aircraft counts as.
        entity_id, list_id, listed_name, section, valid_from, valid_to, status, source_id, list_as_of: of the listing.
        origin: one sentence on the loaded version that holds it; empty for the record's lists.
        particulars: JSON of what the list says of the entity beside its names; empty where it says nothing.
        owned: of a party that nobody lists and that a rule adds by its owners how sure that is, certain or possible;
            empty of a listed one.
    """

    text: str
    name_kind: str
    certainty: str
    remark: str
    party: str
    entity_id: str
    list_id: str
    listed_name: str
    section: str | None
    valid_from: str
    valid_to: str | None
    status: str
    source_id: str
    list_as_of: str
    origin: str = ""
    particulars: str = ""
    owned: str = ""


def kind_of(name: ListedName) -> Kind:
    """As what a listed name is compared: a person, a company, or any where the list does not say or names a vessel."""
    return _KINDS.get(name.party, "any")


def is_owned(coverage: Mapping[str, Any]) -> bool:
    """Whether a row of COVERAGE is of a rule of ownership, and of no list."""
    return str(coverage["list_id"]).startswith(OWNED)


def holds(valid_from: str, valid_to: str | None, day: date) -> str:
    """in_force, may_be_in_force, or empty where it does not hold on the day; partial dates count whole.

    A listing without a first day may be in force on any day up to its end.
    """
    if not valid_from:
        return "" if valid_to and day > last_day(valid_to) else "may_be_in_force"
    if day < first_day(valid_from):
        return ""
    if valid_to and day >= (first_day(valid_to) if len(valid_to) == _DAY else _after(valid_to)):
        return ""
    doubtful = day < last_day(valid_from) or (valid_to is not None and day >= first_day(valid_to))
    return "may_be_in_force" if doubtful else "in_force"


def _after(partial: str) -> date:
    return last_day(partial) + timedelta(days=1)
