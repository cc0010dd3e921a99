"""Accuracy on the labelled sets, a module a room; held to floors in tests/floors.csv. See docs/design/29-floors.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from accuracy.floors import Figures

    Sets = dict[str, Callable[[], Figures]]


def _of(module: str) -> Callable[[], Sets]:
    def sets() -> Sets:
        found: Sets = import_module(f"accuracy.{module}").SETS
        return found

    return sets


# Room -> its labelled sets; a module is imported when it is asked for.
ROOMS: dict[str, Callable[[], Sets]] = {
    room: _of(room) for room in ("places", "names", "screening", "claims", "diversion")
}
