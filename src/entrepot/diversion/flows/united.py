"""Groups of countries read as one place: the flows of their members added up under one name.

A member that did not report every period would make the group fall and rise by itself: it is left out of the group and
stands alone, and is named. What it sells (of a group of origin) or buys (of one of destination) is under the same
measure: it is neither a leg nor anything to compare with, and is not looked at. Where the flows count the group
themselves and none of its members, theirs is taken.
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
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import duckdb

    from entrepot.diversion.question import Question

_ROOM = "entrepot.diversion"
_NAMED = 3  # periods that are named, of those that a member did not report


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
    within = [p for p in sorted(every) if question.until is None or calendar.first_day(p) <= question.until]
    rows, said, partial, alone = [], [], [], []
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
        # Periods behind the last day looked at are asked of nobody; where nobody counts that side, all are in it.
        periods = set().union(*counted.values()).intersection(within)
        gone = {m: sorted(periods - counted.get(m, set())) for m in members}
        kept = [m for m in members if not gone[m]]
        if not kept:
            raise BadInputError(
                tr("no member of {group} reports every period", group=group),
                found=", ".join(members),
                remedy=tr("Give one country."),
            )
        rows += [{"member": m, "united": group} for m in kept]
        said += _who(group, gone, present)
        apart = [m for m in members if gone[m] and m in present]
        alone += [{"side": side, "member": m} for m in apart]
        said += _apart(con, frequency, side, apart, gone)
        inside = [m for m in kept if m in present]
        if len(inside) < len(members):
            partial.append(Partial(group, tuple(inside), len(members)))
        said += _when(group, kept, present, every)
    con.register("members", pl.DataFrame(rows).to_arrow())
    con.register("standing_alone", pl.DataFrame(alone, {"side": pl.String, "member": pl.String}).to_arrow())
    sql = engine.step(_ROOM, "united").sql
    con.execute(f"CREATE OR REPLACE VIEW scanned_flows AS {sql}")
    return United(tuple(said), tuple(partial))


def _who(group: str, gone: Mapping[str, Sequence[str]], present: Collection[str]) -> Iterator[str]:
    """Who of a group is in it, who stands alone and why, and of whom the flows have no row.

    Args:
        group: its name.
        gone: member to the periods that it did not report.
        present: the places of the flows.
    """
    inside, absent = [m for m in gone if m in present and not gone[m]], [m for m in gone if m not in present]
    alone = [m for m in gone if m in present and gone[m]]
    yield tr("{group} stands for {count} of its {count_2} members{named}{left}.",
        group=group, count=len(inside), count_2=len(gone),
        named=tr(": {names}", names=", ".join(inside)) if absent and inside else "",
        left=tr("; {alone} did not report every period and stand alone", alone=", ".join(alone)) if alone else "",
    )  # fmt: skip
    if absent:
        yield ntr(
            len(absent), "Of {count} member the flows have no row: {named}.",
            "Of {count} members the flows have no row: {named}.", named=", ".join(absent),
        )  # fmt: skip


def _apart(
    con: duckdb.DuckDBPyConnection, frequency: str, side: str, alone: Sequence[str], gone: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """That the trade of members that stand alone is not looked at, which share it is, and what they did not report.

    Args:
        con: holds the flows.
        frequency: of the periods.
        side: on which the members stand.
        alone: those that stand alone.
        gone: every member to the periods that it did not report.
    """
    if not alone:
        return
    found = engine.rows(con, engine.step(_ROOM, "members"), {"frequency": frequency})
    traded = {r["place"]: float(r["amount"] or 0) for r in found if r["side"] == side and r["place"] in gone}
    whole, left = sum(traded.values()), sum(traded.get(m, 0.0) for m in alone)
    names = {"share": left / whole if whole else 0.0, "missing": "; ".join(f"{m}: {_some(gone[m])}" for m in alone)}
    yield (
        tr("What those sell that stand alone ({share:.1%} of what all members do) is not looked at: it is under the "
           "same measure. They lack a report of {missing}.", **names)
        if side == "export"
        else tr("What those buy that stand alone ({share:.1%} of what all members do) is not looked at: it is under "
                "the same measure. They lack a report of {missing}.", **names)
    )  # fmt: skip


def _some(periods: Sequence[str]) -> str:
    """The first of some periods, and how many more they are."""
    named, more = ", ".join(periods[:_NAMED]), len(periods) - _NAMED
    return tr("{named} and {more} more", named=named, more=more) if more > 0 else named


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
