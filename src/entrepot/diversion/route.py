"""The question that a measure asks by itself: whose goods it touches, who applies it, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import tr
from entrepot.diversion import chains
from entrepot.diversion.question import TOGETHER, Question
from entrepot.measures.effect import ended, took_effect
from entrepot.measures.measure import measure
from entrepot.vocabulary import countries
from entrepot.vocabulary.groups import group_of, members

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.measures.act import Measure

NOT_ON_RECORD = "none"
# What flows may be counted by, and the unit that it is.
COUNTED = {"value": "USD", "weight": "kg", "unit-value": "USD a kg"}

# Of output that is not known: eleven times as much is more than any hub's; per cent were meant.
_MOST_GROWTH = 10


def question(  # noqa: PLR0913 - what a person may say of it, all keyword-only
    measure_id: str | Measure,
    *,
    origin: str | None = None,
    destination: str | None = None,
    since: str | None = None,
    until: str | None = None,
    hubs: str | None = None,
    products: Sequence[str] = (),
    level: float = 0.1,
    chain: str | None = None,
    output_growth: float | None = None,
    controls: str | None = None,
    by: str = "value",
) -> Question:
    """The question, completed from the measure where it is on record.

    Args:
        measure_id: id of a measure, a file of one's own, a measure that is read already, or `none`.
        origin: whose goods, ISO alpha-2 or alpha-3, a country's name, or a group (EU, EAEU, ASEAN) whose members on the
            first day are read as one place, or several places parted by commas, which are read so too; None: as the
            measure says.
        destination: who applies it, likewise.
        since: first day, a partial date; what is given here wins over the measure.
        until: last day, likewise; None: that of the measure, where it has ended.
        hubs: places parted by commas; None or "auto": all.
        products: codes; none: all.
        level: the accepted rate of false discoveries.
        chain: id of a processing chain.
        output_growth: most growth of output that is not known, as a share of past exports; None: nothing is assumed.
        controls: codes and places parted by commas that the measure does not touch.
        by: what flows are counted by, one of `COUNTED`.

    Raises:
        BadInputError: a measure not on record without origin and since; a rate outside 0 to 1; one place twice.
        UnknownNameError: no such measure, country or count.
        UnreadableFileError: the file of a measure breaks the rules.
    """
    if by not in COUNTED:
        raise UnknownNameError(tr("count of flows"), by, COUNTED)
    if not 0 < level < 1:
        raise BadInputError(
            tr("a rate of false discoveries lies between 0 and 1"), found=level, allowed=tr("such as 0.1")
        )
    if output_growth is not None and not output_growth >= 0:
        raise BadInputError(tr("the growth of output lies below 0"), found=output_growth, allowed=tr("such as 0.25"))
    if output_growth is not None and output_growth > _MOST_GROWTH:
        raise BadInputError(
            tr("the growth of output is a share, no per cent: 25 is a growth of 25 times"),
            found=output_growth,
            allowed=tr("from 0 to 10, such as 0.25"),
        )
    none = isinstance(measure_id, str) and measure_id.strip().casefold() == NOT_ON_RECORD
    act = None if none else measure(measure_id)
    start = _start(act, since)
    over = _over(act, start)
    end = last_day(until) if until else over
    if end is not None and end < start:
        raise BadInputError(tr("until lies before since"), found=tr("{start} to {end}", start=start, end=end))
    destination = destination or _several(act)
    ends = (
        _named(origin) if origin else _origin(act),
        _named(destination) if destination else _destination(act),
    )
    named = None if hubs is None or hubs.strip().casefold() == "auto" else hubs.split(",")
    between = None if named is None else tuple(dict.fromkeys(place(h) for h in named if h.strip()))
    goods, beside = _controls(controls or "")
    united = (
        *_united((origin or ends[0], destination or ends[1] or ""), start),
        *_together((origin or "", destination or "")),
    )
    inside = [m for _, named in united for m in named]
    _refuse_one_place(ends, between or (), inside)
    _refuse_touched(beside, (*ends, *inside, *(between or ())))
    asked = tuple(p.strip().replace(".", "") for p in products)
    _refuse_asked(asked, goods)
    return Question(
        measure=act.id if act else NOT_ON_RECORD,
        origin=ends[0],
        destination=ends[1],
        since=start,
        until=end,
        hubs=between,
        products=asked or None,
        level=level,
        chain=chains.chain(chain).id if chain else None,
        output_growth=output_growth,
        control_goods=goods,
        control_places=beside,
        counted=COUNTED[by],
        united=united,
        ended=over,
        act=act,
    )


def _refuse_one_place(ends: tuple[str, str | None], hubs: Sequence[str], members: Sequence[str]) -> None:
    """A flow within one place, or through one of its own ends, is none: an empty table would answer it."""
    single = [*(e for e in ends if e), *members]
    if twice := next((e for e in single if single.count(e) > 1), None):
        raise BadInputError(tr("whose goods are meant and who applies the measure are one place"), found=twice)
    if at := next((h for h in hubs if h in single), None):
        raise BadInputError(
            tr("a place looked at is an end of the flow itself"), found=at, remedy=tr("Leave it out of --hubs.")
        )


def _controls(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes, which have a digit, and places, which have none."""
    named = [c.strip() for c in text.split(",") if c.strip()]
    goods = [c.replace(".", "") for c in named if any(x.isdigit() for x in c)]
    return tuple(goods), tuple(place(c) for c in named if not any(x.isdigit() for x in c))


