"""Rival explanations: the other dated measures that could explain a shift, with a letter to mark them by."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from entrepot.brief.report import Grid, Source
from entrepot.core.periods import first_day
from entrepot.measures.measure import measure
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.context import Context

# The origin and the market of the flows themselves: a measure that names only these names no partner.
_GENERAL = frozenset({"CN", "HK", "MO", "US"})


@dataclass(frozen=True, slots=True)
class Rival:
    """One dated provision of another measure.

    Attributes:
        mark: its letter in charts and tables.
        title: measure and provision.
        start: ISO day or month from which it holds.
        end: last day, empty while it holds.
        iso3: partners it names (alpha-3); empty where it concerns all origins or China alone.
        text, citation, source_id: as in the measure's file.
    """

    mark: str
    title: str
    start: str
    end: str
    iso3: tuple[str, ...]
    text: str
    citation: str
    source_id: str

    def dated_between(self, first_year: int, last_year: int) -> bool:
        """Whether it began from the start of the first year to the end of the last."""
        return str(first_year) <= self.start[:4] <= str(last_year)


def rivals(ctx: Context) -> list[Rival]:
    """All dated provisions, known by the day, of the measures that compete as explanations, by date."""
    found = []
    for measure_id in ctx.focus.competes_with:
        other = measure(measure_id)
        for p in other.provisions:
            if p.start and first_day(p.start) <= ctx.day:
                named = tuple(countries.alpha3(c) for c in p.countries or other.countries if c not in _GENERAL)
                found.append((p.start, other, p, named))
    found.sort(key=lambda f: (f[0], f[1].id, f[2].id))
    letters = [*ascii_uppercase, *(a + b for a in ascii_uppercase for b in ascii_uppercase)]
    return [
        Rival(letters[i], f"{other.short}: {p.name}", start, p.end or "", named, p.text, p.citation, p.sources[0])
        for i, (start, other, p, named) in enumerate(found)
    ]


def rivals_grid(others: Sequence[Rival]) -> Grid:
    """The table of rival explanations."""
    rows = tuple(
        (
            r.mark,
            r.start + (f" to {r.end}" if r.end else ""),
            r.title,
            ", ".join(r.iso3) or "China or all origins",
            r.text,
            Source(r.source_id),
        )
        for r in others
    )
    return Grid(
        "Other dated measures that could explain a shift",
        ("", "from", "measure", "names", "what it says", "source"),
        rows,
        shown=True,
        anchor="rivals",
    )
