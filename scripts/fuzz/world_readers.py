"""The readers of tables of the world economy and of their mappings, as scenarios are asked of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from entrepot.scenarios.asked.own_unsure_world import NegativeFinal

_SOME = 8  # every eighth world that is read is solved as it is
_SAME = 1e-6  # of real income: what a world whose books meet to a thousandth may move by


def world_readers() -> list[tuple[str, Callable[[Path, Path, int], None], Callable[[Path, Path], list[str]]]]:
    """Name, reader and the arguments of the command line of each."""
    return [
        ("world-table", _read_world, partial(_of_world, "")),
        ("world-panel", _read_panel, partial(_of_world, "2006")),
        ("world-mapping", _read_mapping, _of_mapping),
    ]


def _of_mapping(path: Path, scratch: Path) -> list[str]:
    from fuzz import made_worlds

    table = scratch / "table.csv"
    table.write_text(made_worlds.icio(), encoding="utf-8")
    return ["simulate", "codes", "--world", str(table), "--mapping", str(path), "--elasticity", "5"]


def _of_world(year: str, path: Path, scratch: Path) -> list[str]:
    del scratch
    return [
        "simulate",
        "codes",
        "economy",
        "--world",
        str(path),
        "--elasticity",
        "5",
        *(["--year", year] if year else []),
    ]


def _read_world(path: Path, scratch: Path, number: int, year: str = "") -> None:
    """Read, and of some find the equilibrium without a change: the world as it is."""
    del scratch
    from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
    from entrepot.scenarios.equilibrium.solve import as_it_is, solve

    negative: NegativeFinal = "zero" if number % 2 else "refuse"
    world = own_unsure_world(OwnTable(path, None, ("5",), year, negative)).world
    if number % _SOME:
        return
    if not all(abs(float(one) - 1) < _SAME for one in solve(world, as_it_is(world)).welfare):
        raise AssertionError("a world that changes where nothing does")


def _read_panel(path: Path, scratch: Path, number: int) -> None:
    _read_world(path, scratch, number, "2006")


def _read_mapping(path: Path, scratch: Path, number: int) -> None:
    """Read, and hold against a table."""
    del number
    from entrepot.scenarios.worlds.grouping import read_grouping
    from entrepot.scenarios.worlds.table_file import read_table
    from fuzz import made_worlds

    told = read_grouping(path)
    table = scratch / "table.csv"
    table.write_text(made_worlds.icio(), encoding="utf-8")
    whole, joined = read_table(table).table, read_table(table, told).table
    if not abs(joined.output.sum() - whole.output.sum()) < 1e-6:
        raise AssertionError("output is lost by joining")
