"""What a task gives back: a figure of one row of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure.

    Attributes:
        task: of which task.
        what: which figure, as the table says it.
        value: in the unit.
        unit: share, names/s/core, ms, s, MB.
        count: cases it rests on; 0 where it is a time.
        low, high: 95 % interval; None where none was computed.
        note: what a reader must know, sample and seed included.
    """

    task: str
    what: str
    value: float
    unit: str = "share"
    count: int = 0
    low: float | None = None
    high: float | None = None
    note: str = ""

    def shown(self) -> str:
        """The value as the table prints it."""
        if self.unit != "share":
            return f"{self.value:,.0f} {self.unit}" if self.value >= 100 else f"{self.value:.2f} {self.unit}"
        interval = (
            f" [{_share(self.low)}, {_share(self.high)}]" if self.low is not None and self.high is not None else ""
        )
        return _share(self.value) + interval


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".lstrip("0") if value < 1 else f"{value:.3f}"
