"""Screen parties against listings: the verb of the room."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.contract import arrow_schema, batch
from entrepot.core.errors import BadInputError
from entrepot.core.ids import id_of
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.lists.contract import COVERAGE
from entrepot.lists.in_force import Listings, embedded, own
from entrepot.lists.search_set import Searched, searched
from entrepot.measures.by_region import chosen_regions
from entrepot.screening.contract import MATCHES
from entrepot.screening.matching.match import Terms
from entrepot.screening.matching.scoring_rule import rule
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import Parties, read_parties
from entrepot.screening.runs.bulk import PART, Job, screen_parts
from entrepot.screening.runs.changed_rows import Digesting, may_be_kept
from entrepot.screening.runs.checkpoint import Parts, is_left, taken_up
from entrepot.screening.runs.goods_text import goods_notes
from entrepot.screening.runs.shares import joined, share_kept
from entrepot.vocabulary import identifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from entrepot.measures.by_region import UnderMeasure
    from entrepot.screening.runs.bulk import Progress
    from entrepot.screening.runs.shares import Share

# 0.7: 98 of 100 short names of listed firms are found, at 0.8 nine in ten, for 15 and not 12 alerts on 7,828 Chinese
# companies and 72, not 32, on 10,000 invented persons (docs/design/04-screening.md).
MIN_SCORE = 0.7
NOT_LISTED = marked(
    "No match is not 'not listed': a list may be held in part, a newer notice may exist, and names can be written in "
    "ways not tried."
)
_LONGEST_NAME = 40  # characters of an output's name in that of its parts: names of files may be cut at 255 bytes
_MOST_NOTES = 50  # wrong codes named one by one


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """How to screen.

    Attributes:
        lists: lists to use; empty for all that are held.
        min_score: lowest score of a match, in [0, 1].
        name_columns: columns that hold parties; empty to guess them.
        workers: processes; 0 for as many as there are cores. The result does not depend on it.
        given: what else is said of the file: columns, sheet, encoding, kind of the parties.
        document_key: the store's key, under which numbers of persons' documents are compared; empty: they are not.
        regions: regions under a measure to look for; empty for all on record.
        on: the address of a Spark cluster that does the work; empty for this machine. The result does not depend on it.
    """

    lists: tuple[str, ...] = ()
    min_score: float = MIN_SCORE
    name_columns: tuple[str, ...] = ()
    workers: int = 1
    given: Given = field(default_factory=Given)
    document_key: bytes = field(default=b"", repr=False)
    regions: tuple[str, ...] = ()
    on: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.min_score <= 1:
            raise BadInputError(tr("the lowest score is outside its range"), found=self.min_score, allowed=tr("0 to 1"))
        if self.workers < 0:
            raise BadInputError(
                tr("the number of processes is below 0"), found=self.workers, allowed=tr("1 or more; 0 for all")
            )

    @property
    def under(self) -> tuple[UnderMeasure, ...]:
        """The regions that are looked for.

        Raises:
            UnknownNameError: no measure covers one of them.
        """
        return chosen_regions(self.regions)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A screening and all that is needed to file it.

    Attributes:
        parties: what was screened.
        parts: the matches, part by part.
        coverage: under COVERAGE.
        options: how.
        as_of: the day.
        started: when, UTC.
        notes: what a reader must know: how the file was read, codes that were not used.
        digests: of the parties, for `rescreen`; empty where none were made on the way.
    """

    parties: Parties
    parts: Parts
    coverage: pa.Table
    options: ScreenOptions
    as_of: date
    started: datetime
    notes: tuple[str, ...]
    digests: str = field(default="", repr=False)

    @property
    def screened(self) -> int:
        """Number of parties."""
        return self.parties.party_count

    @property
    def matches(self) -> pa.Table:
        """All matches as one table, under MATCHES."""
        import pyarrow as pa

        return pa.concat_tables([pa.Table.from_batches([], schema=arrow_schema(MATCHES)), *self.parts.tables()])


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where the finished parts of a run are kept until it is done.

    Attributes:
        out: the output that the run is for; the parts lie in a folder beside it. None to keep them in memory.
        resume: whether to take up an unfinished run.
        room: told of each part's matches, to stop a run whose output cannot hold them; None where any may be held.
        share: the share of the parties that is screened, for one of many machines; None for all of them.
        joined: the folder of the shares that are joined instead of screening; None where nothing is joined.
    """

    out: Path | None = None
    resume: bool = False
    room: Callable[[pa.RecordBatch], None] | None = None
    share: Share | None = None
    joined: Path | None = None


def screen(
    parties: Any,
    listings: Any = None,
    *,
    as_of: str | date | None = None,
    options: ScreenOptions | None = None,
) -> pa.Table:
    """Screen parties against listings and flag those placed in a region under a measure.

    Args:
        parties: a path (CSV, TSV, XLSX, JSON lines, Parquet) or a table (Arrow, polars, pandas).
        listings: what to screen against: `Listings`, names ready to be met (`Searched`), or a table of one's own with a
            column `name`; the embedded record when None.
        as_of: the day as of which to screen; today when None.
        options: lists, lowest score, name columns, processes.

    Returns:
        A table under MATCHES, by row of the input, then score.

    Raises:
        BadInputError: an unknown list, region or column, an unreadable file, a bad date.
    """
    return run_screening(parties, listings, as_of=as_of, options=options).matches


@in_english
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
    with screening(parties, listings, as_of=as_of, options=options, progress=progress) as run:
        return run


@contextmanager
@in_english
def screening(  # noqa: PLR0913 - as `run_screening`, and where its parts are kept
    parties: Any,
    listings: Any = None,
    *,
    as_of: str | date | None = None,
    options: ScreenOptions | None = None,
    progress: Progress | None = None,
    keeping: Keeping | None = None,
) -> Iterator[Run]:
    """A screening whose matches may be more than memory holds; its parts are there until the block ends.

    Args:
        parties: as in `screen`.
        listings: as in `screen`.
        as_of: as in `screen`.
        options: as in `screen`.
        progress: called with (parties done, parties in all).
        keeping: where finished parts are kept, and whether an unfinished run is taken up.

    Raises:
        BadInputError: as in `screen`; or the unfinished run was of something else.
    """
    options, keeping = options or ScreenOptions(), keeping or Keeping()
    started, day = datetime.now(UTC), day_of(as_of)
    against = _against(listings, options, day)
    read = read_parties(parties, options.name_columns, options.given)
    terms = Terms(options.min_score, day.isoformat(), options.under)
    job = Job(against, terms, options.workers, options.document_key, options.on)
    is_kept = keeping.out is not None and keeping.share is None and may_be_kept(read)
    digesting = Digesting(options.document_key) if is_kept else None
    with _parts(read, job, keeping) as parts:
        screen_parts(read, job, parts, progress, digesting)
        read.refuse_changed()
        codes = _shortened(list(parts.wrong_codes), parts.counts["more_codes"])
        yield Run(
            parties=read,
            parts=parts,
            coverage=coverage_of(against),
            options=options,
            as_of=day,
            started=started,
            notes=(*_not_come(day), *against.notes, *read.notes, *goods_notes(read, against, options.under), *codes),
            digests="" if digesting is None else digesting.text,
        )


def _not_come(day: date) -> list[str]:
    """A note on a day in the future: nobody knows what the lists will say then."""
    if day <= day_of(None):
        return []
    return [
        tr("{day} has not come: the lists are used as they are held now, and may say something else by then.", day=day)
    ]


def _against(listings: Any, options: ScreenOptions, day: date) -> Searched:
    if isinstance(listings, Searched):
        return listings
    data = embedded() if listings is None else listings if isinstance(listings, Listings) else own(listings)
    return searched(data, options.lists, day)


def coverage_of(against: Searched) -> pa.Table:
    """What the lists covered that are searched, under COVERAGE."""
    import pyarrow as pa

    return pa.Table.from_batches([batch(COVERAGE, [dict(r) for r in against.coverage])])


def parts_folder(out: Path) -> Path:
    """Where the finished parts of a run lie until it is done."""
    name = out.name
    if len(name) > _LONGEST_NAME:  # cut names may meet: a digest of the whole keeps two runs apart
        name = id_of(name[:_LONGEST_NAME], os.fsencode(name), digits=8)
    return out.parent / f".{name}.parts"


@contextmanager
def _parts(parties: Parties, job: Job, keeping: Keeping) -> Iterator[Parts]:
    """Parts in memory, or in a folder beside the output where there is more than one."""
    if keeping.joined is not None:
        parts: Parts = joined(keeping.joined, _manifest(parties, job), -(-parties.party_count // PART))
        parts.room = keeping.room
        yield parts
        return
    if keeping.share is not None and keeping.out is not None:
        with share_kept(keeping.out, keeping.share, _manifest(parties, job), resume=keeping.resume) as parts:
            yield parts
        return
    # A small run takes up, and so removes, what a larger one of the same output left when it was killed.
    if keeping.out is None or (parties.party_count <= PART and not is_left(parts_folder(keeping.out))):
        yield Parts(room=keeping.room)
        return
    with taken_up(parts_folder(keeping.out), _manifest(parties, job), resume=keeping.resume) as parts:
        parts.room = keeping.room
        yield parts


def _manifest(parties: Parties, job: Job) -> dict[str, Any]:
    """What decides the result, so that a run is taken up only where it would end the same."""
    return {
        "input": parties.origin,
        "input sha256": parties.sha256,
        "name columns": [c.name for c in parties.columns],
        "other columns": [[list(at) for at in (c.address, c.country)] for c in parties.columns],
        "headings": list(parties.headings),
        "encoding": parties.encoding,
        "kind": parties.kind,
        **{tr("given {replace}", replace=name.replace("_", " ")): said for name, said in asdict(parties.given).items()},
        "lists": {r["list_id"]: r["sha256"] for r in job.against.coverage},
        "names searched": job.against.sha256(),
        "rule": rule(),
        "as of": job.terms.as_of,
        "lowest score": job.terms.min_score,
        "regions": [u.region for u in job.terms.regions],
        "key of the documents": identifiers.key_id(job.secret) if job.secret else "",
        "version": __version__,
        "parties a part": PART,
    }


def _shortened(sentences: list[str], uncounted: int) -> list[str]:
    more = len(sentences) + uncounted - _MOST_NOTES
    if more <= 0:
        return sentences
    return [*sentences[:_MOST_NOTES], tr("{more} more credit codes have a wrong check character.", more=more)]
