"""What stands behind a published result that was redone: the printed row, its study, and the data of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground, plain
from entrepot.core.shown import Stated
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, tr
from entrepot.replications.contract import PUBLISHED, STUDIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]


@in_english
def finding(row: Row, look: Look) -> Stated:  # noqa: ARG001 - the register's signature; what it rests on is packaged
    """A replication as a finding: the estimate, or a conflict where it is further from the printed one than allowed.

    Args:
        row: a row of `replications`.
        look: not needed.
    """
    key = {name: row[name] for name in ("study", "model", "term")}
    printed = [r for r in packaged_rows(PUBLISHED) if all(r[k] == v for k, v in key.items())]
    studies = [s for s in packaged_rows(STUDIES) if s["study"] == row["study"]]
    rows: dict[tuple[str, str], Any] = {("published", "/".join(key.values())): r for r in printed}
    rows |= {("studies", s["study"]): s for s in studies}
    found = findings.make(
        kind="number" if row["within"] else "conflict",
        subject=row["study"],
        quantity=row["quantity"],
        value=row["ours"],
        status="estimated",
        basis=_rule(row),
        grounds=[
            Ground("published", "/".join(key.values()), row["study"]),
            *(Ground("studies", s["study"], s["file"]) for s in studies),
        ],
    )
    return Stated(found, rows, {row["study"]: _publication(row)} | {s["file"]: _data(s) for s in studies})


def _rule(row: Row) -> str:
    """How the estimate was made, and how near it lies."""
    printed, ours = _with_error(row, "published"), _with_error(row, "ours")
    near = f"{'within' if row['within'] else tr('further apart than')} {plain(row['tolerance'])}"
    return tr(
        "{method}; {n:,} rows. Printed: {printed}; estimated here: {ours}. They lie {near}, which is {allowed}.",
        method=row["method"],
        n=row["n"],
        printed=printed,
        ours=ours,
        near=near,
        allowed=_allowed(row),
    )


def _allowed(row: Row) -> str:
    """Why the two may lie as far apart as they may."""
    _, _, digits = plain(row["published"]).partition(".")
    rounding = 10.0 ** -len(digits) / 2
    if row["tolerance"] <= rounding:
        return tr("what rounding to the printed digits allows")
    return tr(
        "more than rounding to the printed digits asks ({rpartition})", rpartition=row["source"].rpartition("; ")[2]
    )


def _with_error(row: Row, side: str) -> str:
    error = row[f"{side}_se"]
    return plain(row[side]) + ("" if error is None else tr(" (standard error {error})", error=plain(error)))


def _publication(row: Row) -> dict[str, Any]:
    """The publication in the shape of the register, which does not hold it."""
    return {
        "source_id": row["study"],
        "publisher": row["source"],
        "url_basis": "none",
        "source_kind": "original",
    }


def _data(study: Row) -> dict[str, Any]:
    """The data of a study, likewise."""
    return {
        "source_id": study["file"],
        "publisher": study["data_set"],
        "title": study["file"],
        "url": study["file_url"],
        "licence": study["licence"],
    }
