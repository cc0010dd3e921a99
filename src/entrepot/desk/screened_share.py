"""A share of a screening, which one of many machines does: what is asked for, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, printable
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.screening.runs.shares import share_of, shares_folder

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.screening.runs.run import Run
    from entrepot.screening.runs.shares import Share


def asked_share(part: str, join: Path | None, out: Path | None, record: Path | None, *, resume: bool) -> Share | None:
    """The share that is asked for; None for the whole.

    Args:
        part: such as 3/40; empty for the whole.
        join: the folder of the parts that are joined.
        out: where the results are written.
        record: where the record is.
        resume: whether an unfinished run is taken up.

    Raises:
        BadInputError: it is none, or is asked for beside what does not go with it.
    """
    if not part:
        if join is not None and (out is None or resume):
            resumed = tr("Leave out --resume: nothing is screened.")
            remedy = tr("Give --out FILE for the results.") if out is None else resumed
            raise BadInputError(tr("--join cannot be used so"), found=str(join), remedy=remedy)
        return None
    share = share_of(part)
    if join is not None or record is not None:
        other = "--join" if join is not None else "--record"
        remedy = tr("Screen every part, then join them: the record is written when they are joined.")
        raise BadInputError(tr("--part and {other} do not go together", other=other), found=part, remedy=remedy)
    if out is None:
        remedy = tr("Give --out FILE, the same for every part: the parts lie beside it, in FILE.parts.")
        raise BadInputError(tr("--part without --out"), found=part, remedy=remedy)
    return share


def share_said(run: Run, share: Share, out: Path) -> tuple[str, ...]:
    """What one share found, and what to do with it."""
    at = printable(str(shares_folder(out)))
    met = counted(run.parts.counts["met"], "party", "parties")
    return (
        tr(
            "Part {share} is screened, of a file of {many}: {met} met or flagged.",
            share=share,
            many=counted(run.screened, "party", "parties"),
            met=met,
        ),
        tr(
            "When all {of} are, the same command with --join {at} in place of --part writes {out}.",
            of=share.of,
            at=at,
            out=printable(str(out)),
        ),
    )
