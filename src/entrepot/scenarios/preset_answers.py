"""The main figures of presets that stand for a measure: kept, for a brief has no time to simulate them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english
from entrepot.scenarios.contract import PRESET_ANSWERS, PRESET_ASSUMPTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

    Row = dict[str, Any]

# As simulated_figures calls them.
LOSS, COST, OFFSET, THROUGH = (
    "loss of the target", "cost of the coalition", "lost sales offset elsewhere", "lost sales offset through",
)  # fmt: skip
ADDS, JOINER_PAYS = "added to the loss by joining", "cost of joining to who joins, value"
OF_FULL = "share of the loss under a full embargo by the coalition"
_OF_SIDES = (LOSS, f"{LOSS}, value", COST, f"{COST}, value", OF_FULL, OFFSET)
_THROUGH = 2  # places through which sales are offset: the second is mostly a hundredth of the first
_SOURCE = "scripts/preset_answers.py"


@dataclass(frozen=True, slots=True)
class PresetAnswer:
    """A preset's main figures.

    Attributes:
        preset, title: of the scenario.
        target, coalition: by name.
        hypothesis: why it is no measure as it stands; empty: it is one.
        figures: rows of `preset_answers`.
        assumed: all that is assumed.
    """

    preset: str
    title: str
    target: str
    coalition: str
    hypothesis: str
    figures: tuple[Row, ...]
    assumed: tuple[str, ...]

    def figure(self, quantity: str) -> Row | None:
        """The first row of a quantity; None where it was not answered."""
        return next((row for row in self.figures if row["quantity"] == quantity), None)


@cache
@in_english
def preset_answers(measure: str) -> tuple[PresetAnswer, ...]:
    """The kept answers of the presets that stand for a measure.

    Args:
        measure: its id.
    """
    rows = [row for row in packaged_rows(PRESET_ANSWERS) if row["measure"] == measure]
    said = packaged_rows(PRESET_ASSUMPTIONS)
    return tuple(_answer(name, rows, said) for name in dict.fromkeys(row["preset"] for row in rows))


def _answer(name: str, rows: Sequence[Row], said: Sequence[Row]) -> PresetAnswer:
    words = [(row["kind"], row["says"]) for row in said if row["preset"] == name]
    one = dict(words)
    return PresetAnswer(
        name, one["title"], one["target"], one["coalition"], one.get("hypothesis", ""),
        tuple(row for row in rows if row["preset"] == name), tuple(text for kind, text in words if kind == "assumed"),
    )  # fmt: skip


def kept_rows(unsure: UnsureWorld, one: Answered, draws: int) -> tuple[list[Row], list[Row]]:
    """What is kept of an answer: rows of `preset_answers` and of `preset_assumptions`.

    Args:
        unsure: the world, for names.
        one: the answer.
        draws: from which it has its intervals.
    """
    by = {name: [r for r in one.rows if r["quantity"] == name] for name in (*_OF_SIDES, THROUGH, ADDS, JOINER_PAYS)}
    through = sorted(by[THROUGH], key=lambda r: -r["value"])[:_THROUGH]
    adds = sorted(by[ADDS], key=lambda r: -r["value"])[:1]
    pays = [r for r in by[JOINER_PAYS] if r["economy"] in {a["economy"] for a in adds}]
    scenario = one.scenario
    target, coalition = (", ".join(map(unsure.named, codes)) for codes in (scenario.target, scenario.coalition))
    figures = [
        {
            "preset": scenario.id, "measure": scenario.measure, "quantity": r["quantity"],
            "economy": _name(unsure, r) or (coalition if r["quantity"].startswith(COST) else target),
            "value": r["value"], "low": r["low"], "high": r["high"], "unit": r["unit"], "draws": draws,
            "source": _SOURCE,
        }
        for r in (*(r for name in _OF_SIDES for r in by[name]), *through, *adds, *pays)
    ]  # fmt: skip
    said = {"title": scenario.title, "target": target, "coalition": coalition, "hypothesis": scenario.hypothesis}
    words = [*((kind, text) for kind, text in said.items() if text), *(("assumed", text) for text in one.assumed)]
    return figures, [
        {"preset": scenario.id, "number": n, "kind": kind, "says": text, "source": _SOURCE}
        for n, (kind, text) in enumerate(words, 1)
    ]


def _name(unsure: UnsureWorld, row: Row) -> str | None:
    code = row["economy"] or row["partner"]
    return unsure.named(code) if code else None
