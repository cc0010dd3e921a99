"""The rule of the answer: how figures become a direction and a word for how sure it is; data, for every measure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.brief.contract import RULE_TABLES
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.core.tables.packaged import Row


@dataclass(frozen=True, slots=True)
class Rule:
    """The tables of the rule.

    Attributes:
        tests: rows of `answer_tests`, by id, in order.
        lines: rows of `answer_rule`, by id, in order.
        verdicts: rows of `answer_verdicts`, in order.
        gaps: rows of `answer_gaps`, by kind of measure and test.
    """

    tests: Mapping[str, Row]
    lines: Mapping[str, Row]
    verdicts: tuple[Row, ...]
    gaps: Mapping[tuple[str, str], Row]

    def threshold(self, name: str) -> float:
        """The number of a threshold."""
        return float(self.lines[name]["value"])

    def says(self, name: str) -> str:
        """What the reader is told by a line of the rule."""
        return tr(str(self.lines[name]["says"]))

    def of_kind(self, kind: str) -> list[Row]:
        """The lines of one kind, in order."""
        return [r for r in self.lines.values() if r["kind"] == kind]

    def steps(self, doubts: Iterable[str]) -> float:
        """How many steps of doubt these are together."""
        return sum(float(self.lines[d]["value"]) for d in doubts)

    def word(self, doubts: Iterable[str]) -> str:
        """The word for how sure a test is with these doubts: that of the most steps it reaches."""
        steps = self.steps(doubts)
        return tr(str(max((r for r in self.of_kind("word") if r["value"] <= steps), key=lambda r: r["value"])["says"]))

    def pointed(self, low: float | None, high: float | None) -> str:
        """The direction of a change in percent between two ends, None where open; `not_known` where both may be."""
        level = self.threshold("level")
        middle = low if high is None else high if low is None else (low + high) / 2
        if middle is None:
            return "not_known"
        if low is not None and low > 0 and middle > level:
            return "up"
        if high is not None and high < 0 and middle < -level:
            return "down"
        return "level" if low is not None and high is not None and abs(middle) <= level else "not_known"


@cache
def rule() -> Rule:
    """The rule as it lies in the package."""
    tests, lines, verdicts, gaps = (packaged_rows(t) for t in RULE_TABLES)
    asked = {(str(r["kind"]), str(r["test"])): r for r in gaps}
    return Rule({r["id"]: r for r in tests}, {r["id"]: r for r in lines}, tuple(verdicts), asked)
