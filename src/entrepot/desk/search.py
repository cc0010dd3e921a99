"""The verb: search the lists that a desk holds for a name, each candidate with its score and its profile in a line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.amounts import still_to_come
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.contract import CANDIDATES
from entrepot.desk.keeping import check_store, folder, keep
from entrepot.lists.profiles.profile import profiles
from entrepot.lists.shelf import document_key, in_memory_said, searched
from entrepot.screening.parties.cells.birth_cells import born
from entrepot.screening.parties.file_options import Given
from entrepot.screening.runs.run import NOT_LISTED, ScreenOptions, run_screening
from entrepot.vocabulary.regions.country_cell import codes_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.keeping import Store
    from entrepot.desk.screen import Kind
    from entrepot.screening.runs.run import Run

# 0.5: who looks a name up wants what is as likely as not; a screening of thousands of vendors stops at 0.7.
LOWEST = 0.5
MOST = 20  # candidates: what fits a screen
# A brand of one or two words is too little for a score of a half where the listed name is long; who types it wants the
# names that hold it. Below a twentieth nothing is alike.
_FEW, _HELD_FROM = 2, 0.05
_OLDEST = 125  # years: the oldest person on record lived to 122 (Jeanne Calment, 1875 to 1997)
_WORD = re.compile(r"\w+")


def search(
    name: str,
    *,
    lists: Sequence[str] = (),
    as_of: str | date | None = None,
    min_score: float = LOWEST,
    kind: Kind | None = None,
    country: str = "",
    birth_year: str = "",
    limit: int = MOST,
    store: Store = None,
) -> Answer:
    """Search the record's lists and those loaded into the store for a name.

    Args:
        name: a name of a person, a firm, a vessel, in any script.
        lists: lists to search, each LIST or LIST@VERSION; empty for all that are held.
        as_of: the day as of which to search; today when None.
        min_score: lowest score of a candidate, in [0, 1].
        kind: person, company or vessel, where it is known.
        country: a country of the party, where it is known; it moves the score as in a screening.
        birth_year: a year of birth, where it is known, four digits; likewise.
        limit: how many candidates to give at most; the notes say how many there are.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `candidates`, the highest score first; each is a match, which `explain` opens. Names that hold all of one
        or two words asked for follow with the score that they have, unless another lowest score is asked for.

    Raises:
        BadInputError: no name, an unknown list, a bad date, no year of birth, a score out of range, a limit below 1.
        StoreError: the store that was named cannot be used.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise BadInputError(
            tr("no name to search for"), found=repr(name), remedy=tr("entrepot search 'Hoshine Silicon'.")
        )
    if limit < 1:
        raise BadInputError(tr("the number of candidates is below 1"), found=limit, allowed=tr("1 or more"))
    day = day_of(as_of)
    _refuse_no_year(birth_year, day.year)
    check_store(store)
    place = folder(store)
    against = searched(place, lists, day)
    given = Given(kind=kind or "")
    options = ScreenOptions(tuple(lists), min_score, given=given, document_key=document_key(place))
    party = _party(wanted, country, birth_year)
    run = run_screening(party, against, as_of=day, options=options)
    matches = [r for r in run.matches.to_pylist() if r["kind"] == "listing"]
    held: list[dict[str, Any]] = []
    if min_score == LOWEST and len(wanted.split()) <= _FEW:
        wider = run_screening(party, against, as_of=day, options=replace(options, min_score=_HELD_FROM))
        held = [m for m in wider.matches.to_pylist() if _holds(m, wanted) and m["score"] < min_score]
    kept = keep(store, partial(_put, run, held)) if matches or held else ()
    rows = _candidates(place, [*matches, *held])
    notes = (
        *still_to_come(day),
        *in_memory_said(place, against),
        *kept,
        *_said(run, rows, limit),
        *_not_met(country, birth_year, [*matches, *held]),
    )
    return Answer(table(CANDIDATES, rows[:limit]), notes)


