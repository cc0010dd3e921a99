"""What the day of a row of the record is of: what was done on it, by the row's title, its kind and the column."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.text import shared_keys as keys
from entrepot.claims.text.acts import acts, offices, offices_of
from entrepot.claims.text.lexicon import found as found_words
from entrepot.claims.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.claims.text.acts import Acts

    Row = Mapping[str, Any]

_IN_FORCE, KNOWN_FROM, ENDS, EVENT = "in_force", "known", "ends", "event"  # what a day is of
_OPENED, _CLOSED = "gate:opened", "gate:closed"  # acts on a gate
# What is done on the day of an event whose title does not say it.
_BY_KIND = {
    "kind:opening": _OPENED,
    "kind:closure": _CLOSED,
    "kind:exit": "gate:left",
    "kind:listing": "list:added",
    "kind:designation": "sanction:imposed",
    "kind:agreement": "work:signed",
}
# kinds of what binds from its day on: who tells that it was lifted on that day tells of another act
_BINDS = frozenset({"kind:import_ban", "kind:export_control", "kind:blocking", "kind:designation"})
_IMPOSED = "sanction:imposed"
UNDONE = "undone"  # an act: that something was rejected, repealed or called off
ENDING = frozenset({UNDONE, "ending"})  # acts by which a row says that it ends something
_HOLDS = frozenset({"law:in_force", "law:applies"})  # what is done on the day from which a law holds
_LESSENS = ENDING | {"sanction:lifted", "list:removed", "gate:closed"}  # what a title says of a measure that is less
_KEPT = _HOLDS | {"law:transposed"}  # acts that the title of a part may name of the day on which it begins
# What is done with a law on the day on which it is known, or a notice is told of that takes effect on another.
_TOLD_OF = frozenset({"law:proposed", "law:adopted", "law:signed", "law:published", "law:announced", "list:announced"})
_PROPOSED = "law:proposed"
_CODE = 2  # letters of the code of a jurisdiction
_OF_LAWS = frozenset({"measures", "requirements"})  # tables whose rows an office of a jurisdiction makes
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def done(row: Row, title: str, only: str, kinds: set[str]) -> Acts:
    """What was done on a day of a row, by its title and by which of its days it is.

    What stands in brackets is of another day. A row that knows one day alone was told of and holds from it; what binds
    was imposed, unless its title says that it ends something.
    """
    found = _done(row, title, only, kinds)
    binds = bool(kinds & _BINDS) and only != ENDS and not named_acts(title, whole=True) & _LESSENS
    return found | {_IMPOSED} if binds else found


def _done(row: Row, title: str, only: str, kinds: set[str]) -> Acts:
    when = row.get("date") or row.get("valid_from") or row.get("effective_from")
    by_kind = frozenset(_BY_KIND[kind] for kind in kinds if kind in _BY_KIND)
    said = named_acts(title) or by_kind
    if by_kind == {_OPENED} and _CLOSED in said:  # what opens may be called closed: a closed zone
        said = by_kind
    if only == ENDS:
        return frozenset()
    if only == KNOWN_FROM:
        return _TOLD_OF
    if only == _IN_FORCE:
        if "known_from" not in row and "effective" not in row:
            return frozenset()  # of a rule it is not known when it was told of
        alone = not row.get("effective") and row.get("known_from") in {None, when}
        return frozenset(a for a in said if a in _KEPT or not a.startswith("law:")) or _HOLDS | (
            _TOLD_OF if alone else frozenset()
        )
    if row.get("effective") not in {None, when}:
        return said - _HOLDS | _TOLD_OF
    return said | _TOLD_OF if _PROPOSED in said else said


def whose(table: str, row: Row) -> frozenset[str]:
    """Whose act a row is: of the offices that an event names, of any of its jurisdiction where it is of a law."""
    if table == "events":
        actors = row["actors"] or ()
        actors = [actors] if isinstance(actors, str) else list(actors)
        theirs = (offices_of(a) for a in actors if len(a) == _CODE)  # where the EU acts, its Council does
        return offices(f"{row['title']}. {', '.join(actors)}").union(*theirs)
    return offices_of(row["jurisdiction"]) if "jurisdiction" in row and table in _OF_LAWS else frozenset()


def doers(table: str, row: Row, here: Iterable[str]) -> frozenset[str]:
    """The keys of the countries whose act a row is: of a law its jurisdiction, of an event those that it does not hit.

    Args:
        table: of the row.
        row: of the record.
        here: countries of the event's place, which it hits.
    """
    if table in _OF_LAWS:
        theirs = {row["jurisdiction"]} if row.get("jurisdiction") else set()
    elif table == "events" and f"kind:{row.get('kind')}" in _BINDS | {"kind:listing"}:
        theirs = {c for c in row.get("countries") or () if c not in here}
    else:
        theirs = set()
    return frozenset[str]().union(*map(_of_country, sorted(theirs)))


@cache
def _of_country(code: str) -> frozenset[str]:
    """The keys of a country, or of a union by its code."""
    return frozenset(
        {f"land:{code}"} | {k.name for k in keys.of_hits(lexicon("en").scan(code)) if k.name.startswith("side:")}
    )


def named_acts(title: str, *, whole: bool = False) -> Acts:
    """The acts that words name, what stands in brackets aside; with `whole` those of no sort too."""
    named = _IN_BRACKETS.sub("", title)
    found = frozenset[str]().union(*(a for _, _, a in acts(found_words(named, "en"), 0, len(named))))
    return found if whole else frozenset(a for a in found if ":" in a)
