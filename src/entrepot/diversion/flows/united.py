"""Groups of countries read as one place: the flows of their members added up under one name.

A member that did not report every period would make the group fall and rise by itself: it is left out of the group and
stands alone, and is named. Where the flows count the group themselves and none of its members, theirs is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core import periods as calendar
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import ntr, tr
from entrepot.vocabulary.groups import group_of, moved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import duckdb

    from entrepot.diversion.question import Question

_ROOM = "entrepot.diversion"


@dataclass(frozen=True, slots=True)
class Partial:
    """A group of which the flows hold some members alone.

    Attributes:
        group: its name.
        inside: those whose flows are added up, ISO alpha-3.
        of: how many are in it.
    """

    group: str
    inside: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class United:
    """Groups read as one place each.

    Attributes:
        said: who is in them, in sentences.
        partial: those of which some members are missing.
    """

    said: tuple[str, ...] = ()
    partial: tuple[Partial, ...] = ()


def united(con: duckdb.DuckDBPyConnection, question: Question, frequency: str) -> United:
    """Make the view `scanned_flows` one of groups, and say who is in them.

    Raises:
        BadInputError: no member of a group reports every period.
    """
    import polars as pl

    spoke: dict[str, dict[str, set[str]]] = {"export": {}, "import": {}}
    for r in engine.rows(con, engine.step(_ROOM, "spoke"), {"frequency": frequency}):
        if r["valued"]:
            spoke[r["side"]].setdefault(r["place"], set()).add(r["period"])
    present = {r["place"] for r in engine.rows(con, engine.step(_ROOM, "present"), {"frequency": frequency})}
    every = set().union(*(p for places in spoke.values() for p in places.values()))
    rows, said, partial = [], [], []
    wholes = {(r["side"], r["place"]) for r in engine.rows(con, engine.step(_ROOM, "wholes"), {"frequency": frequency})}
    for group, members in question.united:
        side = "export" if group == question.origin else "import"
        counted = spoke[side]
        whole = next((p for s, p in sorted(wholes, reverse=True) if s == side and group_of(p) == group), "")
        if whole and not any(counted.get(m) for m in members):
            # Its members are no partners of it: what it sells to them is in it already.
            rows += [{"member": one, "united": group} for one in (whole, *members)]
            said.append(
                tr("{group} is counted as one in these flows ({lstrip}).", group=group, lstrip=whole.lstrip("+"))
            )
            continue
        periods = set().union(*counted.values())
        kept = [m for m in members if counted.get(m, set()) == periods]  # nobody counts that side: all are in it
        if not kept:
            raise BadInputError(
                tr("no member of {group} reports every period", group=group),
                found=", ".join(members),
                remedy=tr("Give one country."),
            )
        rows += [{"member": m, "united": group} for m in kept]
        said += _who(group, members, kept, present)
        inside = [m for m in kept if m in present]
        if len(inside) < len(members):
            partial.append(Partial(group, tuple(inside), len(members)))
        said += _when(group, kept, present, every)
    con.register("members", pl.DataFrame(rows).to_arrow())
    sql = engine.step(_ROOM, "united").sql
    con.execute(f"CREATE OR REPLACE VIEW scanned_flows AS {sql}")
    return United(tuple(said), tuple(partial))


def _who(group: str, members: Sequence[str], kept: Sequence[str], present: Collection[str]) -> Iterator[str]:
    """Who of a group is in it, who stands alone, and of whom the flows have no row."""
    inside, absent = [m for m in kept if m in present], [m for m in members if m not in present]
    alone = [m for m in members if m not in kept and m in present]
    yield tr("{group} stands for {count} of its {count_2} members{named}{left}.",
        group=group, count=len(inside), count_2=len(members),
        named=tr(": {names}", names=", ".join(inside)) if absent and inside else "",
        left=tr("; {alone} did not report every period and stand alone", alone=", ".join(alone)) if alone else "",
    )  # fmt: skip
    if absent:
        yield ntr(
            len(absent), "Of {count} member the flows have no row: {named}.",
            "Of {count} members the flows have no row: {named}.", named=", ".join(absent),
        )  # fmt: skip


def _when(group: str, kept: Sequence[str], present: Collection[str], every: Collection[str]) -> Iterator[str]:
    """Who joined or left it while the flows last: one place through all of them, so that none of it is a change."""
    if not every:
        return
    first, last = (calendar.parse(p) for p in (min(every), max(every)))
    for member, day, joined in moved(group, [m for m in kept if m in present], first.start, last.end):
        if joined:
            yield tr(
                "{member} joined {group} on {day}, and is in it before too.", member=member, group=group, day=str(day)
            )
        else:
            yield tr(
                "{member} was in {group} to {day}, and stays in it after.", member=member, group=group, day=str(day)
            )
