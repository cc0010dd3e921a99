"""What stands behind a verdict on ownership: the rule in its state that day, and the links it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.ownership.contract import RULES
from entrepot.ownership.recorded_links import NAMED, RECORD
from entrepot.sources.explanation import Explanation, removed_said
from entrepot.sources.register import unregistered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look


def explain(row: Mapping[str, Any], look: Look) -> Explanation:
    """Explain a verdict on ownership.

    Args:
        row: a row of `ownership_verdicts`.
        look: where its links and sources are found.
    """
    rule = next((r for r in packaged_rows(RULES) if r["state_id"] == row["state_id"]), None)
    links = look.given()
    files = dict.fromkeys(str(r["file_id"]) for r in links)
    sources = [unregistered(NAMED if f == RECORD else tr("ownership file {f}", f=f)) for f in files]
    if rule is None:
        text = tr("The rule is no longer on record.")
    else:
        text = _rule(rule)
        sources.insert(0, dict(look.sources.get(rule["source"]) or _cited(rule)))
    lost = () if rule else (f"ownership_rules/{row['state_id']}",)
    rows = (*((("ownership_rules", rule),) if rule else ()), *(("verdict_links", r) for r in links))
    checks = removed_said(look, [f for f in files if f != RECORD])
    return Explanation(
        str(row["ownership_id"]), "ownership_verdicts", row, text, rows, tuple(sources), lost, checks=checks
    )


def _rule(rule: Mapping[str, Any]) -> str:
    more = tr("is enough") if rule["at_least"] == "yes" else tr("is not enough")
    added = (
        tr("stakes of several listed persons are added")
        if rule["aggregated"] == "yes"
        else tr("each listed person by itself")
    )
    return tr(
        "{title}: {threshold_percent:g} % {more}, {added}; a blocked party's holdings count whole and "
        "are never multiplied, those of a party that is not blocked count nothing. {control} "
        "{citation}. Verified: {verified}.",
        title=rule["title"],
        threshold_percent=rule["threshold_percent"],
        more=more,
        added=added,
        control=rule["control"],
        citation=rule["citation"],
        verified=rule["verified"],
    )


def _cited(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The source of a rule that is not in the register, in its shape."""
    named = {"source_id": rule["source"], "publisher": rule["source"], "title": None}
    return {
        **named,
        "url": rule["url"] or None,
        "url_basis": "seen" if rule["url"] else "none",
        "source_kind": "original",
    }
