"""The Beneficial Ownership Data Standard: JSON, a list of statements, or one a line; 0.4, and what was before as it.

An indirect statement that names its component records repeats what they say: its own share is set aside, and the
components are read. Where a component says nothing of a share, it may carry one. A record has a history: each of its
statements holds until the next; what changed without a day is an interval from the one statement to the other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.decode import examine
from entrepot.ownership.contract import BODS_INTERESTS
from entrepot.ownership.formats.bods_earlier import Records, is_earlier
from entrepot.ownership.formats.bods_history import Said, Told, history, joined
from entrepot.ownership.formats.links_draft import LinkDraft, by_name, by_number
from entrepot.ownership.stake import UNKNOWN, WHOLE, Stake, between, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

    Statement = Mapping[str, Any]

_KINDS = ("entity", "person", "relationship")
_OWNED = ("shareholding",)  # an indirect interest of these runs through shares of its components


def read_bods(content: Content, options: ReadingOptions) -> LinkDraft:
    """Statements of entities, persons and relationships; of persons the name alone is kept.

    Raises:
        UnreadableFileError: no statements, or one that breaks the standard, with its place in the list.
    """
    draft = LinkDraft(content.origin, "statement")
    by_record: dict[str, list[tuple[int, Statement]]] = defaultdict(list)
    records = Records()
    for row, told in _statements(content, options):
        statement = records.of_now(told) if is_earlier(told) else told
        if not isinstance(statement, dict):
            raise draft.refuse(
                row, tr("no statement"), allowed=tr("an object with recordId, recordType and recordDetails")
            )
        kind, details = statement.get("recordType"), statement.get("recordDetails")
        if kind not in _KINDS or not isinstance(details, dict) or not isinstance(statement.get("recordId"), str):
            problem = (
                tr("recordType is {kind!r}", kind=str(kind)[:40])
                if kind not in _KINDS
                else tr("no recordId or recordDetails")
            )
            raise draft.refuse(row, problem, allowed=tr("version 0.4: recordType {kinds}", kinds=", ".join(_KINDS)))
        by_record[statement["recordId"]].append((row, statement))
    ids = _parties(draft, by_record)
    _relationships(draft, by_record, ids)
    return draft


def _statements(content: Content, options: ReadingOptions) -> Iterator[tuple[int, Any]]:
    file = examine(content, options.encoding)
    text = file.whole()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as whole:
        for row, line in enumerate(text.splitlines(), 1):
            try:
                if line.strip():
                    yield row, json.loads(line)
            except (ValueError, RecursionError):
                place = getattr(whole, "lineno", row)
                raise UnreadableFileError(
                    content.origin, "not JSON", line=place, allowed=tr("a list of statements")
                ) from None
        return
    yield from enumerate(found if isinstance(found, list) else [found], 1)


def _parties(draft: LinkDraft, by_record: Mapping[str, list[tuple[int, Statement]]]) -> dict[str, str]:
    """Record -> id of the party, the last statement's name first."""
    ids: dict[str, str] = {}
    for record, told in by_record.items():
        last = told[-1][1]
        details, kind = last["recordDetails"], last["recordType"]
        if kind == "entity":
            numbers = tuple(_numbers(details))
            name = details.get("name")
            party = next(iter(numbers), "") or f"record:{record[:200]}"
            ids[record] = draft.party(party, _text(name) or party, "company", numbers[1:])
        elif kind == "person":
            # Numbers of persons are not kept; two persons of one name are two records.
            ids[record] = draft.party(f"record:{record[:200]}", _person(details) or tr("a person not named"), "person")
    return ids


def _text(value: Any) -> str:
    return " ".join(value.split())[:2000] if isinstance(value, str) else ""


def _numbers(details: Mapping[str, Any]) -> Iterator[str]:
    given = details.get("identifiers")
    for one in given if isinstance(given, list) else []:
        if isinstance(one, dict) and (found := by_number(str(one.get("scheme") or ""), str(one.get("id") or ""))):
            yield found


def _person(details: Mapping[str, Any]) -> str:
    names = details.get("names")
    held = [n for n in names if isinstance(n, dict)] if isinstance(names, list) else []
    return next((t for n in held if (t := _text(n.get("fullName")))), "")


def _relationships(draft: LinkDraft, by_record: Mapping[str, list[tuple[int, Statement]]], ids: dict[str, str]) -> None:
    told = {r: s for r, s in by_record.items() if s[0][1]["recordType"] == "relationship"}
    carrying = _carrying(told)
    for record, statements in told.items():
        details = statements[-1][1]["recordDetails"]
        owned, owner = (_end(draft, ids, details.get(k)) for k in ("subject", "interestedParty"))
        if owned is None or owner is None:
            draft.counts["relationships whose other party is not known or exempt from disclosure"] += 1
            continue
        said = [_said(draft, row, s, told, carries=record in carrying) for row, s in statements]
        draft.links += history(draft, owner, owned, said)


