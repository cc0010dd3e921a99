"""The events of a file of EPCIS, JSON-LD 2.0 or XML 1.2: each as what it says, or as why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.decode import examine
from entrepot.intake.json_rows import loads
from entrepot.lists.formats import xml_tree
from entrepot.lists.formats.reading import File
from entrepot.tracing.supply.epcis.event_flaws import refuse_flawed
from entrepot.tracing.supply.epcis.event_lots import Said
from entrepot.tracing.supply.epcis.event_places import placed_by
from entrepot.tracing.supply.epcis.master_data import master_data
from entrepot.tracing.supply.epcis.xml_events import document_of
from entrepot.tracing.supply.supply_row import WrongRowError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content
    from entrepot.tracing.supply.supply_row import Taken

    Event = dict[str, Any]

_DOCUMENTS = ("EPCISDocument", "EPCISQueryDocument")
_VERSIONS = ("1.2", "2.0")
_REMEDY = marked("Ask its sender for an EPCIS 2.0 JSON-LD or an EPCIS 1.2 XML document.")


def read_events(
    content: Content, options: ReadingOptions, today: date, counts: Counter[str]
) -> Iterator[tuple[int, list[Taken] | WrongRowError]]:
    """Each event of a file with its number, counted from 1.

    Args:
        content: the file.
        options: the encoding, where the person says it.
        today: the day after which no event can lie.
        counts: what is read with doubt, and how often.

    Raises:
        UnreadableFileError: no document of EPCIS, or one without events.
    """
    is_xml = content.begins().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    document = _xml(content) if is_xml else _json(content, options)
    events = _events(document, content.origin, is_xml=is_xml)
    names = master_data(document, counts)
    checked = [(event, _flaw(event, is_xml=is_xml)) for event in events]
    placed = placed_by([event for event, flaw in checked if flaw is None], names, counts)
    said = Said(names, today, counts, placed)
    for number, (event, flaw) in enumerate(checked, 1):
        try:
            yield number, flaw or said.taken(event)
        except WrongRowError as exc:
            yield number, exc


def _flaw(event: Any, *, is_xml: bool) -> WrongRowError | None:
    try:
        refuse_flawed(event, is_xml=is_xml)
    except WrongRowError as exc:
        return exc
    return None


def _xml(content: Content) -> Event:
    return document_of(xml_tree.parsed(File(content.origin, content.whole(), content.name)))


def _json(content: Content, options: ReadingOptions) -> Event:
    found = loads(examine(content, options.encoding).whole(), content.origin, 1)
    if not isinstance(found, dict):
        raise UnreadableFileError(content.origin, tr("no document of EPCIS"), allowed=tr("an object"), remedy=_REMEDY)
    if not found.get("@context"):
        problem = tr("the document has no @context, so that nothing says what its words mean")
        raise UnreadableFileError(content.origin, problem, allowed=tr("the context of EPCIS"), remedy=_REMEDY)
    return found


def _events(document: Event, origin: str, *, is_xml: bool) -> list[Any]:
    kind = document.get("type")
    if isinstance(kind, str) and kind.endswith("Event"):
        return [document]
    if kind not in _DOCUMENTS:
        allowed = ", ".join(_DOCUMENTS)
        raise UnreadableFileError(origin, tr("type is {kind!r}", kind=str(kind)[:40]), allowed=allowed, remedy=_REMEDY)
    version = str(document.get("schemaVersion", ""))
    if version not in _VERSIONS:
        problem = tr("schemaVersion is {version!r}", version=version[:20])
        raise UnreadableFileError(origin, problem, allowed=", ".join(_VERSIONS), remedy=_REMEDY)
    held = _within(document, "epcisBody", "eventList")
    held = _within(document, "epcisBody", "queryResults", "resultsBody", "eventList") if held is None else held
    if not isinstance(held, list) or not held:
        where = "EPCISBody/EventList" if is_xml else "epcisBody.eventList"
        raise UnreadableFileError(origin, tr("the document has no events"), allowed=where, remedy=_REMEDY)
    return held


def _within(found: Any, *keys: str) -> Any:
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found
