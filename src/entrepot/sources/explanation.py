"""Explaining a finding, a match, a claim or a row of the record: the rule, the rows, the sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Row = Mapping[str, Any]

_TOLD = ("evidence", "rule", "list_sha256")  # of a match; they stand under their own heading
_ROUNDED = 1e-5  # scores carry six digits, points four


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind an id.

    Attributes:
        id: the id asked for.
        kind: finding, match, claim, or the table of the row.
        says: the row itself.
        rule: the rule or method that made it.
        rows: the record rows it rests on, each with its table.
        sources: the sources of those rows.
        lost: grounds that the record no longer holds, as table/key.
        evidence: of a match, what redoes its score: kind, start, features; None where there is none.
        checks: sentences on whether it holds today: the score redone, the id that fits the row.
    """

    id: str
    kind: str
    says: Row
    rule: str
    rows: tuple[tuple[str, Row], ...]
    sources: tuple[Row, ...]
    lost: tuple[str, ...] = ()
    evidence: Row | None = None
    checks: tuple[str, ...] = ()


def explain_finding(
    finding: Row, grounds: Iterable[Row], find: Callable[[str, str], Row | None], sources: Mapping[str, Row]
) -> Explanation:
    """Explain a finding by its grounds.

    Args:
        finding: a row of `findings`.
        grounds: its rows of `grounds`.
        find: the row of a table by its key; None where it is gone.
        sources: the register by source id.
    """
    rows, lost = [], []
    for ground in grounds:
        row = find(ground["table"], ground["row_id"])
        if row is None:
            lost.append(f"{ground['table']}/{ground['row_id']}")
        else:
            rows.append((str(ground["table"]), row))
    used = tuple(sources[s] for s in finding["sources"] if s in sources)
    return Explanation(str(finding["id"]), "finding", finding, str(finding["basis"]), tuple(rows), used, tuple(lost))


def explain_match(
    match_id: str, match: Row, find: Callable[[str, str], Row | None], sources: Mapping[str, Row]
) -> Explanation:
    """Explain a match: its reasons are the rule, the listing is the row, its evidence redoes the score."""
    entity = match.get("entity_id")
    listing = find("listings", str(entity)) if entity else None
    rows = (("listings", listing),) if listing else ()
    reasons = match.get("reasons") or [str(match.get("basis") or "")]
    used = tuple(sources[s] for s in (str(match.get("source_id")),) if s in sources)
    proof = json.loads(match["evidence"]) if match.get("evidence") else None
    rule = " ".join(str(r) for r in reasons)
    return Explanation(match_id, "match", match, rule, rows, used, evidence=proof)


def explain_claim(
    claim: Row, find: Callable[[str], Iterable[tuple[str, Row]]], sources: Mapping[str, Row]
) -> Explanation:
    """Explain a claim of a report: its verdict and working are the rule, the rows of its verdict the rows.

    Args:
        claim: a row of `claims`, judged.
        find: the rows of any table with a key; none where they are gone, or are other claims of the report.
        sources: the register by source id.
    """
    rows, lost = [], []
    for key in claim.get("against") or ():
        held = list(find(str(key)))
        rows += held
        if not held:
            lost.append(str(key))
    ids = dict.fromkeys(str(row["source_id"]) for _, row in rows if row.get("source_id"))
    used = tuple(sources[s] for s in ids if s in sources)
    rule = ". ".join(str(claim[k]).rstrip(".") for k in ("verdict", "working", "note", "unread_reason") if claim.get(k))
    return Explanation(str(claim["claim_id"]), "claim", claim, rule, tuple(rows), used, tuple(lost))


def explain_row(table: str, key: str, row: Row, meaning: str, sources: Mapping[str, Row]) -> Explanation:
    """Explain a row of the record: what its table is, the row whole, its sources."""
    ids = [row.get("source_id"), *(row.get("source_ids") or ()), row.get("name_zh_source_id")]
    used = tuple(sources[s] for s in dict.fromkeys(ids) if s and s in sources)
    if table == "sources":
        used = (row,)
    return Explanation(key, table, row, meaning, ((table, row),), used)


