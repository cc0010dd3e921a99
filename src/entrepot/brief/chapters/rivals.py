"""Rival explanations: the other dated measures that could explain a shift, by name and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.brief.report import Grid, Source
from entrepot.core.periods import first_day
from entrepot.core.words.translate import tr, trs
from entrepot.measures.measure import known, measure
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.brief.context import Context
    from entrepot.measures.act import Measure, Part

# The origin and the market of the flows themselves: a measure that names only these names no partner.
_GENERAL = frozenset({"CN", "HK", "MO", "US"})


@dataclass(frozen=True, slots=True)
class Rival:
    """One dated provision of another measure.

    Attributes:
        measure_id, act: id and short name of the measure.
        title: measure and provision.
        start: ISO day or month from which it holds.
        end: last day, empty while it holds.
        iso3: partners it names (alpha-3); empty where it concerns all origins or China alone.
        text, citation, source_id: as in the measure's file.
        codes: the six-digit codes it touches; empty where it names partners and no code.
    """

    measure_id: str
    act: str
    title: str
    start: str
    end: str
    iso3: tuple[str, ...]
    text: str
    citation: str
    source_id: str
    codes: frozenset[str]

    @property
    def what(self) -> str:
        """The provision alone, without the name of its measure."""
        return self.title.removeprefix(f"{self.act}: ")

    def concerns(self, codes: Sequence[str]) -> bool:
        """Whether it touches one of these HS codes, or no code in particular."""
        return not self.codes or bool(self.codes & {c[:6] for c in codes})

    def dated_between(self, first: str, last: str) -> bool:
        """Whether it began from the first day of one window to the last day of the other (ISO days)."""
        return first <= self.start <= last


def rivals(ctx: Context, codes: Sequence[str]) -> list[Rival]:
    """The dated provisions, known by the day, that touch these codes or name partners of a measure that does; by date.

    Provisions of one measure that begin on one day for the same partners (an anti-dumping and a countervailing order)
    are one rival.

    Args:
        ctx: the brief's context; its plan names the measures that compete.
        codes: HS codes of the flows, of which the first six digits are international.
    """
    short = {c[:6] for c in codes}
    groups: dict[tuple[str, str, tuple[str, ...]], list[tuple[Measure, Part]]] = {}
    for measure_id in ctx.focus.competes_with:
        act = known(measure(measure_id), ctx.day)
        if not any(_touches(p, short) for p in act.parts):
            continue
        for part in act.provisions:
            named = tuple(countries.alpha3(c) for c in part.countries or act.countries if c not in _GENERAL)
            if part.start and first_day(part.start) <= ctx.day and (_touches(part, short) or (named and not part.hs)):
                groups.setdefault((part.start, act.id, named), []).append((act, part))
    return [_rival(key, groups[key], short) for key in sorted(groups)]


def marks(some: Iterable[Rival]) -> list[dict[str, str]]:
    """Rivals as the dated rules of a chart: each says which provision of which measure it is."""
    return [
        {"date": first_day(r.start).isoformat(), "act": r.act, "name": r.what, "href": "#rivals"}
        for r in sorted(some, key=lambda r: (r.start, r.title))
    ]


def named(some: Iterable[Rival]) -> list[str]:
    """Measures by name, each once with the months in which provisions of it begin."""
    months: dict[str, list[str]] = {}
    for rival in sorted(some, key=lambda r: r.start):
        months.setdefault(rival.act, []).append(f"{first_day(rival.start):%b %Y}")
    return [f"{act} ({', '.join(dict.fromkeys(when))})" for act, when in months.items()]


def _touches(part: Part, codes: set[str]) -> bool:
    """Whether a part is on all goods, or a prefix of its covers one of the six-digit codes."""
    return part.goods == "all" or any(c.startswith(g.prefix) for g in part.hs for c in codes)


def _rival(key: tuple[str, str, tuple[str, ...]], group: list[tuple[Measure, Part]], codes: set[str]) -> Rival:
    start, _, named = key
    act, first = group[0]
    return Rival(
        measure_id=act.id,
        act=act.short,
        title=f"{act.short}: {', '.join(p.name for _, p in group)}",
        start=start,
        end=first.end or "",
        iso3=named,
        text=" ".join(p.text for _, p in group),
        citation="; ".join(p.citation for _, p in group),
        source_id=first.sources[0],
        codes=frozenset(c for c in codes for _, p in group if p.hs and _touches(p, {c})),
    )


def rivals_grid(others: Sequence[Rival]) -> Grid:
    """The table of rival explanations."""
    rows = tuple(
        (
            r.start + (tr(" to {end}", end=r.end) if r.end else ""),
            r.title,
            ", ".join(countries.name_of(c, c) for c in r.iso3) or tr("China or all origins"),
            r.text,
            Source(r.source_id),
        )
        for r in others
    )
    return Grid(
        tr("Other dated measures that could explain a shift"),
        trs("from", "measure", "names", "what it says", "source"),
        rows,
        shown=True,
        anchor="rivals",
    )
