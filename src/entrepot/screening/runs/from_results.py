"""A screening done again from its file of results: the lists as they were used then and as they stand now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError, UnreadableFileError, printable
from entrepot.core.words.compared import own_number
from entrepot.core.words.translate import in_english, marked, ntr, tr
from entrepot.intake.reading_options import ReadingOptions
from entrepot.lists.in_force import chosen_lists, coverage, embedded, list_ids, names_in_force
from entrepot.lists.listed_name import OWNED, is_owned
from entrepot.lists.required import max_age, refuse_missing, refuse_old, required
from entrepot.lists.shelf import document_key, listings, searched
from entrepot.lists.version_names import says_alike
from entrepot.lists.versions import known
from entrepot.lists.vouching.across_formats import levels_of
from entrepot.screening.matching.scoring_rule import earlier_name
from entrepot.screening.parties.parties import Parties, read_parties
from entrepot.screening.runs.changed_rows import Moves, moves
from entrepot.screening.runs.changes import Again, Rescreening, changed_entities, rescreen
from entrepot.screening.runs.earlier import Earlier, earlier, given_then
from entrepot.screening.runs.run import MIN_SCORE, NOT_LISTED, Run, ScreenOptions, coverage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from entrepot.lists.in_force import Listings
    from entrepot.lists.search_set import Searched
    from entrepot.lists.vouching.across_formats import Levelled
    from entrepot.screening.parties.file_options import Given
    from entrepot.screening.runs.bulk import Progress
    from entrepot.screening.runs.screenings_compared import Entity

_COUNTED = marked("The results count rows from the first below the headings: the same rows have numbers {} higher now.")
# Lists and rules -> the names to screen against, and what a reader must know of them.
WithOwned: TypeAlias = "Callable[[Sequence[str], Sequence[str]], tuple[Searched, tuple[str, ...]]]"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for beside the results; empty for what the store recorded of them.

    Attributes:
        parties: the file that was screened.
        lists: the lists that were screened against.
        min_score: lowest score of a match.
        name_columns: the columns that hold parties.
        whole: whether all parties are held against all names.
        encoding: of the results where they are not UTF-8, and of the parties where none is recorded, or where these
            are another file than then.
        require: lists that must be used, each LIST or LIST:DAYS, beside those of the store's settings.
        with_owned: gives the names of lists, and of the parties that rules of ownership add by their owners.
        max_age: the most days that any list may be old; None for that of the store's settings.
        is_filed: whether a record is made of all that the parties meet now.
        owners: tells two verdicts on a party's owners apart, by their ids.
    """

    parties: Path | None = None
    lists: tuple[str, ...] = ()
    min_score: float | None = None
    name_columns: tuple[str, ...] = ()
    whole: bool = False
    encoding: str = ""
    require: tuple[str, ...] = ()
    with_owned: WithOwned | None = None
    max_age: int | None = None
    is_filed: bool = False
    owners: Callable[[str, str], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Redone:
    """A screening done again.

    Attributes:
        found: what changed.
        notes: what a reader must know of it.
        run: the screening as a whole one finds it now; None where it is not filed.
    """

    found: Rescreening
    notes: tuple[str, ...]
    run: Run | None = None


@in_english
def rescreening(path: Path, asked: Asked, day: date, folder: Path, progress: Progress | None = None) -> Redone:
    """What changed since an earlier screening, and what a reader must know of it.

    Args:
        path: its file of results.
        asked: what is asked for.
        day: the day as of which to screen now.
        folder: the store.
        progress: called with (parties done, parties in all).

    Raises:
        BadInputError: the parties or the lists are not those of then; another rule scored; a required
            list is missing, empty or too old; or as `earlier`.
    """
    started = datetime.now(UTC)
    before = _earlier(path, folder, asked.encoding)
    lists = asked.lists or tuple(n for n in (before.hashes if before.run else ()) if not n.startswith(OWNED))
    rules = tuple(n.removeprefix(OWNED) for n in before.hashes if n.startswith(OWNED))
    before, left_out = _of_lists(before, lists)
    if rules and asked.with_owned is not None:
        against, owned_said = asked.with_owned(lists, rules)
    else:
        against, owned_said = searched(folder, lists, day), ()
    used = refuse_missing(required(asked.require, folder), against.coverage, day)
    used += refuse_old((c for c in against.coverage if not is_owned(c)), day, *max_age(asked.max_age, folder))
    key = document_key(folder)
    parties, moved = _parties(before, asked, key)
    above = parties.source.first_row - 1
    is_moved = moved is None and before.counts_without_headings and above > 0
    before = before.further_down(above) if is_moved else before
    lowest = before.run["min_score"] if before.run and asked.min_score is None else asked.min_score
    options = _options(before, parties, asked, MIN_SCORE if lowest is None else lowest, key)
    changed, levels = _changed(before, lists, day, folder, is_checked=not asked.whole)
    again = Again(
        options.min_score,
        day.isoformat(),
        key,
        asked.whole,
        moved,
        options.under,
        asked.is_filed,
        frozenset(levels),
        asked.owners,
    )
    found = rescreen(before, parties, changed, against, again, progress)
    fresh = _not_screened_then(before, lists)
    found = replace(found, entities=sum(name not in fresh and bool(told) for (name, _), told in changed.items()))
    held = tr(
        "{screened} of {party_count} parties were held against all names",
        screened=found.screened,
        party_count=parties.party_count,
    )
    said = [*used, f"{held}." if asked.whole else tr("{held}: no changed entity comes near the others.", held=held)]
    said += _moved_said(moved, (*before.matches, *before.beside))
    said += [_COUNTED.format(above)] if is_moved else []
    said += filter(None, map(earlier_name, sorted(before.rules)))
    others = [said for level in levels.values() for said in level.said]
    others += _other_lists_said(before, lists, left_out, folder, is_asked=bool(asked.lists))
    said += others
    if before.run is None:
        said.append(
            tr("The store does not know these results: lists and lowest score are as asked, not as they may have been.")
        )
    run = None
    if asked.is_filed:
        parties.refuse_changed()
        notes = (_filed_said(before, found, parties), *others, *against.notes, *parties.notes, *found.parts.wrong_codes)
        run = Run(parties, found.parts, coverage_of(against), options, day, started, notes)
    return Redone(found, (*said, *owned_said, NOT_LISTED, *against.notes), run)


def _options(before: Earlier, parties: Parties, asked: Asked, lowest: float, key: bytes) -> ScreenOptions:
    """How the parties are screened: as then, but for what is asked now."""
    columns = asked.name_columns or parties.given.name_columns
    regions = tuple((before.run or {}).get("regions") or ())
    return ScreenOptions(asked.lists, lowest, columns, 1, parties.given, key, regions)


def _filed_said(before: Earlier, found: Rescreening, parties: Parties) -> str:
    """A sentence of the record on how it came about."""
    return tr(
        "Screened again from {name}, which is as of {as_of}: {screened:,} of {party_count:,} parties "
        "were held against all names because they or an entry near them changed, and those that met "
        "anything then; the others met nothing then, and no changed entry comes near them.",
        name=before.path.name,
        as_of=before.as_of,
        screened=found.screened,
        party_count=parties.party_count,
    )


def _moved_said(moved: Moves | None, matches: Sequence[Mapping[str, Any]]) -> list[str]:
    """How many parties are as they were, and how many of those that met anything are known by another number now."""
    if moved is None:
        return []
    numbers = {(p.row, p.column): p.key for p in moved.kept}
    then = {(r["row"], r["party_column"]): r["party_key"] for r in matches if r["party_key"]}
    now = [(was, numbers.get(moved.now[at])) for at, was in then.items() if at in moved.now]
    others = sum(1 for was, key in now if key and own_number(key) != own_number(was))
    numberless = sum(1 for _, key in now if not key)
    said = tr(
        "The file is another than then. Parties that say what they said then: {same:,}; new ones, or that say "
        "something else: {other:,}. These were held against all names.",
        same=len(moved.now),
        other=len(moved.added),
    )
    headings = ", ".join(
        tr("{now} (then {then})", now=printable(now), then=printable(then)) for then, now in moved.renamed.items()
    )
    told = [
        said,
        *([tr("Columns of parties with another heading now: {headings}.", headings=headings)] * bool(headings)),
    ]
    if others:
        told.append(ntr(
            others,
            "{count:,} party that met something then has another number of its own now: what was decided of it comes "
            "back in `entrepot review`.",
            "{count:,} parties that met something then have another number of their own now: what was decided of them "
            "comes back in `entrepot review`.",
        ))  # fmt: skip
    if numberless:
        told.append(ntr(
            numberless,
            "{count:,} party that met something then had a number of its own and has none now: what was decided of it "
            "comes back in `entrepot review`, for a party without its number may be a namesake.",
            "{count:,} parties that met something then had numbers of their own and have none now: what was decided of "
            "them comes back in `entrepot review`, for a party without its number may be a namesake.",
        ))  # fmt: skip
    return told


def _earlier(path: Path, folder: Path, encoding: str) -> Earlier:
    """The earlier screening; its results are read by the encoding that is said only where they are not UTF-8."""
    try:
        return earlier(path, folder)
    except UnreadableFileError:
        if not encoding:
            raise
        return earlier(path, folder, ReadingOptions(encoding))


def _read(path: Path, asked: Asked, given: Given, was: str | None) -> Parties:
    """The parties as they were read then; another file than then by its own signs first, for an export may change.

    Read by the encoding of last month a file in UTF-8 has other names, and nothing would say so.
    """
    columns = asked.name_columns or given.name_columns
    as_then: Parties | None = None
    try:
        as_then = read_parties(path, columns, given)
    except UnreadableFileError:
        if not (asked.encoding or given.encoding):
            raise
    if as_then is not None and (was in {None, as_then.sha256} or not (asked.encoding or given.encoding)):
        return as_then
    try:
        return read_parties(path, columns, replace(given, encoding=asked.encoding))
    except UnreadableFileError:
        if asked.encoding or as_then is None:
            raise
        return as_then


def _parties(before: Earlier, asked: Asked, key: bytes) -> tuple[Parties, Moves | None]:
    """The parties, and where those of then stand now; None where the file is the same."""
    run = before.run or {}
    path = asked.parties or run.get("parties")
    if not path:
        raise BadInputError(
            tr("the store does not know which file was screened"), remedy=tr("Give it: --parties FILE.")
        )
    given = given_then(run)
    given = given if before.run else replace(given, encoding=asked.encoding)
    was = run.get("parties_sha256")
    read = _read(Path(path), asked, given, was)
    was = was or read.sha256
    if read.sha256 == was:
        return read, None
    if asked.parties is None or not run.get("digests"):
        raise BadInputError(
            tr("the parties are not those that were screened then"),
            found=tr("sha256 {sha256}", sha256=read.sha256),
            allowed=tr("sha256 {was}", was=was),
            remedy=tr(
                "Give the file as it was; or name the changed one, --parties FILE, where the store kept "
                "digests of its rows, as it does of files of up to 200,000 parties."
            ),
        )
    places = ((r["row"], r["party_column"]) for r in (*before.matches, *before.beside))
    return read, moves(run["digests"], places, read.each(), key, read.headings)


def _not_screened_then(before: Earlier, lists: Sequence[str]) -> tuple[str, ...]:
    """The lists of which the store knows that they were not screened then: all that parties meet on them is new."""
    return () if before.run is None else tuple(n for n in lists if n not in before.hashes)


def _of_lists(before: Earlier, lists: Sequence[str]) -> tuple[Earlier, tuple[str, ...]]:
    """What was met then on the lists of now, and the lists left out: what they said then has not vanished from them."""
    left_out = {n for n in before.hashes if not n.startswith(OWNED) and lists and n not in lists}
    if not left_out:
        return before, ()
    kept, beside = (tuple(r for r in rows if r["list_id"] not in left_out) for rows in (before.matches, before.beside))
    return replace(before, matches=kept, beside=beside), tuple(sorted(left_out))


def _other_lists_said(
    before: Earlier, lists: Sequence[str], left_out: Sequence[str], folder: Path, *, is_asked: bool
) -> list[str]:
    """Which lists were screened then and are not now, the reverse, and which are held and were never screened."""
    told = []
    if left_out:
        told.append(
            tr(
                "Screened then, and not now: {names}. What the parties met there is not compared.",
                names=", ".join(left_out),
            )
        )
    if fresh := _not_screened_then(before, lists):
        told.append(
            tr(
                "Not screened then, and screened now: {names}. All that the parties meet there is told as new.",
                names=", ".join(fresh),
            )
        )
    # Whoever names lists leaves out some of the record's; who named none took all that were held.
    if before.run is not None and not is_asked and {*list_ids(embedded())} <= {*before.hashes}:
        since = sorted({r["list_id"] for r in known(folder)} - {*before.hashes})
        if since:
            named = " ".join(word for n in (*lists, *since) for word in ("--list", n))
            held = tr("Held now, and not screened, as they were not then: {names}.", names=", ".join(since))
            on_page = tr("{held} Read the columns anew to screen against them too.", held=held)
            hint = tr("To screen against them too: {named}", named=named)
            told.append(Hinted(f"{held} {hint}", on_page))
    return told


def _listings(before: Earlier, lists: tuple[str, ...], day: date, folder: Path) -> tuple[Listings | None, Listings]:
    """The lists as used then, None where none was, and as they stand now; a version that is both is read once."""
    rows = known(folder)
    fresh = _not_screened_then(before, lists)
    used = tuple(n for n in lists if n not in fresh)
    then = listings(folder, used, before.as_of, before.hashes, rows=rows) if used or not lists else None
    return then, listings(folder, lists, day, rows=rows, held=None if then is None else then.versions)


def _changed(
    before: Earlier, lists: tuple[str, ...], day: date, folder: Path, *, is_checked: bool
) -> tuple[dict[Entity, list[str]], dict[str, Levelled]]:
    """The entities of which the lists say something else than then; and what both carry of lists of another format."""
    then, now = _listings(before, lists, day, folder)
    fresh = _not_screened_then(before, lists)
    versions = {} if then is None else then.versions
    # A list that stands in the same version has changed in nothing: its names need not be read, which take the time.
    alike = {n for n, v in versions.items() if says_alike(v, now.versions.get(n), before.as_of, day)} - {*fresh}
    now_used = [n for n in chosen_lists(now, lists) if n not in alike]
    used: list[str] = []
    if then is not None:
        used = [n for n in chosen_lists(then, tuple(n for n in lists if n not in fresh)) if n not in alike]
    names = [] if then is None else names_in_force(then, used, before.as_of)
    if is_checked and then is not None:
        hashes = {c["list_id"]: c["sha256"] for c in coverage(then, used, before.as_of, names)}
        hashes |= {n: versions[n].row["sha256"] for n in alike}
        for name, used_then in sorted(before.hashes.items()):
            if hashes.get(name) != used_then and (not lists or name in lists) and not name.startswith(OWNED):
                raise BadInputError(
                    tr("{name} is not held as it was used then", name=name),
                    found=tr("sha256 {get}", get=hashes.get(name, "none")),
                    allowed=tr("sha256 {used_then}", used_then=used_then),
                    remedy=tr("Load that version again; or add --all to screen everything again."),
                )
    names_now = names_in_force(now, now_used, day)
    levels = levels_of(versions, now.versions, names, names_now)
    changed = changed_entities(names, names_now, levels.values())
    told_of = {
        entity: [tr("The list was not screened then.")] if entity[0] in fresh else told
        for entity, told in changed.items()
    }
    return told_of, levels