def _end(draft: LinkDraft, ids: dict[str, str], named: Any) -> str | None:
    """The party at an end of a relationship; None where the statement gives a reason why it names none."""
    if not isinstance(named, str):
        return None
    if named not in ids:  # a record of another file
        draft.counts["parties that the file names and does not describe"] += 1
        ids[named] = draft.party(by_number("RECORD", named) or by_name(named), named[:2000])
    return ids[named]


def _carrying(told: Mapping[str, list[tuple[int, Statement]]]) -> frozenset[str]:
    """Relationship records through which an indirect shareholding runs."""
    found: set[str] = set()
    for statements in told.values():
        details = statements[-1][1]["recordDetails"]
        if any(i.get("directOrIndirect") == "indirect" and i.get("type") in _OWNED for i in _interests(details)):
            found |= set(_components(details))
    return frozenset(found)


def _components(details: Mapping[str, Any]) -> list[str]:
    given = details.get("componentRecords")
    return [c for c in given if isinstance(c, str)] if isinstance(given, list) else []


def _interests(details: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    given = details.get("interests")
    return [i for i in given if isinstance(i, dict)] if isinstance(given, list) else []


def _said(draft: LinkDraft, row: int, statement: Statement, told: Mapping[str, Any], *, carries: bool) -> Said:
    """What one statement says: each interest with its stake and days."""
    details = statement["recordDetails"]
    has_parts = any(c in told for c in _components(details))
    held: dict[str, Told] = {}
    for interest in _interests(details):
        kind, stake, words = _interest(draft, row, interest, has_parts=has_parts, carries=carries)
        if kind:
            start, end = (draft.day(row, _text(interest.get(k)), k) for k in ("startDate", "endDate"))
            held[kind] = joined(draft, held.get(kind), Told(stake, words, start, end))
    if not details.get("interests"):
        draft.counts["relationships without an interest: read as ties of no known size"] += 1
        held["linked"] = Told(UNKNOWN, tr("no interest stated"), "", "")
    day = draft.day(row, _text(statement.get("statementDate")), "statementDate")
    return Said(row, day, held, is_closed=statement.get("recordStatus") == "closed")


def _interest(
    draft: LinkDraft, row: int, interest: Mapping[str, Any], *, has_parts: bool, carries: bool
) -> tuple[str, Stake, str]:
    """Interest, stake and words; the interest empty where component records say it."""
    given, how = str(interest.get("type") or "")[:60], str(interest.get("directOrIndirect") or "")[:20]
    kind = _types().get(given, "linked")
    if given and given not in _types():
        draft.counts[f"interests of the type {given} are not known: read as ties of no known size"] += 1
    words = f"{how} {given or tr('interest of no type')}".strip()
    if how == "indirect" and has_parts:
        draft.counts["indirect interests repeat their component records: these are read, the share is not added"] += 1
        return "", UNKNOWN, ""
    if kind == "control":
        return ("linked" if carries else kind), UNKNOWN, words
    # What is held by way of parties that are not named counts by what each of them is, which nobody says.
    if how in {"indirect", "unknown"} or kind == "linked":
        return "linked", UNKNOWN, words
    return kind, _share(draft, row, interest.get("share")), words


def _share(draft: LinkDraft, row: int, given: Any) -> Stake:
    """The stake that a share says: exact, or between ends that may be left out.

    Raises:
        UnreadableFileError: no percentages.
    """
    if not isinstance(given, dict):
        return UNKNOWN
    try:
        if (exact := given.get("exact")) is not None:
            return between(exact, exact)
        low = max(_end_of(given, "minimum", 0), _end_of(given, "exclusiveMinimum", -1) + 1)
        high = min(
            _end_of(given, "maximum", WHOLE, up=True), _end_of(given, "exclusiveMaximum", WHOLE + 1, up=True) - 1
        )
    except (TypeError, ValueError) as exc:
        raise draft.refuse(
            row, tr("share is {dumps}", dumps=json.dumps(given)[:80]), allowed=tr("percentages from 0 to 100")
        ) from exc
    if low > high:
        raise draft.refuse(
            row, tr("share is {dumps}", dumps=json.dumps(given)[:80]), allowed=tr("a least and a most in this order")
        )
    return Stake(low, high)


def _end_of(given: Mapping[str, Any], name: str, default: int, *, up: bool = False) -> int:
    said = given.get(name)
    return default if said is None else parts(said, up=up)


@cache
def _types() -> dict[str, str]:
    return {r["type"]: r["interest"] for r in packaged_rows(BODS_INTERESTS)}
