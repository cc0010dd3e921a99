"""The rows of a dossier gathered as a person looks at them: by step, and by what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Line = Mapping[str, Any]

_FILE = 0  # the step of what is of the whole file, or of several steps
_OF_STEP = ", step "  # as `file_lines` writes it, in English whatever is spoken


@dataclass(slots=True)
class Tally:
    """How often something is asked, and what became of it.

    Attributes:
        asked, there: how often it is asked, and is there.
        missing, not_told: how often it is not there; how often something is, and what it is is not said.
    """

    asked: int = 0
    there: int = 0
    missing: int = 0
    not_told: int = 0

    def take(self, line: Line) -> None:
        """Count a row of what is asked."""
        gaps = line["asked"] - line["there"]
        self.asked += line["asked"]
        self.there += line["there"]
        if line["status"] == "not_told":
            self.not_told += gaps
        else:
            self.missing += gaps


@dataclass(slots=True)
class StepLines:
    """A step with all that is said of it.

    Attributes:
        number: of the step; 0 for the whole file.
        said: its own rows; of a loop each step has the row.
        papers, gaps, met, payments, balance, translations: rows of these parts.
        tally: of what is asked of it.
    """

    number: int
    said: list[Line] = field(default_factory=list)
    papers: list[Line] = field(default_factory=list)
    gaps: list[Line] = field(default_factory=list)
    met: list[Line] = field(default_factory=list)
    payments: list[Line] = field(default_factory=list)
    balance: list[Line] = field(default_factory=list)
    translations: list[Line] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    @property
    def is_at_fault(self) -> bool:
        """Whether something of it is a fault."""
        return any(line["status"] == "fault" for line in (*self.said, *self.payments, *self.balance))


@dataclass(slots=True)
class AskedLines:
    """One thing that is asked, wherever it is asked of.

    Attributes:
        asked_id, subject: what is asked.
        gaps, met: its rows.
        tally: how often.
    """

    asked_id: str
    subject: str
    gaps: list[Line] = field(default_factory=list)
    met: list[Line] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    @property
    def gap_steps(self) -> list[int]:
        """Numbers of the steps at which it is not there; none where it is asked of the whole file."""
        return [n for line in self.gaps if (n := _step_of(line))]


_KEPT = {
    "step": "said", "paper": "papers", "gap": "gaps", "met": "met", "payment": "payments", "balance": "balance",
    "translation": "translations",
}  # fmt: skip


def lines_by_step(rows: Iterable[Line]) -> list[StepLines]:
    """Steps in the order of their numbers; the whole file first, where something is of it.

    Args:
        rows: under `dossier_lines`.
    """
    found: dict[int, StepLines] = {}
    for row in rows:
        if (kept := _KEPT.get(row["part"])) is None:
            continue
        for number in _steps(row):
            step = found.setdefault(number, StepLines(number))
            getattr(step, kept).append(row)
            if row["part"] in {"gap", "met"}:
                step.tally.take(row)
    return [found[n] for n in sorted(found)]


def lines_by_asked(rows: Iterable[Line]) -> list[AskedLines]:
    """What is asked, most often missing first.

    Args:
        rows: under `dossier_lines`.
    """
    found: dict[str, AskedLines] = {}
    for row in rows:
        if row["part"] in {"gap", "met"}:
            asked_id = row["number"].partition(_OF_STEP)[0]
            one = found.setdefault(asked_id, AskedLines(asked_id, row["subject"]))
            (one.gaps if row["part"] == "gap" else one.met).append(row)
            one.tally.take(row)
    return sorted(found.values(), key=lambda a: (a.tally.there - a.tally.asked, a.asked_id))


def _step_of(line: Line) -> int:
    """The step that a row of what is asked is of; 0 for the whole file."""
    return _whole(line["number"].partition(_OF_STEP)[2])


def _steps(row: Line) -> list[int]:
    number = row["number"] or ""
    if row["part"] in {"gap", "met"}:
        return [_step_of(row)]
    if row["part"] == "step":  # a loop names several
        return [_whole(n) for n in number.split(", ")]
    return [_whole(number.partition(".")[0])]


def _whole(said: str) -> int:
    """A number of a step; what is none, such as the id of a fault, is of the whole file."""
    return int(said) if said.isdecimal() else _FILE
