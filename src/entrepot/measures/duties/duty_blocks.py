"""`[[duty]]` blocks of a measure's file: `Duty` out, or an error that names the key. See docs/measures.md."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.periods import first_day
from entrepot.core.words.translate import tr
from entrepot.measures.act import FACTS, VERIFIED, Condition, Duty

if TYPE_CHECKING:
    from entrepot.core.toml_block import Block

_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_PLACE = re.compile(r"^[A-Z]{2,5}$")
_CURRENCY = re.compile(r"^[A-Z]{3}$")
_ROW = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")
NUMBERS = ("employees", "turnover")  # facts with a threshold; all others are places


def duty(block: Block) -> Duty:
    """One duty.

    Raises:
        UnreadableFileError: names the key.
    """
    conditions = tuple(_condition(b) for b in block.tables("when"))
    if not conditions:
        raise block.broken("when", [], tr("at least one [[duty.when]]: whom the duty binds"))
    found = Duty(
        id=block.matching("id", _ID, "words in small letters joined by hyphens"),
        name=block.text("name"),
        text=block.text("text"),
        start=block.needed_day("from"),
        end=block.day("to"),
        known_from=block.day("known_from"),
        replaced=block.day("replaced"),
        conditions=conditions,
        citation=block.text("citation"),
        verified=block.one_of("verified", VERIFIED),
        sources=block.texts("sources", default=...),
        rows=block.texts("rows", _ROW),
        unless=block.texts("unless", _ID),
    )
    block.done()
    if found.end and found.start and first_day(found.end) < first_day(found.start):
        raise block.broken("to", found.end, tr("a day not before from = {start}", start=found.start))
    return found


def _condition(block: Block) -> Condition:
    fact = block.one_of("fact", FACTS)
    found = _number(block, fact) if fact in NUMBERS else _place(block, fact)
    block.done()
    return found


def _place(block: Block, fact: str) -> Condition:
    among, absent, outside = (block.texts(key, _PLACE) for key in ("among", "not_among", "outside"))
    if sum(map(bool, (among, absent, outside))) != 1:
        raise block.broken("among", list(among), tr("among or not_among or outside, one of them"))
    placed = among or absent or outside
    return Condition(fact, placed, bool(absent), "", 0.0, is_above=False, currency="", is_outside=bool(outside))


def _number(block: Block, fact: str) -> Condition:
    least, above = (block.take(key, (int, float), None) for key in ("at_least", "more_than"))
    if (least is None) == (above is None):
        raise block.broken("at_least", least, tr("at_least or more_than, one of the two"))
    within = block.matching("within", _PLACE, tr("a country or a group, as in DE or EU")) if block.has("within") else ""
    currency = block.matching("currency", _CURRENCY, tr("three capital letters")) if fact == "turnover" else ""
    amount = float(least if above is None else above)
    return Condition(fact, (), False, within, amount, is_above=above is not None, currency=currency)
