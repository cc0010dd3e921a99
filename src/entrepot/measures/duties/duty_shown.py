"""What stands behind a row of `duties`: the rule, what was said of the company, and the rows that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, tr
from entrepot.measures.act import VERIFIED
from entrepot.measures.measure import measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.core.shown import Look
    from entrepot.measures.act import Duty

    Row = Mapping[str, Any]

_RULES = "duty_rules"  # as rows are called that stand in the file of a measure and in no table


@in_english
def finding(row: Row, look: Look) -> Stated:
    """An answer on a duty as a finding: a text, which rests on the rule and on rows that say the same.

    Args:
        row: a row of `duties`.
        look: where the rows of the record are found.
    """
    key = f"{row['measure_id']}/{row['rule']}"
    rule = next((d for a in measures() if a.id == row["measure_id"] for d in a.duties if d.id == row["rule"]), None)
    grounds = [Ground(_RULES, key, row["source_id"]), *_said_too(rule, look)]
    found = findings.make(
        kind="text",
        subject=row["measure_id"],
        quantity=row["name"],
        value=row["said"],
        period=(row["as_of"], row["as_of"]),
        status="estimated",  # by the conditions of the rule and what was said of the company
        basis=_basis(row),
        grounds=grounds,
    )
    return Stated(found, {} if rule is None else {(_RULES, key): _as_row(row, rule)})


def _as_row(row: Row, rule: Duty) -> dict[str, Any]:
    return {
        "measure_id": row["measure_id"],
        "rule": rule.id,
        "name": rule.name,
        "from": rule.start,
        "text": rule.text,
        "citation": rule.citation,
        "verified": rule.verified,
        "source_ids": list(rule.sources),
    }


def _said_too(rule: Duty | None, look: Look) -> Iterator[Ground]:
    for source in rule.sources[1:] if rule else ():
        yield Ground("sources", source, source)
    for key in rule.rows if rule else ():
        for name, row in look.rows(key):
            yield Ground(name, key, row.get("source_id"))


def _basis(row: Row) -> str:
    checked = f"{row['verified']}: {VERIFIED[row['verified']]}"
    held = "; ".join(row["reasons"])
    return tr(
        "{text} {citation}; {checked}. Held against the company: {held}. Not legal advice.",
        text=row["text"],
        citation=row["citation"],
        checked=checked,
        held=held,
    )
