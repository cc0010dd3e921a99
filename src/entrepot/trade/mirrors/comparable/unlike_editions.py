"""Reports whose other side is in another edition of the Harmonized System: not compared, and said.

A code of one edition is not the code of another, though it may look alike. Held against an edition in which the other
side reports nothing, every flow would be one that the other side does not report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.amounts import counted, with_unit
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_NAMED = 12  # reporters of an edition: what a line of a terminal holds
_NAMED = {"chapter": marked("by chapter"), "unknown": marked("in an edition that nobody says")}


def told(table: pa.Table) -> tuple[str, ...]:
    """Who reports in which edition what is therefore not compared, and what to do; nothing where all of it is.

    Args:
        table: under the contract `trade_flows`.
    """
    from entrepot.core import engine

    with engine.engine({"trade_flows": table}) as con:
        rows = engine.run(con, engine.step("entrepot.trade", "unlike_editions")).to_pylist()
    if not rows:
        return ()
    of: dict[str, list[str]] = {}
    for row in rows:
        of.setdefault(row["edition"], []).append(row["reporter"])
    said = tr(
        "Not compared: {reports} ({value}) of which the other side reports in another edition of the Harmonized "
        "System: {who}.",
        reports=counted(sum(r["reports"] for r in rows), "report"),
        value=with_unit(sum(r["value_usd"] for r in rows), "USD"),
        who="; ".join(_who(edition, sorted(set(names))) for edition, names in sorted(of.items())),
    )
    return (said, *_remedies({*of, *(r["other_edition"] for r in rows)}))


def _who(edition: str, names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    listed = ", ".join(names[:_MOST_NAMED])
    if more > 0:
        listed = tr("{listed} and {more:,} more", listed=listed, more=more)
    if edition in _NAMED:
        return tr("{who} {how}", who=listed, how=tr(_NAMED[edition]))
    return tr("{who} in {edition}", who=listed, edition=edition)


def _remedies(editions: set[str]) -> tuple[str, ...]:
    """How they are brought to one: by concordance, by saying the edition, or by other codes."""
    found = []
    if "unknown" in editions:
        found.append(tr('Say the edition of a file in a map, [fixed] vintage = "HS2022".'))
    if len(editions - set(_NAMED)) > 1:
        found.append(tr("`entrepot load FILE --hs HS2017 --out same.parquet` brings codes to one edition."))
    if "chapter" in editions:
        found.append(tr("Codes of six digits are no mirror of chapters: load both by chapter, or both by code."))
    return tuple(found)
