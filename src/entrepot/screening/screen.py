"""Screen parties against listings: the verb of the room."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.names.index import Hit, Index
from entrepot.screening.contract import COVERAGE, MATCHES
from entrepot.screening.listings import Listings, chosen_lists, coverage, embedded, names_in_force, own
from entrepot.screening.parties import Parties, Party, read_parties
from entrepot.screening.regional import Placed, placed, wrong_code

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.names.prepare import Kind
    from entrepot.screening.listed import ListedName

# 0.8: on labelled name pairs 85 of 100 matches are right and 74 of 100 are found (docs/design/04-screening.md).
MIN_SCORE = 0.8
NOT_LISTED = "No match is not 'not listed': the lists are held in part, and names can be written in ways not tried."
_MOST_NOTES = 50  # wrong codes named one by one

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """How to screen.

    Attributes:
        lists: lists to use; empty for all that are held.
        min_score: lowest score of a match, in [0, 1].
        name_columns: columns that hold parties; empty to guess them.
    """

    lists: tuple[str, ...] = ()
    min_score: float = MIN_SCORE
    name_columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.min_score <= 1:
            raise BadInputError("the lowest score is outside its range", found=self.min_score, allowed="0 to 1")


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A screening and all that is needed to file it.

    Attributes:
        parties: what was screened.
        matches: under MATCHES.
        coverage: under COVERAGE.
        options: how.
        as_of: the day.
        started: when, UTC.
        screened: number of parties.
        notes: what a reader must know: how the file was read, codes that were not used.
    """

    parties: Parties
    matches: pa.Table
    coverage: pa.Table
    options: ScreenOptions
    as_of: date
    started: datetime
    screened: int
    notes: tuple[str, ...]


def screen(
    parties: Any,
    listings: Any = None,
    *,
    as_of: str | date | None = None,
    options: ScreenOptions | None = None,
) -> pa.Table:
    """Screen parties against listings and flag those placed in Xinjiang.

    Args:
        parties: a path (CSV, TSV, XLSX, JSON lines, Parquet) or a table (Arrow, polars, pandas).
        listings: what to screen against: `Listings`, or a table of one's own with a column `name`; the embedded
            record when None.
        as_of: the day as of which to screen; today when None.
        options: lists, lowest score, name columns.

    Returns:
        A table under MATCHES, by row of the input, then score.

    Raises:
        BadInputError: an unknown list or column, an unreadable file, a bad date.
    """
    return run_screening(parties, listings, as_of=as_of, options=options).matches


def run_screening(
    parties: Any,
    listings: Any = None,
    *,
    as_of: str | date | None = None,
    options: ScreenOptions | None = None,
    progress: Progress | None = None,
) -> Run:
    """As `screen`, with what the clearance record needs.

    Args:
        parties: as in `screen`.
        listings: as in `screen`.
        as_of: as in `screen`.
        options: as in `screen`.
        progress: called with (parties done, parties in all).
    """
    options = options or ScreenOptions()
    started = datetime.now(UTC)
    day = day_of(as_of)
    data = embedded() if listings is None else listings if isinstance(listings, Listings) else own(listings)
    lists = chosen_lists(data, options.lists)
    read = read_parties(parties, options.name_columns)
    names = names_in_force(data, lists, day)
    rows: list[dict[str, Any]] = []
    wrong: dict[str, None] = {}
    total = read.count()
    searcher = Searcher(names, options.min_score)
    for done, party in enumerate(read.each(), 1):
        rows += _rows(party, searcher, day)
        if sentence := wrong_code(party):
            wrong[sentence] = None
        if progress is not None:
            progress(done, total)
    return Run(
        parties=read,
        matches=table(MATCHES, rows),
        coverage=table(COVERAGE, coverage(data, lists, day)),
        options=options,
        as_of=day,
        started=started,
        screened=total,
        notes=(*data.notes, *read.notes, *_shortened(list(wrong))),
    )


class Searcher:
    """Listed names ready to be met. The only place where the room touches the matcher.

    Args:
        names: the names in force.
        least: lowest score of a match.
    """

    def __init__(self, names: list[ListedName], least: float) -> None:
        self._names = names
        self._least = least
        self._index = Index([n.text for n in names], [_kind(n) for n in names])
        self._seen: dict[str, list[tuple[ListedName, Hit]]] = {}

    def entities(self, name: str) -> list[tuple[ListedName, Hit]]:
        """Each listed entity that a name meets, with its best-met name, best first."""
        if name not in self._seen:
            best: dict[tuple[str, str], tuple[ListedName, Hit]] = {}
            for hit in self._index.search(name, least=self._least):
                listed = self._names[hit.position]
                best.setdefault((listed.list_id, listed.entity_id), (listed, hit))
            self._seen[name] = list(best.values())
        return self._seen[name]


def _kind(name: ListedName) -> Kind:
    return "person" if name.party == "person" else "any"


def _rows(party: Party, searcher: Searcher, day: date) -> Iterator[dict[str, Any]]:
    base = {
        "row": party.row,
        "party_column": party.column,
        "party": party.name,
        "country": party.country,
        "address": party.address,
        "identifier": party.identifier,
        "as_of": day.isoformat(),
    }
    for listed, hit in searcher.entities(party.name or ""):
        yield _identified(base | _listing(listed, hit))
    for found in placed(party):
        yield _identified(base | _region(found))


def _listing(listed: ListedName, hit: Hit) -> dict[str, Any]:
    reasons = [*hit.similarity.reasons, *([listed.remark] if listed.remark else [])]
    if listed.status == "may_be_in_force" and listed.valid_from:
        reasons.append("The source gives only a month or a year: whether the listing held that day is not certain.")
    elif not listed.valid_from and not listed.origin:
        reasons.append("The listing is not dated: it may be in force on any day.")
    if listed.origin:
        reasons.append(listed.origin)
    elif not listed.source_id:
        reasons.append("The list is one's own and stands in no register of sources.")
    return {
        "kind": "listing",
        "score": hit.similarity.score,
        "list_id": listed.list_id,
        "entity_id": listed.entity_id,
        "listed_name": listed.listed_name,
        "met_name": listed.text,
        "name_kind": listed.name_kind,
        "section": listed.section,
        "valid_from": listed.valid_from or None,
        "valid_to": listed.valid_to,
        "status": listed.status,
        "certainty": listed.certainty,
        "basis": "name",
        "reasons": reasons,
        "source_id": listed.source_id or None,
        "list_as_of": listed.list_as_of or None,
    }


def _region(found: Placed) -> dict[str, Any]:
    return {
        "kind": "region",
        "basis": found.basis,
        "place_id": found.place_id,
        "place": found.place,
        "span": found.span,
        "strength": found.strength,
        "reasons": list(found.reasons),
        "source_id": found.source_id,
    }


def _identified(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the hash of all that it says; text that no encoding holds (lone surrogates) is replaced."""
    clean = {k: _encodable(v) for k, v in row.items()}
    said = json.dumps(clean, ensure_ascii=False, sort_keys=True)
    return {"match_id": f"match-{hashlib.sha256(said.encode()).hexdigest()[:12]}"} | clean


def _encodable(value: Any) -> Any:
    if isinstance(value, list):
        return [_encodable(v) for v in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _shortened(sentences: list[str]) -> list[str]:
    more = len(sentences) - _MOST_NOTES
    return (
        sentences
        if more <= 0
        else [*sentences[:_MOST_NOTES], f"{more} more credit codes have a wrong check character."]
    )
