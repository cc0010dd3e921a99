"""What stands behind an id: the rule, the rows, the sources; of a finding and of a row of the record made here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import plain
from entrepot.core.words.told_cells import heading, told
from entrepot.core.words.translate import apart, retold, tr
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.core.shown import Look, Shown, Stated

    Row = Mapping[str, Any]


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
        evidence: what redoes it, of a match kind, start and features; None where there is none.
        checks: sentences on whether it holds today: the score redone, the id that fits the row.
        told: its evidence in lines of text.
        apart: columns of `says` that stand under headings of their own.
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
    told: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def removed_said(look: Look, file_ids: Sequence[str]) -> tuple[str, ...]:
    """A sentence where files of the person's own on which a row rests were removed from the store; else none.

    Args:
        look: what the store holds.
        file_ids: the files.
    """
    gone = ", ".join(look.removed(file_ids))
    if not gone:
        return ()
    said = tr(
        "Removed from this store since: {gone}. What rests on it is shown as it was then, and is in no answer that is "
        "given now.",
        gone=gone,
    )
    return (said,)


def explain_finding(finding: Row, look: Look) -> Explanation:
    """Explain a finding by its grounds.

    Args:
        finding: a row of `findings`.
        look: where its grounds are found.
    """
    rows, lost = [], []
    for ground in look.grounds(str(finding["id"])):
        row = look.row(ground["table"], ground["row_id"])
        if row is None:
            lost.append(f"{ground['table']}/{ground['row_id']}")
        else:
            rows.append((str(ground["table"]), row))
    used = tuple(look.sources[s] for s in finding["sources"] if s in look.sources)
    return Explanation(str(finding["id"]), "finding", finding, str(finding["basis"]), tuple(rows), used, tuple(lost))


def explain_stated(kind: Shown, row: Row, said: Stated, look: Look) -> Explanation:
    """Explain a row by the finding that it becomes: its basis is the rule, its grounds are the rows.

    Args:
        kind: the entry of the row's kind.
        row: the row.
        said: the row as a finding.
        look: where grounds that the finding does not bring are found.
    """
    rows, lost = [], []
    for ground in said.finding.grounds:
        found = said.rows.get((ground.table, ground.row_id)) or look.row(ground.table, ground.row_id)
        if found is None:
            lost.append(f"{ground.table}/{ground.row_id}")
        elif ground.table != "sources":  # these stand below, cited
            rows.append((ground.table, found))
    known = {**look.sources, **said.sources}
    used = tuple(known[s] for s in said.finding.sources if s in known)
    return Explanation(str(row[kind.key]), kind.kind, row, said.finding.basis, tuple(rows), used, tuple(lost))


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
    if all(row is not explanation.says for _, row in explanation.rows):  # a row of the record stands below
        lines += [*fields({k: v for k, v in explanation.says.items() if k not in explanation.apart}), ""]
    if explanation.told:
        lines += [*explanation.told, ""]
    if explanation.checks:
        lines += [tr("Checks"), *(f"  {retold(c)}" for c in explanation.checks), ""]
    lines += [tr("Rule"), f"  {retold(explanation.rule)}", "", tr("Rows ({count})", count=len(explanation.rows))]
    for table, row in explanation.rows:
        lines += [f"  {table}", *("  " + line for line in fields(row)), ""]
    if explanation.lost:
        lines += [tr("No longer in the record: ") + apart(", ".join(explanation.lost)), ""]
    lines.append(tr("Sources ({count})", count=len(explanation.sources)))
    for source in explanation.sources:
        address = link(source)
        lines.append(f"  {apart(citation(source))}" + (f"\n    {address}" if address else tr("  (no citable address)")))
    return plain("\n".join(lines) + "\n")


def fields(row: Row) -> list[str]:
    """The filled cells of a row, a line each."""
    filled = {k: v for k, v in row.items() if v not in (None, "", [])}
    heads = {k: heading(k) for k in filled}
    wide = max(map(len, heads.values()), default=0)
    return [
        f"  {heads[k]:<{wide}}  {told(k, '; '.join(map(str, v)) if isinstance(v, list) else printed(v))}"
        for k, v in filled.items()
    ]


def printed(value: Any) -> str:
    """A value as a terminal may show it."""
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
