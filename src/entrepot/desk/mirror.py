"""The verb: what exporters report beside what importers report of the same flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.answer import Answer, unheard
from entrepot.desk.flow_tables import flows_of
from entrepot.desk.keeping import check_store, keep
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.contract import MIRROR_REPORTS, MIRRORED
from entrepot.trade.loading import flow_file, losses, streamed
from entrepot.trade.loading.whole import loaded_file
from entrepot.trade.margins import FREIGHT_AT_MOST
from entrepot.trade.mirrors import gap_reasons, mirror_gaps, off_scale
from entrepot.trade.mirrors.changes import mirror_change
from entrepot.trade.mirrors.changes.asked_spans import Asked
from entrepot.trade.mirrors.comparable import fiscal_years, unlike_editions
from entrepot.trade.mirrors.mirror_reports import identified
from entrepot.trade.mirrors.mirror_tables import GAP_REASON, GAP_REPORTS
from entrepot.vocabulary import partners
from entrepot.vocabulary.groups import group_of, members

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store

_MOST_NOTED = 5  # reasons for the largest gap below the table: what fits beside it on a screen


def mirror(
    flows: Any,
    *,
    between: tuple[str, str] | None = None,
    product: str | None = None,
    reliability: bool = False,
    reasons: bool = False,
    accept_loss: float = losses.ACCEPTED,
    since: str | None = None,
    until: str | None = None,
    exporters: str | None = None,
    importers: str | None = None,
    sheet: str = "",
    encoding: str = "",
    store: Store = None,
    progress: Step = unheard,
) -> Answer:
    """Hold what exporters report against what importers do.

    The margin between FOB and CIF and the reliability of the reporters are estimated from all flows; the keywords
    choose what is shown.

    Args:
        flows: what `load` wrote, a file that it reads, or a table under `trade_flows`.
        between: only flows between these two countries, both ways.
        product: only codes that begin with this one.
        reliability: the reporters and how far they scatter, not the flows.
        reasons: what in the file each gap is consistent with, not the flows.
        accept_loss: the largest share of the value that may be set aside as the file is read, from 0 to 1.
        since: compare both sides' reports from this day on with those of the same seasons before it.
        until: last day of that; None for as far as both sides reach.
        exporters: of that, separated by commas, or EU27, EAEU, ASEAN; None for all.
        importers: likewise.
        sheet: sheet of a workbook; empty for the first that holds any.
        encoding: of a text file that is not UTF-8.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the step.

    Returns:
        Under `mirrored`, largest mirror gap first; they are kept in the store for `explain`, with the reports that
        they rest on. With `reasons` under `gap_reasons`, kept likewise; with `reliability` under
        `reporter_reliability`, with `since` under `mirror_change`.

    Raises:
        BadInputError: flows that cannot be read, too few of them with a mirror, or a country that none has.
    """
    check_store(store)
    read = _read(flows, ReadingOptions(encoding, sheet), losses.accepted_of(accept_loss), progress)
    read, unlike = fiscal_years.comparable(read)
    if since is not None:
        asked = _asked(since, until, (exporters, importers, between), product)
        changed = mirror_change.change(read, asked)
        return Answer(changed.table, (*unlike, *off_scale.told(mirror_gaps.off_reporters(read)), *changed.told))
    if until or exporters or importers:
        raise BadInputError(
            tr("a span or ends without a day"), remedy=tr("Give --since: the day before and after which.")
        )
    found = mirror_gaps.mirror(read, unlike)
    aside = (*unlike, *mirror_change.lengths_told(read), *unlike_editions.told(read))
    margin = (
        *aside,
        *off_scale.told(found.off),
        *((tr("Margins and spreads are estimated without them."),) if found.off else ()),
        tr(
            "Margin of importers' over exporters' figures, all flows: {overall_margin:.1%}. A mirror gap is "
            "a sign, not a proof: goods may be counted by origin on one side.",
            overall_margin=found.overall_margin,
        ),
        *_beyond_freight(*found.cells),
        *_standing(found.standing),
    )
    if reliability:
        return Answer(found.reliability, (*_at_floor(found.reliability), *margin))
    rows, reports = identified(mirror_gaps.shown(found.flows, between, product, aside), read)
    behind = gap_reasons.reasons(rows if reasons else rows.slice(0, 1), found.flows, read)

    def put(con: Connection) -> None:
        for table, kept in ((MIRRORED, rows), (MIRROR_REPORTS, reports)):
            stores.keep(con, table, kept)
        for table, kept in ((GAP_REASON, behind.rows), (GAP_REPORTS, behind.reports)):
            stores.keep(con, table, kept)

    notes = (*(keep(store, put) if rows.num_rows else ()), *margin)
    if reasons:
        return Answer(behind.rows, (*notes, *behind.told))
    return Answer(rows, (*notes, *_largest(behind.rows)))


def _beyond_freight(cells: int, beyond: int) -> tuple[str, ...]:
    """Of how many pairs and chapters the margin is more than freight and insurance; nothing where of none."""
    if not beyond:
        return ()
    return (
        ntr(
            beyond,
            "Of {cells:,} margins of a pair and chapter {count:,} is more than {most:.0%}: freight and insurance alone "
            "do not come to it, and what else importers count more is not told apart.",
            "Of {cells:,} margins of a pair and chapter {count:,} are more than {most:.0%}: freight and insurance "
            "alone do not come to them, and what else importers count more is not told apart.",
            cells=cells,
            most=FREIGHT_AT_MOST,
        ),
    )


def _standing(pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Between whom a gap stands, which no spread rests on; nothing where between nobody."""
    if not pairs:
        return ()
    more = len(pairs) - _MOST_NOTED
    names = [tr("{exporter} to {importer}", exporter=a, importer=b) for a, b in pairs[:_MOST_NOTED]]
    return (
        ntr(
            len(pairs),
            "Most figures of {count:,} pair are more than threefold apart, and most others of its reporters are not: "
            "{names}. No spread rests on it.",
            "Most figures of {count:,} pairs are more than threefold apart, and most others of their reporters are "
            "not: {names}. No spread rests on them.",
            names=", ".join([*names, *((tr("{more:,} more", more=more),) if more > 0 else ())]),
        ),
    )


