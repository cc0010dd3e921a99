"""Ownership among FollowTheMoney entities, one JSON object a line, as OpenSanctions exports them.

Schema: https://followthemoney.tech/explorer/schemata/Ownership/: who owns (`owner`) what (`asset`), with a percentage
as its source prints it. Both exports are read: entities that name one another, and targets with what is tied to them
nested within, where a tie stands at both its ends.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import examine
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_number
from entrepot.ownership.stake import UNKNOWN, Stake, first_fraction, fractions_said, read_stake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

_TIE = "Ownership"
# Ties of other schemata, which say nothing of shares.
_OTHER_TIES = frozenset({"Directorship", "Membership", "Employment", "Representation", "UnknownLink", "Family",
                         "Associate", "Succession", "Debt"})  # fmt: skip
_KINDS = {"Person": "person", "Company": "company", "Organization": "company", "PublicBody": "company"}
_COUNTRIES = ("jurisdiction", "country", "mainCountry")  # whose register a number is of, the surest first
_LEI, _NUMBER = "leiCode", "registrationNumber"
_COUNTRY = 2  # letters of its code


class _Entity(NamedTuple):
    """An entity, with the ids of those that are nested in it in their place."""

    id: str
    schema: str
    caption: str
    said: Mapping[str, list[str]]


def read_ftm_links(content: Content, options: ReadingOptions) -> LinkDraft:
    """Ownership and the parties at its ends; other ties are counted, and of persons the name alone is kept.

    Raises:
        UnreadableFileError: a line that is no entity, or percentages that are fractions.
    """
    draft = LinkDraft(content.origin, "line")
    ties: dict[str, tuple[int, _Entity]] = {}
    for row, one in _entities(content, options):
        if one.schema == _TIE:
            ties.setdefault(one.id, (row, one))
        elif one.schema in _OTHER_TIES:
            draft.count(tr("ties of the schema {schema} say nothing of shares: not read", schema=one.schema), row)
    wanted = {i for _, tie in ties.values() for c in ("owner", "asset") for i in tie.said.get(c, ())}
    known: dict[str, _Entity] = {}
    for _, one in _entities(content, options):
        if one.id in wanted and len(one.said) >= len(known[one.id].said if one.id in known else ()):
            known[one.id] = one
    for row, tie in ties.values():
        _tie(draft, row, tie, known)
    at = first_fraction([x.said if x.stake.is_exact else None for x in draft.links])
    if at is not None:
        raise draft.refuse(draft.links[at].row, fractions_said(draft.links[at].said), allowed=tr("percentages"))
    return draft


def _entities(content: Content, options: ReadingOptions) -> Iterator[tuple[int, _Entity]]:
    with examine(content, options.encoding).open("\n") as lines:
        for row, line in enumerate(lines, 1):
            if line.strip():
                try:
                    found = [*_within(json.loads(line))]
                except (ValueError, RecursionError) as exc:
                    allowed = tr("one JSON object a line")
                    raise UnreadableFileError(content.origin, "not JSON", line=row, allowed=allowed) from exc
                yield from ((row, one) for one in found)


def _within(found: Any) -> Iterator[_Entity]:
    """An entity and those that are nested in it; nothing of what is none."""
    if not isinstance(found, dict) or not isinstance(found.get("properties"), dict) or not found.get("id"):
        return
    said: dict[str, list[str]] = {}
    for name, values in found["properties"].items():
        held = values if isinstance(values, list) else [values]
        for value in held:
            if isinstance(value, dict):
                yield from _within(value)
        said[name] = [str(v["id"] if isinstance(v, dict) and v.get("id") else v) for v in held]
    yield _Entity(str(found["id"]), str(found.get("schema") or ""), str(found.get("caption") or ""), said)


def _tie(draft: LinkDraft, row: int, tie: _Entity, known: Mapping[str, _Entity]) -> None:
    days = [draft.day(row, next(iter(tie.said.get(c, ())), ""), c) for c in ("startDate", "endDate")]
    printed = next(iter(tie.said.get("percentage", ())), "")
    try:
        stake = read_stake(printed)
    except ValueError:
        draft.count(tr("percentages that are none: read as ties of no known size"), row)
        stake = UNKNOWN
    owners, owned = ([_party(draft, row, i, known.get(i)) for i in tie.said.get(c, ())] for c in ("owner", "asset"))
    if not owners or not owned:
        draft.count(tr("ties of which one end is not told: not read"), row)
    if len(owners) * len(owned) > 1:  # whose part is how much is not told
        stake = Stake(0, stake.high)
    for owner in owners:
        for party in owned:
            draft.links.append(Link(row, owner, party, "shares", stake, printed[:200], days[0], days[1]))


def _party(draft: LinkDraft, row: int, number: str, one: _Entity | None) -> str:
    if one is None:
        draft.count(tr("parties that the file names and does not describe"), row)
        return draft.party(number)
    name = next(iter(one.said.get("name", ())), "") or one.caption or number
    kind = _KINDS.get(one.schema, "unknown")
    numbers = () if kind == "person" else tuple(filter(None, _numbers(one)))
    return draft.party(number, draft.named(row, name), kind, numbers)


def _numbers(one: _Entity) -> Iterator[str]:
    yield from (by_number("LEI", n) for n in one.said.get(_LEI, ()))
    of = next((c for name in _COUNTRIES for c in one.said.get(name, ()) if len(c) == _COUNTRY), "")
    if of:
        yield from (by_number(f"{of}-REG", n) for n in one.said.get(_NUMBER, ()))