def _refuse_touched(controls: Sequence[str], touched: Sequence[str | None]) -> None:
    if at := next((c for c in controls if c in touched), None):
        raise BadInputError(
            tr("a control is an end of the flow, or looked at as a hub"),
            found=at,
            remedy=tr("Leave it out of --controls."),
        )


def _refuse_asked(asked: Sequence[str], controls: Sequence[str]) -> None:
    """Of a code that lies within a control nothing could be answered: a control is what the measure does not touch."""
    if at := next((p for p in asked if any(p.startswith(c) for c in controls)), None):
        raise BadInputError(
            tr("a product that is asked about is a control, which the measure does not touch"),
            found=at,
            remedy=tr("Leave it out of --controls."),
        )


def _united(ends: tuple[str, str], day: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups among the two ends, with those who were in them on the day."""
    return tuple((g, members(g, day)) for g in dict.fromkeys(map(group_of, ends)) if g)


def _together(ends: tuple[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The places among the two ends that are named together, and are read as one."""
    several = [tuple(dict.fromkeys(place(p) for p in e.split(",") if p.strip())) for e in ends if "," in e]
    return tuple((TOGETHER.join(s), s) for s in several if len(s) > 1)


def _named(text: str) -> str:
    """A group by its name, or a country by its code, or several by theirs, joined."""
    if "," in text:
        return TOGETHER.join(dict.fromkeys(place(p) for p in text.split(",") if p.strip()))
    return group_of(text) or place(text)


def place(text: str) -> str:
    """The alpha-3 code of a country as a person writes it.

    Raises:
        UnknownNameError: no such country.
    """
    code = countries.code_of(text)
    if code:
        return countries.alpha3(code)
    if group_of(text):
        raise BadInputError(
            tr("a group of countries stands where one country is named"),
            found=text.strip(),
            remedy=tr("Name its members one by one."),
        )
    bare = text.strip().upper()
    if len(bare) == len("USA") and bare.isalpha():
        return bare  # the flows may hold codes of their own; legs say which are known
    raise UnknownNameError(tr("country"), text, (), remedy=tr("Give an ISO code such as KAZ, or a country's name."))


def _start(act: Measure | None, since: str | None) -> date:
    if since:
        return first_day(since)
    if act is None:
        raise BadInputError(
            tr("a measure that is not on record has no first day here"), remedy=tr("Give --since DATE.")
        )
    return took_effect(act)


def _over(act: Measure | None, start: date) -> date | None:
    """The last day of the measure; None where it is open, or lies before the day that is asked about."""
    end = ended(act) if act is not None else None
    return None if end is None or end < start else end


def _origin(act: Measure | None) -> str:
    """Whose goods: of whoever applies a control of exports, else of the one country that is touched."""
    if act is not None and act.direction == "export":
        return _applying(act)
    if act is not None and len(act.countries) == 1:
        return countries.alpha3(act.countries[0])
    several = f"{act.id} touches {', '.join(act.countries) or 'all countries'}" if act else "none"
    raise BadInputError(
        tr("whose goods are meant is open"), found=several, remedy=tr("Give --from ISO3, several by commas.")
    )


def _several(act: Measure | None) -> str | None:
    """The several countries that a control of exports names, as a person gives them: they are read as one place."""
    if act is None or act.direction != "export" or len(act.countries) <= 1:
        return None
    return ",".join(countries.alpha3(c) for c in act.countries)


def _destination(act: Measure | None) -> str | None:
    """To whom: of a control of exports the one country that it names, else whoever applies the measure."""
    if act is None:
        return None
    if act.direction == "export":
        return countries.alpha3(act.countries[0]) if len(act.countries) == 1 else None
    # The Union as one place wants flows of its members, of one origin that is known.
    return None if act.jurisdiction == "EU" and len(act.countries) != 1 else _applying(act)


def _applying(act: Measure) -> str:
    return group_of(act.jurisdiction) or countries.alpha3(act.jurisdiction)
