"""A file of decisions that a person filled in: each row read and checked before any is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.output import unescaped
from entrepot.core.words.translate import marked, tr
from entrepot.decisions.standing import VERDICTS
from entrepot.intake.open_table import opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from entrepot.intake.reading_options import ReadingOptions

_NEEDED = ("case_id", "verdict")
_READ = (*_NEEDED, "by", "because", "seen", "ledger")
_OF_A_LEDGER = ("seq", "kind", "hash")  # columns of what `entrepot ledger decisions` writes, and of no file to fill in
_MOST_NAMED = 5  # rows in one message
_ALLOWED = marked("what entrepot review --out wrote, with verdicts filled in")
_REMEDY = marked("Mend these rows, and give the file again. Nothing was written.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on a case.

    Attributes:
        case_id: the case.
        verdict: true, false or unsure.
        by: who.
        why: why, in their words.
        seen: number of the last entry of the ledger on the case that they had seen; None where that is not said.
        row: of the file that it was read from; 0 where it was said otherwise.
    """

    case_id: str
    verdict: str
    by: str
    why: str
    seen: int | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file of decisions says.

    Attributes:
        decisions: those of its rows with a verdict.
        rows: how many rows it has.
    """

    decisions: tuple[Decision, ...]
    rows: int


def decisions_from(  # noqa: PLR0913, PLR0917 - a file, what it leaves out, and what it is held against
    path: Path, by: str, why: str, known: Collection[str], ledger_id: str, options: ReadingOptions | None = None
) -> Filled:
    """The decisions of a file; rows without a verdict are passed over, and counted.

    Args:
        path: a table with the columns case_id and verdict, and by, because, seen, ledger where they are there.
        by: who decides where a row does not say.
        why: why, where a row does not say.
        known: the cases that may be decided.
        ledger_id: the ledger of the store; empty where it has not been begun.
        options: how the file is to be read.

    Raises:
        UnreadableFileError: it is no such table.
        BadInputError: names the rows that cannot be taken, and why.
    """
    table = opened(path, options)
    if missing := [n for n in _NEEDED if n not in table.headings]:
        raise UnreadableFileError(
            path.name,
            tr("no decisions: the columns {missing} are missing", missing=", ".join(missing)),
            allowed=tr(_ALLOWED),
        )
    if set(_OF_A_LEDGER) <= set(table.headings):
        thing = tr("holds entries of a ledger as entrepot ledger decisions writes them, which are decided already")
        raise UnreadableFileError(path.name, thing, allowed=tr(_ALLOWED))
    at = {n: table.headings.index(n) for n in _READ if n in table.headings}
    found: list[Decision] = []
    row = 0
    wrong: list[str] = []
    for row, cells in enumerate(table.rows(), 1):
        said = {n: unescaped((cells[i] or "").strip()) for n, i in at.items()}
        if not said["verdict"]:
            continue
        one = _decision(said, by, why, row)
        problems = list(_problems(one, said, known, ledger_id, {d.case_id: d.row for d in found}))
        wrong += [tr("row {row}: {p}", row=row, p=p) for p in problems]
        found.append(one)
    if wrong:
        more = tr("; {count} more", count=len(wrong) - _MOST_NAMED) if len(wrong) > _MOST_NAMED else ""
        thing = tr(
            "{name} cannot be taken: {wrong}{more}", name=path.name, wrong="; ".join(wrong[:_MOST_NAMED]), more=more
        )
        raise BadInputError(thing, remedy=_REMEDY)
    return Filled(tuple(found), row)


def _decision(said: dict[str, str], by: str, why: str, row: int) -> Decision:
    seen = said.get("seen", "")
    return Decision(
        said["case_id"],
        said["verdict"].casefold(),
        said.get("by") or by,
        said.get("because") or why,
        int(seen) if seen.isdecimal() else None,
        row,
    )


def _problems(
    one: Decision, said: dict[str, str], known: Collection[str], ledger_id: str, before: dict[str, int]
) -> Iterator[str]:
    if said.get("ledger") and said["ledger"] != ledger_id:
        yield tr(
            "of {ledger}, and this store has {ledger_id}: give its --store",
            ledger=said["ledger"],
            ledger_id=ledger_id or tr("no ledger"),
        )
    if one.case_id not in known:
        yield tr("{case_id} is no case of these results", case_id=one.case_id or tr("no case"))
    if one.verdict not in VERDICTS:
        yield tr("the verdict is {verdict}, allowed are {verdicts}", verdict=one.verdict, verdicts=", ".join(VERDICTS))
    if one.case_id in before:
        yield tr("{case_id} stands in row {before} too", case_id=one.case_id, before=before[one.case_id])
    if not one.by.strip():
        yield "nobody decides: fill in by, or give --by"
    if not one.why.strip():
        yield "no reason: fill in because, or give --why"
