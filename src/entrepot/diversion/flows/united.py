"""Groups of countries read as one place: the flows of their members added up under one name.

A member that did not report every period would make the group fall and rise by itself: it is left out of the group and
stands alone, and is named. Where the flows count the group themselves and none of its members, theirs is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.vocabulary.groups import group_of

if TYPE_CHECKING:
    import duckdb

    from entrepot.diversion.question import Question

_ROOM = "entrepot.diversion"


def united(con: duckdb.DuckDBPyConnection, question: Question, frequency: str) -> tuple[str, ...]:
    """Make the view `scanned_flows` one of groups, and say who is in them.

    Raises:
        BadInputError: no member of a group reports every period.
    """
    import polars as pl

    spoke: dict[str, dict[str, set[str]]] = {"export": {}, "import": {}}
    for r in engine.rows(con, engine.step(_ROOM, "spoke"), {"frequency": frequency}):
        if r["valued"]:
            spoke[r["side"]].setdefault(r["place"], set()).add(r["period"])
    rows, said = [], []
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
        alone = [m for m in members if m not in kept]
        left = tr("; {alone} did not report every period and stand alone", alone=", ".join(alone)) if alone else ""
        said.append(
            tr(
                "{group} stands for {count} of its {count_2} members{left}.",
                group=group,
                count=len(kept),
                count_2=len(members),
                left=left,
            )
        )
    con.register("members", pl.DataFrame(rows).to_arrow())
    sql = engine.step(_ROOM, "united").sql
    con.execute(f"CREATE OR REPLACE VIEW scanned_flows AS {sql}")
    return tuple(said)