def _refuse_no_year(given: str, this_year: int) -> None:
    """Refuse a text that holds no year in which somebody who lives can be born.

    Raises:
        BadInputError: names it.
    """
    if not given.strip():
        return
    read = born(given)
    if read is None or read.how or not this_year - _OLDEST <= int(read.year) <= this_year:
        raise BadInputError(
            tr("no year of birth"),
            found=given,
            allowed=tr("a year of four digits from {first} to {last}", first=this_year - _OLDEST, last=this_year),
        )


def _not_met(country: str, birth_year: str, matches: Sequence[dict[str, Any]]) -> list[str]:
    """That a country or a year of birth moved no score, for it was compared with none of any candidate."""
    met = {f["feature"] for m in matches for f in json.loads(m["evidence"] or "{}").get("features", ())}
    said = []
    if matches and birth_year.strip() and "birth_year" not in met:
        said.append(
            tr(
                "The year of birth {given} moved no score: of none of these candidates is there one to compare with.",
                given=birth_year.strip(),
            )
        )
    if matches and codes_of(country) and "country" not in met:
        said.append(
            tr(
                "The country {given} moved no score: of none of these candidates is there one to compare with.",
                given=country.strip(),
            )
        )
    return said


def _holds(match: dict[str, Any], wanted: str) -> bool:
    """Whether a listed name holds every word that was asked for."""
    if match["kind"] != "listing":  # a flag of a region has no score
        return False
    held = {word.casefold() for name in (match["listed_name"], match["met_name"]) for word in _WORD.findall(name or "")}
    return {word.casefold() for word in _WORD.findall(wanted)} <= held


def _party(name: str, country: str, birth_year: str) -> pa.Table:
    import pyarrow as pa

    said = {"name": name, "country": country.strip(), "birth year": birth_year.strip()}
    return pa.table({column: [value] for column, value in said.items() if value})


def _put(run: Run, held: list[dict[str, Any]], con: Connection) -> None:
    import pyarrow as pa

    for data in run.parts.tables():
        if data.num_rows:
            stores.keep_shown(con, "matches", "match_id", data)
    if held:
        stores.keep_shown(con, "matches", "match_id", pa.Table.from_pylist(held, schema=run.matches.schema))


def _candidates(place: Path, matches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row an entry, its best match first, each with the profile of the list that was searched."""
    best: dict[str, dict[str, Any]] = {}
    for m in sorted(matches, key=lambda m: (-m["score"], m["list_id"], m["entity_id"], m["match_id"])):
        best.setdefault(m["entity_id"], m)
    hashes = {m["list_id"]: m["list_sha256"] or "" for m in matches}
    known = profiles(place, [(m["list_id"], m["entity_id"]) for m in best.values()], hashes)
    return [
        {
            **{c: m[c] for c in ("score", "list_id", "entity_id", "met_name", "name_kind", "match_id", "list_as_of")},
            "name": m["listed_name"],
            "profile": known[m["entity_id"]].line() if m["entity_id"] in known else None,
            "link": (known[m["entity_id"]].link or None) if m["entity_id"] in known else None,
        }
        for m in best.values()
    ]


def _said(run: Run, rows: list[dict[str, Any]], limit: int) -> list[str]:
    """What was searched, and how many candidates are not shown."""
    covered = "; ".join(f"{c['list_id']} {c['sentence']}" for c in run.coverage.to_pylist())
    lowest = run.options.min_score
    above = sum(row["score"] >= lowest for row in rows)
    count = tr(
        "{above} candidate{which} at {lowest} or above as of {as_of}",
        above=above,
        which="" if above == 1 else "s",
        lowest=lowest,
        as_of=run.as_of,
    )
    if len(rows) > above:
        count += tr(", and {count} below whose name holds what was asked", count=len(rows) - above)
    more, typed = (
        (tr(", {count} not shown", count=len(rows) - limit), tr(": --limit {count}", count=len(rows)))
        if len(rows) > limit
        else ("", "")
    )
    found = Hinted(f"{count}{more}{typed}. {covered}.", f"{count}{more}. {covered}.")
    return [found, NOT_LISTED, *run.notes]
