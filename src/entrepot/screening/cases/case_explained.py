"""What stands behind a case: the party, the entries that it met, and the matches that say how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, retold, tr
from entrepot.lists.listed_name import OWNED
from entrepot.sources.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]

_RULE = marked(
    "One party and one listed entity, whatever lists and names of theirs met. It is a question, not a verdict: compare "
    "what is known of the party with what the lists say of the entity, then decide with entrepot review."
)
_APART = ("match_ids", "changed", "joined")


def explain(case: Row, look: Look) -> Explanation:
    """Explain a case: its entries are the rows, its matches are named, each opened by its own id.

    Args:
        case: a row of `cases`.
        look: where entries of the record are found.
    """
    ids = [e.partition(":")[2] for e in case["entities"]] if case["kind"] != "region" else []
    listings = [row for i in ids if (row := look.row("listings", i))]
    cited = dict.fromkeys(str(r["source_id"]) for r in listings if r.get("source_id"))
    count = len(case["match_ids"])
    told = [
        tr(
            "{count} {which}, each opened by entrepot explain",
            count=count,
            which=tr("match") if count == 1 else tr("matches"),
        )
    ]
    told += [f"  {i}" for i in case["match_ids"]]
    told += ["", tr("Entries taken as one"), *map(retold, case["joined"])] if case.get("joined") else []
    if owned := [e.partition(":")[2] for e in case["entities"] if e.startswith(OWNED)]:
        told += [
            "",
            tr("Owned by listed parties: the verdicts, each opened by entrepot explain"),
            *(f"  {i}" for i in owned),
        ]
    return Explanation(
        id=str(case["case_id"]),
        kind="case",
        says=case,
        rule=_RULE,
        rows=tuple(("listings", row) for row in listings),
        sources=tuple(look.sources[s] for s in cited if s in look.sources),
        told=(
            *told,
            *(("", tr("Changed since it was decided"), *map(retold, case["changed"])) if case["changed"] else ()),
        ),
        apart=_APART,
    )
