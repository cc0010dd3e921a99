"""Why a labelled claim was missed, in classes that say nothing of its text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from real_reports.report_labels import NO_CLAIM
from real_reports.report_score import (
    BORNE_OUT,
    DROPPED,
    FIRST,
    left_alone,
    right_row,
    right_verdict,
    verdicts,
)

if TYPE_CHECKING:
    from real_reports.report_labels import Row
    from real_reports.report_score import Said

FORMS = ("date", "percent", "money", "number", "words")
_MONTH = (
    "Jan|Feb|Mar|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|[Tt]oday|"
    "январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр"
)
_DATE = re.compile(rf"{_MONTH}|年|月|\d日|^(?:19|20)\d\d(?: г| год|$)|^\d\d[./]\d\d[./]\d{{4}}")
_PERCENT = re.compile(r"%|per ?cent|процент|百分点|百分點|成$")
_MONEY = re.compile(r"[$€¥]|USD|EUR|CNY|Rs|yuan|dollar|euro|Euro|юан|долл|млрд|元|美元")


def form(printed: str) -> str:
    """The form in which a figure is printed."""
    if _DATE.search(printed):
        return "date"
    if _PERCENT.search(printed):
        return "percent"
    if _MONEY.search(printed):
        return "money"
    return "number" if re.search(r"\d", printed) else "words"


def row_missed(label: Row, said: Said) -> str | None:
    """Why no right row stands among the first three; None: one does, or rightly none."""
    if right_row(label, said):
        return None
    right = set(label["rows"].split())
    if said.verdict == DROPPED:
        return f"dropped, {'a' if right else 'no'} row is right"
    if not right:
        return "rows shown, none is right"
    if right & set(said.offered):
        return f"right row beyond the first {FIRST}"
    if said.offered:
        return "other rows only"
    return f"nothing shown: {'unread, ' + said.reason if said.verdict == 'unread' else said.verdict}"


def verdict_missed(label: Row, said: Said) -> str | None:
    """Why the verdict is wrong; None: it is right."""
    if right_verdict(label, said):
        return None
    wanted, right = label["verdict"], set(label["rows"].split())
    if said.verdict in verdicts(label):
        return f"{said.verdict}, by another row"
    if said.verdict == "unread":
        return f"unread, {said.reason}, wanted {wanted}"
    if said.verdict == "no_record" and right:
        seen = "right row shown" if right & set(said.offered[:FIRST]) else "right row not shown"
        return f"no_record, {seen}, wanted {wanted}"
    if said.verdict in BORNE_OUT and label["text_error"] == "yes":
        return f"{said.verdict}, though the text is in error"
    return f"{said.verdict}, wanted {wanted}"


@dataclass
class Failures:
    """Failures by class and form."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    judged: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, label: Row, said: Said) -> None:
        """Count one claim, or one number that is none."""
        of = form(label["printed"])
        if label["verdict"] == NO_CLAIM:
            if not left_alone(said):
                self.judged[f"{said.verdict}, though it is no claim", of] += 1
            return
        if missed := row_missed(label, said):
            self.rows[missed, of] += 1
        if missed := verdict_missed(label, said):
            self.judged[missed, of] += 1

    def lines(self) -> list[str]:
        """Two tables, the most frequent class first."""
        out = []
        for title, counts in (("no right row", self.rows), ("no right verdict", self.judged)):
            whole: Counter[str] = Counter()
            for (name, _), count in counts.items():
                whole[name] += count
            out.append(f"{title + ', why':58}" + "".join(f"{f:>9}" for f in (*FORMS, "all")))
            for name, count in sorted(whole.items(), key=lambda item: (-item[1], item[0])):
                out.append(f"  {name:56}" + "".join(f"{counts[name, f] or '':>9}" for f in FORMS) + f"{count:>9}")
        return out
