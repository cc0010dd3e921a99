"""The UK's register of people with significant control: the snapshot, one JSON object a line.

Bands are intervals, and their ends matter: `25-to-50` is more than 25 and not more than 50 %, `50-to-75` more than 50
and less than 75 %, `75-to-100` 75 % or more (Companies Act 2006, schedule 1A, and the short descriptions of the
register's own table, psc_descriptions.yml in companieshouse/api-enumerations; its long ones put 75 % itself into the
band below, which no threshold turns on). A band may be held with others: two of 75 % for one company are no error of
the register. It counts what is held indirectly too, by way of a body in which the person has a majority stake.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import examine
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_name, by_number, of_person
from entrepot.ownership.stake import PERCENT, UNKNOWN, WHOLE, Stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

BANDS = {
    "25-to-50": Stake(25 * PERCENT + 1, 50 * PERCENT),
    "50-to-75": Stake(50 * PERCENT + 1, 75 * PERCENT - 1),
    "75-to-100": Stake(75 * PERCENT, WHOLE),
    "more-than-25": Stake(25 * PERCENT + 1, WHOLE),  # of a Scottish partnership and of entities overseas
}
_BAND = re.compile(
    r"(?:(ownership-of-shares|(?:part-)?right-to-share-surplus-assets)|(voting-rights))-(.+?)-percent(-.+)?"
)
_BODIES = (
    "-registered-overseas-entity",
    "-limited-liability-partnership",
)  # say of what the band is, not how it is held
# Of an overseas entity: for whom it is registered as the owner of land. That is no part of the entity.
_NOMINEE = "registered-owner-as-nominee-"
_LIKE_BANDS = ("ownership-of-shares", "voting-rights", "part-right", "right-to-share")
_PERSONS = ("individual-person-with-significant-control", "individual-beneficial-owner")
_FIRMS = ("corporate-entity-", "legal-person-")
# Where a firm says that it is registered, or by which law where it names no country: the Isle of Man has an act of the
# same name, whose companies have a letter behind their number.
_HOME = re.compile(
    r"united kingdom|england|wales|scotland|northern ireland|great britain|\buk\b|companies house|cardiff|"
    r"companies act 2006"
)
_NUMBER = re.compile(r"[A-Z]{0,2}\d{5,8}")
_LONGEST = 200  # characters of a nature of control; the longest has 102
_DIGITS = 8  # of a company's number; leading zeros are often left out


def read_uk_psc(content: Content, options: ReadingOptions) -> LinkDraft:
    """The snapshot; a statement without a person, a ceased interest and what is no share are kept or counted.

    Raises:
        UnreadableFileError: a line that is no JSON object of the register.
    """
    draft = LinkDraft(content.origin, "line")
    with examine(content, options.encoding).open("\n") as lines:
        for row, line in enumerate(lines, 1):
            if line.strip():
                _record(draft, row, _object(draft, row, line))
    return draft


def _object(draft: LinkDraft, row: int, line: str) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as exc:
        raise UnreadableFileError(draft.origin, "not JSON", line=row, allowed=tr("one JSON object a line")) from exc
    if not isinstance(found, dict) or not isinstance(found.get("data"), dict):
        raise draft.refuse(row, tr("no object with company_number and data"))
    return found


def _record(draft: LinkDraft, row: int, record: Mapping[str, Any]) -> None:
    data: Mapping[str, Any] = record["data"]
    kind, number = str(data.get("kind") or ""), str(record.get("company_number") or "")
    if kind == "totals#persons-of-significant-control-snapshot":
        return
    is_person = kind.startswith(_PERSONS)
    if not (is_person or kind.startswith(_FIRMS)):
        draft.counts[f"records of the kind {kind[:60] or 'none'} name nobody: not read"] += 1
        return
    if not by_number("GB-COH", number):
        raise draft.refuse(row, tr("a record without a company_number"))
    owned = draft.party(by_number("GB-COH", number.zfill(_DIGITS)), kind="company")
    owner = _owner(draft, row, data, is_person=is_person)
    days = (
        draft.day(row, _text(data, "notified_on"), "notified_on"),
        draft.day(row, _text(data, "ceased_on"), "ceased_on"),
    )
    natures = data.get("natures_of_control")
    held = _held(draft, natures if isinstance(natures, list) else [])
    for interest, (stake, said) in held.items():
        draft.links.append(Link(row, owner, owned, interest, stake, said, *days))


def _text(data: Mapping[str, Any], key: str) -> str:
    found = data.get(key)
    return found if isinstance(found, str) else ""


def _owner(draft: LinkDraft, row: int, data: Mapping[str, Any], *, is_person: bool) -> str:
    name = draft.named(row, _text(data, "name"))
    if is_person:
        born = data.get("date_of_birth")
        said = f"{born.get('year')}-{born.get('month')}" if isinstance(born, dict) else ""
        unique = said or str(data.get("links"))  # without a date of birth two of one name may be two
        return draft.party(of_person(name, unique), name, "person")
    identity = data.get("identification")
    identity = identity if isinstance(identity, dict) else {}
    number = _text(identity, "registration_number").upper().replace(" ", "")
    place = f"{_text(identity, 'country_registered')} {_text(identity, 'place_registered')}".casefold()
    if not _text(identity, "country_registered").strip():  # "Registrar of Companies" may be any country's
        place += f" {_text(identity, 'legal_authority')}".casefold()
    is_home = bool(_HOME.search(place)) and bool(_NUMBER.fullmatch(number))
    if number and not is_home and not _text(identity, "country_registered").strip():
        draft.count(tr("firms of which no country of their number is told are known by their name alone"), row)
    return draft.party(by_number("GB-COH", number.zfill(_DIGITS)) if is_home else by_name(name), name, "company")


def _held(draft: LinkDraft, natures: list[Any]) -> dict[str, tuple[Stake, str]]:
    """Interest -> stake and the words that say it; of two bands for one interest what both allow, else from 0."""
    held: dict[str, tuple[Stake, str]] = {}
    for nature in natures:
        words = str(nature)[:_LONGEST]
        for body in _BODIES:
            words = words.removesuffix(body)
        if words.startswith(_NOMINEE):
            draft.counts["natures that say for whom an overseas entity holds land are no part of it: not read"] += 1
            continue
        found = _BAND.fullmatch(words)
        if not found or found[3] not in BANDS:
            if words.startswith(_LIKE_BANDS):
                draft.counts[f"band {words[:60]} is not known: read as a tie of no known size"] += 1
                held.setdefault("linked", (UNKNOWN, words))
            else:
                held.setdefault("control", (UNKNOWN, words))
            continue
        interest = "shares" if found[1] else "votes"
        stake = BANDS[found[3]]
        if found[4]:  # through a trust or a firm: held with others, so that the person's own part is not known
            stake = Stake(0, stake.high)
        if interest in held:
            other = held[interest][0]
            stake = Stake(min(stake.low, other.low), max(stake.high, other.high))
        held[interest] = (stake, words)
    return held