def text(explanation: Explanation) -> str:
    """The explanation as text for a terminal; a source without a citable address is text, never a link."""
    lines = [f"{explanation.id}  ({explanation.kind})", ""]
    if explanation.kind in {"finding", "match", "claim"}:
        lines += [*_fields({k: v for k, v in explanation.says.items() if k not in _TOLD}), ""]
    if explanation.evidence is not None:
        lines += [*_evidence(explanation.says, explanation.evidence), ""]
    if explanation.checks:
        lines += ["Checks", *(f"  {c}" for c in explanation.checks), ""]
    lines += ["Rule", f"  {explanation.rule}", "", f"Rows ({len(explanation.rows)})"]
    for table, row in explanation.rows:
        lines += [f"  {table}", *("  " + line for line in _fields(row)), ""]
    if explanation.lost:
        lines += ["No longer in the record: " + ", ".join(explanation.lost), ""]
    lines.append(f"Sources ({len(explanation.sources)})")
    for source in explanation.sources:
        address = link(source)
        lines.append(f"  {citation(source)}" + (f"\n    {address}" if address else "  (no citable address)"))
    return "\n".join(lines) + "\n"


def _evidence(match: Row, proof: Row) -> list[str]:
    """The match from the query to the score: what was compared, by which rule, what each feature added."""
    version = f", of {match['list_as_of']}" if match.get("list_as_of") else ""
    facts = {
        "query": match.get("party") or "no name",
        "met name": match["met_name"],
        "list": f"{match['list_id']}{version}",
        "hash": match.get("list_sha256") or "not known",
        "rule": f"{match['rule']}, Entrepot {proof['entrepot']}, names compared as {proof['kind']}",
    }
    total = proof["start"] + sum(f["points"] for f in proof["features"])
    wide = max([len("feature"), *(len(f["feature"]) for f in proof["features"])])
    table = [f"  {'feature':<{wide}}  {'value':>8}  {'points':>8}  words"]
    table.append(f"  {'start':<{wide}}  {'':>8}  {proof['start']:>+8.3f}")
    for f in proof["features"]:
        words = _printable(", ".join(f.get("words", ())))
        table.append(f"  {f['feature']:<{wide}}  {f['value']:>8.3f}  {f['points']:>+8.3f}  {words}")
    table.append(f"  {'sum':<{wide}}  {'':>8}  {total:>+8.3f}  probability {_probability(total):.6f}")
    shown = [line.rstrip() for line in table]
    return ["Evidence", *_fields(facts), "", *shown, f"  score {match['score']}{_bounded(match, total)}"]


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds > 0 else exp(log_odds) / (1 + exp(log_odds))


def _bounded(match: Row, total: float) -> str:
    """Why the score is not the probability of the sum, where it is not."""
    if abs(float(match["score"]) - _probability(total)) < _ROUNDED:
        return ""
    return ": the two names are one text" if match["score"] == 1 else ": bounded, for names that are not one text"


def _fields(row: Row) -> list[str]:
    filled = {k: v for k, v in row.items() if v not in (None, "", [])}
    wide = max((len(k) for k in filled), default=0)
    return [
        f"  {k:<{wide}}  {'; '.join(map(str, v)) if isinstance(v, list) else _printable(v)}" for k, v in filled.items()
    ]


def _printable(value: Any) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))


def document(explanation: Explanation) -> dict[str, Any]:
    """The explanation as one JSON object."""
    return {
        "id": explanation.id,
        "kind": explanation.kind,
        "says": dict(explanation.says),
        "rule": explanation.rule,
        "rows": [{"table": table, "row": dict(row)} for table, row in explanation.rows],
        "sources": [{**dict(s), "link": link(s), "citation": citation(s)} for s in explanation.sources],
        "lost": list(explanation.lost),
        "evidence": explanation.evidence,
        "checks": list(explanation.checks),
    }
