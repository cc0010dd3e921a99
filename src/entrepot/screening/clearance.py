"""The clearance record: the page a desk files on what was screened, by whom, against what, with what result."""

from __future__ import annotations

import getpass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.screening.regional import BASIS
from entrepot.screening.screen import NOT_LISTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2

    from entrepot.screening.columns import PartyColumn
    from entrepot.screening.screen import Run


def clearance_record(run: Run, *, operator: str = "") -> str:
    """A self-contained HTML page: no script, no network, every cell escaped.

    Args:
        run: the screening.
        operator: who ran it; the user of the operating system when empty.
    """
    rows = run.matches.to_pylist()
    sources = _sources()
    for row in rows:
        row["source"] = sources.get(row["source_id"], row["source_id"] or "in no register")
    met = {(r["row"], r["party_column"]) for r in rows}
    return _template().render(
        origin=run.parties.origin,
        as_of=run.as_of.isoformat(),
        screened=run.screened,
        rows=len(run.parties.rows),
        operator=operator.strip() or _user(),
        started=run.started.strftime("%Y-%m-%d %H:%M:%S"),
        version=__version__,
        encoding=run.parties.encoding,
        sha256=run.parties.sha256,
        columns=[{"name": c.name, "uses": _uses(c, run.parties.headings)} for c in run.parties.columns],
        min_score=run.options.min_score,
        name_columns=run.options.name_columns or (),
        notes=run.notes,
        coverage=run.coverage.to_pylist(),
        matches=[r for r in rows if r["kind"] == "listing"],
        flags=[r for r in rows if r["kind"] == "region"],
        clear=[p for p in run.parties.each() if (p.row, p.column) not in met],
        not_listed=NOT_LISTED,
        basis=BASIS,
    )


def _uses(column: PartyColumn, headings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Role and headings of the columns that describe a party column's party."""
    roles = (("address", column.address), ("country", column.country), ("identifier", column.identifier))
    return [(role, ", ".join(headings[i] for i in at)) for role, at in roles if at]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "not known"


def _sources() -> Mapping[str, str]:
    """source_id -> publisher and address; an address only where the register holds one to cite."""
    from entrepot.record import record

    part = record.assemble(tuple(t for t in record.tables() if t.contract.name == "sources"))
    register = part.tables["sources"].to_pylist()
    return {r["source_id"]: ", ".join(filter(None, (r["publisher"], r["title"], r["url"]))) for r in register}


@cache
def _template() -> jinja2.Template:
    from jinja2 import Environment, StrictUndefined

    text = files("entrepot.screening").joinpath("templates/clearance.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(text)


def summary(run: Run) -> dict[str, Any]:
    """Counts of a run: parties, listing matches, parties that met one, region flags."""
    rows = run.matches.to_pylist()
    listed = [r for r in rows if r["kind"] == "listing"]
    return {
        "parties": run.screened,
        "matches": len(listed),
        "parties_matched": len({(r["row"], r["party_column"]) for r in listed}),
        "flags": len(rows) - len(listed),
    }
