"""The clearance record: the page a desk files on what was screened, by whom, against what, with what result."""

from __future__ import annotations

import getpass
import shlex
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.errors import plain
from entrepot.lists.listed_name import PROBABLE
from entrepot.screening.runs.run import NOT_LISTED
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from collections.abc import Mapping

    import jinja2
    import pyarrow as pa

    from entrepot.screening.parties.parties import Party
    from entrepot.screening.parties.party_columns import PartyColumn
    from entrepot.screening.runs.run import Run

_MOST_CLEAR = 5_000  # parties; a page that names more of them is read by nobody
_MOST_SHOWN = 5_000  # rows; likewise
_LONGEST_SAID = 300  # characters of a list of columns on the terminal
_SAID = {"further": "further name", "key": "own number"}
_HASH_NAMED = 12  # digits of a hash that name a version of a list


def clearance_record(run: Run, *, operator: str = "", results: tuple[str, str] = ("", "")) -> str:
    """A self-contained HTML page: no script, no network, every cell escaped.

    Args:
        run: the screening.
        operator: who ran it; the user of the operating system when empty.
        results: name and sha256 of the file that holds all matches; empty where they are in none.
    """
    rows = _shown(run)
    sources = _sources()
    for row in rows:
        row["source"] = sources.get(row["source_id"], row["source_id"] or "in no register")
    page = _template().render(
        origin=run.parties.origin,
        as_of=run.as_of.isoformat(),
        screened=run.screened,
        rows=run.parties.row_count,
        operator=operator.strip() or _user(),
        started=run.started.strftime("%Y-%m-%d %H:%M:%S"),
        version=__version__,
        encoding=run.parties.encoding,
        sha256=run.parties.sha256,
        columns=[{"name": c.name, "uses": _uses(c, run.parties.headings)} for c in run.parties.columns],
        unread=run.parties.unread,
        min_score=run.options.min_score,
        redo=redo(run),
        notes=(*probable_said(run), *run.notes),
        coverage=run.coverage.to_pylist(),
        counts=run.parts.counts,
        matches=[r for r in rows if r["kind"] != "region"],
        flags=[r for r in rows if r["kind"] == "region"],
        shown=len(rows),
        clear=_clear(run),
        clear_count=run.screened - run.parts.counts["met"],
        results=results,
        not_listed=NOT_LISTED,
        basis=[s for u in run.options.under if u.region in run.parts.regions for s in u.sentences],
        looked_for=" or ".join(region(u.region).name for u in run.options.under),
    )
    return plain(page)


def redo(run: Run) -> str:
    """The command that does a screening again, quoted for a shell; each loaded list by the hash of its file."""
    said = ["entrepot", "screen", run.parties.origin]
    for row in run.coverage.to_pylist():
        version = f"@{row['sha256'][:_HASH_NAMED]}" if row["version"] else ""
        said += ["--list", f"{row['list_id']}{version}"]
    said += ["--as-of", run.as_of.isoformat(), "--min-score", str(run.options.min_score)]
    given = replace(run.options.given, name_columns=run.options.name_columns)
    for name in run.options.regions:
        said += ["--region", name]
    return shlex.join([*said, *given.options()])


def _shown(run: Run) -> list[dict[str, Any]]:
    """The rows that the page shows: the first ones of a bulk run, whose file holds them all."""
    rows: list[dict[str, Any]] = []
    for data in run.parts.tables():
        rows += data.slice(0, _MOST_SHOWN - len(rows)).to_pylist()
        if len(rows) >= _MOST_SHOWN:
            break
    return rows


def _who(data: pa.Table) -> tuple[list[int], list[str]]:
    return data.column("row").to_pylist(), data.column("party_column").to_pylist()


def _clear(run: Run) -> list[Party]:
    """The parties with neither match nor flag; of a bulk run only their number is given."""
    if run.screened > _MOST_CLEAR:
        return []
    met = {pair for data in run.parts.tables() for pair in zip(*_who(data), strict=True)}
    return [p for p in run.parties.each() if (p.row, p.column) not in met]


def _uses(column: PartyColumn, headings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Role and headings of the columns that describe a party column's party."""
    names = ("further", "address", "country", "identifier", "birth", "document", "key")
    roles = [(n, getattr(column, n)) for n in names]
    return [(_SAID.get(role, role), ", ".join(headings[i] for i in at)) for role, at in roles if at]


def columns_said(run: Run) -> str:
    """One sentence on the columns that are read and those that are not; long lists are cut."""
    headings = run.parties.headings
    read = [", ".join([c.name, *(" ".join(use) for use in _uses(c, headings))]) for c in run.parties.columns]
    said = f"Parties are read from {_cut('; '.join(read))}."
    unread = run.parties.unread
    return f"{said} Not read: {_cut(', '.join(unread))}." if unread else said


def probable_said(run: Run) -> list[str]:
    """A sentence on the matches that rest on a probable Chinese name alone; none where there are none."""
    counted = sum(t.column("name_kind").to_pylist().count(PROBABLE) for t in run.parts.tables())
    if not counted:
        return []
    said = "1 match rests" if counted == 1 else f"{counted} matches rest"
    return [f"{said} on a probable Chinese name alone, paired with the listing by pinyin only."]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SAID else f"{text[:_LONGEST_SAID]}…"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "not known"


def _sources() -> Mapping[str, str]:
    """source_id -> publisher and address; an address only where the register holds one to cite."""
    from entrepot.record import embedded

    register = embedded.register().to_pylist()
    return {r["source_id"]: ", ".join(filter(None, (r["publisher"], r["title"], r["url"]))) for r in register}


@cache
def _template() -> jinja2.Template:
    from jinja2 import Environment, StrictUndefined

    text = files("entrepot.screening").joinpath("templates/clearance.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(text)


def summary(run: Run) -> dict[str, int]:
    """Counts of a run: parties, listing matches, parts of listed parties, parties with either, region flags."""
    n = run.parts.counts
    return {
        "parties": run.screened,
        "matches": n["listing"],
        "parts": n["part"],
        "parties_matched": n["listed"],
        "flags": n["region"],
    }
