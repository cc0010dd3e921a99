"""GLEIF's level 2 data: relationship records, CSV (golden copy) and XML (RR-CDF 2.1).

A parent that consolidates a child owns no stated part of it: such a record is a tie of no known size, by which a block
cannot be excluded and never be certain. A branch is its head office under another address: it goes with it whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import table_of
from entrepot.lists.formats import xml_tree
from entrepot.lists.formats.reading import File
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_number
from entrepot.ownership.stake import UNKNOWN, WHOLE, Stake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content
    from entrepot.lists.formats.xml_tree import Element

START, END, KIND = (
    "Relationship.StartNode.NodeID",
    "Relationship.EndNode.NodeID",
    "Relationship.RelationshipType",
)
_STATUS = "Relationship.RelationshipStatus"
_REGISTRATION = "Registration.RegistrationStatus"
# Registrations that GLEIF withdrew: the record was wrong, or stands twice.
_WITHDRAWN = ("ANNULLED", "DUPLICATE")
_QUANTIFIER = "Relationship.Quantifiers.1.QuantifierAmount"
_PERIODS = 5  # of a record, as the columns of the golden copy are numbered
_PARTS = Stake(WHOLE, WHOLE)
# Type of relationship -> interest and stake of the end node in the start node.
TYPES = {
    "IS_DIRECTLY_CONSOLIDATED_BY": ("linked", UNKNOWN),
    "IS_ULTIMATELY_CONSOLIDATED_BY": ("linked", UNKNOWN),
    "IS_INTERNATIONAL_BRANCH_OF": ("shares", _PARTS),
    "IS_FUND-MANAGED_BY": ("control", UNKNOWN),
    "IS_SUBFUND_OF": ("linked", UNKNOWN),
    "IS_FEEDER_TO": ("linked", UNKNOWN),
}


def read_gleif_csv(content: Content, options: ReadingOptions) -> LinkDraft:
    """The golden copy of relationship records, CSV.

    Raises:
        UnknownNameError: a column is missing.
        UnreadableFileError: a record that cannot be read.
    """
    table = table_of(content, options)
    at = {h: i for i, h in enumerate(table.headings)}
    for name in (START, END, KIND):
        if name not in at:
            raise UnknownNameError(tr("column of relationship records"), name, table.headings)
    draft = LinkDraft(content.origin, "line")
    for row, cells in table.numbered():
        if any(cells):
            _record(draft, row, {h: cells[i] or "" for h, i in at.items()})
    return draft


def read_gleif_xml(content: Content, options: ReadingOptions) -> LinkDraft:
    """Relationship records, XML.

    Raises:
        UnreadableFileError: not well-formed, or a record that cannot be read.
    """
    del options  # XML says its encoding itself
    draft = LinkDraft(content.origin, "line")
    file = File(content.origin, content.whole(), content.name)
    wanted = {"RelationshipRecord": "RelationshipRecords"}
    for element in xml_tree.each(file, "RelationshipData", wanted):
        if element.name == "RelationshipRecord":
            _record(draft, element.line, dict(_flat(element)))
    return draft


def _flat(record: Element) -> Iterator[tuple[str, str]]:
    """A record of XML under the headings of the golden copy."""
    for registration in record.all("Registration"):
        yield _REGISTRATION, registration.value("RegistrationStatus")
    for relationship in record.all("Relationship"):
        for node in ("StartNode", "EndNode"):
            for found in relationship.all(node):
                yield f"Relationship.{node}.NodeID", found.value("NodeID")
        yield KIND, relationship.value("RelationshipType")
        yield _STATUS, relationship.value("RelationshipStatus")
        for quantifiers in relationship.all("RelationshipQuantifiers"):
            for quantifier in quantifiers.all("RelationshipQuantifier"):
                yield _QUANTIFIER, quantifier.value("QuantifierAmount")
        for periods in relationship.all("RelationshipPeriods"):
            for number, period in enumerate(periods.all("RelationshipPeriod"), 1):
                for name in ("startDate", "endDate", "periodType"):
                    yield f"Relationship.Period.{number}.{name}", period.value(name[0].upper() + name[1:])


def _record(draft: LinkDraft, row: int, record: Mapping[str, str]) -> None:
    kind, status = record.get(KIND, "").strip(), record.get(_STATUS, "").strip()
    start, end = by_number("LEI", record.get(START, "")), by_number("LEI", record.get(END, ""))
    if not start or not end:
        raise draft.refuse(row, tr("a record without its two nodes"))
    if kind not in TYPES:
        draft.counts[
            f"relationships of the type {kind[:60] or 'none'} are not known: read as ties of no known size"
        ] += 1
    if status == "NULL":
        draft.counts["records whose status is NULL, which GLEIF writes where it cannot tell, are left out"] += 1
        return
    if (registration := record.get(_REGISTRATION, "").strip()) in _WITHDRAWN:
        draft.counts[f"records that GLEIF withdrew, {registration}, are left out"] += 1
        return
    if record.get(_QUANTIFIER, "").strip():
        draft.counts["percentages of accounting consolidation are no shares: not read"] += 1
    interest, stake = TYPES.get(kind, ("linked", UNKNOWN))
    begun, ended = _period(draft, row, record)
    if status == "INACTIVE" and not ended:
        draft.counts["inactive records without a last day are left out"] += 1
        return
    owned, owner = draft.party(start, kind="company"), draft.party(end, kind="company")
    draft.links.append(Link(row, owner, owned, interest, stake, kind[:200], begun, ended))


def _period(draft: LinkDraft, row: int, record: Mapping[str, str]) -> tuple[str, str]:
    """First day, and the first on which it no longer holds, of the relationship itself; empty where not given."""
    for number in range(1, _PERIODS + 1):
        if record.get(f"Relationship.Period.{number}.periodType", "").strip() == "RELATIONSHIP_PERIOD":
            ends = (record.get(f"Relationship.Period.{number}.{n}", "") for n in ("startDate", "endDate"))
            begun, ended = (draft.day(row, d, tr("a day of the relationship")) for d in ends)
            return begun, ended
    return "", ""


def is_relationship_xml(begins: bytes) -> bool:
    """Whether a file's first bytes are of relationship records."""
    return b"RelationshipData" in begins and begins.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def refuse_other_xml(content: Content) -> UnreadableFileError:
    """What is said of XML that is none."""
    return UnreadableFileError(
        content.origin, tr("XML, but no relationship records"), allowed=tr("GLEIF's level 2, RR-CDF 2.1")
    )
