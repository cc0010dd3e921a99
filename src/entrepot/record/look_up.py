"""Finding what an id stands for: in the record, or among what was shown before and kept in the store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.errors import BadInputError
from entrepot.record.embedded import find, load
from entrepot.sources import explanation
from entrepot.sources.register import by_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from entrepot.sources.explanation import Explanation

_SIGNAL = "How much can have come round through a possible hub, as a scan of flows found it; not what happened."
_OWN = "Your own record: a figure of a report that you checked, not reviewed unless it says so. It judges no report."


def explanations(row_id: str, folder: Path) -> list[Explanation]:
    """Everything that an id stands for; a place id may be a row of two tables.

    Args:
        row_id: a finding, a match, a claim, or a row of the record or of the user's own.
        folder: the store.

    Raises:
        BadInputError: neither the record nor the store knows it.
    """
    # Bytes that are no text reach a program as lone surrogates, which no table holds.
    row_id = row_id.encode("utf-8", "replace").decode()
    record = load()
    sources = by_id(record.tables["sources"])

    def row_of(table: str, key: str) -> dict[str, Any] | None:
        return next((row for name, row in find(record, key) if name == table), None)

    found = [
        explanation.explain_row(name, row_id, row, record.contracts[name].meaning, sources)
        for name, row in find(record, row_id)
    ]
    if found:
        return found
    if store.is_there(folder):
        with store.opened(folder) as con:
            findings = _rows(con, "SELECT * FROM findings WHERE id = $id", row_id)
            grounds = _rows(con, 'SELECT * FROM grounds WHERE finding_id = $id ORDER BY "table", row_id', row_id)
            shown = _rows(con, "SELECT * FROM shown WHERE id = $id", row_id)
            own = _rows(con, "SELECT * FROM own_observations WHERE id = $id", row_id)
        found = [explanation.explain_finding(f, grounds, row_of, sources) for f in findings]
        for one in shown:
            row = json.loads(one["row"])
            if one["kind"] == "claims":
                found.append(explanation.explain_claim(row, lambda key: find(record, key), sources))
            elif one["kind"] == "signals":
                found.append(explanation.explain_row("signals", row_id, row, _SIGNAL, sources))
            elif one["kind"] == "matches":
                found.append(explanation.explain_match(row_id, row, row_of, sources))
        found += [explanation.explain_row("own_observations", row_id, row, _OWN, sources) for row in own]
    if not found:
        raise BadInputError(
            "nothing has this id",
            found=row_id,
            allowed="a finding (f-…), a match, a signal, a claim (c-…), a row of your own record (u-…), or a row of "
            "the record such as O0001, E079, uflpa-…",
            remedy="All but the record's are known once `entrepot brief`, `screen`, `divert`, `check` has shown them.",
        )
    return found


def of_match(match: Mapping[str, Any]) -> Explanation:
    """What stands behind a match that is at hand, from a file of results.

    Args:
        match: a row of `matches`.
    """
    record = load()

    def row_of(table: str, key: str) -> dict[str, Any] | None:
        return next((row for name, row in find(record, key) if name == table), None)

    return explanation.explain_match(str(match["match_id"]), match, row_of, by_id(record.tables["sources"]))


def _rows(con: duckdb.DuckDBPyConnection, sql: str, row_id: str) -> list[dict[str, Any]]:
    return list(con.sql(sql, params={"id": row_id}).to_arrow_table().to_pylist())
