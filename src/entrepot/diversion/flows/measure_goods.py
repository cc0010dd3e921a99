"""What the measure of a question touches: which products, and the flows between which places.

A scan looks at the goods of its measure where the record has all of them; where it has some, or none, it looks at all
and says so. Nothing that the measure itself moves may be what a flow is compared with.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.document.hinted import hinted
from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.measures.goods_touched import meeting
from entrepot.vocabulary import countries
from entrepot.vocabulary.goods import SUBHEADING, chapters_of, hs_code, is_known
from entrepot.vocabulary.groups import group_of, members

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from entrepot.diversion.question import Question
    from entrepot.measures.act import Measure, Part
    from entrepot.vocabulary.goods import HsCode

_ON_GOODS = ("all", "listed", "unread")
_NAMED = 5  # products in a message


class Touched(NamedTuple):
    """Flows that a part of a measure touches.

    Attributes:
        exporters, importers: ISO alpha-3; empty: all places.
        products: codes of the flows.
    """

    exporters: frozenset[str]
    importers: frozenset[str]
    products: frozenset[str]


@cache
def touches(product: str, part: Part) -> bool:
    """Whether a part meets the product; one joined from several codes by any of them, an industry by any chapter."""
    for code in (c for joined in product.split("/") for c in chapters_of(joined)):
        found = _code(code[:SUBHEADING])
        if found is not None and meeting(found, part) is not None:
            return True
    return False


@cache
def _code(digits: str) -> HsCode | None:
    """The code; None where there is none."""
    return hs_code(digits) if is_known(digits) else None


def is_of_the_measure(question: Question, product: str) -> bool:
    """Whether a measure of which all goods are on record touches a product; of any other whatever it is."""
    named = _all_its_goods(question) if question.chain is None else None
    return named is None or any(touches(product, part) for part in named)


def names_its_goods(question: Question) -> bool:
    """Whether all goods of the measure are on record, and no others were asked for."""
    return question.products is None and _all_its_goods(question) is not None


def goods_told(question: Question, products: Iterable[str]) -> tuple[str, ...]:
    """What is looked at of these flows, by the goods of the measure, in a sentence; nothing where none are on record.

    Args:
        question: what is asked.
        products: codes of the flows.

    Raises:
        BadInputError: the measure names its goods, and these flows hold none of them.
    """
    if question.products is not None or question.act is None or question.chain is not None:
        return ()
    every, act = sorted(products), question.act
    own = [p for p in every if any(touches(p, part) for part in _on_goods(act, question.since) if part.hs)]
    beside = len(every) - len(own)
    if not names_its_goods(question):
        some = any(part.hs for part in _on_goods(act, question.since)) and not _is_on_all(act, question.since)
        if not some or not beside:
            return ()
        return (
            hinted(
                tr(
                    "Not all goods of {measure} are on record: {count} looked at here are none of those that are.",
                    measure=act.id,
                    count=counted(beside, "product"),
                ),
                tr("--product names what to look at."),
            ),
        )
    if not own:
        shown = ", ".join(every[:_NAMED]) + (", …" if len(every) > _NAMED else "")
        raise BadInputError(
            tr("none of the goods of {measure} are in these flows", measure=act.id),
            found=shown,
            remedy=tr("Name with --product what to look at, or give flows of its goods."),
        )
    if not beside:
        return ()
    return (
        hinted(
            tr(
                "Looked at: {own}, the goods of {measure}; {beside} outside them not.",
                own=counted(len(own), "product"),
                measure=act.id,
                beside=counted(beside, "product"),
            ),
            tr("--product names others."),
        ),
    )


def later_told(question: Question, products: Iterable[str], first: str, last: str) -> tuple[str, ...]:
    """Which products fall under the measure later than its first day, from when on, a sentence each day.

    A measure of several parts is looked at from its first day. What was traded before a product's own part began
    counts as after, and holds its loss and its rises down. A part that begins behind all that is looked at has no share
    in any of it.

    Args:
        question: what is asked.
        products: codes of the flows that are looked at.
        first: the first period that counts as after.
        last: the last period that is looked at.
    """
    if question.act is None or question.chain is not None:
        return ()
    parts = [p for p in _on_goods(question.act, question.since) if p.start and _is_on_the_route(question, p)]
    late: dict[date, list[str]] = {}
    for product in sorted(products):
        starts = [first_day(p.start) for p in parts if p.start and (p.goods == "all" or touches(product, p))]
        if starts and min(starts) > last_day(first):
            late.setdefault(min(starts), []).append(product)
    return tuple(_later(question, codes, day, (first, last)) for day, codes in sorted(late.items()))


def _later(question: Question, codes: Sequence[str], day: date, looked_at: tuple[str, str]) -> str:
    shown = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    first, last = looked_at
    of = {"measure": question.measure, "products": counted(len(codes), "product"), "shown": shown}
    if day > last_day(last):
        return tr(
            "{measure} is on {products} ({shown}) only from {day} on, as far as is on record, behind all that is "
            "looked at ({first} to {last}): it had no part in what those lost or gained.",
            **of,
            day=day,
            first=first,
            last=last,
        )
    said = tr(
        "{measure} is on {products} ({shown}) from {day} on, as far as is on record: what was traded from {first} "
        "until then counts as after.",
        **of,
        day=day,
        first=first,
    )
    return hinted(said, tr("--product with --since {day} asks of them alone.", day=day))


def _is_on_the_route(question: Question, part: Part) -> bool:
    """Whether a part is on what an end of the route sells or buys; one that names nobody is on all."""
    assert question.act is not None
    whom = _alpha3(part.countries or question.act.countries, question.since)
    ends = {question.origin, question.destination, *(m for _, some in question.united for m in some)}
    return not whom or bool(whom & ends)


def flows_touched(question: Question, products: Iterable[str]) -> tuple[Touched, ...]:
    """The flows that the measure touches, whoever is asked about; of goods that are not all on record, those of all.

    Args:
        question: what is asked.
        products: codes of the flows.
    """
    act = question.act
    if act is None or act.direction == "none":
        return ()
    every, own = tuple(products), _alpha3((act.jurisdiction,), question.since)
    parts: Sequence[Part | None] = _on_goods(act, question.since) or (None,)
    found = []
    for part in parts:
        whom = _alpha3((part.countries if part else ()) or act.countries, question.since)
        is_open = part is None or part.goods == "unread" or bool(act.goods_unknown)
        goods = frozenset(p for p in every if is_open or (part is not None and touches(p, part)))
        if act.direction in {"export", "both"}:
            found.append(Touched(own, whom, goods))
        if act.direction in {"import", "both"}:
            found.append(Touched(whom, own, goods))
    return tuple(dict.fromkeys(t for t in found if t.products))


def _all_its_goods(question: Question) -> tuple[Part, ...] | None:
    """The parts that list the goods of the measure; None where it is on all goods, or not all are on record."""
    act = question.act
    parts = _on_goods(act, question.since) if act is not None else ()
    if act is None or act.goods_unknown or not parts or any(part.goods != "listed" for part in parts):
        return None
    return parts


def _is_on_all(act: Measure, day: date) -> bool:
    return any(part.goods == "all" for part in _on_goods(act, day))


@cache
def _on_goods(act: Measure, day: date) -> tuple[Part, ...]:
    """The parts that turn on goods and had not ended by a day."""
    return tuple(p for p in act.parts if p.goods in _ON_GOODS and (p.end is None or last_day(p.end) >= day))


def _alpha3(places: Iterable[str], day: date) -> frozenset[str]:
    """The places of a measure as flows name them; of a group, those who are in it."""
    return frozenset(
        code
        for place in places
        for code in (members(group_of(place), day) if group_of(place) else (countries.alpha3(place),))
    )