def _at_floor(reporters: pa.Table) -> tuple[str, ...]:
    """Whose spread is the least that is given, which is no estimate; nothing where nobody's is."""
    least = [r for r in reporters.to_pylist() if r["at_floor"]]
    if not least:
        return ()
    return (
        ntr(
            len(least),
            "The spread of {names} is no estimate but the least that is given, {spread:.3g} (at_floor): pairs do not "
            "tell how exact a reporter is below that.",
            "The spreads of {names} are no estimates but the least that is given, {spread:.3g} (at_floor): pairs do "
            "not tell how exact a reporter is below that, nor which of them is more so.",
            names=", ".join(r["reporter"] for r in least),
            spread=least[0]["spread"],
        ),
    )


def _largest(behind: pa.Table) -> tuple[str, ...]:
    """What the first gap that is shown is consistent with, as a note."""
    found = behind.to_pylist()
    if not found:
        return ()
    first, rows = (
        found[0],
        "\n".join(
            tr("  up to {share:.0%}: {consistent_with}", share=r["share"], consistent_with=r["consistent_with"])
            for r in found[:_MOST_NOTED]
        ),
    )
    flow = tr(
        "{exporter} to {importer}, {product}, {period}",
        exporter=first["exporter"],
        importer=first["importer"],
        product=first["product"],
        period=first["period"],
    )
    return (
        tr(
            "The largest gap ({flow}) is consistent with\n{rows}\nNone of it is proven; --reasons has all gaps.",
            flow=flow,
            rows=rows,
        ),
    )


def _asked(
    since: str, until: str | None, ends: tuple[str | None, str | None, tuple[str, str] | None], product: str | None
) -> Asked:
    """What is compared before and after a day.

    Raises:
        BadInputError: a span that ends before it begins, or ends given twice.
    """
    exporters, importers, between = ends
    start, end = first_day(since), last_day(until) if until else None
    if end is not None and end < start:
        raise BadInputError(tr("until lies before since"), found=tr("{start} to {end}", start=start, end=end))
    if between and (exporters or importers):
        raise BadInputError(
            tr("ends given twice"), found=tr("--between beside --from or --to"), remedy=tr("Give one of them.")
        )
    pair = tuple(partners.code_of(name) for name in between or ())
    first, second = (pair or _places(e, start) for e in (exporters, importers))
    given = [t.strip() for e in (exporters, importers) for t in (e or "").split(",") if t.strip()]
    named = (*pair, *(partners.code_of(t) for t in given if not group_of(t)))
    return Asked(start, end, first, second, (product or "").replace(".", ""), tuple(n for n in named if n))


def _places(text: str | None, day: date) -> tuple[str, ...]:
    """The places named, the members of groups on the day among them."""
    named = [t.strip() for t in (text or "").split(",") if t.strip()]
    each = [members(group, day) if (group := group_of(t)) else (partners.code_of(t),) for t in named]
    found = tuple(dict.fromkeys(p for part in each for p in part))
    if named and not all(found):
        raise BadInputError(
            tr("a country that is not known"), found=text, allowed=tr("ISO codes, names, EU27, EAEU, ASEAN")
        )
    return found


def _read(flows: Any, options: ReadingOptions, accepted: float, progress: Step) -> pa.Table:
    if not isinstance(flows, (str, Path)):
        return flows_of(flows)  # read twice: a stream is gone after one
    path = Path(flows)
    if not streamed.is_large([path]):
        found = flow_file.load((path,), told=progress, options=options)
        losses.refuse(found.losses, accepted, path.name)
        return found.table
    with scratch() as place:
        kept = path if loaded_file.is_loaded(path, options) else place / "flows.parquet"
        if kept != path:
            streamed.load_to([path], kept, streamed.Manner(options=options, accepted=accepted), progress)
        return loaded_file.read(kept)
