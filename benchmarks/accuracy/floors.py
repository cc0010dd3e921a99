"""The floors of accuracy: tests/floors.csv, a row a figure, and what is said when one gives."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

FILE = Path(__file__).parents[2] / "tests" / "floors.csv"
# No change may cost a labelled set more.
MARGIN = 0.005
# A figure so much better than the file says is no longer held by its floor; less is one or two labelled rows of most.
BETTER = 0.02
_ROUNDED = 0.000005  # measured and bound are written with five digits

_MOVE = "`make bench-accuracy BENCH_OPTIONS=--write`"

# Figure -> its value and the cases it rests on.
Figures = Mapping[str, tuple[float, int]]
# What should be low: the words by which a figure says so.
_LOW = ("raise an alert", "flagged elsewhere", "false reads", "where nothing stands", "are none", "with a signal")


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure is held to.

    Attributes:
        set: room and labelled set.
        figure: which figure.
        of: cases on which it rests.
        measured: its value on `day`.
        side: floor or ceiling.
        bound: the lowest value allowed, or the highest.
        day: of the measurement.
        why: why the bound lies there.
    """

    set: str
    figure: str
    of: int
    measured: float
    side: str
    bound: float
    day: str
    why: str

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.side == "floor" else -1

    def fault(self, value: float, of: int) -> str:
        """What is wrong with the value measured now; empty where nothing is."""
        what = f"{self.set}, {self.figure}: {value:.4f} of {of}"
        if of != self.of:
            return f"{what}, but the {self.side} is of {self.of} cases: the set has changed, measure the bound anew"
        if self.sign * (value - self.bound) < -_ROUNDED:
            return f"{what}; the {self.side} is {self.bound:.4f}, measured was {self.measured:.4f} on {self.day}"
        if self.is_outgrown(value):
            return (
                f"{what}, better than {self.measured:.4f}: `make bench-accuracy BENCH_OPTIONS=--write` moves the bound"
            )
        return ""

    def is_outgrown(self, value: float) -> bool:
        """Whether the value is so much better that the bound holds nothing."""
        return self.sign * (value - self.measured) > max(BETTER, 1 / self.of) + _ROUNDED


def read(file: Path = FILE) -> list[Floor]:
    """All floors, in the order of the file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_floor(row) for row in csv.DictReader(lines)]


def _floor(row: dict[str, str]) -> Floor:
    of, measured, bound = int(row["of"]), float(row["measured"]), float(row["bound"])
    return Floor(row["set"], row["figure"], of, measured, row["side"], bound, row["day"], row["why"])


def write(floors: list[Floor], file: Path = FILE) -> None:
    """Write the floors, shares with five digits."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(f.name for f in fields(Floor))
        out.writerows([f"{v:.5f}" if isinstance(v, float) else v for v in astuple(floor)] for floor in floors)


def faults(name: str, figures: Figures, floors: list[Floor]) -> list[str]:
    """A sentence on each figure of a set that is below its floor, above its ceiling, or not held by one."""
    held = {f.figure: f for f in floors if f.set == name}
    found = [f"{name}, {figure}: has no floor" for figure in figures if figure not in held]
    found += [f"{name}, {figure}: is no longer measured" for figure in held if figure not in figures]
    return found + [said for figure, f in held.items() if figure in figures and (said := f.fault(*figures[figure]))]


def margin(name: str, figure: str, value: float, of: int) -> tuple[float, str]:
    """How far from the value its bound lies, and why."""
    if name.startswith("diversion/"):
        return 1 / of, f"one of {of} may turn: its tests hang on last digits that differ between machines"
    if not is_low(figure):
        cases = int(MARGIN * of)
        return MARGIN, f".005 under: of {of:,} cases {cases or 'none'} may be lost"
    if value and 1 / of < MARGIN:
        return 1 / of, f"one more of {of:,} is no loss of quality"
    return 0.0, "where none is, none may come" if not value else f"a case more of {of} is over .005"


def is_low(figure: str) -> bool:
    """Whether less is better."""
    return figure.endswith(_LOW)


def held_to(name: str, figure: str, value: float, of: int, day: str) -> Floor:
    """The bound of a value measured on a day."""
    far, why = margin(name, figure, value, of)
    side, lies = ("ceiling", min(1.0, value + far)) if is_low(figure) else ("floor", max(0.0, value - far))
    return Floor(name, figure, of, round(value, 5), side, round(lies, 5), day, why)


def moved(name: str, figures: Figures, floors: list[Floor], day: str) -> list[Floor]:
    """The bounds of a set after a measurement: none is slackened, but where the set itself has changed."""
    held = {f.figure: f for f in floors if f.set == name}
    found = []
    for figure, (value, of) in figures.items():
        known = held.get(figure)
        stays = known is not None and known.of == of and known.sign * (value - known.measured) <= _ROUNDED
        found.append(known if known is not None and stays else held_to(name, figure, value, of, day))
    return found
