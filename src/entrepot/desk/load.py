"""The verb: load flows of goods from publishers' files, and say what is wrong with them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from entrepot.core import output
from entrepot.core.runtime.scratch import lasting
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer, unheard
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade import concord, totals
from entrepot.trade.loading import flow_file, losses, streamed
from entrepot.trade.loading.faults import notices, wrong
from entrepot.trade.loading.summary import summary
from entrepot.trade.loading.whole import loaded_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.desk.answer import Step
    from entrepot.trade.loading.faults import Tally


@dataclass(frozen=True, eq=False)
class Load(Answer):
    """Flows; the table is under `trade_flows`.

    Attributes:
        faults: what is wrong with the files, under `flow_faults`.
        summary: what the flows are, under `flow_summary`.
        form: the format of the files; several joined by a comma.
        written: rows that were written to `out` already, for they may be more than memory holds; None where none were.
        tally: how many rows the files have, and of how many something was set aside.
        told: what holds of the flows whatever is wrong with the file: totals beside parts, codes that were changed.
    """

    beside: ClassVar[tuple[str, ...]] = ("form", "summary", "faults", "told")
    faults: pa.Table | None = None
    summary: pa.Table | None = None
    form: str = ""
    written: int | None = None
    tally: Tally | None = None
    told: tuple[str, ...] = ()


def load(
    files: str | Path | Sequence[str | Path],
    *,
    form: str | None = None,
    mapping: str | Path | None = None,
    edition: str | None = None,
    sheet: str = "",
    encoding: str = "",
    accept_loss: float = losses.ACCEPTED,
    out: Path | None = None,
    fmt: str | None = None,
    progress: Step = unheard,
) -> Load:
    """Load flows of goods, and say what is wrong with them before anything is added up.

    Args:
        files: one file or several: CSV, TSV, JSON, JSON lines, XLSX, Parquet; .gz, .zip.
        form: comtrade, baci, comext, hmrc, census, ember, own, mapped with `mapping`; None to find it from the heading.
        mapping: a TOML file that says which column is what.
        edition: bring the codes to HS2017 or HS2022 by their concordance; None to change no code.
        sheet: sheet of a workbook; empty for the first that holds any.
        encoding: of a text file that is not UTF-8.
        accept_loss: the largest share of the value that may be set aside, from 0 to 1.
        out: where flows that are too large for memory are written, as Parquet; others are in the table.
        fmt: form of `out`; None for that of its ending.
        progress: told the step.

    Returns:
        Under `trade_flows`, sorted by product, exporter, importer, period.

    Raises:
        BadInputError: a file that cannot be read as flows; an unknown format or edition; more of the value would be
            set aside than is accepted.
    """
    paths = tuple(Path(f) for f in ([files] if isinstance(files, (str, Path)) else files))
    how = None if mapping is None else Path(mapping)
    options = ReadingOptions(encoding, sheet)
    accepted = losses.accepted_of(accept_loss)
    if streamed.is_large(paths):
        to = out if out is not None and edition is None and output.format_of(out, fmt) == "parquet" else None
        found = _in_blocks(paths, to, streamed.Manner(form, how, options, accepted), progress)
    else:
        held = flow_file.load(paths, form, how, progress, options)
        losses.refuse(held.losses, accepted, paths[0].name)
        said = _said(held)
        found = Load(held.table, said, held.faults, form=held.form, tally=held.tally)
    if found.summary is not None and edition is None:
        return found
    table, changed = concord.to_edition(found.table, edition) if edition else (found.table, ())
    told = tuple(filter(None, (totals.sentence(totals.totals(table)), *changed)))
    return replace(found, made=table, summary=summary(table), told=told)


def _in_blocks(paths: tuple[Path, ...], out: Path | None, manner: streamed.Manner, progress: Step) -> Load:
    """Flows too many to be checked in memory; without `out` they lie in a file that goes once they are read."""
    place = out or Path(tempfile.mkdtemp(dir=lasting())) / "flows.parquet"
    large = streamed.load_to(paths, place, manner, progress)
    told = tuple(filter(None, (large.told,)))
    said = _said(large)
    made = partial(_read, place, is_kept=out is not None)
    written = large.rows if out else None
    return Load(made, said, large.faults, large.summary, large.form, written, large.tally, told)


def _read(path: Path, *, is_kept: bool) -> pa.Table:
    table = loaded_file.read(path)
    if not is_kept:
        path.unlink()
    return table


def _said(read: flow_file.Loaded | streamed.Streamed) -> tuple[str, ...]:
    sorts = wrong(read.faults).num_rows
    counted = f"{read.tally.sentence()} {read.losses.sentence()}"
    lines = [
        tr(
            "Read as {form}. {sorts} {which}.",
            form=read.form,
            sorts=sorts or "No",
            which=tr("fault") if sorts == 1 else tr("faults"),
        ),
        counted,
        *read.notes,
    ]
    lines += filter(None, (read.losses.both_ways(),))
    if said := notices(read.faults):
        lines.append(tr("Notices: {said}.", said="; ".join(said)))
    return tuple(lines)
